"""Ends pitches without a movie, and returns or lapses pledges.

Each function works on one locked pitch. Balances change by member, those of past months first: the order of locks.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.credits import month_of
from bot.domain.message import MessageKind
from bot.domain.pitches import Pitch, PitchEndReason, PitchState, Pledge, PledgeState
from bot.domain.quota import AuditAction, AuditContext, AuditEvent
from bot.domain.refusal import Refused
from data import audit_log, messages, pictures, pitches, pledges, preferences
from data.database import Transaction

_STATES = {
    PitchEndReason.LAPSED: PitchState.LAPSED,
    PitchEndReason.WITHDRAWN: PitchState.WITHDRAWN,
}
"""Every other reason is a removal."""


def lock(tx: Transaction, pitch_id: str, guild_id: int) -> Pitch | Refused:
    """Lock an open pitch of a server, brought up to date; return why there is none."""
    pitch = pitches.lock(tx, pitch_id)
    if pitch is None or pitch.guild_id != guild_id:
        return Refused("pitch-unknown")
    pitch = bring_up_to_date(tx, pitch)
    return pitch if pitch.state.is_open else Refused("pitch-over", {"pitch": pitch})


def bring_up_to_date(tx: Transaction, pitch: Pitch) -> Pitch:
    """Lapse a locked pitch that is over, or its past allowances."""
    return end(tx, pitch, PitchEndReason.LAPSED) if pitch.ends_at <= tx.now else lapse_allowances(tx, pitch)


def end(tx: Transaction, pitch: Pitch, reason: PitchEndReason, *, unposted: bool = False) -> Pitch:
    """End a locked pitch without a movie, and return every pledge. One that is over stays as it is.

    One that is withdrawn because it is `unposted` is no cancellation of its member's.
    Allowances of past months lapse. Each pledger is told, and of a message that is gone also the member who made it.
    """
    if not pitch.state.is_open:
        return pitch
    lapse_allowances(tx, pitch)
    paying = pledges.open_ones(tx, pitch.id)
    for pledge in paying:
        own = reason is PitchEndReason.WITHDRAWN and pledge.member_id == pitch.member_id and not unposted
        _return(tx, pledge, reason, taken_back=own)
    over = {"end_reason": reason, "ended_at": tx.now, "next_run_at": None, "waits_for": None, "pledged": 0}
    pitches.change(tx, pitch, _STATES.get(reason, PitchState.REMOVED), over)
    pictures.forget(tx, "pitches WHERE id = :id", {"id": pitch.id})
    messages.withdraw(tx, pitch.id, MessageKind.WAITING)
    if reason is PitchEndReason.MESSAGE_GONE and pitch.member_id not in {each.member_id for each in paying}:
        messages.announce(tx, MessageKind.RETURNED, pitch.id, pitch.member_id, pitch.guild_id, reason=reason)
    tx.log("pitch_ended", pitch_id=pitch.id, reason=reason)
    return pitches.get(tx, pitch.id)


def lapse_allowances(tx: Transaction, pitch: Pitch) -> Pitch:
    """Drop the allowances of other months from a locked open pitch.

    Return it as it is then. They would belong to a month that is over. Extra credits stay. Each pledger is told.
    """
    month = month_of(tx.now)
    lapsed = [each for each in pledges.open_ones(tx, pitch.id) if each.allowance and each.month != month]
    for pledge in lapsed:
        pledges.give_back(tx, pledge, pledge.allowance, 0, PledgeState.LAPSED)
        pledges.announce(tx, pledge, MessageKind.LAPSED, pledge.allowance)
    return _reduced(tx, pitch, sum(each.allowance for each in lapsed))


def return_blocked(tx: Transaction, pitch: Pitch) -> Pitch:
    """Return the pledges of blocked members in a locked open pitch.

    Return it as it is then: open again where it was complete. They are told, and not why: others may read it.
    """
    blocked = pledges.of_blocked(tx, pitch.id)
    for pledge in blocked:
        _return(tx, pledge)
    return _reduced(tx, pitch, sum(each.credits for each in blocked))


def take_off(tx: Transaction, pitch: Pitch, pledge: Pledge) -> Pitch:
    """Return a member's open pledge in a locked pitch. It counts as a cancellation of theirs."""
    pledges.give_back(tx, pledge, pledge.allowance, pledge.extra, PledgeState.RETURNED, taken_back=True)
    return _reduced(tx, pitch, pledge.credits)


def withdraw(tx: Transaction, pitch_id: str, guild_id: int, member_id: int) -> Pitch | Refused:
    """End a pitch for the member who made it.

    Of one that is over, everyone reads that it is.
    """
    preferences.lock(tx, member_id)
    pitch = lock(tx, pitch_id, guild_id)
    if isinstance(pitch, Refused):
        return pitch
    if pitch.member_id != member_id:
        return Refused("pitch-not-yours", {"pitch": pitch})
    return end(tx, pitch, PitchEndReason.WITHDRAWN)


def withdraw_unposted(tx: Transaction, pitch_id: str) -> None:
    """End a pitch for its member, unless it has a message now."""
    pitch = pitches.lock(tx, pitch_id)
    if pitch is not None and pitch.message_id is None:
        end(tx, pitch, PitchEndReason.WITHDRAWN, unposted=True)


def end_gone(tx: Transaction, pitch_id: str, message_id: int | None) -> None:
    """End a pitch whose message, or whose channel, Discord says is gone.

    `message_id` is the message that was looked for; None: the channel is gone. One that has another message stays.
    """
    pitch = pitches.lock(tx, pitch_id)
    if pitch is not None and message_id in (None, pitch.message_id):
        end(tx, pitch, PitchEndReason.MESSAGE_GONE)


def remove(tx: Transaction, pitch_id: str, *, by: AuditContext) -> Pitch | Refused:
    """End a pitch for a server's staff.

    Raises:
        DuplicateInteraction: The interaction has removed it already.
    """
    pitch = lock(tx, pitch_id, by.guild_id)
    audit_log.require_new(tx, by)
    if isinstance(pitch, Refused):
        return pitch
    removed = end(tx, pitch, PitchEndReason.REMOVED_BY_STAFF)
    audit_log.record(tx, AuditEvent(by, AuditAction.REMOVE_PITCH, pitch.member_id, pitch.pledged))
    return removed


def end_of_server(tx: Transaction, pitch_ids: Sequence[str]) -> None:
    """End locked pitches of a server that the bot left."""
    for pitch_id in pitch_ids:
        end(tx, bring_up_to_date(tx, pitches.get(tx, pitch_id)), PitchEndReason.SERVER_LEFT)


def drop_member(tx: Transaction, member_id: int) -> None:
    """Take a member whose data is erased out of open pitches.

    Theirs are withdrawn, and their pledges to others' are returned. They are not told.
    """
    preferences.lock(tx, member_id)
    locked = [pitches.lock(tx, pitch_id) for pitch_id in pitches.open_ids(tx, member_id)]
    for pitch in filter(None, locked):
        if pitch.member_id == member_id:
            end(tx, pitch, PitchEndReason.WITHDRAWN)
        else:
            current = lapse_allowances(tx, pitch)
            pledge = pledges.find(tx, pitch.id, member_id, (PledgeState.OPEN,))
            if pledge is not None:
                take_off(tx, current, pledge)
        messages.withdraw_of_member(tx, pitch.id, member_id)


def _return(tx: Transaction, pledge: Pledge, reason: PitchEndReason | None = None, *, taken_back: bool = False) -> None:
    """Return a whole pledge to its sources, and tell its member."""
    pledges.give_back(tx, pledge, pledge.allowance, pledge.extra, PledgeState.RETURNED, taken_back=taken_back)
    pledges.announce(tx, pledge, MessageKind.RETURNED, pledge.credits, reason)


def _reduced(tx: Transaction, pitch: Pitch, credits: int) -> Pitch:
    """Count less for a locked pitch.

    One that was complete is open again.
    """
    if not credits:
        return pitch
    changed = pitches.change_pledged(tx, pitch, -credits)
    assert changed, pitch.id
    messages.withdraw(tx, pitch.id, MessageKind.WAITING)
    return pitches.get(tx, pitch.id)
