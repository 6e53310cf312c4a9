"""Faults of the fake Discord: requests can fail, and gateway connections can break."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, Literal, TypeVar

When = Literal["before", "after"]
"""Before Discord carried the request out, or after it did."""


@dataclass(frozen=True)
class Failure:
    """A status is answered, and the request held, `at` one moment; `cut` closes the connection. All is optional."""

    status: int | None = None
    code: int = 0
    message: str = "made to fail"
    retry_after: float = 0.0
    everywhere: bool = False
    at: When = "before"
    cut: When | None = None
    hold: asyncio.Event | None = None


class Phase(Enum):
    CONNECT = auto()  # the HTTP request, before the upgrade
    IDENTIFY = auto()  # IDENTIFY came in, nothing was answered
    READY = auto()  # READY was sent, the guilds were not
    GUILDS = auto()  # the guilds were sent after READY
    RESUME = auto()  # RESUME came in, nothing was answered
    HEARTBEAT = auto()  # a heartbeat came in, its ACK was not sent


@dataclass(frozen=True)
class Refuse:
    """Answer the upgrade with an HTTP status (at CONNECT only)."""

    status: int = 503


@dataclass(frozen=True)
class Close:
    """Close with a code. 4004 is a wrong token, 4009 a session that timed out."""

    code: int


@dataclass(frozen=True)
class Cut:
    """Close the connection below the websocket, without a close frame."""


@dataclass(frozen=True)
class StopHeartbeats:
    """Keep the connection open, but stop reading and writing."""


@dataclass(frozen=True)
class Invalidate:
    """Send INVALID_SESSION: `resumable` says whether a RESUME may be tried."""

    resumable: bool = False


Effect = TypeVar("Effect")
Break = Refuse | Close | Cut | StopHeartbeats | Invalidate


class Fault(Generic[Effect]):
    """A fault that was set. It happens `times` more; None: until it is lifted."""

    def __init__(self, effect: Effect, times: int | None) -> None:
        self.effect = effect
        self.times = times
        self.hits = 0

    def lift(self) -> None:
        self.times = 0

    @property
    def live(self) -> bool:
        return self.times is None or self.times > 0

    def strike(self) -> Effect:
        self.hits += 1
        if self.times is not None:
            self.times -= 1
        return self.effect


class Faults(Generic[Effect]):
    """All that were set. Of several that fit, the one set first happens until it is used up."""

    def __init__(self) -> None:
        self._set: list[tuple[Callable[..., bool], Fault[Effect]]] = []

    def add(self, fits: Callable[..., bool], effect: Effect, times: int | None) -> Fault[Effect]:
        fault = Fault(effect, times)
        self._set.append((fits, fault))
        return fault

    def meet(self, *what: object) -> Effect | None:
        return next((fault.strike() for fits, fault in self._set if fault.live and fits(*what)), None)
