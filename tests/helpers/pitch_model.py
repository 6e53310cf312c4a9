"""A plain Python model of pitches, over the model of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.helpers.ledger_model import HOUR, LedgerModel, ModelJob, ModelShare

DAY = 24 * HOUR


@dataclass
class ModelPledge(ModelShare):
    month: str = ""
    created_at: int = 0


@dataclass
class ModelPitch:
    """A pitch; `pledges` are the open ones by member."""

    guild: int
    member: int
    price: int
    ends_at: int
    state: str = "open"
    waited: bool = False
    pledges: dict[int, ModelPledge] = field(default_factory=dict[int, ModelPledge])

    @property
    def missing(self) -> int:
        return self.price - sum(pledge.credits for pledge in self.pledges.values())

    @property
    def is_open(self) -> bool:
        return self.state in ("open", "waiting_for_plan")


class PitchModel:
    def __init__(self, ledger: LedgerModel) -> None:
        self.ledger = ledger
        self.pitches: dict[str, ModelPitch] = {}

    def touch(self, pitch: ModelPitch, now: int, month: str) -> None:
        """Lapse the allowances of past months, and end an overdue pitch, as every action on an open one does."""
        if not pitch.is_open:
            return
        for member, pledge in [*pitch.pledges.items()]:
            if pledge.month != month:
                self._release(pitch, member, ModelShare(member, pledge.allowance, 0))
        if pitch.ends_at <= now:
            self.end(pitch, "lapsed")

    def end(self, pitch: ModelPitch, state: str) -> bool:
        if not pitch.is_open:
            return False
        for member, pledge in [*pitch.pledges.items()]:
            self._release(pitch, member, ModelShare(member, pledge.allowance, pledge.extra))
        pitch.state = state
        return True

    def add(self, pitch: ModelPitch, member: int, amount: int, month: str, now: int) -> bool:
        allowance, extra, _, _ = self.ledger.available(pitch.guild, member, month, ())
        if amount > allowance + extra:
            return False
        part = ModelShare(member, min(amount, allowance), amount - min(amount, allowance))
        self.ledger.held.update(part.own_keys(pitch.guild, month))
        pledge = pitch.pledges.setdefault(member, ModelPledge(member, 0, 0, month, now))
        pledge.allowance, pledge.extra = pledge.allowance + part.allowance, pledge.extra + part.extra
        pledge.month = month
        return True

    def take_back(self, pitch: ModelPitch, member: int) -> int:
        """Give back a pledge; return how much it was."""
        pledge = pitch.pledges.get(member)
        if pledge is None:
            return 0
        returned = pledge.credits
        self._release(pitch, member, ModelShare(member, pledge.allowance, pledge.extra))
        return returned

    def return_blocked(self, pitch: ModelPitch, now: int) -> bool:
        blocked = [member for member in pitch.pledges if self.ledger.blocked(pitch.guild, member, now)]
        for member in blocked:
            self.take_back(pitch, member)
        return bool(blocked)

    def fund(self, pitch: ModelPitch, now: int, month: str) -> ModelJob | None:
        """Turn a full pitch's pledges into a job, or let it wait."""
        _, _, plan, server = self.ledger.available(pitch.guild, pitch.member, month, ())
        fits = pitch.price <= plan and (server is None or pitch.price <= server)
        if not fits or self.ledger.blocked(pitch.guild, pitch.member, now):
            if not pitch.waited:
                pitch.waited, pitch.ends_at = True, max(pitch.ends_at, now + 7 * DAY)
            pitch.state = "waiting_for_plan"
            return None
        by_age = sorted(pitch.pledges.values(), key=lambda each: (each.created_at, each.member))
        shares = tuple(ModelShare(each.member, each.allowance, each.extra) for each in by_age)
        job = ModelJob(pitch.guild, pitch.member, month, shares, state="queued")
        for key in (("server", pitch.guild, 0, month), ("plan", 0, 0, month)):
            self.ledger.held[key] += pitch.price
        pitch.state = "funded"
        return job

    def _release(self, pitch: ModelPitch, member: int, part: ModelShare) -> None:
        if not part.credits:
            return
        pledge = pitch.pledges[member]
        self.ledger.held.subtract(part.own_keys(pitch.guild, pledge.month))
        pledge.allowance, pledge.extra = pledge.allowance - part.allowance, pledge.extra - part.extra
        if not pledge.credits:
            del pitch.pledges[member]
        pitch.state = "open"
