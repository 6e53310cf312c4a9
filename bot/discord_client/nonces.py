"""Nonces of messages whose repeats Discord drops."""

from __future__ import annotations

import hashlib


def nonce_of(text: str) -> str:
    """Return the nonce of what a text identifies.

    Discord takes 25 characters.
    """
    return hashlib.sha256(text.encode()).hexdigest()[:24]
