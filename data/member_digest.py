"""Recognizes a member who erased their data, without naming them."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final

_DAY_MS: Final = 24 * 3_600_000


def day_of(now: int) -> int:
    """Return when the day of a time began, in UTC."""
    return now - now % _DAY_MS


@dataclass(frozen=True, slots=True)
class ErasureRecord:
    """An erasure, and a keyed hash of whose it was.

    `at` is the beginning of its day, in UTC epoch milliseconds: the moment would tell which movies it cancelled.
    The fields are the keys of a stored line.
    """

    id: str
    at: int
    salt: str
    digest: str

    @classmethod
    def of(cls, erasure_id: str, member_id: int, now: int) -> ErasureRecord:
        """Make the record of an erasure, with a salt of its own."""
        salt = secrets.token_hex(16)
        return cls(erasure_id, day_of(now), salt, _digest(salt, member_id))

    def matches(self, member_id: int) -> bool:
        """Return whether it is this member's."""
        return hmac.compare_digest(self.digest, _digest(self.salt, member_id))


def _digest(salt: str, member_id: int) -> str:
    return hmac.new(bytes.fromhex(salt), str(member_id).encode(), hashlib.sha256).hexdigest()
