### Changes by server managers, the bot's operator and the bot: in the log channel, and as a confirmation to the person
### who made the change. The log channel may be public, so it shows no balance.

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
log-removed = Removed { units-bonus-credits } from { $member }.
log-blocked = { $member } is blocked until a server manager unblocks them. Movies in progress will finish.
log-blocked-hours = { $member } is blocked for { units-hours }. Movies in progress will finish.
log-unblocked = { $member } can make movies again.
log-usage-reset = Reset { $member }'s usage this month.
# Only in the confirmation
log-usage-reset-credits = Reset { $member }'s usage this month (was { units-credits }).
log-channel-set = Changes are now logged in { $channel }.
log-channel-cleared = The log channel was removed. Changes are no longer posted anywhere.
# $setting: "Longest movie"; $value: "1 min"
log-setting = **{ $setting }** is now: { $value }

# A member's request for more credits
log-request = 🙋 { $time } { $change }
log-credits-requested = { $member } is asking for { units-bonus-credits }.
log-credits-declined = Declined { $member }'s request for { units-bonus-credits }.
# Added to the request's message; $manager and $member: mentions
log-request-granted = ✅ Granted by { $manager }.
log-request-declined = ❌ Declined by { $manager }.
log-request-replaced = This member has asked again since, so only the newer request can be answered.
log-request-lapsed = This request has expired. The member can ask again.
log-request-not-told = I can't DM { $member }, so please tell them yourself.

log-failures-stopped = { $member } can't order more movies this month: their failed movies have cost the bot { units-credits }. A server manager can let them continue with /quota unblock.
log-server-limited = This server can now spend at most { units-credits-monthly }, whatever its managers set.
log-server-limit-reset = This server is back to the bot's usual limit.
log-server-blocked = This server can't make movies anymore. Movies in progress will finish.
log-server-unblocked = This server can make movies again.
log-paused = No server can make new movies for now. Movies in progress will finish.
log-resumed = New movies can be made again.
log-movie-unknown = The movie service didn't confirm one of { $member }'s movies. Its { units-credits } stay on hold until I know what happened.
log-movie-resolved = One of { $member }'s movies was checked.
log-movie-deleted = A movie of { $member } was deleted (ID { $id }).
log-backup-restored = A backup was restored. One of { $member }'s movies is waiting for the bot's operator to check it.

# After "Reason:", or "Result:" of a movie that was checked
log-reason-role-deleted = the role was deleted
log-reason-movie = movie { $id }
log-reason-failed = failed and refunded
log-reason-request-found = found at the movie service (ID { $id })
log-reason-may-be-ordered = movie { $id } may already have been ordered
log-reason-may-be-sent = the message about movie { $id } may already have been sent
log-reason-requested = the member asked for them
