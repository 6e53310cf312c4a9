"""The outbox: notifications about jobs, kept until Discord accepts them.

A job has at most one of each type. It stays, for it says where the message is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final, Literal

from bot.domain.delivery import NotificationType, PostedMessage, Venue, possibly_sent_since
from bot.domain.jobs import Job
from bot.domain.message import Delivery, SentMessage
from bot.domain.preferences import DeliveryTarget
from bot.domain.server_setup import AgeRule
from data import galleries, jobs, message_deletions, notices, pledges, shown_movies
from data.database import Row, Transaction
from data.jobs import COLUMNS, from_row, sql_list
from data.leases import Lease, is_free

_PENDING: Final = "outbox.status = 'pending'"
"""The condition of the index outbox_pending."""

_ONE: Final = "outbox.job_id = :job_id AND outbox.type = :type"

SINCE_UNKNOWN: Final = "JOIN outbox ON outbox.job_id = jobs.id AND outbox.type = 'unknown'"
"""Adds when a job became unknown: its message about that was queued then, and its row stays."""


def enqueue(tx: Transaction, job_id: str, type_: NotificationType) -> None:
    """Queue a notification that is due at once.

    Idempotent: a suppressed one stays suppressed.
    """
    row = {"job_id": job_id, "type": type_, "status": "pending", "next_attempt_at": tx.now, "created_at": tx.now}
    if tx.insert("outbox", row, ignore="job_id, type"):
        tx.wake("notifications")


def withdraw(tx: Transaction, job_id: str, type_: NotificationType) -> None:
    """Suppress a pending notification that is no longer true.

    Not where an attempt to send it was made: Discord may have accepted that, and the message would stay. The next
    attempt looks for it.
    """
    tx.execute(
        "UPDATE outbox SET status = 'suppressed', next_attempt_at = NULL"
        f" WHERE {_ONE} AND {_PENDING} AND venue = '{Venue.UNDECIDED}'",
        {"job_id": job_id, "type": type_},
    )


def suppress(tx: Transaction, job_id: str, type_: NotificationType) -> None:
    """Suppress a notification before it is queued: `enqueue` then does nothing."""
    row = {"job_id": job_id, "type": type_, "status": "suppressed", "created_at": tx.now}
    tx.insert("outbox", row, ignore="job_id, type")


_NONCE: Final = "outbox.job_id || '-' || outbox.type"
"""The same text as `Delivery.nonce`."""

_GALLERY: Final = (
    f"CASE WHEN outbox.venue <> '{Venue.UNDECIDED}' THEN outbox.gallery_id"
    f" WHEN outbox.type = '{NotificationType.COMPLETED}'"
    f" AND jobs.delivery_target = '{DeliveryTarget.CHANNEL}' AND guild_settings.gallery_stars IS NULL"
    f" OR outbox.type = '{NotificationType.STARRED}' THEN {galleries.OPEN} END"
)
"""The gallery of a notification: what its first attempt decided, else the server's. NULL: the channel of its order."""

_FIRST_CHANNEL: Final = (
    f"CASE WHEN jobs.delivery_target = '{DeliveryTarget.DIRECT_MESSAGE}'"
    f" AND outbox.type <> '{NotificationType.FOLLOWED}' THEN jobs.member_id"
    f" ELSE COALESCE({_GALLERY}, jobs.channel_id) END"
)
"""Where a notification is sent first: the member's direct messages, or a channel."""


def take_due(
    tx: Transaction,
    limit: int,
    exclude: Sequence[str],
    types: Sequence[NotificationType],
    lease: Lease,
    *,
    in_progress: Sequence[str] = (),
    per_channel: int | None = None,
) -> list[Delivery]:
    """Lease due notifications of these types, the longest due first.

    The first lease decides where a notification goes. So a later attempt finds what an earlier one sent, whatever the
    server's setup says then. `exclude` and `in_progress` are nonces that are left out. A channel gets at most
    `per_channel` notifications, those `in_progress` and those of other processes included.
    """
    due = f"{_PENDING} AND outbox.next_attempt_at <= :now AND outbox.type IN {sql_list(types)}"
    if tx.fetch_one(f"SELECT 1 FROM outbox WHERE {due} LIMIT 1", {"now": tx.now}) is None:
        return []
    tx.lock("outbox")  # a channel's share is a count, which another process must not change meanwhile
    in_use = f"{_NONCE} IN (:busy) OR NOT {is_free('outbox')}"
    max_per_channel = limit + len(in_progress) if per_channel is None else per_channel
    rows = tx.fetch_all(
        "WITH turns AS (SELECT outbox.job_id, outbox.type, outbox.attempts, outbox.created_at,"
        f" outbox.next_attempt_at, outbox.venue, {_GALLERY} AS gallery_id,"
        " guild_settings.age,"
        f" CASE WHEN {in_use} THEN 1 ELSE 0 END AS busy, ROW_NUMBER() OVER"
        f" (PARTITION BY {_FIRST_CHANNEL} ORDER BY CASE WHEN {in_use} THEN 0 ELSE 1 END,"
        " outbox.next_attempt_at, outbox.job_id, outbox.type) AS turn"
        " FROM outbox JOIN jobs ON jobs.id = outbox.job_id"
        " LEFT JOIN guild_settings ON guild_settings.guild_id = jobs.guild_id"
        f" WHERE {due} AND {_NONCE} NOT IN (:excluded))"
        f" SELECT {COLUMNS}, turns.type, turns.attempts AS tries, turns.created_at AS queued_at, turns.venue,"
        " turns.gallery_id, turns.age FROM turns"
        " JOIN jobs ON jobs.id = turns.job_id WHERE turns.busy = 0 AND turns.turn <= :per_channel"
        " ORDER BY turns.next_attempt_at, turns.job_id, turns.type LIMIT :limit",
        {
            "busy": in_progress,
            "excluded": sorted({*exclude} - {*in_progress}),
            **galleries.open_params(tx.now),
            "holder": lease.holder,
            "limit": limit,
            "per_channel": max_per_channel,
        },
    )
    taken = [_delivery(tx, row, lease) for row in rows]
    for delivery in taken:
        venue = Venue.CHANNEL if delivery.gallery_id is None else Venue.GALLERY
        tx.execute(
            "UPDATE outbox SET leased_by = :holder, leased_until = :until, venue = :venue, gallery_id = :gallery_id"
            f" WHERE {_ONE}",
            {**_key(delivery), **asdict(lease), "venue": venue, "gallery_id": delivery.gallery_id},
        )
    return taken


def renew(tx: Transaction, delivery: Delivery, lease: Lease) -> bool:
    """Extend a lease on a notification.

    Return False if its process has lost it.
    """
    # it may have ended, and another process may have the notification
    owned = f"UPDATE outbox SET leased_until = :until WHERE {_ONE} AND leased_by = :holder"
    return tx.execute(owned, {**_key(delivery), **asdict(lease)}) == 1


def next_due_at(tx: Transaction, now: int, types: Sequence[NotificationType] = tuple(NotificationType)) -> int | None:
    """Return when the next notification of these types is due."""
    return tx.fetch_value(
        f"SELECT MIN(next_attempt_at) FROM outbox WHERE {_PENDING} AND next_attempt_at > :now"
        f" AND type IN {sql_list(types)}",
        {"now": now},
    )


def mark_sent(tx: Transaction, delivery: Delivery, sent: SentMessage) -> bool:
    """Record the message that Discord accepted, and queue what follows from it.

    Also for a notification that was cancelled meanwhile. A message about the end, in a channel, replaces the card.
    Followers of a movie that went to its member are told in the channel. Those who can't view that, or in which nothing
    can be posted, are told by DM. The message of a movie that was removed meanwhile is deleted.
    Return whether the card is to be deleted.
    """
    job = jobs.lock(tx, delivery.job.id)
    posted = sent.posted
    tx.execute(
        "UPDATE outbox SET status = 'sent', next_attempt_at = NULL, sent_at = :now, message_id = :message_id,"
        f" channel_id = :channel_id, venue = :venue WHERE {_ONE} AND status <> 'sent'",
        {**_key(delivery), "now": tx.now, **_place(posted)},
    )
    if posted.venue in (Venue.GALLERY, Venue.FORUM):
        galleries.mark_open(tx, job.guild_id)
    if sent.card_message_id is not None:
        job = jobs.set_unknown_card(tx, job, sent.card_message_id)
    if job.removed_at is not None:
        message_deletions.delete_all(tx, job)
        return True
    is_private = job.delivery_target is DeliveryTarget.DIRECT_MESSAGE and posted.venue is Venue.DIRECT
    if delivery.type is NotificationType.COMPLETED and is_private and notices.followers(tx, job.id):
        enqueue(tx, job.id, NotificationType.FOLLOWED)
    else:
        notices.announce(tx, job, sent.unmentioned)
    return message_deletions.replace_earlier(tx, job)


def set_place(tx: Transaction, job_id: str, type_: NotificationType, message: PostedMessage) -> None:
    """Record where a finished movie's message is.

    One of its buttons tells: an older version did not record its channel, and an erasure forgets all of it.
    """
    tx.execute(
        "UPDATE outbox SET channel_id = :channel_id, message_id = :message_id, venue = :venue"
        f" WHERE {_ONE} AND status = 'sent' AND COALESCE(message_id, 0) IN (0, :message_id)",
        {"job_id": job_id, "type": type_, **_place(message)},
    )


def movie_venue(tx: Transaction, job: Job) -> Venue | None:
    """Return where a finished movie is: in a channel, or with its member.

    UNDECIDED: Its message is still to be sent. None: It is only in /movies, for Discord did not take its message.
    """
    row = tx.fetch_one(
        "SELECT status, venue, message_id FROM outbox WHERE job_id = :job_id AND type = 'completed'",
        {"job_id": job.id},
    )
    if row is None or row["status"] == "pending":
        return Venue.UNDECIDED
    if row["status"] != "sent" or row["message_id"] is None:  # sent without a message: its member opened it in /movies
        return None
    return Venue.DIRECT if row["venue"] == Venue.DIRECT else Venue.CHANNEL


def message_about(tx: Transaction, job: Job) -> PostedMessage | None:
    """Return the message to which a link to a job leads.

    The one about its end, else its card. None: there is none, or it is not known.
    """
    row = tx.fetch_one(
        "SELECT channel_id, message_id, venue FROM outbox WHERE job_id = :job_id AND type = :state"
        " AND type <> 'unknown' AND status = 'sent' AND channel_id IS NOT NULL AND message_id > 0",
        {"job_id": job.id, "state": job.state},
    )
    if job.removed_at is not None:
        return None
    if row is not None:
        return PostedMessage(row["channel_id"], row["message_id"], Venue(row["venue"]))
    return job.card


def card(tx: Transaction, job_id: str) -> tuple[Job, Venue | None]:
    """Return a card's job, and where its movie is.

    Raises:
        LookupError: There is no such job.
    """
    job = jobs.get(tx, job_id)
    return job, movie_venue(tx, job)


def card_without_message(tx: Transaction, job_id: str) -> tuple[Job, Venue | None] | None:
    """Return the card of a job whose end is not announced.

    None where it is.
    """
    job, place = card(tx, job_id)
    row = tx.fetch_one(
        "SELECT 1 FROM outbox WHERE job_id = :job_id AND type = :state AND status = 'suppressed'",
        {"job_id": job_id, "state": job.state},
    )
    return None if row is None else (job, place)


def reschedule(tx: Transaction, delivery: Delivery, due_at: int, holder: str) -> None:
    """Count a failed attempt of a process and retry at `due_at`.

    A cancelled notification stays cancelled, and one that another process has leased since is that one's.
    """
    tx.execute(
        "UPDATE outbox SET next_attempt_at = :due_at, attempts = attempts + 1, leased_by = NULL, leased_until = NULL"
        f" WHERE {_ONE} AND {_PENDING} AND (leased_by IS NULL OR leased_by = :holder)",
        {**_key(delivery), "due_at": due_at, "holder": holder},
    )


def retry_now(tx: Transaction) -> None:
    """Make every notification that waits for a retry due now."""
    sql = f"UPDATE outbox SET next_attempt_at = :now WHERE {_PENDING} AND next_attempt_at > :now AND attempts > 0"
    if tx.execute(sql, {"now": tx.now}):
        tx.wake("notifications")


def end(tx: Transaction, delivery: Delivery, status: Literal["suppressed", "undeliverable"]) -> None:
    """Send a pending notification no more: no attempt has sent it, and none will."""
    tx.execute(
        f"UPDATE outbox SET status = :status, next_attempt_at = NULL WHERE {_ONE} AND {_PENDING}",
        {**_key(delivery), "status": status},
    )


def reject(tx: Transaction, delivery: Delivery) -> None:
    """End a notification that Discord rejected in the channel and for the member, and tell its followers by DM."""
    end(tx, delivery, "undeliverable")
    job = jobs.get(tx, delivery.job.id)
    if job.removed_at is None:
        notices.announce(tx, job, delivery.followers)


def _key(delivery: Delivery) -> dict[str, str]:
    return {"job_id": delivery.job.id, "type": delivery.type}


def _delivery(tx: Transaction, row: Row, lease: Lease) -> Delivery:
    type_ = NotificationType(row["type"])
    has_mentions = type_ in (NotificationType.COMPLETED, NotificationType.FOLLOWED)
    mentioned = notices.followers(tx, row["id"]) if has_mentions else ()
    paying = pledges.payers(tx, row["pitch_id"]) if type_ is NotificationType.COMPLETED else ()
    return Delivery(
        from_row(row),
        type_,
        row["tries"],
        mentioned,
        possibly_sent_since(row["queued_at"], tx.now),
        gallery_id=row["gallery_id"],
        queued_at=row["queued_at"],
        first_attempt=row["venue"] == Venue.UNDECIDED,
        age=AgeRule(row["age"]) if row["age"] else None,
        payers=tuple(each.member_id for each in paying),
        stars=shown_movies.count_stars(tx, row["id"]) if type_ is NotificationType.STARRED else 0,
        leased_until=lease.until,
    )


def _place(message: PostedMessage) -> dict[str, int | str]:
    return {"channel_id": message.channel_id, "message_id": message.message_id, "venue": message.venue}
