"""/credits fits Discord's limits, and shows what the next order needs."""

from __future__ import annotations

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.credits import Budget, EntryType, LedgerEntry, Month
from bot.domain.job import JobState
from bot.domain.quota import Allowance, AllowanceSource, Balance, Block
from bot.domain.report import Receipt
from bot.ui import credits
from tests.helpers.discord_limits import broken_limits, live, mentioned
from tests.helpers.factories import ALICE, CATALOGUE, FOREIGN, balance

NOVEMBER = Month(2026, 11)

AMOUNTS = st.integers(0, 10**9)
BUDGETS = st.builds(Budget, AMOUNTS, AMOUNTS, AMOUNTS)
ALLOWANCES = st.builds(Allowance, AMOUNTS, st.sampled_from(AllowanceSource), st.integers(1, 2**63))
BALANCES = st.builds(Balance, BUDGETS, ALLOWANCES, BUDGETS, st.none() | BUDGETS, BUDGETS)
RECEIPTS = st.builds(
    Receipt,
    created_at=st.integers(0, 4_000_000_000_000),
    member_id=st.just(ALICE),
    prompt=FOREIGN,
    seconds=st.integers(1, 120),
    model=FOREIGN,
    credits=AMOUNTS,
    extra=AMOUNTS,
    outcome=st.sampled_from([state.value for state in JobState]),
    job_id=st.just("0abc123defghj"),
)


def own(
    held: Balance, receipts: list[Receipt], total: int = 0, block: Block | None = None, name: str = "Alice"
) -> discord.Embed:
    """A member's account, first page."""
    return credits.account_embed(name, held, NOVEMBER, receipts, 0, total, block, catalogue=CATALOGUE)


def field(embed: discord.Embed, name: str) -> str:
    """A field's text."""
    return next(str(each.value) for each in embed.fields if each.name == name)


def test_an_account_shows_allowance_used_held_left_and_reset() -> None:
    """All that decides whether the next movie fits."""
    embed = own(
        Balance(Budget(600, 200, 80), Allowance(600, AllowanceSource.BOT_DEFAULT), Budget(0), None, Budget(5000)), []
    )
    assert embed.title == "Credits of Alice"
    assert "**320 credits** left" in str(embed.description)
    assert "`████░░░░░░` 46%" in str(embed.description)
    assert f"<t:{NOVEMBER.ends_at // 1000}:R>" in str(embed.description)
    assert field(embed, "Allowance").startswith("600 credits a month")
    assert field(embed, "Used").startswith("200 credits")
    assert field(embed, "Held").startswith("80 credits")
    assert field(embed, "Receipts") == "No movies yet: try /movie."


PAGES = {
    (0, 5): "Receipts",
    (0, 6): "Receipts, page 1 of 2",
    (19, 100): "Receipts, page 20 of 20",
    (0, 101): "Receipts, page 1 of more than 20",
    (24, 125): "Receipts, page 25 of 25",
    (24, 126): "Receipts, page 25 of more than 25",
}


@pytest.mark.parametrize(("page", "total"), PAGES)
def test_an_account_says_how_many_pages_there_are_as_far_as_they_were_counted(page: int, total: int) -> None:
    """The next page's button exists exactly if there is one."""
    embed = credits.account_embed("Alice", balance(), NOVEMBER, [], page, total, None, catalogue=CATALOGUE)
    assert [each.name for each in embed.fields][-1] == PAGES[page, total]


@pytest.mark.parametrize("name", ["", "\u200b\u2060", "   "])
def test_an_account_of_a_member_whose_name_does_not_show_has_a_whole_title(name: str) -> None:
    """Discord lets people have such names."""
    assert own(balance(), [], name=name).title == "Credits of this member"


@pytest.mark.parametrize("state", JobState)
def test_a_receipt_says_how_its_movie_came_out(state: JobState) -> None:
    """For every state: length, model, cost and prompt."""
    line = credits.receipt_line(Receipt(0, ALICE, "a *fox*", 30, "LUMA", 300, 0, state.value, "0abc"), CATALOGUE)
    assert "**300**" in line
    assert "30 s Luma Dream Machine" in line
    assert r"a \*fox\*" in line
    assert "_" not in line


@given(BALANCES, st.lists(RECEIPTS, max_size=credits.PAGE_SIZE), st.integers(0, 10**6), FOREIGN)
def test_no_account_is_too_long_for_discord(held: Balance, receipts: list[Receipt], total: int, name: str) -> None:
    """Whatever the prompts and the name.

    Only the role that sets the allowance is mentioned.
    """
    embed = own(held, receipts, total, Block(None, "for spam"), name)
    assert broken_limits(embed) == []
    text = "\n".join([str(embed.title), str(embed.description), *(str(each.value) for each in embed.fields)])
    assert mentioned(text) <= {f"<@&{held.source.role_id}>"}


@given(FOREIGN)
def test_the_reason_for_a_change_has_no_live_markup(reason: str) -> None:
    """It is listed on one line."""
    line = credits.adjustment_line(LedgerEntry(0, EntryType.GRANT, 0, 50, 0, None, 1, ALICE, 9, reason, ""))
    shown = line.removeprefix("<t:0:d> given 50 credits extra").removeprefix(": ")
    assert live(shown) == []
    assert "\n" not in shown


def test_a_block_is_shown_with_its_end() -> None:
    """In Discord's own time format, or until it is lifted."""
    assert "until <t:1800000000:f>" in str(own(balance(), [], block=Block(1_800_000_000_000, "x")).description)
    assert "until it is lifted" in str(own(balance(), [], block=Block(None, "x")).description)
