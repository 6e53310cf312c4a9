"""A plain Python model of the ledger, for comparison."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from tests.helpers.ledger_checks import BudgetTotals, Key

HOUR = 3_600_000

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
    "give_up": ({"unknown", "rendering"}, "failed"),
    "void": ({"reserved"}, "cancelled"),
    "cancel": ({"rendering"}, "cancelled"),
}
"""From which states a job may be moved, and where to."""


@dataclass
class ModelJob:
    """A job, and the sources of its credits."""

    guild: int
    member: int
    month: str
    allowance: int
    extra: int
    state: str = "reserved"

    @property
    def keys(self) -> dict[Key, int]:
        """The credits of this job in each budget."""
        both = self.allowance + self.extra
        return {
            ("member", self.guild, self.member, self.month): self.allowance,
            ("extra", self.guild, self.member, ""): self.extra,
            ("server", self.guild, 0, self.month): both,
            ("plan", 0, 0, self.month): both,
        }


@dataclass
class LedgerModel:
    """Every budget, limit and block.

    A month is its name. A moment is UTC epoch milliseconds.
    """

    plan: int
    bot_default: int
    granted: Counter[Key] = field(default_factory=Counter[Key])
    used: Counter[Key] = field(default_factory=Counter[Key])
    held: Counter[Key] = field(default_factory=Counter[Key])
    limits: dict[tuple[int, str, int], int] = field(default_factory=dict[tuple[int, str, int], int])
    blocks: dict[tuple[int, int], int | None] = field(default_factory=dict[tuple[int, int], "int | None"])
    jobs: dict[str, ModelJob] = field(default_factory=dict[str, ModelJob])

    def totals(self) -> dict[Key, BudgetTotals]:
        """Return every budget that is not zero."""
        keys = {*self.granted, *self.used, *self.held}
        found = {key: BudgetTotals(granted=self.granted[key], used=self.used[key], held=self.held[key]) for key in keys}
        return {key: sums for key, sums in found.items() if sums != BudgetTotals()}

    def set_limit(self, guild: int, scope: str, subject: int, credits: int | None) -> None:
        """Set a limit, or delete it."""
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
        """Return whether a member is blocked."""
        until = self.blocks.get((guild, member), 0)
        return until is None or until > now

    def available(
        self, guild: int, member: int, month: str, roles: tuple[int, ...]
    ) -> tuple[int, int, int, int | None]:
        """Return what is available in each budget."""
        server = self.limits.get((guild, "server", 0))
        key = ("server", guild, 0, month)
        return (
            self._left(("member", guild, member, month), self.allowance(guild, member, roles)),
            self.extra_left(guild, member),
            self._left(("plan", 0, 0, month), self.plan),
            None if server is None else self._left(key, server),
        )

    def extra_left(self, guild: int, member: int) -> int:
        """Return the extra credits that are neither spent nor held."""
        key = ("extra", guild, member, "")
        return self._left(key, self.granted[key])

    def hold(self, job_id: str, guild: int, member: int, month: str, cost: int, roles: tuple[int, ...]) -> int | None:
        """Hold, the allowance first.

        Or return how much would have fitted, and hold nothing.
        """
        allowance, extra, plan, server = self.available(guild, member, month, roles)
        fits = min(each for each in (allowance + extra, plan, server) if each is not None)
        if cost > fits:
            return fits
        job = ModelJob(guild, member, month, min(cost, allowance), cost - min(cost, allowance))
        self.jobs[job_id] = job
        self.held.update(job.keys)
        return None

    def move(self, job_id: str, how: str, *, lost: bool = False, charged: int | None = None) -> bool:
        """Move a job with its credits, or return False and change nothing.

        `charged` is what the API charged for a job that is cancelled; None: it did not say.
        """
        job, (sources, target) = self.jobs[job_id], MOVES[how]
        if job.state not in sources:
            return False
        job.state = target
        if target in ("completed", "failed", "cancelled"):
            self.held.subtract(job.keys)
            if target == "completed":
                self.used.update(job.keys)
            elif how == "cancel" and charged is not None:
                spent = min(charged, job.allowance + job.extra)
                allowance = min(spent, job.allowance)  # first, as it was held
                self.used.update(replace(job, allowance=allowance, extra=spent - allowance).keys)
                self.used["plan", 0, 0, job.month] += charged - spent
            elif lost or how == "cancel":
                self.used["plan", 0, 0, job.month] += job.allowance + job.extra
        return True

    def _left(self, key: Key, limit: int) -> int:
        return max(0, limit - self.used[key] - self.held[key])


def states(model: LedgerModel) -> dict[str, list[str]]:
    """Return the jobs in each state, the oldest first."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for job_id, job in model.jobs.items():
        found[job.state].append(job_id)
    return found
