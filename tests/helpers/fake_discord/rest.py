"""The fake REST server: reads, records, fails and answers requests."""

import asyncio
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import BodyPartReader, web

from tests.helpers.fake_discord.faults import Failure, FaultTable, When
from tests.helpers.fake_discord.messages import RefusedError
from tests.helpers.fake_discord.models import Json, Request, Upload
from tests.helpers.fake_discord.primitives import ChangeSignal, compile_path

PREFIX = "/api/v10"
OPEN_PATHS = re.compile(r"/interactions/.*|/webhooks/.*|/gateway")
"""Paths that carry their own token, or need none."""


@dataclass(frozen=True)
class Call:
    """A request as a route sees it: `params` are the path's parts."""

    params: Mapping[str, str]
    query: Mapping[str, str]
    json: Any
    files: tuple[Upload, ...]

    def number(self, name: str) -> int:
        value = self.params[name]
        if not value.isdecimal():
            raise RefusedError(400, 50035, f"Invalid Form Body: {name} {value!r} is not snowflake.")
        return int(value)


Route = Callable[[Call], Any]
"""Does what the request asks, and returns the JSON of the answer (None: 204); RefusedError otherwise."""


@dataclass(frozen=True)
class _Answer:
    status: int
    body: Any
    headers: Mapping[str, str]


class RestServer:
    def __init__(self, faults: FaultTable, bell: ChangeSignal, token: str) -> None:
        self.requests: list[Request] = []
        self._faults = faults
        self._bell = bell
        self._token = token
        self._routes: list[tuple[str, str, re.Pattern[str], Route]] = []
        self._stopping = asyncio.Event()

    def route(self, method: str, pattern: str, handler: Route) -> None:
        """Serve a path. Of several that fit, the first one added is used."""
        self._routes.append((method, pattern, compile_path(pattern), handler))

    def stop(self) -> None:
        self._stopping.set()

    def start(self) -> None:
        self._stopping.clear()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix(PREFIX)
        body, files = await _read(request)
        index = len(self.requests)
        self.requests.append(Request(request.method, path, dict(request.query), body, files, time.time()))
        self._bell.ring()
        failure = self._faults.for_request(request.method, path) or Failure()
        answer = await self._fail(failure, "before", path)
        if answer is None and failure.cut != "before":
            answer = self._carry_out(request, path, body, files)
            answer = await self._fail(failure, "after", path) or answer
        if answer is None or failure.cut is not None:
            if request.transport is not None:
                request.transport.close()
            return web.Response()
        code = answer.body.get("code") if isinstance(answer.body, dict) else None
        self.requests[index] = replace(self.requests[index], status=answer.status, code=code)
        self._bell.ring()
        if answer.body is None:
            return web.Response(status=answer.status, headers=answer.headers)
        headers = {**answer.headers, "Content-Type": "application/json"}
        return web.Response(status=answer.status, body=json.dumps(answer.body).encode(), headers=headers)

    def _carry_out(self, request: web.Request, path: str, body: Any, files: tuple[Upload, ...]) -> _Answer:
        authorized = request.headers.get("Authorization") == f"Bot {self._token}"
        if not authorized and not OPEN_PATHS.fullmatch(path):
            return _refusal(401, 0, "401: Unauthorized")
        for method, pattern, compiled, handler in self._routes:
            match = compiled.fullmatch(path)
            if match is None or method != request.method:
                continue
            try:
                result = handler(Call(match.groupdict(), dict(request.query), body, files))
            except RefusedError as refused:
                return _refusal(refused.status, refused.code, refused.message)
            return _Answer(204 if result is None else 200, result, _limits(f"{method} {pattern}"))
        return _refusal(404, 0, "404: Not Found")

    async def _fail(self, failure: Failure, moment: When, path: str) -> _Answer | None:
        if failure.at != moment:
            return None
        if failure.hold is not None:
            waits = [asyncio.ensure_future(event.wait()) for event in (failure.hold, self._stopping)]
            try:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()
        if failure.status is None:
            return None
        if failure.status == 429:
            return _rate_limit(failure, path)
        return _refusal(failure.status, failure.code, failure.message)


def _refusal(status: int, code: int, message: str) -> _Answer:
    return _Answer(status, {"message": message, "code": code}, {"Via": "1.1 loopback"})


def _rate_limit(failure: Failure, path: str) -> _Answer:
    body = {
        "message": "You are being rate limited.",
        "retry_after": failure.retry_after,
        "global": failure.everywhere,
    }
    own = (
        {"X-RateLimit-Global": "true"} if failure.everywhere else _limits(path, remaining=0, after=failure.retry_after)
    )
    scope = "global" if failure.everywhere else "user"
    headers = {"Via": "1.1 loopback", "Retry-After": str(failure.retry_after), "X-RateLimit-Scope": scope}
    return _Answer(429, body | ({"code": failure.code} if failure.code else {}), {**headers, **own})


def _limits(bucket: str, *, remaining: int = 999, after: float = 1.0) -> dict[str, str]:
    """Return the headers of every response. They always leave requests, unless a test sets a rate limit."""
    return {
        "Via": "1.1 loopback",
        "X-RateLimit-Limit": "1000",
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset": f"{time.time() + after:.3f}",
        "X-RateLimit-Reset-After": f"{after:.3f}",
        "X-RateLimit-Bucket": f"{hash(bucket) & 0xFFFF_FFFF:08x}",
    }


async def _read(request: web.Request) -> tuple[Any, tuple[Upload, ...]]:
    if not request.content_type.startswith("multipart/"):
        raw = await request.read()
        return (json.loads(raw) if raw else None), ()
    body: Json = {}
    files: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read(decode=False))
        if part.name == "payload_json":
            body = json.loads(content)
        elif number := re.fullmatch(r"files\[(\d+)\]", part.name or ""):
            kind = part.headers.get("Content-Type", "application/octet-stream")
            files.append(Upload(part.filename or "file", content, kind, int(number[1])))
    return body, tuple(files)
