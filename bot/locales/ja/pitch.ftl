### /pitch：メンバーがみんなで支払う動画。公開のメッセージと、ボタンを押した人だけが読む返事

# The public message. $time: "in 3 days"
pitch-open-title = 🎟️ みんなでこの動画を作りましょう
pitch-waiting-title = ⏳ クレジットが集まりました（制作待ち）
pitch-funded-title = 🎬 クレジットが集まり、動画を注文しました
pitch-ended-title = この企画は終了しました
pitch-movie-field = 動画
pitch-member-field = 企画した人
pitch-credits-field = クレジット
pitch-progress = { $price }中{ $pledged } · { $people }人 · 終了：{ $time }
# What goes on while it waits, after each of the reasons
-pitch-keep-trying = 企画の終了まで試し続けます。それまでに注文できなければ、クレジットは全員に返還されます。
pitch-waits-plan = このボットは今月、これ以上動画を作れません。{ -pitch-keep-trying }
pitch-waits-server = このサーバーの予算がまだ足りません。{ -pitch-keep-trying }
pitch-waits-busy = 進行中の動画が多すぎます。{ -pitch-keep-trying }
pitch-waits-paused = 新しい動画は一時停止中です。{ -pitch-keep-trying }
pitch-waits-member = 今は注文できません。{ -pitch-keep-trying }
pitch-ended-funded = クレジットがすべて集まり、動画を注文しました。
pitch-ended-lapsed = 動画を注文できないまま期限が過ぎました。クレジットは全員に返還されました。
pitch-ended-withdrawn = 企画した人が取り下げました。クレジットは全員に返還されました。
pitch-ended-removed = このサーバーのスタッフが削除しました。クレジットは全員に返還されました。
pitch-ended-prompt = プロンプトがこのサーバーのルールに反しています。クレジットは全員に返還されました。
pitch-ended-not-offered = モデルまたは長さがここでは使えなくなりました。クレジットは全員に返還されました。
pitch-ended-restored = ボットがバックアップから復元されたため、終了しました。クレジットは全員に返還されました。
pitch-ended-server-left = ボットがサーバーから削除されました。クレジットは全員に返還されました。
pitch-ended-gone = メッセージまたはチャンネルが削除されました。クレジットは全員に返還されました。

pitch-add-button = { $credits }クレジット出す
pitch-rest-button = 残り全部（{ $credits }）
pitch-other-button = 別の額
pitch-back-button = 自分のクレジットを戻す
pitch-vote-button = 投票（{ $votes }）
pitch-withdraw-button = 企画を取り下げる
pitch-withdraw-confirm-button = この企画を取り下げる
pitch-remove-button = 企画を削除
pitch-remove-confirm-button = この企画を削除する
pitch-other-modal-title = 別の額を出す
pitch-amount-label = 何クレジットですか？
pitch-amount-hint = あと必要なのは{ units-credits }です。動画が作られなければ、返還されます。

# Private answers. $share, $mine, $missing, $price, $left: amounts such as "50 credits"
pitch-pledged = { $share }を出しました。あなたの合計は{ $mine }、あと必要なのは{ $missing }です。クレジットは確保されたままで、全額が集まるまでは戻せます。
pitch-month-ends = 🗓️ このうち{ units-credits }は今月の利用枠からで、利用枠は月末（{ $time }）で終わります。それまでに全額が集まらなければ、その分は失効します。
pitch-completed = 🎉 あなたの{ $share }で集まりました！動画を注文しました。進み具合はここで見られます。
pitch-completed-approval = 🎉 あなたの{ $share }で集まりました！まず、このサーバーのスタッフが動画を承認します。48時間以内に承認されなければ、クレジットは全員に返還されます。
pitch-completed-waiting = 🎉 あなたの{ $share }で集まりました！
pitch-taken-back = { $share }を戻しました。あと必要なのは{ $missing }です。
pitch-shortfall = { $price }必要ですが、残りは{ $left }です。{ -not-charged }額を減らすか、リセットをお待ちください：{ $time }
pitch-too-much = 多すぎます。あと必要なのは{ $missing }です。{ -not-charged }
pitch-complete = この企画はすでにクレジットが集まっています。動画は制作待ちです。
pitch-no-pledge = この企画にあなたのクレジットはありません。
pitch-not-yours = この企画を取り下げられるのは{ $member }だけです。自分のクレジットを取り戻すには「{ pitch-back-button }」を押してください。
pitch-too-many = ここで公開中の企画がすでに{ $pitches }件あり、これが上限です。1つ取り下げるか、終了を待ってください。
pitch-failing = このプロンプトの動画は直近{ $failures }回とも失敗したため、ほかの人に費用を出してもらうことはできません。別のプロンプトで企画するか、先に自分で/movieから作ってみてください。
pitch-voted = この企画に投票しました。投票は無料で、/pitches の並び順だけが変わります。
pitch-voted-already = この企画にはすでに投票しています。
pitch-unknown = ここではこの企画が見つかりません。受付中の企画は /pitches で見られます。
pitch-over = この企画は終了しました。
pitch-handled = すでに処理しました。この企画のあなたの分は{ $mine }です。
pitch-amount-invalid = クレジットの数を整数で入力してください（例：25）。{ -not-charged }
pitch-never-fits-server = この動画は{ $price }で、サーバー予算は1か月で{ $left }です。短くしてください。
pitch-never-fits-queue = この動画は{ $price }ですが、1人の順番待ちの動画は合計{ $left }までです。短くしてください。
pitch-never-fits-bot = この動画は{ $price }で、ボットが1か月に使える額を超えています。短くしてください。
pitch-withdraw-question = この企画を取り下げますか？クレジットは全員に返還され、もう参加できなくなります。
pitch-withdrawn = 取り下げました。クレジットは全員に返還されます。
pitch-remove-question = この企画を削除しますか？プロンプトは非表示になり、クレジットは全員に返還されます。
pitch-removed = 削除しました。クレジットは全員に返還されます。
pitch-not-posted = Discordが企画を確認できなかったため、取り下げました。もう一度お試しください。
