"""Reserves a job as it stands, which the bot makes of what is remembered of its member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.credits import Limits, Shortfall
from bot.domain.job import Job
from bot.domain.order import OrderPlaced, OrderRejected
from bot.domain.quota import Block
from bot.domain.quote import QuoteUnavailable
from data.store import JobStore


async def reserve(
    store: JobStore, job: Job, role_ids: Sequence[int], limits: Limits, offer_id: str | None = None
) -> OrderPlaced | Shortfall | Block | QuoteUnavailable | None:
    """Hold the credits for a job and write it, or return what stood in the way; None: there is one already."""
    placed = await store.create_job(
        job.member_id,
        lambda remembered: replace(job, delivery_target=remembered.delivery_target),
        role_ids,
        limits,
        offer_id,
    )
    return placed.reason if isinstance(placed, OrderRejected) else placed
