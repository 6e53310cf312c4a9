### The card that shows a movie's state in the channel

cards-queued-title = 🎟️ Your movie is waiting in line
cards-awaiting-title = ✋ Your movie is waiting for approval
cards-rendering-title = 🎬 Making your movie
cards-cancelling-title = 🛑 Canceling your movie
cards-ready-title = 🍿 Your movie is ready
cards-failed-title = This movie failed
cards-cancelled-title = Canceled
cards-unknown-title = 🔎 Checking on your movie

cards-movie-field = Movie
cards-cost-field = Cost
cards-requester-field = Requested by
cards-status-field = Status

cards-cost-on-hold = { units-credits } on hold
cards-cost-refunded = { units-credits } refunded
cards-cost-in-part =
    { $cost } spent
    { $refunded } refunded

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
cards-step = Step { $step } of { $steps } · { $stage }
cards-stage = { $stage }…
cards-cancelling = You pay for finished steps. The rest is refunded.
cards-started = Started { $time }.
cards-ready = Done!
cards-direct = 📬 { $member } will get it by DM.
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
