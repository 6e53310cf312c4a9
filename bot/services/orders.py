"""Orders, from a member's command to the queue.

    place ──► Discord accepts the response ──► enqueue    the job is queued
          └─► Discord rejects it, or is silent ──► void   the hold is released

Nothing is submitted before the member got a response: the hold is committed, the response is sent, and only an accepted
response queues the job. A job whose process died in between is voided by `void_unacknowledged`.
"""

from __future__ import annotations

import asyncio

import structlog

from bot.core.clock import Clock
from bot.core.errors import ConstraintViolation, StorageError
from bot.domain.job import Job
from data import orders
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)

ACK_TIMEOUT_MS = 60_000
"""Discord's limit for a first response is 3 seconds, so after a minute no process still tries."""

_ENQUEUE_RETRY_MS = 1_000
"""The delay between two attempts. Each attempt also waits some seconds for a locked database."""


class OrderService:
    """Queues orders, or voids them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

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
