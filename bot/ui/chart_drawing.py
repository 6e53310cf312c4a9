"""Draws the report's chart in a process of its own.

It reads JSON and writes a PNG; see chart_child.py. Importing matplotlib takes about a second and its memory stays in
use, so the bot's process must not import this module.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any, Final, cast

import matplotlib as mpl
from matplotlib.figure import Figure

from bot.domain.report import DailyUsage
from bot.ui.chart import SERIES

_BACKGROUND: Final = "#1e1f22"
_TEXT_COLOUR: Final = "#dbdee1"
_GRID_COLOUR: Final = "#3a3c42"


def render_png(month: str, days: list[DailyUsage]) -> bytes:
    """Draw the chart as a PNG of about 980 by 500 pixels."""
    mpl.rcParams.update({"hatch.linewidth": 0.6, "font.size": 11, "font.family": "DejaVu Sans"})
    figure = Figure(figsize=(7, 3.6), dpi=140, facecolor=_BACKGROUND)
    # matplotlib's stubs leave the keyword arguments of these calls untyped
    axes = cast("Any", figure.add_subplot(facecolor=_BACKGROUND))
    numbers = [day.day for day in days]
    base = [0] * len(days)
    for series in SERIES:
        heights = [int(getattr(day, series.name)) for day in days]
        if any(heights):
            style = {"color": series.colour, "hatch": series.hatch, "edgecolor": _BACKGROUND, "linewidth": 0.4}
            axes.bar(numbers, heights, bottom=base, width=0.82, label=series.label, **style)
        base = [low + height for low, height in zip(base, heights, strict=True)]
    axes.set_title(f"Credits a day, {month}", color=_TEXT_COLOUR, loc="left", fontsize=14, pad=14)
    axes.set_xlim(0.3, max(numbers, default=1) + 0.7)
    axes.set_ylim(0, max(base, default=0) * 1.08 or 1)
    axes.set_xticks([n for n in numbers if n == 1 or n % 5 == 0])
    axes.tick_params(colors=_TEXT_COLOUR, length=0)
    axes.yaxis.set_major_formatter(_thousands)
    axes.grid(visible=True, axis="y", color=_GRID_COLOUR, linewidth=0.6)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)
    if any(base):
        legend = axes.legend(
            loc="upper left", bbox_to_anchor=(-0.02, -0.1), ncols=4, fontsize=9, frameon=False, labelcolor=_TEXT_COLOUR
        )
        legend.set_in_layout(True)
    else:
        middle = (numbers[0] + numbers[-1]) / 2 if numbers else 0.5
        axes.text(middle, 0.5, "No movies in this month", color=_TEXT_COLOUR, ha="center", va="center", fontsize=13)
    figure.tight_layout()
    png = io.BytesIO()
    cast("Any", figure).savefig(png, format="png", facecolor=_BACKGROUND)
    return png.getvalue()


def _thousands(value: float, _position: int) -> str:
    return f"{value:,.0f}"


def main() -> None:
    """Read the chart's JSON from stdin, write the PNG to stdout."""
    data = json.load(sys.stdin)
    sys.stdout.buffer.write(render_png(data["month"], [DailyUsage(**day) for day in data["days"]]))


if __name__ == "__main__":
    main()
