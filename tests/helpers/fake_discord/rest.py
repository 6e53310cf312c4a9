"""The fake REST server: reads, records, fails and answers requests."""

import asyncio
import io
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import BodyPartReader, web
from discord import File
from simcord.backend.errors import BackendError

from tests.helpers.fake_discord.faults import Failure, Faults, When
from tests.helpers.fake_discord.interactions import Json
from tests.helpers.fake_discord.state import FakeDiscordState

PREFIX = "/api/v10"
OPEN_PATHS = re.compile(r"/interactions/.*|/webhooks/.*|/gateway")
"""Paths that carry their own token, or need none."""


@dataclass(frozen=True)
class Request:
    """`at` is in epoch seconds, `path` without `/api/v10`; `status` is None while held, and after a cut."""

    method: str
    path: str
    query: Mapping[str, str]
    json: Any
    at: float
    status: int | None = None


class RestServer:
    def __init__(self, state: FakeDiscordState, faults: Faults[Failure], token: str) -> None:
        self.requests: list[Request] = []
        self._state = state
        self._faults = faults
        self._token = token

    async def handle(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix(PREFIX)
        body, files = await _read(request)
        index = len(self.requests)
        self.requests.append(Request(request.method, path, dict(request.query), body, time.time()))
        self._state.bell.ring()
        failure = self._faults.meet(request.method, path) or Failure()
        answer = await self._fail(failure, "before", path)
        if answer is None and failure.cut != "before":
            answer = self._carry_out(request, path, body, files)
            late = await self._fail(failure, "after", path)
            answer = answer if late is None else late
        if answer is None or failure.cut is not None:
            if request.transport is not None:
                request.transport.close()
            return web.Response()
        self.requests[index] = replace(self.requests[index], status=answer.status)
        self._state.bell.ring()
        return answer

    def _carry_out(self, request: web.Request, path: str, body: Any, files: list[File]) -> web.Response:
        authorized = request.headers.get("Authorization") == f"Bot {self._token}"
        if not authorized and not OPEN_PATHS.fullmatch(path):
            return _refusal(401, 0, "401: Unauthorized")
        try:
            result = self._state.carry_out(request.method, path, body, request.query, files)
        except BackendError as refused:
            return _refusal(refused.status, refused.code, refused.message)
        headers = _limits(request.method + re.sub(r"\d+", "*", path))
        return web.Response(status=204, headers=headers) if result is None else _answer(result, 200, headers)

    async def _fail(self, failure: Failure, moment: When, path: str) -> web.Response | None:
        if failure.at != moment:
            return None
        if failure.hold is not None:
            waits = [asyncio.ensure_future(event.wait()) for event in (failure.hold, self._state.stopping)]
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


def _answer(body: Any, status: int, headers: Mapping[str, str]) -> web.Response:
    """For discord.py, only a content type without charset is JSON."""
    described = {**headers, "Content-Type": "application/json"}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=described)


def _refusal(status: int, code: int, message: str) -> web.Response:
    return _answer({"message": message, "code": code}, status, {"Via": "1.1 loopback"})


def _rate_limit(failure: Failure, path: str) -> web.Response:
    after, everywhere = failure.retry_after, failure.everywhere
    body = {"message": "You are being rate limited.", "retry_after": after, "global": everywhere}
    own = {"X-RateLimit-Global": "true"} if everywhere else _limits(path, remaining=0, after=after)
    scope = {"Retry-After": str(after), "X-RateLimit-Scope": "global" if everywhere else "user"}
    code = {"code": failure.code} if failure.code else {}
    return _answer(body | code, 429, {"Via": "1.1 loopback", **scope, **own})


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


async def _read(request: web.Request) -> tuple[Any, list[File]]:
    if not request.content_type.startswith("multipart/"):
        raw = await request.read()
        return (json.loads(raw) if raw else None), []
    body: Json = {}
    files: list[File] = []
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader):
            content = bytes(await part.read(decode=False))
            if part.name == "payload_json":
                body = json.loads(content)
            else:
                files.append(File(io.BytesIO(content), part.filename))
    return body, files
