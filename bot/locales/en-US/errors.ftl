### Invalid options, missing permissions, and errors

errors-problems-title = { $problems ->
    [one] Please fix this
   *[other] Please fix { $problems } things
}
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
# The end of a long list of models: "Luma, Kling, 12 more"
errors-more-models = { $models } more
errors-not-charged = { -not-charged }

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
