### /quota: the limits of a server or a member, and refusals. Only the manager who asked sees it.

quota-server-title = Server limits
quota-each-member-field = Default allowance
quota-server-field = Server budget
quota-staff-channel-field = Staff channel
quota-roles-field = Roles
quota-members-field = Members
quota-blocked-field = Blocked

quota-bot-default = { units-credits-monthly } (bot default)
quota-set-by-operator = { units-credits-monthly } (set by the bot's operator)
quota-unlimited = unlimited (up to the bot's plan)
quota-no-channel = not set (choose one with /setup)
# $time: "2 hours ago"
quota-channel-failed = ⚠️ I couldn't post there { $time }. Check my permissions, then set the channel again.
# $name: a mention of a role or a member
quota-limit-line = { $name }: { units-credits-monthly }
quota-block-line = { $name }: { $block }

quota-member-title = { $name }'s limits
quota-unnamed-member-title = This member's limits
quota-allowance-field = Allowance
quota-used-field = Used this month
quota-on-hold-field = On hold
quota-bonus-field = Bonus credits
quota-bonus-value = { $credits } left of { $granted } received
quota-left-field = Left

quota-not-blocked = no
# $time: "November 10, 2026 2:00 PM"
quota-blocked-until = until { $time }
quota-blocked = until unblocked
quota-blocked-everywhere = in every server, until the bot's operator unblocks them
quota-blocked-everywhere-until = in every server until { $time }, by the bot's operator
quota-timed-out-until = until { $time }, by the prompt filter
quota-block-with-reason = { $block } ({ $reason })

# Added to what was changed
quota-operator-limits-server = The bot's operator lets this server spend { units-credits-monthly }, so that is its limit.
quota-operator-blocks-member = However, they still can't make movies, because the bot's operator has blocked them in every server.

quota-not-allowed = You need the **Manage Server** permission to do that.
# $given: a number, or what was typed
quota-bad-credits = **credits** must be a whole number between { $min } and { $max } (you entered { $given }).
quota-bad-hours = **hours** must be a whole number between { $min } and { $max } (you entered { $given }).
quota-reason-required = **reason** is required.
quota-reason-too-long = **reason** is too long ({ $characters } characters, max { $max }).
quota-bad-month = “{ $given }” isn't a valid month. Use YYYY-MM, e.g. 2026-11.
quota-bot-member = { $member } is a bot. Bots can't make movies.
quota-not-a-member = { $member } isn't in this server anymore.
quota-role-deleted = { $role } no longer exists.
quota-everyone = For @everyone, use /quota default.
quota-no-bonus = { $member } has no bonus credits to remove.
quota-too-little-bonus = You can remove at most { units-bonus-credits } from { $member } (the rest are spent or on hold).
quota-not-blocked-member = { $member } isn't blocked.
quota-nothing-to-reset = { $member } hasn't used any of this month's allowance.

# What is set now: the answer of a command without an amount
quota-current-default = Members get { units-credits-monthly } by default.
quota-current-bot-default = Members get { units-credits-monthly } (the bot's default).
quota-current-server = This server can spend { units-credits-monthly }.
quota-current-server-operator = This server can spend { units-credits-monthly } (set by the bot's operator).
quota-current-server-unlimited = This server has no budget of its own. It can spend as much as the bot's plan allows.
# $source: "bot default"
quota-current-member = { $member } gets { units-credits-monthly } ({ $source }).
quota-current-role = Everyone with { $role } gets { units-credits-monthly }.
quota-current-role-none = { $role } has no allowance of its own.
# $option: an option of this command; $what: a subcommand of /quota clear
quota-how-to-set = To change that, use this command again with **{ $option }**.
quota-how-to-change = To change that, use this command again with **{ $option }**. To remove it, use /quota clear { $what }.

# Nothing to remove
quota-default-not-set = No default allowance is set here. Members already get the bot default.
quota-server-not-set = This server has no budget of its own.
quota-member-not-set = { $member } has no personal allowance.

# What a blocked member has in the queue
quota-queued = { $movies ->
    [one] They have 1 movie that hasn't started.
   *[other] They have { $movies } movies that haven't started.
}
quota-cancel-queued-button = Cancel and refund
quota-queued-cancelled = { $movies ->
    [one] Canceled and refunded 1 movie. Movies in progress will finish.
   *[other] Canceled and refunded { $movies } movies. Movies in progress will finish.
}
quota-none-queued = They have no movies left that haven't started, so nothing was canceled.
