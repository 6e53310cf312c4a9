"""A migration first makes a verified copy of the database."""

from __future__ import annotations

import re
import signal
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import SchemaTooNew, SchemaUnknown, StorageError
from data.migration_files import newest_migration
from data.migrations_runner import Migration, load_migrations, migrate
from tests.helpers.ledger_checks import execute, query, snapshot
from tests.helpers.restore_helpers import child, names
from tests.helpers.store_harness import StoreHarness, a_job

pytestmark = pytest.mark.sqlite

BEFORE = "movies.db.before-*"

NEXT = Migration(
    9998,
    "9998_next",
    "ALTER TABLE key_value ADD COLUMN note TEXT; UPDATE key_value SET value = 'new'",
)
AFTER_NEXT = Migration(NEXT.number + 1, "9999_after_next", "CREATE TABLE later (a)")
BROKEN = Migration(NEXT.number, "9998_broken", "UPDATE key_value SET value = 'half'; SELECT nonsense")


@pytest.fixture
def used(path: Path) -> Path:
    """A database with something in it."""
    execute(path, "INSERT INTO key_value (key, value) VALUES ('a', 'old')")
    return path


def value(path: Path) -> str:
    """Return the value of the only key."""
    [row] = query(path, "SELECT value FROM key_value")
    return row["value"]


async def test_an_upgrade_leaves_a_copy_of_the_database_as_it_was(store: StoreHarness, tmp_path: Path) -> None:
    """The copy has every row, and only its owner can read it."""
    await store.rendering(a_job(1))
    path = store.path
    before = snapshot(path)
    await store.database.close()
    assert migrate(path, (*load_migrations(), NEXT)) == ("9998_next",)
    [copy] = names(tmp_path, BEFORE)
    assert re.fullmatch(rf"movies\.db\.before-{NEXT.number:04}-\d{{8}}-\d{{6}}", copy)
    assert snapshot(tmp_path / copy) == before
    assert [row["number"] for row in query(tmp_path / copy, "SELECT MAX(number) AS number FROM schema_migrations")] == [
        newest_migration()
    ]
    assert (tmp_path / copy).stat().st_mode & 0o777 == 0o600


def test_one_upgrade_makes_one_copy(used: Path, tmp_path: Path) -> None:
    """Several migrations share one copy.

    A start that changes nothing makes none. It is beside the file, also where the bot has a link to it.
    """
    link = tmp_path / "links" / "link.db"
    link.parent.mkdir()
    link.symlink_to(used)
    migrate(link, (*load_migrations(), NEXT, AFTER_NEXT))
    migrate(link, (*load_migrations(), NEXT, AFTER_NEXT))
    [copy] = names(tmp_path, BEFORE)
    assert (value(tmp_path / copy), value(used)) == ("old", "new")


def test_a_database_with_nothing_in_it_is_not_copied(path: Path, tmp_path: Path) -> None:
    """A database without rows is not worth a copy."""
    migrate(path, (*load_migrations(), NEXT))
    assert names(tmp_path) == ["movies.db"]


def test_two_upgrades_of_one_second_keep_both_copies(used: Path, tmp_path: Path) -> None:
    """A copy is never overwritten, even after a failed upgrade."""
    with pytest.raises(StorageError, match="no such column: nonsense"):
        migrate(used, (*load_migrations(), BROKEN))
    assert value(used) == "old"
    migrate(used, (*load_migrations(), NEXT))
    assert [value(tmp_path / copy) for copy in names(tmp_path, BEFORE)] == ["old", "old"]


def test_starting_at_once_makes_one_copy(used: Path, tmp_path: Path) -> None:
    """Eight processes start on one old file."""
    together = threading.Barrier(8)

    def start(_: int) -> tuple[str, ...]:
        together.wait(10)
        return migrate(used, (*load_migrations(), NEXT))

    with ThreadPoolExecutor(8) as pool:
        applied = [name for some in pool.map(start, range(8)) for name in some]
    assert applied == ["9998_next"]
    [copy] = names(tmp_path, BEFORE)
    assert (value(tmp_path / copy), value(used)) == ("old", "new")


def test_what_another_process_writes_up_to_the_upgrade_is_in_the_copy(used: Path, tmp_path: Path) -> None:
    """An old bot may still be running.

    What it commits before the upgrade is in the copy.
    """
    with ThreadPoolExecutor(1) as pool, closing(sqlite3.connect(used, isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE key_value SET value = 'last word'")
        starting = pool.submit(migrate, used, (*load_migrations(), NEXT))
        other.execute("COMMIT")
        starting.result(30)
    [copy] = names(tmp_path, BEFORE)
    assert (value(tmp_path / copy), value(used)) == ("last word", "new")


async def test_a_database_whose_ledger_is_inconsistent_is_not_upgraded(store: StoreHarness, tmp_path: Path) -> None:
    """The error is one line and names the wrong budget.

    Nothing is changed, and no copy is left.
    """
    await store.rendering(a_job(1))
    path = store.path
    await store.database.close()
    execute(path, "UPDATE balances SET used = used + 5 WHERE scope = 'plan'")
    with pytest.raises(
        StorageError, match=r"^DATABASE_URL: .* was not upgraded, because the backup failed: .*plan budget"
    ) as told:
        migrate(path, (*load_migrations(), NEXT))
    assert "\n" not in str(told.value)
    assert names(tmp_path) == ["movies.db"]
    assert query(path, "SELECT MAX(number) AS number FROM schema_migrations") == [{"number": newest_migration()}]


def test_where_there_is_no_room_for_a_copy_nothing_is_upgraded(used: Path, tmp_path: Path) -> None:
    """The error is one line, and the database is unchanged."""
    code = (
        "import resource, signal, sys, pathlib\n"
        "from data.migrations_runner import Migration, load_migrations, migrate\n"
        "from bot.errors import StorageError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
        "try:\n"
        "    migrate(pathlib.Path(sys.argv[1]), (*load_migrations(), Migration(9999, 'x', 'CREATE TABLE x (a)')))\n"
        "except StorageError as exc:\n"
        "    print(exc)\n"
    )
    said = child(code, used).stdout
    assert re.fullmatch(r"DATABASE_URL: [^\n]* was not upgraded, because the backup failed: [^\n]+\n", said), said
    assert names(tmp_path, BEFORE) == []
    assert value(used) == "old"
    assert query(used, "SELECT name FROM sqlite_master WHERE name = 'x'") == []


def test_a_crash_between_the_copy_and_the_change_leaves_both_right(used: Path, tmp_path: Path) -> None:
    """SIGKILL comes after the copy has its name.

    The next start upgrades, and makes its own copy first.
    """
    code = (
        "import os, signal, sys, pathlib\n"
        "from data import migrations_runner as m\n"
        "m._statements = lambda script: os.kill(os.getpid(), signal.SIGKILL)\n"
        "m.migrate(pathlib.Path(sys.argv[1]), (*m.load_migrations(), m.Migration(9999, 'x', '')))\n"
    )
    assert child(code, used).returncode == -signal.SIGKILL
    migrate(used, (*load_migrations(), NEXT))
    assert [value(tmp_path / copy) for copy in names(tmp_path, BEFORE)] == ["old", "old"]
    assert value(used) == "new"


def test_a_crash_in_the_middle_of_the_copy_leaves_nothing_behind_for_good(used: Path, tmp_path: Path) -> None:
    """Repeated crashes during a copy must not fill the disk.

    The next complete upgrade removes unfinished copies, but no other files.
    """
    code = (
        "import os, signal, sys, pathlib\n"
        "from data import backups, migrations_runner as m\n"
        "backups.verify = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "known = m.load_migrations()\n"
        "m.migrate(pathlib.Path(sys.argv[1]), (*known, m.Migration(9998, 'x', '')))\n"
    )
    beside = tmp_path / "movies.db.before-restore-20261110-120000.00000000.part"
    beside.touch()
    assert child(code, used).returncode == child(code, used).returncode == -signal.SIGKILL
    assert len(names(tmp_path, "*.part")) == 2
    migrate(used, (*load_migrations(), NEXT))
    assert names(tmp_path, "*.part*") == [beside.name]
    assert [value(tmp_path / copy) for copy in names(tmp_path, BEFORE) if copy != beside.name] == ["old"]


def test_a_newer_database_is_refused_before_anything_is_copied(used: Path, tmp_path: Path) -> None:
    """This version can't read a newer schema."""
    execute(used, "INSERT INTO schema_migrations (number, name) VALUES (9999, '9999_later')")
    with pytest.raises(SchemaTooNew):
        migrate(used)
    assert names(tmp_path, BEFORE) == []


def test_somebody_else_s_database_is_not_taken_over(tmp_path: Path) -> None:
    """DATABASE_URL may name another program's file by mistake."""
    path = tmp_path / "movies.db"
    execute(path, "CREATE TABLE holidays (place)")
    execute(path, "INSERT INTO holidays VALUES ('by the sea')")
    with pytest.raises(SchemaUnknown, match=r"movies\.db has tables of another program: set DATABASE_URL to"):
        migrate(path)
    assert query(path, "SELECT name FROM sqlite_master") == [{"name": "holidays"}]
