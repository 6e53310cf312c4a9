### /privacy, and what is left of movies whose words were deleted

privacy-prompt-gone = (prompt deleted)
privacy-link-gone = The link to this movie has been deleted.
privacy-not-again = This movie's prompt has been deleted, so I can't make it again. Make a new one with /movie. { -not-charged }
privacy-unnamed = a member who erased their data

privacy-title = Your data
privacy-about = I store your ID, your movies with their prompts and links, your name when you ordered them, your credits and every change to them, your choices in /preferences, and which movies you want to be notified of. Nothing else you write in Discord. Prompts go to the movie service.
privacy-kept-field = For how long
privacy-kept-value =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    } after a movie ended, I delete its prompt, links and your name. Your ID and credits stay until you erase them, or until 30 days after I was removed from a server.
privacy-kept-always-value = Until you erase it, or until 30 days after I was removed from a server.
privacy-elsewhere-field = Not mine to erase
privacy-elsewhere-value = Messages that are already in Discord, and what the movie service keeps.
privacy-now-field = Right now
privacy-now-value = { units-movies } and everything that belongs to them.
privacy-nothing = Nothing is stored about you.
privacy-export-button = Export
privacy-erase-button = Erase my data
privacy-policy-button = Privacy policy
privacy-terms-button = Terms of service
privacy-export-ready = Everything I store about you: JSON for programs, CSV for spreadsheets.
privacy-export-too-large = That's too much for a Discord message. Ask the bot's operator for your export.
privacy-question = { "**" }Erase your data in all servers?** This can't be undone.
privacy-question-what = Your movies, links, receipts and preferences are gone. Messages in Discord stay.
privacy-question-waiting = In line and not started: { units-movies }. Cancelled and refunded.
privacy-question-open = In progress: { units-movies }. You still get them; then they're erased, too. Until then you can't order.
privacy-question-bonus = You lose { units-bonus-credits }.
privacy-question-memory = What you spent this month and any blocks still count until the month ends. A code that doesn't name you remembers them.
privacy-confirm-button = Erase everything
privacy-keep-button = Keep my data
privacy-erased = Done. Your data is erased.
privacy-erasing-soon = I'm erasing your data. It takes a moment.
privacy-erasing-later = I'm erasing your data. { units-movies } still in progress: as soon as you have them, they're erased, too. Until then you can't order.
privacy-nothing-erased = OK, nothing was erased.
privacy-not-yours = This button is for the person who opened it. Type /privacy to see your own data.
privacy-too-often = You've erased your data several times. You can do it again { $time }.
