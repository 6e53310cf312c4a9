"""CSV files, also those of a member's export, are safe in spreadsheets, and fit a message."""

import csv
import io
import json
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.credits import Month
from bot.domain.reports import Receipt
from bot.services.privacy import export_file
from bot.ui import csv_export
from tests.helpers.clock import START
from tests.helpers.factories import ALICE, FOREIGN

NOVEMBER = Month(2026, 11)


def receipt(prompt: str = "a red balloon", number: int = 1, why: str = "") -> Receipt:
    return Receipt(1_794_312_000_000, ALICE, 300, 100, "completed", prompt, 30, "LUMA", f"{number:013}", reason=why)


def table(sheet: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))


@pytest.mark.usefixtures("time_zone")
def test_a_sheet_has_a_header_and_a_row_for_each_movie() -> None:
    row = replace(receipt(), spent=70, refunded=230, upstream_charge=9)
    name, sheet = csv_export.receipts_file([row], NOVEMBER)
    assert name == "movies-2026-11.csv"
    columns = (
        "requested_at_utc,movie_id,member_id,prompt,duration_seconds,model,credits,bonus_credits,outcome,"
        "spent_credits,refunded_credits,lost_credits,reason,operation"
    )
    written = f"2026-11-10 12:00:00,0000000000001,{ALICE},a red balloon,30,LUMA,300,100,completed,70,230,9,,"
    assert sheet == f"\ufeff{columns}\r\n{written}\r\n".encode()


def test_a_cell_is_on_one_line_and_each_part_of_it_is_text() -> None:
    signs = [*"=+-@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\ufe62", "\u2a75", "\u2212"]
    cells = {
        **{f"{sign}1+1": f"'{sign}1+1" for sign in signs},
        "a cat\r\non a\u2028roof\tat night": "a cat on a roof at night",
        "\t=1": " '=1",
        "\n=1": " '=1",
        "  \u200c\u200d=1": "  \u200c\u200d'=1",
        "a cat; =1": "a cat; '=1",
        "a cat,@b|-c;;+d": "a cat,'@b|'-c;;'+d",
        'a cat;"=1"': 'a cat;"\'=1"',
        "a cat - or two, half-asleep; 1+1=2": "a cat - or two, half-asleep; 1+1=2",
        "'=1": "'=1",
    }
    _, sheet = csv_export.receipts_file((replace(receipt(typed, why=typed), model=typed) for typed in cells), NOVEMBER)
    rows = table(sheet)
    for column in ("prompt", "reason", "model"):
        assert [row[column] for row in rows] == [*cells.values()]


HOSTILE = st.text(st.sampled_from("=+-@\u2212\uff1d;,|\t\r\n\x0b\u2028 \xa0\u200c\u200d\ufeff\x00\"'a1"), max_size=30)


@given(typed=st.lists(HOSTILE | FOREIGN, max_size=5))
def test_no_prompt_or_reason_makes_a_formula_or_breaks_a_sheet(typed: list[str]) -> None:
    """A spreadsheet's language decides which separator it splits at. Only blanks and quotes change."""
    _, written = csv_export.receipts_file((receipt(text, why=text) for text in typed), NOVEMBER)
    sheet = written.decode("utf-8-sig")
    assert len(sheet.splitlines()) == len(sheet.split("\r\n")) - 1 == len(typed) + 1
    for separator in (",", ";", "\t", "|"):
        for row in csv.reader(io.StringIO(sheet, newline=""), delimiter=separator):
            for cell in row:
                assert not cell.strip(' \xa0\u200c\u200d\ufeff\x00"').startswith(tuple("=+-@\u2212\uff1d"))
    for text, row in zip(typed, table(written), strict=True):
        for cell in (row["prompt"], row["reason"]):
            assert "".join(cell.split()).replace("'", "") == "".join(text.split()).replace("'", "")


def test_a_large_sheet_is_packed_to_fit_a_message() -> None:
    rows = [receipt(f"a red balloon over the sea, number {number}" * 10, number) for number in range(10_000)]
    name, packed = csv_export.receipts_file(rows, NOVEMBER)
    assert name == "movies-2026-11.csv.zip"
    assert len(packed) < 8 * 2**20 / 10
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == ["movies-2026-11.csv"]
        assert archive.read("movies-2026-11.csv").count(b"\r\n") == 10_001


BIG = 1_428_105_600_000_000_001


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_spreadsheet_takes_no_prompt_for_a_formula_and_shows_every_alphabet() -> None:
    rows = [{"id": "1", "prompt": "=1+1", "created_at": START}, {"id": "2", "prompt": "夜の海", "created_at": None}]
    files = files_of(export_file({"movies": rows, "stars": []}, 5, START))
    assert files.keys() == {"data.json", "movies.csv"}
    assert files["movies.csv"].decode("utf-8") == (
        "\ufeffid,prompt,created_at\r\n1,'=1+1,2026-11-10T12:00:00+00:00\r\n2,夜の海,\r\n"
    )


def test_the_json_file_says_whose_it_is_and_when_it_was_made() -> None:
    rows = [{"server_id": 7, "interaction": BIG, "price": 2**53, "prompt": "=夜の海"}]
    text = files_of(export_file({"movies": rows}, 5, START))["data.json"].decode("utf-8")
    assert "夜の海" in text
    shown = {"server_id": "7", "interaction": str(BIG), "price": 2**53, "prompt": "=夜の海"}
    about = {"member_id": "5", "exported_at": "2026-11-10T12:00:00+00:00"}
    assert json.loads(text) == about | {"movies": [shown]}
