"""The monthly report of a server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.domain.jobs import EndReason
from bot.domain.reports import FailureStats, MonthlyReport, UsageShare
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.components import Accent, Attachment, Message
from bot.ui.formatting import (
    escape_line,
    facts,
    format_day,
    format_month,
    format_timestamp,
    join_lines,
    list_lines,
    mention_if_known,
    page_heading,
    small,
)
from bot.ui.quota import budget_line

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
    EndReason.SOURCE_GONE: "report-not-offered",
    EndReason.STOPPED: "report-cancelled",
    EndReason.UNDECIDED: "report-cancelled",
    EndReason.RESOLVED_BY_OPERATOR: "report-closed-by-operator",
    EndReason.STAYED_UNKNOWN: "report-stayed-unknown",
}


def report_message(
    texts: Texts, report: MonthlyReport, catalogue: Catalogue, computed_at: int, chart: bytes | None
) -> Message:
    """Build the report; `chart` is its PNG, None where it could not be drawn.

    `computed_at` is in UTC epoch milliseconds.
    """
    lost, mismatches = report.upstream_charge, len(report.discrepancies)
    return Message(
        Accent.BRAND,
        (
            page_heading(texts("report-title", month=format_month(texts, report.month))),
            texts("report-movies", movies=report.movies, running_movies=report.running, credits=report.spent),
            "" if report.server is None else budget_line(texts, report.server),
            facts(
                texts(
                    "report-facts",
                    held_credits=report.held,
                    refunded_credits=report.released,
                    granted_credits=report.granted,
                )
            ),
            texts("report-mismatches-value", mismatches=mismatches) if mismatches else "",
            Attachment(CHART_FILENAME, chart, chart_alt_text(texts, report), is_media=True) if chart else "",
            _list(
                texts,
                "report-members-field",
                [_share(texts, each, mention_if_known(texts, int(each.key))) for each in report.members],
            ),
            _list(
                texts,
                "report-models-field",
                [_share(texts, each, escape_line(catalogue.label(each.key), 40)) for each in report.models],
            ),
            _list(texts, "report-failures-field", [_failure(texts, each) for each in report.failures]),
            small(texts("report-lost-value", credits=lost)) if lost else "",
            facts(texts("report-updated-footer"), format_timestamp(computed_at, "f")),
        ),
    )


def _list(texts: Texts, title: MessageId, lines: Sequence[str]) -> str:
    return f"**{texts(title)}**\n{list_lines(texts, lines)}" if lines else ""


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
    return join_lines(
        description,
        texts("report-chart-peak", date=format_day(texts, report.month, busy.day), credits=busy.spent),
    )


def _share(texts: Texts, share: UsageShare, name: str) -> str:
    return texts("report-share", name=name, credits=share.credits, movies=share.movies)


def _failure(texts: Texts, failure: FailureStats) -> str:
    return texts(
        "report-failure-lost" if failure.upstream_charge else "report-failure",
        reason=texts(REASON_LABELS[failure.reason]),
        movies=failure.movies,
        refunded_credits=failure.credits,
        lost_credits=failure.upstream_charge,
    )
