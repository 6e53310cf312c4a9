### チャンネルで動画の状況を示すカード

cards-queued-title = 🎟️ 動画は順番待ちです
cards-awaiting-title = ✋ 動画は承認待ちです
cards-rendering-title = 🎬 動画を制作中です
cards-cancelling-title = 🛑 動画をキャンセルしています
cards-ready-title = 🍿 動画が完成しました
cards-failed-title = この動画は失敗しました
cards-cancelled-title = キャンセル済み
cards-unknown-title = 🔎 動画を確認しています

cards-movie-field = 動画
cards-cost-field = 料金
cards-requester-field = リクエストした人
cards-status-field = 状況

cards-cost-on-hold = { units-credits }（確保中）
cards-cost-refunded = { units-credits }（返還済み）
cards-cost-in-part =
    使用：{ $cost }
    返還：{ $refunded }

cards-waiting = 順番待ちです。
cards-awaiting = 開始前に、このサーバーのスタッフが承認します。48時間以内に承認されなければ、クレジットは返還されます。
cards-staff-not-informed = ⚠️ ここではスタッフチャンネルに投稿できません。スタッフに直接伝えてください。/movies で見られます。
cards-next = 次はあなたの番です。
cards-ahead = あと{ $movies }本で、あなたの番です。
cards-far-ahead = あなたの前に{ $movies }本を超える動画があります。
cards-own-movies = あなたのほかの動画を待っています。同時に制作できるのは1人{ $movies }本までです。
cards-sending = 動画サービスに送信しています…
cards-step = ステップ { $step }/{ $steps } · { $stage }
cards-stage = { $stage }…
cards-cancelling = 終わったステップの料金はかかります。残りは返還されます。
cards-started = 開始：{ $time }
cards-ready = 完成しました！
cards-direct = 📬 { $member } さんにDMで届きます。
cards-sent-direct = 📬 { $member } さんにDMで送りました。
cards-in-list = { $member } さんは /movies で見られます。
cards-not-posted = 投稿できませんでした。{ $member } さんは /movies で見られます。
cards-unknown = 動画サービスが注文を確認していないため、状況を調べています。二重に注文することはありません。結果が分かるまで、クレジットは確保されたままです。

cards-usual = 通常は{ $spread }かかります
cards-usual-ready = 通常は{ $spread } · { $time }ごろ完成予定
cards-late = いつもより時間がかかっています（通常は{ $spread }）。
cards-minutes = { $least }～{ $most }分
cards-spread = { $low }～{ $high }

cards-outage-no-answer = 動画サービスが今、応答していません。
cards-outage-not-taken = 動画サービスは今、このボットからの動画を受け付けていません。{ -operator-notified }
cards-outage-busy = 動画サービスが今、混み合っています。
cards-outage-promise = { $outage }クレジットは確保されたままで、サービスが受け付けるとすぐに始まります。1時間を超える場合は返還されます。
