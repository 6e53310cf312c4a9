"""Compares pitches with their pledges, and pledges with the ledger.

Every pledge is held by the ledger exactly while it is open, pays for a job exactly while it is funded, and has one end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from data import pitches
from data.database import Row

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
SELECT * FROM sums WHERE ({pitches.OPEN} AND pledged <> open_credits)
    OR (state <> 'funded' AND (job_id IS NOT NULL OR paid <> 0)) OR (NOT {pitches.OPEN} AND open_credits <> 0)
    OR (state = 'funded' AND (job_id IS NULL OR paid <> price_credits OR job_price <> price_credits))
    OR (state NOT IN ('funded', 'open', 'waiting_for_plan') AND pledged <> 0)
    OR (state = 'waiting_for_plan' AND pledged <> price_credits)
ORDER BY id
"""


def _wrong_pledge(row: Row) -> str:
    return (
        f"the pledge of member {row['member_id']} to pitch {row['pitch_id']} ({row['pitch_state']}) is {row['state']}: "
        f"{row['allowance']} and {row['extra']} bonus, {row['spent']} spent; the ledger says {row['held_allowance']} "
        f"and {row['held_extra']} bonus pledged, {row['paying']} on hold for its movie, {row['captured']} spent"
    )


def _wrong_pitch(row: Row) -> str:
    return (
        f"pitch {row['id']} is {row['state']} and costs {row['price_credits']}: {row['pledged']} are pledged, its open "
        f"pledges hold {row['open_credits']}, and {row['paid']} were held for its movie ({row['job_id'] or 'none'})"
    )


CHECKS: Final[tuple[tuple[str, Callable[[Row], str]], ...]] = ((_PLEDGES, _wrong_pledge), (_PITCHES, _wrong_pitch))
"""Queries that find nothing where all is well, and how each row is described."""
