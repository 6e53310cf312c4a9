"""The report's chart: data series and alternative text."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Final

from bot.domain.report import MonthlyReport
from bot.ui.formatting import format_credits


@dataclass(frozen=True, slots=True)
class Series:
    """One outcome of credits in the chart.

    The hatch tells it apart without colour. `name` is a field of DailyUsage.
    """

    name: str
    label: str
    colour: str
    hatch: str


SERIES: Final = (
    Series("spent", "spent on movies", "#e8b04b", ""),
    Series("upstream_charge", "lost upstream", "#d9534f", "///"),
    Series("held", "held by running movies", "#5b8def", "..."),
    Series("given_back", "given back", "#6b7280", "xx"),
)


def alt_text(report: MonthlyReport) -> str:
    """Describe the chart in words, for Discord's alternative text.

    At most 1,000 characters; Discord's limit is 1,024.
    """
    totals = (
        f"{format_credits(report.spent)} spent, {report.upstream_charge:,} lost upstream, {report.held:,} held, "
        f"{report.given_back - report.upstream_charge:,} given back"
    )
    busy = max(report.days, key=lambda day: day.spent, default=None)
    peak = f" Most were spent on day {busy.day}: {busy.spent:,}." if busy is not None and busy.spent else ""
    return f"A bar chart of credits for each day of {report.month}, stacked by outcome: {totals}.{peak}"


def chart_data(report: MonthlyReport) -> bytes:
    """Encode the report as the JSON that the drawing process reads."""
    return json.dumps({"month": str(report.month), "days": [asdict(day) for day in report.days]}).encode()
