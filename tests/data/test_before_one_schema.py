"""What the version before data/schema.sql left: a database with rows in every table, and its backup, which it made.

Its git tag is before-one-schema. Both are of this version, too, and go on with what was pending.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from bot.domain.message import MessageKind
from data.storage import engines
from tests.helpers import migrated_file
from tests.helpers.due_work import due_notices, due_notifications
from tests.helpers.ledger_checks import Place, assert_ledger_consistent, execute, query, snapshot
from tests.helpers.restore_helpers import LATER
from tests.helpers.schema_facts import schema_facts
from tests.helpers.store_harness import DAY

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


def test_its_database_has_the_schema_of_a_new_one(place: Place, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """So a migration that is made later runs on both."""
    engine_of(place).migrate()
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
    database = await engine_of(place).open()
    try:
        notices = [notice for message in await database.read(due_notices) for notice in message]
        sent = await due_notifications(database, LATER + 30 * DAY)
    finally:
        await database.close()
    assert {(each.nonce, each.kind) for each in notices} == told
    assert {kind for _, kind in told} == {MessageKind.GIFT, MessageKind.RETURNED}
    assert [delivery.type.value for delivery, _ in sent] == ["completed", "failed", "unknown"]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_its_backup_is_restored(backup: Path, kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    new: Place = tmp_path / "new.db" if kind == "sqlite" else request.getfixturevalue("empty_postgresql_url")
    engine_of(new).restore(backup, tmp_path / "backups", LATER)
    assert_ledger_consistent(new)
    for table, rows in snapshot(backup).items():
        assert len(query(new, f"SELECT * FROM {table}")) >= len(rows) > 0, table
    assert query(new, "SELECT nonce FROM messages WHERE status = 'pending' AND member_id <> 0") == []
