"""Which orders wait for a server's staff."""

from __future__ import annotations

from bot.domain.approval import ApprovalRule, ApprovalScope

NOBODYS, UNTRUSTED, EVERYONE = None, ApprovalScope.UNTRUSTED, ApprovalScope.EVERYONE
TRUSTED, OTHER = 31, 32

WAITS = {
    (NOBODYS, 0, 10_000, ()): False,
    (EVERYONE, 0, 1, ()): True,
    (EVERYONE, 0, 1, (TRUSTED,)): True,
    (EVERYONE, 100, 100, ()): False,
    (EVERYONE, 100, 101, (TRUSTED,)): True,
    (UNTRUSTED, 0, 1, ()): True,
    (UNTRUSTED, 0, 1, (OTHER,)): True,
    (UNTRUSTED, 0, 1, (OTHER, TRUSTED)): False,
    (UNTRUSTED, 100, 100, ()): False,
    (UNTRUSTED, 100, 101, ()): True,
    (UNTRUSTED, 100, 101, (TRUSTED,)): False,
}
"""By scope, price up to which nothing waits, the movie's price, and the member's roles."""


def test_an_order_waits_above_the_price_unless_its_member_is_trusted_or_manages() -> None:
    for manages in (False, True):
        for (scope, above, price, roles), waits in WAITS.items():
            rule = ApprovalRule(scope, above, (TRUSTED, 33))
            assert rule.applies(price, roles, manages=manages) == (waits and not manages), (scope, above, price, roles)
    assert ApprovalRule(UNTRUSTED).applies(1, (TRUSTED, OTHER), manages=False), "nobody is trusted"
