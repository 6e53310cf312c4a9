"""What members are told: the notices of a message, with what they are about.

Followers get one where they can't be mentioned with the movie. Who also paid for it gets a notice about the pitch
instead, which says their share.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping
from typing import Final

from bot.domain.delivery import MAX_FOLLOWERS
from bot.domain.jobs import Job
from bot.domain.message import PITCH_NOTICES, MessageKind, Notice, Subject
from bot.domain.pitches import PitchEndReason, PledgeState
from bot.domain.preferences import DeliveryTarget
from bot.domain.text import language_of
from data import credit_requests, gifts, jobs, messages, pitches, pledges
from data.database import Row, Transaction
from data.messages import DueMessage


def _movie(tx: Transaction, job_id: str) -> Job | None:
    """Read a movie. None: it is removed, maybe by a transaction that did not see the message yet."""
    job = jobs.find(tx, job_id)
    return None if job is None or job.removed_at is not None else job


def _storyboard(tx: Transaction, job_id: str) -> Job | None:
    """Read a movie whose storyboard waits for its member. None: it was decided about meanwhile."""
    job = jobs.find(tx, job_id)
    return job if job is not None and job.awaits_decision else None


_SUBJECTS: Final[Mapping[MessageKind, Callable[[Transaction, str], Subject | None]]] = {
    MessageKind.GIFT: gifts.find,
    MessageKind.ANSWER: credit_requests.find,
    MessageKind.FOLLOWED: _movie,
    MessageKind.STORYBOARD: _storyboard,
    MessageKind.REMINDER: _storyboard,
    **dict.fromkeys(PITCH_NOTICES, pitches.find),
}

_DUE: Final = f"""
SELECT messages.*, COALESCE(
        (SELECT delivery_target FROM jobs WHERE id = :subject_id AND jobs.member_id = messages.member_id),
        member_preferences.delivery_target, 'channel') AS delivery_target,
    COALESCE(pledges.spent, 0) AS spent, COALESCE(pledges.member_language,
        (SELECT member_language FROM pitches WHERE id = :subject_id),
        (SELECT member_language FROM credit_requests WHERE id = :subject_id),
        (SELECT member_language FROM jobs WHERE member_id = messages.member_id ORDER BY id DESC LIMIT 1)) AS language
FROM messages
LEFT JOIN pledges ON pledges.pitch_id = messages.subject_id AND pledges.member_id = messages.member_id
LEFT JOIN member_preferences ON member_preferences.member_id = messages.member_id
WHERE messages.status = 'pending' AND messages.due_at <= :now AND messages.subject_id = :subject_id
    AND messages.kind = :kind
ORDER BY messages.due_at, messages.due_since, delivery_target, messages.member_id LIMIT {MAX_FOLLOWERS}
"""
"""A member is told of their own movie where it goes.

They read a notice in the language of their last press, of their request, or of their last order.
"""


def find(tx: Transaction, message: DueMessage) -> tuple[Notice, ...]:
    """Return the notices of one message; none where it is not due any more.

    A direct message has one. A message in a channel has up to MAX_FOLLOWERS, and the same ones at each attempt.
    """
    kind, subject = message.kind, _subject(tx, message)
    rows = tx.fetch_all(_DUE, {"subject_id": message.subject_id, "kind": kind, "now": tx.now})
    if subject is None or not rows:
        return ()
    _, same = next(itertools.groupby(rows, lambda row: (row["due_at"], row["due_since"], row["delivery_target"])))
    found = [_notice(row, kind, subject) for row in same]
    is_direct, *_ = found[0].routes
    return tuple(found[:1] if is_direct else found)


def end_gone(tx: Transaction, message: DueMessage) -> None:
    """End a message whose subject is gone. Another one that is not due any more stays as it is."""
    if _subject(tx, message) is None:
        messages.end(tx, [message.nonce], sent=False)


def _subject(tx: Transaction, message: DueMessage) -> Subject | None:
    return _SUBJECTS[message.kind](tx, message.subject_id)


def _notice(row: Row, kind: MessageKind, subject: Subject) -> Notice:
    return Notice(
        kind=kind,
        subject=subject,
        member_id=row["member_id"],
        language=subject.server_language if row["language"] is None else language_of(row["language"]),
        nonce=row["nonce"],
        due_since=row["due_since"],
        attempts=row["attempts"],
        wants_direct=row["delivery_target"] == DeliveryTarget.DIRECT_MESSAGE,
        credits=row["credits"],
        reason=None if row["reason"] is None else PitchEndReason(row["reason"]),
        spent=row["spent"],
    )


def followers(tx: Transaction, job_id: str) -> tuple[int, ...]:
    """Return who is mentioned besides the member when a movie is done."""
    sql = "SELECT member_id FROM followers WHERE job_id = :job_id ORDER BY member_id"
    return tuple(tx.fetch_column(sql, {"job_id": job_id}))


def announce(tx: Transaction, job: Job, member_ids: Collection[int]) -> None:
    """Tell followers of a finished movie by DM, once each. Not who follows it no more, or whose data is erased."""
    # locked: who stops following it, or whose data is erased, takes back what is written here
    sql = f"SELECT member_id FROM followers WHERE job_id = :job_id ORDER BY member_id{tx.for_update}"
    left = tx.fetch_column(sql, {"job_id": job.id})
    for member_id in sorted(member_ids):
        pledge = pledges.find(tx, job.pitch_id, member_id, (PledgeState.SPENT,))
        if pledge is not None:
            made = (pledge.pitch_id, member_id, job.guild_id)
            messages.announce(tx, MessageKind.MADE, *made, credits=pledge.spent, once=True)
        elif member_id in left:
            messages.announce(tx, MessageKind.FOLLOWED, job.id, member_id, job.guild_id, once=True)
