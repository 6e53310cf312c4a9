"""Random steps, with each bound computed without the bot's code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
from tests.helpers.ledger_checks import query
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
_MONTH, _MINE = "month = :month", "guild_id = :guild AND member_id = :member"
_NOT_WAIVED = """
month = :month AND member_id = :member AND created_at > COALESCE((
    SELECT waived_at FROM failure_waivers AS waived
    WHERE waived.guild_id = ledger_entries.guild_id AND waived.member_id = :member), -1)
"""

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
        open_jobs = query(self.database.path, "SELECT * FROM jobs WHERE finished_at IS NULL ORDER BY id")
        if not open_jobs:
            return
        job, write = open_jobs[pick % len(open_jobs)], self.database.write
        if job["state"] == JobState.QUEUED and name == "cancel":
            await write(job_actions.cancel, job["id"], job["member_id"])
        elif job["state"] == JobState.QUEUED and name == "start":
            for claimed, *_ in await write(submissions.claim, 1, 10, 10):
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
    order_limits = OrderLimits(tx, job)
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


class OrderLimits:
    """Every bound of one order, computed from the rows before it."""

    def __init__(self, tx: Transaction, order: Job) -> None:
        self._tx = tx
        self._order = order
        month = datetime.fromtimestamp(order.created_at / 1000, UTC).strftime("%Y-%m")
        self._params = {"guild": order.guild_id, "member": order.member_id, "month": month}

    def available(self, scope: BudgetScope) -> int:
        return max(0, dict(self._budgets())[scope.value])

    def exceeded(self) -> Iterator[str]:
        yield from (name for name, left in self._budgets() if self._order.price > left)
        if self._sum("1", "jobs", "finished_at IS NULL AND member_id = :member") >= RISK.open_jobs_per_member:
            yield "refusals-open-movies"
        if self._sum("1", "jobs", "finished_at IS NULL AND guild_id = :guild") >= RISK.open_jobs_per_server:
            yield "refusals-server-open-movies"
        if self._sum("upstream_charge", "ledger_entries", _NOT_WAIVED) >= RISK.failed_credits:
            yield "refusals-failures"
        sql = "SELECT finished_at FROM jobs WHERE member_id = :member AND state = 'cancelled'"
        if cool_down_until(self._tx.fetch_column(sql, self._params), self._order.created_at) is not None:
            yield "refusals-cooling-down"

    def _budgets(self) -> Iterator[tuple[str, int]]:
        granted = self._sum("extra", "ledger_entries", f"{_MINE} AND entry_type IN ('grant', 'adjust')")
        allowance = LIMITS.member - self._spent("allowance", f"{_MINE} AND {_MONTH}")
        yield BudgetScope.MEMBER.value, allowance + granted - self._spent("extra", _MINE)
        operator = self._limit("server_policies", "monthly_credits", LIMITS.server)
        manager = self._limit("quota_limits", "credits", operator)
        here = f"guild_id = :guild AND {_MONTH}"
        allowed = min(operator - max(0, self._charged(here)), manager)
        yield BudgetScope.SERVER.value, allowed - self._spent("allowance + extra", here)
        plan = LIMITS.plan - self._charged(_MONTH) - self._spent("allowance + extra", _MONTH)
        yield BudgetScope.PLAN.value, plan
        waiting = "state IN ('reserved', 'queued', 'submitting') AND member_id = :member"
        yield BudgetScope.QUEUED.value, RISK.queued_credits - self._sum("price_credits", "jobs", waiting)

    def _limit(self, table: str, column: str, otherwise: int | None) -> int:
        found = self._tx.fetch_column(f"SELECT {column} FROM {table} WHERE guild_id = :guild", self._params)
        limit = found[0] if found else otherwise
        assert limit is not None
        return limit

    def _spent(self, what: str, where: str) -> int:
        """Return what is used or held: holds, without what was released."""
        signed = f"CASE entry_type WHEN 'hold' THEN {what} WHEN 'release' THEN -({what}) ELSE 0 END"
        return self._sum(signed, "ledger_entries", where)

    def _charged(self, where: str) -> int:
        return self._sum("upstream_charge + charge_difference", "ledger_entries", where)

    def _sum(self, what: str, table: str, where: str) -> int:
        return self._tx.fetch_value(f"SELECT COALESCE(SUM({what}), 0) FROM {table} WHERE {where}", self._params)
