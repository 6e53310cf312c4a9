"""A state machine of members, managers, the worker and the operator on a real file, beside ledger_model.py."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from bot.core.errors import StorageError
from bot.domain.breaker import Outage
from bot.domain.credits import Limits, Month, Shortfall
from bot.domain.jobs import EndReason
from bot.domain.orders import OrderPlaced
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditEvent, LimitScope
from bot.services.privacy import read_balance
from data import blocks, breakers, budgets, gifts, job_actions, ledger, orders, reconciliation, renders, submissions
from data.engine.sqlite import SqliteDatabase
from data.policy import Policy
from tests.helpers import claims, migrated_file
from tests.helpers.clock import ManualClock, WithClock
from tests.helpers.giving import allow_gifts
from tests.helpers.ledger_checks import assert_ledger_consistent, jobs, one_connection
from tests.helpers.ledger_model import HOUR, LedgerModel, states
from tests.helpers.refusing import is_refused
from tests.helpers.reserving import reserve
from tests.helpers.state_machine import DatabaseMachine
from tests.helpers.store_harness import CATALOGUE, a_job

START = int(datetime(2026, 11, 28, 12, tzinfo=UTC).timestamp() * 1000)

GUILDS = st.sampled_from([1, 2])
MEMBERS = st.sampled_from([7, 8])
ROLES = st.sampled_from([(), (31,), (32,), (31, 32)])
LIMITS = st.one_of(st.none(), st.sampled_from([0, 100, 250, 600]))
AMOUNTS = st.sampled_from([1, 90, 400])
PICKS = st.integers(0, 12)


_CANCEL_SHARED = (
    "UPDATE jobs SET cancel_requested_at = :now WHERE id = :id AND state = 'rendering' AND pitch_id IS NOT NULL"
)
"""A rule of an earlier version: no member cancels a movie that several members paid for."""


class LedgerMachine(WithClock, DatabaseMachine):
    def __init__(self) -> None:
        super().__init__()
        self.path = self.folder / "movies.db"
        migrated_file.create(self.path)
        self.clock = ManualClock(START)
        self.numbers = 0
        self.model = LedgerModel(plan=1500, bot_default=600)
        self.database = self.do(SqliteDatabase.open(self.path, self.clock))
        self.database.policy = Policy(CATALOGUE, self.defaults)

    @property
    def defaults(self) -> Limits:
        return Limits(member=self.model.bot_default, plan=self.model.plan)

    @property
    def month(self) -> str:
        return datetime.fromtimestamp(self.now / 1000, UTC).strftime("%Y-%m")

    def picked(self, pick: int) -> str:
        ids = list(self.model.jobs)
        return ids[-1 - pick % len(ids)]

    def any_job(self) -> bool:
        return bool(self.model.jobs)

    # ── members ──────────────────────────────────────────────────────────────────────────────────────────────────

    @rule(guild=GUILDS, member=MEMBERS, roles=ROLES, cost=st.sampled_from([10, 100, 120, 300]))
    def order(self, guild: int, member: int, roles: tuple[int, ...], cost: int) -> None:
        """A hold is made exactly if it exceeds no limit. A refusal says how much would have fitted."""
        self.numbers += 1
        job = a_job(self.numbers, member, cost=cost, at=self.now, guild=guild)
        got = self.do(reserve(self.database, job, roles, self.defaults))
        if self.model.blocked(guild, member, self.now):
            assert is_refused(got, "refusals-blocked")
            return
        fits = self.model.hold(job.id, guild, member, self.month, cost, roles)
        if fits is None:
            assert isinstance(got, OrderPlaced), got
        else:
            assert isinstance(got, Shortfall), got
            assert (got.available, got.required) == (fits, cost)

    @rule(guild=GUILDS, member=MEMBERS, more=st.sampled_from([-1, 0, 1]))
    def order_to_the_last_credit(self, guild: int, member: int, more: int) -> None:
        """All remaining credits fit, and one credit more does not."""
        allowance, extra, plan, server = self.model.available(guild, member, self.month, ())
        fits = min(each for each in (allowance + extra, plan, server) if each is not None)
        self.order(guild=guild, member=member, roles=(), cost=max(1, fits + more))

    @precondition(any_job)
    @rule(pick=PICKS, cost=st.sampled_from([10, 300]))
    def order_again(self, pick: int, cost: int) -> None:
        job = self.model.jobs[self.picked(pick)]
        interaction = next(row["interaction_id"] for row in jobs(self.path) if row["id"] == self.picked(pick))
        new = a_job(self.numbers + 1, job.member, cost=cost, at=self.now, guild=job.guild)
        again = replace(new, interaction_id=interaction)
        got = self.do(reserve(self.database, again, (), self.defaults))
        blocked = self.model.blocked(job.guild, job.member, self.now)
        assert is_refused(got, "refusals-blocked") if blocked else got is None

    @precondition(any_job)
    @rule(pick=PICKS)
    def answer(self, pick: int) -> None:
        job_id = self.picked(pick)
        got = self.do(self.database.write(orders.enqueue, job_id, 77))
        assert got == (self.model.jobs[job_id].state == "awaiting_approval" or self.model.move(job_id, "enqueue"))

    @rule(guild=GUILDS, member=MEMBERS, roles=ROLES)
    def look(self, guild: int, member: int, roles: tuple[int, ...]) -> None:
        self.database.policy = Policy(CATALOGUE, self.defaults)
        balance = self.do(read_balance(self.database, guild, member, roles))
        server = None if balance.server is None else balance.server.available
        shown = (balance.allowance.available, balance.extra.available, balance.plan.available, server)
        assert shown == self.model.available(guild, member, self.month, roles)

    # ── the worker ───────────────────────────────────────────────────────────────────────────────────────────────

    @rule()
    def claim(self) -> None:
        self.do(self.database.write(breakers.reset))
        self.do(self.database.write(submissions.claim, 1000, 1000, 1000))
        for job_id in states(self.model)["queued"]:
            self.model.move(job_id, "submit")

    @precondition(any_job)
    @rule(
        pick=PICKS,
        how=st.sampled_from(["void", "accept", "requeue", "refuse", "lose", "find", "complete", "resolve"]),
    )
    def move(self, pick: int, how: str) -> None:
        self.moved(self.picked(pick), how, upstream_charged=False)

    @precondition(any_job)
    @rule(pick=PICKS, how=st.sampled_from(["fail", "resolve"]), upstream_charged=st.booleans())
    def end(self, pick: int, how: str, *, upstream_charged: bool) -> None:
        """A failed movie costs the member and the server nothing. The API's charge still counts for the plan."""
        self.moved(self.picked(pick), how, upstream_charged=upstream_charged)

    @rule(
        guild=GUILDS,
        member=MEMBERS,
        cost=st.sampled_from([100, 120, 300]),
        how=st.sampled_from(["complete", "complete", "fail"]),
        upstream_charged=st.booleans(),
    )
    def whole_way(self, guild: int, member: int, cost: int, how: str, *, upstream_charged: bool) -> None:
        before = len(self.model.jobs)
        self.order(guild=guild, member=member, roles=(), cost=cost)
        if len(self.model.jobs) == before:
            return
        job_id = self.picked(0)
        self.answer(pick=0)
        self.claim()
        self.moved(job_id, "accept", upstream_charged=False)
        self.moved(job_id, how, upstream_charged=upstream_charged)

    @precondition(any_job)
    @rule(pick=PICKS, charged=st.one_of(st.none(), st.integers(0, 400)))
    def cancel(self, pick: int, charged: int | None) -> None:
        """A cancelled movie costs what the API charged, at most its price."""
        self.moved(self.picked(pick), "cancel", upstream_charged=False, charged=charged)

    @rule(guild=GUILDS, member=MEMBERS, credits=AMOUNTS, share=st.floats(0, 1.2))
    def cancelled_with_extra_credits(self, guild: int, member: int, credits: int, share: float) -> None:
        self.grant(guild=guild, member=member, credits=credits)
        before = len(self.model.jobs)
        self.order_to_the_last_credit(guild=guild, member=member, more=0)
        if len(self.model.jobs) == before:
            return
        job_id = self.picked(0)
        job = self.model.jobs[job_id]
        self.answer(pick=0)
        self.claim()
        self.moved(job_id, "accept", upstream_charged=False)
        self.moved(job_id, "cancel", upstream_charged=False, charged=int(share * job.price))

    def moved(self, job_id: str, how: str, *, upstream_charged: bool, charged: int | None = None) -> None:
        change = AuditEvent(AuditContext(SYSTEM_ACTOR_ID, 1), AuditAction.JOB_RESOLVED, 0, None)
        calls: dict[str, Callable[[], Awaitable[object]]] = {
            "void": lambda: self.database.write(orders.void, job_id, notify=True),
            "accept": lambda: self.database.write(submissions.mark_rendering, job_id, f"r-{job_id}", self.now),
            "requeue": lambda: self.database.write(claims.requeue, job_id, self.now, 1),
            "refuse": lambda: self.database.write(
                submissions.refuse, job_id, EndReason.RATE_LIMITED, None, Outage.RATE_LIMITED
            ),
            "lose": lambda: self.database.write(submissions.mark_unknown, job_id),
            "find": lambda: self.database.write(renders.attach_request_id, job_id, f"r-{job_id}", self.now, change),
            "complete": lambda: self.database.write(renders.complete, job_id, "https://movies.test/1.mp4"),
            "fail": lambda: self.database.write(
                renders.fail, job_id, EndReason.UPSTREAM_FAILED, None, upstream_charged=upstream_charged
            ),
            "resolve": lambda: self.database.write(
                renders.resolve_failed, job_id, change, upstream_charged=upstream_charged
            ),
            "cancel": lambda: self.database.write(renders.end_cancelled, job_id, charged),
        }
        if how == "cancel":
            member = self.model.jobs[job_id].member
            asked = self.do(self.database.write(job_actions.request_cancel, job_id, member))
            shared = {"id": job_id, "now": self.now}
            forced = self.do(self.database.write(lambda tx: tx.execute(_CANCEL_SHARED, shared)))
            assert asked is None or forced == 0
        assert bool(self.do(calls[how]())) == self.model.move(
            job_id, how, upstream_charged=upstream_charged, charged=charged
        )

    @precondition(any_job)
    @rule(pick=PICKS, upstream_charged=st.booleans(), capture=st.booleans())
    def resolve_twice(self, pick: int, *, upstream_charged: bool, capture: bool) -> None:
        job_id = self.picked(pick)
        if self.model.jobs[job_id].state not in ("completed", "failed", "cancelled"):
            return
        work = (
            (lambda tx: ledger.capture(tx, job_id))
            if capture
            else (lambda tx: ledger.release(tx, job_id, upstream_charged=upstream_charged))
        )
        with pytest.raises((StorageError, LookupError)):
            self.do(self.database.write(work))

    # ── those who run the server, and the operator ───────────────────────────────────────────────────────────────

    @rule(guild=GUILDS, member=MEMBERS, credits=AMOUNTS)
    def grant(self, guild: int, member: int, credits: int) -> None:
        self.do(self.database.write(gifts.grant, member, credits, by=AuditContext(5, guild, "a prize")))
        self.model.granted["extra", guild, member, ""] += credits

    @rule(guild=GUILDS, member=MEMBERS, more=st.sampled_from([-1, 0, 1]))
    def take(self, guild: int, member: int, more: int) -> None:
        """Only what is neither spent nor held can be revoked; the refusal says how much could be."""
        left = self.model.extra_left(guild, member)
        credits = max(1, left + more)
        refused = self.do(self.database.write(gifts.revoke, member, credits, by=AuditContext(5, guild, "a mistake")))
        assert refused == (left if credits > left else None)
        if refused is None:
            self.model.granted["extra", guild, member, ""] -= credits

    @rule(guild=GUILDS, credits=LIMITS)
    def bound_gifts(self, guild: int, credits: int | None) -> None:
        if self.model.gift_bounds.get(guild) != (credits or None):
            self.do(allow_gifts(self.database, guild, credits or None, self.now))
            self.model.gift_bounds[guild] = credits or None

    @rule(guild=GUILDS, giver=MEMBERS, recipient=MEMBERS, more=st.sampled_from([-50, 0, 1]))
    def give(self, guild: int, giver: int, recipient: int, more: int) -> None:
        credits = max(1, self.model.extra_left(guild, giver) + more)
        by = AuditContext(giver, guild)
        refused = self.do(self.database.write(gifts.give, recipient, credits, channel_id=20, by=by))
        expected = self.model.give(guild, giver, recipient, credits, self.now)
        assert (refused and (refused.code, refused.data.get("credits", 0))) == expected

    @rule(guild=GUILDS, member=MEMBERS, credits=AMOUNTS)
    def prize_held_and_taken(self, guild: int, member: int, credits: int) -> None:
        self.grant(guild=guild, member=member, credits=credits)
        self.order_to_the_last_credit(guild=guild, member=member, more=0)
        self.take(guild=guild, member=member, more=1)

    @rule(guild=GUILDS, member=MEMBERS)
    def reset(self, guild: int, member: int) -> None:
        """This month's use goes back to zero. Held credits stay held, and server and plan keep their counts."""
        key = ("member", guild, member, self.month)
        reset = self.do(self.database.write(gifts.reset_usage, member, by=AuditContext(5, guild)))
        assert reset == self.model.used[key]
        self.model.used[key] = 0

    async def _limit(self, guild: int, scope: LimitScope, subject: int, credits: int | None) -> None:
        if credits is None:
            await self.database.write(budgets.clear_limit, scope, subject, by=AuditContext(5, guild))
        else:
            await self.database.write(budgets.set_limit, scope, subject, credits, by=AuditContext(5, guild))

    @rule(guild=GUILDS, scope=st.sampled_from([LimitScope.DEFAULT, LimitScope.SERVER]), credits=LIMITS)
    def limit_server(self, guild: int, scope: LimitScope, credits: int | None) -> None:
        self.do(self._limit(guild, scope, 0, credits))
        self.model.set_limit(guild, scope, 0, credits)

    @rule(guild=GUILDS, member=MEMBERS, credits=LIMITS)
    def limit_member(self, guild: int, member: int, credits: int | None) -> None:
        self.do(self._limit(guild, LimitScope.MEMBER, member, credits))
        self.model.set_limit(guild, "member", member, credits)

    @rule(guild=GUILDS, role=st.sampled_from([31, 32]), credits=LIMITS)
    def limit_role(self, guild: int, role: int, credits: int | None) -> None:
        self.do(self._limit(guild, LimitScope.ROLE, role, credits))
        self.model.set_limit(guild, "role", role, credits)

    @rule(plan=st.sampled_from([0, 300, 1500]), bot_default=st.sampled_from([0, 600]))
    def restart_with(self, plan: int, bot_default: int) -> None:
        self.model.plan, self.model.bot_default = plan, bot_default

    @rule(guild=GUILDS, member=MEMBERS, hours=st.sampled_from([None, 1, 48]))
    def block(self, guild: int, member: int, hours: int | None) -> None:
        got = self.do(self.database.write(blocks.block, member, hours, by=AuditContext(5, guild, "spam")))
        self.model.blocks[guild, member] = None if hours is None else self.now + hours * HOUR
        assert got.until == self.model.blocks[guild, member]

    @rule(guild=GUILDS, member=MEMBERS)
    def unblock(self, guild: int, member: int) -> None:
        assert self.do(self.database.write(blocks.unblock, member, by=AuditContext(5, guild))) == self.model.blocked(
            guild, member, self.now
        )
        self.model.blocks.pop((guild, member), None)

    @rule(hours=st.sampled_from([1, 24, 24 * 20]))
    def later(self, hours: int) -> None:
        self.now += hours * HOUR

    @rule(
        guild=GUILDS,
        member=MEMBERS,
        cost=st.sampled_from([100, 120, 300]),
        how=st.sampled_from(["complete", "fail", "void"]),
        upstream_charged=st.booleans(),
    )
    def across_the_end_of_a_month(
        self, guild: int, member: int, cost: int, how: str, *, upstream_charged: bool
    ) -> None:
        """A movie ordered in a month's last millisecond counts for that month."""
        self.now = Month.containing(self.now).ends_at - 1
        before = len(self.model.jobs)
        self.order(guild=guild, member=member, roles=(), cost=cost)
        first = self.picked(0) if len(self.model.jobs) > before else None
        if first is not None and how != "void":
            self.answer(pick=0)
        self.now += 1
        self.order(guild=guild, member=member, roles=(), cost=cost)
        self.look(guild=guild, member=member, roles=())
        if first is None:
            return
        if how != "void":
            self.claim()
            self.moved(first, "accept", upstream_charged=False)
        self.moved(first, how, upstream_charged=upstream_charged and how == "fail")
        self.look(guild=guild, member=member, roles=())

    # ── always ───────────────────────────────────────────────────────────────────────────────────────────────────

    @invariant()
    def the_books_are_right(self) -> None:
        with one_connection(self.path):
            totals = assert_ledger_consistent(self.path)
            found = {job["id"]: job["state"] for job in jobs(self.path)}
        assert totals == self.model.totals()
        assert found == {job_id: job.state for job_id, job in self.model.jobs.items()}
        assert self.do(self.database.read(reconciliation.find_discrepancies)) == ()
