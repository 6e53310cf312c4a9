### Why a movie ended without a result, as its member reads it.

reasons-failed = The movie service couldn't finish this movie.
reasons-lost = The movie service lost this movie.
reasons-rejected = The movie service rejected this request.
reasons-key-rejected = The bot can't sign in to the movie service. { -operator-notified } Please try again later.
reasons-model-refused = The movie service isn't accepting this model right now. Pick another one. { -operator-notified }
reasons-service-changed = The movie service has changed, so this bot needs an update. { -operator-notified } Please try again later.
reasons-credits-ran-out = This bot ran out of movie-service credits while your movie was in progress. That wasn't your fault. { -operator-notified } Please try again later.
reasons-key-limit = This bot has reached its monthly limit at the movie service. { -operator-notified } Please try again later.
reasons-no-credits = This bot has run out of movie-service credits. { -operator-notified } Please try again later.
reasons-busy = The movie service is busy right now. Try again in a few minutes.
reasons-unreachable = The movie service couldn't be reached for an hour. Please try again later.
reasons-closed = The movie service never confirmed this movie, so the bot's operator marked it as failed.
reasons-stayed-unknown = It never became clear what happened to this movie, so I stopped waiting and marked it as failed.
reasons-unconfirmed = Discord didn't confirm your command in time, so the movie never started.
reasons-cancelled = Canceled before it started.
reasons-cancelled-by-staff = The server's staff canceled it before it started.
reasons-cancelled-in-part = Canceled while it was in progress. Only the finished steps were charged.
reasons-declined = This server's staff declined it.
reasons-declined-because = This server's staff declined it: “{ $reason }”
reasons-approval-lapsed = This server's staff didn't approve it within 48 hours.
reasons-server-left = I was removed from the server before its staff could decide.
reasons-not-offered = By the time it was approved, this model or duration wasn't available anymore.

# What the movie service said about it, in its own language
reasons-with-message = { $sentence } It said: “{ $message }”
