"""The monthly report: an embed, a chart and a CSV file."""

from __future__ import annotations

import io

import discord

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import log_discord_errors
from bot.domain.catalogue import Catalogue
from bot.domain.credits import Month
from bot.domain.refusal import Refused
from bot.services.reports import PendingReport, ReportService
from bot.services.request_limits import TooSoon
from bot.ui import chart, reports
from cogs.checks import Interaction
from cogs.refusing import refuse


async def send_report(
    interaction: Interaction, service: ReportService, catalogue: Catalogue, guild_id: int, month: Month
) -> None:
    """Send a server's report of a month privately.

    The chart is left out where it can't be drawn.
    """
    texts = private_texts(interaction)
    report = await service.request(texts, guild_id, month, requested_by=interaction.user.id)
    if isinstance(report, TooSoon):
        await refuse(interaction, Refused("report-too-many", {"time": report.retry_at}))
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    if isinstance(report, PendingReport):
        if report.is_queued:
            with log_discord_errors():
                await interaction.edit_original_response(content=texts("report-in-line"))
        report = await report.result()
    files = [discord.File(io.BytesIO(report.sheet), report.sheet_name)]
    if report.chart is not None:
        description = chart.alt_text(texts, report.figures)
        files.append(discord.File(io.BytesIO(report.chart), reports.CHART_FILENAME, description=description))
    with_chart = report.chart is not None
    embed = reports.report_embed(texts, report.figures, catalogue, report.computed_at, with_chart=with_chart)
    await interaction.edit_original_response(content=None, embed=embed, attachments=files)
