"""Members make pitches, chip in, take back and vote.

Each press is one transaction. The member is locked first and the pitch second, so two presses of *the rest* follow one
another. The conditional statements of `pitches.change_pledged` and data/budgets.py decide.

Funds pitches: the last pledge makes the job.

It turns all pledges into the job's holds, in one transaction. Only then are the server's and the plan's budgets held,
and the bounds on open work checked. Where they refuse, the pitch waits for them, and a worker tries again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.domain.credits import BudgetScope, Limits, Month, Shortfall
from bot.domain.delivery import MAX_FOLLOWERS
from bot.domain.jobs import Job, JobState, generate_id
from bot.domain.message import MessageKind
from bot.domain.orders import Decision, InvalidDraft, Order, OrderContext, decide
from bot.domain.pitches import (
    MAX_OPEN_PITCHES,
    RETRY_MS,
    UNKNOWN_RIGHTS,
    WAITING_MS,
    WAITING_NOTICE_MS,
    Ended,
    Funded,
    MakerRights,
    Pitch,
    Pitched,
    PitchEndReason,
    PitchState,
    Pledge,
    Pledged,
    PledgeOutcome,
    PledgeState,
    Waiting,
    WaitReason,
)
from bot.domain.preferences import DeliveryTarget
from bot.domain.prompt_refusal import PromptRefusal
from bot.domain.refusal import RefusalCode, Refused
from bot.domain.request import ValidatedRequest
from bot.domain.risk import MAX_REPEATED_FAILURES
from bot.domain.server_setup import ServerSetup
from bot.domain.text import clean_name
from data import (
    approval_requests,
    availability,
    budgets,
    jobs,
    messages,
    orders,
    pitch_ends,
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
    seen = orders.read(tx, context, prompt)
    found = decide(order, seen)
    if not isinstance(found, Decision):
        return found
    if seen.may_recall:
        seen = orders.recall(tx, context, prompt) or seen
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
    funded = fund(tx, added.pitch, maker)
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
    member_limits, _ = budgets.resolve_limits(tx, context.guild_id, context.member_id, context.role_ids)
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
    found = lock(tx, pitch_id, context.member_id)
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


_REASONS: Final[Mapping[BudgetScope | RefusalCode, WaitReason]] = {
    BudgetScope.PLAN: WaitReason.PLAN,
    BudgetScope.SERVER: WaitReason.SERVER,
    BudgetScope.QUEUED: WaitReason.BUSY,
    "refusals-open-movies": WaitReason.BUSY,
    "refusals-server-open-movies": WaitReason.BUSY,
    "refusals-paused": WaitReason.PAUSED,
    "refusals-server-blocked": WaitReason.PAUSED,
}
"""What a fully pledged pitch waits for; in every other case, for the member who made it, or for its channel."""


def lock(tx: Transaction, pitch_id: str, *member_ids: int) -> Pitch | None:
    """Lock members, and who made a pitch, and then the pitch; return it.

    Its movie is open work of who made it, which counts in all servers: an order of theirs in another server locks
    neither this server's balance nor, while it counts, the plan's.
    """
    made = tx.fetch_one("SELECT member_id FROM pitches WHERE id = :id", {"id": pitch_id})
    if made is None:
        return None
    preferences.lock(tx, made["member_id"], *member_ids)
    return pitches.lock(tx, pitch_id)


def run_due(tx: Transaction, pitch_id: str) -> Funded | Waiting | Ended | Pitch | None:
    """Do what is due for a pitch.

    That is its end, a month's end, or another try to fund it. None where nothing of that happened. A pitch: as in
    `fund`. A pitch of a server that is not allowed ends: no press can fund it, and nor does this.
    """
    pitch = lock(tx, pitch_id)
    if pitch is None or not pitch.state.is_open:
        return None
    allowed_servers = tx.policy.allowed_servers
    if allowed_servers and pitch.guild_id not in allowed_servers:
        return pitch_ends.end(tx, pitch, PitchEndReason.SERVER_LEFT)
    if pitch.ends_at <= tx.now:
        return pitch_ends.end(tx, pitch, PitchEndReason.LAPSED)
    pitch = pitch_ends.lapse_allowances(tx, pitch)
    if not pitch.missing:
        return fund(tx, pitch)
    pitches.reschedule(tx, pitch, pitches.next_run_at(pitch, tx.now))
    return None


def fund(tx: Transaction, pitch: Pitch, maker: MakerRights = UNKNOWN_RIGHTS) -> Funded | Waiting | Ended | Pitch:
    """Order the movie of a pitch that `lock` returned and that is fully pledged.

    Its pledges become the job's holds, by the order of their first press. A prompt that breaks a newer rule, or a
    model that is not offered any more, ends the pitch. Neither counts as a hit of the member who made it.

    Members who were blocked since don't pay. Their pledges are returned, and the pitch, open again, is what this
    returns. A member's limit that was lowered since changes no pledge: as with an order, it counts when credits are
    held.

    The pitch waits where the server allows no movies in its channel any more. Discord's age flag is that of the last
    press: a flag that changed since decides when the movie is posted. Whether those who pledged still have a role that
    may order can't be known without them: each had one at their press.

    Staff approve it as an order of `maker` now. Where it is not known what they are, as in a retry, they are nobody.
    """
    setup = server_setup.get(tx, pitch.guild_id)
    if tx.policy.filters.broken_by(setup, pitch.request.prompt) is not None:
        return _ended(tx, pitch, PitchEndReason.PROMPT_REFUSED)
    if not availability.is_available(tx, pitch.guild_id, pitch.request):
        return _ended(tx, pitch, PitchEndReason.NOT_OFFERED)
    pitch = pitch_ends.return_blocked(tx, pitch)
    if pitch.missing:
        return pitch
    barred = setup.refusal(pitch.channel_ids, None, age_restricted=pitch.age_restricted)
    if barred is not None:
        return _wait(tx, pitch, barred)
    context = OrderContext(
        _interaction_id(tx, pitch),
        pitch.guild_id,
        pitch.channel_id,
        pitch.member_id,
        maker.role_ids,
        pitch.member_name,
        manages_server=maker.manages_server,
    )
    job = Job(
        id=generate_id(tx.now),
        interaction_id=context.interaction_id,
        guild_id=pitch.guild_id,
        channel_id=pitch.channel_id,
        member_id=pitch.member_id,
        member_name=pitch.member_name,
        request=pitch.request,
        price=pitch.price,
        state=JobState.RESERVED,
        created_at=tx.now,
        delivery_target=DeliveryTarget.CHANNEL,  # others pay for it, too
        member_language=pitch.member_language,
        server_language=setup.language or pitch.server_language,
        approval=approval_requests.decide(tx, setup, context, pitch.price),
        pitch_id=pitch.id,
    )
    paying = pledges.payers(tx, pitch.id)
    refused = _order(tx, job, pitch, paying)
    if refused is not None:
        return _wait(tx, pitch, refused)
    approval_requests.leave_reserved(tx, job.id, pitch.message_id)
    tx.log("pitch_funded", pitch_id=pitch.id, job_id=job.id)
    return Funded(pitches.get(tx, pitch.id), jobs.get(tx, job.id))


def _order(tx: Transaction, job: Job, pitch: Pitch, paying: list[Pledge]) -> Shortfall | Refused | None:
    """Write a job, let the pledges pay for it, tell who pays.

    Return why not; nothing is written then.
    """
    refused = risk.refusal(tx, job.guild_id, job.member_id, tx.policy.limits.risk)
    if refused is not None:
        return refused
    of_server, _ = budgets.resolve_limits(tx, job.guild_id, job.member_id, ())
    with tx.savepoint() as undo:
        funded = {"ended_at": tx.now, "next_run_at": None, "waits_for": None}
        changed = pitches.change(tx, pitch, PitchState.FUNDED, funded)
        assert changed, pitch.id
        inserted = jobs.insert(tx, job)
        assert inserted, f"pitch {pitch.id} has a job already"
        pledges.mark_funded(tx, pitch)
        _tell(tx, job, paying)
        # last: orders of all servers wait for the plan's balance until the transaction ends
        short = pledge_ledger.convert(tx, undo, job.id, paying, of_server)
        if short is not None:
            return short
        work = risk.open_work(tx, job.guild_id, job.member_id)
        excess = risk.exceeded_bound(work, job, of_server.risk, written=True)
        if excess is not None:
            undo.rollback()
        return excess


def _wait(tx: Transaction, pitch: Pitch, refused: Shortfall | Refused) -> Waiting:
    """Let a fully pledged pitch wait, and try again later.

    The first time, it gets WAITING_MS at least: those who paid in its last hour still want the movie. And they are
    told, once, if it still waits after WAITING_NOTICE_MS.
    """
    why = refused.scope if isinstance(refused, Shortfall) else refused.code
    reason = _REASONS.get(why, WaitReason.MEMBER)
    tx.log("pitch_waits", pitch_id=pitch.id, reason=reason)
    retry_at = tx.now + RETRY_MS
    if pitch.waits_for is reason:  # its message says so already
        pitches.reschedule(tx, pitch, retry_at)
        return Waiting(pitch)
    changes = {"waits_for": reason.value, "next_run_at": retry_at}
    if pitch.waiting_since is None:
        changes |= {"waiting_since": tx.now, "ends_at": max(pitch.ends_at, tx.now + WAITING_MS)}
    if pitch.waits_for is None:
        for pledge in pledges.open_ones(tx, pitch.id):
            messages.announce(
                tx,
                MessageKind.WAITING,
                pitch.id,
                pledge.member_id,
                pitch.guild_id,
                credits=pledge.credits,
                delay_ms=WAITING_NOTICE_MS,
                once=True,
            )
    pitches.change(tx, pitch, PitchState.WAITING_FOR_PLAN, changes)
    return Waiting(pitches.get(tx, pitch.id))


def _tell(tx: Transaction, job: Job, paying: list[Pledge]) -> None:
    """Tell everyone who pays, and let them follow the movie.

    Those who want direct messages are told so when it is made; as many others as fit are mentioned with it,
    and the rest are told in a message of their own.
    """
    messages.withdraw(tx, paying[0].pitch_id, MessageKind.WAITING)
    mentioned = 0
    for pledge in paying:
        pledges.announce(tx, pledge, MessageKind.FUNDED, pledge.credits)
        wants = preferences.get(tx, pledge.member_id).delivery_target
        if pledge.member_id == job.member_id or wants is DeliveryTarget.DIRECT_MESSAGE or mentioned == MAX_FOLLOWERS:
            continue
        mentioned += tx.execute(
            "INSERT INTO followers (job_id, member_id) VALUES (:job_id, :member_id)"
            " ON CONFLICT (job_id, member_id) DO NOTHING",
            {"job_id": job.id, "member_id": pledge.member_id},
        )


def _ended(tx: Transaction, pitch: Pitch, reason: PitchEndReason) -> Ended:
    ended = pitch_ends.end(tx, pitch, reason)
    assert ended is not None
    return ended


def _interaction_id(tx: Transaction, pitch: Pitch) -> int:
    """Return the interaction that made a pitch: it makes one job, too."""
    row = tx.fetch_one("SELECT interaction_id FROM pitches WHERE id = :id", {"id": pitch.id})
    assert row is not None
    return row["interaction_id"]
