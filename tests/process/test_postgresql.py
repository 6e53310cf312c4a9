"""The bot on PostgreSQL: one process, the same guarantees."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict
from pydantic import SecretStr

from bot.domain.delivery import NotificationType
from bot.samsar.client import SamsarClient, SamsarConfig
from data import connect
from data.connect import place_of
from tests.helpers import ledger_checks
from tests.helpers.command_line import EVERY_COMMAND, a_job, make_movies, run
from tests.helpers.expected_text import notification_text
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.settings import KEY
from tests.process.bot_process import MOVIE, environment, matinee


async def posted(discord: FakeDiscord, count: int) -> None:
    """Wait until this many movies were posted."""
    text = notification_text(NotificationType.COMPLETED)
    await discord.until(
        lambda: sum(text in message.content for message in discord.messages()) == count or None,
        timeout=30,
        what=f"{count} movies",
    )


async def test_a_killed_bot_goes_on_where_it_was(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str
) -> None:
    """One movie is posted before the kill, one finishes during the downtime."""
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


@pytest.fixture
async def movies(postgresql_url: str) -> str:
    """A database with a completed, an unknown and a rendering job."""
    database = await connect.open_database(postgresql_url)
    await make_movies(database)
    await database.close()
    return postgresql_url


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=" ".join)
async def test_every_command_works(tmp_path: Path, movies: str, command: tuple[str, ...]) -> None:
    """Each prints text for people, and JSON that parses."""
    ended = await run(tmp_path, *command, DATABASE_URL=movies)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.strip()
    if command[:2] != ("jobs", "resolve"):  # the job is resolved now
        assert (await run(tmp_path, *command, "--json", DATABASE_URL=movies)).parsed is not None
    ledger_checks.assert_ledger_consistent(movies)


async def test_the_commands_that_need_discord_work(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, movies: str
) -> None:
    env = environment(discord, api, DATABASE_URL=movies)
    for command in (("servers", "list"), ("servers", "leave", str(discord.guild_id))):
        async with BotProcess(discord.url, workdir=tmp_path, env=env, args=command) as bot:
            assert await bot.wait_exit() == 0, bot.log
        assert any(str(discord.guild_id) in line for line in bot.stdout)


async def test_an_unknown_job_is_found_at_the_api(api: ManualSamsar, tmp_path: Path, movies: str) -> None:
    async with SamsarClient.open(SamsarConfig(key=SecretStr(KEY), base_url=api.base_url)) as client:
        request_id = await client.create_movie(a_job(2).request)
    given = {"DATABASE_URL": movies, "DISCORD_TOKEN": "unused", "SAMSAR_API_KEY": KEY, "SAMSAR_BASE_URL": api.base_url}
    ended = await run(tmp_path, "jobs", "resolve", f"{2:013}", "--request-id", request_id, **given)
    assert ended.out == f"Job {2:013} is now rendering. The bot will notify the member as soon as it runs.\n", ended


async def test_a_backup_is_made_beside_a_running_bot_and_restored_without_it(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, movies: str
) -> None:
    settings = {"DATABASE_URL": movies, "PORT": "0", "HOST": "127.0.0.1"}
    async with matinee(discord, api, tmp_path, **settings) as bot:
        await discord.ready()
        made = (await run(tmp_path, "backup", "--json", DATABASE_URL=movies)).parsed
        assert made["jobs"] == 3
        refused = (await run(tmp_path, "restore", made["file"], DATABASE_URL=movies)).refused()
        assert refused.endswith("is in use. Stop the bot first.\n")
        assert (await run(tmp_path, "hold", "--yes", DATABASE_URL=movies)).refused() == refused
        bot.terminate()
        assert await bot.wait_exit() == 0, bot.log
    done = await run(tmp_path, "restore", made["file"], DATABASE_URL=movies)
    assert done.status == 0
    assert f"from {made['file']}." in done.out
    assert "is kept as var/backups/postgresql.before-restore-" in done.out
    ledger_checks.assert_ledger_consistent(movies)


async def test_hold_asks_and_says_what_waits_for_the_operator(tmp_path: Path, movies: str) -> None:
    given = {"DATABASE_URL": movies}
    assert (await run(tmp_path, "hold", **given)).refused(
        2
    ) == "`hold` can't ask for confirmation without a terminal. Add --yes.\n"
    held = (await run(tmp_path, "hold", "--yes", "--json", **given)).parsed
    assert (held["jobs_on_hold"], held["unknown_before"], held["rendering"]) == ([], 1, 1)
    told = (await run(tmp_path, "hold", "--yes", **given)).out
    assert "are on hold.\n1 job may already be at the API and won't be ordered again.\n" in told
    assert "after the backup" not in told


async def test_a_worker_makes_the_scheduled_backups(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, movies: str
) -> None:
    """They are in a folder of its machine."""
    env = environment(discord, api, DATABASE_URL=movies, BACKUP_EVERY_HOURS="24", LOG_FORMAT="json")
    async with BotProcess(discord.url, workdir=tmp_path, env=env, args=("worker",)) as worker:
        await worker.wait_for_line("backup_created")
        worker.terminate()
        assert await worker.wait_exit() == 0, worker.log
    assert [path.suffix for path in (tmp_path / "var" / "backups").iterdir()] == [".db"]


async def test_check_describes_the_server(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str
) -> None:
    env = environment(discord, api, DATABASE_URL=postgresql_url)
    async with BotProcess(discord.url, workdir=tmp_path, env=env, args=("check",)) as bot:
        await bot.wait_exit()
    [line] = [line for line in bot.stdout if "Database:" in line]
    assert re.fullmatch(
        re.escape(f"ok    Database: {place_of(postgresql_url)} ")
        + r"\(PostgreSQL [\d.]+, \d+\.\d ms away, clocks \d+ ms apart\) is readable and writable",
        line,
    )


async def test_check_warns_about_a_server_elsewhere_that_is_not_verified(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str
) -> None:
    """It is a warning: the network in between may be the operator's own."""
    place = f"{conninfo_to_dict(postgresql_url)['host']}"
    env = environment(discord, api, DATABASE_URL=postgresql_url.replace(place, f"{place},db.test"))
    async with BotProcess(discord.url, workdir=tmp_path, env=env, args=("check",)) as bot:
        assert await bot.wait_exit() == 0
    assert (
        "      Warning: DATABASE_URL leads to another machine without sslmode=verify-full, so others on the way could"
        " read or change what is sent. See docs/deploy/data.md"
    ) in bot.stdout


async def test_a_server_that_cannot_be_reached_is_one_line_without_the_password(tmp_path: Path) -> None:
    url = "postgresql://matinee:hunter2@127.0.0.1:1/movies"
    error = (await run(tmp_path, "audit", DATABASE_URL=url)).refused()
    assert "Can't use the database: connection" in error
    assert "hunter2" not in error
