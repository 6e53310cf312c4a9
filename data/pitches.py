"""Rows of the pitches table, their votes and their messages.

A pitch is locked after the member and before its pledges, its job and balances. Whatever changes it shows that in the
same transaction, with `show`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.domain.credits import DAY_MS, Month
from bot.domain.jobs import JobState
from bot.domain.message import MessageKind, count_edit_interval_ms
from bot.domain.movie_list import NumberedPage
from bot.domain.pitches import (
    OPEN_STATES,
    PAYING,
    Pitch,
    PitchEndReason,
    PitchSort,
    PitchState,
    WaitReason,
)
from bot.domain.text import language_of
from data import jobs, message_deletions, messages
from data.database import Params, Row, Transaction
from data.engine.rows import read_page
from data.jobs import sql_list
from data.messages import DueMessage

OPEN: Final = f"state IN {sql_list(OPEN_STATES)}"
"""The condition of the index pitches_open."""

COLUMNS: Final = f"""
pitches.*,
(SELECT COUNT(*) FROM pledges WHERE pledges.pitch_id = pitches.id AND pledges.state IN {sql_list(PAYING)}) AS people,
(SELECT COUNT(*) FROM pitch_votes WHERE pitch_votes.pitch_id = pitches.id) AS votes,
(SELECT jobs.id FROM jobs WHERE jobs.pitch_id = pitches.id) AS job_id,
(SELECT jobs.state FROM jobs WHERE jobs.pitch_id = pitches.id) AS job_state
"""
"""What `from_row` reads."""

_ORDERS: Final[Mapping[PitchSort, str]] = {
    PitchSort.MISSING: "price_credits - pledged, id",
    PitchSort.VOTES: "votes DESC, id DESC",
    PitchSort.AGE: "id DESC",
}


def is_made_by(tx: Transaction, interaction_id: int) -> bool:
    """Return whether an interaction has made a pitch."""
    return tx.fetch_one("SELECT 1 FROM pitches WHERE interaction_id = :id", {"id": interaction_id}) is not None


def insert(tx: Transaction, pitch: Pitch) -> bool:
    """Insert a pitch. Return False if its interaction has made one already."""
    values = {
        "id": pitch.id,
        "interaction_id": pitch.interaction_id,
        "guild_id": pitch.guild_id,
        "channel_id": pitch.channel_id,
        "member_id": pitch.member_id,
        "member_name": pitch.member_name,
        "member_language": pitch.member_language,
        "server_language": pitch.server_language,
        "price_credits": pitch.price,
        "state": pitch.state,
        "created_at": pitch.created_at,
        "ends_at": pitch.ends_at,
        "next_run_at": _next_run_at(tx, pitch),
        "parent_channel_id": pitch.parent_channel_id,
        "age_restricted": int(pitch.age_restricted),
        **jobs.to_columns(pitch.request),
    }
    return tx.insert("pitches", values, ignore="interaction_id") == 1


def _next_run_at(tx: Transaction, pitch: Pitch) -> int:
    """Return when an open pitch is due: at its end, or at the month's, when pledged allowances lapse."""
    return min(pitch.ends_at, Month.containing(tx.now).ends_at)


def find(tx: Transaction, pitch_id: str) -> Pitch | None:
    """Return a pitch, or None."""
    return tx.fetch_as(from_row, f"SELECT {COLUMNS} FROM pitches WHERE id = :id", {"id": pitch_id})


def get(tx: Transaction, pitch_id: str) -> Pitch:
    """Return a pitch that must exist.

    Raises:
        LookupError: It does not.
    """
    pitch = find(tx, pitch_id)
    if pitch is None:
        raise LookupError(f"there is no pitch {pitch_id}")
    return pitch


def lock(tx: Transaction, pitch_id: str) -> Pitch | None:
    """Lock a pitch until the transaction ends, and return it."""
    # apart, because PostgreSQL would count pledges and votes as they were before it waited
    tx.fetch_one(f"SELECT 1 FROM pitches WHERE id = :id{tx.for_update}", {"id": pitch_id})
    return find(tx, pitch_id)


def lock_open(tx: Transaction, guild_id: int) -> list[str]:
    """Lock a server's open pitches until the transaction ends."""
    return _ids(tx, f"guild_id = :guild_id AND {OPEN}{tx.for_update}", {"guild_id": guild_id})


def change_pledged(tx: Transaction, pitch: Pitch, difference: int) -> bool:
    """Change what is pledged to an open pitch; its message is updated.

    Return False where it would pass the price or is not open. One that waits is complete, so it only takes less, and
    is open again then.
    """
    changed = tx.execute(
        "UPDATE pitches SET pledged = pledged + :difference, state = 'open', waits_for = NULL, next_run_at = :due_at"
        f" WHERE id = :id AND {OPEN} AND pledged + :difference <= price_credits",
        {"id": pitch.id, "difference": difference, "due_at": _next_run_at(tx, pitch)},
    )
    if changed:
        show(tx, pitch.id, counts_only=pitch.state is PitchState.OPEN)
    return bool(changed)


def set_age_restricted(tx: Transaction, pitch: Pitch, *, age_restricted: bool) -> None:
    """Record Discord's flag of a pitch's channel, as a press saw it."""
    flag = {"id": pitch.id, "flag": int(age_restricted)}
    tx.execute("UPDATE pitches SET age_restricted = :flag WHERE id = :id", flag)


def change(tx: Transaction, pitch: Pitch, state: PitchState, changes: Params) -> None:
    """Change the state of a locked open pitch, and write `changes`; its message is updated."""
    assignments = "".join(f", {column} = :{column}" for column in changes)
    changed = tx.execute(
        f"UPDATE pitches SET state = :state{assignments} WHERE id = :id AND {OPEN}",
        {"id": pitch.id, "state": state, **changes},
    )
    assert changed, pitch.id
    show(tx, pitch.id)


def reschedule(tx: Transaction, pitch: Pitch, due_at: int | None = None) -> None:
    """Make an open pitch due at `due_at`. None: at its end, or at the month's."""
    due = {"id": pitch.id, "due_at": _next_run_at(tx, pitch) if due_at is None else due_at}
    tx.execute(f"UPDATE pitches SET next_run_at = :due_at WHERE id = :id AND {OPEN}", due)


def due(tx: Transaction, limit: int) -> list[str]:
    """Return open pitches for which something is due, the longest due first."""
    where = "next_run_at IS NOT NULL AND next_run_at <= :now ORDER BY next_run_at, id LIMIT :limit"
    return _ids(tx, where, {"now": tx.now, "limit": limit})


def open_ids(tx: Transaction, member_id: int) -> list[str]:
    """Return the open pitches that a member made or has pledged to."""
    where = f"""member_id = :member_id AND {OPEN}
        UNION SELECT pitch_id FROM pledges WHERE member_id = :member_id AND state = 'open' ORDER BY id"""
    return _ids(tx, where, {"member_id": member_id})


def open_in(tx: Transaction, guild_id: int, channel_id: int) -> list[str]:
    """Return the open pitches in a channel and its threads."""
    where = f"guild_id = :guild_id AND {OPEN} AND :channel_id IN (channel_id, parent_channel_id) ORDER BY id"
    return _ids(tx, where, {"guild_id": guild_id, "channel_id": channel_id})


def _ids(tx: Transaction, where: str, params: Params) -> list[str]:
    return tx.fetch_column(f"SELECT id FROM pitches WHERE {where}", params)


def open_of(tx: Transaction, guild_id: int, member_id: int) -> list[Pitch]:
    """Return a member's open pitches in a server, the oldest first."""
    return tx.fetch_all_as(
        from_row,
        f"SELECT {COLUMNS} FROM pitches WHERE guild_id = :guild_id AND {OPEN} AND member_id = :member_id ORDER BY id",
        {"guild_id": guild_id, "member_id": member_id},
    )


def channels(tx: Transaction, guild_id: int) -> list[int]:
    """Return the channels of a server's open pitches."""
    return tx.fetch_column(
        f"SELECT DISTINCT channel_id FROM pitches WHERE guild_id = :guild_id AND {OPEN} ORDER BY channel_id",
        {"guild_id": guild_id},
    )


def page(
    tx: Transaction,
    guild_id: int,
    reader_id: int,
    channel_ids: Sequence[int],
    sort: PitchSort,
    number: int,
    size: int,
) -> NumberedPage[Pitch]:
    """Return a page of a server's open pitches in these channels, and of those that the reader made or pays for."""
    source = (
        f"pitches WHERE guild_id = :guild_id AND {OPEN} AND (channel_id IN (:channel_ids)"
        " OR member_id = :reader_id OR EXISTS (SELECT 1 FROM pledges WHERE pledges.pitch_id = pitches.id"
        " AND pledges.member_id = :reader_id AND pledges.state = 'open'))"
    )
    params = {"channel_ids": channel_ids or (0,), "guild_id": guild_id, "reader_id": reader_id}
    return read_page(tx, COLUMNS, source, _ORDERS[sort], params, from_row, number, size)


def show(tx: Transaction, pitch_id: str, *, counts_only: bool = False) -> None:
    """Update a pitch's message, once it has one: at once, or some time later where only its counts have changed."""
    row = tx.fetch_one(
        "SELECT guild_id, created_at FROM pitches WHERE id = :id AND message_id IS NOT NULL", {"id": pitch_id}
    )
    if row is not None:
        interval = count_edit_interval_ms(tx.now - row["created_at"]) if counts_only else 0
        messages.show_within(tx, MessageKind.PITCH, pitch_id, row["guild_id"], interval)


def from_row(row: Row) -> Pitch:
    """Read a row that has COLUMNS."""
    return Pitch(
        id=row["id"],
        interaction_id=row["interaction_id"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        member_id=row["member_id"],
        request=jobs.request_from_row(row),
        price=row["price_credits"],
        state=PitchState(row["state"]),
        created_at=row["created_at"],
        ends_at=row["ends_at"],
        message_id=row["message_id"],
        member_name=row["member_name"],
        member_language=language_of(row["member_language"]),
        server_language=language_of(row["server_language"]),
        pledged=row["pledged"],
        people=row["people"],
        votes=row["votes"],
        end_reason=PitchEndReason(row["end_reason"]) if row["end_reason"] else None,
        waits_for=WaitReason(row["waits_for"]) if row["waits_for"] else None,
        waiting_since=row["waiting_since"],
        job_id=row["job_id"],
        awaits_approval=row["job_state"] == JobState.AWAITING_APPROVAL,
        parent_channel_id=row["parent_channel_id"],
        age_restricted=bool(row["age_restricted"]),
    )


CHECK_MS: Final = DAY_MS
"""How often Discord is asked whether an open pitch's message is still there: nothing else tells of its deletion."""

_FORGET: Final = """
UPDATE pitches SET message_id = NULL WHERE id = :id AND member_id < 0
    AND NOT EXISTS (SELECT 1 FROM messages WHERE subject_id = :id AND kind = 'pitch' AND status = 'pending')
"""
"""The message of a member whose data is erased is updated a last time, and then forgotten."""


def record(tx: Transaction, pitch_id: str, message_id: int, shown: Pitch | None = None) -> bool:
    """Record a pitch's message, which shows it as it was. Return False where it has one already.

    None: it is not known what the message shows. Where it was funded meanwhile, the message is its movie's card.
    """
    changed = tx.execute(
        "UPDATE pitches SET message_id = :message_id WHERE id = :id AND message_id IS NULL",
        {"id": pitch_id, "message_id": message_id},
    )
    if changed != 1:
        return False
    pitch = get(tx, pitch_id)
    messages.show(tx, MessageKind.PITCH_CHECK, pitch_id, pitch.guild_id, delay_ms=CHECK_MS)
    if shown is None or pitch != replace(shown, message_id=message_id):
        show(tx, pitch_id)
    if pitch.job_id is not None:
        message_deletions.replace_earlier(tx, jobs.set_unknown_card(tx, jobs.get(tx, pitch.job_id), message_id))
    return True


def unposted(tx: Transaction, before: int | None, limit: int) -> list[str]:
    """Return open pitches from before a time that have no message.

    None: all of them. Their process died before it recorded one. A message may be there all the same: a press of its
    buttons corrects it.
    """
    where = (
        f"message_id IS NULL AND next_run_at IS NOT NULL AND {OPEN}"
        f" AND {jobs.is_before('created_at')} ORDER BY next_run_at, id LIMIT :limit"
    )
    return _ids(tx, where, {**jobs.params(before, tx.now), "limit": limit})


def check_later(tx: Transaction, message: DueMessage) -> None:
    """Ask Discord again for a message that is there."""
    messages.retry(tx, message, tx.now + CHECK_MS)


def end_update(tx: Transaction, message: DueMessage, shown: Pitch | None = None) -> None:
    """Record that a message shows a pitch as it was, or can't be updated (None).

    It is due again where the pitch has changed since: at once, or some time later where only its counts have.
    """
    pitch = lock(tx, message.subject_id)
    if shown is None or pitch is None:
        messages.withdraw(tx, message.subject_id, message.kind)
    elif pitch.state.is_open and (pitch.state, pitch.waits_for) == (shown.state, shown.waits_for):
        messages.settle_within(tx, message, count_edit_interval_ms(tx.now - pitch.created_at))
    else:
        messages.settle(tx, message)
    tx.execute(_FORGET, {"id": message.subject_id})
