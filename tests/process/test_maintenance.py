"""Maintenance by the real process.

It waits after crashes, checks its sums, and removes leftover files.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from bot.domain import crash_backoff
from tests.helpers import ledger_checks, migrated_file
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import ENDS_WITHIN, environment, matinee

LEFTOVER = f"matinee-{'0a' * 16}.mp4"
TWO_HOURS = 7200


def database(workdir: Path) -> Path:
    """The bot's file."""
    return workdir / "var" / "movies.db"


def prepare(workdir: Path, sql: str, values: tuple[object, ...] = ()) -> None:
    """Make a database with initial data."""
    database(workdir).parent.mkdir()
    migrated_file.create(database(workdir))
    with closing(sqlite3.connect(database(workdir))) as connection, connection:
        connection.execute(sql, values)


def crashed(workdir: Path, times: int) -> None:
    """Make a database with recorded crashes."""
    now = time.time_ns() // 1_000_000
    starts = crash_backoff.serialize([now - 1000 * (times - n) for n in range(times)])
    prepare(workdir, "INSERT INTO key_value (key, value) VALUES (?, ?)", (crash_backoff.STARTS_KEY, starts))


async def test_after_crashes_in_a_row_it_waits_before_it_connects(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """It spends no IDENTIFY, logs the wait, and stops at SIGTERM."""
    crashed(tmp_path, 9)
    async with matinee(discord, api, tmp_path, LOG_FORMAT="json") as bot:
        line = json.loads(await bot.wait_for_line("crash_backoff"))
        assert (line["starts"], line["seconds"]) == (9, 600)
        bot.terminate()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0, bot.log
    assert discord.identifies == ()


async def test_a_stop_on_purpose_clears_the_crash_record(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """It ran for a minute, and got a SIGTERM.

    Earlier crashes no longer count.
    """
    crashed(tmp_path, 1)
    settings = environment(discord, api)
    async with BotProcess(discord.url, workdir=tmp_path, env=settings, module="tests.process.fast_clock") as bot:
        await discord.ready()
        bot.terminate()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0, bot.log
    [fact] = ledger_checks.query(
        database(tmp_path), "SELECT value FROM key_value WHERE key = ?", crash_backoff.STARTS_KEY
    )
    assert fact["value"] == ""


async def test_a_start_names_wrong_sums_and_removes_leftovers(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """The checks run after the connection."""
    prepare(
        tmp_path,
        "INSERT INTO balances (scope, guild_id, member_id, month, granted, used, held)"
        " VALUES ('plan', 0, 0, '2026-11', 0, 100, 0)",
    )
    folder = tmp_path / "temporary"
    folder.mkdir()
    (folder / LEFTOVER).touch()
    written = time.time() - TWO_HOURS
    os.utime(folder / LEFTOVER, (written, written))
    old, kept = (database(tmp_path).with_name(f"movies.db.before-0002-{year}0101-000000") for year in (2019, 2020))
    old.touch()
    kept.touch()
    settings = {"TMPDIR": str(folder), "BACKUP_KEEP": "1", "LOG_FORMAT": "json"}
    async with matinee(discord, api, tmp_path, **settings) as bot:
        wrong = json.loads(await bot.wait_for_line("ledger_discrepancy"))
        assert wrong["level"] == "error"
        assert wrong["discrepancy"].startswith("plan budget (server 0, member 0, month 2026-11): ")
        await bot.wait_for_line("stale_downloads_removed")
        assert list(folder.iterdir()) == []
        await bot.wait_for_line("old_copies_removed")
        assert [old.exists(), kept.exists()] == [False, True]
        assert len(discord.identifies) == 1


async def test_a_poll_loop_that_ends_ends_the_process(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """With status 1, a supervisor restarts it."""
    settings = environment(discord, api)
    async with BotProcess(discord.url, workdir=tmp_path, env=settings, module="tests.process.ended_poll_loop") as bot:
        assert await bot.wait_exit() == 1, bot.log
    assert bot.stderr[-1].startswith("An internal worker stopped")
