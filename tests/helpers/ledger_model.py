"""A plain Python model of the ledger and of pitches, for comparison."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

from tests.helpers.ledger_checks import BudgetTotals, Key

HOUR = 3_600_000
DAY = 24 * HOUR

MOVES = {
    "enqueue": ({"reserved", "queued"}, "queued"),
    "submit": ({"queued"}, "submitting"),
    "requeue": ({"submitting"}, "queued"),
    "refuse": ({"submitting"}, "failed"),
    "lose": ({"submitting"}, "unknown"),
    "accept": ({"submitting", "unknown"}, "rendering"),
    "find": ({"unknown"}, "rendering"),
    "complete": ({"rendering"}, "completed"),
    "fail": ({"queued", "submitting", "unknown", "rendering"}, "failed"),
    "resolve": ({"unknown", "rendering"}, "failed"),
    "void": ({"reserved"}, "cancelled"),
    "ask": ({"reserved"}, "awaiting_approval"),
    "approve": ({"awaiting_approval"}, "queued"),
    "decline": ({"awaiting_approval"}, "cancelled"),
    "lapse": ({"awaiting_approval"}, "cancelled"),
    "withdraw": ({"awaiting_approval", "queued"}, "cancelled"),
    "cancel": ({"rendering"}, "cancelled"),
}


@dataclass
class ModelShare:
    member: int
    allowance: int
    extra: int

    @property
    def credits(self) -> int:
        return self.allowance + self.extra

    def own_keys(self, guild: int, month: str) -> dict[Key, int]:
        return {("member", guild, self.member, month): self.allowance, ("extra", guild, self.member, ""): self.extra}

    def spent_part(self, credits: int) -> ModelShare:
        allowance = min(credits, self.allowance)
        return ModelShare(self.member, allowance, credits - allowance)


@dataclass(frozen=True)
class Bounds:
    """What decides, beside what the API charged, who pays for a job.

    `capped`: its price is the most that it costs. `shown` is the most that its members pay for one that is cancelled;
    None: the price. `upstream_charged`: the API keeps what it charged for one that fails.
    """

    capped: bool = False
    shown: int | None = None
    upstream_charged: bool = False


NO_BOUNDS = Bounds()


@dataclass
class ModelJob:
    guild: int
    member: int
    month: str
    shares: tuple[ModelShare, ...]
    state: str = "reserved"
    lapses_at: int = 0

    @property
    def price(self) -> int:
        return sum(share.credits for share in self.shares)

    @property
    def keys(self) -> dict[Key, int]:
        return self.keys_of(self.shares)

    def keys_of(self, shares: tuple[ModelShare, ...]) -> dict[Key, int]:
        own = {key: credits for share in shares for key, credits in share.own_keys(self.guild, self.month).items()}
        total = sum(share.credits for share in shares)
        return {**own, ("server", self.guild, 0, self.month): total, ("plan", 0, 0, self.month): total}

    def end(self, how: str, charged: int | None, bounds: Bounds) -> tuple[int, int]:
        """Return what its members pay for it, and what the plan counts."""
        of_plan = self.price if charged is None else charged
        if how == "complete":
            return min(of_plan, self.price) if bounds.capped else self.price, of_plan
        if how == "cancel":
            shown = self.price if bounds.shown is None else bounds.shown
            return min(charged or 0, self.price, shown), of_plan
        return 0, of_plan if how in ("fail", "resolve") and bounds.upstream_charged else 0

    def spent_parts(self, spent: int) -> tuple[ModelShare, ...]:
        """Each part is rounded down; the largest fractions get one credit more each, equal ones the earlier first."""
        if not self.price:
            return self.shares
        parts = [spent * share.credits // self.price for share in self.shares]
        fractions = [Fraction(spent * share.credits, self.price) % 1 for share in self.shares]
        while sum(parts) < spent:
            largest = fractions.index(max(fractions))
            parts[largest], fractions[largest] = parts[largest] + 1, Fraction(-1)
        return tuple(share.spent_part(part) for share, part in zip(self.shares, parts, strict=True))


@dataclass
class LedgerModel:
    """Every budget, limit and block. A month is its name. A moment is UTC epoch milliseconds."""

    plan: int
    bot_default: int
    granted: Counter[Key] = field(default_factory=Counter[Key])
    used: Counter[Key] = field(default_factory=Counter[Key])
    held: Counter[Key] = field(default_factory=Counter[Key])
    limits: dict[tuple[int, str, int], int] = field(default_factory=dict[tuple[int, str, int], int])
    blocks: dict[tuple[int, int], int | None] = field(default_factory=dict[tuple[int, int], "int | None"])
    jobs: dict[str, ModelJob] = field(default_factory=dict[str, ModelJob])
    gift_bounds: dict[int, int | None] = field(default_factory=dict[int, "int | None"])
    given: Counter[tuple[int, int, int]] = field(default_factory=Counter[tuple[int, int, int]])

    def totals(self) -> dict[Key, BudgetTotals]:
        keys = {*self.granted, *self.used, *self.held}
        found = {key: BudgetTotals(granted=self.granted[key], used=self.used[key], held=self.held[key]) for key in keys}
        return {key: sums for key, sums in found.items() if sums != BudgetTotals()}

    def set_limit(self, guild: int, scope: str, subject: int, credits: int | None) -> None:
        self.limits.pop((guild, scope, subject), None)
        if credits is not None:
            self.limits[guild, scope, subject] = credits

    def allowance(self, guild: int, member: int, roles: tuple[int, ...]) -> int:
        """Return the most specific allowance: member, role, server, or default."""
        if (own := self.limits.get((guild, "member", member))) is not None:
            return own
        through_roles = [self.limits[guild, "role", role] for role in roles if (guild, "role", role) in self.limits]
        return max(through_roles, default=self.limits.get((guild, "default", 0), self.bot_default))

    def blocked(self, guild: int, member: int, now: int) -> bool:
        until = self.blocks.get((guild, member), 0)
        return until is None or until > now

    def available(
        self, guild: int, member: int, month: str, roles: tuple[int, ...]
    ) -> tuple[int, int, int, int | None]:
        server = self.limits.get((guild, "server", 0))
        key = ("server", guild, 0, month)
        return (
            self._left(("member", guild, member, month), self.allowance(guild, member, roles)),
            self.extra_left(guild, member),
            self._left(("plan", 0, 0, month), self.plan),
            None if server is None else self._left(key, server),
        )

    def extra_left(self, guild: int, member: int) -> int:
        key = ("extra", guild, member, "")
        return self._left(key, self.granted[key])

    def hold(self, job_id: str, guild: int, member: int, month: str, cost: int, roles: tuple[int, ...]) -> int | None:
        """The allowance comes first. If the price doesn't fit, hold nothing, and return how much would have fitted."""
        allowance, extra, plan, server = self.available(guild, member, month, roles)
        fits = min(each for each in (allowance + extra, plan, server) if each is not None)
        if cost > fits:
            return fits
        job = ModelJob(guild, member, month, (ModelShare(member, min(cost, allowance), cost - min(cost, allowance)),))
        self.jobs[job_id] = job
        self.held.update(job.keys)
        return None

    def move(self, job_id: str, how: str, charged: int | None = None, bounds: Bounds = NO_BOUNDS) -> bool:
        """`charged` is what the API charged for a job that ends; None: it did not say."""
        job, (sources, target) = self.jobs[job_id], MOVES[how]
        if job.state not in sources:
            return False
        job.state = target
        if target in ("completed", "failed", "cancelled"):
            self.held.subtract(job.keys)
            spent, of_plan = job.end(how, charged, bounds)
            self.used.update(job.keys_of(job.spent_parts(spent)))
            self.used["plan", 0, 0, job.month] += of_plan - spent
        return True

    def replace_lapsed(self, job: ModelJob, month: str) -> None:
        """What was held of an allowance that lapsed since comes back as bonus credits."""
        if job.month < month:
            for share in job.shares:
                self.granted["extra", job.guild, share.member, ""] += share.allowance

    def give(self, guild: int, giver: int, recipient: int, credits: int, now: int) -> tuple[str, int] | None:
        """Give bonus credits, or return the refusal and the possible amount."""
        bound, day = self.gift_bounds.get(guild), (guild, giver, now // (24 * HOUR))
        if bound is None:
            return "gifts-off", 0
        if giver == recipient:
            return "gifts-self", 0
        for member, reason in ((giver, "gifts-blocked"), (recipient, "gifts-recipient-blocked")):
            if self.blocked(guild, member, now):
                return reason, 0
        left = max(0, bound - self.given[day])
        if credits > left:
            return "gifts-over-bound", left
        if credits > self.extra_left(guild, giver):
            return "gifts-too-few", self.extra_left(guild, giver)
        self.given[day] += credits
        self.granted["extra", guild, giver, ""] -= credits
        self.granted["extra", guild, recipient, ""] += credits
        return None

    def _left(self, key: Key, limit: int) -> int:
        return max(0, limit - self.used[key] - self.held[key])


def states(model: LedgerModel) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for job_id, job in model.jobs.items():
        found[job.state].append(job_id)
    return found


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
