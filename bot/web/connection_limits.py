"""Limits on open connections.

In all, for untrusted addresses together, and for each address. The limit in all comes from the process's descriptors,
so that the database, Discord and the API always get theirs. Behind a proxy, all connections come from the proxy's
address. So TRUSTED_PROXIES and loopback, which only this machine can use, have no limit of their own, and a quarter of
all connections is theirs alone.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from bot.web.client_ip import Networks, is_loopback, is_within, limit_key, parse_address

if sys.platform != "win32":
    import resource

_MAX_CONNECTIONS: Final = 512
"""A callback takes milliseconds, so more at once is a flood."""

_MIN_CONNECTIONS: Final = 4


class Refusal(StrEnum):
    """The limit that a new connection would exceed."""

    TOTAL = "total"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How many connections may be open.

    In all, from untrusted addresses together, and from each of them.
    """

    total: int
    strangers: int
    per_address: int

    @classmethod
    def for_descriptors(cls, descriptors: int | None) -> Self:
        """Return the limits for a process with this many descriptors.

        None: any number. At most half of them are used, because the rest of the process needs about 60 under load.
        """
        half = _MAX_CONNECTIONS if descriptors is None else descriptors // 2
        total = max(_MIN_CONNECTIONS, min(_MAX_CONNECTIONS, half))
        return cls(total=total, strangers=total - total // 4, per_address=max(1, total // 8))


WITHOUT_DESCRIPTOR_LIMIT: Final = ConnectionLimits.for_descriptors(None)


def descriptor_limit() -> int | None:
    """Return how many descriptors this process may have open.

    None where there is no limit.
    """
    if sys.platform == "win32":
        return None
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if soft == resource.RLIM_INFINITY else soft


class ConnectionCounter:
    """Counts open connections against the limits."""

    def __init__(self, limits: ConnectionLimits, proxies: Networks = ()) -> None:
        self._limits = limits
        self._proxies = proxies
        self._by_address: Counter[str] = Counter()
        self._open = 0

    def admit(self, address: str) -> Refusal | None:
        """Count a new connection.

        Where a limit refuses it, return the limit and count nothing.
        """
        if self._open >= self._limits.total:
            return Refusal.TOTAL
        if not self._is_trusted(address):
            if self._by_address.total() >= self._limits.strangers:
                return Refusal.TOTAL
            key = limit_key(address)
            if self._by_address[key] >= self._limits.per_address:
                return Refusal.ADDRESS
            self._by_address[key] += 1
        self._open += 1
        return None

    def release(self, address: str) -> None:
        """Count the end of an admitted connection."""
        self._open -= 1
        if not self._is_trusted(address):
            key = limit_key(address)
            self._by_address[key] -= 1
            if not self._by_address[key]:
                del self._by_address[key]

    def _is_trusted(self, address: str) -> bool:
        parsed = parse_address(address)
        return is_loopback(address) or (parsed is not None and is_within(parsed, self._proxies))
