"""A property: an erasure at any moment of any job leaves nothing of the member, and every sum right.

Hypothesis plays orders, the worker, Discord, managers, backups and erasures over a real file. After each finished
erasure the bytes of every file are searched: the database with its log, the backups, and the list beside them.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from bot.clock import Clock
from bot.domain.job import EndReason, Job, JobState
from bot.domain.order import OrderPlaced
from bot.domain.quota import AuditContext
from bot.domain.quote import Quote
from bot.services.member_export import make_zip
from bot.services.privacy import PrivacyService
from bot.services.quotas import QuotaService
from bot.services.request_limits import LimitFactory
from bot.services.signals import Signals
from data import (
    backups,
    connect,
    erasure,
    job_actions,
    jobs,
    orders,
    outbox,
    personal_data,
    preferences,
    quotes,
    reconciliation,
    renders,
    submissions,
)
from data.connect import sqlite_path
from data.database import Database
from data.migrations_runner import migrate
from tests.helpers import postgres_server
from tests.helpers.clock import ManualClock
from tests.helpers.due_work import due_notifications
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.member_data import traces
from tests.helpers.reserving import reserve
from tests.helpers.state_machine import DatabaseMachine
from tests.helpers.store_harness import CHANNEL, DAY, LIMITS, NOW, a_job, a_message

BOB, DANA = 223_456_789_012_345_678, 323_456_789_012_345_678
GUILDS = st.sampled_from([10, 11])
PICKS = st.integers(0, 7)


class ErasureMachine(DatabaseMachine):
    """One member who is erased from time to time, and another one who stays."""

    def __init__(self, url: str | None = None) -> None:
        super().__init__()
        self.url = url or f"sqlite:///{self.folder / 'movies.db'}"
        if url is None:
            migrate(sqlite_path(self.url))
        self.clock: Clock = ManualClock(NOW)
        self.numbers = 0
        self.lives = 0
        self.open: list[str] = []
        self.database: Database = self.do(connect.open_database(self.url))
        path = sqlite_path(self.url) if url is None else None
        self.backups = self.folder / "backups"
        self.service = PrivacyService(self.database, self.clock, self.backups, path, LimitFactory(self.clock))
        self.quotas = QuotaService(self.database, LIMITS, lambda: NOW, Signals())
        self.bobs = self.order_of(BOB, "bob", 10)
        self.begin_life()

    def begin_life(self) -> None:
        """After an erasure the member comes back as another person, so that old traces are told from new ones."""
        self.lives += 1
        self.member = 123_456_789_000_000_000 + self.lives
        self.words = f"loom-{self.lives:04}-woven"
        self.open = []

    def order_of(self, member: int, words: str, guild: int) -> Job | None:
        """Order a movie; None where it is refused."""
        self.numbers += 1
        job = a_job(self.numbers, member, cost=10, guild=guild)
        named = replace(job, member_name=f"name {words}", request=replace(job.request, prompt=f"prompt {words}"))
        placed = self.do(reserve(self.database, replace(named, interaction_id=10**17 + self.numbers), (), LIMITS))
        return placed.job if isinstance(placed, OrderPlaced) else None

    def picked(self, pick: int) -> Job:
        """One of the member's jobs, as it is now."""
        return self.do(self.database.read(jobs.get, self.open[pick % len(self.open)]))

    @rule(guild=GUILDS)
    def order(self, guild: int) -> None:
        """The member orders, which is refused while their erasure waits."""
        waits = self.do(self.database.read(erasure.find_request, self.member)) is not None
        job = self.order_of(self.member, self.words, guild)
        assert not (job and waits)
        if job is not None:
            self.open.append(job.id)

    @precondition(lambda self: self.open)
    @rule(pick=PICKS)
    def go_on(self, pick: int) -> None:
        """A job takes its next step, to the API's answer."""
        job = self.picked(pick)
        match job.state:
            case JobState.RESERVED:
                self.do(self.database.write(orders.enqueue, job.id, 10**17 + 5, NOW))
            case JobState.QUEUED:
                self.do(self.database.write(submissions.claim, NOW, 1, 1000, 1000))
            case JobState.SUBMITTING:
                self.do(self.database.write(submissions.mark_rendering, job.id, f"request {job.id}", NOW, NOW))
            case JobState.RENDERING:
                url = f"https://movies.test/{self.words}.mp4"
                self.do(self.database.write(renders.complete, job.id, url, NOW))
            case JobState.UNKNOWN:
                self.do(self.database.write(renders.attach_request_id, job.id, f"request {job.id}", NOW))
            case _:
                pass

    @precondition(lambda self: self.open)
    @rule(pick=PICKS)
    def go_wrong(self, pick: int) -> None:
        """A submission has no answer, or a movie fails with words of the API's."""
        job = self.picked(pick)
        if job.state is JobState.SUBMITTING:
            self.do(self.database.write(submissions.mark_unknown, job.id, NOW))
        elif job.state is JobState.RENDERING:
            detail = f"refused: {self.words}"
            reason = EndReason.UPSTREAM_FAILED
            self.do(self.database.write(renders.fail, job.id, reason, detail, NOW, upstream_charged=True))

    @rule()
    def deliver(self) -> None:
        """Discord accepts every message that is due."""
        for delivery, _ in self.do(due_notifications(self.database, NOW + DAY, 100, ())):
            self.do(self.database.write(outbox.mark_sent, delivery, a_message(10**17 + 9), NOW))

    @rule(guild=GUILDS)
    def use_everything(self, guild: int) -> None:
        """Follow, quote, preferences, a grant and a block."""
        assert self.bobs is not None
        self.do(self.database.write(job_actions.follow, self.bobs.id, self.member))
        request = replace(self.bobs.request, prompt=f"quoted {self.words}")
        self.numbers += 1
        quote = Quote(f"q{self.numbers:012}", guild, CHANNEL, self.member, request, 10, NOW)
        self.do(self.database.write(quotes.save, quote))
        self.do(self.quotas.grant(AuditContext(DANA, guild, f"for {self.words}"), self.member, 5))
        self.do(self.database.write(preferences.remember, self.member, preferences.Preferences(), request))

    @rule()
    def back_up(self) -> None:
        """A backup shows the member as they are."""
        connect.create_backup(self.url, backups.new_backup_path(self.backups, NOW))

    @rule()
    def erase(self) -> None:
        """The member asks for it, once or again. It is done at once, or when nothing is open."""
        outcome = self.do(self.service.erase(self.member))
        self.check_if(outcome.done)

    @rule()
    def worker_runs(self) -> None:
        """The service goes on with what was asked for."""
        asked = self.do(self.database.read(erasure.find_request, self.member)) is not None
        self.do(self.service.run_once())
        self.check_if(asked and self.do(self.database.read(erasure.find_request, self.member)) is None)

    def check_if(self, done: bool) -> None:
        """After an erasure, nothing is left in any column, file or export."""
        if not done:
            return
        failed = self.do(self.service.run_once()).failed
        assert failed == {}
        place = sqlite_path(self.url) if self.url.startswith("sqlite:") else self.url
        assert traces(place, self.member, self.words) == set()
        wanted = (self.words.encode(), str(self.member).encode(), self.member.to_bytes(8, "big"))
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        assert [path.name for path in files if any(mark in path.read_bytes() for mark in wanted)] == []
        export = self.do(self.database.read_long(personal_data.read, self.member))
        assert not any(export.values())
        assert self.words.encode() not in make_zip(export, 1, NOW)
        self.begin_life()

    @invariant()
    def sums_are_right(self) -> None:
        """Both audits find nothing, and the other member has what they had."""
        place = sqlite_path(self.url) if self.url.startswith("sqlite:") else self.url
        assert_ledger_consistent(place)
        assert self.do(self.database.read_long(reconciliation.find_discrepancies)) == ()
        assert self.bobs is not None
        [row] = query(place, f"SELECT prompt, member_id FROM jobs WHERE id = '{self.bobs.id}'")
        assert row == {"prompt": "prompt bob", "member_id": BOB}


QUIET = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)


@pytest.mark.parametrize("examples", [12])
def test_an_erasure_at_any_moment_leaves_nothing(examples: int) -> None:
    """On a file: its bytes, its log's, and those of every backup."""
    run_state_machine_as_test(
        ErasureMachine,
        settings=settings(max_examples=examples, stateful_step_count=25, deadline=None, suppress_health_check=QUIET),
    )


def test_an_erasure_at_any_moment_leaves_nothing_on_postgresql(postgresql_url: str) -> None:
    """In its rows, and in the bytes of every backup."""

    class OnPostgres(ErasureMachine):
        """The same over rows of a server."""

        def __init__(self) -> None:
            postgres_server.empty(postgresql_url)
            super().__init__(postgresql_url)

    run_state_machine_as_test(
        OnPostgres,
        settings=settings(max_examples=6, stateful_step_count=20, deadline=None, suppress_health_check=QUIET),
    )
