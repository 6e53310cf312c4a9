"""What a large history takes on the disk, and how large its write-ahead log gets in a day."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks import days_load, seed_database
from benchmarks.harness import Row, Size, Spread

_MIB: Final = 2**20
_MAX_LOG: Final = 64 * _MIB
_MAX_RATIO: Final = 4.0
_TEXT: Final = "SELECT SUM(LENGTH(CAST(prompt AS BLOB)) + LENGTH(CAST(COALESCE(movie_url, '') AS BLOB))) FROM jobs"


async def measure(size: Size) -> list[Row]:
    """Measure the file, then its log."""
    original = seed_database.database(size.folder, size.of(1_000_000, 1000))
    with TemporaryDirectory(dir=size.folder) as folder:
        path = seed_database.copy(original, Path(folder) / "movies.db")
        return [_size_row(path), _log_row(await days_load.largest_log(path, size.of(10_000, 20)))]


def _size_row(path: Path) -> Row:
    with closing(sqlite3.connect(path)) as connection:
        text: int = connection.execute(_TEXT).fetchone()[0]
    stored = path.stat().st_size
    ratio = stored / text
    return Row(
        "the database after 1,000,000 movies",
        "the bytes of their prompts and links",
        f"{stored / _MIB:,.0f} MiB",
        f"{text / _MIB:,.0f} MiB",
        Spread.over([ratio]),
        f"≤ {_MAX_RATIO:g}x",
        ratio <= _MAX_RATIO,
    )


def _log_row(log: int) -> Row:
    return Row(
        "the write-ahead log through 10,000 movies in a day, and ten orders a second beside a backup",
        "64 MiB",
        f"{log / _MIB:.1f} MiB",
        f"{_MAX_LOG / _MIB:.0f} MiB",
        Spread.over([log / _MAX_LOG]),
        "≤ 1x",
        log <= _MAX_LOG,
    )
