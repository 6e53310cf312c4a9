"""What movies cost the operator's plan beside their members' payments.

That is for failures, and where the API charged another sum than the price. The API keeps what it charged for a movie
that it reports as failed.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.credits import Month, month_of
from bot.domain.jobs import EndReason, Job
from bot.domain.quota import AuditAction
from bot.domain.risk import MAX_REPEATED_FAILURES
from data import audit_log
from data.database import Transaction

_RECENT_JOBS = 50
"""A member's newest jobs, among which failures of one prompt count."""

_WHO_ANSWERS = """
WITH answerable AS (
    SELECT guild_id, member_id, month, upstream_charge, created_at, job_id FROM ledger_entries
    WHERE upstream_charge > 0 AND pitch_id IS NULL
    UNION ALL
    SELECT pitches.guild_id, pitches.member_id, ledger_entries.month, ledger_entries.upstream_charge,
        ledger_entries.created_at, ledger_entries.job_id
    FROM pitches{join} ledger_entries WHERE ledger_entries.pitch_id = pitches.id AND ledger_entries.upstream_charge > 0)
"""
"""Who answers for a charge: its payer, and of a movie that several paid for the member who pitched it.

Repeats the words of the indexes.
"""

_ANSWERABLE = _WHO_ANSWERS.format(join=" CROSS JOIN")
"""The same for one member. SQLite reads the tables of a CROSS JOIN in their order: first the member's pitches, where it
would otherwise read what all members were charged for in the month."""

_OF_OPERATOR: Final = tuple(
    each.value
    for each in (
        EndReason.CREDITS_RAN_OUT,
        EndReason.STAYED_UNKNOWN,
        EndReason.DECLINED,  # a storyboard, as the next
        EndReason.APPROVAL_LAPSED,
    )
)

_NOT_WAIVED = f"""
, charged AS (
    SELECT guild_id, member_id, month, upstream_charge FROM answerable
    WHERE NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.id = answerable.job_id
        AND jobs.end_reason IN {_OF_OPERATOR})
    AND NOT EXISTS (SELECT 1 FROM failure_waivers WHERE failure_waivers.member_id = answerable.member_id
        AND failure_waivers.guild_id IN (answerable.guild_id, 0)
        AND failure_waivers.waived_at >= answerable.created_at))
"""
"""Without the failures that were waived, and those that are not the member's: the operator's account was empty, the
movie stayed unknown, or staff did not let its member see the storyboard."""

_CHARGED = f"{_ANSWERABLE}{_NOT_WAIVED}"
_CHARGED_IN_MONTH = f"{_WHO_ANSWERS.format(join=',')}{_NOT_WAIVED}"
"""The same for all members."""

FAILED_CREDITS = f"""
{_CHARGED} SELECT CAST(COALESCE(SUM(upstream_charge), 0) AS BIGINT) FROM charged
WHERE member_id = :member_id AND month = :month
"""

_LAST_CHARGED_AT = f"""
{_ANSWERABLE} SELECT COALESCE(MAX(created_at), 0) FROM answerable WHERE member_id = :member_id AND month = :month
"""

_OVERAGE_ROWS = """
FROM ledger_entries
WHERE guild_id = :guild_id AND month = :month AND (upstream_charge > 0 OR charge_difference <> 0)
"""

OVERAGE = f"SELECT CAST(COALESCE(SUM(upstream_charge + charge_difference), 0) AS BIGINT) {_OVERAGE_ROWS}"
"""What a server's movies cost the plan above what its members paid; negative where the API charged less."""

_SERVER_CHARGES = f"""
SELECT CAST(COALESCE(SUM(upstream_charge), 0) AS BIGINT) AS failed,
    CAST(COALESCE(SUM(charge_difference), 0) AS BIGINT) AS above_price {_OVERAGE_ROWS} AND entry_type <> 'adjust'
"""
"""Without what a member brought back who had erased their data: it is counted in the entries from before."""

FAILING_SINCE = f"""
SELECT failed_at FROM (
    SELECT COUNT(*) AS failures, MIN(id) AS first_id, MAX(finished_at) AS failed_at FROM (
        SELECT id, finished_at FROM jobs
        WHERE member_id = :member_id AND state IN ('failed', 'cancelled')
            AND state = 'failed' AND end_reason = '{EndReason.UPSTREAM_FAILED}' AND prompt = :prompt
            AND id >= (SELECT MIN(id) FROM
                (SELECT id FROM jobs WHERE member_id = :member_id ORDER BY id DESC LIMIT {_RECENT_JOBS}) AS recent)
        ORDER BY id DESC LIMIT {MAX_REPEATED_FAILURES}) AS last_ones) AS counted
WHERE failures = {MAX_REPEATED_FAILURES} AND NOT EXISTS (SELECT 1 FROM jobs AS others
    WHERE others.member_id = :member_id AND others.id > counted.first_id AND others.prompt = :prompt
        AND (others.state = 'completed'
            OR others.state = 'failed' AND others.end_reason <> '{EndReason.UPSTREAM_FAILED}'))
"""
"""When a prompt last failed, if the member's last movies of it all failed at the API.

Repeats the words of the index of unsuccessful jobs: most members have few, and this runs for every order.
"""


@dataclass(frozen=True, slots=True)
class ServerCharges:
    """What a server's movies cost the plan above what its members paid.

    `failed` is for failed movies, `above_price` for completed ones: negative where the API charged less than the price.
    """

    failed: int
    above_price: int

    @property
    def overage(self) -> int:
        """What counts against the operator's limit beyond the members' payments."""
        return max(0, self.failed + self.above_price)


def failed_credits(tx: Transaction, member_id: int, month: Month) -> int:
    """Return what a member's failed movies cost the plan.

    Counts one month in all servers, without waived failures. A pitch's movie counts for the member who pitched it.
    """
    return tx.fetch_value(FAILED_CREDITS, {"member_id": member_id, "month": str(month)})


def failed_by_server(tx: Transaction, member_id: int, month: Month) -> Mapping[int, int]:
    """Return the same by server."""
    return tx.fetch_dict(
        f"{_CHARGED} SELECT guild_id, CAST(SUM(upstream_charge) AS BIGINT) AS credits FROM charged"
        " WHERE member_id = :member_id AND month = :month GROUP BY guild_id",
        {"member_id": member_id, "month": str(month)},
    )


def record_stop(tx: Transaction, job: Job) -> None:
    """Record that a member is stopped, if this job reached the limit.

    A stopped member may not order. What counts for a month that is over stops nobody.
    """
    limits, month = tx.policy.limits.risk, Month.containing(job.created_at)
    if limits is None or month != Month.containing(tx.now) or job.end_reason is EndReason.CREDITS_RAN_OUT:
        return
    total = failed_credits(tx, job.member_id, month)
    charge = job.price if job.charged is None else job.charged
    if total - charge < limits.failed_credits <= total:
        audit_log.record_of_job(tx, AuditAction.FAILURES_STOPPED, job, total)
        tx.log("member_stopped", logging.WARNING, guild_id=job.guild_id, job_id=job.id)


def is_stopped(tx: Transaction, member_id: int) -> bool:
    """Return whether a member's failed movies stop their orders this month."""
    limits = tx.policy.limits.risk
    return limits is not None and failed_credits(tx, member_id, Month.containing(tx.now)) >= limits.failed_credits


def stopped_members(tx: Transaction) -> int:
    """Count the members whose failed movies stop their orders this month."""
    limits = tx.policy.limits.risk
    if limits is None:
        return 0
    rows = tx.fetch_all(
        f"{_CHARGED_IN_MONTH} SELECT member_id FROM charged WHERE month = :month AND member_id > 0 GROUP BY member_id"
        " HAVING SUM(upstream_charge) >= :limit",
        {"month": month_of(tx.now), "limit": limits.failed_credits},
    )
    return len(rows)


def server_charges(tx: Transaction, guild_id: int, month: Month) -> ServerCharges:
    """Return what a server cost the plan beside its members' payments."""
    return ServerCharges(*tx.fetch_single(_SERVER_CHARGES, {"guild_id": guild_id, "month": str(month)}))


def waive(tx: Transaction, guild_id: int, member_id: int) -> bool:
    """Waive a stopped member's failures in a server.

    They may order again. `guild_id` 0: in all servers. Return False where the member is not stopped, or has no failures
    there.
    """
    if not is_stopped(tx, member_id):
        return False
    there = {"member_id": member_id, "month": month_of(tx.now), "guild_id": guild_id}
    if not tx.fetch_value(f"{FAILED_CREDITS} AND :guild_id IN (guild_id, 0)", there):
        return False
    # later than now, where the clock was set back since the last failure was charged
    waived_at = max(tx.now, tx.fetch_value(_LAST_CHARGED_AT, there))
    waiver = {"guild_id": guild_id, "member_id": member_id, "waived_at": waived_at}
    tx.insert("failure_waivers", waiver, replace="guild_id, member_id")
    return True
