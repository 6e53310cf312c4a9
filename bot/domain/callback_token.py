"""The secret in a job's callback address: 256 fresh bits, of which only the hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Final

CALLBACK_PATH: Final = "/callbacks/"
"""Where callbacks come in: the secret follows."""


@dataclass(frozen=True, slots=True)
class CallbackToken:
    """A fresh secret; `plain` goes into the address, `digest` into the database."""

    value: str = field(repr=False)

    @property
    def hash(self) -> str:
        """SHA-256, in hex. The secret has 256 bits of its own, so a plain hash can't be searched."""
        return hash_token(self.value)


@dataclass(frozen=True, slots=True)
class LateCallback:
    """The first callback for a job that had ended as failed without the API's own word.

    `at` is UTC epoch milliseconds; `request_id` is as the callback named it, and unconfirmed.
    """

    at: int
    request_id: str | None


def generate_token() -> CallbackToken:
    """Make a secret of 43 URL-safe characters."""
    return CallbackToken(secrets.token_urlsafe(32))


def hash_token(plain: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(plain.encode()).hexdigest()
