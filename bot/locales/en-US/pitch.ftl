### /pitch: a movie that members pay for together. Its public message, and what only the member who pressed reads.

# The public message. $time: "in 3 days"
pitch-open-title = 🎟️ Let's make this movie together
pitch-waiting-title = ⏳ Fully funded, waiting to be made
pitch-funded-title = 🎬 Funded: the movie is ordered
pitch-ended-title = This pitch is over
pitch-movie-field = Movie
pitch-member-field = Pitched by
pitch-credits-field = Credits
pitch-progress = { $pledged } of { $price } · { $people ->
    [one] { $people } person
   *[other] { $people } people
} · ends { $time }
# What goes on while it waits, after each of the reasons
-pitch-keep-trying = I'll keep trying until the pitch ends; if I can't order it by then, everyone is refunded.
pitch-waits-plan = This bot can't make more movies this month. { -pitch-keep-trying }
pitch-waits-server = This server's budget can't cover it yet. { -pitch-keep-trying }
pitch-waits-busy = Too many movies are in progress. { -pitch-keep-trying }
pitch-waits-paused = New movies are paused. { -pitch-keep-trying }
pitch-waits-member = It can't be ordered right now. { -pitch-keep-trying }
pitch-ended-funded = It's fully funded, and the movie is ordered.
pitch-ended-lapsed = Time ran out before the movie could be ordered. Everyone was refunded.
pitch-ended-withdrawn = The member who pitched it withdrew it. Everyone was refunded.
pitch-ended-removed = This server's staff removed it. Everyone was refunded.
pitch-ended-prompt = Its prompt is against this server's rules. Everyone was refunded.
pitch-ended-not-offered = Its model or duration isn't available here anymore. Everyone was refunded.
pitch-ended-restored = I was restored from a backup, so I closed it. Everyone was refunded.
pitch-ended-server-left = I was removed from this server. Everyone was refunded.
pitch-ended-gone = Its message or channel was deleted. Everyone was refunded.

pitch-add-button = Chip in { $credits }
pitch-rest-button = The rest ({ $credits })
pitch-other-button = Other amount
pitch-back-button = Take back my credits
pitch-vote-button = Vote ({ $votes })
pitch-withdraw-button = Withdraw pitch
pitch-withdraw-confirm-button = Withdraw this pitch
pitch-remove-button = Remove pitch
pitch-remove-confirm-button = Remove this pitch
pitch-other-modal-title = Chip in another amount
pitch-amount-label = How many credits?
pitch-amount-hint = { units-credits } still needed. If the movie isn't made, you're refunded.

# Private answers. $share, $mine, $missing, $price, $left: amounts such as "50 credits"
pitch-pledged = You chipped in { $share }. Your total: { $mine }. Still needed: { $missing }. Your credits stay on hold, and you can take them back until the pitch is funded.
pitch-month-ends = 🗓️ That includes { units-credits } of this month's allowance, which ends { $time } with the month. If the pitch isn't funded by then, that part is gone.
pitch-completed = 🎉 Your { $share } completed it! The movie is ordered. You can watch its progress here.
pitch-completed-approval = 🎉 Your { $share } completed it! This server's staff has to approve the movie first. If nobody does within 48 hours, everyone is refunded.
pitch-completed-waiting = 🎉 Your { $share } completed it!
pitch-taken-back = You took back { $share }. Still needed: { $missing }.
pitch-shortfall = That's { $price }, but you have { $left } left. { -not-charged } Chip in less, or wait: your credits reset { $time }.
pitch-too-much = That's more than this pitch still needs: { $missing }. { -not-charged }
pitch-complete = This pitch is already fully funded. Its movie is waiting to be made.
pitch-no-pledge = You have no credits in this pitch.
pitch-not-yours = Only { $member } can withdraw this pitch. To get your own credits back, press *{ pitch-back-button }*.
pitch-too-many = You already have { $pitches } open pitches here, which is the limit. Withdraw one, or wait until one ends.
pitch-failing = Your last { $failures } movies with this prompt failed, so others shouldn't pay for the next one. Pitch a different prompt, or make this one yourself with /movie first.
pitch-voted = You voted for this pitch. Votes are free and only change the order in /pitches.
pitch-voted-already = You've already voted for this pitch.
pitch-unknown = I can't find this pitch here. Type /pitches to see the open ones.
pitch-over = This pitch is over.
pitch-handled = I've already handled that. You have { $mine } in this pitch.
pitch-amount-invalid = Type a whole number of credits, such as 25. { -not-charged }
pitch-never-fits-server = This movie costs { $price }, and this server's budget for a whole month is { $left }. Pitch a shorter one.
pitch-never-fits-queue = This movie costs { $price }, but a member's movies waiting in line can't cost more than { $left } in all. Pitch a shorter one.
pitch-never-fits-bot = This movie costs { $price }, which is more than this bot can spend in a month. Pitch a shorter one.
pitch-withdraw-question = Withdraw this pitch? Everyone is refunded, and nobody can chip in anymore.
pitch-withdrawn = Withdrawn. Everyone is refunded.
pitch-remove-question = Remove this pitch? Its prompt is hidden, and everyone is refunded.
pitch-removed = Removed. Everyone is refunded.
pitch-not-posted = Discord didn't confirm your pitch, so I withdrew it. Please try again.
