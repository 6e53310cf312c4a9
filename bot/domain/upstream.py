"""What the API answers about a movie, decoded by bot/samsar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.breaker import Outage
from bot.domain.jobs import Progress, Still


class MovieState(StrEnum):
    """A request's state at the API; unknown words count as PENDING."""

    PENDING = "PENDING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


class StageState(StrEnum):
    """A stage's state at the API; unknown words count as PENDING."""

    INIT = "INIT"
    PENDING = "PENDING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of rendering, such as `image_generation`; unknown names are kept."""

    name: str
    state: StageState


DRAWING_STAGE: Final = "image_generation"
"""While it is in progress, a movie's stills are drawn one after the other."""

LAST_STAGES: Final = frozenset({"frame_generation", "video_generation"})
"""Once only these are left, a movie can be finished at any moment."""


MAX_CHARGE_FACTOR: Final = 10
"""How many times its price a movie may have cost. A larger charge is an error of the API, which must not use up the
operator's plan and so stop everyone's orders."""


def believable_charge(charged: int | None, price: int) -> int | None:
    """Return what the API charged, None where that can't be true."""
    return None if charged is None or charged > MAX_CHARGE_FACTOR * price else charged


@dataclass(frozen=True, slots=True)
class Created:
    """What the API has accepted.

    `charged` is what the call itself charged, in credits; None where the API charges stage by stage. What is made from
    a finished movie inherits that movie's charges, so its status says nothing about its own.
    """

    request_id: str
    charged: int | None = None


@dataclass(frozen=True, slots=True)
class SceneQuote:
    """What it costs to make scenes of a movie anew, in credits: all of them together, and each one, counted from 1."""

    total: int
    prices: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene of a finished movie, and what it costs to make it anew, in credits; None where the API does not."""

    still: Still
    price: int | None


@dataclass(frozen=True, slots=True)
class RecentRequest:
    """One of the account's last requests, as the API lists them.

    `created_at` is UTC epoch milliseconds, `status` the API's word. The list has no prompts.
    """

    request_id: str
    status: str
    created_at: int


@dataclass(frozen=True, slots=True)
class Status:
    """A response from GET /status.

    COMPLETED always has a `url` (one without is decoded as PENDING); FAILED never has one. `message` is the API's own
    text, untrusted and truncated. `charged` is what the API has charged, in credits, None where it does not say.
    `shortage`: it failed because the operator's account was empty, or the key's own limit reached. `says_unfinished`:
    its word is one of those that the API has for a movie that is waiting or being made, and there is no finished movie
    beside it. `waits`: its storyboard is drawn, and the API does nothing until it is told to go on; `stills` are what
    it has drawn.
    """

    state: MovieState
    stages: tuple[Stage, ...] = ()
    url: str | None = None
    message: str | None = None
    charged: int | None = None
    shortage: Outage | None = None
    says_unfinished: bool = False
    waits: bool = False
    stills: tuple[Still, ...] = ()

    @property
    def may_have_stills(self) -> bool:
        """Whether stills are being drawn, or all are."""
        drawn = Stage(DRAWING_STAGE, StageState.COMPLETED)
        return drawn in self.stages or parse_progress(self).stage == DRAWING_STAGE

    @property
    def is_certainly_unfinished(self) -> bool:
        """Whether it can be cancelled.

        The API does not look, and a finished movie that is cancelled is lost. So a last stage in progress counts as the
        end, whatever is left beside it: a movie may skip a stage.
        """
        if self.waits:
            return True
        if not self.says_unfinished or not self.stages:
            return self.says_unfinished
        left = [stage for stage in self.stages if stage.state is not StageState.COMPLETED]
        ending = any(stage.name in LAST_STAGES and stage.state is StageState.PENDING for stage in left)
        return not ending and any(stage.name not in LAST_STAGES for stage in left)


def parse_progress(status: Status) -> Progress:
    """Return the finished stages, all stages, and the first in progress."""
    done = sum(stage.state is StageState.COMPLETED for stage in status.stages)
    by_state = {stage.state: stage.name for stage in reversed(status.stages)}
    current = by_state.get(StageState.PENDING) or by_state.get(StageState.INIT, "")
    return Progress(done, len(status.stages), current)
