"""The messages of pitches, and which are due to be updated.

Whatever changes a pitch shows that in the same transaction, with `pitches.show`.
"""

from __future__ import annotations

from typing import Final

from bot.domain.message import MessageKind
from bot.domain.pitch import DAY_MS
from data import jobs, message_deletions, messages, orphans, pitches
from data.database import Transaction
from data.messages import DueMessage

CHECK_MS: Final = DAY_MS
"""How often Discord is asked whether an open pitch's message is still there: nothing else tells of its deletion."""

_FORGET: Final = """
UPDATE pitches SET message_id = NULL WHERE id = :id AND member_id < 0
    AND NOT EXISTS (SELECT 1 FROM messages WHERE subject_id = :id AND kind = 'pitch' AND status = 'pending')
"""
"""The message of a member whose data is erased is updated a last time, and then forgotten."""


def record(tx: Transaction, pitch_id: str, message_id: int) -> bool:
    """Record a pitch's message. Return False where it has one already.

    Where it was funded meanwhile, the message is its movie's card.
    """
    changed = tx.execute(
        "UPDATE pitches SET message_id = :message_id WHERE id = :id AND message_id IS NULL",
        {"id": pitch_id, "message_id": message_id},
    )
    if changed != 1:
        return False
    pitch = pitches.get(tx, pitch_id)
    messages.show(tx, MessageKind.PITCH_CHECK, pitch_id, pitch.guild_id, delay_ms=CHECK_MS)
    if pitch.has_changed:
        pitches.show(tx, pitch_id)
    if pitch.job_id is not None:
        message_deletions.replace_earlier(tx, jobs.set_unknown_card(tx, jobs.get(tx, pitch.job_id), message_id))
    return True


def unposted(tx: Transaction, before: int | None, limit: int) -> list[str]:
    """Return open pitches from before a time that have no message.

    None: all of them. Their process died before it recorded one. A message may be there all the same: a press of its
    buttons corrects it.
    """
    rows = tx.fetch_all(
        f"SELECT id FROM pitches WHERE message_id IS NULL AND next_run_at IS NOT NULL AND {pitches.OPEN}"
        f" AND {orphans.is_before('created_at')} ORDER BY next_run_at, id LIMIT :limit",
        {**orphans.params(before, tx.now), "limit": limit},
    )
    return [row["id"] for row in rows]


def check_later(tx: Transaction, message: DueMessage) -> None:
    """Ask Discord again for a message that is there."""
    messages.retry(tx, message, tx.now + CHECK_MS)


def end_update(tx: Transaction, message: DueMessage, *, is_shown: bool) -> None:
    """Record that a pitch's message was updated, or can't be.

    It is due again where the pitch has changed since, but not where the message is gone.
    """
    if is_shown:
        messages.settle(tx, message)
    else:
        messages.withdraw(tx, message.subject_id, message.kind)
    tx.execute(_FORGET, {"id": message.subject_id})
