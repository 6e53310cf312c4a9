### Why an order is refused, and what the member can do

refusals-not-charged = { -not-charged }
refusals-paused-title = No new movies right now
refusals-paused = The bot's operator has paused new movies. { -in-progress-finish }
refusals-server-blocked-title = No new movies in this server
refusals-server-blocked = The bot's operator has stopped new movies here. { -in-progress-finish }
refusals-erasing-title = Your data is being erased
refusals-erasing = You asked me to erase your data. You can order again once that's done.
refusals-open-movies-title = Enough movies for now
refusals-open-movies = You already have { units-movies } waiting or being made, which is the limit for one member. You can order the next one when one of them is ready.
refusals-server-open-movies-title = This server is busy
refusals-server-open-movies = This server already has { units-movies } waiting or being made, which is the limit for one server. Try again when some of them are ready.
# $time: "in 6 minutes"
refusals-cooling-down-title = Let's take a short break
refusals-cooling-down = You canceled movies or took back credits several times in a row. You can order and chip in again { $time }.
refusals-failures-title = Your movies keep failing
refusals-failures = Your failed movies were refunded, but they still cost this bot credits, and you've reached this month's limit for that. You can order again { $time }, or sooner if a manager of the server where they failed uses `/quota unblock`.
refusals-too-fast = That was quick! You can order again { $time }. { -not-charged }
refusals-too-many-commands = That was a lot of commands! You can use one again { $time }.

refusals-no-credits-title = Not enough credits
refusals-member-credits = This movie costs **{ $price }**; you have **{ $left }** left this month.
refusals-server-credits = This movie costs **{ $price }**; this server has **{ $left }** left this month.
refusals-affordable = You can afford **{ $duration }** with { $model }.
refusals-nothing-affordable = You can't afford a movie with { $model } right now.
refusals-reset = Credits reset { $time } ({ $date }).
refusals-bot-credits-title = This bot can't make more movies this month
refusals-bot-credits = You can order again { $time } ({ $date }). { -not-charged }
refusals-queue-full-title = That's too much at once
refusals-queue-full = This movie costs **{ $price }**, but you can have only **{ $left }** more on hold for movies waiting in line right now. Try a shorter one. If others of yours are waiting, you can also order it once one of them has started.

refusals-blocked-title = You're blocked from making movies
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
refusals-channel-title = Not in this channel
refusals-channel = Movies can be made in { $channels }.
refusals-channel-deleted = The channels for movies no longer exist. Ask a server manager to choose others with /setup.
refusals-age-title = Not in this channel
refusals-age = This server allows movies only in age-restricted channels.
refusals-role-title = Not with your roles
refusals-role = To make movies here, you need one of these roles: { $roles }.
refusals-role-deleted = The roles that could make movies here no longer exist. Ask a server manager to choose others with /setup.
refusals-no-model-title = No movies here right now
refusals-no-model = None of the models that this server allows is available right now. Ask a server manager to allow others with /setup.

# The prompt filter. Nothing says which rule it was. $time: "in 24 hours"
refusals-prompt-title = This prompt isn't allowed here
refusals-prompt = Something in it is against this server's rules for prompts. Change it and try again. If you think that's a mistake, ask a server manager.
refusals-prompt-by-bot = Something that I added to it is against this server's rules for prompts. Use only your own words.
refusals-prompt-last-one = One more like this today, and you won't be able to make movies here for { units-hours }.
refusals-prompt-timed-out = That was one too many today. You can make movies here again { $time }.
refusals-prompt-yours = **Your prompt:** { $prompt }

# What the credits that are left pay for
refusals-models-field = What you can afford
refusals-model-affordable = { $model }: up to { $duration }
refusals-model-not-affordable = { $model }: not enough credits

# To a member who presses a button of the staff's
refusals-not-staff = Only this server's staff can do that.
