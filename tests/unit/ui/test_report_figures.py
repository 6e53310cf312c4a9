"""Which figure of the monthly report and of /top stands where."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import discord
import pytest

from bot.domain.credits import Budget, Month
from bot.domain.delivery import PostedMessage, Venue
from bot.domain.job import EndReason, JobState
from bot.domain.movie_list import MovieItem
from bot.domain.ranking import Ranked, Ranking
from bot.domain.report import FailureStats, MonthlyReport, UsageShare
from bot.locales.message_ids import MessageId
from bot.ui import rankings, reports
from bot.ui.amounts import progress_bar
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import ALICE, CATALOGUE, job
from tests.helpers.reading import fields

NOVEMBER = Month(2026, 11)
REPORT = MonthlyReport(
    NOVEMBER,
    movies=3,
    running=2,
    spent=900,
    held=50,
    released=70,
    upstream_charge=0,
    granted=20,
    members=(),
    models=(),
    failures=(),
    days=(),
    server=None,
    plan=Budget(5000),
)
ITEM = MovieItem(job(JobState.COMPLETED), message=PostedMessage(3, 9))
RANKING = Ranking(NOVEMBER, ((ITEM, 5),), (Ranked(7, 4),), (Ranked(8, 600),))


def shown(report: MonthlyReport) -> discord.Embed:
    """Return a report's embed."""
    return reports.report_embed(ENGLISH, report, CATALOGUE, 1_800_000_000_000, with_chart=False)


def test_a_report_begins_with_its_sums_and_says_when_they_were_made() -> None:
    embed = shown(REPORT)
    assert embed.title == ENGLISH("report-title", month="November 2026")
    assert str(embed.description).splitlines() == [
        "**3 movies** finished, **2** in progress",
        "**900 credits** spent",
        "On hold: 50 · Refunded: 70 · Bonus credits granted: 20",
    ]
    assert embed.timestamp == datetime.fromtimestamp(1_800_000_000, UTC)
    assert embed.footer.text == ENGLISH("report-updated-footer")


def test_a_report_without_figures_says_none_and_leaves_out_what_does_not_apply() -> None:
    assert fields(shown(REPORT)) == {
        ENGLISH("report-members-field"): ENGLISH("report-none-yet"),
        ENGLISH("report-models-field"): ENGLISH("report-none-yet"),
        ENGLISH("report-failures-field"): ENGLISH("report-none"),
    }


def test_a_report_names_members_and_models_as_people_know_them() -> None:
    """A name may not show, or not be stored, or be erased."""
    members = (
        UsageShare("1", "*Al*", 2, 60, 600),
        UsageShare("2", "\u200b", 1, 30, 300),
        UsageShare("-3", "", 1, 1, 10),
    )
    report = replace(REPORT, members=members, models=(UsageShare("LUMA", "LUMA", 3, 90, 900),))
    assert fields(shown(report))[ENGLISH("report-members-field")].splitlines() == [
        r"\*Al\*: 600 (2 movies)",
        "<@2>: 300 (1 movie)",
        f"{ENGLISH('privacy-unnamed')}: 10 (1 movie)",
    ]
    assert fields(shown(report))[ENGLISH("report-models-field")] == "Luma Dream Machine: 900 (3 movies)"


def test_a_report_says_what_was_lost_what_is_left_and_what_does_not_add_up() -> None:
    """The bar has what is spent and what is on hold."""
    failures = (
        FailureStats(EndReason.UNREACHABLE, 2, 200, 0),
        FailureStats(EndReason.UPSTREAM_FAILED, 1, 100, 40),
    )
    report = replace(
        REPORT, failures=failures, upstream_charge=40, server=Budget(1000, 300, 200), discrepancies=("a", "b")
    )
    found = fields(shown(report))
    assert found[ENGLISH("report-failures-field")].splitlines() == [
        "Couldn't reach the movie service: 2 movies (200 refunded)",
        "Failed at the movie service: 1 movie (100 refunded, 40 not recovered)",
    ]
    assert found[ENGLISH("report-lost-field")] == ENGLISH("report-lost-value", credits=40)
    bar = progress_bar(ENGLISH, 500, 1000)
    assert found[ENGLISH("report-server-field")] == ENGLISH("report-server-value", bar=bar, credits=500)
    assert found[ENGLISH("report-mismatches-field")] == ENGLISH("report-mismatches-value", mismatches=2)


@pytest.mark.parametrize(
    ("reason", "label"),
    [
        (EndReason.UPSTREAM_FAILED, "report-service-failed"),
        (EndReason.UPSTREAM_LOST_JOB, "report-service-lost"),
        (EndReason.REQUEST_REJECTED, "report-rejected"),
        (EndReason.AUTHENTICATION_FAILED, "report-key-rejected"),
        (EndReason.MODEL_REFUSED, "report-model-refused"),
        (EndReason.WRONG_API, "report-wrong-version"),
        (EndReason.CREDITS_RAN_OUT, "report-credits-ran-out"),
        (EndReason.KEY_LIMIT_REACHED, "report-key-limit"),
        (EndReason.PLAN_EXHAUSTED, "report-plan-exhausted"),
        (EndReason.RATE_LIMITED, "report-service-busy"),
        (EndReason.UNREACHABLE, "report-unreachable"),
        (EndReason.RESPONSE_FAILED, "report-not-confirmed"),
        (EndReason.DECLINED, "report-declined"),
        (EndReason.APPROVAL_LAPSED, "report-approval-lapsed"),
        (EndReason.NOT_OFFERED, "report-not-offered"),
        (EndReason.RESOLVED_BY_OPERATOR, "report-closed-by-operator"),
        (EndReason.STAYED_UNKNOWN, "report-stayed-unknown"),
    ],
)
def test_a_failure_is_counted_under_its_own_reason(reason: EndReason, label: MessageId) -> None:
    """A manager asks the operator about some of them only."""
    found = fields(shown(replace(REPORT, failures=(FailureStats(reason, 1, 10, 0),))))
    assert found[ENGLISH("report-failures-field")].startswith(f"{ENGLISH(label)}:")


def test_who_asks_for_too_many_reports_reads_when_the_next_is_made() -> None:
    assert reports.too_many_reports(ENGLISH, 60_000) == ENGLISH("report-too-many", time="<t:60:R>")
    assert reports.queued(ENGLISH) == ENGLISH("report-in-line")


# ── /top ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_best_of_a_month_are_movies_their_makers_and_patrons() -> None:
    embed = rankings.ranking_embed(ENGLISH, RANKING)
    assert (embed.title, embed.description) == (ENGLISH("top-title", month="November 2026"), None)
    jump = f"[{ENGLISH('links-jump')}](https://discord.com/channels/2/3/9)"
    assert fields(embed) == {
        ENGLISH("top-movies-field"): f"1. a red balloon · ⭐ 5 · <@{ALICE}> · {jump}",
        ENGLISH("top-makers-field"): "1. <@7> · 4 movies",
        ENGLISH("top-patrons-field"): "1. <@8> · 600 credits",
    }
    assert embed.footer.text == ENGLISH("top-footer")


def test_a_month_with_patrons_alone_is_not_empty() -> None:
    """A movie of a direct message has no link for others."""
    patrons = replace(RANKING, movies=(), makers=())
    assert rankings.ranking_embed(ENGLISH, patrons).description is None
    nothing = rankings.ranking_embed(ENGLISH, replace(patrons, patrons=()))
    assert (nothing.description, nothing.fields) == (ENGLISH("top-nothing"), [])
    direct = MovieItem(job(JobState.COMPLETED, "a *fox*"), message=PostedMessage(3, 9, Venue.DIRECT))
    [movies] = rankings.ranking_embed(ENGLISH, Ranking(NOVEMBER, ((direct, 5),), (), ())).fields
    assert movies.value == rf"1. a \*fox\* · ⭐ 5 · <@{ALICE}>"
