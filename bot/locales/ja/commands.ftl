### Discordのコマンド一覧の説明文：それぞれ100文字以内。

commands-movie = プロンプトから動画を作ります
commands-movie-prompt = 動画の内容（{ $characters }文字まで）
commands-movie-duration = 長さ（秒）、{ $min }～{ $max }（省略時：前回の値、または{ $default }）
commands-movie-video-model = 動画モデル（省略時：前回のモデル、またはアスペクト比に最適なもの）
commands-movie-image-model = 画像モデル（省略時：前回のモデル、または自動）
commands-movie-aspect-ratio = アスペクト比（省略時：前回の値、または16:9）
commands-movie-language = 音声の言語（省略時：前回の言語、または自動）
commands-movie-subtitles = 字幕を表示（省略時：前回の設定、またはオフ）
commands-movie-tone = トーン（省略時：前回のトーン、または写実的）

# アスペクト比（フォームとメニューでも使用）
commands-wide = 横長（16:9）
commands-tall = 縦長（9:16）

# 動画で話される言語（フォームとメニューでも使用）
commands-language-auto = 自動
commands-language-english = 英語
commands-language-spanish = スペイン語
commands-language-french = フランス語
commands-language-japanese = 日本語
commands-language-thai = タイ語
commands-language-chinese = 中国語
commands-language-bengali = ベンガル語
commands-language-hindi = ヒンディー語
commands-language-sanskrit = サンスクリット語
commands-language-latin = ラテン語

# 物語のトーン
commands-tone-grounded = 写実的
commands-tone-cinematic = 映画的

# メッセージのメニュー「アプリ」の中
commands-make-movie-menu = 動画にする

commands-credits = 残高と利用履歴を表示します
commands-credits-member = ほかのメンバーのクレジットを表示（管理者のみ）

commands-movies = 自分の動画を一覧で見ます
commands-movies-member = ほかのメンバーの動画を表示（管理者のみ）
commands-movies-show = 絞り込み（省略時：すべて）
commands-movies-id = IDで動画を開きます（動画のメッセージの下にあります）
commands-movies-all = すべて
commands-movies-in-progress = 進行中
commands-movies-ready = 完成
commands-movies-failed = 失敗・キャンセル
commands-movies-pending = 承認待ち（スタッフのみ）
commands-gift = ほかのメンバーにボーナスクレジットを贈ります
commands-gift-member = メンバー
commands-gift-credits = ボーナスクレジットの数
commands-top = このサーバーの動画、クリエイター、パトロンの月間ランキング
commands-top-month = 月（YYYY-MM形式、例：2026-11。省略時は今月）

commands-pitch = サーバーのみんなで支払う動画を企画します
commands-pitches = 参加できる企画を探します
commands-pitches-sort = 並び順（省略時：あと少しの順）
commands-pitches-missing = あと少しの順
commands-pitches-votes = 投票が多い順
commands-pitches-age = 新しい順

commands-preferences = 既定の設定と受け取り方法を決めます
commands-help = 使い方と料金を説明します
commands-privacy = 保存しているデータの確認・エクスポート・削除

commands-quota = このサーバーのクレジットを管理します
commands-quota-credits = クレジット数
commands-quota-monthly-credits = 1か月のクレジット数（空欄：現在の値を表示）
commands-quota-member = メンバー
commands-quota-reason = 理由（ログに残ります）
commands-quota-show = このサーバーまたはメンバーの上限を表示します
commands-quota-show-member = このメンバーの上限を表示
commands-quota-default = メンバーの毎月の利用枠の既定値を設定します
commands-quota-server = このサーバーの毎月の予算を設定します
commands-quota-set-member = メンバー1人の毎月の利用枠を設定します
commands-quota-role = ロールの毎月の利用枠を設定します
commands-quota-role-role = ロール
commands-quota-grant = 期限のないボーナスクレジットをメンバーに渡します
commands-quota-take = メンバーのボーナスクレジットを減らします
commands-quota-block = メンバーが動画を作れないようにします
commands-quota-block-hours = 時間数（空欄：解除されるまで）
commands-quota-unblock = メンバーのブロックを解除します
commands-quota-reset = メンバーの今月の利用量をリセットします
commands-quota-clear = 上限をなくします
commands-quota-clear-default = メンバーの利用枠をボットの既定値に戻します
commands-quota-clear-server = このサーバーの予算をなくします
commands-quota-clear-member = メンバー1人の個別の利用枠をなくします
commands-quota-clear-role = ロールの利用枠をなくします
commands-quota-report = 月間レポートを表示します
commands-quota-report-month = 月（YYYY-MM形式、例：2026-11。省略時：今月）

commands-setup = このサーバーで、どこで誰がどんな動画を作れるかを決めます
commands-setup-panel = このサーバーの設定を表示・変更します
commands-setup-export = このサーバーの設定をJSONファイルで保存します
commands-setup-import = JSONファイルの設定を取り込みます（先に変更点を確認できます）
commands-setup-import-file = /setup export のファイル
