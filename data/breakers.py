"""The circuit breaker's record in the database. The rules are in bot/domain/breaker.py.

What a submission changes is in data/submissions.py, in the transaction that settles the job.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Concatenate, Final

from bot.domain.breaker import Breaker, BreakerState, Outage
from data.database import P, Row, Transaction

COLUMNS: Final = "state, outage, opened_at, retry_at, pause_ms, trial_job_id"
"""The columns of a breaker, in the order of its fields."""


ONLY: Final = "name = 'submission'"
"""The condition of the one record."""


def read(tx: Transaction, *, lock: bool = False) -> Breaker:
    """Return the record, which is there from the first migration on; `lock` it until the transaction ends."""
    return from_row(tx.fetch_single(f"SELECT {COLUMNS} FROM breakers WHERE {ONLY}{tx.for_update if lock else ''}"))


def change(tx: Transaction, how: Callable[Concatenate[Breaker, P], Breaker], *args: P.args, **kwargs: P.kwargs) -> None:
    """Apply a change to the locked record: a method of Breaker, with its arguments."""
    before = read(tx, lock=True)
    after = how(before, *args, **kwargs)
    if after != before:
        write(tx, after)


def write(tx: Transaction, breaker: Breaker) -> None:
    """Write the record."""
    assignments = ", ".join(f"{column} = :{column}" for column in COLUMNS.split(", "))
    tx.execute(f"UPDATE breakers SET {assignments} WHERE {ONLY}", asdict(breaker))
    tx.wake("probes", "submissions")


def probe_is_due(tx: Transaction) -> bool:
    """Return whether a probe is due and not leased."""
    return read(tx).probe_is_due(tx.now)


def lease_probe(tx: Transaction) -> bool:
    """Lease the probe if it is due.

    Only one process gets the lease.
    """
    breaker = read(tx, lock=True)
    is_due = breaker.probe_is_due(tx.now)
    if is_due:
        write(tx, breaker.probing(tx.now))
    return is_due


def probe_answered(tx: Transaction) -> None:
    """Half-open the breaker: the API answered the probe."""
    change(tx, Breaker.probe_answered)


def probe_failed(tx: Transaction, outage: Outage, retry_after_ms: int | None) -> None:
    """Keep the breaker open for a longer pause."""
    change(tx, Breaker.probe_failed, outage, tx.now, retry_after_ms)


def release_probe(tx: Transaction) -> None:
    """End the lease of a probe that was not made."""
    change(tx, Breaker.probe_released, tx.now)


def report(tx: Transaction, why: Mapping[str, object]) -> None:
    """Log the breaker's opening, and `why`, or its closing, if that is not logged yet: once for all processes."""
    state = "CASE state WHEN 'closed' THEN 'closed' ELSE 'open' END"
    sql = f"UPDATE breakers SET reported = {state} WHERE {ONLY} AND reported <> {state} RETURNING {COLUMNS}"
    breaker = tx.fetch_as(from_row, sql)
    if breaker is None:
        return
    if breaker.state is BreakerState.CLOSED:
        tx.log("breaker_closed", logging.WARNING, down_seconds=(tx.now - breaker.opened_at) / 1000)
    else:
        tx.log("breaker_opened", logging.ERROR, outage=breaker.outage, **why)


def reset(tx: Transaction) -> None:
    """Close the breaker and forget its past, after a restore."""
    write(tx, Breaker())
    tx.execute("UPDATE breakers SET reported = 'closed'")


def from_row(row: Row) -> Breaker:
    """Read a row that has COLUMNS."""
    state, outage, *others = (row[column] for column in COLUMNS.split(", "))
    return Breaker(BreakerState(state), Outage(outage) if outage else None, *others)
