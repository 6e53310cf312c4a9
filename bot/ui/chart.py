"""Draw a month's credits a day, stacked by outcome, as a PNG.

Run as a process of its own (`python -m bot.ui.chart`: JSON in, PNG out), for two reasons: a plotting library blocks
whoever imports it for a second, and its memory is given back when it has drawn. See bot/ui/chart_process.py.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Final

from bot.domain.report import MonthlyReport
from bot.ui.formatting import format_credits


@dataclass(frozen=True, slots=True)
class Series:
    """One outcome: its label, and a colour and a hatch, so that it is told apart without colour."""

    name: str
    label: str
    colour: str
    hatch: str


SERIES: Final = (
    Series("spent", "spent on movies", "#e8b04b", ""),
    Series("lost", "lost upstream", "#d9534f", "///"),
    Series("held", "held by running movies", "#5b8def", "..."),
    Series("given_back", "given back", "#6b7280", "xx"),
)


def alt_text(report: MonthlyReport) -> str:
    """What the picture shows, for those who can't see it; at most 1,000 characters (Discord takes 1,024)."""
    totals = (
        f"{format_credits(report.spent)} spent, {report.lost:,} lost upstream, {report.held:,} held, "
        f"{report.given_back - report.lost:,} given back"
    )
    busy = max(report.days, key=lambda day: day.spent, default=None)
    peak = f" Most were spent on day {busy.day}: {busy.spent:,}." if busy is not None and busy.spent else ""
    return f"A bar chart of credits for each day of {report.month}, stacked by outcome: {totals}.{peak}"


def chart_data(report: MonthlyReport) -> bytes:
    """The JSON that the drawing process reads."""
    return json.dumps({"month": str(report.month), "days": [asdict(day) for day in report.days]}).encode()
