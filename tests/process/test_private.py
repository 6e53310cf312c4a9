"""The process protects its files and memory, whatever its umask is."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import environment, matinee

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into another process")


@pytest.fixture(autouse=True)
def an_open_umask() -> Iterator[None]:
    """Start the process with umask 0."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    """Return what group or others may use, below a folder."""
    return [str(each.relative_to(folder)) for each in folder.rglob("*") if each.stat().st_mode & 0o077]


async def test_a_running_bot_creates_nothing_that_others_can_read_and_no_core_dump(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """A subcommand that runs meanwhile doesn't, either."""
    async with matinee(discord, api, tmp_path, BACKUP_EVERY_HOURS="1") as bot:
        await discord.ready()
        await bot.wait_for_line(r"\bbackup_created\b")
        assert resource.prlimit(bot.pid, resource.RLIMIT_CORE) == (0, 0)
        env = environment(discord, api)
        async with BotProcess(discord.url, workdir=tmp_path, env=env, args=("backup", "new/copy.db")) as command:
            assert await command.wait_exit() == 0
        assert (tmp_path / "var" / "movies.db-wal").exists()
        assert open_to_others(tmp_path) == []


async def test_a_start_closes_what_was_open_and_removes_copies_beyond_backup_keep(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """An older version wrote this data."""
    folder = tmp_path / "var"
    folder.mkdir()
    (folder / "movies.db").touch()
    for day in (10, 11, 12):
        (folder / f"movies.db.before-0002-202011{day}-120000").touch()
    async with matinee(discord, api, tmp_path, BACKUP_KEEP="2") as bot:
        await bot.wait_for_line(r"\bold_copies_removed\b.*files=1")
        assert open_to_others(tmp_path) == []
    assert sorted(each.name[-15:] for each in folder.glob("*.before-*")) == ["20201111-120000", "20201112-120000"]
