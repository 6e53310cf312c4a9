"""The monthly report of a server."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.domain.jobs import EndReason
from bot.domain.reports import FailureStats, MonthlyReport, UsageShare
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.components import Attachment, Field, Message, build_card
from bot.ui.formatting import (
    BRAND,
    escape_line,
    escape_name,
    field_lines,
    format_day,
    format_month,
    format_timestamp,
    mention_if_known,
    progress_bar,
)

CHART_FILENAME = "credits-per-day.png"

REASON_LABELS: Final[Mapping[EndReason, MessageId]] = {
    EndReason.UPSTREAM_FAILED: "report-service-failed",
    EndReason.UPSTREAM_LOST_JOB: "report-service-lost",
    EndReason.REQUEST_REJECTED: "report-rejected",
    EndReason.AUTHENTICATION_FAILED: "report-key-rejected",
    EndReason.MODEL_REFUSED: "report-model-refused",
    EndReason.WRONG_API: "report-wrong-version",
    EndReason.CREDITS_RAN_OUT: "report-credits-ran-out",
    EndReason.KEY_LIMIT_REACHED: "report-key-limit",
    EndReason.PLAN_EXHAUSTED: "report-plan-exhausted",
    EndReason.RATE_LIMITED: "report-service-busy",
    EndReason.UNREACHABLE: "report-unreachable",
    EndReason.RESPONSE_FAILED: "report-not-confirmed",
    EndReason.CANCELLED_BY_MEMBER: "report-cancelled",
    EndReason.CANCELLED_BY_STAFF: "report-cancelled",
    EndReason.DECLINED: "report-declined",
    EndReason.APPROVAL_LAPSED: "report-approval-lapsed",
    EndReason.SERVER_LEFT: "report-approval-lapsed",
    EndReason.NOT_OFFERED: "report-not-offered",
    EndReason.RESOLVED_BY_OPERATOR: "report-closed-by-operator",
    EndReason.STAYED_UNKNOWN: "report-stayed-unknown",
}


def report_message(
    texts: Texts, report: MonthlyReport, catalogue: Catalogue, computed_at: int, chart: bytes | None
) -> Message:
    """Build the report; `chart` is its PNG, None where it could not be drawn.

    `computed_at` is in UTC epoch milliseconds.
    """
    movies = texts("report-movies", movies=report.movies, running_movies=report.running)
    credits = texts(
        "report-credits",
        credits=report.spent,
        held_credits=report.held,
        refunded_credits=report.released,
        granted_credits=report.granted,
    )
    failures = [_failure(texts, failure) for failure in report.failures]
    lost, mismatches, budget, left = report.upstream_charge, len(report.discrepancies), report.server, ""
    if budget is not None:
        bar = progress_bar(texts, budget.used + budget.held, budget.limit)
        left = texts("report-server-value", bar=bar, credits=budget.available)
    card = build_card(
        texts("report-title", month=format_month(texts, report.month)),
        f"{movies}\n{credits}",
        BRAND,
        Field(texts("report-members-field"), _shares(texts, report.members, functools.partial(_member, texts))),
        Field(
            texts("report-models-field"),
            _shares(texts, report.models, lambda share: escape_line(catalogue.label(share.key), 40)),
        ),
        Field(texts("report-failures-field"), field_lines(texts, failures) or texts("report-none"), inline=False),
        Field(texts("report-lost-field"), texts("report-lost-value", credits=lost) if lost else "", inline=False),
        Field(texts("report-server-field"), left),
        Field(
            texts("report-mismatches-field"),
            texts("report-mismatches-value", mismatches=mismatches) if mismatches else "",
            inline=False,
        ),
        footer=f"{texts('report-updated-footer')} · {format_timestamp(computed_at, 'f')}",
    )
    if chart is None:
        return card
    return card.plus(Attachment(CHART_FILENAME, chart, chart_alt_text(texts, report), is_media=True))


def chart_alt_text(texts: Texts, report: MonthlyReport) -> str:
    """Describe the chart in words, for Discord's alternative text.

    At most 1,000 characters; Discord's limit is 1,024.
    """
    description = texts(
        "report-chart-description",
        month=format_month(texts, report.month),
        credits=report.spent,
        lost_credits=report.upstream_charge,
        held_credits=report.held,
        refunded_credits=sum(day.released for day in report.days),
    )
    busy = max(report.days, key=lambda day: day.spent, default=None)
    if busy is None or not busy.spent:
        return description
    peak = texts("report-chart-peak", date=format_day(texts, report.month, busy.day), credits=busy.spent)
    return f"{description}\n{peak}"


def _shares(texts: Texts, shares: tuple[UsageShare, ...], name: Callable[[UsageShare], str]) -> str:
    lines = [texts("report-share", name=name(share), credits=share.credits, movies=share.movies) for share in shares]
    return field_lines(texts, lines) or texts("report-none-yet")


def _member(texts: Texts, share: UsageShare) -> str:
    """Name a member; one without a stored name is mentioned.

    They only paid for movies of others, or their name was cleared with old movies.
    """
    member_id = int(share.key)
    name = escape_name(share.name, 40) if member_id > 0 else ""
    return name or mention_if_known(texts, member_id)


def _failure(texts: Texts, failure: FailureStats) -> str:
    return texts(
        "report-failure-lost" if failure.upstream_charge else "report-failure",
        reason=texts(REASON_LABELS[failure.reason]),
        movies=failure.movies,
        refunded_credits=failure.credits,
        lost_credits=failure.upstream_charge,
    )
