"""`backup`, `restore`, `hold` and `move`, and a start on what was moved."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.cli.databases import now_ms
from data import renders
from data.database import sqlite_path
from data.engine.sqlite import SqliteDatabase
from data.storage import engines
from tests.helpers import migrated_file
from tests.helpers.command_line import Ended, make_movies, run
from tests.helpers.every_table import contents, fill, is_usable
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.ledger_checks import assert_ledger_consistent, execute, query, snapshot
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.moves import move_when_unused
from tests.helpers.postgres_proxy import PostgresProxy
from tests.helpers.restore_helpers import names, states
from tests.helpers.store_harness import StoreHarness, a_job
from tests.process.bot_process import matinee

COMPLETED, RENDERING, QUEUED = (a_job(number).id for number in (1, 2, 3))


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    file = tmp_path / "movies.db"
    migrated_file.create(file)
    store = StoreHarness(await SqliteDatabase.open(file))
    await store.rendering(a_job(1))
    await store.database.write(renders.complete, COMPLETED, "https://x/1.mp4")
    await store.rendering(a_job(2))
    await store.queued(a_job(3))
    await store.database.close()
    return file


async def test_a_backup_goes_to_a_folder_of_its_own_while_the_bot_runs(tmp_path: Path, path: Path) -> None:
    async with await SqliteDatabase.open(path):
        ended = await run(tmp_path, "backup")
    [name] = names(tmp_path / "backups")
    assert re.fullmatch(r"movies-\d{8}-\d{6}\.db", name)
    file = tmp_path / "backups" / name
    told = f"Backup written and verified: {file} (3 jobs, {file.stat().st_size:,} bytes).\n"
    assert ended == Ended(0, told, "")
    assert snapshot(file) == snapshot(path)


@pytest.mark.usefixtures("path")
async def test_a_backup_goes_where_the_operator_says(tmp_path: Path) -> None:
    before = now_ms()
    answer = (await run(tmp_path, "backup", "mine.db", "--json")).parsed
    assert before <= answer.pop("taken_at") <= now_ms()
    assert answer == {"file": "mine.db", "jobs": 3, "bytes": (tmp_path / "mine.db").stat().st_size}
    assert (await run(tmp_path, "backup", "mine.db")).refused() == "mine.db already exists. No backup was made.\n"
    (tmp_path / "folder").mkdir()
    assert (await run(tmp_path, "backup", "folder")).status == 0
    assert len(names(tmp_path / "folder", "movies-*.db")) == 1


async def test_a_restore_says_what_it_did_and_what_to_do_next(tmp_path: Path, path: Path) -> None:
    await run(tmp_path, "backup", "copy.db")
    before = snapshot(path)
    async with await SqliteDatabase.open(path):
        assert (await run(tmp_path, "restore", "copy.db")).refused() == f"{path} is in use. Stop the bot first.\n"
    (tmp_path / "holiday.txt").write_text("sun and sea" * 1000, encoding="utf-8")
    no_backup = (await run(tmp_path, "restore", "holiday.txt")).refused()
    assert re.fullmatch(r"[^\n]*holiday\.txt isn't a Matinee database\.\n", no_backup), no_backup
    assert snapshot(path) == before
    execute(path, "DELETE FROM outbox")
    ended = await run(tmp_path, "restore", "copy.db")
    assert (ended.status, ended.err) == (0, "")
    [kept] = names(tmp_path, "movies.db.before-restore-*")
    expected = {
        f"Restored {path} from copy.db.",
        f"The previous database is kept as {tmp_path / kept}.",
        "Anything after the backup (movies, grants, limits, API spending) is not included.",
        "1 job may already be at the API and won't be ordered again.",
        "  List: python -m bot jobs list --state unknown",
        f"  {COMPLETED}: completed",
        "Start the bot when you're ready: python -m bot",
    }
    assert expected - {*ended.out.splitlines()} == set()
    assert "1 message may already have been posted and won't be posted again." in ended.out
    assert "Still rendering: 1 job." in ended.out
    assert states(path) == {COMPLETED: "completed", RENDERING: "rendering", QUEUED: "unknown"}
    assert_ledger_consistent(path)


@pytest.mark.usefixtures("path")
async def test_a_script_reads_what_a_restore_did(tmp_path: Path) -> None:
    await run(tmp_path, "backup", "copy.db")
    answer = (await run(tmp_path, "restore", "copy.db", "--json")).parsed
    assert answer["jobs_on_hold"] == [QUEUED]
    assert answer["messages_on_hold"] == [{"job": COMPLETED, "notice": "completed"}]
    assert (answer["rendering"], answer["unknown_before"], answer["migrated"]) == (1, 0, [])
    assert Path(answer["replaced"]).parent == tmp_path


async def test_a_server_is_backed_up_beside_a_bot_and_restored_without_it(tmp_path: Path, postgresql_url: str) -> None:
    url = {"DATABASE_URL": postgresql_url}
    async with await engines.engine(postgresql_url).open() as database:
        await make_movies(database)
        made = (await run(tmp_path, "backup", "--json", **url)).parsed
        assert made["jobs"] == 3
        async with engines.engine(postgresql_url).open_instance_lock(lambda _: None) as lock, lock.register():
            refused = (await run(tmp_path, "restore", made["file"], **url)).refused()
            assert refused.endswith("is in use. Stop the bot first.\n")
            assert (await run(tmp_path, "hold", "--yes", **url)).refused() == refused
    done = await run(tmp_path, "restore", made["file"], **url)
    assert done.status == 0
    assert f"from {made['file']}." in done.out
    assert "is kept as var/backups/postgresql.before-restore-" in done.out
    assert_ledger_consistent(postgresql_url)


async def test_hold_asks_and_says_what_waits_for_the_operator(tmp_path: Path, url: str) -> None:
    async with await engines.engine(url).open() as database:
        await make_movies(database)
    declined = await run(tmp_path, "hold", typed="n\n", DATABASE_URL=url)
    assert (declined.status, declined.out) == (1, "")
    assert declined.err.endswith("Continue? [y/N] Nothing was changed.\n")
    held = (await run(tmp_path, "hold", "--yes", "--json", DATABASE_URL=url)).parsed
    assert (held["jobs_on_hold"], held["unknown_before"], held["rendering"]) == ([], 1, 1)
    told = (await run(tmp_path, "hold", "--yes", DATABASE_URL=url)).out
    assert "are on hold.\n1 job may already be at the API and won't be ordered again.\n" in told
    assert "after the backup" not in told


# ── move ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
async def file_url(tmp_path: Path) -> str:
    migrated_file.create(tmp_path / "movies.db")
    url = f"sqlite:///{tmp_path / 'movies.db'}"
    await fill(url)
    return url


async def test_the_operator_confirms_and_reads_what_was_moved_and_what_comes_next(
    tmp_path: Path, file_url: str, empty_postgresql_url: str
) -> None:
    file, before = tmp_path / "movies.db", contents(file_url)
    rows, place = sum(len(each) for each in before.values()), engines.engine(empty_postgresql_url).place
    declined = await run(tmp_path, "move", empty_postgresql_url, typed="n\n")
    asked = f"Move everything from {file} to {place}? [y/N] Nothing was moved.\n"
    assert (declined.status, declined.out, declined.err.endswith(asked)) == (1, "", True)
    assert is_usable(file_url)
    moved = await run(tmp_path, "move", empty_postgresql_url, typed="y\n")
    assert (moved.status, moved.out) == (
        0,
        (
            f"Moved {rows:,} rows to {place}. Audit passed: all balances match.\n\n"
            "Set DATABASE_URL to the new database, then start the bot: python -m bot\n"
            f"{file} keeps its rows, but the bot no longer starts on it. Delete it whenever you like.\n"
        ),
    )
    before = contents(file_url)
    for command in (("credits", "grant", "1", "2", "5"), ("pause",), ("servers", "block", "1"), ("report",)):
        assert "was moved to" in (await run(tmp_path, *command)).refused(), command
    assert contents(file_url) == before
    assert await run(tmp_path, "audit") == await run(tmp_path, "audit", DATABASE_URL=empty_postgresql_url)
    again = await run(tmp_path, "move", empty_postgresql_url, "--yes", "--json")
    assert again.parsed == {"source": str(file), "target": place, "rows": None, "kept": None}
    back = await run(tmp_path, "move", file_url, "--yes", DATABASE_URL=empty_postgresql_url)
    assert "The file that was there before is kept as " in back.out
    assert (await run(tmp_path, "audit")).out == "Audit passed: all balances match.\n"


@pytest.mark.usefixtures("file_url")
async def test_a_script_reads_where_the_file_of_before_is_kept(tmp_path: Path) -> None:
    migrated_file.create(tmp_path / "new.db")
    moved = (await run(tmp_path, "move", f"sqlite:///{tmp_path / 'new.db'}", "--yes", "--json")).parsed
    assert (moved["source"], moved["target"]) == (str(tmp_path / "movies.db"), str(tmp_path / "new.db"))
    assert [Path(moved["kept"]).name] == names(tmp_path, "new.db.before-move-*")


async def test_a_target_that_cannot_be_used_is_one_line_without_the_password(tmp_path: Path, file_url: str) -> None:
    before = contents(file_url)
    for url, status, told in (
        ("mysql://matinee:hunter2@127.0.0.1/movies", 2, "URL must be sqlite:///FILE"),
        ("postgresql://matinee:hunter2@127.0.0.1", 2, "URL must be sqlite:///FILE"),
        ("postgresql://matinee:hunter2%-and@127.0.0.1:1/movies", 1, "DATABASE_URL is not a valid URL"),
        ("postgresql://matinee:hunter2@127.0.0.1:1/movies", 1, "Can't use the database: connection"),
        ("postgresql://matinee:hunter2@no-such-host.invalid/movies", 1, "Can't use the database: "),
        ("sqlite:////dev/null/movies.db", 1, "a file is in the way"),
    ):
        error = (await run(tmp_path, "move", url, "--yes")).refused(status)
        assert (told in error, error.count("\n"), "hunter2" in error) == (True, 1, False), error
    assert contents(file_url) == before
    assert is_usable(file_url)


async def test_a_start_on_what_was_moved_is_refused_in_every_role_with_the_reason(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, file_url: str, empty_postgresql_url: str
) -> None:
    served = {"PORT": "0", "HOST": "127.0.0.1"}
    assert (await run(tmp_path, "move", empty_postgresql_url, "--yes")).status == 0
    before = contents(file_url)
    async with matinee(discord, api, tmp_path, DATABASE_URL=file_url) as bot:
        assert await bot.wait_exit() == 1
    [reason] = [line for line in bot.stderr if "was moved" in line]
    assert reason.startswith(f"This database was moved to {engines.engine(empty_postgresql_url).place} (")
    assert "Traceback" not in bot.log
    assert contents(file_url) == before
    assert (await run(tmp_path, "move", file_url, "--yes", DATABASE_URL=empty_postgresql_url)).status == 0
    for role in ("gateway", "worker", "web"):
        async with matinee(discord, api, tmp_path, DATABASE_URL=empty_postgresql_url, args=(role,), **served) as bot:
            assert await bot.wait_exit() == 1, role
        assert any(line.startswith("This database was moved to") for line in bot.stderr), bot.log
    assert (discord.identifies, api.orders) == ((), [])


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
            assert bot.stderr[-1].startswith(f"This database was moved to {engines.engine(file_url).place} ("), bot.log
    assert api.orders == []
