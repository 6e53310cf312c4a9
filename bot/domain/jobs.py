"""A movie job, its states, and the transitions between them.

reserved ──► queued ──► submitting ──► rendering ──► completed
   │ │       ▲ │ ▲          │ │ │          └───────► failed | cancelled
   │ │       │ │ └──────────┘ │ └─────────────────► failed        (rejected: no movie was made)
   │ │       │ │  never sent  └──► unknown ──► rendering | failed (a callback or an operator knows, or after a month)
   │ │       │ └──► cancelled | failed
   │ └──► awaiting_approval ──► cancelled                         (declined, lapsed or withdrawn)
   └──► cancelled                                                 (Discord did not accept the response)

What a storyboard needs beside that is its `step`, while it renders:

drawing ──► review ──► storyboard ──► resuming ──► none: its video is made, as that of any movie
   └───────────────────────▲  (no staff look at it)

From each of them, it may be cancelled, completed or failed.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from bot.domain.credits import DAY_MS, Month
from bot.domain.delivery import PostedMessage
from bot.domain.operations import Operation
from bot.domain.preferences import DeliveryTarget
from bot.domain.request import MovieRequest, Priced
from bot.domain.text import Language

LATE_CHARGE_MS: Final = 15 * 60_000
"""How long after a cancellation the API is asked again what it charged.

The stage at work is charged when it is done, although the movie is cancelled; the narrative takes minutes at most.
"""

MAX_LATE_CHARGE_MS: Final = DAY_MS
"""How long after a cancellation the API is still asked where it does not answer."""

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH = 13

ID_PATTERN: Final = f"[0-9a-z]{{{_ID_LENGTH}}}"
"""A regular expression for an id of `generate_id`."""

_LAYOUT_ENDS_MS = 31 << 36
"""UTC epoch milliseconds, in July 2037. Later times would give the first layout ids that begin with z, the last letter.

The 41 bits of time overflow in September 2039, so z begins the ids of a second layout, which sort after all others.
"""


class JobState(StrEnum):
    """The state of a job."""

    RESERVED = "reserved"
    """Its credits are held, and Discord has not accepted the response yet. Nothing is submitted."""

    AWAITING_APPROVAL = "awaiting_approval"
    """Its credits are held, and it waits for the staff of its server. Nothing is submitted."""

    QUEUED = "queued"
    SUBMITTING = "submitting"
    RENDERING = "rendering"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"

    @property
    def is_terminal(self) -> bool:
        """Whether no transition leaves this state."""
        return not TRANSITIONS[self]


TRANSITIONS: Mapping[JobState, frozenset[JobState]] = MappingProxyType(
    {
        JobState.RESERVED: frozenset({JobState.AWAITING_APPROVAL, JobState.QUEUED, JobState.CANCELLED}),
        JobState.AWAITING_APPROVAL: frozenset({JobState.QUEUED, JobState.CANCELLED}),
        JobState.QUEUED: frozenset({JobState.SUBMITTING, JobState.CANCELLED, JobState.FAILED}),
        JobState.SUBMITTING: frozenset({JobState.QUEUED, JobState.RENDERING, JobState.FAILED, JobState.UNKNOWN}),
        JobState.UNKNOWN: frozenset({JobState.RENDERING, JobState.FAILED}),
        JobState.RENDERING: frozenset({JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED}),
        JobState.COMPLETED: frozenset(),
        JobState.FAILED: frozenset(),
        JobState.CANCELLED: frozenset(),
    }
)


OPEN_STATES = (
    JobState.RESERVED,
    JobState.AWAITING_APPROVAL,
    JobState.QUEUED,
    JobState.SUBMITTING,
    JobState.RENDERING,
    JobState.UNKNOWN,
)
"""The states in which a job holds credits, in the order of the indexes' WHERE clauses."""

WAITING_STATES = (JobState.RESERVED, JobState.AWAITING_APPROVAL, JobState.QUEUED)
"""The states before a job's submission."""

CANCELLABLE_STATES: Final = (JobState.QUEUED, JobState.AWAITING_APPROVAL)
"""The states in which a job is cancelled at once, and costs nothing."""


def states_leading_to(state: JobState) -> tuple[JobState, ...]:
    """The states from which a job may move to `state`."""
    return tuple(source for source, targets in TRANSITIONS.items() if state in targets)


class Step(StrEnum):
    """Which part of a storyboard a job is at, from its order until its video is made."""

    DRAWING = "drawing"
    """The API writes it and draws its stills."""

    REVIEW = "review"
    """It waits for the staff of its server, who see the stills first."""

    STORYBOARD = "storyboard"
    """It waits for its member, who renders or stops it."""

    RESUMING = "resuming"
    """Its member wants it rendered, and the API has not confirmed that yet."""


WAITING_STEPS = (Step.REVIEW, Step.STORYBOARD)
"""The steps in which nothing is made: the job takes no place at the API."""

DECISION_TTL_MS: Final = 48 * 3_600_000
"""How long a storyboard waits for its member, and for staff. It is stopped then."""

REMINDER_MS: Final = 36 * 3_600_000
"""How long it waits until its member is reminded of it."""

MAX_STILLS: Final = 10
"""The stills of a storyboard: Discord's gallery of media has room for ten."""


@dataclass(frozen=True, slots=True)
class Still:
    """A picture of one scene, counted from 1, with the scene's words. Its link is signed for a while."""

    scene: int
    words: str
    url: str


class EndReason(StrEnum):
    """Why a job ended without a movie.

    The words for each are in bot/ui.
    """

    UPSTREAM_FAILED = "upstream_failed"
    """The API said FAILED. It keeps what it charged."""

    UPSTREAM_LOST_JOB = "upstream_lost_job"
    """The API has persistently answered 404 for the request_id."""

    REQUEST_REJECTED = "request_rejected"
    """The API rejected the request (400). No movie was made."""

    AUTHENTICATION_FAILED = "authentication_failed"
    """The API rejected the key (401, 403). No movie was made."""

    MODEL_REFUSED = "model_refused"
    """The API does not take the model (400). No movie was made."""

    WRONG_API = "wrong_api"
    """The server has no such path: it speaks another version of the API. No movie was made."""

    CREDITS_RAN_OUT = "credits_ran_out"
    """The API said FAILED: the operator's account was empty, or the key's limit reached. It keeps what it charged."""

    KEY_LIMIT_REACHED = "key_limit_reached"
    """The key's own monthly limit is reached (402). No movie was made."""

    PLAN_EXHAUSTED = "plan_exhausted"
    """The operator's plan at the API is used up (402). No movie was made."""

    RATE_LIMITED = "rate_limited"
    """The API was over its rate limit (429). No movie was made."""

    UNREACHABLE = "unreachable"
    """The API could not be reached for too long. Nothing was sent."""

    RESOLVED_BY_OPERATOR = "resolved_by_operator"
    """The operator ended a job that was UNKNOWN."""

    STAYED_UNKNOWN = "stayed_unknown"
    """It was UNKNOWN for UNKNOWN_DAYS. Whether the API made it, and charged for it, is not known."""

    RESPONSE_FAILED = "response_failed"
    """Discord did not accept the response to the order."""

    CANCELLED_BY_STAFF = "cancelled_by_staff"
    """The server's staff cancelled it in the queue."""

    CANCELLED_BY_MEMBER = "cancelled_by_member"
    """The member cancelled it, while it waited or while it rendered."""

    DECLINED = "declined"
    """The staff of its server declined it. Its `decline_reason` says why."""

    APPROVAL_LAPSED = "approval_lapsed"
    """The staff of its server did not decide in time."""

    SERVER_LEFT = "server_left"
    """The bot was removed from its server while it waited for staff."""

    NOT_OFFERED = "not_offered"
    """When it was approved, the bot or the server no longer offered its model or duration."""

    SOURCE_GONE = "source_gone"
    """A movie that it was to be made from was removed, or erased, before it was sent. Nothing was sent."""

    STOPPED = "stopped"
    """Its member saw the storyboard, and wanted no video."""

    UNDECIDED = "undecided"
    """Its member saw the storyboard, and did not decide in time."""


_BY_MEMBER: Final = (EndReason.CANCELLED_BY_MEMBER, EndReason.STOPPED, EndReason.UNDECIDED)
"""Ends of movies that nothing was wrong with."""

_DECIDED_LATE: Final = (EndReason.RESOLVED_BY_OPERATOR, EndReason.STAYED_UNKNOWN)
"""Jobs that may end when the month of their hold is over."""


class Approval(StrEnum):
    """Whether a job needs the approval of its server's staff.

    It is decided when the job is ordered.
    """

    REQUIRED = "required"
    WAIVED = "waived"
    """It would have needed it, but staff could not be asked, and then movies start."""


class RemovedBy(StrEnum):
    """Who removed a finished movie."""

    MEMBER = "member"
    """Its own member."""

    MANAGER = "manager"
    """A manager of its server. The audit log says who."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The API's progress: finished stages, all stages, and the current one.

    The current one is '' where it is unknown.
    """

    done: int = 0
    total: int = 0
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Job(Priced):
    """A movie job. Times are UTC epoch milliseconds; `price` is in credits."""

    id: str
    interaction_id: int
    guild_id: int
    channel_id: int
    member_id: int
    request: MovieRequest
    price: int
    state: JobState
    created_at: int
    acknowledged_at: int | None = None
    card_message_id: int | None = None
    submitted_at: int | None = None
    finished_at: int | None = None
    next_run_at: int | None = None
    submit_attempts: int = 0
    not_found_count: int = 0
    request_id: str | None = None
    progress: Progress = Progress()
    movie_url: str | None = None
    end_reason: EndReason | None = None
    upstream_message: str | None = None
    role_ids: tuple[int, ...] = ()
    member_name: str = ""
    unverified_request_id: str | None = None
    delivery_target: DeliveryTarget = DeliveryTarget.CHANNEL
    called_back_at: int | None = None
    """When the API last called back."""
    last_pending_at: int | None = None
    """When a status poll last returned a state that is not final."""
    took_ms: int | None = None
    """The rendering time; None where it is not known well enough."""
    charged: int | None = None
    """What the API charged, in credits; None where it did not say."""
    member_language: Language = Language.ENGLISH
    """For direct messages."""
    server_language: Language = Language.ENGLISH
    """For messages in the channel."""
    cancel_requested_at: int | None = None
    """When its member asked to cancel it while it rendered."""
    removed_at: int | None = None
    """When a finished movie's messages and links were removed. Its record stays."""
    removed_by: RemovedBy | None = None
    """Who removed it."""
    approval: Approval | None = None
    """None: it needed no approval."""
    decided_by: int | None = None
    """The staff member who approved or declined it."""
    decline_reason: str = ""
    """What staff gave as the reason for declining it."""
    staff_message: PostedMessage | None = None
    """The message in the staff channel that asks for its approval."""
    pitch_id: str | None = None
    """The pitch whose pledges pay for it; None: its member does."""
    traceparent: str | None = None
    """Its order in a W3C trace; None where nothing was traced."""
    step: Step | None = None
    """Which part of a storyboard it is at; None: of none, or no longer."""
    review: Approval | None = None
    """Whether staff see its storyboard first; None: they need not."""
    decide_by: int | None = None
    """When the wait for staff, or for its member, ends."""
    stop_reason: EndReason | None = None
    """Why its storyboard is stopped, since `cancel_requested_at`; None: its member cancelled it."""
    stop_credits: int | None = None
    """The most that is paid for it where it is cancelled; None: the price."""
    settle_by: int | None = None
    """When what the API charged for a stopped storyboard counts, at the latest."""

    def without_words(self) -> Job:
        """Return it without what its member wrote."""
        return replace(self, request=replace(self.request, prompt=""))

    @property
    def card(self) -> PostedMessage | None:
        """Its card, where that is known."""
        return None if self.card_message_id is None else PostedMessage(self.channel_id, self.card_message_id)

    @property
    def awaits_approval(self) -> bool:
        """Whether it waits for staff, or will once it was answered."""
        if self.state is JobState.RESERVED:
            return self.approval is Approval.REQUIRED
        return self.state is JobState.AWAITING_APPROVAL or (self.is_waiting and self.step is Step.REVIEW)

    @property
    def awaits_decision(self) -> bool:
        """Whether it waits for its member, who renders or stops it."""
        return self.is_waiting and self.step is Step.STORYBOARD

    @property
    def is_waiting(self) -> bool:
        """Whether its storyboard is drawn, and someone must decide about it."""
        is_at_api = self.state is JobState.RENDERING and self.cancel_requested_at is None
        return is_at_api and self.step in WAITING_STEPS

    @property
    def can_be_stopped(self) -> bool:
        """Whether its member may have it cancelled at the API while it renders.

        Not one that members pay for together, whose credits would be spent on nothing, that waits for its member, who
        stops it, or that is charged at once: a copy of finished movies.
        """
        is_made = self.state is JobState.RENDERING and self.cancel_requested_at is None
        return is_made and not (self.is_shared or self.awaits_decision or self.request.operation.declared.is_copy)

    @property
    def most_if_stopped(self) -> int | None:
        """The most that is paid for it where it is stopped now: what its storyboard costs while that is drawn."""
        return self.parts.now if self.step in (Step.DRAWING, Step.REVIEW) else None

    @property
    def shows_still(self) -> bool:
        """Whether its card may show its newest still while it is made.

        Not one that staff see first, that only its member sees, that is another movie's, or of an erased member.
        """
        is_made = self.state is JobState.RENDERING and self.cancel_requested_at is None and not self.is_waiting
        is_staffs = self.step is Step.DRAWING and self.review is Approval.REQUIRED
        is_direct = self.delivery_target is DeliveryTarget.DIRECT_MESSAGE
        is_copy = self.request.operation.declared.is_copy
        return is_made and self.member_id > 0 and not (is_staffs or is_direct or is_copy)

    @property
    def has_steps(self) -> bool:
        """Whether the API waits at its storyboard, so that it has another status there."""
        return self.request.operation.declared.steps

    @property
    def is_shared(self) -> bool:
        """Whether members paid for it together."""
        return self.pitch_id is not None

    @property
    def spent(self) -> int:
        """What was paid for it, in credits."""
        return spent_credits(self.state, self.price, self.charged, self.stop_credits, self.request.operation)

    @property
    def shown_progress(self) -> Progress:
        """The API's progress; of a copy only the stage, because what was done for its movies counts there, too."""
        is_copy = self.request.operation.declared.is_copy
        return Progress(stage=self.progress.stage) if is_copy else self.progress

    @property
    def cost(self) -> int:
        """What it costs, in credits: the price, or once it is finished, what was paid for it."""
        return self.spent if self.state is JobState.COMPLETED else self.price

    @property
    def refunded(self) -> int:
        """What came back to those who paid, in credits."""
        return self.price - self.spent if self.state.is_terminal else 0

    @property
    def came_back_as_bonus(self) -> bool:
        """Whether its allowance came back as bonus credits, because its month was over."""
        if self.end_reason not in _DECIDED_LATE or self.finished_at is None:
            return False
        return Month.containing(self.created_at) < Month.containing(self.finished_at)

    @property
    def was_cancelled_on_the_way(self) -> bool:
        """Whether its member cancelled it when the API had taken it, or did not want its video."""
        return self.end_reason in _BY_MEMBER and self.request_id is not None


def spent_credits(
    state: JobState,
    price: int,
    charged: int | None,
    stop_credits: int | None = None,
    operation: Operation = Operation.MOVIE,
) -> int:
    """Return what a member paid for a job.

    The price of a movie, or where that is the most that it can cost, what the API charged; of one that was cancelled
    while it rendered, what the API charged, at most the price, or what they were shown that it costs to stop it.
    """
    match state:
        case JobState.COMPLETED:
            return min(charged, price) if charged is not None and operation.declared.capped else price
        case JobState.CANCELLED:
            return min(charged or 0, price if stop_credits is None else stop_credits)
        case _:
            return 0


_count = itertools.count(secrets.randbits(24))


def generate_id(now: int) -> str:
    """Generate an id for a job, a quote, or an entry of the ledger.

    It has 13 characters that sort by creation. 41 bits of time and a counter of 24 bits. From July 2037: a z, 42 bits
    of time since then and a counter of 18 bits, until 2176. The counter starts at random, so two processes hardly ever
    generate the same id, and one never does. A nonce made from an id fits Discord's limit of 25 characters.
    """
    return _id_at(now, next(_count))


def first_id(now: int) -> str:
    """Return the least id of a time: all that are generated from then on are not less."""
    return _id_at(now, 0)


def _id_at(now: int, count: int) -> str:
    if now < _LAYOUT_ENDS_MS:
        number = (now << 24) | (count % 2**24)
    else:
        number = (31 << 60) | (now - _LAYOUT_ENDS_MS) << 18 | (count % 2**18)
    return encode_id(number)


def encode_id(number: int) -> str:
    """Encode a number of up to 65 bits as an id."""
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * (_ID_LENGTH - 1), -1, -5))


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of an approval or a decline by a server's staff.

    `job` is as it is afterwards. `counted`: it was this decision that changed it.
    """

    job: Job
    counted: bool
