### クレジットのリクエスト：ボタン、本人だけが読む返答、メンバーへのDM。

requests-ask-button = 追加をリクエスト
requests-ask-managers = 足りないときは、サーバー管理者からボーナスクレジットをもらえます。
requests-sent = サーバー管理者に{ units-bonus-credits }をリクエストしました。返事はDMで届きます。
requests-asked-today = 今日はすでにリクエストしています。次にリクエストできるのは{ $time }です。
requests-enough = クレジットはもう足りているので、リクエストしませんでした。
requests-no-channel = ここからサーバー管理者に連絡できません。管理者に直接お願いしてください。
requests-no-help = このサーバーは今月これほど多くは使えず、クレジットが増えても作れないため、リクエストしませんでした。

requests-grant-button = { $credits }を渡す
requests-decline-button = 断る

requests-already-answered = { $manager }がすでに返事をしています。
requests-unknown = このリクエストが見つかりません。/quota grant は使えます。
requests-blocked = { $member }はブロックされているため、何も渡していません。先に /quota unblock で解除してください。
requests-blocked-everywhere = ボットの運営者が{ $member }をブロックしているため、何も渡していません。
requests-server-budget = 今月のサーバー予算の残りが{ $member }の動画には足りないため、何も渡していません。/quota server で増やしてから、もう一度押してください。
requests-operator-limit = ボットの運営者がこのサーバーに認めている今月の残りが{ $member }の動画には足りないため、何も渡していません。

requests-answer-granted = 🎉 { $place } で{ units-bonus-credits }を受け取りました。有効期限はありません。/movie で動画を作れます。
requests-answer-declined = { $place } での{ units-bonus-credits }のリクエストを、サーバー管理者が断りました。
requests-answer-unposted = { $place } での{ units-bonus-credits }のリクエストは、スタッフチャンネルに投稿できないため伝えられませんでした。サーバー管理者に直接お願いしてください。
