"""A member's data as a zip file.

It has one JSON file, and a CSV file for each kind of record.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

from bot.ui.csv_export import escape_formula

_Value: TypeAlias = str | int | None
_Records: TypeAlias = Mapping[str, Sequence[Mapping[str, _Value]]]

_MAX_EXACT = 2**53
"""What reads JSON may take larger integers for fractions. Ids of Discord are larger."""


def make_zip(records: _Records, member_id: int, now: int) -> bytes:
    """Write all records. Times are UTC.

    Takes a while for thousands of movies: don't call it on the event loop.
    """
    shown = {name: [_readable(row) for row in rows] for name, rows in records.items()}
    about: dict[str, object] = {"member_id": str(member_id), "exported_at": _time(now)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(about | shown, ensure_ascii=False, indent=2))
        for name, rows in shown.items():
            if rows:
                archive.writestr(f"{name}.csv", _csv(rows))
    return packed.getvalue()


def _readable(row: Mapping[str, _Value]) -> dict[str, _Value]:
    return {column: _shown(column, value) for column, value in row.items()}


def _shown(column: str, value: _Value) -> _Value:
    if not isinstance(value, int):
        return value
    if column.endswith("_at"):
        return _time(value)
    return str(value) if column.endswith("_id") or value > _MAX_EXACT else value


def _time(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="seconds")


def _csv(rows: Sequence[Mapping[str, _Value]]) -> bytes:
    """Write UTF-8 with a byte order mark and CRLF, as spreadsheets expect."""
    buffer = io.BytesIO()
    text = io.TextIOWrapper(buffer, "utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow(escape_formula(value) if isinstance(value, str) else value for value in row.values())
    text.flush()
    return buffer.getvalue()
