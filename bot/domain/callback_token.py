"""The secret token in a job's callback URL.

Only its hash is stored.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Final

CALLBACK_PATH: Final = "/callbacks/"
"""The token follows."""


@dataclass(frozen=True, slots=True)
class CallbackToken:
    """A fresh token of 256 random bits."""

    value: str = field(repr=False)

    @property
    def hash(self) -> str:
        """The token's SHA-256 in hex. 256 random bits need no salt."""
        return hash_token(self.value)


@dataclass(frozen=True, slots=True)
class LateCallback:
    """The first callback for a job already ended as failed.

    `received_at` is UTC epoch milliseconds; `request_id` is the callback's claim, unconfirmed.
    """

    received_at: int
    request_id: str | None


def generate_token() -> CallbackToken:
    """Generate a token of 43 URL-safe characters."""
    return CallbackToken(secrets.token_urlsafe(32))


def hash_token(token: str) -> str:
    """Hash a token for storage and lookup."""
    return hashlib.sha256(token.encode()).hexdigest()
