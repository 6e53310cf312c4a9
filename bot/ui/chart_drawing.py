"""Draws the report's chart in a process of its own.

It reads JSON and writes a PNG; see chart_child.py. Importing matplotlib takes about a second and its memory stays in
use, so the bot's process must not import this module.
"""

from __future__ import annotations

import functools
import io
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from babel import Locale
from babel.numbers import format_decimal
from matplotlib import font_manager
from matplotlib.figure import Figure

from bot.domain.reports import DailyUsage
from bot.ui.chart import SERIES

FONT: Final = Path(__file__).with_name("fonts") / "NotoSansJP-Regular-subset.otf"
"""For Japanese, which matplotlib's own font lacks; fonts/README.md says how it was made."""

_BACKGROUND: Final = "#1e1f22"
_TEXT_COLOUR: Final = "#dbdee1"
_GRID_COLOUR: Final = "#3a3c42"

_UPPER_LEFT: Final = 2
"""A legend's place, by matplotlib's number for it."""


def draw(language: str, title: str, labels: Mapping[str, str], empty: str, days: Sequence[DailyUsage]) -> Figure:
    """Draw the chart as a figure of matplotlib, of about 980 by 500 pixels.

    `labels` are those of SERIES by their names, `language` is for the numbers, and `empty` is shown without movies.
    """
    fonts: Any = font_manager.fontManager
    fonts.addfont(FONT)
    # the second for what the first lacks
    families = [*mpl.rcParams["font.sans-serif"][:1], font_manager.FontProperties(fname=str(FONT)).get_name()]
    mpl.rcParams.update({"hatch.linewidth": 0.6, "font.size": 11, "font.family": families})
    figure: Any = Figure(figsize=(7, 3.6), dpi=140, facecolor=_BACKGROUND)
    # matplotlib's stubs leave the keyword arguments of these calls untyped
    axes: Any = figure.add_subplot(facecolor=_BACKGROUND)
    numbers = [day.day for day in days]
    base = [0] * len(numbers)
    for series in SERIES:
        heights = [int(getattr(day, series.name)) for day in days]
        if any(heights):
            style = {"color": series.colour, "hatch": series.hatch, "edgecolor": _BACKGROUND, "linewidth": 0.4}
            axes.bar(numbers, heights, bottom=base, width=0.82, label=labels[series.name], **style)
        base = [low + height for low, height in zip(base, heights, strict=True)]
    axes.set_title(title, color=_TEXT_COLOUR, loc="left", fontsize=14, pad=14)
    axes.set_xlim(0.3, max(numbers, default=1) + 0.7)
    axes.set_ylim(0, max(base, default=0) * 1.08 or 1)
    axes.set_xticks([n for n in numbers if n == 1 or n % 5 == 0])
    axes.tick_params(colors=_TEXT_COLOUR, length=0)
    axes.yaxis.get_major_locator().set_params(integer=True)  # credits are whole
    axes.yaxis.set_major_formatter(functools.partial(_format_tick, Locale.parse(language, sep="-")))
    axes.grid(visible=True, axis="y", color=_GRID_COLOUR, linewidth=0.6)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)
    if any(base):
        legend = axes.legend(
            loc=_UPPER_LEFT, bbox_to_anchor=(-0.02, -0.1), ncols=2, fontsize=9, frameon=False, labelcolor=_TEXT_COLOUR
        )
        legend.set_in_layout(True)
    else:
        middle = (numbers[0] + numbers[-1]) / 2 if numbers else 0.5
        axes.text(middle, 0.5, empty, color=_TEXT_COLOUR, ha="center", va="center", fontsize=13)
    figure.tight_layout()
    return figure


def _format_tick(locale: Locale, value: float, _position: int) -> str:
    return format_decimal(round(value), locale=locale)


def main() -> None:
    """Read the chart's JSON from stdin, write the PNG to stdout."""
    data = json.load(sys.stdin)
    figure: Any = draw(**data | {"days": [DailyUsage(**day) for day in data["days"]]})
    png = io.BytesIO()
    figure.savefig(png, format="png", facecolor=_BACKGROUND)
    sys.stdout.buffer.write(png.getvalue())


if __name__ == "__main__":
    main()
