### Movie night: the weekly message with a server's best movies, and the private player that its buttons open.

night-title = 上映会
night-intro = この7日間でスターの多かった動画です。*すべて見る*を押すと、あなただけに1本ずつ順番に表示されます。
night-all-button = ▶ すべて見る

# Above a movie. $number and $total: "2 of 5"; $member: a mention
night-playing = { $number }本目（全{ $total }本）：{ $member }の動画 · ⭐ { $stars }
night-next-button = 次の動画
night-last = これが最後の動画でした。
night-old-link = 新しいリンクを取得できなかったため、このリンクは期限切れの可能性があります。
night-over = この動画はもう見られません。
