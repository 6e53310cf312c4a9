"""Messages of every kind are repeated until Discord accepts or forbids them, and audit entries keep their order."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import pytest

from bot.core.errors import DeliveryDeferred, DeliveryRejected
from bot.domain.approvals import ApprovalFallback, ApprovalScope
from bot.domain.credit_request import CreditRequest
from bot.domain.delivery import PostedMessage
from bot.domain.jobs import JobState
from bot.domain.message import MessageKind
from bot.domain.quota import AuditAction, AuditContext, AuditEntry, LimitScope
from bot.domain.server_setup import NOTHING_SET, ServerSetup
from bot.domain.setting_kinds import Setting, SettingValue
from bot.domain.text import Language
from bot.worker.messages import Messages
from bot.worker.notifier import QueuePositionUpdater
from bot.worker.poll_loop import ERROR_BACKOFF_MS
from data import (
    audit_log,
    budgets,
    credit_requests,
    gifts,
    job_actions,
    movie_reports,
    notices,
    setup_changes,
)
from data.engine.instance_lock import FileInstanceLock
from tests.helpers import ledger_checks
from tests.helpers.fakes import COMPLETED
from tests.helpers.giving import allow_gifts
from tests.helpers.ledger_checks import execute, query
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.worker_harness import ALICE, BOB, CHANNEL, GUILD, WorkerHarness
from tests.unit.worker.test_movie_nights import on_the_day, starred_in
from tests.unit.worker.test_pitches import CAROL, withdrawn

_CLOSED = DeliveryRejected("closed", code=50007)

UNKNOWN = (5, 15, 45, 60, 60)
"""Pauses where Discord may have accepted the message: they end before it forgets the nonce."""

FAILED = (5, 15, 45, 135, 405)
"""Pauses where it certainly posted nothing. They grow to an hour."""


async def give(harness: WorkerHarness) -> None:
    await allow_gifts(harness.database, GUILD, 100, harness.clock.now())
    await harness.database.write(gifts.grant, ALICE, 50, by=AuditContext(9, GUILD))
    assert await harness.database.write(gifts.give, BOB, 50, channel_id=CHANNEL, by=AuditContext(ALICE, GUILD)) is None


@asynccontextmanager
async def no_errors(harness: WorkerHarness) -> AsyncGenerator[None]:
    errors, harness.publisher.answers = harness.publisher.answers, []
    yield
    harness.publisher.answers = errors


async def ask(harness: WorkerHarness) -> None:
    await answered(harness)
    async with no_errors(harness):
        await harness.worker.run_until_idle()
    await harness.clock.advance(3)


async def report(harness: WorkerHarness) -> None:
    async with no_errors(harness):
        movie, by = await harness.make(0), AuditContext(BOB, GUILD, interaction_id=1)
        await note(harness)
        await harness.worker.run_until_idle()
    await harness.database.write(movie_reports.report, movie.id, "Bad", by=by)


async def note(harness: WorkerHarness) -> None:
    await choose_staff_channel(harness.database, AuditContext(BOB, GUILD), 99, harness.clock.now())


async def void(harness: WorkerHarness) -> None:
    await harness.orders.void(await harness.place(), notify=True)


async def follow(harness: WorkerHarness) -> None:
    async with no_errors(harness):
        job = await harness.render()
        await harness.database.write(job_actions.follow, job.id, BOB)
        harness.api.statuses["request-1"] = [COMPLETED]
        await harness.advance_and_run(5)
    await harness.database.write(notices.announce, job, (BOB,))


async def hold_night(harness: WorkerHarness) -> None:
    async with no_errors(harness):
        await starred_in(harness, CHANNEL)
    harness.publisher.movie_nights.answers, harness.publisher.answers = harness.publisher.answers, []
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


def nights(harness: WorkerHarness) -> Sequence[tuple[object, int | None]]:
    return harness.publisher.movie_nights.sent


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
    "pitch notice": Kind(partial(withdrawn, payers=(BOB,)), told, told_since, state=_TOLD, routes=2),
    "notification": Kind(void, lambda h: h.publisher.attempts, state="SELECT status AS notice FROM outbox"),
    "follower": Kind(follow, told, told_since, state=_TOLD),
    "movie night": Kind(hold_night, nights, lambda harness: [since for _, since in nights(harness)]),
    "deletion": Kind(delete, lambda h: h.publisher.deletion_languages, unknown=FAILED),
}


@pytest.mark.parametrize("definitely_failed", [True, False], ids=["failed", "unknown"])
@pytest.mark.parametrize("name", KINDS)
async def test_a_failure_is_retried_ever_later(harness: WorkerHarness, name: str, *, definitely_failed: bool) -> None:
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
    assert not kind.state or status(harness, kind.state) == ["sent"]


@pytest.mark.parametrize("name", ["answer", "gift", "notification", "follower", "pitch notice"])
async def test_what_discord_forbids_is_not_tried_again(harness: WorkerHarness, name: str) -> None:
    kind = KINDS[name]
    harness.publisher.answers = [_CLOSED] * kind.routes
    await kind.begin(harness)
    await harness.worker.run_until_idle()
    await harness.advance_and_run(24 * 3600)
    assert len(kind.tries(harness)) == kind.routes
    assert status(harness, kind.state) == ["undeliverable"]


@pytest.mark.parametrize("times", [1, 5])
async def test_a_message_that_fails_by_a_fault_of_ours_delays_no_other(harness: WorkerHarness, times: int) -> None:
    await two_answered(harness)
    harness.publisher.answers = [ValueError("a fault")]
    await harness.advance_and_run(3)
    assert [member for [member], _, _ in harness.publisher.notices] == [ALICE, CAROL]
    for _ in range(times - 1):
        harness.publisher.answers = [ValueError("a fault")]
        await harness.advance_and_run(ERROR_BACKOFF_MS / 1000)
    assert status(harness, f"{_TOLD} ORDER BY member_id") == ["pending", "sent"]
    await harness.advance_and_run(ERROR_BACKOFF_MS / 1000)
    assert [member for [member], _, _ in harness.publisher.notices] == [ALICE, CAROL, *[ALICE] * times]
    assert status(harness) == ["sent", "sent"]


async def test_those_of_one_message_stay_together_after_a_fault_of_ours(harness: WorkerHarness) -> None:
    """Its nonce is made from the first of them, and it may have been posted."""
    await withdrawn(harness)
    harness.publisher.answers = [ValueError("a fault")]
    await harness.worker.run_until_idle()
    await harness.advance_and_run(ERROR_BACKOFF_MS / 1000)
    assert [told for told, _, _ in harness.publisher.notices] == [[BOB, CAROL]] * 2


async def two_answered(harness: WorkerHarness) -> None:
    for member in (ALICE, CAROL):
        await answered(harness, member=member)
    await harness.worker.run_until_idle()


async def answered(harness: WorkerHarness, *, member: int = ALICE) -> CreditRequest:
    await note(harness)
    by, where = AuditContext(member, GUILD, interaction_id=10 * member), {"channel_id": CHANNEL, "role_ids": ()}
    asked = await harness.database.write(credit_requests.ask, 700, language=Language.ENGLISH, by=by, **where)
    assert isinstance(asked, CreditRequest)
    by, posted = AuditContext(BOB, GUILD, interaction_id=10 * member + 1), PostedMessage(99, 5)
    await harness.database.write(credit_requests.answer, asked.id, grant=True, message=posted, by=by)
    return asked


def status(harness: WorkerHarness, sql: str = _TOLD) -> list[str]:
    return [row["notice"] for row in query(harness.path, sql)]


async def test_a_member_is_told_once_after_the_response_to_the_press(harness: WorkerHarness) -> None:
    await answered(harness)
    for seconds, count in ((2.9, 0), (0.1, 1), (3600, 1)):
        await harness.advance_and_run(seconds)
        assert len(harness.publisher.notices) == count
    assert status(harness) == ["sent"]


async def test_followers_hear_nothing_of_a_movie_removed_while_they_are_announced(harness: WorkerHarness) -> None:
    """A removal does not see what another transaction is writing."""
    await follow(harness)
    execute(harness.path, f"UPDATE jobs SET removed_at = {harness.clock.now()}, movie_url = NULL")
    await harness.worker.run_until_idle()
    assert (harness.publisher.notices, status(harness)) == ([], ["undeliverable"])


class _Follower(FileInstanceLock):
    async def is_leader(self) -> bool:
        return False


async def test_only_the_leader_sends_messages_and_updates_waiting_cards(harness: WorkerHarness) -> None:
    """Two processes would tell a member twice."""
    await starred_in(harness, CHANNEL)
    await on_the_day(harness)
    await note(harness)
    await harness.queue()
    await harness.clock.advance(7 * 24 * 3600)
    harness.publisher.shown.clear()
    with _Follower(harness.path) as follower:
        for lock, due in ((follower, 0), (harness.instance_lock, 1)):
            parts = (harness.database, harness.publisher)
            fetched = await Messages(*parts, harness.clock, harness.links, lock).fetch(9, ())
            await QueuePositionUpdater(*parts, lock, per_member=None).refresh()
            kinds = [MessageKind.AUDIT_LOG, MessageKind.MOVIE_NIGHT_START]
            assert sorted(each.kind for each in fetched) == kinds * due
            assert len(harness.publisher.shown) == due


STAFF_CHANNEL = 99
OTHER_GUILD = 11
A_LINK = DeliveryRejected("a link", code=240000, is_closed=False)


async def noted(harness: WorkerHarness, *credit_limits: int, guilds: tuple[int, ...] = (GUILD,)) -> None:
    for guild in guilds:
        await choose_staff_channel(harness.database, AuditContext(BOB, guild), STAFF_CHANNEL, harness.clock.now())
    await harness.worker.run_until_idle()
    harness.publisher.lines.clear()
    for limit in credit_limits:
        await harness.clock.advance(1)
        for guild in guilds:
            by = AuditContext(BOB, guild)
            await harness.database.write(budgets.set_limit, LimitScope.MEMBER, ALICE, limit, by=by)


async def approve_all_or_start(harness: WorkerHarness) -> None:
    await noted(harness)
    changes: dict[Setting, SettingValue] = {
        ServerSetup.approval: ApprovalScope.EVERYONE,
        ServerSetup.approval_fallback: ApprovalFallback.START,
    }
    by, expected = AuditContext(BOB, GUILD), NOTHING_SET.fingerprint(changes)
    await harness.database.write(setup_changes.change, changes, expected, by=by)
    await harness.worker.run_until_idle()


async def test_a_closed_channel_is_not_tried_again_and_one_that_rejects_the_words_is(harness: WorkerHarness) -> None:
    """A link that Discord blocks must not silence the staff channel. Each change stays recorded in the database."""
    await noted(harness, 100, 200)
    harness.publisher.answers = [A_LINK, DeliveryRejected("gone", code=10003)]
    await harness.worker.run_until_idle()
    await harness.advance_and_run(3600)
    assert [entry.credits for entry, _ in harness.publisher.lines] == [100, 200]
    await noted(harness, 300)
    await harness.worker.run_until_idle()
    assert [entry.credits for entry, _ in harness.publisher.lines] == [300]


async def test_a_server_whose_entry_hangs_delays_no_other_server(harness: WorkerHarness) -> None:
    hanging, posted = asyncio.Event(), harness.publisher.lines
    await noted(harness, 100, 200, guilds=(GUILD, OTHER_GUILD))

    async def hang(entry: AuditEntry) -> None:
        if entry.by.guild_id == GUILD:
            await hanging.wait()

    harness.publisher.while_posting = hang
    async with harness.running(), asyncio.timeout(10):
        await harness.publisher.until(lambda: len(posted) == 3)
        shown = sorted((entry.by.guild_id, entry.credits) for entry, _ in posted)
        assert shown == [(GUILD, 100), (OTHER_GUILD, 100), (OTHER_GUILD, 200)]
        hanging.set()
        await harness.publisher.until(lambda: len(harness.publisher.lines) == 4)
        assert harness.publisher.lines[-1][0].credits == 200


async def test_a_request_for_approval_has_the_nonce_of_its_entry(harness: WorkerHarness) -> None:
    await approve_all_or_start(harness)
    job = await harness.queue()
    await harness.worker.run_until_idle()
    [entry] = ledger_checks.query(harness.path, "SELECT id FROM audit_log WHERE action = 'request_approval'")
    assert harness.publisher.approval_requests == [(job.id, STAFF_CHANNEL, entry["id"])]


@pytest.mark.parametrize("is_waiting", [True, False])
async def test_a_request_with_rejected_words_becomes_a_line(harness: WorkerHarness, *, is_waiting: bool) -> None:
    """A link that Discord blocks must not start orders without approval."""
    await approve_all_or_start(harness)
    harness.publisher.lines.clear()
    job = await harness.queue()
    if not is_waiting:
        assert await harness.database.write(job_actions.cancel, job.id, ALICE)
    harness.publisher.answers = [A_LINK] if is_waiting else []
    await harness.worker.run_until_idle()
    await harness.advance_and_run(3600)
    lines = [(entry.action, entry.job_id, channel) for entry, channel in harness.publisher.lines]
    assert lines == [(AuditAction.REQUEST_APPROVAL, job.id, STAFF_CHANNEL)] * is_waiting
    assert [asked for asked, _, _ in harness.publisher.approval_requests] == [job.id] * is_waiting
    assert (await harness.job(job)).state is (JobState.AWAITING_APPROVAL if is_waiting else JobState.CANCELLED)
    assert await harness.database.read(audit_log.has_open_channel, GUILD)


async def test_a_report_whose_words_discord_rejects_is_posted_without_them(harness: WorkerHarness) -> None:
    movie, by = await harness.make(0), AuditContext(BOB, GUILD, interaction_id=1)
    await approve_all_or_start(harness)
    await harness.database.write(movie_reports.report, movie.id, "Bad", by=by)
    harness.publisher.answers = [A_LINK]
    await harness.worker.run_until_idle()
    await harness.advance_and_run(3600)
    shown = [(each.job.request.prompt, each.reasons, channel) for each, channel in harness.publisher.reports]
    assert shown == [("a red balloon", ("Bad",), STAFF_CHANNEL), ("", (), STAFF_CHANNEL)]
    assert await harness.database.read(audit_log.has_open_channel, GUILD)


async def test_orders_wait_on_where_the_bot_is_not_in_the_server_any_more(harness: WorkerHarness) -> None:
    await approve_all_or_start(harness)
    asked = await harness.queue()
    harness.publisher.answers = [DeliveryRejected("removed", code=50001, is_removed=True)]
    await harness.worker.run_until_idle()
    assert (await harness.job(asked)).state is JobState.AWAITING_APPROVAL
    assert not await harness.database.read(audit_log.has_open_channel, GUILD)
