"""The keys that recognize members who erased their data.

Without its key, nobody can tell whose a digest is. Each month has one, which goes with the month. What outlasts months
has one of its own, which stays.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

from bot.domain.credits import Month
from data.database import Transaction

REMEMBERED: Final = "(SELECT COUNT(*) FROM erasure_keys WHERE month = :month) AS remembered"
"""A column that tells whether anybody is remembered this month."""

_LASTING: Final = ""

OF_MONTHS: Final = f"month <> '{_LASTING}'"
"""The condition of what goes with its month."""


def period(month: Month | None) -> str:
    """Return the name of a key's month; None: the key without an end."""
    return _LASTING if month is None else str(month)


def find_digest(tx: Transaction, month: Month | None, member_id: int) -> str | None:
    """Return a member's digest; None where there is no key."""
    key = _find(tx, month)
    return None if key is None else _digest(key, member_id)


def make_digest(tx: Transaction, month: Month | None, member_id: int) -> str:
    """Return a member's digest.

    The key is made when it is first needed.
    """
    tx.execute(
        "INSERT INTO erasure_keys (month, key) VALUES (:month, :key) ON CONFLICT (month) DO NOTHING",
        {"month": period(month), "key": secrets.token_hex(32)},
    )
    key = _find(tx, month)
    assert key is not None
    return _digest(key, member_id)


def _find(tx: Transaction, month: Month | None) -> str | None:
    row = tx.fetch_one("SELECT key FROM erasure_keys WHERE month = :month", {"month": period(month)})
    return row["key"] if row else None


def _digest(key: str, member_id: int) -> str:
    return hmac.new(bytes.fromhex(key), str(member_id).encode(), hashlib.sha256).hexdigest()
