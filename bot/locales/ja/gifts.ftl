### /gift: what the giver and the recipient of bonus credits read.

gifts-given = 🎁 { $member }に{ units-bonus-credits }を贈りました。本人に知らせます。
gifts-off = このサーバーではギフトがオフです。サーバー管理者は /setup でオンにできます。
gifts-erasing = 何も贈っていません。あなたのデータを削除しているところです。
gifts-paused = 何も贈っていません。ボットの運営者がここでの利用を一時停止しています。
gifts-too-fast = 何も贈っていません。少し速すぎます。{ $time }にまた贈れます。
gifts-self = 自分にクレジットを贈ることはできません。
gifts-blocked = ブロック中はクレジットを贈れません。
gifts-recipient-blocked = このメンバーは今クレジットを受け取れません。
gifts-over-bound = 何も贈っていません。このサーバーで今日あと贈れるのは{ units-bonus-credits }までです。上限はUTCの午前0時にリセットされます。
gifts-too-few = 何も贈っていません。贈れるのは{ units-bonus-credits }です。利用枠は贈れません。

# To the recipient. $member: a mention; $place: a link to the channel
gifts-received = 🎁 { $time }に{ $place }で{ $member }が{ units-bonus-credits }を贈ってくれました。有効期限はありません。
gifts-received-here = 🎁 { $recipient }、{ $member }が{ $time }に{ units-bonus-credits }を贈ってくれました。
