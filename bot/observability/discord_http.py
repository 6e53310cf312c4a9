"""Metrics of Discord's HTTP API: response times to interactions, and error codes.

Traces the HTTP session of discord.py, so every request is counted, also those that discord.py repeats itself.
"""

from __future__ import annotations

import json
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus
from types import SimpleNamespace
from typing import Final, cast

import aiohttp
import discord
from discord.ext import commands

from bot.observability.metrics import Metrics

_CALLBACK_PATH: Final = re.compile(r"/interactions/(\d+)/[^/]+/callback$")
_MAX_PENDING: Final = 1000


class DiscordHttpMetrics:
    """Feeds the metrics from the HTTP session's `trace` and from incoming interactions.

    A response is timed from the arrival of the gateway event: the timestamp in the interaction's id would need
    synchronous clocks. `now` is in seconds.
    """

    def __init__(self, metrics: Metrics, now: Callable[[], float] = time.monotonic) -> None:
        self._metrics = metrics
        self._now = now
        self._pending: OrderedDict[int, tuple[str, float]] = OrderedDict()
        self.trace = aiohttp.TraceConfig()
        self.trace.on_request_end.append(self._on_request_end)
        self.trace.on_response_chunk_received.append(self._on_response_chunk)
        self.trace.on_request_exception.append(self._on_request_exception)

    def interaction_received(self, interaction: discord.Interaction[commands.AutoShardedBot]) -> None:
        """Start the timer of an interaction's first response."""
        match interaction.type:
            case discord.InteractionType.application_command:
                command = interaction.command
                name = command.qualified_name if command is not None else "other"
            case discord.InteractionType.component:
                name = "button"
            case discord.InteractionType.modal_submit:
                name = "form"
            case _:
                return
        self._pending[interaction.id] = (name, self._now())
        while len(self._pending) > _MAX_PENDING:
            self._pending.popitem(last=False)

    async def _on_request_end(
        self, _session: aiohttp.ClientSession, request: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        """Stop the timer, unless discord.py will repeat the request (429, 5xx)."""
        status = request.status = params.response.status
        first = _CALLBACK_PATH.search(params.url.path)
        if first and status != HTTPStatus.TOO_MANY_REQUESTS and status < HTTPStatus.INTERNAL_SERVER_ERROR:
            name, since = self._pending.pop(int(first[1]), ("", 0.0))
            if name:
                self._metrics.observe_ack(name, self._now() - since)

    async def _on_response_chunk(
        self,
        _session: aiohttp.ClientSession,
        request: SimpleNamespace,
        params: aiohttp.TraceResponseChunkReceivedParams,
    ) -> None:
        """Count an error response.

        aiohttp passes the whole body here, because discord.py reads it in one piece.
        """
        if request.status >= HTTPStatus.BAD_REQUEST:
            self._metrics.count_discord_error(_error_code(params.chunk) or request.status)

    async def _on_request_exception(
        self, _session: aiohttp.ClientSession, _request: SimpleNamespace, params: aiohttp.TraceRequestExceptionParams
    ) -> None:
        """Count a failed request.

        Cancelled requests and the gateway's are left out.
        """
        if isinstance(params.exception, Exception) and params.url.scheme not in {"ws", "wss"}:
            self._metrics.count_discord_error(0)


def _error_code(body: bytes) -> int:
    """Return Discord's error code from a body, 0 for none."""
    try:
        error = json.loads(body)
    except ValueError:
        return 0
    code = cast("dict[str, object]", error).get("code") if isinstance(error, dict) else 0
    return code if isinstance(code, int) else 0
