"""The monthly report: an embed, a chart and a CSV file."""

from __future__ import annotations

import asyncio
import io

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.credits import Month
from bot.services.accounts import AccountService
from bot.ui import chart, chart_process, csv_export, reports
from cogs.checks import Interaction


async def send_report(
    interaction: Interaction, accounts: AccountService, catalogue: Catalogue, guild_id: int, month: Month
) -> None:
    """Send a server's report of a month privately; without the chart where it can't be drawn."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    async with chart_process.chart_renderer() as draw:
        figures, (name, content) = await asyncio.gather(
            accounts.report(guild_id, month),
            accounts.receipts_of_month(guild_id, month, lambda receipts: csv_export.receipts_file(receipts, month)),
        )
        try:
            picture = await draw(chart.chart_data(figures))
        except chart_process.ChartError:
            picture = None
    files = [discord.File(io.BytesIO(content), name)]
    if picture is not None:
        files.append(discord.File(io.BytesIO(picture), reports.CHART_FILENAME, description=chart.alt_text(figures)))
    embed = reports.report_embed(figures, catalogue, with_chart=picture is not None)
    await interaction.followup.send(embed=embed, files=files, ephemeral=True)
