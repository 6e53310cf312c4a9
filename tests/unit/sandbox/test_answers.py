"""Every answer of the fake API, also with each fault, reads as before.

After a change that is meant: run this with `--snapshot-update`, and read the difference.
"""

import difflib
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

import aiohttp
import pytest
from syrupy.assertion import SnapshotAssertion

from bot.samsar.config import ApiVersion
from bot.sandbox.endpoints import CREDITS_PATH
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from bot.sandbox.fault_injection import Route
from bot.sandbox.faults import FAULTS
from tests.helpers.snapshots import TextFile
from tests.unit.sandbox.conftest import INPUT, KEY, Clock

MODELS_2026 = {"image_model": "NANOBANANAPRO", "video_model": "RUNWAYML", "duration": 10}
ORDERED_AT = datetime(2026, 11, 10, 12, tzinfo=UTC)
ORDERS: dict[ApiVersion, dict[str, Any]] = {
    ApiVersion.MARCH_2025: INPUT,
    ApiVersion.AUTUMN_2026: {"prompt": INPUT["prompt"], **MODELS_2026, "enable_subtitles": True},
}
ODD: dict[str, list[Any]] = {
    "prompt": [None, "", "  \n", 7, "x" * 500, "x" * 501, "x" * 4001, "🦊" * 2000, "🦊" * 2001],
    "image_model": [None, "DALLE3", ["IMAGEN3"], "GptImage2", "QWENIMAGE3PRO", "FLUX1.1PRO", "SEEDREAM"],
    "video_model": [None, "SORA", {}, "LUMA", "VEOI2V", "WAN2.1", "KLINGIMGTOVIDPRO", "runwayml"],
    "duration": [None, "30", "soon", True, 0, -1, 0.5, 9.9, 10.5, 120, 120.5, 240, 240.1, [1, 2]],
    "aspect_ratio": ["4:3", "9:16", 169, ["16:9"]],
    "language": ["de", "EN-us", "jp", "sa", "xx", None],
    "enable_subtitles": [False, "true", 1],
    "subtitle_language": ["en", "CN", "auto"],
    "backingtrack_model": ["LYRIA3", "X"],
    "tts_model": ["ELEVENLABS", "X"],
}
TOGETHER: list[dict[str, Any]] = [
    {"prompt": "", "enable_subtitles": "true"},
    {"prompt": "", "add_subtitles": 1},
    {"prompt": "  ", "video_model": None},
    {"prompt": "x" * 4001, "video_model": None},
    {"video_model": "LUMA", "image_model": None},
    {"video_model": "VEOI2V", "aspect_ratio": "9:16", "duration": 1},
    {"image_model": "GPTIMAGE2", "duration": 1},
    {"duration": 9.9, "language": "xx"},
    {"language": "xx", "subtitle_language": "en"},
    {"enable_subtitles": False, "subtitle_language": "en", "tts_model": "X"},
    {"subtitle_language": "auto", "tts_model": "X"},
    {"backingtrack_model": "X", "tts_model": "X"},
    {"tts_model": "X", "duration": 240},
    {"prompt": f" {'x' * 4000} ", "duration": 240},
    {"language": None, "add_subtitles": True, "backingtrack_model": "LYRIA3"},
    {"aspect_ratio": "7:5", "tone": "funny"},
]

BODIES = (b"", b"{", b"[]", b"{}", b"7", b"\xff", b'{"input": []}', b'{"input": {"duration": NaN}}', b"[" * 100_000)
KEYS = ("", "Bearer", "Bearer ", KEY, f"Basic {KEY}", "Bearer wrong", "Bearer three.part.token", f"Bearer {KEY} x")
ADDED = {"+ ", "+G", "+P", "@@"}
HANGING = {"no-response", "no-response-after"}
LONGEST = 4_000
UNSTABLE = {"Content-Length", "Date", "Server", "X-Request-ID", "Connection", "Content-Type"}


class Conversation:
    def __init__(self, fake_samsar: FakeSamsar, session: aiohttp.ClientSession, clock: Clock) -> None:
        self.fake_samsar = fake_samsar
        self.lines: list[str] = []
        self._session = session
        self._clock = clock
        self._contract = fake_samsar.contract

    async def ask(self, method: str, path: str, body: object = None, key: str = f"Bearer {KEY}") -> None:
        raw = body if isinstance(body, bytes | None) else json.dumps(body, ensure_ascii=False).encode()
        self.lines.append(f"{method} {path} {'' if raw is None else _short(raw.decode(errors='replace'))}".rstrip())
        url = f"{self.fake_samsar.origin}{path}"
        headers = {"Authorization": key} | ({} if raw is None else {"Content-Type": "application/json"})
        try:
            async with self._session.request(method, url, data=raw, headers=headers, allow_redirects=False) as response:
                self.lines += self._answer(response, await _beginning(response))
        except aiohttp.ClientError as exc:
            self.lines.append(f"  {type(exc).__name__}")
        if self._clock.slept:
            self.lines.append(f"  waited {self._clock.slept[:3]}")
            self._clock.slept.clear()

    async def order(self, *, without: str = "", **changes: Any) -> None:
        fields = ORDERS[self.fake_samsar.config.version] | changes
        fields.pop(without, None)
        await self.ask("POST", self._contract.create_path, {"input": fields})

    async def movie(self, *waits: int) -> None:
        await self.order()
        request_id = f"{len(self.fake_samsar.movies):024}"
        for seconds in waits:
            self._clock.seconds += seconds
            self.lines.append(f"+{seconds} s")
            await self.ask("GET", f"{self._contract.status_path}?request_id={request_id}")
        for name in ("session_id", "video_session_id", "videoSessionId"):
            await self.ask("POST", "/v1/video/cancel_render", {name: request_id})
        for seconds in (0, 100):
            self._clock.seconds += seconds
            await self.ask("GET", f"{self._contract.status_path}?request_id={request_id}")
            await self.ask("GET", CREDITS_PATH)
        self.lines.append(f"{len(self.fake_samsar.movies)} ordered")

    async def shortage(self) -> None:
        """Order two movies with enough credits for each, and not for both."""
        self.fake_samsar.account.balance, first = 450, len(self.fake_samsar.movies) + 1
        await self.order()
        await self.order()
        self._clock.seconds += 21
        for number in (first, first + 1):
            await self.ask("GET", f"{self._contract.status_path}?request_id={number:024}")
        await self.ask("GET", CREDITS_PATH)
        self.fake_samsar.account.balance = 5_000

    async def keys(self) -> None:
        for key in KEYS:
            self.lines.append(f"key {key!r}")
            status = self._contract.status_path
            read = (CREDITS_PATH, "/v1/video/supported_models", "/v2/requests?limit=2")
            await self.ask("POST", self._contract.create_path, key=key)
            for path in (status, f"{status}?session_id={1:024}", *read):
                await self.ask("GET", path, key=key)
            await self.ask("POST", "/v1/video/cancel_render", key=key)

    def _answer(self, response: aiohttp.ClientResponse, body: bytes) -> Iterator[str]:
        origin = self.fake_samsar.origin
        headers = {name: text for name, text in response.headers.items() if name not in UNSTABLE}
        yield f"  {response.status} {response.headers.get('Content-Type')} {headers}".replace(origin, "ORIGIN")
        text = body.decode("utf-8", "replace").replace(origin, "ORIGIN")
        kind = response.headers.get("Content-Type", "")
        fields = json.loads(text) if kind.startswith("application/json") and text.endswith("}") else text
        for name, value in fields.items() if isinstance(fields, dict) else [("", fields)]:
            yield _short(f"  {name} {json.dumps(value, ensure_ascii=False)}", 600)


def _short(text: str, longest: int = 300) -> str:
    return text if len(text) <= longest else f"{text[:100]}... ({len(text)})"


async def _beginning(response: aiohttp.ClientResponse) -> bytes:
    if response.content_length is not None:
        return await response.read()
    body = b""
    while len(body) < LONGEST and (part := await response.content.readany()):
        body += part
    return body[:LONGEST]


@asynccontextmanager
async def conversation(
    version: ApiVersion, session: aiohttp.ClientSession, clock: Clock
) -> AsyncIterator[Conversation]:
    ids = count(1)
    async with FakeSamsar(
        FakeSamsarConfig(version, api_key=KEY, render_films=False, keep_alive=False, credits=5_000),
        now=clock.now,
        sleep=clock.sleep,
        utc_now=ORDERED_AT.timestamp,
        new_request_id=lambda: f"{next(ids):024}",
    ) as fake_samsar:
        yield Conversation(fake_samsar, session, clock)


@pytest.mark.parametrize("version", ApiVersion)
async def test_every_answer_reads_as_before(
    version: ApiVersion, session: aiohttp.ClientSession, clock: Clock, snapshot: SnapshotAssertion
) -> None:
    async with conversation(version, session, clock) as talk:
        for waits in ([0, *[1] * 20], [9], []):
            await talk.movie(*waits)
        await talk.shortage()
        for name, values in ODD.items():
            for value in values:
                await talk.order(**{name: value})
        for changes in TOGETHER:
            await talk.order(**changes)
        for name in ORDERS[version]:
            await talk.order(without=name)
        talk.fake_samsar.account.balance = 99
        await talk.order()
        for body in BODIES:
            await talk.ask("POST", talk.fake_samsar.contract.create_path, body)
        await talk.keys()
        for limit in ("", "0", "3", "x"):
            await talk.ask("GET", f"/v2/requests?limit={limit}")
        for request_id in ("", "short", "twelve chars", "f" * 24, "g" * 24):
            await talk.ask("POST", "/v1/video/cancel_render", {"videoSessionId": request_id})
            await talk.ask("GET", f"{talk.fake_samsar.contract.status_path}?request_id={request_id}")
        await talk.ask("GET", "/movies/none.mp4")
        for movie in talk.fake_samsar.movies.values():
            talk.lines.append(
                f"{_short(movie.order.prompt, 100)} {replace(movie.order, prompt='')} {movie.cancelled_at}"
            )
    assert "\n".join(talk.lines) == snapshot(extension_class=TextFile)


@pytest.mark.parametrize("version", ApiVersion)
async def test_every_answer_with_a_fault_reads_as_before(
    version: ApiVersion, session: aiohttp.ClientSession, clock: Clock, snapshot: SnapshotAssertion
) -> None:
    async with conversation(version, session, clock) as talk:
        await talk.movie(0, 9, 10, 1)
        usual = talk.lines
    lines: list[str] = []
    for name, fault in FAULTS.items():
        if name in HANGING:
            continue
        async with conversation(version, session, clock) as talk:
            talk.fake_samsar.inject(name)
            await talk.movie(0, 9, 10, 1)
        where = "every route" if fault.routes == tuple(Route) else ", ".join(fault.routes)
        lines.append(f"# {name}: {fault.about}, on {where}")
        lines += [line for line in difflib.unified_diff(usual, talk.lines, n=0, lineterm="") if line[:2] in ADDED]
    assert "\n".join(lines) == snapshot(extension_class=TextFile)
