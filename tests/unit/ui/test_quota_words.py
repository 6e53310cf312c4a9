"""What /quota says of each amount, and how to change it."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest

from bot.domain.credits import Budget
from bot.domain.quota import Allowance, AllowanceSource, Balance, Block, GuildQuotas
from bot.ui import block_texts, quota_admin, quota_current
from bot.ui.components import Button
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import ALICE
from tests.helpers.reading import fields

BARE = GuildQuotas(600, None, None, (), (), (), None)
SET = ENGLISH("quota-how-to-set", option="credits")


def change(what: str) -> str:
    """Return the hint how an amount is changed or removed."""
    return ENGLISH("quota-how-to-change", option="credits", what=what)


# ── without an amount ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("default", "shown", "hint"),
    [
        (None, ENGLISH("quota-current-bot-default", credits=600), SET),
        (250, ENGLISH("quota-current-default", credits=250), change("default")),
        (0, ENGLISH("quota-current-default", credits=0), change("default")),
    ],
)
def test_the_default_is_told_with_how_to_change_it(default: int | None, shown: str, hint: str) -> None:
    """A default of 0 is one, too."""
    assert quota_current.current_default(ENGLISH, replace(BARE, default=default)) == f"{shown}\n-# {hint}"


@pytest.mark.parametrize(
    ("own", "operator", "shown", "hint"),
    [
        (None, None, ENGLISH("quota-current-server-unlimited"), SET),
        (900, None, ENGLISH("quota-current-server", credits=900), change("server")),
        (0, None, ENGLISH("quota-current-server", credits=0), change("server")),
        (None, 2000, ENGLISH("quota-current-server-operator", credits=2000), SET),
        (900, 2000, ENGLISH("quota-current-server", credits=900), change("server")),
        (2000, 2000, ENGLISH("quota-current-server-operator", credits=2000), change("server")),
        (9000, 2000, ENGLISH("quota-current-server-operator", credits=2000), change("server")),
    ],
)
def test_the_servers_budget_is_the_lower_one_and_only_its_own_is_cleared(
    own: int | None, operator: int | None, shown: str, hint: str
) -> None:
    limits = replace(BARE, server=own, operator=operator)
    assert quota_current.current_server(ENGLISH, limits) == f"{shown}\n-# {hint}"


@pytest.mark.parametrize("source", AllowanceSource)
def test_a_members_allowance_is_cleared_only_where_it_is_their_own(source: AllowanceSource) -> None:
    first, hint = quota_current.current_member(ENGLISH, ALICE, Allowance(50, source, 7)).splitlines()
    assert first.startswith(f"<@{ALICE}> gets 50 credits a month (")
    assert hint == f"-# {change('member') if source is AllowanceSource.MEMBER else SET}"


def test_a_roles_allowance_is_told_of_that_role() -> None:
    """An allowance of 0 is one, too."""
    limits = replace(BARE, roles=((7, 0), (8, 90)))
    for role, credits in limits.roles:
        shown = ENGLISH("quota-current-role", role=f"<@&{role}>", credits=credits)
        assert quota_current.current_role(ENGLISH, role, limits) == f"{shown}\n-# {change('role')}"
    none = ENGLISH("quota-current-role-none", role="<@&9>")
    assert quota_current.current_role(ENGLISH, 9, limits) == f"{none}\n-# {SET}"


def test_what_can_not_be_cleared_is_named() -> None:
    assert quota_current.default_not_set(ENGLISH) == ENGLISH("quota-default-not-set")
    assert quota_current.server_not_set(ENGLISH) == ENGLISH("quota-server-not-set")
    assert quota_current.member_not_set(ENGLISH, ALICE) == ENGLISH("quota-member-not-set", member=f"<@{ALICE}>")
    assert quota_current.role_not_set(ENGLISH, 9) == ENGLISH("quota-current-role-none", role="<@&9>")


# ── overviews ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_overview_without_limits_has_no_empty_lists() -> None:
    """Budgets of 0 are limits."""
    assert fields(quota_admin.limits_embed(ENGLISH, BARE)) == {
        ENGLISH("quota-each-member-field"): ENGLISH("quota-bot-default", credits=600),
        ENGLISH("quota-server-field"): ENGLISH("quota-unlimited"),
        ENGLISH("quota-staff-channel-field"): ENGLISH("quota-no-channel"),
    }
    none = fields(quota_admin.limits_embed(ENGLISH, replace(BARE, default=0, server=0)))
    assert none[ENGLISH("quota-each-member-field")] == "0 credits a month"
    assert none[ENGLISH("quota-server-field")] == "0 credits a month"
    closed = fields(quota_admin.limits_embed(ENGLISH, replace(BARE, staff_channel_failed_at=60_000)))
    assert closed[ENGLISH("quota-staff-channel-field")].splitlines() == [
        ENGLISH("quota-no-channel"),
        ENGLISH("quota-channel-failed", time="<t:60:R>"),
    ]


def test_a_members_limits_are_what_they_get_used_and_have_left() -> None:
    """What the server can't pay for is theirs all the same."""
    balance = Balance(
        Budget(600, 100, 30), Allowance(600, AllowanceSource.ROLE, 7), Budget(80, 20, 7), Budget(200), Budget(9000)
    )
    shown = quota_admin.member_limits_embed(ENGLISH, "*Al*", ALICE, balance, None)
    assert (shown.title, shown.description) == (r"\*Al\*'s limits", f"<@{ALICE}>")
    found = fields(shown)
    assert found[ENGLISH("quota-allowance-field")].splitlines() == [
        "600 credits a month",
        ENGLISH("credits-source-role", role="<@&7>"),
    ]
    assert found[ENGLISH("quota-used-field")] == "100 credits"
    assert found[ENGLISH("quota-blocked-field")] == ENGLISH("quota-not-blocked")
    block = Block(None, "spam")
    unnamed = quota_admin.member_limits_embed(ENGLISH, "\u200b", ALICE, balance, block)
    assert unnamed.title == ENGLISH("quota-unnamed-member-title")
    assert fields(unnamed)[ENGLISH("quota-blocked-field")] == block_texts.format_block(ENGLISH, block)


# ── refusals ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_value_that_can_not_be_is_named_with_what_can() -> None:
    """A command of an older version may send text, or true."""
    for given, shown in ((-5, "-5"), (12_000_000, "12,000,000"), (True, "True"), ("*x*", r"\*x\*")):
        for least in (0, 1):
            text = ENGLISH("quota-bad-credits", given=shown, min=least, max=10_000_000)
            assert quota_admin.bad_amount(ENGLISH, given, least) == text
    assert quota_admin.bad_hours(ENGLISH, 0) == ENGLISH("quota-bad-hours", given="0", min=1, max=8760)
    assert quota_admin.bad_month(ENGLISH, "*x*") == ENGLISH("quota-bad-month", given=r"\*x\*")
    assert quota_admin.role_gone(ENGLISH, 7) == ENGLISH("quota-role-deleted", role="<@&7>")


@pytest.mark.parametrize("given", ["", "   ", None, 5])
def test_a_reason_that_says_nothing_is_required(given: object) -> None:
    assert quota_admin.bad_reason(ENGLISH, given) == ENGLISH("quota-reason-required")
    long = ENGLISH("quota-reason-too-long", characters=201, max=200)
    assert quota_admin.bad_reason(ENGLISH, "x" * 201) == long


def test_what_remains_of_bonus_credits_and_of_queued_movies_is_told() -> None:
    member = f"<@{ALICE}>"
    assert quota_admin.insufficient_grant(ENGLISH, ALICE, 0) == ENGLISH("quota-no-bonus", member=member)
    some = quota_admin.insufficient_grant(ENGLISH, ALICE, 10)
    assert some == ENGLISH("quota-too-little-bonus", member=member, credits=10)
    assert quota_admin.queued_cancelled(ENGLISH, 2) == ENGLISH("quota-queued-cancelled", movies=2)
    assert quota_admin.queued_cancelled(ENGLISH, 0) == ENGLISH("quota-none-queued")
    red = discord.ButtonStyle.danger
    expected = Button(ENGLISH("quota-cancel-queued-button"), (quota_admin.CANCEL_QUEUED, ALICE), red)
    assert quota_admin.cancel_queued(ENGLISH, ALICE) == expected
    assert quota_admin.operator_limit_note(ENGLISH, 900) == ENGLISH("quota-operator-limits-server", credits=900)
    assert quota_admin.operator_block_note(ENGLISH) == ENGLISH("quota-operator-blocks-member")
