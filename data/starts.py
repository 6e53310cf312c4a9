"""The last starts of each gateway process; see bot/domain/crash_backoff.py.

They are counted for each set of shards: a restarted process has the same shards as the one before it. Processes of
other shards that start at the same time are no crash loop.
"""

from __future__ import annotations

from bot.domain import crash_backoff
from data.database import Transaction
from data.engine import key_value


def record(tx: Transaction, shards: str) -> tuple[int, ...]:
    """Record a start, and return the starts before it."""
    key = _key(shards)
    tx.lock(key)
    before = crash_backoff.parse(key_value.get(tx, key))
    key_value.set_value(tx, key, crash_backoff.serialize(crash_backoff.record_start(before, tx.now)))
    return before


def forget(tx: Transaction, shards: str) -> None:
    """Forget the starts, after a process ran well."""
    key_value.set_value(tx, _key(shards), "")


def _key(shards: str) -> str:
    return f"{crash_backoff.STARTS_KEY}:{shards}" if shards else crash_backoff.STARTS_KEY
