"""Recomputes totals from the ledger, and the ledger from the jobs.

It names each discrepancy and only reads. On a consistent database it finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.core.errors import StorageError
from bot.domain.operations import Operation
from data import jobs, pitches
from data.database import Row, Transaction
from data.engine.rows import Progress, Step, no_progress

_MOST = 200
"""Discrepancies of one kind that are named. The rest is counted."""

_CAPPED: Final = jobs.sql_list(each for each in Operation if each.declared.capped)

_TOTALS: Final = """
WITH months AS (
    SELECT guild_id, member_id, month, SUM(upstream_charge + charge_difference) AS overage,
        SUM(CASE entry_type WHEN 'adjust' THEN allowance ELSE 0 END) AS adjusted,
        SUM(CASE entry_type WHEN 'capture' THEN allowance ELSE 0 END) AS used,
        SUM(CASE entry_type WHEN 'hold' THEN allowance WHEN 'capture' THEN -allowance - released_allowance
            WHEN 'release' THEN -allowance ELSE 0 END) AS held,
        SUM(CASE entry_type WHEN 'pledge' THEN allowance WHEN 'unpledge' THEN -allowance ELSE 0 END) AS pledged,
        SUM(CASE entry_type WHEN 'pledge' THEN extra WHEN 'unpledge' THEN -extra ELSE 0 END) AS extra_pledged,
        SUM(CASE entry_type WHEN 'grant' THEN extra WHEN 'adjust' THEN extra ELSE 0 END) AS extra_granted,
        SUM(CASE entry_type WHEN 'capture' THEN extra ELSE 0 END) AS extra_used,
        SUM(CASE entry_type WHEN 'hold' THEN extra WHEN 'capture' THEN -extra - released_extra
            WHEN 'release' THEN -extra ELSE 0 END) AS extra_held
    FROM ledger_entries GROUP BY guild_id, member_id, month
), rows AS (
    SELECT 'member' AS scope, guild_id, member_id, month, 0 AS granted, adjusted + used AS used,
        held + pledged AS held FROM months
    UNION ALL
    SELECT 'extra', guild_id, member_id, '', extra_granted, extra_used, extra_held + extra_pledged FROM months
    UNION ALL
    SELECT 'server', guild_id, 0, month, 0, used + extra_used, held + extra_held FROM months
    UNION ALL
    SELECT 'plan', 0, 0, month, 0, used + extra_used + overage, held + extra_held FROM months
), compared AS (
    SELECT scope, guild_id, member_id, month, granted, used, held, 0 AS cached_granted, 0 AS cached_used, 0 AS
    cached_held FROM rows UNION ALL SELECT scope, guild_id, member_id, month, 0, 0, 0, granted, used, held FROM balances
)
SELECT CASE scope WHEN 'extra' THEN 'bonus' ELSE scope END AS budget, guild_id, member_id,
    CASE month WHEN '' THEN 'any' ELSE month END AS in_month, SUM(granted) AS granted, SUM(used) AS used,
    SUM(held) AS held,
    SUM(cached_granted) AS cached_granted, SUM(cached_used) AS cached_used, SUM(cached_held) AS cached_held
FROM compared GROUP BY scope, guild_id, member_id, month
HAVING SUM(granted) <> SUM(cached_granted) OR SUM(used) <> SUM(cached_used) OR SUM(held) <> SUM(cached_held)
ORDER BY scope, guild_id, member_id, month
"""
"""Pledges hold nothing of a server's and the plan's budget."""

_JOBS: Final = f"""
SELECT jobs.id, jobs.state, jobs.price_credits, jobs.guild_id, jobs.member_id,
    held.guild_id AS held_in, held.member_id AS held_by, held.month AS held_month,
    held.allowance AS held_allowance, held.extra AS held_extra,
    ended.entry_type AS ended_by, ended.month AS ended_month, ended.allowance AS ended_allowance,
    ended.extra AS ended_extra, ended.released_allowance, ended.released_extra
FROM jobs
LEFT JOIN ledger_entries AS held ON held.job_id = jobs.id AND held.entry_type = 'hold'
LEFT JOIN ledger_entries AS ended ON ended.hold_id = held.id
WHERE held.id IS NULL OR held.guild_id <> jobs.guild_id
    OR (jobs.pitch_id IS NULL  -- else _PITCHES adds up what several members pay
        AND (held.allowance + held.extra <> jobs.price_credits OR held.member_id <> jobs.member_id))
    OR (jobs.{jobs.OPEN} AND ended.id IS NOT NULL)
    OR (jobs.state = 'completed' AND COALESCE(ended.entry_type, '') <> 'capture')
    OR (jobs.state = 'failed' AND COALESCE(ended.entry_type, '') <> 'release')
    OR (jobs.state = 'cancelled' AND ended.id IS NULL)
    OR (jobs.state = 'completed' AND ended.released_allowance + ended.released_extra <> 0
        AND jobs.operation NOT IN {_CAPPED})
    OR (ended.extra > 0 AND ended.released_allowance > 0)  -- the allowance is spent first
    OR ended.allowance + ended.released_allowance <> held.allowance
    OR ended.extra + ended.released_extra <> held.extra OR ended.month <> held.month
    OR ended.guild_id <> held.guild_id OR ended.member_id <> held.member_id OR ended.job_id <> held.job_id
ORDER BY jobs.id
"""

_TWICE: Final = """
SELECT job_id, 'hold' AS what, COUNT(*) AS n FROM ledger_entries WHERE entry_type = 'hold'
GROUP BY job_id, guild_id, member_id HAVING COUNT(*) > 1
UNION ALL
SELECT MIN(job_id), 'resolution', COUNT(*) FROM ledger_entries WHERE hold_id IN
    (SELECT hold_id FROM ledger_entries WHERE hold_id IS NOT NULL GROUP BY hold_id HAVING COUNT(*) > 1)
GROUP BY hold_id
"""
"""Both are found in an index alone, which has their order."""


_PARTS: Final = f"""
SELECT jobs.id, jobs.state, jobs.price_credits, jobs.charged_credits, jobs.stop_credits,
    COALESCE(SUM(ended.allowance + ended.extra), 0) AS captured
FROM jobs LEFT JOIN ledger_entries AS ended ON ended.job_id = jobs.id AND ended.entry_type = 'capture'
WHERE jobs.state = 'cancelled'
    OR (jobs.source_ids IS NOT NULL AND jobs.state = 'completed' AND jobs.operation IN {_CAPPED})
GROUP BY jobs.id, jobs.state, jobs.price_credits, jobs.charged_credits, jobs.stop_credits
HAVING COALESCE(SUM(ended.allowance + ended.extra), 0) <> CASE
    WHEN jobs.charged_credits IS NULL AND jobs.state = 'cancelled' THEN 0
    WHEN jobs.charged_credits < COALESCE(jobs.stop_credits, jobs.price_credits) THEN jobs.charged_credits
    ELSE COALESCE(jobs.stop_credits, jobs.price_credits) END
ORDER BY jobs.id
"""
"""Cancelled jobs, and finished ones whose price is the most that they cost, that cost something else than the API
charged, or more than their price, or than stopping them."""


_GIFTS: Final = """
SELECT gifts.id, gifts.credits, taken.extra AS taken, given.extra AS given
FROM gifts
LEFT JOIN ledger_entries AS taken ON taken.id = gifts.taken_entry_id AND taken.entry_type = 'adjust'
    AND taken.guild_id = gifts.guild_id AND taken.member_id = gifts.giver_id
LEFT JOIN ledger_entries AS given ON given.id = gifts.given_entry_id AND given.entry_type = 'grant'
    AND given.guild_id = gifts.guild_id AND given.member_id = gifts.recipient_id
WHERE COALESCE(taken.extra, 0) <> -gifts.credits OR COALESCE(given.extra, 0) <> gifts.credits
ORDER BY gifts.id
"""
"""Gifts whose two sides are not what was given."""


_PLEDGES: Final = f"""
WITH entries AS (
    SELECT pitch_id, member_id,
        SUM(CASE entry_type WHEN 'pledge' THEN allowance WHEN 'unpledge' THEN -allowance ELSE 0 END) AS allowance,
        SUM(CASE entry_type WHEN 'pledge' THEN extra WHEN 'unpledge' THEN -extra ELSE 0 END) AS extra,
        SUM(CASE entry_type WHEN 'hold' THEN allowance + extra WHEN 'release' THEN -allowance - extra
            WHEN 'capture' THEN -allowance - extra - released_allowance - released_extra ELSE 0 END) AS paying,
        SUM(CASE entry_type WHEN 'capture' THEN allowance + extra ELSE 0 END) AS captured
    FROM ledger_entries WHERE pitch_id IS NOT NULL GROUP BY pitch_id, member_id
), members AS (
    SELECT pitch_id, member_id FROM pledges UNION SELECT pitch_id, member_id FROM entries
)
SELECT members.pitch_id, members.member_id, COALESCE(pledges.state, 'missing') AS state, pledges.allowance,
    pledges.extra, pledges.spent, entries.allowance AS held_allowance, entries.extra AS held_extra, entries.paying,
    entries.captured, pitches.state AS pitch_state
FROM members JOIN pitches ON pitches.id = members.pitch_id
LEFT JOIN pledges ON pledges.pitch_id = members.pitch_id AND pledges.member_id = members.member_id
LEFT JOIN entries ON entries.pitch_id = members.pitch_id AND entries.member_id = members.member_id
WHERE pledges.state IS NULL OR entries.pitch_id IS NULL
    OR entries.allowance <> CASE pledges.state WHEN 'open' THEN pledges.allowance ELSE 0 END
    OR entries.extra <> CASE pledges.state WHEN 'open' THEN pledges.extra ELSE 0 END
    OR entries.paying <> CASE pledges.state WHEN 'funded' THEN pledges.allowance + pledges.extra ELSE 0 END
    OR entries.captured <> pledges.spent OR (pledges.state = 'spent' AND pledges.spent = 0)
    OR (pledges.state = 'open' AND NOT pitches.{pitches.OPEN})
    OR (pledges.state = 'funded' AND pitches.state <> 'funded')
ORDER BY members.pitch_id, members.member_id
"""
"""Pledges that the ledger does not hold exactly while they are open, that don't pay for a job exactly while they are
funded, or that don't have one end."""

_PITCHES: Final = f"""
WITH sums AS (
    SELECT pitches.id, pitches.state, pitches.price_credits, pitches.pledged, jobs.id AS job_id,
        jobs.price_credits AS job_price,
        (SELECT COALESCE(SUM(pledges.allowance + pledges.extra), 0) FROM pledges
            WHERE pledges.pitch_id = pitches.id AND pledges.state = 'open') AS open_credits,
        (SELECT COALESCE(SUM(allowance + extra), 0) FROM ledger_entries
            WHERE ledger_entries.pitch_id = pitches.id AND entry_type = 'hold') AS paid
    FROM pitches LEFT JOIN jobs ON jobs.pitch_id = pitches.id
)
SELECT sums.*, COALESCE(job_id, 'none') AS made FROM sums WHERE ({pitches.OPEN} AND pledged <> open_credits)
    OR (state <> 'funded' AND (job_id IS NOT NULL OR paid <> 0)) OR (NOT {pitches.OPEN} AND open_credits <> 0)
    OR (state = 'funded' AND (job_id IS NULL OR paid <> price_credits OR job_price <> price_credits))
    OR (state NOT IN ('funded', 'open', 'waiting_for_plan') AND pledged <> 0)
    OR (state = 'waiting_for_plan' AND pledged <> price_credits)
ORDER BY id
"""
"""Pitches that don't add up to their pledges, or to what pays for their movie."""


def find_discrepancies(tx: Transaction, progress: Progress = no_progress) -> tuple[str, ...]:
    """Name each total and each job that does not match the ledger.

    A job's credits must fit its state and its member.
    """
    found: list[str] = []
    for done, (query, describe) in enumerate(_CHECKS):
        progress(Step.RECONCILE, done, len(_CHECKS))
        found += _shortened(tx.fetch_all_as(describe, query))
    progress(Step.RECONCILE, len(_CHECKS), len(_CHECKS))
    return tuple(found)


def reject_discrepancies(tx: Transaction, called: str, progress: Progress = no_progress) -> None:
    """Reject a database with discrepancies; `called` is its name.

    Raises:
        StorageError: it has some.
    """
    found = find_discrepancies(tx, progress)
    if found:
        first, *others = found
        more = f" (and {len(others)} more)" if others else ""
        raise StorageError(f"The balances in {called} don't match its ledger: {first}{more}")


def _wrong_job(row: Row) -> str:
    return (
        f"job {row['id']} of member {row['member_id']} in server {row['guild_id']} is {row['state']} and costs "
        f"{row['price_credits']}: {_held(row)}, {_ended(row)}"
    )


def _wrong_part(row: Row) -> str:
    charged = (
        "the API did not say what" if row["charged_credits"] is None else f"the API charged {row['charged_credits']}"
    )
    costs = f"job {row['id']} is {row['state']} and costs {row['price_credits']}"
    return f"{costs}: {charged}, and {row['captured']} was captured"


def _held(row: Row) -> str:
    if row["held_month"] is None:
        return "nothing was put on hold"
    whose = f"member {row['held_by']} in server {row['held_in']}, month {row['held_month']}"
    return f"held {row['held_allowance']} and {row['held_extra']} bonus ({whose})"


def _ended(row: Row) -> str:
    if row["ended_by"] is None:
        return "not resolved"
    parts = f"{row['ended_allowance']} and {row['ended_extra']} bonus, month {row['ended_month']}"
    if row["released_allowance"] or row["released_extra"]:
        parts += f" (released: {row['released_allowance']} and {row['released_extra']} bonus)"
    return f"resolved by a {row['ended_by']} of {parts}"


def _shortened(lines: list[str]) -> list[str]:
    rest = len(lines) - _MOST
    return lines if rest <= 0 else [*lines[:_MOST], f"and {rest} more of this kind"]


_CHECKS: Final[tuple[tuple[str, Callable[[Row], str]], ...]] = (
    (
        _TOTALS,
        "{budget} budget (server {guild_id}, member {member_id}, month {in_month}): the ledger says granted {granted},"
        " used {used}, on hold {held}; the total says {cached_granted}, {cached_used}, {cached_held}".format_map,
    ),
    (_JOBS, _wrong_job),
    (_TWICE, "job {job_id} has {n} ledger entries for one {what}".format_map),
    (_PARTS, _wrong_part),
    (_GIFTS, "gift {id} is of {credits}: {taken} was taken, and {given} given".format_map),
    (
        _PLEDGES,
        "the pledge of member {member_id} to pitch {pitch_id} ({pitch_state}) is {state}: {allowance} and {extra}"
        " bonus, {spent} spent; the ledger says {held_allowance} and {held_extra} bonus pledged, {paying} on hold for"
        " its movie, {captured} spent".format_map,
    ),
    (
        _PITCHES,
        "pitch {id} is {state} and costs {price_credits}: {pledged} are pledged, its open pledges hold {open_credits},"
        " and {paid} were held for its movie ({made})".format_map,
    ),
)
