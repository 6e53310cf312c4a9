### 注文前の動画の料金と、その後の結果。本人だけに表示されます。

quotes-title = この動画の料金は{ units-credits }です
quotes-movie-field = 動画
quotes-balance-field = 注文後の残高
quotes-balance-value =
    { "**" }{ $after }**（現在：{ units-credits }）
    リセット：{ $time }（{ $date }）
quotes-footer = あなただけに表示されています。「{ quotes-accept-button }」を押すまで料金はかかりません。

quotes-last-model-field = 前回のモデル
quotes-last-model-value = { $model }は{ $rate }、既定の{ $other }は{ $other_rate }です。変更するには「{ quotes-edit-button }」を押してください。

quotes-failing-field = ⚠️ このプロンプトは失敗が続いています
quotes-failing-value = このプロンプトの動画は直近{ $failures }回とも失敗しました。別のプロンプトを試してみてください。

# 長さの入力中に表示される候補
quotes-duration-option = { $duration } · { units-credits } · 残り{ $after }
quotes-too-long-option = { $duration } · { units-credits } · クレジット不足

quotes-accept-button = 作成する
quotes-edit-button = 編集
quotes-cancel-button = キャンセル
quotes-smaller-button = 代わりに{ $duration }で作成（{ units-credits }）

quotes-accepted = 作成を始めます！下で進み具合を確認できます。
quotes-cancelled = キャンセルしました。料金はかかっていません。
quotes-not-accepted = Discordで問題が起きたため、注文も請求もされていません。もう一度お試しください。

quotes-already-ordered = すでに注文済みです。
quotes-already-ordered-there = すでに注文済みです：{ $link }
quotes-replaced = この注文は編集またはキャンセルされました。料金はかかっていません。新しく作るには /movie を使ってください。
quotes-expired = この料金は期限切れです。料金はかかっていません。もう一度 /movie を実行してください。
