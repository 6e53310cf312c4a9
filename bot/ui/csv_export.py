"""CSV exports of receipts."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime

from bot.domain.credits import Month
from bot.domain.report import Receipt

_COLUMNS = (
    "when_utc",
    "movie",
    "member_id",
    "prompt",
    "seconds",
    "model",
    "credits",
    "of_these_extra",
    "outcome",
    "lost",
    "why",
)
_MAX_PLAIN_BYTES = 4 * 2**20
"""A larger file is zipped: it shares the message with the chart, and Discord takes 10 MiB."""

_FORMULA_SIGNS = frozenset("=+-@\t\r\n")
"""At a cell's start. Source: https://owasp.org/www-community/attacks/CSV_Injection"""


def receipts_csv(rows: Iterable[Receipt]) -> bytes:
    """Write receipts as CSV with a header, one row a movie.

    UTF-8 with a byte order mark and CRLF, as spreadsheets expect.
    """
    buffer = io.BytesIO()
    text = io.TextIOWrapper(buffer, "utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for row in rows:
        writer.writerow(
            (
                datetime.fromtimestamp(row.created_at / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S"),
                row.job_id,
                row.member_id,
                escape_formula(row.prompt),
                row.seconds,
                escape_formula(row.model),
                row.credits,
                row.extra,
                row.outcome,
                row.upstream_charge,
                escape_formula(row.reason),
            )
        )
    text.flush()
    return buffer.getvalue()


def receipts_file(rows: Iterable[Receipt], month: Month) -> tuple[str, bytes]:
    """Return the export's file name and content, zipped where it is large.

    Takes about a second for 100,000 rows: don't call it on the event loop.
    """
    name = f"movies-{month}.csv"
    content = receipts_csv(rows)
    if len(content) <= _MAX_PLAIN_BYTES:
        return name, content
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return f"{name}.zip", packed.getvalue()


def escape_formula(cell: str) -> str:
    """Quote a cell that a spreadsheet would run as a formula.

    Spreadsheets read a full-width sign as the plain one, which NFKC makes of it.
    """
    return f"'{cell}" if unicodedata.normalize("NFKC", cell[:1])[:1] in _FORMULA_SIGNS else cell
