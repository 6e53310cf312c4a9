### 動画のボタンと、その応答

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
buttons-studio-button = Studioへ
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
