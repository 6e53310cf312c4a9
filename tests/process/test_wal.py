"""The running bot keeps the log beside its database short."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from data.wal import KEPT_BYTES
from tests.process.crash.harness import open_crash_harness


def grow(path: Path) -> int:
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as reader,
        closing(sqlite3.connect(path, isolation_level=None)) as writer,
    ):
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM key_value").fetchone()
        for number in range(KEPT_BYTES // 1024**2 + 2):
            row = (f"long-{number}", "x" * 1024**2)
            writer.execute("INSERT INTO key_value (key, value) VALUES (?, ?)", row)
        return path.with_name(f"{path.name}-wal").stat().st_size


async def test_a_log_that_a_long_read_let_grow_is_emptied(tmp_path: Path) -> None:
    """The bot itself writes nothing, which would empty it, too."""
    path = tmp_path / "movies.db"
    async with open_crash_harness(tmp_path, path) as harness, harness.bot(WAL_CHECK_MS="50") as bot:
        await harness.discord.ready()
        assert grow(path) > KEPT_BYTES
        await bot.wait_for_line("wal_truncated")
        assert path.with_name("movies.db-wal").stat().st_size < KEPT_BYTES
        await bot.stop()
