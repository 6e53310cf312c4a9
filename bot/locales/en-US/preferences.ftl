### /preferences: a member's defaults, and where finished movies go. Only they see it.

preferences-title = Your preferences
preferences-intro = /movie uses your last choices unless you pick something else.
preferences-empty = No defaults yet. Pick some here, or I'll remember your next movie's settings.
preferences-cost = A { $duration } movie costs **{ $price }** ({ $rate }).
preferences-no-model = No model supports this aspect ratio right now. Pick another.
preferences-footer = Only you can see this. Applies in every server.

preferences-choices-field = Your choices
preferences-video-model = Video model: { $choice }
preferences-image-model = Image model: { $choice }
preferences-duration = Duration: { $choice }
preferences-aspect-ratio = Aspect ratio: { $choice }
preferences-language = Language: { $choice }
preferences-subtitles = Subtitles: { $choice }
preferences-tone = Tone: { $choice }

# How such a choice was made
preferences-auto = **{ $choice }** (auto)
preferences-auto-unnamed = auto
preferences-default = **{ $choice }** (default)
preferences-unsupported = { $choice } doesn't support this aspect ratio, so the default is used
preferences-unsupported-default = { $choice } doesn't support this aspect ratio, so the default is used: **{ $other }**
preferences-unavailable = { $choice } is no longer available, so the default is used
preferences-unavailable-default = { $choice } is no longer available, so the default is used: **{ $other }**

preferences-video-model-placeholder = Video model
preferences-image-model-placeholder = Image model
preferences-duration-placeholder = Duration
preferences-aspect-ratio-placeholder = Aspect ratio
preferences-language-placeholder = Language
preferences-subtitles-placeholder = Subtitles
preferences-tone-placeholder = Tone

# The first option of each menu, which resets to the default
preferences-video-model-option = Video model: auto (best for the aspect ratio)
preferences-image-model-option = Image model: auto
preferences-duration-option = Duration: { $choice } (default)
preferences-aspect-ratio-option = Aspect ratio: { $choice } (default)
preferences-language-option = Language: { $choice } (default)
preferences-subtitles-option = Subtitles: { $choice } (default)
preferences-tone-option = Tone: { $choice } (default)

preferences-off-option = Off
preferences-on-option = On

preferences-delivery-field = Finished movies
preferences-channel-value = Posted in the channel where you requested them, with a ping
preferences-dm-value = Sent to you by DM, or posted in the channel if your DMs are closed

preferences-channel-button = Post my movies in the channel
preferences-dm-button = DM me my movies
preferences-unlist-button = Keep me out of /top and star galleries
preferences-list-button = Show me in /top and star galleries
preferences-listing-field = Gallery and /top
preferences-unlisted-value = Stars won't put your movies in a gallery or movie night, and you're not in /top.
preferences-unlisted = From now on, stars won't put your movies in a gallery or movie night, and you won't be in /top.
preferences-listed = Stars can now put your movies in a gallery, and you can be in /top.
preferences-reset-button = Reset to defaults
preferences-extras-button = Language, subtitles, tone
preferences-back-button = Back

preferences-not-offered = That's no longer available. Pick another below.
preferences-dropped-aspect-ratio = { $model } can't do { $dropped }, so I switched you to { $choice }.
preferences-dropped-model = { $model } can't do { $choice }, so I switched you to the best model for it.
preferences-channel-set = From your next movie on, I'll post finished movies in the channel.
preferences-dm-set = From your next movie on, I'll DM your finished movies.
preferences-reset = Your preferences are reset. I'll remember your next movie's settings.
