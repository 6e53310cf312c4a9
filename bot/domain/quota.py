"""Limits, balances and blocks, the values of the audit log, and how credits are divided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.catalogue import Catalogue
from bot.domain.credits import Budget, BudgetScope, Limits, Month, Shortfall, least_left
from bot.domain.prompt_filter import FilterRule
from bot.domain.setting_kinds import Setting, SettingValue
from bot.domain.text import Language

MAX_CREDITS = 10_000_000
"""The largest amount for one change. A larger one is probably a typing error."""

MAX_BLOCK_HOURS = 24 * 365
"""A year, in hours: the longest block with an end."""

MAX_REASON_LENGTH = 200
"""Characters of a reason."""


class AllowanceSource(StrEnum):
    """Where a member's monthly allowance comes from."""

    MEMBER = "member"
    ROLE = "role"
    SERVER_DEFAULT = "server"
    BOT_DEFAULT = "bot"


@dataclass(frozen=True, slots=True)
class Allowance:
    """A member's monthly allowance, in credits, and its source.

    `role_id` is set where a role is the source.
    """

    credits: int
    source: AllowanceSource
    role_id: int | None = None


@dataclass(frozen=True, slots=True)
class EffectiveLimits:
    """The limits of a server that can apply to one member.

    Each is None where the server set none. `server` is what its managers set, `operator` the operator's decision about
    it.
    """

    own: int | None = None
    default: int | None = None
    server: int | None = None
    operator: int | None = None
    roles: Mapping[int, int] = field(default_factory=dict[int, int])

    def resolve(self, role_ids: Iterable[int], defaults: Limits) -> tuple[Limits, Allowance]:
        """Return the limits that apply to the member with these roles; `defaults` are the operator's.

        The allowance is the member's own limit, else that of their role with the most credits, the server's default,
        the bot's.
        """
        held = [(self.roles[role_id], role_id) for role_id in role_ids if role_id in self.roles]
        if self.own is not None:
            allowance = Allowance(self.own, AllowanceSource.MEMBER)
        elif held:
            credits, role_id = max(held)
            allowance = Allowance(credits, AllowanceSource.ROLE, role_id)
        elif self.default is not None:
            allowance = Allowance(self.default, AllowanceSource.SERVER_DEFAULT)
        else:
            allowance = Allowance(defaults.member, AllowanceSource.BOT_DEFAULT)
        server = defaults.server if self.operator is None else self.operator
        return Limits(allowance.credits, defaults.plan, server, defaults.risk, self.server), allowance


@dataclass(frozen=True, slots=True)
class Balance:
    """The budgets that a member's next movie draws on.

    `extra` are credits granted to the member: its limit is what was granted so far. `server` is the server's share of
    the plan, None where it has no limit of its own. `queued` is what the bounds on open work leave for that movie, None
    without any.
    """

    allowance: Budget
    source: Allowance
    extra: Budget
    server: Budget | None
    plan: Budget
    queued: int | None = None

    @property
    def member_available(self) -> int:
        """The credits left of the allowance and the extra credits."""
        return self.allowance.available + self.extra.available

    @property
    def spendable(self) -> int:
        """The highest price that the member's and the server's budgets allow.

        What is left of the plan is only for the operator.
        """
        return self.member_available if self.server is None else min(self.member_available, self.server.available)

    @property
    def least(self) -> tuple[BudgetScope, int]:
        """The limit with the least left, and how much that is."""
        return least_left(
            {
                BudgetScope.MEMBER: self.member_available,
                BudgetScope.SERVER: None if self.server is None else self.server.available,
                BudgetScope.PLAN: self.plan.available,
                BudgetScope.QUEUED: self.queued,
            }
        )

    def exhausted_scope(self, catalogue: Catalogue) -> BudgetScope | None:
        """Return the narrowest budget that can't pay a second of the cheapest model, None where all can."""
        cheapest = min(model.credits_per_second for model in catalogue.enabled_video_models)
        if self.member_available < cheapest:
            return BudgetScope.MEMBER
        if self.spendable < cheapest:
            return BudgetScope.SERVER
        return BudgetScope.PLAN if self.plan.available < cheapest else None

    def shortfall(self, price: int, month: Month) -> Shortfall:
        """Describe the limit with the least left; the price may fit it."""
        scope, available = self.least
        return Shortfall(scope, price, available, month.ends_at)


@dataclass(frozen=True, slots=True)
class Block:
    """A ban on orders until a time.

    The time is UTC epoch milliseconds, None until unblocked. It holds in one server, or `everywhere` where the operator
    made it.
    """

    until: int | None
    reason: str
    everywhere: bool = False
    is_timeout: bool = False
    """The bot made it, because the member's prompts broke rules."""


@dataclass(frozen=True, slots=True)
class ServerSpending:
    """What a server spent of its budget in a month.

    `failed` is the part of it that failed movies cost.
    """

    budget: Budget
    failed: int = 0


@dataclass(frozen=True, slots=True)
class GuildQuotas:
    """Every limit, block and setting of a server.

    Limits are in credits a month. `default` and `server` are None where the server set none; `bot_default` is the
    operator's. `operator` is what the operator lets the server spend, None without a limit.
    """

    bot_default: int
    default: int | None
    server: int | None
    members: tuple[tuple[int, int], ...]
    roles: tuple[tuple[int, int], ...]
    blocked: tuple[tuple[int, Block], ...]
    staff_channel_id: int | None
    staff_channel_failed_at: int | None = None
    """Since when Discord forbids posting there (UTC epoch milliseconds)."""

    operator: int | None = None
    spent: ServerSpending | None = None
    """This month's, None where nothing limits the server."""

    @property
    def is_limited_by_operator(self) -> bool:
        """Whether the operator lets the server spend no more than its managers do."""
        return self.operator is not None and (self.server is None or self.server >= self.operator)


class LimitScope(StrEnum):
    """Whom a monthly limit is for."""

    DEFAULT = "default"
    """Each member without a limit of their own or of a role."""

    SERVER = "server"
    """The server as a whole: its share of the plan."""

    MEMBER = "member"
    ROLE = "role"

    @property
    def change(self) -> AuditAction:
        """What the audit log calls a change of such a limit."""
        return AuditAction(f"set_{self.value}_limit")


class AuditAction(StrEnum):
    """What the audit log records."""

    SET_DEFAULT_LIMIT = "set_default_limit"
    SET_SERVER_LIMIT = "set_server_limit"
    SET_MEMBER_LIMIT = "set_member_limit"
    SET_ROLE_LIMIT = "set_role_limit"
    GRANT = "grant"
    REVOKE = "revoke"
    RESET_USAGE = "reset_usage"
    GIFT = "gift"
    """A member gave another, who is the subject, bonus credits."""

    BLOCK = "block"
    UNBLOCK = "unblock"
    GALLERY_FAILED = "gallery_failed"
    """Discord forbids posting in the gallery, which is the entry's subject."""

    MOVIE_NIGHT_FAILED = "movie_night_failed"
    """Discord forbids posting a movie night in a channel, which is the entry's subject."""

    CHANGE_SETTING = "change_setting"
    """A setting of /setup changed."""

    FAILURES_STOPPED = "failures_stopped"
    """The failed movies of a member cost the plan so much that they may order no more this month."""

    LIMIT_SERVER = "limit_server"
    """The operator changed a server's limit. The next four actions are the operator's, too."""

    BLOCK_SERVER = "block_server"
    UNBLOCK_SERVER = "unblock_server"
    PAUSE = "pause"
    RESUME = "resume"
    JOB_UNKNOWN = "job_unknown"
    JOB_GIVEN_UP = "job_given_up"
    """A job was unknown for so long that it ended. The entry's `credits` were refunded."""

    JOB_RESOLVED = "job_resolved"
    MOVIE_REMOVED = "movie_removed"
    """A server manager deleted another member's movie. The entry's `job_id` is the movie."""

    GALLERY_REMOVED = "gallery_removed"
    """Staff took another member's movie out of the gallery. The entry's `job_id` is the movie."""

    REMOVE_PITCH = "remove_pitch"
    """Staff removed a pitch of the subject. `credits` were pledged to it."""

    CANCEL_QUEUED = "cancel_queued"
    """Staff cancelled a blocked member's movies in the queue. The entry's `credits` were refunded."""

    REPORT_DISMISSED = "report_dismissed"
    """Staff keep a reported movie. The entry's `job_id` is the movie."""

    DELETION_REFUSED = "deletion_refused"
    """Discord does not let the bot delete a deleted movie's message. The entry's `reason` is the message."""

    DELETION_GIVEN_UP = "deletion_given_up"
    """The same, after it was tried for long."""

    RESTORE_BACKUP = "restore_backup"
    REQUEST_CREDITS = "request_credits"
    """A member asks for more credits; the entry's id is that of the request."""

    DECLINE_CREDITS = "decline_credits"
    PROMPT_REFUSED = "prompt_refused"
    """A member's prompt broke a rule of the filter; the entry's `reason` is the beginning of the prompt."""

    PROMPT_FLAGGED = "prompt_flagged"
    """The movie service flagged a member's prompt; the entry's `reason` is the beginning of the prompt."""

    TIME_OUT = "time_out"
    """The prompts of a member broke rules so often that they may order nothing for some hours."""

    REQUEST_APPROVAL = "request_approval"
    """A member's order waits for staff. The entry's `job_id` is the movie, as with the next three actions."""

    APPROVE_MOVIE = "approve_movie"
    DECLINE_MOVIE = "decline_movie"
    LAPSE_APPROVAL = "lapse_approval"
    """Staff did not decide in time."""


class AuditReason(StrEnum):
    """Why the bot or the operator made a change.

    The words are in bot/ui/audit_entries.py.
    """

    ROLE_DELETED = "role_deleted"
    SUBMISSION_UNCONFIRMED = "submission_unconfirmed"
    """The API gave no certain answer to the job's submission."""

    ENDED_AS_FAILED = "ended_as_failed"
    """The operator ended the job as failed."""

    REQUEST_ID_FOUND = "request_id_found"
    """The operator found the job at the API. The entry's `reason` is the request id."""

    MAY_BE_SUBMITTED = "may_be_submitted"
    """A restored backup shows the job before its submission. The entry's `reason` is its state."""

    MAY_BE_SENT = "may_be_sent"
    """A restored backup shows a pending message. The entry's `reason` is its type."""

    NOT_AGE_RESTRICTED = "not_age_restricted"
    """Movies are posted in age-restricted channels only, and the gallery is none."""

    REQUESTED = "requested"
    """The member asked for the credits."""

    STAFF_UNREACHABLE = "staff_unreachable"
    """The staff channel could not be posted to, and the server lets movies start then."""


SYSTEM_ACTOR_ID = 0
"""The actor of changes by the operator at the command line, and by the bot itself."""


@dataclass(frozen=True, slots=True)
class AuditContext:
    """Who makes a change, in which server, and why.

    `actor_id` is a member or SYSTEM_ACTOR_ID. `reason` is what a person typed, or the detail of `reason_code`.
    `interaction_id` makes the change idempotent. `language` is the server's.
    """

    actor_id: int
    guild_id: int
    reason: str = ""
    interaction_id: int | None = None
    reason_code: AuditReason | None = None
    language: Language = Language.ENGLISH


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """A change that the audit log records.

    `subject_id` is a member, a role, a channel or 0. `credits` is None where a limit was deleted or the action has no
    amount. `duration_hours` is a block's length, None for one without an end. `job_id` is the job that it is about.
    `setting_value` is the new value of a changed `setting`. `rule` is the one that a prompt broke; of the operator's
    rules, only their category is kept. What the movie service flagged a prompt for is a rule without a text.
    """

    by: AuditContext
    action: AuditAction
    subject_id: int
    credits: int | None
    duration_hours: int | None = None
    job_id: str | None = None
    setting: Setting | None = None
    setting_value: SettingValue = None
    rule: FilterRule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry(AuditEvent):
    """A change in the audit log. `created_at` is UTC epoch milliseconds."""

    id: str
    created_at: int


def split(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Divide a total in proportion to weights, in whole credits.

    By largest remainder: each gets its share rounded down, and what is left goes one by one to those whose share lost
    most by it, the first of equals first. So the parts add up to the total, nobody gets more than their weight where
    the total is at most the sum of weights, and the same input always gives the same parts.
    """
    whole = sum(weights)
    if not whole:
        return (0,) * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: (-(total * weights[index] % whole), index))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return tuple(parts)
