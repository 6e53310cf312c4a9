"""Tells members what became of their requests for credits."""

from __future__ import annotations

import structlog

from bot.clock import Clock
from bot.domain.credit_request import AnswerStatus, CreditRequest
from bot.domain.delivery import possibly_sent_since
from bot.errors import DeliveryDeferred, DeliveryRejected
from bot.worker.interfaces import MessagePublisher
from bot.worker.leader_work import LeaderWork
from bot.worker.retries import retry_delay_ms
from data import credit_requests
from data.database import Database
from data.engine.instance_lock import InstanceLock

_log = structlog.stdlib.get_logger(__name__)


class AnswerSender(LeaderWork[CreditRequest]):
    """Sends answers by DM until Discord accepts them.

    Where the member takes no direct messages, the request's message in the staff channel says so.
    """

    def __init__(
        self, database: Database, publisher: MessagePublisher, clock: Clock, instance_lock: InstanceLock
    ) -> None:
        super().__init__(
            database, publisher, clock, instance_lock, credit_requests.due_answers, credit_requests.next_due_at
        )

    def key(self, request: CreditRequest) -> str:
        """Return the request's id."""
        return request.id

    async def process(self, request: CreditRequest) -> None:
        """Send one answer."""
        try:
            status = await self._send(request)
        except DeliveryDeferred as exc:
            _log.warning("answer_retry_scheduled", request_id=request.id, error=str(exc))
            retry_at = self._clock.now() + retry_delay_ms(exc, request.attempts)
            await self._database.write(credit_requests.reschedule, request.id, retry_at)
            return
        await self._database.write(credit_requests.set_answer_status, request.id, status)

    async def _send(self, request: CreditRequest) -> AnswerStatus:
        """Send an answer, or say in the staff channel that it failed.

        Raises:
            DeliveryDeferred: It can be retried.
        """
        decided_at = request.created_at if request.decided_at is None else request.decided_at
        try:
            await self._publisher.send_answer(request, possibly_sent_since(decided_at, self._clock.now()))
        except DeliveryRejected as exc:
            _log.info("answer_rejected", request_id=request.id, code=exc.code)
        else:
            return AnswerStatus.SENT
        try:
            await self._publisher.show_undelivered_answer(request)
        except DeliveryRejected as exc:
            _log.warning("answer_not_shown", request_id=request.id, code=exc.code)
        return AnswerStatus.UNDELIVERABLE
