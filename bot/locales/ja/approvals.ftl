### Movies that wait for a server's staff: the message in the staff channel, the list, and what one person reads.

approvals-request-title = ✋ 承認待ちの動画があります
approvals-deadline-field = 期限
approvals-deadline-value = { $time }。それ以降はキャンセルされ、返還されます。
approvals-decision-field = 決定
approvals-approve-button = 承認する
# Opens a form
approvals-decline-button = 断る…

# In the list; $number: the movie's, from 1
approvals-list-approve-button = { $number } を承認
approvals-list-decline-button = { $number } を断る…
approvals-list-title = ✋ 承認待ち：{ units-movies }
approvals-list-empty = 承認待ちの動画はありません。
approvals-list-footer = { $page } / { $pages } ページ
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
approvals-reason-too-long = 理由が長すぎます。{ $max } 文字以内にしてください。
