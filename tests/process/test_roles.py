"""Processes of each role and their shards, mostly on PostgreSQL, and the bot's whole path on it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import aiohttp
import pytest

from bot import __version__
from bot.cli.terminal import format_table, format_utc
from tests.helpers import ledger_checks
from tests.helpers.command_line import run
from tests.helpers.expected_text import ENGLISH
from tests.helpers.fake_discord.faults import Close, Phase
from tests.helpers.fake_discord.gateway import Identify
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import MOVIE, all_posted, channels_by_shard, made, matinee, port_of, posted


@pytest.mark.smoke
async def test_a_killed_bot_goes_on_where_it_was(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str
) -> None:
    settings = {"DATABASE_URL": postgresql_url, "POLL_FASTEST_SECONDS": "0.05", "POLL_SLOWEST_SECONDS": "0.1"}
    async with matinee(discord, api, tmp_path, **settings) as bot:
        await discord.ready()
        await made(discord, api)
        await all_posted(discord, 1)
        await discord.slash(discord.user_id, "movie", MOVIE)
        await api.polled("movie-2")
        bot.kill()
        await bot.wait_exit()
        await discord.ready(0)
    api.finish("movie-2")
    async with matinee(discord, api, tmp_path, **settings) as bot:
        await discord.ready()
        await all_posted(discord, 2)
        await bot.stop()
    assert len(api.orders) == 2
    assert [job["state"] for job in ledger_checks.jobs(postgresql_url)] == ["completed"] * 2
    assert ledger_checks.scope_total(postgresql_url, "plan").used == 240


async def test_a_running_process_is_listed_and_a_stopped_one_is_not(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'movies.db'}"
    async with matinee(discord, api, tmp_path, DATABASE_URL=url, LOG_FORMAT="json") as bot:
        await discord.ready()
        await bot.wait_for_line("gateway_ready")
        [process] = (await run(tmp_path, "processes", "--json", DATABASE_URL=url)).parsed
        assert (process["role"], process["pid"], process["version"]) == ("all", bot.pid, __version__)
        assert process["alive"]
        shown = await run(tmp_path, "processes", DATABASE_URL=url)
        started = format_utc(process["started_at"])
        names = ("role", "shards", "version", "host", "pid", "since", "process", "state")
        values = ("all", "all", __version__, process["host"], str(bot.pid), started, process["id"], "alive")
        assert shown.out == f"{format_table(names, [values])}\n"
        await bot.stop()
    lines = [json.loads(line) for line in bot.stderr if line.startswith("{")]
    assert {(line["role"], line["process"]) for line in lines} == {("all", process["id"])}
    assert (await run(tmp_path, "processes", DATABASE_URL=url)).out == "No processes are alive.\n"


async def test_a_gateway_a_worker_and_a_web_process_make_a_movie_together(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str
) -> None:
    """Polls are an hour apart, so only the callback ends the wait."""
    settings = {
        "DATABASE_URL": postgresql_url,
        "PUBLIC_URL": "http://movies.test",
        "POLL_FASTEST_SECONDS": "3600",
        "POLL_SLOWEST_SECONDS": "3600",
        "BACKUP_EVERY_HOURS": "24",
    }
    async with (
        matinee(discord, api, tmp_path, args=("gateway",), **settings) as gateway,
        matinee(discord, api, tmp_path, args=("worker",), **settings) as worker,
        matinee(discord, api, tmp_path, args=("web",), PORT="0", HOST="127.0.0.1", **settings) as web,
    ):
        port = await port_of(web)
        await discord.ready()
        await made(discord, api)
        token = api.orders[0]["webhookUrl"].rsplit("/", 1)[1]
        async with aiohttp.ClientSession() as session:
            called = await session.post(f"http://127.0.0.1:{port}/callbacks/{token}", json={})
        assert called.status == 202
        await posted(discord, api.movie_url("movie-1"))
        await worker.wait_for_line("backup_created")
        listed = (await run(tmp_path, "processes", "--json", DATABASE_URL=postgresql_url)).parsed
        assert sorted(each["role"] for each in listed) == ["gateway", "web", "worker"]
        table = (await run(tmp_path, "processes", DATABASE_URL=postgresql_url)).out.splitlines()
        shards = {row.split()[0]: row.split()[1] == "all" for row in table[1:]}
        assert shards == {"gateway": True, "web": False, "worker": False}
        assert len(discord.identifies) == 1
        for process in (gateway, worker, web):
            await process.stop()
    assert [path.suffix for path in (tmp_path / "var" / "backups").iterdir()] == [".db"]
    assert (await run(tmp_path, "audit", DATABASE_URL=postgresql_url)).status == 0


# ── gateways and their shards ────────────────────────────────────────────────────────────────────────────────────────

EVERY_SECONDS = 5.0
"""Discord allows one IDENTIFY of a bucket in this time."""


def gateways(
    discord: FakeDiscord, api: ManualSamsar, workdir: Path, url: str, shard_count: int
) -> Callable[..., BotProcess]:
    """Return a function that makes the process of some shards."""
    settings = {"DATABASE_URL": url, "SHARD_COUNT": str(shard_count), "ATTACH_MOVIES": "off"}
    return lambda ids, *role: matinee(discord, api, workdir, args=role, SHARD_IDS=ids, **settings)


def responses(discord: FakeDiscord, interaction_id: int) -> int:
    return sum(request.path.startswith(f"/interactions/{interaction_id}/") for request in discord.requests)


def gaps(identifies: Iterable[Identify]) -> list[float]:
    return [after.at - before.at for before, after in pairwise(identifies)]


async def test_each_interaction_is_answered_once_by_the_process_of_its_shard(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str
) -> None:
    discord.limits.max_concurrency = 16
    channels = channels_by_shard(discord, 4)
    process = gateways(discord, api, tmp_path, postgresql_url, 4)
    async with process("0-1") as one, process("2,3", "gateway") as other:
        await discord.ready(4)
        for channel in channels.values():
            for _ in range(3):
                sent = await discord.send_slash(discord.user_id, "credits", channel_id=channel)
                assert (await sent.answered()).ephemeral
                assert responses(discord, sent.id) == 1
        discord.fail("POST", f"/channels/{channels[3]}/messages", status=403, code=50001, times=None)
        await discord.slash(discord.user_id, "movie", MOVIE, channel_id=channels[3])
        await api.ordered(1)
        api.finish("movie-1")
        direct = await discord.until(lambda: discord.direct_messages(discord.user_id), what="a direct message")
        pressed = await discord.send_component(discord.user_id, direct[-1].id, ENGLISH("buttons-new-link-button"))
        await pressed.answered()
        assert responses(discord, pressed.id) == 1
        assert sorted(identify.shard or () for identify in discord.identifies) == [(n, 4) for n in range(4)]
        assert sum(request.method == "PUT" and "commands" in request.path for request in discord.requests) == 1
        table = (await run(tmp_path, "processes", DATABASE_URL=postgresql_url)).out
        assert "0-1 of 4" in table
        assert "2-3 of 4" in table
        for each in (one, other):
            await each.stop()


async def test_identifies_of_a_killed_and_restarted_gateway_keep_to_the_limit_of_their_bucket(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str
) -> None:
    """SIGKILL frees every lock at once, but Discord counts what was sent."""
    process = gateways(discord, api, tmp_path, postgresql_url, 2)
    async with process("1", "gateway"):
        async with process("0", "gateway") as killed:
            await discord.ready(2, timeout=20)
            killed.kill()
            await killed.wait_exit()
        async with process("0", "gateway"):
            await discord.until(lambda: len(discord.identifies) == 3, timeout=20, what="the third IDENTIFY")
    assert min(gaps(discord.identifies)) > EVERY_SECONDS


async def test_one_process_on_sqlite_runs_as_many_shards_as_discord_recommends_once_there_are_identifies_left(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """Discord resets the token of a bot that uses all of them."""
    discord.limits.shards, discord.limits.remaining, discord.limits.reset_after = 2, 5, 3.0
    channels = channels_by_shard(discord, 2)
    async with matinee(discord, api, tmp_path) as bot:
        await bot.wait_for_line(r'"identifies_exhausted", "remaining": 5\b')
        assert discord.identifies == ()
        discord.limits.remaining = 1000
        await discord.ready(2, timeout=20)
        for channel in channels.values():
            await discord.slash(discord.user_id, "credits", channel_id=channel)
        await bot.stop()
    assert [identify.shard for identify in discord.identifies] == [(0, 2), (1, 2)]
    assert min(gaps(discord.identifies)) > EVERY_SECONDS - 0.5


async def test_a_bot_with_too_few_shards_ends_and_says_what_to_do(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    connect = asyncio.Event()
    discord.fail("GET", "/gateway/bot", hold=connect)
    discord.fail("PUT", "/applications/**", hold=asyncio.Event())
    discord.break_gateway(Phase.IDENTIFY, Close(4011), times=None)
    async with matinee(discord, api, tmp_path, SHARD_COUNT="1") as bot:
        await discord.wait_for_request("PUT", "/applications/*/commands")
        connect.set()
        assert await bot.wait_exit(timeout=10) == 1
    assert "SHARD_COUNT. Raise it" in bot.stderr[-1]
    assert [name for name in ("command_sync_failed", "upkeep_ended", "Traceback") if name in bot.log] == []
