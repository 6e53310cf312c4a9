### /setup: what managers decide for their server. Only the manager who asked sees the panel. The names and values of
### settings are in the log channel, too.

setup-title = サーバーの設定
setup-intro = この設定は管理者を含む全員に適用されます。変更はすぐに反映され、記録に残ります。
setup-nothing-offered = ⚠️ 許可されたモデルがいまはどれも使えないため、誰も動画を注文できません。

setup-members-field = 場所とメンバー
setup-models-field = モデルと長さ
setup-defaults-field = 既定値
setup-members-button = 場所とメンバー
setup-models-button = モデルと長さ
setup-defaults-button = 既定値
# Opens a form
setup-durations-button = 長さを設定…

# $setting: one of the names below; $value: what is set
setup-line = **{ $setting }：** { $value }
# In a menu, while nothing is picked there; $value: what holds then
setup-current-placeholder = { $setting }：{ $value }

# The settings
setup-channels = 動画を作れるチャンネル
setup-roles = 動画を作れる人
setup-video-models = 動画モデル
setup-image-models = 画像モデル
setup-longest = 動画の最大の長さ
setup-default-video-model = 既定の動画モデル
setup-default-image-model = 既定の画像モデル
setup-default-duration = 既定の長さ
setup-default-aspect-ratio = 既定のアスペクト比
setup-language = 言語
# Whose messages can be turned into movies, in the menu of a message
setup-messages = メッセージメニュー

# Their values where nothing is set
setup-every-channel-option = すべてのチャンネル
setup-everyone-option = 全員
setup-all-option = すべて
setup-bot-limit-option = ボットの上限まで
setup-bot-default-option = ボットの既定値
setup-discord-language-option = Discordでのサーバーの言語

setup-menu-own-option = 自分のメッセージ
setup-menu-anyone-option = 全員のメッセージ
setup-menu-off-option = オフ

# This language, as Discord's own list of languages names it
setup-this-language-option = 日本語

# The end of a list
setup-more = ほか{ $more }件
setup-deleted = ⚠️ 削除済み{ $more }件

setup-durations-modal-title = 長さ
setup-longest-label = 動画の最大の長さ（秒）
setup-default-duration-label = 既定の長さ（秒）
setup-duration-hint = { $min }〜{ $max }。空欄ならボットの値を使います。

# $change: "Language: Deutsch"
setup-changed = ✅ { $change }
setup-conflict = ⚠️ ほかの人が先に変更したため、保存しませんでした。いまの設定はこちらです。
# $problem: "Longest movie: …"
setup-not-changed = ⚠️ 何も変更していません。{ $problem }

# $setting: a setting's name; $problem: one of the next
setup-invalid = { $setting }：{ $problem }
setup-not-a-list = 「{ $value }」はリストではありません。
setup-too-many = 選べるのは{ $max }件までです。
setup-not-an-id = 「{ $value }」はDiscordのIDではありません。
setup-not-available = 「{ $value }」は使えません。次の中から選んでください：{ $names }
setup-out-of-range = 「{ $value }」は長さとして使えません。{ $min }〜{ $max }秒の整数で入力してください。
# $longest: "1 min"
setup-longer-than-longest = 動画の最大の長さは{ $longest }なので、既定の長さはそれを超えられません。
setup-not-here = 「{ $value }」はこのサーバーにありません。

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
setup-import-conflict = ⚠️ その間に設定が変わったため、保存しませんでした。いま適用すると次のように変わります。
# $before, $after: values
setup-difference = **{ $setting }：** { $before } → { $after }
setup-apply-button = 適用
setup-drop-button = キャンセル
setup-import-nothing-new = このファイルの内容は、すべて設定済みです。
setup-imported-title = ✅ 取り込みました
setup-import-dropped = 何も取り込みませんでした。
