"""Copies of upgrades and restores are pruned like backups."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import backups
from data.migrations_runner import load_migrations, migrate
from tests.helpers.ledger_checks import execute
from tests.helpers.restore_helpers import names
from tests.helpers.store_harness import HOUR, NOW

STAMPS = [f"202611{day}-120000" for day in range(10, 15)]


def copies(folder: Path, why: str, stamps: list[str]) -> list[str]:
    made = [f"movies.db.before-{why}-{stamp}" for stamp in stamps]
    for name in made:
        (folder / name).touch()
    return made


@pytest.mark.parametrize("keep", [0, 1])
def test_the_last_copy_of_an_occasion_is_never_removed(path: Path, tmp_path: Path, keep: int) -> None:
    upgrades, [restored] = copies(tmp_path, "0002", STAMPS), copies(tmp_path, "restore", ["20200101-000000"])
    backups.prune_copies(path, keep, NOW + 30 * 24 * HOUR)
    assert set(names(tmp_path)) == {"movies.db", upgrades[-1], restored}


def test_no_copy_is_kept_for_longer_than_words(path: Path, tmp_path: Path) -> None:
    """Not the last one of an occasion, either, nor an unfinished one."""
    upgrades, restored = copies(tmp_path, "0002", STAMPS), copies(tmp_path, "restore", STAMPS[:1])
    (tmp_path / f"{restored[0]}.0123abcd.part").touch()
    removed = backups.prune_copies(path, 7, NOW + 30 * 24 * HOUR, before=NOW + 2 * 24 * HOUR)
    assert {each.name for each in removed} == {*upgrades[:2], *restored, f"{restored[0]}.0123abcd.part"}
    assert set(names(tmp_path)) == {"movies.db", *upgrades[2:]}


def test_a_copy_of_a_broken_database_is_removed_with_its_side_files(path: Path, tmp_path: Path) -> None:
    """Side files are of no use without their copy.

    An unfinished copy goes when a newer one is complete.
    """
    old, new = copies(tmp_path, "restore", STAMPS[:2])
    for suffix in ("-wal", "-shm", "-journal", ".0123abcd.part", ".0123abcd.part-journal"):
        (tmp_path / f"{old}{suffix}").touch()
    backups.prune_copies(path, 1, NOW + 30 * 24 * HOUR)
    assert set(names(tmp_path)) == {"movies.db", new}


def test_a_copy_is_kept_although_there_are_others_from_the_future(path: Path, tmp_path: Path) -> None:
    """Copies from the future appear when the clock is set back.

    The copy of this upgrade still counts as the newest.
    """
    [old] = copies(tmp_path, "0002", ["20261110-110000"])
    copies(tmp_path, "0002", ["20271110-120000", "20271111-120000"])
    backups.prune_copies(path, 1, NOW)
    assert set(names(tmp_path)) == {"movies.db", old}


def test_copies_of_a_linked_database_lie_beside_the_database(tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    migrate(volume / "movies.db", load_migrations()[:1])
    execute(volume / "movies.db", "INSERT INTO key_value (key, value) VALUES ('a', 'old')")
    (tmp_path / "movies.db").symlink_to(volume / "movies.db")
    migrate(tmp_path / "movies.db")
    assert [path.name for path in tmp_path.iterdir() if "before" in path.name] == []
    [copy] = [path for path in volume.iterdir() if "before-0002" in path.name]
    [old] = copies(volume, "0002", ["20200101-000000"])
    assert backups.copies(tmp_path / "backups", tmp_path / "movies.db") == (volume / old, copy)
    assert backups.prune_copies(tmp_path / "movies.db", 1, 2**53) == (volume / old,)


def test_an_unfinished_file_is_no_copy(path: Path, tmp_path: Path) -> None:
    [copy] = copies(tmp_path, "restore", STAMPS[:1])
    folder = tmp_path / "backups"
    folder.mkdir()
    backup = folder / f"movies-{STAMPS[0]}.db"
    for whole in (tmp_path / copy, backup):
        whole.touch()
        whole.with_name(f"{whole.name}.0123abcd.part").touch()
    assert set(backups.copies(folder, path)) == {tmp_path / copy, backup}


def test_the_newest_copies_of_each_occasion_are_kept_as_many_as_backups(path: Path, tmp_path: Path) -> None:
    """For any number of migrations; other files are not touched."""
    first, second = copies(tmp_path, "0002", STAMPS[:3]), copies(tmp_path, "0003", STAMPS[3:])
    restored, moves = copies(tmp_path, "restore", STAMPS[:1]), copies(tmp_path, "move", STAMPS)
    foreign = [
        "movies.db",
        "other.db.before-0002-20200101-000000",
        "movies_db.before-0002-20200101-000000",
        "movies.db.before-0002-20200101-000000.bak",
        "movies.db.before-0002",
        "movies.db.before-the-upgrade-20200101-000000",
        "movies-20200101-000000.db",
        f"{restored[0]}.0123abcd.part",
    ]
    for name in foreign[1:]:
        (tmp_path / name).touch()
    removed = backups.prune_copies(path, 3, NOW + 30 * 24 * HOUR)
    assert sorted(each.name for each in removed) == [*first[:2], *moves[:2]]
    assert set(names(tmp_path)) == {*foreign, first[2], *second, *restored, *moves[2:]}


def test_copies_of_postgresql_lie_in_the_backup_folder_whose_backups_stay(tmp_path: Path) -> None:
    kept = [f"postgresql.before-restore-{stamp}" for stamp in STAMPS]
    for name in (*kept, "movies-20200101-000000.db"):
        (tmp_path / name).touch()
    backups.prune_copies(tmp_path / backups.POSTGRESQL, 2, NOW + 30 * 24 * HOUR)
    assert names(tmp_path) == ["movies-20200101-000000.db", *kept[-2:]]
