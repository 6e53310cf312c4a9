"""Draws the report's chart.

Only bot/services/reports.py imports this module, and only for a report: no other part of the bot needs Pillow.
"""

from __future__ import annotations

import io
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.domain.reports import DailyUsage, MonthlyReport
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.formatting import format_month, format_number

FONT: Final = Path(__file__).with_name("fonts") / "NotoSansJP-Regular-subset.otf"
"""For every language, so no font of the machine is needed; fonts/README.md says how it was made."""

BACKGROUND: Final = "#1e1f22"
_TEXT_COLOR: Final = "#dbdee1"
_GRID_COLOR: Final = "#3a3c42"

# All lengths are pixels. A phone shows the picture at some third of its width, so its texts are large.
WIDTH: Final = 1000
MARGIN: Final = 28
PLOT_TOP: Final = 84
PLOT_BOTTOM: Final = 404
_TITLE_SIZE: Final = 32
_TEXT_SIZE: Final = 24
_TITLE_BASELINE: Final = 52
_DAYS_BASELINE: Final = PLOT_BOTTOM + 32
_LEGEND_TOP: Final = _DAYS_BASELINE + 26
_LEGEND_ROW: Final = 40
_LEGEND_ROWS: Final = 2
_SWATCH: Final = (40, 24)
_GAP: Final = 12
_HALF_A_DIGIT: Final = 9
"""From its middle to the baseline."""

_HATCH_DISTANCE: Final = 12
_MOST_GRID_LINES: Final = 6
_BAR_SHARE: Final = 0.82
"""Of a day's width."""

_THINNEST: Final = 3
"""The least height of a part of a bar: a line that separates it from the part below, and some color."""

_SMOOTHING: Final = 4
"""Hatches are drawn so many times as large, and shrunk."""


@dataclass(frozen=True, slots=True)
class Series:
    """One outcome of credits in the chart; `name` is a field of DailyUsage.

    The hatch tells outcomes apart without color: "/" are stripes, "x" crosses and "." dots.
    """

    name: str
    label: MessageId
    color: str
    hatch: str = ""

    def credits(self, day: DailyUsage) -> int:
        """Return how many of a day's credits had this outcome."""
        return int(getattr(day, self.name))


SERIES: Final = (
    Series("spent", "report-chart-spent", "#e8b04b"),
    Series("upstream_charge", "report-chart-lost", "#d9534f", "/"),
    Series("held", "report-chart-held", "#5b8def", "."),
    Series("released", "report-chart-refunded", "#868e9c", "x"),
)
"""From the bottom of a bar to its top."""


def draw(texts: Texts, report: MonthlyReport) -> bytes:
    """Draw the credits of each day of a month as bars, and return the PNG.

    It takes some hundredths of a second, so it belongs in a thread.

    Raises:
        OSError: The font can't be read.
    """
    font_file = FONT.read_bytes()
    font = _font(font_file, _TEXT_SIZE)
    series = [each for each in SERIES if any(map(each.credits, report.days))]
    legend = _legend(font, [texts(each.label) for each in series])
    bottom = max((y + _SWATCH[1] for _, y, _ in legend), default=_DAYS_BASELINE)
    picture = Image.new("RGB", (WIDTH, bottom + MARGIN), BACKGROUND)
    pen = ImageDraw.Draw(picture)
    title = texts("report-chart-title", month=format_month(texts, report.month))
    _write(pen, MARGIN, _TITLE_BASELINE, title, _font(font_file, _TITLE_SIZE), "ls")
    tallest = max(sum(each.credits(day) for each in series) for day in report.days)
    left = _draw_grid(pen, font, texts, tallest)
    textures = {each: _texture(each) for each in series}
    for x, width, day in _bars(left, report.days):
        _draw_bar(picture, x, width, day, textures, tallest)
        if day.day == 1 or day.day % 5 == 0:
            _write(pen, x + width / 2, _DAYS_BASELINE, str(day.day), font, "ms")
    for (x, y, label), texture in zip(legend, textures.values(), strict=True):
        picture.paste(texture.crop((0, 0, *_SWATCH)), (x, y))
        _write(pen, x + _SWATCH[0] + _GAP, y + _SWATCH[1] // 2 + _HALF_A_DIGIT, label, font, "ls")
    if not series:
        _write(pen, WIDTH / 2, (PLOT_TOP + PLOT_BOTTOM) / 2, texts("report-chart-empty"), font, "ms")
    png = io.BytesIO()
    picture.quantize(method=Image.Quantize.FASTOCTREE).save(png, "PNG")  # half the bytes, and faster to write
    return png.getvalue()


def _font(file: bytes, size: int) -> ImageFont.FreeTypeFont:
    """Make a font, anew for each chart: FreeType's fonts are not made for several threads.

    The basic layout does for the six languages. The other one needs a library that few machines have.
    """
    return ImageFont.truetype(io.BytesIO(file), size, layout_engine=ImageFont.Layout.BASIC)


def _write(pen: ImageDraw.ImageDraw, x: float, y: float, text: str, font: ImageFont.FreeTypeFont, anchor: str) -> None:
    """Write a text; `anchor` is Pillow's: "ls" is the left end of the baseline, "ms" its middle, "rs" its right end."""
    pen.text((x, y), drawable(text), _TEXT_COLOR, font, anchor)


def drawable(text: str) -> str:
    """Return a text without the narrow spaces of French numbers, which the font lacks."""
    return text.replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")


def _legend(font: ImageFont.FreeTypeFont, labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return where each label's swatch is, in two columns."""
    first = max((font.getlength(label) for label in labels[:_LEGEND_ROWS]), default=0)
    columns = MARGIN, MARGIN + _SWATCH[0] + _GAP + round(first) + MARGIN
    rows = [_LEGEND_TOP + _LEGEND_ROW * row for row in range(_LEGEND_ROWS)]
    return [(x, y, label) for (x, y), label in zip(itertools.product(columns, rows), labels, strict=False)]


def _draw_grid(pen: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont, texts: Texts, tallest: int) -> int:
    """Draw lines with their credits at the left, and return where the bars begin."""
    labels = {credits: format_number(texts, credits) for credits in range(0, tallest + 1, _step(tallest))}
    left = MARGIN + _GAP + math.ceil(max(font.getlength(drawable(label)) for label in labels.values()))
    for credits, label in labels.items():
        y = _y(credits, tallest)
        pen.line((left, y, WIDTH - MARGIN - 1, y), _GRID_COLOR)
        _write(pen, left - _GAP, y + _HALF_A_DIGIT, label, font, "rs")
    return left


def _step(tallest: int) -> int:
    """Return a round number of credits from line to line, so that few lines reach the tallest bar."""
    least = max(tallest, 1) / _MOST_GRID_LINES
    power = 10 ** int(math.log10(max(least, 1)))
    return next(step for tenths in (10, 20, 25, 50, 100) if (step := power * tenths // 10) >= least)


def _y(credits: int, tallest: int) -> int:
    return PLOT_BOTTOM - round(credits * (PLOT_BOTTOM - PLOT_TOP) / max(tallest, 1))


def _bars(left: int, days: Sequence[DailyUsage]) -> Iterator[tuple[int, int, DailyUsage]]:
    """Yield where each day's bar begins, and its width: whole pixels, so that all are as wide and as far apart."""
    room = WIDTH - MARGIN - left
    slot = room // len(days)
    width = min(round(slot * _BAR_SHARE), _SWATCH[0])
    begin = left + (room - slot * len(days) + slot - width) // 2
    yield from ((begin + slot * number, width, day) for number, day in enumerate(days))


def _draw_bar(
    picture: Image.Image, x: int, width: int, day: DailyUsage, textures: Mapping[Series, Image.Image], tallest: int
) -> None:
    low, total = PLOT_BOTTOM, 0
    for series, texture in textures.items():
        credits = series.credits(day)
        if credits:
            total += credits
            high = min(_y(total, tallest), low - _THINNEST)
            separator = int(low != PLOT_BOTTOM)
            picture.paste(texture.crop((0, high, width, low - separator)), (x, high))
            low = high


def _texture(series: Series) -> Image.Image:
    """Return a strip in the color and the hatch of an outcome, as high as the tallest bar."""
    width, height = _SWATCH[0] * _SMOOTHING, PLOT_BOTTOM * _SMOOTHING
    large = Image.new("RGB", (width, height), series.color)
    pen = ImageDraw.Draw(large)
    distance, thickness = _HATCH_DISTANCE * _SMOOTHING, _SMOOTHING * 3 // 2
    for y in range(distance // 2, height + width, distance):
        if series.hatch in {"/", "x"}:
            pen.line((0, y, width, y - width), BACKGROUND, thickness)
        if series.hatch == "x":
            pen.line((0, y - width, width, y), BACKGROUND, thickness)
        if series.hatch == ".":
            for x in range(distance // 2, width, distance):
                pen.circle((x, y), thickness, BACKGROUND)
    return large.reduce(_SMOOTHING)
