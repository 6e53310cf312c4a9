"""A state machine of members, managers, staff, the worker and the operator, beside ledger_model.py.

Pitches are on two database connections, as through two processes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from bot.domain.approvals import APPROVAL_TTL_MS
from bot.domain.breaker import Outage
from bot.domain.credits import Limits, Month, Shortfall
from bot.domain.jobs import Approval, EndReason
from bot.domain.orders import Order, OrderContext, OrderPlaced
from bot.domain.pitches import Pitch, PitchEndReason, Pledged
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditEvent, LimitScope
from bot.domain.refusal import Refused
from bot.domain.request import Draft
from bot.domain.upstream import believable_charge
from bot.services.privacy import read_balance
from data import (
    approvals,
    blocks,
    breakers,
    budgets,
    departed_servers,
    gifts,
    job_actions,
    orders,
    pitch_ends,
    pitches,
    pledging,
    reconciliation,
    renders,
    submissions,
)
from data.engine.sqlite import SqliteDatabase
from data.policy import Policy
from tests.helpers import claims, migrated_file
from tests.helpers.clock import ManualClock, WithClock
from tests.helpers.giving import allow_gifts
from tests.helpers.ledger_checks import assert_ledger_consistent, jobs, one_connection, query
from tests.helpers.ledger_model import DAY, HOUR, NO_BOUNDS, Bounds, LedgerModel, ModelPitch, PitchModel, states
from tests.helpers.refusing import is_refused
from tests.helpers.reserving import reserve
from tests.helpers.state_machine import DatabaseMachine
from tests.helpers.store_harness import CATALOGUE, a_job

T = TypeVar("T")

START = int(datetime(2026, 11, 28, 12, tzinfo=UTC).timestamp() * 1000)

GUILDS = st.sampled_from([1, 2])
MEMBERS = st.sampled_from([7, 8])
ROLES = st.sampled_from([(), (31,), (32,), (31, 32)])
LIMITS = st.one_of(st.none(), st.sampled_from([0, 100, 250, 600]))
AMOUNTS = st.sampled_from([1, 90, 400])
PICKS = st.integers(0, 12)
PROCESSES = st.booleans()
PRICES = st.sampled_from([60, 120, 300])
PLEDGES = st.sampled_from([None, 10, 50, 120])

_PLEDGED = """
SELECT pitch_id, member_id, allowance, extra FROM pledges WHERE state = 'open'
UNION ALL SELECT pitch_id, member_id, allowance, extra FROM ledger_entries
WHERE entry_type = 'hold' AND pitch_id IS NOT NULL
"""
"""Who pledged what: to open pitches, and to those that were funded."""

_CANCEL_SHARED = (
    "UPDATE jobs SET cancel_requested_at = :now WHERE id = :id AND state = 'rendering' AND pitch_id IS NOT NULL"
)
"""Only the storyboard of a movie that several members paid for is stopped, by who made the pitch."""

_STOP_AT = (
    "UPDATE jobs SET stop_credits = CASE WHEN price_credits < :shown THEN price_credits ELSE :shown END"
    " WHERE id = :id AND state = 'rendering'"
)

_MAKE_CAPPED = "UPDATE jobs SET operation = 'film', source_ids = 'a b' WHERE id = :id AND state = 'rendering'"
"""Whatever was ordered becomes something whose price is the most that it costs."""

ENDS = ("complete", "fail", "resolve", "cancel")
CHARGED = st.none() | st.integers(0, 400)
BOUNDS = st.builds(
    Bounds,
    capped=st.booleans(),
    shown=st.none() | st.sampled_from([0, 1, 40, 100]),
    upstream_charged=st.booleans(),
)
"""What members were shown that it costs to stop a storyboard is None where staff did not let them see it."""


class PitchMachine(WithClock, DatabaseMachine):
    def __init__(self) -> None:
        super().__init__()
        self.path = self.folder / "movies.db"
        migrated_file.create(self.path)
        self.clock = ManualClock(START)
        self.numbers = 0
        self.model = LedgerModel(plan=1500, bot_default=600)
        self.database = self.do(SqliteDatabase.open(self.path, self.clock))
        self.second = self.do(SqliteDatabase.open(self.path, self.clock))
        self.pitch_model = PitchModel(self.model)

    def teardown(self) -> None:
        self.do(self.second.close())
        super().teardown()

    def write(self, function: Callable[..., T], *args: Any, second: bool = False, **kwargs: Any) -> T:
        database = self.second if second else self.database
        database.policy = Policy(CATALOGUE, self.defaults)
        return self.do(database.write(function, *args, **kwargs))

    def read(self, function: Callable[..., T], *args: Any) -> T:
        return self.do(self.database.read(function, *args))

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

    @rule(guild=GUILDS, member=MEMBERS, roles=ROLES, cost=st.sampled_from([0, 10, 100, 120, 300]))
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
        self.order(guild=guild, member=member, roles=(), cost=max(0, fits + more))

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
        got = self.write(orders.enqueue, job_id, 77)
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
        self.write(breakers.reset)
        self.write(submissions.claim, 1000, 1000, 1000)
        for job_id in states(self.model)["queued"]:
            self.model.move(job_id, "submit")

    @precondition(any_job)
    @rule(
        pick=PICKS,
        how=st.sampled_from(["void", "accept", "requeue", "refuse", "lose", "find", *ENDS]),
        charged=CHARGED,
        bounds=BOUNDS,
    )
    def move(self, pick: int, how: str, charged: int | None, bounds: Bounds) -> None:
        """A failed movie costs its members nothing, a cancelled one at most its price, or what they were shown."""
        self.moved(self.picked(pick), how, charged, bounds)

    @rule(
        guild=GUILDS,
        member=MEMBERS,
        bonus=st.none() | AMOUNTS,
        cost=st.none() | st.sampled_from([0, 100, 120, 300]),
        how=st.sampled_from(["complete", *ENDS]),
        charged=CHARGED,
        bounds=BOUNDS,
    )
    def whole_way(
        self,
        guild: int,
        member: int,
        bonus: int | None,
        cost: int | None,
        how: str,
        charged: int | None,
        bounds: Bounds,
    ) -> None:
        """Without a cost, it takes all that is left."""
        before = len(self.model.jobs)
        if bonus is not None:
            self.grant(guild=guild, member=member, credits=bonus)
        if cost is None:
            self.order_to_the_last_credit(guild=guild, member=member, more=0)
        else:
            self.order(guild=guild, member=member, roles=(), cost=cost)
        if len(self.model.jobs) > before:
            self.answer(pick=0)
            self.rendered(self.picked(0), how, charged, bounds)

    def rendered(self, job_id: str, how: str, charged: int | None = None, bounds: Bounds = NO_BOUNDS) -> None:
        self.claim()
        self.moved(job_id, "accept")
        self.moved(job_id, how, charged, bounds)

    def moved(self, job_id: str, how: str, charged: int | None = None, bounds: Bounds = NO_BOUNDS) -> None:
        charged = None if how == "resolve" else believable_charge(charged, self.model.jobs[job_id].price)
        change = AuditEvent(AuditContext(SYSTEM_ACTOR_ID, 1), AuditAction.JOB_RESOLVED, 0, None)
        charge = {"upstream_charged": bounds.upstream_charged}
        calls = {
            "void": partial(self.write, orders.void, job_id, notify=True),
            "accept": partial(self.write, submissions.mark_rendering, job_id, f"r-{job_id}", self.now),
            "requeue": partial(self.write, claims.requeue, job_id, self.now, 1),
            "refuse": partial(
                self.write, submissions.refuse, job_id, EndReason.RATE_LIMITED, None, Outage.RATE_LIMITED
            ),
            "lose": partial(self.write, submissions.mark_unknown, job_id),
            "find": partial(self.write, renders.attach_request_id, job_id, f"r-{job_id}", self.now, change),
            "complete": partial(self.write, renders.complete, job_id, "https://movies.test/1.mp4", None, charged),
            "fail": partial(
                self.write, renders.fail, job_id, EndReason.UPSTREAM_FAILED, None, charged=charged, **charge
            ),
            "resolve": partial(self.write, renders.resolve_failed, job_id, change, **charge),
            "cancel": partial(self.write, renders.end_cancelled, job_id, charged),
        }
        if how == "cancel":
            member = self.model.jobs[job_id].member
            asked = self.write(job_actions.request_cancel, job_id, member)
            shared = {"id": job_id, "now": self.now}
            forced = self.write(lambda tx: tx.execute(_CANCEL_SHARED, shared))
            assert asked is None or forced == 0
            stopped = {"id": job_id, "shown": bounds.shown}
            self.write(lambda tx: tx.execute(_STOP_AT, stopped))
        elif bounds.capped and how in ENDS:
            self.write(lambda tx: tx.execute(_MAKE_CAPPED, {"id": job_id}))
        moved = self.model.move(job_id, how, charged, bounds)
        assert bool(calls[how]()) == moved
        if how == "resolve" and moved:
            self.model.replace_lapsed(self.model.jobs[job_id], self.month)

    # ── those who run the server, and the operator ───────────────────────────────────────────────────────────────

    @rule(guild=GUILDS, member=MEMBERS, credits=AMOUNTS)
    def grant(self, guild: int, member: int, credits: int) -> None:
        self.write(gifts.grant, member, credits, by=AuditContext(5, guild, "a prize"))
        self.model.granted["extra", guild, member, ""] += credits

    @rule(guild=GUILDS, member=MEMBERS, more=st.sampled_from([-1, 0, 1]))
    def take(self, guild: int, member: int, more: int) -> None:
        """Only what is neither spent nor held can be revoked; the refusal says how much could be."""
        left = self.model.extra_left(guild, member)
        credits = max(1, left + more)
        taken = self.write(gifts.revoke, member, credits, by=AuditContext(5, guild, "a mistake"))
        if isinstance(taken, Refused):
            assert (taken.data["credits"], credits > left) == (left, True)
        else:
            assert credits <= left
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
        refused = self.write(gifts.give, recipient, credits, channel_id=20, by=by)
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
        reset = self.write(gifts.reset_usage, member, by=AuditContext(5, guild))
        assert (0 if isinstance(reset, Refused) else reset.credits) == self.model.used[key]
        self.model.used[key] = 0

    def _limit(self, guild: int, scope: LimitScope, subject: int, credits: int | None) -> None:
        if credits is None:
            self.write(budgets.clear_limit, scope, subject, by=AuditContext(5, guild))
        else:
            self.write(budgets.set_limit, scope, subject, credits, by=AuditContext(5, guild))
        self.model.set_limit(guild, scope, subject, credits)

    @rule(guild=GUILDS, scope=st.sampled_from([LimitScope.DEFAULT, LimitScope.SERVER]), credits=LIMITS)
    def limit_server(self, guild: int, scope: LimitScope, credits: int | None) -> None:
        self._limit(guild, scope, 0, credits)

    @rule(guild=GUILDS, member=MEMBERS, credits=LIMITS)
    def limit_member(self, guild: int, member: int, credits: int | None) -> None:
        self._limit(guild, LimitScope.MEMBER, member, credits)

    @rule(guild=GUILDS, role=st.sampled_from([31, 32]), credits=LIMITS)
    def limit_role(self, guild: int, role: int, credits: int | None) -> None:
        self._limit(guild, LimitScope.ROLE, role, credits)

    @rule(plan=st.sampled_from([0, 300, 1500]), bot_default=st.sampled_from([0, 600]))
    def restart_with(self, plan: int, bot_default: int) -> None:
        self.model.plan, self.model.bot_default = plan, bot_default

    @rule(guild=GUILDS, member=MEMBERS, hours=st.sampled_from([None, 1, 48]))
    def block(self, guild: int, member: int, hours: int | None) -> None:
        self.write(blocks.block, member, hours, by=AuditContext(5, guild, "spam"))
        self.model.blocks[guild, member] = None if hours is None else self.now + hours * HOUR

    @rule(guild=GUILDS, member=MEMBERS)
    def unblock(self, guild: int, member: int) -> None:
        lifted = self.write(blocks.unblock, member, by=AuditContext(5, guild))
        assert (lifted is not None) == self.model.blocked(guild, member, self.now)
        self.model.blocks.pop((guild, member), None)

    @rule(hours=st.sampled_from([1, 24, 24 * 20]))
    def later(self, hours: int) -> None:
        self.now += hours * HOUR

    @rule(
        guild=GUILDS,
        member=MEMBERS,
        cost=st.sampled_from([100, 120, 300]),
        how=st.sampled_from(["complete", "fail", "void", "resolve"]),
        bounds=BOUNDS,
    )
    def across_the_end_of_a_month(self, guild: int, member: int, cost: int, how: str, bounds: Bounds) -> None:
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
        if how == "void":
            self.moved(first, how)
        else:
            self.rendered(first, how, bounds=bounds)
        self.look(guild=guild, member=member, roles=())

    # ── the staff ─────────────────────────────────────────────────────────────────────────────────────────────────

    @precondition(any_job)
    @rule(pick=PICKS)
    def ask(self, pick: int) -> None:
        job_id = self.picked(pick)
        if not self.model.move(job_id, "ask"):
            return
        self.model.jobs[job_id].lapses_at = self.now + APPROVAL_TTL_MS
        required = {"id": job_id, "approval": Approval.REQUIRED.value}
        self.write(lambda tx: tx.execute("UPDATE jobs SET approval = :approval WHERE id = :id", required))
        assert self.write(orders.enqueue, job_id, 77)

    @precondition(any_job)
    @rule(pick=PICKS, how=st.sampled_from(["approve", "approve", "decline", "lapse", "withdraw"]))
    def decide(self, pick: int, how: str) -> None:
        job_id = self.picked(pick)
        job = self.model.jobs[job_id]
        by = AuditContext(5, job.guild)
        is_due = job.state == "awaiting_approval" and self.now >= job.lapses_at
        if how in ("approve", "decline"):
            manages = {"manages": True} if how == "approve" else {}
            decided = self.write(getattr(approvals, how), job_id, by=by, **manages)
            assert decided is not None
            refused = how == "approve" and self.model.blocked(job.guild, job.member, self.now)
            counted = not isinstance(decided, Refused) and decided.counted
            if is_due:
                assert not counted
                self.model.move(job_id, "lapse")
            else:
                assert counted == (not refused and self.model.move(job_id, how))
        elif how == "withdraw":
            cancelled = self.write(job_actions.cancel, job_id, job.member)
            assert (cancelled is not None) == self.model.move(job_id, how)
        elif is_due:
            assert job_id in self.read(approvals.overdue)
            assert self.write(approvals.lapse, job_id) == self.model.move(job_id, how)

    # ── always ───────────────────────────────────────────────────────────────────────────────────────────────────

    @invariant()
    def the_books_are_right(self) -> None:
        with one_connection(self.path):
            totals = assert_ledger_consistent(self.path)
            found = {job["id"]: job["state"] for job in jobs(self.path)}
        assert totals == self.model.totals()
        assert found == {job_id: job.state for job_id, job in self.model.jobs.items()}
        assert self.read(reconciliation.find_discrepancies) == ()

    # ── pitches ──────────────────────────────────────────────────────────────────────────────────────────────────

    def any_pitch(self) -> bool:
        return bool(self.pitch_model.pitches)

    def picked_pitch(self, pick: int) -> tuple[str, ModelPitch]:
        ids = [*self.pitch_model.pitches]
        pitch_id = ids[-1 - pick % min(len(ids), 3)]
        return pitch_id, self.pitch_model.pitches[pitch_id]

    def pressing(self, guild: int, member: int) -> OrderContext:
        self.numbers += 1
        return OrderContext(self.numbers, guild, 20, member)

    @rule(guild=GUILDS, member=MEMBERS, price=PRICES)
    def pitch(self, guild: int, member: int, price: int) -> None:
        """A block, the limits, or three open pitches prevent a new one."""
        draft = Draft(f"fox {self.numbers}", price // 10, "LUMA", "FLUX1.1PRO")
        made = self.write(pledging.pitch, Order(self.pressing(guild, member), draft))
        made_before = self.pitch_model.pitches.values()
        open_ones = [each for each in made_before if (each.guild, each.member) == (guild, member) and each.is_open]
        if self.model.blocked(guild, member, self.now):
            assert is_refused(made, "refusals-blocked")
        elif price > min(self.model.plan, self.model.limits.get((guild, "server", 0), price)):
            assert isinstance(made, Refused)
            assert made.code in ("pitch-never-fits-bot", "pitch-never-fits-server")
        elif len(open_ones) == 3:
            assert is_refused(made, "pitch-too-many")
        else:
            assert isinstance(made, Pitch), made
            self.pitch_model.pitches[made.id] = ModelPitch(guild, member, price, self.now + 7 * DAY)

    @precondition(any_pitch)
    @rule(pick=PICKS, member=MEMBERS, amount=PLEDGES, second=PROCESSES, twice=PROCESSES)
    def chip_in(self, pick: int, member: int, amount: int | None, *, second: bool, twice: bool) -> None:
        """A press holds exactly the amount, or none. The last missing credit funds the pitch or lets it wait."""
        pitch_id, pitch = self.picked_pitch(pick)
        context = self.pressing(pitch.guild, member)
        args = (context, pitch_id, amount)
        got = self.write(pledging.chip_in, *args, second=second)
        added = self._expect_chip_in(pitch, member, amount, got)
        if twice and added:
            assert self.write(pledging.chip_in, *args, second=not second) is None

    def _expect_chip_in(self, pitch: ModelPitch, member: int, amount: int | None, got: object) -> bool:
        self.pitch_model.touch(pitch, self.now, self.month)
        if not pitch.is_open or not pitch.missing:
            assert is_refused(got, ("pitch-complete" if pitch.is_open else "pitch-over")), got
            return False
        if self.model.blocked(pitch.guild, member, self.now):
            assert is_refused(got, "refusals-blocked"), got
            return False
        wanted = pitch.missing if amount is None else amount
        if wanted > pitch.missing:
            assert isinstance(got, Refused), got
            assert (got.code, got.data["missing"]) == ("pitch-too-much", pitch.missing)
            return False
        if not self.pitch_model.add(pitch, member, wanted, self.month, self.now):
            assert isinstance(got, Refused), got
            assert (got.code, got.data["price"]) == ("pitch-shortfall", wanted)
            return False
        assert isinstance(got, Pledged), got
        self._expect_funding(pitch, got.pitch)
        return True

    def _expect_funding(self, pitch: ModelPitch, found: Pitch) -> None:
        if not pitch.missing and not self.pitch_model.return_blocked(pitch, self.now):
            job = self.pitch_model.fund(pitch, self.now, self.month)
            if job is not None:
                assert found.job_id is not None
                self.model.jobs[found.job_id] = job
        assert (found.state, found.missing) == (pitch.state, pitch.missing), found

    @precondition(any_pitch)
    @rule(pick=PICKS, member=MEMBERS, second=PROCESSES, twice=PROCESSES)
    def take_pledge_back(self, pick: int, member: int, *, second: bool, twice: bool) -> None:
        pitch_id, pitch = self.picked_pitch(pick)
        context = self.pressing(pitch.guild, member)
        got = self.write(pledging.take_back, context, pitch_id, second=second)
        self.pitch_model.touch(pitch, self.now, self.month)
        returned = self.pitch_model.take_back(pitch, member) if pitch.is_open else 0
        if not returned:
            assert isinstance(got, Refused), got
            return
        assert isinstance(got, Pledged), got
        assert got.added == -returned
        if twice:
            assert self.write(pledging.take_back, context, pitch_id, second=not second) is None

    @precondition(any_pitch)
    @rule(pick=PICKS, how=st.sampled_from(["withdraw", "remove", "refuse"]), member=MEMBERS, second=PROCESSES)
    def end_pitch(self, pick: int, how: str, member: int, *, second: bool) -> None:
        pitch_id, pitch = self.picked_pitch(pick)
        if how == "withdraw":
            got = self.write(pitch_ends.withdraw, pitch_id, pitch.guild, member, second=second)
            if member != pitch.member:
                self.pitch_model.touch(pitch, self.now, self.month)
                assert is_refused(got, "pitch-not-yours" if pitch.is_open else "pitch-over")
                return
        elif how == "remove":
            got = self.write(pitch_ends.remove, pitch_id, by=AuditContext(5, pitch.guild), second=second)
        else:
            found = self.read(pitches.get, pitch_id)
            got = self.write(pitch_ends.end, found, PitchEndReason.NOT_OFFERED, second=second)
        if how != "refuse":
            self.pitch_model.touch(pitch, self.now, self.month)
        elif pitch.is_open:
            pitch.ends_at = self.now + 1
            self.pitch_model.touch(pitch, self.now, self.month)
        ended = self.pitch_model.end(pitch, "withdrawn" if how == "withdraw" else "removed")
        assert isinstance(got, Pitch) == (ended or how == "refuse"), got

    @rule(guild=GUILDS, second=PROCESSES)
    def leave_server(self, guild: int, *, second: bool) -> None:
        self.write(departed_servers.record_left, guild, second=second)
        for job_id, job in self.model.jobs.items():
            if job.guild == guild:
                self.model.move(job_id, "decline")
        for pitch in self.pitch_model.pitches.values():
            if pitch.guild == guild:
                self.pitch_model.touch(pitch, self.now, self.month)
                self.pitch_model.end(pitch, "removed")

    @rule(second=PROCESSES)
    def worker_looks_at_pitches(self, *, second: bool) -> None:
        for pitch_id in self.read(pitches.due, 100):
            pitch = self.pitch_model.pitches[pitch_id]
            self.write(pledging.run_due, pitch_id, second=second)
            self.pitch_model.touch(pitch, self.now, self.month)
            self._expect_funding(pitch, self.read(pitches.get, pitch_id))

    @rule(
        guild=GUILDS,
        first=MEMBERS,
        price=PRICES,
        hours=st.sampled_from([0, 24, 24 * 6, 24 * 8]),
        block=st.sampled_from([False, False, True]),
    )
    def pay_together(self, guild: int, first: int, price: int, hours: int, *, block: bool) -> None:
        self.paid_together(guild, first, price, hours, block=block)

    def paid_together(self, guild: int, first: int, price: int, hours: int, *, block: bool = False) -> bool:
        before = len(self.pitch_model.pitches)
        self.pitch(guild=guild, member=first, price=price)
        if len(self.pitch_model.pitches) == before:
            return False
        self.chip_in(pick=0, member=first, amount=50, second=False, twice=True)
        self.now += hours * HOUR
        self.worker_looks_at_pitches(second=True)
        if block:
            self.block(guild=guild, member=first, hours=1)
        self.chip_in(pick=0, member=15 - first, amount=None, second=True, twice=True)
        return self.picked_pitch(0)[1].state == "funded"

    @rule(
        guild=GUILDS,
        first=MEMBERS,
        price=PRICES,
        how=st.sampled_from(["complete", "fail", "cancel"]),
        share=st.none() | st.floats(0, 1.2),
        bonus=AMOUNTS,
        bounds=BOUNDS,
    )
    def whole_way_together(
        self, guild: int, first: int, price: int, how: str, share: float | None, bonus: int, bounds: Bounds
    ) -> None:
        self.now = Month.containing(self.now).ends_at - 1
        self.grant(guild=guild, member=first, credits=bonus)
        funded = self.paid_together(guild, first, price, 0)
        self.now += 1
        if funded:
            self.rendered(self.picked(0), how, None if share is None else int(share * price), bounds)

    @rule(guild=GUILDS, first=MEMBERS, price=PRICES, days=st.sampled_from([1, 7]), plan=st.sampled_from([0, 1500]))
    def wait_for_the_plan(self, guild: int, first: int, price: int, days: int, plan: int) -> None:
        before, self.model.plan = self.model.plan, max(price, self.model.plan)
        self.pitch(guild=guild, member=first, price=price)
        self.model.plan = 0
        if self.any_pitch():
            self.chip_in(pick=0, member=first, amount=None, second=False, twice=True)
        self.now += days * DAY
        self.model.plan = plan
        self.worker_looks_at_pitches(second=True)
        self.worker_looks_at_pitches(second=False)
        self.model.plan = before

    @rule(guild=GUILDS, first=MEMBERS, bonus=AMOUNTS, limit=st.sampled_from([40, 600]))
    def month_ends_over_a_pitch(self, guild: int, first: int, bonus: int, limit: int) -> None:
        self.grant(guild=guild, member=first, credits=bonus)
        self.limit_member(guild=guild, member=first, credits=limit)
        self.now = Month.containing(self.now).ends_at - DAY
        self.pitch(guild=guild, member=first, price=300)
        if not self.any_pitch():
            return
        for member, amount in ((first, 50), (15 - first, 10), (first, 50)):
            self.chip_in(pick=0, member=member, amount=amount, second=False, twice=False)
        self.now += DAY
        self.worker_looks_at_pitches(second=True)
        self.chip_in(pick=0, member=first, amount=10, second=False, twice=True)

    @invariant()
    def the_pitches_are_right(self) -> None:
        rows = query(self.path, "SELECT id, state, pledged, price_credits FROM pitches")
        assert {row["id"]: row["state"] for row in rows} == {
            pitch_id: pitch.state for pitch_id, pitch in self.pitch_model.pitches.items()
        }
        assert {row["id"]: row["price_credits"] - row["pledged"] for row in rows if row["state"] == "open"} == {
            pitch_id: pitch.missing for pitch_id, pitch in self.pitch_model.pitches.items() if pitch.state == "open"
        }
        pledges = query(self.path, _PLEDGED)
        assert {(row["pitch_id"], row["member_id"]): (row["allowance"], row["extra"]) for row in pledges} == {
            (pitch_id, member): (pledge.allowance, pledge.extra)
            for pitch_id, pitch in self.pitch_model.pitches.items()
            for member, pledge in pitch.pledges.items()
        }
