### /quota：サーバーやメンバーの上限と、エラーの説明。見えるのは実行した管理者だけです。

quota-server-title = サーバーの上限
quota-each-member-field = 既定の利用枠
quota-server-field = サーバー予算
quota-staff-channel-field = スタッフチャンネル
quota-roles-field = ロール
quota-members-field = メンバー
quota-blocked-field = ブロック

quota-bot-default = { units-credits-monthly }（ボットの既定値）
quota-set-by-operator = { units-credits-monthly }（ボットの運営者が設定）
quota-unlimited = 無制限（ボットのプランの範囲内）
quota-no-channel = 未設定（/setup で選べます）
quota-channel-failed = ⚠️ { $time }に投稿できませんでした。ボットの権限を確認してから、チャンネルを設定し直してください。
quota-limit-line = { $name }：{ units-credits-monthly }
quota-block-line = { $name }：{ $block }

quota-member-title = { $name }さんの上限
quota-unnamed-member-title = このメンバーの上限
quota-allowance-field = 利用枠
quota-used-field = 今月の使用分
quota-on-hold-field = 確保中
quota-bonus-field = ボーナスクレジット
quota-bonus-value = 残り{ $credits }（受け取った合計{ $granted }）
quota-left-field = 残り

quota-not-blocked = なし
quota-blocked-until = { $time }まで
quota-blocked = 解除されるまで
quota-blocked-everywhere = すべてのサーバーで、ボットの運営者が解除するまで
quota-blocked-everywhere-until = すべてのサーバーで{ $time }まで（ボットの運営者）
quota-timed-out-until = { $time }まで（プロンプトフィルター）
quota-block-with-reason = { $block }（{ $reason }）

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
quota-queued-cancelled = { $movies }本の動画をキャンセルし、返還しました。制作中の動画はそのまま完成します。
quota-none-queued = このメンバーの順番待ちの動画はもうないため、何もキャンセルしませんでした。
