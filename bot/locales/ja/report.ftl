### /quota report：1か月の数字とグラフ。見えるのは実行した管理者だけです。

report-title = { $month }のレポート
report-movies = 完成 **{ units-movies }** · 進行中 **{ $running_movies }**
report-credits =
    使用 **{ units-credits }**
    確保中：{ $held_credits } · 返還済み：{ $refunded_credits } · 付与したボーナスクレジット：{ $granted_credits }
report-members-field = 使用量の多いメンバー
report-models-field = モデル
report-failures-field = 失敗した動画
report-lost-field = 失敗した動画で失われた分
report-lost-value = { units-credits }。動画サービスは失敗した分を返金しません。メンバーには全額返還されています。
report-server-field = サーバー予算
report-server-value =
    { $bar }
    残り{ units-credits }
report-mismatches-field = 会計
report-mismatches-value = ⚠️ 会計に{ $mismatches }件の不一致があります。ボットの運営者に監査を依頼してください。
report-none = なし
report-none-yet = まだありません
report-updated-footer = 数値は最大1分前のものです

report-share = { $name }：{ $credits }（{ units-movies }）
report-failure = { $reason }：{ units-movies }（返還{ $refunded_credits }）
report-failure-lost = { $reason }：{ units-movies }（返還{ $refunded_credits }、戻らなかった分{ $lost_credits }）

report-in-line = ほかのレポートを先に作成しています。まもなくここに表示されます。
report-too-many = このサーバーのレポートが続けて作成されました。次は{ $time }に作成できます。

report-service-failed = 動画サービスで失敗
report-service-lost = 動画サービスが見失った
report-rejected = 動画サービスが断った
report-key-rejected = ボットが動画サービスにサインインできなかった
report-model-refused = 動画サービスがモデルを受け付けなかった
report-wrong-version = ボットが動画サービスのこのバージョンに対応していなかった
report-credits-ran-out = 動画サービスのボットのクレジットが途中でなくなった
report-key-limit = ボットが動画サービスの月間上限に達した
report-plan-exhausted = 動画サービスのボットのクレジットが残っていなかった
report-service-busy = 動画サービスが混雑していた
report-unreachable = 動画サービスに接続できなかった
report-not-confirmed = Discordがコマンドを確認しなかった
report-cancelled = メンバーがキャンセル
report-declined = スタッフが断った
report-approval-lapsed = 期限内に承認なし
report-not-offered = 提供終了
report-closed-by-operator = ボットの運営者が失敗として処理
report-stayed-unknown = 長期間たっても結果が不明

report-chart-title = 1日ごとのクレジット（{ $month }）
report-chart-spent = 動画に使用
report-chart-lost = 失敗した動画で失われた分
report-chart-held = 進行中の動画のために確保中
report-chart-refunded = 返還済み
report-chart-empty = この月の動画はありません
report-chart-description = 1日ごとのクレジットの棒グラフ（{ $month }）。内訳：使用{ units-credits }、失敗した動画で失われた分{ $lost_credits }、確保中{ $held_credits }、返還済み{ $refunded_credits }。
report-chart-peak = 最も多く使われた日は{ $date }：{ units-credits }。
