"""Gateway processes and their shards, mostly two on one PostgreSQL database."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from bot.sandbox.fault_injection import Route
from bot.ui import errors
from tests.helpers.command_line import run
from tests.helpers.expected_text import ENGLISH
from tests.helpers.fake_discord.faults import Close, Phase
from tests.helpers.fake_discord.models import Identify
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import MOVIE, channels_by_shard, environment, matinee

EVERY_SECONDS = 5.0
"""Discord allows one IDENTIFY of a bucket in this time."""


class Gateways:
    def __init__(self, discord: FakeDiscord, api: ManualSamsar, workdir: Path, url: str, shard_count: int) -> None:
        self._discord = discord
        self._workdir = workdir
        settings = {"DATABASE_URL": url, "SHARD_COUNT": str(shard_count), "ATTACH_MOVIES": "off"}
        self._settings = environment(discord, api, **settings)

    def process(self, ids: str, role: str = "gateway") -> BotProcess:
        env = {**self._settings, "SHARD_IDS": ids}
        return BotProcess(self._discord.url, workdir=self._workdir, env=env, args=() if role == "all" else (role,))


def responses(discord: FakeDiscord, interaction_id: int) -> int:
    return sum(request.path.startswith(f"/interactions/{interaction_id}/") for request in discord.requests)


def gaps(identifies: Iterable[Identify]) -> list[float]:
    return [after.at - before.at for before, after in pairwise(identifies)]


async def test_each_interaction_is_answered_once_by_the_process_of_its_shard(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str
) -> None:
    discord.limits.max_concurrency = 16
    channels = channels_by_shard(discord, 4)
    gateways = Gateways(discord, api, tmp_path, postgresql_url, 4)
    async with gateways.process("0-1", "all") as one, gateways.process("2,3") as other:
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
        for process in (one, other):
            await process.stop()


async def test_identifies_of_a_killed_and_restarted_gateway_keep_to_the_limit_of_their_bucket(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str
) -> None:
    """SIGKILL frees every lock at once, but Discord counts what was sent."""
    gateways = Gateways(discord, api, tmp_path, postgresql_url, 2)
    async with gateways.process("1"):
        async with gateways.process("0") as killed:
            await discord.ready(2, timeout=20)
            killed.kill()
            await killed.wait_exit()
        async with gateways.process("0"):
            await discord.until(lambda: len(discord.identifies) == 3, timeout=20, what="the third IDENTIFY")
    assert min(gaps(discord.identifies_of_bucket(0))) > EVERY_SECONDS


async def test_a_leaving_gateway_answers_the_members_of_its_shards_beside_other_gateways(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str
) -> None:
    discord.limits.max_concurrency = 16
    channels = channels_by_shard(discord, 2)
    gateways = Gateways(discord, api, tmp_path, postgresql_url, 2)
    async with gateways.process("1", "all") as leaving, gateways.process("0") as staying:
        for process in (leaving, staying):
            await process.wait_for_line("gateway_ready")
        unanswered = api.hold(Route.CREATE)
        await discord.slash(discord.user_id, "movie", MOVIE, channel_id=channels[1])
        await api.ordered(1)
        leaving.terminate()
        await leaving.wait_for_line("shutdown_started")
        answer = await discord.slash(discord.user_id, "credits", channel_id=channels[1])
        assert answer.content == errors.restarting(ENGLISH)
        answer = await discord.slash(discord.user_id, "credits", channel_id=channels[0])
        assert answer.content != errors.restarting(ENGLISH)
        unanswered.set()


async def test_one_process_on_sqlite_runs_as_many_shards_as_discord_recommends_once_there_are_identifies_left(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """Discord resets the token of a bot that uses all of them."""
    discord.limits.shards, discord.limits.remaining, discord.limits.reset_after = 2, 5, 3.0
    channels = channels_by_shard(discord, 2)
    async with matinee(discord, api, tmp_path) as bot:
        await bot.wait_for_line(r"identifies_exhausted.*remaining=5")
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
