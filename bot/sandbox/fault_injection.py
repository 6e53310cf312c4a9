"""What a fault of the fake API is, to which requests it applies, and how a reply is sent.

A fault has a function `act(exchange, proceed) -> Reply`. It may change the exchange, skip the server's handler, or
change the reply. faults.py defines them.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import socket
import struct
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import cast

from aiohttp import web

JsonObject = dict[str, object]


class Route(StrEnum):
    """Where a fault can apply."""

    CREATE = "create"
    STATUS = "status"
    CANCEL = "cancel"
    CREDITS = "credits"
    STORYBOARD = "storyboard"
    STEP = "step"
    RESUME = "resume"
    DETAILS = "details"
    UPLOAD = "upload"
    PICTURES = "pictures"
    QUOTE = "quote"
    SCENE = "scene"
    FILM = "film"
    DUB = "dub"
    SUBTITLES = "subtitles"
    MODERATION = "moderation"
    MODELS = "models"
    REQUESTS = "requests"


@dataclass(frozen=True, slots=True)
class RenderOutcome:
    """A movie's planned outcome; `seconds` is the render time (math.inf: never).

    A failure ends it at the stage `fails_at`. Each stage costs `charge_factor` times what was estimated. What is
    charged at once may fail before there is a movie: not `is_made`.
    """

    seconds: float
    fails_at: str | None = None
    message: str = ""
    charge_factor: float = 1.0
    is_made: bool = True


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request as a fault receives it.

    `sleep` takes seconds, `hold` returns when the server stops. `prompt` is the movie's, on both routes; None where it
    can't be read. No fault applies without a route.
    """

    route: Route | None
    prompt: str | None
    outcome: RenderOutcome
    sleep: Callable[[float], Awaitable[None]]
    hold: Callable[[], Awaitable[object]]


Send = Callable[[web.Request, "Reply"], Awaitable[web.StreamResponse]]


async def send_whole(_request: web.Request, reply: Reply) -> web.StreamResponse:
    """Send the reply normally."""
    headers = {"Content-Type": "application/json; charset=utf-8", **reply.headers}
    return web.Response(status=reply.status, body=reply.body, headers=headers)


@dataclass(frozen=True, slots=True)
class Reply:
    """A response, and the function that sends it."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    send: Send = send_whole

    @classmethod
    def of(cls, answer: JsonObject, status: int = HTTPStatus.OK) -> Reply:
        """Build a JSON reply."""
        return cls(status, json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))


@dataclass(frozen=True)
class ApiAnswer:
    """What the API answers when it does not do what was asked; a message has its values in braces.

    Few have a code, and some are a web page, as Express answers with.
    """

    status: int
    message: str
    code: str | None = None
    is_page: bool = False

    def text(self, **values: object) -> str:
        """Return the message with its values."""
        return self.message.format(**values) if values else self.message

    def reply(self, **values: object) -> Reply:
        """Return the answer with its values."""
        text = self.text(**values)
        if not self.is_page:
            told: JsonObject = {"code": self.code, "message": text} if self.code else {"message": text}
            return Reply.of(told, self.status)
        page = f'<!DOCTYPE html>\n<html lang="en">\n<body>\n<pre>{html.escape(text)}</pre>\n</body>\n</html>\n'
        return Reply(self.status, page.encode("utf-8", "replace"), {"Content-Type": "text/html; charset=utf-8"})


Proceed = Callable[[Exchange], Awaitable[Reply]]
FaultHandler = Callable[[Exchange, Proceed], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: its name, a description, its handler and its routes."""

    name: str
    about: str
    act: FaultHandler
    routes: tuple[Route, ...] = tuple(Route)


@dataclass(slots=True)
class ActiveFault:
    """An activated fault.

    `left` counts down to 0 (None: unlimited), `hits` counts up.
    """

    fault: Fault
    routes: tuple[Route, ...]
    left: int | None
    when: Callable[[str], bool] | str | None
    hits: int = 0

    def stop(self) -> None:
        """Deactivate it."""
        self.left = 0

    def applies(self, exchange: Exchange) -> bool:
        """Return whether it applies to this request; if so, count it."""
        if self.left == 0 or exchange.route not in self.routes or not self._is_about(exchange.prompt):
            return False
        self.left = None if self.left is None else self.left - 1
        self.hits += 1
        return True

    def _is_about(self, prompt: str | None) -> bool:
        if self.when is None or prompt is None:
            return self.when is None
        return self.when in prompt if isinstance(self.when, str) else self.when(prompt)


# Ways to send -------------------------------------------------------------------------------------------------------


async def send_nothing(request: web.Request, _reply: Reply) -> web.StreamResponse:
    """Close the connection before the first byte."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def send_reset(request: web.Request, reply: Reply) -> web.StreamResponse:
    """Close the connection with a TCP reset."""
    if request.transport is not None:
        sock = cast("socket.socket", request.transport.get_extra_info("socket"))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return await send_nothing(request, reply)


async def send_half(request: web.Request, reply: Reply) -> web.StreamResponse:
    """Close the connection in the middle of the body."""
    response = web.StreamResponse(status=reply.status, headers={"Content-Type": "application/json"})
    response.content_length = len(reply.body)
    await response.prepare(request)
    await response.write(reply.body[: len(reply.body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response


async def send_parts(parts: Iterable[bytes], pause: float, request: web.Request, reply: Reply) -> web.StreamResponse:
    """Send these parts as the body, with so many seconds after each."""
    response = web.StreamResponse(status=reply.status, headers={"Content-Type": "application/json"})
    await response.prepare(request)
    with contextlib.suppress(ConnectionError):  # the caller closed the connection
        for part in parts:
            await response.write(part)
            await asyncio.sleep(pause)
    return response
