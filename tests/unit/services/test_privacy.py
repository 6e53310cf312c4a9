"""A member's zip file, as spreadsheets and editors read it."""

from __future__ import annotations

import io
import json
import zipfile

from bot.services.privacy import export_file
from tests.helpers.clock import START

BIG = 1_428_105_600_000_000_001
"""An id that what reads JSON may take for a fraction."""


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_spreadsheet_takes_no_prompt_for_a_formula_and_shows_every_alphabet() -> None:
    """It knows UTF-8 by the byte order mark."""
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
