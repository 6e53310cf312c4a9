### Changes by server managers, the bot's operator and the bot: in the staff channel, and as a confirmation to the person
### who made the change. The staff channel may be public, so it shows no balance.

# $time: "November 10, 2026 2:00 PM"; $actor: a mention, or one of the next two
log-entry = { $time } { $actor }: { $change }
log-entry-with-reason = { $time } { $actor }: { $change } Reason: { $reason }
log-entry-with-result = { $time } { $actor }: { $change } Result: { $result }
log-bot = The bot
log-operator = The bot's operator
log-confirmation = ✅ { $change }

log-default-set = Members now get { units-credits-monthly } by default.
log-default-cleared = Members get the bot's default allowance again.
log-server-set = This server can now spend { units-credits-monthly }.
log-server-cleared = The server budget was removed.
# $subject: a mention of a member or a role
log-member-set = { $subject } now gets { units-credits-monthly }.
log-member-cleared = { $subject }'s personal allowance was removed.
log-role-set = Everyone with { $subject } now gets { units-credits-monthly }.
log-role-cleared = { $subject }'s allowance was removed.
log-granted = { $member } received { units-bonus-credits }.
log-gifted = Gave { $member } { units-bonus-credits }.
log-removed = Removed { units-bonus-credits } from { $member }.
log-blocked = { $member } is blocked until a server manager unblocks them. Movies in progress will finish.
log-blocked-hours = { $member } is blocked for { units-hours }. Movies in progress will finish.
log-unblocked = { $member } can make movies again.
log-usage-reset = Reset { $member }'s usage this month.
# Only in the confirmation
log-usage-reset-credits = Reset { $member }'s usage this month (was { units-credits }).
# $setting: "Longest movie"; $value: "1 min"
log-setting = **{ $setting }** is now: { $value }
# $channel: a mention of the channel
log-gallery-failed = I can't post in the gallery { $channel } anymore. Finished movies appear where they were ordered until I can. Check my permissions there, or choose another gallery with /setup.
log-movie-night-failed = I couldn't post movie night in { $channel }. Check my permissions there and your age rule, or choose another gallery with /setup.

# A member's request for more credits
log-request = 🙋 { $time } { $change }
log-credits-requested = { $member } is asking for { units-bonus-credits }.
log-credits-declined = Declined { $member }'s request for { units-bonus-credits }.
log-queued-cancelled = { $member }'s movies that hadn't started were canceled. Refunded: { units-credits }.
log-pitch-removed = Removed { $member }'s pitch. Refunded: { units-credits }.
# Added to the request's message; $manager and $member: mentions
log-request-granted = ✅ Granted by { $manager }.
log-request-declined = ❌ Declined by { $manager }.
log-request-replaced = This member has asked again since, so only the newer request can be answered.
log-request-lapsed = This request has expired. The member can ask again.
log-request-not-told = I can't DM { $member }, so please tell them yourself.

log-failures-stopped = { $member } can't order more movies this month: their failed movies have cost the bot { units-credits }. A server manager can let them continue with /quota unblock.
# A prompt that the filter stopped, for staff. $category: one of the categories below
log-prompt-refused = The rule “{ $rule }” stopped a prompt by { $member }: ||{ $prompt }||
log-prompt-refused-preset = The rule “{ $rule }” ({ $category }) stopped a prompt by { $member }: ||{ $prompt }||
log-prompt-refused-operator = A rule set by the bot's operator stopped a prompt by { $member }: ||{ $prompt }||
log-timed-out = { $member } can't make movies for { units-hours }, because too many of their prompts were stopped today. A server manager can let them continue with /quota unblock.
log-category-minors = sexual content involving minors
log-category-sexual = sexual content
log-category-gore = gore
log-category-slurs = slurs
log-server-limited = This server can now spend at most { units-credits-monthly }, whatever its managers set.
log-server-limit-reset = This server is back to the bot's usual limit.
log-server-blocked = This server can't make movies anymore. Movies in progress will finish.
log-server-unblocked = This server can make movies again.
log-paused = No server can make new movies for now. Movies in progress will finish.
log-resumed = New movies can be made again.
log-movie-unknown = { $credits ->
    [one] The movie service didn't confirm one of { $member }'s movies. Its { units-credits } stays on hold until I know what happened.
   *[other] The movie service didn't confirm one of { $member }'s movies. Its { units-credits } stay on hold until I know what happened.
}
log-movie-given-up = { $credits ->
    [one] It never became clear what happened to one of { $member }'s movies. It ended as failed, and its { units-credits } was refunded.
   *[other] It never became clear what happened to one of { $member }'s movies. It ended as failed, and its { units-credits } were refunded.
}
log-movie-resolved = One of { $member }'s movies was checked.
log-movie-deleted = One of { $member }'s movies was deleted (ID { $id }).
log-gallery-removed = One of { $member }'s movies was removed from the gallery (ID { $id }).
log-report-dismissed = Reports about one of { $member }'s movies were dismissed (ID { $id }).
# Discord does not let the bot delete the message of a deleted movie; $link: its address
log-deletion-refused = One of { $member }'s movies was deleted (ID { $id }), but Discord doesn't let me delete its message. I'll keep trying for 30 days. You can delete it yourself: { $link }
log-deletion-given-up = One of { $member }'s movies was deleted (ID { $id }), but after 30 days Discord still doesn't let me delete its message, so I stopped trying. Please delete it yourself: { $link }
log-approval-requested = { $member }'s movie for { units-credits } is waiting for approval (ID { $id }).
log-movie-approved = { $member }'s movie for { units-credits } can start (ID { $id }).
log-movie-declined = { $member }'s movie for { units-credits } was declined and refunded (ID { $id }).
log-approval-lapsed = Nobody decided on { $member }'s movie for { units-credits } in time, so it was canceled and refunded (ID { $id }).
log-backup-restored = A backup was restored. One of { $member }'s movies is waiting for the bot's operator to check it.

# After "Reason:", or "Result:" of a movie that was checked
log-reason-role-deleted = the role was deleted
log-reason-movie = movie { $id }
log-reason-failed = failed and refunded
log-reason-request-found = found at the movie service (ID { $id })
log-reason-may-be-ordered = movie { $id } may already have been ordered
log-reason-may-be-sent = the message about movie { $id } may already have been sent
log-reason-requested = the member asked for them
log-reason-not-age-restricted = the gallery isn't age-restricted
log-reason-staff-unreachable = I can't post in the staff channel, and this server lets movies start in that case
