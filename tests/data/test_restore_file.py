"""A restore replaces the whole database, or nothing. It keeps the previous one, and refuses a running bot."""

from __future__ import annotations

import re
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import SchemaTooNew, StorageError
from data import backups, migrations_runner
from data.migration_files import Migration
from data.migrations_runner import load_migrations, migrate
from data.progress import Step
from data.restore import restore
from tests.helpers.ledger_checks import assert_ledger_consistent, execute, query, snapshot
from tests.helpers.restore_helpers import (
    LATER,
    child,
    contents,
    kept,
    killed_after,
    names,
    pad,
    states,
    watch_syncs,
    write,
)
from tests.helpers.store_harness import StoreHarness, a_job

pytestmark = pytest.mark.sqlite
ASIDE = "movies.db.before-restore-*"


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "movies-20261110-120000.db"


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_database_before_it_is_kept_beside_it(store: StoreHarness, backup: Path, tmp_path: Path) -> None:
    """Each time, even within the same second, also of a link. The copy includes what was only in the -wal file."""
    await kept(store, backup)
    path, bytes_before, link = store.path, contents(backup), tmp_path / "links" / "link.db"
    link.parent.mkdir()
    link.symlink_to(path)
    killed_after(path, "INSERT INTO key_value (key, value) VALUES ('after', 'the backup')")
    done = [restore(backup, link, LATER) for _ in range(3)]
    assert (done[0].database, link.is_symlink()) == (path, True)
    replaced = [one.replaced for one in done if one.replaced is not None]
    assert replaced[0] == tmp_path / "movies.db.before-restore-20261111-120000"
    assert query(replaced[0], "SELECT value FROM key_value") == [{"value": "the backup"}]
    assert replaced[0].stat().st_mode & 0o777 == 0o600
    assert query(path, "SELECT * FROM key_value") == []
    assert contents(backup) == bytes_before
    assert names(tmp_path) == ["backups", "links", "movies.db", *(each.name for each in replaced)]
    assert len(replaced) == 3


async def test_a_stale_wal_does_not_fall_upon_the_restored_database(
    store: StoreHarness, backup: Path, tmp_path: Path
) -> None:
    """SQLite would replay a leftover -wal into the restored database."""
    await kept(store, backup)
    path = store.path
    killed_after(path, "INSERT INTO key_value (key, value) VALUES ('stale', 'x')")
    path.unlink()
    assert restore(backup, path, LATER).replaced is None
    assert query(path, "SELECT * FROM key_value") == []
    assert query(path, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert [name[-4:] for name in names(tmp_path, ASIDE)] == ["-shm", "-wal"], "kept all the same"


@pytest.mark.parametrize("how", ["overwritten", "cut", "damaged within"])
async def test_a_broken_database_is_replaced(store: StoreHarness, backup: Path, tmp_path: Path, how: str) -> None:
    """A backup is needed most when the database is broken. What remains of it is kept."""
    await store.queued(a_job(1))
    await kept(store, backup)
    path = store.path
    whole = contents(path)
    broken = {
        "overwritten": b"sun and sea" * 1000,
        "cut": whole[: len(whole) // 2 + 100],
        "damaged within": whole[:4096] + b"\xff" * 8192 + whole[12288:],
    }[how]
    write(path, broken)
    write(path.with_name("movies.db-wal"), b"garbage")
    done = restore(backup, path, LATER)
    assert states(path) == {a_job(1).id: "unknown"}
    assert_ledger_consistent(path)
    assert done.replaced is not None
    assert done.replaced.stat().st_mode & 0o777 == 0o600
    if how == "overwritten":
        assert done.replaced.read_bytes() == broken
    assert not path.with_name("movies.db-wal").exists() or path.with_name("movies.db-wal").stat().st_size == 0
    assert names(tmp_path, "*.part*") == []


async def test_where_there_is_no_database_one_is_made(
    store: StoreHarness, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is created, and only the owner can read the file. No power cut leaves open jobs."""
    await store.queued(a_job(1))
    await kept(store, backup)
    synced, path = watch_syncs(monkeypatch), tmp_path / "new" / "var" / "movies.db"
    done = restore(backup, path, LATER)
    assert synced[path.stat().st_ino] == contents(path)
    assert (done.database, done.replaced) == (path, None)
    assert states(path) == {a_job(1).id: "unknown"}
    assert path.stat().st_mode & 0o777 == 0o600
    assert names(path.parent) == ["movies.db"]


async def test_a_backup_of_an_older_version_is_brought_up_to_date(
    store: StoreHarness, tmp_path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its jobs are put on hold, and no migration copy is left."""
    await store.queued(a_job(1))
    await kept(store, backup)
    later = Migration(9998, "9998_later", "ALTER TABLE key_value ADD COLUMN note TEXT")
    newer = (*load_migrations(), later)
    monkeypatch.setattr(migrations_runner, "load_migrations", lambda: newer)
    path = tmp_path / "new" / "movies.db"
    done = restore(backup, path, LATER)
    assert done.migrated == (later.name,)
    assert states(path) == {a_job(1).id: "unknown"}
    assert names(path.parent) == ["movies.db"]


# ── what is refused, and leaves everything as it was ─────────────────────────────────────────────────────────────────


async def test_under_a_running_bot_nothing_is_replaced(store: StoreHarness, backup: Path, tmp_path: Path) -> None:
    """A running bot has the database open, even when idle. Once it stops, the restore succeeds."""
    await store.queued(a_job(1))
    backups.create_backup(store.path, backup)
    await store.queued(a_job(2))
    before = snapshot(store.path)
    with pytest.raises(StorageError, match=r"movies\.db is in use\. Stop the bot first"):
        restore(backup, store.path, LATER)
    assert snapshot(store.path) == before
    assert names(tmp_path, ASIDE) == []
    assert names(tmp_path, "*.part*") == []
    await store.queued(a_job(3))
    await store.database.close()
    restore(backup, store.path, LATER)
    assert states(store.path) == {a_job(1).id: "unknown"}


async def test_a_process_that_starts_meanwhile_waits_and_finds_the_restored_database(
    store: StoreHarness, backup: Path
) -> None:
    """It reads neither the rows before it nor half of the new ones."""
    await store.queued(a_job(1))
    await kept(store, backup)
    with closing(sqlite3.connect(store.path, timeout=0)) as starting:

        def start(step: Step, *_: int) -> None:
            if step is Step.REPLACE:
                with pytest.raises(sqlite3.OperationalError, match="locked"):
                    starting.execute("SELECT * FROM jobs")

        restore(backup, store.path, LATER, progress=start)
        assert starting.execute("SELECT state FROM jobs").fetchall() == [("unknown",)]


@pytest.mark.full
async def test_a_restore_that_is_killed_leaves_the_database_as_it_was(store: StoreHarness, backup: Path) -> None:
    """After SIGKILL at half of the pages, the next start rolls back."""
    await store.queued(a_job(1))
    pad(store.path)
    await kept(store, backup)
    path = store.path
    execute(path, "INSERT INTO key_value (key, value) VALUES ('after', 'the backup')")
    execute(path, "UPDATE padding SET bytes = randomblob(1000000)")
    before = snapshot(path)
    code = (
        "import os, signal, sys, pathlib\n"
        "from data.restore import restore\n"
        "half = lambda step, done, total: step == 'replace' and done > total / 2\n"
        "kill = lambda *at: os.kill(os.getpid(), signal.SIGKILL) if half(*at) else None\n"
        "restore(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), 1, progress=kill)\n"
    )
    assert child(code, backup, path).returncode == -signal.SIGKILL
    migrate(path)
    assert snapshot(path) == before
    assert query(path, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert query(path, "SELECT value FROM key_value") == [{"value": "the backup"}]
    restore(backup, path, LATER)
    assert states(path) == {a_job(1).id: "unknown"}


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("missing", "No backup at "),
        ("empty", "isn't a Matinee database"),
        ("toy", "isn't a Matinee backup"),
        ("itself", "is the database itself"),
        ("link", "is the database itself"),
        ("newer", "schema 9999"),
    ],
)
async def test_what_is_no_sound_backup_is_refused(store: StoreHarness, backup: Path, bad: str, told: str) -> None:
    """The error is one line, and the database is unchanged. Damage is found as in a backup: test_backups.py."""
    await store.queued(a_job(1))
    await kept(store, backup)
    path, link = store.path, store.path.with_name("link.db")
    link.symlink_to(path)
    before = snapshot(path)
    if bad in ("missing", "toy"):
        backups.remove_with_sidecars(backup)
    if bad == "empty":
        write(backup, b"")
    elif bad == "toy":
        execute(backup, "CREATE TABLE schema_migrations (number INTEGER)")
    elif bad == "newer":
        execute(backup, "INSERT INTO schema_migrations (number, name) VALUES (9999, 'later')")
    with pytest.raises((StorageError, SchemaTooNew), match=re.escape(told)) as caught:
        restore({"itself": path, "link": link}.get(bad, backup), path, LATER)
    assert "\n" not in str(caught.value)
    assert snapshot(path) == before
    assert names(path.parent, ASIDE) == []
