"""The circuit breaker's record in the database. The rules are in bot/domain/breaker.py.

What a submission changes is in data/submissions.py, in the transaction that settles the job.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.domain.breaker import Breaker, BreakerState, Outage
from data.database import Row, Transaction

COLUMNS: Final = "state, outage, opened_at, retry_at, pause_ms, trial_job_id"
"""The first columns of each statement whose rows `from_row` reads."""

_COLUMN_COUNT: Final = COLUMNS.count(",") + 1

ONLY: Final = "name = 'submission'"
"""The condition of the one record."""

Change = Callable[[Breaker], Breaker]


def read(tx: Transaction) -> Breaker:
    """Return the record."""
    return _found(tx.fetch_one(f"SELECT {COLUMNS} FROM breakers WHERE {ONLY}"))


def lock(tx: Transaction) -> Breaker:
    """Return the record, locked until the transaction ends."""
    return _found(tx.fetch_one(f"SELECT {COLUMNS} FROM breakers WHERE {ONLY}{tx.for_update}"))


def change(tx: Transaction, how: Change) -> Breaker:
    """Apply a change to the locked record and return the result."""
    before = lock(tx)
    after = how(before)
    if after != before:
        write(tx, after)
    return after


def write(tx: Transaction, breaker: Breaker) -> None:
    """Write the record."""
    tx.execute(
        "UPDATE breakers SET state = :state, outage = :outage, opened_at = :opened_at, retry_at = :retry_at,"
        " pause_ms = :pause_ms, trial_job_id = :trial_job_id WHERE name = 'submission'",
        {
            "state": breaker.state.value,
            "outage": None if breaker.outage is None else breaker.outage.value,
            "opened_at": breaker.opened_at,
            "retry_at": breaker.retry_at,
            "pause_ms": breaker.pause_ms,
            "trial_job_id": breaker.trial_job_id,
        },
    )
    tx.wake("probes", "submissions")


def outage(tx: Transaction) -> Outage | None:
    """Return the outage that is shown to members."""
    return read(tx).shown_outage


def probe_is_due(tx: Transaction) -> bool:
    """Return whether a probe is due and not leased."""
    return read(tx).probe_is_due(tx.now)


def lease_probe(tx: Transaction) -> bool:
    """Lease the probe if it is due.

    Only one process gets the lease.
    """
    breaker = lock(tx)
    if not breaker.probe_is_due(tx.now):
        return False
    write(tx, breaker.probing(tx.now))
    return True


def probe_answered(tx: Transaction) -> None:
    """Half-open the breaker: the API answered the probe."""
    change(tx, lambda breaker: breaker.probe_answered())


def probe_failed(tx: Transaction, outage: Outage, retry_after_ms: int | None) -> None:
    """Keep the breaker open for a longer pause."""
    change(tx, lambda breaker: breaker.probe_failed(outage, tx.now, retry_after_ms))


def release_probe(tx: Transaction) -> None:
    """End the lease of a probe that was not made."""
    change(tx, lambda breaker: breaker.probe_released(tx.now))


def claim_report(tx: Transaction) -> Breaker | None:
    """Return the breaker if its opening or closing is not logged yet.

    Only one caller gets it.
    """
    reported_state = "CASE state WHEN 'closed' THEN 'closed' ELSE 'open' END"
    row = tx.fetch_one(
        f"UPDATE breakers SET reported = {reported_state} WHERE {ONLY} AND reported <> {reported_state}"
        f" RETURNING {COLUMNS}"
    )
    return None if row is None else from_row(row)


def reset(tx: Transaction) -> None:
    """Close the breaker and forget its past, after a restore."""
    write(tx, Breaker())
    tx.execute("UPDATE breakers SET reported = 'closed'")


def from_row(row: Row) -> Breaker:
    """Read a row that begins with COLUMNS."""
    state, outage, opened_at, retry_at, pause_ms, trial_job_id = row[:_COLUMN_COUNT]
    return Breaker(
        BreakerState(state), None if outage is None else Outage(outage), opened_at, retry_at, pause_ms, trial_job_id
    )


def _found(row: Row | None) -> Breaker:
    assert row is not None  # the migration wrote it, and nothing removes it
    return from_row(row)
