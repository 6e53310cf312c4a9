"""The ledger's state machine with pitches, on two database connections, as through two processes."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from bot.domain.credits import BudgetScope, Month, Shortfall
from bot.domain.orders import Order, OrderContext
from bot.domain.pitches import Pitch, PitchEndReason, Pledged
from bot.domain.quota import AuditContext
from bot.domain.refusal import Refused
from bot.domain.request import Draft
from data import departed_servers, pitch_ends, pitches, pledging
from data.engine.sqlite import SqliteDatabase
from data.policy import Policy
from tests.helpers.ledger_approvals import ApprovalMachine
from tests.helpers.ledger_checks import query
from tests.helpers.ledger_machine import GUILDS, MEMBERS, PICKS
from tests.helpers.ledger_model import HOUR
from tests.helpers.pitch_model import DAY, ModelPitch, PitchModel
from tests.helpers.refusing import is_refused
from tests.helpers.store_harness import CATALOGUE

PROCESSES = st.booleans()
PRICES = st.sampled_from([60, 120, 300])
BONUS = st.sampled_from([1, 90, 400])
AMOUNTS = st.sampled_from([None, 10, 50, 120])

_PLEDGED = """
SELECT pitch_id, member_id, allowance, extra FROM pledges WHERE state = 'open'
UNION ALL SELECT pitch_id, member_id, allowance, extra FROM ledger_entries
WHERE entry_type = 'hold' AND pitch_id IS NOT NULL
"""
"""Who pledged what: to open pitches, and to those that were funded."""


class PitchMachine(ApprovalMachine):
    def __init__(self) -> None:
        super().__init__()
        self.pitch_model = PitchModel(self.model)
        self.second = self.do(SqliteDatabase.open(self.path, self.clock))

    def teardown(self) -> None:
        self.do(self.second.close())
        super().teardown()

    def process(self, *, second: bool) -> SqliteDatabase:
        database = self.second if second else self.database
        assert isinstance(database, SqliteDatabase)
        database.policy = Policy(CATALOGUE, self.defaults)
        return database

    def any_pitch(self) -> bool:
        return bool(self.pitch_model.pitches)

    def picked_pitch(self, pick: int) -> tuple[str, ModelPitch]:
        ids = [*self.pitch_model.pitches]
        pitch_id = ids[-1 - pick % min(len(ids), 3)]
        return pitch_id, self.pitch_model.pitches[pitch_id]

    def pressing(self, guild: int, member: int, number: int) -> OrderContext:
        return OrderContext(number, guild, 20, member)

    @rule(guild=GUILDS, member=MEMBERS, price=PRICES)
    def pitch(self, guild: int, member: int, price: int) -> None:
        """A block, the limits, or three open pitches prevent a new one."""
        self.numbers += 1
        made = self.do(
            self.process(second=False).write(
                pledging.pitch,
                Order(
                    self.pressing(guild, member, self.numbers),
                    Draft(f"fox {self.numbers}", price // 10, "LUMA", "FLUX1.1PRO"),
                ),
            )
        )
        open_ones = [
            each
            for each in self.pitch_model.pitches.values()
            if (each.guild, each.member) == (guild, member) and each.is_open
        ]
        if self.model.blocked(guild, member, self.now):
            assert is_refused(made, "refusals-blocked")
        elif price > min(self.model.plan, self.model.limits.get((guild, "server", 0), price)):
            assert isinstance(made, Shortfall)
        elif len(open_ones) == 3:
            assert is_refused(made, "pitch-too-many")
        else:
            assert isinstance(made, Pitch), made
            self.pitch_model.pitches[made.id] = ModelPitch(guild, member, price, self.now + 7 * DAY)

    @precondition(any_pitch)
    @rule(pick=PICKS, member=MEMBERS, amount=AMOUNTS, second=PROCESSES, twice=PROCESSES)
    def chip_in(self, pick: int, member: int, amount: int | None, *, second: bool, twice: bool) -> None:
        """A press holds exactly the amount, or none. The last missing credit funds the pitch or lets it wait."""
        pitch_id, pitch = self.picked_pitch(pick)
        self.numbers += 1
        context = self.pressing(pitch.guild, member, self.numbers)
        args = (context, pitch_id, amount)
        got = self.do(self.process(second=second).write(pledging.chip_in, *args))
        added = self._expect_chip_in(pitch, member, amount, got)
        if twice and added:
            assert self.do(self.process(second=not second).write(pledging.chip_in, *args)) is None

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
            assert isinstance(got, Shortfall), got
            assert (got.scope, got.required) == (BudgetScope.MEMBER, wanted)
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
        self.numbers += 1
        context = self.pressing(pitch.guild, member, self.numbers)
        got = self.do(self.process(second=second).write(pledging.take_back, context, pitch_id))
        self.pitch_model.touch(pitch, self.now, self.month)
        returned = self.pitch_model.take_back(pitch, member) if pitch.is_open else 0
        if not returned:
            assert isinstance(got, Refused), got
            return
        assert isinstance(got, Pledged), got
        assert got.added == -returned
        if twice:
            again = self.process(second=not second).write(pledging.take_back, context, pitch_id)
            assert self.do(again) is None

    @precondition(any_pitch)
    @rule(pick=PICKS, how=st.sampled_from(["withdraw", "remove", "refuse"]), member=MEMBERS, second=PROCESSES)
    def end_pitch(self, pick: int, how: str, member: int, *, second: bool) -> None:
        pitch_id, pitch = self.picked_pitch(pick)
        database, guild = self.process(second=second), pitch.guild
        if how == "withdraw":
            got = self.do(database.write(pitch_ends.withdraw, pitch_id, guild, member))
            if member != pitch.member:
                self.pitch_model.touch(pitch, self.now, self.month)
                assert is_refused(got, "pitch-not-yours" if pitch.is_open else "pitch-over")
                return
        elif how == "remove":
            by = AuditContext(5, guild)
            got = self.do(database.write(pitch_ends.remove, pitch_id, by=by))
        else:
            found = self.do(database.read(pitches.get, pitch_id))
            got = self.do(database.write(pitch_ends.end, found, PitchEndReason.NOT_OFFERED))
        if how != "refuse":
            self.pitch_model.touch(pitch, self.now, self.month)
        elif pitch.is_open:
            pitch.ends_at = self.now + 1
            self.pitch_model.touch(pitch, self.now, self.month)
        ended = self.pitch_model.end(pitch, "withdrawn" if how == "withdraw" else "removed")
        assert isinstance(got, Pitch) == (ended or how == "refuse"), got

    @rule(guild=GUILDS, second=PROCESSES)
    def leave_server(self, guild: int, *, second: bool) -> None:
        self.do(self.process(second=second).write(departed_servers.record_left, guild))
        for job_id, job in self.model.jobs.items():
            if job.guild == guild:
                self.model.move(job_id, "decline")
        for pitch in self.pitch_model.pitches.values():
            if pitch.guild == guild:
                self.pitch_model.touch(pitch, self.now, self.month)
                self.pitch_model.end(pitch, "removed")

    @rule(second=PROCESSES)
    def worker_looks_at_pitches(self, *, second: bool) -> None:
        database = self.process(second=second)
        for pitch_id in self.do(database.read(pitches.due, 100)):
            pitch = self.pitch_model.pitches[pitch_id]
            self.do(database.write(pledging.run_due, pitch_id))
            self.pitch_model.touch(pitch, self.now, self.month)
            self._expect_funding(pitch, self.do(database.read(pitches.get, pitch_id)))

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
        share=st.floats(0, 1.2),
        bonus=BONUS,
        upstream_charged=st.booleans(),
    )
    def whole_way_together(
        self, guild: int, first: int, price: int, how: str, share: float, bonus: int, *, upstream_charged: bool
    ) -> None:
        self.now = Month.containing(self.now).ends_at - 1
        self.grant(guild=guild, member=first, credits=bonus)
        funded = self.paid_together(guild, first, price, 0)
        self.now += 1
        if not funded:
            return
        job_id = self.picked(0)
        self.claim()
        self.moved(job_id, "accept", upstream_charged=False)
        charged = int(share * self.model.jobs[job_id].price) if how == "cancel" else None
        self.moved(job_id, how, upstream_charged=upstream_charged and how == "fail", charged=charged)

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

    @rule(guild=GUILDS, first=MEMBERS, bonus=BONUS, limit=st.sampled_from([40, 600]))
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
