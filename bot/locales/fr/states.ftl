### Où en est un film, dans les listes et les reçus

states-waiting = ⏳ en file d'attente
states-awaiting = ✋ en attente d'approbation
states-being-made = 🎬 en création
states-ready = ✅ prêt
states-failed = ↩️ échoué, remboursé
states-cancelled = ↩️ annulé, remboursé
states-cancelled-in-part = ↩️ annulé, dépensé : { $spent }
states-unknown = 🔎 en vérification

# Titres de la vue d'un film
states-waiting-title = ⏳ En file d'attente
states-awaiting-title = ✋ En attente d'approbation
states-being-made-title = 🎬 En création
states-ready-title = ✅ Prêt
states-failed-title = ↩️ Échoué
states-cancelled-title = ↩️ Annulé
states-unknown-title = 🔎 En vérification
