"""Orders, from a member's command to the queue.

    place ──► Discord accepts the response ──► enqueue    the job is queued
          └─► Discord rejects it, or is silent ──► void   the hold is released

Nothing is submitted before the member got a response: the hold is committed, the response is sent, and only an accepted
response queues the job. A job whose process died in between is voided by `void_unacknowledged`.
"""

from __future__ import annotations

import asyncio

import structlog

from bot.clock import Clock
from bot.domain.catalogue import Catalogue
from bot.domain.credits import Limits
from bot.domain.job import Job
from bot.domain.order import Order, OrderContext, OrderOutcome, OrderRefused
from bot.domain.quote import PricePerSecond, Quote, QuoteUnavailable
from bot.domain.request import Draft
from bot.errors import ConstraintViolation, StorageError
from bot.services.refused_prompts import RefusedPrompts
from data import jobs, orders, quotes
from data.compiled_filters import CompiledFilters, write_checked
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)

ACK_TIMEOUT_MS = 60_000
"""Discord's limit for a first response is 3 seconds, so after a minute no process still tries."""

_ENQUEUE_RETRY_MS = 1_000
"""The delay between two attempts. Each attempt also waits some seconds for a locked database."""


class OrderService:
    """Quotes and orders."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        catalogue: Catalogue,
        limits: Limits,
        filters: CompiledFilters,
        refused_prompts: RefusedPrompts,
    ) -> None:
        self._filters = filters
        self._refused_prompts = refused_prompts
        self._database = database
        self._clock = clock
        self._catalogue = catalogue
        self._limits = limits

    async def price_per_second(self, context: OrderContext, draft: Draft) -> PricePerSecond | None:
        """Return what a second of a draft costs.

        None where it is invalid.
        """
        return await self._database.read(orders.price_per_second, context, draft, self._catalogue, self._limits)

    async def get_quote(self, quote_id: str, member_id: int) -> Quote | QuoteUnavailable:
        """Read a member's quote, or why it can't be accepted."""
        return await self._database.read(quotes.get, quote_id, member_id)

    async def cancel_quote(self, quote_id: str, member_id: int) -> bool:
        """Cancel a member's quote.

        Return False where it has a job, is no longer kept or is not theirs.
        """
        return await self._database.write(quotes.cancel, quote_id, member_id)

    async def place(self, order: Order) -> OrderOutcome | None:
        """Decide on an order, and hold its credits and accept its quote, or save a quote of it.

        All in one transaction. A quote is accepted once. Returns None if this interaction has a job already: Discord
        can send one interaction to two processes, and the other one responds.
        """
        outcome = await write_checked(self._database, self._filters, orders.place, order, self._catalogue, self._limits)
        if isinstance(outcome, OrderRefused):
            self._refused_prompts.count(outcome.reason, order.context)
        elif outcome is None:
            _log.warning("interaction_duplicate", interaction_id=order.context.interaction_id)
        return outcome

    async def enqueue(self, job: Job, card_message_id: int) -> bool:
        """Queue a job whose card Discord accepted, retrying within ACK_TIMEOUT_MS.

        Returns False if the job was voided, or will be by `void_unacknowledged`.

        Raises:
            ConstraintViolation: retrying is of no use.
        """
        while True:
            try:
                enqueued = await self._database.write(orders.enqueue, job.id, card_message_id)
            except ConstraintViolation:
                raise
            except StorageError as exc:
                if not await self._wait_to_retry(job):
                    _log.error("confirmation_given_up", job_id=job.id, error=str(exc))
                    return False
                _log.warning("confirmation_retried", job_id=job.id, error=str(exc))
            else:
                return enqueued

    async def _wait_to_retry(self, job: Job) -> bool:
        """Wait for the next attempt; False where it would be after ACK_TIMEOUT_MS."""
        retry_at = self._clock.now() + _ENQUEUE_RETRY_MS
        if retry_at > job.created_at + ACK_TIMEOUT_MS:
            return False
        await self._clock.wait(asyncio.Event(), retry_at)
        return True

    async def current(self, job: Job) -> Job:
        """Read a job as it is now.

        Raises:
            StorageError: It can't be read.
        """
        return await self._database.read(jobs.find, job.id) or job

    async def void(self, job: Job, *, notify: bool) -> None:
        """Release a job's hold because Discord did not accept the response.

        `notify`: tell the member, who may have seen the response anyway.
        """
        await self._database.write(orders.void, job.id, notify=notify)
        _log.warning("response_failed", job_id=job.id)

    async def void_unacknowledged(self, *, only_instance: bool = False) -> None:
        """Void the jobs whose response was not confirmed within ACK_TIMEOUT_MS.

        `only_instance`: no other process runs, and this one accepts no orders yet, so all of them are voided.
        """
        before = None if only_instance else self._clock.now() - ACK_TIMEOUT_MS
        for job_id in await self._database.read(orders.unacknowledged, before):
            if await self._database.write(orders.void, job_id, notify=True):
                _log.warning("order_voided", job_id=job_id)
