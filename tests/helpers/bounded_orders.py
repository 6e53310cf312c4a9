"""Random steps, with each bound computed without the bot's code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from bot.domain.credits import BudgetScope, Limits, Month, Shortfall
from bot.domain.jobs import EndReason, Job, JobState
from bot.domain.orders import OrderPlaced
from bot.domain.quota import AuditContext, LimitScope
from bot.domain.refusal import Refused
from bot.domain.risk import COOL_DOWN_MS, RiskLimits, cool_down_until
from data import blocks, budgets, gifts, job_actions, orders, renders, server_policies, submissions
from data.database import Transaction
from data.engine.sqlite import SqliteDatabase
from tests.helpers.at_time import under
from tests.helpers.clock import WithClock, clock_of
from tests.helpers.ledger_checks import Row, query
from tests.helpers.reserving import create_job
from tests.helpers.store_harness import a_job

RISK = RiskLimits(open_jobs_per_member=3, open_jobs_per_server=4, queued_credits=300, failed_credits=200)
LIMITS = Limits(member=600, plan=1500, server=900, risk=RISK)
MEMBERS, GUILDS = (1, 2), (10, 20)

_PEOPLE = st.tuples(st.sampled_from(MEMBERS), st.sampled_from(GUILDS))
_ORDERS = st.tuples(st.just("order"), _PEOPLE, st.sampled_from([10, 60, 100, 150, 290]))
_FAILURES = st.tuples(st.just("order_and_fail"), _PEOPLE, st.sampled_from([100, 150]))
_DEAR = st.tuples(st.just("order_and_overcharge"), _PEOPLE, st.sampled_from([60, 150]))
_MOVES = st.tuples(st.sampled_from(["fail", "cancel", "start"]), st.integers(0, 5), st.just(0))
_ENDS = st.tuples(st.just("complete"), st.integers(0, 5), st.sampled_from([-60, 0, 0, 150]))
_DECISIONS = st.tuples(
    st.sampled_from(["grant", "manager", "operator", "waive", "wait", "end_of_month"]),
    _PEOPLE,
    st.sampled_from([0, 100, 250, 400, 2000]),
)
Step = tuple[str, Any, int]
"""A step's name, its target, and an amount."""

STEPS = st.lists(st.one_of(_ORDERS, _ORDERS, _FAILURES, _DEAR, _MOVES, _ENDS, _DECISIONS), min_size=10, max_size=30)


@dataclass
class Story(WithClock):
    """Carries out steps on a database file. `number` is that of its last job."""

    database: SqliteDatabase
    number: int = 0

    def __post_init__(self) -> None:
        self.clock = clock_of(self.database)

    async def step(self, name: str, subject: Any, amount: int) -> None:
        self.now += 1000
        if name in ("order", "order_and_fail", "order_and_overcharge"):
            member, guild = subject
            await self._order(member, guild, amount)
            if name == "order_and_fail":
                await self._move("start", 0)
                await self._move("fail", 0)
            elif name == "order_and_overcharge":
                await self._move("start", 0)
                await self._move("complete", 0, 400)
        elif name in ("complete", "fail", "cancel", "start"):
            await self._move(name, subject, amount)
        elif name == "wait":
            self.now += COOL_DOWN_MS // 2
        elif name == "end_of_month":  # the next step is in its last millisecond, the one after it in the next month
            self.now = Month.containing(self.now).ends_at - 1001
        else:
            member, guild = subject
            await self._decide(name, member, guild, amount)

    async def _decide(self, name: str, member: int, guild: int, amount: int) -> None:
        by, write = AuditContext(99, guild, "why"), self.database.write
        if name == "grant" and amount:
            await write(gifts.grant, member, amount, by=by)
        elif name == "manager":
            await write(budgets.set_limit, LimitScope.SERVER, 0, amount, by=by)
        elif name == "operator":
            await write(server_policies.set_monthly_credits, guild, amount)
        elif name == "waive":
            await write(under(blocks.unblock, failed=RISK.failed_credits), member, by=by)

    async def _move(self, name: str, pick: int, above_price: int = 0) -> None:
        open_jobs = query(
            self.database.path,
            "SELECT id, member_id, state, price_credits FROM jobs WHERE finished_at IS NULL ORDER BY id",
        )
        if not open_jobs:
            return
        job, write = open_jobs[pick % len(open_jobs)], self.database.write
        if job["state"] == JobState.QUEUED and name == "cancel":
            await write(job_actions.cancel, job["id"], job["member_id"])
        elif job["state"] == JobState.QUEUED and name == "start":
            for claimed, _ in await write(submissions.claim, 1, 10, 10):
                await write(submissions.mark_rendering, claimed.id, f"request-{claimed.id}", self.now)
        elif job["state"] == JobState.RENDERING and name == "complete":
            charged = max(1, job["price_credits"] + above_price)
            await write(renders.complete, job["id"], "https://movies.test/a.mp4", None, charged)
        elif job["state"] == JobState.RENDERING and name == "fail":
            await write(
                under(renders.fail_charged, failed=RISK.failed_credits), job["id"], EndReason.UPSTREAM_FAILED, None
            )

    async def _order(self, member: int, guild: int, cost: int) -> None:
        self.number += 1
        job = a_job(self.number, member, guild=guild, cost=cost, at=self.now)
        if await self.database.write(_order_within_bounds, job):
            assert await self.database.write(orders.enqueue, job.id, 1)


def _order_within_bounds(tx: Transaction, job: Job) -> bool:
    order_limits = OrderLimits(lambda sql: [dict(row) for row in tx.fetch_all(sql)], job)
    exceeded = set(order_limits.exceeded())
    placed = create_job(tx, job, (), LIMITS)
    if isinstance(placed, OrderPlaced):
        assert not exceeded, f"an order exceeded a bound: {exceeded}"
        return True
    match placed:
        case Refused(reason):
            assert reason in exceeded, reason
        case Shortfall() as short:
            scopes = {BudgetScope.EXTRA: BudgetScope.MEMBER}
            assert scopes.get(short.scope, short.scope).value in exceeded, short
            assert short.available == order_limits.available(short.scope)
        case other:
            raise AssertionError(other)
    return False


@dataclass
class OrderLimits:
    """Every bound of one order, computed from the rows before it. `fetch` runs a query."""

    fetch: Callable[[str], list[Row]]
    order: Job
    _rows: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])

    def __post_init__(self) -> None:
        for table in ("ledger_entries", "jobs", "failure_waivers", "quota_limits", "server_policies"):
            self._rows[table] = self.fetch(f"SELECT * FROM {table}")
        self._month = datetime.fromtimestamp(self.order.created_at / 1000, UTC).strftime("%Y-%m")
        self._entries = [row for row in self._rows["ledger_entries"] if row["month"] == self._month]

    def available(self, scope: BudgetScope) -> int:
        return max(0, dict(self._budgets())[scope.value])

    def exceeded(self) -> Iterator[str]:
        yield from (name for name, left in self._budgets() if self.order.price > left)
        open_jobs = [job for job in self._rows["jobs"] if job["finished_at"] is None]
        if sum(job["member_id"] == self.order.member_id for job in open_jobs) >= RISK.open_jobs_per_member:
            yield "refusals-open-movies"
        if sum(job["guild_id"] == self.order.guild_id for job in open_jobs) >= RISK.open_jobs_per_server:
            yield "refusals-server-open-movies"
        if self._failed() >= RISK.failed_credits:
            yield "refusals-failures"
        cancelled = [
            job["finished_at"]
            for job in self._rows["jobs"]
            if job["member_id"] == self.order.member_id and job["state"] == JobState.CANCELLED
        ]
        if cool_down_until(cancelled, self.order.created_at) is not None:
            yield "refusals-cooling-down"

    def _budgets(self) -> Iterator[tuple[str, int]]:
        guild = self.order.guild_id
        here = [row for row in self._entries if row["guild_id"] == guild]
        mine = [row for row in here if row["member_id"] == self.order.member_id]
        ever = [
            row
            for row in self._rows["ledger_entries"]
            if (row["guild_id"], row["member_id"]) == (guild, self.order.member_id)
        ]
        granted = sum(row["extra"] for row in ever if row["entry_type"] in ("grant", "adjust"))
        allowance, extra = LIMITS.member - _spent(mine, "allowance"), granted - _spent(ever, "extra")
        yield BudgetScope.MEMBER.value, allowance + extra
        operator = self._limit("server_policies", "monthly_credits", LIMITS.server)
        manager = self._limit("quota_limits", "credits", operator)
        spent = _spent(here, "allowance") + _spent(here, "extra")
        yield BudgetScope.SERVER.value, min(operator - max(0, _charged(here)), manager) - spent
        everywhere = _spent(self._entries, "allowance") + _spent(self._entries, "extra")
        yield BudgetScope.PLAN.value, LIMITS.plan - everywhere - _charged(self._entries)
        waiting = [job for job in self._rows["jobs"] if job["state"] in ("reserved", "queued", "submitting")]
        queued = sum(job["price_credits"] for job in waiting if job["member_id"] == self.order.member_id)
        yield BudgetScope.QUEUED.value, RISK.queued_credits - queued

    def _limit(self, table: str, column: str, otherwise: int | None) -> int:
        found = next((row[column] for row in self._rows[table] if row["guild_id"] == self.order.guild_id), otherwise)
        assert found is not None
        return found

    def _failed(self) -> int:
        mine = [row for row in self._entries if row["member_id"] == self.order.member_id]
        waivers = [row for row in self._rows["failure_waivers"] if row["member_id"] == self.order.member_id]
        waived = {row["guild_id"]: row["waived_at"] for row in waivers}
        return sum(row["upstream_charge"] for row in mine if row["created_at"] > waived.get(row["guild_id"], -1))


def _spent(rows: list[Row], column: str) -> int:
    """Return what is used or held: holds, without what was released."""
    return sum(row[column] for row in rows if row["entry_type"] == "hold") - sum(
        row[column] for row in rows if row["entry_type"] == "release"
    )


def _charged(rows: list[Row]) -> int:
    return sum(row["upstream_charge"] + row["charge_difference"] for row in rows)
