### /help: what the bot does, and what this member can do here. Only they see it.

help-title = Matinee turns words into movies
help-summary = Describe a scene with { $command }, and I'll turn it into a short movie. Movies cost credits; failed movies are refunded.
help-status-field = Your status
help-available = ✅ You can make movies in this channel.
help-refused = 🚫 { $reason }
help-missing-permissions = 🚫 I can't post movies here: I need { $permissions } in this channel. Ask a server manager to grant that.
help-no-member-credits = 🚫 You've used up your credits. They reset { $time }.
help-no-server-credits = 🚫 This server's budget is used up. It resets { $time }.
help-no-bot-credits = 🚫 This bot can't make more movies this month. You can order again { $time }.
help-in-progress = { $movies ->
    [one] 🎬 { $movies } of your movies is in progress: { $command }
   *[other] 🎬 { $movies } of your movies are in progress: { $command }
}
help-many-in-progress = 🎬 More than { $movies } of your movies are in progress: { $command }

help-credits-field = Your credits
help-left = **{ $left }** left. Credits reset { $time }.
help-bonus = { $credits ->
    [one] { $credits } of these is a bonus credit, which never expires.
   *[other] { $credits } of these are bonus credits, which never expire.
}
help-shared = The server budget has { units-credits } left this month.

help-prices-field = Price per second
help-price = **{ $model }**: { units-credits } · { $ratios }
help-more-models = { $models ->
    [one] and { $models } more model
   *[other] and { $models } more models
}
help-asks-above = Movies can be up to { $duration } long. I'll ask before spending more than { units-credits }.
help-asks-above-or-share = Movies can be up to { $duration } long. I'll ask before spending more than { units-credits }, or more than { $share } of what you have left.
help-always-asks = Movies can be up to { $duration } long. I'll show you the price before I spend anything.

help-commands-field = Commands
help-command = { $command } · { $description }
# "Apps" is Discord's name of the menu; $menu is the command in it.
help-from-a-message = On one of your messages: **Apps** → **{ $menu }**
help-from-any-message = On any message: **Apps** → **{ $menu }**
help-managers = Managers: { $setup }, { $show }, { $report } and the other /quota commands
