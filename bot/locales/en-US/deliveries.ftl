### Messages about the end of a movie, in the channel or by DM

deliveries-ready = { $member } Your movie is ready.
deliveries-ready-followed = { $member } Your movie is ready. cc { $followers }
deliveries-ready-direct = Your movie is ready.
deliveries-movie-alt-text = AI-generated movie, { $duration }: { $prompt }
deliveries-spent = { "**" }{ $cost }** spent
deliveries-spent-left = { "**" }{ $cost }** spent · **{ $left }** left this month
deliveries-not-cancelled = It finished before I could cancel it.
deliveries-followed = { $followers } The movie you were waiting for is ready, but its creator chose to get it by DM.
deliveries-followed-direct = 🎬 A movie you were waiting for is ready, but I can't mention you where it is. The person who requested it can show it to you. ID { $id }

deliveries-failed-title = This movie failed
deliveries-failed = { $member } Your movie failed. Its credits were refunded.
deliveries-refunded = { "**" }{ $refunded }** refunded
deliveries-refunded-left = { "**" }{ $refunded }** refunded · **{ $left }** left this month
deliveries-refunded-bonus = { "**" }{ $refunded }** refunded as bonus credits, because the month you ordered it in is over

deliveries-unknown-title = 🔎 Checking on your movie
deliveries-unknown = { $member } I'm checking what happened to your movie.
deliveries-unknown-details =
    The movie service didn't confirm your order. I won't order it twice. { -operator-notified }
    I'm keeping **{ $held }** on hold until I know what happened. After that, they're either spent on your movie or refunded.

deliveries-cancelled-title = Canceled
deliveries-cancelled = { $member } Your movie was canceled.
deliveries-spent-refunded = { "**" }{ $cost }** spent · **{ $refunded }** refunded

deliveries-not-started-title = Not started
deliveries-not-started = { $member } Your movie didn't start. Its credits were refunded.
deliveries-not-started-details = { "**" }{ $refunded }** refunded. Type /movie to try again.

deliveries-left = { "**" }{ $left }** left this month
