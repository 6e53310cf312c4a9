### 動画の状態（一覧と利用明細）

states-waiting = ⏳ 順番待ち
states-awaiting = ✋ 承認待ち
states-being-made = 🎬 制作中
states-ready = ✅ 完成
states-failed = ↩️ 失敗・返還済み
states-cancelled = ↩️ キャンセル・返還済み
states-cancelled-in-part = ↩️ キャンセル・{ $spent } 使用
states-unknown = 🔎 確認中

# 動画の詳細のタイトル
states-waiting-title = ⏳ 順番待ち
states-awaiting-title = ✋ 承認待ち
states-being-made-title = 🎬 制作中
states-ready-title = ✅ 完成
states-failed-title = ↩️ 失敗
states-cancelled-title = ↩️ キャンセル
states-unknown-title = 🔎 確認中
