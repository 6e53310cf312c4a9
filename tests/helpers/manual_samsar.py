"""The fake Samsar API, whose movies end when a test says so."""

from __future__ import annotations

import asyncio
import itertools
import math
from collections import Counter
from dataclasses import replace
from typing import Any

from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from bot.sandbox.fault_injection import Exchange, Fault, Proceed, RenderOutcome, Reply, Route
from tests.helpers.fake_discord.primitives import ChangeSignal
from tests.helpers.settings import KEY

MANUAL = FakeSamsarConfig(
    api_key=KEY,
    render_seconds=math.inf,
    credits=4200,
    render_films=False,
    callbacks=False,
    movie_url="https://movies.example/{request_id}.mp4",
)
"""An API without callbacks, whose movie URLs lead to no server."""


class ManualSamsar(FakeSamsar):
    """In it, a movie renders until `finish` or `fail`. Request ids are "movie-1", "movie-2" and so on."""

    def __init__(self, config: FakeSamsarConfig = MANUAL) -> None:
        numbers = itertools.count(1)
        self._changes = ChangeSignal()
        super().__init__(
            config, new_request_id=lambda: f"movie-{next(numbers)}", on_request=lambda _: self._changes.ring()
        )

    @property
    def orders(self) -> list[Any]:
        """The bodies of all orders with the right key, even refused ones."""
        path = self.contract.create_path
        return [request.body for request in self.requests if request.path == path and request.authorization_ok]

    @property
    def polls(self) -> Counter[str]:
        path = self.contract.status_path
        return Counter(
            request.query.get("request_id", "")
            for request in self.requests
            if request.path == path and request.authorization_ok
        )

    def finish(self, request_id: str, *, charge_factor: float = 1.0) -> None:
        self._end(request_id, RenderOutcome(0.0, charge_factor=charge_factor))

    def fail(self, request_id: str) -> None:
        *_, last = self.contract.stages
        self._end(request_id, RenderOutcome(0.0, fails_at=last, message="no picture"))

    def _end(self, request_id: str, outcome: RenderOutcome) -> None:
        self.movies[request_id] = replace(self.movies[request_id], outcome=outcome)

    def hold(self, route: Route) -> asyncio.Event:
        """Carry out a route's requests; answer once the event is set."""
        released = asyncio.Event()

        async def act(exchange: Exchange, proceed: Proceed) -> Reply:
            reply = await proceed(exchange)
            await released.wait()
            return reply

        self.inject(Fault("held", "processes the request and answers when a test says so", act), route=route)
        return released

    async def ordered(self, n: int, *, timeout: float = 10.0) -> None:
        await self._changes.until(lambda: len(self.orders) >= n or None, timeout=timeout, what=f"{n} orders")

    async def polled(self, request_id: str, *, n: int = 1, timeout: float = 10.0) -> None:
        """Wait until a movie was polled n times from now on."""
        wanted = self.polls[request_id] + n
        await self._changes.until(
            lambda: self.polls[request_id] >= wanted or None, timeout=timeout, what=f"polls of {request_id}"
        )
