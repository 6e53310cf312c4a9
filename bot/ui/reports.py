"""A month's report for those who run a server."""

from __future__ import annotations

from collections.abc import Callable

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.credits import Budget
from bot.domain.report import FailureStats, MonthlyReport, UsageShare
from bot.ui.escaping import escape_line
from bot.ui.formatting import BRAND, format_credits, format_movies, progress_bar

CHART_FILENAME = "credits-a-day.png"

_REASONS = {
    "upstream_failed": "Failed at the movie service",
    "upstream_forgot": "Lost by the movie service",
    "request_rejected": "Not accepted by the movie service",
    "key_rejected": "The movie service did not accept the bot's key",
    "plan_empty": "The plan at the movie service was used up",
    "busy": "The movie service was too busy",
    "unreachable": "The movie service could not be reached",
    "unanswered": "Discord did not confirm the command's answer",
    "member": "Cancelled while waiting",
    "operator": "Ended by the operator",
}


def report_embed(figures: MonthlyReport, catalogue: Catalogue, *, pictured: bool) -> discord.Embed:
    """The month in figures; `pictured` where the chart comes with it."""
    embed = discord.Embed(
        title=f"Movies in {figures.month}",
        colour=BRAND,
        description=f"**{format_movies(figures.movies)}** made, **{figures.running:,}** in the making.\n"
        f"**{format_credits(figures.spent)}** spent, {figures.held:,} held, {figures.given_back:,} given back, "
        f"{figures.granted:,} granted.",
    )
    embed.add_field(name="Top members", value=_shares(figures.members, lambda share: share.name), inline=True)
    embed.add_field(name="Models", value=_shares(figures.models, lambda share: catalogue.label(share.key)), inline=True)
    embed.add_field(name="Failures", value="\n".join(map(_failure, figures.failures)) or "None.", inline=False)
    if figures.lost:
        lost = (
            f"{format_credits(figures.lost)}: the movie service does not refund a failed movie. "
            "Members got everything back."
        )
        embed.add_field(name="Lost upstream", value=lost, inline=False)
    if figures.server is not None:
        embed.add_field(name="This server's share", value=_budget(figures.server))
    embed.add_field(name="The plan, all servers", value=_budget(figures.plan))
    if figures.differences:
        warning = (
            f"⚠️ This bot's books don't add up in {_places(len(figures.differences))}. Whoever runs the bot should run "
            "its audit; nothing was changed."
        )
        embed.add_field(name="Books", value=warning, inline=False)
    if pictured:
        embed.set_image(url=f"attachment://{CHART_FILENAME}")
    return embed


def _budget(budget: Budget) -> str:
    return f"{progress_bar(budget.used + budget.held, budget.limit)}\n{budget.available:,} left"


def _places(count: int) -> str:
    return "1 place" if count == 1 else f"{count:,} places"


def _shares(shares: tuple[UsageShare, ...], name: Callable[[UsageShare], str]) -> str:
    lines = [f"{escape_line(name(share), 40)}: {share.credits:,} ({format_movies(share.movies)})" for share in shares]
    return "\n".join(lines) or "None yet."


def _failure(failure: FailureStats) -> str:
    cost = f", {failure.lost:,} lost upstream" if failure.lost else ""
    words_of = _REASONS.get(failure.reason.value, failure.reason.value)
    return f"{words_of}: {format_movies(failure.movies)}, {failure.credits:,} given back{cost}"
