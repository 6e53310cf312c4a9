"""Determines the caller's address behind trusted proxies."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Networks = Sequence[IPv4Network | IPv6Network]


def client_ip(remote: str | None, forwarded_for: Sequence[str], trusted: Networks) -> str:
    """Return the address that a request is counted against.

    `forwarded_for` are the values of X-Forwarded-For. Each proxy appends the address of its caller, so the list is read
    from the right for as long as the reporting address is a trusted proxy. What is further left can be forged.
    """
    hop = _address(remote or "")
    said = [each for value in forwarded_for for each in value.split(",")]
    while hop is not None and _within(hop, trusted) and said:
        before = _address(said.pop())
        if before is None:
            break
        hop = before
    return str(hop or remote or "")


def _within(address: IPv4Address | IPv6Address, networks: Networks) -> bool:
    return any(address in network for network in networks)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Parse an address with an optional port; IPv4-mapped IPv6 becomes IPv4."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
