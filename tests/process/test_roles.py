"""Roles and the list of processes at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import aiohttp
import pytest

from bot import __version__
from data.postgresql_session import PostgresSession
from tests.helpers.command_line import run
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.process.bot_process import MOVIE, matinee, port_of
from tests.process.samsar_peer import SamsarPeer, environment


@pytest.mark.parametrize("role", ["gateway", "worker", "web"])
async def test_one_of_several_processes_on_sqlite_is_refused_with_the_reason(
    discord: FakeDiscord, api: SamsarPeer, tmp_path: Path, role: str
) -> None:
    async with BotProcess(discord.url, workdir=tmp_path, env=environment(discord, api), args=(role,)) as bot:
        assert await bot.wait_exit(within=10) == 2
    told = "\n".join(bot.stderr)
    assert "they need PostgreSQL" in told
    assert "Traceback" not in told
    assert discord.identifies == ()


async def test_a_running_process_is_listed_and_a_stopped_one_is_not(
    discord: FakeDiscord, api: SamsarPeer, tmp_path: Path
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
        assert shown.out.splitlines()[1].endswith("alive")
        bot.terminate()
        assert await bot.wait_exit() == 0
    lines = [json.loads(line) for line in bot.stderr if line.startswith("{")]
    assert {(line["role"], line["process"]) for line in lines} == {("all", process["id"])}
    ended = await run(tmp_path, "processes", DATABASE_URL=url)
    assert ended.out == "no process of the bot is alive\n"


async def test_a_gateway_a_worker_and_a_web_process_make_a_movie_together(
    discord: FakeDiscord, api: SamsarPeer, tmp_path: Path, postgresql_url: str
) -> None:
    """The polls are an hour apart, so that only the callback ends the wait."""
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
        await discord.wait_for_message(lambda message: api.movie_url("movie-1") in message.content, within=20)
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
    discord: FakeDiscord, api: SamsarPeer, tmp_path: Path, postgresql_url: str
) -> None:
    """It would void an order that the gateway is just answering."""
    env = environment(discord, api, DATABASE_URL=postgresql_url)
    async with BotProcess(discord.url, workdir=tmp_path, env=env, args=("gateway",)):
        await discord.ready()
        async with PostgresSession(postgresql_url, lambda _: None) as worker, worker.register() as only_instance:
            assert not only_instance


async def test_a_killed_workers_job_is_taken_over_by_another_worker(
    discord: FakeDiscord, api: SamsarPeer, tmp_path: Path, postgresql_url: str
) -> None:
    settings = {"DATABASE_URL": postgresql_url, "POLL_FASTEST_SECONDS": "0.05", "POLL_SLOWEST_SECONDS": "0.1"}
    env = environment(discord, api, **settings)
    async with (
        BotProcess(discord.url, workdir=tmp_path, env=env, args=("gateway",)),
        BotProcess(discord.url, workdir=tmp_path, env=env, args=("worker",)) as first,
    ):
        await discord.ready()
        await discord.slash(discord.user_id, "movie", MOVIE)
        await api.polled("movie-1")
        first.kill()
        await first.wait_exit()
        async with BotProcess(discord.url, workdir=tmp_path, env=env, args=("worker",)):
            api.finish("movie-1")
            # its lease may have to end first
            await discord.wait_for_message(lambda message: api.movie_url("movie-1") in message.content, within=120)
    assert len(api.orders) == 1
    assert sum(api.movie_url("movie-1") in message.content for message in discord.messages()) == 1
