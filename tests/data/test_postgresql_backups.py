"""Backups of either engine into a file, and PostgreSQL's restores of either's."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from bot.core.errors import SchemaTooNew, StorageError
from bot.domain.jobs import Job, JobState
from data import server_policies
from data.engine import move_record
from data.engine.postgresql import PostgresDatabase
from data.engine.rows import Step
from data.storage import backups, engines
from tests.helpers import later_version
from tests.helpers.every_table import contents, fill, is_usable, settings_of
from tests.helpers.ledger_checks import Row, assert_ledger_consistent, execute, query
from tests.helpers.moves import now_ms, place
from tests.helpers.restore_helpers import LATER, names, watch_syncs
from tests.helpers.store_harness import GUILD, StoreHarness, a_job

WITHOUT_KEYS: dict[str, list[Any]] = {"erasure_keys": []}
"""A copy has no keys, so it can't identify erased members."""
OPEN = ("awaiting_approval", "reserved", "queued", "submitting")
"""States of jobs that may have been submitted since."""


@pytest.fixture
async def filled(url: str) -> str:
    await fill(url)
    return url


def file_url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_a_backup_has_every_row_in_one_plain_file(filled: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced, before = watch_syncs(monkeypatch), now_ms()
    made = engines.engine(filled).create_backup(folder / "a.db")
    assert before <= made.taken_at <= now_ms()
    assert synced[made.path.stat().st_ino] == made.path.read_bytes()
    assert contents(file_url(made.path)) == {**contents(filled), **WITHOUT_KEYS}
    assert made.jobs == len(JobState) + 1
    assert made.bytes == made.path.stat().st_size
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert names(folder) == ["a.db"], "one file, without a log"
    assert settings_of(made.path) == ("ok", 0)
    assert_ledger_consistent(made.path)


async def test_a_backup_shows_one_moment_while_the_bot_works(filled: str, folder: Path) -> None:
    before = contents(filled)
    async with await engines.engine(filled).open() as database:
        store, loop = StoreHarness(database), asyncio.get_running_loop()
        placed: list[Job] = []

        def order(_step: Step, _done: int, _total: int) -> None:
            if not placed:
                placed.append(asyncio.run_coroutine_threadsafe(store.reserved(a_job(77, cost=10)), loop).result())

        await asyncio.to_thread(lambda: engines.engine(filled).create_backup(folder / "a.db", progress=order))
    assert len(contents(filled)["jobs"]) == len(before["jobs"]) + 1
    assert contents(file_url(folder / "a.db")) == {**before, **WITHOUT_KEYS}


def check_on_hold(url: str, before: dict[str, list[Row]]) -> None:
    found = {row["id"]: row["state"] for row in query(place(url), "SELECT id, state FROM jobs")}
    assert found == {row["id"]: "unknown" if row["state"] in OPEN else row["state"] for row in before["jobs"]}
    pending = query(place(url), "SELECT type FROM outbox WHERE status = 'pending'")
    assert {row["type"] for row in pending} <= {"unknown"}
    same = ("ledger_entries", "balances", "quotes", "followers", "quota_limits", "member_preferences")
    assert {table: contents(url)[table] for table in same} == {table: before[table] for table in same}
    assert_ledger_consistent(place(url))


@pytest.mark.postgresql
def test_each_engine_restores_the_others(filled: str, empty_postgresql_url: str, folder: Path, tmp_path: Path) -> None:
    before = contents(filled)
    made = engines.engine(filled).create_backup(folder / "a.db")
    lite = file_url(tmp_path / "movies.db")
    engines.engine(lite).restore(made.path, folder, LATER)
    check_on_hold(lite, before)
    again = engines.engine(lite).create_backup(folder / "b.db")
    done = engines.engine(empty_postgresql_url).restore(again.path, folder, LATER)
    check_on_hold(empty_postgresql_url, before)
    assert (done.place, done.replaced) == (engines.engine(empty_postgresql_url).place, None)
    assert contents(empty_postgresql_url)["jobs"] == contents(lite)["jobs"]


@pytest.mark.postgresql
def test_what_a_restore_replaces_is_kept_in_a_file(filled: str, folder: Path, tmp_path: Path) -> None:
    """Wrong sums are a reason to restore. No command writes to rows that are about to be replaced."""
    empty = file_url(tmp_path / "movies.db")
    engines.engine(empty).migrate()
    made = engines.engine(empty).create_backup(folder / "empty.db")
    execute(filled, "UPDATE balances SET used = used + 1 WHERE scope = 'plan'")
    before = contents(filled)
    execute(filled, "INSERT INTO rate_limits (key, empty_at) VALUES ('a member', 1)")

    unfinished = set[str]()

    def locked(*_: object) -> None:
        unfinished.update(names(folder, "*.part"))
        with pytest.raises(psycopg.errors.LockNotAvailable):
            execute(make_conninfo(filled, options="-c lock_timeout=1"), "DELETE FROM followers")

    done = engines.engine(filled).restore(made.path, folder, LATER, progress=locked)
    assert query(filled, "SELECT * FROM rate_limits") == [], "what is not copied goes, too"
    assert done.replaced is not None
    assert done.replaced == folder / "postgresql.before-restore-20261111-120000"
    assert contents(file_url(done.replaced)) == {**before, **WITHOUT_KEYS}
    assert done.replaced.stat().st_mode & 0o777 == 0o600
    assert query(filled, "SELECT * FROM jobs") == []
    assert names(folder) == ["empty.db", done.replaced.name]
    assert len(unfinished) == 2, "the prepared one and the previous rows, which a killed restore leaves"
    for name in unfinished:
        (folder / name).touch()
    backups.prune_copies(folder / backups.POSTGRESQL, 7, LATER)
    assert names(folder) == ["empty.db", done.replaced.name]


def test_a_wrong_backup_changes_nothing(filled: str, folder: Path) -> None:
    made = engines.engine(filled).create_backup(folder / "a.db")
    before = contents(filled)
    execute(made.path, "INSERT INTO schema_migrations (number, name) VALUES (99, 'x')")
    with pytest.raises(SchemaTooNew, match="schema 99 of a newer"):
        engines.engine(filled).restore(made.path, folder, LATER)
    with pytest.raises(StorageError, match="No backup at"):
        engines.engine(filled).restore(folder / "missing.db", folder, LATER)
    assert contents(filled) == before
    assert names(folder) == ["a.db"]


def test_hold_puts_open_work_on_hold(filled: str, tmp_path: Path) -> None:
    before = contents(filled)
    execute(place(filled), f"INSERT INTO key_value (key, value) VALUES ('{move_record.DEPARTURE}', 'elsewhere')")
    held = engines.hold_open_work(filled, tmp_path, LATER)
    assert is_usable(filled), "the rows at the other database may be lost"
    check_on_hold(filled, before)
    assert held.jobs == tuple(row["id"] for row in before["jobs"] if row["state"] in OPEN)
    assert (held.rendering, held.unknown) == (1, 1)
    assert engines.hold_open_work(filled, tmp_path, LATER).jobs == ()


def test_a_failed_backup_leaves_no_file(
    filled: str, engine: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    (folder / "mine.db").write_bytes(b"mine")
    with pytest.raises(StorageError, match="already exists"):
        engines.engine(filled).create_backup(folder / "mine.db")
    if engine == "postgresql":  # a file is copied as it is
        with monkeypatch.context() as update:
            later_version.begin(update, tmp_path)
            with pytest.raises(StorageError, match=r"from an older version\. Start the bot once"):
                engines.engine(filled).create_backup(folder / "a.db")
    execute(place(filled), "UPDATE balances SET used = used + 1 WHERE scope = 'plan'")
    with pytest.raises(StorageError, match="don't match its ledger: plan budget"):
        engines.engine(filled).create_backup(folder / "a.db")
    assert names(folder) == ["mine.db"]
    assert (folder / "mine.db").read_bytes() == b"mine"


@pytest.mark.postgresql
async def test_decisions_outlive_a_restore_and_the_ledger_is_protected_again(filled: str, folder: Path) -> None:
    made = engines.engine(filled).create_backup(folder / "a.db")
    async with await PostgresDatabase.open(filled) as database:
        await database.write(server_policies.set_blocked, GUILD, blocked=True)
        await database.write(server_policies.set_paused, paused=False)
    engines.engine(filled).restore(made.path, folder, LATER)
    async with await PostgresDatabase.open(filled) as database:
        assert (await database.read(server_policies.get, GUILD)).blocked
        assert await database.read(server_policies.paused_at) is None
    for change in (
        "DELETE FROM ledger_entries",
        "UPDATE ledger_entries SET extra = 1",
        "TRUNCATE ledger_entries CASCADE",
    ):
        with pytest.raises(psycopg.Error, match="append-only"):
            execute(filled, change)


def test_hold_updates_an_older_database(
    tmp_path: Path, empty_postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StorageError, match=r"No database at .*movies\.db"):
        engines.hold_open_work(file_url(tmp_path / "movies.db"), tmp_path, LATER)
    assert [*tmp_path.iterdir()] == []
    urls = (file_url(tmp_path / "movies.db"), empty_postgresql_url)
    for url in urls:
        engines.engine(url).migrate()
    later_version.begin(monkeypatch, tmp_path)
    for url in urls:
        assert engines.engine(url).pending_migrations() != ()
        engines.hold_open_work(url, tmp_path, LATER)
        assert engines.engine(url).pending_migrations() == ()


async def test_beside_a_bot_nothing_is_restored_or_held(filled: str, engine: str, folder: Path) -> None:
    made, before = engines.engine(filled).create_backup(folder / "a.db"), contents(filled)
    async with engines.engine(filled).open_instance_lock(lambda _: None) as lock:
        async with lock.register():
            pass
        with pytest.raises(StorageError, match=r"is in use\. Stop the bot first"):
            await asyncio.to_thread(engines.hold_open_work, filled, folder, LATER)
        if engine == "postgresql":  # a file's restore finds out whether it is open
            with pytest.raises(StorageError, match=r"is in use\. Stop the bot first"):
                await asyncio.to_thread(engines.engine(filled).restore, made.path, folder, LATER)
    assert contents(filled) == before
