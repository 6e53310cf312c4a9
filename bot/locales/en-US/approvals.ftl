### Movies that wait for a server's staff: the message in the staff channel, the list, and what one person reads.

approvals-request-title = ✋ A movie is waiting for approval
approvals-deadline-field = Decide by
approvals-deadline-value = { $time }. After that, it's canceled and refunded.
approvals-decision-field = Decision
approvals-approve-button = Approve
# Opens a form
approvals-decline-button = Decline…

# In the list; $number: the movie's, from 1
approvals-list-approve-button = Approve { $number }
approvals-list-decline-button = Decline { $number }…
approvals-list-title = ✋ Waiting for approval: { units-movies }
approvals-list-empty = No movie is waiting for approval.
approvals-list-footer = Page { $page } of { $pages }
approvals-back-button = Previous
approvals-next-button = Next
# $time: "in 2 days"
approvals-expires = expires { $time }
approvals-staff-only = Only this server's staff can see this. Your own movies are in /movies.

# The form for declining
approvals-decline-modal-title = Decline this movie
approvals-reason-label = Reason (optional)
approvals-reason-hint = The member will see it in the channel where they ordered the movie.

# What became of it; $staff and $member: mentions
approvals-approved = ✅ Approved by { $staff }.
approvals-declined = ❌ Declined by { $staff }.
approvals-declined-because = ❌ Declined by { $staff }: “{ $reason }”
approvals-lapsed = ⌛ Nobody decided in time, so it was canceled and refunded.
approvals-withdrawn = ↩️ { $member } canceled it.
approvals-not-offered = ↩️ This model or duration isn't available anymore, so it was canceled and refunded.
approvals-waived = ▶️ It started without approval, because I couldn't post in the staff channel.
approvals-ended = ↩️ It isn't waiting for approval anymore.

# What a staff member reads whose press changed nothing
approvals-own = You can't approve a movie that you requested or chipped in for. Someone else on the staff can.
approvals-blocked = { $member } is blocked. A server manager has to unblock them first with /quota unblock. You can also decline the movie.
approvals-blocked-everywhere = The bot's operator has blocked { $member }, so this movie can't start. You can decline it.
approvals-paused = The bot's operator isn't taking movies from this server right now. Try again later, or decline it.
approvals-prompt = This prompt breaks a rule that was added to the prompt filter after the order. Decline the movie. If the rule is this server's, a server manager can also change it with /setup.
approvals-unknown = I can't find this movie anymore.
approvals-reason-too-long = That reason is too long. Use at most { $max } characters.
