"""What the API tells us about a movie, in our own terms. bot/samsar turns JSON into these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MovieState(StrEnum):
    """A request's state at the API. Every word we don't know counts as PENDING."""

    PENDING = "PENDING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


class StageState(StrEnum):
    """How far one stage of the work has come. Every word we don't know counts as PENDING."""

    INIT = "INIT"
    PENDING = "PENDING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Stage:
    """One named stage, such as `image_generation`. Names we have never seen are still progress."""

    name: str
    state: StageState


@dataclass(frozen=True, slots=True)
class Status:
    """An answer from /status.

    COMPLETED always has a `url` (an answer without one is read as PENDING); FAILED never has one.
    `message` is the API's own text, untrusted, cut to a sane length.
    """

    state: MovieState
    stages: tuple[Stage, ...] = ()
    url: str | None = None
    message: str | None = None
