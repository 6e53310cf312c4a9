"""From nothing to the first movie, by the commands of CONTRIBUTING.md: `init`, a start, and what a member types."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.samsar.config import ApiVersion
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig

ROOT = Path(__file__).parent.parent.parent
DISCORD = "tests.helpers.fake_discord"


@asynccontextmanager
async def started(folder: Path, *arguments: str, **settings: str) -> AsyncIterator[Process]:
    environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **settings}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *arguments, cwd=folder, env=environment, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.wait()


async def read(stream: asyncio.StreamReader | None, pattern: str) -> str:
    """Read lines until one matches, and return what its group matched."""
    assert stream is not None
    async with asyncio.timeout(120):
        while line := (await stream.readline()).decode():
            if found := re.search(pattern, line):
                return found[1]
    raise AssertionError(f"the process ended before {pattern!r}")


@pytest.mark.full  # processes
@pytest.mark.parametrize("version", ApiVersion)
async def test_init_a_start_and_a_member_s_command_make_a_movie(tmp_path: Path, version: ApiVersion) -> None:
    async with (
        FakeSamsar(FakeSamsarConfig(version, render_seconds=0.2, render_films=False)) as api,
        started(tmp_path, DISCORD, "--port", "0") as discord,
    ):
        url = await read(discord.stdout, r"(http://[\d.:]+)\.")
        token = await read(discord.stdout, r"token +(\S+)")
        settings = {"SAMSAR_BASE_URL": api.base_url, "TRUSTED_MOVIE_ORIGINS": api.origin}
        settings |= {"POLL_FASTEST_SECONDS": "0.1", "POLL_SLOWEST_SECONDS": "0.1"}

        def type_in(line: str) -> None:
            assert discord.stdin is not None
            discord.stdin.write(f"{line}\n".encode())

        answers = ("--token", token, "--key", api.config.api_key, "--servers", "own")
        async with started(tmp_path, f"{DISCORD}.redirect", url, "init", *answers, **settings) as init:
            await read(init.stdout, "(Waiting)")
            type_in("invite The cinema")
            await read(init.stdout, r"It is in (The cinema) \(\d+\)\.")
            assert await init.wait() == 0
        async with started(tmp_path, f"{DISCORD}.redirect", url, **settings) as bot:
            await read(bot.stderr, "(Ready in 1 server)")
            type_in('/movie prompt="A lighthouse keeper befriends a storm"')
            label = await read(discord.stdout, r"\[(Make it \(200\))\]")
            type_in(label)
            assert await read(discord.stdout, r"<(movie-\w+\.mp4)>")
            bot.terminate()
            assert await bot.wait() == 0
