"""Monthly reports and receipts, read from a snapshot."""

from __future__ import annotations

import itertools
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.credits import Limits, Month
from bot.domain.delivery import PostedMessage
from bot.domain.job import EndReason, JobState, spent_credits
from bot.domain.report import DailyUsage, FailureStats, MonthlyReport, Receipt, UsageShare, count_limit
from data import ledger, limits, reconciliation
from data.database import Params, Row, Transaction
from data.progress import Progress, Step, no_progress

_TOP = 10
"""Members and models in a report."""

_DAY_MS = 86_400_000

_AMOUNT = "allowance + extra"
_GIVEN_BACK = (
    f"CASE entry_type WHEN 'release' THEN {_AMOUNT} WHEN 'capture' THEN released_allowance + released_extra ELSE 0 END"
)
"""What an entry gives back: a part, where a movie was cancelled while it rendered."""

_CHARGE = "CASE entry_type WHEN 'adjust' THEN 0 ELSE upstream_charge END"
"""What the API kept. An adjustment only carries it over for a member; see data/erased_accounts.py."""

_JOB = (
    "jobs.id, jobs.created_at, jobs.member_id, jobs.prompt, jobs.duration_seconds, jobs.video_model,"
    " jobs.price_credits, jobs.state, jobs.charged_credits"
)

_MESSAGE_ID = (
    "SELECT message_id FROM outbox WHERE outbox.job_id = jobs.id AND outbox.type = jobs.state"
    " AND outbox.status = 'sent' AND outbox.message_id > 0 AND outbox.channel_id = jobs.channel_id"
    " AND jobs.removed_at IS NULL"
)
"""The message about a job's end, in its channel."""

_RECEIPT = (
    f"SELECT {_JOB}, jobs.channel_id, ({_MESSAGE_ID}) AS message_id,"
    " COALESCE((SELECT SUM(extra) FROM ledger_entries WHERE ledger_entries.job_id = jobs.id"
    " AND ledger_entries.entry_type = 'hold'), 0) AS extra FROM jobs"
)


def report(
    tx: Transaction, guild_id: int | None, month: Month, defaults: Limits, progress: Progress = no_progress
) -> MonthlyReport:
    """Compute the figures of a month, for one server or (None) all.

    `defaults` are the operator's limits.
    """
    progress(Step.ADD_UP, 0, 5)
    where = {"month": str(month), "guild_id": guild_id, "start": month.starts_at, "top": _TOP}
    totals = _totals(tx, where)
    progress(Step.ADD_UP, 1, 5)
    members = _shares(tx, "ledger_entries.member_id", "MAX(jobs.member_name)", where)
    progress(Step.ADD_UP, 2, 5)
    models = _shares(tx, "jobs.video_model", "jobs.video_model", where)
    progress(Step.ADD_UP, 3, 5)
    failures = _failures(tx, where)
    progress(Step.ADD_UP, 4, 5)
    days = _days(tx, month, where)
    progress(Step.ADD_UP, 5, 5)
    server_limit = None if guild_id is None else limits.resolve_server_limit(tx, guild_id, defaults, month)
    return MonthlyReport(
        month=month,
        movies=(totals["captures"] or 0) - _cancelled(tx, where),
        running=totals["running"] or 0,
        spent=totals["spent"] or 0,
        held=totals["held"] or 0,
        given_back=totals["given_back"] or 0,
        upstream_charge=totals["upstream_charge"] or 0,
        granted=totals["granted"] or 0,
        members=members,
        models=models,
        failures=failures,
        days=days,
        server=None if guild_id is None else ledger.server_budget(tx, guild_id, month, server_limit),
        plan=ledger.plan_budget(tx, month, defaults.plan),
        charge_difference=totals["charge_difference"] or 0,
        discrepancies=reconciliation.find_discrepancies(tx, progress),
    )


def receipts_of_member(
    tx: Transaction, guild_id: int, member_id: int, limit: int, skip: int
) -> tuple[list[Receipt], int]:
    """Return a member's movies in one server, newest first, and their number.

    The number is counted up to the limit of `count_limit`.
    """
    where = {
        "guild_id": guild_id,
        "member_id": member_id,
        "most": limit,
        "skip": skip,
        "counted": count_limit(skip + limit),
    }
    mine = "jobs.guild_id = :guild_id AND jobs.member_id = :member_id"
    rows = tx.fetch_all(f"{_RECEIPT} WHERE {mine} ORDER BY jobs.id DESC LIMIT :most OFFSET :skip", where)
    total = tx.fetch_one(f"SELECT COUNT(*) FROM (SELECT 1 FROM jobs WHERE {mine} LIMIT :counted) AS counted", where)
    assert total is not None
    return [replace(_receipt(row), message=_message(row)) for row in rows], total[0]


def _message(row: Row) -> PostedMessage | None:
    return None if row["message_id"] is None else PostedMessage(row["channel_id"], row["message_id"])


def receipts_of_month(tx: Transaction, guild_id: int | None, month: Month) -> Iterator[Receipt]:
    """Yield a month's movies, then its grants and adjustments, oldest first.

    A movie belongs to the month that its hold drew on.
    """
    where = {"month": str(month), "guild_id": guild_id}
    movies = tx.iterate(
        f"SELECT {_JOB}, ledger_entries.extra, COALESCE(ended.upstream_charge, 0) AS upstream_charge,"
        " COALESCE(jobs.end_reason, '') AS why"
        " FROM ledger_entries JOIN jobs ON jobs.id = ledger_entries.job_id"
        " LEFT JOIN ledger_entries AS ended ON ended.hold_id = ledger_entries.id"
        f" WHERE ledger_entries.entry_type = 'hold' AND {_in_month(where)} ORDER BY jobs.id",
        where,
    )
    changes = tx.iterate(
        "SELECT '' AS id, created_at, member_id, '' AS prompt, 0 AS duration_seconds, '' AS video_model,"
        " allowance + extra AS price_credits, entry_type AS state, NULL AS charged_credits, extra,"
        " 0 AS upstream_charge, reason AS why"
        f" FROM ledger_entries WHERE entry_type IN ('grant', 'adjust') AND {_in_month(where)} ORDER BY id",
        where,
    )
    return (
        replace(_receipt(row), upstream_charge=row["upstream_charge"], reason=row["why"])
        for row in itertools.chain(movies, changes)
    )


def _in_month(where: Params) -> str:
    server = "" if where["guild_id"] is None else " AND ledger_entries.guild_id = :guild_id"
    return f"ledger_entries.month = :month{server}"


def _totals(tx: Transaction, where: Params) -> Row:
    row = tx.fetch_one(
        "SELECT SUM(CASE entry_type WHEN 'capture' THEN 1 ELSE 0 END) AS captures,"
        " SUM(CASE entry_type WHEN 'hold' THEN 1 WHEN 'capture' THEN -1 WHEN 'release' THEN -1 ELSE 0 END) AS running,"
        f" SUM(CASE entry_type WHEN 'capture' THEN {_AMOUNT} ELSE 0 END) AS spent,"
        f" SUM(CASE entry_type WHEN 'hold' THEN {_AMOUNT} WHEN 'capture' THEN -({_AMOUNT}) ELSE 0 END"
        f" - ({_GIVEN_BACK})) AS held,"
        f" SUM({_GIVEN_BACK}) AS given_back,"
        f" SUM({_CHARGE}) AS upstream_charge,"
        " SUM(CASE entry_type WHEN 'adjust' THEN 0 ELSE charge_difference END) AS charge_difference,"
        " SUM(CASE entry_type WHEN 'grant' THEN extra ELSE 0 END) AS granted"
        f" FROM ledger_entries WHERE {_in_month(where)}",
        where,
    )
    assert row is not None
    return row


def _cancelled(tx: Transaction, where: Params) -> int:
    """Count the captures for a part of a movie."""
    row = tx.fetch_one(
        "SELECT COUNT(*) FROM jobs JOIN ledger_entries ON ledger_entries.job_id = jobs.id"
        f" AND ledger_entries.entry_type = 'capture' WHERE jobs.state = 'cancelled' AND {_in_month(where)}",
        where,
    )
    assert row is not None
    return row[0]


def _shares(tx: Transaction, key: str, name: str, where: Params) -> tuple[UsageShare, ...]:
    rows = tx.fetch_all(
        f"SELECT {key} AS key, {name} AS name, {_of_movies('1')} AS movies,"
        f" {_of_movies('jobs.duration_seconds')} AS duration_seconds, SUM({_AMOUNT}) AS credits,"
        " SUM(COALESCE(jobs.charged_credits, jobs.price_credits)) AS charged_credits"
        " FROM ledger_entries JOIN jobs ON jobs.id = ledger_entries.job_id WHERE"
        f" ledger_entries.entry_type = 'capture' AND {_in_month(where)}"
        f" GROUP BY {key} ORDER BY SUM({_AMOUNT}) DESC, {key} LIMIT :top",
        where,
    )
    return tuple(
        UsageShare(
            str(row["key"]),
            row["name"],
            row["movies"],
            row["duration_seconds"],
            row["credits"],
            row["charged_credits"],
        )
        for row in rows
    )


def _of_movies(what: str) -> str:
    """Sum something over movies.

    Those that were cancelled while they rendered are left out.
    """
    return f"SUM(CASE jobs.state WHEN 'completed' THEN {what} ELSE 0 END)"


def _failures(tx: Transaction, where: Params) -> tuple[FailureStats, ...]:
    rows = tx.fetch_all(
        "SELECT jobs.end_reason, COUNT(*) AS movies, SUM(jobs.price_credits) AS price_credits,"
        " SUM(ledger_entries.upstream_charge) AS upstream_charge"
        " FROM ledger_entries JOIN jobs ON jobs.id = ledger_entries.job_id"
        " WHERE ledger_entries.entry_type = 'release'"
        f" AND (jobs.state = 'failed' OR ledger_entries.upstream_charge > 0) AND {_in_month(where)}"
        " GROUP BY jobs.end_reason ORDER BY COUNT(*) DESC, jobs.end_reason",
        where,
    )
    return tuple(
        FailureStats(EndReason(row["end_reason"]), row["movies"], row["price_credits"], row["upstream_charge"])
        for row in rows
    )


def _days(tx: Transaction, month: Month, where: Params) -> tuple[DailyUsage, ...]:
    """Return each day of the month.

    What ended after the month counts for its last day.
    """
    last = monthrange(month.year, month.number)[1]
    rows = tx.fetch_all(
        f"SELECT CASE WHEN day < 1 THEN 1 WHEN day > {last} THEN {last} ELSE day END AS day,"
        f" SUM(CASE entry_type WHEN 'capture' THEN {_AMOUNT} ELSE 0 END) AS spent,"
        f" SUM({_CHARGE}) AS upstream_charge,"
        # the API can charge more for a failed movie than was held
        f" SUM(CASE WHEN upstream_charge < {_GIVEN_BACK} THEN {_GIVEN_BACK} - upstream_charge ELSE 0 END)"
        " AS given_back,"
        " SUM(CASE WHEN entry_type = 'hold' AND NOT EXISTS (SELECT 1 FROM ledger_entries AS ended"
        f" WHERE ended.hold_id = entries.id) THEN {_AMOUNT} ELSE 0 END) AS held"
        f" FROM (SELECT ledger_entries.*, (created_at - :start) / {_DAY_MS} + 1 AS day"
        f" FROM ledger_entries WHERE {_in_month(where)}) AS entries GROUP BY 1",
        where,
    )
    found = {
        row["day"]: DailyUsage(row["day"], row["spent"], row["upstream_charge"], row["given_back"], row["held"])
        for row in rows
    }
    return tuple(found.get(day, DailyUsage(day, 0, 0, 0, 0)) for day in range(1, last + 1))


def _receipt(row: Row) -> Receipt:
    credits, outcome = row["price_credits"], row["state"]
    state = JobState(outcome) if row["id"] else None
    spent = 0 if state is None else spent_credits(state, credits, row["charged_credits"])
    return Receipt(
        created_at=row["created_at"],
        member_id=row["member_id"],
        prompt=row["prompt"],
        seconds=row["duration_seconds"],
        model=row["video_model"],
        credits=credits,
        extra=row["extra"],
        outcome=outcome,
        job_id=row["id"],
        spent=spent,
        refunded=credits - spent if state is not None and state.is_terminal else 0,
    )
