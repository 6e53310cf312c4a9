"""Faults between the bot and Discord during a response to a command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aiohttp
import discord
from simcord.env import Env

CALLBACK = "/interactions/*/callback"


class AnswerFaults:
    """Faults of the simulated Discord.

    Each affects the next response, unless its docstring says otherwise.
    """

    env: Env

    def cut_followup(self, *, after: bool) -> None:
        """Drop the next followup's connection, before or after its acceptance."""
        self._cut("POST", lambda url: "/webhooks/" in url, after=after)

    def _cut(self, method: str, hit: Callable[[str], bool], *, after: bool) -> None:
        adapter = self.env._webhook_adapter
        request = adapter.request

        async def request_until(route: Any, *args: Any, **kwargs: Any) -> Any:
            if route.method != method or not hit(route.url):
                return await request(route, *args, **kwargs)
            adapter.request = request
            if after:
                await request(route, *args, **kwargs)
            raise aiohttp.ServerDisconnectedError

        adapter.request = request_until

    def fail_answers(self, status: int, code: int) -> None:
        """Make Discord reject the response to the next command."""
        self.env.inject_error("POST", CALLBACK, status=status, code=code)

    def fail_downloads(self) -> None:
        """Make Discord hand over no attached file from now on."""

        async def get_from_cdn(_url: str) -> bytes:
            raise aiohttp.ClientPayloadError

        self.env.bot.http.get_from_cdn = get_from_cdn

    def drop_response(self, *, after: bool) -> None:
        """Drop the next response's connection, before or after its acceptance."""
        adapter = self.env._webhook_adapter
        request = adapter.request

        async def request_once(*args: Any, **kwargs: Any) -> Any:
            adapter.request = request
            if after:
                await request(*args, **kwargs)
            raise aiohttp.ServerDisconnectedError

        adapter.request = request_once

    def repeat_answer(self) -> None:
        """Make discord.py repeat the next response, as after a 500."""
        adapter = self.env._webhook_adapter
        request = adapter.request

        async def request_twice(*args: Any, **kwargs: Any) -> Any:
            adapter.request = request
            await request(*args, **kwargs)
            return await request(*args, **kwargs)

        adapter.request = request_twice

    def answer_elsewhere(self, embed: discord.Embed) -> None:
        """Make another process give the next response, with this embed alone."""
        adapter = self.env._webhook_adapter
        request = adapter.request

        async def request_late(*args: Any, payload: dict[str, Any], **kwargs: Any) -> Any:
            adapter.request = request
            await request(*args, payload={**payload, "data": {"embeds": [embed.to_dict()]}}, **kwargs)
            return await request(*args, payload=payload, **kwargs)

        adapter.request = request_late

    def duplicate_interactions(self) -> None:
        """Make Discord send every interaction twice, as it may during a deploy."""
        emit = self.env.backend.emit

        def emit_twice(event: str, payload: dict[str, Any]) -> None:
            emit(event, payload)
            if event == "INTERACTION_CREATE":
                emit(event, payload)

        self.env.backend.emit = emit_twice

    def omit_message_id(self) -> None:
        """Make Discord accept the next response without returning its message id."""
        adapter = self.env._webhook_adapter
        request = adapter.request

        async def request_once(*args: Any, **kwargs: Any) -> Any:
            adapter.request = request
            answer = await request(*args, **kwargs)
            return {"interaction": {**answer["interaction"], "response_message_id": None}}

        adapter.request = request_once
