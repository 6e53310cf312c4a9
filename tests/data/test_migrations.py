"""Migrations of a database file to the current schema, and the copy that is made before."""

from __future__ import annotations

import gzip
import logging
import re
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.errors import StorageError
from bot.domain.message import MessageKind
from data.engine.migration_files import Migration, load_migrations, newest_migration
from data.storage import engines
from data.storage.sqlite_migrations import migrate
from tests.helpers import migrated_file
from tests.helpers.due_work import due_notices, due_notifications
from tests.helpers.ledger_checks import Place, assert_ledger_consistent, execute, query, snapshot
from tests.helpers.restore_helpers import LATER, names
from tests.helpers.store_harness import DAY, StoreHarness, a_job

pytestmark = pytest.mark.sqlite
ALL = load_migrations("sqlite")
NAMES = tuple(migration.name for migration in ALL)
FIRST = Migration(1, "0001_first", "CREATE TABLE one (a TEXT DEFAULT 'x;y'); -- a comment; with a semicolon\n")
SECOND = Migration(
    2,
    "0002_second",
    "CREATE TABLE two (a TEXT);\n"
    "CREATE TRIGGER two_is_kept BEFORE DELETE ON two BEGIN SELECT RAISE(ABORT, 'no'); SELECT 1; END;\n"
    "INSERT INTO two (a) VALUES ('kept'); INSERT INTO two (a) SELECT a || '!' FROM two",
)
NEXT = Migration(9998, "9998_next", "ALTER TABLE key_value ADD COLUMN note TEXT; UPDATE key_value SET value = 'new'")
REFUSED = "CREATE TRIGGER full BEFORE INSERT ON schema_migrations BEGIN SELECT RAISE(ABORT, 'full'); END;"
BEFORE = "movies.db.before-*"


def look(path: Path, sql: str) -> list[object]:
    return [next(iter(row.values())) for row in query(path, sql)]


def tables(path: Path) -> set[object]:
    return set(look(path, "SELECT name FROM sqlite_master WHERE type = 'table'")) - {"schema_migrations"}


def test_a_new_database_gets_every_migration_in_order_and_once(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "movies.db"
    assert migrate(path) == NAMES
    assert migrate(path) == ()
    numbers = look(path, "SELECT number FROM schema_migrations ORDER BY number")
    assert numbers == [migration.number for migration in ALL] == sorted({migration.number for migration in ALL})
    assert all(re.fullmatch(r"schema|\d{4}_[a-z0-9_]+", name) for name in NAMES)
    assert look(path, "PRAGMA integrity_check") == ["ok"]
    assert look(path, "PRAGMA journal_mode") == ["wal"]


def test_a_file_that_another_program_keeps_locked_is_told(tmp_path: Path) -> None:
    path = tmp_path / "movies.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="locked"):
            migrate(path, busy_seconds=0)


def test_only_what_is_missing_is_applied(tmp_path: Path) -> None:
    path = tmp_path / "movies.db"
    assert migrate(path, (FIRST,)) == ("0001_first",)
    assert migrate(path, (FIRST, SECOND)) == ("0002_second",)
    assert look(path, "SELECT a FROM two") == ["kept", "kept!"]
    assert tables(path) == {"one", "two"}
    assert look(path, "SELECT name FROM sqlite_master WHERE type = 'trigger'") == ["two_is_kept"]


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("CREATE TABLE half (a TEXT); INSERT INTO one (a) VALUES ('half'); SELECT nonsense;", "no such column"),
        ("CREATE TABLE half (a TEXT); " + REFUSED, "full"),
    ],
)
def test_a_migration_that_fails_leaves_nothing_of_itself(tmp_path: Path, script: str, told: str) -> None:
    path = tmp_path / "movies.db"
    with pytest.raises(StorageError, match=told) as caught:
        migrate(path, (FIRST, Migration(2, "0002_broken", script)))
    assert "\n" not in str(caught.value)
    assert tables(path) == {"one"}
    assert look(path, "SELECT name FROM schema_migrations") == ["0001_first"]
    assert look(path, "SELECT a FROM one") == []
    assert migrate(path, (FIRST, SECOND)) == ("0002_second",)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("movies.db/movies.db", r"can't create .*: a file is in the way of its folder$"),
        ("movies.db/folder/movies.db", r"can't create .*: a file is in the way of its folder$"),
        ("folder", r"can't create .*folder[^\n]*: [^\n]+$"),
        ("text", "file is not a database"),
        ("foreign", r"movies\.db has tables of another program: set DATABASE_URL to"),
    ],
)
def test_what_is_no_database_of_this_version_is_told_and_left_alone(tmp_path: Path, kind: str, told: str) -> None:
    path = tmp_path / ("folder" if kind == "folder" else "movies.db")
    if kind == "folder":
        path.mkdir()
    elif kind == "foreign":
        execute(path, "CREATE TABLE holidays (number, name)")
    else:
        path.write_text("sun and sea" * 100)
    before = None if kind == "folder" else path.read_bytes()
    with pytest.raises(StorageError, match=told):
        migrate(path if "/" not in kind else tmp_path / kind)
    assert before is None or path.read_bytes() == before
    assert len(names(tmp_path)) == 1


@pytest.fixture
def used(path: Path) -> Path:
    execute(path, "INSERT INTO key_value (key, value) VALUES ('a', 'old')")
    return path


def copied(path: Path) -> list[object]:
    copies = [path.parent / name for name in names(path.parent, BEFORE) if not name.endswith(".part")]
    return [look(each, "SELECT value FROM key_value")[0] for each in (*copies, path)]


async def test_an_upgrade_leaves_a_copy_of_the_database_as_it_was(
    store: StoreHarness, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says it before: a large database takes a minute."""
    caplog.set_level(logging.INFO)
    await store.rendering(a_job(1))
    before = snapshot(store.path)
    await store.database.close()
    assert migrate(store.path, (*ALL, NEXT)) == ("9998_next",)
    [copy] = names(tmp_path, BEFORE)
    assert [record.getMessage() for record in caplog.records] == ["database_upgrading"]
    assert re.fullmatch(rf"movies\.db\.before-{NEXT.number:04}-\d{{8}}-\d{{6}}", copy)
    assert snapshot(tmp_path / copy) == before
    assert look(tmp_path / copy, "SELECT MAX(number) FROM schema_migrations") == [newest_migration()]
    assert (tmp_path / copy).stat().st_mode & 0o777 == 0o600


def test_starting_at_once_migrates_once_and_makes_one_copy(used: Path) -> None:
    together = threading.Barrier(8)

    def start(_: int) -> tuple[str, ...]:
        together.wait(10)
        return migrate(used, (*ALL, NEXT))

    with ThreadPoolExecutor(8) as pool:
        applied = [name for some in pool.map(start, range(8)) for name in some]
    assert applied == ["9998_next"]
    assert copied(used) == ["old", "new"]


def test_what_another_process_writes_up_to_the_upgrade_is_in_the_copy(used: Path) -> None:
    with ThreadPoolExecutor(1) as pool, closing(sqlite3.connect(used, isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE key_value SET value = 'last word'")
        starting = pool.submit(migrate, used, (*ALL, NEXT))
        other.execute("COMMIT")
        starting.result(30)
    assert copied(used) == ["last word", "new"]


async def test_a_database_whose_ledger_is_inconsistent_is_not_upgraded(store: StoreHarness, tmp_path: Path) -> None:
    await store.rendering(a_job(1))
    await store.database.close()
    execute(store.path, "UPDATE balances SET used = used + 5 WHERE scope = 'plan'")
    told = r"^DATABASE_URL: .* was not upgraded, because the backup failed: .*plan budget[^\n]*$"
    with pytest.raises(StorageError, match=told):
        migrate(store.path, (*ALL, NEXT))
    assert names(tmp_path) == ["movies.db"]
    assert look(store.path, "SELECT MAX(number) FROM schema_migrations") == [newest_migration()]


LEFT = Path(__file__).parent / "before_one_schema"


def unpacked(name: str) -> bytes:
    return gzip.decompress((LEFT / name).read_bytes())


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    path = tmp_path / "backup.db"
    path.write_bytes(unpacked("backup.db.gz"))
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, backup: Path) -> Place:
    if request.param == "sqlite":
        return backup
    url: str = request.getfixturevalue("empty_postgresql_url")
    execute(url, unpacked("postgresql.sql.gz").decode())
    return url


def engine_of(place: Place) -> engines.Engine:
    return engines.engine(place if isinstance(place, str) else f"sqlite:///{place}")


_POSTGRESQL = """
SELECT attrelid::regclass || '.' || attname AS name,
    concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attcollation, pg_get_expr(adbin, adrelid)) AS fact
FROM pg_attribute JOIN pg_tables ON tablename = attrelid::regclass::text AND schemaname = 'public'
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum WHERE attnum > 0 AND NOT attisdropped
UNION ALL SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""


def schema_facts(place: Place) -> list[str]:
    """Return what a schema says, in whatever words it was made: columns, constraints, indexes and triggers."""
    if isinstance(place, str):
        return sorted(f"{row['name']}: {row['fact']}" for row in query(place, _POSTGRESQL))
    made = [_plain(row["sql"]) for row in query(place, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
    return sorted(fact for sql in made for fact in (_parts(sql) if sql.startswith("CREATE TABLE") else (sql,)))


def _plain(sql: str) -> str:
    """Return a statement without comments, and with single spaces."""
    bare = " ".join(re.sub(r"--[^\n]*", "", sql).replace('"', "").split())
    return re.sub(r" ?([(),]) ?", r"\1", bare)


def _parts(table: str) -> Iterator[str]:
    """Return a table's columns, and its CHECKs, which may be written beside a column."""
    name, _, body = table.removesuffix(")").partition("(")
    for part in re.sub(r",(?![^()]*(?:\([^()]*\)[^()]*)*\))", "\n", body).splitlines():
        column, check, condition = part.partition("CHECK(")
        yield from (f"{name}: {each}" for each in (column.strip(), f"{check}{condition}") if each)


def test_its_database_has_the_schema_of_a_new_one(place: Place, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    before = snapshot(place)
    engine_of(place).migrate()
    kept = {
        table: [{name: row[name] for name in old} for old, row in zip(before[table], rows, strict=True)]
        for table, rows in snapshot(place).items()
    }
    assert kept == before, "a migration that is made later keeps the rows, too"
    new: Place = tmp_path / "new.db"
    if isinstance(place, str):
        new = request.getfixturevalue("postgresql_url")
    else:
        migrated_file.create(new)
    assert schema_facts(place) == schema_facts(new)


async def test_its_database_goes_on_with_what_was_pending(place: Place) -> None:
    pending = "SELECT nonce, kind FROM messages WHERE status = 'pending' AND member_id <> 0"
    told = {(row["nonce"], row["kind"]) for row in query(place, pending)}
    engine_of(place).migrate()
    assert_ledger_consistent(place)
    async with await engine_of(place).open() as database:
        notices = [notice for message in await database.read(due_notices) for notice in message]
        sent = await due_notifications(database, LATER + 30 * DAY)
    assert {(each.nonce, each.kind) for each in notices} == told
    assert {kind for _, kind in told} == {MessageKind.GIFT, MessageKind.RETURNED}
    assert [delivery.type.value for delivery in sent] == ["completed", "failed", "unknown"]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_its_backup_is_restored(backup: Path, kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    new: Place = tmp_path / "new.db" if kind == "sqlite" else request.getfixturevalue("empty_postgresql_url")
    engine_of(new).restore(backup, tmp_path / "backups", LATER)
    assert_ledger_consistent(new)
    for table, rows in snapshot(backup).items():
        assert len(query(new, f"SELECT * FROM {table}")) >= len(rows) > 0, table
    assert query(new, "SELECT nonce FROM messages WHERE status = 'pending' AND member_id <> 0") == []
