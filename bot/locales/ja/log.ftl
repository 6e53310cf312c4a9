### サーバー管理者、ボットの運営者、ボットによる変更：ログのチャンネルと、変更した本人への確認メッセージ。ログの
### チャンネルは公開のこともあるため、残高は載せません。

log-entry = { $time } { $actor }：{ $change }
log-entry-with-reason = { $time } { $actor }：{ $change } 理由：{ $reason }
log-entry-with-result = { $time } { $actor }：{ $change } 結果：{ $result }
log-bot = ボット
log-operator = ボットの運営者
log-confirmation = ✅ { $change }

log-default-set = メンバーの既定の利用枠を{ units-credits-monthly }にしました。
log-default-cleared = メンバーの利用枠をボットの既定値に戻しました。
log-server-set = サーバー予算を{ units-credits-monthly }にしました。
log-server-cleared = サーバー予算をなくしました。
log-member-set = { $subject }の利用枠を{ units-credits-monthly }にしました。
log-member-cleared = { $subject }の個別の利用枠をなくしました。
log-role-set = { $subject }の利用枠を{ units-credits-monthly }にしました。
log-role-cleared = { $subject }の利用枠をなくしました。
log-granted = { $member }に{ units-bonus-credits }を渡しました。
log-removed = { $member }の{ units-bonus-credits }を減らしました。
log-blocked = 管理者が解除するまで{ $member }をブロックしました。進行中の動画は完成します。
log-blocked-hours = { $member }を{ units-hours }ブロックしました。進行中の動画は完成します。
log-unblocked = { $member }はまた動画を作れます。
log-usage-reset = { $member }の今月の利用量をリセットしました。
log-usage-reset-credits = { $member }の今月の利用量をリセットしました（これまで：{ units-credits }）。
log-channel-set = これからの変更は{ $channel }に記録されます。
log-channel-cleared = これからの変更はチャンネルに投稿されません。
# $setting: "Longest movie"; $value: "1 min"
log-setting = **{ $setting }**を変更しました：{ $value }

log-request = 🙋 { $time } { $change }
log-credits-requested = { $member }が{ units-bonus-credits }をリクエストしています。
log-credits-declined = { $member }のリクエスト（{ units-bonus-credits }）を断りました。
log-request-granted = ✅ { $manager }が渡しました。
log-request-declined = ❌ { $manager }が断りました。
log-request-replaced = このメンバーはその後もう一度リクエストしたため、新しいほうにだけ返事ができます。
log-request-lapsed = このリクエストは期限切れです。メンバーはもう一度リクエストできます。
log-request-not-told = { $member }にDMを送れません。直接伝えてください。

log-failures-stopped = 失敗した動画でボットが{ units-credits }を失ったため、{ $member }は今月これ以上動画を作れません。管理者は /quota unblock で続けられるようにできます。
log-server-limited = 管理者の設定に関係なく、このサーバーで使えるのは{ units-credits-monthly }までです。
log-server-limit-reset = このサーバーの上限はボットの通常の上限に戻りました。
log-server-blocked = このサーバーでは動画を作れなくなりました。進行中の動画は完成します。
log-server-unblocked = このサーバーでまた動画を作れます。
log-paused = 今はどのサーバーでも新しい動画を作れません。進行中の動画は完成します。
log-resumed = また新しい動画を作れます。
log-movie-unknown = { $member }の動画について、動画サービスから確認が取れませんでした。結果が分かるまで{ units-credits }を確保したままにします。
log-movie-resolved = { $member }の動画を確認しました。
log-movie-deleted = { $member }の動画を削除しました（ID { $id }）。
log-backup-restored = バックアップを復元しました。{ $member }の動画は、ボットの運営者が確認するまで待機します。

log-reason-role-deleted = ロールが削除されました
log-reason-movie = 動画 { $id }
log-reason-failed = 失敗（クレジット返還済み）
log-reason-request-found = 動画サービスで見つかりました（ID：{ $id }）
log-reason-may-be-ordered = 動画 { $id } はすでに注文された可能性があります
log-reason-may-be-sent = 動画 { $id } についてのメッセージはすでに送信された可能性があります
log-reason-requested = メンバーのリクエスト
