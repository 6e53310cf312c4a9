"""Leases on due work: which process has a row, and until when.

A process that takes due work writes its lease beside it, so that no other process takes the same work. After a crash,
the work is free when the lease ends. A poll ends before its lease. Sending a notification must not be cancelled, so its
process renews the lease meanwhile (`outbox.renew`). A process that was frozen may have lost it, so none of its requests
begins after the lease with which it took the notification (bot/discord_client/request_deadline.py).

A process may take its own leased work again. What it works on is in its memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from data.database import Transaction
from data.jobs import POLLED


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease of the process `holder` until `until` (UTC epoch milliseconds)."""

    holder: str
    until: int

    @property
    def params(self) -> Mapping[str, int | str]:
        """The lease as parameters of a statement."""
        return {"holder": self.holder, "until": self.until}


_POLLS: Final = f"UPDATE jobs SET leased_by = NULL, leased_until = NULL WHERE {POLLED}"
_NOTIFICATIONS: Final = "UPDATE outbox SET leased_by = NULL, leased_until = NULL WHERE status = 'pending'"


def is_free(table: str) -> str:
    """Return the condition of work that `:holder` may take at `:now`."""
    return f"({table}.leased_until IS NULL OR {table}.leased_until <= :now OR {table}.leased_by = :holder)"


def release(tx: Transaction, holder: str) -> None:
    """End the leases of a process that stops.

    The others take its work at once.
    """
    for sql, due_at in ((_POLLS, "next_run_at"), (_NOTIFICATIONS, "next_attempt_at")):
        tx.execute(f"{sql} AND {due_at} <= :now AND leased_by = :holder", {"now": tx.now, "holder": holder})
    tx.wake("status_polls", "notifications")


def release_all(tx: Transaction) -> None:
    """End all leases: the only process starts, so their holders are dead.

    Whenever their work is due: the clock may have been set back.
    """
    for sql, due_at in ((_POLLS, "next_run_at"), (_NOTIFICATIONS, "next_attempt_at")):
        tx.execute(f"{sql} AND {due_at} IS NOT NULL AND leased_until IS NOT NULL")


def end_longer(tx: Transaction, after: int) -> int:
    """End leases that last until after `after`, and return their number.

    They were written before the clock was set back.
    """
    params = {"now": tx.now, "after": after}
    return sum(
        tx.execute(f"{sql} AND {due_at} <= :now AND leased_until > :after", params)
        for sql, due_at in ((_POLLS, "next_run_at"), (_NOTIFICATIONS, "next_attempt_at"))
    )
