"""Decodes what the API says of the operator's account. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Mapping

from bot.errors import AuthenticationFailed
from bot.samsar.body import load_object
from bot.samsar.wire import common_error, is_success

MAX_BALANCE = 10**12
"""Credits. A larger balance is an error of the server."""


def decode_credits(status: int, headers: Mapping[str, str], body: bytes) -> int | None:
    """Decode the response to `GET /v1/credits`; None where the balance is missing.

    Raises:
        AuthenticationFailed: 401, 403, and a 400 about the API key.
    """
    if not is_success(status):
        error = common_error(status, headers, body)
        if isinstance(error, AuthenticationFailed):
            raise error
        return None
    value = (load_object(body) or {}).get("remainingCredits")
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MAX_BALANCE:
        return None
    return math.floor(value)
