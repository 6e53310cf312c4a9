"""A request to the stand-in and the reply to it, and the switches of what may happen between the two.

A mischief is one function, `act(scene, proceed) -> Reply`. It may change the scene before the stand-in sees it, may
never let it see it, and may change the reply on its way back. So they combine: the one that was set first is outermost.
What there is to switch on is in mischief.py.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from http import HTTPStatus

from aiohttp import web

JsonObject = dict[str, object]


class Route(StrEnum):
    """Where a mischief can happen."""

    CREATE = "create"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class RenderOutcome:
    """How a movie will turn out. `seconds` is the whole render (math.inf: never); a failure ends it at its stage."""

    seconds: float
    fails_at: str | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request as a mischief sees it: `sleep` takes seconds, `hold` returns only when the stand-in stops.

    `prompt` is the movie's, on both routes; None where the request has none that can be read.
    """

    route: Route
    prompt: str | None
    origin: str
    fate: RenderOutcome
    sleep: Callable[[float], Awaitable[None]]
    hold: Callable[[], Awaitable[None]]


Send = Callable[[web.Request, "Reply"], Awaitable[web.StreamResponse]]


async def send_whole(_request: web.Request, reply: Reply) -> web.StreamResponse:
    """Send the reply as a well-behaved server does."""
    headers = {"Content-Type": "application/json; charset=utf-8", **reply.headers}
    return web.Response(status=reply.status, body=reply.body, headers=headers)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and the way it is put on the wire."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    send: Send = send_whole

    @classmethod
    def of(cls, answer: JsonObject, status: int = HTTPStatus.OK) -> Reply:
        """Write an answer as JSON."""
        return cls(status, json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))


Proceed = Callable[[Exchange], Awaitable[Reply]]
FaultHandler = Callable[[Exchange, Proceed], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its name, what it does in a sentence, and the routes it makes sense on."""

    name: str
    about: str
    act: FaultHandler
    routes: tuple[Route, ...] = tuple(Route)


@dataclass(slots=True)
class ActiveFault:
    """A mischief that is switched on. `left` counts down to 0 (None: until stopped); `hits` counts up."""

    mischief: Fault
    routes: tuple[Route, ...]
    left: int | None
    when: Callable[[str], bool] | None
    hits: int = 0

    def stop(self) -> None:
        """Switch it off."""
        self.left = 0

    def applies(self, scene: Exchange) -> bool:
        """Whether this request is one of its own; if so, it is counted."""
        if self.left == 0 or scene.route not in self.routes:
            return False
        if self.when is not None and (scene.prompt is None or not self.when(scene.prompt)):
            return False
        self.left = None if self.left is None else self.left - 1
        self.hits += 1
        return True


class FaultInjector:
    """The mischief that is on, in the order in which it was switched on."""

    def __init__(self) -> None:
        self._playing: list[ActiveFault] = []

    def inject(
        self,
        mischief: Fault,
        *,
        route: Route | None = None,
        times: int | None = None,
        when: Callable[[str], bool] | str | None = None,
    ) -> ActiveFault:
        """Switch one on.

        `times` is for how many requests (None: until stopped). `when` narrows it to movies whose prompt passes the
        test, or contains the word. Without `route` it happens on every route it makes sense on.

        Raises:
            ValueError: it does not happen on that route.
        """
        if route is not None and route not in mischief.routes:
            raise ValueError(f"{mischief.name!r} does not happen on {route}")
        test = partial(_contains, when) if isinstance(when, str) else when
        playing = ActiveFault(mischief, mischief.routes if route is None else (route,), times, test)
        self._playing.append(playing)
        return playing

    def clear(self) -> None:
        """Switch all of it off."""
        for playing in self._playing:
            playing.stop()
        self._playing.clear()

    async def handle(self, scene: Exchange, proceed: Proceed) -> Reply:
        """Let the request through all the mischief that takes it, and to `proceed` if they let it."""
        self._playing = [playing for playing in self._playing if playing.left != 0]
        for playing in reversed([each for each in self._playing if each.applies(scene)]):
            proceed = partial(_within, playing.mischief.act, proceed)
        return await proceed(scene)


async def _within(act: FaultHandler, proceed: Proceed, scene: Exchange) -> Reply:
    return await act(scene, proceed)


def _contains(word: str, prompt: str) -> bool:
    return word in prompt
