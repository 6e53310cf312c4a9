### /help：ボットにできることと、このメンバーがここでできること。本人だけに見えます。

help-title = Matineeは言葉を動画にします
help-summary = { $command } でシーンを書くと、短い動画を作ります。動画にはクレジットがかかり、失敗した分は返還されます。
help-status-field = あなたの状況
help-available = ✅ このチャンネルで動画を作れます。
help-refused = 🚫 { $reason }
help-missing-permissions = 🚫 ここには動画を投稿できません。このチャンネルで必要な権限：{ $permissions }。サーバー管理者に頼んでください。
help-no-member-credits = 🚫 クレジットを使い切りました。リセット：{ $time }
help-no-server-credits = 🚫 このサーバーの予算を使い切りました。リセット：{ $time }
help-no-bot-credits = 🚫 このボットは今月これ以上動画を作れません。{ $time }にまた作れます。
help-in-progress = 🎬 あなたの動画{ $movies }本が進行中です：{ $command }
help-many-in-progress = 🎬 進行中のあなたの動画は{ $movies }本を超えています：{ $command }

help-credits-field = あなたのクレジット
help-left = 残り **{ $left }**。リセット：{ $time }
help-bonus = このうち{ units-bonus-credits }は期限がありません。
help-shared = サーバー予算の今月の残りは{ units-credits }です。

help-prices-field = 1秒あたりの料金
help-price = **{ $model }**：{ units-credits } · { $ratios }
help-more-models = ほか{ $models }モデル
help-asks-above = 動画は最長{ $duration }です。{ units-credits }より多く使う前に確認します。
help-asks-above-or-share = 動画は最長{ $duration }です。{ units-credits }、または残高の{ $share }を超える場合は、使う前に確認します。
help-always-asks = 動画は最長{ $duration }です。クレジットを使う前に、必ず料金を表示します。

help-commands-field = コマンド
help-command = { $command } · { $description }
help-from-a-message = 自分のメッセージから：**アプリ** → **{ $menu }**
help-from-any-message = どのメッセージからでも：**アプリ** → **{ $menu }**
help-managers = 管理者向け：{ $setup }、{ $show }、{ $report }、そのほかの /quota コマンド
