### /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
### settings are in the staff channel, too.

setup-title = Server setup
setup-intro = These rules apply to everyone here, managers included, but managers' own movies don't need approval. Changes take effect right away and are logged.
setup-nothing-offered = ⚠️ None of the allowed models is available right now, so nobody can order a movie.
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
setup-members-button = Where and who
setup-models-button = Models and duration
setup-defaults-button = Defaults
setup-gallery-button = Finished movies
setup-approval-button = Approval
setup-community-button = Community
setup-staff-button = Staff
setup-filter-button = Prompt filter
# Opens a form
setup-durations-button = Durations…
setup-rules-button = Custom rules…
setup-price-button = Only above a price…

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
setup-gift-credits = Gifts per member per day
setup-pitch-days = How long a pitch lasts
setup-movie-night = Movie night
# Where changes, requests and reports appear
setup-staff-channel = Staff channel
# Who helps the server managers to moderate movies
setup-staff-roles = Staff roles

# Their values where nothing is set
setup-every-channel-option = Every channel
setup-everyone-option = Everyone
setup-all-option = All
setup-bot-limit-option = As long as the bot allows
setup-bot-default-option = The bot's default
setup-discord-language-option = The server's language in Discord
setup-order-channel-option = Where the movie was ordered
setup-no-age-option = None
setup-approval-off-option = Nothing
setup-no-gifts-option = Off
setup-a-week-option = 7 days
setup-no-movie-night-option = Off
setup-days-option = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
setup-every-movie-option = 0 stars (every movie)
setup-stars-option = { $stars ->
    [one] { $stars } star
   *[other] { $stars } stars
}
setup-any-price-option = 0 credits (any price)
setup-no-roles-option = None
setup-approval-hold-option = Movies wait
setup-none-option = None
setup-managers-option = Server managers only

setup-message-menu-own-option = Members' own messages
setup-message-menu-anyone-option = Everyone's messages
setup-message-menu-off-option = Off
setup-age-spoiler-option = Spoiler: hidden until someone clicks
setup-age-restricted-option = Only in age-restricted channels
# In the panel, below what is set: what can be promised, and what can't
setup-age-spoiler-note = Discord hides the movie until someone clicks. The prompt stays readable, and anyone can click.
setup-age-restricted-note = Orders anywhere else are refused, and no finished movie is posted in a channel that isn't age-restricted. Who may open such a channel is up to Discord: I can't check anyone's age. A movie by DM goes only to the member who ordered it in such a channel.
# The day of a movie night. $time: "18:00"
setup-movie-night-monday-option = Monday, { $time } UTC
setup-movie-night-tuesday-option = Tuesday, { $time } UTC
setup-movie-night-wednesday-option = Wednesday, { $time } UTC
setup-movie-night-thursday-option = Thursday, { $time } UTC
setup-movie-night-friday-option = Friday, { $time } UTC
setup-movie-night-saturday-option = Saturday, { $time } UTC
setup-movie-night-sunday-option = Sunday, { $time } UTC
# In the panel, below the day
setup-movie-night-note = The week's 5 best movies by stars, each with at least one. I post them in the gallery or, without one, in the channel of the best movie.
setup-approval-untrusted-option = Movies by members without a trusted role
setup-approval-everyone-option = Everyone's movies, except managers'
setup-approval-fallback-start-option = Movies start without approval

# Of the prompt filter. $language: "Deutsch"; $category: "slurs", as in the staff channel
setup-no-rules-option = None
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

setup-durations-modal-title = Durations
setup-longest-seconds-label = Longest movie (seconds)
setup-default-seconds-label = Default duration (seconds)
setup-durations-hint = From { $min } to { $max }. Leave empty for the bot's default.
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
setup-price-modal-title = Approval above a price
setup-approval-credits-label = Only movies above (credits)
setup-price-hint = Movies up to this price start right away. Leave empty for any price.

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
setup-imported-title = ✅ Imported
setup-import-dropped = Nothing was imported.
