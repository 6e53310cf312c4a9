"""A movie job, its states, and the transitions between them.

reserved ──► queued ──► submitting ──► rendering ──► completed
   │           │ ▲          │ │ │          └───────► failed
   │           │ └──────────┘ │ └─────────────────► failed        (refused: nothing was made)
   │           │  never sent  └──► unknown ──► rendering | failed (a callback or an operator knows)
   │           └──► cancelled | failed
   └──► cancelled                                                 (Discord did not accept the response)
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.domain.preferences import DeliveryTarget
from bot.domain.request import MovieRequest


class JobState(StrEnum):
    """The state of a job."""

    RESERVED = "reserved"
    """Its credits are held, and Discord has not accepted the response yet. Nothing is submitted."""

    QUEUED = "queued"
    SUBMITTING = "submitting"
    RENDERING = "rendering"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"

    @property
    def is_terminal(self) -> bool:
        """Whether nothing can happen to the job any more."""
        return not TRANSITIONS[self]


TRANSITIONS: Mapping[JobState, frozenset[JobState]] = MappingProxyType(
    {
        JobState.RESERVED: frozenset({JobState.QUEUED, JobState.CANCELLED}),
        JobState.QUEUED: frozenset({JobState.SUBMITTING, JobState.CANCELLED, JobState.FAILED}),
        JobState.SUBMITTING: frozenset({JobState.QUEUED, JobState.RENDERING, JobState.FAILED, JobState.UNKNOWN}),
        JobState.UNKNOWN: frozenset({JobState.RENDERING, JobState.FAILED}),
        JobState.RENDERING: frozenset({JobState.COMPLETED, JobState.FAILED}),
        JobState.COMPLETED: frozenset(),
        JobState.FAILED: frozenset(),
        JobState.CANCELLED: frozenset(),
    }
)


OPEN_STATES = (JobState.RESERVED, JobState.QUEUED, JobState.SUBMITTING, JobState.RENDERING, JobState.UNKNOWN)
"""The states in which a job holds credits, in the order of the indexes' WHERE clauses."""


def states_leading_to(state: JobState) -> tuple[JobState, ...]:
    """The states from which a job may move to `state`."""
    return tuple(source for source, targets in TRANSITIONS.items() if state in targets)


class EndReason(StrEnum):
    """Why a job ended without a movie. The words for each are in bot/ui."""

    UPSTREAM_FAILED = "upstream_failed"
    """The API said FAILED. It keeps what it charged."""

    UPSTREAM_LOST_JOB = "upstream_lost_job"
    """The API has persistently not known the request_id it gave."""

    REQUEST_REJECTED = "request_rejected"
    """The API refused the request (400). Nothing was made."""

    AUTHENTICATION_FAILED = "authentication_failed"
    """The API refused our key (401). Nothing was made."""

    PLAN_EXHAUSTED = "plan_exhausted"
    """The operator's plan at the API is used up (402). Nothing was made."""

    RATE_LIMITED = "rate_limited"
    """The API refused to take another request now (429). Nothing was made."""

    UNREACHABLE = "unreachable"
    """The API could not be reached for too long. Nothing was sent."""

    RESOLVED_BY_OPERATOR = "resolved_by_operator"
    """The operator ended a job that was UNKNOWN."""

    RESPONSE_FAILED = "response_failed"
    """Discord did not take our answer to the command, so the member never saw it accepted."""

    CANCELLED_BY_MEMBER = "cancelled_by_member"
    """The member cancelled it while it was waiting."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the API says it is: stages that are done, stages known, and the one under way ('' where unknown)."""

    done: int = 0
    total: int = 0
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One movie, from the hold to the end. All times are UTC epoch milliseconds; `credits` is what is held for it."""

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
    """When a poll last showed that the movie was not done yet."""
    took_ms: int | None = None
    """How long rendering took; None where that is not known well enough."""

    @property
    def has_callback(self) -> bool:
        """Whether the API called back, so that it took the job; older versions kept the candidate only."""
        return self.called_back_at is not None or self.unverified_request_id is not None


_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH = 13
_count = itertools.count(secrets.randbits(24))

_LAYOUT_ENDS_MS = 31 << 36
"""UTC epoch milliseconds, in July 2037: from then on, 41 bits of time make ids that begin with the last letter, z.

In September 2039 the 41 bits are full. So z begins ids of a second layout, which therefore sort after all of the first.
"""


def generate_id(now: int) -> str:
    """Make an id for a job or an offer: 13 characters that sort by age.

    41 bits of time and 24 that count on. From July 2037: a z, 42 bits of time since then and 18 that count, until 2176.

    Where a process begins to count is random, so that two of them hardly ever make the same; one never does. Short
    enough that a nonce made from it fits Discord's 25 characters, and that a person can read it out.
    """
    count = next(_count)
    if now < _LAYOUT_ENDS_MS:
        number = (now << 24) | (count % 2**24)
    else:
        number = (31 << 60) | (now - _LAYOUT_ENDS_MS) << 18 | (count % 2**18)
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(5 * (_ID_LENGTH - 1), -1, -5))
