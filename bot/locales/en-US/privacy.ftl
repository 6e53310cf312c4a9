### /privacy, and what is left of movies whose words were deleted

privacy-prompt-gone = (prompt deleted)
privacy-link-gone = The link to this movie has been deleted.
privacy-not-again = This movie's prompt has been deleted, so I can't make it again. Make a new one with /movie. { -not-charged }
privacy-unnamed = a member who erased their data

privacy-title = Your data
privacy-about = I store your ID, your movies and pitches with their prompts and links, your name when you ordered them, your credits and every change to them, your choices in /preferences, which movies you want to be notified about, the pitches you voted for, the movies you starred or reported (and why), and the beginning of prompts that a server's rules stopped. I don't store your other messages, unless someone turns one into a movie. Your prompts are sent to the movie service.
privacy-kept-field = How long I keep it
privacy-kept-value =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    } after a movie or pitch ends, I delete its prompt, its links and your name on it. Your ID and credits stay until you erase them, or until 30 days after I'm removed from a server.
privacy-kept-always-value = Until you erase it, or until 30 days after I'm removed from a server.
privacy-elsewhere-field = What I can't erase
privacy-elsewhere-value = Messages that are already in Discord, except those about your movies if you choose to delete them, and what the movie service keeps.
privacy-now-field = Right now
privacy-now-value = { units-movies }, your credits and their history, and your preferences.
privacy-nothing = Nothing is stored about you.
privacy-export-button = Export
privacy-erase-button = Erase my data
privacy-policy-button = Privacy policy
privacy-terms-button = Terms of service
privacy-export-ready = Everything I store about you: JSON for programs, CSV for spreadsheets.
privacy-export-too-large = That's too much for a Discord message. Ask the bot's operator for your export.
privacy-question = { "**" }Erase your data in all servers?** This can't be undone.
privacy-question-what = Your movies, links, receipts and preferences will be gone. Your open pitches are withdrawn, and what you chipped in for other members' pitches is refunded.
privacy-question-waiting = Waiting in line: { units-movies }. What's waiting is canceled and refunded.
privacy-question-open = In progress: { units-movies }. You'll still get what's in progress; then it's erased, too. Until then, you can't order.
privacy-question-bonus = You lose { units-bonus-credits }.
privacy-question-memory = What you spent this month counts until the month ends. Blocks, and allowances of 0, count until they end. They're kept under a code that doesn't name you.
privacy-question-messages = Messages in Discord stay, unless you also delete those about your movies. Those about movies that others chipped in for stay.
privacy-confirm-button = Erase everything
privacy-confirm-messages-button = Erase and delete messages
privacy-keep-button = Keep my data
privacy-erased = Done. Your data is erased.
privacy-erased-with-messages = Done. Your data is erased, and I'm deleting the messages about your movies.
privacy-erasing-soon = I'm erasing your data. It takes a moment.
privacy-erasing-later = I'm erasing your data. Still in progress: { units-movies }. You'll get what's in progress; then it's erased, too. Until then, you can't order.
privacy-nothing-erased = OK, nothing was erased.
privacy-not-yours = Only the person who typed /privacy can use this button. Type it yourself to see your own data.
privacy-too-often = You've erased your data several times. You can do it again { $time }.
