"""Messages that Discord has to delete, kept until it has.

A row is queued in the transaction that makes its message superfluous, and deleted when Discord has deleted the message.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.domain.delivery import MessageDeletion, NotificationType, PostedMessage, Venue
from bot.domain.job import Job
from bot.domain.language import language_of
from data.database import Params, Row, Transaction

_INTERIM = NotificationType.UNKNOWN.value
"""The only notification before a job's end."""

PATIENCE: Final = 24
"""Failed attempts after which a member's erasure no longer waits for a deletion: about a day, as those that Discord
forbids are an hour apart."""

_SPREAD: Final = 3_000
"""Seconds over which many deletions are spread, so that others don't wait behind them. Less than the longest delay."""

_MANY: Final = """
INSERT INTO message_deletions (message_id, channel_id, venue, job_id, next_attempt_at)
SELECT message_id, channel_id, venue, job_id, :now + 1000 * (ROW_NUMBER() OVER (ORDER BY message_id DESC) % {spread})
FROM (SELECT message_id, channel_id, venue, job_id FROM outbox
    WHERE status = 'sent' AND message_id > 0 AND channel_id IS NOT NULL AND job_id IN ({jobs})
    UNION ALL SELECT card_message_id, channel_id, '{channel}', id FROM jobs
    WHERE card_message_id IS NOT NULL AND id IN ({jobs})
    UNION ALL SELECT staff_message_id, staff_channel_id, '{channel}', id FROM jobs
    WHERE staff_message_id IS NOT NULL AND id IN ({jobs})) AS posted WHERE message_id > 0
ON CONFLICT (message_id) DO NOTHING
"""


def replace_earlier(tx: Transaction, job: Job) -> bool:
    """Delete what a job's last message replaces.

    That is the card, and the notification that it is unknown, wherever it was posted. Return False where no message
    about its end is in a channel: then the card stays.
    """
    posted = _posted(tx, job.id)
    ends = [message for message in posted if message["type"] != _INTERIM]
    if not ends:
        return False
    for message in posted:
        if message["type"] == _INTERIM:
            _queue(tx, job.id, _message(message))
    if all(message["venue"] == Venue.DIRECT for message in ends):
        return False
    _queue_card(tx, job)
    return True


def delete_all(tx: Transaction, job: Job) -> None:
    """Delete every message about a job, wherever it was posted."""
    _queue_card(tx, job)
    if job.staff_message is not None:
        delete(tx, job.id, job.staff_message)
    for message in _posted(tx, job.id):
        _queue(tx, job.id, _message(message))


def delete(tx: Transaction, job_id: str, message: PostedMessage) -> None:
    """Delete one message about a job."""
    _queue(tx, job_id, message)


def delete_many(tx: Transaction, job_ids: str, params: Params) -> None:
    """Delete every message about many jobs, one in a second.

    `job_ids` is the SELECT of their ids, with these parameters.
    """
    sql = _MANY.format(spread=_SPREAD, channel=Venue.CHANNEL.value, jobs=job_ids)
    if tx.execute(sql, {**params, "now": tx.now}):
        tx.wake("deletions")


def due(tx: Transaction, limit: int, exclude: Sequence[str]) -> list[MessageDeletion]:
    """Return due deletions, the longest due first.

    `exclude` are the ids of messages in progress.
    """
    rows = tx.fetch_all(
        "SELECT message_deletions.*, jobs.server_language FROM message_deletions"
        " JOIN jobs ON jobs.id = message_deletions.job_id WHERE message_deletions.next_attempt_at <= :now"
        " ORDER BY message_deletions.next_attempt_at, message_id LIMIT :limit",
        {"now": tx.now, "limit": limit + len(exclude)},
    )
    excluded = set(map(int, exclude))
    return [_deletion(row) for row in rows if row["message_id"] not in excluded][:limit]


def next_due_at(tx: Transaction, now: int) -> int | None:
    """Return when the next deletion after `now` is due."""
    row = tx.fetch_one("SELECT MIN(next_attempt_at) FROM message_deletions WHERE next_attempt_at > :now", {"now": now})
    return row[0] if row else None


def reschedule(tx: Transaction, message_id: int, due_at: int) -> None:
    """Count a failed attempt and retry at `due_at`."""
    tx.execute(
        "UPDATE message_deletions SET next_attempt_at = :due_at, attempts = attempts + 1"
        " WHERE message_id = :message_id",
        {"message_id": message_id, "due_at": due_at},
    )


def finish(tx: Transaction, message_id: int) -> None:
    """Drop a deletion that is done, or that Discord does not allow."""
    tx.execute("DELETE FROM message_deletions WHERE message_id = :message_id", {"message_id": message_id})


def forget(tx: Transaction, member_id: int, guild_id: int | None = None) -> None:
    """Drop the deletions of a member's messages.

    In one server, or in all.
    """
    tx.execute(
        "DELETE FROM message_deletions WHERE job_id IN (SELECT id FROM jobs WHERE member_id = :member_id"
        " AND (CAST(:guild_id AS BIGINT) IS NULL OR guild_id = :guild_id))",
        {"member_id": member_id, "guild_id": guild_id},
    )


def retry_now(tx: Transaction) -> None:
    """Make every deletion that waits for a retry due now."""
    sql = "UPDATE message_deletions SET next_attempt_at = :now WHERE next_attempt_at > :now"
    if tx.execute(sql, {"now": tx.now}):
        tx.wake("deletions")


def _posted(tx: Transaction, job_id: str) -> list[Row]:
    return tx.fetch_all(
        "SELECT type, channel_id, message_id, venue FROM outbox WHERE job_id = :job_id AND status = 'sent'"
        " AND message_id > 0 AND channel_id IS NOT NULL ORDER BY type",
        {"job_id": job_id},
    )


def _queue_card(tx: Transaction, job: Job) -> None:
    if job.card_message_id is not None:
        _queue(tx, job.id, PostedMessage(job.channel_id, job.card_message_id))


def _queue(tx: Transaction, job_id: str, message: PostedMessage) -> None:
    queued = tx.execute(
        "INSERT INTO message_deletions (message_id, channel_id, venue, job_id, next_attempt_at)"
        " VALUES (:message_id, :channel_id, :venue, :job_id, :now) ON CONFLICT (message_id) DO NOTHING",
        {
            "message_id": message.message_id,
            "channel_id": message.channel_id,
            "venue": message.venue.value,
            "job_id": job_id,
            "now": tx.now,
        },
    )
    if queued:
        tx.wake("deletions")


def _message(row: Row) -> PostedMessage:
    return PostedMessage(row["channel_id"], row["message_id"], Venue(row["venue"]))


def _deletion(row: Row) -> MessageDeletion:
    return MessageDeletion(row["job_id"], _message(row), row["attempts"], language_of(row["server_language"]))
