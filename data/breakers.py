"""The circuit breaker's record. Plain functions over an open transaction; the rules are in bot/domain/breaker.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.domain.breaker import Breaker, BreakerState, Outage
from data.database import Row, Transaction

_COLUMNS: Final = "state, outage, opened_at, retry_at, pause_ms, trial_job_id"

Change = Callable[[Breaker], Breaker]


def read(tx: Transaction) -> Breaker:
    """Read the record."""
    return _found(tx.fetch_one(f"SELECT {_COLUMNS} FROM breakers WHERE name = 'submission'"))


def lock(tx: Transaction) -> Breaker:
    """Read the record, and keep it from others until the transaction ends."""
    return _found(tx.fetch_one(f"UPDATE breakers SET name = name WHERE name = 'submission' RETURNING {_COLUMNS}"))


def change(tx: Transaction, how: Change) -> Breaker:
    """Apply a change to the record, and return it as it is then."""
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


def take_report(tx: Transaction) -> Breaker | None:
    """Return the breaker where the log does not say yet that it opened or closed. Only one caller gets it."""
    said = "CASE state WHEN 'closed' THEN 'closed' ELSE 'open' END"
    row = tx.fetch_one(
        f"UPDATE breakers SET reported = {said} WHERE name = 'submission' AND reported <> {said} RETURNING {_COLUMNS}"
    )
    return None if row is None else _found(row)


def reset(tx: Transaction) -> None:
    """Close the breaker: its record is from the past."""
    write(tx, Breaker())
    tx.execute("UPDATE breakers SET reported = 'closed'")


def _found(row: Row | None) -> Breaker:
    assert row is not None  # the migration wrote it, and nothing removes it
    state, outage, opened_at, retry_at, pause_ms, trial_job_id = row
    return Breaker(
        BreakerState(state), None if outage is None else Outage(outage), opened_at, retry_at, pause_ms, trial_job_id
    )
