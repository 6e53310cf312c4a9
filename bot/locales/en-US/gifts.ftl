### /gift: what the giver and the recipient of bonus credits read.

gifts-given = 🎁 You gave { $member } { units-bonus-credits }. I'll let them know.
gifts-off = Gifts are off in this server. Server managers can turn them on with /setup.
gifts-erasing = Nothing was given: you asked me to erase your data.
gifts-paused = Nothing was given: the bot's operator has paused the bot here.
gifts-too-fast = Nothing was given. That was quick! You can give again { $time }.
gifts-self = You can't give credits to yourself.
gifts-blocked = You can't give credits while you're blocked.
gifts-recipient-blocked = This member can't receive credits right now.
gifts-over-bound = Nothing was given: that's more than you can still give in this server today ({ units-bonus-credits }). The limit resets at midnight UTC.
gifts-too-few = Nothing was given. You have { units-bonus-credits }, and only bonus credits can be given, not your allowance.

# To the recipient. $member: a mention; $place: a link to the channel
gifts-received = 🎁 { $member } gave you { units-bonus-credits } on { $time } in { $place }. Bonus credits never expire.
gifts-received-here = 🎁 { $recipient }, { $member } gave you { units-bonus-credits } on { $time }.
