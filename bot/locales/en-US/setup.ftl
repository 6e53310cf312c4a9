### /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
### settings are in the log channel, too.

setup-title = Server setup
setup-intro = These rules hold for everyone here, managers too. Changes take effect right away and are logged.
setup-nothing-offered = ⚠️ None of the allowed models is available right now, so nobody can order a movie.

setup-members-field = Where and who
setup-models-field = Models and length
setup-defaults-field = Defaults
setup-members-button = Where and who
setup-models-button = Models and length
setup-defaults-button = Defaults
# Opens a form
setup-durations-button = Durations…

# $setting: one of the names below; $value: what is set
setup-line = **{ $setting }:** { $value }
# In a menu, while nothing is picked there; $value: what holds then
setup-current-placeholder = { $setting }: { $value }

# The settings
setup-channels = Channels for movies
setup-roles = Who can make movies
setup-video-models = Video models
setup-image-models = Image models
setup-longest = Longest movie
setup-default-video-model = Default video model
setup-default-image-model = Default image model
setup-default-duration = Default duration
setup-default-aspect-ratio = Default aspect ratio
setup-language = Language
# Whose messages can be turned into movies, in the menu of a message
setup-messages = Message menu

# Their values where nothing is set
setup-every-channel-option = Every channel
setup-everyone-option = Everyone
setup-all-option = All
setup-bot-limit-option = As long as the bot allows
setup-bot-default-option = The bot's default
setup-discord-language-option = The server's language in Discord

setup-menu-own-option = Members' own messages
setup-menu-anyone-option = Everyone's messages
setup-menu-off-option = Off

# This language, as Discord's own list of languages names it
setup-this-language-option = English

# The end of a list
setup-more = { $more } more
setup-deleted = ⚠️ { $more } deleted

setup-durations-modal-title = Durations
setup-longest-label = Longest movie (seconds)
setup-default-duration-label = Default duration (seconds)
setup-duration-hint = From { $min } to { $max }. Leave empty for the bot's own.

# $change: "Language: Deutsch"
setup-changed = ✅ { $change }
setup-conflict = ⚠️ Someone else changed this in the meantime, so I saved nothing. This is how it is now.
# $problem: "Longest movie: …"
setup-not-changed = ⚠️ Nothing was changed. { $problem }

# $setting: a setting's name; $problem: one of the next
setup-invalid = { $setting }: { $problem }
setup-not-a-list = “{ $value }” isn't a list.
setup-too-many = pick at most { $max }.
setup-not-an-id = “{ $value }” isn't a Discord ID.
setup-not-available = “{ $value }” isn't available. Pick from { $names }.
setup-out-of-range = “{ $value }” isn't a valid duration. Enter whole seconds from { $min } to { $max }.
# $longest: "1 min"
setup-longer-than-longest = the longest movie is { $longest }, so the default can't be longer.
setup-not-here = “{ $value }” isn't in this server.

# Export and import of a file
setup-exported = This is your server's setup. Edit it, keep it, or use it elsewhere with /setup import.
setup-file-too-large = That file is too large: a setup has at most { $max } KB.
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
setup-import-conflict = ⚠️ The setup has changed in the meantime, so I saved nothing. These would be the changes now.
# $before, $after: values
setup-difference = **{ $setting }:** { $before } → { $after }
setup-apply-button = Apply
setup-drop-button = Cancel
setup-import-nothing-new = Everything in this file is already set.
setup-imported-title = ✅ Imported
setup-import-dropped = Nothing was imported.
