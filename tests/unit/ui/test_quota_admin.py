"""Messages for managers: within Discord's limits, without live markup."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.credits import Budget, Month
from bot.domain.job import EndReason
from bot.domain.quota import (
    MAX_CREDITS,
    Allowance,
    AllowanceSource,
    AuditAction,
    AuditEntry,
    AuditReason,
    Balance,
    Block,
    GuildQuotas,
)
from bot.domain.report import DailyUsage, FailureStats, MonthlyReport, UsageShare
from bot.ui import quota_admin, reports
from bot.ui.end_reasons import REASON_LABELS
from tests.helpers.discord_limits import broken_limits, live, mentioned
from tests.helpers.factories import ALICE, CATALOGUE, FOREIGN

DANA = 9
AMOUNTS = st.integers(0, 10**9)
IDS = st.integers(1, 2**63 - 1)
MOMENTS = st.integers(0, 4_000_000_000_000)
BUDGETS = st.builds(Budget, AMOUNTS, AMOUNTS, AMOUNTS)
BLOCKS = st.builds(Block, st.none() | MOMENTS, FOREIGN)
ENTRIES = st.builds(
    AuditEntry,
    id=st.just("1"),
    created_at=MOMENTS,
    guild_id=IDS,
    actor_id=st.just(0) | IDS,
    action=st.sampled_from(AuditAction),
    subject_id=st.just(0) | IDS,
    credits=st.none() | AMOUNTS,
    reason=FOREIGN,
    reason_code=st.none() | st.sampled_from(AuditReason),
    duration_hours=st.none() | st.integers(1, 9000),
    job_id=st.none() | st.just("0abc123defghj"),
)
MANY = st.lists(st.tuples(IDS, AMOUNTS), max_size=60).map(tuple)
OVERVIEWS = st.builds(
    GuildQuotas,
    AMOUNTS,
    st.none() | AMOUNTS,
    st.none() | AMOUNTS,
    MANY,
    MANY,
    st.lists(st.tuples(IDS, BLOCKS), max_size=30).map(tuple),
    st.none() | IDS,
    st.none() | MOMENTS,
)
BALANCES = st.builds(
    Balance,
    BUDGETS,
    st.builds(Allowance, AMOUNTS, st.sampled_from(AllowanceSource), IDS),
    BUDGETS,
    st.none() | BUDGETS,
    BUDGETS,
)
SHARES = st.lists(st.builds(UsageShare, FOREIGN, FOREIGN, AMOUNTS, AMOUNTS, AMOUNTS), max_size=10).map(tuple)
FAILURES = st.lists(
    st.builds(FailureStats, st.sampled_from(EndReason), AMOUNTS, AMOUNTS, AMOUNTS),
    max_size=9,
    unique_by=lambda f: f.reason,
).map(tuple)
DAYS = tuple(DailyUsage(number, 0, 0, 0, 0) for number in range(1, 31))
REPORTS = st.builds(
    MonthlyReport,
    st.just(Month(2026, 11)),
    *[AMOUNTS] * 7,
    SHARES,
    SHARES,
    FAILURES,
    st.just(DAYS),
    st.none() | BUDGETS,
    BUDGETS,
    st.lists(FOREIGN, max_size=3).map(tuple),
)


def entry(action: AuditAction, credits: int | None = None, *, reason: str = "", actor: int = DANA) -> AuditEntry:
    """A change about Alice."""
    return AuditEntry("1", 1_794_312_000_000, 1, actor, action, ALICE, credits, reason)


def text_of(embed: discord.Embed) -> str:
    """All the text of an embed."""
    parts = [embed.title, embed.description, *(part for each in embed.fields for part in (each.name, each.value))]
    return "\n".join(part for part in parts if part)


@given(ENTRIES)
def test_every_change_is_one_whole_line(change: AuditEntry) -> None:
    """Whatever was changed, to whatever, and whatever reason was typed.

    It fits, and keeps to its line.
    """
    line, confirmation = quota_admin.audit_entry_text(change), quota_admin.change_confirmation(change)
    for text in (line, confirmation):
        assert len(text) <= 2000
        assert "\n" not in text
    without = replace(change, reason="")  # a reason may hold braces of its own
    assert "{" not in quota_admin.audit_entry_text(without) + quota_admin.change_confirmation(without)
    assert confirmation.startswith("Done: ")
    assert confirmation.endswith(".")


@given(FOREIGN)
def test_a_reason_does_nothing_but_be_read(reason: str) -> None:
    """In the audit channel no mention, link, list or markup works."""
    line = quota_admin.audit_entry_text(entry(AuditAction.GRANT, 5, reason=reason))
    _, _, shown = line.partition(" Reason: ")
    assert live(shown) == []
    assert mentioned(line) == {f"<@{ALICE}>", f"<@{DANA}>"}


@given(FOREIGN)
def test_the_reason_for_a_block_has_no_live_markup(reason: str) -> None:
    """One line in the overview and in a member's limits."""
    shown = quota_admin.format_block(Block(None, reason)).removeprefix("until it is lifted (").removesuffix(")")
    assert live(shown) == []
    assert "\n" not in shown


def test_a_line_says_when_who_and_what() -> None:
    """The moment in each reader's own time."""
    line = quota_admin.audit_entry_text(entry(AuditAction.GRANT, 300, reason="won the contest"))
    assert line == f"<t:1794312000:f> <@{DANA}>: <@{ALICE}> was given 300 credits extra. Reason: won the contest"


@pytest.mark.parametrize(
    ("action", "credits", "hours", "subject", "sentence"),
    [
        (AuditAction.SET_DEFAULT_LIMIT, 250, None, 0, "each member gets 250 credits a month"),
        (AuditAction.SET_DEFAULT_LIMIT, None, None, 0, "members get the bot's default allowance again"),
        (AuditAction.SET_DEFAULT_LIMIT, 0, None, 0, "each member gets 0 credits a month"),
        (AuditAction.SET_SERVER_LIMIT, 10000000, None, 0, "this server may spend 10,000,000 credits a month"),
        (AuditAction.SET_SERVER_LIMIT, None, None, 0, "this server has no limit but the bot's own"),
        (AuditAction.SET_MEMBER_LIMIT, 1, None, 7, "<@7> gets 1 credit a month"),
        (AuditAction.SET_MEMBER_LIMIT, None, None, 7, "<@7> is back to the allowance of their roles or the default"),
        (AuditAction.SET_ROLE_LIMIT, 900, None, 7, "everyone with <@&7> gets 900 credits a month"),
        (AuditAction.SET_ROLE_LIMIT, None, None, 7, "<@&7> has no allowance of its own any more"),
        (AuditAction.GRANT, 300, None, 7, "<@7> was given 300 credits extra"),
        (AuditAction.REVOKE, 100, None, 7, "<@7> had 100 credits of their extra credits taken back"),
        (AuditAction.BLOCK, None, 2, 7, "<@7> can't make movies for 2 h; movies in progress go on"),
        (AuditAction.BLOCK, None, None, 7, "<@7> can't make movies until unblocked; movies in progress go on"),
        (AuditAction.UNBLOCK, None, None, 7, "<@7> can make movies again"),
        (AuditAction.SET_AUDIT_CHANNEL, None, None, 7, "changes are noted in <#7>"),
        (AuditAction.LIMIT_SERVER, None, None, 0, "this server is back to the bot's usual limit"),
        (AuditAction.BLOCK_SERVER, None, None, 0, "this server can't make movies any more; movies in progress go on"),
        (AuditAction.PAUSE, None, None, 0, "no server can make new movies for now; movies in progress go on"),
    ],
)
def test_each_change_has_its_sentence(
    action: AuditAction, credits: int | None, hours: int | None, subject: int, sentence: str
) -> None:
    """The confirmation and the audit channel say the same."""
    change = AuditEntry("1", 1_794_312_000_000, 1, DANA, action, subject, credits, "", duration_hours=hours)
    assert quota_admin.change_confirmation(change) == f"Done: {sentence}."
    assert quota_admin.audit_entry_text(change) == f"<t:1794312000:f> <@{DANA}>: {sentence}."


def test_the_operator_has_no_mention() -> None:
    """The command line is nobody's account."""
    assert quota_admin.audit_entry_text(entry(AuditAction.GRANT, 1, actor=0)) == (
        f"<t:1794312000:f> The operator: <@{ALICE}> was given 1 credit extra."
    )


@given(OVERVIEWS)
def test_no_overview_is_too_long_for_discord(limits: GuildQuotas) -> None:
    """Sixty members, sixty roles, thirty blocks with reasons."""
    assert broken_limits(quota_admin.limits_embed(limits)) == []


def test_an_overview_names_every_limit() -> None:
    """Default, share, roles, members, blocks, channel."""
    limits = GuildQuotas(600, 250, None, ((ALICE, 50),), ((7, 900),), ((8, Block(None, "spam")),), 5)
    text = text_of(quota_admin.limits_embed(limits))
    for words in (
        "250 credits a month",
        "no limit but the bot's own",
        f"<@{ALICE}>: 50 credits a month",
        "<@&7>: 900 credits a month",
        "<@8>: until it is lifted (spam)",
        "<#5>",
    ):
        assert words in text


def test_an_overview_says_since_when_its_channel_is_closed() -> None:
    """Beside the channel, with what to do.

    Nothing of it while the channel is open.
    """
    limits = GuildQuotas(600, None, None, (), (), (), 5, 1_794_312_000_000)
    [where] = [each.value for each in quota_admin.limits_embed(limits).fields if each.name == "Changes are noted in"]
    assert where is not None
    for words in ("<#5>", "could not post there <t:1794312000", "set it again"):
        assert words in where
    assert "could not post" not in text_of(quota_admin.limits_embed(replace(limits, audit_channel_failed_at=None)))


@pytest.mark.parametrize(
    ("own", "operator", "shown"),
    [
        (None, None, "no limit but the bot's own"),
        (900, None, "900 credits a month"),
        (900, 2000, "900 credits a month"),
        (None, 2000, "2,000 credits a month (set by the people who run this bot)"),
        (9000, 2000, "2,000 credits a month (set by the people who run this bot)"),
        (0, 2000, "0 credits a month"),
    ],
)
def test_an_overview_shows_the_lower_server_limit(own: int | None, operator: int | None, shown: str) -> None:
    limits = GuildQuotas(600, None, own, (), (), (), None, operator=operator)
    [value] = [each.value for each in quota_admin.limits_embed(limits).fields if each.name == "The whole server"]
    assert value == shown


def test_what_is_left_out_of_an_overview_is_counted() -> None:
    """As many whole lines as fit are listed."""
    members = tuple((number, 10) for number in range(1, 201))
    text = text_of(quota_admin.limits_embed(GuildQuotas(600, None, None, members, (), (), None)))
    named = text.count("10 credits a month")
    assert f"<@{named}>: 10 credits a month" in text
    assert f"and {200 - named} more" in text


@given(BALANCES, st.none() | BLOCKS)
def test_no_members_limits_are_too_long_for_discord(balance: Balance, block: Block | None) -> None:
    """However large the figures and the reason."""
    assert broken_limits(quota_admin.member_limits_embed(ALICE, balance, block)) == []


@given(figures=REPORTS, pictured=st.booleans())
def test_no_report_is_too_long_for_discord(figures: MonthlyReport, *, pictured: bool) -> None:
    """Ten long names, every failure reason, and discrepancies."""
    embed = reports.report_embed(figures, CATALOGUE, 0, with_chart=pictured)
    assert broken_limits(embed) == []
    assert mentioned(text_of(embed)) == set()
    assert (embed.image.url is not None) == pictured


@pytest.mark.parametrize("reason", EndReason)
def test_every_reason_to_fail_has_words(reason: EndReason) -> None:
    """Nobody reads a name out of the code."""
    figures = MonthlyReport(
        Month(2026, 11), 0, 0, 0, 0, 9, 4, 0, (), (), (FailureStats(reason, 2, 9, 4),), DAYS, None, Budget(0)
    )
    text = text_of(reports.report_embed(figures, CATALOGUE, 0, with_chart=False))
    assert f"{REASON_LABELS[reason]}: 2 movies, 9 given back, 4 lost upstream" in text


REFUSALS = [
    quota_admin.not_allowed(),
    quota_admin.bad_amount(-(2**53), 0),
    quota_admin.bad_amount(MAX_CREDITS + 1, 1),
    quota_admin.bad_hours(0),
    quota_admin.bad_reason(" "),
    quota_admin.bad_reason("x" * 6000),
    quota_admin.no_bots(ALICE),
    quota_admin.not_a_member(ALICE),
    quota_admin.role_gone(ALICE),
    quota_admin.everyone_role(),
    quota_admin.insufficient_grant(ALICE, 0),
    quota_admin.insufficient_grant(ALICE, 10),
    quota_admin.not_blocked(ALICE),
    quota_admin.nothing_to_reset(ALICE),
    quota_admin.cannot_post_there(5),
]


@pytest.mark.parametrize("text", REFUSALS)
def test_a_refusal_says_that_nothing_was_changed(text: str) -> None:
    """In one or two short sentences."""
    assert text.endswith("Nothing was changed.")
    assert len(text) < 250


@given(FOREIGN)
def test_a_month_that_is_none_is_shown_as_it_was_typed(given_month: str) -> None:
    """Cut, on one line, and with nothing alive in it."""
    text = quota_admin.bad_month(given_month)
    assert len(text) < 120
    shown = text.removeprefix("**month**: ").removesuffix(" is no month; write it like 2026-11.")
    assert live(shown) == []
