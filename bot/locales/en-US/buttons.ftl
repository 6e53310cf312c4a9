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
buttons-watch-button = Watch
buttons-studio-button = Open in Studio
buttons-cancel-movie-button = Cancel the movie

buttons-not-owner = Only **{ $name }** can use this button. Make your own with /movie.
buttons-not-owner-unnamed = Only the person who requested this movie can use this button. Make your own with /movie.
buttons-unknown-movie = I can't find this movie. { -not-charged }

# Cancel
buttons-cancelled = Cancelled. **{ $refunded }** refunded.
buttons-cancelling-already = It's already being cancelled. You'll get a message that says what was spent and refunded.
buttons-unclear = The movie service may already be making it, so it can't be cancelled until we know. Its credits stay on hold until then.
buttons-being-queued = It's still being queued. Try again in a moment.
buttons-being-sent = It's being sent to the movie service right now. Try again in a moment.
buttons-started = Too late to cancel: the movie service has started and has already charged for it. I'll post it when it's ready.
buttons-finished = It's already finished. See /movies.
buttons-ended-in-part = It's already cancelled: **{ $cost }** spent, **{ $refunded }** refunded.
buttons-ended = It's already over: **{ $refunded }** refunded.
buttons-question = { "**" }Cancel this movie?**
buttons-question-unknown = The movie service doesn't say what it has charged so far. Finished steps stay charged, up to the price of **{ $price }**. The rest is refunded.
buttons-question-known = Finished steps stay charged: **{ $cost }** spent and **{ $refunded }** refunded as of now. A step that finishes before it stops is charged, too, up to the price of { $price }.
buttons-cancel-requested = Cancelling your movie. You'll get a message that says what was spent and refunded. If it turns out to be finished already, you get the movie.
buttons-just-finished = It just finished, so it can't be cancelled. You'll get it in a moment.
buttons-nearly-finished = It could finish any moment, so it's too late to cancel. You'll get it when it's ready.
buttons-just-ended = It just ended. You'll get a message about it in a moment.
buttons-no-answer = The movie service isn't answering right now, so nothing was cancelled. Try again in a minute.
buttons-too-many-cancels = You've pressed Cancel several times. You can press it again { $time }.

# Notify me
buttons-own-movie = It's your movie, so I'll ping you anyway.
buttons-following = I'll ping you when it's ready. If its creator chooses to get it by DM, I'll only tell you that it's ready.
buttons-follow-full = The notification list is full. Check back here later.
buttons-follow-ended = It's already finished.
buttons-follow-private = This one goes to its creator by DM, so you can't follow it.
buttons-unfollowed = OK, I won't ping you.

# DM me instead
buttons-to-direct = I'll DM it to you (or post it here if your DMs are closed). To always get DMs, use /preferences.
buttons-to-channel = I'll post it in the channel when it's ready.

# New link
buttons-new-link = New link:
buttons-no-new-link = The movie service couldn't give a new link. Try again in a few minutes.
buttons-last-link = The movie service couldn't give a new link. Try again in a few minutes. The last one was:
buttons-too-many-links = That's a lot of links at once! You can get the next one { $time }.

# Receipt
buttons-receipts = All your receipts are in /credits.
buttons-receipt-open = It isn't finished yet: **{ $held }** on hold.
