"""Monthly reports, receipts, and how long the newest movies took to render, read from a snapshot."""

from __future__ import annotations

import itertools
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain.credits import DAY_MS, Month
from bot.domain.delivery import PostedMessage, Venue
from bot.domain.durations import RenderSample
from bot.domain.jobs import DECISION_TTL_MS, EndReason, Job, JobState, spent_credits
from bot.domain.reports import DailyUsage, FailureStats, MonthlyReport, Receipt, UsageShare, count_limit
from data import budgets, jobs, ledger, reconciliation
from data.database import Params, Row, Transaction
from data.engine.rows import Progress, Step, no_progress

_TOP = 10
"""Members and models in a report."""


_STUCK_AFTER_MS = 6 * 3_600_000
"""Beyond what members and staff may take to decide about a storyboard."""

_AMOUNT = "allowance + extra"
_RELEASED = (
    f"CASE entry_type WHEN 'release' THEN {_AMOUNT} WHEN 'capture' THEN released_allowance + released_extra ELSE 0 END"
)
"""What an entry releases: a part, where a movie was cancelled while it rendered."""

_CHARGE = "CASE entry_type WHEN 'adjust' THEN 0 ELSE upstream_charge END"
"""What the API kept. An adjustment only carries it over for a member; see data/erased_members.py."""

_GIFT = (
    "(EXISTS (SELECT 1 FROM gifts WHERE gifts.given_entry_id = ledger_entries.id)"
    " OR EXISTS (SELECT 1 FROM past_gifts WHERE past_gifts.entry_id = ledger_entries.id))"
)
"""Whether bonus credits came from another member."""

_OWN_NAME = "MAX(CASE WHEN jobs.member_id = ledger_entries.member_id THEN jobs.member_name ELSE '' END)"
"""A member may pay for another's movie."""

_JOB = ", ".join(
    f"jobs.{column}"
    for column in (
        *("id", "created_at", "member_id", "price_credits", "state", "charged_credits", "stop_credits"),
        *jobs.REQUEST_COLUMNS,
    )
)

_POSTED = (
    "outbox AS posted ON posted.job_id = jobs.id AND posted.type = jobs.state AND posted.status = 'sent'"
    " AND posted.message_id > 0 AND posted.channel_id IS NOT NULL AND posted.venue <> 'direct'"
    " AND jobs.removed_at IS NULL"
)
"""The message about a job's end, where everyone sees it."""

_RECEIPT = (
    f"SELECT {_JOB}, posted.channel_id, posted.message_id, posted.venue,"
    " COALESCE(held.extra, 0) AS extra,"
    " CASE WHEN jobs.pitch_id IS NOT NULL THEN COALESCE(held.allowance + held.extra, 0) END AS own_credits,"
    " (SELECT ended.allowance + ended.extra FROM ledger_entries AS ended"
    " WHERE ended.hold_id = held.id AND ended.entry_type = 'capture') AS own_spent"
    f" FROM jobs LEFT JOIN {_POSTED}"
    " LEFT JOIN ledger_entries AS held ON held.job_id = jobs.id AND held.entry_type = 'hold'"
    " AND held.guild_id = jobs.guild_id AND held.member_id = jobs.member_id"
)
"""A member's part of a movie that others pay for, too, which may be nothing."""

_ONCE = (
    "(ledger_entries.pitch_id IS NULL OR ledger_entries.hold_id = (SELECT MIN(first.id) FROM ledger_entries AS first"
    " WHERE first.job_id = ledger_entries.job_id AND first.entry_type = 'hold'))"
)
"""Of the entries about the end of a movie that several members pay for, one."""


_NEXT_MODEL = "SELECT MIN(video_model) FROM jobs WHERE state = 'completed' AND video_model > :after"
"""Steps from model to model over the index: DISTINCT would scan every movie."""


_NEWEST = """
SELECT duration_seconds, took_ms FROM jobs
WHERE state = 'completed' AND video_model = :video_model AND took_ms IS NOT NULL ORDER BY id DESC LIMIT :limit
"""


def report(tx: Transaction, guild_id: int | None, month: Month, progress: Progress = no_progress) -> MonthlyReport:
    """Compute the figures of a month, for one server or (None) all."""
    progress(Step.ADD_UP, 0, 5)
    where = {"month": str(month), "guild_id": guild_id, "start": month.starts_at, "top": _TOP}
    totals = _totals(tx, where)
    progress(Step.ADD_UP, 1, 5)
    members = _shares(tx, "ledger_entries.member_id", _OWN_NAME, where)
    progress(Step.ADD_UP, 2, 5)
    models = _shares(tx, "jobs.video_model", "jobs.video_model", where, counted=_ONCE)
    progress(Step.ADD_UP, 3, 5)
    failures = _failures(tx, where)
    progress(Step.ADD_UP, 4, 5)
    days = _days(tx, month, where)
    progress(Step.ADD_UP, 5, 5)
    return MonthlyReport(
        month=month,
        movies=(totals["captures"] or 0) - totals["cancelled"],
        running=totals["running"] or 0,
        spent=totals["spent"] or 0,
        held=totals["held"] or 0,
        released=totals["released"] or 0,
        upstream_charge=totals["upstream_charge"] or 0,
        granted=totals["granted"] or 0,
        members=members,
        models=models,
        failures=failures,
        days=days,
        server=None if guild_id is None else budgets.server_spending(tx, guild_id, month),
        plan=ledger.plan_budget(tx, month, tx.policy.limits.plan),
        charge_difference=totals["charge_difference"] or 0,
        discrepancies=reconciliation.find_discrepancies(tx, progress),
    )


def failed_jobs(tx: Transaction, guild_id: int | None, month: Month, limit: int) -> list[Job]:
    """List the newest failed movies whose credits were refunded in a month."""
    where = {"month": str(month), "guild_id": guild_id, "limit": limit}
    return tx.fetch_all_as(
        jobs.from_row,
        f"SELECT {jobs.COLUMNS} FROM jobs WHERE state = 'failed' AND id IN (SELECT held.job_id FROM ledger_entries"
        " JOIN ledger_entries AS held ON held.id = ledger_entries.hold_id"
        f" WHERE ledger_entries.entry_type = 'release' AND {_in_month(where)}) ORDER BY id DESC LIMIT :limit",
        where,
    )


def stuck_jobs(tx: Transaction, guild_id: int | None, limit: int) -> list[Job]:
    """List the oldest movies that are unknown, or have been at the API for longer than movies take."""
    server = "" if guild_id is None else " AND guild_id = :guild_id"
    before = tx.now - _STUCK_AFTER_MS
    return tx.fetch_all_as(
        jobs.from_row,
        f"SELECT {jobs.COLUMNS} FROM jobs WHERE {jobs.OPEN}{server} AND (state = 'unknown'"
        " OR state IN ('submitting', 'rendering') AND submitted_at < CASE operation WHEN 'storyboard'"
        " THEN :before_decisions ELSE :before END) ORDER BY id LIMIT :limit",
        {"guild_id": guild_id, "before": before, "before_decisions": before - 2 * DECISION_TTL_MS, "limit": limit},
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
    total = tx.fetch_value(f"SELECT COUNT(*) FROM (SELECT 1 FROM jobs WHERE {mine} LIMIT :counted) AS counted", where)
    receipts = [
        replace(
            _receipt(row),
            message=row["message_id"] and PostedMessage(row["channel_id"], row["message_id"], Venue(row["venue"])),
        )
        for row in rows
    ]
    return receipts, total


def receipts_of_month(tx: Transaction, guild_id: int | None, month: Month) -> Iterator[Receipt]:
    """Yield a month's movies, then its grants and adjustments, oldest first.

    A movie belongs to the month that its hold drew on. One that several members pay for is yielded for each of them.
    """
    where = {"month": str(month), "guild_id": guild_id}
    movies = tx.iterate(
        f"SELECT {_JOB}, ledger_entries.extra, COALESCE(ended.upstream_charge, 0) AS upstream_charge,"
        " ledger_entries.member_id AS payer_id,"
        " CASE WHEN jobs.pitch_id IS NOT NULL THEN ledger_entries.allowance + ledger_entries.extra END AS own_credits,"
        " CASE ended.entry_type WHEN 'capture' THEN ended.allowance + ended.extra END AS own_spent,"
        " COALESCE(jobs.end_reason, '') AS why"
        " FROM ledger_entries JOIN jobs ON jobs.id = ledger_entries.job_id"
        " LEFT JOIN ledger_entries AS ended ON ended.hold_id = ledger_entries.id"
        f" WHERE ledger_entries.entry_type = 'hold' AND {_in_month(where)} ORDER BY jobs.id, ledger_entries.id",
        where,
    )
    changes = tx.iterate(
        "SELECT created_at, member_id, allowance + extra AS credits, extra, entry_type AS outcome, reason"
        f" FROM ledger_entries WHERE entry_type IN ('grant', 'adjust') AND {_in_month(where)} ORDER BY id",
        where,
    )
    return itertools.chain(
        (
            replace(_receipt(row), member_id=row["payer_id"], upstream_charge=row["upstream_charge"], reason=row["why"])
            for row in movies
        ),
        (Receipt(**row) for row in changes),
    )


def _in_month(where: Params) -> str:
    server = "" if where["guild_id"] is None else " AND ledger_entries.guild_id = :guild_id"
    return f"ledger_entries.month = :month{server}"


def _totals(tx: Transaction, where: Params) -> Row:
    return tx.fetch_single(
        f"SELECT {_movies_with('capture')} AS captures,"
        # captures for a part of a movie
        " (SELECT COUNT(DISTINCT jobs.id) FROM jobs JOIN ledger_entries ON ledger_entries.job_id = jobs.id"
        " AND ledger_entries.entry_type = 'capture'"
        f" WHERE jobs.state = 'cancelled' AND {_in_month(where)}) AS cancelled,"
        f" {_movies_with('hold')} - {_movies_with('capture', 'release')} AS running,"
        f" SUM(CASE entry_type WHEN 'capture' THEN {_AMOUNT} ELSE 0 END) AS spent,"
        f" SUM(CASE entry_type WHEN 'hold' THEN {_AMOUNT} WHEN 'capture' THEN -({_AMOUNT}) ELSE 0 END"
        f" - ({_RELEASED})) AS held,"
        f" SUM({_RELEASED}) AS released,"
        f" SUM({_CHARGE}) AS upstream_charge,"
        " SUM(CASE entry_type WHEN 'adjust' THEN 0 ELSE charge_difference END) AS charge_difference,"
        f" SUM(CASE WHEN entry_type = 'grant' AND NOT {_GIFT} THEN extra ELSE 0 END) AS granted"
        f" FROM ledger_entries WHERE {_in_month(where)}",
        where,
    )


def _movies_with(*entry_types: str) -> str:
    """Count the movies with an entry of these types.

    One that several members pay for has one of each.
    """
    listed = ", ".join(f"'{each}'" for each in entry_types)
    return (
        f"(SUM(CASE WHEN entry_type IN ({listed}) AND pitch_id IS NULL THEN 1 ELSE 0 END)"
        f" + COUNT(DISTINCT CASE WHEN entry_type IN ({listed}) AND pitch_id IS NOT NULL THEN job_id END))"
    )


def _shares(
    tx: Transaction, key: str, name: str, where: Params, counted: str = "jobs.id IS NOT NULL"
) -> tuple[UsageShare, ...]:
    """Add up captures by a key; movies and durations where `counted` holds."""
    rows = tx.fetch_all(
        f"SELECT {key} AS key, {name} AS name, {_of_movies('1', counted)} AS movies,"
        f" {_of_movies('jobs.duration_seconds', counted)} AS duration_seconds, SUM({_AMOUNT}) AS credits,"
        " SUM(CASE WHEN ledger_entries.pitch_id IS NULL THEN COALESCE(jobs.charged_credits, jobs.price_credits)"
        f" ELSE {_AMOUNT} + charge_difference END) AS charged_credits"
        " FROM ledger_entries JOIN jobs ON jobs.id = ledger_entries.job_id WHERE"
        f" ledger_entries.entry_type = 'capture' AND {_in_month(where)}"
        f" GROUP BY {key} ORDER BY SUM({_AMOUNT}) DESC, {key} LIMIT :top",
        where,
    )
    return tuple(UsageShare(str(key), *figures) for key, *figures in rows)


def _of_movies(what: str, counted: str) -> str:
    """Sum something over movies.

    Those that were cancelled while they rendered are left out.
    """
    return f"SUM(CASE WHEN jobs.state = 'completed' AND {counted} THEN {what} ELSE 0 END)"


def _failures(tx: Transaction, where: Params) -> tuple[FailureStats, ...]:
    rows = tx.fetch_all(
        f"SELECT jobs.end_reason, COUNT(DISTINCT jobs.id) AS movies, SUM({_AMOUNT}) AS price_credits,"
        " SUM(ledger_entries.upstream_charge) AS upstream_charge"
        " FROM ledger_entries JOIN jobs ON jobs.id = ledger_entries.job_id"
        " WHERE ledger_entries.entry_type = 'release'"
        f" AND (jobs.state = 'failed' OR ledger_entries.upstream_charge > 0) AND {_in_month(where)}"
        " GROUP BY jobs.end_reason ORDER BY COUNT(DISTINCT jobs.id) DESC, jobs.end_reason",
        where,
    )
    return tuple(FailureStats(EndReason(reason), *figures) for reason, *figures in rows)


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
        f" SUM(CASE WHEN upstream_charge < {_RELEASED} THEN {_RELEASED} - upstream_charge ELSE 0 END)"
        " AS released,"
        " SUM(CASE WHEN entry_type = 'hold' AND NOT EXISTS (SELECT 1 FROM ledger_entries AS ended"
        f" WHERE ended.hold_id = entries.id) THEN {_AMOUNT} ELSE 0 END) AS held"
        f" FROM (SELECT ledger_entries.*, (created_at - :start) / {DAY_MS} + 1 AS day"
        f" FROM ledger_entries WHERE {_in_month(where)}) AS entries GROUP BY 1",
        where,
    )
    found = {row["day"]: DailyUsage(*row) for row in rows}
    return tuple(found.get(day, DailyUsage(day, 0, 0, 0, 0)) for day in range(1, last + 1))


def _receipt(row: Row) -> Receipt:
    credits, state, request = row["price_credits"], JobState(row["state"]), jobs.request_from_row(row)
    spent = spent_credits(state, credits, row["charged_credits"], row["stop_credits"], request.operation)
    if row["own_credits"] is not None:  # others pay for it, too
        credits, spent = row["own_credits"], row["own_spent"] or 0
    return Receipt(
        created_at=row["created_at"],
        member_id=row["member_id"],
        prompt=request.prompt,
        seconds=request.duration_seconds,
        model=request.video_model,
        credits=credits,
        extra=row["extra"],
        outcome=state.value,
        job_id=row["id"],
        spent=spent,
        refunded=credits - spent if state.is_terminal else 0,
        request=request,
    )


def render_samples(tx: Transaction, limit: int) -> Mapping[str, Sequence[RenderSample]]:
    """Return up to `limit` samples of each video model, the newest first.

    A sample counts from the submission to the poll that found the movie, so it is slightly too long. Movies whose
    duration is not known well enough have none.
    """
    samples: dict[str, Sequence[RenderSample]] = {}
    model = tx.fetch_value(_NEXT_MODEL, {"after": ""})
    while model is not None:
        rows = tx.fetch_all(_NEWEST, {"video_model": model, "limit": limit})
        samples[model] = [RenderSample(seconds, took_ms / 1000) for seconds, took_ms in rows]
        model = tx.fetch_value(_NEXT_MODEL, {"after": model})
    return samples
