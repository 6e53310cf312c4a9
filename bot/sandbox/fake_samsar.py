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
from functools import partial, reduce
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path
from types import NoneType
from typing import Self, cast
from urllib.parse import urlsplit
from uuid import uuid4

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler
from yarl import URL

from bot.core.errors import StartupError
from bot.samsar.config import ApiVersion
from bot.sandbox import contract_2025, contract_2026, endpoints_2026
from bot.sandbox.contract import Contract, ModelSpec, Movie, Scene, input_of, list_of
from bot.sandbox.endpoints import Account, Call, Endpoint
from bot.sandbox.fault_injection import (
    ActiveFault,
    Exchange,
    Fault,
    JsonObject,
    Proceed,
    RenderOutcome,
    Reply,
    Route,
)
from bot.sandbox.faults import fail_render, get_fault
from bot.sandbox.moderation_2026 import texts_of
from bot.sandbox.pictures_2026 import UPLOADS
from bot.sandbox.video import VideoCache, still
from bot.web.listener import is_loopback_host

HOST = "127.0.0.1"

CONTRACTS: Mapping[ApiVersion, Contract] = {
    ApiVersion.MARCH_2025: contract_2025.MARCH_2025,
    ApiVersion.AUTUMN_2026: contract_2026.AUTUMN_2026,
}
ENDPOINTS: Mapping[ApiVersion, Callable[[Contract], tuple[Endpoint, ...]]] = {
    ApiVersion.MARCH_2025: contract_2025.endpoints,
    ApiVersion.AUTUMN_2026: endpoints_2026.endpoints,
}

NO_PATH = Endpoint(
    ("/{path:.*}",),
    lambda call: contract_2026.NO_PATH.reply(method=call.method, path=call.path),
    methods=("*",),
    needs_key=False,
)
"""Refuses a path that the API does not have, as Express does."""

FILM_SECONDS = 3.5
TINY = Scene("Matinee", 0.5, title="Matinee", seed="tiny")

NOT_READY = "This movie does not exist, or is not finished."
NOT_ALLOWED = "Access denied: the link has no valid signature, or has expired."
_MAX_BODY_BYTES = 50 * 2**20
_CALLBACK_INTERVAL = 0.1  # seconds
_STOP_TIMEOUT = 0.1  # seconds for running requests when the server stops

_CALLBACK_TIMEOUT = aiohttp.ClientTimeout(total=5)

_random_request_id = partial(secrets.token_hex, 12)


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
class Callback:
    """A callback; `answered` is the HTTP status, None without a response."""

    request_id: str
    url: str
    body: JsonObject
    answered: int | None


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

    `requests` and `callbacks` are in order, `movies` by request id; the balance of the `account` can be set. `utc_now`
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
        self.requests: list[ReceivedRequest] = []
        self.movies: dict[str, Movie] = {}
        self.account = Account(
            self.contract,
            self.config.video_models or self.contract.video_models,
            self.config.api_key,
            self.config.movie_url,
            now,
            utc_now,
            new_request_id,
            origin=f"http://{HOST}:{self.config.port}",
            movies=self.movies,
            uploads={},
            paid_in=self.config.credits,
        )
        self._now = now
        self._sleep = sleep
        self._request_listener = on_request
        self._faults: list[ActiveFault] = []
        self.callbacks: list[Callback] = []
        self._called_back: set[str] = set()
        self._sending_callbacks = asyncio.Lock()
        self._stopping = asyncio.Event()
        self._running = AsyncExitStack()
        self._videos = VideoCache()

    # For tests and the demo -------------------------------------------------------------------------------------------

    @property
    def origin(self) -> str:
        """The origin, `http://127.0.0.1:PORT`."""
        return self.account.origin

    @property
    def base_url(self) -> str:
        """The base URL, in place of the API's own."""
        return f"{self.origin}{self.contract.base_path}"

    def movie_url(self, request_id: str) -> str:
        """Return where the API has a movie, or will have it."""
        return self.account.stored_url(request_id)

    def serve(self, name: str, content: bytes) -> str:
        """Serve a file as if it had been uploaded, and return its URL."""
        path = f"{UPLOADS}{name}"
        self.account.uploads[path] = content
        return f"{self.origin}{path}"

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
        active = ActiveFault(chosen, chosen.routes if route is None else (route,), times, when)
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
                for request_id in (each for each in self.movies if each not in self._called_back)
                if (url := self.movies[request_id].order.webhook_url) and (body := self._callback_body(request_id))
            ]
            self._called_back.update(request_id for request_id, _, _ in due)
            self.callbacks += await asyncio.gather(*(send_callback(*each) for each in due))

    async def _send_callbacks_repeatedly(self) -> None:
        while True:
            await self.send_callbacks()
            await asyncio.sleep(_CALLBACK_INTERVAL)

    # Start and stop -------------------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
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
        port = cast("tuple[str, int]", runner.addresses[0])[1]
        self.account.origin = f"http://{HOST}:{port}"
        if self.config.callbacks:
            sending = asyncio.create_task(self._send_callbacks_repeatedly())
            self._running.push_async_callback(asyncio.wait, [sending])
            self._running.callback(sending.cancel)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Disconnect all callers, stop listening and remove the films; idempotent."""
        self._stopping.set()
        await self._running.aclose()
        await self._videos.close()

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[self._record], client_max_size=_MAX_BODY_BYTES)
        if not self.config.keep_alive:
            application.on_response_prepare.append(close_connection)
        if self.config.version is ApiVersion.AUTUMN_2026:
            application.on_response_prepare.append(name_request)
        router = application.router
        router.add_get("/movies/{request_id}.mp4", self._on_movie)
        router.add_get(r"/stills/{request_id}/{index:\d+}.jpg", self._on_still)
        router.add_get(f"{UPLOADS}{{name}}", self._on_upload)
        for endpoint in (*ENDPOINTS[self.config.version](self.contract), NO_PATH):
            for method in endpoint.methods:
                for path in endpoint.paths:
                    router.add_route(method, path, partial(self._respond, endpoint))
        return application

    # Handlers ---------------------------------------------------------------------------------------------------------

    @web.middleware
    async def _record(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        body: object = None
        problem: HTTPStatus | None = None
        try:
            body = await read_body(request)
        except web.HTTPRequestEntityTooLarge:
            problem = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        if request.content_type == "application/json" and type(body) not in (dict, list, NoneType):
            problem = HTTPStatus.BAD_REQUEST
        refused = self.contract.rejected_bodies.get(problem) if problem else None
        received = ReceivedRequest(
            method=request.method,
            path=request.path,
            query=dict(request.query),
            body=body,
            at=self._now(),
            authorization_ok=self.contract.authenticate(request.headers, self.config.api_key) is None,
        )
        self.requests.append(received)
        if self._request_listener is not None:
            self._request_listener(received)
        return await (handler(request) if refused is None else refused.send(request, refused))

    async def _on_movie(self, request: web.Request) -> web.StreamResponse:
        """Serve the video to anyone with its link.

        It is rendered at the first request.
        """
        movie = self._made(request, lambda movie: movie.rendered(self._now()).status == "COMPLETED")
        order = movie.order
        if not self.config.render_films:
            order = replace(order, scenes=(TINY,), seconds=TINY.seconds, aspect_ratio="16:9")
        video = await self._videos.get(
            self._film_name(movie.request_id),
            scenes=order.scenes,
            seconds=min(order.seconds, FILM_SECONDS),
            aspect_ratio=order.aspect_ratio,
        )
        return web.FileResponse(video, headers={"Content-Type": "video/mp4"})

    def _film_name(self, request_id: str) -> str:
        return request_id if self.config.render_films else "tiny"

    async def _on_still(self, request: web.Request) -> web.StreamResponse:
        """Serve a scene's picture to anyone with its link: a frame of the movie that comes."""
        index = int(request.match_info["index"])
        movie = self._made(request, lambda movie: self.account.is_drawn(movie, index))
        picture = await asyncio.to_thread(still, movie.order.scenes, index, movie.order.aspect_ratio)
        return web.Response(body=picture, content_type="image/jpeg")

    async def _on_upload(self, request: web.Request) -> web.StreamResponse:
        if request.path not in self.account.uploads:
            raise web.HTTPNotFound
        kind = guess_type(request.path)[0] or "application/octet-stream"
        return web.Response(body=self.account.uploads[request.path], content_type=kind)

    def _made(self, request: web.Request, is_made: Callable[[Movie], bool]) -> Movie:
        """Return the movie that a link belongs to.

        Raises:
            web.HTTPForbidden: the link is not signed, or has expired.
            web.HTTPNotFound: there is no such movie, or what the link leads to is not made yet.
        """
        if not self.account.allows(request.path, request.query):
            raise web.HTTPForbidden(text=NOT_ALLOWED)
        movie = self.movies.get(request.match_info["request_id"])
        if movie is None or not is_made(movie):
            raise web.HTTPNotFound(text=json.dumps({"message": NOT_READY}), content_type="application/json")
        return movie

    def film(self, url: str) -> bytes | None:
        """Return the video that someone has fetched from this link."""
        name = self._film_name(Path(urlsplit(url).path).stem)
        return self._videos.rendered(name) if url.startswith(self.origin) else None

    async def _respond(self, endpoint: Endpoint, request: web.Request) -> web.StreamResponse:
        """Respond, with the active faults applied."""
        body = await read_body(request)
        outcome = RenderOutcome(self.config.render_seconds)
        path_id = request.match_info.get("request_id", "")
        call = Call(self.account, request.headers, request.query, body, outcome, request.method, request.path, path_id)
        call = replace(call, request_id=endpoint.request_id(call))

        async def carry_out(exchange: Exchange) -> Reply:
            return endpoint.respond(replace(call, outcome=exchange.outcome))

        movie = call.movie
        exchange = Exchange(
            route=endpoint.route_of(call),
            prompt=movie.order.prompt if movie else extract_prompt(body),
            outcome=outcome,
            sleep=self._sleep,
            hold=self._stopping.wait,
        )
        self._faults = [active for active in self._faults if active.left != 0]
        applied = [active.fault for active in self._faults if active.applies(exchange)]
        proceed: Proceed = reduce(_within, reversed(applied), carry_out)
        reply = await proceed(exchange)
        return await reply.send(request, reply)

    def _callback_body(self, request_id: str) -> JsonObject | None:
        """Return the callback's body, None before the movie is finished.

        A cancelled movie is not called back about.
        """
        self.account.collect_charges()
        movie, now = self.movies[request_id], self._now()
        ended = movie.progress(now).status in ("COMPLETED", "FAILED")
        return self.contract.callback(movie, now, self.movie_url(request_id)) if ended else None


def _within(proceed: Proceed, fault: Fault) -> Proceed:
    return lambda exchange: fault.act(exchange, proceed)


async def send_callback(request_id: str, url: str, body: JsonObject) -> Callback:
    """Send a callback, only to loopback. One attempt is all that the API makes."""
    answered = None
    if _is_loopback(url):
        try:
            async with (
                aiohttp.ClientSession(timeout=_CALLBACK_TIMEOUT) as session,
                session.post(url, json=body, allow_redirects=False) as response,
            ):
                answered = response.status
        except (aiohttp.ClientError, TimeoutError):
            pass
    return Callback(request_id, url, body, answered)


def _is_loopback(url: str) -> bool:
    try:
        return is_loopback_host(URL(url).host or "")
    except ValueError:
        return False


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
    """Return an order's prompt, valid or not, or the text that is to be judged."""
    fields = input_of(body)
    prompt = fields.get("prompt", fields.get("input"))
    texts = [*texts_of([prompt] if isinstance(prompt, str) else list_of(prompt))]
    return "\n".join(texts) if texts else None
