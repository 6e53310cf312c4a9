"""A movie's status as the API reports it, decoded by bot/samsar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class MovieState(StrEnum):
    """A request's state at the API; unknown words count as PENDING."""

    PENDING = "PENDING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


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


@dataclass(frozen=True, slots=True)
class RecentRequest:
    """One of the account's last requests, as the API lists them.

    `created_at` is UTC epoch milliseconds, `status` the API's word. The list has no prompts.
    """

    request_id: str
    status: str
    created_at: int


def created_between(requests: Iterable[RecentRequest], since: int, until: int) -> tuple[RecentRequest, ...]:
    """Return the requests that were created in this time."""
    return tuple(each for each in requests if since <= each.created_at <= until)


@dataclass(frozen=True, slots=True)
class Status:
    """A response from GET /status.

    COMPLETED always has a `url` (one without is decoded as PENDING); FAILED never has one. `message` is the API's own
    text, untrusted and truncated. `charged` is what the API has charged, in credits, None where it does not say.
    `credits_ran_out`: it failed because the operator's account was empty.
    """

    state: MovieState
    stages: tuple[Stage, ...] = ()
    url: str | None = None
    message: str | None = None
    charged: int | None = None
    credits_ran_out: bool = False
