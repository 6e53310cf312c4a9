"""CSV files are safe in spreadsheets, and charts have a text."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import matplotlib as mpl
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.credits import Budget, Month
from bot.domain.language import Language
from bot.domain.report import DailyUsage, MonthlyReport, Receipt
from bot.locales.texts import Texts, texts_in
from bot.ui import chart, chart_child, csv_export
from bot.ui.amounts import format_credits, format_day, format_month, format_number
from bot.ui.chart_process import ChartError, chart_renderer
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import ALICE, FOREIGN

NOVEMBER = Month(2026, 11)
SECOND_FONT = Path(chart_child.__file__).with_name("fonts") / "NotoSansJP-Regular-subset.otf"
LANGUAGES = pytest.mark.parametrize("texts", [*map(texts_in, Language)], ids=[language.value for language in Language])
HOUSE = Path(__file__).parent.parent.parent.parent
PNG = b"\x89PNG\r\n\x1a\n"


def receipt(prompt: str = "a red balloon", number: int = 1, why: str = "") -> Receipt:
    """A movie of Alice's."""
    return Receipt(1_794_312_000_000, ALICE, prompt, 30, "LUMA", 300, 100, "completed", f"{number:013}", reason=why)


def table(sheet: bytes) -> list[dict[str, str]]:
    """Read a CSV file as a spreadsheet does."""
    return list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))


def figures(
    days: tuple[DailyUsage, ...], spent: int = 0, upstream_charge: int = 0, released: int = 0, held: int = 0
) -> MonthlyReport:
    """A month's report with these days."""
    return MonthlyReport(
        NOVEMBER, 0, 0, spent, held, released, upstream_charge, 0, (), (), (), days, None, Budget(5000)
    )


EMPTY = tuple(DailyUsage(number, 0, 0, 0, 0) for number in range(1, 31))
BUSY = tuple(DailyUsage(number, 10 * number, 30, number % 3 * 20, 5) for number in range(1, 31))


# ── sheets ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("time_zone")
def test_a_sheet_has_a_header_and_a_row_for_each_movie() -> None:
    """Files are UTF-8 with a BOM, RFC 4180 lines and plain numbers."""
    sheet = csv_export.receipts_csv([receipt()])
    assert sheet.startswith(b"\xef\xbb\xbfrequested_at_utc,movie_id,member_id,")
    assert sheet.endswith(b"\r\n")
    assert table(sheet) == [
        {
            "requested_at_utc": "2026-11-10 12:00:00",
            "movie_id": "0000000000001",
            "member_id": str(ALICE),
            "prompt": "a red balloon",
            "duration_seconds": "30",
            "model": "LUMA",
            "credits": "300",
            "bonus_credits": "100",
            "outcome": "completed",
            "spent_credits": "0",
            "refunded_credits": "0",
            "lost_credits": "0",
            "reason": "",
        }
    ]


def test_each_amount_is_in_its_column() -> None:
    """A movie that was canceled on the way was spent in part."""
    row = replace(receipt(), spent=70, refunded=230, upstream_charge=9, model="=LUMA()")
    [written] = table(csv_export.receipts_csv([row]))
    amounts = {name: written[f"{name}_credits"] for name in ("bonus", "spent", "refunded", "lost")}
    assert amounts == {"bonus": "100", "spent": "70", "refunded": "230", "lost": "9"}
    assert (written["credits"], written["model"]) == ("300", "'=LUMA()")


@pytest.mark.parametrize("sign", [*"=+-@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\ufe62", "\u2a75", "\u2212"])
def test_no_sign_that_begins_a_formula_begins_a_cell(sign: str) -> None:
    """Some spreadsheets read a full-width sign as the plain one."""
    [row] = table(csv_export.receipts_csv([receipt(f"{sign}1+1", why=f"{sign}1+1")]))
    assert row["prompt"] == row["reason"] == f"'{sign}1+1"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a cat\r\non a\u2028roof\tat night", "a cat on a roof at night"),
        ("\t=1", " '=1"),
        ("\n=1", " '=1"),
        ("  \u200c\u200d=1", "  \u200c\u200d'=1"),
        ("a cat; =1", "a cat; '=1"),
        ("a cat,@b|-c;;+d", "a cat,'@b|'-c;;'+d"),
        ('a cat;"=1"', 'a cat;"\'=1"'),
        ("a cat - or two, half-asleep; 1+1=2", "a cat - or two, half-asleep; 1+1=2"),
        ("'=1", "'=1"),
    ],
)
def test_a_cell_is_on_one_line_and_each_part_of_it_is_text(typed: str, written: str) -> None:
    [row] = table(csv_export.receipts_csv([receipt(typed, why=typed)]))
    assert row["prompt"] == row["reason"] == written


HOSTILE = st.text(st.sampled_from("=+-@\u2212\uff1d;,|\t\r\n\x0b\u2028 \xa0\u200c\u200d\ufeff\x00\"'a1"), max_size=30)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@given(typed=st.lists(HOSTILE | FOREIGN, max_size=5))
def test_no_separator_makes_a_formula_of_a_prompt_or_a_reason(separator: str, typed: list[str]) -> None:
    """A spreadsheet's language decides which separator it splits at."""
    sheet = csv_export.receipts_csv(receipt(text, why=text) for text in typed).decode("utf-8-sig")
    assert len(sheet.splitlines()) == len(sheet.split("\r\n")) - 1 == len(typed) + 1
    for row in csv.reader(io.StringIO(sheet, newline=""), delimiter=separator):
        for cell in row:
            assert not cell.strip(' \xa0\u200c\u200d\ufeff\x00"').startswith(tuple("=+-@\u2212\uff1d"))


@given(st.lists(FOREIGN, max_size=5))
def test_no_prompt_or_reason_breaks_a_sheet(typed: list[str]) -> None:
    """Each stays in its cell; only blanks and quotes change."""
    rows = table(csv_export.receipts_csv(receipt(text, why=text) for text in typed))
    assert len(rows) == len(typed)
    for text, row in zip(typed, rows, strict=True):
        for cell in (row["prompt"], row["reason"]):
            assert "".join(cell.split()).replace("'", "") == "".join(text.split()).replace("'", "")


def test_a_small_sheet_is_a_plain_file() -> None:
    """The file is named after its month."""
    name, sheet = csv_export.receipts_file([receipt()], NOVEMBER)
    assert name == "movies-2026-11.csv"
    assert len(table(sheet)) == 1


def test_a_large_sheet_is_packed_to_fit_a_message() -> None:
    """A hundred thousand movies fit Discord's limit, with every row."""
    rows = (receipt(f"a red balloon over the sea, number {number}", number) for number in range(100_000))
    name, packed = csv_export.receipts_file(rows, NOVEMBER)
    assert name == "movies-2026-11.csv.zip"
    assert len(packed) < 8 * 2**20
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == ["movies-2026-11.csv"]
        assert archive.read("movies-2026-11.csv").count(b"\r\n") == 100_001


# ── the chart ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("days", [EMPTY, BUSY, (), EMPTY[:28]], ids=["empty", "busy", "none", "february"])
async def test_a_chart_is_a_png(days: tuple[DailyUsage, ...]) -> None:
    """A separate process draws it, also for a month without movies."""
    async with chart_renderer(timeout=120) as draw:  # the machine may be loaded
        picture = await draw(chart.chart_data(ENGLISH, figures(days)))
    assert picture.startswith(PNG)
    assert len(picture) > 5_000


async def test_a_chart_has_the_texts_of_its_language() -> None:
    """Every character of each language is drawn."""
    pictures: set[bytes] = set()
    for language in Language:
        data = chart.chart_data(texts_in(language), figures(BUSY))
        command = (sys.executable, "-W", "error::UserWarning", "-I", chart_child.__file__)
        drawn = await asyncio.to_thread(subprocess.run, command, input=data, capture_output=True, check=True)
        pictures.add(drawn.stdout)
    assert len(pictures) == len(Language)


async def test_a_chart_that_cannot_be_drawn_is_a_chart_error() -> None:
    """The report is then sent without the chart."""
    async with chart_renderer() as draw:
        with pytest.raises(ChartError):
            await draw(b"no drawing")


async def test_a_drawing_process_that_does_not_start_is_a_chart_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """File handles or memory may be used up."""
    monkeypatch.setattr(sys, "executable", "/missing/python")
    async with chart_renderer() as draw:
        with pytest.raises(ChartError, match="missing"):
            await draw(chart.chart_data(ENGLISH, figures(EMPTY)))


async def test_a_drawing_process_that_was_killed_is_a_chart_error() -> None:
    """It leaves no message where the system is out of memory."""
    before = children()
    async with chart_renderer() as draw:
        [pid] = children() - before
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(ChartError, match="-9"):
            await draw(chart.chart_data(ENGLISH, figures(EMPTY)))


async def test_a_drawer_that_is_not_needed_any_more_is_ended() -> None:
    """The report failed, and the next one gets a new process."""
    before = children()
    with pytest.raises(LookupError):
        await _figures_fail()
    assert children() == before
    async with chart_renderer() as draw:
        assert (await draw(chart.chart_data(ENGLISH, figures(EMPTY)))).startswith(PNG)


async def _figures_fail() -> None:
    async with chart_renderer():
        raise LookupError


async def test_a_chart_that_takes_too_long_is_given_up() -> None:
    """The report must not wait for the chart without a limit."""
    async with chart_renderer(timeout=0) as draw:
        with pytest.raises(ChartError, match="in time"):
            await draw(chart.chart_data(ENGLISH, figures(EMPTY)))


def children() -> set[int]:
    """Return the process ids of this process's children."""
    return {int(pid) for path in Path("/proc/self/task").glob("*/children") for pid in path.read_text().split()}


def environment(pid: int) -> dict[str, str]:
    """Return the environment that a process was started with."""
    pairs = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return dict(pair.split("=", 1) for pair in pairs if pair)


def working_folder(pid: int) -> Path:
    """Return a process's working folder."""
    return Path(f"/proc/{pid}/cwd").readlink()


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="only Linux shows another process's environment")
async def test_the_drawing_process_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """It gets no settings, and not the folder of .env."""
    for name in ("DISCORD_TOKEN", "SAMSAR_API_KEY", "DATABASE_PATH", "PYTHONPATH", "SOMETHING_ELSE"):
        monkeypatch.setenv(name, "hush-hush")
    before = children()
    async with chart_renderer() as draw:
        [pid] = children() - before
        passed = environment(pid)
        assert passed.items() <= os.environ.items()
        assert "hush-hush" not in passed.values()
        assert working_folder(pid) == Path("/")
        assert os.getsid(pid) == pid
        assert (await draw(chart.chart_data(ENGLISH, figures(EMPTY)))).startswith(PNG)


def test_the_drawing_process_has_a_low_priority_before_it_loads_anything(tmp_path: Path) -> None:
    """Loading matplotlib takes a second of processor time.

    A replacement module reports its priority.
    """
    ui = tmp_path / "bot" / "ui"
    ui.mkdir(parents=True)
    script = shutil.copy(chart_child.__file__, ui)
    (ui / "chart_drawing.py").write_text("import os; print(os.nice(0))")
    printed = subprocess.run([sys.executable, "-I", script], capture_output=True, check=True).stdout
    assert int(printed) == min(19, os.nice(0) + chart_child.NICENESS)


async def test_the_plotting_library_stays_out_of_the_bots_own_process() -> None:
    """Its import blocks for a second and keeps its memory."""
    look = "import bot.app, sys; sys.exit('matplotlib' in sys.modules)"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", look, cwd=HOUSE)
    assert await process.wait() == 0


@LANGUAGES
def test_the_words_for_a_chart_say_what_it_shows(texts: Texts) -> None:
    """They name the month, each color's sum, and the tallest day.

    Lost credits are not counted as refunded as well.
    """
    days = (*EMPTY[:9], DailyUsage(10, 500, 200, 100, 40), *EMPTY[10:])
    description, peak = chart.alt_text(
        texts, figures(days, spent=500, upstream_charge=200, released=300, held=40)
    ).split("\n")
    assert format_month(texts, NOVEMBER) in description
    assert sorted(re.findall(r"(?<!\d)\d{2,3}(?!\d)", description.replace("11月", ""))) == ["100", "200", "40", "500"]
    assert format_day(texts, NOVEMBER, 10) in peak
    assert format_credits(texts, 500) in peak


@LANGUAGES
@given(spent=st.integers(0, 10**12), upstream_charge=st.integers(0, 10**12), back=st.integers(0, 10**12))
def test_the_words_for_a_chart_fit(texts: Texts, spent: int, upstream_charge: int, back: int) -> None:
    """Discord takes 1,024 characters; a month without movies has no tallest day."""
    days = (*EMPTY[:29], DailyUsage(30, spent, upstream_charge, back, 0))
    assert (
        len(
            chart.alt_text(
                texts, figures(days, spent=spent, upstream_charge=upstream_charge, released=upstream_charge + back)
            )
        )
        < 1000
    )
    assert "\n" not in chart.alt_text(texts, figures(EMPTY))


def test_the_words_for_a_chart_say_which_sum_is_which() -> None:
    """A month without days has no tallest one."""
    report = figures((), spent=500, upstream_charge=200, released=300, held=40)
    month = format_month(ENGLISH, NOVEMBER)
    assert chart.alt_text(ENGLISH, report) == ENGLISH(
        "report-chart-description",
        month=month,
        credits=500,
        lost_credits=200,
        held_credits=40,
        refunded_credits=100,
    )
    drawing = json.loads(chart.chart_data(ENGLISH, report))
    assert (drawing["title"], drawing["empty"]) == (
        ENGLISH("report-chart-title", month=month),
        ENGLISH("report-chart-empty"),
    )
    assert drawing["labels"] == {
        "spent": ENGLISH("report-chart-spent"),
        "upstream_charge": ENGLISH("report-chart-lost"),
        "held": ENGLISH("report-chart-held"),
        "released": ENGLISH("report-chart-refunded"),
    }


@LANGUAGES
def test_a_drawing_is_plain_json(texts: Texts) -> None:
    """The drawing process must not unpickle any of the bot's objects."""
    drawing = json.loads(chart.chart_data(texts, figures(BUSY)))
    assert drawing["language"] == texts.language.value
    assert format_month(texts, NOVEMBER) in drawing["title"]
    assert set(drawing["labels"]) == {series.name for series in chart.SERIES}
    assert drawing["days"][9] == {"day": 10, "spent": 100, "upstream_charge": 30, "released": 20, "held": 5}


@LANGUAGES
@pytest.mark.parametrize("month", [Month(2026, number) for number in range(1, 13)], ids=str)
def test_every_character_of_a_chart_is_in_a_font(texts: Texts, month: Month) -> None:
    """bot/ui/fonts/README.md says how to add a missing character."""
    drawing = json.loads(chart.chart_data(texts, replace(figures(BUSY), month=month)))
    shown = set("".join([drawing["title"], drawing["empty"], *drawing["labels"].values(), format_number(texts, 10**6)]))
    fonts = Path(str(mpl.get_data_path())) / "fonts" / "ttf" / "DejaVuSans.ttf", SECOND_FONT
    known = {chr(code) for path in fonts for code in TTFont(path).getBestCmap()}
    assert shown - known == set()


def test_each_outcome_has_a_colour_and_a_hatch_of_its_own() -> None:
    """Patterns distinguish them for readers who can't see the colors."""
    assert len({series.colour for series in chart.SERIES}) == len({series.hatch for series in chart.SERIES}) == 4
    assert {series.name for series in chart.SERIES} == {"spent", "upstream_charge", "held", "released"}
