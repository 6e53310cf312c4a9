"""The report's chart: what it shows, and the process that draws it."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from bot.domain.credits import Budget, Month
from bot.domain.reports import DailyUsage, MonthlyReport
from bot.domain.text import Language
from bot.locales.texts import texts_in
from bot.ui import chart, chart_child
from bot.ui.chart_process import ChartError, chart_renderer
from bot.ui.formatting import format_number
from tests.helpers.expected_text import ENGLISH

pytestmark = pytest.mark.smoke  # the first use of Matplotlib on a machine starts a process that lists its fonts

NOVEMBER = Month(2026, 11)
ROOT = Path(__file__).resolve().parents[3]
LABELS = {series.name: f"label of {series.name}" for series in chart.SERIES}
EMPTY = [DailyUsage(number, 0, 0, 0, 0) for number in range(1, 31)]
DAYS = [*EMPTY[:9], DailyUsage(10, spent=500, upstream_charge=0, released=200, held=100), *EMPTY[10:]]


def report(days: list[DailyUsage], month: Month = NOVEMBER) -> MonthlyReport:
    return MonthlyReport(month, 0, 0, 500, 40, 300, 200, 0, (), (), (), tuple(days), None, Budget(5000))


@pytest.fixture(name="drawn")
def _drawn() -> Iterator[Any]:
    """Return the function that returns the axes of a drawing. Its style is kept from other tests."""
    import matplotlib as mpl  # noqa: PLC0415 (takes a second)

    from bot.ui import chart_drawing  # noqa: PLC0415

    def drawn(days: list[DailyUsage], language: str = "en-US", title: str = "November 2026") -> Any:
        [axes] = chart_drawing.draw(language, title, LABELS, "No movies yet", days).axes
        return axes

    with mpl.rc_context():
        yield drawn


def test_the_outcomes_of_a_day_are_stacked_and_each_is_named_once(drawn: Any) -> None:
    from matplotlib.colors import to_hex  # noqa: PLC0415

    axes = drawn(DAYS)
    bars = {stack.get_label(): stack[9] for stack in axes.containers}
    middles = {name: (bar.get_x() + bar.get_width() / 2, bar.get_y(), bar.get_height()) for name, bar in bars.items()}
    assert middles == {
        LABELS["spent"]: (pytest.approx(10), 0, 500),
        LABELS["held"]: (pytest.approx(10), 500, 100),
        LABELS["released"]: (pytest.approx(10), 600, 200),
    }
    assert [text.get_text() for text in axes.get_legend().get_texts()] == list(bars)
    shown = [(to_hex(bar.get_facecolor()), bar.get_hatch() or "") for bar in bars.values()]
    assert shown == [(each.colour, each.hatch) for each in chart.SERIES if each.name != "upstream_charge"]
    assert [series.name for series in chart.SERIES] == ["spent", "upstream_charge", "held", "released"]
    assert len({series.colour for series in chart.SERIES}) == len({series.hatch for series in chart.SERIES}) == 4
    assert (axes.get_title(loc="left"), list(axes.texts)) == ("November 2026", [])


def test_a_month_without_movies_says_so_in_the_middle_in_a_font_that_has_its_language(drawn: Any) -> None:
    """Matplotlib warns of a missing glyph, and warnings are errors here."""
    for days, middle in ((EMPTY, 15.5), ([], 0.5)):
        axes = drawn(days, "ja", "動画 2026年11月")
        [text] = axes.texts
        assert (text.get_text(), text.get_position()) == ("No movies yet", (middle, 0.5))
        assert (axes.get_ylim(), axes.get_legend(), axes.containers) == ((0, 1), None, [])
        assert axes.get_title(loc="left") == "動画 2026年11月"


def test_every_character_of_a_chart_is_in_a_font() -> None:
    """bot/ui/fonts/README.md says how to add a missing character."""
    import matplotlib as mpl  # noqa: PLC0415

    second = Path(chart_child.__file__).with_name("fonts") / "NotoSansJP-Regular-subset.otf"
    fonts = Path(str(mpl.get_data_path())) / "fonts" / "ttf" / "DejaVuSans.ttf", second
    known = {chr(code) for path in fonts for code in TTFont(path).getBestCmap()}
    shown: set[str] = set()
    for texts in map(texts_in, Language):
        for month in range(1, 13):
            drawing = json.loads(chart.chart_data(texts, report(DAYS, Month(2026, month))))
            shown.update(drawing["title"], drawing["empty"], *drawing["labels"].values(), format_number(texts, 10**6))
    assert shown - known == set()


def children() -> set[int]:
    return {int(pid) for path in Path("/proc/self/task").glob("*/children") for pid in path.read_text().split()}


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="only Linux shows another process's environment")
@pytest.mark.full
async def test_a_chart_is_drawn_by_a_process_that_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISCORD_TOKEN", "SAMSAR_API_KEY", "DATABASE_PATH", "PYTHONPATH", "SOMETHING_ELSE"):
        monkeypatch.setenv(name, "hush-hush")
    before = children()
    async with chart_renderer(timeout=120) as draw:  # the machine may be loaded
        [pid] = children() - before
        process = Path(f"/proc/{pid}")
        pairs = process.joinpath("environ").read_bytes().decode().split("\0")
        passed = dict(pair.split("=", 1) for pair in pairs if pair)
        assert passed.items() <= os.environ.items()
        assert "hush-hush" not in passed.values()
        assert process.joinpath("cwd").readlink() == Path("/")
        assert os.getsid(pid) == pid
        picture = await draw(chart.chart_data(texts_in(Language.JAPANESE), report(DAYS)))
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(picture) > 5_000


@pytest.mark.full
async def test_a_chart_that_is_not_drawn_is_a_chart_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, before = chart.chart_data(ENGLISH, report(EMPTY)), children()
    async with chart_renderer(timeout=0) as draw:
        with pytest.raises(ChartError, match="in time"):
            await draw(data)
    async with chart_renderer() as draw:
        [pid] = children() - before
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(ChartError, match="-9"):
            await draw(data)
    with contextlib.suppress(LookupError):
        async with chart_renderer():
            raise LookupError
    assert children() == before, "a drawer that is not needed any more is ended"
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho noise >&2\necho no memory >&2\nexit 1\n")
    python.chmod(0o700)
    for executable, message in ((str(python), "^no memory$"), ("/missing/python", "missing")):
        monkeypatch.setattr(sys, "executable", executable)
        async with chart_renderer() as draw:
            with pytest.raises(ChartError, match=message):
                await draw(data)


@pytest.mark.full
def test_the_drawing_process_has_a_low_priority_before_it_loads_anything(tmp_path: Path) -> None:
    ui = tmp_path / "bot" / "ui"
    ui.mkdir(parents=True)
    script = shutil.copy(chart_child.__file__, ui)
    (ui / "chart_drawing.py").write_text("import os; print(os.nice(0))")
    printed = subprocess.run([sys.executable, "-I", script], capture_output=True, check=True).stdout
    assert int(printed) == min(19, os.nice(0) + chart_child.NICENESS)
