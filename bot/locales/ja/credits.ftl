### /credits：メンバーの残高、調整、利用明細。見えるのは実行した本人だけですが、管理者はほかのメンバーの分も
### 見られるため、「あなた」とは書きません。

credits-account-title = { $name }さんのクレジット
credits-unnamed-account-title = このメンバーのクレジット
credits-summary =
    残り **{ $left }**
    { $bar } 今月の利用枠を使用・確保済み
    リセット：{ $time }（{ $date }）
credits-blocked = 🚫 サーバー管理者がブロックを解除するまで、動画を作れません。
credits-blocked-until = 🚫 { $time }まで動画を作れません。
credits-blocked-everywhere = 🚫 ボットの運営者がブロックを解除するまで、どのサーバーでも動画を作れません。
credits-timed-out-until = 🚫 プロンプトが何度もサーバーのルールに反したため、{ $time }まで動画を作れません。

credits-allowance-field = 利用枠
credits-used-field = 使用済み
credits-used-value =
    { units-credits }
    今月分
credits-on-hold-field = 確保中
credits-bonus-field = ボーナスクレジット
credits-bonus-value =
    { units-credits }
    期限なし。利用枠の後に使われます
credits-shared-field = サーバー予算
credits-shared-value =
    { units-credits }
    今月の残り

credits-source-member = 個別に設定
credits-source-role = { $role }による
credits-source-server = サーバーの既定値
credits-source-bot = ボットの既定値

credits-adjustments-field = 最近の調整
credits-granted = { $date } { units-bonus-credits }を受け取りました
credits-removed = { $date } { units-bonus-credits }が減らされました
credits-usage-reset = { $date } 今月の利用量がリセットされました
credits-carried-over = { $date } データ削除前に{ units-credits }を利用済み
credits-gift-received = { $date } { $member }から{ units-bonus-credits }
credits-gift-given = { $date } { $member }に{ units-bonus-credits }
credits-old-gift-received = { $date } 別のメンバーから{ units-bonus-credits }
credits-old-gift-given = { $date } 別のメンバーに{ units-bonus-credits }
credits-with-reason = { $change }：{ $reason }

credits-receipts-field = 利用明細
credits-receipts-page-field = 利用明細 { $page }/{ $pages }ページ
credits-receipts-many-pages-field = 利用明細 { $page }ページ（{ $pages }ページ超）
credits-receipt = { $date } { $outcome } · **{ $credits }** · { $duration } { $model }
credits-no-receipts =
    まだ動画がありません。/movie で最初の1本を作ってみましょう。たとえば：
    > { -example-prompt }
credits-member-no-receipts = このサーバーには、まだ動画がありません。
credits-newer-button = 新しい明細
credits-older-button = 古い明細
credits-export-button = CSVで書き出す

credits-exported = 動画{ $movies }本をすべてCSVファイルにまとめました。
credits-exported-latest = 最新の動画{ $movies }本をCSVファイルにまとめました（古いものは含みません）。
credits-export-in-progress = 前回の書き出しがまだ進行中です。まもなくここに表示されます。
credits-too-many-exports = 書き出しが続けて行われました。次は{ $time }に書き出せます。

credits-not-authorized = 自分のクレジットだけを見られます。{ -managers }は全員の分を見られます。
