"""CSV exports of receipts."""

from __future__ import annotations

import csv
import io
import operator
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

from bot.domain.credits import Month
from bot.domain.reports import Receipt

_COLUMNS: Final = {
    "requested_at_utc": "created_at",
    "movie_id": "job_id",
    "member_id": "member_id",
    "prompt": "prompt",
    "duration_seconds": "seconds",
    "model": "model",
    "credits": "credits",
    "bonus_credits": "extra",
    "outcome": "outcome",
    "spent_credits": "spent",
    "refunded_credits": "refunded",
    "lost_credits": "upstream_charge",
    "reason": "reason",
    "operation": "operation",
}
"""A receipt's attributes by their names in the file.

Names and codes there are the same in every language: scripts and pivot tables read them.
"""

_MAX_PLAIN_BYTES = 4 * 2**20
"""A larger file is zipped: it shares the message with the chart, and Discord takes 10 MiB."""

_FORMULA_SIGNS = frozenset("=+-@\u2212")
"""At a cell's start. Source: https://owasp.org/www-community/attacks/CSV_Injection"""

_LINE_BREAKS_AND_TABS = re.compile(r"[\t-\r\x1c-\x1e\x85\u2028\u2029]+")
_SKIPPED = (
    r'\s"\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff'
    r"\U000e0000-\U000e01ef"
)
"""Blanks, quotes and invisible characters, which an import may strip before it reads a sign."""
_CELL_START = re.compile(rf"(?:\A|[;,|])[{_SKIPPED}]*+(?=(\W))")
"""Where a cell starts in a text, whichever separator the import uses. The group is its first character."""


def _format_time(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).replace(tzinfo=None).isoformat(" ", "seconds")


def receipts_file(rows: Iterable[Receipt], month: Month) -> tuple[str, bytes]:
    """Write receipts as CSV, one row a movie; return the file's name and content, zipped where it is large.

    Takes about a second for 100,000 rows: don't call it on the event loop.
    """
    name, attributes = f"movies-{month}.csv", operator.attrgetter(*_COLUMNS.values())
    content = write_csv(_COLUMNS, ((_format_time(time), *rest) for time, *rest in map(attributes, rows)))
    return (name, content) if len(content) <= _MAX_PLAIN_BYTES else (f"{name}.zip", make_zip({name: content}))


def make_zip(files: Mapping[str, str | bytes]) -> bytes:
    """Compress files, by name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def write_csv(header: Iterable[str], rows: Iterable[Iterable[str | int | None]]) -> bytes:
    """Write UTF-8 with a byte order mark and CRLF, as spreadsheets expect. No text is taken for a formula."""
    buffer = io.BytesIO()
    text = io.TextIOWrapper(buffer, "utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([escape_formula(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    text.flush()
    return buffer.getvalue()


def escape_formula(cell: str) -> str:
    """Put a cell on one line, and quote possible formulas.

    A spreadsheet's language decides its separator, so an import may split a cell. So each part that could run as a
    formula is quoted.
    """
    return _CELL_START.sub(_quote_sign, _LINE_BREAKS_AND_TABS.sub(" ", cell))


def _quote_sign(start: re.Match[str]) -> str:
    # Spreadsheets read a full-width sign as the plain one, which NFKC makes of it.
    is_sign = unicodedata.normalize("NFKC", start[1])[:1] in _FORMULA_SIGNS
    return f"{start[0]}'" if is_sign else start[0]
