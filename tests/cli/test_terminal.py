"""Commands as processes: on a terminal, and with an output that can't be written."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

import pytest

from tests.helpers import migrated_file
from tests.helpers.command_line import ALICE, HOUSE, open_movies, run, run_on_terminal
from tests.helpers.every_table import contents

pytestmark = [
    pytest.mark.full,  # processes
    pytest.mark.skipif(sys.platform == "win32", reason="POSIX's terminals, devices and descriptors"),
]

CTRL_C, CTRL_D = "\x03", "\x04"
_ERASE_LINE = "\x1b[2K"

LONG = {
    "report": ("Computing the report", "Checking all balances"),
    "restore before.db": (
        *("Copying the database", "Checking the file", "Upgrading the tables", "Putting open jobs on hold"),
        *("Checking all balances", "Keeping the previous database", "Replacing the database"),
    ),
}


@pytest.mark.parametrize(("command", "steps"), LONG.items(), ids=LONG)
async def test_long_work_shows_its_steps_and_then_its_result(
    tmp_path: Path, command: str, steps: tuple[str, ...]
) -> None:
    migrated_file.create(tmp_path / "movies.db")
    assert (await run(tmp_path, "backup", "before.db")).status == 0
    status, seen = await run_on_terminal(tmp_path, *command.split())
    assert status == 0, seen
    places = [seen.index(step) for step in steps]
    assert places == sorted(places)
    assert "100%" in seen
    result = seen[seen.rindex(_ERASE_LINE) :]
    assert not any(step in result for step in steps)
    assert re.search(r"\w+", result)


@pytest.mark.parametrize(("out", "err"), [(False, True), (True, False)])
async def test_nothing_is_drawn_where_an_output_is_no_terminal(tmp_path: Path, out: bool, err: bool) -> None:
    migrated_file.create(tmp_path / "movies.db")
    status, seen = await run_on_terminal(tmp_path, "audit", out=out, err=err)
    assert status == 0
    assert "\x1b" not in seen + (tmp_path / "elsewhere").read_text()
    assert "%" not in seen


async def test_json_on_a_terminal_is_json_after_the_bars(tmp_path: Path) -> None:
    migrated_file.create(tmp_path / "movies.db")
    _, seen = await run_on_terminal(tmp_path, "audit", "--json")
    assert seen.rstrip().endswith('{"differences": []}')


@pytest.mark.parametrize(
    ("command", "typed", "status", "end"),
    [
        (("privacy", "erase", str(ALICE)), CTRL_D, 1, "? [y/N] \r\nNothing was changed.\r\n"),
        (("move", "sqlite:///elsewhere.db"), CTRL_C, 130, "? [y/N] ^C"),
    ],
)
async def test_ctrl_d_at_a_question_counts_as_no_and_ctrl_c_ends_the_command(
    tmp_path: Path, command: tuple[str, ...], typed: str, status: int, end: str
) -> None:
    async with open_movies(tmp_path / "movies.db"):
        pass
    url = f"sqlite:///{tmp_path / 'movies.db'}"
    before = contents(url)
    ended, said = await run_on_terminal(tmp_path, *command, typed=typed)
    assert (ended, said.endswith(end)) == (status, True), said
    assert contents(url) == before


async def written_to(output: int, tmp_path: Path, *command: str, unbuffered: str) -> tuple[int, str]:
    """Containers set PYTHONUNBUFFERED."""
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


@pytest.mark.parametrize(("command", "unbuffered"), [(("report",), "1"), (("servers", "--help"), "")])
async def test_a_full_disk_is_told_in_one_line(tmp_path: Path, command: tuple[str, ...], unbuffered: str) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    ended = await written_to(full, tmp_path, "bot", *command, unbuffered=unbuffered)
    assert ended == (1, "Can't write the output: No space left on device\n")


@pytest.mark.parametrize(
    ("command", "unbuffered"), [(("bot", "report"), "1"), (("bot", "--help"), ""), (("bot.sandbox", "demo"), "")]
)
async def test_a_reader_that_closed_the_pipe_is_no_error(
    tmp_path: Path, command: tuple[str, ...], unbuffered: str
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    assert await written_to(writing, tmp_path, *command, unbuffered=unbuffered) == (0, "")
    assert not [name for _, folders, _ in os.walk(tmp_path) for name in folders if name.startswith("run-")]


async def test_a_command_without_standard_streams_works(tmp_path: Path) -> None:
    """The bot's files must not get their descriptors."""
    migrated_file.create(tmp_path / "movies.db")
    line = f"exec {sys.executable} -m bot servers block 5 <&- >&- 2>&-"
    env = {"PYTHONPATH": str(HOUSE), "DATABASE_URL": f"sqlite:///{tmp_path / 'movies.db'}"}
    process = await asyncio.create_subprocess_shell(line, cwd=tmp_path, env=env)
    assert await process.wait() == 0
