### What the bot says in English; docs/translating.md has the rules.

## approvals
## Movies that wait for a server's staff: the message in the staff channel, the list, and what one person reads.

approvals-request-title = ✋ A movie is waiting for approval
approvals-storyboard-title = ✋ Approve this storyboard?
approvals-deadline = Decide by { $time }, or it's canceled and refunded.
approvals-approve-button = Approve
# Opens a form
approvals-decline-button = Decline…

# In the list; $number: the movie's, from 1
approvals-list-title = ✋ Waiting for approval: { units-movies }
approvals-list-empty = No movie is waiting for approval.
approvals-list-footer = Page { $page } of { $pages }
approvals-back-button = Previous
approvals-next-button = Next
# $time: "in 2 days"
approvals-expires = expires { $time }
approvals-staff-only = Only this server's staff can see this. Your own movies are in /movies.

# The form for declining
approvals-decline-modal-title = Decline this movie
approvals-reason-label = Reason (optional)
approvals-reason-hint = The member will see it in the channel where they ordered the movie.

# What became of it; $staff and $member: mentions
approvals-approved = ✅ Approved by { $staff }.
approvals-declined = ❌ Declined by { $staff }.
approvals-declined-because = ❌ Declined by { $staff }: “{ $reason }”
approvals-lapsed = ⌛ Nobody decided in time, so it was canceled and refunded.
approvals-withdrawn = ↩️ { $member } canceled it.
approvals-not-offered = ↩️ This model or duration isn't available anymore, so it was canceled and refunded.
approvals-waived = ▶️ It started without approval, because I couldn't post in the staff channel.
approvals-ended = ↩️ It isn't waiting for approval anymore.

# What a staff member reads whose press changed nothing
approvals-own = You can't approve a movie that you requested or chipped in for. Someone else on the staff can.
approvals-blocked = { $member } is blocked. A server manager has to unblock them first with /quota unblock. You can also decline the movie.
approvals-blocked-everywhere = The bot's operator has blocked { $member }, so this movie can't start. You can decline it.
approvals-paused = The bot's operator isn't taking movies from this server right now. Try again later, or decline it.
approvals-prompt = This prompt breaks a rule that was added to the prompt filter after the order. Decline the movie. If the rule is this server's, a server manager can also change it with /setup.
approvals-unknown = I can't find this movie anymore.
approvals-reason-too-long = That reason is too long. Use at most { $max } characters.

## buttons
## The buttons of a movie, and the answers to them

buttons-cancel-button = Cancel
buttons-follow-button = Notify me
buttons-unfollow-button = Stop notifying me
buttons-post-here-button = Post here instead
buttons-direct-button = DM me instead
buttons-remix-button = Remix
buttons-rerun-button = Rerun
buttons-retry-button = Try again
buttons-new-link-button = New link
buttons-receipt-button = Receipt
buttons-delete-button = Delete
buttons-studio-button = Open in Studio
buttons-cancel-movie-button = Cancel movie
buttons-delete-movie-button = Delete movie
buttons-leave-gallery-button = Only remove from gallery

buttons-not-owner = Only **{ $name }** can use this button. Make your own with /movie.
buttons-not-owner-unnamed = Only this movie's creator can use this button. Make your own with /movie.
buttons-unknown-movie = I can't find this movie. Type /movies to see yours.

# Cancel
buttons-cancelled = Canceled. **{ $refunded }** refunded.
buttons-cancelling-already = It's already being canceled. You'll get a message that says what was spent and refunded.
buttons-unclear = The movie service may already be making this movie, so it can't be canceled yet. Your credits stay on hold until I know what happened.
buttons-being-queued = It's still being queued. Try again in a moment.
buttons-being-sent = It's being sent to the movie service right now. Try again in a moment.
buttons-started = Too late to cancel: the movie service has already started on it and charged for it. You'll get it when it's ready.
buttons-finished = It's already finished. See /movies.
buttons-ended-in-part = It's already canceled: **{ $cost }** spent, **{ $refunded }** refunded.
buttons-ended = This movie has already ended. **{ $refunded }** refunded.
buttons-ended-free = This movie has already ended.
buttons-question = { "**" }Cancel this movie?**
buttons-question-unknown = The movie service doesn't say how much it has charged so far. You pay for finished steps, up to **{ $price }** in total. The rest is refunded.
buttons-question-known = You pay for finished steps. So far, that's **{ $cost }**, and **{ $refunded }** would be refunded. If another step finishes before the movie stops, you pay for it too, up to { $price } in total.
buttons-cancel-requested = Canceling your movie. You'll get a message that says what was spent and refunded. If it turns out to be finished already, you'll get the movie instead.
buttons-just-finished = It just finished, so it can't be canceled. You'll get it in a moment.
buttons-nearly-finished = It could finish at any moment, so it's too late to cancel. You'll get it when it's ready.
buttons-just-ended = It just ended. You'll get a message about it in a moment.
buttons-no-answer = The movie service isn't answering right now, so nothing was canceled. Try again in a minute.
buttons-too-many-cancels = You've pressed Cancel several times. You can press it again { $time }.

# Notify me
buttons-own-movie = It's your movie, so I'll ping you anyway.
buttons-following = I'll ping you when it's ready. If its creator chooses to get it by DM, I'll only tell you that it's ready.
buttons-follow-full = The notification list is full. Check back here later.
buttons-follow-ended = This movie has already ended, so there's nothing to wait for.
buttons-follow-private = This one goes to its creator by DM, so I can't notify you about it.
buttons-unfollowed = OK, I won't ping you.

# DM me instead
buttons-to-direct = I'll DM it to you (or post it here if your DMs are closed). To always get DMs, use /preferences.
buttons-to-channel = I'll post it in the channel when it's ready.

# New link
buttons-new-link = New link:
buttons-no-new-link = I couldn't get a new link from the movie service. Try again in a few minutes.
buttons-last-link = I couldn't get a new link from the movie service. Try again in a few minutes. Until then, here's the last one, which may have expired:
buttons-too-many-links = That's a lot of links at once! You can get the next one { $time }.

# Receipt
buttons-receipts = All your receipts are in /credits.
buttons-receipt-open = It isn't finished yet: **{ $held }** on hold.
buttons-receipt-free = It's free.

# Delete
buttons-delete-question = { "**" }Delete this movie?**
buttons-delete-question-of = { "**" }Delete this movie by { $name }?**
buttons-delete-details = Its message disappears for everyone, and I forget its links. It stays listed in /movies, without links. No credits are refunded, and this can't be undone.
buttons-deleted = Deleted. Its message will disappear in a moment.
buttons-left-gallery = Removed from the gallery. The movie stays where it was first posted, and stars won't bring it back.
buttons-deleted-post-title = Deleted movie
buttons-deleted-already = This movie is already deleted.
buttons-delete-unfinished = Only a finished movie can be deleted.
buttons-link-deleted = This movie was deleted, so it has no link.
buttons-not-deleter = Only **{ $name }** and the server's staff can delete this movie.
buttons-not-deleter-unnamed = Only this movie's creator and the server's staff can delete it.
buttons-not-deleter-shared = Others paid for this movie, too, so only the server's staff can delete it.

## cards
## The card that shows a movie's state in the channel

cards-waiting-title = 🎟️ Your movie is waiting in line
cards-awaiting-title = ✋ Your movie is waiting for approval
cards-being-made-title = 🎬 Making your movie
cards-drawing-title = 🖼️ Drawing the storyboard
cards-storyboard-title = 🖼️ The storyboard is ready
cards-cancelling-title = 🛑 Canceling your movie
cards-ready-title = 🍿 Your movie is ready
cards-failed-title = This movie failed
cards-cancelled-title = Canceled
cards-unknown-title = 🔎 Checking on your movie


cards-cost-on-hold = { units-credits } on hold
cards-requester = by { $member }

cards-waiting = Waiting in line.
cards-awaiting = This server's staff has to approve it before it starts. If nobody does within 48 hours, its credits are refunded.
cards-staff-not-informed = ⚠️ I can't post in a staff channel here, so please tell the staff yourself. They can find it in /movies.
cards-next = You're next.
cards-ahead = { $movies ->
    [one] { $movies } movie ahead of yours.
   *[other] { $movies } movies ahead of yours.
}
cards-far-ahead = More than { $movies } movies ahead of yours.
cards-own-movies = Waiting for your other movies: I can make only { $movies } of yours at a time.
cards-sending = Sending it to the movie service…
cards-storyboard = { $member } can render it for **{ $later }** more credits, or stop it. It stops by itself { $time }.
cards-step = Step { $step } of { $steps }: { $stage }
cards-stage = Right now: { $stage }…
cards-cancelling = You pay for finished steps. The rest is refunded.
cards-started = Started { $time }.
cards-direct = 📬 by DM
cards-sent-direct = 📬 Sent to { $member } by DM.
cards-in-list = { $member } can find it in /movies.
cards-not-posted = I couldn't post it. { $member } can find it in /movies.
cards-unknown = The movie service didn't confirm your order, so I'm checking what happened. I won't order it twice, and its credits stay on hold until I know.

# $spread: "4–8 min"; $time: "3:15 PM"
cards-usual = Usually { $spread }
cards-usual-ready = Usually { $spread } · ready around { $time }
cards-late = Taking longer than usual (typically { $spread }).
cards-minutes = { $least }–{ $most } min
cards-spread = { $low } to { $high }

cards-outage-no-answer = The movie service isn't answering right now.
cards-outage-not-taken = The movie service isn't taking movies from this bot right now. { -operator-notified }
cards-outage-busy = The movie service is busy right now.
cards-outage-promise = { $outage } The movie's credits stay on hold, and it starts as soon as it can. If that takes more than an hour, they're refunded.

## commands
## Descriptions in Discord's command list: at most 100 characters each.

commands-movie = Turn a prompt into a movie
commands-movie-with-pictures = Turn a prompt or your pictures into a movie
commands-movie-prompt = What happens in your movie (up to { $characters } characters)
commands-movie-duration = Duration in seconds, { $min }–{ $max } (default: your last, or { $default })
commands-movie-video-model = Video model (default: your last, or the best for the aspect ratio)
commands-movie-image-model = Image model (default: your last, or auto)
commands-movie-aspect-ratio = Aspect ratio (default: your last, or 16:9)
commands-movie-language = Spoken language (default: your last, or auto)
commands-movie-subtitles = Show subtitles (default: your last, or off)
commands-movie-tone = Tone (default: your last, or grounded)
commands-movie-storyboard = See the stills before the video is paid (default: your preference)
commands-movie-picture = A picture to make the movie from (PNG, JPEG or WebP, up to { $most } MB)
commands-movie-another-picture = Another picture

# Aspect ratios, also in forms and menus
commands-wide = Wide (16:9)
commands-tall = Tall (9:16)

# What is spoken in a movie, also in forms and menus
commands-language-auto = Auto
commands-language-english = English
commands-language-spanish = Spanish
commands-language-french = French
commands-language-japanese = Japanese
commands-language-thai = Thai
commands-language-chinese = Chinese
commands-language-bengali = Bengali
commands-language-hindi = Hindi
commands-language-sanskrit = Sanskrit
commands-language-latin = Latin

# How a movie tells its story
commands-tone-grounded = Grounded
commands-tone-cinematic = Cinematic

# In the menu of a message, under Apps
commands-make-movie-menu = Turn into a movie
# In the menu of a member, under Apps
commands-credits-menu = Credits…

commands-credits = Your balance and spending history
commands-credits-member = View another member's credits (managers only)

commands-movies = Browse your movies
commands-movies-member = View another member's movies (managers only)
commands-movies-show = Filter (default: all)
commands-movies-id = Open one movie by its ID (⋯ under its message shows it)
commands-movies-all = All
commands-movies-running = In progress
commands-movies-done = Ready
commands-movies-not-made = Failed or canceled
commands-movies-pending = Waiting for approval (staff only)
commands-gift = Give some of your bonus credits to another member
commands-gift-member = Member
commands-gift-credits = Number of bonus credits
commands-top = A month's top movies, creators and patrons in this server
commands-top-month = Month as YYYY-MM, e.g. 2026-11 (default: this month)

commands-pitch = Pitch a movie that members of this server pay for together
commands-pitch-chip-in = Credits that you chip in right away
commands-pitches = Find pitches to chip in for
commands-pitches-sort = What comes first (default: closest to funded)
commands-pitches-missing = Closest to funded
commands-pitches-votes = Most votes
commands-pitches-age = Newest

commands-preferences = Set your defaults and where your movies go
commands-help = How I work and what it costs
commands-privacy = See, export or erase what I store about you

commands-quota = Manage credits in this server
commands-quota-credits = Number of credits
commands-quota-monthly-credits = Credits per month (leave empty to see the current amount)
commands-quota-member = Member
commands-quota-reason = Reason (saved in the log)
commands-quota-show = Show this server's limits, or a member's
commands-quota-show-member = Show this member's limits
commands-quota-default = Set the default monthly allowance
commands-quota-server = Set this server's monthly budget
commands-quota-set-member = Set one member's monthly allowance
commands-quota-role = Set a role's monthly allowance
commands-quota-role-role = Role
commands-quota-grant = Give a member bonus credits that never expire
commands-quota-take = Remove bonus credits from a member
commands-quota-block = Block a member from making movies
commands-quota-block-hours = Duration in hours (empty: until unblocked)
commands-quota-unblock = Let a blocked member make movies again
commands-quota-reset = Reset a member's usage this month
commands-quota-clear = Remove a limit
commands-quota-clear-default = Go back to the bot's default allowance
commands-quota-clear-server = Remove this server's budget
commands-quota-clear-member = Remove a member's personal allowance
commands-quota-clear-role = Remove a role's allowance
commands-quota-report = Monthly report
commands-quota-report-month = Month as YYYY-MM, e.g. 2026-11 (default: this month)

commands-setup = Choose where movies can be made in this server, by whom, and how
commands-setup-panel = See and change this server's setup
commands-setup-export = Get this server's setup as a JSON file
commands-setup-import = Import this server's setup from a JSON file (you'll see the changes first)
commands-setup-import-file = A file from /setup export


## copies
## What is made of finished movies: scenes anew, dubs, subtitles and films

# Why nothing is made
copies-not-offered = This isn't available right now.
copies-source-gone = That movie is gone, so nothing can be made from it anymore.
copies-film-size = A film joins { $least } to { $most } different movies.
copies-film-shape = A film joins movies with the same aspect ratio. Some of these are wide, others tall.

copies-dub-button = Dub
copies-subtitles-button = Subtitles
copies-film-button = Make a film
copies-scene-title = 🎬 Fix scenes
copies-dub-title = 🗣️ Dub this movie
copies-subtitles-title = 💬 Change the subtitles
copies-film-title = 🎞️ Join movies into one film
copies-language-label = Language
copies-subtitles-label = Subtitles
copies-movies-label = Movies in the film
copies-own-language-option = In the movie's own language
copies-no-subtitles-option = No subtitles
copies-pitch-button = Ask others to chip in
copies-pitched = Pitched! Everyone can chip in below.


## credits
## /credits: a member's balance, adjustments and receipts. Only the person who asked sees it; a manager may see
## another member's, so only what ends in -own says "you".

# What can be spent now; $member: a mention
credits-spend-own = { $credits ->
    [0] You can't spend any credits now
   *[other] You can spend { units-credits } now
}
credits-spend-member = { $credits ->
    [0] { $member } can't spend any credits now
   *[other] { $member } can spend { units-credits } now
}
# Where the bot's plan decides, of which no figure is told
credits-spend-less-own = You can't spend all your credits now
credits-spend-less-member = { $member } can't spend all their credits now
# Which limit decides. $own: what the member has
credits-budget-short = { $credits ->
    [0] The balance is { $own }, but this server's budget is used up.
   *[other] The balance is { $own }, but this server's budget has only { units-credits } left this month.
}
credits-queue-short = { $credits ->
    [0] The balance is { $own }, but as many movies are waiting or in progress as allowed. Try again when one is ready.
   *[other] The balance is { $own }, but movies in line can cost at most { units-credits } more right now.
}
credits-plan-short = The bot's credits for this month are running out.
credits-plan-empty = The bot's credits for this month are used up.

# Where it comes from. $bar: a progress bar with a percentage; $left of $credits; $source: one of those below
credits-bar = { $bar } used or on hold · resets { $time }
credits-allowance = { "**" }Allowance** · { $left } left of { units-credits-monthly } ({ $source })
credits-bonus = { "**" }Bonus** · { units-credits }, which never expire
credits-held = { "**" }On hold** · { units-credits } for open movies and pitches

credits-blocked = 🚫 Blocked from making movies until unblocked by a server manager.
credits-blocked-until = 🚫 Blocked from making movies until { $time }.
credits-blocked-everywhere = 🚫 Blocked from making movies in every server until unblocked by the bot's operator.
credits-timed-out-until = 🚫 Can't make movies until { $time }: too many prompts broke this server's rules.

# Where the allowance comes from
credits-source-member = set individually
credits-source-role = from { $role }
credits-source-server = server default
credits-source-bot = bot default

credits-granted = { $date } received { units-bonus-credits }
credits-removed = { $date } { units-bonus-credits } removed
credits-starter = { $date } { units-credits } refunded for the first movie
credits-usage-reset = { $date } this month's usage reset
credits-carried-over = { $date } { units-credits } used before the data was erased
credits-gift-received = { $date } { units-bonus-credits } from { $member }
credits-gift-given = { $date } gave { units-bonus-credits } to { $member }
credits-old-gift-received = { $date } { units-bonus-credits } from another member
credits-old-gift-given = { $date } gave { units-bonus-credits } to another member
credits-with-reason = { $change }: { $reason }

credits-page = Page { $page } of { $pages }
credits-page-of-many = Page { $page } of more than { $pages }
credits-no-receipts =
    No movies yet. Make your first with /movie. For example:
    > { -example-prompt }
credits-member-no-receipts = No movies in this server yet.
credits-newer-button = Newer
credits-older-button = Older
credits-open-button = Open
credits-export-button = Export CSV

credits-exported = { $movies ->
    [one] Here is { $movies } movie as a CSV file.
   *[other] Here are all { $movies } movies as a CSV file.
}
credits-exported-latest = { $movies ->
    [one] Here is the latest movie as a CSV file (older ones not included).
   *[other] Here are the latest { $movies } movies as a CSV file (older ones not included).
}
credits-export-in-progress = Your last export is still in progress. It will appear here in a moment.
credits-too-many-exports = Several exports were just made here. You can get the next one { $time }.

credits-not-authorized = You can only see your own credits. { -managers } can see everyone's.

## deliveries
## Messages about the end of a movie, in the channel or by DM

deliveries-ready = { $member }, your movie is ready.
deliveries-ready-followed = { $member }, your movie is ready. cc { $followers }
deliveries-ready-direct = Your movie is ready.
deliveries-by = by { $member }
deliveries-movie-alt-text = AI-generated movie, { $duration }: { $prompt }
deliveries-spent = { "**" }{ $cost }** spent
deliveries-spent-left = { "**" }{ $cost }** spent · **{ $left }** left this month
deliveries-not-cancelled = It finished before I could cancel it.
deliveries-followed = { $followers } The movie you were waiting for is ready. Its creator gets it by DM.
deliveries-followed-direct = 🎬 A movie you were waiting for is ready, but I can't mention you where it is. The person who requested it can show it to you. ID { $id }

deliveries-failed = { $member }, your movie failed.
deliveries-refunded = { "**" }{ $refunded }** refunded
deliveries-refunded-left = { "**" }{ $refunded }** refunded · **{ $left }** left this month
deliveries-refunded-bonus = { "**" }{ $refunded }** refunded as bonus credits, because the month you ordered it in is over

deliveries-unknown = { $member }, I'm checking what happened to your movie.
deliveries-unknown-details =
    The movie service didn't confirm your order, and I won't order it twice. { -operator-notified }
    I'm keeping **{ $held }** on hold until I know.

deliveries-cancelled = { $member }, your movie was canceled.
deliveries-spent-refunded = { "**" }{ $cost }** spent · **{ $refunded }** refunded

deliveries-not-started = { $member }, your movie didn't start.

deliveries-left = { "**" }{ $left }** left this month

## errors
## Invalid options, missing permissions, and errors

errors-prompt-blank = Your prompt is empty. Describe your movie in up to { $max } characters.
errors-prompt-too-long = Your prompt is { $characters } characters; the limit is { $max }. Most emoji count as two or more.
errors-duration = “{ $value }” isn't a valid duration. Enter a whole number of seconds from { $min } to { $max }.
errors-no-duration = Enter a duration: a whole number of seconds from { $min } to { $max }.
errors-video-model = The video model “{ $value }” isn't available. Pick one of these: { $names }.
errors-video-model-aspect-ratio = { $model } doesn't support { $ratio }. Try one of these: { $names }.
errors-image-model = The image model “{ $value }” isn't available. Pick one of these: { $names }.
errors-aspect-ratio = “{ $value }” isn't a valid aspect ratio. Pick one of these: { $names }.
errors-no-model = No video model supports { $ratio } right now. Pick another aspect ratio.
errors-language = “{ $value }” isn't an available language. Pick one of these: { $names }.
errors-no-language = You can't choose a language right now. Leave that option empty.
errors-several-languages = A movie has one spoken language, and you picked several: { $names }.
errors-subtitles = Choose True or False for the subtitles.
errors-no-subtitles = Subtitles aren't available right now. Leave that option empty.
errors-tone = “{ $value }” isn't an available tone. Pick one of these: { $names }.
errors-no-tone = You can't choose a tone right now. Leave that option empty.
errors-music = “{ $value }” isn't available for the music. Pick one of these: { $names }.
errors-voice = “{ $value }” isn't an available voice. Pick one of these: { $names }.
# The end of a long list of models: "Luma, Kling, 12 more"
errors-more-models = { $models } more

errors-missing-permissions = I need { $permissions } in this channel. Ask a server manager to grant that. { -not-charged }

# Names of permissions, as Discord's settings show them
errors-view-channel = View Channel
errors-send-messages = Send Messages
errors-send-messages-in-threads = Send Messages in Threads
errors-embed-links = Embed Links
errors-attach-files = Attach Files
errors-read-message-history = Read Message History
errors-manage-threads = Manage Threads

errors-empty-message = This message has no text to turn into a movie. Describe one with /movie. { -not-charged }
errors-only-in-servers = I only work in servers, not in DMs. { -not-charged }
errors-internal = Something went wrong on my end. { -not-charged } Please try again in a moment.
errors-restarting = I'm restarting. Try again in a minute. { -not-charged }
errors-invalid-option = That isn't a valid choice. Pick one from the list. { -not-charged }
errors-server-not-loaded = I'm still loading this server. Please try again in a minute. Nothing was changed.
errors-outdated = I've been updated. Please use the command again. { -not-charged }
errors-order-voided = This took too long to start, so I canceled it and refunded your credits. Please try again.
errors-not-queued = I couldn't queue your movie, so it won't be made. Your credits will be refunded in a minute or two; please try again then.

## forms
## The form of a movie, and a movie's extras in words.

forms-new-modal-title = Make a movie
forms-remix-modal-title = Remix this movie
forms-edit-modal-title = Edit your movie

forms-prompt-label = Prompt
forms-prompt-hint = Up to { $characters } characters. Leave it empty and I'll surprise you.
forms-prompt-cut-hint = Your message was cut to { $characters } characters.
forms-duration-label = Duration (seconds)
forms-duration-hint = { $min }–{ $max }
forms-video-model-label = Video model
forms-video-model-placeholder = Auto (best for the aspect ratio)
forms-image-model-label = Image model
forms-image-model-placeholder = Auto
forms-aspect-ratio-label = Aspect ratio

# One menu for the aspect ratio, subtitles, tone and language
forms-options-label = Aspect ratio and extras
forms-options-hint = Pick as many as you like, but only one language.
forms-default-hint = Default: { $choice }
forms-subtitles-option = Subtitles
forms-subtitles-hint = Show spoken words as text
forms-language-hint = Spoken language (pick one)
forms-more-modal-title = More for your movie
forms-storyboard-label = Storyboard first
forms-storyboard-hint = You see the stills, then you render or stop it.
# What makes a movie's music: brands, in every language
forms-music-elevenlabs = { "ElevenLabs" }
forms-music-lyria = { "Lyria 3" }
# Who speaks in a movie; $name: "Nova"
forms-voice-any = Auto
forms-voice-female = { $name } (female)
forms-voice-male = { $name } (male)
forms-voice-neutral = { $name } (neutral)
forms-pictures-label = Pictures
forms-pictures-hint = Up to { $most } PNG, JPEG or WebP files. They replace the ones you added before.

## gifts
## /gift: what the giver and the recipient of bonus credits read.

gifts-given = 🎁 You gave { $member } { units-bonus-credits }. I'll let them know.
gifts-off = Gifts are off in this server. Server managers can turn them on with /setup.
gifts-erasing = Nothing was given: you asked me to erase your data.
gifts-paused = Nothing was given: the bot's operator has paused the bot here.
gifts-too-fast = Nothing was given. That was quick! You can give again { $time }.
gifts-self = You can't give credits to yourself.
gifts-blocked = You can't give credits while you're blocked.
gifts-recipient-blocked = This member can't receive credits right now.
gifts-over-bound = Nothing was given: that's more than you can still give in this server today ({ units-bonus-credits }). The limit resets at midnight UTC.
gifts-too-few = Nothing was given. You have { units-bonus-credits }, and only bonus credits can be given, not your allowance.

# To the recipient. $member: a mention; $place: a link to the channel
gifts-received = 🎁 { $member } gave you { units-bonus-credits } on { $time } in { $place }. Bonus credits never expire.
gifts-received-here = 🎁 { $recipient }, { $member } gave you { units-bonus-credits } on { $time }.

## help
## /help: what the bot does, and what this member can do here. Only they see it.

help-title = Matinee turns words into movies
help-summary = Describe a scene with { $command }, and I'll turn it into a short movie.
help-refunds = Movies cost credits; failed movies are refunded.
help-make-button = Make a movie
help-all-button = Everything
help-available = ✅ You can make movies in this channel.
help-refused = 🚫 { $reason }
help-missing-permissions = 🚫 I can't post movies here: I need { $permissions } in this channel. Ask a server manager to grant that.
help-no-member-credits = 🚫 You've used up your credits. They reset { $time }.
help-no-server-credits = 🚫 This server's budget is used up. It resets { $time }.
help-no-bot-credits = 🚫 This bot can't make more movies this month. You can order again { $time }.
help-in-progress = { $movies ->
    [one] 🎬 { $movies } of your movies is in progress: { $command }
   *[other] 🎬 { $movies } of your movies are in progress: { $command }
}
help-many-in-progress = 🎬 More than { $movies } of your movies are in progress: { $command }

help-spend = **{ $spend }.** Credits reset { $time }.
help-bonus = { $credits ->
    [one] { $credits } of these is a bonus credit, which never expires.
   *[other] { $credits } of these are bonus credits, which never expire.
}

help-prices-field = Price per second
help-price = **{ $model }**: { units-credits } · { $ratios }
help-more-models = { $models ->
    [one] and { $models } more model
   *[other] and { $models } more models
}
help-asks-above = Movies can be up to { $duration } long. I'll ask before spending more than { units-credits }.
help-asks-above-or-share = Movies can be up to { $duration } long. I'll ask before spending more than { units-credits }, or more than { $share } of what you have left.
help-always-asks = Movies can be up to { $duration } long. I'll show you the price before I spend anything.

help-commands-field = Commands
help-command = { $command } · { $description }
# "Apps" is Discord's name of the menu; $menu is the command in it.
help-from-a-message = On one of your messages: **Apps** → **{ $menu }**
help-from-any-message = On any message: **Apps** → **{ $menu }**
help-managers = Managers: { $setup }, { $show }, { $report } and the other /quota commands

## ideas
## Ideas for a movie, put together from three lists: who, does what, and where.

ideas-prompt = { $who } { $does } { $where }.

ideas-who =
    { $variant ->
        [0] A clockwork fox
        [1] A shy lighthouse keeper
        [2] A tiny astronaut
        [3] An old sea captain
        [4] A paper dragon
        [5] A curious robot
        [6] A sleepy giant
        [7] A street musician
        [8] A flying whale
        [9] A snow-white owl
        [10] A kind ghost
        *[11] A young baker
    }

ideas-does =
    { $variant ->
        [0] learns to dance
        [1] opens a secret door
        [2] follows a trail of light
        [3] builds a bridge out of music
        [4] befriends a storm
        [5] plants a glowing forest
        [6] races a shooting star
        [7] finds a lost melody
        [8] paints the night sky
        [9] guards a golden egg
        [10] wakes a sleeping city
        *[11] catches the last sunbeam
    }

ideas-where =
    { $variant ->
        [0] in a city above the clouds
        [1] at the bottom of the sea
        [2] on a night train through the snow
        [3] in an endless library
        [4] on a tiny planet
        [5] at a midnight fair
        [6] in a garden of glass
        [7] on a rooftop in the rain
        [8] inside a giant clock
        [9] on a frozen lake at dawn
        [10] in a floating market
        *[11] under a double rainbow
    }

## links
## Where a movie's link is, in the message about it

links-in-movies = The link is too long for a message. The movie's creator can find it in /movies.
links-in-file = The link is too long for a message, so it's in the attached file.
links-unsafe = This link can't be posted here. Open the movie in Studio.
links-watch = Watch
links-jump = Go to message

## log
## Changes by server managers, the bot's operator and the bot: in the staff channel, and as a confirmation to the person
## who made the change. The staff channel may be public, so it shows no balance.

# $time: "November 10, 2026 2:00 PM"; $actor: a mention, or one of the next two
log-bot = The bot
log-operator = The bot's operator
log-confirmation = ✅ { $change }

log-set-default-limit = Members now get { units-credits-monthly } by default.
log-set-default-limit-cleared = Members get the bot's default allowance again.
log-set-server-limit = This server can now spend { units-credits-monthly }.
log-set-server-limit-cleared = The server budget was removed.
# $subject: a mention of a member or a role
log-set-member-limit = { $subject } now gets { units-credits-monthly }.
log-set-member-limit-cleared = { $subject }'s personal allowance was removed.
log-set-role-limit = Everyone with { $subject } now gets { units-credits-monthly }.
log-set-role-limit-cleared = { $subject }'s allowance was removed.
log-grant = { $member } received { units-bonus-credits }.
log-gift = Gave { $member } { units-bonus-credits }.
log-revoke = Removed { units-bonus-credits } from { $member }.
log-block = { $member } is blocked until a server manager unblocks them. Movies in progress will finish.
log-block-hours = { $member } is blocked for { units-hours }. Movies in progress will finish.
log-unblock = { $member } can make movies again.
log-reset-usage = Reset { $member }'s usage this month.
# Only in the confirmation
log-reset-usage-credits = Reset { $member }'s usage this month (was { units-credits }).
# $setting: "Longest movie"; $value: "1 min"
log-setting = **{ $setting }** is now: { $value }
# $channel: a mention of the channel
log-gallery-failed = I can't post in the gallery { $channel } anymore. Finished movies appear where they were ordered until I can. Check my permissions there, or choose another gallery with /setup.
log-movie-night-failed = I couldn't post movie night in { $channel }. Check my permissions there and your age rule, or choose another gallery with /setup.

# A member's request for more credits
log-request-credits = 🙋 { $member } is asking for { units-bonus-credits }.
log-decline-credits = Declined { $member }'s request for { units-bonus-credits }.
log-cancel-queued = { $member }'s movies that hadn't started were canceled. Refunded: { units-credits }.
log-remove-pitch = Removed { $member }'s pitch. Refunded: { units-credits }.
# Added to the request's message; $manager and $member: mentions
log-request-granted = ✅ Granted by { $manager }.
log-request-declined = ❌ Declined by { $manager }.
log-request-replaced = This member has asked again since, so only the newer request can be answered.
log-request-lapsed = This request has expired. The member can ask again.
log-request-not-told = I can't DM { $member }, so please tell them yourself.
log-reason = Reason: { $reason }
log-result = Result: { $reason }

log-failures-stopped = { $member } can't order more movies this month: their failed movies have cost the bot { units-credits }. A server manager can let them continue with /quota unblock.
# A prompt that the filter stopped, for staff. $category: one of the categories below
log-prompt-refused = The rule “{ $rule }” stopped a prompt by { $member }: ||{ $prompt }||
log-prompt-refused-preset = The rule “{ $rule }” ({ $category }) stopped a prompt by { $member }: ||{ $prompt }||
log-prompt-refused-operator = A rule set by the bot's operator stopped a prompt by { $member }: ||{ $prompt }||
log-prompt-flagged = The movie service's moderation stopped a prompt by { $member } ({ $category }): ||{ $prompt }||
log-time-out = { $member } can't make movies for { units-hours }, because too many of their prompts were stopped today. A server manager can let them continue with /quota unblock.
log-category-minors = sexual content involving minors
log-category-sexual = sexual content
log-category-gore = gore
log-category-slurs = slurs
log-category-self-harm = self-harm
log-category-violence = violence
log-category-hate = hate
log-category-harassment = harassment
log-category-illicit = illegal activities
log-category-other = against its rules
log-limit-server = This server can now spend at most { units-credits-monthly }, whatever its managers set.
log-limit-server-cleared = This server is back to the bot's usual limit.
log-block-server = This server can't make movies anymore. Movies in progress will finish.
log-unblock-server = This server can make movies again.
log-pause = No server can make new movies for now. Movies in progress will finish.
log-resume = New movies can be made again.
log-job-unknown = { $credits ->
    [one] The movie service didn't confirm one of { $member }'s movies. Its { units-credits } stays on hold until I know what happened.
   *[other] The movie service didn't confirm one of { $member }'s movies. Its { units-credits } stay on hold until I know what happened.
}
log-job-given-up = { $credits ->
    [one] It never became clear what happened to one of { $member }'s movies. It ended as failed, and its { units-credits } was refunded.
   *[other] It never became clear what happened to one of { $member }'s movies. It ended as failed, and its { units-credits } were refunded.
}
log-job-resolved = One of { $member }'s movies was checked.
log-movie-removed = One of { $member }'s movies was deleted (ID { $id }).
log-gallery-removed = One of { $member }'s movies was removed from the gallery (ID { $id }).
log-report-dismissed = Reports about one of { $member }'s movies were dismissed (ID { $id }).
# Discord does not let the bot delete the message of a deleted movie; $link: its address
log-deletion-refused = One of { $member }'s movies was deleted (ID { $id }), but Discord doesn't let me delete its message. I'll keep trying for 30 days. You can delete it yourself: { $link }
log-deletion-given-up = One of { $member }'s movies was deleted (ID { $id }), but after 30 days Discord still doesn't let me delete its message, so I stopped trying. Please delete it yourself: { $link }
log-request-approval = { $member }'s movie is waiting for approval ({ units-price }, ID { $id }).
log-approve-movie = { $member }'s movie can start ({ units-price }, ID { $id }).
log-decline-movie = { $credits ->
    [0] { $member }'s movie was declined (ID { $id }).
   *[other] { $member }'s movie for { units-credits } was declined and refunded (ID { $id }).
}
log-lapse-approval = { $credits ->
    [0] Nobody decided on { $member }'s movie in time, so it was canceled (ID { $id }).
   *[other] Nobody decided on { $member }'s movie for { units-credits } in time, so it was canceled and refunded (ID { $id }).
}
log-restore-backup = A backup was restored. One of { $member }'s movies is waiting for the bot's operator to check it.

# After "Reason:", or "Result:" of a movie that was checked
log-reason-role-deleted = the role was deleted
log-reason-submission-unconfirmed = movie { $id }
log-reason-ended-as-failed = failed and refunded
log-reason-request-id-found = found at the movie service (ID { $id })
log-reason-may-be-submitted = movie { $id } may already have been ordered
log-reason-may-be-sent = the message about movie { $id } may already have been sent
log-reason-requested = the member asked for them
log-reason-not-age-restricted = the gallery isn't age-restricted
log-reason-staff-unreachable = I can't post in the staff channel, and this server lets movies start in that case

## more
## What ⋯ on a movie answers: a sentence beside each button

more-storyboard = See the storyboard and decide.
more-refresh = Get a fresh link.
more-scene = Fix a scene: it gets a new picture and a new clip, in a new version of the movie.
more-rerun = Make it again with the same settings. You see the price first.
more-dub = Dub it into another language.
more-subtitles = Add or change subtitles, for free.
more-film = Join its series into one film.
more-retry = Try again. You see the price first.
more-cancel = Cancel this movie.
more-cancel-as-staff = Cancel this movie for its creator. Its credits are refunded.
more-target = Change where you get it.
more-remix = Make your own movie from its prompt. You see the price first.
more-versions = See its versions and what it was made from.
more-receipt = See what it cost.
more-studio = Open it in the movie service's Studio.
more-report = Report it to the staff.
more-leave-gallery = Take it out of the gallery. It stays where it was first posted.
more-delete = Delete this movie and its links.
more-remove = Delete this movie and its links, as staff.
more-nothing = There's nothing else you can do with this movie right now.

## movies
## /movies: a member's movies, and one movie's details. Only the reader sees them.

movies-own-title = Your movies
movies-member-title = { $name }'s movies in this server
movies-unnamed-title = This member's movies in this server
# When only some are shown: "Your movies: In progress"
movies-filtered-title = { $title }: { $filter }

movies-none-all =
    No movies yet. Make your first with /movie. For example:
    > { -example-prompt }
movies-none-running = No movies in progress.
movies-none-done = No movies are ready yet.
movies-none-not-made = No failed or canceled movies.
movies-member-none-all = { $member } hasn't requested any movies in this server yet.
movies-member-none-running = { $member } has no movies in progress in this server.
movies-member-none-done = { $member } has no finished movies in this server yet.
movies-member-none-not-made = { $member } has no failed or canceled movies in this server.

movies-outage = { $outage } Movies waiting in line start as soon as they can.
movies-not-delivered = 📬 ready, but I couldn't post it: open it below
movies-deleted = 🗑️ deleted
movies-elsewhere = in another server
movies-hidden-prompt = (ordered where you can't see it)
# Members paid for it together
movies-with-others = with others
movies-share-value = Your share: { units-credits }
movies-all-hint = Every movie, newest first
movies-running-hint = Waiting in line, being made, or being checked
movies-done-hint = Ready to watch
movies-not-made-hint = Failed or canceled; unspent credits are refunded
movies-filter-placeholder = Filter
movies-open-placeholder = Open a movie…
movies-newer-button = Newer
movies-older-button = Older
movies-refresh-button = Refresh
movies-back-button = Back to the list

movies-posted-late = I couldn't post this one earlier. Here it is.
movies-link-may-have-expired = I couldn't get a new link, so this one may have expired.

movies-on-hold-value = **{ units-credits }** on hold until it's ready
movies-unknown-value = **{ units-credits }** on hold until I know what happened to it
movies-spent-value = **{ units-credits }** spent
movies-refunded-value = **{ units-credits }** refunded
movies-refunded-in-part-value = **{ $cost }** spent on finished steps, **{ $refunded }** refunded
movies-left-server-value = A server I've left
movies-other-server-value = Another server
movies-deleted-value = Deleted { $date }. Its message and its links are gone.
movies-deleted-by-manager-value = Deleted { $date } by the server's staff. Its message and its links are gone.
movies-requested-value = Requested { $date }
movies-finished-value = Finished { $date }
movies-finished-after-value = Finished { $date } (took { $duration })
movies-ended-value = Ended { $date }
movies-id-footer = ID { $id }
movies-by = by { $name }
movies-remixed-from = 🔀 Remixed from { $movie }
movies-remixes = Remixes ({ $remixes })

movies-not-authorized = You can only see your own movies. { -managers } can see everyone's in their server.
movies-not-found = I can't find this movie in the list. Type /movies to see what's there.
movies-unknown-id = I can't find a movie with this ID. Press ⋯ under the movie's message to see its ID.

## night
## Movie night: the weekly message with a server's best movies, and the private player that its buttons open.

night-title = Movie night
night-recap-title = The week in movies
night-intro = The best of the last 7 days, by stars. *Play all* shows them only to you.
night-recap-week = { units-movies } this week, { $spent } spent together
night-recap-maker = most by { $member } ({ $movies })
night-all-button = ▶ Play all

# Above a movie. $number and $total: "2 of 5"; $member: a mention
night-playing = Movie { $number } of { $total } by { $member }
night-next-button = Next movie
night-last = That was the last one.
night-over = This movie can't be played anymore.

## pictures
## Movies made from a member's own pictures

# The prompt of a movie whose member wrote none
pictures-prompt = A movie made from my pictures
pictures-count = { $pictures ->
    [one] { $pictures } picture
   *[other] { $pictures } pictures
}
pictures-notice = 🖼️ The movie service gets your pictures. Only use pictures you may share, with the consent of everyone whose face they show.

pictures-not-offered = Pictures aren't available right now.
pictures-too-many = A movie takes up to { $most } pictures.
pictures-too-large = Picture { $number } is too large. Each can be up to { $most } MB.
pictures-too-large-together = Your pictures are too large together. All of them can be up to { $most } MB.
pictures-not-a-picture = File { $number } isn't a PNG, JPEG or WebP picture.
pictures-not-read = Discord didn't hand over picture { $number }. Please try again.
pictures-with-duration = Pictures decide how long their movie is, and it has no storyboard. Leave **duration** and **storyboard** empty.
pictures-gone = I keep pictures only while their order is open, and these are gone. You weren't charged. Type /movie and add them again.

## pitch
## /pitch: a movie that members pay for together. Its public message, and what only the member who pressed reads.

# The public message. $time: "in 3 days"
pitch-ended-title = This pitch is over
pitch-progress = { $pledged } of { $price } · { $people ->
    [one] { $people } person
   *[other] { $people } people
} · ends { $time }
pitch-by = pitched by { $member }
pitch-waits-plan = Fully funded, but this bot can't make more movies this month: { -keep-trying }
pitch-waits-server = Fully funded, but this server's budget can't cover it yet: { -keep-trying }
pitch-waits-busy = Fully funded, but too many movies are in progress: { -keep-trying }
pitch-waits-paused = Fully funded, but new movies are paused: { -keep-trying }
pitch-waits-member = Fully funded, but it can't be ordered right now: { -keep-trying }
pitch-ended-funded = It's fully funded, and the movie is ordered.
pitch-ended-lapsed = Time ran out, and everyone was refunded.
pitch-ended-withdrawn = The member who pitched it withdrew it, and everyone was refunded.
pitch-ended-removed-by-staff = This server's staff removed it, and everyone was refunded.
pitch-ended-prompt-refused = Its prompt is against this server's rules, so everyone was refunded.
pitch-ended-not-offered = Its model or duration isn't available here anymore, so everyone was refunded.
pitch-ended-restored = I was restored from a backup, so I closed it, and everyone was refunded.
pitch-ended-server-left = I was removed from this server, and everyone was refunded.
pitch-ended-message-gone = Its message or channel was deleted, so everyone was refunded.

pitch-add-button = Chip in { $credits }
pitch-rest-button = The rest ({ $credits })
pitch-other-button = Other amount
pitch-back-button = Take back
pitch-withdraw-button = Withdraw
pitch-remove-button = Remove
pitch-other-line = Chip in another amount, up to { $missing }.
pitch-back-line = Take back your { $share } any time until it's funded.
pitch-withdraw-line = Withdraw your pitch: everyone is refunded.
pitch-remove-line = Remove it as staff: its prompt is hidden, and everyone is refunded.
pitch-other-modal-title = Chip in another amount
pitch-amount-label = How many credits?
pitch-amount-hint = { units-credits } still needed. If the movie isn't made, you're refunded.

# Private answers. $share, $mine, $missing, $price, $left: amounts such as "50 credits"
pitch-pledged = You chipped in { $share }. Your total: { $mine }. Still needed: { $missing }. You can take it back (⋯) until it's funded.
pitch-month-ends = 🗓️ That includes { units-credits } of this month's allowance, which ends { $time } with the month. If the pitch isn't funded by then, that part is gone.
pitch-completed = 🎉 Your { $share } completed it! The movie is ordered. You can watch its progress here.
pitch-completed-approval = 🎉 Your { $share } completed it! This server's staff has to approve the movie first. If nobody does within 48 hours, everyone is refunded.
pitch-completed-waiting = 🎉 Your { $share } completed it!
pitch-taken-back = You took back { $share }. Still needed: { $missing }.
pitch-shortfall = That's { $price }, but you have { $left } left. { -not-charged } Chip in less, or wait: your credits reset { $time }.
pitch-shortfall-new = You can't chip in { $price }: you have { $left } left, so nothing was pitched. Chip in less, or wait: your credits reset { $time }.
pitch-too-much = That's more than this pitch still needs: { $missing }. { -not-charged }
pitch-alone = This movie costs { $price }: chip in less than that, or make it yourself with /movie. Nothing was pitched.
pitch-complete = This pitch is already fully funded. Its movie is waiting to be made.
pitch-no-pledge = You have no credits in this pitch.
pitch-not-yours = Only { $member } can withdraw this pitch. Press ⋯ to take back your own credits.
pitch-too-many = You already have { $pitches } open pitches here, which is the limit. Withdraw one, or wait until one ends.
pitch-not-offered = Members can't chip in for this. Order it yourself.
pitch-failing = Your last { $failures } movies with this prompt failed, so others shouldn't pay for the next one. Pitch a different prompt, or make this one yourself with /movie first.
pitch-voted = You voted for this pitch. Votes are free and only change the order in /pitches.
pitch-voted-already = You've already voted for this pitch.
pitch-unknown = I can't find this pitch here. Type /pitches to see the open ones.
pitch-over = This pitch is over.
pitch-handled = I've already handled that. You have { units-credits } in this pitch.
pitch-amount-invalid = Type a whole number of credits, such as 25. { -not-charged }
pitch-never-fits-server = This movie costs { $price }, and this server's budget for a whole month is { $left }. Pitch a shorter one.
pitch-never-fits-queue = This movie costs { $price }, but a member's movies waiting in line can't cost more than { $left } in all. Pitch a shorter one.
pitch-never-fits-bot = This movie costs { $price }, which is more than this bot can spend in a month. Pitch a shorter one.
pitch-withdraw-question = Withdraw this pitch? Everyone is refunded, and nobody can chip in anymore.
pitch-withdrawn = Withdrawn. Everyone is refunded.
pitch-remove-question = Remove this pitch? Its prompt is hidden, and everyone is refunded.
pitch-removed = Removed. Everyone is refunded.
pitch-not-posted = Discord didn't confirm your pitch, so I withdrew it. Please try again.

## pitches
## /pitches: the open pitches of a server.

pitches-list-title = Open pitches
pitches-empty = No open pitches right now. Start one with /pitch, and everyone here can chip in.
# $credits: what is still needed; $price: "600 credits"; $time: "in 3 days"
pitches-missing = { $credits } of { $price } still needed
pitches-complete = fully funded, waiting to be made
pitches-ends = ends { $time }
# The text of a link to the pitch
pitches-open = Open
pitches-sort-placeholder = Sort by
pitches-manage-placeholder = Choose a pitch: chip in, take back…
pitches-back-button = Previous
pitches-next-button = Next
pitches-page-footer = Page { $page } of { $pages }

## pledges
## What members who chipped in for a pitch are told.

# In the channel, or by DM. $members: mentions; $pitch: a link to the pitch; $why: one of the sentences below
pledges-funded = 🎬 { $members }, [the pitch]({ $pitch }) you paid for is funded, and its movie is ordered.
pledges-funded-direct = 🎬 [The pitch]({ $pitch }) you paid { units-credits } for is funded, and its movie is ordered.
pledges-approval = 🎬 { $members }, [the pitch]({ $pitch }) you paid for is funded, and this server's staff has 48 hours to approve its movie.
pledges-approval-direct = 🎬 [The pitch]({ $pitch }) you paid { units-credits } for is funded, and its server's staff has 48 hours to approve its movie.
pledges-returned = ↩️ { $members }, your credits for [the pitch]({ $pitch }) were refunded{ $why }.
pledges-returned-direct = ↩️ Refunded: { units-credits } for [the pitch]({ $pitch }){ $why }.
pledges-over = 🎟️ { $members }, [your pitch]({ $pitch }) is over{ $why }.
pledges-over-direct = 🎟️ [Your pitch]({ $pitch }) is over{ $why }.
pledges-lapsed = 🗓️ { $members }, last month's allowance no longer counts for [the pitch]({ $pitch }): chip in again if you still want the movie.
pledges-lapsed-direct = 🗓️ Last month's allowance ({ units-credits }) no longer counts for [the pitch]({ $pitch }): chip in again if you still want the movie.
pledges-waiting = ⏳ { $members }, [the pitch]({ $pitch }) you paid for is funded, but its movie can't be ordered yet: { -keep-trying }
pledges-waiting-direct = ⏳ [The pitch]({ $pitch }) you paid { units-credits } for is funded, but its movie can't be ordered yet: { -keep-trying }
pledges-made = 🎬 { $members }, the movie of [the pitch]({ $pitch }) you paid for is ready: find it in /movies.
pledges-made-direct = 🎬 The movie of [the pitch]({ $pitch }) you paid { units-credits } for is ready: find it in /movies.

# Why credits came back
pledges-why-lapsed = time ran out
pledges-why-withdrawn = it was withdrawn
pledges-why-removed-by-staff = the server's staff removed it
pledges-why-prompt-refused = its prompt is against the server's rules
pledges-why-not-offered = its model or duration is no longer available
pledges-why-restored = the bot was restored from a backup
pledges-why-server-left = I was removed from this server
pledges-why-message-gone = its message or channel was deleted
pledges-why-job-ended = the movie wasn't made
pledges-why-job-ended-late = the movie wasn't made, and the month you paid in is over, so you got bonus credits

# A movie that was canceled after it began. $spent, $refunded: credits of the member's share
pledges-charged = ↩️ { $members }, the movie of [the pitch]({ $pitch }) was canceled: your shares paid for its finished steps, and anything left over was refunded.
pledges-charged-direct = ↩️ The movie of [the pitch]({ $pitch }) was canceled; its finished steps cost you { $spent }, refunded: { $refunded }.

# In the message of the movie. $names: a list of mentions
pledges-paid-by = Paid for by { $names }.
pledges-paid-by-more = Paid for by { $names } and { $more } more.
pledges-paid-by-unnamed = { $more ->
    [one] Paid for by { $more } member.
   *[other] Paid for by { $more } members.
}

# The credits of a movie that members paid for together. $cost, $price: all shares, such as "200 credits"
pledges-cost = { "**" }{ $cost }** spent together
pledges-refunded = Everyone got their credits back.
pledges-refunded-bonus = Everyone got their credits back, as bonus credits, because the month they paid in is over.
pledges-cost-in-part = Everyone paid their share of **{ $cost }** and got the rest back.
pledges-cancelled = Canceled. Everyone got their credits back.
pledges-ended = This movie has already ended. Everyone got their credits back.
pledges-failed = { $member }, the movie you pitched failed.
pledges-not-started = { $member }, the movie you pitched didn't start.
pledges-not-cancellable = A movie that was paid for together can't be canceled once it's being made. I'll post it in the channel when it's ready.
pledges-to-channel = A movie that was paid for together is always posted in the channel.

## preferences
## /preferences: a member's defaults, and where finished movies go. Only they see it.

preferences-title = Your preferences
preferences-intro = /movie uses your last choices unless you pick something else.
preferences-empty = No defaults yet. Pick some here, or I'll remember your next movie's settings.
preferences-cost = A { $duration } movie costs **{ $price }** ({ $rate }).
preferences-footer = Applies in every server.

preferences-video-model = Video model: { $choice }
preferences-image-model = Image model: { $choice }
preferences-seconds = Duration: { $choice }
preferences-aspect-ratio = Aspect ratio: { $choice }
preferences-language = Language: { $choice }
preferences-subtitles = Subtitles: { $choice }
# Also in forms, under prices and on cards
preferences-tone = Tone: { $choice }
preferences-music = Music: { $choice }
preferences-voice = Voice: { $choice }

# How such a choice was made
preferences-unsupported-default = { $choice } doesn't support this aspect ratio, so the default is used: **{ $other }**
preferences-unavailable-default = { $choice } is no longer available, so the default is used: **{ $other }**

preferences-video-model-placeholder = Video model
preferences-image-model-placeholder = Image model
preferences-seconds-placeholder = Duration
preferences-aspect-ratio-placeholder = Aspect ratio
preferences-language-placeholder = Language
preferences-subtitles-placeholder = Subtitles
preferences-tone-placeholder = Tone
preferences-music-placeholder = Music
preferences-voice-placeholder = Voice

# The first option of each menu, which resets to the default
preferences-video-model-option = Video model: auto (best for the aspect ratio)
preferences-image-model-option = Image model: auto
preferences-seconds-option = Duration: { $choice } (default)
preferences-aspect-ratio-option = Aspect ratio: { $choice } (default)
preferences-language-option = Language: { $choice } (default)
preferences-subtitles-option = Subtitles: { $choice } (default)
preferences-tone-option = Tone: { $choice } (default)
preferences-music-option = Music: { $choice } (default)
preferences-voice-option = Voice: { $choice } (default)

preferences-off-option = Off
preferences-on-option = On

preferences-channel-value = Finished movies are posted where you requested them, with a ping.
preferences-direct-value = Finished movies come by DM, or in the channel if your DMs are closed.

preferences-channel-button = In the channel
preferences-dm-button = DM me
preferences-unlist-button = Keep me out
preferences-list-button = Show me
preferences-listed-value = Stars can put your movies in a gallery, and you can be in /top.
preferences-unlisted-value = Stars won't put your movies in a gallery or movie night, and you're not in /top.
preferences-unlisted = From now on, stars won't put your movies in a gallery or movie night, and you won't be in /top.
preferences-storyboard-value = Your movies begin with a storyboard: you see the stills before the video is paid.
preferences-no-storyboard-value = Your movies are made in one go, without a storyboard.
preferences-storyboard-button = Storyboard first
preferences-no-storyboard-button = In one go
preferences-listed = Stars can now put your movies in a gallery, and you can be in /top.
preferences-reset-button = Reset to defaults
preferences-extras-button = Change
preferences-back-button = Back

preferences-not-offered = That's no longer available. Pick another below.
preferences-dropped-aspect-ratio = { $model } can't do { $dropped }, so I switched you to { $choice }.
preferences-dropped-model = { $model } can't do { $choice }, so I switched you to the best model for it.
preferences-channel-set = From your next movie on, I'll post finished movies in the channel.
preferences-dm-set = From your next movie on, I'll DM your finished movies.
preferences-reset = Your preferences are reset.

## privacy
## /privacy, and what is left of movies whose words were deleted

privacy-prompt-gone = (prompt deleted)
privacy-link-gone = The link to this movie has been deleted.
privacy-not-again = This movie's prompt has been deleted, so I can't make it again. Make a new one with /movie. { -not-charged }
privacy-unnamed = a member who erased their data

privacy-title = Your data
privacy-about = I store your ID, your movies and pitches with their prompts and links, your name when you ordered them, your credits and every change to them, your choices in /preferences, which movies you want to be notified about, the pitches you voted for, the movies you starred or reported (and why), and the beginning of prompts that a server's rules stopped. I don't store your other messages, unless someone turns one into a movie. Your prompts are sent to the movie service.
# Where the operator lets the movie service check prompts
privacy-moderation = Before I order a movie or show its price, the movie service checks its prompt. I store the beginning of prompts that it doesn't take.
privacy-pictures = Pictures that you make a movie from go to the movie service. I keep them only until it has them, or until the order ends.
privacy-kept-field = How long I keep it
privacy-kept-value =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    } after a movie or pitch ends, I delete its prompt, its links and your name on it. Your ID and credits stay until you erase them, or until 30 days after I'm removed from a server.
privacy-kept-always-value = Until you erase it, or until 30 days after I'm removed from a server.
privacy-elsewhere-field = What I can't erase
privacy-elsewhere-value = Messages that are already in Discord, except those about your movies if you choose to delete them, and what the movie service keeps.
privacy-now-value = Right now: { units-movies }, your credits and their history, and your preferences.
privacy-nothing = Nothing is stored about you.
privacy-export-button = Export
privacy-erase-button = Erase my data
privacy-policy-button = Privacy policy
privacy-terms-button = Terms of service
privacy-export-ready = Everything I store about you: JSON for programs, CSV for spreadsheets.
privacy-export-too-large = That's too much for a Discord message. Ask the bot's operator for your export.
privacy-question-title = Erase your data in all servers? This can't be undone.
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

## prompts
## The controls of a prompt under its price, and the words that improve one.

prompts-surprise-button = Surprise me
prompts-improve-button = Improve my prompt
prompts-back-button = Back to my prompt
prompts-style-placeholder = Pick a style
prompts-no-style-option = No style

prompts-no-room = There's no room for more words: a prompt can have up to { $characters } characters. Shorten yours first.
prompts-style-gone = That style isn't available anymore. Pick another one.

# A sentence after another one; $last is the last character before it
prompts-next-sentence = { $last } { $added }
prompts-end-and-next-sentence = { $last }. { $added }
prompts-list = { $words }, { $next }
prompts-sentence = { $words }.

prompts-shot =
    { $variant ->
        [0] Wide establishing shot
        [1] Intimate close-up
        [2] Low-angle shot
        [3] Bird's-eye view
        [4] Over-the-shoulder shot
        *[5] Symmetrical composition
    }

prompts-light =
    { $variant ->
        [0] golden-hour light
        [1] soft morning fog
        [2] cool moonlight
        [3] warm lamplight
        [4] dramatic backlight
        *[5] sun through leaves
    }

prompts-camera =
    { $variant ->
        [0] slow push-in
        [1] smooth tracking shot
        [2] gentle handheld camera
        [3] rising crane shot
        [4] slow orbit around the subject
        *[5] shallow depth of field
    }

prompts-mood =
    { $variant ->
        [0] dreamy mood
        [1] quiet wonder
        [2] playful energy
        [3] nostalgic warmth
        [4] tense anticipation
        *[5] epic grandeur
    }

## quota
## /quota: the limits of a server or a member, and refusals. Only the manager who asked sees it.

quota-server-title = Server limits
quota-each-member-field = Default allowance
quota-server-field = Server budget
quota-staff-channel-field = Staff channel
quota-roles-field = Roles
quota-members-field = Members
quota-blocked-field = Blocked

# $bar: a progress bar with a percentage; $used: the text before it
quota-budget-used = { $bar } · **{ $credits } of { $limit }** used
quota-budget-failed = { $used }, { $credits } of it on failed movies

quota-bot-default = { units-credits-monthly } (bot default)
quota-set-by-operator = { units-credits-monthly } (set by the bot's operator)
quota-unlimited = unlimited (up to the bot's plan)
quota-no-channel = not set (choose one with /setup)
# $time: "2 hours ago"
quota-channel-failed = ⚠️ I couldn't post there { $time }. Check my permissions, then set the channel again.
# $name: a mention of a role or a member
quota-limit-line = { $name }: { units-credits-monthly }
quota-block-line = { $name }: { $block }

# $time: "November 10, 2026 2:00 PM"
quota-blocked-until = until { $time }
quota-blocked = until unblocked
quota-blocked-everywhere = in every server, until the bot's operator unblocks them
quota-blocked-everywhere-until = in every server until { $time }, by the bot's operator
quota-timed-out-until = until { $time }, by the prompt filter
quota-block-with-reason = { $block } ({ $reason })

# The form of the menu Credits…: each field changes something, and none where it's empty
quota-change-modal-title = Credits: { $name }
quota-grant-label = Bonus credits to give
quota-grant-hint = Has { $credits } now. Empty: no change
quota-allowance-label = Monthly allowance
quota-allowance-hint = Now { units-credits-monthly }. Empty: no change
quota-hours-label = Block for how many hours?
quota-hours-hint = Empty: no change. To block without an end: /quota block
quota-reason-label = Reason
quota-reason-hint = Optional. It's logged, and a blocked member sees it.
quota-nothing-changed = All fields were empty, so nothing changed.

# Added to what was changed
quota-operator-limits-server = The bot's operator lets this server spend { units-credits-monthly }, so that is its limit.
quota-operator-blocks-member = However, they still can't make movies, because the bot's operator has blocked them in every server.

quota-not-allowed = You need the **Manage Server** permission to do that.
# $given: a number, or what was typed
quota-bad-credits = **credits** must be a whole number between { $min } and { $max } (you entered { $given }).
quota-bad-hours = **hours** must be a whole number between { $min } and { $max } (you entered { $given }).
quota-reason-required = **reason** is required.
quota-reason-too-long = **reason** is too long ({ $characters } characters, max { $max }).
quota-bad-month = “{ $given }” isn't a valid month. Use YYYY-MM, e.g. 2026-11.
quota-bot-member = { $member } is a bot. Bots can't make movies.
quota-not-a-member = { $member } isn't in this server anymore.
quota-role-deleted = { $role } no longer exists.
quota-everyone = For @everyone, use /quota default.
quota-no-bonus = { $member } has no bonus credits to remove.
quota-too-little-bonus = You can remove at most { units-bonus-credits } from { $member } (the rest are spent or on hold).
quota-not-blocked-member = { $member } isn't blocked.
quota-nothing-to-reset = { $member } hasn't used any of this month's allowance.

# What is set now: the answer of a command without an amount
quota-current-default = Members get { units-credits-monthly } by default.
quota-current-bot-default = Members get { units-credits-monthly } (the bot's default).
quota-current-server = This server can spend { units-credits-monthly }.
quota-current-server-operator = This server can spend { units-credits-monthly } (set by the bot's operator).
quota-current-server-unlimited = This server has no budget of its own. It can spend as much as the bot's plan allows.
# $source: "bot default"
quota-current-member = { $member } gets { units-credits-monthly } ({ $source }).
quota-current-role = Everyone with { $role } gets { units-credits-monthly }.
quota-current-role-none = { $role } has no allowance of its own.
# $option: an option of this command; $what: a subcommand of /quota clear
quota-how-to-set = To change that, use this command again with **{ $option }**.
quota-how-to-change = To change that, use this command again with **{ $option }**. To remove it, use /quota clear { $what }.

# Nothing to remove
quota-default-not-set = No default allowance is set here. Members already get the bot default.
quota-server-not-set = This server has no budget of its own.
quota-member-not-set = { $member } has no personal allowance.

# What a blocked member has in the queue
quota-queued = { $movies ->
    [one] They have 1 movie that hasn't started.
   *[other] They have { $movies } movies that haven't started.
}
quota-cancel-queued-button = Cancel and refund
quota-queued-cancelled = { $movies ->
    [one] Canceled and refunded 1 movie. Movies in progress will finish.
   *[other] Canceled and refunded { $movies } movies. Movies in progress will finish.
}
quota-none-queued = They have no movies left that haven't started, so nothing was canceled.

## quotes
## The price of a movie before it is ordered, and what became of it. Only its member sees it.

quotes-price = **{ units-credits }** for { $duration }
quotes-starter = 🎁 Your first movie is on the house: its credits are refunded when it's ready.
quotes-price-at-most = **Up to { units-credits }** for { $duration }: you pay what it takes
quotes-storyboard = 🖼️ Storyboard first: **{ $now }** to draw it, **{ $later }** more if you render it. All of it is on hold until you decide.
# $time: "in 6 days"
quotes-resets = credits reset { $time }

quotes-last-model = ⚠️ Your last model, { $model }, costs { $rate }; { $other } costs { $other_rate }.
quotes-raised = ⚠️ { $model } has gone up in price: it costs { $rate } now.

quotes-failing = ⚠️ Your last { $failures } movies with this prompt failed. A different prompt may work.

# Credits, after a price: what is left, or what is missing
quotes-leaves = leaves { $after }
quotes-missing = { $credits } short

quotes-accept-button = Make it ({ $credits })
quotes-accept-free-button = Make it
quotes-accept-at-most-button = Make it (up to { $credits })
quotes-storyboard-button = Draw it ({ $now } + { $later })
quotes-edit-button = Edit
quotes-cancel-button = Cancel
quotes-shorter-button = Make { $duration } ({ $credits })
quotes-with-model = { $duration } with { $model }
quotes-ideas-button = Ideas
quotes-more-button = More…
quotes-back-button = Duration and model

quotes-accepted = On it! You can watch its progress below.
quotes-cancelled = Canceled. You weren't charged.
quotes-not-accepted = Discord had a hiccup, so nothing was ordered or charged. Please try again.

quotes-already-ordered = You've already ordered this.
quotes-already-ordered-there = You've already ordered this: { $link }
quotes-replaced = You edited, pitched or canceled this order. You weren't charged.
quotes-expired = This price has expired. You weren't charged. Please start again.

## reasons
## Why a movie ended without a result, as its member reads it.

reasons-upstream-failed = The movie service couldn't finish this movie.
reasons-upstream-lost-job = The movie service lost this movie.
reasons-request-rejected = The movie service rejected this request.
reasons-authentication-failed = The bot can't sign in to the movie service. { -operator-notified } Please try again later.
reasons-model-refused = The movie service isn't accepting this model right now. Pick another one. { -operator-notified }
reasons-wrong-api = The movie service has changed, so this bot needs an update. { -operator-notified } Please try again later.
reasons-credits-ran-out = This bot ran out of movie-service credits while your movie was in progress. That wasn't your fault. { -operator-notified } Please try again later.
reasons-key-limit-reached = This bot has reached its monthly limit at the movie service. { -operator-notified } Please try again later.
reasons-plan-exhausted = This bot has run out of movie-service credits. { -operator-notified } Please try again later.
reasons-rate-limited = The movie service is busy right now. Try again in a few minutes.
reasons-unreachable = The movie service couldn't be reached for an hour. Please try again later.
reasons-resolved-by-operator = The movie service never confirmed this movie, so the bot's operator marked it as failed.
reasons-stayed-unknown = It never became clear what happened to this movie, so I stopped waiting and marked it as failed.
reasons-response-failed = Discord didn't confirm your command in time, so the movie never started.
reasons-cancelled-by-member = Canceled before it started.
reasons-cancelled-by-staff = The server's staff canceled it before it started.
reasons-cancelled-in-part = Canceled while it was in progress. Only the finished steps were charged.
reasons-declined = This server's staff declined it.
reasons-declined-because = This server's staff declined it: “{ $reason }”
reasons-approval-lapsed = This server's staff didn't approve it within 48 hours.
reasons-server-left = I was removed from the server before its staff could decide.
reasons-not-offered = By the time it was approved, this model or duration wasn't available anymore.
reasons-stopped = Stopped at the storyboard. Only the storyboard was charged.
reasons-undecided = Nobody decided about the storyboard within 48 hours. Only the storyboard was charged.
reasons-source-gone = The movie it was to be made from was removed before I could send it. You weren't charged.

# What the movie service said about it, in its own language
reasons-with-message = { $sentence } It said: “{ $message }”

## refusals
## Why an order is refused, and what the member can do

refusals-not-charged = { -not-charged }
refusals-paused = The bot's operator has paused new movies. { -in-progress-finish }
refusals-server-blocked = The bot's operator has stopped new movies here. { -in-progress-finish }
refusals-erasing = You asked me to erase your data. You can order again once that's done.
refusals-open-movies = You already have { units-movies } waiting or being made, the most for one member. Order the next one when one of them is ready.
refusals-server-open-movies = This server already has { units-movies } waiting or being made, the most for one server. Try again when some of them are ready.
# $time: "in 6 minutes"
refusals-cooling-down = You canceled movies or took back credits several times in a row. You can order and chip in again { $time }.
refusals-failures = Your failed movies have cost this bot too much this month. You can order again { $time }, or sooner if a manager of the server where they failed uses `/quota unblock`.
refusals-too-fast = That was quick! You can order again { $time }. { -not-charged }
refusals-too-many-commands = That was a lot of commands! You can use one again { $time }.

refusals-member-credits = This movie costs **{ $price }**; you have **{ $left }** left until { $date }.
refusals-server-credits = This movie costs **{ $price }**; this server has **{ $left }** left until { $date }.
refusals-bot-credits = This bot can't make this movie until { $date }.
refusals-queue-full = This movie costs **{ $price }**; your movies in line can cost at most **{ $left }** more right now.

refusals-blocked = A server manager has blocked you until further notice.
refusals-blocked-until = A server manager has blocked you until { $time }.
refusals-blocked-everywhere = The bot's operator has blocked you until further notice.
refusals-blocked-everywhere-until = The bot's operator has blocked you until { $time }.
refusals-timed-out-until = Your prompts broke this server's rules too often, so you can't make movies here until { $time }.
refusals-reason = Reason: { $reason }
refusals-in-progress-finish = { -in-progress-finish } { -not-charged }

refusals-server-not-allowed = This bot doesn't make movies for this server. Ask its operator if you'd like it here.
refusals-may-not-post = You can't send messages in this channel, so you can't order movies here either.
refusals-button-timed-out = You're timed out in this server, so you can't use this button right now. Try again { $time }.
refusals-not-own-message = You can only turn your own messages into movies. Describe one with /movie instead. { -not-charged }
refusals-menu-off = This server has turned off making movies from messages. Describe one with /movie instead. { -not-charged }

# The server's setup: $channels and $roles are lists of mentions
refusals-channel = Movies can be made in { $channels }.
refusals-channel-deleted = The channels for movies no longer exist. Ask a server manager to choose others with /setup.
refusals-age = This server allows movies only in age-restricted channels.
refusals-role = To make movies here, you need one of these roles: { $roles }.
refusals-role-deleted = The roles that could make movies here no longer exist. Ask a server manager to choose others with /setup.
refusals-no-model = None of the models that this server allows is available right now. Ask a server manager to allow others with /setup.

# The prompt filter. Nothing says which rule it was. $time: "in 24 hours"
refusals-prompt = Your prompt breaks this server's rules. Change it, or ask a server manager if that's a mistake.
refusals-prompt-by-bot = Words that I added break this server's rules. Use only your own.
refusals-prompt-last-one = One more like this today, and you won't be able to make movies here for { units-hours }.
refusals-prompt-timed-out = That was one too many today. You can make movies here again { $time }.
# The movie service's own moderation. $category: a category of the log, such as “sexual content”
refusals-prompt-flagged = The movie service doesn't take this prompt ({ $category }). Change it, or write a different one.
refusals-pictures-flagged = The movie service doesn't take this prompt or these pictures ({ $category }). Change the prompt, or use other pictures.

# To a member who presses a button of the staff's
refusals-not-staff = Only this server's staff can do that.

## report
## /quota report: a month's figures, and the chart. Only the manager who asked sees it.

# $month: "November 2026"
report-title = Report for { $month }
report-movies = { "**" }{ units-movies }** ready · **{ $running_movies }** in progress · **{ units-credits }** spent
report-facts = On hold: { $held_credits } · Refunded: { $refunded_credits } · Bonus credits granted: { $granted_credits }
report-members-field = Top members
report-models-field = Models
report-failures-field = Failed movies
report-lost-value = Lost: { units-credits }. The movie service doesn't refund failures; members were refunded in full.
report-mismatches-value = ⚠️ { $mismatches ->
    [one] { $mismatches } accounting mismatch
   *[other] { $mismatches } accounting mismatches
} found. Ask the bot's operator to run an audit.
report-updated-footer = Figures may be up to a minute old

# $name: a member, or a model
report-share = { $name }: { $credits } ({ units-movies })
report-failure = { $reason }: { units-movies } ({ $refunded_credits } refunded)
report-failure-lost = { $reason }: { units-movies } ({ $refunded_credits } refunded, { $lost_credits } not recovered)

report-in-line = A few other reports come first. Yours will appear here in a moment.
report-too-many = Several reports were just made here. You can get the next one { $time }.

# Why movies failed
report-service-failed = Failed at the movie service
report-service-lost = Lost by the movie service
report-rejected = Rejected by the movie service
report-key-rejected = The bot couldn't sign in to the movie service
report-model-refused = The movie service didn't accept the model
report-wrong-version = The bot isn't set up for this version of the movie service
report-credits-ran-out = The bot's movie-service credits ran out partway
report-key-limit = The bot reached its monthly limit at the movie service
report-plan-exhausted = The bot had no movie-service credits left
report-service-busy = The movie service was too busy
report-unreachable = Couldn't reach the movie service
report-not-confirmed = Discord didn't confirm the command
report-cancelled = Canceled by the member
report-declined = Declined by staff
report-approval-lapsed = Not approved in time
report-not-offered = Not available anymore
report-closed-by-operator = Marked as failed by the bot's operator
report-stayed-unknown = Still unknown after a long wait

report-chart-title = Credits per day, { $month }
report-chart-spent = spent on movies
report-chart-lost = lost to failed movies
report-chart-held = on hold for movies in progress
report-chart-refunded = refunded
report-chart-empty = No movies this month
report-chart-description = Bar chart of credits per day, { $month }, stacked by outcome: { units-credits } spent, { $lost_credits } lost to failed movies, { $held_credits } on hold, { $refunded_credits } refunded.
# $date: "November 10"
report-chart-peak = Most was spent on { $date }: { units-credits }.

## reported
## Reported movies: the modal and what its member reads, and the message in the staff channel.

reported-report-button = Report
reported-report-modal-title = Report this movie
reported-reason-label = What's wrong with it?
reported-reason-hint = Optional. The server's staff can read it, but won't see who wrote it.
reported-saved = Thanks. The server's staff will look at it.
reported-no-channel = Thanks, I saved your report. I can't reach this server's staff right now, so please tell a server manager, too.
reported-reviewed = Thanks. The server's staff has already looked at this movie and kept it. They'll see that it was reported again.
reported-repeated = You've already reported this.
reported-too-many = You've reported many movies today. Please tell a server manager about this one.
reported-own = This is your own movie. If you don't want it here anymore, press ⋯, then Delete.

# In the staff channel; $member and $staff: mentions
reported-title = { $reports ->
    [one] 🚩 A movie was reported
   *[other] 🚩 A movie was reported { $reports } times
}
reported-remove-button = Delete movie
reported-dismiss-button = Dismiss
reported-removed = Deleted by { $staff }.
reported-removed-by-requester = Deleted by the member who requested it.
reported-dismissed = Dismissed by { $staff }. The movie stays.
reported-blocked = { $staff } blocked { $member } from making movies.

# What a staff member reads
reported-own-decision = Others on the staff decide about reports of your own movie. If you don't want it here anymore, press ⋯ under it, then Delete.
reported-unknown = I can't find this report anymore.

## requests
## Requests for more credits: the button, the answers that only one person reads, and the DM that tells the member.

requests-ask-button = Ask for more
requests-ask-managers = Need more? A server manager can give you bonus credits.
requests-sent = I asked the server managers for { units-bonus-credits }. I'll DM you their answer.
requests-asked-today = You've already asked today. You can ask again { $time }.
requests-enough = You have enough credits for this now, so I didn't ask.
requests-no-channel = I can't reach the server managers from here. Please ask one of them directly.
requests-no-help = I didn't ask, because more credits wouldn't help right now: this server can't spend that much more this month.

# In the staff channel
requests-grant-button = Grant { $credits }
requests-decline-button = Decline

# What a manager reads whose press changed nothing
requests-already-answered = { $manager } has already answered this.
requests-unknown = I can't find this request anymore. You can still use /quota grant.
requests-blocked = { $member } is blocked, so nothing was granted. Unblock them with /quota unblock first.
requests-blocked-everywhere = The bot's operator has blocked { $member }, so nothing was granted.
requests-server-budget = This server's budget has too little left this month for { $member }'s movie, so nothing was granted. Raise it with /quota server, then press again.
requests-operator-limit = The bot's operator doesn't let this server spend enough this month for { $member }'s movie, so nothing was granted.

# $place: a link to the channel where the member asked
requests-answer-granted = 🎉 You received { units-bonus-credits } in { $place }. Bonus credits never expire. Make your movie with /movie.
requests-answer-declined = A server manager declined your request for { units-bonus-credits } in { $place }.
requests-answer-unposted = I couldn't pass on your request for { units-bonus-credits } in { $place }, because I can't post in the staff channel there. Please ask a server manager directly.

## scenes
## *Fix a scene* of a finished movie

scenes-button = Fix a scene
scenes-other-button = Other scenes
scenes-title = Fix a scene
scenes-intro = Choose the scenes to fix: each gets a new picture and a new clip. The movie stays as it is, and you get a new version.
# $scenes: their numbers, as "2, 5"
scenes-left-out = Can't be fixed: { $scenes }.
scenes-placeholder = Choose scenes

# Why none can be chosen
scenes-too-fast = That's a lot of looks at once! You can look again { $time }.
scenes-none = No scene of this movie can be fixed.
scenes-not-now = The movie service can't change this movie right now. Nothing was charged.
scenes-no-answer = The movie service isn't answering right now. Nothing was charged. Try again in a minute.


## series
## Series: the form of a next scene, and the movies that continue one another.

series-continue-button = Continue
series-modal-title = Continue this movie
series-next-scene = Next scene:
series-field = Series ({ $movies })

## setup
## /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
## settings are in the staff channel, too.

setup-title = Server setup
setup-intro = These rules apply to everyone, managers included. Changes take effect right away and are logged.
setup-nothing-offered = None of the allowed models is available right now, so nobody can order a movie.
# $problem: “Gallery: I can't post in …”
setup-problem = ⚠️ { $problem }

setup-members-field = Where and who
setup-models-field = Models and duration
setup-defaults-field = Defaults
setup-gallery-field = Finished movies
setup-approval-field = Approval
setup-community-field = Community
setup-staff-field = Staff
setup-filter-field = Prompt filter
setup-gallery-button = Create a gallery

# $setting: one of the names below; $value: what is set
setup-line = **{ $setting }:** { $value }
# In a menu, while nothing is picked there; $value: what holds then
setup-current-placeholder = { $setting }: { $value }

# The settings
setup-channels = Channels for movies
setup-roles = Who can make movies
setup-video-models = Video models
setup-image-models = Image models
setup-longest-seconds = Longest movie
setup-default-video-model = Default video model
setup-default-image-model = Default image model
setup-default-seconds = Default duration
setup-default-aspect-ratio = Default aspect ratio
setup-language = Language
# Whose messages can be turned into movies, in the menu of a message
setup-message-menu = Message menu
# Where finished movies go: a text channel or a forum
setup-gallery = Gallery
setup-gallery-stars = Stars needed for the gallery
# What is done about movies that are not for everyone
setup-age = Age rule
# Rules for prompts: those that come with the bot, and those of the server's managers
setup-filter-presets = Ready-made rules
setup-filter-rules = Custom rules
setup-approval = Staff approves
setup-approval-credits = Approval only above
setup-trusted-roles = Trusted roles
setup-approval-fallback = While I can't post in the staff channel
setup-storyboard-credits = Storyboards first above
setup-gift-credits = Gifts per member per day
setup-starter-credits = First movie on the house, up to
setup-pitch-days = How long a pitch lasts
setup-movie-night = Movie night
setup-weekly-recap = Weekly recap
# Where changes, requests and reports appear
setup-staff-channel = Staff channel
# Who helps the server managers to moderate movies
setup-staff-roles = Staff roles

# Their values where nothing is set
setup-every-channel-option = Every channel
setup-everyone-option = Everyone
setup-all-option = All models
setup-bot-limit-option = As long as the bot allows
setup-bot-default-option = The bot's default
setup-discord-language-option = The server's language in Discord
setup-order-channel-option = Posted where ordered
setup-no-age-option = No age rule
setup-approval-off-option = Nothing needs approval
setup-no-gifts-option = No gifts
setup-no-starter-option = No first movie on the house
setup-a-week-option = 7 days
setup-no-movie-night-option = No movie night
setup-weekly-recap-on-option = Weekly recap with movie night, or on Sunday
setup-weekly-recap-off-option = No weekly recap
setup-days-option = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
setup-every-movie-option = Every movie
setup-stars-option = { $stars ->
    [one] { $stars } star
   *[other] { $stars } stars
}
setup-any-price-option = Any price
setup-no-roles-option = None
setup-approval-hold-option = Movies wait
setup-no-storyboards-option = Only when a member wants one
setup-none-option = None
setup-managers-option = Server managers only

setup-message-menu-own-option = Members' own messages
setup-message-menu-anyone-option = Everyone's messages
setup-message-menu-off-option = Off
setup-age-spoiler-option = Spoiler: hidden until someone clicks
setup-age-restricted-option = Only in age-restricted channels
# In the panel, below what is set: what can be promised, and what can't
setup-age-spoiler-note = The prompt stays readable, and anyone can click.
setup-age-restricted-note = Orders and movies only in such channels. Who may open them is up to Discord: I can't check anyone's age. A movie by DM goes only to the member who ordered it in one.
# The day of a movie night. $time: "18:00"
setup-movie-night-monday-option = Monday, { $time } UTC
setup-movie-night-tuesday-option = Tuesday, { $time } UTC
setup-movie-night-wednesday-option = Wednesday, { $time } UTC
setup-movie-night-thursday-option = Thursday, { $time } UTC
setup-movie-night-friday-option = Friday, { $time } UTC
setup-movie-night-saturday-option = Saturday, { $time } UTC
setup-movie-night-sunday-option = Sunday, { $time } UTC
# In the panel, below the day
setup-movie-night-note = The week's 5 best movies by stars, in the gallery or the channel of the best one.
setup-approval-untrusted-option = Movies by members without a trusted role
setup-approval-everyone-option = Everyone's movies, except managers'
setup-approval-storyboards-option = Everyone's movies, once their storyboard is drawn
setup-approval-fallback-start-option = Movies start without approval

# Of the prompt filter
setup-off-option = Off
# $language: "Deutsch"; $category: "slurs", as in the staff channel
setup-preset-option = { $language }: { $category }
setup-rules-count =
    { $rules ->
        [one] { $rules } rule
       *[other] { $rules } rules
    }

# This language, as Discord's own list of languages names it
setup-this-language-option = English

# The end of a list
setup-more = { $more } more
setup-deleted = ⚠️ { $more } deleted

# The prompt filter's own rules, in a form
# $rule: what was typed; $problem: one of the lines below
setup-rules-modal-title = Rules for prompts
setup-rules-label = Rules, one per line
setup-rules-more-label = More rules
setup-rules-hint = A word, two words, begin*, *end, *inside*, or one ... other
setup-rules-wrong-title = These rules can't be used
setup-rules-kept = Nothing was changed. What you typed is in the attached file; the button opens it again.
setup-rules-conflict = ⚠️ Someone else changed the rules in the meantime, so I didn't save anything. What you typed is in the attached file; the button opens it again, in place of theirs.
setup-rules-fix-button = Change these rules…
setup-rules-line = Line { $line }, “{ $rule }”: { $problem }
setup-rules-too-many = A server can have up to { $max } rules with { $room } characters in all. These are { $rules } rules with { $characters }.
setup-rule-empty = it has no letters.
setup-rule-too-long = a rule can have at most { $max } characters.
setup-rule-too-many-words = a rule can have at most { $max } words.
setup-rule-word-too-long = a word can have at most { $max } letters.
setup-rule-star-inside = an asterisk can only be at the beginning or the end of a word.
setup-rule-star-too-wide = an asterisk needs at least { $min } letters next to it.
setup-rule-gap-at-end = “...” can only be between two words.
setup-rule-too-many-gaps = a rule can have “...” at most { $max } times.

# $change: "Language: Deutsch"
setup-changed = ✅ { $change }
setup-conflict = ⚠️ Someone else changed this in the meantime, so I didn't save anything. This is the current setup.
# $problem: "Longest movie: …"
setup-not-changed = ⚠️ Nothing was changed. { $problem }

# $setting: a setting's name; $problem: one of the next
setup-invalid = { $setting }: { $problem }
setup-not-a-list = “{ $value }” isn't a list.
setup-too-many = pick at most { $max }.
setup-not-an-id = “{ $value }” isn't a Discord ID.
setup-not-offered = “{ $value }” isn't available. Pick from { $names }.
setup-seconds-out-of-range = “{ $value }” isn't a valid duration. Enter a whole number of seconds from { $min } to { $max }.
setup-credits-out-of-range = “{ $value }” isn't a valid amount. Enter a whole number of credits from { $min } to { $max }.
setup-stars-out-of-range = “{ $value }” isn't a valid number of stars. Enter a number from { $min } to { $max }.
setup-days-out-of-range = “{ $value }” isn't a valid number of days. Enter a number from { $min } to { $max }.
# $longest: "1 min"
setup-longer-than-longest = the longest movie is { $longest }, so the default can't be longer.
setup-not-in-server = “{ $value }” isn't in this server.
setup-not-a-rule = “{ $value }” can't be a rule: { $problem }
setup-everyone = this can't be { $value }.
# $permissions: “Send Messages and Embed Links”
setup-missing-permissions = I can't post in { $channel }. Give me { $permissions } there first.
setup-not-age-restricted = { $channel } isn't age-restricted, so movies appear where they were ordered.

# Export and import of a file
setup-exported = This is your server's setup. Edit it, keep it, or use it elsewhere with /setup import.
setup-file-too-large = That file is too large: a setup can have at most { $max } KB.
setup-file-unreadable = I couldn't get that file from Discord. Please try again.
setup-file-problems-title = This file can't be imported
# $problem: one of the next, or a problem above
setup-file-line = Line { $line }: { $problem }
setup-file-line-key = Line { $line }, `{ $key }`: { $problem }
setup-file-not-json = this isn't valid JSON.
setup-file-not-an-object = this must be a JSON object: { "{ … }" }.
setup-file-other-version = this must be 1, as in a file from /setup export.
setup-file-unknown-key = there is no such setting.
setup-file-duplicate-key = this is in the file more than once.
setup-import-title = Apply these changes?
setup-import-intro = Nothing has changed yet. What the file leaves out stays as it is.
setup-import-conflict = ⚠️ The setup has changed in the meantime, so I didn't save anything. These would be the changes now.
# $before, $after: values
setup-difference = **{ $setting }:** { $before } → { $after }
# Of the own rules: how many are new, and how many go
setup-rules-difference = **{ $setting }:** { $before } → { $after } (+{ $added }, −{ $removed })
setup-apply-button = Apply
setup-drop-button = Cancel
setup-import-nothing-new = Everything in this file is already set.
setup-import-dropped = Nothing was imported.

setup-rules-field = Custom rules
# The buttons of the panel. Of the file, see below
setup-change-button = Change
setup-back-button = Back
setup-export-button = Export
setup-import-button = Import
setup-reset-button = Reset
# Warnings in the panel
setup-no-staff-channel = No staff channel: reports and requests go nowhere
setup-nobody-asked = No staff channel: staff find waiting movies only in /movies
# In a form. $unset: what holds where it is empty
setup-seconds-hint = { $min } to { $max } seconds. Empty: { $unset }
setup-credits-hint = { $min } to { $max } credits. Empty: { $unset }
# A channel's name
setup-gallery-name = gallery
setup-gallery-not-created = ⚠️ Discord didn't let me create a channel.
setup-file-label = Setup file
setup-file-hint = A file from Export. You see the changes before they count.
setup-reset-title = Reset the setup?
setup-reset-intro = Limits, credits and blocks stay. Export the setup first to keep a copy.
# The first questions, with an answer to each
setup-first-title = Set up your server
setup-first-intro = Everything can be changed later in /setup panel.
setup-first-where = Where can movies be made?
setup-first-credits = How much can each member spend?
setup-first-approval = What needs staff approval?
setup-first-language = Which language do I post in?
setup-first-apply-button = Use these answers
setup-first-change-button = Change…
setup-first-skip-button = Skip

## staff
## What ⋯ on a message in the staff channel answers, and the form of a block

staff-block = Block them from making movies here. Movies in progress will finish.
staff-block-button = Block member
staff-unblock-button = Unblock
staff-movies = Their movies in this server
staff-movies-button = Movies
staff-credits = Their credits and receipts
staff-credits-button = Credits
staff-nothing = There's nothing else you can do here right now.
staff-unknown = I can't find what this was about anymore.
staff-erased = This member has erased their data, so I can't block them.
staff-own = You can't block yourself.
staff-blocked = { $member } is already blocked.
staff-block-modal-title = Block this member
staff-hours-label = Duration in hours
staff-hours-hint = Empty: until unblocked
staff-reason-label = Reason
staff-reason-hint = Optional. The member will see it, and it's logged.

## stages
## What the movie service is doing, on a movie's card

stages-prompt-generation = writing the scenes
stages-image-generation = drawing the pictures
stages-audio-generation = making the sound
stages-frame-generation = preparing the frames
stages-video-generation = putting the movie together
stages-ai-video-generation = bringing the pictures to life
stages-speech-generation = recording the voices
stages-music-generation = composing the music
stages-lip-sync-generation = matching lips to voices
stages-sound-effect-generation = adding sound effects
stages-transcript-generation = writing the subtitles
stages-delete-reflow = tidying up the scenes
stages-timeline-reflowed = fitting the scenes together
stages-rendering = rendering

## stars
## Stars: the button under each movie, what it answers, and a movie in the gallery.

stars-star-button = ⭐ Star
stars-given = ⭐ You gave this movie a star. Stars: { $stars }. Press again to take it back.
stars-given-posted = ⭐ You gave this movie a star. Stars: { $stars }. That gets it into the gallery!
stars-taken-back = You took your star back. Stars: { $stars }.
stars-none = No stars yet. When others give your movie one, the button counts them.
stars-gone = I don't have this movie anymore, so it can't get a star.

# In the gallery
stars-posted = ⭐ Starred by members of this server

## states
## How far a movie is, in lists and receipts

states-waiting = ⏳ waiting in line
states-awaiting = ✋ waiting for approval
states-being-made = 🎬 being made
states-storyboard = 🖼️ storyboard to decide on
states-ready = ✅ ready
states-failed = ↩️ failed, refunded
states-cancelled = ↩️ canceled, refunded
states-cancelled-in-part = ↩️ canceled, { $spent } spent
states-unknown = 🔎 being checked

# The titles of one movie's details
states-waiting-title = ⏳ Waiting in line
states-awaiting-title = ✋ Waiting for approval
states-being-made-title = 🎬 Being made
states-ready-title = ✅ Ready
states-failed-title = ↩️ Failed
states-cancelled-title = ↩️ Canceled
states-unknown-title = 🔎 Being checked

## storyboards
## A movie whose member sees its stills first, and decides

storyboards-drawn = Your storyboard is ready: “{ $title }”. Render it or stop it within 48 hours.
storyboards-drawn-shared = A storyboard is ready: “{ $title }”. { $owner } decides whether it's rendered.
storyboards-reminder = Your storyboard “{ $title }” is still waiting for your decision. It stops { $time }.
storyboards-not-yours = Only the member who ordered this storyboard can decide about it.
storyboards-not-waiting = This storyboard isn't ready for your decision yet.
storyboards-rendering = It's being rendered already.
storyboards-stopped = It has been stopped already.
storyboards-look-button = See it
storyboards-render-button = Render ({ $credits })
storyboards-stop-button = Stop (refunds { $credits })
storyboards-yours = You can render it for **{ $later }** more credits, or stop it. It stops by itself { $time }.
storyboards-scene = Untitled scene
storyboards-render-chosen = On it! I'm rendering it for { $credits } more credits.
storyboards-stop-chosen = Stopped. { $credits } credits are refunded as soon as the movie service confirms it.

## terms
## Words for people and things that messages of every area refer to, such as { -managers }.

-managers = Server managers
-operator-notified = The bot's operator has been notified.
-not-charged = You weren't charged.
-keep-trying = I'll keep trying until the pitch ends, or refund everyone.
-in-progress-finish = Movies in progress will still finish.
-example-prompt = A paper boat sails across a rainy street at night, neon lights in the puddles

## top
## /top: a month's best of a server. Only the member who asked sees it.

top-title = Best of { $month }
top-movies-field = Movies
top-makers-field = Creators
top-patrons-field = Patrons (credits spent)
top-nothing = No finished movies for this month.
top-footer = To stay out of /top, use /preferences.

## units
## Amounts, durations and shares. Messages of every area may refer to them.

units-credits = { $credits ->
    [one] { $credits } credit
   *[other] { $credits } credits
}
units-free = Free
# Within a sentence
units-price = { $credits ->
    [0] free
   *[other] { units-credits }
}
units-credits-monthly = { units-credits } a month
units-credits-per-second = { units-credits } per second
units-bonus-credits = { $credits ->
    [one] { $credits } bonus credit
   *[other] { $credits } bonus credits
}
units-movies = { $movies ->
    [one] { $movies } movie
   *[other] { $movies } movies
}
units-seconds = { $seconds } s
units-minutes = { $minutes } min
units-minutes-seconds = { $minutes } min { $seconds } s
units-hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
units-hours-minutes = { $hours } h { $minutes } min
units-percent = { $percent }%
units-more-lines = and { $more } more
# A list: "Luma, Kling, Veo"
units-list = { $items }, { $next }

## versions
## What is made of finished movies: versions of one, and films of several

# What was made, in lists and beside the duration; $scenes: "2, 3"
versions-scene = Scene { $scenes } fixed
versions-scenes = Scenes { $scenes } fixed
# $language: "French"
versions-dub = In { $language }
versions-dub-subtitles = In { $language }, with subtitles
versions-subtitles = With subtitles
versions-subtitles-in = { $language } subtitles
versions-without-subtitles = Without subtitles
versions-film = Film of { units-movies }

# In the details of a movie
versions-made-from = 🎞️ Made from { $movie }
versions-of-film = Movies in this film ({ $movies })
versions-list = Versions ({ $versions })
versions-films = Films with this movie ({ $films })
versions-open-button = Versions
versions-open-placeholder = Open a related movie…

## welcome
## Posted where the bot joins, in the server's language

welcome-greeting = 👋 Hi, I'm Matinee, and I turn words into short movies. Type { $movie } and describe a scene, for example:
welcome-example = { -example-prompt }
welcome-credits = Movies cost credits, and everyone here gets some each month: { $help } shows how many you have and what a movie costs. { -managers } decide with *Set up* where movies are made and how much everyone can spend.
welcome-make-button = Make your first movie
welcome-setup-button = Set up
