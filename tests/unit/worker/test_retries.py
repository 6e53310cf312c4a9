"""Messages of every kind are repeated until Discord accepts or forbids them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import pytest

from bot.core.errors import DeliveryDeferred, DeliveryRejected
from bot.domain.credit_request import CreditRequest
from bot.domain.delivery import PostedMessage
from bot.domain.message import MessageKind
from bot.domain.quota import AuditContext
from bot.domain.text import Language
from bot.worker.messages import Messages
from bot.worker.notifier import QueuePositionUpdater
from bot.worker.poll_loop import ERROR_BACKOFF_MS
from data import credit_requests, gifts, job_actions, movie_reports, notices, pitch_ends, removals
from data.engine.instance_lock import FileInstanceLock
from tests.helpers.at_time import at_time
from tests.helpers.fakes import COMPLETED
from tests.helpers.giving import allow_gifts
from tests.helpers.ledger_checks import execute, query
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.worker_harness import ALICE, BOB, CHANNEL, GUILD, WorkerHarness
from tests.unit.worker.test_movie_nights import on_the_day, starred_in
from tests.unit.worker.test_pitches import chip_in, made

CAROL = 5
UNKNOWN = (5, 15, 45, 60, 60)
"""Pauses where Discord may have accepted the message: they end before it forgets the nonce."""

FAILED = (5, 15, 45, 135, 405)
"""Pauses where it certainly posted nothing. They grow to an hour."""


async def give(harness: WorkerHarness, giver: int = ALICE) -> None:
    now = harness.clock.now()
    if giver == ALICE:
        await allow_gifts(harness.database, GUILD, 100, now)
    await harness.database.write(at_time(now, gifts.grant), giver, 50, by=AuditContext(9, GUILD))
    assert await harness.database.write(gifts.give, BOB, 50, channel_id=CHANNEL, by=AuditContext(giver, GUILD)) is None


async def ask(harness: WorkerHarness, member: int = ALICE) -> None:
    await answered(harness, member=member)
    errors, harness.publisher.answers = harness.publisher.answers, []
    await harness.worker.run_until_idle()
    harness.publisher.answers = errors
    await harness.clock.advance(3)


async def report(harness: WorkerHarness) -> None:
    errors, harness.publisher.answers = harness.publisher.answers, []
    movie, by = await harness.make(0), AuditContext(BOB, GUILD, interaction_id=1)
    await choose_staff_channel(harness.database, AuditContext(BOB, GUILD), 99, harness.clock.now())
    await harness.worker.run_until_idle()
    harness.publisher.answers = errors
    await harness.database.write(movie_reports.report, movie.id, "Bad", by=by)


async def note(harness: WorkerHarness) -> None:
    await choose_staff_channel(harness.database, AuditContext(BOB, GUILD), 99, harness.clock.now())


async def withdraw(harness: WorkerHarness) -> None:
    pitch = await made(harness)
    await chip_in(harness, pitch, (BOB, 10))
    await harness.database.write(pitch_ends.withdraw, pitch.id, pitch.guild_id, ALICE)


async def void(harness: WorkerHarness) -> None:
    await harness.orders.void(await harness.place(), notify=True)


async def follow(harness: WorkerHarness) -> None:
    errors, harness.publisher.answers = harness.publisher.answers, []
    job = await harness.render()
    await harness.database.write(job_actions.follow, job.id, BOB)
    harness.api.statuses["request-1"] = [COMPLETED]
    await harness.advance_and_run(5)
    harness.publisher.answers = errors
    await harness.database.write(notices.announce, job, (BOB,))


async def hold_night(harness: WorkerHarness) -> None:
    errors, harness.publisher.answers = harness.publisher.answers, []
    await starred_in(harness, CHANNEL)
    harness.publisher.movie_nights.answers = [*errors]
    await on_the_day(harness)


async def delete(harness: WorkerHarness) -> None:
    harness.publisher.deletions, harness.publisher.answers = [*harness.publisher.answers], []
    await harness.finish()


@dataclass(frozen=True)
class Kind:
    """How a message becomes due, and how often it was tried; since when each attempt looked for an earlier one."""

    begin: Callable[[WorkerHarness], Awaitable[object]]
    tries: Callable[[WorkerHarness], Sequence[object]]
    since: Callable[[WorkerHarness], Sequence[int | None]] | None = None
    unknown: tuple[int, ...] = UNKNOWN
    state: str = ""
    routes: int = 1


_TOLD = "SELECT status AS notice FROM messages WHERE member_id <> 0"


def told(harness: WorkerHarness) -> Sequence[object]:
    return harness.publisher.notices


def told_since(harness: WorkerHarness) -> Sequence[int | None]:
    return [since for _, _, since in harness.publisher.notices]


KINDS = {
    "answer": Kind(ask, told, told_since, state=_TOLD),
    "gift": Kind(give, told, told_since, state=_TOLD, routes=2),
    "report": Kind(report, lambda h: h.publisher.reports),
    "audit entry": Kind(note, lambda h: h.publisher.lines),
    "pitch notice": Kind(withdraw, told, told_since, state=_TOLD, routes=2),
    "notification": Kind(void, lambda h: h.publisher.attempts, state="SELECT status AS notice FROM outbox"),
    "follower": Kind(follow, told, told_since, state=_TOLD),
    "movie night": Kind(
        hold_night,
        lambda h: h.publisher.movie_nights.sent,
        lambda h: [since for _, since in h.publisher.movie_nights.sent],
    ),
    "deletion": Kind(delete, lambda h: h.publisher.deletion_languages, unknown=FAILED),
}


@pytest.mark.parametrize("definitely_failed", [True, False], ids=["failed", "unknown"])
@pytest.mark.parametrize("name", KINDS)
async def test_what_discord_does_not_take_is_tried_again_ever_later(
    harness: WorkerHarness, name: str, *, definitely_failed: bool
) -> None:
    kind = KINDS[name]
    pauses = FAILED if definitely_failed else kind.unknown
    harness.publisher.answers = [DeliveryDeferred("down", definitely_failed=definitely_failed)] * len(pauses)
    await kind.begin(harness)
    await harness.worker.run_until_idle()
    await harness.assert_tried_after(pauses, lambda: len(kind.tries(harness)))
    if kind.since is not None:
        first, *_, last = kind.since(harness)
        assert first is None
        assert last is not None
    if kind.state:
        assert [row["notice"] for row in query(harness.path, kind.state)] == ["sent"]


@pytest.mark.parametrize("name", ["answer", "gift", "notification", "follower", "pitch notice"])
async def test_what_discord_forbids_is_not_tried_again(harness: WorkerHarness, name: str) -> None:
    kind = KINDS[name]
    harness.publisher.answers = [DeliveryRejected("closed", code=50007)] * kind.routes
    await kind.begin(harness)
    await harness.worker.run_until_idle()
    await harness.advance_and_run(24 * 3600)
    assert len(kind.tries(harness)) == kind.routes
    assert [row["notice"] for row in query(harness.path, kind.state)] == ["undeliverable"]


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        (DeliveryRejected("closed", code=50007), ("undeliverable", 0)),
        (DeliveryDeferred("down", definitely_failed=True), ("pending", 1)),
    ],
)
async def test_a_message_that_fails_says_nothing_of_another(
    harness: WorkerHarness, failure: Exception, state: tuple[str, int]
) -> None:
    for member in (ALICE, CAROL):
        await answered(harness, member=member)
    await harness.worker.run_until_idle()
    harness.publisher.answers = [failure]
    await harness.advance_and_run(3)
    rows = query(harness.path, "SELECT status, attempts FROM messages")
    assert sorted((row["status"], row["attempts"]) for row in rows) == sorted([state, ("sent", 0)])


@pytest.mark.parametrize("times", [1, 5])
async def test_a_message_that_can_not_be_sent_by_a_fault_of_ours_delays_no_other(
    harness: WorkerHarness, times: int
) -> None:
    """Those of its kind and server are sent one at a time."""
    for member in (ALICE, CAROL):
        await answered(harness, member=member)
    await harness.worker.run_until_idle()
    harness.publisher.answers = [ValueError("a fault")]
    await harness.advance_and_run(3)
    assert [member for [member], _, _ in harness.publisher.notices] == [ALICE, CAROL]
    for _ in range(times - 1):
        harness.publisher.answers = [ValueError("a fault")]
        await harness.advance_and_run(ERROR_BACKOFF_MS / 1000)
    assert [row["status"] for row in query(harness.path, "SELECT status FROM messages ORDER BY member_id")] == [
        "pending",
        "sent",
    ]
    await harness.advance_and_run(ERROR_BACKOFF_MS / 1000)
    assert [member for [member], _, _ in harness.publisher.notices] == [ALICE, CAROL, *[ALICE] * times]
    assert [row["notice"] for row in query(harness.path, _TOLD)] == ["sent", "sent"]


async def test_those_of_one_message_stay_together_after_a_fault_of_ours(harness: WorkerHarness) -> None:
    """Its nonce is made from the first of them, and it may have been posted."""
    pitch = await made(harness)
    await chip_in(harness, pitch, (BOB, 10), (CAROL, 10))
    await harness.database.write(pitch_ends.withdraw, pitch.id, pitch.guild_id, ALICE)
    harness.publisher.answers = [ValueError("a fault")]
    await harness.worker.run_until_idle()
    await harness.advance_and_run(ERROR_BACKOFF_MS / 1000)
    assert [told for told, _, _ in harness.publisher.notices] == [[BOB, CAROL]] * 2


_CLOSED = DeliveryRejected("closed", code=50007)


async def answered(harness: WorkerHarness, *, member: int = ALICE) -> CreditRequest:
    clock = harness.clock
    await choose_staff_channel(harness.database, AuditContext(BOB, GUILD), 99, clock.now())
    by = AuditContext(member, GUILD, interaction_id=10 * member)
    asked = await harness.database.write(
        credit_requests.ask, 700, channel_id=CHANNEL, role_ids=(), language=Language.ENGLISH, by=by
    )
    assert isinstance(asked, CreditRequest)
    await harness.database.write(
        credit_requests.answer,
        asked.id,
        grant=True,
        message=PostedMessage(99, 5),
        by=AuditContext(BOB, GUILD, interaction_id=10 * member + 1),
    )
    return asked


def answer_status(harness: WorkerHarness) -> str:
    [row] = query(harness.path, _TOLD)
    return row["notice"]


async def test_a_member_is_told_once_after_the_response_to_the_press(harness: WorkerHarness) -> None:
    """Discord accepts a response for three seconds."""
    await answered(harness)
    await harness.advance_and_run(2.9)
    assert harness.publisher.notices == []
    await harness.advance_and_run(0.1)
    await harness.advance_and_run(3600)
    assert len(harness.publisher.notices) == 1
    assert answer_status(harness) == "sent"


async def test_closed_direct_messages_are_shown_in_the_log_and_not_tried_again(harness: WorkerHarness) -> None:
    """A log message that cannot be edited now is edited later. A log channel that is gone ends the attempts."""
    await answered(harness)
    await harness.worker.run_until_idle()
    down, gone = DeliveryDeferred("down", definitely_failed=True), DeliveryRejected("gone", code=10003)
    harness.publisher.answers = [_CLOSED, down, _CLOSED, gone]
    await harness.advance_and_run(3)
    assert answer_status(harness) == "pending"
    await harness.advance_and_run(5)
    await harness.advance_and_run(3600)
    assert (len(harness.publisher.notices), len(harness.publisher.untold)) == (2, 2)
    [shown, _] = harness.publisher.untold
    assert isinstance(shown.subject, CreditRequest)
    assert shown.subject.message == PostedMessage(99, 5)
    assert answer_status(harness) == "undeliverable"


async def test_followers_hear_nothing_of_a_movie_that_is_removed_before(harness: WorkerHarness) -> None:
    await follow(harness)
    [job] = query(harness.path, "SELECT id FROM jobs")
    by = AuditContext(BOB, GUILD, interaction_id=1)
    assert await harness.database.write(removals.remove, job["id"], by)
    await harness.worker.run_until_idle()
    assert harness.publisher.notices == []
    assert query(harness.path, KINDS["follower"].state) == []


async def test_followers_hear_nothing_of_a_movie_that_is_removed_while_they_are_announced_to(
    harness: WorkerHarness,
) -> None:
    """A removal does not see what another transaction is writing."""
    await follow(harness)
    execute(harness.path, f"UPDATE jobs SET removed_at = {harness.clock.now()}, movie_url = NULL")
    await harness.worker.run_until_idle()
    assert harness.publisher.notices == []
    assert [row["notice"] for row in query(harness.path, _TOLD)] == ["undeliverable"]


class _Follower(FileInstanceLock):
    async def is_leader(self) -> bool:
        return False


async def test_only_the_leader_sends_messages_and_updates_waiting_cards(harness: WorkerHarness) -> None:
    """Two processes would tell a member twice."""
    await starred_in(harness, CHANNEL)
    await on_the_day(harness)
    await choose_staff_channel(harness.database, AuditContext(BOB, GUILD), 99, harness.clock.now())
    await harness.queue()
    await harness.clock.advance(7 * 24 * 3600)
    harness.publisher.shown.clear()
    with _Follower(harness.path) as follower:
        for lock, due in ((follower, 0), (harness.instance_lock, 1)):
            parts = (harness.database, harness.publisher, harness.clock, lock)
            fetched = await Messages(*parts).fetch(9, ())
            await QueuePositionUpdater(*parts[:2], lock, per_member=None).refresh()
            kinds = [MessageKind.AUDIT_LOG, MessageKind.MOVIE_NIGHT_START]
            assert sorted(each.kind for each in fetched) == kinds * due
            assert len(harness.publisher.shown) == due
