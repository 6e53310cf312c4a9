"""The database, its side files and backups are readable by their owner."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.program import harden_process
from data.engine.instance_lock import FileInstanceLock
from data.engine.sqlite import open_file
from data.storage import backups
from data.storage.file_modes import restrict_to_owner
from data.storage.sqlite_migrations import migrate

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
OURS = (
    "movies.db",
    "movies.db-wal",
    "movies.db-shm",
    "movies.db-journal",
    "movies.db.lock",
    "movies.db.ready",
    "movies.db.before-0002-20261110-120000",
    "movies.db.before-restore-20261110-120000-wal",
    "movies.db.moving-wal",
    "movies.db.0123abcd.part-journal",
    "backups/movies-20261110-120000.db",
    "backups/movies-20261110-120000.db.0123abcd.part",
)


@pytest.fixture(autouse=True)
def an_open_umask() -> Iterator[None]:
    """Let every file be created as readable as its creator asks for."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "var"
    for name in OURS:
        (folder / name).parent.mkdir(mode=0o777, parents=True, exist_ok=True)
        (folder / name).touch(0o666)
    return folder


def test_a_new_database_and_what_a_process_creates_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "movies.db"
    migrate(path)
    with FileInstanceLock(path), closing(open_file(path)) as connection:
        connection.execute("CREATE TABLE t (a)")
        modes = {each.name: mode(each) for each in path.parent.iterdir()}
        backups.create_backup(path, path.parent / "backups" / "movies-20261110-120000.db")
    assert modes == {f"movies.db{each}": 0o600 for each in ("", "-wal", "-shm", ".lock", ".ready")}
    assert mode(path.parent) == mode(path.parent / "backups") == 0o700
    assert mode(path.parent / "backups" / "movies-20261110-120000.db") == 0o600
    harden_process()
    (tmp_path / "file").touch()
    assert mode(tmp_path / "file") == 0o600


@pytest.mark.parametrize(
    "foreign",
    ["notes.txt", "movies.db.old", "movies.database", "site/index.html", "backups/movies-20261110-120000.db.txt"],
)
def test_a_folder_that_others_use_is_left_alone(folder: Path, foreign: str) -> None:
    (folder / foreign).parent.mkdir(mode=0o777, exist_ok=True)
    (folder / foreign).touch(0o666)
    restrict_to_owner(folder / "movies.db")
    assert {mode(folder / name) for name in OURS} == {0o600}
    used = (folder / foreign).parent if foreign.startswith("backups") else folder
    assert (mode(used), mode(folder / foreign)) == (0o777, 0o666)


def test_a_link_is_followed_to_the_database_and_no_further(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.touch(0o666)
    (folder / "movies.db.before-0009-20261110-120000").symlink_to(elsewhere)
    place = tmp_path / "links"
    place.mkdir()
    (place / "link.db").symlink_to(folder / "movies.db")
    lock = place / "link.db.lock"
    lock.touch(0o666)
    restrict_to_owner(place / "link.db")
    assert mode(folder / "movies.db-wal") == mode(lock) == 0o600
    assert mode(elsewhere) == 0o666


def test_a_start_closes_what_an_older_version_left_open(folder: Path, tmp_path: Path) -> None:
    restrict_to_owner(folder / "movies.db")
    assert {mode(folder / name) for name in OURS} == {0o600}
    assert mode(folder) == mode(folder / "backups") == 0o700
    restrict_to_owner(tmp_path / "none" / "movies.db")
    path = tmp_path / "new" / "movies.db"
    migrate(path)
    path.chmod(0o644)
    path.parent.chmod(0o755)
    migrate(path)
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["new", "var"]
    for name in ("demo", "pictures", "benchmarks", "lost+found"):
        (folder / name).mkdir()
    (folder / "sbom.cdx.json").touch()
    for before, after in ((0o1777, 0o1777), (0o2770, 0o2700), (0o777, 0o700)):
        folder.chmod(before)
        restrict_to_owner(folder / "movies.db")
        assert folder.stat().st_mode & 0o7777 == after
