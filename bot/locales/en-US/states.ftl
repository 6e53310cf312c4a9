### How far a movie is, in lists and receipts

states-waiting = ⏳ waiting in line
states-in-progress = 🎬 in progress
states-ready = ✅ ready
states-failed = ↩️ failed, refunded
states-cancelled = ↩️ cancelled, refunded
states-cancelled-in-part = ↩️ cancelled, { $spent } spent
states-unknown = 🔎 being checked

# The titles of one movie's details
states-waiting-title = ⏳ Waiting in line
states-in-progress-title = 🎬 In progress
states-ready-title = ✅ Ready
states-failed-title = ↩️ Failed
states-cancelled-title = ↩️ Cancelled
states-unknown-title = 🔎 Being checked
