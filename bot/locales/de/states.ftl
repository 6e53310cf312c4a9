### Wie weit ein Film ist, in Listen und Belegen

states-waiting = ⏳ in der Warteschlange
states-awaiting = ✋ wartet auf Freigabe
states-being-made = 🎬 entsteht gerade
states-ready = ✅ fertig
states-failed = ↩️ fehlgeschlagen, erstattet
states-cancelled = ↩️ abgebrochen, erstattet
states-cancelled-in-part = ↩️ abgebrochen, { $spent } ausgegeben
states-unknown = 🔎 wird geprüft

# Überschriften der Ansicht eines Films
states-waiting-title = ⏳ In der Warteschlange
states-awaiting-title = ✋ Wartet auf Freigabe
states-being-made-title = 🎬 Entsteht gerade
states-ready-title = ✅ Fertig
states-failed-title = ↩️ Fehlgeschlagen
states-cancelled-title = ↩️ Abgebrochen
states-unknown-title = 🔎 Wird geprüft
