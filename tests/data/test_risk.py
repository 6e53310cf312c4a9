"""Whatever members, managers and the operator do: no order passes any bound, and none is refused without one.

The bounds are computed here from the rows, with none of the bot's code.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.credits import BudgetScope, Limits, Shortfall
from bot.domain.job import EndReason, JobState
from bot.domain.order import OrderPlaced
from bot.domain.quota import AuditAction, AuditContext, LimitScope
from bot.domain.risk import COOL_DOWN_MS, Refusal, RefusalReason, RiskLimits, cool_down_until
from data import blocks, failures, grants, job_actions, limits, orders, renders, server_policies, submissions
from data.database import Database
from data.migrations_runner import migrate
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.reserving import reserve
from tests.helpers.store_harness import NOW, StoreHarness, a_job

MONTH = "2026-11"
RISK = RiskLimits(open_jobs_per_member=3, open_jobs_per_server=4, queued_credits=300, failed_credits=200)
LIMITS = Limits(member=600, plan=1500, server=900, risk=RISK)
MEMBERS, GUILDS = (1, 2), (10, 20)

PEOPLE = st.tuples(st.sampled_from(MEMBERS), st.sampled_from(GUILDS))
ORDERS = st.tuples(st.just("order"), PEOPLE, st.sampled_from([10, 60, 100, 150, 290]))
FAILURES = st.tuples(st.just("order_and_fail"), PEOPLE, st.sampled_from([100, 150]))
MOVES = st.tuples(st.sampled_from(["complete", "fail", "cancel", "start"]), st.integers(0, 5), st.just(0))
DECISIONS = st.tuples(
    st.sampled_from(["grant", "manager", "operator", "waive", "wait"]),
    PEOPLE,
    st.sampled_from([0, 100, 250, 400, 2000]),
)
STEPS = st.lists(st.one_of(ORDERS, ORDERS, FAILURES, MOVES, DECISIONS), min_size=10, max_size=30)


@dataclass
class Story:
    """Carries out one story on a database file."""

    database: Database
    now: int = NOW
    number: int = 0

    async def step(self, name: str, subject: Any, amount: int) -> None:
        """Carry out one step."""
        self.now += 1000
        if name == "order":
            await self._order(*subject, amount)
        elif name == "order_and_fail":
            await self._order(*subject, amount)
            await self._move("start", 0)
            await self._move("fail", 0)
        elif name in ("complete", "fail", "cancel", "start"):
            await self._move(name, subject)
        elif name == "wait":
            self.now += COOL_DOWN_MS // 2
        else:
            await self._decide(name, *subject, amount)

    async def _decide(self, name: str, member: int, guild: int, amount: int) -> None:
        by, write = AuditContext(99, guild, "why"), self.database.write
        if name == "grant" and amount:
            await write(grants.grant, member, amount, by=by, now=self.now)
        elif name == "manager":
            await write(limits.set_limit, LimitScope.SERVER, 0, amount, by=by, now=self.now)
        elif name == "operator":
            await write(server_policies.set_monthly_credits, guild, amount)
        elif name == "waive":
            await write(blocks.unblock, member, by=by, now=self.now, max_failed_credits=RISK.failed_credits)

    async def _move(self, name: str, pick: int) -> None:
        open_jobs = query(
            self.database.path, "SELECT id, member_id, state FROM jobs WHERE finished_at IS NULL ORDER BY id"
        )
        if not open_jobs:
            return
        job, write = open_jobs[pick % len(open_jobs)], self.database.write
        if job["state"] == JobState.QUEUED and name == "cancel":
            await write(job_actions.cancel, job["id"], job["member_id"], self.now)
        elif job["state"] == JobState.QUEUED and name == "start":
            for claimed, _ in await write(submissions.claim, self.now, 1, 10, 10):
                await write(submissions.mark_rendering, claimed.id, f"request-{claimed.id}", self.now, self.now)
        elif job["state"] == JobState.RENDERING and name == "complete":
            await write(renders.complete, job["id"], "https://movies.test/a.mp4", self.now)
        elif job["state"] == JobState.RENDERING and name == "fail":
            limit = RISK.failed_credits
            await write(renders.fail_charged, job["id"], EndReason.UPSTREAM_FAILED, None, self.now, limit)

    async def _order(self, member: int, guild: int, cost: int) -> None:
        self.number += 1
        job = a_job(self.number, member, guild=guild, cost=cost, at=self.now)
        before = Bounds(self.database.path, member, guild, cost, self.now)
        placed = await reserve(self.database, job, (), LIMITS)
        passed = set(before.passed())
        if isinstance(placed, OrderPlaced):
            assert not passed, "an order passed a bound"
            assert await self.database.write(orders.enqueue, job.id, 1, self.now)
        elif isinstance(placed, Refusal):
            assert placed.reason.value in passed
        else:
            assert isinstance(placed, Shortfall)
            scopes = {BudgetScope.EXTRA: BudgetScope.MEMBER}
            assert scopes.get(placed.scope, placed.scope).value in passed
            assert placed.available == before.available(placed.scope)


@dataclass
class Bounds:
    """Every bound of one order, computed from the rows before it."""

    path: Path
    member: int
    guild: int
    cost: int
    now: int

    def __post_init__(self) -> None:
        self._ledger = query(self.path, "SELECT * FROM ledger_entries WHERE month = ?", MONTH)
        self._jobs = query(self.path, "SELECT * FROM jobs")
        self._waivers = query(self.path, "SELECT * FROM failure_waivers")
        self._limits = query(self.path, "SELECT * FROM quota_limits WHERE scope = 'server'")
        self._policies = query(self.path, "SELECT * FROM server_policies")

    def available(self, scope: BudgetScope) -> int:
        """Return what is left in a budget."""
        return max(0, dict(self._budgets())[scope.value])

    def passed(self) -> Iterator[str]:
        """Name the bounds that the order would pass."""
        yield from (name for name, left in self._budgets() if self.cost > left)
        open_jobs = [job for job in self._jobs if job["finished_at"] is None]
        if sum(job["member_id"] == self.member for job in open_jobs) >= RISK.open_jobs_per_member:
            yield RefusalReason.OPEN_JOBS.value
        if sum(job["guild_id"] == self.guild for job in open_jobs) >= RISK.open_jobs_per_server:
            yield RefusalReason.SERVER_OPEN_JOBS.value
        if self._failed() >= RISK.failed_credits:
            yield RefusalReason.FAILED_CREDITS.value
        cancelled = [
            job for job in self._jobs if job["member_id"] == self.member and job["state"] == JobState.CANCELLED
        ]
        if cool_down_until([job["finished_at"] for job in cancelled], self.now) is not None:
            yield RefusalReason.COOLING_DOWN.value

    def _budgets(self) -> Iterator[tuple[str, int]]:
        mine = [row for row in self._ledger if (row["member_id"], row["guild_id"]) == (self.member, self.guild)]
        granted = sum(row["extra"] for row in mine if row["entry_type"] in ("grant", "adjust"))
        own = LIMITS.member - _spent(mine, "allowance") + granted - _spent(mine, "extra")
        yield BudgetScope.MEMBER.value, own
        here = [row for row in self._ledger if row["guild_id"] == self.guild]
        operator = next(
            (row["monthly_credits"] for row in self._policies if row["guild_id"] == self.guild), LIMITS.server
        )
        manager = next((row["credits"] for row in self._limits if row["guild_id"] == self.guild), operator)
        spent = _spent(here, "allowance") + _spent(here, "extra")
        yield BudgetScope.SERVER.value, min(operator - _charged(here), manager) - spent
        everywhere = _spent(self._ledger, "allowance") + _spent(self._ledger, "extra")
        yield BudgetScope.PLAN.value, LIMITS.plan - everywhere - _charged(self._ledger)
        waiting = [job for job in self._jobs if job["state"] in ("reserved", "queued", "submitting")]
        queued = sum(job["price_credits"] for job in waiting if job["member_id"] == self.member)
        yield BudgetScope.QUEUED.value, RISK.queued_credits - queued

    def _failed(self) -> int:
        waived = {row["guild_id"]: row["waived_at"] for row in self._waivers if row["member_id"] == self.member}
        return sum(
            row["upstream_charge"]
            for row in self._ledger
            if row["member_id"] == self.member and row["created_at"] > waived.get(row["guild_id"], -1)
        )


def _spent(rows: list[dict[str, Any]], column: str) -> int:
    """Return what is used or held: holds, without what was released."""
    return sum(row[column] for row in rows if row["entry_type"] == "hold") - sum(
        row[column] for row in rows if row["entry_type"] == "release"
    )


def _charged(rows: list[dict[str, Any]]) -> int:
    return sum(row["upstream_charge"] for row in rows)


async def _tell(path: Path, steps: list[tuple[str, Any, int]]) -> None:
    migrate(path)
    database = await Database.open(path)
    try:
        story = Story(database)
        for name, subject, amount in steps:
            await story.step(name, subject, amount)
    finally:
        await database.close()
    assert_ledger_consistent(path)


@given(steps=STEPS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
def test_no_order_passes_a_bound_and_none_is_refused_without_one(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, Any, int]]
) -> None:
    asyncio.run(_tell(tmp_path_factory.mktemp("risk") / "movies.db", steps))


@pytest.mark.parametrize(
    ("minutes", "until"),
    [
        ([], None),
        ([0, 1], None),
        ([0, 4, 8], 18),
        ([0, 5, 10], 20),
        ([0, 5, 11], None),
        ([0, 1, 2, 9], 19),
        ([-30, -29, -28], None),
    ],
)
def test_three_cancellations_in_ten_minutes_are_followed_by_a_break_of_ten(
    minutes: list[int], until: int | None
) -> None:
    assert cool_down_until([each * 60_000 for each in minutes], 11 * 60_000) == (
        None if until is None else until * 60_000
    )


async def test_orders_whose_card_discord_never_confirmed_are_followed_by_no_break(store: StoreHarness) -> None:
    """The member cancelled nothing: Discord was down, or the bot was restarted."""
    for number in range(1, 5):
        await store.reserved(a_job(number))
        assert await store.database.write(orders.void, a_job(number).id, NOW, notify=True)
    assert isinstance(await reserve(store.database, a_job(5), (), LIMITS), OrderPlaced)


async def test_a_prompt_that_worked_in_between_has_not_failed_in_a_row(store: StoreHarness) -> None:
    """Three failures in a row are asked about, not three in all."""
    asked: list[bool] = []
    for number, works in enumerate((False, False, True, False, False, False), 1):
        job = await store.rendering(a_job(number, cost=10))
        if works:
            await store.database.write(renders.complete, job.id, "https://x/1.mp4", NOW)
        else:
            await store.database.write(
                renders.fail, job.id, EndReason.UPSTREAM_FAILED, None, NOW, upstream_charged=True
            )
        since = await store.database.read(failures.failing_since, job.member_id, job.request.prompt)
        asked.append(since is not None)
    assert asked == [False] * 5 + [True]


async def test_a_movie_that_is_being_submitted_counts_as_waiting(store: StoreHarness) -> None:
    """It may return to the queue. Once the API has it, it counts no more."""
    job = await store.submitting(a_job(1, cost=200))
    short = await reserve(store.database, a_job(2, cost=101), (), LIMITS)
    assert isinstance(short, Shortfall)
    assert (short.scope, short.available) == (BudgetScope.QUEUED, 100)
    await store.database.write(submissions.mark_rendering, job.id, "request-1", NOW, NOW)
    assert isinstance(await reserve(store.database, a_job(2, cost=101), (), LIMITS), OrderPlaced)


async def test_a_stop_is_reported_once_however_many_movies_fail_after_it(store: StoreHarness) -> None:
    """What was at the API already may fail as well: the managers get one line all the same."""
    reported: list[bool] = []
    for number in range(1, 5):
        job = await store.rendering(a_job(number, cost=100))
        reported.append(
            await store.database.write(
                renders.fail_charged, job.id, EndReason.UPSTREAM_FAILED, None, NOW, RISK.failed_credits
            )
        )
    assert reported == [False, True, False, False]
    assert query(store.database.path, "SELECT action, amount FROM audit_log") == [
        {"action": AuditAction.FAILURES_STOPPED, "amount": 200}
    ]


def test_an_operator_may_lift_a_stop_in_all_servers(tmp_path: Path) -> None:
    async def story() -> list[int]:
        path = tmp_path / "movies.db"
        migrate(path)
        database = await Database.open(path)
        told = Story(database)
        for number in range(2):
            await told.step("order", (1, GUILDS[number]), 100)
            await told.step("start", 0, 0)
            await told.step("fail", 0, 0)
        month = limits.Month(2026, 11)
        sums = [await database.read(failures.failed_credits, 1, month)]
        for guild in (GUILDS[0], blocks.EVERYWHERE):
            by = AuditContext(0, guild)
            await database.write(blocks.unblock, 1, by=by, now=told.now, max_failed_credits=100)
            sums.append(await database.read(failures.failed_credits, 1, month))
        await database.close()
        return sums

    assert asyncio.run(story()) == [200, 100, 0]
