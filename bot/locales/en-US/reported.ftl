### Reported movies: the modal and what its member reads, and the message in the staff channel.

reported-report-button = Report
reported-report-modal-title = Report this movie
reported-reason-label = What's wrong with it?
reported-reason-hint = Optional. The server's staff can read it, but won't see who wrote it.
reported-saved = Thanks. The server's staff will look at it.
reported-no-channel = Thanks, I saved your report. I can't reach this server's staff right now, so please tell a server manager, too.
reported-reviewed = Thanks. The server's staff has already looked at this movie and kept it. They'll see that it was reported again.
reported-repeated = You've already reported this.
reported-too-many = You've reported many movies today. Please tell a server manager about this one.
reported-own = This is your own movie. If you don't want it here anymore, press Delete.

# In the staff channel; $member and $staff: mentions
reported-title = { $reports ->
    [one] 🚩 A movie was reported
   *[other] 🚩 A movie was reported { $reports } times
}
reported-reasons-field = Reasons
reported-remove-button = Delete movie
reported-block-button = Block member
reported-dismiss-button = Dismiss
reported-removed = Deleted by { $staff }.
reported-removed-by-requester = Deleted by the member who requested it.
reported-dismissed = Dismissed by { $staff }. The movie stays.
reported-blocked = { $staff } blocked { $member } from making movies.

# What a staff member reads
reported-own-decision = Others on the staff decide about reports of your own movie. If you don't want it here anymore, press Delete under it.
reported-unknown = I can't find this report anymore.
reported-erased = This member has erased their data, so I can't block them.
reported-block-modal-title = Block this member
reported-hours-label = Duration in hours
reported-hours-hint = Empty: until unblocked
reported-block-reason-label = Reason
reported-block-reason-hint = Optional. The member will see it, and it's logged.
