"""A start amid trouble: paid work goes on, and what is left over is tidied."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain import process
from tests.helpers import migrated_file
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import MOVIE, environment, matinee, posted

CRASHES = 6
"""Starts in a row that soon failed: the next one waits for over a minute."""


async def leave_a_movie(discord: FakeDiscord, api: ManualSamsar, workdir: Path) -> str:
    async with matinee(discord, api, workdir) as bot:
        await discord.ready()
        await discord.slash(discord.user_id, "movie", MOVIE)
        await api.polled("movie-1")
        await bot.stop()
    api.finish("movie-1")
    return api.movie_url("movie-1")


def change_facts(workdir: Path, sql: str, *values: str) -> None:
    with closing(sqlite3.connect(workdir / "var" / "movies.db")) as connection, connection:
        connection.execute(sql, values)


async def test_registration_that_must_wait_holds_nothing_up(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    link = await leave_a_movie(discord, api, tmp_path)
    change_facts(tmp_path, "DELETE FROM key_value WHERE key LIKE 'commands:%'")
    limited = discord.fail("PUT", "/applications/**", status=429, retry_after=300.0, times=None)
    async with matinee(discord, api, tmp_path) as bot:
        await posted(discord, link)
        await discord.ready()
        await bot.wait_for_line("command_sync_failed")
        assert (await discord.slash(discord.user_id, "credits")).ephemeral
        await bot.stop()
    assert limited.hits == 1


async def test_pause_after_crashes_holds_back_the_gateway_alone(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """A message costs no IDENTIFY, so the movie is posted meanwhile. The pause ends at SIGTERM."""
    link = await leave_a_movie(discord, api, tmp_path)
    before, now = len(discord.identifies), int(1000 * time.time())
    starts = process.serialize([now - 1000 * number for number in range(CRASHES, 0, -1)])
    change_facts(tmp_path, "UPDATE key_value SET value = ? WHERE key = ?", starts, process.STARTS_KEY)
    async with matinee(discord, api, tmp_path, LOG_FORMAT="json") as bot:
        assert json.loads(await bot.wait_for_line("crash_backoff"))["starts"] == CRASHES
        await posted(discord, link)
        assert len(discord.identifies) == before
        await bot.stop()
    assert len(discord.identifies) == before


async def test_a_start_names_wrong_sums_and_removes_leftovers(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    temporary, var = tmp_path / "temporary", tmp_path / "var"
    leftover = temporary / f"matinee-{'0a' * 16}.mp4"
    for folder in (temporary, var):
        folder.mkdir()
    migrated_file.create(var / "movies.db")
    budget = "(scope, guild_id, member_id, month, granted, used, held) VALUES ('plan', 0, 0, '2026-11', 0, 100, 0)"
    change_facts(tmp_path, f"INSERT INTO balances {budget}")
    leftover.touch()
    two_hours_ago = time.time() - 7200
    os.utime(leftover, (two_hours_ago, two_hours_ago))
    old, kept = (var / f"movies.db.before-0002-{year}0101-000000" for year in (2019, 2020))
    old.touch()
    kept.touch()
    settings = {"TMPDIR": str(temporary), "BACKUP_KEEP": "1", "RETENTION_DAYS": "0", "LOG_FORMAT": "json"}
    async with matinee(discord, api, tmp_path, **settings) as bot:
        wrong = json.loads(await bot.wait_for_line("ledger_discrepancy"))
        assert wrong["level"] == "error"
        assert wrong["discrepancy"].startswith("plan budget (server 0, member 0, month 2026-11): ")
        await bot.wait_for_line("stale_downloads_removed")
        assert not leftover.exists()
        await bot.wait_for_line("old_copies_removed")
        assert [old.exists(), kept.exists()] == [False, True]
        assert len(discord.identifies) == 1


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def open_to_others(folder: Path) -> list[str]:
    return [str(each.relative_to(folder)) for each in folder.rglob("*") if each.stat().st_mode & 0o077]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into another process")
async def test_a_running_bot_creates_nothing_that_others_can_read_and_no_core_dump(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    os.umask(0)
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "movies.db").touch()
    async with matinee(discord, api, tmp_path, BACKUP_EVERY_HOURS="1") as bot:
        await discord.ready()
        await bot.wait_for_line(r"\bbackup_created\b")
        assert resource.prlimit(bot.pid, resource.RLIMIT_CORE) == (0, 0)
        env = environment(discord, api)
        async with BotProcess(discord.url, workdir=tmp_path, env=env, args=("backup", "new/copy.db")) as command:
            assert await command.wait_exit() == 0
        assert (tmp_path / "var" / "movies.db-wal").exists()
        assert open_to_others(tmp_path) == []
