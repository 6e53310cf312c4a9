"""Messages that are owed until Discord accepted them. Plain functions over an open transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.domain.delivery import Delivery, NotificationType, possibly_sent_since
from bot.domain.job import Job
from bot.domain.preferences import DeliveryTarget
from data.database import Row, Transaction
from data.jobs import COLUMNS, from_row


def enqueue(tx: Transaction, job_id: str, notice: NotificationType, now: int) -> None:
    """Owe a message about a job, due at once. A message that is owed already is owed once."""
    tx.execute(
        "INSERT INTO outbox (job_id, type, next_attempt_at, created_at) VALUES (:job_id, :notice, :now, :now)"
        " ON CONFLICT (job_id, type) DO NOTHING",
        {"job_id": job_id, "notice": notice.value, "now": now},
    )


def cancel(tx: Transaction, job_id: str, notice: NotificationType) -> None:
    """Don't send a message that has lost its point; one that was sent stays sent."""
    tx.execute(
        "UPDATE outbox SET next_attempt_at = NULL WHERE job_id = :job_id AND type = :notice AND sent_at IS NULL",
        {"job_id": job_id, "notice": notice.value},
    )


def suppress(tx: Transaction, job_id: str, notice: NotificationType, now: int) -> None:
    """Take a message that a job may come to owe for settled: it will never be sent."""
    tx.execute(
        "INSERT INTO outbox (job_id, type, next_attempt_at, created_at) VALUES (:job_id, :notice, NULL, :now)"
        " ON CONFLICT (job_id, type) DO NOTHING",
        {"job_id": job_id, "notice": notice.value, "now": now},
    )


def sql_list(notices: Sequence[NotificationType]) -> str:
    """Some kinds of messages, as a list in SQL."""
    return ", ".join(f"'{notice.value}'" for notice in notices)


_NONCE: Final = "outbox.job_id || '-' || outbox.type"
"""As `Delivery.nonce` makes it."""

_GOES_TO: Final = (
    f"CASE WHEN jobs.delivery_target = '{DeliveryTarget.DIRECT_MESSAGE.value}' AND outbox.type <> '{NotificationType.FOLLOWED.value}'"
    " THEN jobs.member_id ELSE jobs.channel_id END"
)
"""Where a message is sent first: to the member directly, or to the channel."""


def due(
    tx: Transaction,
    now: int,
    limit: int,
    exclude: Sequence[str],
    notices: Sequence[NotificationType],
    *,
    under_way: Sequence[str] = (),
    per_channel: int | None = None,
) -> list[tuple[Delivery, Job]]:
    """List due deliveries of these kinds, the longest owed first, but for those with the nonces in `without`.

    With `per_channel`, no more for one channel than that, those `under_way` (by nonce) included.
    """
    busy, resting = _listed("busy", under_way), _listed("resting", sorted({*exclude} - {*under_way}))
    most_per_channel = limit + len(under_way) if per_channel is None else per_channel
    rows = tx.fetch_all(
        "WITH turns AS (SELECT outbox.job_id, outbox.type, outbox.attempts, outbox.created_at,"
        f" outbox.next_attempt_at, CASE WHEN {_NONCE} IN ({busy.sql}) THEN 1 ELSE 0 END AS busy, ROW_NUMBER() OVER"
        f" (PARTITION BY {_GOES_TO} ORDER BY CASE WHEN {_NONCE} IN ({busy.sql}) THEN 0 ELSE 1 END,"
        " outbox.next_attempt_at, outbox.job_id, outbox.type) AS turn"
        " FROM outbox JOIN jobs ON jobs.id = outbox.job_id"
        f" WHERE outbox.next_attempt_at <= :now AND outbox.type IN ({sql_list(notices)})"
        f" AND {_NONCE} NOT IN ({resting.sql}))"
        f" SELECT {COLUMNS}, turns.type, turns.attempts AS tries, turns.created_at AS queued_at FROM turns"
        " JOIN jobs ON jobs.id = turns.job_id WHERE turns.busy = 0 AND turns.turn <= :per_channel"
        " ORDER BY turns.next_attempt_at, turns.job_id, turns.type LIMIT :most",
        {**busy.params, **resting.params, "now": now, "most": limit, "per_channel": most_per_channel},
    )
    return [(_delivery(tx, row, now), from_row(row)) for row in rows]


class _Listed(NamedTuple):
    """Some texts as a list in SQL, and its parameters."""

    sql: str
    params: dict[str, str]


def _listed(name: str, values: Sequence[str]) -> _Listed:
    """An empty list stands for one text that nothing is equal to: SQL knows no empty list."""
    params = {f"{name}{number}": value for number, value in enumerate(values or ("",))}
    return _Listed(", ".join(f":{key}" for key in params), params)


def followers(tx: Transaction, job_id: str) -> tuple[int, ...]:
    """Who is to be mentioned when a movie is done, beside its member."""
    rows = tx.fetch_all("SELECT member_id FROM followers WHERE job_id = :job_id ORDER BY member_id", {"job_id": job_id})
    return tuple(row["member_id"] for row in rows)


def mark_sent(tx: Transaction, delivery: Delivery, message_id: int, now: int) -> None:
    """Discord accepted the message."""
    _update(
        tx, delivery, "next_attempt_at = NULL, sent_at = :now, message_id = :message_id", now=now, message_id=message_id
    )


def reschedule(tx: Transaction, delivery: Delivery, due_at: int) -> None:
    """Try again at this moment."""
    _update(tx, delivery, "next_attempt_at = :due_at, attempts = attempts + 1", due_at=due_at)


def retry_now(tx: Transaction, now: int) -> bool:
    """Try now what failed before and was to wait; False where nothing was."""
    return (
        tx.execute(
            "UPDATE outbox SET next_attempt_at = :now WHERE next_attempt_at > :now AND attempts > 0", {"now": now}
        )
        > 0
    )


def mark_undeliverable(tx: Transaction, delivery: Delivery) -> None:
    """Stop trying: no way leads to the member."""
    _update(tx, delivery, "next_attempt_at = NULL")


def _update(tx: Transaction, delivery: Delivery, assignments: str, **values: int) -> None:
    tx.execute(
        f"UPDATE outbox SET {assignments} WHERE job_id = :job_id AND type = :notice AND sent_at IS NULL",
        {**values, "job_id": delivery.job_id, "notice": delivery.type.value},
    )


def _delivery(tx: Transaction, row: Row, now: int) -> Delivery:
    notice = NotificationType(row["type"])
    mentioned = followers(tx, row["id"]) if notice in (NotificationType.COMPLETED, NotificationType.FOLLOWED) else ()
    return Delivery(row["id"], notice, row["tries"], mentioned, possibly_sent_since(row["queued_at"], now))
