"""Long commands show their progress on a terminal only."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.helpers import migrated_file
from tests.helpers.command_line import run, run_on_terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")

_ERASE_LINE = "\x1b[2K"

LONG = {
    "audit": ("Checking all balances",),
    "report": ("Computing the report", "Checking all balances"),
    "backup copy.db": ("Copying the database", "Checking the file", "Checking all balances"),
    "restore before.db": (
        *("Copying the database", "Checking the file", "Checking all balances", "Upgrading the tables"),
        *("Putting open jobs on hold", "Keeping the previous database", "Replacing the database"),
    ),
}


@pytest.fixture(autouse=True)
async def database(tmp_path: Path) -> None:
    """A database, and a backup of it."""
    migrated_file.create(tmp_path / "movies.db")
    assert (await run(tmp_path, "backup", "before.db")).status == 0


@pytest.mark.parametrize(("command", "steps"), LONG.items(), ids=LONG)
async def test_long_work_shows_its_steps_and_then_its_result(
    tmp_path: Path, command: str, steps: tuple[str, ...]
) -> None:
    """The bars are erased at the end."""
    status, seen = await run_on_terminal(tmp_path, *command.split())
    assert status == 0, seen
    places = [seen.index(step) for step in steps]
    assert places == sorted(places)
    assert "100%" in seen
    result = seen[seen.rindex(_ERASE_LINE) :]
    assert not any(step in result for step in steps)
    assert re.search(r"\w+", result)


@pytest.mark.parametrize("command", LONG)
@pytest.mark.parametrize(("out", "err"), [(False, True), (True, False)])
async def test_nothing_is_drawn_where_an_output_is_no_terminal(
    tmp_path: Path, command: str, out: bool, err: bool
) -> None:
    """A log file or a pipe gets the result alone."""
    status, seen = await run_on_terminal(tmp_path, *command.split(), out=out, err=err)
    assert status == 0
    assert "\x1b" not in seen + (tmp_path / "elsewhere").read_text()
    assert "%" not in seen


async def test_json_on_a_terminal_is_json_after_the_bars(tmp_path: Path) -> None:
    """A reader can copy it from the terminal."""
    _, seen = await run_on_terminal(tmp_path, "audit", "--json")
    assert seen.rstrip().endswith('{"differences": []}')
