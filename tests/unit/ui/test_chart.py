"""The report's chart, read back from its pixels."""

from __future__ import annotations

import asyncio
import functools
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from bot.core.threads import run_in_daemon_thread
from bot.domain.credits import Budget, Month
from bot.domain.reports import DailyUsage, MonthlyReport
from bot.domain.text import Language
from bot.locales.texts import texts_in
from bot.ui import chart
from bot.ui.formatting import format_month, format_number
from bot.ui.reports import chart_alt_text
from tests.helpers.expected_text import ENGLISH

NOVEMBER = Month(2026, 11)
EMPTY = [DailyUsage(number, 0, 0, 0, 0) for number in range(1, 31)]
DAYS = [DailyUsage(day, 40 * day, 13 * day % 5 * 40, day % 2 * 60, 7 * day % 3 * 50) for day in range(1, 31)]
HUGE = [DailyUsage(number, 987_654_321, 12_345_678, 1, 300_000_000) for number in range(1, 31)]

Color = tuple[int, int, int]
BACKGROUND: Color = (0x1E, 0x1F, 0x22)


def report(days: Sequence[DailyUsage], month: Month = NOVEMBER) -> MonthlyReport:
    return MonthlyReport(month, 0, 0, 500, 40, 300, 200, 0, (), (), (), tuple(days), None, Budget(5000))


def drawn(days: Sequence[DailyUsage], language: Language = Language.ENGLISH) -> Image.Image:
    png = chart.draw(texts_in(language), report(days))
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(png) < 30_000
    return Image.open(io.BytesIO(png)).convert("RGB")


@functools.cache
def named(color: Color) -> str:
    """Name the outcome whose color it is, as far as a palette keeps colors."""
    for each in chart.SERIES:
        wanted = (int(each.color[at : at + 2], 16) for at in (1, 3, 5))
        if all(abs(a - b) <= 2 for a, b in zip(wanted, color, strict=True)):
            return each.name
    return ""


def runs(values: Sequence[object]) -> Iterator[tuple[object, int, int]]:
    """Yield each value that is repeated, with where it begins and how often it comes."""
    at = 0
    for value, same in groupby(values):
        count = len([*same])
        yield value, at, count
        at += count


def bars(picture: Image.Image) -> list[tuple[int, int]]:
    """Return where each bar begins at the bottom of the plot, and its width: what is lowest has no hatch."""
    row = [named(picture.getpixel((x, chart.PLOT_BOTTOM - 1))) for x in range(picture.width)]
    return [(begin, width) for name, begin, width in runs(row) if name]


def parts(picture: Image.Image, begin: int, width: int) -> list[tuple[str, int]]:
    """Return the outcomes of a bar from its bottom to its top, with their heights."""
    rows: list[str] = []
    for y in range(chart.PLOT_BOTTOM - 1, chart.PLOT_TOP - 9, -1):
        found = Counter(name for x in range(begin, begin + width) if (name := named(picture.getpixel((x, y)))))
        rows.append(found.most_common(1)[0][0] if found else "")
    return [(str(name), height) for name, _, height in runs(rows) if name]


def test_each_day_is_a_bar_of_its_credits_by_outcome() -> None:
    picture = drawn(DAYS)
    found = bars(picture)
    assert len(found) == 30
    assert {width for _, width in found} == {found[0][1]}
    assert len({right - left for (left, _), (right, _) in pairwise(found)}) == 1, "as far apart"
    usage = [{each.name: each.credits(day) for each in chart.SERIES if each.credits(day)} for day in DAYS]
    a_credit = (chart.PLOT_BOTTOM - chart.PLOT_TOP) / max(sum(each.values()) for each in usage)
    for credits, bar in zip(usage, found, strict=True):
        shown = parts(picture, *bar)
        assert [name for name, _ in shown] == [*credits]
        assert [height for _, height in shown] == [pytest.approx(each * a_credit, abs=2) for each in credits.values()]


def inked(picture: Image.Image) -> Image.Image:
    """Return the light pixels of a picture, without what is around them."""
    ink = picture.convert("L").point(lambda value: 255 if value > 128 else 0)
    return ink.crop(ink.getbbox())


@pytest.mark.parametrize("language", Language)
def test_the_lines_have_round_numbers_in_the_format_of_the_language(language: Language) -> None:
    picture = drawn([DailyUsage(1, 5400, 0, 0, 0), *EMPTY[1:]], language)
    right_end = [picture.getpixel((picture.width - chart.MARGIN - 1, y)) for y in range(chart.PLOT_BOTTOM + 1)]
    lines = [y for y, color in enumerate(right_end) if color != BACKGROUND]
    heights = [(chart.PLOT_BOTTOM - y) * 5400 / (chart.PLOT_BOTTOM - chart.PLOT_TOP) for y in reversed(lines)]
    assert heights == [pytest.approx(credits, abs=10) for credits in range(0, 5001, 1000)]
    [(begin, _)] = bars(picture)
    for y, credits in zip(reversed(lines), range(0, 5001, 1000), strict=True):
        expected = Image.new("RGB", (200, 60), BACKGROUND)
        font = ImageFont.truetype(chart.FONT, 24, layout_engine=ImageFont.Layout.BASIC)
        text = chart.drawable(format_number(texts_in(language), credits))
        ImageDraw.Draw(expected).text((20, 40), text, "#dbdee1", font, "ls")
        shown, wanted = inked(picture.crop((0, y - 15, begin - 10, y + 15))), inked(expected)
        assert shown.size == wanted.size, credits
        assert ImageChops.difference(shown, wanted).histogram()[255] < 5


def test_a_credit_among_millions_is_seen() -> None:
    picture = drawn([DailyUsage(1, 9_000_000, 1, 1, 1), *EMPTY[1:]])
    [bar] = bars(picture)
    assert [name for name, _ in parts(picture, *bar)] == [each.name for each in chart.SERIES]


@pytest.mark.parametrize("days", [DAYS, HUGE, EMPTY])
@pytest.mark.parametrize("language", Language)
def test_every_text_stays_within_the_picture(language: Language, days: Sequence[DailyUsage]) -> None:
    picture = drawn(days, language)
    inner = Image.new("RGB", (picture.width - 2 * chart.MARGIN, picture.height - 2 * chart.MARGIN // 2), BACKGROUND)
    picture.paste(inner, (chart.MARGIN, chart.MARGIN // 2))
    assert picture.getcolors() == [(picture.width * picture.height, BACKGROUND)]
    assert picture.width / picture.height < 2.5, "Discord shows a low picture small"


def test_the_legend_names_what_the_chart_has_and_no_more() -> None:
    def swatches(days: Sequence[DailyUsage]) -> set[str]:
        picture = drawn(days)
        legend = picture.crop((0, chart.PLOT_BOTTOM + 8, picture.width, picture.height))
        return {named(color) for _, color in legend.getcolors(2**24) or []} - {""}

    assert swatches(DAYS) == {each.name for each in chart.SERIES}
    assert swatches([*EMPTY[:29], DailyUsage(30, 20, 0, 0, 0)]) == {"spent"}
    assert swatches(EMPTY) == set()


def test_a_month_without_movies_says_so_in_the_middle() -> None:
    plot = (0, chart.PLOT_TOP, chart.WIDTH, chart.PLOT_BOTTOM - 40)
    box = Image.eval(drawn(EMPTY).crop(plot).convert("L"), lambda value: 255 if value > 100 else 0).getbbox()
    assert box is not None
    left, _, right, _ = box
    assert (left + right) / 2 == pytest.approx(chart.WIDTH / 2, abs=3)
    assert right - left > 200


def test_its_description_adds_up_the_bars_also_where_the_api_charged_more_than_was_held() -> None:
    days = [DailyUsage(1, 0, 250, 0, 0), DailyUsage(2, 0, 0, 100, 0), *EMPTY[2:]]
    assert "250 lost to failed movies, 0 on hold, 100 refunded" in chart_alt_text(
        ENGLISH, replace(report(days), held=0, released=300, upstream_charge=250)
    )


def test_every_character_of_a_chart_is_in_its_font() -> None:
    """bot/ui/fonts/README.md says how to add a missing character."""
    font = ImageFont.truetype(chart.FONT, 24, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(font.getmask("\U0010fffe"))
    shown: set[str] = set()
    for texts in map(texts_in, Language):
        months = [format_month(texts, Month(2026, number)) for number in range(1, 13)]
        labels = [texts(each.label) for each in chart.SERIES]
        titles = [texts("report-chart-title", month=month) for month in months]
        shown.update(*labels, *titles, texts("report-chart-empty"), format_number(texts, 1_234_567_890))
    assert [char for char in sorted(shown) if bytes(font.getmask(chart.drawable(char))) == missing] == []


async def test_charts_that_are_drawn_at_once_are_as_if_drawn_alone() -> None:
    draws = [functools.partial(chart.draw, ENGLISH, report(days)) for days in (DAYS, HUGE, EMPTY)]
    assert await asyncio.gather(*map(run_in_daemon_thread, draws * 2)) == [draw() for draw in draws * 2]
