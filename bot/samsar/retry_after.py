"""The Retry-After header: RFC 9110, section 10.2.3."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

MAX_RETRY_AFTER_SECONDS = 3600.0
"""Longer delays are shortened to this."""

_SECONDS = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,20})?")


def parse_retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the Retry-After header in seconds, None without a valid one.

    At most MAX_RETRY_AFTER_SECONDS. A date is compared with the response's own Date header, so wrong clocks do not
    matter. Without that header, a date is ignored.
    """
    named = {name.lower(): value.strip() for name, value in headers.items()}
    wanted = named.get("retry-after", "")
    if _SECONDS.fullmatch(wanted):
        return min(float(wanted), MAX_RETRY_AFTER_SECONDS)
    until, now = _http_date(wanted), _http_date(named.get("date", ""))
    if until is None or now is None:
        return None
    return min(max((until - now).total_seconds(), 0.0), MAX_RETRY_AFTER_SECONDS)


def _http_date(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    except ValueError:
        return None
