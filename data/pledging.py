"""Members make pitches, chip in, take back and vote; the last pledge orders the movie.

Each press is one transaction. The member is locked first and the pitch second, so two presses of *the rest* follow one
another. The conditional statements of `pitches.change_pledged` and data/budgets.py decide.

Funding turns all pledges into the holds of one job, in that transaction. Only then are the server's and the plan's
budgets held, and the bounds on open work checked. Where they refuse, the pitch waits for them, and a worker tries
again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from bot.domain.credits import DAY_MS, BudgetScope, Limits, Month, Shortfall
from bot.domain.delivery import MAX_FOLLOWERS
from bot.domain.jobs import Job, JobState, generate_id
from bot.domain.message import MessageKind
from bot.domain.moderation import PromptRefusal, Unmoderated
from bot.domain.orders import Decision, InvalidDraft, Order, OrderContext, Quote, Snapshot, decide
from bot.domain.pitches import (
    DEFAULT_DAYS,
    MAX_OPEN_PITCHES,
    RETRY_MS,
    UNKNOWN_RIGHTS,
    WAITING_MS,
    WAITING_NOTICE_MS,
    MakerRights,
    Pitch,
    PitchEndReason,
    PitchState,
    Pledge,
    Pledged,
    PledgeState,
    WaitReason,
)
from bot.domain.preferences import DeliveryTarget
from bot.domain.refusal import RefusalCode, Refused
from bot.domain.request import PricedRequest
from bot.domain.risk import MAX_REPEATED_FAILURES
from bot.domain.server_setup import MAX_PITCH_DAYS, ServerSetup
from bot.domain.text import clean_name
from data import (
    approval_requests,
    availability,
    budgets,
    jobs,
    ledger,
    messages,
    orders,
    pictures,
    pitch_ends,
    pitches,
    pledges,
    preferences,
    prompt_refusals,
    quotes,
    risk,
    server_setup,
)
from data.database import Transaction
from data.ledger_entries import Account

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


PitchOutcome: TypeAlias = Pitch | Pledged | InvalidDraft | PromptRefusal | Refused | Unmoderated | None
"""What an attempt to make a pitch comes to."""


def pitch(tx: Transaction, order: Order, chip_in: int = 0) -> PitchOutcome:
    """Make a pitch of an order, at today's price, and let its member chip in, or do nothing where they can't.

    What they chip in is less than the price, so no movie is ordered for a pitch whose message may never be posted.

    It is refused where an order would be, whatever the credits; and where its price is more than the server or the plan
    may ever spend in a month. A prompt whose movies keep failing, about which an order asks, is refused: whoever
    pitches it may try it alone first. None: its interaction has made one already. Unmoderated: the movie service must
    be asked about its prompt first.

    A pitch of a quote takes its place: of several presses, one makes a pitch. It costs what the quote says, or none is
    made.
    """
    preferences.lock(tx, order.context.member_id)
    if order.quote is not None:
        available = quote_to_pitch(tx, order.quote.id, order.context)
        if not isinstance(available, Quote):
            return available
    return _pitch(tx, order, chip_in)


def _pitch(tx: Transaction, order: Order, chip_in: int) -> PitchOutcome:
    context = order.context
    seen = orders.read(tx, context, order.draft)
    found = decide(order, seen)
    if not isinstance(found, Decision):
        return found
    if seen.may_recall:
        seen = orders.recall(tx, context, order.draft) or seen
    setup, decided = seen.setup, found.checked
    refused = (
        prompt_refusals.broken(tx, order, seen, decided.request.prompt)
        or seen.refusal
        or _never_fits(seen.limits, decided.price)
        or _why_not(order, seen, found, chip_in)
        or prompt_refusals.flagged(tx, order, seen, decided.request.prompt)
    )
    return refused or _insert(tx, order, _new_pitch(tx, context, setup, decided), chip_in)


def _why_not(order: Order, seen: Snapshot, found: Decision, chip_in: int) -> Refused | None:
    """Return why others may not be asked to pay for what could be ordered."""
    if not found.checked.request.operation.declared.pitchable:
        return Refused("pitch-not-offered")
    if seen.failing_since is not None:
        return Refused("pitch-failing", {"failures": MAX_REPEATED_FAILURES})
    if order.quote is not None and found.must_confirm:
        return Refused("quotes-expired")
    if chip_in >= found.checked.price:
        return Refused("pitch-alone", {"price": found.checked.price})
    return None


def quote_to_pitch(tx: Transaction, quote_id: str, context: OrderContext) -> Quote | Refused | None:
    """Return a member's quote, or why it can't be pitched. None: their press has done that already."""
    found = quotes.get(tx, quote_id, context.member_id)
    return None if isinstance(found, Refused) and pitches.is_made_by(tx, context.interaction_id) else found


def _insert(tx: Transaction, order: Order, made: Pitch, chip_in: int) -> Pitch | Pledged | Refused | None:
    """Insert a pitch with its pictures and its member's pledge, in place of its quote: all or nothing."""
    before = pitches.open_of(tx, made.guild_id, made.member_id)
    with tx.savepoint() as undo:
        if not pitches.insert(tx, made):
            return None
        if len(before) >= MAX_OPEN_PITCHES:
            undo.rollback()
            return Refused("pitch-too-many", {"pitches": MAX_OPEN_PITCHES, "own": before})
        pledged = _add(tx, order.context, made, chip_in, "pitch-shortfall-new") if chip_in else made
        if isinstance(pledged, Refused):
            undo.rollback()
            return pledged
        pictures.save(tx, order)
        if order.quote is not None:
            quotes.cancel(tx, order.quote.id, made.member_id)
        return pledged


def chip_in(
    tx: Transaction,
    context: OrderContext,
    pitch_id: str,
    amount: int | None,
    *,
    limit: int | None = None,
    maker: MakerRights = UNKNOWN_RIGHTS,
) -> Pledged | Refused | None:
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
    return replace(added, pitch=_fund(tx, added.pitch, maker))


def take_back(tx: Transaction, context: OrderContext, pitch_id: str) -> Pledged | Refused | None:
    """Return a member's pledge to its sources.

    Members who may not order now may take back, too. None: the interaction was handled already.
    """
    found = _locked(tx, context, pitch_id)
    if not isinstance(found, Pitch):
        return found
    pledge = pledges.find(tx, pitch_id, context.member_id, (PledgeState.OPEN,))
    if pledge is None:
        return Refused("pitch-no-pledge", {"pitch": found})
    pledges.record_press(tx, pledge, context.interaction_id)
    return Pledged(pitch_ends.take_off(tx, found, pledge), pledge, -pledge.credits)


def vote(tx: Transaction, pitch_id: str, guild_id: int, member_id: int) -> Pitch | Refused:
    """Vote for an open pitch, once. Return it with the vote."""
    preferences.lock(tx, member_id)  # their data may be erased at the same time
    found = pitch_ends.lock(tx, pitch_id, guild_id)
    refused = risk.refusal(tx, guild_id, member_id, None, recall=True)  # may lock balances, which follow pitches
    if refused is not None:
        return refused
    if isinstance(found, Refused):
        return found
    own = {"pitch_id": pitch_id, "member_id": member_id}
    if not tx.insert("pitch_votes", own, ignore="pitch_id, member_id"):
        return Refused("pitch-voted-already", {"pitch": found})
    pitches.show(tx, pitch_id, counts_only=True)
    return pitches.get(tx, pitch_id)


def _new_pitch(tx: Transaction, context: OrderContext, setup: ServerSetup, decided: PricedRequest) -> Pitch:
    """Build an open pitch that lives as long as the server wants."""
    days = DEFAULT_DAYS if setup.pitch_days is None else min(setup.pitch_days, MAX_PITCH_DAYS)
    return Pitch(
        id=generate_id(tx.now),
        interaction_id=context.interaction_id,
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
        ends_at=tx.now + days * DAY_MS,
        parent_channel_id=context.parent_channel_id,
        age_restricted=context.age_restricted,
    )


def _add(
    tx: Transaction, context: OrderContext, found: Pitch, wanted: int, short: RefusalCode = "pitch-shortfall"
) -> Pledged | Refused:
    """Hold an amount for a locked pitch.

    Nothing where it does not fit the pitch, or the member is `short` of it.
    """
    limits, allowance = budgets.resolve_limits(tx, context.guild_id, context.member_id, context.role_ids)
    with tx.savepoint() as undo:
        if not pitches.change_pledged(tx, found, wanted):
            return Refused("pitch-too-much", {"pitch": found, "missing": found.missing})
        pledge = pledges.add(tx, found, context, wanted, limits)
        if pledge is None:
            undo.rollback()
            account = Account.at(context.guild_id, context.member_id, tx.now)
            left = ledger.balance(tx, account, limits, allowance).member_available
            return Refused(short, {"price": wanted, "left": left, "time": Month.containing(tx.now).ends_at})
    return Pledged(pitches.get(tx, found.id), pledge, wanted)


def _locked(tx: Transaction, context: OrderContext, pitch_id: str) -> Pitch | Refused | None:
    """Lock who presses and an open pitch, brought up to date.

    None: the press was handled already. Discord can send one interaction to two processes. Ids of interactions grow
    with time, so an older one was handled, or was overtaken by a later press; then it changes nothing, too.
    """
    _lock_members(tx, pitch_id, context.member_id)
    pledge = pledges.find(tx, pitch_id, context.member_id)  # changed by presses of its member only, who is locked
    if pledge is not None and pledge.interaction_id >= context.interaction_id:
        return None
    found = pitch_ends.lock(tx, pitch_id, context.guild_id)
    if isinstance(found, Refused) or found.age_restricted == context.age_restricted:
        return found
    pitches.set_age_restricted(tx, found, age_restricted=context.age_restricted)
    return replace(found, age_restricted=context.age_restricted)


def _refusal(tx: Transaction, context: OrderContext) -> Refused | None:
    """Return why a member may not pay for movies here now."""
    setup, channels = server_setup.get(tx, context.guild_id), (context.channel_id, context.parent_channel_id)
    return setup.refusal(channels, context.role_ids, age_restricted=context.age_restricted) or risk.refusal(
        tx, context.guild_id, context.member_id, tx.policy.limits.risk, recall=True
    )


def _never_fits(resolved: Limits, price: int) -> Refused | None:
    """Return the limit that a price passes in any month."""
    of_member = None if resolved.risk is None else resolved.risk.queued_credits
    bounds: tuple[tuple[RefusalCode, int | None], ...] = (
        ("pitch-never-fits-bot", resolved.plan),
        ("pitch-never-fits-queue", of_member),
        ("pitch-never-fits-server", resolved.managers),
        ("pitch-never-fits-server", resolved.server),
    )
    passed = [
        Refused(code, {"price": price, "left": limit}) for code, limit in bounds if limit is not None and limit < price
    ]
    return min(passed, key=lambda each: each.data["left"], default=None)


def run_due(tx: Transaction, pitch_id: str) -> None:
    """Do what is due for an open pitch: its end, a month's end, or another try to fund it.

    One of a server that is not allowed ends: no press can fund it, and nor does this.
    """
    _lock_members(tx, pitch_id)
    pitch = pitches.lock(tx, pitch_id)
    if pitch is None:
        return
    allowed_servers = tx.policy.allowed_servers
    if allowed_servers and pitch.guild_id not in allowed_servers:
        pitch = pitch_ends.end(tx, pitch, PitchEndReason.SERVER_LEFT)
    pitch = pitch_ends.bring_up_to_date(tx, pitch)
    if pitch.missing:
        pitches.reschedule(tx, pitch)
    elif pitch.state.is_open:
        _fund(tx, pitch)


def _lock_members(tx: Transaction, pitch_id: str, *member_ids: int) -> None:
    """Lock members, and who made a pitch.

    Its movie is open work of who made it, which counts in all servers: an order of theirs in another server locks
    neither this server's balance nor, while it counts, the plan's.
    """
    preferences.lock(
        tx, *member_ids, *tx.fetch_column("SELECT member_id FROM pitches WHERE id = :id", {"id": pitch_id})
    )


def _fund(tx: Transaction, pitch: Pitch, maker: MakerRights = UNKNOWN_RIGHTS) -> Pitch:
    """Order the movie of a locked pitch that is fully pledged, whose maker is locked, too. Return it as it is then.

    Its pledges become the job's holds, by the order of their first press. A prompt that breaks a newer rule, or a
    model that is not offered any more, ends the pitch. Neither counts as a hit of the member who made it.

    Members who were blocked since don't pay. Their pledges are returned, and the pitch is open again. A member's limit
    that was lowered since changes no pledge: as with an order, it counts when credits are held.

    The pitch waits where the server allows no movies in its channel any more. Discord's age flag is that of the last
    press: a flag that changed since decides when the movie is posted. Whether those who pledged still have a role that
    may order can't be known without them: each had one at their press.

    Staff approve it as an order of `maker` now. Where it is not known what they are, as in a retry, they are nobody.
    """
    setup = server_setup.get(tx, pitch.guild_id)
    if tx.policy.filters.broken_by(setup, pitch.request.prompt) is not None:
        return pitch_ends.end(tx, pitch, PitchEndReason.PROMPT_REFUSED)
    if not availability.is_available(tx, pitch.guild_id, pitch.request):
        return pitch_ends.end(tx, pitch, PitchEndReason.NOT_OFFERED)
    pitch = pitch_ends.return_blocked(tx, pitch)
    if pitch.missing:
        return pitch
    refused = setup.refusal((pitch.channel_id, pitch.parent_channel_id), None, age_restricted=pitch.age_restricted)
    refused = refused or _order(tx, pitch, setup, maker)
    return pitches.get(tx, pitch.id) if refused is None else _wait(tx, pitch, refused)


def _order(tx: Transaction, pitch: Pitch, setup: ServerSetup, maker: MakerRights) -> Shortfall | Refused | None:
    """Write the job of a pitch, let the pledges pay for it, tell who pays.

    Return why not; nothing is written then.
    """
    refused = risk.refusal(tx, pitch.guild_id, pitch.member_id, tx.policy.limits.risk)
    if refused is not None:
        return refused
    job = _new_job(tx, pitch, setup, maker)
    paying = pledges.payers(tx, pitch.id)
    of_server, _ = budgets.resolve_limits(tx, job.guild_id, job.member_id, ())
    with tx.savepoint() as undo:
        pitches.change(tx, pitch, PitchState.FUNDED, {"ended_at": tx.now, "next_run_at": None, "waits_for": None})
        inserted = jobs.insert(tx, job)
        assert inserted, f"pitch {pitch.id} has a job already"
        _tell(tx, job, paying)
        # last: orders of all servers wait for the plan's balance until the transaction ends
        if not pledges.pay_for(tx, job, paying, of_server):
            undo.rollback()
            return ledger.shared_shortfall(tx, Account.at(job.guild_id, 0, tx.now), job.price, of_server)
        work = risk.open_work(tx, job.guild_id, job.member_id)
        excess = risk.exceeded_bound(tx, work, job.price, of_server.risk, written=True)
        if excess is not None:
            undo.rollback()
            return excess
    approval_requests.leave_reserved(tx, job.id, pitch.message_id)
    tx.log("pitch_funded", pitch_id=pitch.id, job_id=job.id)
    return None


def _new_job(tx: Transaction, pitch: Pitch, setup: ServerSetup, maker: MakerRights) -> Job:
    """Build the job of a pitch. The interaction that made the pitch makes one job, too."""
    must_ask = setup.needs_approval(pitch.price, maker.role_ids, manages_server=maker.manages_server)
    job = Job(
        id=generate_id(tx.now),
        interaction_id=pitch.interaction_id,
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
        pitch_id=pitch.id,
    )
    return approval_requests.require(tx, setup, job) if must_ask else job


def _wait(tx: Transaction, pitch: Pitch, refused: Shortfall | Refused) -> Pitch:
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
        return pitch
    changes = {"waits_for": reason, "next_run_at": retry_at}
    if pitch.waiting_since is None:
        changes |= {"waiting_since": tx.now, "ends_at": max(pitch.ends_at, tx.now + WAITING_MS)}
    if pitch.waits_for is None:
        for pledge in pledges.open_ones(tx, pitch.id):
            pledges.announce(tx, pledge, MessageKind.WAITING, pledge.credits, delay_ms=WAITING_NOTICE_MS, once=True)
    pitches.change(tx, pitch, PitchState.WAITING_FOR_PLAN, changes)
    return pitches.get(tx, pitch.id)


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
        follower = {"job_id": job.id, "member_id": pledge.member_id}
        mentioned += tx.insert("followers", follower, ignore="job_id, member_id")
