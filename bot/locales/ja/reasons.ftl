### 動画が完成せずに終わった理由（メンバー向け）。

reasons-failed = 動画サービスがこの動画を完成できませんでした。
reasons-lost = 動画サービスがこの動画を見失いました。
reasons-rejected = 動画サービスがこのリクエストを受け付けませんでした。
reasons-key-rejected = ボットが動画サービスにサインインできません。{ -operator-notified }後でもう一度お試しください。
reasons-model-refused = 動画サービスは今このモデルを受け付けていません。別のモデルを選んでください。{ -operator-notified }
reasons-service-changed = 動画サービスが変更されたため、このボットの更新が必要です。{ -operator-notified }後でもう一度お試しください。
reasons-credits-ran-out = 動画の制作中に、動画サービスでのボットのクレジットがなくなりました。あなたの操作が原因ではありません。{ -operator-notified }後でもう一度お試しください。
reasons-key-limit = このボットは動画サービスの月間上限に達しました。{ -operator-notified }後でもう一度お試しください。
reasons-no-credits = このボットには動画サービスのクレジットが残っていません。{ -operator-notified }後でもう一度お試しください。
reasons-busy = 動画サービスが混み合っています。数分後にもう一度お試しください。
reasons-unreachable = 1時間、動画サービスに接続できませんでした。後でもう一度お試しください。
reasons-closed = 動画サービスがこの動画を確認しなかったため、ボットの運営者が失敗として処理しました。
reasons-stayed-unknown = この動画がどうなったか最後まで確認できなかったため、待つのをやめて失敗として処理しました。
reasons-unconfirmed = Discordがコマンドを時間内に確認しなかったため、動画は開始されませんでした。
reasons-cancelled = 開始前にキャンセルされました。
reasons-cancelled-by-staff = 開始前に、サーバーのスタッフがキャンセルしました。
reasons-cancelled-in-part = 制作中にキャンセルされました。料金は終わったステップの分だけです。
reasons-declined = このサーバーのスタッフが断りました。
reasons-declined-because = このサーバーのスタッフが断りました：「{ $reason }」
reasons-approval-lapsed = このサーバーのスタッフが48時間以内に承認しませんでした。
reasons-server-left = スタッフが判断する前に、ボットがサーバーから削除されました。
reasons-not-offered = 承認されたときには、このモデルまたは長さは使えなくなっていました。

reasons-with-message = { $sentence }サービスからの回答：「{ $message }」
