"""Messages for managers: within Discord's limits, without live markup."""

from __future__ import annotations

import re
from dataclasses import replace

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.credits import Budget, Month
from bot.domain.job import EndReason
from bot.domain.language import Language
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
from bot.locales.texts import Texts, texts_in
from bot.ui import audit_entries, block_texts, quota_admin, reports
from bot.ui.amounts import format_credits, format_monthly_credits, format_movies, format_number
from tests.helpers.discord_limits import broken_limits, live, mentioned
from tests.helpers.factories import ALICE, CATALOGUE, FOREIGN

DANA = 9
AMOUNTS = st.integers(0, 10**9)
ACTIONS = [each for each in AuditAction if each is not AuditAction.CHANGE_SETTING]
"""Actions of /quota and the operator; tests/unit/ui/test_setup_panel.py has the settings."""

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
    action=st.sampled_from(ACTIONS),
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


def shares(keys: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[UsageShare, ...]]:
    """Shares of members or models."""
    return st.lists(st.builds(UsageShare, keys, FOREIGN, AMOUNTS, AMOUNTS, AMOUNTS), max_size=10).map(tuple)


FAILURES = st.lists(
    st.builds(FailureStats, st.sampled_from(EndReason), AMOUNTS, AMOUNTS, AMOUNTS),
    unique_by=lambda f: f.reason,
).map(tuple)
DAYS = tuple(DailyUsage(number, 0, 0, 0, 0) for number in range(1, 31))
REPORTS = st.builds(
    MonthlyReport,
    st.just(Month(2026, 11)),
    *[AMOUNTS] * 7,
    shares(st.integers(-(2**62), 2**63 - 1).map(str)),
    shares(FOREIGN),
    FAILURES,
    st.just(DAYS),
    st.none() | BUDGETS,
    BUDGETS,
    st.lists(FOREIGN, max_size=3).map(tuple),
)


LANGUAGES = pytest.mark.parametrize("texts", [*map(texts_in, Language)], ids=[language.value for language in Language])

LIMIT_ACTIONS = {
    *(AuditAction.SET_DEFAULT_LIMIT, AuditAction.SET_SERVER_LIMIT, AuditAction.SET_MEMBER_LIMIT),
    *(AuditAction.SET_ROLE_LIMIT, AuditAction.LIMIT_SERVER),
}
WITH_CREDITS = LIMIT_ACTIONS | {
    *(AuditAction.GRANT, AuditAction.REVOKE, AuditAction.RESET_USAGE, AuditAction.FAILURES_STOPPED),
    *(AuditAction.JOB_UNKNOWN, AuditAction.JOB_GIVEN_UP, AuditAction.REQUEST_CREDITS, AuditAction.DECLINE_CREDITS),
    *(AuditAction.GIFT, AuditAction.CANCEL_QUEUED, AuditAction.REQUEST_APPROVAL, AuditAction.APPROVE_MOVIE),
    *(AuditAction.DECLINE_MOVIE, AuditAction.LAPSE_APPROVAL, AuditAction.REMOVE_PITCH),
}
WITHOUT_SUBJECT = {
    *(AuditAction.SET_DEFAULT_LIMIT, AuditAction.SET_SERVER_LIMIT, AuditAction.LIMIT_SERVER, AuditAction.PAUSE),
    *(AuditAction.BLOCK_SERVER, AuditAction.UNBLOCK_SERVER, AuditAction.RESUME),
}
WITH_MOVIE = {AuditReason.SUBMISSION_UNCONFIRMED, AuditReason.MAY_BE_SUBMITTED, AuditReason.MAY_BE_SENT}


def entry(action: AuditAction, credits: int | None = None, *, reason: str = "", actor: int = DANA) -> AuditEntry:
    """Return a change about Alice."""
    return AuditEntry("1", 1_794_312_000_000, 1, actor, action, ALICE, credits, reason)


def field(embed: discord.Embed, name: str) -> str:
    """A field's text."""
    [value] = [str(each.value) for each in embed.fields if each.name == name]
    return value


def text_of(embed: discord.Embed) -> str:
    """All the text of an embed."""
    parts = [embed.title, embed.description, *(part for each in embed.fields for part in (each.name, each.value))]
    return "\n".join(part for part in parts if part)


@LANGUAGES
@given(change=ENTRIES)
def test_every_change_is_one_whole_line(texts: Texts, change: AuditEntry) -> None:
    """Actions, values and reasons vary."""
    for text in (
        audit_entries.audit_entry_text(texts, change, CATALOGUE),
        audit_entries.change_confirmation(texts, change),
    ):
        assert len(text) <= 2000
        assert "\n" not in text


@LANGUAGES
@given(reason=FOREIGN)
def test_a_reason_does_nothing_but_be_read(texts: Texts, reason: str) -> None:
    """Mentions, links, lists and markup are escaped in the staff channel."""
    line = audit_entries.audit_entry_text(texts, entry(AuditAction.GRANT, 5, reason=reason), CATALOGUE)
    without = audit_entries.audit_entry_text(texts, entry(AuditAction.GRANT, 5), CATALOGUE)
    assert line.startswith(without)
    assert live(line.removeprefix(without)) == []
    assert mentioned(line) == {f"<@{ALICE}>", f"<@{DANA}>"}


@LANGUAGES
@given(reason=FOREIGN)
def test_the_reason_for_a_block_has_no_live_markup(texts: Texts, reason: str) -> None:
    """It is one line in the overview and in a member's limits."""
    shown = block_texts.format_block(texts, Block(None, reason))
    assert live(shown) == []
    assert "\n" not in shown


@pytest.mark.parametrize("until", [None, 1_800_000_000_000])
@LANGUAGES
def test_managers_read_that_the_operator_blocked_a_member(texts: Texts, *, until: int | None) -> None:
    """Managers can't unblock them."""
    shown = block_texts.format_block(texts, Block(until, "", everywhere=True))
    assert ("<t:1800000000:f>" in shown) == (until is not None)
    assert shown != block_texts.format_block(texts, Block(until, ""))


@LANGUAGES
def test_a_line_says_when_who_and_what(texts: Texts) -> None:
    """The time is shown in each reader's time zone."""
    line = audit_entries.audit_entry_text(texts, entry(AuditAction.GRANT, 300, reason="won the contest"), CATALOGUE)
    assert line.startswith(f"<t:1794312000:f> <@{DANA}>")
    assert line.endswith("won the contest")
    assert texts("log-granted", member=f"<@{ALICE}>", credits=300) in line


@LANGUAGES
@pytest.mark.parametrize("action", ACTIONS)
def test_each_change_names_whom_and_how_much(texts: Texts, action: AuditAction) -> None:
    """The confirmation and the staff channel have the same text."""
    change = replace(entry(action, 1234), subject_id=7, duration_hours=2)
    shown = audit_entries.change_confirmation(texts, change)
    assert ("<@7>" in shown or "<@&7>" in shown or "<#7>" in shown) == (action not in WITHOUT_SUBJECT)
    assert (format_number(texts, 1234) in shown) == (action in WITH_CREDITS)
    if action is not AuditAction.RESET_USAGE:
        assert shown.removeprefix("✅ ") in audit_entries.audit_entry_text(texts, change, CATALOGUE)


@LANGUAGES
def test_a_limit_that_was_set_and_one_that_was_removed_are_told_apart(texts: Texts) -> None:
    for action in LIMIT_ACTIONS:
        given, removed = (audit_entries.change_confirmation(texts, entry(action, credits)) for credits in (0, None))
        assert format_monthly_credits(texts, 0) in given
        assert not re.search(r"\d", removed.replace(str(ALICE), ""))


@LANGUAGES
def test_the_log_channel_shows_nobodys_usage(texts: Texts) -> None:
    """Only the manager who reset it reads how much it was."""
    change = entry(AuditAction.RESET_USAGE, 1234)
    assert format_credits(texts, 1234) in audit_entries.change_confirmation(texts, change)
    assert format_number(texts, 1234) not in audit_entries.audit_entry_text(texts, change, CATALOGUE)


@LANGUAGES
def test_the_operator_and_the_bot_have_no_mention(texts: Texts) -> None:
    """The command line has no Discord account."""
    for action, actor in ((AuditAction.GRANT, texts("log-operator")), (AuditAction.JOB_UNKNOWN, texts("log-bot"))):
        assert audit_entries.audit_entry_text(texts, entry(action, 1, actor=0), CATALOGUE).startswith(
            f"<t:1794312000:f> {actor}"
        )


@LANGUAGES
@pytest.mark.parametrize("action", [AuditAction.GRANT, AuditAction.MOVIE_REMOVED, AuditAction.SET_MEMBER_LIMIT])
def test_a_member_who_erased_their_data_has_no_mention(texts: Texts, action: AuditAction) -> None:
    """The line has no pseudonym, either."""
    change = replace(entry(action, 1, actor=-7), subject_id=-8)
    line = audit_entries.audit_entry_text(texts, change, CATALOGUE)
    assert line.count(texts("privacy-unnamed")) == 2
    assert "<@" not in line


@LANGUAGES
@pytest.mark.parametrize("code", AuditReason)
def test_each_reason_of_the_bot_has_words(texts: Texts, code: AuditReason) -> None:
    """A restored backup leaves codes as reasons, which the text must hide."""
    change = replace(entry(AuditAction.RESTORE_BACKUP, reason="rendering", actor=0), reason_code=code, job_id="0abc")
    line = audit_entries.audit_entry_text(texts, change, CATALOGUE)
    assert ("rendering" in line) == (code is AuditReason.REQUEST_ID_FOUND)
    assert ("0abc" in line) == (code in WITH_MOVIE)


@LANGUAGES
def test_a_movie_that_was_checked_has_a_result_and_other_changes_have_a_reason(texts: Texts) -> None:
    parts = {"time": "<t:1794312000:f>", "actor": texts("log-operator")}
    checked = replace(entry(AuditAction.JOB_RESOLVED, actor=0), reason_code=AuditReason.ENDED_AS_FAILED)
    result, change = texts("log-reason-failed"), texts("log-movie-resolved", member=f"<@{ALICE}>")
    line = audit_entries.audit_entry_text(texts, checked, CATALOGUE)
    assert line == texts("log-entry-with-result", **parts, change=change, result=result)
    restored = replace(checked, action=AuditAction.RESTORE_BACKUP)
    change = texts("log-backup-restored", member=f"<@{ALICE}>")
    line = audit_entries.audit_entry_text(texts, restored, CATALOGUE)
    assert line == texts("log-entry-with-reason", **parts, change=change, reason=result)


@LANGUAGES
@given(limits=OVERVIEWS)
def test_no_overview_is_too_long_for_discord(texts: Texts, limits: GuildQuotas) -> None:
    """It has sixty members, sixty roles, and thirty blocks with reasons."""
    assert broken_limits(quota_admin.limits_embed(texts, limits)) == []


@LANGUAGES
def test_an_overview_names_every_limit(texts: Texts) -> None:
    """It has the default, the share, roles, members, blocks and the channel."""
    limits = GuildQuotas(600, 250, None, ((ALICE, 50),), ((7, 900),), ((8, Block(None, "spam")),), 5)
    shown = text_of(quota_admin.limits_embed(texts, limits))
    for part in (
        format_monthly_credits(texts, 250),
        texts("quota-unlimited"),
        texts("quota-limit-line", name=f"<@{ALICE}>", credits=50),
        texts("quota-limit-line", name="<@&7>", credits=900),
        texts("quota-block-line", name="<@8>", block=block_texts.format_block(texts, Block(None, "spam"))),
        "<#5>",
    ):
        assert part in shown


@LANGUAGES
def test_an_overview_says_since_when_its_channel_is_closed(texts: Texts) -> None:
    """It also says what to do.

    An open channel has no such line.
    """
    limits = GuildQuotas(600, None, None, (), (), (), 5, 1_794_312_000_000)
    assert field(quota_admin.limits_embed(texts, limits), texts("quota-staff-channel-field")).splitlines() == [
        "<#5>",
        texts("quota-channel-failed", time="<t:1794312000:R>"),
    ]
    opened = quota_admin.limits_embed(texts, replace(limits, staff_channel_failed_at=None))
    assert field(opened, texts("quota-staff-channel-field")) == "<#5>"


@LANGUAGES
@pytest.mark.parametrize(
    ("own", "operator", "shown"),
    [
        (None, None, None),
        (900, None, 900),
        (900, 2000, 900),
        (None, 2000, 2000),
        (2000, 2000, 2000),
        (9000, 2000, 2000),
        (0, 2000, 0),
    ],
)
def test_an_overview_shows_the_lower_server_limit(
    texts: Texts, own: int | None, operator: int | None, shown: int | None
) -> None:
    limits = GuildQuotas(600, None, own, (), (), (), None, operator=operator)
    value = field(quota_admin.limits_embed(texts, limits), texts("quota-server-field"))
    if shown is None:
        assert value == texts("quota-unlimited")
    elif shown == operator:
        assert value == texts("quota-set-by-operator", credits=shown)
    else:
        assert value == format_monthly_credits(texts, shown)


@LANGUAGES
def test_what_is_left_out_of_an_overview_is_counted(texts: Texts) -> None:
    """As many whole lines as fit are listed."""
    members = tuple((number, 10) for number in range(1, 201))
    limits = GuildQuotas(600, None, None, members, (), (), None)
    lines = field(quota_admin.limits_embed(texts, limits), texts("quota-members-field")).splitlines()
    named = len(lines) - 1
    assert lines[-2] == texts("quota-limit-line", name=f"<@{named}>", credits=10)
    assert lines[-1] == texts("units-more-lines", more=200 - named)


@LANGUAGES
@given(balance=BALANCES, block=st.none() | BLOCKS, name=FOREIGN)
def test_no_members_limits_are_too_long_for_discord(
    texts: Texts, balance: Balance, block: Block | None, name: str
) -> None:
    """The figures, the reason and the name are as long as possible."""
    embed = quota_admin.member_limits_embed(texts, name, ALICE, balance, block)
    assert broken_limits(embed) == []
    assert live(str(embed.title)) == []


@LANGUAGES
@given(figures=REPORTS, pictured=st.booleans())
def test_no_report_is_too_long_for_discord(texts: Texts, figures: MonthlyReport, *, pictured: bool) -> None:
    """It has ten long names, every failure reason, and discrepancies."""
    embed = reports.report_embed(texts, figures, CATALOGUE, 0, with_chart=pictured)
    assert broken_limits(embed) == []
    assert mentioned(text_of(embed)) <= {f"<@{share.key}>" for share in figures.members}
    assert (embed.image.url is not None) == pictured


@LANGUAGES
@pytest.mark.parametrize("reason", EndReason)
def test_every_reason_to_fail_has_words(texts: Texts, reason: EndReason) -> None:
    """Names from the code are never shown."""
    failures = (FailureStats(reason, 2, 9000, 4000), FailureStats(reason, 1, 0, 0))
    figures = MonthlyReport(Month(2026, 11), 0, 0, 0, 0, 9, 4, 0, (), (), failures, DAYS, None, Budget(0))
    embed = reports.report_embed(texts, figures, CATALOGUE, 0, with_chart=False)
    first, second = field(embed, texts("report-failures-field")).splitlines()
    for line, movies in ((first, 2), (second, 1)):
        assert line.startswith(texts(reports.REASON_LABELS[reason]))
        assert format_movies(texts, movies) in line
    assert format_number(texts, 9000) in first
    assert format_number(texts, 4000) in first


def refusals(texts: Texts) -> list[str]:
    """Return every refusal of /quota."""
    return [
        quota_admin.not_allowed(texts),
        quota_admin.bad_amount(texts, -(2**53), 0),
        quota_admin.bad_amount(texts, MAX_CREDITS + 1, 1),
        quota_admin.bad_amount(texts, "@everyone" * 50, 1),
        quota_admin.bad_hours(texts, 0),
        quota_admin.bad_reason(texts, " "),
        quota_admin.bad_reason(texts, "x" * 6000),
        quota_admin.bad_month(texts, "x" * 6000),
        quota_admin.no_bots(texts, ALICE),
        quota_admin.not_a_member(texts, ALICE),
        quota_admin.role_gone(texts, ALICE),
        quota_admin.everyone_role(texts),
        quota_admin.insufficient_grant(texts, ALICE, 0),
        quota_admin.insufficient_grant(texts, ALICE, 10),
        quota_admin.not_blocked(texts, ALICE),
        quota_admin.nothing_to_reset(texts, ALICE),
    ]


@LANGUAGES
def test_a_refusal_is_short(texts: Texts) -> None:
    """Each is one or two sentences, and no two are alike."""
    found = refusals(texts)
    assert len(set(found)) == len(found)
    assert [text for text in found if not 10 < len(text) < 250] == []
