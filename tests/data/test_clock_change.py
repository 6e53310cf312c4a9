"""Work that a clock put off is due at once, nothing else."""

from __future__ import annotations

from data import clock_change
from tests.helpers.every_table import fill
from tests.helpers.ledger_checks import execute, query
from tests.helpers.store_harness import DAY, NOW, StoreHarness

LATER = NOW + DAY

WORK = {
    "queued jobs": ("jobs", "next_run_at", "state = 'queued'"),
    "polls": ("jobs", "next_run_at", "state = 'rendering'"),
    "notifications": ("outbox", "next_attempt_at", "status = 'pending'"),
    "deletions": ("message_deletions", "next_attempt_at", "1 = 1"),
    "audit entries": ("audit_log", "next_attempt_at", "action = 'grant'"),
    "answers": ("credit_requests", "next_attempt_at", "notice = 'pending'"),
    "gifts": ("gifts", "next_attempt_at", "notice = 'pending'"),
    "reports": ("reported_movies", "next_attempt_at", "1 = 1"),
    "notices": ("pitch_notices", "next_attempt_at", "status = 'pending'"),
    "pitches": ("pitches", "next_run_at", "state = 'waiting_for_plan'"),
    "messages of pitches": ("pitches", "message_due_at", "1 = 1"),
    "movie nights": ("movie_nights", "next_attempt_at", "1 = 1"),
    "submissions": ("breakers", "retry_at", "state = 'open'"),
}


async def test_all_work_that_is_due_too_late_is_due_now(store: StoreHarness) -> None:
    await fill(store.place if isinstance(store.place, str) else f"sqlite:///{store.place}")
    waiting = "state = 'waiting_for_plan', waits_for = 'plan', ended_at = NULL, next_run_at = 1"
    execute(store.place, f"UPDATE pitches SET {waiting}")
    execute(store.place, "UPDATE breakers SET state = 'open', outage = 'unreachable', opened_at = 1")
    for table, column, condition in WORK.values():
        execute(store.place, f"UPDATE {table} SET {column} = {LATER} WHERE {condition}")

    def due_now() -> set[str]:
        found = set[str]()
        for name, (table, column, condition) in WORK.items():
            rows = query(store.place, f"SELECT {column} AS due_at FROM {table} WHERE {condition}")
            assert rows, name
            found |= {name} if {row["due_at"] for row in rows} == {NOW} else set()
        return found

    await store.database.write(clock_change.make_due, NOW, LATER)
    assert due_now() == set()
    await store.database.write(clock_change.make_due, NOW, LATER - 1)
    assert due_now() == {*WORK}
