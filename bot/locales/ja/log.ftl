### サーバー管理者、ボットの運営者、ボットによる変更：スタッフチャンネルと、変更した本人への確認メッセージ。
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
log-gifted = { $member }に{ units-bonus-credits }を贈りました。
log-removed = { $member }の{ units-bonus-credits }を減らしました。
log-blocked = 管理者が解除するまで{ $member }をブロックしました。進行中の動画は完成します。
log-blocked-hours = { $member }を{ units-hours }ブロックしました。進行中の動画は完成します。
log-unblocked = { $member }はまた動画を作れます。
log-usage-reset = { $member }の今月の利用量をリセットしました。
log-usage-reset-credits = { $member }の今月の利用量をリセットしました（これまで：{ units-credits }）。
# $setting: "Longest movie"; $value: "1 min"
log-setting = **{ $setting }**を変更しました：{ $value }
log-gallery-failed = ギャラリー{ $channel }に投稿できなくなりました。投稿できるようになるまで、完成した動画は注文されたチャンネルに表示されます。権限を確認するか、/setup で別のギャラリーを選んでください。
log-movie-night-failed = { $channel }に上映会を投稿できませんでした。そこでの権限と年齢のルールを確認するか、/setup で別のギャラリーを選んでください。

log-request = 🙋 { $time } { $change }
log-credits-requested = { $member }が{ units-bonus-credits }をリクエストしています。
log-credits-declined = { $member }のリクエスト（{ units-bonus-credits }）を断りました。
log-queued-cancelled = 順番待ちだった{ $member }の動画をキャンセルし、{ units-credits }を返還しました。
log-pitch-removed = { $member }の企画を削除し、{ units-credits }を返還しました。
log-request-granted = ✅ { $manager }が渡しました。
log-request-declined = ❌ { $manager }が断りました。
log-request-replaced = このメンバーはその後もう一度リクエストしたため、新しいほうにだけ返事ができます。
log-request-lapsed = このリクエストは期限切れです。メンバーはもう一度リクエストできます。
log-request-not-told = { $member }にDMを送れません。直接伝えてください。

log-failures-stopped = 失敗した動画でボットが{ units-credits }を失ったため、{ $member }は今月これ以上動画を作れません。管理者は /quota unblock で続けられるようにできます。
# A prompt that the filter stopped, for staff. $category: one of the categories below
log-prompt-refused = { $member }のプロンプトがルール「{ $rule }」により止められました：||{ $prompt }||
log-prompt-refused-preset = { $member }のプロンプトがルール「{ $rule }」（{ $category }）により止められました：||{ $prompt }||
log-prompt-refused-operator = { $member }のプロンプトがボットの運営者のルールにより止められました：||{ $prompt }||
log-timed-out = 今日止められたプロンプトが多すぎるため、{ $member }は{ units-hours }動画を作れません。管理者は /quota unblock で解除できます。
log-category-minors = 未成年者の性的な内容
log-category-sexual = 性的な内容
log-category-gore = 残虐な内容
log-category-slurs = 差別的な言葉
log-server-limited = 管理者の設定に関係なく、このサーバーで使えるのは{ units-credits-monthly }までです。
log-server-limit-reset = このサーバーの上限はボットの通常の上限に戻りました。
log-server-blocked = このサーバーでは動画を作れなくなりました。進行中の動画は完成します。
log-server-unblocked = このサーバーでまた動画を作れます。
log-paused = 今はどのサーバーでも新しい動画を作れません。進行中の動画は完成します。
log-resumed = また新しい動画を作れます。
log-movie-unknown = { $member }の動画について、動画サービスから確認が取れませんでした。結果が分かるまで{ units-credits }を確保したままにします。
log-movie-given-up = { $member }の動画がどうなったか確認できませんでした。失敗として処理し、{ units-credits }を返還しました。
log-movie-resolved = { $member }の動画を確認しました。
log-movie-deleted = { $member }の動画を削除しました（ID { $id }）。
log-gallery-removed = { $member }の動画をギャラリーから外しました（ID { $id }）。
log-report-dismissed = { $member }の動画への報告を却下しました（ID { $id }）。
log-deletion-refused = { $member }の動画（ID { $id }）は削除されましたが、Discordの権限がないため、そのメッセージを削除できません。30日間、再試行を続けます。手動でも削除できます：{ $link }
log-deletion-given-up = { $member }の動画（ID { $id }）は削除されましたが、30日たってもメッセージを削除する権限がないため、再試行を終了しました。手動で削除してください：{ $link }
log-approval-requested = { $member }の動画（{ units-credits }）が承認を待っています（ID { $id }）。
log-movie-approved = { $member }の動画（{ units-credits }）を開始できます（ID { $id }）。
log-movie-declined = { $member }の動画（{ units-credits }）を断り、返還しました（ID { $id }）。
log-approval-lapsed = { $member }の動画（{ units-credits }）は期限内に決まらなかったため、キャンセルされ、返還されました（ID { $id }）。
log-backup-restored = バックアップを復元しました。{ $member }の動画は、ボットの運営者が確認するまで待機します。

log-reason-role-deleted = ロールが削除されました
log-reason-movie = 動画 { $id }
log-reason-failed = 失敗（クレジット返還済み）
log-reason-request-found = 動画サービスで見つかりました（ID：{ $id }）
log-reason-may-be-ordered = 動画 { $id } はすでに注文された可能性があります
log-reason-may-be-sent = 動画 { $id } についてのメッセージはすでに送信された可能性があります
log-reason-requested = メンバーのリクエスト
log-reason-not-age-restricted = ギャラリーに年齢制限がありません
log-reason-staff-unreachable = スタッフチャンネルに投稿できず、このサーバーではその場合に動画を開始する設定です
