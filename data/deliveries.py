"""Messages that are owed until Discord accepted them. Plain functions over an open transaction."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.delivery import Delivery, Notice, maybe_posted_since
from bot.domain.job import Job
from data.database import Row, Tx
from data.job_rows import COLUMNS, from_row


def owe(tx: Tx, job_id: str, notice: Notice, now: int) -> None:
    """Owe a message about a job, due at once. A message that is owed already is owed once."""
    tx.execute(
        "INSERT INTO deliveries (job_id, notice, due_at, owed_at) VALUES (:job_id, :notice, :now, :now)"
        " ON CONFLICT (job_id, notice) DO NOTHING",
        {"job_id": job_id, "notice": notice.value, "now": now},
    )


def settle(tx: Tx, job_id: str, notice: Notice) -> None:
    """Don't send a message that has lost its point; one that was sent stays sent."""
    tx.execute(
        "UPDATE deliveries SET due_at = NULL WHERE job_id = :job_id AND notice = :notice AND delivered_at IS NULL",
        {"job_id": job_id, "notice": notice.value},
    )


def owe_nothing(tx: Tx, job_id: str, notice: Notice, now: int) -> None:
    """Take a message that a job may come to owe for settled: it will never be sent."""
    tx.execute(
        "INSERT INTO deliveries (job_id, notice, due_at, owed_at) VALUES (:job_id, :notice, NULL, :now)"
        " ON CONFLICT (job_id, notice) DO NOTHING",
        {"job_id": job_id, "notice": notice.value, "now": now},
    )


def named(notices: Sequence[Notice]) -> str:
    """Some kinds of messages, as a list in SQL."""
    return ", ".join(f"'{notice.value}'" for notice in notices)


def due(tx: Tx, now: int, most: int, without: Sequence[str], notices: Sequence[Notice]) -> list[tuple[Delivery, Job]]:
    """The deliveries of these kinds that are due, the longest owed first, leaving out those with these nonces."""
    rows = tx.rows(
        f"SELECT {COLUMNS}, deliveries.notice, deliveries.attempts AS tries, deliveries.owed_at FROM deliveries"
        " JOIN jobs ON jobs.id = deliveries.job_id"
        f" WHERE deliveries.due_at <= :now AND deliveries.notice IN ({named(notices)})"
        " ORDER BY deliveries.due_at LIMIT :most",
        {"now": now, "most": most + len(without)},
    )
    busy = set(without)
    pairs = [(_delivery(tx, row, now), from_row(row)) for row in rows]
    return [pair for pair in pairs if pair[0].nonce not in busy][:most]


def followers(tx: Tx, job_id: str) -> tuple[int, ...]:
    """Who is to be mentioned when a movie is done, beside its member."""
    rows = tx.rows("SELECT member_id FROM followers WHERE job_id = :job_id ORDER BY member_id", {"job_id": job_id})
    return tuple(row["member_id"] for row in rows)


def delivered(tx: Tx, delivery: Delivery, message_id: int, now: int) -> None:
    """Discord accepted the message."""
    _update(
        tx, delivery, "due_at = NULL, delivered_at = :now, message_id = :message_id", now=now, message_id=message_id
    )


def postpone(tx: Tx, delivery: Delivery, due_at: int) -> None:
    """Try again at this moment."""
    _update(tx, delivery, "due_at = :due_at, attempts = attempts + 1", due_at=due_at)


def hurry(tx: Tx, now: int) -> bool:
    """Try now what failed before and was to wait; False where nothing was."""
    return tx.execute("UPDATE deliveries SET due_at = :now WHERE due_at > :now AND attempts > 0", {"now": now}) > 0


def keep(tx: Tx, delivery: Delivery) -> None:
    """Stop trying: no way leads to the member."""
    _update(tx, delivery, "due_at = NULL")


def _update(tx: Tx, delivery: Delivery, assignments: str, **values: int) -> None:
    tx.execute(
        f"UPDATE deliveries SET {assignments} WHERE job_id = :job_id AND notice = :notice AND delivered_at IS NULL",
        {**values, "job_id": delivery.job_id, "notice": delivery.notice.value},
    )


def _delivery(tx: Tx, row: Row, now: int) -> Delivery:
    notice = Notice(row["notice"])
    mentioned = followers(tx, row["id"]) if notice in (Notice.COMPLETED, Notice.FOLLOWED) else ()
    return Delivery(row["id"], notice, row["tries"], mentioned, maybe_posted_since(row["owed_at"], now))
