"""/credits fits Discord's limits, and shows what the next order needs."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.credits import Budget, EntryType, LedgerEntry, Month
from bot.domain.delivery import PostedMessage
from bot.domain.job import JobState
from bot.domain.quota import Allowance, AllowanceSource, Balance, Block
from bot.domain.report import Receipt
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui import block_texts, credits
from bot.ui.amounts import format_credits, format_monthly_credits
from bot.ui.components import Button
from bot.ui.state_labels import state_label
from tests.helpers.discord_limits import broken_limits, live, mentioned
from tests.helpers.expected_text import ENGLISH, embed_text
from tests.helpers.factories import ALICE, CATALOGUE, FOREIGN, balance
from tests.helpers.languages import LANGUAGES
from tests.helpers.reading import view_buttons

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
    message=st.none() | st.builds(PostedMessage, st.integers(10**17, 2**63), st.integers(10**17, 2**63)),
)


def own(
    held: Balance,
    receipts: list[Receipt],
    total: int = 0,
    block: Block | None = None,
    name: str = "Alice",
    *,
    texts: Texts = ENGLISH,
) -> discord.Embed:
    """A member's account, first page."""
    return credits.account_embed(
        texts, name, held, NOVEMBER, receipts, 0, total, block, is_own=True, guild_id=10, catalogue=CATALOGUE
    )


def field(embed: discord.Embed, name: str) -> str:
    """A field's text."""
    return next(str(each.value) for each in embed.fields if each.name == name)


@LANGUAGES
def test_an_account_shows_allowance_used_on_hold_left_and_reset(texts: Texts) -> None:
    """The numbers follow the language's format."""
    allowance = Allowance(6000, AllowanceSource.BOT_DEFAULT)
    embed = own(Balance(Budget(6000, 2000, 800), allowance, Budget(0), None, Budget(9000)), [], texts=texts)
    assert "Alice" in str(embed.title)
    for part in (format_credits(texts, 3200), "`████░░░░░░` 46", f"<t:{NOVEMBER.ends_at // 1000}:R>"):
        assert part in str(embed.description)
    assert field(embed, texts("credits-allowance-field")).splitlines() == [
        format_monthly_credits(texts, 6000),
        credits.allowance_source(texts, allowance),
    ]
    assert field(embed, texts("credits-used-field")).startswith(format_credits(texts, 2000))
    assert field(embed, texts("credits-on-hold-field")) == format_credits(texts, 800)
    assert field(embed, texts("credits-receipts-field")) == texts("credits-no-receipts")


@LANGUAGES
def test_bonus_credits_that_wait_for_a_movie_are_on_hold_too(texts: Texts) -> None:
    allowance = Allowance(600, AllowanceSource.BOT_DEFAULT)
    embed = own(Balance(Budget(600, 0, 600), allowance, Budget(500, 0, 150), None, Budget(9000)), [], texts=texts)
    assert field(embed, texts("credits-on-hold-field")) == format_credits(texts, 750)
    assert field(embed, texts("credits-bonus-field")) == texts("credits-bonus-value", credits=350)


PAGES = {
    (0, 5): [],
    (0, 6): [1, 2],
    (19, 100): [20, 20],
    (0, 101): [1, 20],
    (24, 125): [25, 25],
    (24, 126): [25, 25],
}
"""The numbers in the title of the receipts. Counting ends with a page, so the last one may be a lower bound."""

UNCOUNTED = {(0, 101), (24, 126)}


@LANGUAGES
@pytest.mark.parametrize(("page", "total"), PAGES)
def test_an_account_says_how_many_pages_there_are_as_far_as_they_were_counted(
    texts: Texts, page: int, total: int
) -> None:
    """A next-page button exists exactly if there is a next page."""
    embed = credits.account_embed(
        texts, "Alice", balance(), NOVEMBER, [], page, total, None, is_own=True, guild_id=10, catalogue=CATALOGUE
    )
    title = [str(each.name) for each in embed.fields][-1]
    numbers = PAGES[page, total]
    if not numbers:
        assert title == texts("credits-receipts-field")
    elif (page, total) in UNCOUNTED:
        assert title == texts("credits-receipts-many-pages-field", page=numbers[0], pages=numbers[1])
    else:
        assert title == texts("credits-receipts-page-field", page=numbers[0], pages=numbers[1])


@pytest.mark.parametrize("name", ["", "\u200b\u2060", "   "])
def test_an_account_of_a_member_whose_name_does_not_show_has_a_whole_title(name: str) -> None:
    """Discord allows names of invisible characters."""
    assert own(balance(), [], name=name).title == ENGLISH("credits-unnamed-account-title")


@LANGUAGES
@pytest.mark.parametrize("state", JobState)
def test_a_receipt_says_how_its_movie_came_out(texts: Texts, state: JobState) -> None:
    """Every state shows length, model, cost and prompt."""
    receipt = Receipt(0, ALICE, "a *fox*", 30, "LUMA", 300, 0, state.value, "0abc")
    line = credits.receipt_line(texts, receipt, 10, CATALOGUE)
    for part in (state_label(texts, state), "**300**", "30", "Luma Dream Machine", r"a \*fox\*"):
        assert part in line
    assert line.startswith("<t:0:d>")
    assert "_" not in line
    assert "https" not in line
    there = credits.receipt_line(texts, replace(receipt, message=PostedMessage(20, 30)), 10, CATALOGUE)
    assert f"[{texts('links-jump')}](https://discord.com/channels/10/20/30)" in there


@LANGUAGES
@given(BALANCES, st.lists(RECEIPTS, max_size=credits.PAGE_SIZE), st.integers(0, 10**6), FOREIGN)
def test_no_account_is_too_long_for_discord(
    texts: Texts, held: Balance, receipts: list[Receipt], total: int, name: str
) -> None:
    """Prompts and names are as long as possible.

    Only the role that sets the allowance is mentioned.
    """
    embed = own(held, receipts, total, Block(None, "for spam"), name, texts=texts)
    view = credits.account_view(texts, ALICE, 0, total)
    assert broken_limits(embed, view=view) == []
    assert mentioned(embed_text(embed)) <= {f"<@&{held.source.role_id}>"}


@LANGUAGES
@given(FOREIGN)
def test_the_reason_for_a_change_has_no_live_markup(texts: Texts, reason: str) -> None:
    """It is listed on one line."""

    def line(reason: str) -> str:
        return credits.adjustment_line(texts, LedgerEntry(0, EntryType.GRANT, 0, 50, 0, None, 1, ALICE, 9, reason, ""))

    shown = line(reason).removeprefix(line("")).lstrip(" :：")
    assert live(shown) == []
    assert "\n" not in shown


@LANGUAGES
def test_a_block_is_shown_with_its_end(texts: Texts) -> None:
    """The time is in Discord's format, or the member reads who unblocks."""
    for block, part in (
        (Block(1_800_000_000_000, "x"), "<t:1800000000:f>"),
        (Block(None, "x"), texts("credits-blocked")),
        (Block(None, "x", everywhere=True), texts("credits-blocked-everywhere")),
    ):
        assert part in str(own(balance(), [], block=block, texts=texts).description)


TIMED_OUT, BLOCKED = Block(1_800_000_000_000, "", is_timeout=True), Block(1_800_000_000_000, "")


@pytest.mark.parametrize(
    ("block", "refusal", "account", "quota"),
    [
        (TIMED_OUT, "refusals-timed-out-until", "credits-timed-out-until", "quota-timed-out-until"),
        (BLOCKED, "refusals-blocked-until", "credits-blocked-until", "quota-blocked-until"),
        (
            replace(BLOCKED, everywhere=True),
            "refusals-blocked-everywhere-until",
            "credits-blocked-until",
            "quota-blocked-everywhere-until",
        ),
        (
            Block(None, "", everywhere=True),
            "refusals-blocked-everywhere",
            "credits-blocked-everywhere",
            "quota-blocked-everywhere",
        ),
    ],
)
def test_who_blocks_a_member_is_said_in_each_place(
    block: Block, refusal: MessageId, account: MessageId, quota: MessageId
) -> None:
    """The prompt filter's time-out is no block by a manager."""
    time = "<t:1800000000:f>"
    assert block_texts.blocked_text(ENGLISH, block) == ENGLISH(refusal, time=time)
    assert block_texts.account_notice(ENGLISH, block) == ENGLISH(account, time=time)
    assert block_texts.format_block(ENGLISH, block) == ENGLISH(quota, time=time)


CHANGE = LedgerEntry(1_800_000_000_000, EntryType.ADJUST, 0, 0, 0, None, 1, ALICE, 9, "", "")
DATE = {"date": "<t:1800000000:d>"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (replace(CHANGE, entry_type=EntryType.GRANT, extra=50), ENGLISH("credits-granted", **DATE, credits=50)),
        (replace(CHANGE, extra=-20), ENGLISH("credits-removed", **DATE, credits=20)),
        (replace(CHANGE, allowance=-30), ENGLISH("credits-usage-reset", **DATE)),
        (replace(CHANGE, allowance=30), ENGLISH("credits-carried-over", **DATE, credits=30)),
        (replace(CHANGE), ENGLISH("credits-carried-over", **DATE, credits=0)),
        (
            replace(CHANGE, entry_type=EntryType.GRANT, extra=50, partner_id=7),
            ENGLISH("credits-gift-received", **DATE, credits=50, member="<@7>"),
        ),
        (
            replace(CHANGE, extra=-20, partner_id=-7),
            ENGLISH("credits-gift-given", **DATE, credits=20, member=ENGLISH("privacy-unnamed")),
        ),
        (
            replace(CHANGE, entry_type=EntryType.GRANT, extra=50, partner_id=0),
            ENGLISH("credits-old-gift-received", **DATE, credits=50),
        ),
        (replace(CHANGE, extra=-20, partner_id=0), ENGLISH("credits-old-gift-given", **DATE, credits=20)),
    ],
)
def test_each_change_of_credits_has_its_own_line(change: LedgerEntry, expected: str) -> None:
    """A reason follows where one was given."""
    assert credits.adjustment_line(ENGLISH, change) == expected
    given = credits.adjustment_line(ENGLISH, replace(change, reason="*hi*"))
    assert given == ENGLISH("credits-with-reason", change=expected, reason=r"\*hi\*")


def test_each_source_of_an_allowance_has_its_own_words() -> None:
    told = {each: credits.allowance_source(ENGLISH, Allowance(600, each, 5)) for each in AllowanceSource}
    assert told == {
        AllowanceSource.MEMBER: ENGLISH("credits-source-member"),
        AllowanceSource.ROLE: ENGLISH("credits-source-role", role="<@&5>"),
        AllowanceSource.SERVER_DEFAULT: ENGLISH("credits-source-server"),
        AllowanceSource.BOT_DEFAULT: ENGLISH("credits-source-bot"),
    }


@pytest.mark.parametrize(
    ("page", "total", "enabled"),
    [
        (0, 0, [False, False, False]),
        (0, 5, [False, False, True]),
        (0, 6, [False, True, True]),
        (2, 15, [True, False, True]),
        (2, 16, [True, True, True]),
    ],
)
def test_the_buttons_of_an_account_lead_to_the_next_pages(page: int, total: int, enabled: list[bool]) -> None:
    more = Button("Ask", ("credits-ask", 5))
    view = credits.account_view(ENGLISH, ALICE, page, total, more)
    shown = view_buttons(view)
    older, newer = f"m:credits:{ALICE}:{page + 1}", f"m:credits:{ALICE}:{max(0, page - 1)}"
    assert [each.custom_id for each in shown] == [newer, older, f"m:credits-csv:{ALICE}", "m:credits-ask:5"]
    assert [not each.disabled for each in shown] == [*enabled, True]


def test_only_a_server_budget_that_is_smaller_is_shown() -> None:
    """What is left is the member's own."""
    smaller = replace(balance(320), server=Budget(100))
    assert field(own(smaller, []), ENGLISH("credits-shared-field")) == ENGLISH("credits-shared-value", credits=100)
    assert format_credits(ENGLISH, 320) in str(own(smaller, []).description)
    equal = replace(balance(320), server=Budget(320))
    assert ENGLISH("credits-shared-field") not in [each.name for each in own(equal, []).fields]


def test_receipts_of_several_fields_have_one_title() -> None:
    """A canceled movie has its cost; a deleted prompt is called gone."""
    receipt = Receipt(0, ALICE, "", 30, "LUMA", 300, 0, "cancelled", "0abc", spent=70)
    line = credits.receipt_line(ENGLISH, receipt, 10, CATALOGUE)
    assert state_label(ENGLISH, JobState.CANCELLED, 70) in line
    assert ENGLISH("privacy-prompt-gone").strip("()") in line
    there = PostedMessage(10**18, 10**18)
    many = [replace(receipt, prompt="*" * 100, model="*" * 100, message=there)] * credits.PAGE_SIZE
    names = [each.name for each in own(balance(), many, 5).fields][4:]
    assert names == [ENGLISH("credits-receipts-field"), "\u200b"]
