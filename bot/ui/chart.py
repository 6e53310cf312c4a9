"""The report's chart: its data, its texts and its alternative text."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Final

from bot.domain.reports import MonthlyReport
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.formatting import format_day, format_month


@dataclass(frozen=True, slots=True)
class Series:
    """One outcome of credits in the chart.

    The hatch tells it apart without colour. `name` is a field of DailyUsage.
    """

    name: str
    label: MessageId
    colour: str
    hatch: str


SERIES: Final = (
    Series("spent", "report-chart-spent", "#e8b04b", ""),
    Series("upstream_charge", "report-chart-lost", "#d9534f", "///"),
    Series("held", "report-chart-held", "#5b8def", "..."),
    Series("released", "report-chart-refunded", "#6b7280", "xx"),
)


def alt_text(texts: Texts, report: MonthlyReport) -> str:
    """Describe the chart in words, for Discord's alternative text.

    At most 1,000 characters; Discord's limit is 1,024.
    """
    description = texts(
        "report-chart-description",
        month=format_month(texts, report.month),
        credits=report.spent,
        lost_credits=report.upstream_charge,
        held_credits=report.held,
        refunded_credits=report.released - report.upstream_charge,
    )
    busy = max(report.days, key=lambda day: day.spent, default=None)
    if busy is None or not busy.spent:
        return description
    peak = texts("report-chart-peak", date=format_day(texts, report.month, busy.day), credits=busy.spent)
    return f"{description}\n{peak}"


def chart_data(texts: Texts, report: MonthlyReport) -> bytes:
    """Encode the report as the JSON that the drawing process reads.

    It has all the texts, so that the process reads no messages.
    """
    data = {
        "language": texts.language.value,
        "title": texts("report-chart-title", month=format_month(texts, report.month)),
        "labels": {series.name: texts(series.label) for series in SERIES},
        "empty": texts("report-chart-empty"),
        "days": [asdict(day) for day in report.days],
    }
    return json.dumps(data).encode()
