"""A fake Samsar, a client for it, and a manual clock."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig

KEY = "a-key-for-tests"
INPUT = {
    "prompt": "A fox on the night tram",
    "aspect_ratio": "16:9",
    "image_model": "IMAGEN3",
    "video_model": "LUMA",
    "duration": 8,
}


@dataclass
class Clock:
    seconds: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any
    headers: Any


@dataclass
class ApiClient:
    fake_samsar: FakeSamsar
    session: aiohttp.ClientSession
    clock: Clock

    async def ask(self, method: str, url: str, *, key: str | None = f"Bearer {KEY}", **rest: Any) -> Answer:
        """Send a request; `key` is the Authorization header, None for no header."""
        headers = {} if key is None else {"Authorization": key}
        async with self.session.request(method, url, headers=headers, allow_redirects=False, **rest) as response:
            kind = response.content_type
            body = await response.json() if kind == "application/json" and await response.read() else None
            return Answer(response.status, body if body is not None else await response.read(), response.headers)

    async def create(self, *, webhook: Any = None, **changes: Any) -> Answer:
        body = {"input": INPUT | changes} | ({} if webhook is None else {"webhookUrl": webhook})
        return await self.ask("POST", f"{self.fake_samsar.base_url}create_movie", json=body)

    async def status(self, request_id: str) -> Answer:
        return await self.ask("GET", f"{self.fake_samsar.base_url}status", params={"request_id": request_id})

    async def order(self, **changes: Any) -> str:
        return (await self.create(**changes)).body["request_id"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def fake_samsar(clock: Clock) -> AsyncIterator[FakeSamsar]:
    async with FakeSamsar(
        FakeSamsarConfig(api_key=KEY, render_films=False), now=clock.now, sleep=clock.sleep
    ) as fake_samsar:
        yield fake_samsar


@pytest.fixture
def client(fake_samsar: FakeSamsar, session: aiohttp.ClientSession, clock: Clock) -> ApiClient:
    return ApiClient(fake_samsar, session, clock)
