### 動画の結果についてのメッセージ（チャンネルまたはDM）

deliveries-ready = { $member } 動画が完成しました。
deliveries-ready-followed = { $member } 動画が完成しました。{ $followers } にもお知らせします。
deliveries-ready-direct = 動画が完成しました。
deliveries-movie-alt-text = AI生成の動画（{ $duration }）：{ $prompt }
deliveries-spent = { "**" }{ $cost }**を使いました
deliveries-spent-left = { "**" }{ $cost }**を使いました · 今月の残り：**{ $left }**
deliveries-not-cancelled = キャンセルする前に完成しました。
deliveries-followed = { $followers } お待ちの動画は完成しましたが、リクエストした人がDMで受け取ることを選びました。
deliveries-followed-direct = 🎬 お待ちの動画が完成しましたが、その場所ではあなたにメンションできません。リクエストした人に見せてもらってください。ID { $id }

deliveries-failed-title = この動画は失敗しました
deliveries-failed = { $member } 動画は失敗しました。クレジットは返還されました。
deliveries-refunded = { "**" }{ $refunded }**が返還されました
deliveries-refunded-left = { "**" }{ $refunded }**が返還されました · 今月の残り：**{ $left }**
deliveries-refunded-bonus = { "**" }{ $refunded }**が返還されました（注文した月が終わったため、ボーナスクレジットとして）

deliveries-unknown-title = 🔎 動画を確認しています
deliveries-unknown = { $member } 動画がどうなったか確認しています。
deliveries-unknown-details =
    動画サービスが注文を確認していません。二重に注文することはありません。{ -operator-notified }
    はっきりするまで**{ $held }**を確保しておきます。その後、動画に使われるか、返還されます。

deliveries-cancelled-title = キャンセル済み
deliveries-cancelled = { $member } 動画はキャンセルされました。
deliveries-spent-refunded = 使用：**{ $cost }** · 返還：**{ $refunded }**

deliveries-not-started-title = 開始されませんでした
deliveries-not-started = { $member } 動画は開始されませんでした。クレジットは返還されました。
deliveries-not-started-details = { "**" }{ $refunded }**が返還されました。/movie でもう一度お試しください。

deliveries-left = 今月の残り：**{ $left }**
