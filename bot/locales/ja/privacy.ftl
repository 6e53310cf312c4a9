### /privacy と、文章が削除された動画の表示

privacy-prompt-gone = （プロンプトは削除されました）
privacy-link-gone = この動画のリンクは削除されました。
privacy-not-again = この動画のプロンプトは削除されたため、もう一度作成できません。/movie で新しく作成してください。{ -not-charged }
privacy-unnamed = データを削除したメンバー

privacy-title = あなたのデータ
privacy-about = 保存しているのは、あなたのID、動画や企画とそのプロンプトやリンク、注文時の名前、クレジットとその変更履歴、/preferences の設定、通知を希望した動画、投票した企画、スターを付けた動画や報告した動画（とその理由）、サーバーのルールで止められたプロンプトの冒頭です。ほかのメッセージは、誰かが動画にしない限り保存しません。プロンプトは動画サービスに送られます。
privacy-kept-field = 保存期間
privacy-kept-value = 動画や企画が終わってから{ $days }日後に、プロンプト、リンク、名前を削除します。IDとクレジットは、あなたが削除するまで、またはボットがサーバーから外されて30日後まで残ります。
privacy-kept-always-value = あなたが削除するまで、またはボットがサーバーから外されて30日後までです。
privacy-elsewhere-field = 削除できないもの
privacy-elsewhere-value = すでにDiscordにあるメッセージと、動画サービスが保存しているものです。
privacy-now-field = 現在の状態
privacy-now-value = { units-movies }、クレジットとその履歴、個人設定です。
privacy-nothing = あなたのデータは何も保存されていません。
privacy-export-button = エクスポート
privacy-erase-button = データを削除
privacy-policy-button = プライバシーポリシー
privacy-terms-button = 利用規約
privacy-export-ready = あなたについて保存しているすべてのデータです。JSONと、表計算ソフト用のCSVがあります。
privacy-export-too-large = Discordのメッセージには大きすぎます。ボットの運営者に依頼してください。
privacy-question = { "**" }すべてのサーバーのデータを削除しますか？** 元に戻せません。
privacy-question-what = 動画、リンク、利用明細、設定が消えます。募集中の企画は取り下げられ、ほかの人の企画に出したクレジットは返還されます。Discordのメッセージは残ります。
privacy-question-waiting = 順番待ちの{ units-movies }はキャンセルされ、返還されます。
privacy-question-open = 制作中の{ units-movies }は届いてから削除されます。それまで注文できません。
privacy-question-bonus = { units-bonus-credits }は失われます。
privacy-question-memory = 今月の利用量は月末まで有効です。ブロックと、0に設定された利用枠は、解除されるか期限が来るまで有効です。あなたを特定しないコードだけで記録します。
privacy-confirm-button = すべて削除
privacy-keep-button = データを残す
privacy-erased = 完了しました。データを削除しました。
privacy-erasing-soon = データを削除しています。少しお待ちください。
privacy-erasing-later = データを削除しています。制作中の{ units-movies }は、届いてから削除されます。それまで注文できません。
privacy-nothing-erased = 何も削除していません。
privacy-not-yours = このボタンは /privacy を実行した本人だけが使えます。自分のデータを見るには、/privacy を実行してください。
privacy-too-often = データを何度も削除しています。{ $time }にまた削除できます。
