"""What erased members did shortly before, where that still counts against them.

A digest recognizes the member, and all goes when the month ends. Nothing of it is given back: what a member did since
is in their own rows, and both are counted together.

Prompts that failed repeatedly are forgotten: they refuse nothing, for a member is only asked before another attempt,
and what they cost the plan is in data/erased_accounts.py.

A new kind needs a member of EventKind, a query of `_SOURCES`, and a call of `moments` where it counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from bot.domain.credits import Month
from bot.domain.risk import CANCELLATION_WINDOW_MS, COOL_DOWN_MS
from data import erasure_keys
from data.database import Row, Transaction

_DAY_MS: Final = 24 * 3_600_000

EVERYWHERE: Final = 0
"""The guild id of what counts in all servers."""


class EventKind(StrEnum):
    """What is remembered of an erased member."""

    CANCELLATION = "cancellation"
    """Some of them stop a member's orders for minutes. Also a pledge that they took back."""

    CREDIT_REQUEST = "credit_request"
    """A member asks once a day in each server."""

    GIFT = "gift"
    """A member gives only so many credits a day in each server. Each credit is a time, and the moment is the day's
    start: that of a gift would tell which number in the ledger its giver is now."""

    REFUSED_PROMPT = "refused_prompt"
    """Some of them on one day are a time-out in their server."""

    REPORT = "report"
    """A member reports only so many movies a day in each server."""


_WINDOWS: Final[Mapping[EventKind, int]] = {
    EventKind.CANCELLATION: CANCELLATION_WINDOW_MS + COOL_DOWN_MS,
    EventKind.CREDIT_REQUEST: _DAY_MS,
    EventKind.GIFT: _DAY_MS,
    EventKind.REFUSED_PROMPT: _DAY_MS,
    EventKind.REPORT: _DAY_MS,
}
"""How long each kind counts, in milliseconds."""

CANCELLATIONS: Final = """
SELECT finished_at AS happened_at FROM jobs
WHERE member_id = :member_id AND end_reason = 'cancelled_by_member' AND finished_at > :since
UNION ALL SELECT created_at FROM ledger_entries
WHERE member_id = :member_id AND taken_back = 1 AND created_at > :since
"""
"""When a member cancelled a movie, or took back a pledge: both cost nothing, and leave records."""

_SOURCES: Final[Mapping[EventKind, str]] = {
    EventKind.CANCELLATION: f"""
        SELECT {EVERYWHERE} AS guild_id, happened_at, COUNT(*) AS times FROM ({CANCELLATIONS}) AS cancellations
        GROUP BY happened_at""",
    EventKind.CREDIT_REQUEST: """
        SELECT guild_id, created_at AS happened_at, COUNT(*) AS times FROM credit_requests
        WHERE member_id = :member_id AND created_at > :since GROUP BY guild_id, created_at""",
    EventKind.GIFT: f"""
        SELECT guild_id, created_at - created_at % {_DAY_MS} AS happened_at, SUM(credits) AS times FROM gifts
        WHERE giver_id = :member_id AND created_at > :since
        GROUP BY guild_id, created_at - created_at % {_DAY_MS}""",
    EventKind.REFUSED_PROMPT: """
        SELECT guild_id, created_at AS happened_at, COUNT(*) AS times FROM audit_log AS refused
        WHERE subject_id = :member_id AND action IN ('prompt_refused', 'unblock') AND action = 'prompt_refused'
        AND created_at > :since AND NOT EXISTS (SELECT 1 FROM audit_log AS later
            WHERE later.subject_id = :member_id AND later.action IN ('prompt_refused', 'unblock')
            AND later.action = 'unblock' AND later.guild_id = refused.guild_id
            AND later.created_at >= refused.created_at)
        GROUP BY guild_id, created_at""",
    EventKind.REPORT: """
        SELECT guild_id, created_at AS happened_at, COUNT(*) AS times FROM movie_reports
        WHERE member_id = :member_id AND created_at > :since GROUP BY guild_id, created_at""",
}
"""Where each kind is found in the member's own rows."""

_KEEP: Final = """
INSERT INTO erased_events (month, digest, kind, guild_id, happened_at, times)
VALUES (:month, :digest, :kind, :guild_id, :happened_at, :times)
ON CONFLICT (month, digest, kind, guild_id, happened_at) DO UPDATE SET times = erased_events.times + :times
"""


def remember(tx: Transaction, member_id: int) -> None:
    """Remember what a member did, before their rows are erased.

    The caller holds the member's lock.
    """
    month = Month.containing(tx.now)
    for kind, source in _SOURCES.items():
        for row in tx.fetch_all(source, {"member_id": member_id, "since": tx.now - _WINDOWS[kind]}):
            values = {
                "month": str(month),
                "digest": erasure_keys.make_digest(tx, month, member_id),
                "kind": kind.value,
                "guild_id": row["guild_id"],
                "happened_at": row["happened_at"],
                "times": row["times"],
            }
            tx.execute(_KEEP, values)


def moments(tx: Transaction, member_id: int, kind: EventKind, guild_id: int = EVERYWHERE) -> list[int]:
    """Return when an erased member did this, as long as it counts.

    UTC epoch milliseconds, a moment for each time.
    """
    rows = _find(tx, member_id, kind, guild_id)
    return [row["happened_at"] for row in rows for _ in range(row["times"])]


def credits_given(tx: Transaction, member_id: int, guild_id: int) -> int:
    """Return how many credits an erased member gave in a server today."""
    # a day's start is within the window on that day only
    return sum(row["times"] for row in _find(tx, member_id, EventKind.GIFT, guild_id))


def _find(tx: Transaction, member_id: int, kind: EventKind, guild_id: int) -> Sequence[Row]:
    month = Month.containing(tx.now)
    digest = erasure_keys.find_digest(tx, month, member_id)
    if digest is None:
        return ()
    return tx.fetch_all(
        "SELECT happened_at, times FROM erased_events WHERE month = :month AND digest = :digest AND kind = :kind"
        " AND guild_id = :guild_id AND happened_at > :since AND happened_at <= :now",
        {
            "month": str(month),
            "digest": digest,
            "kind": kind.value,
            "guild_id": guild_id,
            "since": tx.now - _WINDOWS[kind],
            "now": tx.now,
        },
    )
