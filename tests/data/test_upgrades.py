"""A migrated database keeps everything, in the current terms."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.breaker import BreakerState, Outage
from bot.domain.job import EndReason, JobState
from data import breakers, jobs, reconciliation
from data.migrations_runner import load_migrations, migrate
from data.sqlite import SqliteTransaction
from tests.helpers.ledger_checks import assert_ledger_consistent, execute, query

MONTH = "2026-11"

END_REASONS = {
    "upstream_failed": EndReason.UPSTREAM_FAILED,
    "upstream_forgot": EndReason.UPSTREAM_LOST_JOB,
    "request_rejected": EndReason.REQUEST_REJECTED,
    "key_rejected": EndReason.AUTHENTICATION_FAILED,
    "plan_empty": EndReason.PLAN_EXHAUSTED,
    "busy": EndReason.RATE_LIMITED,
    "unreachable": EndReason.UNREACHABLE,
    "operator": EndReason.RESOLVED_BY_OPERATOR,
    "unanswered": EndReason.RESPONSE_FAILED,
    "member": EndReason.CANCELLED_BY_MEMBER,
}
"""Old names of 0001_initial, and the current ones."""

OUTAGES = {
    "no_answer": Outage.NO_ANSWER,
    "unreachable": Outage.UNREACHABLE,
    "key_rejected": Outage.AUTHENTICATION_FAILED,
    "plan_empty": Outage.PLAN_EXHAUSTED,
    "busy": Outage.RATE_LIMITED,
}


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A database of the first schema, with every outcome."""
    path = tmp_path / "movies.db"
    migrate(path, load_migrations()[:1])
    ends = [("completed", None), ("rendering", None)]
    ends += [("cancelled" if name in ("unanswered", "member") else "failed", name) for name in END_REASONS]
    with closing(sqlite3.connect(path)) as connection, connection:
        for number, (state, reason) in enumerate(ends, 1):
            _add_job(connection, number, state, reason)
        held = sum(100 for state, _ in ends if state == "rendering")
        used = sum(100 for state, _ in ends if state == "completed")
        for scope, guild, member in (("member", 10, 1), ("server", 10, 0), ("plan", 0, 0)):
            connection.execute(
                "INSERT INTO balances (scope, guild_id, member_id, month, used, held) VALUES (?, ?, ?, ?, ?, ?)",
                (scope, guild, member, MONTH, used, held),
            )
    return path


def _add_job(connection: sqlite3.Connection, number: int, state: str, reason: str | None) -> None:
    job_id, at = f"{number:013}", 1_795_000_000_000 + number
    connection.execute(
        "INSERT INTO jobs (id, interaction_id, guild_id, channel_id, member_id, member_name, prompt, duration_seconds,"
        " video_model, image_model, aspect_ratio, price_credits, state, created_at, finished_at, end_reason)"
        " VALUES (?, ?, 10, 5, 1, 'alice', 'a cat', 10, 'LUMA', 'FLUX1.1PRO', '16:9', 100, ?, ?, ?, ?)",
        (job_id, number, state, at, None if state == "rendering" else at, reason),
    )
    entries = ["hold", *({"completed": ["capture"], "rendering": []}.get(state, ["release"]))]
    for entry_type in entries:
        connection.execute(
            "INSERT INTO ledger_entries (id, created_at, entry_type, guild_id, member_id, month, allowance, job_id)"
            " VALUES (?, ?, ?, 10, 1, ?, 100, ?)",
            (f"{at}-{entry_type}", at, entry_type, MONTH, job_id),
        )


def test_credits_and_jobs_of_the_first_schema_are_kept(first: Path) -> None:
    before = query(first, "SELECT id, entry_type, allowance, job_id FROM ledger_entries ORDER BY id")
    assert migrate(first) == tuple(migration.name for migration in load_migrations()[1:])
    assert query(first, "SELECT id, entry_type, allowance, job_id FROM ledger_entries ORDER BY id") == before
    assert_ledger_consistent(first)
    with closing(sqlite3.connect(first)) as connection:
        connection.row_factory = sqlite3.Row
        transaction = SqliteTransaction(connection)
        assert reconciliation.find_discrepancies(transaction) == ()
        reasons = [
            jobs.get(transaction, row["id"]).end_reason for row in query(first, "SELECT id FROM jobs ORDER BY id")
        ]
    assert reasons == [None, None, *END_REASONS.values()]
    later = {EndReason.MODEL_REFUSED, EndReason.WRONG_API, EndReason.CREDITS_RAN_OUT, EndReason.KEY_LIMIT_REACHED}
    later |= {EndReason.DECLINED, EndReason.APPROVAL_LAPSED, EndReason.NOT_OFFERED, EndReason.CANCELLED_BY_STAFF}
    later |= {EndReason.SERVER_LEFT, EndReason.STAYED_UNKNOWN}
    assert set(END_REASONS.values()) == set(EndReason) - later


def test_each_resolution_of_the_first_schema_names_its_hold(first: Path) -> None:
    migrate(first)
    rows = query(first, "SELECT * FROM ledger_entries")
    holds = {row["id"]: row["job_id"] for row in rows if row["entry_type"] == "hold"}
    resolutions = [row for row in rows if row["entry_type"] != "hold"]
    assert len(resolutions) == len(END_REASONS) + 1
    assert all(holds[row["hold_id"]] == row["job_id"] for row in resolutions)


@pytest.mark.parametrize("name", OUTAGES)
def test_an_outage_of_the_first_schema_goes_on(first: Path, name: str) -> None:
    with closing(sqlite3.connect(first)) as connection, connection:
        connection.execute(
            "UPDATE breakers SET state = 'open', outage = ?, opened_at = 7, retry_at = 8, pause_ms = 9", (name,)
        )
    migrate(first)
    with closing(sqlite3.connect(first)) as connection:
        connection.row_factory = sqlite3.Row
        breaker = breakers.read(SqliteTransaction(connection))
    assert (breaker.state, breaker.outage) == (BreakerState.OPEN, OUTAGES[name])
    assert (breaker.opened_at, breaker.retry_at, breaker.pause_ms) == (7, 8, 9)


def test_the_first_schema_is_copied_before_it_is_changed(first: Path, tmp_path: Path) -> None:
    migrate(first)
    [copy] = [path for path in tmp_path.iterdir() if ".before-0002-" in path.name]
    assert query(copy, "SELECT COUNT(*) AS n FROM jobs") == query(first, "SELECT COUNT(*) AS n FROM jobs")
    assert [row["end_reason"] for row in query(copy, "SELECT end_reason FROM jobs ORDER BY id")][2:] == list(
        END_REASONS
    )


def test_every_state_that_can_end_a_job_was_upgraded(first: Path) -> None:
    migrate(first)
    ended = {row["state"] for row in query(first, "SELECT state FROM jobs WHERE finished_at IS NOT NULL")}
    assert ended == {state.value for state in JobState if state.is_terminal}


def test_blocks_of_erased_members_that_no_lasting_key_recognizes_are_kept_until_their_month_ends(
    tmp_path: Path,
) -> None:
    path = tmp_path / "movies.db"
    migrate(path, tuple(each for each in load_migrations() if each.number < 43))
    execute(
        path,
        "INSERT INTO erased_accounts (month, digest, guild_id, spent, failed, blocked, blocked_until, is_timeout,"
        " limit_credits) VALUES ('2026-11', 'a', 1, 2, 0, 1, 9, 1, NULL), ('2026-11', 'b', 0, 0, 0, 1, NULL, 0, 50)",
    )
    migrate(path)
    assert query(path, "SELECT digest FROM erased_accounts") == [{"digest": "a"}]
    kept = query(path, "SELECT month, digest, guild_id, kind, ends_at, credits FROM erased_decisions ORDER BY kind")
    assert [tuple(row.values()) for row in kept] == [
        ("2026-11", "b", 0, "block", None, None),
        ("2026-11", "b", 0, "limit", None, 50),
        ("2026-11", "a", 1, "timeout", 9, None),
    ]
