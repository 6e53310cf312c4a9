"""From a member's command to a place in the queue.

    place ──► (Discord takes the answer) ──► confirm      the job is queued
          └─► (Discord refuses, or is silent) ──► withdraw  the credits come back

Nothing is submitted before the member was answered: the hold is committed first, then Discord is told, and only an
accepted answer queues the job. A job whose process died in between is withdrawn by `sweep`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from bot.domain.credits import Limits, Shortfall
from bot.domain.job import Job, JobState, generate_id
from bot.domain.order import ConfirmationRequired, Decide, InvalidDraft, Order, OrderContext, OrderPlaced, OrderRejected
from bot.domain.preferences import Preferences
from bot.domain.quota import Balance, Block
from bot.domain.quote import Quote, QuotePreview, QuoteUnavailable
from bot.domain.request import ValidatedRequest
from bot.errors import ConstraintViolation, StorageError
from bot.worker.interfaces import Clock
from bot.worker.interfaces import Intake as IntakeStore

_log = structlog.stdlib.get_logger(__name__)

ACK_TIMEOUT_MS = 60_000
"""Discord's own limit for a first answer is 3 seconds; after a minute its process is certainly gone or given up."""

_CONFIRM_AGAIN_MS = 1_000
"""The pause between two tries to confirm; each one waits for a locked database by itself, for some seconds."""


class OrderService:
    """Takes orders in. `queued` is told when there is a job to be submitted, `owed` when there is a word to be sent."""

    def __init__(
        self,
        store: IntakeStore,
        clock: Clock,
        limits: Limits,
        *,
        queued: Callable[[], None],
        owed: Callable[[], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._limits = limits
        self._queued = queued
        self._owed = owed

    async def create_quote(self, order: Order) -> QuotePreview | Shortfall | Block:
        """Make an offer of an order: nothing is held, but it would fit now. Or say what stands in the way."""
        offer = self._offer_of(order)
        found = await self._store.create_quote(offer, order.origin.role_ids, self._limits)
        return QuotePreview(offer, found) if isinstance(found, Balance) else found

    async def save_quote(self, order: Order) -> Quote:
        """Keep what a member asked for, so that it can be changed or tried again, though it need not fit now."""
        offer = self._offer_of(order)
        await self._store.save_quote(offer)
        return offer

    async def get_quote(self, offer_id: str, member_id: int) -> Quote | None:
        """The offer with this id, if it was made to this member, and as long as it is kept."""
        return await self._store.get_quote(offer_id, member_id)

    async def cancel_quote(self, offer_id: str, member_id: int) -> bool:
        """The member cancels or changes an offer. False: there is a job of it, or it is gone, or was never theirs."""
        return await self._store.cancel_quote(offer_id, member_id, self._clock.now())

    async def why_stale(self, offer_id: str, member_id: int) -> QuoteUnavailable | None:
        """Why an offer can't be taken; None: it can."""
        return await self._store.why_stale(offer_id, member_id, self._clock.now())

    async def place(
        self, origin: OrderContext, decide: Decide, offer_id: str | None = None, *, changed: bool = False
    ) -> OrderPlaced | OrderRejected | ConfirmationRequired | InvalidDraft | None:
        """Decide what is ordered, hold its credits, and take the offer that it comes from, if it comes from one.

        All in one transaction, with what is remembered of the member. An offer is taken as it stands while it is fresh,
        or, `changed` by its form, at any time; but only once.

        Returns the job that waits to be confirmed, with its place in the queue; or what stood in the way (credits, a
        block, an offer that can't be taken); or what was decided, where that is no order; or None where this
        interaction was placed before (two processes can be handed the same one) and is somebody else's to answer.
        """
        now = self._clock.now()

        def make(remembered: Preferences) -> Job | ConfirmationRequired | InvalidDraft:
            checked = decide(remembered)
            if not isinstance(checked, ValidatedRequest):
                return checked
            return Job(
                id=generate_id(now),
                interaction_id=origin.interaction_id,
                guild_id=origin.guild_id,
                channel_id=origin.channel_id,
                member_id=origin.member_id,
                member_name=origin.member_name,
                request=checked.request,
                price=checked.price,
                state=JobState.QUEUED,
                created_at=now,
                delivery_target=remembered.delivery_target,
            )

        placed = await self._store.create_job(
            origin.member_id, make, origin.role_ids, self._limits, offer_id, changed=changed
        )
        if placed is None:
            _log.warning("interaction_duplicate", interaction_id=origin.interaction_id)
        return placed

    async def enqueue(self, job: Job, card_id: int) -> bool:
        """Queue a job whose card Discord accepted, retrying until its minute is over.

        False: it was withdrawn, or will be at the next sweep, and its credits come back.

        Raises:
            ConstraintViolation: No retry can help.
        """
        while True:
            try:
                confirmed = await self._store.enqueue(job.id, card_id, self._clock.now())
            except ConstraintViolation:
                raise
            except StorageError as exc:
                if not await self._wait_within_minute(job):
                    _log.error("confirmation_given_up", job_id=job.id, error=str(exc))
                    return False
                _log.warning("confirmation_retried", job_id=job.id, error=str(exc))
            else:
                self._queued()
                return confirmed

    async def _wait_within_minute(self, job: Job) -> bool:
        """Wait before the next try; False: that would come too late."""
        again = self._clock.now() + _CONFIRM_AGAIN_MS
        if again > job.created_at + ACK_TIMEOUT_MS:
            return False
        await self._clock.wait(asyncio.Event(), again)
        return True

    async def current(self, job: Job) -> Job:
        """The job as it is now.

        Raises:
            StorageError: It can't be read.
        """
        return await self._store.job(job.id) or job

    async def void(self, job: Job, *, notify: bool) -> None:
        """Give the credits back: Discord did not take the answer. `tell` where the member may have seen it."""
        await self._store.void(job.id, self._clock.now(), notify=notify)
        _log.warning("response_failed", job_id=job.id)
        self._owed()

    async def void_unacknowledged(self, *, alone: bool = False) -> None:
        """Withdraw what was placed and never answered: after a minute, or at once where no process is left to answer.

        `alone`: there is no other process, and this one takes no orders yet.
        """
        now = self._clock.now()
        before = None if alone else now - ACK_TIMEOUT_MS
        for job_id in await self._store.void_unacknowledged(before, now):
            _log.warning("order_voided", job_id=job_id)
            self._owed()

    def _offer_of(self, order: Order) -> Quote:
        now, origin = self._clock.now(), order.origin
        return Quote(
            generate_id(now), origin.guild_id, origin.channel_id, origin.member_id, order.request, order.price, now
        )
