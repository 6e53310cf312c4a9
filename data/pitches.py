"""Rows of the pitches table, their votes and their messages.

A pitch is locked after the member and before its pledges, its job and balances.

The messages of pitches, and which are due to be updated.

Whatever changes a pitch shows that in the same transaction, with `pitches.show`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.credits import Month
from bot.domain.message import MessageKind
from bot.domain.movie_list import NumberedPage
from bot.domain.pitches import (
    DAY_MS,
    DEFAULT_DAYS,
    OPEN_STATES,
    Pitch,
    PitchEndReason,
    PitchSort,
    PitchState,
    WaitReason,
)
from bot.domain.server_setup import MAX_PITCH_DAYS
from bot.domain.text import language_of
from data import jobs, message_deletions, messages, server_setup
from data.database import Params, Row, Transaction
from data.engine.rows import read_page
from data.jobs import sql_list
from data.messages import DueMessage

OPEN: Final = f"state IN {sql_list(OPEN_STATES)}"
"""The condition of the index pitches_open."""

COLUMNS: Final = (
    "pitches.id, pitches.guild_id, pitches.channel_id, pitches.message_id, pitches.member_id, pitches.member_name,"
    " pitches.member_language, pitches.server_language, pitches.prompt,"
    " pitches.duration_seconds, pitches.video_model, pitches.image_model, pitches.aspect_ratio,"
    " pitches.spoken_language, pitches.subtitles, pitches.tone, pitches.price_credits, pitches.state,"
    " pitches.end_reason, pitches.pledged, pitches.created_at, pitches.ends_at, pitches.ended_at, pitches.waits_for,"
    " pitches.waiting_since, pitches.continues_id, pitches.parent_channel_id, pitches.age_restricted,"
    " (SELECT COUNT(*) FROM pledges AS paying WHERE paying.pitch_id = pitches.id"
    " AND paying.state IN ('open', 'funded', 'spent')) AS people,"
    " (SELECT COUNT(*) FROM pitch_votes WHERE pitch_votes.pitch_id = pitches.id) AS votes,"
    " (SELECT jobs.id FROM jobs WHERE jobs.pitch_id = pitches.id) AS job_id"
)
"""What `from_row` reads."""

_ORDERS: Final[Mapping[PitchSort, str]] = {
    PitchSort.MISSING: "price_credits - pledged, id",
    PitchSort.VOTES: "votes DESC, id DESC",
    PitchSort.AGE: "id DESC",
}


def insert(tx: Transaction, pitch: Pitch, interaction_id: int) -> bool:
    """Insert a pitch. Return False if its interaction has made one already."""
    changed = tx.execute(
        "INSERT INTO pitches (id, interaction_id, guild_id, channel_id, member_id, member_name,"
        " member_language, server_language, prompt, duration_seconds, video_model, image_model,"
        " aspect_ratio, spoken_language, subtitles, tone, continues_id, price_credits, state, created_at, ends_at,"
        " next_run_at, parent_channel_id, age_restricted)"
        " VALUES (:id, :interaction_id, :guild_id, :channel_id, :member_id, :member_name,"
        " :member_language, :server_language, :prompt, :duration_seconds, :video_model, :image_model,"
        " :aspect_ratio, :spoken_language, :subtitles, :tone, :continues_id, :price, :state, :created_at, :ends_at,"
        " :next_run_at, :parent_channel_id, :age_restricted)"
        " ON CONFLICT (interaction_id) DO NOTHING",
        {
            "id": pitch.id,
            "interaction_id": interaction_id,
            "guild_id": pitch.guild_id,
            "channel_id": pitch.channel_id,
            "member_id": pitch.member_id,
            "member_name": pitch.member_name,
            "member_language": pitch.member_language.value,
            "server_language": pitch.server_language.value,
            "price": pitch.price,
            "state": pitch.state.value,
            "created_at": pitch.created_at,
            "ends_at": pitch.ends_at,
            "next_run_at": next_run_at(pitch, pitch.created_at),
            "parent_channel_id": pitch.parent_channel_id,
            "age_restricted": int(pitch.age_restricted),
            **jobs.to_columns(pitch.request),
        },
    )
    return changed == 1


def next_run_at(pitch: Pitch, now: int) -> int:
    """Return when an open pitch is due.

    At its end, or at the month's, when pledged allowances lapse.
    """
    return min(pitch.ends_at, Month.containing(now).ends_at)


def life_ms(tx: Transaction, guild_id: int) -> int:
    """Return how long a new pitch of a server lasts."""
    days = server_setup.get(tx, guild_id).pitch_days
    return DAY_MS * (DEFAULT_DAYS if days is None else min(days, MAX_PITCH_DAYS))


def count_open(tx: Transaction, guild_id: int, member_id: int) -> int:
    """Count a member's open pitches in a server."""
    row = tx.fetch_one(
        f"SELECT COUNT(*) FROM pitches WHERE guild_id = :guild_id AND {OPEN} AND member_id = :member_id",
        {"guild_id": guild_id, "member_id": member_id},
    )
    assert row is not None
    return row[0]


def find(tx: Transaction, pitch_id: str) -> Pitch | None:
    """Return a pitch, or None."""
    row = tx.fetch_one(f"SELECT {COLUMNS} FROM pitches WHERE id = :id", {"id": pitch_id})
    return None if row is None else from_row(row)


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
    rows = tx.fetch_all(
        f"SELECT id FROM pitches WHERE guild_id = :guild_id AND {OPEN}{tx.for_update}",
        {"guild_id": guild_id},
    )
    return [row["id"] for row in rows]


def change_pledged(tx: Transaction, pitch_id: str, difference: int) -> bool:
    """Change what is pledged to an open pitch; its message is updated.

    Return False where it would pass the price or is not open. One that waits is complete, so it only takes less, and
    is open again then.
    """
    changed = tx.execute(
        "UPDATE pitches SET pledged = pledged + :difference, state = 'open', waits_for = NULL"
        f" WHERE id = :id AND {OPEN} AND pledged + :difference <= price_credits",
        {"id": pitch_id, "difference": difference},
    )
    if changed:
        show(tx, pitch_id)
    return bool(changed)


def set_age_restricted(tx: Transaction, pitch_id: str, *, age_restricted: bool) -> None:
    """Record Discord's flag of a pitch's channel, as a press saw it."""
    tx.execute(
        "UPDATE pitches SET age_restricted = :flag WHERE id = :id", {"id": pitch_id, "flag": int(age_restricted)}
    )


def change(tx: Transaction, pitch: Pitch, state: PitchState, changes: Params) -> bool:
    """Change an open pitch's state, and write `changes`; its message is updated.

    Return False where it is not open any more.
    """
    assignments = "".join(f", {column} = :{column}" for column in changes)
    changed = tx.execute(
        f"UPDATE pitches SET state = :state{assignments} WHERE id = :id AND {OPEN}",
        {"id": pitch.id, "state": state.value, **changes},
    )
    if changed:
        show(tx, pitch.id)
    return bool(changed)


def reschedule(tx: Transaction, pitch: Pitch, due_at: int) -> None:
    """Make an open pitch due at `due_at`."""
    tx.execute(
        f"UPDATE pitches SET next_run_at = :due_at WHERE id = :id AND {OPEN}", {"id": pitch.id, "due_at": due_at}
    )


def due(tx: Transaction, limit: int) -> list[str]:
    """Return open pitches for which something is due, the longest due first."""
    rows = tx.fetch_all(
        "SELECT id FROM pitches WHERE next_run_at IS NOT NULL AND next_run_at <= :now"
        " ORDER BY next_run_at, id LIMIT :limit",
        {"now": tx.now, "limit": limit},
    )
    return [row["id"] for row in rows]


def open_ids(tx: Transaction, member_id: int) -> list[str]:
    """Return the open pitches that a member made or has pledged to."""
    rows = tx.fetch_all(
        f"SELECT id FROM pitches WHERE member_id = :member_id AND {OPEN}"
        " UNION SELECT pitch_id FROM pledges WHERE member_id = :member_id AND state = 'open' ORDER BY id",
        {"member_id": member_id},
    )
    return [row["id"] for row in rows]


def open_of(tx: Transaction, guild_id: int, member_id: int) -> list[Pitch]:
    """Return a member's open pitches in a server, the oldest first."""
    rows = tx.fetch_all(
        f"SELECT {COLUMNS} FROM pitches WHERE guild_id = :guild_id AND {OPEN} AND member_id = :member_id ORDER BY id",
        {"guild_id": guild_id, "member_id": member_id},
    )
    return [from_row(row) for row in rows]


def open_in(tx: Transaction, guild_id: int, channel_id: int) -> list[str]:
    """Return the open pitches in a channel and its threads."""
    rows = tx.fetch_all(
        f"SELECT id FROM pitches WHERE guild_id = :guild_id AND {OPEN}"
        " AND :channel_id IN (channel_id, parent_channel_id) ORDER BY id",
        {"guild_id": guild_id, "channel_id": channel_id},
    )
    return [row["id"] for row in rows]


def channels(tx: Transaction, guild_id: int) -> list[int]:
    """Return the channels of a server's open pitches."""
    rows = tx.fetch_all(
        f"SELECT DISTINCT channel_id FROM pitches WHERE guild_id = :guild_id AND {OPEN} ORDER BY channel_id",
        {"guild_id": guild_id},
    )
    return [row["channel_id"] for row in rows]


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
    shown = {f"channel{number}": each for number, each in enumerate(channel_ids or (0,))}  # SQL has no empty list
    source = (
        f"pitches WHERE guild_id = :guild_id AND {OPEN} AND (channel_id IN ({', '.join(f':{each}' for each in shown)})"
        " OR member_id = :reader_id OR EXISTS (SELECT 1 FROM pledges WHERE pledges.pitch_id = pitches.id"
        " AND pledges.member_id = :reader_id AND pledges.state = 'open'))"
    )
    params = {**shown, "guild_id": guild_id, "reader_id": reader_id}
    return read_page(tx, COLUMNS, source, _ORDERS[sort], params, from_row, number, size)


def vote(tx: Transaction, pitch_id: str, member_id: int) -> bool:
    """Vote for an open pitch; its message is updated.

    Return False where the member has.
    """
    added = tx.execute(
        f"INSERT INTO pitch_votes (pitch_id, member_id) SELECT id, :member_id FROM pitches WHERE id = :id AND {OPEN}"
        " ON CONFLICT (pitch_id, member_id) DO NOTHING",
        {"id": pitch_id, "member_id": member_id},
    )
    if added:
        show(tx, pitch_id)
    return bool(added)


def show(tx: Transaction, pitch_id: str) -> None:
    """Update a pitch's message, once it has one."""
    row = tx.fetch_one("SELECT guild_id FROM pitches WHERE id = :id AND message_id IS NOT NULL", {"id": pitch_id})
    if row is not None:
        messages.show(tx, MessageKind.PITCH, pitch_id, row["guild_id"])


def from_row(row: Row) -> Pitch:
    """Read a row that has COLUMNS."""
    return Pitch(
        id=row["id"],
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
        ended_at=row["ended_at"],
        end_reason=PitchEndReason(row["end_reason"]) if row["end_reason"] else None,
        waits_for=WaitReason(row["waits_for"]) if row["waits_for"] else None,
        waiting_since=row["waiting_since"],
        job_id=row["job_id"],
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
    pitch = get(tx, pitch_id)
    messages.show(tx, MessageKind.PITCH_CHECK, pitch_id, pitch.guild_id, delay_ms=CHECK_MS)
    if pitch.has_changed:
        show(tx, pitch_id)
    if pitch.job_id is not None:
        message_deletions.replace_earlier(tx, jobs.set_unknown_card(tx, jobs.get(tx, pitch.job_id), message_id))
    return True


def unposted(tx: Transaction, before: int | None, limit: int) -> list[str]:
    """Return open pitches from before a time that have no message.

    None: all of them. Their process died before it recorded one. A message may be there all the same: a press of its
    buttons corrects it.
    """
    rows = tx.fetch_all(
        f"SELECT id FROM pitches WHERE message_id IS NULL AND next_run_at IS NOT NULL AND {OPEN}"
        f" AND {jobs.is_before('created_at')} ORDER BY next_run_at, id LIMIT :limit",
        {**jobs.params(before, tx.now), "limit": limit},
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
