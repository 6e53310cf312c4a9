### The price of a movie before it is ordered, and what became of it. Only its member sees it.

quotes-title = This movie costs { units-credits }
quotes-movie-field = Movie
quotes-balance-field = Balance after
# $after of $credits; $time: "in 6 days"; $date: "December 1, 2026"
quotes-balance-value =
    { "**" }{ $after }** left (now: { units-credits })
    Credits reset { $time } ({ $date })
quotes-footer = Only you can see this. You're charged only when you press { quotes-accept-button }.

quotes-last-model-field = Your last model
quotes-last-model-value = { $model } costs { $rate }. The default, { $other }, costs { $other_rate }. Press { quotes-edit-button } to switch.

quotes-failing-field = ⚠️ This prompt keeps failing
quotes-failing-value = Your last { $failures } movies with this prompt failed. A different prompt may work.

# Choices of the duration while it is typed
quotes-duration-option = { $duration } · { units-credits } · leaves { $after }
quotes-too-long-option = { $duration } · { units-credits } · not enough credits

quotes-accept-button = Make it
quotes-edit-button = Edit
quotes-cancel-button = Cancel
quotes-smaller-button = Make { $duration } instead ({ units-credits })

quotes-accepted = On it! You can watch its progress below.
quotes-cancelled = Canceled. You weren't charged.
quotes-not-accepted = Discord had a hiccup, so nothing was ordered or charged. Please try again.

quotes-already-ordered = You've already ordered this.
quotes-already-ordered-there = You've already ordered this: { $link }
quotes-replaced = You edited or canceled this order. You weren't charged. Type /movie to start a new one.
quotes-expired = This price has expired. You weren't charged. Please type /movie again.
