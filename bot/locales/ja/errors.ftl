### 無効なオプション、足りない権限、エラー

errors-problems-title = 直すところが{ $problems }つあります
errors-prompt-blank = プロンプトが空です。動画の内容を{ $max }文字以内で書いてください。
errors-prompt-too-long = プロンプトが{ $characters }文字あります。上限は{ $max }文字です。絵文字の多くは2文字以上と数えます。
errors-duration = 「{ $value }」は長さとして使えません。{ $min }～{ $max }の整数（秒）を入力してください。
errors-no-duration = 長さを{ $min }～{ $max }の整数（秒）で入力してください。
errors-video-model = 動画モデル「{ $value }」は使えません。次から選んでください：{ $names }
errors-video-model-aspect-ratio = { $model }は{ $ratio }に対応していません。次から選んでください：{ $names }
errors-image-model = 画像モデル「{ $value }」は使えません。次から選んでください：{ $names }
errors-aspect-ratio = 「{ $value }」はアスペクト比として使えません。次から選んでください：{ $names }
errors-no-model = 今は{ $ratio }に対応した動画モデルがありません。別のアスペクト比を選んでください。
errors-language = 「{ $value }」は言語として使えません。次から選んでください：{ $names }
errors-no-language = このボットでは今、言語を選べません。空欄にしてください。
errors-several-languages = 動画の音声は1つの言語だけですが、複数選ばれています：{ $names }
errors-subtitles = 字幕は True か False を選んでください。
errors-no-subtitles = このボットでは今、字幕を付けられません。空欄にしてください。
errors-tone = 「{ $value }」はトーンとして使えません。次から選んでください：{ $names }
errors-no-tone = このボットでは今、トーンを選べません。空欄にしてください。
errors-more-models = ほか{ $models }件
errors-not-charged = { -not-charged }

errors-missing-permissions = このチャンネルで必要な権限がありません：{ $permissions }。サーバー管理者に頼んでください。{ -not-charged }

errors-view-channel = チャンネルを見る
errors-send-messages = メッセージを送信
errors-send-messages-in-threads = スレッドでメッセージを送信
errors-embed-links = 埋め込みリンク
errors-attach-files = ファイルを添付
errors-read-message-history = メッセージ履歴を読む
errors-manage-threads = スレッドの管理

errors-empty-message = このメッセージには動画にできる文がありません。/movie で内容を書いてください。{ -not-charged }
errors-only-in-servers = サーバーの中でだけ使えます。DMでは使えません。{ -not-charged }
errors-internal = こちらで問題が起きました。{ -not-charged }少し待ってから、もう一度お試しください。
errors-restarting = 再起動しています。1分後にもう一度お試しください。{ -not-charged }
errors-invalid-option = その選択肢は使えません。一覧から選んでください。{ -not-charged }
errors-server-not-loaded = このサーバーを読み込んでいます。1分後にもう一度お試しください。何も変更していません。
errors-outdated = ボットが更新されました。もう一度コマンドを実行してください。{ -not-charged }
errors-order-voided = 開始に時間がかかりすぎたため、キャンセルしてクレジットを返還しました。もう一度お試しください。
errors-not-queued = 動画を順番待ちに入れられなかったため、制作されません。クレジットは1～2分で返還されます。その後にもう一度お試しください。
