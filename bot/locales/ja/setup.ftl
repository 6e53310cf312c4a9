### /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
### settings are in the staff channel, too.

setup-title = サーバーの設定
setup-intro = この設定は管理者を含む全員に適用されます。ただし、管理者の動画に承認は不要です。変更はすぐに反映され、記録に残ります。
setup-nothing-offered = ⚠️ 許可されたモデルが今はどれも使えないため、誰も動画を注文できません。
setup-problem = ⚠️ { $problem }

setup-members-field = 場所とメンバー
setup-models-field = モデルと長さ
setup-defaults-field = 既定値
setup-gallery-field = 完成した動画
setup-approval-field = 承認
setup-community-field = コミュニティ
setup-staff-field = スタッフ
setup-filter-field = プロンプトフィルター
setup-members-button = 場所とメンバー
setup-models-button = モデルと長さ
setup-defaults-button = 既定値
setup-gallery-button = 完成した動画
setup-approval-button = 承認
setup-community-button = コミュニティ
setup-staff-button = スタッフ
setup-filter-button = プロンプトフィルター
# Opens a form
setup-durations-button = 長さを設定…
setup-rules-button = 独自のルール…
setup-price-button = 一定の価格を超えるものだけ…

# $setting: one of the names below; $value: what is set
setup-line = **{ $setting }：** { $value }
# In a menu, while nothing is picked there; $value: what holds then
setup-current-placeholder = { $setting }：{ $value }

# The settings
setup-channels = 動画を作れるチャンネル
setup-roles = 動画を作れる人
setup-video-models = 動画モデル
setup-image-models = 画像モデル
setup-longest-seconds = 動画の最大の長さ
setup-default-video-model = 既定の動画モデル
setup-default-image-model = 既定の画像モデル
setup-default-seconds = 既定の長さ
setup-default-aspect-ratio = 既定のアスペクト比
setup-language = 言語
# Whose messages can be turned into movies, in the menu of a message
setup-message-menu = メッセージメニュー
setup-gallery = ギャラリー
setup-gallery-stars = ギャラリーに必要なスター
setup-age = 年齢のルール
# Rules for prompts: those that come with the bot, and those of the server's managers
setup-filter-presets = 用意されたルール
setup-filter-rules = 独自のルール
setup-approval = スタッフの承認
setup-approval-credits = 承認が必要な価格
setup-trusted-roles = 信頼するロール
setup-approval-fallback = スタッフチャンネルに投稿できない間
setup-gift-credits = 1人1日のギフト
setup-pitch-days = 企画の期間
setup-movie-night = 上映会
setup-staff-channel = スタッフチャンネル
setup-staff-roles = スタッフのロール

# Their values where nothing is set
setup-every-channel-option = すべてのチャンネル
setup-everyone-option = 全員
setup-all-option = すべて
setup-bot-limit-option = ボットの上限まで
setup-bot-default-option = ボットの既定値
setup-discord-language-option = Discordでのサーバーの言語
setup-order-channel-option = 注文したチャンネル
setup-no-age-option = なし
setup-approval-off-option = なし
setup-no-gifts-option = オフ
setup-a-week-option = 7日
setup-no-movie-night-option = オフ
setup-days-option = { $days }日
setup-every-movie-option = スター0個（すべての動画）
setup-stars-option = スター{ $stars }個
setup-any-price-option = 0クレジット（すべての価格）
setup-no-roles-option = なし
setup-approval-hold-option = 動画は待つ
setup-none-option = なし
setup-managers-option = サーバー管理者のみ

setup-message-menu-own-option = 自分のメッセージ
setup-message-menu-anyone-option = 全員のメッセージ
setup-message-menu-off-option = オフ
setup-age-spoiler-option = スポイラー：クリックするまで隠す
setup-age-restricted-option = 年齢制限のあるチャンネルのみ
setup-age-spoiler-note = 誰かがクリックするまで、Discordが動画を隠します。プロンプトは読めるままで、誰でもクリックできます。
setup-age-restricted-note = ほかの場所での注文は断られ、完成した動画は年齢制限のないチャンネルには投稿されません。そのチャンネルを開ける人を決めるのはDiscordで、ボットは誰の年齢も確認できません。DMで届くのは、そのようなチャンネルで注文した本人だけです。
# The day of a movie night. $time: "18:00"
setup-movie-night-monday-option = 月曜日 { $time } UTC
setup-movie-night-tuesday-option = 火曜日 { $time } UTC
setup-movie-night-wednesday-option = 水曜日 { $time } UTC
setup-movie-night-thursday-option = 木曜日 { $time } UTC
setup-movie-night-friday-option = 金曜日 { $time } UTC
setup-movie-night-saturday-option = 土曜日 { $time } UTC
setup-movie-night-sunday-option = 日曜日 { $time } UTC
# In the panel, below the day
setup-movie-night-note = その週でスターの多かった動画を5本まで（スター1以上）、ギャラリーに投稿します。ギャラリーがなければ、1位の動画のチャンネルに投稿します。
setup-approval-untrusted-option = 信頼するロールのないメンバーの動画
setup-approval-everyone-option = 管理者以外の全員の動画
setup-approval-fallback-start-option = 承認なしで開始する

# Of the prompt filter. $language: "Deutsch"; $category: "slurs", as in the staff channel
setup-no-rules-option = なし
setup-preset-option = { $language }：{ $category }
setup-rules-count = { $rules }件のルール

# This language, as Discord's own list of languages names it
setup-this-language-option = 日本語

# The end of a list
setup-more = ほか{ $more }件
setup-deleted = ⚠️ 削除済み{ $more }件

setup-durations-modal-title = 長さ
setup-longest-seconds-label = 動画の最大の長さ（秒）
setup-default-seconds-label = 既定の長さ（秒）
setup-durations-hint = { $min }～{ $max }。空欄ならボットの値を使います。
# The prompt filter's own rules, in a form
# $rule: what was typed; $problem: one of the lines below
setup-rules-modal-title = プロンプトのルール
setup-rules-label = ルール（1行に1つ）
setup-rules-more-label = ルールの続き
setup-rules-hint = 単語、連続する単語、前方*、*後方、*部分*、単語 ... 単語
setup-rules-wrong-title = 使えないルールがあります
setup-rules-kept = 何も変更していません。入力した内容は添付ファイルにあり、ボタンでもう一度開けます。
setup-rules-conflict = ⚠️ その間にほかの人がルールを変更したため、何も保存していません。入力した内容は添付ファイルにあり、ボタンで今のルールの代わりに開けます。
setup-rules-fix-button = ルールを直す…
setup-rules-line = { $line }行目「{ $rule }」：{ $problem }
setup-rules-too-many = サーバーのルールは最大{ $max }件、合計{ $room }文字です。今回は{ $rules }件、{ $characters }文字でした。
setup-rule-empty = 文字がありません。
setup-rule-too-long = ルールは{ $max }文字までです。
setup-rule-too-many-words = ルールは{ $max }語までです。
setup-rule-word-too-long = 1語は{ $max }文字までです。
setup-rule-star-inside = *は単語の最初か最後にだけ使えます。
setup-rule-star-too-wide = *の隣には{ $min }文字以上が必要です。
setup-rule-gap-at-end = 「...」は2つの単語の間にだけ使えます。
setup-rule-too-many-gaps = 「...」は{ $max }回までです。
setup-price-modal-title = 承認が必要な価格
setup-approval-credits-label = これを超える動画だけ（クレジット）
setup-price-hint = この価格までの動画はすぐ始まります。空欄ならすべての価格です。

# $change: "Language: Deutsch"
setup-changed = ✅ { $change }
setup-conflict = ⚠️ ほかの人が先に変更したため、保存しませんでした。今の設定はこちらです。
# $problem: "Longest movie: …"
setup-not-changed = ⚠️ 何も変更していません。{ $problem }

# $setting: a setting's name; $problem: one of the next
setup-invalid = { $setting }：{ $problem }
setup-not-a-list = 「{ $value }」はリストではありません。
setup-too-many = 選べるのは{ $max }件までです。
setup-not-an-id = 「{ $value }」はDiscordのIDではありません。
setup-not-offered = 「{ $value }」は使えません。次の中から選んでください：{ $names }
setup-seconds-out-of-range = 「{ $value }」は長さとして使えません。{ $min }～{ $max }秒の整数で入力してください。
setup-credits-out-of-range = 「{ $value }」は正しい数ではありません。{ $min } から { $max } までの整数のクレジットを入力してください。
setup-stars-out-of-range = 「{ $value }」はスターの数として使えません。{ $min }から{ $max }までの数を入力してください。
setup-days-out-of-range = 「{ $value }」は日数として使えません。{ $min }から{ $max }までの数を入力してください。
# $longest: "1 min"
setup-longer-than-longest = 動画の最大の長さは{ $longest }なので、既定の長さはそれを超えられません。
setup-not-in-server = 「{ $value }」はこのサーバーにありません。
setup-not-a-rule = 「{ $value }」はルールにできません：{ $problem }
setup-everyone = { $value }は選べません。
setup-missing-permissions = { $channel }に投稿できません。先にそこで次の権限をください：{ $permissions }。
setup-not-age-restricted = { $channel }には年齢制限がないため、動画は注文されたチャンネルに表示されます。

# Export and import of a file
setup-exported = このサーバーの設定です。編集や保存ができ、/setup import でほかのサーバーにも使えます。
setup-file-too-large = ファイルが大きすぎます。設定ファイルは{ $max } KBまでです。
setup-file-unreadable = Discordからファイルを取得できませんでした。もう一度お試しください。
setup-file-problems-title = このファイルは取り込めません
# $problem: one of the next, or a problem above
setup-file-line = { $line }行目：{ $problem }
setup-file-line-key = { $line }行目、`{ $key }`：{ $problem }
setup-file-not-json = 正しいJSONではありません。
setup-file-not-an-object = JSONオブジェクトにしてください：{ "{ … }" }
setup-file-other-version = /setup export のファイルと同じ1にしてください。
setup-file-unknown-key = この設定項目はありません。
setup-file-duplicate-key = ファイルに2回以上出てきます。
setup-import-title = この変更を適用しますか？
setup-import-intro = まだ何も変わっていません。ファイルにない項目はそのまま残ります。
setup-import-conflict = ⚠️ その間に設定が変わったため、保存しませんでした。今適用すると次のように変わります。
# $before, $after: values
setup-difference = **{ $setting }：** { $before } → { $after }
# Of the own rules: how many are new, and how many go
setup-rules-difference = **{ $setting }：** { $before } → { $after }（+{ $added }、−{ $removed }）
setup-apply-button = 適用
setup-drop-button = キャンセル
setup-import-nothing-new = このファイルの内容は、すべて設定済みです。
setup-imported-title = ✅ 取り込みました
setup-import-dropped = 何も取り込みませんでした。
