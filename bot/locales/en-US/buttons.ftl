### The buttons of a movie, and the answers to them

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
