"""What the report's chart shows, read from its figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib.colors import to_hex

from bot.domain.report import DailyUsage
from bot.ui import chart_drawing
from bot.ui.chart import SERIES
from bot.ui.chart_drawing import Drawing

LABELS = {series.name: f"label of {series.name}" for series in SERIES}
DAYS = [DailyUsage(number, 0, 0, 0, 0) for number in range(1, 31)]
BUSY = DailyUsage(10, spent=500, upstream_charge=0, released=200, held=100)


@pytest.fixture(autouse=True)
def _own_style() -> Iterator[None]:
    """Keep the chart's style from other tests."""
    with mpl.rc_context():
        yield


def drawn(days: list[DailyUsage], language: str = "en-US") -> Any:
    """Return the axes of a drawing."""
    figure: Any = chart_drawing.draw(Drawing(language, "November 2026", LABELS, "No movies yet", days))
    [axes] = figure.axes
    return axes


def test_the_outcomes_of_a_day_are_stacked_and_each_is_named_once() -> None:
    """An outcome that the month does not have isn't named."""
    axes = drawn([*DAYS[:9], BUSY, *DAYS[10:]])
    assert [series.name for series in SERIES] == ["spent", "upstream_charge", "held", "released"]
    bars = {stack.get_label(): stack[9] for stack in axes.containers}
    middles = {name: (bar.get_x() + bar.get_width() / 2, bar.get_y(), bar.get_height()) for name, bar in bars.items()}
    assert middles == {
        LABELS["spent"]: (pytest.approx(10), 0, 500),
        LABELS["held"]: (pytest.approx(10), 500, 100),
        LABELS["released"]: (pytest.approx(10), 600, 200),
    }
    assert [text.get_text() for text in axes.get_legend().get_texts()] == list(bars)
    shown = [(to_hex(bar.get_facecolor()), bar.get_hatch() or "") for bar in bars.values()]
    assert shown == [(each.colour, each.hatch) for each in SERIES if each.name != "upstream_charge"]
    assert axes.get_title(loc="left") == "November 2026"
    assert list(axes.texts) == []


def test_the_axes_show_every_day_and_the_tallest_bar() -> None:
    axes = drawn([*DAYS[:9], BUSY, *DAYS[10:]])
    assert list(axes.get_xticks()) == [1, 5, 10, 15, 20, 25, 30]
    first, last = axes.get_xlim()
    bottom, top = axes.get_ylim()
    assert first < 1 - 0.41
    assert last > 30 + 0.41
    assert (bottom, top) == (0, pytest.approx(864))


@pytest.mark.parametrize(("language", "thousand"), [("en-US", "1,000"), ("de", "1.000"), ("pt-BR", "1.000")])
def test_credits_are_whole_and_written_as_in_the_language(language: str, thousand: str) -> None:
    axes = drawn([DailyUsage(1, 2, 0, 0, 0)], language)
    assert axes.yaxis.get_major_formatter()(1000, 0) == thousand
    assert [tick for tick in axes.get_yticks() if tick % 1] == []


@pytest.mark.parametrize(("days", "middle"), [(DAYS, 15.5), ([], 0.5)])
def test_a_month_without_movies_says_so_in_the_middle(days: list[DailyUsage], middle: float) -> None:
    axes = drawn(days)
    [text] = axes.texts
    assert (text.get_text(), text.get_position()) == ("No movies yet", (middle, 0.5))
    assert (axes.get_ylim(), axes.get_legend(), axes.containers) == ((0, 1), None, [])
