"""The audit names every sum that is wrong, and nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data import reconciliation
from data.sqlite import SqliteTransaction
from tests.helpers import bulk_data
from tests.helpers.ledger_checks import assert_ledger_consistent

APPEND_ONLY = ("ledger_is_never_updated", "ledger_is_never_deleted", "ledger_only_forgets")

COMPLETED, FAILED, RENDERING = (
    next(movie for movie in bulk_data.generate_month(20) if movie.state == state)
    for state in ("completed", "failed", "rendering")
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A consistent ledger of a small month in two servers."""
    path = tmp_path / "ledger.db"
    bulk_data.write(path, bulk_data.generate_month(20, (bulk_data.GUILD, bulk_data.OTHER)))
    return path


def found(path: Path) -> tuple[str, ...]:
    """Return the audit's findings."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return reconciliation.find_discrepancies(SqliteTransaction(connection))


def tamper(path: Path, sql: str) -> None:
    """Write into the file without its constraints and triggers."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for trigger in APPEND_ONLY:
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        assert connection.execute(sql).rowcount in (1, -1)  # -1: it was about the schema


def test_a_consistent_ledger_has_no_discrepancies(path: Path) -> None:
    """The ledger agrees with an independent recomputation, and is not empty."""
    assert found(path) == ()
    assert len(assert_ledger_consistent(path)) > 10


def test_an_empty_file_has_no_differences(path: Path) -> None:
    assert found(path) == ()


@pytest.mark.parametrize("scope", ["member", "server", "plan"])
@pytest.mark.parametrize("column", ["granted", "used", "held"])
def test_a_total_that_is_off_by_one_is_named(path: Path, scope: str, column: str) -> None:
    """The line has the ledger's figures and the total's."""
    where = f"rowid = (SELECT MIN(rowid) FROM balances WHERE scope = '{scope}')"
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute(f"SELECT granted, used, held FROM balances WHERE {where}").fetchone()
    tamper(path, f"UPDATE balances SET {column} = {column} + 1 WHERE {where}")
    [line] = found(path)
    assert line.startswith(f"{scope} budget (server ")
    assert f"the ledger says granted {row[0]}, used {row[1]}, on hold {row[2]};" in line
    off = {"granted": row[0], "used": row[1], "held": row[2]}
    off[column] += 1
    assert line.endswith(f"the total says {off['granted']}, {off['used']}, {off['held']}")


def test_a_total_that_is_missing_is_named(path: Path) -> None:
    """A missing total counts as zero."""
    tamper(path, "DELETE FROM balances WHERE scope = 'plan'")
    [line] = found(path)
    assert line.startswith("plan budget (server 0, member 0, month 2026-11)")
    assert line.endswith("the total says 0, 0, 0")


def test_a_total_without_rows_is_named(path: Path) -> None:
    """The total has credits that were never granted."""
    tamper(path, "INSERT INTO balances (scope, guild_id, member_id, month, granted) VALUES ('extra', 1, 5, '', 500)")
    [line] = found(path)
    assert line.startswith("bonus budget (server 1, member 5, month any)")
    assert "the ledger says granted 0, used 0, on hold 0; the total says 500, 0, 0" in line


def test_a_row_that_was_deleted_is_named_by_its_totals_and_its_job(path: Path) -> None:
    """Member, server and plan don't match, nor does the job."""
    tamper(
        path, f"DELETE FROM ledger_entries WHERE job_id = '{bulk_data.job_id(COMPLETED)}' AND entry_type = 'capture'"
    )
    lines = found(path)
    assert [line.split(" ", 1)[0] for line in lines] == ["member", "plan", "server", "job"]
    assert lines[-1].startswith(f"job {bulk_data.job_id(COMPLETED)} of member {COMPLETED.member} in server ")
    assert lines[-1].endswith("not resolved")


@pytest.mark.parametrize(
    ("job", "state"),
    [
        (COMPLETED, "failed"),
        (COMPLETED, "rendering"),
        (FAILED, "completed"),
        (FAILED, "queued"),
        (RENDERING, "completed"),
        (RENDERING, "failed"),
        (RENDERING, "cancelled"),
    ],
)
def test_a_job_whose_credits_do_not_fit_its_state_is_named(path: Path, job: bulk_data.SampleMovie, state: str) -> None:
    """Each such job gives one line."""
    tamper(path, f"UPDATE jobs SET state = '{state}' WHERE id = '{bulk_data.job_id(job)}'")
    [line] = found(path)
    assert line.startswith(f"job {bulk_data.job_id(job)} ")
    assert f" is {state} and costs {job.credits}: held {job.credits} and 0 bonus" in line


@pytest.mark.parametrize("job", [COMPLETED, RENDERING])
def test_a_job_that_costs_something_else_than_it_holds_is_named(path: Path, job: bulk_data.SampleMovie) -> None:
    """The price that the member saw differs from the hold."""
    tamper(path, f"UPDATE jobs SET price_credits = price_credits + 1 WHERE id = '{bulk_data.job_id(job)}'")
    [line] = found(path)
    assert f"costs {job.credits + 1}: held {job.credits} and 0 bonus" in line


def test_a_job_that_holds_nothing_is_named(path: Path) -> None:
    """No member pays for such a movie."""
    tamper(path, f"DELETE FROM ledger_entries WHERE job_id = '{bulk_data.job_id(RENDERING)}'")
    assert any("nothing was put on hold, not resolved" in line for line in found(path))


def test_a_great_many_differences_are_counted(tmp_path: Path) -> None:
    """At most 200 lines of a kind keep the log short."""
    path = tmp_path / "ledger.db"
    movies = [movie for movie in bulk_data.generate_month(1000) if movie.state == "completed"]
    bulk_data.write(path, movies)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE jobs SET state = 'failed'")
    lines = found(path)
    assert len(lines) == 201
    assert lines[-1] == f"and {len(movies) - 200} more of this kind"


@pytest.mark.parametrize("column", ["guild_id", "member_id"])
def test_a_job_that_someone_else_pays_for_is_named(path: Path, column: str) -> None:
    """All sums over the ledger are right, but another member pays."""
    tamper(path, f"UPDATE jobs SET {column} = 77 WHERE id = '{bulk_data.job_id(COMPLETED)}'")
    [line] = found(path)
    assert "77" in line
    assert f"(member {COMPLETED.member} in server " in line


def test_credits_that_went_elsewhere_than_they_came_from_are_named(path: Path) -> None:
    """Credits held from the allowance were captured as extra credits."""
    tamper(
        path,
        "UPDATE ledger_entries SET extra = allowance, allowance = 0"
        f" WHERE job_id = '{bulk_data.job_id(COMPLETED)}' AND entry_type = 'capture'",
    )
    line = found(path)[-1]
    assert f"held {COMPLETED.credits} and 0 bonus" in line
    assert f"resolved by a capture of 0 and {COMPLETED.credits} bonus" in line


@pytest.mark.parametrize(
    "change",
    [
        "guild_id = 77",
        "member_id = 77",
        "month = '2026-10'",
        f"job_id = '{bulk_data.job_id(RENDERING)}'",
        "allowance = allowance - 1, released_allowance = 1",
    ],
)
def test_a_resolution_of_another_account_job_or_sum_than_its_hold_is_named(path: Path, change: str) -> None:
    """A finished movie costs all that it holds."""
    job_id = bulk_data.job_id(COMPLETED)
    tamper(path, f"UPDATE ledger_entries SET {change} WHERE job_id = '{job_id}' AND entry_type = 'capture'")
    assert [line for line in found(path) if line.startswith(f"job {job_id} of member {COMPLETED.member}")]


def test_a_resolution_that_names_the_hold_of_another_job_is_named(path: Path) -> None:
    other = f"(SELECT id FROM ledger_entries WHERE job_id = '{bulk_data.job_id(RENDERING)}')"
    tamper(
        path,
        f"UPDATE ledger_entries SET hold_id = {other}"
        f" WHERE job_id = '{bulk_data.job_id(COMPLETED)}' AND entry_type = 'capture'",
    )
    lines = found(path)
    assert {line.split()[1] for line in lines} == {bulk_data.job_id(COMPLETED), bulk_data.job_id(RENDERING)}


@pytest.mark.parametrize(("kind", "what"), [("hold", "hold"), ("capture", "resolution")])
def test_a_job_with_two_entries_of_a_type_is_named(path: Path, kind: str, what: str) -> None:
    """An index prevents this, unless it was dropped."""
    tamper(path, f"DROP INDEX ledger_one_{what}")
    tamper(
        path,
        "INSERT INTO ledger_entries SELECT id || 'again', created_at, entry_type, guild_id, member_id, month,"
        " allowance, extra, upstream_charge, job_id, hold_id, actor_id, reason, charge_difference,"
        " released_allowance, released_extra, pitch_id, taken_back"
        f" FROM ledger_entries WHERE job_id = '{bulk_data.job_id(COMPLETED)}' AND entry_type = '{kind}'",
    )
    assert f"job {bulk_data.job_id(COMPLETED)} has 2 ledger entries for one {what}" in found(path)


@pytest.mark.parametrize("sql", ["UPDATE ledger_entries SET allowance = 0", "DELETE FROM ledger_entries"])
def test_the_file_itself_refuses_to_change_the_ledger(path: Path, sql: str) -> None:
    """The database's triggers reject changes by any program."""
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(sql)


def test_a_row_whose_job_does_not_exist_is_named(path: Path) -> None:
    """The file's constraints prevent this, unless they were switched off."""
    tamper(
        path,
        "INSERT INTO ledger_entries (id, created_at, entry_type, guild_id, member_id, month, allowance, job_id)"
        " VALUES ('x', 1, 'hold', 1, 5, '2026-11', 10, 'nothing')",
    )
    assert any("member 5" in line for line in found(path))
