"""Copies of upgrades, restores and moves are pruned like backups."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.storage import backups
from data.storage.sqlite_migrations import migrate
from tests.helpers import later_version, migrated_file
from tests.helpers.ledger_checks import execute
from tests.helpers.restore_helpers import names
from tests.helpers.store_harness import DAY, NOW

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
