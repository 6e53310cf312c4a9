"""Determines which address a caller counts as, also behind trusted proxies."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Networks = Sequence[IPv4Network | IPv6Network]
Address = IPv4Address | IPv6Address

_IPV6_INTERFACE_BITS = 64
"""A provider hands out a /64 and more, so one caller has all addresses of a /64."""


def client_ip(remote: str | None, forwarded_for: Sequence[str], trusted: Networks) -> str:
    """Return the address that a request is counted against.

    `forwarded_for` are the values of X-Forwarded-For. Each proxy appends the address of its caller, so the list is read
    from the right for as long as the reporting address is a trusted proxy. What is further left can be forged.
    """
    hop = parse_address(remote or "")
    hops = [each for value in forwarded_for for each in value.split(",")]
    while hop is not None and is_within(hop, trusted) and hops:
        before = parse_address(hops.pop())
        if before is None:
            break
        hop = before
    return str(hop or remote or "")


def limit_key(address: str) -> str:
    """Return an address as limits count it: IPv6 by its /64."""
    parsed = parse_address(address)
    if isinstance(parsed, IPv6Address):
        return f"{int(parsed) >> _IPV6_INTERFACE_BITS:x}/64"
    return str(parsed or address)


def is_loopback(address: str | None) -> bool:
    """Return whether an address is loopback, also in IPv4-mapped form."""
    parsed = parse_address(address or "")
    return parsed is not None and parsed.is_loopback


def is_loopback_host(host: str) -> bool:
    """Return whether a host, with or without a port, is localhost or a loopback address."""
    return host.lower().partition(":")[0] == "localhost" or is_loopback(host)


def is_within(address: Address, networks: Networks) -> bool:
    """Return whether an address lies in one of the networks."""
    return any(address in network for network in networks)


def parse_address(text: str) -> Address | None:
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
