### En qué punto está una película, en listas y recibos

states-waiting = ⏳ en cola
states-awaiting = ✋ pendiente de aprobación
states-being-made = 🎬 creándose
states-ready = ✅ lista
states-failed = ↩️ fallida, reembolsada
states-cancelled = ↩️ cancelada, reembolsada
states-cancelled-in-part = ↩️ cancelada, gastado: { $spent }
states-unknown = 🔎 en revisión

# Títulos de la vista de una película
states-waiting-title = ⏳ En cola
states-awaiting-title = ✋ Pendiente de aprobación
states-being-made-title = 🎬 Creándose
states-ready-title = ✅ Lista
states-failed-title = ↩️ Fallida
states-cancelled-title = ↩️ Cancelada
states-unknown-title = 🔎 En revisión
