### 動画のフォームと、追加オプションの呼び方。

forms-new-modal-title = 動画を作る
forms-remix-modal-title = 動画をリミックス
forms-edit-modal-title = 動画を編集

forms-prompt-label = プロンプト
forms-prompt-hint = { $characters }文字まで。空欄なら、おまかせで考えます。
forms-prompt-cut-hint = メッセージを{ $characters }文字に短縮しました。
forms-duration-label = 長さ（秒）
forms-duration-hint = { $min }～{ $max }
forms-video-model-label = 動画モデル
forms-video-model-placeholder = 自動（アスペクト比に最適なもの）
forms-image-model-label = 画像モデル
forms-image-model-placeholder = 自動
forms-aspect-ratio-label = アスペクト比

# アスペクト比・字幕・トーン・言語をまとめたメニュー
forms-options-label = アスペクト比と追加オプション
forms-options-hint = いくつでも選べますが、言語は1つだけです。
forms-default-hint = 既定：{ $choice }
forms-subtitles-option = 字幕
forms-subtitles-hint = 話した言葉を文字で表示
forms-tone-option = トーン：{ $tone }
forms-language-hint = 音声の言語（1つ選択）
