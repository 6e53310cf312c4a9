"""`backup`, `restore` and `hold`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli.databases import now_ms
from data import renders
from data.engine.sqlite import SqliteDatabase
from data.storage import engines
from tests.helpers import migrated_file
from tests.helpers.command_line import Ended, make_movies, run
from tests.helpers.ledger_checks import assert_ledger_consistent, execute, snapshot
from tests.helpers.restore_helpers import names, states
from tests.helpers.store_harness import StoreHarness, a_job

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
    running = await SqliteDatabase.open(path)
    ended = await run(tmp_path, "backup")
    await running.close()
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
    running = await SqliteDatabase.open(path)
    assert (await run(tmp_path, "restore", "copy.db")).refused() == f"{path} is in use. Stop the bot first.\n"
    await running.close()
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
    database = await engines.engine(postgresql_url).open()
    await make_movies(database)
    made = (await run(tmp_path, "backup", "--json", **url)).parsed
    assert made["jobs"] == 3
    async with engines.engine(postgresql_url).open_instance_lock(lambda _: None) as lock, lock.register():
        refused = (await run(tmp_path, "restore", made["file"], **url)).refused()
        assert refused.endswith("is in use. Stop the bot first.\n")
        assert (await run(tmp_path, "hold", "--yes", **url)).refused() == refused
    await database.close()
    done = await run(tmp_path, "restore", made["file"], **url)
    assert done.status == 0
    assert f"from {made['file']}." in done.out
    assert "is kept as var/backups/postgresql.before-restore-" in done.out
    assert_ledger_consistent(postgresql_url)


async def test_hold_asks_and_says_what_waits_for_the_operator(tmp_path: Path, url: str) -> None:
    database = await engines.engine(url).open()
    await make_movies(database)
    await database.close()
    declined = await run(tmp_path, "hold", typed="n\n", DATABASE_URL=url)
    assert (declined.status, declined.out) == (1, "")
    assert declined.err.endswith("Continue? [y/N] Nothing was changed.\n")
    held = (await run(tmp_path, "hold", "--yes", "--json", DATABASE_URL=url)).parsed
    assert (held["jobs_on_hold"], held["unknown_before"], held["rendering"]) == ([], 1, 1)
    told = (await run(tmp_path, "hold", "--yes", DATABASE_URL=url)).out
    assert "are on hold.\n1 job may already be at the API and won't be ordered again.\n" in told
    assert "after the backup" not in told
