"""Limits of open connections: total, per address, and by descriptors."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.connection_limits import ConnectionCounter, ConnectionLimits, Refusal, descriptor_limit

LIMITS = ConnectionLimits(total=8, strangers=6, per_address=2)
STRANGERS = ("203.0.113.5", "203.0.113.6", "2001:db8::1", "2001:db8:0:1::1")
PROXY = "10.0.0.1"


def counter() -> ConnectionCounter:
    return ConnectionCounter(LIMITS, (ip_network("10.0.0.0/8"),))


def test_connections_take_half_of_the_descriptors_at_most() -> None:
    """The database, Discord and the API need the rest."""
    most = ConnectionLimits(total=512, strangers=384, per_address=64)
    limits = {
        128: ConnectionLimits(total=64, strangers=48, per_address=8),
        1024: most,
        1_000_000: most,
        None: most,
        1: ConnectionLimits(total=4, strangers=3, per_address=1),
    }
    assert {descriptors: ConnectionLimits.for_descriptors(descriptors) for descriptors in limits} == limits


def test_the_limit_of_descriptors_is_the_one_that_the_kernel_enforces(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process may have a lower limit than it could set."""
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    for soft, limit in ((1024, 1024), (resource.RLIM_INFINITY, None)):
        monkeypatch.setattr(resource, "getrlimit", lambda _, soft=soft: (soft, 4096))
        assert descriptor_limit() == limit


def test_an_address_has_a_limit_of_its_own() -> None:
    """An IPv4 address counts in its IPv6 form, too. IPv6 counts by the /64, of which one caller has every address."""
    for one, same in (
        ("203.0.113.5", "203.0.113.5"),
        ("203.0.113.5", "::ffff:203.0.113.5"),
        ("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff"),
        ("fe80::1%eth0", "fe80::2%eth0"),
    ):
        connections = counter()
        admitted = [connections.admit(address) for address in (one, same, one, same)]
        assert admitted == [None, None, Refusal.ADDRESS, Refusal.ADDRESS], one
        assert [connections.admit(other) for other in ("203.0.113.99", "2001:db8:0:99::1")] == [None, None]
        connections.release(same)
        assert connections.admit(one) is None


def test_strangers_together_leave_a_quarter_to_proxies_and_this_machine() -> None:
    """A flood excludes neither the proxy nor local monitoring."""
    connections = counter()
    for address in STRANGERS[:3]:
        assert [connections.admit(address) for _ in range(2)] == [None, None]
    assert connections.admit(STRANGERS[3]) is Refusal.TOTAL
    assert connections.admit("127.0.0.1") is None
    assert connections.admit(PROXY) is None
    assert connections.admit(PROXY) is Refusal.TOTAL
    assert connections.admit("::1") is Refusal.TOTAL


def test_a_proxy_may_use_all_connections() -> None:
    """All callers come from its address, so they would share one limit."""
    for address in ("127.0.0.1", "127.0.0.9", "::1", "::ffff:127.0.0.1", PROXY, f"::ffff:{PROXY}"):
        connections = counter()
        assert [connections.admit(address) for _ in range(8)] == [None] * 8, address
        assert [connections.admit(each) for each in (address, STRANGERS[0])] == [Refusal.TOTAL] * 2
        connections.release(address)
        assert connections.admit(STRANGERS[0]) is None


@given(st.lists(st.tuples(st.sampled_from((*STRANGERS, PROXY, "127.0.0.1", "what?")), st.booleans()), max_size=80))
def test_no_limit_is_ever_exceeded_and_every_end_makes_room(steps: list[tuple[str, bool]]) -> None:
    connections, opened = counter(), list[str]()
    for address, opens in steps:
        if opens and connections.admit(address) is None:
            opened.append(address)
        elif not opens and opened:
            connections.release(opened.pop(0))
        strangers = [each for each in opened if each not in {PROXY, "127.0.0.1"}]
        assert len(opened) <= LIMITS.total
        assert len(strangers) <= LIMITS.strangers
        assert all(strangers.count(each) <= LIMITS.per_address for each in strangers)
    for address in opened:
        connections.release(address)
    assert [connections.admit(PROXY) for _ in range(9)] == [None] * 8 + [Refusal.TOTAL]
