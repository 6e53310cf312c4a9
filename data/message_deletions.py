"""Messages that Discord has to delete, kept until it has.

A row of the table messages is queued in the transaction that makes its message superfluous, and deleted when Discord
has deleted the message.
"""

from __future__ import annotations

from typing import Final

from bot.domain.delivery import NotificationType, PostedMessage, Venue
from bot.domain.jobs import Job
from data import jobs
from data.database import Params, Transaction
from data.messages import DueMessage

_INTERIM = NotificationType.UNKNOWN
"""The only notification before a job's end."""

PATIENCE: Final = 24
"""Failed attempts after which a member's erasure no longer waits for a deletion: about a day, as those that Discord
forbids are an hour apart."""

_SPREAD: Final = 3_000
"""Seconds over which many deletions are spread, so that others don't wait behind them. Less than the longest delay."""

_QUEUE: Final = """
INSERT INTO messages (subject_id, kind, member_id, guild_id, job_id, channel_id, venue, nonce, status, due_since,
    due_at)
SELECT CAST(message_id AS TEXT), 'gone', 0, jobs.guild_id, jobs.id, posted.channel_id, venue,
    'gone-' || message_id, 'pending', CAST(:now AS BIGINT), :now + delay_ms FROM ({posted}) AS posted
JOIN jobs ON jobs.id = posted.job_id WHERE message_id > 0
ON CONFLICT (subject_id, kind, member_id) DO NOTHING
"""

_ONE: Final = """
SELECT CAST(:message_id AS BIGINT) AS message_id, CAST(:channel_id AS BIGINT) AS channel_id, :venue AS venue,
    :job_id AS job_id, 0 AS delay_ms
"""

_MANY: Final = f"""
SELECT message_id, channel_id, venue, job_id,
    :pause_ms * (ROW_NUMBER() OVER (ORDER BY message_id DESC) % {_SPREAD}) AS delay_ms
FROM (SELECT message_id, channel_id, venue, job_id FROM outbox
    WHERE status = 'sent' AND message_id > 0 AND channel_id IS NOT NULL AND job_id IN ({{jobs}})
    UNION ALL SELECT card_message_id, channel_id, '{Venue.CHANNEL}', id FROM jobs
    WHERE card_message_id IS NOT NULL AND id IN ({{jobs}})
    UNION ALL SELECT staff_message_id, staff_channel_id, '{Venue.CHANNEL}', id FROM jobs
    WHERE staff_message_id IS NOT NULL AND id IN ({{jobs}})) AS every
"""


def replace_earlier(tx: Transaction, job: Job) -> bool:
    """Delete what a job's last message replaces.

    That is the card, and the notification that it is unknown, wherever it was posted. Return False where no message
    about its end is in a channel: then the card stays.
    """
    posted = _posted(tx, job.id)
    ends = [message for type_, message in posted if type_ != _INTERIM]
    if not ends:
        return False
    for type_, message in posted:
        if type_ == _INTERIM:
            delete(tx, job.id, message)
    if all(message.venue is Venue.DIRECT for message in ends):
        return False
    if job.card is not None:
        delete(tx, job.id, job.card)
    return True


def delete_all(tx: Transaction, job: Job) -> None:
    """Delete every message about a job, wherever it was posted."""
    delete_many(tx, ":job_id", {"job_id": job.id}, pause_ms=0)


def delete(tx: Transaction, job_id: str, message: PostedMessage) -> None:
    """Delete one message about a job."""
    place = {"channel_id": message.channel_id, "message_id": message.message_id, "venue": message.venue}
    _queue_all(tx, _ONE, {**place, "job_id": job_id})


def delete_many(tx: Transaction, job_ids: str, params: Params, *, pause_ms: int = 1000) -> None:
    """Delete every message about many jobs, one in a second.

    `job_ids` is the SELECT of their ids, with these parameters.
    """
    _queue_all(tx, _MANY.format(jobs=job_ids), {**params, "pause_ms": pause_ms})


def get(tx: Transaction, message: DueMessage) -> tuple[Job, PostedMessage] | None:
    """Return what is to be deleted, and the job that it is about. None: an erasure has dropped it."""
    message_id = int(message.subject_id)
    return tx.fetch_as(
        lambda row: (jobs.from_row(row), PostedMessage(row["posted_in"], message_id, Venue(row["venue"]))),
        f"SELECT {jobs.COLUMNS}, messages.channel_id AS posted_in, messages.venue"
        " FROM messages JOIN jobs ON jobs.id = messages.job_id"
        " WHERE messages.subject_id = :id AND messages.kind = 'gone'",
        {"id": message.subject_id},
    )


def forget(tx: Transaction, member_id: int, guild_id: int | None = None) -> None:
    """Drop the deletions of a member's messages.

    In one server, or in all.
    """
    tx.execute(
        "DELETE FROM messages WHERE kind = 'gone' AND job_id IN (SELECT id FROM jobs WHERE member_id = :member_id"
        " AND (CAST(:guild_id AS BIGINT) IS NULL OR guild_id = :guild_id))",
        {"member_id": member_id, "guild_id": guild_id},
    )


def _posted(tx: Transaction, job_id: str) -> list[tuple[str, PostedMessage]]:
    """Return the known messages of a job's notifications, with their types."""
    rows = tx.fetch_all(
        "SELECT type, channel_id, message_id, venue FROM outbox WHERE job_id = :job_id AND status = 'sent'"
        " AND message_id > 0 AND channel_id IS NOT NULL ORDER BY type",
        {"job_id": job_id},
    )
    return [(row["type"], PostedMessage(row["channel_id"], row["message_id"], Venue(row["venue"]))) for row in rows]


def _queue_all(tx: Transaction, posted: str, params: Params) -> None:
    """Queue the deletion of messages, once each. `posted` is the SELECT of them."""
    if tx.execute(_QUEUE.format(posted=posted), {**params, "now": tx.now}):
        tx.wake("messages")
