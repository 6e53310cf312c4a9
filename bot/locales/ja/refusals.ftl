### 注文を受け付けられない理由と、メンバーにできること

refusals-not-charged = { -not-charged }
refusals-paused-title = 今は新しい動画を作れません
refusals-paused = ボットの運営者が新しい動画の受付を一時停止しています。{ -in-progress-finish }
refusals-server-blocked-title = このサーバーでは新しい動画を作れません
refusals-server-blocked = ボットの運営者がこのサーバーでの受付を停止しています。{ -in-progress-finish }
refusals-erasing-title = データを削除しています
refusals-erasing = データの削除を受け付けました。完了すると、また注文できるようになります。
refusals-open-movies-title = 今はここまでです
refusals-open-movies = 順番待ちと制作中を合わせて、1人の上限（{ units-movies }）に達しています。どれかが完成したら次を注文してください。
refusals-server-open-movies-title = このサーバーは混み合っています
refusals-server-open-movies = 順番待ちと制作中を合わせて、このサーバーの上限（{ units-movies }）に達しています。いくつか完成したら、もう一度お試しください。
refusals-cooling-down-title = 少し休みましょう
refusals-cooling-down = 動画のキャンセルやクレジットの取り戻しが続いたため、少しお待ちください。{ $time }にまた注文や参加ができます。
refusals-failures-title = 動画の失敗が続いています
refusals-failures = クレジットが返還されても、失敗した動画はこのボットのクレジットを消費します。今月の上限に達しました。{ $time }にまた注文できます。失敗したサーバーの管理者は、`/quota unblock` で早めに解除できます。
refusals-too-fast = 少し速すぎます。{ $time }にまた注文できます。{ -not-charged }
refusals-too-many-commands = コマンドの使用が少し速すぎます。{ $time }にまた使えます。

refusals-no-credits-title = クレジットが足りません
refusals-member-credits = この動画は**{ $price }**かかります。今月の残りは**{ $left }**です。
refusals-server-credits = この動画は**{ $price }**かかります。このサーバーの今月の残りは**{ $left }**です。
refusals-affordable = { $model }なら**{ $duration }**まで作れます。
refusals-nothing-affordable = 今は{ $model }で動画を作れません。
refusals-reset = クレジットのリセット：{ $time }（{ $date }）
refusals-bot-credits-title = このボットは今月これ以上動画を作れません
refusals-bot-credits = { $time }にまた作れます（{ $date }）。{ -not-charged }
refusals-queue-full-title = 一度に注文できる量を超えています
refusals-queue-full = この動画は**{ $price }**かかりますが、順番待ちのあなたの動画が今あと使えるのは**{ $left }**までです。短くしてください。ほかの動画が順番待ちの場合は、その制作が始まってからでも注文できます。

refusals-blocked-title = 動画の作成がブロックされています
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
refusals-channel-title = このチャンネルでは作れません
refusals-channel = 動画は{ $channels }で作れます。
refusals-channel-deleted = 動画を作れるチャンネルがなくなりました。サーバー管理者に /setup で選び直してもらってください。
refusals-age-title = このチャンネルでは作れません
refusals-age = ここでは、年齢制限のあるチャンネルでのみ動画を作れます。
refusals-role-title = 今のロールでは作れません
refusals-role = ここで動画を作るには、次のいずれかのロールが必要です：{ $roles }
refusals-role-deleted = 動画を作れるロールがなくなりました。サーバー管理者に /setup で選び直してもらってください。
refusals-no-model-title = 今はここで動画を作れません
refusals-no-model = このサーバーで許可されたモデルが、今はどれも使えません。サーバー管理者に /setup でほかのモデルを許可してもらってください。

# The prompt filter. Nothing says which rule it was. $time: "in 24 hours"
refusals-prompt-title = このプロンプトはここでは使えません
refusals-prompt = このサーバーのプロンプトのルールに反する言葉が含まれています。書き直して、もう一度お試しください。間違いだと思う場合は、サーバー管理者に聞いてください。
refusals-prompt-by-bot = このサーバーのプロンプトのルールに反する言葉を、こちらが付け足していました。ご自分の言葉だけを使ってください。
refusals-prompt-last-one = 今日もう一度あると、ここでは{ units-hours }動画を作れなくなります。
refusals-prompt-timed-out = 今日はこれで上限です。{ $time }にまたここで動画を作れます。
refusals-prompt-yours = **あなたのプロンプト：** { $prompt }

# 残りのクレジットで作れる長さ
refusals-models-field = モデルごとの上限
refusals-model-affordable = { $model }：最長{ $duration }
refusals-model-not-affordable = { $model }：クレジット不足

refusals-not-staff = この操作はこのサーバーのスタッフだけができます。
