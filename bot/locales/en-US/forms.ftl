### The form of a movie, and a movie's extras in words.

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
forms-tone-option = Tone: { $tone }
forms-language-hint = Spoken language (pick one)
