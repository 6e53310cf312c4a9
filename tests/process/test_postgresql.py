"""The bot on PostgreSQL: one process, the same promises."""

from __future__ import annotations

import re
from pathlib import Path

from bot.domain.delivery import NotificationType
from tests.helpers import ledger_checks
from tests.helpers.command_line import run
from tests.helpers.expected_text import notification_text
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.process.bot_process import MOVIE, matinee
from tests.process.samsar_peer import SamsarPeer, environment

COMMANDS = (("audit",), ("report",), ("jobs", "list"))


async def posted(discord: FakeDiscord, count: int) -> None:
    """Wait until so many movies were posted."""
    text = notification_text(NotificationType.COMPLETED)
    await discord.until(
        lambda: sum(text in message.content for message in discord.messages()) == count or None,
        within=30,
        what=f"{count} movies",
    )


async def test_a_killed_bot_goes_on_where_it_was(
    discord: FakeDiscord, api: SamsarPeer, tmp_path: Path, postgresql_url: str
) -> None:
    """One movie is posted before it is killed, one is made meanwhile; nothing is ordered or posted twice."""
    settings = {"DATABASE_URL": postgresql_url, "POLL_FASTEST_SECONDS": "0.05", "POLL_SLOWEST_SECONDS": "0.1"}
    async with matinee(discord, api, tmp_path, **settings) as bot:
        await discord.ready()
        await discord.slash(discord.user_id, "movie", MOVIE)
        await api.ordered(1)
        api.finish("movie-1")
        await posted(discord, 1)
        await discord.slash(discord.user_id, "movie", MOVIE)
        await api.polled("movie-2")
        bot.kill()
        await bot.wait_exit()
        await discord.ready(0)
    api.finish("movie-2")
    async with matinee(discord, api, tmp_path, **settings) as bot:
        await discord.ready()
        await posted(discord, 2)
        bot.terminate()
        assert await bot.wait_exit() == 0, bot.log
    assert len(api.orders) == 2
    assert [job["state"] for job in ledger_checks.jobs(postgresql_url)] == ["completed"] * 2
    assert ledger_checks.scope_total(postgresql_url, "plan").used == 240


async def test_every_command_that_reads_works(tmp_path: Path, postgresql_url: str) -> None:
    for command in COMMANDS:
        ended = await run(tmp_path, *command, DATABASE_URL=postgresql_url)
        assert ended.status == 0, (command, ended)


async def test_check_describes_the_server(
    discord: FakeDiscord, api: SamsarPeer, tmp_path: Path, postgresql_url: str
) -> None:
    env = environment(discord, api, DATABASE_URL=postgresql_url)
    async with BotProcess(discord.url, workdir=tmp_path, env=env, args=("check",)) as bot:
        await bot.wait_exit()
    [line] = [line for line in bot.stdout if "Database:" in line]
    assert re.fullmatch(
        r"ok    Database: \w+ on this machine \(PostgreSQL [\d.]+, \d+\.\d ms away, clocks \d+ ms apart\)"
        r" can be read and written",
        line,
    )


async def test_commands_for_files_say_so(tmp_path: Path, postgresql_url: str) -> None:
    for command in (("backup",), ("restore", "movies.db")):
        assert "pg_dump" in (await run(tmp_path, *command, DATABASE_URL=postgresql_url)).refused()


async def test_a_server_that_cannot_be_reached_is_one_line_without_the_password(tmp_path: Path) -> None:
    url = "postgresql://matinee:hunter2@127.0.0.1:1/movies"
    error = (await run(tmp_path, "audit", DATABASE_URL=url)).refused()
    assert "could not be used: connection" in error
    assert "hunter2" not in error
