"""The address by which a call is counted."""

from __future__ import annotations

from ipaddress import ip_network

from hypothesis import given
from hypothesis import strategies as st

from bot.web.client_ip import client_ip

TRUSTED = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
HOSTILE = "203.0.113.66"


def test_the_address_that_a_trusted_proxy_added_counts_and_no_other() -> None:
    """One or several proxies use either header, with and without port."""
    for remote, forwarded_for, counted in (
        ("203.0.113.5", [], "203.0.113.5"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["203.0.113.5"], "203.0.113.5"),
        ("10.0.0.1", ["203.0.113.5, 10.0.0.2"], "203.0.113.5"),
        ("10.0.0.1", ["203.0.113.5", "10.0.0.2"], "203.0.113.5"),
        ("fd00::1", ["2001:db8::7"], "2001:db8::7"),
        ("10.0.0.1", ["[2001:db8::7]:443"], "2001:db8::7"),
        ("10.0.0.1", ["203.0.113.5:50123"], "203.0.113.5"),
        ("::ffff:10.0.0.1", ["::ffff:203.0.113.5"], "203.0.113.5"),
        ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        # what a caller makes up is not believed
        (HOSTILE, ["203.0.113.5"], HOSTILE),
        (HOSTILE, ["203.0.113.5, 10.0.0.2"], HOSTILE),
        ("10.0.0.1", [f"203.0.113.5, {HOSTILE}"], HOSTILE),
        ("10.0.0.1", [f"203.0.113.5, {HOSTILE}, 10.0.0.2"], HOSTILE),
        ("10.0.0.1", ["203.0.113.5, nonsense"], "10.0.0.1"),
        ("10.0.0.1", ["203.0.113.5, , 10.0.0.2"], "10.0.0.2"),
        (None, ["203.0.113.5"], ""),
    ):
        assert client_ip(remote, forwarded_for, TRUSTED) == counted, (remote, forwarded_for)


@given(st.lists(st.text(max_size=40), max_size=5))
def test_no_header_hides_a_caller(forwarded_for: list[str]) -> None:
    """Entries before the proxy's don't count, nor headers without a trusted proxy."""
    assert client_ip("10.0.0.1", [*forwarded_for, HOSTILE], TRUSTED) == HOSTILE
    assert client_ip(HOSTILE, forwarded_for, TRUSTED) == HOSTILE
    assert client_ip(HOSTILE, forwarded_for, ()) == HOSTILE
