"""Each month's key, which recognizes erased members until the month ends.

Without it, nobody can tell whose a digest is.
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


def find_digest(tx: Transaction, month: Month, member_id: int) -> str | None:
    """Return a member's digest; None where there is no key."""
    key = _find(tx, month)
    return None if key is None else _digest(key, member_id)


def make_digest(tx: Transaction, month: Month, member_id: int) -> str:
    """Return a member's digest.

    The key is made at the month's first erasure.
    """
    tx.execute(
        "INSERT INTO erasure_keys (month, key) VALUES (:month, :key) ON CONFLICT (month) DO NOTHING",
        {"month": str(month), "key": secrets.token_hex(32)},
    )
    key = _find(tx, month)
    assert key is not None
    return _digest(key, member_id)


def _find(tx: Transaction, month: Month) -> str | None:
    row = tx.fetch_one("SELECT key FROM erasure_keys WHERE month = :month", {"month": str(month)})
    return row["key"] if row else None


def _digest(key: str, member_id: int) -> str:
    return hmac.new(bytes.fromhex(key), str(member_id).encode(), hashlib.sha256).hexdigest()
