"""Members make pitches, chip in, take back and vote.

Each press is one transaction. The member is locked first and the pitch second, so two presses of *the rest* follow one
another. The conditional statements of `pitches.change_pledged` and data/budgets.py decide.
"""

from __future__ import annotations

from dataclasses import replace

from bot.domain.credits import BudgetScope, Limits, Month, Shortfall
from bot.domain.job import generate_id
from bot.domain.order import Decision, InvalidDraft, Order, OrderContext, decide
from bot.domain.pitch import (
    MAX_OPEN_PITCHES,
    UNKNOWN_RIGHTS,
    Ended,
    MakerRights,
    Pitch,
    Pitched,
    PitchState,
    Pledge,
    Pledged,
    PledgeOutcome,
    PledgeState,
)
from bot.domain.prompt_refusal import PromptRefusal
from bot.domain.refusal import Refused
from bot.domain.request import ValidatedRequest
from bot.domain.risk import MAX_REPEATED_FAILURES
from bot.domain.server_setup import ServerSetup
from bot.domain.text import clean_name
from data import (
    limits,
    order_snapshots,
    pitch_ends,
    pitch_funding,
    pitches,
    pledge_ledger,
    pledges,
    preferences,
    prompt_refusals,
    risk,
    server_setup,
)
from data.accounts import Account
from data.database import Transaction


def pitch(tx: Transaction, order: Order) -> Pitched | InvalidDraft | PromptRefusal | Shortfall | Refused | None:
    """Make a pitch of an order, at today's price.

    Nothing is held. It is refused where an order would be, whatever the credits; and where its price is more than the
    server or the plan may ever spend in a month (Shortfall). A prompt whose movies keep failing, about which an order
    asks, is refused: whoever pitches it may try it alone first. None: its interaction has made one already.
    """
    context = order.context
    prompt = order.draft.prompt
    preferences.lock(tx, context.member_id)
    seen = order_snapshots.read(tx, context, prompt)
    found = decide(order, seen)
    if not isinstance(found, Decision):
        return found
    seen = order_snapshots.recall(tx, seen, context, prompt) or seen
    setup, decided = seen.setup, found.checked
    refused = (
        prompt_refusals.refusal(tx, setup, context, decided.request.prompt, seen.refusal, order.own_words)
        or seen.refusal
        or _never_fits(seen.limits, decided.price, tx.now)
    )
    if refused is not None:
        return refused
    if seen.failing_since is not None:
        return Refused("pitch-failing", {"failures": MAX_REPEATED_FAILURES})
    made = _new_pitch(tx, context, setup, decided)
    with tx.savepoint() as undo:
        if not pitches.insert(tx, made, context.interaction_id):
            return None
        if pitches.count_open(tx, context.guild_id, context.member_id) > MAX_OPEN_PITCHES:
            undo.rollback()
            return Refused("pitch-too-many", {"pitches": MAX_OPEN_PITCHES})
    return Pitched(made)


def chip_in(
    tx: Transaction,
    context: OrderContext,
    pitch_id: str,
    amount: int | None,
    *,
    limit: int | None = None,
    maker: MakerRights = UNKNOWN_RIGHTS,
) -> PledgeOutcome | None:
    """Add to a member's pledge.

    None is the rest, as it is at this moment, up to `limit`. All of the amount or nothing. The last missing credit
    funds the pitch. `maker` is what Discord says now of the member who made it, unless they press themselves. None: the
    interaction was handled already.

    Raises:
        ValueError: The amount is not positive.
    """
    if any(bound is not None and bound < 1 for bound in (amount, limit)):
        raise ValueError(f"a pledge of {amount} credits, {limit} at most")
    found = _locked(tx, context, pitch_id)
    if not isinstance(found, Pitch):
        return found
    if not found.missing:
        return Refused("pitch-complete", {"pitch": found})
    refused = _refusal(tx, context)
    if refused is not None:
        return refused
    rest = found.missing if limit is None else min(found.missing, limit)
    added = _add(tx, context, found, rest if amount is None else amount)
    if not isinstance(added, Pledged) or added.pitch.missing:
        return added
    if context.member_id == found.member_id:
        maker = MakerRights(context.role_ids, context.manages_server)
    funded = pitch_funding.fund(tx, added.pitch, maker)
    if isinstance(funded, Ended | Pitch):  # a pitch: others who pledged are blocked
        return funded if isinstance(funded, Ended) else replace(added, pitch=funded)
    return replace(funded, pledge=pledges.find(tx, found.id, context.member_id), added=added.added)


def take_back(tx: Transaction, context: OrderContext, pitch_id: str, amount: int | None) -> Pledged | Refused | None:
    """Return a part of a member's pledge to its sources.

    None: all of it. Members who may not order now may take back, too. None: the interaction was handled already.

    Raises:
        ValueError: The amount is not positive.
    """
    if amount is not None and amount < 1:
        raise ValueError(f"taking back {amount} credits")
    found = _locked(tx, context, pitch_id)
    if not isinstance(found, Pitch):
        return found
    returned = pitch_ends.take_off(tx, found, context.member_id, amount)
    if not returned:
        return Refused("pitch-no-pledge", {"pitch": found})
    pledge = pledges.find(tx, pitch_id, context.member_id)
    assert pledge is not None
    pledges.record_press(tx, pledge, context.interaction_id)
    return Pledged(pitches.get(tx, pitch_id), pledge, -returned)


def vote(tx: Transaction, pitch_id: str, guild_id: int, member_id: int) -> Pitch | Refused:
    """Vote for an open pitch, once. Return it with the vote."""
    preferences.lock(tx, member_id)  # their data may be erased at the same time
    found = pitches.lock(tx, pitch_id)
    if found is None or found.guild_id != guild_id:
        return Refused("pitch-unknown")
    refused = risk.refusal(tx, guild_id, member_id, None, recall=True)
    if refused is not None:
        return refused
    voted = found.state.is_open and pitches.vote(tx, pitch_id, member_id)
    found = pitches.get(tx, pitch_id)
    if voted:
        return found
    return Refused("pitch-voted-already" if found.state.is_open else "pitch-over", {"pitch": found})


def own_pledge(tx: Transaction, pitch_id: str, member_id: int) -> Pledge | None:
    """Return what a member holds for an open pitch."""
    pledge = pledges.find(tx, pitch_id, member_id)
    return pledge if pledge is not None and pledge.state is PledgeState.OPEN else None


def _new_pitch(tx: Transaction, context: OrderContext, setup: ServerSetup, decided: ValidatedRequest) -> Pitch:
    """Build an open pitch that lives as long as the server wants."""
    return Pitch(
        id=generate_id(tx.now),
        guild_id=context.guild_id,
        channel_id=context.channel_id,
        member_id=context.member_id,
        member_name=clean_name(context.member_name),
        member_language=context.member_language,
        server_language=setup.language or context.server_language,
        request=decided.request,
        price=decided.price,
        state=PitchState.OPEN,
        created_at=tx.now,
        ends_at=tx.now + pitches.life_ms(tx, context.guild_id),
        parent_channel_id=context.parent_channel_id,
        age_restricted=context.age_restricted,
    )


def _add(tx: Transaction, context: OrderContext, found: Pitch, wanted: int) -> Pledged | Refused | Shortfall:
    """Hold an amount for a locked pitch.

    Nothing where it does not fit the pitch or the member.
    """
    account = Account.at(context.guild_id, context.member_id, tx.now)
    member_limits, _ = limits.resolve_limits(tx, context.guild_id, context.member_id, context.role_ids)
    with tx.savepoint() as undo:
        if not pitches.change_pledged(tx, found.id, wanted):
            return Refused("pitch-too-much", {"pitch": found, "missing": found.missing})
        parts = pledge_ledger.pledge(tx, undo, found.id, account, wanted, member_limits)
        if isinstance(parts, Shortfall):
            return parts
        language, press = context.member_language, context.interaction_id
        pledge = pledges.add(tx, found.id, account, parts, language=language, interaction_id=press)
    return Pledged(pitches.get(tx, found.id), pledge, wanted)


def _locked(tx: Transaction, context: OrderContext, pitch_id: str) -> Pitch | Refused | None:
    """Lock who presses and an open pitch, brought up to date.

    None: the press was handled already.
    """
    found = pitch_funding.lock(tx, pitch_id, context.member_id)
    if found is None or found.guild_id != context.guild_id:
        return Refused("pitch-unknown")
    if not pledges.is_new_press(tx, pitch_id, context.member_id, context.interaction_id):
        return None
    found = pitch_ends.bring_up_to_date(tx, found)
    if not found.state.is_open:
        return Refused("pitch-over", {"pitch": found})
    if found.age_restricted != context.age_restricted:
        pitches.set_age_restricted(tx, found.id, age_restricted=context.age_restricted)
    return replace(found, age_restricted=context.age_restricted)


def _refusal(tx: Transaction, context: OrderContext) -> Refused | None:
    """Return why a member may not pay for movies here now."""
    setup = server_setup.get(tx, context.guild_id)
    return setup.refusal(context.channel_ids, context.role_ids, age_restricted=context.age_restricted) or risk.refusal(
        tx, context.guild_id, context.member_id, tx.policy.limits.risk, recall=True
    )


def _never_fits(resolved: Limits, price: int, now: int) -> Shortfall | None:
    """Return the limit that a price passes in any month."""
    of_member = None if resolved.risk is None else resolved.risk.queued_credits
    bounds = (
        (resolved.plan, BudgetScope.PLAN),
        (resolved.managers, BudgetScope.SERVER),
        (resolved.server, BudgetScope.SERVER),
        (of_member, BudgetScope.QUEUED),
    )
    lowest, scope = min((limit, scope) for limit, scope in bounds if limit is not None)
    return Shortfall(scope, price, lowest, Month.containing(now).ends_at) if lowest < price else None
