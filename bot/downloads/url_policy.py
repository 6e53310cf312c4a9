"""Which URLs a movie may be downloaded from.

Pure: no DNS and no connections.

`violation` checks a URL beforehand. `is_public` checks each IP address when a socket is created for it, because only
then is it known where a name leads.
"""

from __future__ import annotations

import ipaddress
import re

from yarl import URL

MAX_URL_LENGTH = 8192
"""Signed links have about 2,000 characters."""

MAX_LOGGED_LENGTH = 200
"""Characters of a URL in a log."""

_NOT_PUBLIC_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # "this network" (RFC 791, 1122): Linux takes 0.0.0.0 for itself
        "10.0.0.0/8",  # private (RFC 1918)
        "100.64.0.0/10",  # shared by carriers, CGNAT (RFC 6598)
        "127.0.0.0/8",  # loopback (RFC 1122)
        "168.63.129.16/32",  # looks public, and is the host of every virtual machine in Azure (its "WireServer")
        "169.254.0.0/16",  # link-local (RFC 3927), and the metadata of most clouds
        "172.16.0.0/12",  # private (RFC 1918)
        "192.0.0.0/24",  # protocol assignments (RFC 6890)
        "192.0.2.0/24",  # documentation (RFC 5737)
        "192.31.196.0/24",  # AS112 (RFC 7535)
        "192.52.193.0/24",  # AMT (RFC 7450)
        "192.88.99.0/24",  # 6to4 relays (RFC 3068, ended by RFC 7526)
        "192.168.0.0/16",  # private (RFC 1918)
        "192.175.48.0/24",  # AS112 (RFC 7534)
        "198.18.0.0/15",  # benchmarks (RFC 2544)
        "198.51.100.0/24",  # documentation (RFC 5737)
        "203.0.113.0/24",  # documentation (RFC 5737)
        "224.0.0.0/4",  # multicast (RFC 5771)
        "240.0.0.0/4",  # reserved (RFC 1112), and the broadcast address (RFC 919)
    )
)

_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")
"""All global unicast (RFC 4291, IANA). Most of what must not be reached is outside: ::1 and :: (RFC 4291),
IPv4-compatible ::/96 (RFC 4291), NAT64 64:ff9b::/96 (RFC 6052) and 64:ff9b:1::/48 (RFC 8215), discard-only 100::/64
(RFC 6666), segment routing 5f00::/16 (RFC 9602), ULA fc00::/7 (RFC 4193), link-local fe80::/10 (RFC 4291),
site-local fec0::/10 (RFC 3879) and multicast ff00::/8 (RFC 4291). The rest follows."""

_NOT_PUBLIC_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments (RFC 2928): Teredo 2001::/32 (RFC 4380), benchmarks, ORCHID
        "2001:db8::/32",  # documentation (RFC 3849)
        "2002::/16",  # 6to4 (RFC 3056): carries any IPv4 address
        "2620:4f:8000::/48",  # AS112 (RFC 7534)
        "3fff::/20",  # documentation (RFC 9637)
    )
)

_NUMERIC_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")
"""With such a last label, some parsers take a host for an IPv4 address: 2130706433, 0x7f.1, 127.1 (URL Standard,
3.5)."""

_LABEL = r"[a-z0-9_][a-z0-9_-]{0,62}"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(\.{_LABEL})*")
"""A name of letters, digits, - and _ (RFC 1123; buckets have _), without a trailing dot."""

_INTERNAL_DOMAINS = frozenset({"localhost", "local", "internal", "arpa"})
"""Top-level domains of internal networks: RFC 6761, RFC 6762, ICANN's .internal, home.arpa (RFC 8375)."""

_VERBATIM = re.compile(r"[!#-;=?-\[\]_a-z~]+")
"""A URL of these characters only is sent as it came, because re-encoding would break its signature."""

_USER_INFO = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*:)?([/\\]*)[^/]*@")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the public internet.

    Only the canonical form counts: `127.1`, `0x7f.0.0.1` and scoped addresses (`fe80::1%eth0`) are not public. An
    IPv4-mapped address (RFC 4291) is checked as the address it carries. A network's own NAT64 prefix (RFC 6052) can't
    be known.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not any(ip in network for network in _NOT_PUBLIC_V4)
    if ip.scope_id is not None:
        return False
    if ip.ipv4_mapped is not None:
        return is_public(str(ip.ipv4_mapped))
    return ip.is_global and ip in _PUBLIC_V6 and not any(ip in network for network in _NOT_PUBLIC_V6)


def parse_url(text: str) -> URL:
    """Parse a URL.

    The value is both checked and requested, so no second parser can differ.

    Raises:
        ValueError: it is no URL, too long, or has unprintable characters. The message does not contain it.
    """
    if len(text) > MAX_URL_LENGTH:
        raise ValueError(f"an address of more than {MAX_URL_LENGTH} characters")
    if not text.isprintable():
        raise ValueError("an address with characters that don't print")
    try:
        url = URL(text, encoded=_VERBATIM.fullmatch(text) is not None)
        origin_of(url)  # the host and the port are read only when they are asked for
    except ValueError:
        failure = ValueError("not an address")
    else:
        return url
    raise failure


def origin_of(url: URL) -> str:
    """Return a URL's origin (RFC 6454) in canonical form.

    Lower case, no default port, IPv6 compressed and in brackets.

    Raises:
        ValueError: host or port are invalid; never after `parse_url`.
    """
    host = _host(url)
    if ":" in host:
        host = f"[{ipaddress.IPv6Address(host).compressed}]"
    port = "" if url.port in {None, _DEFAULT_PORTS.get(url.scheme)} else f":{url.port}"
    return f"{url.scheme}://{host}{port}"


def violation(url: URL, trusted: frozenset[str] = frozenset()) -> str | None:
    """Return the rule that a URL breaks, None if it is allowed.

    Only port 443 is allowed: no movie needs another, and a request could do harm at a foreign service's port. The host
    must be a canonical public IP address or a full domain name. An origin in `trusted` needs only to have no user info.
    """
    if url.raw_user is not None or url.raw_password is not None:
        return "an address with a user or a password"
    if origin_of(url) in trusted:
        return None
    if url.scheme != "https":
        return "only https is fetched"
    if url.port != _DEFAULT_PORTS["https"]:
        return "only port 443 is asked"
    return _host_violation(_host(url))


def parse_origins(text: str) -> frozenset[str]:
    """Parse comma-separated origins such as `https://movies.example`.

    Raises:
        ValueError: names the invalid origin and the reason.
    """
    return frozenset(_parse_origin(piece.strip()) for piece in text.split(",") if piece.strip())


def redact_url(address: str) -> str:
    """Return a URL for logs: without query, fragment and user info, truncated."""
    text = re.split(r"[?#]", address, maxsplit=1)[0]
    text = _USER_INFO.sub(r"\1\2", text)
    text = "".join(
        each if "!" <= each <= "~" else "\N{REPLACEMENT CHARACTER}" for each in text[: MAX_LOGGED_LENGTH + 1]
    )
    return text if len(text) <= MAX_LOGGED_LENGTH else f"{text[:MAX_LOGGED_LENGTH]}…"


def _host(url: URL) -> str:
    return (url.raw_host or "").lower()


def _host_violation(host: str) -> str | None:
    last = host.rpartition(".")[2]
    if ":" in host or _NUMERIC_LABEL.fullmatch(last):
        return None if is_public(host) else "not a public address"
    if "." not in host or not _HOST.fullmatch(host):
        return "not a host name of the public internet"
    return "a name for the inside of a network" if last in _INTERNAL_DOMAINS else None


def _parse_origin(text: str) -> str:
    problem = None
    try:
        url = parse_url(text)
    except ValueError as exc:
        url, problem = URL(), str(exc)
    rules = (
        (url.scheme in _DEFAULT_PORTS, "it must start with https:// or http://"),
        (
            url.raw_user is None and url.raw_password is None and "@" not in text,
            "it must not have a user or a password",
        ),
        (url.raw_path in {"", "/"} and "?" not in text and "#" not in text, "it must end after the host and the port"),
        (
            _can_be_trusted(_host(url)) and url.port != 0,
            "it must have a full host name or an IP address, and a port above 0 if any",
        ),
    )
    problem = problem or next((rule for is_kept, rule in rules if not is_kept), None)
    if problem is not None:
        raise ValueError(f"has an invalid origin, {redact_url(text)}: {problem}")
    return origin_of(url)


def _can_be_trusted(host: str) -> bool:
    if ":" in host or _NUMERIC_LABEL.fullmatch(host.rpartition(".")[2]):
        try:
            return "%" not in str(ipaddress.ip_address(host))
        except ValueError:
            return False
    return _HOST.fullmatch(host) is not None
