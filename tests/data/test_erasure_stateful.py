"""Erasures at any moment of any job, as a property.

After each finished erasure the bytes of every file are searched: the database with its log, the backups, and the list
beside them. The member's limits, blocks and counts stay as before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from bot.core.clock import Clock
from bot.domain.jobs import EndReason, Job, JobState
from bot.domain.orders import Order, OrderContext, OrderPlaced, Quote
from bot.domain.pitches import Pitch, Pledged
from bot.domain.quota import AuditContext, LimitScope
from bot.domain.request import Draft
from bot.domain.text import Language
from bot.services.privacy import PrivacyService, export_file
from bot.services.request_limits import LimitFactory
from data import (
    blocks,
    budgets,
    erased_members,
    erasure,
    gifts,
    job_actions,
    messages,
    pitches,
    pledging,
    renders,
    submissions,
)
from data.account_queries import balance
from data.credit_requests import ask
from data.database import Database, Transaction, sqlite_path
from data.erased_members import EventKind
from data.jobs import get
from data.orders import enqueue
from data.outbox import mark_sent
from data.personal import export
from data.policy import Policy
from data.preferences import Preferences, remember
from data.quotes import save
from data.reconciliation import find_discrepancies
from data.storage import backups, engines
from tests.helpers import migrated_file, postgres_server
from tests.helpers.at_time import at_time
from tests.helpers.clock import ManualClock
from tests.helpers.due_work import due_notifications, end_deletions
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.member_data import traces
from tests.helpers.reserving import reserve
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.state_machine import DatabaseMachine
from tests.helpers.store_harness import CATALOGUE, CHANNEL, DAY, LIMITS, NOW, a_job, a_message

BOB, DANA = 223_456_789_012_345_678, 323_456_789_012_345_678
GUILDS = st.sampled_from([10, 11])
PICKS = st.integers(0, 7)


class ErasureMachine(DatabaseMachine):
    def __init__(self, url: str | None = None) -> None:
        super().__init__()
        self.url = url or f"sqlite:///{self.folder / 'movies.db'}"
        if url is None:
            migrated_file.create(sqlite_path(self.url))
        self.clock: Clock = ManualClock(NOW)
        self.numbers = 0
        self.lives = 0
        self.open: list[str] = []
        self.pitches: list[Pitch] = []
        self.database: Database = self.do(engines.engine(self.url).open())
        self.database.policy = Policy(CATALOGUE, LIMITS)
        path = sqlite_path(self.url) if url is None else None
        self.place = path or self.url
        self.backups = self.folder / "backups"
        self.service = PrivacyService(self.database, self.clock, self.backups, path, LimitFactory(self.clock))
        self.bobs = self.order_of(BOB, "bob", 10)
        self.begin_life()

    def begin_life(self) -> None:
        self.lives += 1
        self.member = 123_456_789_000_000_000 + self.lives
        self.words = f"loom-{self.lives:04}-woven"
        self.open, self.pitches = [], []

    def order_of(self, member: int, words: str, guild: int) -> Job | None:
        self.numbers += 1
        job = a_job(self.numbers, member, cost=10, guild=guild)
        named = replace(job, member_name=f"name {words}", request=replace(job.request, prompt=f"prompt {words}"))
        placed = self.do(reserve(self.database, replace(named, interaction_id=10**17 + self.numbers), (), LIMITS))
        return placed.job if isinstance(placed, OrderPlaced) else None

    def picked(self, pick: int) -> Job:
        return self.do(self.database.read(get, self.open[pick % len(self.open)]))

    @rule(guild=GUILDS)
    def order(self, guild: int) -> None:
        waits = self.do(self.database.read(erasure.find_request, self.member)) is not None
        job = self.order_of(self.member, self.words, guild)
        assert not (job and waits)
        if job is not None:
            self.open.append(job.id)

    @precondition(lambda self: self.open)
    @rule(pick=PICKS)
    def go_on(self, pick: int) -> None:
        job = self.picked(pick)
        steps: dict[JobState, tuple[Any, ...]] = {
            JobState.RESERVED: (enqueue, job.id, 10**17 + 5),
            JobState.QUEUED: (submissions.claim, 1, 1000, 1000),
            JobState.SUBMITTING: (submissions.mark_rendering, job.id, f"request {job.id}", NOW),
            JobState.RENDERING: (renders.complete, job.id, f"https://movies.test/{self.words_of(job)}.mp4"),
            JobState.UNKNOWN: (renders.attach_request_id, job.id, f"request {job.id}", NOW),
        }
        if job.state in steps:
            self.do(self.database.write(*steps[job.state]))

    @precondition(lambda self: self.open)
    @rule(pick=PICKS)
    def go_wrong(self, pick: int) -> None:
        job = self.picked(pick)
        if job.state is JobState.SUBMITTING:
            self.do(self.database.write(submissions.mark_unknown, job.id))
        elif job.state is JobState.RENDERING:
            detail = f"refused: {self.words_of(job)}"
            reason = EndReason.UPSTREAM_FAILED
            self.do(self.database.write(renders.fail, job.id, reason, detail, upstream_charged=True))

    def words_of(self, job: Job) -> str:
        """Return the words of the member who made the movie."""
        return self.words if job.member_id == self.member else "bob"

    @rule(guild=GUILDS, amount=st.sampled_from([3, 7]), own=st.booleans())
    def pitch(self, guild: int, amount: int, *, own: bool) -> None:
        context = self.press(guild, self.member if own else BOB)
        named = replace(context, member_name=f"name {self.words}" if own else "bob", role_ids=(10**17 + 7,))
        draft = Draft(f"prompt {self.words}" if own else "prompt bob", 1, "LUMA", "FLUX1.1PRO")
        made = self.do(self.database.write(pledging.pitch, Order(named, draft)))
        if isinstance(made, Pitch):
            self.pitches.append(made)
            self.pledge(made, self.member, amount)
            self.do(self.database.write(pledging.vote, made.id, guild, self.member))

    @precondition(lambda self: self.pitches)
    @rule(pick=PICKS, back=st.booleans())
    def go_on_with_pitch(self, pick: int, *, back: bool) -> None:
        pitch = self.pitches[pick % len(self.pitches)]
        if back:
            self.do(self.database.write(pledging.take_back, self.press(pitch.guild_id, self.member), pitch.id))
            return
        paid = self.pledge(pitch, BOB, None)
        if isinstance(paid, Pledged) and paid.pitch.job_id is not None:
            self.open.append(paid.pitch.job_id)

    def pledge(self, pitch: Pitch, member: int, amount: int | None) -> object:
        return self.do(self.database.write(pledging.chip_in, self.press(pitch.guild_id, member), pitch.id, amount))

    def press(self, guild: int, member: int) -> OrderContext:
        self.numbers += 1
        return OrderContext(10**17 + self.numbers, guild, CHANNEL, member)

    @rule()
    def show_pitches(self) -> None:
        while due := self.do(self.database.read(messages.due, 100, ())):
            for message in due:
                pitch = self.do(self.database.read(pitches.find, message.subject_id))
                if pitch is None:
                    self.do(self.database.write(messages.settle, message))
                else:
                    self.do(self.database.write(pitches.end_update, message, pitch))
                self.do(self.database.write(messages.end, [message.nonce]))

    @rule()
    def deliver(self) -> None:
        for delivery in self.do(due_notifications(self.database, NOW + DAY, 100, ())):
            self.do(self.database.write(mark_sent, delivery, a_message(10**17 + 9)))
        self.do(self.database.write(at_time(NOW + DAY, end_deletions)))

    @precondition(lambda self: self.open)
    @rule(pick=PICKS)
    def cancel(self, pick: int) -> None:
        self.do(self.database.write(job_actions.cancel, self.picked(pick).id, self.member))

    @rule(guild=GUILDS, hours=st.sampled_from([None, None, None, 24]), limit=st.sampled_from([50, 500]))
    def manage(self, guild: int, hours: int | None, limit: int) -> None:
        by = AuditContext(DANA, guild, f"{self.words} {self.member}")
        self.do(choose_staff_channel(self.database, by, 555, NOW))
        self.do(self.database.write(budgets.set_limit, LimitScope.MEMBER, self.member, limit, by=by))
        self.do(self.database.write(gifts.grant, BOB, 1, by=by))  # its reason names the member
        if hours is not None:
            self.do(self.database.write(blocks.block, self.member, hours, by=by))
        self.do(self.ask(guild))

    async def ask(self, guild: int) -> object:
        by = AuditContext(self.member, guild)
        return await self.database.write(ask, 900, channel_id=CHANNEL, role_ids=(), language=Language.ENGLISH, by=by)

    def restrictions(self) -> Mapping[int, Restrictions]:
        """Return the member's restrictions in each server, changing nothing."""

        def read(tx: Transaction) -> Mapping[int, Restrictions]:
            with tx.savepoint() as undo:
                found = {guild: _restrictions(tx, guild, self.member) for guild in (10, 11)}
                undo.rollback()
            return found

        return self.do(self.database.write(read))

    @rule(guild=GUILDS)
    def use_everything(self, guild: int) -> None:
        assert self.bobs is not None
        self.do(self.database.write(job_actions.follow, self.bobs.id, self.member))
        request = replace(self.bobs.request, prompt=f"quoted {self.words}")
        self.numbers += 1
        quote = Quote(f"q{self.numbers:012}", guild, CHANNEL, self.member, request, 10, NOW)
        self.do(self.database.write(save, quote))
        self.do(self.database.write(gifts.grant, self.member, 5, by=AuditContext(DANA, guild, f"for {self.words}")))
        self.do(self.database.write(remember, self.member, Preferences(), request))

    @rule()
    def make_backup(self) -> None:
        engines.engine(self.url).create_backup(backups.new_backup_path(self.backups, NOW))

    @rule()
    def erase(self) -> None:
        self.check_if(self.restrictions(), done=self.do(self.service.erase(self.member)).done)

    @rule()
    def worker_runs(self) -> None:
        asked = self.do(self.database.read(erasure.find_request, self.member)) is not None
        before = self.restrictions()
        self.do(self.service.run_once())
        self.check_if(before, done=(asked and self.do(self.database.read(erasure.find_request, self.member)) is None))

    def check_if(self, before: Mapping[int, Restrictions], *, done: bool) -> None:
        if not done:
            return
        assert self.do(self.service.run_once()).failed == {}
        assert traces(self.place, self.member, self.words) == set()
        wanted = (self.words.encode(), str(self.member).encode(), self.member.to_bytes(8, "big"))
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        assert [path.name for path in files if any(mark in path.read_bytes() for mark in wanted)] == []
        exported = self.do(self.database.read_long(export, self.member))
        assert not any(exported.values())
        assert self.words.encode() not in export_file(exported, 1, NOW)
        assert all(after.is_no_better_than(before[guild]) for guild, after in self.restrictions().items())
        self.begin_life()

    @invariant()
    def sums_are_right(self) -> None:
        assert_ledger_consistent(self.place)
        assert self.do(self.database.read_long(find_discrepancies)) == ()
        assert self.bobs is not None
        [row] = query(self.place, f"SELECT prompt, member_id FROM jobs WHERE id = '{self.bobs.id}'")
        assert row == {"prompt": "prompt bob", "member_id": BOB}


@dataclass(frozen=True)
class Restrictions:
    limit: int | None
    used: int
    held: int
    blocked: bool
    cancelled: int
    asked: bool

    def is_no_better_than(self, before: Restrictions) -> bool:
        """What was on hold for somebody else's unknown movie counts as used: it may be spent yet."""
        kept = (self.limit, self.blocked, self.asked) == (before.limit, before.blocked, before.asked)
        return kept and (before.used <= self.used <= before.used + before.held) and self.cancelled >= before.cancelled


def _restrictions(tx: Transaction, guild: int, member: int) -> Restrictions:
    erased_members.recall(tx, member)
    allowance = balance(tx, guild, member, ()).allowance
    return Restrictions(
        budgets.effective_limits(tx, guild, member).own,
        allowance.used,
        allowance.held,
        blocks.active_block(tx, guild, member) is not None,
        len(erased_members.moments(tx, member, EventKind.CANCELLATION)),
        bool(erased_members.moments(tx, member, EventKind.CREDIT_REQUEST, guild)),
    )


QUIET = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)


def _on_postgres(url: str) -> type[ErasureMachine]:
    class OnPostgres(ErasureMachine):
        def __init__(self) -> None:
            postgres_server.empty(url)
            super().__init__(url)

    return OnPostgres


@pytest.mark.parametrize(
    "is_long",
    [
        pytest.param(False, id="short"),
        pytest.param(True, id="long", marks=[pytest.mark.slow, pytest.mark.timeout(1800)]),
    ],
)
def test_an_erasure_at_any_moment_leaves_nothing(engine: str, request: pytest.FixtureRequest, *, is_long: bool) -> None:
    if engine == "postgresql":
        machine = _on_postgres(request.getfixturevalue("postgresql_url"))
        examples, steps = (15, 50) if is_long else (2, 20)
    else:
        machine = ErasureMachine
        examples, steps = (60, 50) if is_long else (6, 25)
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=QUIET),
    )
