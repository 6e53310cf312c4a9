"""A backup of a store, and readers of its files."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from data.engine.sqlite import SqliteDatabase
from data.storage import backups
from data.storage.sqlite_migrations import migrate
from tests.helpers.ledger_checks import query
from tests.helpers.store_harness import DAY, NOW, StoreHarness

ROOT = Path(__file__).parent.parent.parent

LATER = NOW + DAY


async def kept(store: StoreHarness, backup: Path) -> None:
    backups.create_backup(store.path, backup)
    await store.database.close()


async def reopened(path: Path) -> StoreHarness:
    migrate(path)
    return StoreHarness(await SqliteDatabase.open(path))


def states(path: Path) -> dict[str, str]:
    return {row["id"]: row["state"] for row in query(path, "SELECT id, state FROM jobs")}


def names(folder: Path, pattern: str = "*") -> list[str]:
    return sorted(file.name for file in folder.glob(pattern))


def at_each_sync(monkeypatch: pytest.MonkeyPatch, seen: Callable[[int], None]) -> None:
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        seen(descriptor)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)


def watch_syncs(monkeypatch: pytest.MonkeyPatch) -> dict[int, bytes]:
    synced = dict[int, bytes]()

    def seen(descriptor: int) -> None:
        found = os.fstat(descriptor)
        if stat.S_ISREG(found.st_mode):
            synced[found.st_ino] = os.pread(descriptor, found.st_size, 0)

    at_each_sync(monkeypatch, seen)
    return synced


def pad(path: Path, megabytes: int = 5) -> None:
    """Enlarge a database, so that a copy takes several steps."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE padding (bytes BLOB)")
        connection.executemany("INSERT INTO padding VALUES (randomblob(1000000))", [()] * megabytes)


def child(code: str, *arguments: Path | str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


def killed_after(path: Path, sql: str) -> None:
    """Commit in a process that then dies without a checkpoint."""
    code = (
        "import sqlite3, os, signal, sys\n"
        "sqlite3.connect(sys.argv[1], isolation_level=None).execute(sys.argv[2])\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert child(code, path, sql).returncode == -signal.SIGKILL
    assert path.with_name(f"{path.name}-wal").stat().st_size > 0
