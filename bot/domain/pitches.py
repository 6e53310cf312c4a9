"""Pitches: movies that members of a server pay for together.

open ◄──► waiting_for_plan ──► funded
  │               └──────────► lapsed | withdrawn | removed
  └──────────────────────────► funded | lapsed | withdrawn | removed
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.credits import DAY_MS
from bot.domain.request import MovieRequest, Priced
from bot.domain.text import Language

DEFAULT_DAYS: Final = 7
WAITING_MS: Final = 7 * DAY_MS
"""How long a pitch that is fully pledged may wait for the plan, where its end would come earlier."""

RETRY_MS: Final = 5 * 60_000
"""How often a pitch that waits for the plan tries again."""

WAITING_NOTICE_MS: Final = 2 * RETRY_MS
"""How long a pitch waits for the plan before its pledgers are told. Most waits for a place are shorter."""

MAX_OPEN_PITCHES: Final = 3
"""Open pitches of one member in a server."""

MAX_CHIP_IN: Final = 999_999_999
"""Credits that may be typed. Every price is less."""

CHIP_IN_AMOUNTS: Final = (10, 50)
"""What the buttons of a pitch chip in, besides the rest."""


class PitchState(StrEnum):
    """The state of a pitch."""

    OPEN = "open"
    WAITING_FOR_PLAN = "waiting_for_plan"
    """It is fully pledged, and its movie can't be ordered yet: `Pitch.waits_for` says why."""

    FUNDED = "funded"
    """Its movie is ordered: there is a job."""

    LAPSED = "lapsed"
    """It was not fully pledged in time."""

    WITHDRAWN = "withdrawn"
    """By the member who made it."""

    REMOVED = "removed"
    """`Pitch.end_reason` says why."""

    @property
    def is_open(self) -> bool:
        """Whether it may still be funded."""
        return self in OPEN_STATES


OPEN_STATES: Final = (PitchState.OPEN, PitchState.WAITING_FOR_PLAN)


class PitchEndReason(StrEnum):
    """Why a pitch ended without a movie, or why pledges came back."""

    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    """Also where the member who made it has erased their data."""

    REMOVED_BY_STAFF = "removed_by_staff"
    PROMPT_REFUSED = "prompt_refused"
    """Its prompt breaks a rule that was added since."""

    NOT_OFFERED = "not_offered"
    """The bot or the server no longer offers its model or duration."""

    MESSAGE_GONE = "message_gone"
    """Its message was deleted, or its channel: nobody could press its buttons any more."""

    RESTORED = "restored"
    """The database was restored from a backup, and the movie may have been made since."""

    SERVER_LEFT = "server_left"
    """The bot was removed from the server, or the operator no longer names it."""

    JOB_ENDED = "job_ended"
    """The movie was ordered, but failed, or was declined or cancelled."""

    JOB_ENDED_LATE = "job_ended_late"
    """The same when its month was over: what was paid from the allowance came back as bonus credits."""


class WaitReason(StrEnum):
    """Why a fully pledged pitch waits."""

    PLAN = "plan"
    """The operator's plan has too little left this month."""

    SERVER = "server"
    """The server's share of it has."""

    BUSY = "busy"
    """Too many movies are open, of the server or of the member who made the pitch."""

    PAUSED = "paused"
    """The operator takes no orders now, or none from this server."""

    MEMBER = "member"
    """The member who made the pitch may not order now, or nobody in its channel."""


class PledgeState(StrEnum):
    """What became of a pledge. The last three are its ends."""

    OPEN = "open"
    FUNDED = "funded"
    """It pays for a job that has not ended."""

    SPENT = "spent"
    RETURNED = "returned"
    LAPSED = "lapsed"
    """Its allowance was of a month that is over."""


PAYING: Final = (PledgeState.OPEN, PledgeState.FUNDED, PledgeState.SPENT)
"""The states of pledges that hold credits for the pitch, or paid for its movie."""


class PitchSort(StrEnum):
    """The orders of a list of pitches."""

    MISSING = "missing"
    """The fewest missing credits first."""

    VOTES = "votes"
    """The most votes first."""

    AGE = "age"
    """The newest first."""


@dataclass(frozen=True, slots=True)
class Pitch(Priced):
    """A movie that a member proposes to their server.

    Times are UTC epoch milliseconds.

    `price` is fixed for its life. `pledged` is what open or funded pledges hold, `people` counts them. `job_id` is
    that of its movie once it is funded, `awaits_approval` whether it waits for the server's staff. `message_id` is None
    until its message is posted. `parent_channel_id` is a thread's, `age_restricted` Discord's flag of the channel when
    it was last pressed.
    """

    id: str
    interaction_id: int
    guild_id: int
    channel_id: int
    member_id: int
    request: MovieRequest
    price: int
    state: PitchState
    created_at: int
    ends_at: int
    message_id: int | None = None
    member_name: str = ""
    member_language: Language = Language.ENGLISH
    server_language: Language = Language.ENGLISH
    pledged: int = 0
    people: int = 0
    votes: int = 0
    end_reason: PitchEndReason | None = None
    waits_for: WaitReason | None = None
    waiting_since: int | None = None
    job_id: str | None = None
    awaits_approval: bool = False
    parent_channel_id: int | None = None
    age_restricted: bool = True

    @property
    def missing(self) -> int:
        """The credits that are not pledged yet."""
        return self.price - self.pledged


@dataclass(frozen=True, slots=True)
class MakerRights:
    """What the member who made a pitch is in its server when it is funded.

    None of it where that is not known: it is never that of an earlier time.
    """

    role_ids: tuple[int, ...] = ()
    manages_server: bool = False


UNKNOWN_RIGHTS: Final = MakerRights()


@dataclass(frozen=True, slots=True)
class Pledge:
    """What one member holds for a pitch, by source.

    `month` is that of the allowance, `interaction_id` their newest press. After its end, the amounts are those at the
    end. `spent` is what it cost.
    """

    pitch_id: str
    guild_id: int
    member_id: int
    month: str
    allowance: int
    extra: int
    state: PledgeState
    created_at: int
    interaction_id: int
    spent: int = 0

    @property
    def credits(self) -> int:
        """The sum of both sources."""
        return self.allowance + self.extra


@dataclass(frozen=True, slots=True)
class Pledged:
    """A pledge that a press changed.

    `pitch` is as the press left it: open, funded, waiting for its movie, or over. `added` is negative where credits
    were taken back.
    """

    pitch: Pitch
    pledge: Pledge
    added: int
