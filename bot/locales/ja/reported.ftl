### Reported movies: the modal and what its member reads, and the message in the staff channel.

reported-report-button = 報告
reported-report-modal-title = この動画を報告
reported-reason-label = どんな問題がありますか？
reported-reason-hint = 任意。サーバーのスタッフが読みますが、誰が書いたかは表示されません。
reported-saved = ありがとうございます。サーバーのスタッフが確認します。
reported-no-channel = ありがとうございます。報告を保存しました。今はこのサーバーのスタッフに知らせることができないため、サーバー管理者にも伝えてください。
reported-reviewed = ありがとうございます。この動画はスタッフが以前に確認し、残すことにしました。もう一度報告されたことはスタッフに表示されます。
reported-repeated = すでに報告済みです。
reported-too-many = 今日はたくさんの動画を報告しました。この動画についてはサーバー管理者に伝えてください。
reported-own = これはあなたの動画です。不要になった場合は「削除」を押してください。

reported-title = 🚩 動画が{ $reports }回報告されました
reported-reasons-field = 理由
reported-remove-button = 動画を削除
reported-block-button = メンバーをブロック
reported-dismiss-button = 却下
reported-removed = { $staff }が削除しました。
reported-removed-by-requester = リクエストした本人が削除しました。
reported-dismissed = { $staff }が却下しました。動画は残ります。
reported-blocked = { $staff }が{ $member }の動画作成をブロックしました。

reported-own-decision = 自分の動画への報告は、ほかのスタッフが判断します。不要になった場合は、動画の下の「削除」を押してください。
reported-unknown = この報告は見つかりません。
reported-erased = このメンバーはデータを削除したため、ブロックできません。
reported-block-modal-title = このメンバーをブロック
reported-hours-label = 期間（時間）
reported-hours-hint = 空欄：解除されるまで
reported-block-reason-label = 理由
reported-block-reason-hint = 任意。メンバーに表示され、記録されます。
