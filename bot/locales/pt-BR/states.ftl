### Em que ponto está um filme, em listas e recibos

states-waiting = ⏳ na fila
states-awaiting = ✋ aguardando aprovação
states-being-made = 🎬 em criação
states-ready = ✅ pronto
states-failed = ↩️ falhou, reembolsado
states-cancelled = ↩️ cancelado, reembolsado
states-cancelled-in-part = ↩️ cancelado, gasto: { $spent }
states-unknown = 🔎 em verificação

# Títulos da página de um filme
states-waiting-title = ⏳ Na fila
states-awaiting-title = ✋ Aguardando aprovação
states-being-made-title = 🎬 Em criação
states-ready-title = ✅ Pronto
states-failed-title = ↩️ Com falha
states-cancelled-title = ↩️ Cancelado
states-unknown-title = 🔎 Em verificação
