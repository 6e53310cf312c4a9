"""Recompute every total from the ledger's rows, and the ledger from the jobs, and name each difference.

Reads only. On a sound database it finds nothing; what it finds is shown to the operator and to whoever runs a report.
"""

from __future__ import annotations

from typing import Final

from data.database import Tx

_OPEN = "('queued', 'submitting', 'rendering', 'unknown')"

_MOST = 200
"""Differences of one kind that are named; the rest is counted."""

_TOTALS: Final = """
WITH rows AS (
    SELECT 'member' AS scope, guild_id, member_id, month,
        0 AS granted,
        SUM(CASE kind WHEN 'capture' THEN allowance WHEN 'adjust' THEN allowance ELSE 0 END) AS used,
        SUM(CASE kind WHEN 'hold' THEN allowance WHEN 'capture' THEN -allowance WHEN 'release' THEN -allowance
            ELSE 0 END) AS held
    FROM ledger GROUP BY guild_id, member_id, month
    UNION ALL
    SELECT 'extra', guild_id, member_id, '',
        SUM(CASE kind WHEN 'grant' THEN extra WHEN 'adjust' THEN extra ELSE 0 END),
        SUM(CASE kind WHEN 'capture' THEN extra ELSE 0 END),
        SUM(CASE kind WHEN 'hold' THEN extra WHEN 'capture' THEN -extra WHEN 'release' THEN -extra ELSE 0 END)
    FROM ledger GROUP BY guild_id, member_id
    UNION ALL
    SELECT 'server', guild_id, 0, month, 0,
        SUM(CASE kind WHEN 'capture' THEN allowance + extra ELSE 0 END),
        SUM(CASE kind WHEN 'hold' THEN allowance + extra WHEN 'capture' THEN -allowance - extra
            WHEN 'release' THEN -allowance - extra ELSE 0 END)
    FROM ledger WHERE job_id IS NOT NULL GROUP BY guild_id, month
    UNION ALL
    SELECT 'plan', 0, 0, month, 0,
        SUM(CASE kind WHEN 'capture' THEN allowance + extra WHEN 'release' THEN lost ELSE 0 END),
        SUM(CASE kind WHEN 'hold' THEN allowance + extra WHEN 'capture' THEN -allowance - extra
            WHEN 'release' THEN -allowance - extra ELSE 0 END)
    FROM ledger WHERE job_id IS NOT NULL GROUP BY month
), both AS (
    SELECT scope, guild_id, member_id, month, granted, used, held, 0 AS cached_granted, 0 AS cached_used, 0 AS
    cached_held FROM rows UNION ALL SELECT scope, guild_id, member_id, month, 0, 0, 0, granted, used, held FROM budgets
)
SELECT scope, guild_id, member_id, month, SUM(granted) AS granted, SUM(used) AS used, SUM(held) AS held,
    SUM(cached_granted) AS cached_granted, SUM(cached_used) AS cached_used, SUM(cached_held) AS cached_held
FROM both GROUP BY scope, guild_id, member_id, month
HAVING SUM(granted) <> SUM(cached_granted) OR SUM(used) <> SUM(cached_used) OR SUM(held) <> SUM(cached_held)
ORDER BY scope, guild_id, member_id, month
"""

_JOBS: Final = f"""
SELECT jobs.id, jobs.state, jobs.credits, held.n AS holds, held.credits AS held, ended.kinds, ended.credits AS resolved
FROM jobs
LEFT JOIN (SELECT job_id, COUNT(*) AS n, SUM(allowance + extra) AS credits FROM ledger WHERE kind = 'hold'
    GROUP BY job_id) AS held ON held.job_id = jobs.id
LEFT JOIN (SELECT job_id, MIN(kind) AS kinds, SUM(allowance + extra) AS credits FROM ledger
    WHERE kind IN ('capture', 'release') GROUP BY job_id) AS ended ON ended.job_id = jobs.id
WHERE COALESCE(held.n, 0) <> 1 OR held.credits <> jobs.credits
    OR (jobs.state IN {_OPEN} AND ended.kinds IS NOT NULL)
    OR (jobs.state = 'completed' AND COALESCE(ended.kinds, '') <> 'capture')
    OR (jobs.state IN ('failed', 'cancelled') AND COALESCE(ended.kinds, '') <> 'release')
    OR (ended.credits IS NOT NULL AND ended.credits <> jobs.credits)
ORDER BY jobs.id
"""


def differences(tx: Tx) -> tuple[str, ...]:
    """Name each total that differs from its rows, and each job whose credits don't fit its state."""
    found = [
        f"{row['scope']} budget (server {row['guild_id']}, member {row['member_id']}, month {row['month'] or 'any'}): "
        f"the rows say granted {row['granted']}, used {row['used']}, held {row['held']}; "
        f"the total says {row['cached_granted']}, {row['cached_used']}, {row['cached_held']}"
        for row in tx.rows(_TOTALS)
    ]
    jobs = [
        f"job {row['id']} is {row['state']} and costs {row['credits']}: "
        f"{row['holds'] or 0} hold(s) of {row['held'] or 0}, "
        f"resolved by {row['kinds'] or 'nothing'} of {row['resolved'] or 0}"
        for row in tx.rows(_JOBS)
    ]
    return (*_shortened(found), *_shortened(jobs))


def _shortened(lines: list[str]) -> list[str]:
    rest = len(lines) - _MOST
    return lines if rest <= 0 else [*lines[:_MOST], f"and {rest} more of this kind"]
