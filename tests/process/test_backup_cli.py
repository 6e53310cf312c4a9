"""`backup` and `restore` as real processes, beside a bot."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from bot.cli.ledger import now_ms
from data import renders
from data.sqlite import SqliteDatabase
from tests.helpers import migrated_file
from tests.helpers.ledger_checks import assert_ledger_consistent, snapshot
from tests.helpers.restore_helpers import names, states
from tests.helpers.store_harness import NOW, StoreHarness, a_job

ROOT = Path(__file__).parent.parent.parent

COMMAND = """
import argparse, asyncio, sys
from pathlib import Path
from bot.cli import backups
from bot.errors import StartupError, StorageError
from bot.settings import load_settings

parser = argparse.ArgumentParser()
commands = parser.add_subparsers(required=True)
for name, do, files in (("backup", backups.backup, "?"), ("restore", backups.restore, None)):
    command = commands.add_parser(name)
    command.add_argument("file", nargs=files)
    command.add_argument("--json", action="store_true")
    command.set_defaults(do=do)
options = parser.parse_args()
try:
    sys.exit(asyncio.run(options.do(load_settings(None, Path("none"), secrets_needed=False), options)))
except (StartupError, StorageError) as exc:
    print(exc, file=sys.stderr)
    sys.exit(1)
"""
"""The functions of bot/__main__.py for these two commands."""

KEEP_OPEN = """
import asyncio, sys
from pathlib import Path
from data.sqlite import SqliteDatabase

async def main():
    database = await SqliteDatabase.open(Path(sys.argv[1]))
    print("open", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await database.close()

asyncio.run(main())
"""
"""An idle bot, which has the database open."""


async def typed(database: Path, *arguments: str) -> tuple[int | None, str, str]:
    """Run a command; return its exit status and what it printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        COMMAND,
        *arguments,
        cwd=ROOT,
        env={"DATABASE_URL": f"sqlite:///{database}"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    stdout, stderr = await process.communicate()
    assert b"Traceback" not in stderr, stderr.decode()
    return process.returncode, stdout.decode(), stderr.decode()


@asynccontextmanager
async def bot_at_rest(database: Path) -> AsyncIterator[None]:
    """Run another process with the database open."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        KEEP_OPEN,
        str(database),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"open\n"
    yield
    await process.communicate(b"")
    assert process.returncode == 0


async def prepared(database: Path) -> None:
    """A database with a pending notification, a rendering and a queued job."""
    migrated_file.create(database)
    store = StoreHarness(await SqliteDatabase.open(database))
    await store.rendering(a_job(1))
    await store.database.write(renders.complete, a_job(1).id, "https://x/1.mp4", NOW)
    await store.rendering(a_job(2))
    await store.queued(a_job(3))
    await store.database.close()


async def test_a_backup_goes_to_a_folder_of_its_own_while_the_bot_runs(tmp_path: Path) -> None:
    """The file's name has the time.

    The operator reads its path, and that the backup was checked.
    """
    database = tmp_path / "var" / "movies.db"
    await prepared(database)
    async with bot_at_rest(database):
        status, said, wrong = await typed(database, "backup")
    assert (status, wrong) == (0, "")
    [name] = names(tmp_path / "var" / "backups")
    assert re.fullmatch(r"movies-\d{8}-\d{6}\.db", name)
    file = tmp_path / "var" / "backups" / name
    assert said == f"Backup written and verified: {file} (3 jobs, {file.stat().st_size:,} bytes).\n"
    assert snapshot(file) == snapshot(database)


async def test_a_backup_goes_where_the_operator_says(tmp_path: Path) -> None:
    """The target is a file or a folder; existing files are kept.

    A script gets JSON.
    """
    database = tmp_path / "movies.db"
    await prepared(database)
    before = now_ms()
    status, said, _ = await typed(database, "backup", str(tmp_path / "mine.db"), "--json")
    assert status == 0
    answer = json.loads(said)
    assert before <= answer.pop("taken_at") <= now_ms()
    size = (tmp_path / "mine.db").stat().st_size
    assert answer == {"file": str(tmp_path / "mine.db"), "jobs": 3, "bytes": size}
    assert (await typed(database, "backup", str(tmp_path / "mine.db"))) == (
        1,
        "",
        f"{tmp_path / 'mine.db'} already exists. No backup was made.\n",
    )
    (tmp_path / "folder").mkdir()
    assert (await typed(database, "backup", str(tmp_path / "folder")))[0] == 0
    assert len(names(tmp_path / "folder", "movies-*.db")) == 1


async def test_without_a_database_there_is_no_backup(tmp_path: Path) -> None:
    """The command prints one line, ends with status 1, and creates nothing."""
    database = tmp_path / "movies.db"
    assert await typed(database, "backup") == (1, "", f"No database at {database}.\n")
    assert names(tmp_path) == []


async def test_a_restore_under_a_running_bot_is_refused(tmp_path: Path) -> None:
    """An idle process with the file open is enough."""
    database, file = tmp_path / "movies.db", tmp_path / "copy.db"
    await prepared(database)
    await typed(database, "backup", str(file))
    before = snapshot(database)
    async with bot_at_rest(database):
        assert await typed(database, "restore", str(file)) == (
            1,
            "",
            f"{database} is in use. Stop the bot first.\n",
        )
    assert snapshot(database) == before
    assert (await typed(database, "restore", str(file)))[0] == 0


async def test_a_restore_says_what_it_did_and_what_to_do_next(tmp_path: Path) -> None:
    """It names the old database, the held credits, and the next steps."""
    database, file = tmp_path / "movies.db", tmp_path / "copy.db"
    await prepared(database)
    await typed(database, "backup", str(file))
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM outbox")
    status, said, wrong = await typed(database, "restore", str(file))
    assert (status, wrong) == (0, "")
    [kept] = names(tmp_path, "movies.db.before-restore-*")
    for line in (
        f"Restored {database} from {file}.",
        f"The previous database is kept as {tmp_path / kept}.",
        "Anything after the backup (movies, grants, limits, API spending) is not included.",
        "1 job may already be at the API and won't be ordered again.",
        "  List: python -m bot jobs list --state unknown",
        f"  {a_job(1).id}: completed",
        "Start the bot when you're ready: python -m bot",
    ):
        assert line in said.splitlines()
    assert "1 message may already have been posted and won't be posted again." in said
    assert "Still rendering: 1 job." in said
    assert states(database) == {a_job(1).id: "completed", a_job(2).id: "rendering", a_job(3).id: "unknown"}
    assert_ledger_consistent(database)


async def test_a_script_reads_what_a_restore_did(tmp_path: Path) -> None:
    """It has every job and message by its id."""
    database, file = tmp_path / "movies.db", tmp_path / "copy.db"
    await prepared(database)
    await typed(database, "backup", str(file))
    _, said, _ = await typed(database, "restore", str(file), "--json")
    answer = json.loads(said)
    assert answer["jobs_on_hold"] == [a_job(3).id]
    assert answer["messages_on_hold"] == [{"job": a_job(1).id, "notice": "completed"}]
    assert (answer["rendering"], answer["unknown_before"], answer["migrated"]) == (1, 0, [])
    assert Path(answer["replaced"]).parent == tmp_path


async def test_a_file_that_is_no_backup_is_told_in_one_line(tmp_path: Path) -> None:
    """The status is 1, and the database stays unchanged."""
    database, file = tmp_path / "movies.db", tmp_path / "holiday.txt"
    await prepared(database)
    before = snapshot(database)
    await asyncio.to_thread(file.write_text, "sun and sea" * 1000)
    status, said, wrong = await typed(database, "restore", str(file))
    assert (status, said) == (1, "")
    assert re.fullmatch(r"[^\n]*holiday\.txt isn't a Matinee database\.\n", wrong), wrong
    assert snapshot(database) == before
