"""Draw a month's credits a day, stacked by outcome, as a PNG.

Run as a process of its own (`python -m bot.ui.chart`: JSON in, PNG out), for two reasons: a plotting library blocks
whoever imports it for a second, and its memory is given back when it has drawn. See bot/ui/chart_process.py.
"""

from __future__ import annotations

import io
import json
import sys
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any, Final, cast

from bot.domain.report import DailyUsage, MonthlyReport
from bot.ui.formatting import format_credits

_BACK: Final = "#1e1f22"
_INK: Final = "#dbdee1"
_GRID: Final = "#3a3c42"


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


def render_png(month: str, days: list[DailyUsage]) -> bytes:
    """Draw the chart and return the PNG (about 980 by 500 pixels)."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams.update({"hatch.linewidth": 0.6, "font.size": 11, "font.family": "DejaVu Sans"})
    figure = Figure(figsize=(7, 3.6), dpi=140, facecolor=_BACK)
    # matplotlib's stubs leave the keyword arguments of these calls untyped
    axes = cast("Any", figure.add_subplot(facecolor=_BACK))
    numbers = [day.day for day in days]
    base = [0] * len(days)
    for series in SERIES:
        heights = [int(getattr(day, series.name)) for day in days]
        if any(heights):
            look = {"color": series.colour, "hatch": series.hatch, "edgecolor": _BACK, "linewidth": 0.4}
            axes.bar(numbers, heights, bottom=base, width=0.82, label=series.label, **look)
        base = [low + height for low, height in zip(base, heights, strict=True)]
    axes.set_title(f"Credits a day, {month}", color=_INK, loc="left", fontsize=14, pad=14)
    axes.set_xlim(0.3, max(numbers, default=1) + 0.7)
    axes.set_ylim(0, max(base, default=0) * 1.08 or 1)
    axes.set_xticks([n for n in numbers if n == 1 or n % 5 == 0])
    axes.tick_params(colors=_INK, length=0)
    axes.yaxis.set_major_formatter(_thousands)
    axes.grid(visible=True, axis="y", color=_GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)
    if any(base):
        legend = axes.legend(
            loc="upper left", bbox_to_anchor=(-0.02, -0.1), ncols=4, fontsize=9, frameon=False, labelcolor=_INK
        )
        legend.set_in_layout(True)
    else:
        middle = (numbers[0] + numbers[-1]) / 2 if numbers else 0.5
        axes.text(middle, 0.5, "No movies in this month", color=_INK, ha="center", va="center", fontsize=13)
    figure.tight_layout()
    picture = io.BytesIO()
    cast("Any", figure).savefig(picture, format="png", facecolor=_BACK)
    return picture.getvalue()


def _thousands(value: float, _position: int) -> str:
    return f"{value:,.0f}"


def main() -> None:
    """Read a drawing from standard input and write the PNG to standard output."""
    import_module("matplotlib.figure")  # the second that this takes passes while the figures are looked up
    wanted = json.load(sys.stdin)
    sys.stdout.buffer.write(render_png(wanted["month"], [DailyUsage(**day) for day in wanted["days"]]))


if __name__ == "__main__":
    main()
