### /preferences：メンバーの既定の設定と、完成した動画の届け先。本人だけに表示されます。

preferences-title = あなたの設定
preferences-intro = 特に指定しない限り、/movie は前回の選択を使います。
preferences-empty = まだ既定の設定がありません。ここで選んでください。選ばない場合は、次の動画の設定を記憶します。
preferences-cost = { $duration }の動画は **{ $price }** です（{ $rate }）。
preferences-no-model = 現在このアスペクト比に対応するモデルがありません。別のものを選んでください。
preferences-footer = あなただけに表示されています。すべてのサーバーで有効です。

preferences-choices-field = あなたの選択
preferences-video-model = 動画モデル：{ $choice }
preferences-image-model = 画像モデル：{ $choice }
preferences-duration = 長さ：{ $choice }
preferences-aspect-ratio = アスペクト比：{ $choice }
preferences-language = 言語：{ $choice }
preferences-subtitles = 字幕：{ $choice }
preferences-tone = トーン：{ $choice }

# その選択になった理由
preferences-auto = **{ $choice }**（自動）
preferences-auto-unnamed = 自動
preferences-default = **{ $choice }**（既定）
preferences-unsupported = { $choice }はこのアスペクト比に対応していないため、既定値を使います
preferences-unsupported-default = { $choice }はこのアスペクト比に対応していないため、既定値を使います：**{ $other }**
preferences-unavailable = { $choice }は利用できなくなったため、既定値を使います
preferences-unavailable-default = { $choice }は利用できなくなったため、既定値を使います：**{ $other }**

preferences-video-model-placeholder = 動画モデル
preferences-image-model-placeholder = 画像モデル
preferences-duration-placeholder = 長さ
preferences-aspect-ratio-placeholder = アスペクト比
preferences-language-placeholder = 言語
preferences-subtitles-placeholder = 字幕
preferences-tone-placeholder = トーン

# 各メニューの最初の項目。既定に戻します
preferences-video-model-option = 動画モデル：自動（アスペクト比に最適なもの）
preferences-image-model-option = 画像モデル：自動
preferences-duration-option = 長さ：{ $choice }（既定）
preferences-aspect-ratio-option = アスペクト比：{ $choice }（既定）
preferences-language-option = 言語：{ $choice }（既定）
preferences-subtitles-option = 字幕：{ $choice }（既定）
preferences-tone-option = トーン：{ $choice }（既定）

preferences-off-option = オフ
preferences-on-option = オン

preferences-delivery-field = 完成した動画
preferences-channel-value = 注文したチャンネルに、あなたへのメンション付きで投稿します
preferences-dm-value = DMで送ります。DMを受け取れない場合はチャンネルに投稿します

preferences-channel-button = チャンネルに投稿
preferences-dm-button = DMで受け取る
preferences-unlist-button = /top とスターのギャラリーに載せない
preferences-list-button = /top とスターのギャラリーに載せる
preferences-listing-field = ギャラリーと /top
preferences-unlisted-value = スターが付いても動画はギャラリーや上映会に載らず、/top にも表示されません。
preferences-unlisted = 今後は、スターが付いても動画はギャラリーや上映会に載らず、/top にも表示されません。
preferences-listed = 今後は、スターが付くと動画がギャラリーに載ることがあり、/top にも表示されます。
preferences-reset-button = 既定に戻す
preferences-extras-button = 言語・字幕・トーン
preferences-back-button = 戻る

preferences-not-offered = その項目は利用できなくなりました。下から別のものを選んでください。
preferences-dropped-aspect-ratio = { $model }は{ $dropped }に対応していないため、{ $choice }に変更しました。
preferences-dropped-model = { $model }は{ $choice }に対応していないため、最適なモデルに変更しました。
preferences-channel-set = 次の動画から、完成した動画をチャンネルに投稿します。
preferences-dm-set = 次の動画から、完成した動画をDMで送ります。
preferences-reset = 設定をリセットしました。次の動画の設定を記憶します。
