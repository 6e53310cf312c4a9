### /movies: a member's movies, and one movie's details. Only the reader sees them.

movies-own-title = Your movies
movies-member-title = { $name }'s movies in this server
movies-unnamed-title = This member's movies in this server
# When only some are shown: "Your movies: In progress"
movies-filtered-title = { $title }: { $filter }

movies-none =
    No movies yet. Make your first with /movie. For example:
    > { -example-prompt }
movies-none-in-progress = No movies in progress.
movies-none-ready = No movies are ready yet.
movies-none-failed = No failed or canceled movies.
movies-member-none = { $member } hasn't requested any movies in this server yet.
movies-member-none-in-progress = { $member } has no movies in progress in this server.
movies-member-none-ready = { $member } has no finished movies in this server yet.
movies-member-none-failed = { $member } has no failed or canceled movies in this server.

movies-list-footer = Newest first. Pick one below for details.
movies-outage = { $outage } Movies waiting in line start as soon as they can.
movies-not-delivered = 📬 ready, but I couldn't post it: open it below
movies-deleted = 🗑️ deleted
movies-elsewhere = in another server
movies-hidden-prompt = (ordered where you can't see it)
# Members paid for it together
movies-with-others = with others
movies-share-value = Your share: { units-credits }
movies-all-hint = Every movie, newest first
movies-in-progress-hint = Waiting in line, being made, or being checked
movies-ready-hint = Ready to watch
movies-failed-hint = Failed or canceled; unspent credits are refunded
movies-filter-placeholder = Filter
movies-open-placeholder = Open a movie…
movies-newer-button = Newer
movies-older-button = Older
movies-refresh-button = Refresh
movies-back-button = Back to the list

movies-here-is-yours = Here's your movie.
movies-here-it-is = Here's the movie.
movies-posted-late = I couldn't post this one earlier. Here it is.
movies-link-may-have-expired = { $sentence } I couldn't get a new link, so this one may have expired: try again in a few minutes.

movies-movie-field = Movie
movies-receipt-field = Receipt
movies-on-hold-value = **{ units-credits }** on hold until it's ready
movies-unknown-value = **{ units-credits }** on hold until I know what happened to it
movies-spent-value = **{ units-credits }** spent
movies-refunded-value = **{ units-credits }** refunded
movies-refunded-in-part-value = **{ $cost }** spent on finished steps, **{ $refund }** refunded
movies-requested-by-field = Requested by
movies-unnamed-value = This member
movies-requested-in-field = Requested in
movies-left-server-value = A server I've left
movies-other-server-value = Another server
movies-failed-field = Why it failed
movies-cancelled-field = Why it was canceled
movies-status-field = Status
movies-deleted-field = Deleted
movies-deleted-value = { $date }. Its message and its links are gone.
movies-deleted-by-manager-value = { $date }, by the server's staff. Its message and its links are gone.
movies-dates-field = Dates
# $ago: "2 minutes ago"
movies-requested-value = Requested { $date } ({ $ago })
movies-started-value = Started { $date }
movies-finished-value = Finished { $date }
movies-finished-after-value = Finished { $date } (took { $duration })
movies-ended-value = Ended { $date }
movies-id-footer = ID { $id }

movies-not-authorized = You can only see your own movies. { -managers } can see everyone's in their server.
movies-not-found = I can't find this movie in the list. Type /movies to see what's there.
movies-unknown-id = I can't find a movie with this ID. Copy the ID from the bottom of the movie's message.
