"""A bot's process works as the process tests need it.

It logs, dies, and never outlives the tests.
"""

import asyncio
import gc
import os
from pathlib import Path

import pytest

from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.forked_process import fork

MOVIE = {"prompt": "a red boat", "duration": 3}


def tiny_process(discord: FakeDiscord, workdir: Path) -> BotProcess:
    """Return the sample bot as a process, not yet started."""
    env = {"DISCORD_TOKEN": discord.token}
    return BotProcess(discord.url, workdir=workdir, env=env, module="tests.helpers.fake_discord.sample_bot")


async def test_a_bot_can_be_killed_and_restarted(discord: FakeDiscord, tmp_path: Path) -> None:
    """It dies while Discord holds its message."""
    async with tiny_process(discord, tmp_path) as bot:
        await discord.ready()
        await discord.slash(discord.user_id, "movie", MOVIE)
        assert await bot.wait_for_line("answered a red boat")
        discord.fail("POST", "/interactions/**", hold=asyncio.Event(), at="after")
        await discord.slash(discord.user_id, "movie", MOVIE)
        bot.kill()
        assert await bot.wait_exit() == -9
        await discord.ready(0)
    async with tiny_process(discord, tmp_path):
        await discord.ready()
        await discord.slash(discord.user_id, "movie", MOVIE)
    assert len(discord.messages()) == 3
    assert len(discord.identifies) == 2


async def test_no_process_is_left_behind(discord: FakeDiscord, tmp_path: Path) -> None:
    """The block may end with an error."""
    bot = tiny_process(discord, tmp_path)

    async def fail_inside() -> None:
        async with bot:
            await discord.ready()
            raise RuntimeError("the test failed")

    with pytest.raises(RuntimeError, match="the test failed"):
        await fail_inside()
    assert bot.returncode == -9
    with pytest.raises(ProcessLookupError):
        os.kill(bot.pid, 0)


async def test_a_bot_dies_with_the_tests(discord: FakeDiscord, tmp_path: Path) -> None:
    """The bot ends when its parent process ends."""
    async with tiny_process(discord, tmp_path) as bot:
        await discord.ready()
        assert bot._running.stdin is not None
        bot._running.stdin.close()
        assert await bot.wait_exit() == -9


async def test_a_startup_error_can_be_read(discord: FakeDiscord, tmp_path: Path) -> None:
    async with BotProcess(discord.url, workdir=tmp_path, env={}, module="tests.helpers.fake_discord.sample_bot") as bot:
        assert await bot.wait_exit() == 1
    assert "KeyError: 'DISCORD_TOKEN'" in bot.stderr[-1]


@pytest.mark.parametrize("turns", range(1, 6))
async def test_a_start_that_is_cancelled_leaves_nothing(tmp_path: Path, turns: int) -> None:
    """It would leave a process, or an open pipe with Python's warning."""
    starting = asyncio.create_task(fork("asyncio", (), cwd=tmp_path, env={}))
    for _ in range(turns):
        await asyncio.sleep(0)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    gc.collect()


async def test_each_process_generates_ids_of_its_own(tmp_path: Path) -> None:
    """Children that continue one counter would repeat ids within a millisecond."""
    processes = [await fork("tests.helpers.generated_id", [], cwd=tmp_path, env={}) for _ in range(3)]
    printed = [await process.communicate() for process in processes]
    assert len({out for out, _ in printed}) == 3
