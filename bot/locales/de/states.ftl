### Wie weit ein Film ist, in Listen und Belegen

states-waiting = ⏳ in der Warteschlange
states-in-progress = 🎬 in Arbeit
states-ready = ✅ fertig
states-failed = ↩️ fehlgeschlagen, erstattet
states-cancelled = ↩️ abgebrochen, erstattet
states-cancelled-in-part = ↩️ abgebrochen, { $spent } verbraucht
states-unknown = 🔎 wird geprüft
