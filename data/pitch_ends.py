"""Ends pitches without a movie, and returns or lapses pledges.

Each function works on one locked pitch. Balances change by member, those of past months first: the order of locks.

Compares pitches with their pledges, and pledges with the ledger.

Every pledge is held by the ledger exactly while it is open, pays for a job exactly while it is funded, and has one end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bot.domain.credits import Month
from bot.domain.message import MessageKind
from bot.domain.pitches import Ended, Pitch, PitchEndReason, PitchState, Pledge, PledgeState
from bot.domain.quota import AuditAction, AuditContext
from bot.domain.refusal import Refused
from data import audit_log, messages, pitches, pledge_ledger, pledges, preferences
from data.audit_log import AuditEvent
from data.database import Row, Transaction

_STATES = {
    PitchEndReason.LAPSED: PitchState.LAPSED,
    PitchEndReason.WITHDRAWN: PitchState.WITHDRAWN,
}
"""Every other reason is a removal."""


def end(tx: Transaction, pitch: Pitch, reason: PitchEndReason) -> Ended | None:
    """End a locked pitch without a movie, and return every pledge.

    Allowances of past months lapse. Each pledger is told, and of a message that is gone also the member who made it.
    None where it is not open any more.
    """
    pitch = lapse_allowances(tx, pitch)
    state = _STATES.get(reason, PitchState.REMOVED)
    changes = {"end_reason": reason.value, "ended_at": tx.now, "next_run_at": None, "waits_for": None}
    if not pitches.change(tx, pitch, state, changes):
        return None
    messages.withdraw(tx, pitch.id, MessageKind.WAITING)
    paid: dict[int, int] = {}
    for pledge in pledges.open_ones(tx, pitch.id):
        own = reason is PitchEndReason.WITHDRAWN and pledge.member_id == pitch.member_id
        _return(tx, pledge, reason, taken_back=own)
        paid[pledge.member_id] = pledge.credits
    tx.execute("UPDATE pitches SET pledged = 0 WHERE id = :id", {"id": pitch.id})
    if reason is PitchEndReason.MESSAGE_GONE and pitch.member_id not in paid:
        messages.announce(tx, MessageKind.RETURNED, pitch.id, pitch.member_id, pitch.guild_id, reason=reason)
    tx.log("pitch_ended", pitch_id=pitch.id, reason=reason)
    return Ended(pitches.get(tx, pitch.id), sum(paid.values()))


def lapse_allowances(tx: Transaction, pitch: Pitch) -> Pitch:
    """Drop the allowances of other months from a locked open pitch.

    Return it as it is then. They would belong to a month that is over. Extra credits stay. Each pledger is told.
    """
    month = str(Month.containing(tx.now))
    lapsed = 0
    for pledge in pledges.open_ones(tx, pitch.id):
        if pledge.month == month or not pledge.allowance:
            continue
        pledge_ledger.unpledge(tx, pledge, pledge.allowance, 0)
        pledges.reduce(tx, pledge, pledge.allowance, 0, PledgeState.LAPSED)
        pledges.announce(tx, pledge, MessageKind.LAPSED, pledge.allowance)
        lapsed += pledge.allowance
    return _reduced(tx, pitch, lapsed) if lapsed else pitch


def return_blocked(tx: Transaction, pitch: Pitch) -> Pitch:
    """Return the pledges of blocked members in a locked open pitch.

    Return it as it is then: open again where it was complete. They are told, and not why: others may read it.
    """
    returned = 0
    for pledge in pledges.of_blocked(tx, pitch.id):
        _return(tx, pledge)
        returned += pledge.credits
    return _reduced(tx, pitch, returned) if returned else pitch


def bring_up_to_date(tx: Transaction, pitch: Pitch) -> Pitch:
    """Lapse a locked pitch that is over, or its past allowances."""
    if not pitch.state.is_open:
        return pitch
    if pitch.ends_at <= tx.now:
        ended = end(tx, pitch, PitchEndReason.LAPSED)
        assert ended is not None
        return ended.pitch
    return lapse_allowances(tx, pitch)


def take_off(tx: Transaction, pitch: Pitch, member_id: int, credits: int | None) -> int:
    """Return a part of a member's pledge in a locked pitch.

    None: all of it. Return how much. Extra credits, which do not expire, come back first, as they would be spent last.
    It counts as a cancellation of the member's.
    """
    pledge = pledges.find(tx, pitch.id, member_id)
    if pledge is None or pledge.state is not PledgeState.OPEN:
        return 0
    returned = pledge.credits if credits is None else min(credits, pledge.credits)
    extra = min(pledge.extra, returned)
    pledge_ledger.unpledge(tx, pledge, returned - extra, extra, taken_back=True)
    pledges.reduce(tx, pledge, returned - extra, extra, PledgeState.RETURNED)
    _reduced(tx, pitch, returned)
    return returned


def withdraw(tx: Transaction, pitch_id: str, guild_id: int, member_id: int) -> Ended | Refused:
    """End a pitch for the member who made it.

    Of one that is over, everyone reads that it is.
    """
    preferences.lock(tx, member_id)
    pitch = pitches.lock(tx, pitch_id)
    if pitch is None or pitch.guild_id != guild_id:
        return Refused("pitch-unknown")
    pitch = bring_up_to_date(tx, pitch)
    if pitch.state.is_open and pitch.member_id != member_id:
        return Refused("pitch-not-yours", {"pitch": pitch})
    return end(tx, pitch, PitchEndReason.WITHDRAWN) or Refused("pitch-over", {"pitch": pitch})


def withdraw_unposted(tx: Transaction, pitch_id: str) -> Ended | None:
    """End a pitch that has no message, for its member.

    None where it has one now, or is over.
    """
    pitch = pitches.lock(tx, pitch_id)
    if pitch is None or pitch.message_id is not None:
        return None
    return end(tx, pitch, PitchEndReason.WITHDRAWN)


def end_gone(tx: Transaction, pitch_id: str, message_id: int | None) -> Ended | None:
    """End a pitch whose message, or whose channel, Discord says is gone.

    `message_id` is the message that was looked for; None: the channel is gone. None where the pitch is over, or has
    another message.
    """
    pitch = pitches.lock(tx, pitch_id)
    if pitch is None or (message_id is not None and pitch.message_id != message_id):
        return None
    return end(tx, pitch, PitchEndReason.MESSAGE_GONE)


def remove(tx: Transaction, pitch_id: str, *, by: AuditContext) -> Ended | Refused:
    """End a pitch for a server's staff.

    Raises:
        DuplicateInteraction: The interaction has removed it already.
    """
    pitch = pitches.lock(tx, pitch_id)
    if pitch is None or pitch.guild_id != by.guild_id:
        return Refused("pitch-unknown")
    audit_log.require_new(tx, by)
    pitch = bring_up_to_date(tx, pitch)
    ended = end(tx, pitch, PitchEndReason.REMOVED_BY_STAFF)
    if ended is None:
        return Refused("pitch-over", {"pitch": pitch})
    audit_log.record(tx, AuditEvent(by, AuditAction.REMOVE_PITCH, pitch.member_id, ended.returned))
    return ended


def end_of_server(tx: Transaction, pitch_ids: Sequence[str]) -> None:
    """End locked pitches of a server that the bot left."""
    for pitch_id in pitch_ids:
        pitch = bring_up_to_date(tx, pitches.get(tx, pitch_id))
        end(tx, pitch, PitchEndReason.SERVER_LEFT)


def drop_member(tx: Transaction, pitch_id: str, member_id: int) -> None:
    """Take a member whose data is erased out of a pitch, if it is open.

    Theirs is withdrawn, and their pledge to another's is returned. They are not told. The caller holds their lock.
    """
    pitch = pitches.lock(tx, pitch_id)
    if pitch is None:
        return
    pitch = lapse_allowances(tx, pitch)
    if pitch.member_id == member_id:
        end(tx, pitch, PitchEndReason.WITHDRAWN)
    else:
        take_off(tx, pitch, member_id, None)
    messages.withdraw_of_member(tx, pitch_id, member_id)


def _return(tx: Transaction, pledge: Pledge, reason: PitchEndReason | None = None, *, taken_back: bool = False) -> None:
    """Return a whole pledge to its sources, and tell its member."""
    pledge_ledger.unpledge(tx, pledge, pledge.allowance, pledge.extra, taken_back=taken_back)
    pledges.reduce(tx, pledge, pledge.allowance, pledge.extra, PledgeState.RETURNED)
    pledges.announce(tx, pledge, MessageKind.RETURNED, pledge.credits, reason)


def _reduced(tx: Transaction, pitch: Pitch, credits: int) -> Pitch:
    """Count less for a locked pitch.

    One that was complete is open again.
    """
    changed = pitches.change_pledged(tx, pitch.id, -credits)
    assert changed, pitch.id
    messages.withdraw(tx, pitch.id, MessageKind.WAITING)
    pitches.reschedule(tx, pitch, pitches.next_run_at(pitch, tx.now))
    return pitches.get(tx, pitch.id)


_PLEDGES: Final = f"""
WITH entries AS (
    SELECT pitch_id, member_id,
        SUM(CASE entry_type WHEN 'pledge' THEN allowance WHEN 'unpledge' THEN -allowance ELSE 0 END) AS allowance,
        SUM(CASE entry_type WHEN 'pledge' THEN extra WHEN 'unpledge' THEN -extra ELSE 0 END) AS extra,
        SUM(CASE entry_type WHEN 'hold' THEN allowance + extra WHEN 'release' THEN -allowance - extra
            WHEN 'capture' THEN -allowance - extra - released_allowance - released_extra ELSE 0 END) AS paying,
        SUM(CASE entry_type WHEN 'capture' THEN allowance + extra ELSE 0 END) AS captured
    FROM ledger_entries WHERE pitch_id IS NOT NULL GROUP BY pitch_id, member_id
), members AS (
    SELECT pitch_id, member_id FROM pledges UNION SELECT pitch_id, member_id FROM entries
)
SELECT members.pitch_id, members.member_id, COALESCE(pledges.state, 'missing') AS state, pledges.allowance,
    pledges.extra, pledges.spent, entries.allowance AS held_allowance, entries.extra AS held_extra, entries.paying,
    entries.captured, pitches.state AS pitch_state
FROM members JOIN pitches ON pitches.id = members.pitch_id
LEFT JOIN pledges ON pledges.pitch_id = members.pitch_id AND pledges.member_id = members.member_id
LEFT JOIN entries ON entries.pitch_id = members.pitch_id AND entries.member_id = members.member_id
WHERE pledges.state IS NULL OR entries.pitch_id IS NULL
    OR entries.allowance <> CASE pledges.state WHEN 'open' THEN pledges.allowance ELSE 0 END
    OR entries.extra <> CASE pledges.state WHEN 'open' THEN pledges.extra ELSE 0 END
    OR entries.paying <> CASE pledges.state WHEN 'funded' THEN pledges.allowance + pledges.extra ELSE 0 END
    OR entries.captured <> pledges.spent OR (pledges.state = 'spent' AND pledges.spent = 0)
    OR (pledges.state = 'open' AND NOT pitches.{pitches.OPEN})
    OR (pledges.state = 'funded' AND pitches.state <> 'funded')
ORDER BY members.pitch_id, members.member_id
"""

_PITCHES: Final = f"""
WITH sums AS (
    SELECT pitches.id, pitches.state, pitches.price_credits, pitches.pledged, jobs.id AS job_id,
        jobs.price_credits AS job_price,
        (SELECT COALESCE(SUM(pledges.allowance + pledges.extra), 0) FROM pledges
            WHERE pledges.pitch_id = pitches.id AND pledges.state = 'open') AS open_credits,
        (SELECT COALESCE(SUM(allowance + extra), 0) FROM ledger_entries
            WHERE ledger_entries.pitch_id = pitches.id AND entry_type = 'hold') AS paid
    FROM pitches LEFT JOIN jobs ON jobs.pitch_id = pitches.id
)
SELECT * FROM sums WHERE ({pitches.OPEN} AND pledged <> open_credits)
    OR (state <> 'funded' AND (job_id IS NOT NULL OR paid <> 0)) OR (NOT {pitches.OPEN} AND open_credits <> 0)
    OR (state = 'funded' AND (job_id IS NULL OR paid <> price_credits OR job_price <> price_credits))
    OR (state NOT IN ('funded', 'open', 'waiting_for_plan') AND pledged <> 0)
    OR (state = 'waiting_for_plan' AND pledged <> price_credits)
ORDER BY id
"""


def _wrong_pledge(row: Row) -> str:
    return (
        f"the pledge of member {row['member_id']} to pitch {row['pitch_id']} ({row['pitch_state']}) is {row['state']}: "
        f"{row['allowance']} and {row['extra']} bonus, {row['spent']} spent; the ledger says {row['held_allowance']} "
        f"and {row['held_extra']} bonus pledged, {row['paying']} on hold for its movie, {row['captured']} spent"
    )


def _wrong_pitch(row: Row) -> str:
    return (
        f"pitch {row['id']} is {row['state']} and costs {row['price_credits']}: {row['pledged']} are pledged, its open "
        f"pledges hold {row['open_credits']}, and {row['paid']} were held for its movie ({row['job_id'] or 'none'})"
    )


CHECKS: Final[tuple[tuple[str, Callable[[Row], str]], ...]] = ((_PLEDGES, _wrong_pledge), (_PITCHES, _wrong_pitch))
"""Queries that find nothing where all is well, and how each row is described."""
