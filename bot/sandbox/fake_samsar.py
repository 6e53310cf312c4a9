"""A fake Samsar API: a loopback HTTP server with the documented contract.

The clock is injected, so tests advance movies without waiting; on the real clock a movie takes `render_seconds`. All
requests are recorded, and faults can be injected (see faults.py).
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from types import TracebackType
from typing import Self, cast

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.errors import StartupError
from bot.sandbox.api_contract import (
    NO_REQUEST_ID,
    VIDEO_MODELS,
    ModelSpec,
    Order,
    Progress,
    authenticate,
    parse_order,
    progress,
)
from bot.sandbox.fault_injection import (
    ActiveFault,
    Exchange,
    Fault,
    FaultInjector,
    JsonObject,
    RenderOutcome,
    Reply,
    Route,
)
from bot.sandbox.faults import fail_render, get_fault
from bot.sandbox.video import VideoCache
from bot.sandbox.webhook_sender import Callback, CallbackSender

HOST = "127.0.0.1"
CREATE_PATH = "/v1/video/create_movie"
STATUS_PATH = "/v1/video/status"
CREDITS_PATH = "/v1/credits"

FILM_SECONDS = 3.5
TINY_FILM_SECONDS = 0.5

NOT_READY = "This movie does not exist, or is not finished."
_STOP_TIMEOUT = 0.1  # seconds for running requests when the server stops


@dataclass(frozen=True, slots=True)
class FakeSamsarConfig:
    """Configuration. `render_seconds` is on the injected clock, `credits` the initial balance.

    Without `render_films` every movie is the same tiny film. Without `callbacks` a webhookUrl is never called. Port 0
    takes any free one.
    """

    api_key: str = field(default="fake-samsar-key", repr=False)
    port: int = 0
    render_seconds: float = 20.0
    credits: int = 5000
    render_films: bool = True
    callbacks: bool = True
    video_models: Mapping[str, ModelSpec] = field(default_factory=lambda: VIDEO_MODELS)


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """A recorded request.

    `body` is its JSON, or text where it is none, or None; `at` is the injected clock's time.
    """

    method: str
    path: str
    query: Mapping[str, str]
    body: object
    at: float
    authorization_ok: bool


@dataclass(frozen=True, slots=True)
class Movie:
    """A movie that was ordered and charged, with its planned outcome."""

    request_id: str
    order: Order
    created_at: float
    outcome: RenderOutcome

    def progress(self, now: float) -> Progress:
        """Return its progress."""
        return progress(self.outcome, now - self.created_at)


class FakeSamsar:
    """The server, an async context manager.

    `requests` is in order of arrival, `movies` by request id; `balance` is in credits and can be set.
    """

    def __init__(
        self,
        config: FakeSamsarConfig | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.config = config or FakeSamsarConfig()
        self.balance = self.config.credits
        self.requests: list[ReceivedRequest] = []
        self.movies: dict[str, Movie] = {}
        self._now = now
        self._sleep = sleep
        self._faults = FaultInjector()
        self._callback_sender = CallbackSender()
        self._stopping = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self._videos: VideoCache | None = None
        self._callback_task: asyncio.Task[None] | None = None
        self._port = self.config.port

    # For tests and the demo -------------------------------------------------------------------------------------------

    @property
    def origin(self) -> str:
        """The origin, `http://127.0.0.1:PORT`."""
        return f"http://{HOST}:{self._port}"

    @property
    def base_url(self) -> str:
        """The base URL, in place of the API's own."""
        return f"{self.origin}/v1/video/"

    @property
    def callbacks(self) -> tuple[Callback, ...]:
        """The callbacks sent, in order."""
        return tuple(self._callback_sender.made)

    def creates_for(self, prompt: str) -> tuple[ReceivedRequest, ...]:
        """Return all create requests for this prompt, whatever their outcome."""
        return tuple(one for one in self.requests if one.path == CREATE_PATH and _extract_prompt(one.body) == prompt)

    def movies_for(self, prompt: str) -> tuple[Movie, ...]:
        """Return all movies of this prompt that were ordered and charged."""
        return tuple(movie for movie in self.movies.values() if movie.order.prompt == prompt)

    def inject(
        self,
        fault: Fault | str,
        *,
        route: Route | None = None,
        times: int | None = None,
        when: Callable[[str], bool] | str | None = None,
    ) -> ActiveFault:
        """Activate a fault, given by name or as an object; see FaultInjector.inject.

        Raises:
            ValueError: the name is unknown, or the fault does not apply to that route.
        """
        chosen = get_fault(fault) if isinstance(fault, str) else fault
        return self._faults.inject(chosen, route=route, times=times, when=when)

    def fail_renders(self, test: Callable[[str], bool]) -> ActiveFault:
        """Fail every movie whose prompt passes the test."""
        return self.inject(fail_render(), when=test)

    def clear_faults(self) -> None:
        """Deactivate all faults. Movies ordered under them keep their outcome."""
        self._faults.clear()

    async def send_callbacks(self) -> None:
        """Send due callbacks now; otherwise they are sent ten times a second."""
        await self._callback_sender.send_due()

    # Start and stop -------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Start to listen.

        Raises:
            StartupError: the port is taken.
        """
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=_STOP_TIMEOUT)
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, self.config.port).start()
        except OSError as exc:
            await runner.cleanup()
            raise StartupError(f"port {self.config.port} is not free: choose another ({exc.strerror})") from exc
        self._runner = runner
        self._port = cast("tuple[str, int]", runner.addresses[0])[1]
        if self.config.callbacks:
            self._callback_task = asyncio.create_task(self._callback_sender.send_repeatedly())

    async def stop(self) -> None:
        """Disconnect all callers, stop listening and remove the films; idempotent."""
        self._stopping.set()
        if self._callback_task is not None:
            self._callback_task.cancel()
            await asyncio.gather(self._callback_task, return_exceptions=True)
        if self._runner is not None:
            await self._runner.cleanup()
        if self._videos is not None:
            await self._videos.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[self._record])
        application.router.add_post(CREATE_PATH, self._on_create)
        application.router.add_get(STATUS_PATH, self._on_status)
        application.router.add_get(CREDITS_PATH, self._on_credits)
        application.router.add_get("/movies/{request_id}.mp4", self._on_movie)
        return application

    # Handlers ---------------------------------------------------------------------------------------------------------

    @web.middleware
    async def _record(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.requests.append(
            ReceivedRequest(
                method=request.method,
                path=request.path,
                query=dict(request.query),
                body=await _body(request),
                at=self._now(),
                authorization_ok=self._key_problem(request) is None,
            )
        )
        return await handler(request)

    async def _on_create(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        return await self._respond(Route.CREATE, request, _extract_prompt(body), partial(self._create, request, body))

    async def _on_status(self, request: web.Request) -> web.StreamResponse:
        movie = self.movies.get(request.query.get("request_id", ""))
        prompt = movie.order.prompt if movie else None
        return await self._respond(Route.STATUS, request, prompt, partial(self._status, request))

    async def _on_credits(self, request: web.Request) -> web.StreamResponse:
        problem = self._key_problem(request)
        reply = problem or Reply.of({"remainingCredits": self.balance})
        return await reply.send(request, reply)

    async def _on_movie(self, request: web.Request) -> web.StreamResponse:
        """Serve the video to anyone with its link.

        It is rendered at the first request.
        """
        movie = self.movies.get(request.match_info["request_id"])
        if movie is None or movie.progress(self._now()).status != "COMPLETED":
            reply = _error(HTTPStatus.NOT_FOUND, NOT_READY)
            return await reply.send(request, reply)
        if self._videos is None:
            self._videos = VideoCache()
        order = movie.order
        if self.config.render_films:
            seconds = min(order.seconds, FILM_SECONDS)
            video = self._videos.get(
                movie.request_id, prompt=order.prompt, seconds=seconds, aspect_ratio=order.aspect_ratio
            )
        else:
            video = self._videos.get("tiny", prompt="Matinee", seconds=TINY_FILM_SECONDS, aspect_ratio="16:9")
        return web.FileResponse(await video, headers={"Content-Type": "video/mp4"})

    async def _respond(
        self,
        route: Route,
        request: web.Request,
        prompt: str | None,
        proceed: Callable[[Exchange], Awaitable[Reply]],
    ) -> web.StreamResponse:
        """Respond, with the active faults applied."""
        exchange = Exchange(
            route=route,
            prompt=prompt,
            origin=self.origin,
            outcome=RenderOutcome(self.config.render_seconds),
            sleep=self._sleep,
            hold=self._wait_for_stop,
        )
        reply = await self._faults.handle(exchange, proceed)
        return await reply.send(request, reply)

    async def _wait_for_stop(self) -> None:
        await self._stopping.wait()

    async def _create(self, request: web.Request, body: object, exchange: Exchange) -> Reply:
        if problem := self._key_problem(request):
            return problem
        order = parse_order(body, self.config.video_models)
        if isinstance(order, str):
            return _error(HTTPStatus.BAD_REQUEST, order)
        if order.cost > self.balance:
            return _error(HTTPStatus.PAYMENT_REQUIRED, f"Insufficient credits: {self.balance} of {order.cost}.")
        self.balance -= order.cost
        movie = Movie(secrets.token_hex(12), order, self._now(), exchange.outcome)
        self.movies[movie.request_id] = movie
        if order.webhook_url and self.config.callbacks:
            self._callback_sender.schedule(movie.request_id, order.webhook_url, partial(self._callback_body, movie))
        return Reply.of({"request_id": movie.request_id})

    async def _status(self, request: web.Request, _exchange: Exchange) -> Reply:
        if problem := self._key_problem(request):
            return problem
        request_id = request.query.get("request_id")
        if not request_id:
            return _error(HTTPStatus.BAD_REQUEST, NO_REQUEST_ID)
        movie = self.movies.get(request_id)
        if movie is None:
            return _error(HTTPStatus.NOT_FOUND, "Request not found.")
        return Reply.of(self._status_body(movie))

    def _status_body(self, movie: Movie) -> JsonObject:
        now = movie.progress(self._now())
        answer: JsonObject = {"status": now.status, "details": dict(now.details)}
        if now.status == "COMPLETED":
            answer["result"] = {"status": "COMPLETED", "url": f"{self.origin}/movies/{movie.request_id}.mp4"}
        if now.message is not None:
            answer["message"] = now.message
        return answer

    def _callback_body(self, movie: Movie) -> JsonObject | None:
        """Return the callback's body, None before the movie is finished."""
        answer = self._status_body(movie)
        if answer["status"] == "PENDING":
            return None
        result = answer.get("result", {"status": "FAILED", "message": answer.get("message")})
        return {"request_id": movie.request_id, "status": answer["status"], "result": result}

    def _key_problem(self, request: web.Request) -> Reply | None:
        problem = authenticate(request.headers.get("Authorization"), self.config.api_key)
        return _error(*problem) if problem else None


def _error(status: int, message: str) -> Reply:
    return Reply.of({"message": message}, status)


async def _body(request: web.Request) -> object:
    """Return the body's JSON, its text where it is none.

    None where it is empty.
    """
    raw = await request.read()
    if not raw:
        return None
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return raw.decode("utf-8", "replace")


def _extract_prompt(body: object) -> str | None:
    """Return an order's prompt, valid or not."""
    given = cast("JsonObject", body).get("input") if isinstance(body, dict) else None
    prompt = cast("JsonObject", given).get("prompt") if isinstance(given, dict) else None
    return prompt if isinstance(prompt, str) else None
