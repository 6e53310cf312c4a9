"""Rows of the pledges table: what each member holds for a pitch.

The pitch's row is locked before them, but by `end_funded`: what pays for a job changes only with the job's end.
"""

from __future__ import annotations

from typing import Final

from bot.domain.message import MessageKind
from bot.domain.pitches import Pitch, PitchEndReason, Pledge, PledgeState
from bot.domain.preferences import DeliveryTarget
from bot.domain.text import Language, language_of
from data import blocks, messages, preferences
from data.accounts import Account, Hold
from data.database import Row, Transaction

_COLUMNS: Final = (
    "pitch_id, guild_id, member_id, month, allowance, extra, state, created_at, member_language, spent, interaction_id"
)

_ONE: Final = "pitch_id = :pitch_id AND member_id = :member_id"

_ADD: Final = """
INSERT INTO pledges (pitch_id, member_id, guild_id, month, allowance, extra, state, created_at, member_language,
    interaction_id)
VALUES (:pitch_id, :member_id, :guild_id, :month, :allowance, :extra, 'open', :now, :language, :interaction_id)
ON CONFLICT (pitch_id, member_id) DO UPDATE SET month = :month,
    allowance = CASE pledges.state WHEN 'open' THEN pledges.allowance ELSE 0 END + :allowance,
    extra = CASE pledges.state WHEN 'open' THEN pledges.extra ELSE 0 END + :extra,
    created_at = CASE pledges.state WHEN 'open' THEN pledges.created_at ELSE :now END,
    state = 'open', spent = 0, ended_at = NULL, member_language = :language, interaction_id = :interaction_id
"""


def is_new_press(tx: Transaction, pitch_id: str, member_id: int, interaction_id: int) -> bool:
    """Return whether a member's press is newer than their last one.

    Discord can send one interaction to two processes. Ids of interactions grow with time, so an older one was handled,
    or was overtaken by a later press; then it changes nothing, too.
    """
    row = tx.fetch_one(
        f"SELECT interaction_id FROM pledges WHERE {_ONE}", {"pitch_id": pitch_id, "member_id": member_id}
    )
    return row is None or row["interaction_id"] < interaction_id


def find(tx: Transaction, pitch_id: str, member_id: int) -> Pledge | None:
    """Return a member's pledge in a pitch, also one that has ended."""
    row = tx.fetch_one(f"SELECT {_COLUMNS} FROM pledges WHERE {_ONE}", {"pitch_id": pitch_id, "member_id": member_id})
    return None if row is None else _from_row(row)


def is_own(tx: Transaction, pitch: Pitch, member_id: int) -> bool:
    """Return whether a member made a pitch, or pays for it."""
    pledge = None if pitch.member_id == member_id else find(tx, pitch.id, member_id)
    return pitch.member_id == member_id or (pledge is not None and pledge.state.is_paying)


def pledged_to(tx: Transaction, guild_id: int, member_id: int) -> frozenset[str]:
    """Return the ids of the pitches in a server that a member has an open pledge to."""
    rows = tx.fetch_all(
        "SELECT pitch_id FROM pledges WHERE member_id = :member_id AND guild_id = :guild_id AND state = 'open'",
        {"guild_id": guild_id, "member_id": member_id},
    )
    return frozenset(row["pitch_id"] for row in rows)


def open_ones(tx: Transaction, pitch_id: str) -> list[Pledge]:
    """Return a pitch's open pledges by member: the order of locks."""
    rows = tx.fetch_all(
        f"SELECT {_COLUMNS} FROM pledges WHERE pitch_id = :pitch_id AND state = 'open' ORDER BY member_id",
        {"pitch_id": pitch_id},
    )
    return [_from_row(row) for row in rows]


def of_blocked(tx: Transaction, pitch_id: str) -> list[Pledge]:
    """Return the open pledges of members who are blocked, by member."""
    rows = tx.fetch_all(
        f"SELECT {_COLUMNS} FROM pledges WHERE pitch_id = :pitch_id AND state = 'open' AND EXISTS ("
        "SELECT 1 FROM member_blocks WHERE member_blocks.guild_id IN (pledges.guild_id, :everywhere)"
        f" AND member_blocks.member_id = pledges.member_id AND {blocks.ACTIVE}) ORDER BY member_id",
        {"pitch_id": pitch_id, "everywhere": blocks.EVERYWHERE, "now": tx.now},
    )
    return [_from_row(row) for row in rows]


def payers(tx: Transaction, pitch_id: str) -> list[Pledge]:
    """Return who pays or paid for a pitch's movie.

    The first pledge comes first.
    """
    rows = tx.fetch_all(
        f"SELECT {_COLUMNS} FROM pledges WHERE pitch_id = :pitch_id AND state IN ('open', 'funded', 'spent')"
        " ORDER BY created_at, member_id",
        {"pitch_id": pitch_id},
    )
    return [_from_row(row) for row in rows]


def other_payers(tx: Transaction, pitch_id: str, member_id: int) -> list[int]:
    """Return who else pays or paid for a pitch's movie, without those whose data is erased."""
    return [each.member_id for each in payers(tx, pitch_id) if each.member_id > 0 and each.member_id != member_id]


def add(
    tx: Transaction, pitch_id: str, account: Account, parts: tuple[int, int], *, language: Language, interaction_id: int
) -> Pledge:
    """Add allowance and extra credits to a member's pledge, or begin one."""
    key = {"pitch_id": pitch_id, "member_id": account.member_id}
    tx.execute(
        _ADD,
        {
            **key,
            "guild_id": account.guild_id,
            "month": account.month,
            "allowance": parts[0],
            "extra": parts[1],
            "now": tx.now,
            "language": language.value,
            "interaction_id": interaction_id,
        },
    )
    row = tx.fetch_one(f"SELECT {_COLUMNS} FROM pledges WHERE {_ONE}", key)
    assert row is not None
    return _from_row(row)


def reduce(tx: Transaction, pledge: Pledge, allowance: int, extra: int, state: PledgeState) -> None:
    """Take a part off an open pledge.

    It ends in `state` if nothing is left. One that ends keeps its amounts, for the record.
    """
    key = {"pitch_id": pledge.pitch_id, "member_id": pledge.member_id}
    if pledge.credits > allowance + extra:
        tx.execute(
            f"UPDATE pledges SET allowance = allowance - :allowance, extra = extra - :extra WHERE {_ONE}",
            {**key, "allowance": allowance, "extra": extra},
        )
    else:
        tx.execute(
            f"UPDATE pledges SET state = :state, ended_at = :now WHERE {_ONE}",
            {**key, "state": state.value, "now": tx.now},
        )


def record_press(tx: Transaction, pledge: Pledge, interaction_id: int) -> None:
    """Record a press, so that its repeat changes nothing."""
    tx.execute(
        f"UPDATE pledges SET interaction_id = :interaction_id WHERE {_ONE}",
        {"pitch_id": pledge.pitch_id, "member_id": pledge.member_id, "interaction_id": interaction_id},
    )


def mark_funded(tx: Transaction, pitch: Pitch) -> None:
    """Record that a pitch's open pledges pay for its job now."""
    tx.execute("UPDATE pledges SET state = 'funded' WHERE pitch_id = :id AND state = 'open'", {"id": pitch.id})


def end_funded(tx: Transaction, held: Hold, spent: int, *, made: bool, late: bool = False) -> None:
    """End the pledge behind a hold, and tell its member.

    `spent` of it was captured, and the rest returned. Nothing where the hold has no pledge. `made`: there is a movie.
    Those who are mentioned with it read no notice. `late`: the allowance in it was returned as extra credits.
    """
    if held.pitch_id is None:
        return
    pitch_id, member_id = held.pitch_id, held.account.member_id
    state = PledgeState.SPENT if spent else PledgeState.RETURNED
    tx.execute(
        f"UPDATE pledges SET state = :state, spent = :spent, ended_at = :now WHERE {_ONE} AND state = 'funded'",
        {"pitch_id": pitch_id, "member_id": member_id, "state": state.value, "spent": spent, "now": tx.now},
    )
    if member_id < 0:  # their data is erased
        return
    pledge = (pitch_id, member_id, held.account.guild_id)
    if not made:
        reason = PitchEndReason.JOB_ENDED_LATE if late else PitchEndReason.JOB_ENDED
        messages.announce(tx, MessageKind.RETURNED, *pledge, credits=held.credits - spent, reason=reason)
    elif not _is_mentioned(tx, held.job_id, member_id):
        messages.announce(tx, MessageKind.MADE, *pledge, credits=spent, once=True)


def announce(
    tx: Transaction, pledge: Pledge, kind: MessageKind, credits: int, reason: PitchEndReason | None = None
) -> None:
    """Tell a pledge's member what became of it."""
    messages.announce(tx, kind, pledge.pitch_id, pledge.member_id, pledge.guild_id, credits=credits, reason=reason)


def _is_mentioned(tx: Transaction, job_id: str, member_id: int) -> bool:
    """Return whether the movie's message mentions a member.

    It mentions its maker and its followers: not who wants direct messages, and not who came after the last that fits.
    """
    if preferences.get(tx, member_id).delivery_target is DeliveryTarget.DIRECT_MESSAGE:
        return False
    mentioned = tx.fetch_one(
        "SELECT 1 FROM jobs WHERE id = :job_id AND member_id = :member_id"
        " UNION ALL SELECT 1 FROM followers WHERE job_id = :job_id AND member_id = :member_id",
        {"job_id": job_id, "member_id": member_id},
    )
    return mentioned is not None


def _from_row(row: Row) -> Pledge:
    return Pledge(
        pitch_id=row["pitch_id"],
        guild_id=row["guild_id"],
        member_id=row["member_id"],
        month=row["month"],
        allowance=row["allowance"],
        extra=row["extra"],
        state=PledgeState(row["state"]),
        created_at=row["created_at"],
        member_language=language_of(row["member_language"]),
        spent=row["spent"],
    )
