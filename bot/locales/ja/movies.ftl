### /movies：メンバーの動画と、動画1本の詳細。見ている本人だけに見えます。

movies-own-title = あなたの動画
movies-member-title = このサーバーでの{ $name }さんの動画
movies-unnamed-title = このサーバーでのこのメンバーの動画
movies-filtered-title = { $title }（{ $filter }）

movies-none =
    まだ動画がありません。/movie で最初の1本を作ってみましょう。たとえば：
    > { -example-prompt }
movies-none-in-progress = 進行中の動画はありません。
movies-none-ready = 完成した動画はまだありません。
movies-none-failed = 失敗またはキャンセルした動画はありません。
movies-member-none = { $member }さんは、このサーバーでまだ動画をリクエストしていません。
movies-member-none-in-progress = { $member }さんには、このサーバーで進行中の動画がありません。
movies-member-none-ready = { $member }さんには、このサーバーで完成した動画がまだありません。
movies-member-none-failed = { $member }さんには、このサーバーで失敗またはキャンセルした動画がありません。

movies-list-footer = 新しい順です。下から1本選ぶと詳細が見られます。
movies-outage = { $outage }順番待ちの動画は、受け付けが再開され次第始まります。
movies-not-delivered = 📬 完成しましたが、投稿できませんでした。下から開いてください
movies-deleted = 🗑️ 削除済み
movies-elsewhere = 別のサーバー
movies-hidden-prompt = （あなたには表示できない場所で注文されました）
# Members paid for it together
movies-with-others = 共同
movies-share-value = あなたの負担：{ units-credits }
movies-all-hint = すべての動画（新しい順）
movies-in-progress-hint = 順番待ち、制作中、または確認中
movies-ready-hint = すぐに見られます
movies-failed-hint = 失敗またはキャンセル（残りは返還済み）
movies-filter-placeholder = 絞り込み
movies-open-placeholder = 動画を開く…
movies-newer-button = 新しい動画
movies-older-button = 古い動画
movies-refresh-button = 更新
movies-back-button = 一覧に戻る

movies-here-is-yours = あなたの動画です。
movies-here-it-is = こちらの動画です。
movies-posted-late = 先ほどは投稿できませんでした。こちらです。
movies-link-may-have-expired = { $sentence }新しいリンクを取得できなかったため、このリンクは期限切れかもしれません。数分後にもう一度お試しください。

movies-movie-field = 動画
movies-receipt-field = 利用明細
movies-on-hold-value = 完成まで**{ units-credits }**を確保中
movies-unknown-value = 状況がわかるまで**{ units-credits }**を確保中
movies-spent-value = **{ units-credits }**を使用
movies-refunded-value = **{ units-credits }**を返還済み
movies-refunded-in-part-value = 終わったステップに**{ $cost }**を使用、**{ $refund }**を返還済み
movies-requested-by-field = リクエストした人
movies-unnamed-value = このメンバー
movies-requested-in-field = リクエストした場所
movies-left-server-value = 退出したサーバー
movies-other-server-value = 別のサーバー
movies-failed-field = 失敗した理由
movies-cancelled-field = キャンセルの理由
movies-status-field = 状況
movies-deleted-field = 削除
movies-deleted-value = { $date }。メッセージとリンクはもうありません。
movies-deleted-by-manager-value = { $date }、サーバーのスタッフが削除しました。メッセージとリンクはもうありません。
movies-dates-field = 日時
movies-requested-value = リクエスト：{ $date }（{ $ago }）
movies-started-value = 開始：{ $date }
movies-finished-value = 完成：{ $date }
movies-finished-after-value = 完成：{ $date }（所要時間 { $duration }）
movies-ended-value = 終了：{ $date }
movies-id-footer = 動画ID { $id }

movies-not-authorized = 自分の動画だけを見られます。{ -managers }は自分のサーバーの全員の分を見られます。
movies-not-found = この動画は一覧に見つかりません。/movies で一覧を確認してください。
movies-unknown-id = このIDの動画が見つかりません。動画のメッセージの下にあるIDをコピーしてください。
