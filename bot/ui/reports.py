"""The monthly report of a server."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.credits import Budget
from bot.domain.jobs import EndReason
from bot.domain.reports import FailureStats, MonthlyReport, UsageShare
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.formatting import BRAND, escape_line, escape_name, field_lines, format_month, mention_if_known, progress_bar

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


def report_embed(
    texts: Texts, report: MonthlyReport, catalogue: Catalogue, computed_at: int, *, with_chart: bool
) -> discord.Embed:
    """Build the report; `with_chart` where the chart is attached.

    `computed_at` is in UTC epoch milliseconds.
    """
    embed = discord.Embed(
        title=texts("report-title", month=format_month(texts, report.month)),
        colour=BRAND,
        timestamp=datetime.fromtimestamp(computed_at / 1000, UTC),
        description=_summary(texts, report),
    )
    embed.add_field(
        name=texts("report-members-field"),
        value=_shares(texts, report.members, functools.partial(_member, texts)),
        inline=True,
    )
    embed.add_field(
        name=texts("report-models-field"),
        value=_shares(texts, report.models, lambda share: escape_line(catalogue.label(share.key), 40)),
        inline=True,
    )
    failures = [_failure(texts, failure) for failure in report.failures]
    embed.add_field(
        name=texts("report-failures-field"), value=field_lines(texts, failures) or texts("report-none"), inline=False
    )
    if report.upstream_charge:
        lost = texts("report-lost-value", credits=report.upstream_charge)
        embed.add_field(name=texts("report-lost-field"), value=lost, inline=False)
    if report.server is not None:
        embed.add_field(name=texts("report-server-field"), value=_budget(texts, report.server))
    if report.discrepancies:
        warning = texts("report-mismatches-value", mismatches=len(report.discrepancies))
        embed.add_field(name=texts("report-mismatches-field"), value=warning, inline=False)
    embed.set_footer(text=texts("report-updated-footer"))
    if with_chart:
        embed.set_image(url=f"attachment://{CHART_FILENAME}")
    return embed


def _summary(texts: Texts, report: MonthlyReport) -> str:
    movies = texts("report-movies", movies=report.movies, running_movies=report.running)
    credits = texts(
        "report-credits",
        credits=report.spent,
        held_credits=report.held,
        refunded_credits=report.released,
        granted_credits=report.granted,
    )
    return f"{movies}\n{credits}"


def _budget(texts: Texts, budget: Budget) -> str:
    bar = progress_bar(texts, budget.used + budget.held, budget.limit)
    return texts("report-server-value", bar=bar, credits=budget.available)


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
    reason = texts(REASON_LABELS[failure.reason])
    if not failure.upstream_charge:
        return texts("report-failure", reason=reason, movies=failure.movies, refunded_credits=failure.credits)
    return texts(
        "report-failure-lost",
        reason=reason,
        movies=failure.movies,
        refunded_credits=failure.credits,
        lost_credits=failure.upstream_charge,
    )
