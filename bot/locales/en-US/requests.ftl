### Requests for more credits: the button, the answers that only one person reads, and the DM that tells the member.

requests-ask-button = Ask for more
requests-ask-managers = Need more? A server manager can give you bonus credits.
requests-sent = I asked the server managers for { units-bonus-credits }. I'll DM you their answer.
requests-asked-today = You've already asked today. You can ask again { $time }.
requests-enough = You have enough credits for this now, so I didn't ask.
requests-no-channel = I can't reach the server managers from here. Please ask one of them directly.
requests-no-help = I didn't ask, because more credits wouldn't help right now: this server can't spend that much more this month.

# In the staff channel
requests-grant-button = Grant { $credits }
requests-decline-button = Decline

# What a manager reads whose press changed nothing
requests-already-answered = { $manager } has already answered this.
requests-unknown = I can't find this request anymore. You can still use /quota grant.
requests-blocked = { $member } is blocked, so nothing was granted. Unblock them with /quota unblock first.
requests-blocked-everywhere = The bot's operator has blocked { $member }, so nothing was granted.
requests-server-budget = This server's budget has too little left this month for { $member }'s movie, so nothing was granted. Raise it with /quota server, then press again.
requests-operator-limit = The bot's operator doesn't let this server spend enough this month for { $member }'s movie, so nothing was granted.

# $place: a link to the channel where the member asked
requests-answer-granted = 🎉 You received { units-bonus-credits } in { $place }. Bonus credits never expire. Make your movie with /movie.
requests-answer-declined = A server manager declined your request for { units-bonus-credits } in { $place }.
requests-answer-unposted = I couldn't pass on your request for { units-bonus-credits } in { $place }, because I can't post in the staff channel there. Please ask a server manager directly.
