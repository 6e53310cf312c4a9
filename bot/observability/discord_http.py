"""What monitoring wants to know of Discord: how soon people were answered, and which errors came back.

It listens to the HTTP session that all of discord.py's requests go through, so that no room has to count its own, and a
try that discord.py repeats by itself is counted, too.
"""

from __future__ import annotations

import json
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from types import SimpleNamespace
from typing import Final, Protocol, cast

import aiohttp
import discord
from discord.ext import commands

_FIRST_ANSWER: Final = re.compile(r"/interactions/(\d+)/[^/]+/callback$")
_UNANSWERED_MOST: Final = 1000

_CLIENT_ERROR, _TOO_MANY, _SERVER_ERROR = 400, 429, 500


class Figures(Protocol):
    """Takes what was seen; see bot/observability/metrics.py."""

    def count_discord_error(self, code: int) -> None: ...  # noqa: D102 (said where it is kept)
    def observe_ack(self, command: str, seconds: float) -> None: ...  # noqa: D102 (said where it is kept)


class DiscordHttpMetrics:
    """Feeds the figures from `trace`, which the client's HTTP session takes, and from each interaction that came in.

    An answer is timed from the moment at which the gateway's event reached us: by the time in its id, our clock and
    Discord's would have to agree. `now` is in seconds.
    """

    def __init__(self, figures: Figures, now: Callable[[], float] = time.monotonic) -> None:
        self._figures = figures
        self._now = now
        self._unanswered: OrderedDict[int, tuple[str, float]] = OrderedDict()
        self.trace = aiohttp.TraceConfig()
        self.trace.on_request_end.append(self._ended)
        self.trace.on_response_chunk_received.append(self._read)
        self.trace.on_request_exception.append(self._broke)

    def interaction_received(self, interaction: discord.Interaction[commands.Bot]) -> None:
        """Begin to wait for the first answer to a command, a button or a form."""
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
        self._unanswered[interaction.id] = (name, self._now())
        while len(self._unanswered) > _UNANSWERED_MOST:
            self._unanswered.popitem(last=False)

    async def _ended(
        self, _session: aiohttp.ClientSession, request: SimpleNamespace, seen: aiohttp.TraceRequestEndParams
    ) -> None:
        """Discord said something. Where it will be asked again by itself (429, 5xx), it was no answer yet."""
        status = request.status = seen.response.status
        first = _FIRST_ANSWER.search(seen.url.path)
        if first and status != _TOO_MANY and status < _SERVER_ERROR:
            name, since = self._unanswered.pop(int(first[1]), ("", 0.0))
            if name:
                self._figures.observe_ack(name, self._now() - since)

    async def _read(
        self, _session: aiohttp.ClientSession, request: SimpleNamespace, seen: aiohttp.TraceResponseChunkReceivedParams
    ) -> None:
        """The body is there: aiohttp gives it whole, and discord.py reads it of every answer."""
        if request.status >= _CLIENT_ERROR:
            self._figures.count_discord_error(_code(seen.chunk) or request.status)

    async def _broke(
        self, _session: aiohttp.ClientSession, _request: SimpleNamespace, seen: aiohttp.TraceRequestExceptionParams
    ) -> None:
        """No answer came. A request that we gave up ourselves is none of Discord's errors, nor is the gateway's."""
        if isinstance(seen.exception, Exception) and seen.url.scheme not in {"ws", "wss"}:
            self._figures.count_discord_error(0)


def _code(body: bytes) -> int:
    """Discord's own code for an error, 0 where the body has none."""
    try:
        error = json.loads(body)
    except ValueError:
        return 0
    code = cast("dict[str, object]", error).get("code") if isinstance(error, dict) else 0
    return code if isinstance(code, int) else 0
