"""Output that can't be written ends a command with one line."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

import pytest

from tests.helpers import migrated_file
from tests.helpers.command_line import HOUSE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX's devices and descriptors")


async def run(tmp_path: Path, output: int, *command: str, unbuffered: str = "") -> tuple[int, str]:
    """Run a module with this standard output; return its status and errors.

    Containers set PYTHONUNBUFFERED.
    """
    migrated_file.create(tmp_path / "movies.db")
    env = {"PYTHONPATH": str(HOUSE), "DATABASE_URL": f"sqlite:///{tmp_path / 'movies.db'}"}
    env["PYTHONUNBUFFERED"] = unbuffered
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *command, cwd=tmp_path, env=env, stdin=DEVNULL, stdout=output, stderr=PIPE
    )
    os.close(output)
    _, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, err.decode()


@pytest.mark.parametrize(
    ("command", "unbuffered"), [(("report",), "1"), (("servers", "--help"), ""), (("audit", "--json"), "")]
)
async def test_a_full_disk_is_told_in_one_line(tmp_path: Path, command: tuple[str, ...], unbuffered: str) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    assert await run(tmp_path, full, "bot", *command, unbuffered=unbuffered) == (
        1,
        "Can't write the output: No space left on device\n",
    )


@pytest.mark.parametrize(
    ("command", "unbuffered"), [(("bot", "report"), "1"), (("bot", "--help"), ""), (("bot.sandbox", "demo"), "")]
)
async def test_a_reader_that_closed_the_pipe_is_no_error(
    tmp_path: Path, command: tuple[str, ...], unbuffered: str
) -> None:
    """`head` does so.

    The demo leaves no files behind.
    """
    reading, writing = os.pipe()
    os.close(reading)
    assert await run(tmp_path, writing, *command, unbuffered=unbuffered) == (0, "")
    assert not [name for _, folders, _ in os.walk(tmp_path) for name in folders if name.startswith("run-")]


async def test_a_command_without_standard_streams_works(tmp_path: Path) -> None:
    """The bot's files must not get their descriptors."""
    migrated_file.create(tmp_path / "movies.db")
    line = f"exec {sys.executable} -m bot servers block 5 <&- >&- 2>&-"
    env = {"PYTHONPATH": str(HOUSE), "DATABASE_URL": f"sqlite:///{tmp_path / 'movies.db'}"}
    process = await asyncio.create_subprocess_shell(line, cwd=tmp_path, env=env)
    assert await process.wait() == 0
