### /credits: a member's balance, adjustments and receipts. Only the person who asked sees it; a manager may see
### another member's, so nothing says "you".

credits-account-title = { $name }'s credits
credits-unnamed-account-title = This member's credits
# $bar: a progress bar with a percentage; $time: "in 6 days"; $date: "December 1, 2026"
credits-summary =
    { "**" }{ $left }** left
    { $bar } of this month's allowance used or on hold
    Resets { $time } ({ $date }).
credits-blocked = 🚫 Blocked from making movies until unblocked by a server manager.
credits-blocked-until = 🚫 Blocked from making movies until { $time }.
credits-blocked-everywhere = 🚫 Blocked from making movies in every server until unblocked by the bot's operator.
credits-timed-out-until = 🚫 Can't make movies until { $time }: too many prompts broke this server's rules.

credits-allowance-field = Allowance
credits-used-field = Used
credits-used-value =
    { units-credits }
    this month
credits-on-hold-field = On hold
credits-bonus-field = Bonus credits
credits-bonus-value =
    { units-credits }
    never expire; used after the allowance
credits-shared-field = Server budget
credits-shared-value =
    { units-credits }
    left this month

# Where the allowance comes from
credits-source-member = set individually
credits-source-role = from { $role }
credits-source-server = server default
credits-source-bot = bot default

credits-adjustments-field = Recent adjustments
credits-granted = { $date } received { units-bonus-credits }
credits-removed = { $date } { units-bonus-credits } removed
credits-usage-reset = { $date } this month's usage reset
credits-carried-over = { $date } { units-credits } used before the data was erased
credits-gift-received = { $date } { units-bonus-credits } from { $member }
credits-gift-given = { $date } gave { units-bonus-credits } to { $member }
credits-old-gift-received = { $date } { units-bonus-credits } from another member
credits-old-gift-given = { $date } gave { units-bonus-credits } to another member
credits-with-reason = { $change }: { $reason }

credits-receipts-field = Receipts
credits-receipts-page-field = Receipts, page { $page } of { $pages }
credits-receipts-many-pages-field = Receipts, page { $page } of more than { $pages }
credits-receipt = { $date } { $outcome } · **{ $credits }** · { $duration } { $model }
credits-no-receipts =
    No movies yet. Make your first with /movie. For example:
    > { -example-prompt }
credits-member-no-receipts = No movies in this server yet.
credits-newer-button = Newer
credits-older-button = Older
credits-export-button = Export CSV

credits-exported = { $movies ->
    [one] Here is { $movies } movie as a CSV file.
   *[other] Here are all { $movies } movies as a CSV file.
}
credits-exported-latest = { $movies ->
    [one] Here is the latest movie as a CSV file (older ones not included).
   *[other] Here are the latest { $movies } movies as a CSV file (older ones not included).
}
credits-export-in-progress = Your last export is still in progress. It will appear here in a moment.
credits-too-many-exports = Several exports were just made here. You can get the next one { $time }.

credits-not-authorized = You can only see your own credits. { -managers } can see everyone's.
