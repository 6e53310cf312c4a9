"""Reserves a given job, which the bot would make from an order."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace

from bot.domain.catalogue import Catalogue
from bot.domain.credits import BudgetScope, Limits, Shortfall
from bot.domain.jobs import Job
from bot.domain.orders import (
    ConfirmationRule,
    Order,
    OrderContext,
    OrderPlaced,
    OrderRefusal,
    OrderRefused,
    Quote,
    QuotePreview,
    Snapshot,
)
from bot.domain.refusal import Refused
from bot.domain.request import Draft
from data import budgets, ledger, orders, preferences, quotes
from data.database import Database, Transaction
from data.ledger_entries import Account
from tests.helpers.at_time import at_time, under
from tests.helpers.factories import CATALOGUE


async def reserve(
    database: Database, job: Job, role_ids: Sequence[int], limits: Limits, quote_id: str | None = None
) -> OrderPlaced | Shortfall | Refused | None:
    """Hold a job's credits and write it. Return the reason for a refusal, or None where the job exists already."""
    return await database.write(create_job, job, role_ids, limits, quote_id)


def place(
    tx: Transaction,
    context: OrderContext,
    draft: Draft,
    catalogue: Catalogue,
    limits: Limits,
    *,
    use_preferences: bool = False,
    confirm: ConfirmationRule | None = None,
    accepted: Quote | None = None,
) -> OrderPlaced | QuotePreview | OrderRefusal | None:
    """Place an order without other filter rules than the server's. Return the reason of a refusal."""
    order = Order(context, draft, use_preferences, confirm, accepted, accepted is not None)
    outcome = under(orders.place, catalogue=catalogue, limits=limits)(tx, order)
    return outcome.reason if isinstance(outcome, OrderRefused) else outcome


def create_job(
    tx: Transaction, job: Job, role_ids: Sequence[int], limits: Limits, quote_id: str | None = None
) -> OrderPlaced | Shortfall | Refused | None:
    """Reserve a job, with the statements of `orders.place`."""
    context = OrderContext(job.interaction_id, job.guild_id, job.channel_id, job.member_id, tuple(role_ids))
    preferences.lock(tx, job.member_id)
    with tx.savepoint() as undo:
        seen, is_recalled = at_time(job.created_at, _see)(tx, context, Draft(job.request.prompt), limits)
        with tx.savepoint() if is_recalled else nullcontext(undo) as innermost:
            roles = seen.limited_roles or job.role_ids
            ordered = replace(job, delivery_target=seen.preferences.delivery_target, role_ids=roles)
            return seen.refusal or at_time(job.created_at, orders.create_job)(tx, innermost, ordered, seen, quote_id)


def hold(tx: Transaction, job_id: str, account: Account, amount: int, limits: Limits) -> bool:
    """Hold credits in every scope, of an account that may be another than the job's."""
    of_plan = (BudgetScope.PLAN, account, amount, limits.plan)
    return ledger.hold(tx, job_id, account, amount, limits) and budgets.hold(tx, *of_plan)


def offer(tx: Transaction, quote: Quote, role_ids: Sequence[int], limits: Limits) -> QuotePreview | Shortfall | Refused:
    """Save a given quote, which the bot would make from an order."""
    context = OrderContext(0, quote.guild_id, quote.channel_id, quote.member_id, tuple(role_ids))
    preferences.lock(tx, quote.member_id)
    seen, _ = _see(tx, context, Draft(quote.request.prompt), limits)
    return seen.refusal or quotes.offer(tx, quote, seen)


def _see(tx: Transaction, context: OrderContext, draft: Draft, limits: Limits) -> tuple[Snapshot, bool]:
    """Read what decides, and return whether something was recalled before."""
    seen = under(orders.read, catalogue=CATALOGUE, limits=limits)(tx, context, draft)
    if not seen.may_recall:
        return seen, False
    recalled = under(orders.recall, catalogue=CATALOGUE, limits=limits)(tx, context, draft)
    return recalled or seen, recalled is not None
