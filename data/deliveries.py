"""Messages that are owed until Discord accepted them. Plain functions over an open transaction."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.delivery import Delivery, Notice
from bot.domain.job import Job
from data.database import Tx
from data.job_rows import from_row


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


def due(tx: Tx, now: int, most: int, without: Sequence[str]) -> list[tuple[Delivery, Job]]:
    """The deliveries that are due, the longest owed first, leaving out those with these nonces."""
    rows = tx.rows(
        "SELECT jobs.*, deliveries.notice, deliveries.attempts AS tries FROM deliveries"
        " JOIN jobs ON jobs.id = deliveries.job_id WHERE deliveries.due_at <= :now"
        " ORDER BY deliveries.due_at LIMIT :most",
        {"now": now, "most": most + len(without)},
    )
    busy = set(without)
    pairs = [(Delivery(row["id"], Notice(row["notice"]), row["tries"]), from_row(row)) for row in rows]
    return [pair for pair in pairs if pair[0].nonce not in busy][:most]


def delivered(tx: Tx, delivery: Delivery, message_id: int, now: int) -> None:
    """Discord accepted the message."""
    _update(
        tx, delivery, "due_at = NULL, delivered_at = :now, message_id = :message_id", now=now, message_id=message_id
    )


def postpone(tx: Tx, delivery: Delivery, due_at: int) -> None:
    """Try again at this moment."""
    _update(tx, delivery, "due_at = :due_at, attempts = attempts + 1", due_at=due_at)


def keep(tx: Tx, delivery: Delivery) -> None:
    """Stop trying: no way leads to the member."""
    _update(tx, delivery, "due_at = NULL")


def _update(tx: Tx, delivery: Delivery, assignments: str, **values: int) -> None:
    tx.execute(
        f"UPDATE deliveries SET {assignments} WHERE job_id = :job_id AND notice = :notice AND delivered_at IS NULL",
        {**values, "job_id": delivery.job_id, "notice": delivery.notice.value},
    )
