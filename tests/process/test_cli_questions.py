"""Commands that ask before they act, on a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.command_line import ALICE, open_movies, run_on_terminal
from tests.helpers.every_table import contents

CTRL_C, CTRL_D = "\x03", "\x04"

ASKING = {
    "move": (("move", "sqlite:///elsewhere.db"), "Nothing was moved."),
    "hold": (("hold",), "Nothing was changed."),
    "privacy": (("privacy", "erase", str(ALICE)), "Nothing was changed."),
    "jobs": (("jobs", "resolve", "--failed", "--all-unknown-since", "2026-11-10T00:00"), "Nothing was changed."),
}


async def answered(tmp_path: Path, command: tuple[str, ...], typed: str) -> tuple[int, str]:
    """Answer a command's question, and return its status and output.

    It changes nothing.
    """
    async with open_movies(tmp_path / "movies.db"):
        pass
    url = f"sqlite:///{tmp_path / 'movies.db'}"
    before = contents(url)
    ended = await run_on_terminal(tmp_path, *command, typed=typed)
    assert contents(url) == before
    return ended


@pytest.mark.parametrize(("command", "declined"), ASKING.values(), ids=ASKING)
async def test_ctrl_d_at_a_question_counts_as_no(tmp_path: Path, command: tuple[str, ...], declined: str) -> None:
    """The outcome has a line of its own, although Ctrl-D ends none."""
    status, said = await answered(tmp_path, command, CTRL_D)
    assert status == 1, said
    assert said.endswith(f"? [y/N] \r\n{declined}\r\n"), said


@pytest.mark.parametrize("command", [command for command, _ in ASKING.values()], ids=ASKING)
async def test_ctrl_c_at_a_question_ends_the_command(tmp_path: Path, command: tuple[str, ...]) -> None:
    """It needs no other key."""
    status, said = await answered(tmp_path, command, CTRL_C)
    assert status == 130, said
    assert said.endswith("? [y/N] ^C"), said
