"""A backup is a complete snapshot, taken while the bot runs.

It replaces no other file.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.job import Job
from bot.errors import StorageError
from data import backups
from data.progress import Step
from tests.helpers.ledger_checks import assert_ledger_consistent, snapshot
from tests.helpers.restore_helpers import at_each_sync
from tests.helpers.store_harness import HOUR, NOW, StoreHarness, a_job

pytestmark = pytest.mark.sqlite

ROOT = Path(__file__).parent.parent.parent
OURS = re.compile(r"movies-\d{8}-\d{6}\.db")


def names(folder: Path) -> list[str]:
    """Return a folder's files, without SQLite's side files."""
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm")))


def pad(path: Path, megabytes: int) -> None:
    """Make a database large, so that copying it takes many steps."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE padding (bytes BLOB)")
        connection.executemany("INSERT INTO padding VALUES (randomblob(1000000))", [()] * megabytes)


@contextmanager
def writing_without_pause(path: Path) -> Iterator[threading.Event]:
    """Commit one transaction after another on a second connection.

    The event is set once some have been committed.
    """
    stop, some = threading.Event(), threading.Event()
    counter = 0

    def write() -> None:
        nonlocal counter
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            while not stop.is_set():
                other.execute("BEGIN IMMEDIATE")
                for name in ("left", "right"):
                    other.execute("INSERT OR REPLACE INTO key_value (key, value) VALUES (?, ?)", (name, str(counter)))
                other.execute("COMMIT")
                counter += 1
                if counter > 3:
                    some.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield some
    finally:
        stop.set()
        writer.join()


async def test_a_backup_is_the_database_in_one_plain_file(store: StoreHarness, path: Path, tmp_path: Path) -> None:
    """The copy has every row and correct sums, without a -wal file.

    Only its owner can read it.
    """
    await store.rendering(a_job(1))
    await store.queued(a_job(2))
    before = datetime.now(UTC).timestamp() * 1000 - 1
    made = backups.create_backup(path, tmp_path / "elsewhere" / "copy.db")
    assert snapshot(made.path) == snapshot(path)
    assert assert_ledger_consistent(made.path) == assert_ledger_consistent(path)
    assert [file.name for file in (tmp_path / "elsewhere").iterdir()] == ["copy.db"]
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert (made.jobs, made.bytes) == (2, made.path.stat().st_size)
    assert before <= made.taken_at <= datetime.now(UTC).timestamp() * 1000


def test_a_backup_is_a_snapshot_however_much_is_written_meanwhile(path: Path, tmp_path: Path) -> None:
    """Writers are not blocked, and the copy has only whole transactions."""
    pad(path, 20)
    steps: list[int] = []
    with writing_without_pause(path) as some:
        assert some.wait(10)

        def between(step: Step, done: int, total: int) -> None:
            if step is not Step.COPY:
                return
            steps.append(total - done)
            some.clear()
            assert some.wait(10), "the writer stands still"

        made = backups.create_backup(path, tmp_path / "copy.db", progress=between)
    assert len(steps) > 3
    assert steps == sorted(steps, reverse=True)
    with closing(sqlite3.connect(made.path)) as copy:
        [left, right] = [value for (value,) in copy.execute("SELECT value FROM key_value ORDER BY key")]
    assert left == right


async def test_works_go_on_while_the_running_bot_is_backed_up(store: StoreHarness, path: Path, tmp_path: Path) -> None:
    """Movies are ordered between the steps of the copy."""
    pad(path, 6)
    loop, placed = asyncio.get_running_loop(), list[Job]()

    def between(step: Step, *_: int) -> None:
        if step is Step.COPY:
            order = store.queued(a_job(len(placed) + 1, cost=10))
            placed.append(asyncio.run_coroutine_threadsafe(order, loop).result(30))

    made = await asyncio.to_thread(backups.create_backup, path, tmp_path / "copy.db", progress=between)
    assert len(placed) > 1
    assert [await store.found(job.id) for job in placed] == placed
    assert snapshot(made.path)["jobs"] == []
    assert assert_ledger_consistent(made.path) == {}


def test_what_a_killed_bot_left_in_its_wal_is_in_the_backup(path: Path, tmp_path: Path) -> None:
    """A backup reads the WAL, so the bot need not start first."""
    code = (
        "import sqlite3, os, signal, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute(\"INSERT INTO key_value (key, value) VALUES ('last', 'word')\")\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert path.with_name("movies.db-wal").stat().st_size > 0
    made = backups.create_backup(path, tmp_path / "copy.db")
    with closing(sqlite3.connect(made.path)) as copy:
        assert copy.execute("SELECT value FROM key_value").fetchall() == [("word",)]


def test_an_existing_file_is_not_overwritten(path: Path, tmp_path: Path) -> None:
    """It is replaced only if `overwrite` is set."""
    target = tmp_path / "holiday.jpg"
    target.write_text("sun and sea")
    with pytest.raises(StorageError, match=r"holiday\.jpg already exists"):
        backups.create_backup(path, target)
    assert target.read_text() == "sun and sea"
    backups.create_backup(path, target, overwrite=True)
    assert snapshot(target)["jobs"] == []


def test_a_file_that_appears_meanwhile_is_left_alone_too(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    with pytest.raises(StorageError, match=r"Can't back up .* to .*copy\.db: a file is in the way"):
        backups.create_backup(path, target, progress=lambda *_: target.write_text("mine"))
    assert target.read_text() == "mine"
    assert names(tmp_path) == ["copy.db", "movies.db"]


@pytest.mark.parametrize("target", ["file/copy.db", "file/folder/copy.db"])
def test_a_folder_that_is_none_is_told_in_one_line(path: Path, tmp_path: Path, target: str) -> None:
    """The error names the file that was to be written."""
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StorageError, match=rf"^[^\n]*{target}: a file is in the way$"):
        backups.create_backup(path, tmp_path / target)


def test_what_is_not_there_cannot_be_backed_up(tmp_path: Path) -> None:
    """No file is created."""
    with pytest.raises(StorageError, match=r"No database at .*movies\.db"):
        backups.create_backup(tmp_path / "movies.db", tmp_path / "copy.db")
    assert names(tmp_path) == []


def test_a_full_disk_leaves_nothing_behind(path: Path, tmp_path: Path) -> None:
    """A 4 MB backup fails in a process limited to 2 MB.

    The error is one line, and no file is left.
    """
    pad(path, 4)
    code = (
        "import resource, signal, sys, pathlib\n"
        "from data.backups import create_backup\n"
        "from bot.errors import StorageError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))\n"
        "try:\n"
        "    create_backup(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))\n"
        "except StorageError as exc:\n"
        "    print(exc)\n"
    )
    said = _run(code, str(path), str(tmp_path / "copy.db")).stdout
    assert re.fullmatch(r"Can't back up [^\n]*movies\.db to [^\n]*copy\.db: [^\n]+\n", said), said
    assert names(tmp_path) == ["movies.db"]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("header", "isn't a Matinee database"),
        ("page", "is damaged: "),
        ("money", r"The balances in .*movies\.db don't match its ledger: plan budget .* \(and 1 more\)"),
        ("foreign", "isn't a Matinee database"),
    ],
)
async def test_what_is_not_sound_is_no_backup(store: StoreHarness, tmp_path: Path, damage: str, told: str) -> None:
    """A damaged database would make a backup that can't be restored."""
    await store.queued(a_job(1))
    await store.database.close()
    source = store.path
    if damage == "header":
        source.write_bytes(b"sun and sea" * 1000)
    elif damage == "page":
        with source.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * 8192)
    else:
        sql = "UPDATE balances SET held = held + 1 WHERE scope IN ('plan', 'server')"
        with closing(sqlite3.connect(source)) as connection, connection:
            connection.execute(sql if damage == "money" else "DROP TABLE schema_migrations")
    with pytest.raises(StorageError, match=told) as caught:
        backups.create_backup(source, tmp_path / "copy.db")
    assert "\n" not in str(caught.value)
    assert names(tmp_path) == ["movies.db"]


def test_a_killed_backup_leaves_no_file_under_its_name(path: Path, tmp_path: Path) -> None:
    """A killed backup is marked unfinished, and later backups ignore it."""
    pad(path, 10)
    folder = tmp_path / "backups"
    code = (
        "import os, signal, sys, pathlib\n"
        "from data.backups import create_backup\n"
        "kill = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "create_backup(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), progress=kill)\n"
    )
    target = backups.new_backup_path(folder, NOW)
    assert _run(code, str(path), str(target)).returncode == -signal.SIGKILL
    left = names(folder)
    assert left
    assert all(re.fullmatch(rf"{re.escape(target.name)}\.[0-9a-f]{{8}}\.part(-journal)?", name) for name in left)
    backups.create_backup(path, target)
    later = backups.create_backup(path, backups.new_backup_path(folder, NOW + 1000))
    backups.prune(folder, 1)
    assert names(folder) == [later.path.name]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_backup_is_on_the_disk_before_it_has_its_name(
    path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    overwrite: bool,
) -> None:
    """A power cut must not leave an empty file with its name."""
    target, done = tmp_path / "copies" / "copy.db", list[str]()

    def seen(descriptor: int) -> None:
        folder = os.path.samestat(os.fstat(descriptor), target.parent.stat())
        done.append(f"the {'folder' if folder else 'copy'} synced, {'named' if target.exists() else 'not named'}")

    at_each_sync(monkeypatch, seen)
    backups.create_backup(path, target, overwrite=overwrite)
    assert done == ["the copy synced, not named", "the folder synced, named"]


def _run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=30
    )


# ── names, times, and what is thrown away ────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("time_zone")
def test_a_backup_is_named_for_its_moment_in_utc(tmp_path: Path) -> None:
    """Two backups within one second get two names."""
    first = backups.new_backup_path(tmp_path, NOW)
    assert first.name == "movies-20261110-120000.db"
    first.touch()
    assert backups.new_backup_path(tmp_path, NOW).name == "movies-20261110-120001.db"


@given(now=st.integers(0, 4_000_000_000_000))
def test_a_name_is_always_one_of_our_own(now: int) -> None:
    """`prune` recognizes every name that a backup gets."""
    assert OURS.fullmatch(backups.new_backup_path(Path("/nowhere"), now).name)


@pytest.mark.usefixtures("time_zone")
def test_the_next_backup_is_due_so_long_after_the_newest(tmp_path: Path) -> None:
    """A backup is due at once where there is none yet.

    Other files don't count.
    """
    assert backups.next_backup_at(tmp_path / "none", 24, NOW) == NOW
    for name in (
        "movies-20261110-060000.db",
        "movies-20261110-110000.db",
        "movies.db",
        "movies-20261110-115959.db.txt",
        "movies-20261110-115959.db.0123abcd.part",
    ):
        (tmp_path / name).touch()
    assert backups.next_backup_at(tmp_path, 24, NOW) == NOW + 23 * HOUR
    assert backups.next_backup_at(tmp_path, 0.5, NOW) == NOW - HOUR // 2


def test_a_backup_from_the_future_does_not_put_the_next_one_off_for_ever(tmp_path: Path) -> None:
    """Backups from the future appear when the clock is set back."""
    (tmp_path / "movies-20271110-120000.db").touch()
    assert backups.next_backup_at(tmp_path, 24, NOW) == NOW + 24 * HOUR
    (tmp_path / "movies-20261110-110000.db").touch()
    assert backups.next_backup_at(tmp_path, 24, NOW) == NOW + 23 * HOUR


def test_a_backup_is_kept_although_there_are_others_from_the_future(tmp_path: Path) -> None:
    """Backups from the future appear when the clock is set back.

    The one just made counts as the newest.
    """
    old, new = tmp_path / "movies-20261110-110000.db", tmp_path / "movies-20261110-120000.db"
    future = [tmp_path / f"movies-202711{day}-120000.db" for day in (10, 11)]
    for file in (old, new, *future):
        file.touch()
    assert backups.prune(tmp_path, 3, newest=new) == (future[0],)
    assert backups.prune(tmp_path, 2, newest=new) == (future[1],)
    assert backups.prune(tmp_path, 1, newest=new) == (old,)
    assert new.exists()


def test_only_the_oldest_of_our_own_backups_are_thrown_away(tmp_path: Path) -> None:
    """Other files, folders and unfinished backups stay."""
    foreign = (
        "movies.db",
        "movies-20200101-000000.db.bak",
        "movies-20209999-999999.db",
        "my-movies-20200101-000000.db",
        "movies-20200101-000000.DB",
        "movies-20200101.db",
        "before-the-upgrade.db",
        "movies.db.before-0003-20200101-000000",
    )
    unfinished = "movies-20261115-130000.db.0123abcd.part"
    for name in (*foreign, unfinished, "movies-20200101-000000.db.0123abcd.part"):
        (tmp_path / name).touch()
    (tmp_path / "movies-20200102-000000.db").mkdir()
    kept = [f"movies-2026111{day}-120000.db" for day in range(5)]
    for name in kept:
        (tmp_path / name).touch()
    removed = backups.prune(tmp_path, 2)
    assert sorted(path.name for path in removed) == sorted([*kept[:3], "movies-20200101-000000.db.0123abcd.part"])
    assert set(names(tmp_path)) == {*foreign, unfinished, *kept[3:], "movies-20200102-000000.db"}
    assert backups.prune(tmp_path, 2) == ()
    assert backups.prune(tmp_path / "none", 2) == ()
