"""A backup is a complete snapshot, taken while the bot runs. It replaces no other file."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.errors import StorageError
from data.engine.rows import Step, no_progress
from data.storage import backups, checksum, disk
from data.storage.sqlite_migrations import migrate
from tests.helpers import later_version, migrated_file
from tests.helpers.ledger_checks import execute, query, snapshot
from tests.helpers.restore_helpers import at_each_sync, killed_after, names, pad
from tests.helpers.store_harness import DAY, HOUR, NOW, StoreHarness

pytestmark = pytest.mark.sqlite


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm")))


def test_a_backup_tells_whether_it_is_as_it_was_checked(path: Path, tmp_path: Path) -> None:
    made, copy = backups.create_backup(path, tmp_path / "made.db").path, tmp_path / "copy.db"
    backups.copy_file(made, copy, no_progress)
    assert [checksum.matches(file) for file in (made, copy, path)] == [True, True, False]
    assert [checksum.is_last_write(file) for file in (made, copy)] == [True, False]
    whole = made.read_bytes()
    for at in (16, 36, 60, 100, len(whole) // 2, len(whole) - 1):
        made.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert checksum.is_last_write(made)
        assert not checksum.matches(made), at
    made.write_bytes(whole)
    execute(made, "VACUUM")
    assert not checksum.is_last_write(made)
    execute(copy, "INSERT INTO key_value (key, value) VALUES ('since', 'then')")
    assert not checksum.matches(copy)


def test_a_backup_is_a_snapshot_however_much_is_written_meanwhile(path: Path, tmp_path: Path) -> None:
    pad(path, 12)
    steps = list[int]()
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as other:

        def between(step: Step, done: int, total: int) -> None:
            if step is Step.COPY:
                steps.append(total - done)
                other.execute("COMMIT" if other.in_transaction else "BEGIN IMMEDIATE")
                other.execute("INSERT INTO key_value (key, value) VALUES (?, 'x')", (str(len(steps)),))

        made = backups.create_backup(path, tmp_path / "copy.db", progress=between)
    assert len(steps) > 2
    assert steps == sorted(steps, reverse=True)
    assert query(made.path, "SELECT * FROM key_value") == []
    assert len(query(path, "SELECT * FROM key_value")) > 1


@pytest.mark.full
def test_what_a_killed_bot_left_in_its_wal_is_in_the_backup(path: Path, tmp_path: Path) -> None:
    killed_after(path, "INSERT INTO key_value (key, value) VALUES ('last', 'word')")
    made = backups.create_backup(path, tmp_path / "copy.db")
    assert query(made.path, "SELECT value FROM key_value") == [{"value": "word"}]


def test_a_file_in_the_way_is_left_alone(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "holiday.jpg"
    target.write_text("sun and sea")
    with pytest.raises(StorageError, match=r"holiday\.jpg already exists"):
        backups.create_backup(path, target)
    for below in ("holiday.jpg/copy.db", "holiday.jpg/folder/copy.db"):
        with pytest.raises(StorageError, match=rf"^[^\n]*{below}: a file is in the way$"):
            backups.create_backup(path, tmp_path / below)
    assert target.read_text() == "sun and sea"
    late = tmp_path / "copy.db"
    with pytest.raises(StorageError, match=r"Can't back up .* to .*copy\.db: a file is in the way"):
        backups.create_backup(path, late, progress=lambda *_: late.write_text("mine"))
    assert late.read_text() == "mine"
    assert visible(tmp_path) == ["copy.db", "holiday.jpg", "movies.db"]


def test_without_hard_links_no_file_is_replaced(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError("not supported")

    monkeypatch.setattr(os, "link", no_links)
    made, late = backups.create_backup(path, tmp_path / "copy.db"), tmp_path / "late.db"
    assert snapshot(made.path) == snapshot(path)
    with pytest.raises(StorageError, match="a file is in the way"):
        backups.create_backup(path, late, progress=lambda *_: late.write_text("mine"))
    assert late.read_text() == "mine"


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("missing", r"No database at .*movies\.db"),
        ("header", "isn't a Matinee database"),
        ("page", "is damaged: "),
        ("foreign", "isn't a Matinee database"),
    ],
)
async def test_what_is_not_sound_is_no_backup(store: StoreHarness, tmp_path: Path, damage: str, told: str) -> None:
    await store.database.close()
    source = store.path
    if damage == "missing":
        source.unlink()
    elif damage == "header":
        source.write_bytes(b"sun and sea" * 1000)
    elif damage == "page":
        with source.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * 8192)
    else:
        execute(source, "DROP TABLE schema_migrations")
    left = visible(tmp_path)
    with pytest.raises(StorageError, match=told) as caught:
        backups.create_backup(source, tmp_path / "copy.db")
    assert "\n" not in str(caught.value)
    assert visible(tmp_path) == left


def test_a_backup_is_synced_first(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut must not leave an empty file with its name."""
    target, done = tmp_path / "copies" / "copy.db", list[str]()

    def seen(descriptor: int) -> None:
        folder = os.path.samestat(os.fstat(descriptor), target.parent.stat())
        done.append(f"the {'folder' if folder else 'copy'} synced, {'named' if target.exists() else 'not named'}")

    at_each_sync(monkeypatch, seen)
    backups.create_backup(path, target)
    assert done == ["the copy synced, not named", "the folder synced, named"]


@pytest.mark.usefixtures("time_zone")
def test_a_backup_is_named_for_its_moment_in_utc_and_the_next_is_due_so_long_after_the_newest(tmp_path: Path) -> None:
    first = backups.new_backup_path(tmp_path, NOW)
    assert first.name == "movies-20261110-120000.db"
    first.touch()
    assert backups.new_backup_path(tmp_path, NOW).name == "movies-20261110-120001.db"
    first.unlink()
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


def test_backups_from_the_future_neither_put_the_next_one_off_nor_push_out_the_one_just_made(tmp_path: Path) -> None:
    old, new = tmp_path / "movies-20261110-110000.db", tmp_path / "movies-20261110-120000.db"
    future = [tmp_path / f"movies-202711{day}-120000.db" for day in (10, 11)]
    for file in future:
        file.touch()
    assert backups.next_backup_at(tmp_path, 24, NOW) == NOW + 24 * HOUR
    old.touch()
    assert backups.next_backup_at(tmp_path, 24, NOW) == NOW + 23 * HOUR
    new.touch()
    assert backups.prune(tmp_path, 3, new) == (future[0],)
    assert backups.prune(tmp_path, 2, new) == (future[1],)
    assert backups.prune(tmp_path, 1, new) == (old,)
    assert new.exists()


def test_only_the_oldest_of_our_own_backups_are_thrown_away(tmp_path: Path) -> None:
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
    with disk.unfinished(Path("movies-20261115-130000.db")) as part:
        unfinished = part.name
    for name in (*foreign, unfinished, "movies-20200101-000000.db.0123abcd.part"):
        (tmp_path / name).touch()
    (tmp_path / "movies-20200102-000000.db").mkdir()
    kept = [f"movies-2026111{day}-120000.db" for day in range(5)]
    for name in kept:
        (tmp_path / name).touch()
    newest = tmp_path / kept[-1]
    removed = backups.prune(tmp_path, 2, newest)
    assert sorted(path.name for path in removed) == sorted([*kept[:3], "movies-20200101-000000.db.0123abcd.part"])
    assert set(visible(tmp_path)) == {*foreign, unfinished, *kept[3:], "movies-20200102-000000.db"}
    assert backups.prune(tmp_path, 2, newest) == ()


STAMPS = [f"202611{day}-120000" for day in range(10, 15)]
UPGRADES, NEXT_UPGRADES, RESTORES, MOVES = (
    [f"movies.db.before-{why}-{stamp}" for stamp in STAMPS] for why in ("0002", "0003", "restore", "move")
)
RESTORED = RESTORES[0]
PART = ".0123abcd.part"
SIDE_FILES = [f"{RESTORED}{suffix}" for suffix in ("-wal", "-shm", "-journal", PART, f"{PART}-journal")]
FUTURE = ["movies.db.before-0002-20271110-120000", "movies.db.before-0002-20271111-120000"]
FOREIGN = [
    "other.db.before-0002-20200101-000000",
    "movies_db.before-0002-20200101-000000",
    "movies.db.before-0002-20200101-000000.bak",
    "movies.db.before-0002",
    "movies.db.before-the-upgrade-20200101-000000",
    "movies-20200101-000000.db",
    f"{NEXT_UPGRADES[-1]}{PART}",
]
EACH = [*UPGRADES[:3], *NEXT_UPGRADES[3:], RESTORED, *MOVES]
"""Of two upgrades, a restore and moves."""


@pytest.mark.parametrize(
    ("stay", "go", "keep", "now", "before"),
    [
        pytest.param([UPGRADES[-1], RESTORED], UPGRADES[:-1], 0, NOW + 30 * DAY, 0, id="never the last of an occasion"),
        pytest.param([UPGRADES[-1], RESTORED], UPGRADES[:-1], 1, NOW + 30 * DAY, 0, id="all but one"),
        pytest.param(
            [*FOREIGN, *(each for each in EACH if each not in UPGRADES[:2] + MOVES[:2])],
            [*UPGRADES[:2], *MOVES[:2]],
            *(3, NOW + 30 * DAY, 0),
            id="as many as backups of each occasion, whatever the migration",
        ),
        pytest.param(
            UPGRADES[2:],
            [*UPGRADES[:2], RESTORED, f"{RESTORED}{PART}"],
            *(7, NOW + 30 * DAY, NOW + 2 * DAY),
            id="all that are older than words, also the last or an unfinished one",
        ),
        pytest.param(
            [RESTORES[1]], [RESTORED, *SIDE_FILES], 1, NOW + 30 * DAY, 0, id="a broken database's with its side files"
        ),
        pytest.param([UPGRADES[0]], FUTURE, 1, NOW, 0, id="those from before the clock was set back"),
    ],
)
def test_copies_are_pruned(
    path: Path, tmp_path: Path, stay: list[str], go: list[str], keep: int, now: int, before: int
) -> None:
    for name in (*stay, *go):
        (tmp_path / name).touch()
    backups.prune_copies(path, keep, now, before=before)
    assert set(names(tmp_path)) == {"movies.db", *stay}


def test_copies_of_a_linked_database_lie_beside_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    migrated_file.create(volume / "movies.db")
    execute(volume / "movies.db", "INSERT INTO key_value (key, value) VALUES ('a', 'old')")
    (tmp_path / "movies.db").symlink_to(volume / "movies.db")
    later_version.begin(monkeypatch, tmp_path)
    migrate(tmp_path / "movies.db")
    assert [path.name for path in tmp_path.iterdir() if "before" in path.name] == []
    [copy] = [path for path in volume.iterdir() if "before-9998" in path.name]
    old = volume / "movies.db.before-9998-20200101-000000"
    for unfinished in (old.with_name(f"{old.name}{PART}"), old):
        unfinished.touch()
    folder = tmp_path / "backups"
    folder.mkdir()
    backup = folder / f"movies-{STAMPS[0]}.db"
    for name in (backup.name, f"{backup.name}{PART}"):
        (folder / name).touch()
    assert backups.copies(folder, tmp_path / "movies.db") == (backup, old, copy), "nothing unfinished"
    assert set(backups.prune_copies(tmp_path / "movies.db", 1, 2**53)) == {old, old.with_name(f"{old.name}{PART}")}


def test_copies_of_postgresql_lie_in_the_backup_folder_whose_backups_stay(tmp_path: Path) -> None:
    kept = [f"postgresql.before-restore-{stamp}" for stamp in STAMPS]
    for name in (*kept, "movies-20200101-000000.db"):
        (tmp_path / name).touch()
    backups.prune_copies(tmp_path / backups.POSTGRESQL, 2, NOW + 30 * DAY)
    assert names(tmp_path) == ["movies-20200101-000000.db", *kept[-2:]]


@pytest.mark.parametrize("name", ["movies.db", backups.POSTGRESQL])
def test_what_a_killed_move_or_restore_left_goes_at_the_bot_s_next_start(tmp_path: Path, name: str) -> None:
    """It has everything, also the keys of what is remembered, and no erasure reaches it."""
    backups.prune_copies(tmp_path / "none" / name, 7, NOW)
    moving, restoring = f"{name}.moving-0123abcd", f"{name}{PART}"
    keeping = [f"{name}.before-{why}-{STAMPS[0]}{PART}" for why in ("restore", "move")]
    works_on = (f"{name}.moving", moving, restoring, *keeping)
    gone = {f"{each}{end}" for each in works_on for end in ("", "-journal", "-wal", "-shm", PART, f"{PART}-wal")}
    mine = {f"{each}{end}" for each in works_on for end in (".zip", "-to-berlin.tar.gz", ".sql", "0")}
    kept = {name, *mine, f"other-{moving}", f"other-{restoring}", f"{name}.mine.part"}
    kept.add(f"{name}.before-0002-{STAMPS[0]}{PART}")
    for each in gone | kept:
        (tmp_path / each).touch()
    assert set(backups.prune_copies(tmp_path / name, 7, NOW)) == {tmp_path / each for each in gone}
    assert set(names(tmp_path)) == kept
