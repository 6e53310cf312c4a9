"""The HTTP client of the Samsar API.

`wire` decodes responses; the services and the worker decide what follows. This module decides only which failures prove
that a request was never sent (`ConnectFailed`) and which leave its outcome open (`OutcomeUnknown`): a movie costs
credits, and the API does not recognize a repeated request.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import NamedTuple

import aiohttp
from aiolimiter import AsyncLimiter

from bot import __version__
from bot.core.errors import (
    AuthenticationFailed,
    ConnectFailed,
    InvalidRequest,
    InvalidResponse,
    OutcomeUnknown,
    RateLimited,
    RequestNotFound,
    SamsarError,
    UpstreamCreditsExhausted,
    WrongApi,
    one_line,
)
from bot.domain.catalogue import ListedModel
from bot.domain.jobs import Still
from bot.domain.moderation import Verdict
from bot.domain.operations import Operation
from bot.domain.request import MovieRequest
from bot.domain.upstream import Created, RecentRequest, SceneQuote, Status
from bot.samsar import wire, wire_status
from bot.samsar.config import PROFILES, SamsarConfig
from bot.samsar.operations import REQUESTS, request_of

MAX_BODY_BYTES = 1024 * 1024
"""Bytes of a response that are read, counted after decompression."""

MAX_STEP_BODY_BYTES = 8 * 1024 * 1024
"""The same of a storyboard's status and of one with details, which have several signed links for each scene."""

MAX_REQUEST_BYTES = 50_000_000
"""Bytes of a request that the API reads. It may hang up on a larger one before it has refused it."""

_CHUNK_BYTES = 64 * 1024
_MIN_SECRET_LENGTH = 8
_MAX_WAITING_READS = 8
"""Reads that compete for the rate limit at a time, so that a create request passes the others."""

_CONNECT_ERRORS = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)

_random = random.SystemRandom()

Sleep = Callable[[float], Awaitable[object]]


class RawResponse(NamedTuple):
    """A response with so much of its body as is read, secrets redacted."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class SamsarClient:
    """The API client.

    Create it with `open`, or in a running event loop and then `close` it.

    A create request uses a new connection: a kept-alive one can be closed by the server as it is used, and then the
    outcome would be unknown. Reads share connections.
    """

    def __init__(
        self, config: SamsarConfig, *, sleep: Sleep = asyncio.sleep, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._config = config
        self._sleep = sleep
        self._now = now
        self._paused_since = self._paused_until = 0.0
        self._processes = 1
        self._limiter = _limiter(config.options.requests_per_second)
        self._read_slots = asyncio.Semaphore(_MAX_WAITING_READS)
        self._create_session = _session(config, aiohttp.TCPConnector(force_close=True), None, _connection_tracer())
        self._read_session = _session(config, aiohttp.TCPConnector(), config.options.read_seconds)

    def share_rate(self, processes: int) -> None:
        """Take a share of the rate, where several processes use the API."""
        if processes != self._processes:
            self._processes = processes
            self._limiter = _limiter(self._config.options.requests_per_second / processes)

    def pause_status(self, seconds: float) -> None:
        """Request no status for so long: `get_status` raises RateLimited.

        So do the requests that wait for the rate limit now. A longer pause stays.
        """
        if seconds > self._pause_left():
            self._paused_since = self._now()
            self._paused_until = self._paused_since + seconds

    def _pause_left(self) -> float:
        """Return how many seconds the pause still lasts, 0 also where the clock was set back since it began."""
        now = self._now()
        return max(0.0, self._paused_until - now) if now >= self._paused_since else 0.0

    @classmethod
    @asynccontextmanager
    async def open(
        cls, config: SamsarConfig, *, sleep: Sleep = asyncio.sleep, now: Callable[[], float] = time.monotonic
    ) -> AsyncGenerator[SamsarClient]:
        """Open a client and close it again.

        `sleep` waits between attempts, and `now` is a clock in seconds.
        """
        client = cls(config, sleep=sleep, now=now)
        try:
            yield client
        finally:
            await client.close()

    async def close(self) -> None:
        """Close all connections.

        A running request ends with OutcomeUnknown or InvalidResponse, a later one with ConnectFailed.
        """
        await self._create_session.close()
        await self._read_session.close()

    async def create_movie(
        self, request: MovieRequest, webhook_url: str | None = None, sources: Sequence[str] = ()
    ) -> Created:
        """Order a movie or what else a request makes, which costs credits.

        Sent at most once. `sources` are the API's ids of the movies that it is made from, or the addresses of its
        pictures.

        Raises:
            InvalidRequest: nothing was created (see `wire.decode_created` for all statuses).
            AuthenticationFailed: nothing was created.
            UpstreamCreditsExhausted: nothing was created.
            WrongApi: nothing was created; says what to set.
            RateLimited: nothing was created.
            ConnectFailed: certainly never sent; safe to retry.
            OutcomeUnknown: it may have been carried out. Never call this again for the same movie.
            asyncio.CancelledError: the caller was cancelled; caused by ConnectFailed where no connection was open yet.
        """
        config, limits, asked = self._config, self._config.profile.limits, request_of(request)
        if request.operation not in limits.operations:
            raise InvalidRequest(f"this version of the API has no {request.operation}")
        connected = asyncio.Event()  # from then on, the request may have been sent
        try:
            response = await self._exchange(
                asked.path or config.create_path,
                given=asked.fields(request, sources, limits.extras),
                webhook_url=webhook_url,
                connected=connected,
                max_seconds=asked.max_seconds,
            )
        except asyncio.CancelledError as exc:
            if connected.is_set():
                raise
            raise exc from ConnectFailed("cancelled before there was a connection")
        try:
            return wire.decode_created(*response, request, config.model_labels)
        except WrongApi as exc:
            raise WrongApi(exc.message, status=exc.status, advice=config.advice) from None

    async def quote_scenes(self, request_id: str, scenes: Sequence[int]) -> SceneQuote:
        """Ask what it costs to make scenes of a finished movie anew, counted from 1.

        Raises:
            SamsarError: as `wire.decode_quote` says, and ConnectFailed. It may be asked again.
        """
        asked = {"session_id": request_id, "layer_indexes": [*scenes], "quote_only": True}
        return wire.decode_quote(*await self._ask(REQUESTS[Operation.SCENE].path, asked), scenes)

    async def upload_picture(self, picture: bytes, media_type: str) -> str:
        """Give the API a picture, such as an "image/png", and return its address there.

        It is free. How long an address lasts is not documented.

        Raises:
            SamsarError: as `wire_status.decode_upload` says, and ConnectFailed. It may be given again.
        """
        given = {"image_data": [f"data:{media_type};base64,{base64.b64encode(picture).decode()}"]}
        response = await self._ask(self._config.profile.upload_path, given)
        return wire_status.decode_upload(*response, base_url=self._config.base_url)

    async def get_stills(self, request_id: str) -> tuple[Still, ...]:
        """Get the stills that there are of a movie, in the order of its scenes.

        Raises:
            WrongApi: this version of the API has no such call.
            SamsarError: as `wire_status.decode_details` says, and ConnectFailed.
        """
        response = await self._read_status(self._config.profile.details_path, request_id, MAX_STEP_BODY_BYTES)
        return wire_status.decode_details(*response, base_url=self._config.base_url)

    async def get_status(self, request_id: str) -> Status:
        """Get a movie's status, retrying after invalid responses and failed connections.

        Raises:
            RequestNotFound: 404, or an id that can't be one.
            RateLimited: not retried here; the worker waits. Also during a pause.
            SamsarError: as `wire_status.decode_status` says, and ConnectFailed.
        """
        decode = partial(wire_status.decode_status, profile=self._config.profile)
        return await self._poll(self._config.status_path, request_id, decode)

    async def get_step_status(self, request_id: str) -> Status:
        """Get the status of a storyboard, which may wait at its checkpoint. As `get_status`."""
        return await self._poll(
            self._step_path("status"), request_id, wire_status.decode_step_status, MAX_STEP_BODY_BYTES
        )

    async def process_next(self, request_id: str) -> Status:
        """Let a storyboard that waits go on, and return its status.

        A repetition changes nothing, because a storyboard waits once.

        Raises:
            RequestNotFound: 404.
            OutcomeUnknown: it may have been carried out.
            SamsarError: as `wire.status_error` says, and ConnectFailed.
        """
        response = await self._exchange(
            self._step_path("process_next"), given={"request_id": request_id}, max_bytes=MAX_STEP_BODY_BYTES
        )
        return wire_status.decode_step_status(*response, base_url=self._config.base_url)

    async def _poll(
        self, path: str | None, request_id: str, decode: Callable[..., Status], max_bytes: int = MAX_BODY_BYTES
    ) -> Status:
        if wire.parse_request_id(request_id) is None:
            raise RequestNotFound("this is not a request_id")
        for pause in self._config.options.retry_pauses:
            with suppress(ConnectFailed, InvalidResponse):
                return decode(*await self._read_status(path, request_id, max_bytes), base_url=self._config.base_url)
            await self._sleep(pause * _random.uniform(0.5, 1.5))
        return decode(*await self._read_status(path, request_id, max_bytes), base_url=self._config.base_url)

    def _step_path(self, name: str) -> str | None:
        path = self._config.profile.step_path
        return path and f"{path}/{name}"

    async def cancel_movie(self, request_id: str) -> None:
        """Cancel a movie, whatever its state is.

        The API forgets even a finished one, so poll its status before. A repetition changes nothing.

        Raises:
            WrongApi: this version of the API has no such call.
            RequestNotFound: 404.
            OutcomeUnknown: it may have been carried out.
            SamsarError: as `wire.status_error` says, and ConnectFailed.
        """
        response = await self._exchange(self._config.profile.cancel_path, given={"videoSessionId": request_id})
        wire.read_answer(*response)  # only the movie's status tells how it ended

    async def moderate(self, prompt: str, image_urls: Sequence[str] = ()) -> Verdict:
        """Ask whether the API's moderation flags a prompt or pictures, which may be data URLs. It is free.

        Raises:
            WrongApi: this version of the API has no such call.
            InvalidRequest: it is more than the API takes at once.
            InvalidResponse: it did not answer within `moderation_seconds`, more of pictures, or not with a verdict.
            SamsarError: as `wire.status_error` says, ConnectFailed, and OutcomeUnknown. It may be asked again.
        """
        entries, options = wire.encode_moderation(prompt, image_urls), self._config.options
        seconds = options.picture_moderation_seconds if image_urls else options.moderation_seconds
        try:
            async with asyncio.timeout(seconds):
                response = await self._exchange(self._config.profile.moderation_path, given=entries)
        except TimeoutError:
            raise InvalidResponse("the API did not answer in time") from None
        return wire.decode_moderation(*response)

    async def get_credits(self) -> int | None:
        """Get the credits left in the operator's plan, None where unknown.

        Raises:
            AuthenticationFailed: the key is missing or invalid.
        """
        try:
            return await self._read_credits()
        except AuthenticationFailed:
            raise
        except SamsarError:
            return None

    async def list_models(self) -> tuple[ListedModel, ...] | None:
        """Get the models that the API lists, None without a list.

        Raises:
            SamsarError: as `wire.decode_models` says, and ConnectFailed.
        """
        return wire.decode_models(*await self._exchange(self._config.profile.models_path))

    async def recent_requests(self) -> tuple[RecentRequest, ...] | None:
        """Get the account's last requests, None without a list.

        Raises:
            SamsarError: the API does not answer, or not the key.
        """
        path = self._config.profile.requests_path
        if path is None:
            return None
        params = {"type": "video", "limit": str(wire.MAX_LISTED_REQUESTS)}
        return wire.decode_requests(*await self._exchange(path, params=params))

    async def verify_key(self) -> None:
        """Check the connection, the version and the key without creating anything.

        Asks for the status of a movie that never was. A balance would not show the version: each has it at one address.

        Raises:
            SamsarError: AuthenticationFailed, ConnectFailed, and what else `wire.decode_probe` says.
        """
        wire.decode_probe(*await self._exchange(self._config.status_path, params={"request_id": wire.UNISSUED_ID}))

    async def ping(self) -> None:
        """Return if the API is working and accepts the key, creating nothing.

        Asks for the balance where it proves the key, because a database fault looks like an unknown movie.

        Raises:
            SamsarError: as `wire.decode_credits` and `wire.decode_probe` say, and ConnectFailed.
        """
        if self._config.profile.balance_needs_key:
            await self._read_credits()
        else:
            await self.verify_key()

    async def _read_credits(self) -> int:
        return wire.decode_credits(*await self._exchange(self._config.profile.credits_path))

    async def _read_status(self, path: str | None, request_id: str, max_bytes: int) -> RawResponse:
        return await self._exchange(path, params={"request_id": request_id}, max_bytes=max_bytes, is_status=True)

    async def _ask(self, path: str | None, given: Mapping[str, object]) -> RawResponse:
        """Send a request that makes nothing: one without a certain answer may be sent again."""
        try:
            return await self._exchange(path, given=given, connected=asyncio.Event())
        except OutcomeUnknown as exc:
            raise InvalidResponse(exc.message) from None

    async def _wait_for_rate(self, *, is_read: bool) -> None:
        turn = self._read_slots if is_read else nullcontext()
        async with turn, self._limiter:
            pass

    async def _exchange(
        self,
        path: str | None,
        *,
        params: Mapping[str, str] | None = None,
        given: Mapping[str, object] | Sequence[object] | None = None,
        webhook_url: str | None = None,
        connected: asyncio.Event | None = None,
        max_bytes: int = MAX_BODY_BYTES,
        max_seconds: float | None = None,
        is_status: bool = False,
    ) -> RawResponse:
        """Send a GET, or what is `given` as a POST, by a new connection if `connected`, and read the response.

        It waits for the rate limit first. Then the status of a movie is not asked for during a pause.

        A failure is raised without its cause: aiohttp's exceptions contain the request's headers, and so the key.
        """
        if path is None:
            raise WrongApi("this version of the API has no such call", advice=self._config.advice)
        await self._wait_for_rate(is_read=given is None)
        if is_status and (seconds := self._pause_left()) > 0:
            raise RateLimited("the API asked to wait", retry_after=seconds)
        session = self._read_session if connected is None else self._create_session
        if session.closed:
            raise ConnectFailed("the client is closed")
        key = self._config.key.get_secret_value()
        secrets = (key, webhook_url) if webhook_url else (key,)
        headers = {"Authorization": f"Bearer {key}"}
        options = self._config.options
        deadline = asyncio.get_running_loop().time() + (max_seconds or options.total_seconds)
        try:
            async with _until(deadline, options.grace_seconds):
                response = await session.request(
                    "GET" if given is None else "POST",
                    self._config.url(path),
                    params=params,
                    data=None if given is None else _encode_json(given, webhook_url),
                    headers=headers,
                    allow_redirects=False,
                    trace_request_ctx=connected,
                )
            async with response:
                read = await _read_body(response, deadline, options.grace_seconds, max_bytes)
                return RawResponse(response.status, response.headers, _redact(read, secrets))
        except (aiohttp.ClientError, TimeoutError, OSError) as exc:
            failure = map_exception(exc, InvalidResponse if given is None else OutcomeUnknown, secrets)
        raise failure


def _encode_json(given: Mapping[str, object] | Sequence[object], webhook_url: str | None) -> aiohttp.BytesIOPayload:
    """Encode a request's body, to be sent piece by piece.

    Raises:
        InvalidRequest: it is larger than the API reads.
    """
    encoded = json.dumps({"input": given} | ({"webhookUrl": webhook_url} if webhook_url else {})).encode()
    if len(encoded) > MAX_REQUEST_BYTES:
        raise InvalidRequest("the request is too large")
    return aiohttp.BytesIOPayload(io.BytesIO(encoded), content_type="application/json")


def map_exception(
    exc: BaseException, uncertain: type[OutcomeUnknown | InvalidResponse], secrets: tuple[str, ...] = ()
) -> ConnectFailed | OutcomeUnknown | InvalidResponse:
    """Map a transport failure to an exception of bot.core.errors.

    It is ConnectFailed if nothing was sent, else `uncertain`. An unknown name, a closed port, a failed TLS handshake
    and a connection timeout prove that nothing was sent. Everything else can happen after the request was processed.
    """
    error_class: type[ConnectFailed | OutcomeUnknown | InvalidResponse] = (
        ConnectFailed if isinstance(exc, _CONNECT_ERRORS) else uncertain
    )
    # aiohttp's message quotes a response that it can't parse, which may contain the prompt
    why = "the answer is not valid HTTP" if isinstance(exc, aiohttp.ClientResponseError) else one_line(exc)
    text = _redact(why.encode(errors="replace"), secrets)
    return error_class(wire.clean(text.decode(errors="replace"), wire.MAX_MESSAGE_LENGTH) or wire.NO_MESSAGE)


def _connection_tracer() -> aiohttp.TraceConfig:
    """Build a trace that sets a request's event once it has a connection."""
    tracer = aiohttp.TraceConfig()

    async def connected(
        _session: aiohttp.ClientSession, context: SimpleNamespace, _: aiohttp.TraceConnectionCreateEndParams
    ) -> None:
        context.trace_request_ctx.set()

    tracer.on_connection_create_end.append(connected)
    return tracer


def _limiter(per_second: float) -> AsyncLimiter:
    burst = max(1.0, per_second)
    return AsyncLimiter(burst, burst / per_second)


@asynccontextmanager
async def _until(deadline: float, grace_seconds: float) -> AsyncGenerator[None]:
    """Raise TimeoutError in the block, some time after the loop noticed the deadline.

    A frozen process is late to notice it. What arrived meanwhile is read in the time after that.
    """
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(None) as timeout:
        timer = loop.call_at(deadline, lambda: timeout.reschedule(loop.time() + grace_seconds))
        try:
            yield
        finally:
            timer.cancel()


def _session(
    config: SamsarConfig,
    connector: aiohttp.BaseConnector,
    read_seconds: float | None,
    *tracers: aiohttp.TraceConfig,
) -> aiohttp.ClientSession:
    """Create a session without cookies, and without a total timeout: `_exchange` has that.

    It takes no proxies or passwords from the environment.
    """
    return aiohttp.ClientSession(
        connector=connector,
        trace_configs=list(tracers),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"Matinee/{__version__}", "Accept": "application/json"},
        timeout=aiohttp.ClientTimeout(total=None, connect=config.options.connect_seconds, sock_read=read_seconds),
        trust_env=False,
    )


async def _read_body(response: aiohttp.ClientResponse, deadline: float, grace_seconds: float, max_bytes: int) -> bytes:
    """Read at most so many bytes of the body, as far as they arrive by the deadline.

    A body that breaks off is no failure of its own: the status already says whether a request was refused, and
    truncated JSON can't be decoded anyway.
    """
    body = bytearray()
    try:
        async with _until(deadline, grace_seconds):
            async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
                body += chunk
                if len(body) > max_bytes:
                    response.close()
                    break
    except (aiohttp.ClientError, TimeoutError, OSError):
        response.close()
    return bytes(body[:max_bytes])


def _redact(text: bytes, secrets: tuple[str, ...]) -> bytes:
    """Remove secrets that the API may echo, also with escaped slashes.

    Secrets shorter than _MIN_SECRET_LENGTH stay: they could be part of any word.
    """
    for secret in secrets:
        if len(secret) >= _MIN_SECRET_LENGTH:
            text = text.replace(secret.encode(), b"[hidden]").replace(secret.replace("/", "\\/").encode(), b"[hidden]")
    return text


async def detect_other_version(config: SamsarConfig) -> SamsarConfig | None:
    """Return a configuration with which the same server answers.

    It asks for the status of a movie that never was, on the paths of each other version. None: it speaks none of them.
    """
    for profile in PROFILES.values():
        candidate = replace(
            config,
            base_url=server_root(config.base_url).rstrip("/") + profile.base_path,
            create_path=profile.create_path,
            status_path=profile.status_path,
            profile=profile,
        )
        if candidate == config:
            continue
        async with SamsarClient.open(candidate) as client:
            try:
                await client.verify_key()
            except (AuthenticationFailed, UpstreamCreditsExhausted, RateLimited):
                pass  # in JSON or not, only an API refuses a key
            except SamsarError:
                continue
        return candidate
    return None


def server_root(base_url: str) -> str:
    """Return a base URL without the path of any version's own."""
    paths = sorted((profile.base_path for profile in PROFILES.values()), key=len, reverse=True)
    url = base_url.rstrip("/") + "/"
    return next((url.removesuffix(path) + "/" for path in paths if url.endswith(path)), url)
