### /pitches: the open pitches of a server.

pitches-list-title = 受付中の企画
pitches-empty = 受付中の企画はありません。/pitch で始めると、ここの全員が参加できます。
# $credits: what is still needed; $price: "600 credits"; $time: "in 3 days"
pitches-missing = { $price }中あと{ $credits }
pitches-complete = クレジットが集まりました（制作待ち）
pitches-votes = { $votes }票
pitches-ends = 終了：{ $time }
pitches-mine = あなたの分：{ units-credits }
# The text of a link to the pitch
pitches-open = 開く
pitches-sort-placeholder = 並び順
pitches-manage-placeholder = 企画を選んで、クレジットを戻す・取り下げる・削除する
pitches-back-button = 前へ
pitches-next-button = 次へ
pitches-page-footer = { $page }/{ $pages }ページ
