"""The messages that show finished movies: where they were delivered, and in the gallery of movies with stars.

They are kept like the movie's link and its stars. Times are UTC epoch milliseconds.
"""

from __future__ import annotations

from typing import Final

from bot.domain.delivery import NotificationType, PostedMessage, Venue
from bot.domain.jobs import Job
from bot.domain.message import Delivery, MessageKind, count_edit_interval_ms
from data import jobs, messages, notices, pledges, server_setup
from data.database import Row, Transaction
from data.messages import DueMessage

_KINDS: Final = {NotificationType.COMPLETED: MessageKind.MOVIE, NotificationType.STARRED: MessageKind.GALLERY}
_TYPES: Final = {kind: type_ for type_, kind in _KINDS.items()}

_SHOWN: Final = "(status = 'pending' OR status = 'sent' AND message_id > 0 AND channel_id IS NOT NULL)"
"""Whether members see a message, perhaps before its id is recorded."""


def show(tx: Transaction, job: Job) -> None:
    """Let the messages of a finished movie show it as it is now. Changes within an interval share an edit."""
    rows = tx.fetch_all(
        f"SELECT type, sent_at FROM outbox WHERE job_id = :job_id AND type IN ('completed', 'starred') AND {_SHOWN}"
        " ORDER BY type",
        {"job_id": job.id},
    )
    for row in rows:
        kind = _KINDS[NotificationType(row["type"])]
        messages.show_within(tx, kind, job.id, job.guild_id, _interval(tx, row["sent_at"]))


def find(tx: Transaction, message: DueMessage) -> tuple[Delivery, PostedMessage | None] | None:
    """Read what a message should show now, and where it is. None: there is none any more.

    It is nowhere while it is on its way: members may see it before its id is recorded.
    """
    type_ = _TYPES[message.kind]
    row, job = _row(tx, message.subject_id, type_), jobs.find(tx, message.subject_id)
    if row is None or job is None or job.removed_at is not None:
        return None
    is_posted = row["status"] == "sent"
    posted = PostedMessage(row["channel_id"], row["message_id"], Venue(row["venue"])) if is_posted else None
    shown = Delivery(
        job,
        type_,
        followers=notices.followers(tx, job.id),
        age=server_setup.get(tx, job.guild_id).age,
        payers=tuple(each.member_id for each in pledges.payers(tx, job.pitch_id)),
        stars=count_stars(tx, job.id),
    )
    return shown, posted


def mark_shown(tx: Transaction, message: DueMessage) -> None:
    """Record that a message shows its movie. What has changed since is shown an interval from now."""
    row = _row(tx, message.subject_id, _TYPES[message.kind])
    messages.settle_within(tx, message, _interval(tx, None if row is None else row["sent_at"]))


def count_stars(tx: Transaction, job_id: str) -> int:
    """Count a movie's stars."""
    return tx.fetch_value("SELECT COUNT(*) FROM stars WHERE job_id = :job_id AND given = 1", {"job_id": job_id})


def _row(tx: Transaction, job_id: str, type_: NotificationType) -> Row | None:
    return tx.fetch_one(
        "SELECT status, sent_at, channel_id, message_id, venue FROM outbox WHERE job_id = :job_id AND type = :type"
        f" AND {_SHOWN}",
        {"job_id": job_id, "type": type_},
    )


def _interval(tx: Transaction, sent_at: int | None) -> int:
    return count_edit_interval_ms(tx.now - (sent_at or 0))
