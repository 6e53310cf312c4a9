"""What holds for each command: it works beside a bot that writes, and refuses what can't be."""

from __future__ import annotations

import argparse
import asyncio
import re
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from bot import __version__
from bot.cli.parser import _parser
from bot.domain.quota import AuditContext
from data import gifts
from data.database import Database
from data.storage import engines
from data.storage.sqlite_migrations import pending_migrations
from tests.helpers import later_version, migrated_file
from tests.helpers.command_line import EVERY_COMMAND, GUILD, HOUSE, Ended, make_movies, run
from tests.helpers.ledger_checks import Place, assert_ledger_consistent, snapshot
from tests.helpers.restore_helpers import names
from tests.helpers.snapshots import TextFile


@asynccontextmanager
async def writing(database: Database) -> AsyncGenerator[None]:

    async def write() -> None:
        while True:
            await database.write(gifts.grant, 99, 1, by=AuditContext(9, GUILD, "a drop"))

    task = asyncio.create_task(write())
    try:
        yield
        assert not task.done(), "the bot could not write"
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_every_command_prints_text_or_json_beside_a_bot_that_writes(
    tmp_path: Path, place: Place, url: str
) -> None:
    async with await engines.engine(url).open() as database:
        await make_movies(database)
        async with writing(database):
            for command in EVERY_COMMAND:
                for_people = await run(tmp_path, *command, DATABASE_URL=url)
                assert (for_people.status, for_people.err, for_people.out.strip() != "") == (0, "", True), command
                if command[:2] != ("jobs", "resolve"):  # the job is resolved now
                    assert (await run(tmp_path, *command, "--json", DATABASE_URL=url)).parsed is not None, command
    assert_ledger_consistent(place)


TODAYS = ("report", "credits", "processes")
"""Commands that say something about today."""


@pytest.mark.usefixtures("database")
async def test_every_command_says_the_same_as_before(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    said: list[str] = []
    for command in EVERY_COMMAND:
        if command[0] in TODAYS and "2026-11" not in command:
            continue
        for options in ((), ("--json",)):
            ended = await run(tmp_path, *command, *options)
            said.append(f"$ {' '.join((*command, *options))}\n{ended.out}{ended.err}")
    dated = re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?", "TIME", "\n".join(said))
    assert dated == snapshot.use_extension(TextFile)


def test_each_command_is_tried_or_has_its_own_test() -> None:
    """Those that are left out start the bot, ask the API or Discord, write a file, or hold or move the database."""
    tried = {" ".join(command[:length]) for command in EVERY_COMMAND for length in (1, 2)}
    own = {
        *("run", "gateway", "worker", "web", "init", "check", "backup", "restore", "hold", "move"),
        *("catalogue compare", "catalogue allow", "servers list", "servers leave", "privacy export"),
    }
    assert {*commands(_parser(_nothing))} - tried == own


def test_the_command_line_takes_what_it_took_before(snapshot: SnapshotAssertion) -> None:
    assert "\n".join(described(_parser(_nothing))) == snapshot.use_extension(TextFile)


def described(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Describe all arguments, without argparse's own layout, which differs from one Python to another."""
    yield f"{parser.prog}: {parser.description}"
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from described(inner)
        elif not isinstance(action, argparse._HelpAction):
            kind = getattr(action.type, "__name__", action.type)
            names = action.option_strings or [action.metavar or action.dest]
            choices = action.choices and [*action.choices]
            values = (names, action.metavar, action.nargs, kind, choices, repr(action.default), action.required)
            yield f"  {' '.join(map(str, values))}: {action.help}"


async def _nothing(*_: object) -> int:
    raise AssertionError("nothing is run")


def commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the names of all commands of a parser."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                names = [*commands(inner)]
                yield from (f"{name} {each}" for each in names) if names else (name,)


@pytest.mark.full
@pytest.mark.usefixtures("database")
async def test_each_command_runs_as_a_process_of_its_own(tmp_path: Path) -> None:
    settings = {"PYTHONPATH": str(HOUSE), "DATABASE_URL": f"sqlite:///{tmp_path / 'movies.db'}"}
    for command in EVERY_COMMAND:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *command), cwd=tmp_path, env=settings, stdout=PIPE, stderr=PIPE
        )
        out, err = await process.communicate()
        assert (process.returncode, err.decode(), out != b"") == (0, "", True), command


@pytest.mark.usefixtures("database")
async def test_what_members_wrote_never_steers_the_terminal(tmp_path: Path) -> None:
    evil = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202e\r\n\x08" + "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301"
    with closing(sqlite3.connect(tmp_path / "movies.db")) as connection, connection:
        connection.execute("UPDATE jobs SET prompt = ?, member_name = ?", (evil, evil))
    await run(tmp_path, "credits", "grant", "11", "22", "10000000", "--reason", "a prize")
    for command in EVERY_COMMAND:
        out = (await run(tmp_path, *command)).out
        assert command[:2] != ("credits", "show") or "10,000,000" in out
        assert all(char.isprintable() or char == "\n" for char in out), command
        assert "\u0301" * 6 not in out


async def test_the_version_is_told_without_settings_or_an_installation(tmp_path: Path) -> None:
    assert await run(tmp_path, "--version") == Ended(0, f"matinee {__version__}\n", "")


async def test_help_lists_the_commands_and_an_unknown_one_shows_the_usage(tmp_path: Path) -> None:
    helped, unknown = await run(tmp_path, "--help"), await run(tmp_path, "dance")
    assert (helped.status, helped.err) == (0, "")
    assert {"run", "check"} <= {line.split()[0] for line in helped.out.splitlines() if line.strip()}
    assert unknown.refused(2).startswith("usage: python -m bot ")
    assert "argument command: invalid choice: 'dance'" in unknown.err


SECOND = "0000000000002"
AGAIN = ("jobs", "resolve", "--failed", "--all-unknown-since")
NO_ID, NO_REASON, CREDITS = "isn't a Discord ID", "--reason must have 1 to 200 characters", "CREDITS must be between"
ALL_OR_ONE = "Give a job ID (without --yes), or use --all-unknown-since TIME"

REFUSED: dict[tuple[str | bytes, ...], str] = {
    ("report", "2026-13"): "Invalid month '2026-13'. Use YYYY-MM, such as 2026-11.",
    ("report", "--server", "0"): f"'0' {NO_ID}",
    ("report", "--server", "9" * 30): NO_ID,
    ("credits", "show", "11", "alice"): f"'alice' {NO_ID}",
    ("credits", "show", "0", "22"): f"'0' {NO_ID}",
    ("credits", "grant", "11", "-22", "5"): f"'-22' {NO_ID}",
    ("credits", "grant", "11", str(2**63), "5"): NO_ID,
    ("credits", "grant", "11", "22", "0"): "CREDITS must be between 1 and 10,000,000.",
    ("credits", "grant", "11", "22", "-5"): CREDITS,
    ("credits", "grant", "11", "22", "10000001"): CREDITS,
    ("credits", "grant", "11", "22", "9" * 40): CREDITS,
    ("credits", "grant", "11", "22", "1.5"): "invalid int value: '1.5'",
    ("credits", "grant", "11", "22", "5", "--reason", "  "): NO_REASON,
    ("credits", "grant", "11", "22", "5", "--reason", "x" * 201): NO_REASON,
    ("credits", "grant", "11", "22", "5", "--reason", b"\xff"): "isn't plain text",
    ("jobs", "list", "--limit", "0"): "'0' isn't between 1 and 1,000,000",
    ("jobs", "list", "--limit", "9" * 30): "isn't between 1 and 1,000,000",
    ("jobs", "list", "--state", "lost"): "invalid choice: 'lost'",
    ("jobs", "show", b"\xff\xfe"): "isn't plain text",
    ("jobs", "resolve", SECOND): "one of the arguments --failed --request-id is required",
    ("jobs", "resolve", SECOND, "--failed", "--request-id", "a"): "not allowed with argument",
    ("jobs", "resolve", SECOND, "--request-id", "a"): "SAMSAR_API_KEY is not set",
    ("jobs", "resolve", "--failed"): ALL_OR_ONE,
    ("jobs", "resolve", SECOND, "--failed", "--yes"): ALL_OR_ONE,
    ("jobs", "resolve", "--all-unknown-since", "2h", "--yes"): "--failed --request-id is required",
    (*AGAIN, "yesterday"): "'yesterday' isn't a valid time: use 2h, 30m, 1d or 2026-11-10T12:00 (UTC)",
    (*AGAIN, "2x", "--yes"): "'2x' isn't a valid time",
    (*AGAIN, "2h", SECOND, "--yes"): "with --failed and without a job ID",
    (*AGAIN, "2026-11-10T12:00"): "can't ask for confirmation without a terminal. Add --yes.",
    ("hold",): "`hold` can't ask for confirmation without a terminal. Add --yes.",
    ("move", "sqlite:///elsewhere.db"): "`move` can't ask for confirmation without a terminal. Add --yes.",
    ("privacy", "erase", "22"): "Add --yes",
    ("catalogue", "compare"): "SAMSAR_API_KEY is not set.",
    ("servers", "list"): "DISCORD_TOKEN is not set.",
    ("servers", "leave", "11"): "DISCORD_TOKEN is not set.",
    ("servers", "limit", "11", "-1"): "'-1' isn't a whole number of credits or `default`",
    ("servers", "limit", "11", "many"): "'many' isn't a whole number of credits or `default`",
    ("servers", "limit", "11", "1000000001"): "1,000,000,000",
    ("servers", "limit", "0", "5"): NO_ID,
    ("servers", "block", "x"): NO_ID,
    ("servers",): "required",
    ("members", "block", "-1"): NO_ID,
    ("members", "block", "22", "--reason", b"\xff"): "isn't plain text",
}


@pytest.mark.usefixtures("database")
async def test_what_cannot_be_is_said_in_words_and_changes_nothing(tmp_path: Path) -> None:
    before = snapshot(tmp_path / "movies.db")
    told = {given: (await run(tmp_path, *given)).refused(2) for given in REFUSED}
    assert {given: said for given, said in told.items() if REFUSED[given] not in said} == {}
    assert snapshot(tmp_path / "movies.db") == before


async def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """A mistyped DATABASE_URL must not create an empty file."""
    for command in (*EVERY_COMMAND, ("backup",)):
        assert "No database at" in (await run(tmp_path, *command)).refused(), command
    assert names(tmp_path) == []


async def test_an_older_database_is_left_alone_until_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "movies.db"
    migrated_file.create(path)
    later_version.begin(monkeypatch, tmp_path)
    for command in EVERY_COMMAND:
        told = (await run(tmp_path, *command)).refused()
        assert told == "The database is from an older version. Start the bot once to upgrade it.\n", command
    assert pending_migrations(path) == (later_version.NAME,)


async def test_a_server_that_cannot_be_reached_is_one_line_without_the_password(tmp_path: Path) -> None:
    url = "postgresql://matinee:hunter2@127.0.0.1:1/movies"
    error = (await run(tmp_path, "audit", DATABASE_URL=url)).refused()
    assert "Can't use the database: connection" in error
    assert "hunter2" not in error
