"""`move` as a real process, and a start on what was moved."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import psycopg
import pytest

from bot.cli import ledger
from bot.errors import DatabaseMoved
from data import connect, move_record, server_policies
from data.database_url import sqlite_path
from data.move_record import Departure
from tests.helpers import migrated_file
from tests.helpers.clock import START
from tests.helpers.command_line import HOUSE, Ended, run, run_on_terminal
from tests.helpers.every_table import contents, fill, is_usable
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.ledger_checks import execute, query
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.moves import move_when_unused
from tests.helpers.postgres_proxy import PostgresProxy
from tests.helpers.postgres_server import another_user
from tests.helpers.restore_helpers import names
from tests.helpers.settings import make_settings
from tests.process.bot_process import matinee


@pytest.fixture
async def file_url(tmp_path: Path) -> str:
    """A file with rows in every table: the DATABASE_URL of `run`."""
    migrated_file.create(tmp_path / "movies.db")
    url = f"sqlite:///{tmp_path / 'movies.db'}"
    await fill(url)
    return url


async def test_the_operator_reads_what_was_moved_and_what_comes_next(
    tmp_path: Path, file_url: str, empty_postgresql_url: str
) -> None:
    rows = sum(len(each) for each in contents(file_url).values())
    place = connect.place_of(empty_postgresql_url)
    assert await run(tmp_path, "move", empty_postgresql_url, "--yes") == Ended(
        0,
        f"Moved {rows:,} rows to {place}. Audit passed: all balances match.\n\n"
        "Set DATABASE_URL to the new database, then start the bot: python -m bot\n"
        f"{tmp_path / 'movies.db'} keeps its rows, but the bot no longer starts on it."
        " Delete it whenever you like.\n",
        "",
    )
    again = await run(tmp_path, "move", empty_postgresql_url, "--yes", "--json")
    assert again.parsed == {"source": str(tmp_path / "movies.db"), "target": place, "rows": None, "kept": None}
    back = await run(tmp_path, "move", file_url, "--yes", DATABASE_URL=empty_postgresql_url)
    assert "The file that was there before is kept as " in back.out
    assert (await run(tmp_path, "audit")).out == "Audit passed: all balances match.\n"


@pytest.mark.usefixtures("file_url")
async def test_a_script_reads_where_the_file_of_before_is_kept(tmp_path: Path) -> None:
    migrated_file.create(tmp_path / "new.db")
    moved = (await run(tmp_path, "move", f"sqlite:///{tmp_path / 'new.db'}", "--yes", "--json")).parsed
    assert (moved["source"], moved["target"]) == (str(tmp_path / "movies.db"), str(tmp_path / "new.db"))
    assert [Path(moved["kept"]).name] == names(tmp_path, "new.db.before-move-*")


async def test_a_command_that_opened_the_database_before_a_move_changes_nothing_after_it(tmp_path: Path) -> None:
    migrated_file.create(tmp_path / "movies.db")
    settings = make_settings(tmp_path)
    async with ledger.open_database(settings) as database:
        async with ledger.open_database(settings, even_moved=True) as moved:
            await moved.write(move_record.set_departure, Departure("1", "elsewhere", START, complete=True))
        with pytest.raises(DatabaseMoved):
            await database.write(server_policies.set_paused, START, paused=True)
        assert await database.read(server_policies.paused_at) is None


@pytest.mark.usefixtures("file_url")
async def test_it_asks_before_it_acts(tmp_path: Path, empty_postgresql_url: str) -> None:
    assert (await run(tmp_path, "move", empty_postgresql_url)).refused(2) == (
        "`move` can't ask for confirmation without a terminal. Add --yes.\n"
    )
    status, said = await run_on_terminal(tmp_path, "move", empty_postgresql_url, typed="n\n")
    assert status == 1
    assert f"Move everything from {tmp_path / 'movies.db'} to {connect.place_of(empty_postgresql_url)}? [y/N]" in said
    assert "Nothing was moved." in said
    assert is_usable(f"sqlite:///{tmp_path / 'movies.db'}")
    status, said = await run_on_terminal(tmp_path, "move", empty_postgresql_url, typed="y\n")
    assert status == 0, said
    assert "Copying all rows" in said


async def test_a_start_on_a_moved_file_is_refused_with_the_reason(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, file_url: str, empty_postgresql_url: str
) -> None:
    assert (await run(tmp_path, "move", empty_postgresql_url, "--yes")).status == 0
    before = contents(file_url)
    async with matinee(discord, api, tmp_path, DATABASE_URL=file_url) as bot:
        assert await bot.wait_exit() == 1
    [reason] = [line for line in bot.stderr if "was moved" in line]
    assert reason.startswith(f"This database was moved to {connect.place_of(empty_postgresql_url)} (")
    assert "Traceback" not in bot.log
    assert (discord.identifies, api.orders, contents(file_url)) == ((), [], before)
    async with matinee(discord, api, tmp_path, DATABASE_URL=empty_postgresql_url) as bot:
        await discord.ready()


async def test_a_start_on_a_moved_server_is_refused_in_every_role(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, file_url: str, empty_postgresql_url: str
) -> None:
    assert (await run(tmp_path, "move", empty_postgresql_url, "--yes")).status == 0
    assert (await run(tmp_path, "move", file_url, "--yes", DATABASE_URL=empty_postgresql_url)).status == 0
    for role in ("run", "gateway", "worker", "web"):
        bot = matinee(
            discord, api, tmp_path, DATABASE_URL=empty_postgresql_url, PORT="0", HOST="127.0.0.1", args=(role,)
        )
        async with bot:
            assert await bot.wait_exit() == 1, role
        assert any(line.startswith("This database was moved to") for line in bot.stderr), bot.log
    assert discord.identifies == ()


async def test_a_process_that_was_cut_off_during_a_move_ends_in_every_role(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str, file_url: str
) -> None:
    """A move can't see disconnected processes, so each must end on reconnecting."""
    sqlite_path(file_url).unlink()
    async with AsyncExitStack() as stack:
        proxy = await stack.enter_async_context(PostgresProxy(postgresql_url))
        settings = {"DATABASE_URL": proxy.url, "PORT": "0", "HOST": "127.0.0.1"}
        bots = [
            await stack.enter_async_context(matinee(discord, api, tmp_path, args=(role,), **settings))
            for role in ("worker", "web", "gateway")
        ]
        await discord.ready()
        async with asyncio.timeout(20):
            while len(await asyncio.to_thread(query, postgresql_url, "SELECT 1 FROM processes")) < len(bots):
                pass
        proxy.go_down()
        await move_when_unused(postgresql_url, file_url)
        proxy.come_up()
        for bot in bots:
            assert await bot.wait_exit(timeout=20) == 1, bot.log
            assert bot.stderr[-1].startswith(f"This database was moved to {connect.place_of(file_url)} ("), bot.log
    assert api.orders == []


async def test_commands_that_would_change_a_moved_database_say_where_it_is(
    tmp_path: Path, file_url: str, empty_postgresql_url: str
) -> None:
    """An audit can still be compared with the new one's."""
    assert (await run(tmp_path, "move", empty_postgresql_url, "--yes")).status == 0
    before = contents(file_url)
    for command in (("credits", "grant", "1", "2", "5"), ("pause",), ("servers", "block", "1"), ("report",)):
        assert "was moved to" in (await run(tmp_path, *command)).refused()
    assert contents(file_url) == before
    assert await run(tmp_path, "audit") == await run(tmp_path, "audit", DATABASE_URL=empty_postgresql_url)


@pytest.mark.parametrize(
    ("url", "status", "told"),
    [
        ("mysql://matinee:{password}@127.0.0.1/movies", 2, "URL must be sqlite:///FILE"),
        ("postgresql://matinee:{password}@127.0.0.1", 2, "URL must be sqlite:///FILE"),
        ("postgresql://matinee:hunter2%-and@127.0.0.1:1/movies", 1, "DATABASE_URL is not a valid URL"),
        ("postgresql://matinee:{password}@127.0.0.1:1/movies", 1, "Can't use the database: connection"),
        ("postgresql://matinee:{password}@no-such-host.invalid/movies", 1, "Can't use the database: "),
        ("sqlite:////dev/null/movies.db", 1, "Can't create"),
    ],
)
async def test_a_target_that_cannot_be_used_is_one_line_without_the_password(
    tmp_path: Path, file_url: str, url: str, status: int, told: str
) -> None:
    before = contents(file_url)
    error = (await run(tmp_path, "move", url.format(password="hunter2"), "--yes")).refused(status)
    assert told in error
    assert error.count("\n") == 1
    assert "hunter2" not in error
    assert contents(file_url) == before
    assert is_usable(file_url)


async def test_missing_privileges_are_named(tmp_path: Path, file_url: str, empty_postgresql_url: str) -> None:
    with another_user(empty_postgresql_url, "matinee_mover") as theirs:
        error = (await run(tmp_path, "move", theirs, "--yes")).refused()
        assert (
            error
            == "The database's user lacks CREATE on the schema public. Grant it, or make the user own the tables.\n"
        )
        assert is_usable(file_url)
        execute(empty_postgresql_url, "GRANT CREATE ON SCHEMA public TO matinee_mover")
        assert (await run(tmp_path, "move", theirs, "--yes")).status == 0


async def test_a_running_bot_is_not_moved_away_from(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, file_url: str, empty_postgresql_url: str
) -> None:
    async with matinee(discord, api, tmp_path, DATABASE_URL=file_url) as bot:
        await discord.ready()
        error = (await run(tmp_path, "move", empty_postgresql_url, "--yes")).refused()
        assert error == f"{tmp_path / 'movies.db'} is in use. Stop the bot first.\n"
        bot.terminate()
        assert await bot.wait_exit() == 0
    assert (await run(tmp_path, "move", empty_postgresql_url, "--yes")).status == 0


_FROM_A_TERMINAL = (
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    " runpy.run_module('bot', run_name='__main__', alter_sys=True)"
)
"""The bot started as in a terminal: children of a background shell or nohup ignore SIGINT."""

_TAKES_LONG = "FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"


async def test_ctrl_c_ends_a_move_and_the_old_database_goes_on(
    tmp_path: Path, file_url: str, empty_postgresql_url: str
) -> None:
    """Unlike a wait for a lock, the slow statement has no timeout."""
    connect.migrate(empty_postgresql_url)
    with psycopg.connect(empty_postgresql_url, autocommit=True) as other:
        other.execute(
            "CREATE FUNCTION take_long() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN PERFORM pg_sleep(600); RETURN NULL; END'"
        )
        other.execute("CREATE TRIGGER take_long BEFORE INSERT ON jobs EXECUTE FUNCTION take_long()")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _FROM_A_TERMINAL, "move", empty_postgresql_url, "--yes"),
            cwd=tmp_path,
            env={"PYTHONPATH": str(HOUSE), "DATABASE_URL": file_url},
            stderr=asyncio.subprocess.PIPE,
        )
        await asyncio.to_thread(_interrupt_where_it_waits, process.pid, other)
        _, said = await process.communicate()
        assert (process.returncode, said) == (130, b"")
        assert is_usable(file_url)
        other.execute(f"SELECT pg_terminate_backend(pid) {_TAKES_LONG}")  # its client is gone
        other.execute("DROP FUNCTION take_long CASCADE")
    assert (await run(tmp_path, "move", empty_postgresql_url, "--yes")).status == 0


def _interrupt_where_it_waits(pid: int, connection: psycopg.Connection) -> None:
    """Send SIGINT to the process as soon as its statement takes long."""
    while not connection.execute(f"SELECT {_TAKES_LONG}").fetchall():
        connection.execute("SELECT pg_sleep(0.01)")  # leaves the processor to the process
    os.kill(pid, signal.SIGINT)
