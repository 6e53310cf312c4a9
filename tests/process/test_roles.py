"""Roles and the list of processes at the command line."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

import aiohttp
import pytest

from bot import __version__
from bot.app import open_app
from bot.cli.tables import format_table, format_utc
from bot.domain.credits import Limits
from bot.domain.process import ProcessInfo, Role
from data import processes, renders
from data.postgresql import PostgresDatabase
from data.postgresql_session import PostgresSession
from data.sqlite import SqliteDatabase
from tests.helpers import migrated_file
from tests.helpers.command_line import run
from tests.helpers.expected_text import ENGLISH, usual_duration_text
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.settings import make_settings
from tests.helpers.store_harness import NOW, StoreHarness, a_job
from tests.process.bot_process import MOVIE, environment, matinee, port_of


@pytest.mark.parametrize("role", ["gateway", "worker", "web"])
async def test_one_of_several_processes_on_sqlite_is_refused_with_the_reason(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, role: str
) -> None:
    async with BotProcess(discord.url, workdir=tmp_path, env=environment(discord, api), args=(role,)) as bot:
        assert await bot.wait_exit(timeout=10) == 2
    told = "\n".join(bot.stderr)
    assert "which only PostgreSQL supports" in told
    assert "Traceback" not in told
    assert discord.identifies == ()


async def test_a_running_process_is_listed_and_a_stopped_one_is_not(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'var' / 'movies.db'}"
    async with matinee(discord, api, tmp_path, PORT="0", HOST="127.0.0.1", LOG_FORMAT="json") as bot:
        await port_of(bot)
        await discord.ready()
        await bot.wait_for_line("gateway_ready")
        [process] = (await run(tmp_path, "processes", "--json", DATABASE_URL=url)).parsed
        assert (process["role"], process["pid"], process["version"]) == ("all", bot.pid, __version__)
        assert process["alive"]
        shown = await run(tmp_path, "processes", DATABASE_URL=url)
        started = format_utc(process["started_at"])
        names = ("role", "shards", "version", "host", "pid", "since", "process", "state")
        values = ("all", "all", __version__, process["host"], bot.pid, started, process["id"], "alive")
        assert shown.out == f"{format_table(names, [values])}\n"
        bot.terminate()
        assert await bot.wait_exit() == 0
    lines = [json.loads(line) for line in bot.stderr if line.startswith("{")]
    assert {(line["role"], line["process"]) for line in lines} == {("all", process["id"])}
    ended = await run(tmp_path, "processes", DATABASE_URL=url)
    assert ended.out == "No processes are alive.\n"


async def test_a_process_that_died_is_listed_with_when_it_was_last_seen(tmp_path: Path) -> None:
    migrated_file.create(tmp_path / "movies.db")
    database = await SqliteDatabase.open(tmp_path / "movies.db")
    dead = ProcessInfo("1-a", Role.GATEWAY, "machine", 5, "1.0.0", NOW, shards="0-3")
    await database.write(processes.record_heartbeat, dead, NOW + 60_000)
    await database.close()
    [process] = (await run(tmp_path, "processes", "--json")).parsed
    assert (process["id"], process["alive"]) == ("1-a", False)
    row = (await run(tmp_path, "processes")).out.splitlines()[1]
    assert re.split(" {2,}", row) == [
        *("gateway", "0-3", "1.0.0", "machine", "5", format_utc(NOW), "1-a"),
        f"last seen {format_utc(NOW + 60_000)}",
    ]


async def test_a_gateway_a_worker_and_a_web_process_make_a_movie_together(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str
) -> None:
    """Polls are an hour apart, so only the callback ends the wait."""
    settings = {
        "DATABASE_URL": postgresql_url,
        "PUBLIC_URL": "http://movies.test",
        "POLL_FASTEST_SECONDS": "3600",
        "POLL_SLOWEST_SECONDS": "3600",
    }
    env = environment(discord, api, **settings)
    web_env = env | {"PORT": "0", "HOST": "127.0.0.1"}
    async with (
        BotProcess(discord.url, workdir=tmp_path, env=env, args=("gateway",)) as gateway,
        BotProcess(discord.url, workdir=tmp_path, env=env, args=("worker",)) as worker,
        BotProcess(discord.url, workdir=tmp_path, env=web_env, args=("web",)) as web,
    ):
        port = await port_of(web)
        await discord.ready()
        await discord.slash(discord.user_id, "movie", MOVIE)
        await api.ordered(1)
        api.finish("movie-1")
        token = api.orders[0]["webhookUrl"].rsplit("/", 1)[1]
        async with aiohttp.ClientSession() as session:
            called = await session.post(f"http://127.0.0.1:{port}/callbacks/{token}", json={})
        assert called.status == 202
        await discord.wait_for_message(lambda message: api.movie_url("movie-1") in message.content, timeout=20)
        listed = (await run(tmp_path, "processes", "--json", DATABASE_URL=postgresql_url)).parsed
        assert sorted(each["role"] for each in listed) == ["gateway", "web", "worker"]
        table = (await run(tmp_path, "processes", DATABASE_URL=postgresql_url)).out.splitlines()
        shards = {row.split()[0]: row.split()[1] == "all" for row in table[1:]}
        assert shards == {"gateway": True, "web": False, "worker": False}
        assert len(discord.identifies) == 1
        for process in (gateway, worker, web):
            process.terminate()
            assert await process.wait_exit() == 0, process.log
    assert (await run(tmp_path, "audit", DATABASE_URL=postgresql_url)).status == 0


async def test_a_worker_that_starts_beside_a_gateway_is_not_alone(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str
) -> None:
    """It would void an order that the gateway is just answering."""
    env = environment(discord, api, DATABASE_URL=postgresql_url)
    async with BotProcess(discord.url, workdir=tmp_path, env=env, args=("gateway",)):
        await discord.ready()
        async with PostgresSession(postgresql_url, lambda _: None) as worker, worker.register() as only_instance:
            assert not only_instance


async def test_a_killed_workers_job_is_taken_over_by_another_worker(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str
) -> None:
    settings = {"DATABASE_URL": postgresql_url, "POLL_FASTEST_SECONDS": "0.05", "POLL_SLOWEST_SECONDS": "0.1"}
    env = environment(discord, api, LEASE_MS="5000", **settings)

    def worker() -> BotProcess:
        """Return a worker with shorter leases than in production."""
        return BotProcess(
            discord.url, workdir=tmp_path, env=env, args=("worker",), module="tests.process.crash.injector"
        )

    async with (
        BotProcess(discord.url, workdir=tmp_path, env=env, args=("gateway",)),
        worker() as first,
    ):
        await discord.ready()
        await discord.slash(discord.user_id, "movie", MOVIE)
        await api.polled("movie-1")
        first.kill()
        await first.wait_exit()
        async with worker():
            api.finish("movie-1")
            # its lease may have to end first
            await discord.wait_for_message(lambda message: api.movie_url("movie-1") in message.content, timeout=20)
    assert len(api.orders) == 1
    assert sum(api.movie_url("movie-1") in message.content for message in discord.messages()) == 1


async def test_an_order_at_a_gateway_is_signaled_to_the_workers(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str
) -> None:
    """They need not wait for their next poll."""
    env = environment(discord, api, DATABASE_URL=postgresql_url)
    topics: asyncio.Queue[str | None] = asyncio.Queue()
    async with (
        PostgresSession(postgresql_url, topics.put_nowait),
        BotProcess(discord.url, workdir=tmp_path, env=env, args=("gateway",)),
    ):
        await discord.ready()
        await discord.slash(discord.user_id, "movie", MOVIE)
        assert await asyncio.wait_for(topics.get(), 10) == "submissions"


async def test_a_signal_of_another_process_reaches_the_poll_loops(tmp_path: Path, postgresql_url: str) -> None:
    signaled = asyncio.Event()
    settings = make_settings(tmp_path, database_url=postgresql_url)
    async with open_app(settings) as app, PostgresSession(postgresql_url, lambda _: None) as gateway:
        app.signals.subscribe("submissions", signaled.set)
        await gateway.publish(["submissions"])
        await asyncio.wait_for(signaled.wait(), 10)


async def test_a_gateway_shows_from_its_start_how_long_movies_usually_take(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str
) -> None:
    """The movies were made by workers."""
    database = await PostgresDatabase.open(postgresql_url)
    store = StoreHarness(database, Limits(member=10_000, plan=10_000))
    for number in range(8):
        job = await store.rendering(a_job(number))
        await database.write(renders.complete, job.id, "https://movies.test/a.mp4", NOW, 120_000)
    await database.close()
    env = environment(discord, api, DATABASE_URL=postgresql_url)
    async with BotProcess(discord.url, workdir=tmp_path, env=env, args=("gateway",)):
        await discord.ready()
        card = await discord.slash(discord.user_id, "movie", MOVIE)
        [now] = [each["value"] for each in card.embeds[0]["fields"] if each["name"] == ENGLISH("cards-status-field")]
        assert usual_duration_text() in now
