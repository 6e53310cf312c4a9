"""A fake Samsar API: a loopback HTTP server in each version.

The clock is injected, so tests advance movies without waiting; on the real clock a movie takes `render_seconds`. All
requests are recorded, and faults can be injected (see faults.py).
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Self, cast
from uuid import uuid4

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.core.errors import StartupError
from bot.samsar.config import ApiVersion
from bot.sandbox import contract_2025, contract_2026
from bot.sandbox.contract import Contract, ModelSpec, Movie, input_of
from bot.sandbox.fault_injection import (
    ActiveFault,
    Exchange,
    Fault,
    JsonObject,
    Proceed,
    RenderOutcome,
    Reply,
    Route,
    refusal,
    web_page,
)
from bot.sandbox.faults import fail_render, get_fault
from bot.sandbox.video import VideoCache
from bot.sandbox.webhook_sender import Callback, send_callback

HOST = "127.0.0.1"
CREDITS_PATH = "/v1/credits"
MODELS_PATH = "/v1/video/supported_models"
CANCEL_PATH = "/v1/video/cancel_render"
REQUESTS_PATH = "/v2/requests"
MODERATION_PATH = "/v2/external/moderation"

CONTRACTS: Mapping[ApiVersion, Contract] = {
    ApiVersion.MARCH_2025: contract_2025.MARCH_2025,
    ApiVersion.AUTUMN_2026: contract_2026.AUTUMN_2026,
}

FILM_SECONDS = 3.5
TINY_FILM_SECONDS = 0.5

NOT_READY = "This movie does not exist, or is not finished."
_MAX_BODY_BYTES = 50 * 2**20
_CALLBACK_INTERVAL = 0.1  # seconds
_STOP_TIMEOUT = 0.1  # seconds for running requests when the server stops

_random_request_id = partial(secrets.token_hex, 12)


_Answer = Callable[[web.Request, object, RenderOutcome], Reply]
"""Carries out a request with that body, a movie having that outcome."""


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
class FakeSamsarConfig:
    """Configuration. `render_seconds` is on the injected clock, `credits` the initial balance.

    Without `render_films` every movie is the same tiny film. Without `callbacks` a webhookUrl is never called. Port 0
    takes any free one. `movie_url` is where the API says that a movie is; the server has it at the default. `contract`
    and `video_models` are the version's own by default. Without `keep_alive`, each answer closes its connection.
    """

    version: ApiVersion = ApiVersion.MARCH_2025
    api_key: str = field(default="fake-samsar-key", repr=False)
    port: int = 0
    render_seconds: float = 20.0
    credits: int = 5000
    render_films: bool = True
    callbacks: bool = True
    keep_alive: bool = True
    movie_url: str = "{origin}/movies/{request_id}.mp4"
    contract: Contract | None = None
    video_models: Mapping[str, ModelSpec] | None = None


class FakeSamsar:
    """The server, an async context manager.

    `requests` and `callbacks` are in order, `movies` by request id; `balance` is in credits and can be set. `utc_now`
    gives the seconds that the API's own times are made of. `on_request` is called when a request was recorded, before
    it is carried out.
    """

    def __init__(
        self,
        config: FakeSamsarConfig | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        utc_now: Callable[[], float] = time.time,
        new_request_id: Callable[[], str] = _random_request_id,
        on_request: Callable[[ReceivedRequest], None] | None = None,
    ) -> None:
        self.config = config or FakeSamsarConfig()
        self.contract = self.config.contract or CONTRACTS[self.config.version]
        self.video_models = self.config.video_models or self.contract.video_models
        self._paid_in = self.config.credits
        self._ordered = 0.0
        self._collected: set[tuple[str, str]] = set()
        self.requests: list[ReceivedRequest] = []
        self.movies: dict[str, Movie] = {}
        self._now = now
        self._utc_now = utc_now
        self._sleep = sleep
        self._new_request_id = new_request_id
        self._request_listener = on_request
        self._faults: list[ActiveFault] = []
        self.callbacks: list[Callback] = []
        self._waiting_callbacks: dict[str, str] = {}
        self._sending_callbacks = asyncio.Lock()
        self._stopping = asyncio.Event()
        self._running = AsyncExitStack()
        self._videos: VideoCache | None = None
        self._port = self.config.port

    # For tests and the demo -------------------------------------------------------------------------------------------

    @property
    def origin(self) -> str:
        """The origin, `http://127.0.0.1:PORT`."""
        return f"http://{HOST}:{self._port}"

    @property
    def base_url(self) -> str:
        """The base URL, in place of the API's own."""
        return f"{self.origin}{self.contract.base_path}"

    def movie_url(self, request_id: str) -> str:
        """Return where the API says that a movie is, or will be."""
        return self.config.movie_url.format(origin=self.origin, request_id=request_id)

    @property
    def balance(self) -> int:
        """The credits that are left."""
        self._collect_charges()
        return self._paid_in - self._spent()

    @balance.setter
    def balance(self, credits: int) -> None:
        self._paid_in = credits + self._spent()

    def _spent(self) -> int:
        return sum(movie.charged(self._now()) for movie in self.movies.values())

    def _collect_charges(self) -> None:
        """Fail each movie for whose next stage the balance is too low.

        Nothing is reserved when a movie is ordered, so that several can be ordered on the same credits.
        """
        if self._ordered <= self._paid_in:  # the balance pays for all that was ever ordered
            return
        now = self._now()
        charges = {
            (movie.request_id, stage): (movie.due_at(stage), credits)
            for movie in self.movies.values()
            for stage, credits in movie.charges(now).items()
            if stage is not None
        }
        new = sorted(charges.keys() - self._collected, key=lambda one: (*charges[one], one))
        left = self._paid_in - self._spent() + sum(charges[one][1] for one in new)
        for request_id, stage in new:
            movie = self.movies[request_id]
            credits = movie.charges(now).get(stage, 0)  # none after a stage that failed
            if credits > left:
                outcome = replace(movie.outcome, fails_at=stage, message=self.contract.ran_out[stage])
                self.movies[request_id] = replace(movie, outcome=outcome)
            elif credits:
                left -= credits
                self._collected.add((request_id, stage))

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
        """Activate a fault, given by name or as an object. Faults combine; the first activated is outermost.

        `times` is for how many requests (None: until stopped). `when` limits it to movies whose prompt passes the test
        or contains the word. Without `route` it applies to all its routes.

        Raises:
            ValueError: the name is unknown, or the fault does not apply to that route.
        """
        chosen = get_fault(fault) if isinstance(fault, str) else fault
        if route is not None and route not in chosen.routes:
            raise ValueError(f"{chosen.name!r} does not happen on {route}")
        test = partial(_contains, when) if isinstance(when, str) else when
        active = ActiveFault(chosen, chosen.routes if route is None else (route,), times, test)
        self._faults.append(active)
        return active

    def fail_renders(self, test: Callable[[str], bool]) -> ActiveFault:
        """Fail every movie whose prompt passes the test."""
        return self.inject(fail_render(), when=test)

    def clear_faults(self) -> None:
        """Deactivate all faults. Movies ordered under them keep their outcome."""
        for active in self._faults:
            active.stop()

    async def send_callbacks(self) -> None:
        """Send the callbacks of all finished movies now; otherwise they are sent ten times a second."""
        async with self._sending_callbacks:
            due = [
                (request_id, url, body)
                for request_id, url in self._waiting_callbacks.items()
                if (body := self._callback_body(request_id)) is not None
            ]
            for request_id, _, _ in due:
                del self._waiting_callbacks[request_id]
            self.callbacks += await asyncio.gather(*(send_callback(*each) for each in due))

    async def _send_callbacks_repeatedly(self) -> None:
        while True:
            await self.send_callbacks()
            await asyncio.sleep(_CALLBACK_INTERVAL)

    # Start and stop -------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Start to listen.

        Raises:
            StartupError: the port is taken.
        """
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=_STOP_TIMEOUT)
        await runner.setup()
        self._running.push_async_callback(runner.cleanup)
        try:
            await web.TCPSite(runner, HOST, self.config.port).start()
        except OSError as exc:
            await self._running.aclose()
            raise StartupError(
                f"Can't listen on port {self.config.port} ({exc.strerror}). Choose another one with --port."
            ) from exc
        self._port = cast("tuple[str, int]", runner.addresses[0])[1]
        if self.config.callbacks:
            sending = asyncio.create_task(self._send_callbacks_repeatedly())
            self._running.push_async_callback(asyncio.wait, [sending])
            self._running.callback(sending.cancel)

    async def stop(self) -> None:
        """Disconnect all callers, stop listening and remove the films; idempotent."""
        self._stopping.set()
        await self._running.aclose()
        if self._videos is not None:
            await self._videos.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[self._record], client_max_size=_MAX_BODY_BYTES)
        if not self.config.keep_alive:
            application.on_response_prepare.append(close_connection)
        router = application.router
        router.add_get("/movies/{request_id}.mp4", self._on_movie)
        calls = [
            ("POST", self.contract.create_path, Route.CREATE, self._create),
            ("GET", self.contract.status_path, Route.STATUS, self._status),
            ("GET", CREDITS_PATH, Route.CREDITS, self._credits),
        ]
        if self.config.version is ApiVersion.AUTUMN_2026:
            application.on_response_prepare.append(name_request)
            calls += [
                ("POST", CANCEL_PATH, Route.CANCEL, self._cancel),
                ("POST", MODERATION_PATH, Route.MODERATION, self._moderation),
                ("GET", MODELS_PATH, None, self._models),
                ("GET", REQUESTS_PATH, None, self._requests),
            ]
        for method, path, route, answer in (*calls, ("*", "/{path:.*}", None, self._no_path)):
            router.add_route(method, path, partial(self._respond, route, answer))
        return application

    # Handlers ---------------------------------------------------------------------------------------------------------

    @web.middleware
    async def _record(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        body: object = None
        refused: Reply | None = None
        try:
            body = await read_body(request)
        except web.HTTPRequestEntityTooLarge:
            refused = self.contract.rejected_bodies.get(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        is_json = body is None or type(body) in (dict, list)
        if request.content_type == "application/json" and not is_json:
            refused = self.contract.rejected_bodies.get(HTTPStatus.BAD_REQUEST)
        received = ReceivedRequest(
            method=request.method,
            path=request.path,
            query=dict(request.query),
            body=body,
            at=self._now(),
            authorization_ok=self._key_problem(request) is None,
        )
        self.requests.append(received)
        if self._request_listener is not None:
            self._request_listener(received)
        return await (handler(request) if refused is None else refused.send(request, refused))

    async def _on_movie(self, request: web.Request) -> web.StreamResponse:
        """Serve the video to anyone with its link.

        It is rendered at the first request.
        """
        movie = self.movies.get(request.match_info["request_id"])
        if movie is None or movie.progress(self._now()).status != "COMPLETED":
            reply = refusal(NOT_READY, HTTPStatus.NOT_FOUND)
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

    def film(self, url: str) -> bytes | None:
        """Return the video that someone has fetched from this link."""
        name = Path(url).stem if self.config.render_films else "tiny"
        return self._videos.rendered(name) if self._videos is not None and url.startswith(self.origin) else None

    async def _respond(self, route: Route | None, answer: _Answer, request: web.Request) -> web.StreamResponse:
        """Respond, with the active faults applied."""
        body = await read_body(request)

        async def carry_out(exchange: Exchange) -> Reply:
            return answer(request, body, exchange.outcome)

        movie = self.movies.get(_requested_id(request, body))
        exchange = Exchange(
            route=route,
            prompt=_PROMPTS[route](body) if route in _PROMPTS else movie and movie.order.prompt,
            outcome=RenderOutcome(self.config.render_seconds),
            sleep=self._sleep,
            hold=self._stopping.wait,
        )
        self._faults = [active for active in self._faults if active.left != 0]
        proceed: Proceed = carry_out
        for active in reversed([each for each in self._faults if each.applies(exchange)]):
            proceed = partial(_act, active.fault, proceed)
        reply = await proceed(exchange)
        return await reply.send(request, reply)

    def _create(self, request: web.Request, body: object, outcome: RenderOutcome) -> Reply:
        if problem := self._key_problem(request):
            return problem
        order = self.contract.parse_order(body, self.video_models)
        if isinstance(order, Reply):
            return order
        if order.cost > self.balance:
            text = self.contract.insufficient.format(required=order.cost, available=self.balance)
            return refusal(text, HTTPStatus.PAYMENT_REQUIRED)
        request_id = self._new_request_id()
        movie = Movie(request_id, order, self._now(), outcome, self.contract, self._utc_now())
        self.movies[request_id] = movie
        self._ordered += order.cost * max(1.0, movie.outcome.charge_factor)
        if order.webhook_url and self.config.callbacks:
            self._waiting_callbacks[request_id] = order.webhook_url
        return Reply.of(dict.fromkeys(self.contract.id_names, request_id))

    def _status(self, request: web.Request, body: object, _: RenderOutcome) -> Reply:
        problem, request_id = self._key_problem(request), _requested_id(request, body)
        if not request_id and (problem is None or self.contract.checks_id_first):
            return self.contract.without_id
        if problem:
            return problem
        self._collect_charges()
        movie = self.movies.get(request_id)
        if movie is None:
            return self.contract.unknown_id
        return Reply.of(self.contract.status(movie, self._now(), self.movie_url(request_id)))

    def _credits(self, request: web.Request, _body: object, _: RenderOutcome) -> Reply:
        return self._key_problem(request) or self.contract.credits(self.balance)

    def _cancel(self, request: web.Request, body: object, _: RenderOutcome) -> Reply:
        """Cancel a movie, also a finished one: the API doesn't check."""
        if problem := self._key_problem(request):
            return problem
        request_id = _requested_id(request, body)
        movie = self.movies.get(request_id)
        if movie is None:
            return contract_2026.not_cancelled(request_id)
        if movie.cancelled_at is None:
            self.movies[request_id] = replace(movie, cancelled_at=self._now())
        return Reply.of(contract_2026.cancelled(request_id))

    def _models(self, *_: object) -> Reply:
        """List the models, which needs no key."""
        return Reply.of(contract_2026.listed_models(self.video_models, self.contract.image_models))

    def _requests(self, request: web.Request, _body: object, _: RenderOutcome) -> Reply:
        """List the last requests, which needs a key."""
        listed = contract_2026.listed_requests(self.movies.values(), request.query.get("limit", ""))
        return self._key_problem(request) or Reply.of(listed)

    def _moderation(self, request: web.Request, _body: object, _: RenderOutcome) -> Reply:
        """Flag nothing: a fault does."""
        return self._key_problem(request) or Reply.of(contract_2026.moderated())

    def _no_path(self, request: web.Request, *_: object) -> Reply:
        """Refuse a path that the API does not have, as Express does."""
        return web_page(HTTPStatus.NOT_FOUND, f"Cannot {request.method} {request.path}")

    def _callback_body(self, request_id: str) -> JsonObject | None:
        """Return the callback's body, None before the movie is finished.

        A cancelled movie is not called back about.
        """
        self._collect_charges()
        movie, now = self.movies[request_id], self._now()
        ended = movie.progress(now).status in ("COMPLETED", "FAILED")
        return self.contract.callback(movie, now, self.movie_url(request_id)) if ended else None

    def _key_problem(self, request: web.Request) -> Reply | None:
        return self.contract.authenticate(request.headers, self.config.api_key)


def _contains(word: str, prompt: str) -> bool:
    return word in prompt


async def _act(fault: Fault, proceed: Proceed, exchange: Exchange) -> Reply:
    return await fault.act(exchange, proceed)


def _requested_id(request: web.Request, body: object) -> str:
    """Return the id that a status request or a cancellation names; session_id is the newer name."""
    in_query = request.query.get("request_id") or request.query.get("session_id")
    return contract_2026.cancelled_id(body) if request.path == CANCEL_PATH else in_query or ""


async def close_connection(_: web.Request, response: web.StreamResponse) -> None:
    """Close the connection after this response."""
    response.headers["Connection"] = "close"
    response.force_close()


async def name_request(request: web.Request, response: web.StreamResponse) -> None:
    """Repeat the request's own name, or give it one."""
    response.headers["x-request-id"] = request.headers.get("x-request-id") or str(uuid4())


async def read_body(request: web.Request) -> object:
    """Return the body's JSON, its text where it is none.

    None where it is empty. NaN and Infinity are no JSON.
    """
    raw = await request.read()
    if not raw:
        return None
    try:
        return json.loads(raw, parse_constant=_reject)
    except (ValueError, RecursionError):
        return raw.decode("utf-8", "replace")


def _reject(constant: str) -> None:
    raise ValueError(constant)


def extract_prompt(body: object) -> str | None:
    """Return an order's prompt, valid or not."""
    prompt = input_of(body).get("prompt")
    return prompt if isinstance(prompt, str) else None


_PROMPTS: Mapping[Route | None, Callable[[object], str | None]] = {
    Route.CREATE: extract_prompt,
    Route.MODERATION: contract_2026.moderated_text,
}
"""How the body of a route's request names a prompt."""
