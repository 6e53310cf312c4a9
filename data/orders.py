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
from bot.domain.delivery import NotificationType
from bot.domain.job import EndReason, Job, JobState, generate_id
from bot.domain.order import (
    ConfirmationRequired,
    ConfirmationRule,
    InvalidDraft,
    OrderContext,
    OrderPlaced,
    OrderRejected,
)
from bot.domain.preferences import Preferences
from bot.domain.quote import PricePerSecond
from bot.domain.request import Draft, ValidatedRequest
from bot.domain.server_setup import AccessRefusal
from bot.domain.text import clean_name
from data import (
    account_queries,
    breakers,
    failures,
    jobs,
    ledger,
    limits,
    message_deletions,
    offers,
    outbox,
    preferences,
    quotes,
    risk,
    server_setup,
)
from data.accounts import Account
from data.database import Savepoint, Transaction

_OUTLOOK: Final = (
    f"SELECT {breakers.COLUMNS}, ({jobs.QUEUE_POSITION}) AS position, ({jobs.OWN_AHEAD}) AS own_ahead FROM breakers"
    f" WHERE {breakers.ONLY}"
)
"""What a member is told about how an order goes on."""


def place(
    tx: Transaction,
    context: OrderContext,
    draft: Draft,
    catalogue: Catalogue,
    defaults: Limits,
    now: int,
    *,
    use_preferences: bool = False,
    confirm: ConfirmationRule | None = None,
    quote_id: str | None = None,
) -> OrderPlaced | OrderRejected | ConfirmationRequired | InvalidDraft | AccessRefusal | None:
    """Decide what is ordered, and create its job; see `order.decide` and `create_job`.

    Nothing is written where the decision is not an order.
    """
    preferences.lock(tx, context.member_id)
    with tx.savepoint() as undo:  # here, because on PostgreSQL it travels with the lock
        kept = preferences.get(tx, context.member_id)
        setup = server_setup.get(tx, context.guild_id)
        offered = offers.offer_with(tx, catalogue, setup, context)
        if isinstance(offered, AccessRefusal):
            return offered
        decided = order.decide(draft, kept, offered, confirm, use_preferences=use_preferences)
        if not isinstance(decided, ValidatedRequest):
            return decided
        failing_since = failures.failing_since(tx, context.member_id, decided.request.prompt)
        if failing_since is not None:  # a quote from before did not say so
            asked_at = None if quote_id is None else quotes.created_at(tx, quote_id)
            if asked_at is None or asked_at < failing_since:
                return ConfirmationRequired(decided)
        job = Job(
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
        )
        if confirm is not None and confirm.depends_on_balance and _is_large(tx, context, job, confirm, defaults):
            return ConfirmationRequired(decided)
        return create_job(tx, undo, job, kept, context.role_ids, defaults, quote_id)


def _is_large(tx: Transaction, context: OrderContext, job: Job, confirm: ConfirmationRule, defaults: Limits) -> bool:
    """Return whether a job costs much of what its member has left.

    No row is locked: another order may take credits before this one, and then the hold decides.
    """
    left = account_queries.balance(
        tx, job.guild_id, job.member_id, context.role_ids, defaults=defaults, now=job.created_at
    )
    return confirm.applies(job.price, left.member_available)


def price_per_second(
    tx: Transaction, context: OrderContext, draft: Draft, catalogue: Catalogue, defaults: Limits, now: int
) -> PricePerSecond | None:
    """Return what a second of a draft costs, with the member's preferences.

    None where the draft is invalid, or the member may order nothing there.
    """
    offered = offers.offer(tx, catalogue, context)
    if isinstance(offered, AccessRefusal):
        return None
    kept = preferences.get(tx, context.member_id)
    decided = order.decide(draft, kept, offered, use_preferences=True)
    if not isinstance(decided, ValidatedRequest):
        return None
    balance = account_queries.balance(
        tx, context.guild_id, context.member_id, context.role_ids, defaults=defaults, now=now
    )
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
    """
    refused = risk.refusal(tx, job.guild_id, job.member_id, defaults.risk, job.created_at, recall=True)
    if refused is not None:
        return OrderRejected(job, refused)
    effective = limits.effective_limits(tx, job.guild_id, job.member_id)
    member_limits, _ = limits.resolve_limits(tx, job.guild_id, job.member_id, role_ids, defaults, effective)
    with_limits = tuple(role_id for role_id in role_ids if role_id in effective.roles)
    if with_limits:  # a retry while the member is offline counts with the same roles
        job = replace(job, role_ids=with_limits)
    asked = {"id": job.id, "member_id": job.member_id, "fresh": job.created_at - jobs.STALLED_MS}
    prospect = tx.fetch_one(_OUTLOOK, asked)  # before the hold, for which other orders wait
    assert prospect is not None
    preferences.remember(tx, job.member_id, kept, job.request)
    if not jobs.insert(tx, job):
        undo.rollback()
        return None
    if quote_id is not None:
        unavailable = quotes.accept(tx, quote_id, job.member_id, job.id, job.created_at)
        if unavailable is not None:
            undo.rollback()
            return OrderRejected(job, unavailable)
    account = Account.at(job.guild_id, job.member_id, job.created_at)
    held = ledger.hold(tx, undo, job.id, account, job.price, member_limits, job.created_at)
    if isinstance(held, Shortfall):
        return OrderRejected(job, held)
    excess = None if member_limits.risk is None else risk.exceeded_bound(tx, job, member_limits.risk, written=True)
    if excess is not None:
        undo.rollback()
        return OrderRejected(job, excess)
    outage = breakers.from_row(prospect).shown_outage
    return OrderPlaced(job, prospect["position"], outage, prospect["own_ahead"])


def enqueue(tx: Transaction, job_id: str, card_message_id: int, now: int) -> bool:
    """Queue a reserved job whose response Discord accepted.

    Return False where it was voided or has left the queue. Idempotent: a retry after a commit that only seemed to fail
    finds the job queued.
    """
    changes = {"acknowledged_at": now, "next_run_at": now, "card_message_id": card_message_id}
    if jobs.set_state(tx, job_id, JobState.QUEUED, changes, only_from=(JobState.RESERVED,)):
        return True
    job = jobs.find(tx, job_id)
    if job is not None and job.state is JobState.CANCELLED:  # the message about it replaces the card
        message_deletions.replace_earlier(tx, jobs.set_unknown_card(tx, job, card_message_id), now)
    return job is not None and job.state is JobState.QUEUED


def void(tx: Transaction, job_id: str, now: int, *, notify: bool) -> bool:
    """Cancel a reserved job because Discord did not accept the response.

    Return False where it is no longer reserved. `notify` sends the member a message: they may have seen the response
    all the same.
    """
    return cancel(tx, job_id, EndReason.RESPONSE_FAILED, now, only_from=JobState.RESERVED, notify=notify)


def unacknowledged(tx: Transaction, before: int | None, now: int) -> Sequence[str]:
    """Return the jobs that were reserved before this time.

    None: all reserved jobs. Their process died before Discord accepted the response.
    """
    rows = tx.fetch_all(
        "SELECT id FROM jobs WHERE state = 'reserved'"
        " AND (CAST(:before AS BIGINT) IS NULL OR created_at < :before OR created_at > :ahead)",
        # ahead: the clock was set back since
        {"before": before, "ahead": None if before is None else 2 * now - before},
    )
    return [row["id"] for row in rows]


def cancel(tx: Transaction, job_id: str, reason: EndReason, now: int, *, only_from: JobState, notify: bool) -> bool:
    """Cancel a job in this state, and release its hold.

    Return False where it is in another state.
    """
    changes = {"end_reason": reason.value, "finished_at": now, "next_run_at": None}
    if not jobs.set_state(tx, job_id, JobState.CANCELLED, changes, only_from=(only_from,)):
        return False
    ledger.release(tx, job_id, now, upstream_charged=False)
    if notify:
        outbox.enqueue(tx, job_id, NotificationType.CANCELLED, now)
    return True
