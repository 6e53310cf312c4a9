"""Which orders wait for a server's staff."""

from __future__ import annotations

import pytest

from bot.domain.approval import ApprovalRule, ApprovalScope

NOBODYS, UNTRUSTED, EVERYONE = None, ApprovalScope.UNTRUSTED, ApprovalScope.EVERYONE
TRUSTED, OTHER = 31, 32


@pytest.mark.parametrize("manages", [False, True])
@pytest.mark.parametrize(
    ("scope", "above", "price", "roles", "waits"),
    [
        (NOBODYS, 0, 10_000, (), False),
        (EVERYONE, 0, 1, (), True),
        (EVERYONE, 0, 1, (TRUSTED,), True),
        (EVERYONE, 100, 100, (), False),
        (EVERYONE, 100, 101, (TRUSTED,), True),
        (UNTRUSTED, 0, 1, (), True),
        (UNTRUSTED, 0, 1, (OTHER,), True),
        (UNTRUSTED, 0, 1, (OTHER, TRUSTED), False),
        (UNTRUSTED, 100, 100, (), False),
        (UNTRUSTED, 100, 101, (), True),
        (UNTRUSTED, 100, 101, (TRUSTED,), False),
    ],
)
def test_an_order_waits_above_the_price_unless_its_member_is_trusted_or_manages(
    scope: ApprovalScope | None, above: int, price: int, roles: tuple[int, ...], waits: bool, manages: bool
) -> None:
    rule = ApprovalRule(scope, above, (TRUSTED, 33))
    assert rule.applies(price, roles, manages=manages) == (waits and not manages)


def test_without_a_trusted_role_nobody_is_trusted() -> None:
    assert ApprovalRule(UNTRUSTED).applies(1, (TRUSTED, OTHER), manages=False)
