"""Steps to make, fund and run pitches on either database engine."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

from bot.domain.credits import Limits
from bot.domain.jobs import Job
from bot.domain.orders import Order, OrderContext
from bot.domain.pitches import UNKNOWN_RIGHTS, MakerRights, Pitch, PitchState, Pledge, Pledged
from bot.domain.quota import AuditContext
from bot.domain.refusal import Refused
from bot.domain.request import Draft
from data import gifts, jobs, pitches, pledges, pledging, reconciliation, renders, submissions
from data.database import Database
from data.policy import Policy
from tests.helpers.at_time import WithLimits
from tests.helpers.clock import WithClock, clock_of
from tests.helpers.ledger_checks import BudgetTotals, Key, Place, Row, assert_ledger_consistent, query
from tests.helpers.store_harness import ALICE, CATALOGUE, CHANNEL, GUILD, LIMITS

_numbers = itertools.count(1_000_000)


def pressing(member: int, interaction: int | None = None, *, guild: int = GUILD, **context: Any) -> OrderContext:
    number = next(_numbers) if interaction is None else interaction
    return OrderContext(number, guild, CHANNEL, member, member_name=f"member {member}", **context)


def state_after(outcome: object) -> PitchState | None:
    """Return how a press left its pitch; None where it changed nothing."""
    return outcome.pitch.state if isinstance(outcome, Pledged) else None


class Pitching(WithClock, WithLimits):
    def __init__(self, database: Database, place: Place, limits: Limits = LIMITS) -> None:
        self.database = database
        self.place = place
        self.clock = clock_of(database)
        database.policy = Policy(CATALOGUE, limits)

    async def made(self, price: int = 300, member: int = ALICE, continues: str | None = None, **context: Any) -> Pitch:
        draft = Draft("a fox", price // 10, "LUMA", "FLUX1.1PRO", continues=continues)
        order = Order(pressing(member, **context), draft)
        pitched = await self.database.write(pledging.pitch, order)
        assert isinstance(pitched, Pitch), pitched
        return pitched

    async def grant(self, member: int, credits: int) -> None:
        await self.database.write(gifts.grant, member, credits, by=AuditContext(9, GUILD))

    async def chip_in(
        self,
        pitch: Pitch,
        member: int,
        amount: int | None,
        interaction: int | None = None,
        *,
        maker: MakerRights = UNKNOWN_RIGHTS,
        **context: Any,
    ) -> Pledged | Refused | None:
        """Press *Chip in*; None is the rest."""
        return await self.database.write(
            pledging.chip_in, pressing(member, interaction, **context), pitch.id, amount, maker=maker
        )

    async def pledged(self, pitch: Pitch, member: int, amount: int) -> Pledge:
        outcome = await self.chip_in(pitch, member, amount)
        assert isinstance(outcome, Pledged), outcome
        assert outcome.pitch.missing
        return outcome.pledge

    async def funded(self, pitch: Pitch, *shares: tuple[int, int]) -> Job:
        for member, amount in shares[:-1]:
            await self.pledged(pitch, member, amount)
        outcome = await self.chip_in(pitch, *shares[-1])
        assert state_after(outcome) is PitchState.FUNDED, outcome
        return await self.job(pitch)

    async def job(self, pitch: Pitch) -> Job:
        job_id = (await self.found(pitch)).job_id
        assert job_id is not None
        return await self.database.read(jobs.get, job_id)

    async def waiting(self, pitch: Pitch, member: int, **context: Any) -> None:
        """Let a member chip in the rest while the plan has no room."""
        before, self.limits = self.limits, replace(self.limits, plan=0)
        outcome = await self.chip_in(pitch, member, None, **context)
        assert state_after(outcome) is PitchState.WAITING_FOR_PLAN, outcome
        self.limits = before

    async def rendering(self, job: Job) -> None:
        await self.database.write(submissions.claim, 10, 100, 100)
        assert await self.database.write(submissions.mark_rendering, job.id, f"r-{job.id}", self.now)

    async def complete(self, job: Job, charged: int | None = None) -> None:
        url = "https://movies.test/a.mp4"
        assert await self.database.write(renders.complete, job.id, url, charged=charged)

    async def take_back(self, pitch: Pitch, member: int, interaction: int | None = None) -> Pledged | Refused | None:
        return await self.database.write(pledging.take_back, pressing(member, interaction), pitch.id)

    async def run_due(self, pitch: Pitch) -> Pitch:
        await self.database.write(pledging.run_due, pitch.id)
        return await self.found(pitch)

    async def found(self, pitch: Pitch) -> Pitch:
        return await self.database.read(pitches.get, pitch.id)

    async def pledge(self, pitch: Pitch, member: int) -> Pledge:
        found = await self.database.read(pledges.find, pitch.id, member)
        assert found is not None
        return found

    async def books(self) -> dict[Key, BudgetTotals]:
        assert await self.database.read(reconciliation.find_discrepancies) == ()
        return assert_ledger_consistent(self.place)

    def notices(self) -> list[tuple[int, str, int, str | None]]:
        rows: list[Row] = query(
            self.place, "SELECT * FROM messages WHERE status = 'pending' AND member_id <> 0 ORDER BY member_id, kind"
        )
        return [(row["member_id"], row["kind"], row["credits"], row["reason"]) for row in rows]
