### /top: a month's best of a server. Only the member who asked sees it.

top-title = { $month }のベスト
top-movies-field = 動画
top-makers-field = クリエイター
top-patrons-field = パトロン（使ったクレジット）
top-nothing = この月に完成した動画はありません。
top-footer = /top に載りたくない場合は、/preferences で変更できます。
