"""The monthly report of a server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.credits import Budget
from bot.domain.report import FailureStats, MonthlyReport, UsageShare
from bot.ui.end_reasons import REASON_LABELS
from bot.ui.escaping import escape_line, escape_name
from bot.ui.formatting import BRAND, format_credits, format_movies, format_timestamp, progress_bar

_UPDATED = "Updated once a minute"
"""The footer, which Discord shows with the time of the figures."""

CHART_FILENAME = "credits-a-day.png"


def report_embed(report: MonthlyReport, catalogue: Catalogue, computed_at: int, *, with_chart: bool) -> discord.Embed:
    """Build the report; `with_chart` where the chart is attached.

    `computed_at` is in UTC epoch milliseconds.
    """
    embed = discord.Embed(
        title=f"Movies in {report.month}",
        colour=BRAND,
        timestamp=datetime.fromtimestamp(computed_at / 1000, UTC),
        description=f"**{format_movies(report.movies)}** made, **{report.running:,}** in progress.\n"
        f"**{format_credits(report.spent)}** spent, {report.held:,} held, {report.given_back:,} given back, "
        f"{report.granted:,} granted.",
    )
    embed.add_field(name="Top members", value=_shares(report.members, _member), inline=True)
    embed.add_field(
        name="Models",
        value=_shares(report.models, lambda share: escape_line(catalogue.label(share.key), 40)),
        inline=True,
    )
    embed.add_field(name="Failures", value="\n".join(map(_failure, report.failures)) or "None.", inline=False)
    if report.upstream_charge:
        lost = (
            f"{format_credits(report.upstream_charge)}: the movie service does not refund a failed movie. "
            "Members got everything back."
        )
        embed.add_field(name="Lost upstream", value=lost, inline=False)
    if report.server is not None:
        embed.add_field(name="This server's share", value=_budget(report.server))
    if report.discrepancies:
        warning = (
            f"⚠️ The totals don't match the ledger in {_format_places(len(report.discrepancies))}. "
            "The people who run this bot should run `audit`."
        )
        embed.add_field(name="Totals", value=warning, inline=False)
    embed.set_footer(text=_UPDATED)
    if with_chart:
        embed.set_image(url=f"attachment://{CHART_FILENAME}")
    return embed


def queued() -> str:
    """Say that the reports of other servers are made first."""
    return "A few other reports come first. Yours shows up right here in a moment."


def too_many_reports(retry_at: int) -> str:
    """Ask the member to wait until a time (UTC epoch milliseconds)."""
    return f"This server just got several reports. You can get the next one {format_timestamp(retry_at)}."


def _budget(budget: Budget) -> str:
    return f"{progress_bar(budget.used + budget.held, budget.limit)}\n{budget.available:,} left"


def _format_places(count: int) -> str:
    return "1 place" if count == 1 else f"{count:,} places"


def _shares(shares: tuple[UsageShare, ...], name: Callable[[UsageShare], str]) -> str:
    lines = [f"{name(share)}: {share.credits:,} ({format_movies(share.movies)})" for share in shares]
    return "\n".join(lines) or "None yet."


def _member(share: UsageShare) -> str:
    return escape_name(share.name, 40) or escape_line(share.key, 40)


def _failure(failure: FailureStats) -> str:
    cost = f", {failure.upstream_charge:,} lost upstream" if failure.upstream_charge else ""
    return f"{REASON_LABELS[failure.reason]}: {format_movies(failure.movies)}, {failure.credits:,} given back{cost}"
