### What members who chipped in for a pitch are told.

# In the channel, or by DM. $members: mentions; $pitch: a link to the pitch; $why: one of the sentences below
pledges-funded = 🎬 { $members }: the pitch you chipped in for is funded, and its movie is ordered: { $pitch }
pledges-funded-direct = 🎬 The pitch you chipped in for is funded, and its movie is ordered. Your share: { units-credits }. { $pitch }
pledges-approval = 🎬 { $members }: the pitch you chipped in for is funded. This server's staff has to approve its movie first. If nobody does in time, everyone is refunded. { $pitch }
pledges-approval-direct = 🎬 The pitch you chipped in for is funded. Its server's staff has to approve the movie first. If nobody does in time, everyone is refunded. Your share: { units-credits }. { $pitch }
pledges-returned = ↩️ { $members }, your credits were refunded. { $why }{ $pitch }
pledges-returned-direct = ↩️ { units-credits } refunded. { $why }{ $pitch }
pledges-over = 🎟️ { $members }, your pitch is over. { $why }{ $pitch }
pledges-over-direct = 🎟️ Your pitch is over. { $why }{ $pitch }
pledges-lapsed = 🗓️ { $members }, a new month has begun, so last month's allowance no longer counts for this pitch. Chip in again if you still want the movie: { $pitch }
pledges-lapsed-direct = { $credits ->
    [one] 🗓️ A new month has begun, so { units-credits } of last month's allowance no longer counts for this pitch. Chip in again if you still want the movie: { $pitch }
   *[other] 🗓️ A new month has begun, so { units-credits } of last month's allowance no longer count for this pitch. Chip in again if you still want the movie: { $pitch }
}
pledges-waiting = ⏳ { $members }: the pitch you chipped in for is fully funded, but its movie can't be ordered yet. I'll keep trying until the pitch ends; if I can't order it by then, everyone is refunded. { $pitch }
pledges-waiting-direct = ⏳ The pitch you chipped in for is fully funded, but its movie can't be ordered yet. I'll keep trying until the pitch ends; if I can't order it by then, everyone is refunded. Your share: { units-credits }. { $pitch }
pledges-made = 🎬 { $members }, the movie you chipped in for is ready. Find it in /movies. Its pitch: { $pitch }
pledges-made-direct = 🎬 The movie you chipped in for is ready. Find it in /movies. Your share: { units-credits }. Its pitch: { $pitch }

# Why credits came back
pledges-why-lapsed = Time ran out before the movie could be ordered.
pledges-why-withdrawn = The pitch was withdrawn.
pledges-why-removed = The server's staff removed the pitch.
pledges-why-prompt = The pitch's prompt is against the server's rules.
pledges-why-not-offered = The pitch's model or duration is no longer available.
pledges-why-restored = The bot was restored from a backup, which ended the pitch.
pledges-why-server-left = I was removed from this server.
pledges-why-gone = The pitch's message or channel was deleted.
pledges-why-not-made = The movie wasn't made.
pledges-why-not-made-late = The movie wasn't made. The month you paid in is over, so you get bonus credits instead.

# A movie that was canceled after it began. $spent, $refunded: credits of the member's share
pledges-charged = ↩️ { $members }, the movie you chipped in for was canceled. Your shares paid for its finished steps, and anything left over was refunded. { $pitch }
pledges-charged-direct = ↩️ The movie you chipped in for was canceled. Its finished steps cost you { $spent }. Refunded: { $refunded }. { $pitch }

# In the message of the movie. $names: a list of mentions
pledges-paid-by = Paid for by { $names }.
pledges-paid-by-more = Paid for by { $names } and { $more } more.
pledges-paid-by-unnamed = { $more ->
    [one] Paid for by { $more } member.
   *[other] Paid for by { $more } members.
}

# The credits of a movie that members paid for together. $cost, $price: all shares, such as "200 credits"
pledges-cost = { "**" }{ $cost }** spent together
pledges-refunded = Everyone got their credits back.
pledges-refunded-bonus = Everyone got their credits back, as bonus credits, because the month they paid in is over.
pledges-cost-in-part = Everyone paid their share of **{ $cost }** and got the rest back.
pledges-cancelled = Canceled. Everyone got their credits back.
pledges-ended = This movie has already ended. Everyone got their credits back.
pledges-failed = { $member } The movie you pitched failed.
pledges-not-started = { $member } The movie you pitched didn't start.
pledges-not-cancellable = A movie that was paid for together can't be canceled once it's being made. I'll post it in the channel when it's ready.
pledges-to-channel = A movie that was paid for together is always posted in the channel.
