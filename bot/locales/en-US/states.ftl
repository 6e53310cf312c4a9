### How far a movie is, in lists and receipts

states-waiting = ⏳ waiting in line
states-in-progress = 🎬 in progress
states-ready = ✅ ready
states-failed = ↩️ failed, refunded
states-cancelled = ↩️ cancelled, refunded
states-cancelled-in-part = ↩️ cancelled, { $spent } spent
states-unknown = 🔎 being checked
