### What the bot says in Japanese; docs/translating.md has the rules.

## approvals
## Movies that wait for a server's staff: the message in the staff channel, the list, and what one person reads.

approvals-request-title = ✋ 承認待ちの動画があります
approvals-storyboard-title = ✋ この絵コンテを承認しますか？
approvals-deadline = 期限：{ $time }。過ぎるとキャンセルされ、返還されます。
approvals-approve-button = 承認する
# Opens a form
approvals-decline-button = 断る…

# In the list; $number: the movie's, from 1
approvals-list-title = ✋ 承認待ち：{ units-movies }
approvals-list-empty = 承認待ちの動画はありません。
approvals-list-footer = { $page }/{ $pages }ページ
approvals-back-button = 前へ
approvals-next-button = 次へ
# $time: "in 2 days"
approvals-expires = 期限：{ $time }
approvals-staff-only = これを見られるのはこのサーバーのスタッフだけです。自分の動画は /movies にあります。

# The form for declining
approvals-decline-modal-title = この動画を断る
approvals-reason-label = 理由（任意）
approvals-reason-hint = メンバーには、注文したチャンネルで表示されます。

# What became of it; $staff and $member: mentions
approvals-approved = ✅ { $staff }が承認しました。
approvals-declined = ❌ { $staff }が断りました。
approvals-declined-because = ❌ { $staff }が断りました：「{ $reason }」
approvals-lapsed = ⌛ 期限内に決まらなかったため、キャンセルされ、返還されました。
approvals-withdrawn = ↩️ { $member }がキャンセルしました。
approvals-not-offered = ↩️ このモデルまたは長さは使えなくなったため、キャンセルされ、返還されました。
approvals-waived = ▶️ スタッフチャンネルに投稿できなかったため、承認なしで開始されました。
approvals-ended = ↩️ もう承認を待っていません。

# What a staff member reads whose press changed nothing
approvals-own = 自分がリクエストした動画や、支払いに参加した動画は承認できません。ほかのスタッフが承認できます。
approvals-blocked = { $member }はブロックされています。先にサーバー管理者が /quota unblock で解除する必要があります。動画を断ることもできます。
approvals-blocked-everywhere = ボットの運営者が{ $member }をブロックしているため、この動画は開始できません。断ることはできます。
approvals-paused = ボットの運営者は今、このサーバーの動画を受け付けていません。あとで試すか、断ってください。
approvals-prompt = このプロンプトは、注文のあとにプロンプトフィルターに追加されたルールに反しています。動画を断ってください。このサーバーのルールであれば、サーバー管理者が /setup で変更することもできます。
approvals-unknown = この動画が見つかりません。
approvals-reason-too-long = 理由が長すぎます。{ $max }文字以内にしてください。

## buttons
## 動画のボタンと、その応答

buttons-cancel-button = キャンセル
buttons-follow-button = 通知を受け取る
buttons-unfollow-button = 通知をやめる
buttons-post-here-button = ここに投稿する
buttons-direct-button = DMで受け取る
buttons-remix-button = リミックス
buttons-rerun-button = もう一度
buttons-retry-button = 再試行
buttons-new-link-button = 新しいリンク
buttons-receipt-button = 利用明細
buttons-delete-button = 削除
buttons-studio-button = Studioで開く
buttons-cancel-movie-button = 動画をキャンセル
buttons-delete-movie-button = 動画を削除
buttons-leave-gallery-button = ギャラリーからのみ外す

buttons-not-owner = このボタンは **{ $name }** さんだけが使えます。/movie で自分の動画を作れます。
buttons-not-owner-unnamed = このボタンは、動画をリクエストした人だけが使えます。/movie で自分の動画を作れます。
buttons-unknown-movie = この動画が見つかりません。自分の動画は /movies で見られます。

buttons-cancelled = キャンセルしました。**{ $refunded }**が返還されました。
buttons-cancelling-already = すでにキャンセル中です。使った分と返還された分は、後ほどメッセージでお知らせします。
buttons-unclear = 動画サービスがすでに制作しているかもしれないため、はっきりするまでキャンセルできません。それまでクレジットは確保されたままです。
buttons-being-queued = まだ順番待ちに登録中です。少し待ってからもう一度お試しください。
buttons-being-sent = 動画サービスに送信しているところです。少し待ってからもう一度お試しください。
buttons-started = もうキャンセルできません。動画サービスが制作を始め、料金が発生しています。完成したらお届けします。
buttons-finished = すでに完成しています。/movies で見られます。
buttons-ended-in-part = すでにキャンセルされています。使用：**{ $cost }**、返還：**{ $refunded }**
buttons-ended = すでに終了しています。**{ $refunded }**が返還されました。
buttons-ended-free = すでに終了しています。
buttons-question = { "**" }この動画をキャンセルしますか？**
buttons-question-unknown = 動画サービスは、これまでの料金を公開していません。終わったステップの料金は、**{ $price }**を上限としてかかります。残りは返還されます。
buttons-question-known = 終わったステップの料金はかかります。現時点で、使用は**{ $cost }**、返還は**{ $refunded }**です。止まる前に別のステップが終わると、その分も{ $price }を上限としてかかります。
buttons-cancel-requested = 動画をキャンセルしています。使った分と返還された分は、メッセージでお知らせします。すでに完成していた場合は、動画をお届けします。
buttons-just-finished = ちょうど完成したため、キャンセルできません。まもなく届きます。
buttons-nearly-finished = まもなく完成するため、もうキャンセルできません。完成したら届きます。
buttons-just-ended = ちょうど終了しました。まもなくメッセージでお知らせします。
buttons-no-answer = 動画サービスが今、応答していないため、何もキャンセルされていません。1分後にもう一度お試しください。
buttons-too-many-cancels = キャンセルが何度も押されました。次に押せるのは{ $time }です。

buttons-own-movie = あなたの動画なので、通知は必ず届きます。
buttons-following = 完成したら通知します。リクエストした人がDMでの受け取りを選んだ場合は、完成したことだけをお知らせします。
buttons-follow-full = 通知リストがいっぱいです。後でまたここを見てください。
buttons-follow-ended = すでに終了しています。
buttons-follow-private = この動画はリクエストした人にDMで届くため、通知を受け取れません。
buttons-unfollowed = わかりました。通知しません。

buttons-to-direct = DMで送ります（DMを受け付けていない場合はここに投稿します）。いつもDMで受け取るには /preferences を使ってください。
buttons-to-channel = 完成したらチャンネルに投稿します。

buttons-new-link = 新しいリンク：
buttons-no-new-link = 動画サービスから新しいリンクを取得できませんでした。数分後にもう一度お試しください。
buttons-last-link = 動画サービスから新しいリンクを取得できませんでした。数分後にもう一度お試しください。それまでは、期限切れかもしれませんが前のリンクをどうぞ：
buttons-too-many-links = 一度にたくさんのリンクがリクエストされました！ 次に取得できるのは{ $time }です。

buttons-receipts = これまでの利用明細は /credits で見られます。
buttons-receipt-open = まだ終わっていません。**{ $held }**を確保中です。
buttons-receipt-free = 無料です。

# 削除
buttons-delete-question = { "**" }この動画を削除しますか？**
buttons-delete-question-of = { "**" }{ $name } さんの動画を削除しますか？**
buttons-delete-details = メッセージは全員の画面から消え、リンクも破棄します。記録だけが /movies に残ります。クレジットは返還されず、元に戻せません。
buttons-deleted = 削除しました。メッセージはまもなく消えます。
buttons-left-gallery = ギャラリーから外しました。動画は最初に投稿された場所に残り、スターが増えても再び載ることはありません。
buttons-deleted-post-title = 削除された動画
buttons-deleted-already = この動画は削除済みです。
buttons-delete-unfinished = 削除できるのは完成した動画だけです。
buttons-link-deleted = この動画は削除されたため、リンクはありません。
buttons-not-deleter = この動画を削除できるのは **{ $name }** さんとサーバーのスタッフだけです。
buttons-not-deleter-unnamed = この動画を削除できるのは、リクエストした人とサーバーのスタッフだけです。
buttons-not-deleter-shared = この動画にはほかの人もクレジットを出しているため、削除できるのはサーバーのスタッフだけです。

## cards
## チャンネルで動画の状況を示すカード

cards-waiting-title = 🎟️ 動画は順番待ちです
cards-awaiting-title = ✋ 動画は承認待ちです
cards-being-made-title = 🎬 動画を制作中です
cards-drawing-title = 🖼️ 絵コンテを作成中
cards-storyboard-title = 🖼️ 絵コンテができました
cards-cancelling-title = 🛑 動画をキャンセルしています
cards-ready-title = 🍿 動画が完成しました
cards-failed-title = この動画は失敗しました
cards-cancelled-title = キャンセル済み
cards-unknown-title = 🔎 動画を確認しています


cards-cost-on-hold = { units-credits }（確保中）
cards-requester = { $member }

cards-waiting = 順番待ちです。
cards-awaiting = 開始前に、このサーバーのスタッフが承認します。48時間以内に承認されなければ、クレジットは返還されます。
cards-staff-not-informed = ⚠️ ここではスタッフチャンネルに投稿できません。スタッフに直接伝えてください。/movies で見られます。
cards-next = 次はあなたの番です。
cards-ahead = あと{ $movies }本で、あなたの番です。
cards-far-ahead = あなたの前に{ $movies }本を超える動画があります。
cards-own-movies = あなたのほかの動画を待っています。同時に制作できるのは1人{ $movies }本までです。
cards-sending = 動画サービスに送信しています…
cards-storyboard = { $member }は、あと **{ $later }** クレジットでレンダリングするか、停止できます。{ $time }に自動で停止します。
cards-step = ステップ { $step }/{ $steps }：{ $stage }
cards-stage = { $stage }…
cards-cancelling = 終わったステップの料金はかかります。残りは返還されます。
cards-started = 開始：{ $time }
cards-direct = 📬 DMで届きます
cards-sent-direct = 📬 { $member }さんにDMで送りました。
cards-in-list = { $member }さんは /movies で見られます。
cards-not-posted = 投稿できませんでした。{ $member }さんは /movies で見られます。
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

## commands
## Discordのコマンド一覧の説明文：それぞれ100文字以内。

commands-movie = プロンプトから動画を作ります
commands-movie-with-pictures = プロンプトや画像から動画を作成
commands-movie-prompt = 動画の内容（{ $characters }文字まで）
commands-movie-duration = 長さ（秒）、{ $min }～{ $max }（省略時：前回の値、または{ $default }）
commands-movie-video-model = 動画モデル（省略時：前回のモデル、またはアスペクト比に最適なもの）
commands-movie-image-model = 画像モデル（省略時：前回のモデル、または自動）
commands-movie-aspect-ratio = アスペクト比（省略時：前回の値、または16:9）
commands-movie-language = 音声の言語（省略時：前回の言語、または自動）
commands-movie-subtitles = 字幕を表示（省略時：前回の設定、またはオフ）
commands-movie-tone = トーン（省略時：前回のトーン、または写実的）
commands-movie-storyboard = 動画の支払い前に静止画を確認（既定: あなたの設定）
commands-movie-picture = 動画のもとになる画像（PNG・JPEG・WebP、{ $most } MBまで）
commands-movie-another-picture = 画像を追加

# アスペクト比（フォームとメニューでも使用）
commands-wide = 横長（16:9）
commands-tall = 縦長（9:16）

# 動画で話される言語（フォームとメニューでも使用）
commands-language-auto = 自動
commands-language-english = 英語
commands-language-spanish = スペイン語
commands-language-french = フランス語
commands-language-japanese = 日本語
commands-language-thai = タイ語
commands-language-chinese = 中国語
commands-language-bengali = ベンガル語
commands-language-hindi = ヒンディー語
commands-language-sanskrit = サンスクリット語
commands-language-latin = ラテン語

# 物語のトーン
commands-tone-grounded = 写実的
commands-tone-cinematic = 映画的

# メッセージのメニュー「アプリ」の中
commands-make-movie-menu = 動画にする
# メンバーのメニュー（アプリ）に表示
commands-credits-menu = クレジット…

commands-credits = 残高と利用履歴を表示します
commands-credits-member = ほかのメンバーのクレジットを表示（管理者のみ）

commands-movies = 自分の動画を一覧で見ます
commands-movies-member = ほかのメンバーの動画を表示（管理者のみ）
commands-movies-show = 絞り込み（省略時：すべて）
commands-movies-id = IDで動画を開きます（メッセージの「⋯」で確認できます）
commands-movies-all = すべて
commands-movies-running = 進行中
commands-movies-done = 完成
commands-movies-not-made = 失敗・キャンセル
commands-movies-pending = 承認待ち（スタッフのみ）
commands-gift = ほかのメンバーにボーナスクレジットを贈ります
commands-gift-member = メンバー
commands-gift-credits = ボーナスクレジットの数
commands-top = このサーバーの動画、クリエイター、サポーターの月間ランキング
commands-top-month = 月（YYYY-MM形式、例：2026-11。省略時は今月）

commands-pitch = サーバーのみんなで支払う動画を企画します
commands-pitch-chip-in = 最初に自分が出すクレジット
commands-pitches = 参加できる企画を探します
commands-pitches-sort = 並び順（省略時：あと少しの順）
commands-pitches-missing = あと少しの順
commands-pitches-votes = 投票が多い順
commands-pitches-age = 新しい順

commands-preferences = 既定の設定と受け取り方法を決めます
commands-help = 使い方と料金を説明します
commands-privacy = 保存しているデータの確認・書き出し・削除

commands-quota = このサーバーのクレジットを管理します
commands-quota-credits = クレジット数
commands-quota-monthly-credits = 1か月のクレジット数（空欄：現在の値を表示）
commands-quota-member = メンバー
commands-quota-reason = 理由（ログに残ります）
commands-quota-show = このサーバーまたはメンバーの上限を表示します
commands-quota-show-member = このメンバーの上限を表示
commands-quota-default = メンバーの毎月の利用枠の既定値を設定します
commands-quota-server = このサーバーの毎月の予算を設定します
commands-quota-set-member = メンバー1人の毎月の利用枠を設定します
commands-quota-role = ロールの毎月の利用枠を設定します
commands-quota-role-role = ロール
commands-quota-grant = 期限のないボーナスクレジットをメンバーに渡します
commands-quota-take = メンバーのボーナスクレジットを減らします
commands-quota-block = メンバーが動画を作れないようにします
commands-quota-block-hours = 時間数（空欄：解除されるまで）
commands-quota-unblock = メンバーのブロックを解除します
commands-quota-reset = メンバーの今月の利用量をリセットします
commands-quota-clear = 上限をなくします
commands-quota-clear-default = メンバーの利用枠をボットの既定値に戻します
commands-quota-clear-server = このサーバーの予算をなくします
commands-quota-clear-member = メンバー1人の個別の利用枠をなくします
commands-quota-clear-role = ロールの利用枠をなくします
commands-quota-report = 月間レポートを表示します
commands-quota-report-month = 月（YYYY-MM形式、例：2026-11。省略時：今月）

commands-setup = このサーバーで、どこで誰がどんな動画を作れるかを決めます
commands-setup-panel = このサーバーの設定を表示・変更します
commands-setup-export = このサーバーの設定をJSONファイルに書き出します
commands-setup-import = JSONファイルの設定を取り込みます（先に変更点を確認できます）
commands-setup-import-file = /setup export のファイル


## copies
## 完成した動画から作るもの：シーンの作り直し、吹き替え、字幕、つなげた長編

# Why nothing is made
copies-not-offered = これは現在利用できません。
copies-source-gone = この動画はもうないため、ここからは何も作れません。
copies-film-size = つなげられるのは、異なる動画{ $least }～{ $most }本です。
copies-film-shape = つなげられるのは、同じアスペクト比の動画だけです。横長と縦長が混ざっています。

copies-dub-button = 吹き替え
copies-subtitles-button = 字幕
copies-film-button = 長編を作る
copies-scene-title = 🎬 シーンの作り直し
copies-dub-title = 🗣️ この動画の吹き替え
copies-subtitles-title = 💬 字幕の変更
copies-film-title = 🎞️ 動画をつなげて長編に
copies-language-label = 言語
copies-subtitles-label = 字幕
copies-movies-label = 長編に入れる動画
copies-own-language-option = 動画と同じ言語
copies-no-subtitles-option = 字幕なし
copies-pitch-button = みんなに出資を頼む
copies-pitched = 企画しました！下でみんなが出資できます。


## credits
## /credits：メンバーの残高、調整、利用明細。見えるのは実行した本人だけですが、管理者はほかのメンバーの分も
## 見られるため、「あなた」とは書きません。

credits-spend-own = { $credits ->
    [0] 今使えるクレジットはありません
   *[other] 今使えるのは{ units-credits }
}
credits-spend-member = { $credits ->
    [0] { $member }さんが今使えるクレジットはありません
   *[other] { $member }さんが今使えるのは{ units-credits }
}
credits-spend-less-own = 今はクレジットの一部しか使えません
credits-spend-less-member = { $member }さんは今、クレジットの一部しか使えません
credits-budget-short = { $credits ->
    [0] 残高は{ $own }ですが、今月のサーバー予算を使い切りました。
   *[other] 残高は{ $own }ですが、今月のサーバー予算の残りは{ units-credits }だけです。
}
credits-queue-short = { $credits ->
    [0] 残高は{ $own }ですが、順番待ちと制作中の動画が上限に達しています。どれかが完成したら、もう一度お試しください。
   *[other] 残高は{ $own }ですが、順番待ちの動画に今あと使えるのは{ units-credits }までです。
}
credits-plan-short = 今月のボットのクレジットが残りわずかです。
credits-plan-empty = 今月のボットのクレジットがなくなりました。

credits-bar = { $bar } 使用・確保済み · リセット：{ $time }
credits-allowance = { "**" }利用枠** · { units-credits-monthly }のうち残り{ $left }（{ $source }）
credits-bonus = { "**" }ボーナス** · { units-credits }（期限なし）
credits-held = { "**" }確保中** · { units-credits }（進行中の動画と企画）

credits-blocked = 🚫 サーバー管理者がブロックを解除するまで、動画を作れません。
credits-blocked-until = 🚫 { $time }まで動画を作れません。
credits-blocked-everywhere = 🚫 ボットの運営者がブロックを解除するまで、どのサーバーでも動画を作れません。
credits-timed-out-until = 🚫 プロンプトが何度もサーバーのルールに反したため、{ $time }まで動画を作れません。

credits-source-member = 個別に設定
credits-source-role = { $role }による
credits-source-server = サーバーの既定値
credits-source-bot = ボットの既定値

credits-granted = { $date } { units-bonus-credits }を受け取りました
credits-removed = { $date } { units-bonus-credits }が減らされました
credits-starter = { $date } 最初の動画の{ units-credits }が返還されました
credits-usage-reset = { $date } 今月の利用量がリセットされました
credits-carried-over = { $date } データ削除前に{ units-credits }を利用済み
credits-gift-received = { $date } { $member }から{ units-bonus-credits }
credits-gift-given = { $date } { $member }に{ units-bonus-credits }
credits-old-gift-received = { $date } 別のメンバーから{ units-bonus-credits }
credits-old-gift-given = { $date } 別のメンバーに{ units-bonus-credits }
credits-with-reason = { $change }：{ $reason }

credits-page = { $page }/{ $pages }ページ
credits-page-of-many = { $page }/{ $pages }ページ以上
credits-no-receipts =
    まだ動画がありません。/movie で最初の1本を作ってみましょう。たとえば：
    > { -example-prompt }
credits-member-no-receipts = このサーバーには、まだ動画がありません。
credits-newer-button = 新しい明細
credits-older-button = 古い明細
credits-open-button = 開く
credits-export-button = CSVで書き出す

credits-exported = 動画{ $movies }本をすべてCSVファイルにまとめました。
credits-exported-latest = 最新の動画{ $movies }本をCSVファイルにまとめました（古いものは含みません）。
credits-export-in-progress = 前回の書き出しがまだ進行中です。まもなくここに表示されます。
credits-too-many-exports = 書き出しが続けて行われました。次は{ $time }に書き出せます。

credits-not-authorized = 自分のクレジットだけを見られます。{ -managers }は全員の分を見られます。

## deliveries
## 動画の結果についてのメッセージ（チャンネルまたはDM）

deliveries-ready = { $member } 動画が完成しました。
deliveries-ready-followed = { $member } 動画が完成しました。{ $followers } にもお知らせします。
deliveries-ready-direct = 動画が完成しました。
deliveries-by = 制作：{ $member }
deliveries-movie-alt-text = AI生成の動画（{ $duration }）：{ $prompt }
deliveries-spent = { "**" }{ $cost }**を使いました
deliveries-spent-left = { "**" }{ $cost }**を使いました · 今月の残り：**{ $left }**
deliveries-not-cancelled = キャンセルする前に完成しました。
deliveries-followed = { $followers } お待ちの動画が完成しました。リクエストした人にDMで届きます。
deliveries-followed-direct = 🎬 お待ちの動画が完成しましたが、その場所ではあなたにメンションできません。リクエストした人に見せてもらってください。ID { $id }

deliveries-failed = { $member } 動画は失敗しました。
deliveries-refunded = { "**" }{ $refunded }**が返還されました
deliveries-refunded-left = { "**" }{ $refunded }**が返還されました · 今月の残り：**{ $left }**
deliveries-refunded-bonus = { "**" }{ $refunded }**が返還されました（注文した月が終わったため、ボーナスクレジットとして）

deliveries-unknown = { $member } 動画がどうなったか確認しています。
deliveries-unknown-details =
    動画サービスが注文を確認していません。二重に注文することはありません。{ -operator-notified }
    はっきりするまで**{ $held }**を確保しておきます。

deliveries-cancelled = { $member } 動画はキャンセルされました。
deliveries-spent-refunded = 使用：**{ $cost }** · 返還：**{ $refunded }**

deliveries-not-started = { $member } 動画は開始されませんでした。

deliveries-left = 今月の残り：**{ $left }**

## errors
## 無効なオプション、足りない権限、エラー

errors-prompt-blank = プロンプトが空です。動画の内容を{ $max }文字以内で書いてください。
errors-prompt-too-long = プロンプトが{ $characters }文字あります。上限は{ $max }文字です。絵文字の多くは2文字以上と数えます。
errors-duration = 「{ $value }」は長さとして使えません。{ $min }～{ $max }の整数（秒）を入力してください。
errors-no-duration = 長さを{ $min }～{ $max }の整数（秒）で入力してください。
errors-video-model = 動画モデル「{ $value }」は使えません。次から選んでください：{ $names }
errors-video-model-aspect-ratio = { $model }は{ $ratio }に対応していません。次から選んでください：{ $names }
errors-image-model = 画像モデル「{ $value }」は使えません。次から選んでください：{ $names }
errors-aspect-ratio = 「{ $value }」はアスペクト比として使えません。次から選んでください：{ $names }
errors-no-model = 今は{ $ratio }に対応した動画モデルがありません。別のアスペクト比を選んでください。
errors-language = 「{ $value }」は言語として使えません。次から選んでください：{ $names }
errors-no-language = このボットでは今、言語を選べません。空欄にしてください。
errors-several-languages = 動画の音声は1つの言語だけですが、複数選ばれています：{ $names }
errors-subtitles = 字幕は True か False を選んでください。
errors-no-subtitles = このボットでは今、字幕を付けられません。空欄にしてください。
errors-tone = 「{ $value }」はトーンとして使えません。次から選んでください：{ $names }
errors-no-tone = このボットでは今、トーンを選べません。空欄にしてください。
errors-music = 「{ $value }」は音楽に使えません。次から選んでください：{ $names }
errors-voice = 「{ $value }」は声として使えません。次から選んでください：{ $names }
errors-more-models = ほか{ $models }件

errors-missing-permissions = このチャンネルで必要な権限がありません：{ $permissions }。サーバー管理者に頼んでください。{ -not-charged }

errors-view-channel = チャンネルを見る
errors-send-messages = メッセージを送信
errors-send-messages-in-threads = スレッドでメッセージを送信
errors-embed-links = 埋め込みリンク
errors-attach-files = ファイルを添付
errors-read-message-history = メッセージ履歴を読む
errors-manage-threads = スレッドの管理

errors-empty-message = このメッセージには動画にできる文がありません。/movie で内容を書いてください。{ -not-charged }
errors-only-in-servers = サーバーの中でだけ使えます。DMでは使えません。{ -not-charged }
errors-internal = こちらで問題が起きました。{ -not-charged }少し待ってから、もう一度お試しください。
errors-restarting = 再起動しています。1分後にもう一度お試しください。{ -not-charged }
errors-invalid-option = その選択肢は使えません。一覧から選んでください。{ -not-charged }
errors-server-not-loaded = このサーバーを読み込んでいます。1分後にもう一度お試しください。何も変更していません。
errors-outdated = ボットが更新されました。もう一度コマンドを実行してください。{ -not-charged }
errors-order-voided = 開始に時間がかかりすぎたため、キャンセルしてクレジットを返還しました。もう一度お試しください。
errors-not-queued = 動画を順番待ちに入れられなかったため、制作されません。クレジットは1～2分で返還されます。その後にもう一度お試しください。

## forms
## 動画のフォームと、追加オプションの呼び方。

forms-new-modal-title = 動画を作る
forms-remix-modal-title = 動画をリミックス
forms-edit-modal-title = 動画を編集

forms-prompt-label = プロンプト
forms-prompt-hint = { $characters }文字まで。空欄なら、おまかせで考えます。
forms-prompt-cut-hint = メッセージを{ $characters }文字に短縮しました。
forms-duration-label = 長さ（秒）
forms-duration-hint = { $min }～{ $max }
forms-video-model-label = 動画モデル
forms-video-model-placeholder = 自動（アスペクト比に最適なもの）
forms-image-model-label = 画像モデル
forms-image-model-placeholder = 自動
forms-aspect-ratio-label = アスペクト比

# アスペクト比・字幕・トーン・言語をまとめたメニュー
forms-options-label = アスペクト比と追加オプション
forms-options-hint = いくつでも選べますが、言語は1つだけです。
forms-default-hint = 既定：{ $choice }
forms-subtitles-option = 字幕
forms-subtitles-hint = 話した言葉を文字で表示
forms-language-hint = 音声の言語（1つ選択）
forms-more-modal-title = 動画のその他の設定
forms-storyboard-label = まず絵コンテ
forms-storyboard-hint = 静止画を見てから、レンダリングするか停止するかを選べます。
forms-music-elevenlabs = { "ElevenLabs" }
forms-music-lyria = { "Lyria 3" }
forms-voice-any = 自動
forms-voice-female = { $name }（女性）
forms-voice-male = { $name }（男性）
forms-voice-neutral = { $name }（中性）
forms-pictures-label = 画像
forms-pictures-hint = PNG・JPEG・WebPファイルを{ $most }枚まで。前に追加した画像と入れ替わります。

## gifts
## /gift: what the giver and the recipient of bonus credits read.

gifts-given = 🎁 { $member }さんに{ units-bonus-credits }を贈りました。本人に知らせます。
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
gifts-received = 🎁 { $time }に{ $place }で{ $member }さんが{ units-bonus-credits }を贈ってくれました。有効期限はありません。
gifts-received-here = 🎁 { $recipient }さん、{ $member }さんが{ $time }に{ units-bonus-credits }を贈ってくれました。

## help
## /help：ボットにできることと、このメンバーがここでできること。本人だけに見えます。

help-title = Matineeは言葉を動画にします
help-summary = { $command } でシーンを書くと、短い動画を作ります。
help-refunds = 動画にはクレジットがかかり、失敗した分は返還されます。
help-make-button = 動画を作る
help-all-button = すべて見る
help-available = ✅ このチャンネルで動画を作れます。
help-refused = 🚫 { $reason }
help-missing-permissions = 🚫 ここには動画を投稿できません。このチャンネルで必要な権限：{ $permissions }。サーバー管理者に頼んでください。
help-no-member-credits = 🚫 クレジットを使い切りました。リセット：{ $time }
help-no-server-credits = 🚫 このサーバーの予算を使い切りました。リセット：{ $time }
help-no-bot-credits = 🚫 このボットは今月これ以上動画を作れません。{ $time }にまた作れます。
help-in-progress = 🎬 あなたの動画{ $movies }本が進行中です：{ $command }
help-many-in-progress = 🎬 進行中のあなたの動画は{ $movies }本を超えています：{ $command }

help-spend = **{ $spend }** · リセット：{ $time }
help-bonus = このうち{ units-bonus-credits }は期限がありません。

help-prices-field = 1秒あたりの料金
help-price = **{ $model }**：{ units-credits } · { $ratios }
help-more-models = ほか{ $models }モデル
help-asks-above = 動画は最長{ $duration }です。{ units-credits }より多く使う前に確認します。
help-asks-above-or-share = 動画は最長{ $duration }です。{ units-credits }、または残高の{ $share }を超える場合は、使う前に確認します。
help-always-asks = 動画は最長{ $duration }です。クレジットを使う前に、必ず料金を表示します。

help-commands-field = コマンド
help-command = { $command } · { $description }
help-from-a-message = 自分のメッセージから：**アプリ** → **{ $menu }**
help-from-any-message = どのメッセージからでも：**アプリ** → **{ $menu }**
help-managers = 管理者向け：{ $setup }、{ $show }、{ $report }、そのほかの /quota コマンド

## ideas
## 動画のアイデア。だれが、何を、どこで、の三つのリストから作る。

ideas-prompt = { $where }、{ $who }が{ $does }。

ideas-who =
    { $variant ->
        [0] ぜんまい仕掛けのキツネ
        [1] 内気な灯台守
        [2] とても小さな宇宙飛行士
        [3] 年老いた船長
        [4] 紙でできたドラゴン
        [5] 好奇心いっぱいのロボット
        [6] 眠たげな巨人
        [7] 路上の音楽家
        [8] 空を泳ぐクジラ
        [9] 真っ白なフクロウ
        [10] やさしい幽霊
        *[11] 若いパン職人
    }

ideas-does =
    { $variant ->
        [0] 踊りを覚える
        [1] 秘密の扉を開ける
        [2] 光の道しるべをたどる
        [3] 音楽で橋をかける
        [4] 嵐と友だちになる
        [5] 光る森を育てる
        [6] 流れ星とかけっこをする
        [7] 失われたメロディーを見つける
        [8] 夜空に絵を描く
        [9] 金色の卵を守る
        [10] 眠る街を起こす
        *[11] 最後の陽ざしをつかまえる
    }

ideas-where =
    { $variant ->
        [0] 雲の上の街で
        [1] 海の底で
        [2] 雪の中を走る夜行列車で
        [3] 果てしない図書館で
        [4] 小さな惑星で
        [5] 真夜中のお祭りで
        [6] ガラスの庭で
        [7] 雨の屋上で
        [8] 巨大な時計の中で
        [9] 夜明けの凍った湖で
        [10] 水に浮かぶ市場で
        *[11] 二重の虹の下で
    }

## links
## 動画のお知らせの中で、リンクがどこにあるか

links-in-movies = リンクが長すぎてメッセージに入りません。リクエストした人は /movies で見られます。
links-in-file = リンクが長すぎてメッセージに入らないため、添付ファイルに入れました。
links-unsafe = このリンクはここに投稿できません。Studioで動画を開いてください。
links-watch = 見る
links-jump = メッセージへ移動

## log
## サーバー管理者、ボットの運営者、ボットによる変更：スタッフチャンネルと、変更した本人への確認メッセージ。
## チャンネルは公開のこともあるため、残高は載せません。

log-bot = ボット
log-operator = ボットの運営者
log-confirmation = ✅ { $change }

log-set-default-limit = メンバーの既定の利用枠を{ units-credits-monthly }にしました。
log-set-default-limit-cleared = メンバーの利用枠をボットの既定値に戻しました。
log-set-server-limit = サーバー予算を{ units-credits-monthly }にしました。
log-set-server-limit-cleared = サーバー予算をなくしました。
log-set-member-limit = { $subject }の利用枠を{ units-credits-monthly }にしました。
log-set-member-limit-cleared = { $subject }の個別の利用枠をなくしました。
log-set-role-limit = { $subject }の利用枠を{ units-credits-monthly }にしました。
log-set-role-limit-cleared = { $subject }の利用枠をなくしました。
log-grant = { $member }に{ units-bonus-credits }を渡しました。
log-gift = { $member }に{ units-bonus-credits }を贈りました。
log-revoke = { $member }の{ units-bonus-credits }を減らしました。
log-block = 管理者が解除するまで{ $member }をブロックしました。進行中の動画は完成します。
log-block-hours = { $member }を{ units-hours }ブロックしました。進行中の動画は完成します。
log-unblock = { $member }はまた動画を作れます。
log-reset-usage = { $member }の今月の利用量をリセットしました。
log-reset-usage-credits = { $member }の今月の利用量をリセットしました（これまで：{ units-credits }）。
# $setting: "Longest movie"; $value: "1 min"
log-setting = **{ $setting }**を変更しました：{ $value }
log-gallery-failed = ギャラリー{ $channel }に投稿できなくなりました。投稿できるようになるまで、完成した動画は注文されたチャンネルに表示されます。権限を確認するか、/setup で別のギャラリーを選んでください。
log-movie-night-failed = { $channel }に上映会を投稿できませんでした。そこでの権限と年齢のルールを確認するか、/setup で別のギャラリーを選んでください。

log-request-credits = 🙋 { $member }が{ units-bonus-credits }をリクエストしています。
log-decline-credits = { $member }のリクエスト（{ units-bonus-credits }）を断りました。
log-cancel-queued = 順番待ちだった{ $member }の動画をキャンセルし、{ units-credits }を返還しました。
log-remove-pitch = { $member }の企画を削除し、{ units-credits }を返還しました。
log-request-granted = ✅ { $manager }が渡しました。
log-request-declined = ❌ { $manager }が断りました。
log-request-replaced = このメンバーはその後もう一度リクエストしたため、新しいほうにだけ返事ができます。
log-request-lapsed = このリクエストは期限切れです。メンバーはもう一度リクエストできます。
log-request-not-told = { $member }にDMを送れません。直接伝えてください。
log-reason = 理由：{ $reason }
log-result = 結果：{ $reason }

log-failures-stopped = 失敗した動画でボットが{ units-credits }を失ったため、{ $member }は今月これ以上動画を作れません。管理者は /quota unblock で続けられるようにできます。
# A prompt that the filter stopped, for staff. $category: one of the categories below
log-prompt-refused = { $member }のプロンプトがルール「{ $rule }」により止められました：||{ $prompt }||
log-prompt-refused-preset = { $member }のプロンプトがルール「{ $rule }」（{ $category }）により止められました：||{ $prompt }||
log-prompt-refused-operator = { $member }のプロンプトがボットの運営者のルールにより止められました：||{ $prompt }||
log-prompt-flagged = { $member }のプロンプトが動画サービスのモデレーションにより止められました（{ $category }）：||{ $prompt }||
log-time-out = 今日止められたプロンプトが多すぎるため、{ $member }は{ units-hours }動画を作れません。管理者は /quota unblock で解除できます。
log-category-minors = 未成年者の性的な内容
log-category-sexual = 性的な内容
log-category-gore = 残虐な内容
log-category-slurs = 差別的な言葉
log-category-self-harm = 自傷行為
log-category-violence = 暴力
log-category-hate = 憎悪
log-category-harassment = 嫌がらせ
log-category-illicit = 違法行為
log-category-other = サービスのルール違反
log-limit-server = 管理者の設定に関係なく、このサーバーで使えるのは{ units-credits-monthly }までです。
log-limit-server-cleared = このサーバーの上限はボットの通常の上限に戻りました。
log-block-server = このサーバーでは動画を作れなくなりました。進行中の動画は完成します。
log-unblock-server = このサーバーでまた動画を作れます。
log-pause = 今はどのサーバーでも新しい動画を作れません。進行中の動画は完成します。
log-resume = また新しい動画を作れます。
log-job-unknown = { $member }の動画について、動画サービスから確認が取れませんでした。結果が分かるまで{ units-credits }を確保したままにします。
log-job-given-up = { $member }の動画がどうなったか確認できませんでした。失敗として処理し、{ units-credits }を返還しました。
log-job-resolved = { $member }の動画を確認しました。
log-movie-removed = { $member }の動画を削除しました（ID { $id }）。
log-gallery-removed = { $member }の動画をギャラリーから外しました（ID { $id }）。
log-report-dismissed = { $member }の動画への報告を却下しました（ID { $id }）。
log-deletion-refused = { $member }の動画（ID { $id }）は削除されましたが、Discordの権限がないため、そのメッセージを削除できません。30日間、再試行を続けます。手動でも削除できます：{ $link }
log-deletion-given-up = { $member }の動画（ID { $id }）は削除されましたが、30日たってもメッセージを削除する権限がないため、再試行を終了しました。手動で削除してください：{ $link }
log-request-approval = { $member }の動画（{ units-price }）が承認を待っています（ID { $id }）。
log-approve-movie = { $member }の動画（{ units-price }）を開始できます（ID { $id }）。
log-decline-movie = { $credits ->
    [0] { $member }の動画を断りました（ID { $id }）。
   *[other] { $member }の動画（{ units-credits }）を断り、返還しました（ID { $id }）。
}
log-lapse-approval = { $credits ->
    [0] { $member }の動画は期限内に決まらなかったため、キャンセルされました（ID { $id }）。
   *[other] { $member }の動画（{ units-credits }）は期限内に決まらなかったため、キャンセルされ、返還されました（ID { $id }）。
}
log-restore-backup = バックアップを復元しました。{ $member }の動画は、ボットの運営者が確認するまで待機します。

log-reason-role-deleted = ロールが削除されました
log-reason-submission-unconfirmed = 動画 { $id }
log-reason-ended-as-failed = 失敗（クレジット返還済み）
log-reason-request-id-found = 動画サービスで見つかりました（ID：{ $id }）
log-reason-may-be-submitted = 動画 { $id } はすでに注文された可能性があります
log-reason-may-be-sent = 動画 { $id } についてのメッセージはすでに送信された可能性があります
log-reason-requested = メンバーのリクエスト
log-reason-not-age-restricted = ギャラリーに年齢制限がありません
log-reason-staff-unreachable = スタッフチャンネルに投稿できず、このサーバーではその場合に動画を開始する設定です

## more
## Behind ⋯: a sentence beside each button

more-storyboard = 絵コンテを見て決める。
more-refresh = 新しいリンクを取得します。
more-scene = シーンを作り直します。画像とクリップが新しくなり、新しいバージョンになります。
more-rerun = 同じ設定でもう一度作ります。先に料金が表示されます。
more-dub = 別の言語に吹き替えます。
more-subtitles = 字幕を追加・変更します（無料）。
more-film = シリーズをつなげて長編にします。
more-retry = もう一度試します。先に料金が表示されます。
more-cancel = この動画をキャンセルします。
more-cancel-as-staff = リクエストした人に代わってこの動画をキャンセルします。クレジットは返還されます。
more-target = 受け取る場所を変更します。
more-remix = このプロンプトをもとに、自分の動画を作ります。先に料金が表示されます。
more-versions = バージョンと、元になった動画を表示します。
more-receipt = かかったクレジットを確認します。
more-studio = 動画サービスのStudioで開きます。
more-report = スタッフに報告します。
more-leave-gallery = ギャラリーから外します。最初に投稿された場所には残ります。
more-delete = この動画とリンクを削除します。
more-remove = スタッフとしてこの動画とリンクを削除します。
more-nothing = 今、この動画に対してほかにできることはありません。

## movies
## /movies：メンバーの動画と、動画1本の詳細。見ている本人だけに見えます。

movies-own-title = あなたの動画
movies-member-title = このサーバーでの{ $name }さんの動画
movies-unnamed-title = このサーバーでのこのメンバーの動画
movies-filtered-title = { $title }（{ $filter }）

movies-none-all =
    まだ動画がありません。/movie で最初の1本を作ってみましょう。たとえば：
    > { -example-prompt }
movies-none-running = 進行中の動画はありません。
movies-none-done = 完成した動画はまだありません。
movies-none-not-made = 失敗またはキャンセルした動画はありません。
movies-member-none-all = { $member }さんは、このサーバーでまだ動画をリクエストしていません。
movies-member-none-running = { $member }さんには、このサーバーで進行中の動画がありません。
movies-member-none-done = { $member }さんには、このサーバーで完成した動画がまだありません。
movies-member-none-not-made = { $member }さんには、このサーバーで失敗またはキャンセルした動画がありません。

movies-outage = { $outage }順番待ちの動画は、受け付けが再開され次第始まります。
movies-not-delivered = 📬 完成しましたが、投稿できませんでした。下から開いてください
movies-deleted = 🗑️ 削除済み
movies-elsewhere = 別のサーバー
movies-hidden-prompt = （あなたには表示できない場所で注文されました）
# Members paid for it together
movies-with-others = 共同
movies-share-value = あなたの負担：{ units-credits }
movies-all-hint = すべての動画（新しい順）
movies-running-hint = 順番待ち、制作中、または確認中
movies-done-hint = すぐに見られます
movies-not-made-hint = 失敗またはキャンセル（残りは返還済み）
movies-filter-placeholder = 絞り込み
movies-open-placeholder = 動画を開く…
movies-newer-button = 新しい動画
movies-older-button = 古い動画
movies-refresh-button = 更新
movies-back-button = 一覧に戻る

movies-posted-late = 先ほどは投稿できませんでした。こちらです。
movies-link-may-have-expired = 新しいリンクを取得できなかったため、このリンクは期限切れの可能性があります。

movies-on-hold-value = 完成まで**{ units-credits }**を確保中
movies-unknown-value = 状況がわかるまで**{ units-credits }**を確保中
movies-spent-value = **{ units-credits }**を使用
movies-refunded-value = **{ units-credits }**を返還済み
movies-refunded-in-part-value = 終わったステップに**{ $cost }**を使用、**{ $refunded }**を返還済み
movies-left-server-value = 退出したサーバー
movies-other-server-value = 別のサーバー
movies-deleted-value = { $date }に削除。メッセージとリンクはもうありません。
movies-deleted-by-manager-value = { $date }にサーバーのスタッフが削除。メッセージとリンクはもうありません。
movies-requested-value = リクエスト：{ $date }
movies-finished-value = 完成：{ $date }
movies-finished-after-value = 完成：{ $date }（所要時間 { $duration }）
movies-ended-value = 終了：{ $date }
movies-id-footer = 動画ID { $id }
movies-by = { $name }さん
movies-remixed-from = 🔀 元の動画：{ $movie }
movies-remixes = リミックス（{ $remixes }本）

movies-not-authorized = 自分の動画だけを見られます。{ -managers }は自分のサーバーの全員の分を見られます。
movies-not-found = この動画は一覧に見つかりません。/movies で一覧を確認してください。
movies-unknown-id = このIDの動画が見つかりません。動画のメッセージの「⋯」を押すとIDが表示されます。

## night
## Movie night: the weekly message with a server's best movies, and the private player that its buttons open.

night-title = 上映会
night-recap-title = 今週の動画
night-intro = この7日間でスターの多かった動画です。*すべて見る*は自分だけに表示されます。
night-recap-week = 今週は{ units-movies }、合計{ $spent }
night-recap-maker = 最多は{ $member }さん（{ $movies }本）
night-all-button = ▶ すべて見る

# Above a movie. $number and $total: "2 of 5"; $member: a mention
night-playing = { $number }本目（全{ $total }本）：{ $member }の動画
night-next-button = 次の動画
night-last = これが最後の動画でした。
night-over = この動画はもう見られません。

## pictures
## メンバーの画像から作る動画

pictures-prompt = 自分の画像から作る動画
pictures-count = 画像{ $pictures }枚
pictures-notice = 🖼️ 画像は動画サービスに送られます。共有してよい画像だけを使い、顔が写っている人全員の同意を得てください。

pictures-not-offered = 画像は現在使えません。
pictures-too-many = 1本の動画に使える画像は{ $most }枚までです。
pictures-too-large = 画像{ $number }が大きすぎます。1枚{ $most } MBまでです。
pictures-too-large-together = 画像の合計が大きすぎます。合わせて{ $most } MBまでです。
pictures-not-a-picture = ファイル{ $number }はPNG・JPEG・WebPの画像ではありません。
pictures-not-read = Discordから画像{ $number }を取得できませんでした。もう一度お試しください。
pictures-with-duration = 動画の長さは画像で決まり、絵コンテはありません。**duration** と **storyboard** は空のままにしてください。
pictures-gone = 画像は注文が有効な間だけ保存されます。この画像はもうありません。料金はかかっていません。/movie でもう一度追加してください。

## pitch
## /pitch：メンバーがみんなで支払う動画。公開のメッセージと、ボタンを押した人だけが読む返事

# The public message. $time: "in 3 days"
pitch-ended-title = この企画は終了しました
pitch-progress = { $price }中{ $pledged } · { $people }人 · 終了：{ $time }
pitch-by = 企画：{ $member }
pitch-waits-plan = クレジットは集まりましたが、このボットは今月これ以上動画を作れません。{ -keep-trying }
pitch-waits-server = クレジットは集まりましたが、このサーバーの予算がまだ足りません。{ -keep-trying }
pitch-waits-busy = クレジットは集まりましたが、進行中の動画が多すぎます。{ -keep-trying }
pitch-waits-paused = クレジットは集まりましたが、新しい動画は一時停止中です。{ -keep-trying }
pitch-waits-member = クレジットは集まりましたが、今は注文できません。{ -keep-trying }
pitch-ended-funded = クレジットがすべて集まり、動画を注文しました。
pitch-ended-lapsed = 期限が過ぎたため、クレジットは全員に返還されました。
pitch-ended-withdrawn = 企画した人が取り下げたため、クレジットは全員に返還されました。
pitch-ended-removed-by-staff = このサーバーのスタッフが削除し、クレジットは全員に返還されました。
pitch-ended-prompt-refused = プロンプトがこのサーバーのルールに反しているため、クレジットは全員に返還されました。
pitch-ended-not-offered = モデルまたは長さがここでは使えなくなったため、クレジットは全員に返還されました。
pitch-ended-restored = ボットがバックアップから復元されたため終了し、クレジットは全員に返還されました。
pitch-ended-server-left = ボットがサーバーから削除され、クレジットは全員に返還されました。
pitch-ended-message-gone = メッセージまたはチャンネルが削除されたため、クレジットは全員に返還されました。

pitch-add-button = { $credits }出す
pitch-rest-button = 残り（{ $credits }）
pitch-other-button = 別の額
pitch-back-button = 戻す
pitch-withdraw-button = 取り下げる
pitch-remove-button = 削除
pitch-other-line = 別の額を出せます（{ $missing }まで）。
pitch-back-line = 全額が集まるまでは、自分の{ $share }を戻せます。
pitch-withdraw-line = 自分の企画を取り下げると、全員に返還されます。
pitch-remove-line = スタッフとして削除すると、プロンプトは非表示になり、全員に返還されます。
pitch-other-modal-title = 別の額を出す
pitch-amount-label = 何クレジットですか？
pitch-amount-hint = あと必要なのは{ units-credits }です。動画が作られなければ、返還されます。

# Private answers. $share, $mine, $missing, $price, $left: amounts such as "50 credits"
pitch-pledged = { $share }を出しました。あなたの合計は{ $mine }、あと必要なのは{ $missing }です。全額が集まるまでは「⋯」から戻せます。
pitch-month-ends = 🗓️ このうち{ units-credits }は今月の利用枠からで、利用枠は月末（{ $time }）で終わります。それまでに全額が集まらなければ、その分は失効します。
pitch-completed = 🎉 あなたの{ $share }で集まりました！動画を注文しました。進み具合はここで見られます。
pitch-completed-approval = 🎉 あなたの{ $share }で集まりました！まず、このサーバーのスタッフが動画を承認します。48時間以内に承認されなければ、クレジットは全員に返還されます。
pitch-completed-waiting = 🎉 あなたの{ $share }で集まりました！
pitch-taken-back = { $share }を戻しました。あと必要なのは{ $missing }です。
pitch-shortfall = { $price }必要ですが、残りは{ $left }です。{ -not-charged }額を減らすか、リセットをお待ちください：{ $time }
pitch-shortfall-new = 残りが{ $left }なので{ $price }は出せません。企画は投稿していません。額を減らすか、リセットをお待ちください：{ $time }
pitch-too-much = 多すぎます。あと必要なのは{ $missing }です。{ -not-charged }
pitch-alone = この動画は{ $price }です。それより少ない額にするか、/movie で自分で作ってください。企画は投稿していません。
pitch-complete = この企画はすでにクレジットが集まっています。動画は制作待ちです。
pitch-no-pledge = この企画にあなたのクレジットはありません。
pitch-not-yours = この企画を取り下げられるのは{ $member }さんだけです。自分のクレジットは「⋯」から戻せます。
pitch-too-many = ここで受付中の企画がすでに{ $pitches }件あり、これが上限です。1つ取り下げるか、終了を待ってください。
pitch-not-offered = これは共同で支払えません。自分で注文してください。
pitch-failing = このプロンプトの動画は直近{ $failures }回とも失敗したため、ほかの人に費用を出してもらうことはできません。別のプロンプトで企画するか、先に /movie で自分で作ってみてください。
pitch-voted = この企画に投票しました。投票は無料で、/pitches の並び順だけが変わります。
pitch-voted-already = この企画にはすでに投票しています。
pitch-unknown = ここではこの企画が見つかりません。受付中の企画は /pitches で見られます。
pitch-over = この企画は終了しました。
pitch-handled = すでに処理しました。この企画のあなたの分は{ units-credits }です。
pitch-amount-invalid = クレジットの数を整数で入力してください（例：25）。{ -not-charged }
pitch-never-fits-server = この動画は{ $price }で、サーバー予算は1か月で{ $left }です。短くしてください。
pitch-never-fits-queue = この動画は{ $price }ですが、1人の順番待ちの動画は合計{ $left }までです。短くしてください。
pitch-never-fits-bot = この動画は{ $price }で、ボットが1か月に使える額を超えています。短くしてください。
pitch-withdraw-question = この企画を取り下げますか？クレジットは全員に返還され、もう参加できなくなります。
pitch-withdrawn = 取り下げました。クレジットは全員に返還されます。
pitch-remove-question = この企画を削除しますか？プロンプトは非表示になり、クレジットは全員に返還されます。
pitch-removed = 削除しました。クレジットは全員に返還されます。
pitch-not-posted = Discordが企画を確認できなかったため、取り下げました。もう一度お試しください。

## pitches
## /pitches: the open pitches of a server.

pitches-list-title = 受付中の企画
pitches-empty = 受付中の企画はありません。/pitch で始めると、ここの全員が参加できます。
# $credits: what is still needed; $price: "600 credits"; $time: "in 3 days"
pitches-missing = { $price }中あと{ $credits }
pitches-complete = クレジットが集まりました（制作待ち）
pitches-ends = 終了：{ $time }
# The text of a link to the pitch
pitches-open = 開く
pitches-sort-placeholder = 並び順
pitches-manage-placeholder = 企画を選ぶ：クレジットを出す・戻すなど
pitches-back-button = 前へ
pitches-next-button = 次へ
pitches-page-footer = { $page }/{ $pages }ページ

## pledges
## What members who chipped in for a pitch are told.

# In the channel, or by DM. $members: mentions; $pitch: a link to the pitch; $why: one of the sentences below
pledges-funded = 🎬 { $members } 参加した[企画]({ $pitch })のクレジットが集まり、動画を注文しました。
pledges-funded-direct = 🎬 { units-credits }を出した[企画]({ $pitch })のクレジットが集まり、動画を注文しました。
pledges-approval = 🎬 { $members } 参加した[企画]({ $pitch })のクレジットが集まり、スタッフの承認（48時間以内）を待っています。
pledges-approval-direct = 🎬 { units-credits }を出した[企画]({ $pitch })のクレジットが集まり、スタッフの承認（48時間以内）を待っています。
pledges-returned = ↩️ { $members } [企画]({ $pitch })のクレジットが返還されました{ $why }。
pledges-returned-direct = ↩️ [企画]({ $pitch })の{ units-credits }が返還されました{ $why }。
pledges-over = 🎟️ { $members } あなたの[企画]({ $pitch })は終了しました{ $why }。
pledges-over-direct = 🎟️ あなたの[企画]({ $pitch })は終了しました{ $why }。
pledges-lapsed = 🗓️ { $members } 先月の利用枠は[企画]({ $pitch })の対象外になりました。まだ作りたい場合は、もう一度参加してください。
pledges-lapsed-direct = 🗓️ 先月の利用枠（{ units-credits }）は[企画]({ $pitch })の対象外になりました。まだ作りたい場合は、もう一度参加してください。
pledges-waiting = ⏳ { $members } 参加した[企画]({ $pitch })のクレジットは集まりましたが、まだ注文できません。{ -keep-trying }
pledges-waiting-direct = ⏳ { units-credits }を出した[企画]({ $pitch })のクレジットは集まりましたが、まだ注文できません。{ -keep-trying }
pledges-made = 🎬 { $members } 参加した[企画]({ $pitch })の動画が完成しました。/movies で見られます。
pledges-made-direct = 🎬 { units-credits }を出した[企画]({ $pitch })の動画が完成しました。/movies で見られます。

# Why credits came back
pledges-why-lapsed = 期限切れ
pledges-why-withdrawn = 取り下げ
pledges-why-removed-by-staff = サーバーのスタッフによる削除
pledges-why-prompt-refused = プロンプトがサーバーのルールに違反
pledges-why-not-offered = モデルまたは長さが使用不可
pledges-why-restored = ボットをバックアップから復元
pledges-why-server-left = ボットがサーバーから削除
pledges-why-message-gone = メッセージまたはチャンネルの削除
pledges-why-job-ended = 動画が作られませんでした
pledges-why-job-ended-late = 動画が作られず、支払った月が終わったためボーナスクレジットで返還

# A movie that was canceled after it began. $spent, $refunded: credits of the member's share
pledges-charged = ↩️ { $members } [企画]({ $pitch })の動画はキャンセルされ、終わったステップの分を除いて返還されました。
pledges-charged-direct = ↩️ [企画]({ $pitch })の動画はキャンセルされ、終わったステップに{ $spent }が使われ、{ $refunded }が返還されました。

# In the message of the movie. $names: a list of mentions
pledges-paid-by = { $names }が支払いました。
pledges-paid-by-more = { $names }とほか{ $more }人が支払いました。
pledges-paid-by-unnamed = { $more }人が支払いました。

# The credits of a movie that members paid for together. $cost, $price: all shares, such as "200 credits"
pledges-cost = みんなで**{ $cost }**を使いました
pledges-refunded = クレジットは全員に戻りました。
pledges-refunded-bonus = 支払った月が終わったため、クレジットは全員にボーナスクレジットとして戻りました。
pledges-cost-in-part = { "**" }{ $cost }**を全員で分担し、残りは全員に戻りました。
pledges-cancelled = キャンセルしました。クレジットは全員に戻りました。
pledges-ended = すでに終了しています。クレジットは全員に戻りました。
pledges-failed = { $member } あなたが企画した動画は失敗しました。
pledges-not-started = { $member } あなたが企画した動画は開始されませんでした。
pledges-not-cancellable = みんなで支払った動画は、制作が始まるとキャンセルできません。完成したらチャンネルに投稿します。
pledges-to-channel = みんなで支払った動画は、必ずチャンネルに投稿されます。

## preferences
## /preferences：メンバーの既定の設定と、完成した動画の届け先。本人だけに表示されます。

preferences-title = あなたの設定
preferences-intro = 特に指定しない限り、/movie は前回の選択を使います。
preferences-empty = まだ既定の設定がありません。ここで選んでください。選ばない場合は、次の動画の設定を記憶します。
preferences-cost = { $duration }の動画は **{ $price }** です（{ $rate }）。
preferences-footer = すべてのサーバーで有効です。

preferences-video-model = 動画モデル：{ $choice }
preferences-image-model = 画像モデル：{ $choice }
preferences-seconds = 長さ：{ $choice }
preferences-aspect-ratio = アスペクト比：{ $choice }
preferences-language = 言語：{ $choice }
preferences-subtitles = 字幕：{ $choice }
preferences-tone = トーン：{ $choice }
preferences-music = 音楽：{ $choice }
preferences-voice = 声：{ $choice }

# その選択になった理由
preferences-unsupported-default = { $choice }はこのアスペクト比に対応していないため、既定値を使います：**{ $other }**
preferences-unavailable-default = { $choice }は利用できなくなったため、既定値を使います：**{ $other }**

preferences-video-model-placeholder = 動画モデル
preferences-image-model-placeholder = 画像モデル
preferences-seconds-placeholder = 長さ
preferences-aspect-ratio-placeholder = アスペクト比
preferences-language-placeholder = 言語
preferences-subtitles-placeholder = 字幕
preferences-tone-placeholder = トーン
preferences-music-placeholder = 音楽
preferences-voice-placeholder = 声

# 各メニューの最初の項目。既定に戻します
preferences-video-model-option = 動画モデル：自動（アスペクト比に最適なもの）
preferences-image-model-option = 画像モデル：自動
preferences-seconds-option = 長さ：{ $choice }（既定）
preferences-aspect-ratio-option = アスペクト比：{ $choice }（既定）
preferences-language-option = 言語：{ $choice }（既定）
preferences-subtitles-option = 字幕：{ $choice }（既定）
preferences-tone-option = トーン：{ $choice }（既定）
preferences-music-option = 音楽：{ $choice }（既定）
preferences-voice-option = 声：{ $choice }（既定）

preferences-off-option = オフ
preferences-on-option = オン

preferences-channel-value = 完成した動画は、注文したチャンネルに、あなたへのメンション付きで投稿します。
preferences-direct-value = 完成した動画はDMで送ります。DMを受け取れない場合はチャンネルに投稿します。

preferences-channel-button = チャンネルに投稿
preferences-dm-button = DMで受け取る
preferences-unlist-button = 載せない
preferences-list-button = 載せる
preferences-listed-value = スターが付くと動画がギャラリーに載り、/top にも表示されることがあります。
preferences-unlisted-value = スターが付いても動画はギャラリーや上映会に載らず、/top にも表示されません。
preferences-unlisted = 今後は、スターが付いても動画はギャラリーや上映会に載らず、/top にも表示されません。
preferences-storyboard-value = まず絵コンテを作ります。動画の支払い前に静止画を確認できます。
preferences-no-storyboard-value = 絵コンテなしで、一度に動画を作ります。
preferences-storyboard-button = まず絵コンテ
preferences-no-storyboard-button = 一度に作る
preferences-listed = 今後は、スターが付くと動画がギャラリーに載ることがあり、/top にも表示されます。
preferences-reset-button = 既定に戻す
preferences-extras-button = 変更
preferences-back-button = 戻る

preferences-not-offered = その項目は利用できなくなりました。下から別のものを選んでください。
preferences-dropped-aspect-ratio = { $model }は{ $dropped }に対応していないため、{ $choice }に変更しました。
preferences-dropped-model = { $model }は{ $choice }に対応していないため、最適なモデルに変更しました。
preferences-channel-set = 次の動画から、完成した動画をチャンネルに投稿します。
preferences-dm-set = 次の動画から、完成した動画をDMで送ります。
preferences-reset = 設定をリセットしました。

## privacy
## /privacy と、文章が削除された動画の表示

privacy-prompt-gone = （プロンプトは削除されました）
privacy-link-gone = この動画のリンクは削除されました。
privacy-not-again = この動画のプロンプトは削除されたため、もう一度作れません。/movie で新しく作ってください。{ -not-charged }
privacy-unnamed = データを削除したメンバー

privacy-title = あなたのデータ
privacy-about = 保存しているのは、あなたのID、動画や企画とそのプロンプトやリンク、注文時の名前、クレジットとその変更履歴、/preferences の設定、通知を希望した動画、投票した企画、スターを付けた動画や報告した動画（とその理由）、サーバーのルールで止められたプロンプトの冒頭です。ほかのメッセージは、誰かが動画にしない限り保存しません。プロンプトは動画サービスに送られます。
privacy-moderation = 動画の注文や価格の表示の前に、動画サービスがプロンプトを確認します。受け付けられなかったプロンプトの冒頭を保存します。
privacy-pictures = 動画のもとになる画像は動画サービスに送られます。画像は、サービスが受け取るか注文が終わるまでの間だけ保存されます。
privacy-kept-field = 保存期間
privacy-kept-value = 動画や企画が終わってから{ $days }日後に、プロンプト、リンク、名前を削除します。IDとクレジットは、あなたが削除するまで、またはボットがサーバーから外されて30日後まで残ります。
privacy-kept-always-value = あなたが削除するまで、またはボットがサーバーから外されて30日後までです。
privacy-elsewhere-field = 削除できないもの
privacy-elsewhere-value = すでにDiscordにあるメッセージ（一緒に削除した自分の動画のものを除く）と、動画サービスが保存しているものです。
privacy-now-value = 現在：{ units-movies }、クレジットとその履歴、設定です。
privacy-nothing = あなたのデータは何も保存されていません。
privacy-export-button = 書き出す
privacy-erase-button = データを削除
privacy-policy-button = プライバシーポリシー
privacy-terms-button = 利用規約
privacy-export-ready = あなたについて保存しているすべてのデータです。JSONと、表計算ソフト用のCSVがあります。
privacy-export-too-large = Discordのメッセージには大きすぎます。ボットの運営者に依頼してください。
privacy-question-title = すべてのサーバーのデータを削除しますか？ 元に戻せません。
privacy-question-what = 動画、リンク、利用明細、設定が消えます。受付中の企画は取り下げられ、ほかの人の企画に出したクレジットは返還されます。
privacy-question-waiting = 順番待ちの{ units-movies }はキャンセルされ、返還されます。
privacy-question-open = 進行中の{ units-movies }は届いてから削除されます。それまで注文できません。
privacy-question-bonus = { units-bonus-credits }は失われます。
privacy-question-memory = 今月の利用量は月末まで有効です。ブロックと、0に設定された利用枠は、解除されるか期限が来るまで有効です。あなたを特定しないコードだけで記録します。
privacy-question-messages = Discordのメッセージは残りますが、自分の動画のメッセージは一緒に削除できます。ほかの人もクレジットを出した動画のメッセージは残ります。
privacy-confirm-button = すべて削除
privacy-confirm-messages-button = メッセージも含めて削除
privacy-keep-button = データを残す
privacy-erased = 完了しました。データを削除しました。
privacy-erased-with-messages = 完了しました。データを削除しました。動画のメッセージも削除しています。
privacy-erasing-soon = データを削除しています。少しお待ちください。
privacy-erasing-later = データを削除しています。進行中の{ units-movies }は、届いてから削除されます。それまで注文できません。
privacy-nothing-erased = 何も削除していません。
privacy-not-yours = このボタンは /privacy を実行した本人だけが使えます。自分のデータを見るには、/privacy を実行してください。
privacy-too-often = データを何度も削除しています。{ $time }にまた削除できます。

## prompts
## 料金の下に出るプロンプトのボタンと、プロンプトをよくする言葉。

prompts-surprise-button = おまかせ
prompts-improve-button = プロンプトを改善
prompts-back-button = 元のプロンプトに戻す
prompts-style-placeholder = スタイルを選ぶ
prompts-no-style-option = スタイルなし

prompts-no-room = これ以上の言葉は入りません。プロンプトは{ $characters }文字までです。先に短くしてください。
prompts-style-gone = このスタイルは使えなくなりました。別のものを選んでください。

prompts-next-sentence = { $last }{ $added }
prompts-end-and-next-sentence = { $last }。{ $added }
prompts-list = { $words }、{ $next }
prompts-sentence = { $words }。

prompts-shot =
    { $variant ->
        [0] 広い全景
        [1] 寄りのクローズアップ
        [2] 下から見上げる構図
        [3] 真上からの眺め
        [4] 肩越しの構図
        *[5] 左右対称の構図
    }

prompts-light =
    { $variant ->
        [0] 夕暮れの金色の光
        [1] 朝のやわらかな霧
        [2] 冷たい月明かり
        [3] 温かいランプの光
        [4] 劇的な逆光
        *[5] 木漏れ日
    }

prompts-camera =
    { $variant ->
        [0] ゆっくり近づくカメラ
        [1] なめらかな移動撮影
        [2] 静かな手持ちカメラ
        [3] 上昇するクレーンショット
        [4] 被写体をゆっくり回るカメラ
        *[5] 浅い被写界深度
    }

prompts-mood =
    { $variant ->
        [0] 夢のような雰囲気
        [1] 静かな驚き
        [2] 遊び心のある勢い
        [3] 懐かしいぬくもり
        [4] 張りつめた期待感
        *[5] 壮大なスケール
    }

## quota
## /quota：サーバーやメンバーの上限と、エラーの説明。見えるのは実行した管理者だけです。

quota-server-title = サーバーの上限
quota-each-member-field = 既定の利用枠
quota-server-field = サーバー予算
quota-staff-channel-field = スタッフチャンネル
quota-roles-field = ロール
quota-members-field = メンバー
quota-blocked-field = ブロック

quota-budget-used = { $bar } · **{ $limit }のうち{ $credits }** 使用
quota-budget-failed = { $used }（うち失敗した動画{ $credits }）

quota-bot-default = { units-credits-monthly }（ボットの既定値）
quota-set-by-operator = { units-credits-monthly }（ボットの運営者が設定）
quota-unlimited = 無制限（ボットのプランの範囲内）
quota-no-channel = 未設定（/setup で選べます）
quota-channel-failed = ⚠️ { $time }に投稿できませんでした。ボットの権限を確認してから、チャンネルを設定し直してください。
quota-limit-line = { $name }：{ units-credits-monthly }
quota-block-line = { $name }：{ $block }

quota-blocked-until = { $time }まで
quota-blocked = 解除されるまで
quota-blocked-everywhere = すべてのサーバーで、ボットの運営者が解除するまで
quota-blocked-everywhere-until = すべてのサーバーで{ $time }まで（ボットの運営者）
quota-timed-out-until = { $time }まで（プロンプトフィルター）
quota-block-with-reason = { $block }（{ $reason }）

quota-change-modal-title = クレジット：{ $name }
quota-grant-label = 渡すボーナスクレジット
quota-grant-hint = 現在{ $credits }。空欄なら変更しません
quota-allowance-label = 毎月の利用枠
quota-allowance-hint = 現在{ units-credits-monthly }。空欄なら変更しません
quota-hours-label = ブロックする時間数
quota-hours-hint = 空欄なら変更しません。無期限のブロックは /quota block
quota-reason-label = 理由
quota-reason-hint = 任意。ログに残り、ブロックされたメンバーにも表示されます。
quota-nothing-changed = すべて空欄だったので、何も変更していません。

quota-operator-limits-server = ボットの運営者がこのサーバーに認めているのは{ units-credits-monthly }なので、それが上限になります。
quota-operator-blocks-member = ただし、ボットの運営者がすべてのサーバーでブロックしているため、このメンバーはまだ動画を作れません。

quota-not-allowed = **サーバー管理**の権限が必要です。
quota-bad-credits = **credits** は{ $min }～{ $max }の整数で入力してください（入力：{ $given }）。
quota-bad-hours = **hours** は{ $min }～{ $max }の整数で入力してください（入力：{ $given }）。
quota-reason-required = **reason** を入力してください。
quota-reason-too-long = **reason** が長すぎます（{ $characters }文字、最大{ $max }文字）。
quota-bad-month = 「{ $given }」は正しい月ではありません。2026-11のようにYYYY-MMの形で入力してください。
quota-bot-member = { $member }はボットです。ボットは動画を作れません。
quota-not-a-member = { $member }はもうこのサーバーにいません。
quota-role-deleted = { $role }はもうありません。
quota-everyone = @everyone には /quota default を使ってください。
quota-no-bonus = { $member }には、減らせるボーナスクレジットがありません。
quota-too-little-bonus = { $member }から減らせるのは{ units-bonus-credits }までです（残りは使用済みか確保中です）。
quota-not-blocked-member = { $member }はブロックされていません。
quota-nothing-to-reset = { $member }は今月の利用枠をまだ使っていません。

quota-current-default = メンバーの既定の利用枠は{ units-credits-monthly }です。
quota-current-bot-default = メンバーの既定の利用枠は{ units-credits-monthly }です（ボットの設定）。
quota-current-server = このサーバーで使えるのは{ units-credits-monthly }です。
quota-current-server-operator = このサーバーで使えるのは{ units-credits-monthly }です（ボットの運営者が設定）。
quota-current-server-unlimited = このサーバーには独自の予算がありません。ボットのプランの範囲内で使えます。
quota-current-member = { $member }の利用枠は{ units-credits-monthly }です（{ $source }）。
quota-current-role = { $role }の利用枠は{ units-credits-monthly }です。
quota-current-role-none = { $role }には独自の利用枠がありません。
quota-how-to-set = 変更するには、**{ $option }** を付けてこのコマンドをもう一度使ってください。
quota-how-to-change = 変更するには、**{ $option }** を付けてこのコマンドをもう一度使ってください。なくすには /quota clear { $what } を使ってください。

quota-default-not-set = このサーバーの既定の利用枠は設定されていません。メンバーにはすでにボットの既定値が使われています。
quota-server-not-set = このサーバーには独自の予算がありません。
quota-member-not-set = { $member }には個別の利用枠がありません。

quota-queued = このメンバーの動画が{ $movies }本、順番待ちです。
quota-cancel-queued-button = キャンセルして返還
quota-queued-cancelled = { $movies }本の動画をキャンセルし、返還しました。進行中の動画は完成します。
quota-none-queued = このメンバーの順番待ちの動画はもうないため、何もキャンセルしませんでした。

## quotes
## 注文前の動画の料金と、その後の結果。本人だけに表示されます。

quotes-price = { $duration } · **{ units-credits }**
quotes-starter = 🎁 最初の動画は無料です。完成すると、クレジットが返還されます。
quotes-price-at-most = { $duration }で**最大{ units-credits }**：実際にかかった分だけのお支払いです
quotes-storyboard = 🖼️ まず絵コンテ: 描くのに **{ $now }**、レンダリングするならさらに **{ $later }**。決めるまで全額を確保します。
quotes-resets = リセット：{ $time }

quotes-last-model = ⚠️ 前回の{ $model }は{ $rate }、{ $other }は{ $other_rate }です。
quotes-raised = ⚠️ { $model }は値上がりし、現在は{ $rate }です。

quotes-failing = ⚠️ このプロンプトの動画は直近{ $failures }回とも失敗しました。別のプロンプトを試してみてください。

quotes-leaves = 残り{ $after }
quotes-missing = { $credits }不足

quotes-accept-button = 作る（{ $credits }）
quotes-accept-free-button = 作る
quotes-accept-at-most-button = 作る（最大{ $credits }）
quotes-storyboard-button = 絵コンテを描く（{ $now } + { $later }）
quotes-edit-button = 編集
quotes-cancel-button = キャンセル
quotes-shorter-button = { $duration }で作る（{ $credits }）
quotes-with-model = { $model }の{ $duration }
quotes-ideas-button = アイデア
quotes-more-button = その他…
quotes-back-button = 長さとモデル

quotes-accepted = 制作を始めます！下で進み具合を見られます。
quotes-cancelled = キャンセルしました。料金はかかっていません。
quotes-not-accepted = Discordで問題が起きたため、注文も請求もされていません。もう一度お試しください。

quotes-already-ordered = すでに注文済みです。
quotes-already-ordered-there = すでに注文済みです：{ $link }
quotes-replaced = この注文は編集、企画、またはキャンセルされました。料金はかかっていません。
quotes-expired = この料金は期限切れです。料金はかかっていません。最初からやり直してください。

## reasons
## 動画が完成せずに終わった理由（メンバー向け）。

reasons-upstream-failed = 動画サービスがこの動画を完成できませんでした。
reasons-upstream-lost-job = 動画サービスがこの動画を見失いました。
reasons-request-rejected = 動画サービスがこのリクエストを受け付けませんでした。
reasons-authentication-failed = ボットが動画サービスにサインインできません。{ -operator-notified }後でもう一度お試しください。
reasons-model-refused = 動画サービスは今このモデルを受け付けていません。別のモデルを選んでください。{ -operator-notified }
reasons-wrong-api = 動画サービスが変更されたため、このボットの更新が必要です。{ -operator-notified }後でもう一度お試しください。
reasons-credits-ran-out = 動画の制作中に、動画サービスでのボットのクレジットがなくなりました。あなたの操作が原因ではありません。{ -operator-notified }後でもう一度お試しください。
reasons-key-limit-reached = このボットは動画サービスの月間上限に達しました。{ -operator-notified }後でもう一度お試しください。
reasons-plan-exhausted = このボットには動画サービスのクレジットが残っていません。{ -operator-notified }後でもう一度お試しください。
reasons-rate-limited = 動画サービスが混み合っています。数分後にもう一度お試しください。
reasons-unreachable = 1時間、動画サービスに接続できませんでした。後でもう一度お試しください。
reasons-resolved-by-operator = 動画サービスがこの動画を確認しなかったため、ボットの運営者が失敗として処理しました。
reasons-stayed-unknown = この動画がどうなったか最後まで確認できなかったため、待つのをやめて失敗として処理しました。
reasons-response-failed = Discordがコマンドを時間内に確認しなかったため、動画は開始されませんでした。
reasons-cancelled-by-member = 開始前にキャンセルされました。
reasons-cancelled-by-staff = 開始前に、サーバーのスタッフがキャンセルしました。
reasons-cancelled-in-part = 制作中にキャンセルされました。料金は終わったステップの分だけです。
reasons-declined = このサーバーのスタッフが断りました。
reasons-declined-because = このサーバーのスタッフが断りました：「{ $reason }」
reasons-approval-lapsed = このサーバーのスタッフが48時間以内に承認しませんでした。
reasons-server-left = スタッフが判断する前に、ボットがサーバーから削除されました。
reasons-not-offered = 承認されたときには、このモデルまたは長さは使えなくなっていました。
reasons-stopped = 絵コンテで停止しました。料金は絵コンテの分だけです。
reasons-undecided = 絵コンテについて48時間以内に決定がありませんでした。料金は絵コンテの分だけです。
reasons-source-gone = 元の動画が送信前に削除されたため、作れませんでした。料金はかかっていません。

reasons-with-message = { $sentence }サービスからの回答：「{ $message }」

## refusals
## 注文を受け付けられない理由と、メンバーにできること

refusals-not-charged = { -not-charged }
refusals-paused = ボットの運営者が新しい動画の受付を一時停止しています。{ -in-progress-finish }
refusals-server-blocked = ボットの運営者がこのサーバーでの受付を停止しています。{ -in-progress-finish }
refusals-erasing = データの削除を受け付けました。完了すると、また注文できるようになります。
refusals-open-movies = 順番待ちと制作中を合わせて、1人の上限（{ units-movies }）に達しています。どれかが完成したら次を注文してください。
refusals-server-open-movies = 順番待ちと制作中を合わせて、このサーバーの上限（{ units-movies }）に達しています。いくつか完成したら、もう一度お試しください。
refusals-cooling-down = 動画のキャンセルやクレジットを戻す操作が続いたため、少しお待ちください。{ $time }にまた注文や参加ができます。
refusals-failures = 失敗した動画が、このボットに今月かけられる費用の上限に達しました。{ $time }にまた注文できます。失敗したサーバーの管理者は、`/quota unblock` で早めに解除できます。
refusals-too-fast = 少し速すぎます。{ $time }にまた注文できます。{ -not-charged }
refusals-too-many-commands = コマンドの使用が少し速すぎます。{ $time }にまた使えます。

refusals-member-credits = この動画は**{ $price }**かかります。{ $date }までの残りは**{ $left }**です。
refusals-server-credits = この動画は**{ $price }**かかります。{ $date }までのこのサーバーの残りは**{ $left }**です。
refusals-bot-credits = このボットは{ $date }まで、この動画を作れません。
refusals-queue-full = この動画は**{ $price }**かかります。順番待ちの動画に今あと使えるのは**{ $left }**までです。

refusals-blocked = サーバー管理者が、当面の間あなたをブロックしています。
refusals-blocked-until = サーバー管理者が、{ $time }まであなたをブロックしています。
refusals-blocked-everywhere = ボットの運営者が、当面の間あなたをブロックしています。
refusals-blocked-everywhere-until = ボットの運営者が、{ $time }まであなたをブロックしています。
refusals-timed-out-until = プロンプトがこのサーバーのルールに何度も反したため、{ $time }まで、ここでは動画を作れません。
refusals-reason = 理由：{ $reason }
refusals-in-progress-finish = { -in-progress-finish }{ -not-charged }

refusals-server-not-allowed = このボットはこのサーバーの動画を作りません。使いたい場合は、ボットの運営者に相談してください。
refusals-may-not-post = このチャンネルではメッセージを送信できないため、動画も注文できません。
refusals-button-timed-out = このサーバーでタイムアウト中のため、今はこのボタンを使えません。{ $time }にもう一度お試しください。
refusals-not-own-message = 動画にできるのは自分のメッセージだけです。代わりに /movie で内容を書いてください。{ -not-charged }
refusals-menu-off = このサーバーでは、メッセージから動画を作る機能がオフになっています。代わりに /movie で内容を書いてください。{ -not-charged }

# The server's setup: $channels and $roles are lists of mentions
refusals-channel = 動画は{ $channels }で作れます。
refusals-channel-deleted = 動画を作れるチャンネルがなくなりました。サーバー管理者に /setup で選び直してもらってください。
refusals-age = ここでは、年齢制限のあるチャンネルでのみ動画を作れます。
refusals-role = ここで動画を作るには、次のいずれかのロールが必要です：{ $roles }
refusals-role-deleted = 動画を作れるロールがなくなりました。サーバー管理者に /setup で選び直してもらってください。
refusals-no-model = このサーバーで許可されたモデルが、今はどれも使えません。サーバー管理者に /setup でほかのモデルを許可してもらってください。

# The prompt filter. Nothing says which rule it was. $time: "in 24 hours"
refusals-prompt = このプロンプトはサーバーのルールに反しています。書き直してください。間違いだと思う場合は、サーバー管理者に聞いてください。
refusals-prompt-by-bot = こちらが付け足した言葉がサーバーのルールに反していました。ご自分の言葉だけを使ってください。
refusals-prompt-last-one = 今日もう一度あると、ここでは{ units-hours }動画を作れなくなります。
refusals-prompt-timed-out = 今日はこれで上限です。{ $time }にまたここで動画を作れます。
refusals-prompt-flagged = 動画サービスはこのプロンプトを受け付けません（{ $category }）。書き直すか、別のプロンプトにしてください。
refusals-pictures-flagged = 動画サービスはこのプロンプトまたは画像を受け付けません（{ $category }）。プロンプトを変更するか、別の画像を使ってください。

# 残りのクレジットで作れる長さ

refusals-not-staff = この操作はこのサーバーのスタッフだけができます。

## report
## /quota report：1か月の数字とグラフ。見えるのは実行した管理者だけです。

report-title = { $month }のレポート
report-movies = 完成 **{ units-movies }** · 進行中 **{ $running_movies }** · 使用 **{ units-credits }**
report-facts = 確保中：{ $held_credits } · 返還済み：{ $refunded_credits } · 渡したボーナスクレジット：{ $granted_credits }
report-members-field = 使用量の多いメンバー
report-models-field = モデル
report-failures-field = 失敗した動画
report-lost-value = 失われた分：{ units-credits }。動画サービスは失敗した分を返金しません。メンバーには全額返還されています。
report-mismatches-value = ⚠️ 会計に{ $mismatches }件の不一致があります。ボットの運営者に監査を依頼してください。
report-updated-footer = 数値は最大1分前のものです

report-share = { $name }：{ $credits }（{ units-movies }）
report-failure = { $reason }：{ units-movies }（返還{ $refunded_credits }）
report-failure-lost = { $reason }：{ units-movies }（返還{ $refunded_credits }、戻らなかった分{ $lost_credits }）

report-in-line = ほかのレポートを先に作成しています。まもなくここに表示されます。
report-too-many = このサーバーのレポートが続けて作成されました。次は{ $time }に作成できます。

report-service-failed = 動画サービスで失敗
report-service-lost = 動画サービスが見失った
report-rejected = 動画サービスが断った
report-key-rejected = ボットが動画サービスにサインインできなかった
report-model-refused = 動画サービスがモデルを受け付けなかった
report-wrong-version = ボットが動画サービスのこのバージョンに対応していなかった
report-credits-ran-out = 動画サービスのボットのクレジットが途中でなくなった
report-key-limit = ボットが動画サービスの月間上限に達した
report-plan-exhausted = 動画サービスのボットのクレジットが残っていなかった
report-service-busy = 動画サービスが混雑していた
report-unreachable = 動画サービスに接続できなかった
report-not-confirmed = Discordがコマンドを確認しなかった
report-cancelled = メンバーがキャンセル
report-declined = スタッフが断った
report-approval-lapsed = 期限内に承認なし
report-not-offered = 提供終了
report-closed-by-operator = ボットの運営者が失敗として処理
report-stayed-unknown = 長期間たっても結果が不明

report-chart-title = 1日ごとのクレジット（{ $month }）
report-chart-spent = 動画に使用
report-chart-lost = 失敗した動画で失われた分
report-chart-held = 進行中の動画のために確保中
report-chart-refunded = 返還済み
report-chart-empty = この月の動画はありません
report-chart-description = 1日ごとのクレジットの棒グラフ（{ $month }）。内訳：使用{ units-credits }、失敗した動画で失われた分{ $lost_credits }、確保中{ $held_credits }、返還済み{ $refunded_credits }。
report-chart-peak = 最も多く使われた日は{ $date }：{ units-credits }。

## reported
## Reported movies: the modal and what its member reads, and the message in the staff channel.

reported-report-button = 報告
reported-report-modal-title = この動画を報告
reported-reason-label = どんな問題がありますか？
reported-reason-hint = 任意。サーバーのスタッフが読みますが、誰が書いたかは表示されません。
reported-saved = ありがとうございます。サーバーのスタッフが確認します。
reported-no-channel = ありがとうございます。報告を保存しました。今はこのサーバーのスタッフに知らせることができないため、サーバー管理者にも伝えてください。
reported-reviewed = ありがとうございます。この動画はスタッフが以前に確認し、残すことにしました。もう一度報告されたことはスタッフに表示されます。
reported-repeated = すでに報告済みです。
reported-too-many = 今日はたくさんの動画を報告しました。この動画についてはサーバー管理者に伝えてください。
reported-own = これはあなたの動画です。不要になった場合は「⋯」を押してから「削除」を押してください。

reported-title = { $reports ->
    [1] 🚩 動画が報告されました
   *[other] 🚩 動画が{ $reports }回報告されました
}
reported-remove-button = 動画を削除
reported-dismiss-button = 却下
reported-removed = { $staff }が削除しました。
reported-removed-by-requester = リクエストした本人が削除しました。
reported-dismissed = { $staff }が却下しました。動画は残ります。
reported-blocked = { $staff }が{ $member }をブロックしました。

reported-own-decision = 自分の動画への報告は、ほかのスタッフが判断します。不要になった場合は、動画の下の「⋯」を押してから「削除」を押してください。
reported-unknown = この報告は見つかりません。

## requests
## クレジットのリクエスト：ボタン、本人だけが読む返答、メンバーへのDM。

requests-ask-button = 追加をリクエスト
requests-ask-managers = 足りないときは、サーバー管理者からボーナスクレジットをもらえます。
requests-sent = サーバー管理者に{ units-bonus-credits }をリクエストしました。返事はDMで届きます。
requests-asked-today = 今日はすでにリクエストしています。次にリクエストできるのは{ $time }です。
requests-enough = クレジットはもう足りているので、リクエストしませんでした。
requests-no-channel = ここからサーバー管理者に連絡できません。管理者に直接お願いしてください。
requests-no-help = このサーバーは今月これほど多くは使えず、クレジットが増えても作れないため、リクエストしませんでした。

requests-grant-button = { $credits }を渡す
requests-decline-button = 断る

requests-already-answered = { $manager }がすでに返事をしています。
requests-unknown = このリクエストが見つかりません。/quota grant は使えます。
requests-blocked = { $member }はブロックされているため、何も渡していません。先に /quota unblock で解除してください。
requests-blocked-everywhere = ボットの運営者が{ $member }をブロックしているため、何も渡していません。
requests-server-budget = 今月のサーバー予算の残りが{ $member }の動画には足りないため、何も渡していません。/quota server で増やしてから、もう一度押してください。
requests-operator-limit = ボットの運営者がこのサーバーに認めている今月の残りが{ $member }の動画には足りないため、何も渡していません。

requests-answer-granted = 🎉 { $place } で{ units-bonus-credits }を受け取りました。有効期限はありません。/movie で動画を作れます。
requests-answer-declined = { $place } での{ units-bonus-credits }のリクエストを、サーバー管理者が断りました。
requests-answer-unposted = { $place } での{ units-bonus-credits }のリクエストは、スタッフチャンネルに投稿できないため伝えられませんでした。サーバー管理者に直接お願いしてください。

## scenes
## 完成した動画の*シーンを作り直す*

scenes-button = シーンを作り直す
scenes-other-button = ほかのシーン
scenes-title = シーンを作り直す
scenes-intro = 新しい画像とクリップで作り直すシーンを選んでください。元の動画はそのままで、新しいバージョンが届きます。
# $scenes: their numbers, as "2, 5"
scenes-left-out = 作り直せないシーン：{ $scenes }
scenes-placeholder = シーンを選ぶ

# Why none can be chosen
scenes-too-fast = 短い間に何度も見ています。{ $time }にもう一度見られます。
scenes-none = この動画には作り直せるシーンがありません。
scenes-not-now = 動画サービスは今この動画を変更できません。料金はかかっていません。
scenes-no-answer = 動画サービスが今応答していません。料金はかかっていません。1分後にもう一度お試しください。


## series
## Series: the form of a next scene, and the movies that continue one another.

series-continue-button = 続き
series-modal-title = この動画の続きを作る
series-next-scene = 次のシーン：
series-field = シリーズ（{ $movies }本）

## setup
## /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
## settings are in the staff channel, too.

setup-title = サーバーの設定
setup-intro = 管理者を含む全員に適用されます。変更はすぐに反映され、ログに残ります。
setup-nothing-offered = 許可されたモデルが今はどれも使えないため、誰も動画を注文できません。
setup-problem = ⚠️ { $problem }

setup-members-field = 場所とメンバー
setup-models-field = モデルと長さ
setup-defaults-field = 既定値
setup-gallery-field = 完成した動画
setup-approval-field = 承認
setup-community-field = コミュニティ
setup-staff-field = スタッフ
setup-filter-field = プロンプトフィルター
setup-gallery-button = ギャラリーを作る

# $setting: one of the names below; $value: what is set
setup-line = **{ $setting }：** { $value }
# In a menu, while nothing is picked there; $value: what holds then
setup-current-placeholder = { $setting }：{ $value }

# The settings
setup-channels = 動画を作れるチャンネル
setup-roles = 動画を作れる人
setup-video-models = 動画モデル
setup-image-models = 画像モデル
setup-longest-seconds = 動画の最大の長さ
setup-default-video-model = 既定の動画モデル
setup-default-image-model = 既定の画像モデル
setup-default-seconds = 既定の長さ
setup-default-aspect-ratio = 既定のアスペクト比
setup-language = 言語
# Whose messages can be turned into movies, in the menu of a message
setup-message-menu = メッセージメニュー
setup-gallery = ギャラリー
setup-gallery-stars = ギャラリーに必要なスター
setup-age = 年齢のルール
# Rules for prompts: those that come with the bot, and those of the server's managers
setup-filter-presets = 用意されたルール
setup-filter-rules = 独自のルール
setup-approval = スタッフの承認
setup-approval-credits = 承認が必要な料金
setup-trusted-roles = 信頼するロール
setup-approval-fallback = スタッフチャンネルに投稿できない間
setup-storyboard-credits = 先に絵コンテを作る価格
setup-gift-credits = 1人1日のギフト
setup-starter-credits = 最初の動画を無料にする上限
setup-pitch-days = 企画の期間
setup-movie-night = 上映会
setup-weekly-recap = 週のまとめ
setup-staff-channel = スタッフチャンネル
setup-staff-roles = スタッフのロール

# Their values where nothing is set
setup-every-channel-option = すべてのチャンネル
setup-everyone-option = 全員
setup-all-option = すべてのモデル
setup-bot-limit-option = ボットの上限まで
setup-bot-default-option = ボットの既定値
setup-discord-language-option = Discordでのサーバーの言語
setup-order-channel-option = 注文した場所に投稿
setup-no-age-option = 年齢のルールなし
setup-approval-off-option = 承認は不要
setup-no-gifts-option = ギフトなし
setup-no-starter-option = 無料の動画なし
setup-a-week-option = 7日
setup-no-movie-night-option = 上映会なし
setup-weekly-recap-on-option = 週のまとめ（上映会と一緒に、なければ日曜日）
setup-weekly-recap-off-option = 週のまとめなし
setup-days-option = { $days }日
setup-every-movie-option = すべての動画
setup-stars-option = スター{ $stars }個
setup-any-price-option = すべての料金
setup-no-roles-option = なし
setup-approval-hold-option = 承認を待つ
setup-no-storyboards-option = メンバーが希望した場合のみ
setup-none-option = なし
setup-managers-option = サーバー管理者のみ

setup-message-menu-own-option = 自分のメッセージ
setup-message-menu-anyone-option = 全員のメッセージ
setup-message-menu-off-option = オフ
setup-age-spoiler-option = スポイラー：クリックするまで隠す
setup-age-restricted-option = 年齢制限のあるチャンネルのみ
setup-age-spoiler-note = プロンプトは読めるままで、誰でもクリックできます。
setup-age-restricted-note = 注文も動画もそのチャンネルだけです。開ける人を決めるのはDiscordで、ボットは誰の年齢も確認できません。DMで届くのは、そこで注文した本人だけです。
# The day of a movie night. $time: "18:00"
setup-movie-night-monday-option = 月曜日 { $time } UTC
setup-movie-night-tuesday-option = 火曜日 { $time } UTC
setup-movie-night-wednesday-option = 水曜日 { $time } UTC
setup-movie-night-thursday-option = 木曜日 { $time } UTC
setup-movie-night-friday-option = 金曜日 { $time } UTC
setup-movie-night-saturday-option = 土曜日 { $time } UTC
setup-movie-night-sunday-option = 日曜日 { $time } UTC
# In the panel, below the day
setup-movie-night-note = その週でスターの多かった動画を5本まで、ギャラリーか1位の動画のチャンネルに投稿します。
setup-approval-untrusted-option = 信頼するロールのないメンバーの動画
setup-approval-everyone-option = 管理者以外の全員の動画
setup-approval-storyboards-option = 全員の動画（絵コンテができた後）
setup-approval-fallback-start-option = 承認なしで開始する

# Of the prompt filter
setup-off-option = オフ
# $language: "Deutsch"; $category: "slurs", as in the staff channel
setup-preset-option = { $language }：{ $category }
setup-rules-count = { $rules }件のルール

# This language, as Discord's own list of languages names it
setup-this-language-option = 日本語

# The end of a list
setup-more = ほか{ $more }件
setup-deleted = ⚠️ 削除済み{ $more }件

# The prompt filter's own rules, in a form
# $rule: what was typed; $problem: one of the lines below
setup-rules-modal-title = プロンプトのルール
setup-rules-label = ルール（1行に1つ）
setup-rules-more-label = ルールの続き
setup-rules-hint = 単語、連続する単語、前方*、*後方、*部分*、単語 ... 単語
setup-rules-wrong-title = 使えないルールがあります
setup-rules-kept = 何も変更していません。入力した内容は添付ファイルにあり、ボタンでもう一度開けます。
setup-rules-conflict = ⚠️ その間にほかの人がルールを変更したため、何も保存していません。入力した内容は添付ファイルにあり、ボタンで今のルールの代わりに開けます。
setup-rules-fix-button = ルールを直す…
setup-rules-line = { $line }行目「{ $rule }」：{ $problem }
setup-rules-too-many = サーバーのルールは最大{ $max }件、合計{ $room }文字です。今回は{ $rules }件、{ $characters }文字でした。
setup-rule-empty = 文字がありません。
setup-rule-too-long = ルールは{ $max }文字までです。
setup-rule-too-many-words = ルールは{ $max }語までです。
setup-rule-word-too-long = 1語は{ $max }文字までです。
setup-rule-star-inside = *は単語の最初か最後にだけ使えます。
setup-rule-star-too-wide = *の隣には{ $min }文字以上が必要です。
setup-rule-gap-at-end = 「...」は2つの単語の間にだけ使えます。
setup-rule-too-many-gaps = 「...」は{ $max }回までです。

# $change: "Language: Deutsch"
setup-changed = ✅ { $change }
setup-conflict = ⚠️ ほかの人が先に変更したため、保存しませんでした。今の設定はこちらです。
# $problem: "Longest movie: …"
setup-not-changed = ⚠️ 何も変更していません。{ $problem }

# $setting: a setting's name; $problem: one of the next
setup-invalid = { $setting }：{ $problem }
setup-not-a-list = 「{ $value }」はリストではありません。
setup-too-many = 選べるのは{ $max }件までです。
setup-not-an-id = 「{ $value }」はDiscordのIDではありません。
setup-not-offered = 「{ $value }」は使えません。次の中から選んでください：{ $names }
setup-seconds-out-of-range = 「{ $value }」は長さとして使えません。{ $min }～{ $max }の整数（秒）を入力してください。
setup-credits-out-of-range = 「{ $value }」は正しい数ではありません。{ $min }～{ $max }の整数（クレジット）を入力してください。
setup-stars-out-of-range = 「{ $value }」はスターの数として使えません。{ $min }～{ $max }の数を入力してください。
setup-days-out-of-range = 「{ $value }」は日数として使えません。{ $min }～{ $max }の数を入力してください。
# $longest: "1 min"
setup-longer-than-longest = 動画の最大の長さは{ $longest }なので、既定の長さはそれを超えられません。
setup-not-in-server = 「{ $value }」はこのサーバーにありません。
setup-not-a-rule = 「{ $value }」はルールにできません：{ $problem }
setup-everyone = { $value }は選べません。
setup-missing-permissions = { $channel }に投稿できません。先にそこで次の権限をください：{ $permissions }。
setup-not-age-restricted = { $channel }には年齢制限がないため、動画は注文されたチャンネルに表示されます。

# Export and import of a file
setup-exported = このサーバーの設定です。編集や保存ができ、/setup import でほかのサーバーにも使えます。
setup-file-too-large = ファイルが大きすぎます。設定ファイルは{ $max } KBまでです。
setup-file-unreadable = Discordからファイルを取得できませんでした。もう一度お試しください。
setup-file-problems-title = このファイルは取り込めません
# $problem: one of the next, or a problem above
setup-file-line = { $line }行目：{ $problem }
setup-file-line-key = { $line }行目、`{ $key }`：{ $problem }
setup-file-not-json = 正しいJSONではありません。
setup-file-not-an-object = JSONオブジェクトにしてください：{ "{ … }" }
setup-file-other-version = /setup export のファイルと同じ1にしてください。
setup-file-unknown-key = この設定項目はありません。
setup-file-duplicate-key = ファイルに2回以上出てきます。
setup-import-title = この変更を適用しますか？
setup-import-intro = まだ何も変わっていません。ファイルにない項目はそのまま残ります。
setup-import-conflict = ⚠️ その間に設定が変わったため、保存しませんでした。今適用すると次のように変わります。
# $before, $after: values
setup-difference = **{ $setting }：** { $before } → { $after }
# Of the own rules: how many are new, and how many go
setup-rules-difference = **{ $setting }：** { $before } → { $after }（+{ $added }、−{ $removed }）
setup-apply-button = 適用
setup-drop-button = キャンセル
setup-import-nothing-new = このファイルの内容は、すべて設定済みです。
setup-import-dropped = 何も取り込みませんでした。

setup-rules-field = 独自のルール
# The buttons of the panel. Of the file, see below
setup-change-button = 変更
setup-back-button = 戻る
setup-export-button = 書き出す
setup-import-button = 取り込む
setup-reset-button = リセット
# Warnings in the panel
setup-no-staff-channel = スタッフチャンネルがないため、報告もリクエストも届きません
setup-nobody-asked = スタッフチャンネルがないため、承認待ちの動画は /movies でしか見つかりません
# In a form. $unset: what holds where it is empty
setup-seconds-hint = { $min }～{ $max }秒。空欄：{ $unset }
setup-credits-hint = { $min }～{ $max }クレジット。空欄：{ $unset }
# A channel's name
setup-gallery-name = ギャラリー
setup-gallery-not-created = ⚠️ Discordでチャンネルを作れませんでした。
setup-file-label = 設定ファイル
setup-file-hint = 「書き出す」で保存したファイルです。変更は適用する前に確認できます。
setup-reset-title = 設定をリセットしますか？
setup-reset-intro = 上限、クレジット、ブロックはそのままです。残しておくには、先に書き出してください。
# The first questions, with an answer to each
setup-first-title = サーバーを設定しましょう
setup-first-intro = すべて後から /setup panel で変更できます。
setup-first-where = どこで動画を作れますか？
setup-first-credits = メンバーはどれだけ使えますか？
setup-first-approval = スタッフの承認が必要なものは？
setup-first-language = どの言語で投稿しますか？
setup-first-apply-button = この内容で始める
setup-first-change-button = 変更…
setup-first-skip-button = スキップ

## staff
## スタッフチャンネルのメッセージの「⋯」への返答と、ブロックのフォーム

staff-block = ここで新しい動画を作れないようにします。進行中の動画は完成します。
staff-block-button = メンバーをブロック
staff-unblock-button = ブロック解除
staff-movies = このサーバーでの動画
staff-movies-button = 動画
staff-credits = クレジットと明細
staff-credits-button = クレジット
staff-nothing = 今、ここでほかにできることはありません。
staff-unknown = 対象が見つかりません。
staff-erased = このメンバーはデータを削除したため、ブロックできません。
staff-own = 自分自身はブロックできません。
staff-blocked = { $member }さんはすでにブロックされています。
staff-block-modal-title = このメンバーをブロック
staff-hours-label = 期間（時間）
staff-hours-hint = 空欄：解除されるまで
staff-reason-label = 理由
staff-reason-hint = 任意。メンバーに表示され、ログに残ります。

## stages
## 動画サービスの作業内容（動画のカード）

stages-prompt-generation = シーンを執筆中
stages-image-generation = 画像を描画中
stages-audio-generation = 音声を作成中
stages-frame-generation = フレームを準備中
stages-video-generation = 動画を組み立て中
stages-ai-video-generation = 画像を動かしています
stages-speech-generation = 声を録音中
stages-music-generation = 音楽を作曲中
stages-lip-sync-generation = 口の動きを声に合わせています
stages-sound-effect-generation = 効果音を追加中
stages-transcript-generation = 字幕を作成中
stages-delete-reflow = シーンを整理中
stages-timeline-reflowed = シーンをつなげています
stages-rendering = 動画をレンダリング中

## stars
## Stars: the button under each movie, what it answers, and a movie in the gallery.

stars-star-button = ⭐ スター
stars-given = ⭐ この動画にスターを付けました。スター：{ $stars }。もう一度押すと取り消せます。
stars-given-posted = ⭐ この動画にスターを付けました。スター：{ $stars }。ギャラリーに載ります！
stars-taken-back = スターを取り消しました。スター：{ $stars }。
stars-none = まだスターはありません。誰かがあなたの動画にスターを付けると、ボタンに数が出ます。
stars-gone = この動画はもう保存されていないため、スターを付けられません。

# In the gallery
stars-posted = ⭐ このサーバーのメンバーがスターを付けた動画

## states
## 動画の状態（一覧と利用明細）

states-waiting = ⏳ 順番待ち
states-awaiting = ✋ 承認待ち
states-being-made = 🎬 制作中
states-storyboard = 🖼️ 絵コンテの決定待ち
states-ready = ✅ 完成
states-failed = ↩️ 失敗・返還済み
states-cancelled = ↩️ キャンセル・返還済み
states-cancelled-in-part = ↩️ キャンセル・{ $spent }使用
states-unknown = 🔎 確認中

# 動画の詳細のタイトル
states-waiting-title = ⏳ 順番待ち
states-awaiting-title = ✋ 承認待ち
states-being-made-title = 🎬 制作中
states-ready-title = ✅ 完成
states-failed-title = ↩️ 失敗
states-cancelled-title = ↩️ キャンセル
states-unknown-title = 🔎 確認中

## storyboards
## 先に絵コンテを見て決める動画

storyboards-drawn = 絵コンテができました：「{ $title }」。48時間以内にレンダリングするか、停止してください。
storyboards-drawn-shared = 絵コンテができました：「{ $title }」。レンダリングするかは{ $owner }が決めます。
storyboards-reminder = 絵コンテ「{ $title }」があなたの決定を待っています。{ $time }に停止します。
storyboards-not-yours = この絵コンテについて決められるのは、注文した人だけです。
storyboards-not-waiting = この絵コンテは、まだ決定を待っていません。
storyboards-rendering = すでにレンダリング中です。
storyboards-stopped = すでに停止されました。
storyboards-look-button = 見る
storyboards-render-button = レンダリング（{ $credits }）
storyboards-stop-button = 停止（{ $credits } 返却）
storyboards-yours = あと **{ $later }** クレジットでレンダリングするか、停止できます。{ $time }に自動で停止します。
storyboards-scene = 説明のないシーン
storyboards-render-chosen = 了解です！あと { $credits } クレジットでレンダリングします。
storyboards-stop-chosen = 停止しました。動画サービスの確認後、{ $credits } クレジットが戻ります。

## terms
## すべての領域のメッセージが参照する、人や物の呼び方（例：{ -managers }）。

-managers = サーバー管理者
-operator-notified = ボットの運営者に通知しました。
-not-charged = クレジットは使われていません。
-keep-trying = 企画の終了まで試し続け、注文できなければ全員に返還します。
-in-progress-finish = 進行中の動画は最後まで作られます。
-example-prompt = 雨の夜、ネオンが映る水たまりを紙の船が進んでいく

## top
## /top: a month's best of a server. Only the member who asked sees it.

top-title = { $month }のベスト
top-movies-field = 動画
top-makers-field = クリエイター
top-patrons-field = サポーター（使ったクレジット）
top-nothing = この月に完成した動画はありません。
top-footer = /top に載りたくない場合は、/preferences で変更できます。

## units
## 数量・時間・割合。どの領域のメッセージからも参照できます。

units-credits = { $credits }クレジット
units-free = 無料
units-price = { $credits ->
    [0] 無料
   *[other] { units-credits }
}
units-credits-monthly = 毎月{ units-credits }
units-credits-per-second = 1秒あたり{ units-credits }
units-bonus-credits = ボーナスクレジット{ $credits }
units-movies = 動画{ $movies }本
units-seconds = { $seconds }秒
units-minutes = { $minutes }分
units-minutes-seconds = { $minutes }分{ $seconds }秒
units-hours = { $hours }時間
units-hours-minutes = { $hours }時間{ $minutes }分
units-percent = { $percent }%
units-more-lines = ほか{ $more }件
# 並べ方：「Luma、Kling、Veo」
units-list = { $items }、{ $next }

## versions
## 完成した動画から作るもの：1本のバージョンと、数本の長編

versions-scene = シーン{ $scenes }を作り直し
versions-scenes = シーン{ $scenes }を作り直し
versions-dub = { $language }の吹き替え
versions-dub-subtitles = { $language }の吹き替え、字幕あり
versions-subtitles = 字幕あり
versions-subtitles-in = { $language }の字幕
versions-without-subtitles = 字幕なし
versions-film = { units-movies }の長編

versions-made-from = 🎞️ 元になった動画：{ $movie }
versions-of-film = この長編の動画（{ $movies }本）
versions-list = バージョン（{ $versions }本）
versions-films = この動画を使った長編（{ $films }本）
versions-open-button = バージョン
versions-open-placeholder = 関連する動画を開く…

## welcome
## ボットが参加したサーバーへの投稿（サーバーの言語）

welcome-greeting = 👋 こんにちは、Matineeです。言葉を短い動画にします。{ $movie } と入力して、シーンを書いてみてください。たとえば：
welcome-example = { -example-prompt }
welcome-credits = 動画にはクレジットがかかり、毎月全員に配られます。残りと料金は { $help } で見られます。{ -managers }は「設定する」から、動画を作れる場所と使える上限を決められます。
welcome-make-button = 最初の動画を作る
welcome-setup-button = 設定する
