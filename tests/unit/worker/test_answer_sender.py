"""Members are told the decision on their requests, until Discord accepts it."""

from __future__ import annotations

from bot.domain.credit_request import AnswerStatus, CreditRequest
from bot.domain.delivery import PostedMessage
from bot.domain.language import Language
from bot.domain.quota import AuditContext
from bot.errors import DeliveryDeferred, DeliveryRejected
from bot.services.credit_requests import CreditRequestService
from bot.services.signals import Signals
from bot.worker.answer_sender import AnswerSender
from data.instance_lock import FileInstanceLock
from tests.helpers.ledger_checks import query
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.worker_harness import ALICE, BOB, CHANNEL, GUILD, WORKER_CONFIG, WorkerHarness

_CLOSED = DeliveryRejected("closed", code=50007)


async def answered(harness: WorkerHarness, *, member: int = ALICE) -> CreditRequest:
    limits, clock = WORKER_CONFIG.limits, harness.clock
    await choose_staff_channel(harness.database, AuditContext(BOB, GUILD), 99, clock.now())
    service = CreditRequestService(harness.database, limits, clock, Signals())
    by = AuditContext(member, GUILD, interaction_id=10 * member)
    asked = await service.ask(by, 700, channel_id=CHANNEL, role_ids=(), language=Language.ENGLISH)
    assert isinstance(asked, CreditRequest)
    await service.answer(
        AuditContext(BOB, GUILD, interaction_id=10 * member + 1), asked.id, PostedMessage(99, 5), grant=True
    )
    return asked


def answer_status(harness: WorkerHarness) -> AnswerStatus:
    [row] = query(harness.path, "SELECT notice FROM credit_requests")
    return AnswerStatus(row["notice"])


async def test_a_member_is_told_once_after_the_response_to_the_press(harness: WorkerHarness) -> None:
    """Discord accepts a response for three seconds."""
    await answered(harness)
    await harness.advance_and_run(2.9)
    assert harness.publisher.told == []
    await harness.advance_and_run(0.1)
    await harness.advance_and_run(3600)
    assert len(harness.publisher.told) == 1
    assert answer_status(harness) is AnswerStatus.SENT


async def test_closed_direct_messages_are_shown_in_the_log_and_not_tried_again(harness: WorkerHarness) -> None:
    """A log message that cannot be edited now is edited later. A log channel that is gone ends the attempts."""
    await answered(harness)
    await harness.worker.run_until_idle()
    down, gone = DeliveryDeferred("down", definitely_failed=True), DeliveryRejected("gone", code=10003)
    harness.publisher.answers = [_CLOSED, down, _CLOSED, gone]
    await harness.advance_and_run(3)
    assert answer_status(harness) is AnswerStatus.PENDING
    await harness.advance_and_run(5)
    await harness.advance_and_run(3600)
    assert (len(harness.publisher.told), len(harness.publisher.not_told)) == (2, 2)
    assert harness.publisher.not_told[0].message == PostedMessage(99, 5)
    assert answer_status(harness) is AnswerStatus.UNDELIVERABLE


class _Follower(FileInstanceLock):
    async def is_leader(self) -> bool:
        return False


async def test_only_the_leader_tells(harness: WorkerHarness) -> None:
    """Two processes would tell the member twice."""
    asked = await answered(harness)
    await harness.clock.advance(3)
    with _Follower(harness.path) as follower:
        for lock, due in ((follower, 0), (harness.instance_lock, 1)):
            sender = AnswerSender(harness.database, harness.publisher, harness.clock, lock)
            assert len(await sender.fetch(harness.clock.now(), 9, ())) == due
            assert not await sender.fetch(harness.clock.now(), 9, (asked.id,)), "it is being sent"
