### Où en est un film, dans les listes et les reçus

states-waiting = ⏳ en file d'attente
states-in-progress = 🎬 en cours
states-ready = ✅ prêt
states-failed = ↩️ échoué, remboursé
states-cancelled = ↩️ annulé, remboursé
states-cancelled-in-part = ↩️ annulé, { $spent } dépensés
states-unknown = 🔎 en vérification
