"""Orders: a hold and a job in one transaction, which is queued afterwards, or voided and refunded.

What decides about an order or a pitch is read in one statement where nothing unusual was set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.domain.catalogue import Catalogue
from bot.domain.credit_request import AskOption
from bot.domain.credits import BudgetScope, Limits, Month, Shortfall
from bot.domain.delivery import NotificationType, PostedMessage
from bot.domain.jobs import EndReason, Job, JobState, encode_id, generate_id
from bot.domain.moderation import PromptRefused, Unmoderated
from bot.domain.operations import Operation
from bot.domain.orders import (
    Decision,
    InvalidDraft,
    Order,
    OrderContext,
    OrderOutcome,
    OrderPlaced,
    OrderRefusal,
    OrderRefused,
    PricePerSecond,
    Quote,
    QuotePreview,
    Snapshot,
    affordable_request,
    decide,
    offered_catalogue,
)
from bot.domain.preferences import Preferences, apply_preferences
from bot.domain.quota import EffectiveLimits
from bot.domain.refusal import QUOTE_CODES, Refused
from bot.domain.request import Draft, PricedRequest, ValidatedRequest, clean_prompt
from bot.domain.server_setup import NOTHING_SET
from bot.domain.text import clean_name
from data import (
    account_queries,
    approval_requests,
    audit_log,
    availability,
    breakers,
    budgets,
    credit_requests,
    erased_members,
    failures,
    jobs,
    ledger,
    message_deletions,
    outbox,
    pictures,
    preferences,
    prompt_refusals,
    quotes,
    risk,
    server_setup,
    starter_movies,
)
from data.database import Params, Row, Savepoint, Transaction
from data.engine import move_record
from data.ledger_entries import Account

_WAITS: Final = f"{breakers.COLUMNS}, ({jobs.QUEUE_POSITION}) AS position, ({jobs.OWN_AHEAD}) AS own_ahead"
"""What a job waits for: the columns of a query of the breakers."""

_STATUS: Final = f"""
SELECT {_WAITS},
    {move_record.HAS_DEPARTED} AS has_departed, {budgets.WITHIN_OPERATOR_LIMIT} AS is_within_limit, open_work.*
FROM breakers, ({risk.OPEN_WORK}) AS open_work WHERE {breakers.ONLY}
"""
"""How an order goes on, whether it can go on here, and what bounds it: one message to the server."""


_SELECT: Final = f"""
SELECT member_preferences.*, {server_setup.COLUMNS},
    member_preferences.member_id IS NOT NULL AS has_preferences,
    guild_settings.guild_id IS NOT NULL AS has_setup,
    EXISTS ({budgets.EFFECTIVE}) AS has_limits,
    {availability.IS_CHANGED} AS is_changed,
    ({failures.FAILING_SINCE}) AS failing_since,
    NOT EXISTS (SELECT 1 FROM jobs WHERE member_id = :member_id AND guild_id = :guild_id) AS is_first,
    {starter_movies.IS_OPEN} AS may_start,
    {budgets.OWN},
    {risk.GROUNDS}
FROM (SELECT 1 AS one) AS one
LEFT JOIN member_preferences ON member_preferences.member_id = :member_id
LEFT JOIN guild_settings ON guild_settings.guild_id = :guild_id
"""


def place(tx: Transaction, order: Order) -> OrderOutcome | Unmoderated | None:
    """Decide on an order, and hold its credits, save its quote, or say what its member can do.

    Nothing is held where it is refused, but a prompt that breaks a rule is counted. Returns None where its interaction
    has a job, and Unmoderated where the movie service must be asked about its prompt first.

    Raises:
        DatabaseMoved: The rows are in another database, where nobody would see the job.
    """
    context = order.context
    preferences.lock(tx, context.member_id)
    with tx.savepoint() as undo:  # here, because on PostgreSQL it travels with the lock
        seen = read(tx, context, order.draft)
        decided = decide(order, seen)
        # one that is refused whatever they did before leaves it forgotten
        may_recall = seen.may_recall and not isinstance(decided, Refused) and decided.checked is not None
        recalled = recall(tx, context, order.draft) if may_recall else None
        if recalled is None:
            return _follow(tx, undo, order, seen, decided)
        with tx.savepoint() as after_recall:  # to which a refusal rolls back: what was recalled stays
            return _follow(tx, after_recall, order, recalled, decide(order, recalled))


def _follow(
    tx: Transaction, undo: Savepoint, order: Order, seen: Snapshot, decided: Decision | InvalidDraft | Refused
) -> OrderOutcome | Unmoderated | None:
    """Place an order, show its price, or refuse it and keep what is valid of it, to be made again."""
    if isinstance(decided, Refused) or decided.checked is None:
        return OrderRefused(decided, order.draft)
    request = decided.checked.request
    is_unchanged = order.quote is not None and order.quote.request == request
    if order.missing and is_unchanged and isinstance(decided, Decision):
        return OrderRefused(_lacking(order), order.draft, order.quote)  # its price stays open
    judged = prompt_refusals.broken(tx, order, seen, request.prompt)
    if judged is None and order.pictures:  # before they are kept with what can be edited: nobody asks about them again
        judged = prompt_refusals.flagged(tx, order, seen, request.prompt)
    if isinstance(judged, Unmoderated):
        return judged
    if judged is not None:  # a prompt that is older than the rule can be edited
        return OrderRefused(judged, order.draft, order.quote)
    made = _make(tx, undo, order, seen, decided)
    if isinstance(made, OrderPlaced | QuotePreview):
        pictures.save(tx, order)
    if made is None or isinstance(made, OrderPlaced | QuotePreview | Unmoderated):
        return made
    return _refuse(tx, order, seen, decided.checked, made)


def _make(
    tx: Transaction, undo: Savepoint, order: Order, seen: Snapshot, decided: Decision | InvalidDraft
) -> OrderPlaced | QuotePreview | OrderRefusal | Unmoderated | None:
    """Place an order or show its price, or say why not."""
    if isinstance(decided, InvalidDraft):
        return decided
    if order.missing:
        return _lacking(order)
    checked = decided.checked
    refused = seen.refusal or prompt_refusals.flagged(tx, order, seen, checked.request.prompt)
    if refused is not None:
        return refused
    if decided.must_confirm or _is_paid_after_all(tx, order, seen, checked):
        return quotes.offer(tx, _new_quote(tx, order, checked), seen, decided.default_model)
    accepted = order.quote.id if order.quote is not None and order.accepts else None
    return create_job(tx, undo, _new_job(tx, order, seen, checked), seen, accepted)


def _lacking(order: Order) -> Refused:
    """Refuse an order whose movie the bot may not post."""
    return Refused("errors-missing-permissions", {"permissions": order.missing})


def _is_paid_after_all(tx: Transaction, order: Order, seen: Snapshot, checked: PricedRequest) -> bool:
    """Return whether an accepted quote said that its movie is on the house, and another one has become that since."""
    if order.quote is None or not order.accepts or seen.may_start:
        return False
    could_be = replace(seen, may_start=True).is_on_the_house(checked.price, checked.request.operation)
    if not could_be or not starter_movies.was_open(tx, order.quote):
        return False
    return isinstance(quotes.get(tx, order.quote.id, order.context.member_id), Quote)  # else it is that movie's


def _refuse(
    tx: Transaction, order: Order, seen: Snapshot, checked: PricedRequest, reason: OrderRefusal
) -> OrderRefused:
    """Refuse an order, and find what its member can do."""
    match reason:
        case PromptRefused():
            return OrderRefused(reason, order.draft, order.quote)
        case Refused(code) if code == "refusals-blocked" or code in QUOTE_CODES:
            return OrderRefused(reason, order.draft)
        case Refused() | InvalidDraft():
            return OrderRefused(reason, order.draft, _editable(tx, order, checked))
        case Shortfall(scope):
            ask = AskOption.NO_HELP
            if scope is BudgetScope.MEMBER:
                ask = credit_requests.ask_option(tx, order.context.guild_id, order.context.member_id, checked.price)
            assert isinstance(seen.catalogue, Catalogue)  # it is valid
            other = affordable_request(checked, reason, seen.catalogue)
            made = other and quotes.offer(tx, _new_quote(tx, order, other), seen)
            if other is None or not isinstance(made, QuotePreview):
                return OrderRefused(reason, order.draft, _editable(tx, order, checked), ask=ask)
            key = other.request.video_model
            model = None if key == checked.request.video_model else seen.catalogue.video_model(key)
            return OrderRefused(reason, order.draft, made.quote, made, model, ask)


def _editable(tx: Transaction, order: Order, checked: PricedRequest) -> Quote | None:
    """Save a quote that need not fit now: its member can change, repeat or pitch it. None where they can't."""
    declared = checked.request.operation.declared
    if declared.is_copy and not declared.pitchable:
        return None
    quote = _new_quote(tx, order, checked)
    quotes.save(tx, quote)
    pictures.save(tx, order)
    return quote


def _new_quote(tx: Transaction, order: Order, checked: PricedRequest) -> Quote:
    """Make a quote. Its id is its interaction's, which makes one at most."""
    context = order.context
    return Quote(
        encode_id(context.interaction_id),
        context.guild_id,
        context.channel_id,
        context.member_id,
        checked.request,
        checked.price,
        tx.now,
        None if order.quote is None else order.quote.root,
        order.wording,
    )


def _new_job(tx: Transaction, order: Order, seen: Snapshot, checked: PricedRequest) -> Job:
    context = order.context
    must_ask = seen.setup.needs_approval(checked.price, context.role_ids, manages_server=context.manages_server)
    job = Job(
        id=generate_id(tx.now),
        interaction_id=context.interaction_id,
        guild_id=context.guild_id,
        channel_id=context.channel_id,
        member_id=context.member_id,
        member_name=clean_name(context.member_name),
        request=checked.request,
        price=checked.price,
        state=JobState.RESERVED,
        created_at=tx.now,
        role_ids=seen.limited_roles,  # a retry while the member is offline counts with the same roles
        delivery_target=seen.preferences.delivery_target,
        member_language=context.member_language,
        server_language=seen.setup.language or context.server_language,
        traceparent=order.traceparent,
    )
    return approval_requests.require(tx, seen.setup, job) if must_ask else job


def price_per_second(tx: Transaction, context: OrderContext, draft: Draft) -> PricePerSecond | None:
    """Return what a second of a draft costs, with the member's preferences.

    None where the draft is invalid, or the member may order nothing there.
    """
    available = availability.catalogue_for(tx, context)
    if isinstance(available, Refused):
        return None
    _, checked = apply_preferences(draft, preferences.get(tx, context.member_id), available)
    if not isinstance(checked, ValidatedRequest):
        return None
    balance = account_queries.balance(tx, context.guild_id, context.member_id, context.role_ids)
    return PricePerSecond(checked.video_model.credits_per_second, balance)


def create_job(
    tx: Transaction, undo: Savepoint, job: Job, seen: Snapshot, quote_id: str | None = None
) -> OrderPlaced | Shortfall | Refused | None:
    """Hold a job's credits, write it, and accept its quote.

    Return why not, or None where its interaction has a job. It rolls back to `undo`, the innermost savepoint, then.

    Raises:
        DatabaseMoved: The rows are in another database, where nobody would see this job.
    """
    preferences.remember(tx, job.member_id, seen.preferences, job.request)
    if not jobs.insert(tx, job):
        undo.rollback()
        return None
    if quote_id is not None:
        unavailable = quotes.accept(tx, quote_id, job.member_id, job.id)
        if unavailable is not None:
            undo.rollback()
            return unavailable
    account, limits = Account.at(job.guild_id, job.member_id, tx.now), seen.limits
    status = _hold(tx, job, account, limits)
    if status is None:
        undo.rollback()  # so that the shortfall counts what was available before
        left = ledger.balance(tx, account, limits, seen.allowance)
        return left.shortfall(job.price, Month.containing(job.created_at))
    # after the hold of the plan: credits that lack are told first, as they are of a quote and a pitch
    excess = risk.exceeded_bound(tx, status, job.price, limits.risk, written=True)
    if excess is not None:
        undo.rollback()
        return excess
    return _waiting(tx, job, status)


def waiting(tx: Transaction, job: Job) -> OrderPlaced:
    """Read what a job that waits is waiting for."""
    return _waiting(tx, job, tx.fetch_single(f"SELECT {_WAITS} FROM breakers WHERE {breakers.ONLY}", _place(tx, job)))


def _waiting(tx: Transaction, job: Job, row: Row) -> OrderPlaced:
    outage = row["outage"] and breakers.from_row(row).shown_outage
    informed = not job.awaits_approval or audit_log.has_open_channel(tx, job.guild_id)
    return OrderPlaced(job, row["position"], outage, row["own_ahead"], staff_informed=informed)


def _place(tx: Transaction, job: Job) -> Params:
    """Return the parameters of _WAITS."""
    return {"id": job.id, "member_id": job.member_id, "fresh": tx.now - jobs.STALLED_MS}


def _hold(tx: Transaction, job: Job, account: Account, limits: Limits) -> Row | None:
    """Hold a job's credits in every budget; return its _STATUS, or None where a limit would be passed.

    The status is read after the hold of the server's budget, so that the server's open work and charges are counted
    with the row locked, and before that of the plan's, for which other orders wait. What costs nothing passes no limit.
    """
    if not ledger.hold(tx, job.id, account, job.price, limits):
        return None
    of_server = {"guild_id": job.guild_id, "month": account.month, "limit": limits.server}
    status = tx.fetch_single(_STATUS, {**_place(tx, job), **of_server})
    if status["has_departed"]:
        move_record.reject_moved(tx)
    is_within_limit = limits.server is None or not job.price or status["is_within_limit"]
    return status if is_within_limit and budgets.hold(tx, BudgetScope.PLAN, account, job.price, limits.plan) else None


def enqueue(tx: Transaction, job_id: str, card_message_id: int) -> bool:
    """Queue a reserved job whose response Discord accepted.

    One that needs approval waits for it instead. Return False where it was voided or has left the queue. Idempotent: a
    retry after a commit that only seemed to fail finds the job queued or waiting.
    """
    if approval_requests.leave_reserved(tx, job_id, card_message_id):
        return True
    job = jobs.find(tx, job_id)
    if job is not None and job.state is JobState.CANCELLED:
        if is_erased(tx, job):  # nothing else is posted about it
            message_deletions.delete(tx, job.id, PostedMessage(job.channel_id, card_message_id))
        else:  # the message about it replaces the card
            message_deletions.replace_earlier(tx, jobs.set_unknown_card(tx, job, card_message_id))
    return job is not None and job.state in (JobState.QUEUED, JobState.AWAITING_APPROVAL)


def is_erased(tx: Transaction, job: Job) -> bool:
    """Return whether a job's member is erased, or asked for it."""
    sql = "SELECT 1 FROM erasure_requests WHERE member_id = :member_id"
    return job.member_id < 0 or tx.fetch_one(sql, {"member_id": job.member_id}) is not None


def void(tx: Transaction, job_id: str, *, notify: bool) -> bool:
    """Cancel a reserved job because Discord did not accept the response.

    Return False where it is no longer reserved. `notify` sends the member a message: they may have seen the response
    all the same.
    """
    return cancel(tx, job_id, EndReason.RESPONSE_FAILED, only_from=(JobState.RESERVED,), notify=notify) is not None


def unacknowledged(tx: Transaction, before: int | None) -> Sequence[str]:
    """Return the jobs that were reserved before this time.

    None: all reserved jobs. Their process died before Discord accepted the response.
    """
    sql = f"SELECT id FROM jobs WHERE state = 'reserved' AND {jobs.is_before('created_at')}"
    return tx.fetch_column(sql, jobs.params(before, tx.now))


def cancel(
    tx: Transaction, job_id: str, reason: EndReason, *, only_from: tuple[JobState, ...], notify: bool
) -> Job | None:
    """Cancel a job in one of these states, and release its hold.

    Return it, or None where it is in another state.
    """
    changes = {"end_reason": reason, "finished_at": tx.now, "next_run_at": None}
    job = jobs.transition(tx, job_id, JobState.CANCELLED, changes, only_from=only_from)
    if job is not None:
        ledger.release(tx, job_id, upstream_charged=False)
        if notify:
            outbox.enqueue(tx, job_id, NotificationType.CANCELLED)
    return job


def read(tx: Transaction, context: OrderContext, draft: Draft) -> Snapshot:
    """Read what decides about a member's order now.

    The caller has locked the member's preferences.
    """
    of_member = risk.params(tx, context.guild_id, context.member_id)
    row = tx.fetch_single(_SELECT, {**of_member, "prompt": clean_prompt(draft.prompt)})
    setup = server_setup.from_row(row) if row["has_setup"] else NOTHING_SET
    allowed = availability.accepted_models(tx) if row["is_changed"] else tx.policy.catalogue
    found = (
        budgets.effective_limits(tx, context.guild_id, context.member_id) if row["has_limits"] else EffectiveLimits()
    )
    limits, allowance = found.resolve(context.role_ids, tx.policy.limits)
    return Snapshot(
        preferences=preferences.from_row(row) if row["has_preferences"] else Preferences(),
        setup=setup,
        catalogue=offered_catalogue(allowed, setup, context),
        refusal=risk.refusal_of(tx, row, of_member, tx.policy.limits.risk),
        failing_since=row["failing_since"],
        limits=limits,
        allowance=allowance,
        left=max(0, limits.member + (row["of_allowance"] or 0)) + max(0, row["of_extra"] or 0),
        limited_roles=tuple(role_id for role_id in context.role_ids if role_id in found.roles),
        may_recall=bool(row["may_recall"]),
        is_first=bool(row["is_first"]),
        sources=_sources(tx, context, draft),
        may_start=bool(row["may_start"]),
        pictures=pictures.kept(tx, context.member_id, draft.sources if draft.operation is Operation.PICTURES else ()),
    )


def _sources(tx: Transaction, context: OrderContext, draft: Draft) -> tuple[Job, ...]:
    """Return the finished movies of a draft that something can still be made from, in its order."""
    if not draft.operation.declared.is_copy:
        return ()
    found = {job.id: job for job in jobs.usable(tx, draft.sources) if job.guild_id == context.guild_id}
    return tuple(found[each] for each in draft.sources if each in found)


def recall(tx: Transaction, context: OrderContext, draft: Draft) -> Snapshot | None:
    """Give a member who had erased their data back what was remembered, and read again; None where nothing was.

    Called once their order is valid: one that is refused whatever they did before leaves it forgotten.
    """
    return read(tx, context, draft) if erased_members.recall(tx, context.member_id) else None
