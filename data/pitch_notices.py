"""Rows of the pitch_notices table: what pledgers are told.

They are kept until Discord accepts them. A member has at most one of each kind for a pitch. A newer one of the same
kind replaces it. One message in the channel tells several members.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from bot.domain.followers import MAX_FOLLOWERS
from bot.domain.language import language_of
from bot.domain.pitch import NoticeKind, PitchEndReason, PitchNotice, Pledge
from bot.domain.preferences import DeliveryTarget
from data import pitches
from data.database import Row, Transaction

_INSERT: Final = """
INSERT INTO pitch_notices (pitch_id, member_id, kind, credits, reason, status, created_at, next_attempt_at)
VALUES (:pitch_id, :member_id, :kind, :credits, :reason, 'pending', :now, :now)
ON CONFLICT (pitch_id, member_id, kind) DO
"""

_ENQUEUE: Final = f"""
{_INSERT} UPDATE SET credits = :credits, reason = :reason, status = 'pending',
    attempts = 0, created_at = :now, next_attempt_at = :now
"""

_GROUPS: Final = """
SELECT pitch_id, kind, MIN(next_attempt_at) AS due_at FROM pitch_notices
WHERE status = 'pending' AND next_attempt_at <= :now
GROUP BY pitch_id, kind ORDER BY due_at, pitch_id, kind LIMIT :limit
"""

_DUE: Final = f"""
SELECT {pitches.COLUMNS}, notices.member_id AS told, notices.kind, notices.credits, notices.reason, notices.attempts,
    notices.created_at AS queued_at, notices.next_attempt_at AS due_at,
    COALESCE(pledges.member_language, pitches.member_language) AS told_in, COALESCE(pledges.spent, 0) AS spent,
    EXISTS (SELECT 1 FROM jobs WHERE jobs.pitch_id = pitches.id AND jobs.state = 'awaiting_approval')
        AS awaits_approval,
    COALESCE(member_preferences.delivery_target, 'channel') AS delivery_target
FROM pitch_notices AS notices
JOIN pitches ON pitches.id = notices.pitch_id
LEFT JOIN pledges ON pledges.pitch_id = notices.pitch_id AND pledges.member_id = notices.member_id
LEFT JOIN member_preferences ON member_preferences.member_id = notices.member_id
WHERE notices.status = 'pending' AND notices.next_attempt_at <= :now
    AND notices.pitch_id = :pitch_id AND notices.kind = :kind
ORDER BY due_at, queued_at, delivery_target, told LIMIT {MAX_FOLLOWERS}
"""

_ONE: Final = "pitch_id = :pitch_id AND member_id = :member_id AND kind = :kind AND status = 'pending'"


def enqueue(
    tx: Transaction, pitch_id: str, member_id: int, kind: NoticeKind, credits: int, reason: str | None = None
) -> None:
    """Queue a notice that is due at once."""
    tx.execute(_ENQUEUE, _params(pitch_id, member_id, kind, credits, tx.now, reason))
    tx.wake("pitches")


def enqueue_made(tx: Transaction, pitch_id: str, member_id: int, credits: int) -> None:
    """Queue the notice that the movie is made.

    Not again: who wants direct messages is told at its end, whoever can't be mentioned later.
    """
    tx.execute(f"{_INSERT} NOTHING", _params(pitch_id, member_id, NoticeKind.MADE, credits, tx.now))
    tx.wake("pitches")


def enqueue_waiting(tx: Transaction, pledge: Pledge, due_at: int) -> None:
    """Queue the notice that a pitch waits, due at `due_at`.

    Not again, if its member was told so before.
    """
    told = _params(pledge.pitch_id, pledge.member_id, NoticeKind.WAITING, pledge.credits, due_at)
    tx.execute(f"{_ENQUEUE} WHERE pitch_notices.status = 'suppressed'", told)


def drop_waiting(tx: Transaction, pitch_id: str) -> None:
    """Tell no one any more that a pitch waits."""
    tx.execute(
        "UPDATE pitch_notices SET status = 'suppressed', next_attempt_at = NULL"
        " WHERE pitch_id = :id AND kind = 'waiting' AND status = 'pending'",
        {"id": pitch_id},
    )


def due(tx: Transaction, limit: int, exclude: Sequence[str]) -> list[tuple[PitchNotice, ...]]:
    """Return due notices by message, the longest due first.

    A direct message has one. A message in the channel has up to MAX_FOLLOWERS, and the same ones at each attempt.
    `exclude` are the keys of those in progress.
    """
    groups = tx.fetch_all(_GROUPS, {"now": tx.now, "limit": limit + len(exclude)})
    keys = [(row["pitch_id"], row["kind"]) for row in groups]
    free = [(pitch_id, kind) for pitch_id, kind in keys if f"{pitch_id}-{kind}" not in exclude]
    return [_message(tx, pitch_id, kind) for pitch_id, kind in free[:limit]]


def _message(tx: Transaction, pitch_id: str, kind: str) -> tuple[PitchNotice, ...]:
    """Return the notices of one message about a pitch."""
    rows = tx.fetch_all(_DUE, {"pitch_id": pitch_id, "kind": kind, "now": tx.now})
    _, same = next(itertools.groupby(rows, lambda row: (row["due_at"], row["queued_at"], row["delivery_target"])))
    found = [_from_row(row) for row in same]
    return tuple(found[:1] if found[0].is_direct else found)


def next_due_at(tx: Transaction, now: int) -> int | None:
    """Return when the next notice after `now` is due."""
    row = tx.fetch_one(
        "SELECT MIN(next_attempt_at) FROM pitch_notices WHERE status = 'pending' AND next_attempt_at > :now",
        {"now": now},
    )
    return row[0] if row else None


def reschedule(tx: Transaction, notices: Sequence[PitchNotice], due_at: int) -> None:
    """Count a message's failed attempt, and retry at `due_at`."""
    for notice in notices:
        tx.execute(
            f"UPDATE pitch_notices SET attempts = attempts + 1, next_attempt_at = :due_at WHERE {_ONE}",
            {**_key(notice), "due_at": due_at},
        )


def end(tx: Transaction, notices: Sequence[PitchNotice], *, sent: bool) -> None:
    """Record that Discord accepted a message, or takes none for its members.

    A notice that replaced one meanwhile is still sent.
    """
    status = "sent" if sent else "undeliverable"
    for notice in notices:
        tx.execute(
            "UPDATE pitch_notices SET status = :status, next_attempt_at = NULL"
            f" WHERE {_ONE} AND created_at = :queued_at",
            {**_key(notice), "status": status, "queued_at": notice.queued_at},
        )


def suppress_pending(tx: Transaction) -> None:
    """Suppress every pending notice, in a database that shows the past.

    It may have been sent since.
    """
    tx.execute("UPDATE pitch_notices SET status = 'suppressed', next_attempt_at = NULL WHERE status = 'pending'")


def _from_row(row: Row) -> PitchNotice:
    return PitchNotice(
        pitch=pitches.from_row(row),
        member_id=row["told"],
        kind=NoticeKind(row["kind"]),
        credits=row["credits"],
        reason=None if row["reason"] is None else PitchEndReason(row["reason"]),
        member_language=language_of(row["told_in"]),
        delivery_target=DeliveryTarget(row["delivery_target"]),
        attempts=row["attempts"],
        queued_at=row["queued_at"],
        spent=row["spent"],
        awaits_approval=bool(row["awaits_approval"]),
    )


def _key(notice: PitchNotice) -> dict[str, str | int]:
    return {"pitch_id": notice.pitch.id, "member_id": notice.member_id, "kind": notice.kind.value}


def _params(
    pitch_id: str, member_id: int, kind: NoticeKind, credits: int, now: int, reason: str | None = None
) -> dict[str, int | str | None]:
    return {
        "pitch_id": pitch_id,
        "member_id": member_id,
        "kind": kind.value,
        "credits": credits,
        "reason": reason,
        "now": now,
    }
