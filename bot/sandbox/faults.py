"""What can go wrong between us and the API, as a table of switches for the stand-in.

For an order it matters whether the movie was made in spite of the mischief, so each entry of MISCHIEF says whether it
does as asked. The functions above the table make the same kind to measure: `slow(30)`, `failed("music_generation")`.
"""

from __future__ import annotations

import asyncio
import json
import math
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import cast

from aiohttp import web

from bot.sandbox.fault_injection import (
    Exchange,
    Fault,
    FaultHandler,
    JsonObject,
    Proceed,
    RenderOutcome,
    Reply,
    Route,
    Send,
)

CREATE = (Route.CREATE,)
STATUS = (Route.STATUS,)

Change = Callable[[JsonObject, Exchange], JsonObject]

# How a mischief acts ------------------------------------------------------------------------------------------------


def _instead(reply: Reply, *, after: bool = False) -> FaultHandler:
    """Give this reply; the request is carried out only if `after`."""

    async def act(scene: Exchange, proceed: Proceed) -> Reply:
        if after:
            await proceed(scene)
        return reply

    return act


def _fated(change: Callable[[RenderOutcome], RenderOutcome]) -> FaultHandler:
    async def act(scene: Exchange, proceed: Proceed) -> Reply:
        return await proceed(replace(scene, fate=change(scene.fate)))

    return act


def _sent(send: Send) -> FaultHandler:
    async def act(scene: Exchange, proceed: Proceed) -> Reply:
        return replace(await proceed(scene), send=send)

    return act


def _changed(change: Change) -> FaultHandler:
    """Change the JSON of a good answer; refusals stay as they are."""

    async def act(scene: Exchange, proceed: Proceed) -> Reply:
        reply = await proceed(scene)
        if reply.status >= HTTPStatus.MULTIPLE_CHOICES:
            return reply
        answer = change(cast("JsonObject", json.loads(reply.body)), scene)
        return replace(reply, body=Reply.of(answer).body)

    return act


def _url_moved(place: Callable[[str], JsonObject]) -> FaultHandler:
    """Take a finished movie's URL out of `result` and put it where `place` says."""

    def change(answer: JsonObject, _scene: Exchange) -> JsonObject:
        url = _url(answer)
        if url is None:
            return answer
        return {key: value for key, value in answer.items() if key != "result"} | place(url)

    return _changed(change)


# Made to measure ----------------------------------------------------------------------------------------------------


def slow(seconds: float = 5.0) -> Fault:
    """Wait before the request is looked at."""

    async def act(scene: Exchange, proceed: Proceed) -> Reply:
        await scene.sleep(seconds)
        return await proceed(scene)

    return Fault("slow", f"waits {seconds:g} s, then does as asked", act)


def no_response(*, after: bool = False) -> Fault:
    """Keep the caller waiting until the stand-in stops; the request is carried out only if `after`."""

    async def act(scene: Exchange, proceed: Proceed) -> Reply:
        if after:
            await proceed(scene)
        await scene.hold()
        return Reply(HTTPStatus.GATEWAY_TIMEOUT, b"", send=send_nothing)

    name, what = ("silent-after", "does as asked") if after else ("silent", "does nothing")
    return Fault(name, f"{what}, and never answers", act)


def respond(
    status: int, message: str, *, after: bool = False, headers: Mapping[str, str] | None = None, name: str = ""
) -> Fault:
    """Answer with this status and `{"message": …}`; the request is carried out only if `after`."""
    reply = replace(Reply.of({"message": message}, status), headers=headers or {})
    what = "does as asked, and answers" if after else "does nothing, and answers"
    return Fault(name or f"{status}{'-after' * after}", f"{what} {status}", _instead(reply, after=after))


def busy(retry_after: float | str | None = None) -> Fault:
    """Answer 429; `retry_after` is in seconds, or the header's own text (such as an HTTP date)."""
    wait = f"{retry_after:g}" if isinstance(retry_after, float | int) else retry_after
    return respond(
        HTTPStatus.TOO_MANY_REQUESTS,
        "Too many requests.",
        headers={} if wait is None else {"Retry-After": wait},
        name="429" if wait is None else "429-retry-after",
    )


def redirect(to: str = "/elsewhere", status: int = HTTPStatus.FOUND) -> Fault:
    """Send the caller somewhere else."""
    reply = Reply(status, b"", {"Location": to})
    return Fault("redirect", f"does nothing, and sends the caller to {to}", _instead(reply))


def fail_render(stage: str = "video_generation", message: str = "The video model could not make this scene.") -> Fault:
    """Let the movie end as FAILED when it comes to the end of this stage."""
    fate = _fated(lambda fate: replace(fate, fails_at=stage, message=message))
    return Fault("failed", f"the movie fails at {stage}", fate, CREATE)


def render(seconds: float, name: str = "render-slow") -> Fault:
    """Let the movie take this long (math.inf: never be done)."""
    about = "the movie is never done" if math.isinf(seconds) else f"the movie takes {seconds:g} s"
    return Fault(name, about, _fated(lambda fate: replace(fate, seconds=seconds)), CREATE)


def oversized(size: int = 64 * 2**20) -> Fault:
    """Do as asked, and answer with a JSON string of this many bytes."""
    return Fault("huge", f"does as asked, and answers with {size} bytes", _sent(partial(_send_huge, size)))


def trickle(seconds: float = 1.0) -> Fault:
    """Do as asked, and answer with one blank after another, for ever; `seconds` lie between two."""

    async def act(scene: Exchange, proceed: Proceed) -> Reply:
        return replace(await proceed(scene), send=partial(_send_drip, scene.sleep, seconds))

    return Fault("drip", "does as asked, and answers with a body that never ends", act)


# Ways to send -------------------------------------------------------------------------------------------------------


async def send_nothing(request: web.Request, _reply: Reply) -> web.StreamResponse:
    """Close the connection before a single byte."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _send_reset(request: web.Request, reply: Reply) -> web.StreamResponse:
    """Close it the rude way, with a TCP reset."""
    if request.transport is not None:
        plug = cast("socket.socket", request.transport.get_extra_info("socket"))
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return await send_nothing(request, reply)


async def _send_half(request: web.Request, reply: Reply) -> web.StreamResponse:
    response = web.StreamResponse(status=reply.status, headers={"Content-Type": "application/json"})
    response.content_length = len(reply.body)
    await response.prepare(request)
    await response.write(reply.body[: len(reply.body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response


async def _send_huge(size: int, request: web.Request, reply: Reply) -> web.StreamResponse:
    response = web.StreamResponse(status=reply.status, headers={"Content-Type": "application/json"})
    await response.prepare(request)
    try:
        await response.write(b'{"message": "')
        for start in range(0, size, 2**16):
            await response.write(b"x" * min(2**16, size - start))
        await response.write(b'"}')
    except ConnectionResetError:
        pass  # the caller had enough
    return response


async def _send_drip(
    sleep: Callable[[float], Awaitable[None]], seconds: float, request: web.Request, reply: Reply
) -> web.StreamResponse:
    response = web.StreamResponse(status=reply.status, headers={"Content-Type": "application/json"})
    await response.prepare(request)
    try:
        while True:
            await response.write(b" ")
            await sleep(seconds)
            await asyncio.sleep(0)  # a test's sleep may return at once, and the others want their turn
    except ConnectionResetError:
        return response


# The table ----------------------------------------------------------------------------------------------------------

_PAGE = Reply(HTTPStatus.BAD_GATEWAY, b"<html><h1>502 Bad Gateway</h1><hr>nginx</html>", {"Content-Type": "text/html"})
_TEXT = {"Content-Type": "text/plain"}
_ODD = {"request_id": ["not", "text"], "status": 7, "details": 3.5, "result": ["not", "an", "object"]}


def _spoiled(name: str, about: str, body: bytes, headers: Mapping[str, str] | None = None) -> Fault:
    act = _instead(Reply(HTTPStatus.OK, body, headers or {}), after=True)
    return Fault(name, f"does as asked, and answers 200 with {about}", act)


def _renamed(old: str, new: str) -> Change:
    return lambda answer, _: {new if key == old else key: value for key, value in answer.items()}


def _told(**words: object) -> Change:
    return lambda answer, _: answer | words


def _without(*names: str) -> Change:
    return lambda answer, _: {key: value for key, value in answer.items() if key not in names}


def _odd(answer: JsonObject, _: Exchange) -> JsonObject:
    return {key: _ODD.get(key, value) for key, value in answer.items()}


def _stages(answer: JsonObject) -> dict[str, str]:
    details = answer.get("details")
    return cast("dict[str, str]", details) if isinstance(details, dict) else {}


def _url(answer: JsonObject) -> str | None:
    result = answer.get("result")
    return cast("dict[str, str]", result).get("url") if isinstance(result, dict) else None


def _reborn(answer: JsonObject, _: Exchange) -> JsonObject:
    """A status as it was when the movie was ordered."""
    return {"status": "PENDING", "details": dict.fromkeys(_stages(answer), "INIT")}


def _listed(answer: JsonObject, _: Exchange) -> JsonObject:
    return answer | {"details": [{"stage": name, "status": state} for name, state in _stages(answer).items()]}


def _relative(answer: JsonObject, scene: Exchange) -> JsonObject:
    url = _url(answer)
    return answer | {"result": {"status": "COMPLETED", "url": url.removeprefix(scene.origin)}} if url else answer


def _failed_with_url(answer: JsonObject, scene: Exchange) -> JsonObject:
    return answer | {"status": "FAILED", "result": {"url": f"{scene.origin}/movies/none.mp4"}}


_URL_PLACES: Mapping[str, Callable[[str], JsonObject]] = {
    "url": lambda url: {"url": url},
    "result_url": lambda url: {"result_url": url},
    "result_urls": lambda url: {"result_urls": [url]},
    "remoteURL": lambda url: {"remoteURL": url},
    "videoLink": lambda url: {"videoLink": url},
    "video_link": lambda url: {"video_link": url},
    "video.url": lambda url: {"video": {"url": url}},
}


async def _created(scene: Exchange, proceed: Proceed) -> Reply:
    reply = await proceed(scene)
    return replace(reply, status=HTTPStatus.CREATED) if reply.status == HTTPStatus.OK else reply


_ALL = (
    slow(),
    no_response(),
    no_response(after=True),
    Fault("cut", "does nothing, and closes the connection", _instead(Reply(0, b"", send=send_nothing))),
    Fault("cut-after", "does as asked, and closes the connection", _sent(send_nothing)),
    Fault("reset", "does nothing, and resets the connection", _instead(Reply(0, b"", send=_send_reset))),
    Fault("reset-after", "does as asked, and resets the connection", _sent(_send_reset)),
    Fault("cut-body", "does as asked, and closes the connection amid the body", _sent(_send_half)),
    respond(401, "Invalid API key."),
    respond(402, "Insufficient credits."),
    busy(),
    busy(2.0),
    *(respond(status, "Something went wrong.") for status in (500, 502, 503, 504)),
    respond(500, "Something went wrong.", after=True),
    Fault("html", "does nothing, and answers 502 with a proxy's web page", _instead(_PAGE)),
    _spoiled("html-200", "a web page", b"<html><h1>Welcome</h1></html>", {"Content-Type": "text/html"}),
    _spoiled("not-json", "text", b"OK, on it!", _TEXT),
    _spoiled("not-an-object", "a JSON array", b"[1, 2, 3]"),
    _spoiled("empty", "no body", b""),
    Fault("wrong-types", "does as asked, and answers with every known field of a wrong type", _changed(_odd)),
    redirect(),
    oversized(),
    trickle(),
    Fault("no-id", "does as asked, and leaves the id out", _changed(_without("request_id")), CREATE),
    Fault("session-id", "calls the id session_id", _changed(_renamed("request_id", "session_id")), CREATE),
    Fault("session-id-camel", "calls the id sessionID", _changed(_renamed("request_id", "sessionID")), CREATE),
    Fault("201", "does as asked, and answers 201", _created, CREATE),
    render(600.0),
    render(math.inf, "render-never"),
    fail_render(),
    replace(respond(404, "Request not found.", name="unknown-request"), routes=STATUS),
    Fault("no-url", "says COMPLETED without a URL", _url_moved(lambda _: {"result": {"status": "COMPLETED"}}), STATUS),
    Fault("failed-with-url", "says FAILED, and gives a URL", _changed(_failed_with_url), STATUS),
    Fault("backwards", "says what it said when the movie was ordered", _changed(_reborn), STATUS),
    Fault("unknown-status", "says a status nobody knows", _changed(_told(status="DREAMING")), STATUS),
    Fault("details-array", "gives details as an array of objects", _changed(_listed), STATUS),
    Fault("details-string", "gives details as text", _changed(_told(details="Painting the sky")), STATUS),
    Fault("details-absent", "gives no details", _changed(_without("details")), STATUS),
    Fault(
        "express-status",
        "calls details expressGenerationStatus",
        _changed(_renamed("details", "expressGenerationStatus")),
        STATUS,
    ),
    Fault("relative-url", "gives a URL relative to its host", _changed(_relative), STATUS),
    *(
        Fault(f"url-in-{name}", f"gives the URL as {name}", _url_moved(place), STATUS)
        for name, place in _URL_PLACES.items()
    ),
)

FAULTS: Mapping[str, Fault] = {mischief.name: mischief for mischief in _ALL}
"""All there is, by name."""


def get_fault(name: str) -> Fault:
    """Look a mischief up.

    Raises:
        ValueError: there is none of that name; the message lists those there are.
    """
    if name not in FAULTS:
        raise ValueError(f"no mischief is called {name!r}: there are {', '.join(FAULTS)}")
    return FAULTS[name]
