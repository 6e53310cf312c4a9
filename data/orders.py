"""Orders: a hold and a job in one transaction.

The job is queued afterwards, or it is voided and its hold refunded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.domain import order
from bot.domain.catalogue import Catalogue
from bot.domain.credits import Limits, Shortfall
from bot.domain.delivery import NotificationType, PostedMessage
from bot.domain.job import Approval, EndReason, Job, JobState, generate_id
from bot.domain.order import (
    ConfirmationRequired,
    ConfirmationRule,
    InvalidDraft,
    OrderContext,
    OrderPlaced,
    OrderRejected,
)
from bot.domain.preferences import Preferences
from bot.domain.prompt_refusal import PromptRefusal
from bot.domain.quote import PricePerSecond
from bot.domain.request import Draft, ValidatedRequest
from bot.domain.server_setup import AccessRefusal, ServerSetup
from bot.domain.text import clean_name
from data import (
    account_queries,
    approval_requests,
    audit_log,
    availability,
    breakers,
    drafts,
    failures,
    jobs,
    ledger,
    limits,
    message_deletions,
    move_record,
    orphans,
    outbox,
    preferences,
    quotes,
    risk,
    server_setup,
)
from data.accounts import Account
from data.compiled_filters import PromptRules
from data.database import Savepoint, Transaction

_QUEUE_STATUS: Final = (
    f"SELECT {breakers.COLUMNS}, ({jobs.QUEUE_POSITION}) AS position, ({jobs.OWN_AHEAD}) AS own_ahead,"
    f" {move_record.HAS_DEPARTED} AS has_departed FROM breakers WHERE {breakers.ONLY}"
)
"""What a member is told about how an order goes on, and whether it can go on here: one message to the server."""


def place(
    tx: Transaction,
    filters: PromptRules,
    context: OrderContext,
    draft: Draft,
    catalogue: Catalogue,
    defaults: Limits,
    *,
    use_preferences: bool = False,
    confirm: ConfirmationRule | None = None,
    quote_id: str | None = None,
    own_words: str | None = None,
) -> OrderPlaced | OrderRejected | ConfirmationRequired | InvalidDraft | AccessRefusal | PromptRefusal | None:
    """Decide what is ordered, and create its job; see `drafts.decide` and `create_job`.

    Nothing is written where the decision is not an order, but a prompt that breaks a rule is counted.
    """
    preferences.lock(tx, context.member_id)
    with tx.savepoint() as undo:  # here, because on PostgreSQL it travels with the lock
        kept = preferences.get(tx, context.member_id)
        setup = server_setup.get(tx, context.guild_id)
        decided = drafts.decide(
            tx,
            filters,
            setup,
            kept,
            context,
            draft,
            catalogue,
            defaults,
            use_preferences=use_preferences,
            confirm=confirm,
            own_words=own_words,
        )
        if not isinstance(decided, ValidatedRequest):
            return decided
        if _keeps_failing(tx, context.member_id, decided, quote_id):
            return ConfirmationRequired(decided)
        approval = approval_requests.decide(tx, setup, context, decided.price)
        job = _new_job(context, setup, kept, decided, approval, tx.now)
        if confirm is not None and confirm.depends_on_balance and _is_large(tx, context, job, confirm, defaults):
            return ConfirmationRequired(decided)
        return create_job(tx, undo, job, kept, context.role_ids, defaults, quote_id)


def _new_job(
    context: OrderContext,
    setup: ServerSetup,
    kept: Preferences,
    decided: ValidatedRequest,
    approval: Approval | None,
    now: int,
) -> Job:
    return Job(
        id=generate_id(now),
        interaction_id=context.interaction_id,
        guild_id=context.guild_id,
        channel_id=context.channel_id,
        member_id=context.member_id,
        member_name=clean_name(context.member_name),
        request=decided.request,
        price=decided.price,
        state=JobState.RESERVED,
        created_at=now,
        delivery_target=kept.delivery_target,
        member_language=context.member_language,
        server_language=setup.language or context.server_language,
        approval=approval,
        traceparent=context.traceparent,
    )


def _keeps_failing(tx: Transaction, member_id: int, decided: ValidatedRequest, quote_id: str | None) -> bool:
    """Return whether a prompt fails repeatedly, which its quote did not say."""
    failing_since = failures.failing_since(tx, member_id, decided.request.prompt)
    if failing_since is None:
        return False
    asked_at = None if quote_id is None else quotes.created_at(tx, quote_id)
    return asked_at is None or asked_at < failing_since


def _is_large(tx: Transaction, context: OrderContext, job: Job, confirm: ConfirmationRule, defaults: Limits) -> bool:
    """Return whether a job costs much of what its member has left.

    No row is locked: another order may take credits before this one, and then the hold decides.
    """
    left = account_queries.balance(tx, job.guild_id, job.member_id, context.role_ids, defaults=defaults)
    return confirm.applies(job.price, left.member_available)


def price_per_second(
    tx: Transaction, context: OrderContext, draft: Draft, catalogue: Catalogue, defaults: Limits
) -> PricePerSecond | None:
    """Return what a second of a draft costs, with the member's preferences.

    None where the draft is invalid, or the member may order nothing there.
    """
    available = availability.catalogue_for(tx, catalogue, context)
    if isinstance(available, AccessRefusal):
        return None
    kept = preferences.get(tx, context.member_id)
    decided = order.decide(draft, kept, available, use_preferences=True)
    if not isinstance(decided, ValidatedRequest):
        return None
    balance = account_queries.balance(tx, context.guild_id, context.member_id, context.role_ids, defaults=defaults)
    return PricePerSecond(decided.video_model.credits_per_second, balance)


def create_job(
    tx: Transaction,
    undo: Savepoint,
    job: Job,
    kept: Preferences,
    role_ids: Sequence[int],
    defaults: Limits,
    quote_id: str | None = None,
) -> OrderPlaced | OrderRejected | None:
    """Hold a job's credits, write it, and accept its quote.

    Return None where its interaction has a job. `undo` is the innermost savepoint, before which nothing was written.
    `kept` are the member's preferences, read in this transaction.

    Raises:
        DatabaseMoved: The rows are in another database, where nobody would see this job.
    """
    refused = risk.refusal(tx, job.guild_id, job.member_id, defaults.risk, recall=True)
    if refused is not None:
        return OrderRejected(job, refused)
    effective = limits.effective_limits(tx, job.guild_id, job.member_id)
    member_limits, _ = limits.resolve_limits(tx, job.guild_id, job.member_id, role_ids, defaults, effective)
    with_limits = tuple(role_id for role_id in role_ids if role_id in effective.roles)
    if with_limits:  # a retry while the member is offline counts with the same roles
        job = replace(job, role_ids=with_limits)
    preferences.remember(tx, job.member_id, kept, job.request)
    if not jobs.insert(tx, job):
        undo.rollback()
        return None
    params = {"id": job.id, "member_id": job.member_id, "fresh": job.created_at - jobs.STALLED_MS}
    row = tx.fetch_one(_QUEUE_STATUS, params)  # before the hold, for which other orders wait
    assert row is not None
    if row["has_departed"]:
        move_record.reject_moved(tx)
    if quote_id is not None:
        unavailable = quotes.accept(tx, quote_id, job.member_id, job.id)
        if unavailable is not None:
            undo.rollback()
            return OrderRejected(job, unavailable)
    account = Account.at(job.guild_id, job.member_id, job.created_at)
    held = ledger.hold(tx, undo, job.id, account, job.price, member_limits)
    if isinstance(held, Shortfall):
        return OrderRejected(job, held)
    excess = None if member_limits.risk is None else risk.exceeded_bound(tx, job, member_limits.risk, written=True)
    if excess is not None:
        undo.rollback()
        return OrderRejected(job, excess)
    outage = breakers.from_row(row).shown_outage
    informed = job.approval is not Approval.REQUIRED or audit_log.has_open_channel(tx, job.guild_id)
    return OrderPlaced(job, row["position"], outage, row["own_ahead"], staff_informed=informed)


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
    return cancel(tx, job_id, EndReason.RESPONSE_FAILED, only_from=(JobState.RESERVED,), notify=notify)


def unacknowledged(tx: Transaction, before: int | None) -> Sequence[str]:
    """Return the jobs that were reserved before this time.

    None: all reserved jobs. Their process died before Discord accepted the response.
    """
    rows = tx.fetch_all(
        f"SELECT id FROM jobs WHERE state = 'reserved' AND {orphans.is_before('created_at')}",
        orphans.params(before, tx.now),
    )
    return [row["id"] for row in rows]


def cancel(tx: Transaction, job_id: str, reason: EndReason, *, only_from: tuple[JobState, ...], notify: bool) -> bool:
    """Cancel a job in one of these states, and release its hold.

    Return False where it is in another state.
    """
    changes = {"end_reason": reason.value, "finished_at": tx.now, "next_run_at": None}
    if not jobs.set_state(tx, job_id, JobState.CANCELLED, changes, only_from=only_from):
        return False
    ledger.release(tx, job_id, upstream_charged=False)
    if notify:
        outbox.enqueue(tx, job_id, NotificationType.CANCELLED)
    return True
