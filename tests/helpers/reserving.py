"""Reserves a given job, which the bot would make from an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.catalogue import Catalogue
from bot.domain.credits import Limits
from bot.domain.job import Job
from bot.domain.order import (
    ConfirmationRequired,
    ConfirmationRule,
    InvalidDraft,
    OrderContext,
    OrderPlaced,
    OrderRejected,
    Rejection,
)
from bot.domain.prompt_refusal import PromptRefusal
from bot.domain.request import Draft
from bot.domain.server_setup import AccessRefusal
from data import orders, preferences
from data.compiled_filters import CompiledFilters
from data.database import Database, Transaction
from tests.helpers.at_time import at_time


async def reserve(
    database: Database, job: Job, role_ids: Sequence[int], limits: Limits, quote_id: str | None = None
) -> OrderPlaced | Rejection | None:
    """Hold a job's credits and write it. Return the reason for a refusal, or None where the job exists already."""
    placed = await database.write(create_job, job, role_ids, limits, quote_id)
    return placed.reason if isinstance(placed, OrderRejected) else placed


def place(
    tx: Transaction,
    context: OrderContext,
    draft: Draft,
    catalogue: Catalogue,
    limits: Limits,
    *,
    use_preferences: bool = False,
    confirm: ConfirmationRule | None = None,
    quote_id: str | None = None,
) -> OrderPlaced | OrderRejected | ConfirmationRequired | InvalidDraft | AccessRefusal | PromptRefusal | None:
    """Place an order without other filter rules than the server's."""
    return orders.place(
        tx,
        CompiledFilters(),
        context,
        draft,
        catalogue,
        limits,
        use_preferences=use_preferences,
        confirm=confirm,
        quote_id=quote_id,
    )


def create_job(
    tx: Transaction, job: Job, role_ids: Sequence[int], limits: Limits, quote_id: str | None = None
) -> OrderPlaced | OrderRejected | None:
    preferences.lock(tx, job.member_id)
    with tx.savepoint() as undo:
        kept = preferences.get(tx, job.member_id)
        ordered = replace(job, delivery_target=kept.delivery_target)
        return at_time(job.created_at, orders.create_job)(tx, undo, ordered, kept, role_ids, limits, quote_id)
