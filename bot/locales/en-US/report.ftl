### /quota report: a month's figures, and the chart. Only the manager who asked sees it.

# $month: "November 2026"
report-title = Report for { $month }
report-movies = { "**" }{ units-movies }** finished, **{ $running_movies }** in progress
report-credits =
    { "**" }{ units-credits }** spent
    On hold: { $held_credits } · Refunded: { $refunded_credits } · Bonus credits granted: { $granted_credits }
report-members-field = Top members
report-models-field = Models
report-failures-field = Failed movies
report-lost-field = Lost to failed movies
report-lost-value = { units-credits }. The movie service doesn't refund failures; members were refunded in full.
report-server-field = Server budget
report-server-value =
    { $bar }
    { units-credits } left
report-mismatches-field = Accounting
report-mismatches-value = ⚠️ { $mismatches ->
    [one] { $mismatches } accounting mismatch
   *[other] { $mismatches } accounting mismatches
} found. Ask the bot's operator to run an audit.
report-none = None
report-none-yet = None yet
report-updated-footer = Figures may be up to a minute old

# $name: a member, or a model
report-share = { $name }: { $credits } ({ units-movies })
report-failure = { $reason }: { units-movies } ({ $refunded_credits } refunded)
report-failure-lost = { $reason }: { units-movies } ({ $refunded_credits } refunded, { $lost_credits } not recovered)

report-in-line = A few other reports come first. Yours will appear here in a moment.
report-too-many = Several reports were just made here. You can get the next one { $time }.

# Why movies failed
report-service-failed = Failed at the movie service
report-service-lost = Lost by the movie service
report-rejected = Rejected by the movie service
report-key-rejected = The bot couldn't sign in to the movie service
report-model-refused = The movie service didn't accept the model
report-wrong-version = The bot isn't set up for this version of the movie service
report-credits-ran-out = The bot's movie-service credits ran out partway
report-key-limit = The bot reached its monthly limit at the movie service
report-plan-exhausted = The bot had no movie-service credits left
report-service-busy = The movie service was too busy
report-unreachable = Couldn't reach the movie service
report-not-confirmed = Discord didn't confirm the command
report-cancelled = Canceled by the member
report-declined = Declined by staff
report-approval-lapsed = Not approved in time
report-not-offered = Not available anymore
report-closed-by-operator = Marked as failed by the bot's operator
report-stayed-unknown = Still unknown after a long wait

report-chart-title = Credits per day, { $month }
report-chart-spent = spent on movies
report-chart-lost = lost to failed movies
report-chart-held = on hold for movies in progress
report-chart-refunded = refunded
report-chart-empty = No movies this month
report-chart-description = Bar chart of credits per day, { $month }, stacked by outcome: { units-credits } spent, { $lost_credits } lost to failed movies, { $held_credits } on hold, { $refunded_credits } refunded.
# $date: "November 10"
report-chart-peak = Most was spent on { $date }: { units-credits }.
