"""Reserves a job as it stands, which the bot makes of what is remembered of its member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.credits import Limits, Shortfall
from bot.domain.job import Job
from bot.domain.offer import Stale
from bot.domain.order import NotPlaced, Placed
from bot.domain.quota import Block
from data.store import JobStore


async def reserve(
    store: JobStore, job: Job, role_ids: Sequence[int], limits: Limits, offer_id: str | None = None
) -> Placed | Shortfall | Block | Stale | None:
    """Hold the credits for a job and write it, or return what stood in the way; None: there is one already."""
    placed = await store.reserve(
        job.member_id, lambda remembered: replace(job, tell=remembered.tell), role_ids, limits, offer_id
    )
    return placed.why if isinstance(placed, NotPlaced) else placed
