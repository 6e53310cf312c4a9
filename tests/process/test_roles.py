"""Roles and the list of processes at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot import __version__
from tests.helpers.command_line import run
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.process.bot_process import matinee, port_of
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
