### How far a movie is, in lists and receipts

states-waiting = ⏳ waiting in line
states-awaiting = ✋ waiting for approval
states-being-made = 🎬 being made
states-ready = ✅ ready
states-failed = ↩️ failed, refunded
states-cancelled = ↩️ canceled, refunded
states-cancelled-in-part = ↩️ canceled, { $spent } spent
states-unknown = 🔎 being checked

# The titles of one movie's details
states-waiting-title = ⏳ Waiting in line
states-awaiting-title = ✋ Waiting for approval
states-being-made-title = 🎬 Being made
states-ready-title = ✅ Ready
states-failed-title = ↩️ Failed
states-cancelled-title = ↩️ Canceled
states-unknown-title = 🔎 Being checked
