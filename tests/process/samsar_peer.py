"""A fake Samsar API on loopback that keeps the documented contract.

Tests decide when a movie is done.
"""

import asyncio
import json
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.helpers.fake_discord.primitives import ChangeSignal
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.settings import WITHOUT_BOUNDS

KEY = "sk-loopback-0123456789abcdef"


class SamsarPeer:
    """The API: `async with SamsarPeer() as api`. A movie renders until `finish`.

    `orders` are the bodies of accepted POSTs, in order; `polls` counts the status requests for each movie. While `hold`
    is an event, orders are accepted but not answered until it is set. `status_hold` is the same for status requests.
    """

    def __init__(self) -> None:
        self.key = KEY
        self.url = ""
        self.orders: list[Any] = []
        self.polls: dict[str, int] = {}
        self.hold: asyncio.Event | None = None
        self.status_hold: asyncio.Event | None = None
        self._finished: set[str] = set()
        self._failed: set[str] = set()
        self._bell = ChangeSignal()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/v1/video/create_movie", self._create)
        app.router.add_get("/v1/video/status", self._status)
        app.router.add_get("/v1/credits", self._credits)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/v1/video/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def finish(self, request_id: str) -> None:
        """Answer COMPLETED for this movie from now on."""
        self._finished.add(request_id)

    def fail(self, request_id: str) -> None:
        """Report a movie as failed from now on."""
        self._failed.add(request_id)

    async def ordered(self, n: int, *, within: float = 10.0) -> None:
        """Wait until n movies have been ordered."""
        await self._bell.until(lambda: len(self.orders) >= n or None, within=within, what=f"{n} orders")

    async def polled(self, request_id: str, *, n: int = 1, within: float = 10.0) -> None:
        """Wait until a movie was polled n times from now on."""
        wanted = self.polls.get(request_id, 0) + n
        await self._bell.until(
            lambda: self.polls.get(request_id, 0) >= wanted or None, within=within, what=f"polls of {request_id}"
        )

    def movie_url(self, request_id: str) -> str:
        """Return a finished movie's URL."""
        return f"https://movies.example/{request_id}.mp4"

    async def _create(self, request: web.Request) -> web.Response:
        self._authorize(request)
        self.orders.append(await request.json())
        number = len(self.orders)
        self._bell.ring()
        if self.hold is not None:
            await self.hold.wait()
        return web.json_response({"request_id": f"movie-{number}"})

    async def _status(self, request: web.Request) -> web.Response:
        self._authorize(request)
        request_id = request.query.get("request_id")
        if request_id is None:
            return web.json_response({"message": "request_id query parameter is missing."}, status=400)
        self.polls[request_id] = self.polls.get(request_id, 0) + 1
        self._bell.ring()
        if self.status_hold is not None:
            await self.status_hold.wait()
        if request_id in self._failed:
            return web.json_response({"status": "FAILED", "message": "no picture"})
        if request_id not in self._finished:
            return web.json_response({"status": "PENDING", "details": {"prompt": "COMPLETED", "video": "PENDING"}})
        return web.json_response({"status": "COMPLETED", "result": {"url": self.movie_url(request_id)}})

    async def _credits(self, request: web.Request) -> web.Response:
        self._authorize(request)
        return web.json_response({"remainingCredits": 4200})

    def _authorize(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {self.key}":
            body = json.dumps({"message": "Unauthorized."})
            raise web.HTTPUnauthorized(text=body, content_type="application/json")


def environment(discord: FakeDiscord, api: SamsarPeer | None = None, **more: str) -> dict[str, str]:
    """Return settings for these fakes.

    None: an API that is unreachable.
    """
    return {
        "DISCORD_TOKEN": discord.token,
        "SAMSAR_API_KEY": KEY,
        "SAMSAR_BASE_URL": api.url if api else "http://127.0.0.1:1/v1/video/",
        "POLL_FASTEST_SECONDS": "0.05",
        "POLL_SLOWEST_SECONDS": "0.05",
        **WITHOUT_BOUNDS,
        **more,
    }
