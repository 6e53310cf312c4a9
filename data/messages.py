"""The messages table: each row is one message that should exist.

The transaction that changes a subject says what is to be seen of it, and the loop of bot/worker/messages.py sends or
edits that until Discord accepts it. There are two sorts of messages:

- `announce`: what a member is told. One row for each member, kind and subject, with a nonce for each occurrence. It is
  never edited, because edits notify nobody.
- `show`: a message about a state. One row for each kind and subject, until Discord shows it. Its nonce changes with
  each change of the subject: what was shown with an older one stays due. It has no member (0).
- `show_within`: the same for a message with live counts, which is edited again and again. Its row stays once it is
  shown ('sent', since `due_since`), so that no process edits it again too soon.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.message import MessageKind
from bot.domain.pitches import PitchEndReason
from data.database import Transaction
from data.engine.rows import generate_row_id

_ANNOUNCE: Final = """
INSERT INTO messages (subject_id, kind, member_id, guild_id, credits, reason, nonce, status, due_since, due_at)
VALUES (:subject_id, :kind, :member_id, :guild_id, :credits, :reason, :nonce, 'pending', :due_at, :due_at)
ON CONFLICT (subject_id, kind, member_id) DO
"""

_REPLACE: Final = """
UPDATE SET credits = :credits, reason = :reason, nonce = :nonce, status = 'pending', attempts = 0,
    due_since = :due_at, due_at = :due_at
"""

_SHOW: Final = """
INSERT INTO messages (subject_id, kind, member_id, guild_id, nonce, status, due_since, due_at)
VALUES (:subject_id, :kind, 0, :guild_id, :nonce, 'pending', :due_at, :due_at)
ON CONFLICT (subject_id, kind, member_id) DO UPDATE SET nonce = :nonce
"""

_SHOW_WITHIN: Final = """
INSERT INTO messages (subject_id, kind, member_id, guild_id, nonce, status, due_since, due_at)
VALUES (:subject_id, :kind, 0, :guild_id, :nonce, 'pending', :now, :now)
ON CONFLICT (subject_id, kind, member_id) DO UPDATE SET nonce = :nonce, status = 'pending', due_at = CASE
    WHEN messages.due_at IS NULL AND messages.due_since <= :earliest THEN :now
    WHEN messages.due_at IS NULL AND messages.due_since <= :now THEN messages.due_since + :interval
    WHEN messages.due_at IS NULL THEN :latest
    WHEN :interval = 0 AND messages.attempts = 0 AND messages.due_at > :now THEN :now
    ELSE messages.due_at END
"""
"""What was shown after :now was shown before the clock was set back."""

_STATE: Final = "subject_id = :subject_id AND kind = :kind AND member_id = 0 AND status = 'pending'"

_DUE: Final = """
SELECT kind, guild_id, subject_id, nonce, attempts FROM (
    SELECT messages.*, place,
        ROW_NUMBER() OVER (PARTITION BY messages.kind, messages.guild_id ORDER BY subject_id, member_id) AS turn
    FROM (
        SELECT kind, guild_id, since, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY since, guild_id) AS place
        FROM (
            SELECT kind, guild_id, MIN(due_at) AS since FROM messages
            WHERE status = 'pending' AND due_at <= :now GROUP BY kind, guild_id
        ) AS servers
        ORDER BY place, since, kind LIMIT :limit
    ) AS first
    JOIN messages ON messages.kind = first.kind AND messages.guild_id = first.guild_id
        AND messages.due_at = first.since AND messages.status = 'pending'
) AS waiting WHERE turn = 1 ORDER BY place, due_at, kind
"""
"""One of each kind and server, so that a server with many delays only its own; the kinds take turns, so that one that
is slow for many servers delays only its own, too. Only an index is read of all others: there may be thousands."""


@dataclass(frozen=True, slots=True)
class DueMessage:
    """A message that is due; `attempts` counts failed ones. `nonce` changes with what is to be shown."""

    kind: MessageKind
    guild_id: int
    subject_id: str
    nonce: str
    attempts: int = 0

    @property
    def key(self) -> str:
        """What one message at a time is sent for."""
        return f"{self.kind}-{self.guild_id}"


def announce(
    tx: Transaction,
    kind: MessageKind,
    subject_id: str,
    member_id: int,
    guild_id: int,
    *,
    credits: int = 0,
    reason: PitchEndReason | None = None,
    delay_ms: int = 0,
    once: bool = False,
) -> None:
    """Tell a member something about a subject, after a delay.

    A newer announcement of the same kind replaces an older one. `once`: it is not made again.
    """
    tx.execute(
        f"{_ANNOUNCE} {'NOTHING' if once else _REPLACE}",
        {
            "subject_id": subject_id,
            "kind": kind,
            "member_id": member_id,
            "guild_id": guild_id,
            "credits": credits,
            "reason": reason,
            "nonce": generate_row_id(tx.now),
            "due_at": tx.now + delay_ms,
        },
    )
    tx.wake("messages")


def withdraw(tx: Transaction, subject_id: str, kind: MessageKind) -> None:
    """Send nothing any more that was not sent yet. It may be announced or shown again."""
    tx.execute(
        "DELETE FROM messages WHERE subject_id = :subject_id AND kind = :kind AND status = 'pending'",
        {"subject_id": subject_id, "kind": kind},
    )


def withdraw_of_member(tx: Transaction, subject_id: str, member_id: int) -> None:
    """Tell one member nothing any more about a subject, and forget what they were told."""
    tx.execute(
        "DELETE FROM messages WHERE subject_id = :subject_id AND member_id = :member_id",
        {"subject_id": subject_id, "member_id": member_id},
    )


def show(tx: Transaction, kind: MessageKind, subject_id: str, guild_id: int, *, delay_ms: int = 0) -> None:
    """Let a message show its subject as it is now, after a delay.

    Changes until then, and those during an edit, share the next one.
    """
    tx.execute(
        _SHOW,
        {
            "subject_id": subject_id,
            "kind": kind,
            "guild_id": guild_id,
            "nonce": generate_row_id(tx.now),
            "due_at": tx.now + delay_ms,
        },
    )
    tx.wake("messages")


def show_within(tx: Transaction, kind: MessageKind, subject_id: str, guild_id: int, interval_ms: int) -> None:
    """Let a message show its subject as it is now, but no sooner than an interval after it was shown last.

    Without an interval, it is shown at once, unless it waits for a retry.
    """
    tx.execute(
        _SHOW_WITHIN,
        {
            "subject_id": subject_id,
            "kind": kind,
            "guild_id": guild_id,
            "nonce": generate_row_id(tx.now),
            "now": tx.now,
            "interval": interval_ms,
            "earliest": tx.now - interval_ms,
            "latest": tx.now + interval_ms,
        },
    )
    tx.wake("messages")


def due(tx: Transaction, limit: int, exclude: Sequence[str]) -> list[DueMessage]:
    """Return due messages, of each kind the longest due first. `exclude` are the keys of those in progress."""
    rows = tx.fetch_all(_DUE, {"now": tx.now, "limit": limit + len(exclude)})
    found = [
        DueMessage(MessageKind(row["kind"]), row["guild_id"], row["subject_id"], row["nonce"], row["attempts"])
        for row in rows
    ]
    return [message for message in found if message.key not in exclude][:limit]


def next_due_at(tx: Transaction, now: int) -> int | None:
    """Return when the next message after `now` is due."""
    return tx.fetch_value("SELECT MIN(due_at) FROM messages WHERE status = 'pending' AND due_at > :now", {"now": now})


def reschedule(tx: Transaction, nonces: Iterable[str], due_at: int) -> None:
    """Count a failed attempt to send, and retry at `due_at`."""
    for nonce in nonces:
        tx.execute(
            "UPDATE messages SET attempts = attempts + 1, due_at = :due_at WHERE nonce = :nonce AND status = 'pending'",
            {"nonce": nonce, "due_at": due_at},
        )


def put_off(tx: Transaction, message: DueMessage, due_at: int) -> None:
    """Send others first, with all that one message tells: its nonce is made from the first of them."""
    tx.execute(
        "UPDATE messages SET due_at = :due_at WHERE subject_id = :subject_id AND kind = :kind AND status = 'pending'"
        " AND (member_id = 0 OR due_at = (SELECT due_at FROM messages WHERE nonce = :nonce))",
        {
            "subject_id": message.subject_id,
            "kind": message.kind,
            "nonce": message.nonce,
            "due_at": due_at,
        },
    )


def retry(tx: Transaction, message: DueMessage, due_at: int) -> None:
    """Count a failed attempt to show a state, and retry at `due_at`, whatever has changed since."""
    tx.execute(
        f"UPDATE messages SET attempts = attempts + 1, due_at = :due_at WHERE {_STATE}",
        {"subject_id": message.subject_id, "kind": message.kind, "due_at": due_at},
    )


def retry_now(tx: Transaction, kind: MessageKind, guild_id: int | None = None) -> None:
    """Show now what waits in a server. In all: only what waits for a retry, and is not due later on purpose."""
    where = "attempts > 0" if guild_id is None else "guild_id = :guild_id"
    waiting = f"kind = :kind AND member_id = 0 AND {where}"
    if tx.execute(
        f"UPDATE messages SET due_at = :now WHERE status = 'pending' AND due_at > :now AND {waiting}",
        {"kind": kind, "guild_id": guild_id, "now": tx.now},
    ):
        tx.wake("messages")


def settle(tx: Transaction, message: DueMessage) -> None:
    """Record that Discord shows a state. What has changed since is due now."""
    shown = {"subject_id": message.subject_id, "kind": message.kind}
    if not tx.execute(f"DELETE FROM messages WHERE {_STATE} AND nonce = :nonce", {**shown, "nonce": message.nonce}):
        tx.execute(f"UPDATE messages SET attempts = 0, due_at = :now WHERE {_STATE}", {**shown, "now": tx.now})


def settle_within(tx: Transaction, message: DueMessage, interval_ms: int) -> None:
    """Record that Discord shows a message with live counts. What has changed since is due after an interval."""
    tx.execute(
        f"""UPDATE messages SET attempts = 0, due_since = :now,
            status = CASE nonce WHEN :nonce THEN 'sent' ELSE 'pending' END,
            due_at = CASE nonce WHEN :nonce THEN NULL ELSE :next END WHERE {_STATE}""",
        {
            "subject_id": message.subject_id,
            "kind": message.kind,
            "nonce": message.nonce,
            "now": tx.now,
            "next": tx.now + interval_ms,
        },
    )


def end(tx: Transaction, nonces: Iterable[str], *, sent: bool = True) -> None:
    """Record that members were told, or that Discord takes no message for them.

    What was announced since is still due.
    """
    for nonce in nonces:
        tx.execute(
            "UPDATE messages SET status = :status, due_at = NULL WHERE nonce = :nonce AND status = 'pending'",
            {"nonce": nonce, "status": "sent" if sent else "undeliverable"},
        )


def suppress(tx: Transaction) -> None:
    """Announce nothing that is pending, in a database that shows the past. It may have been sent since."""
    tx.execute("UPDATE messages SET status = 'suppressed', due_at = NULL WHERE status = 'pending' AND member_id <> 0")
