"""Faults between the bot and Discord during a response to a command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from simcord.components import COMPONENTS_V2_FLAG
from simcord.env import Env

from bot.ui.components import Message

CALLBACK = "/interactions/*/callback"


class AnswerFaults:
    """Faults of the simulated Discord. Each affects the next response, unless its docstring says otherwise."""

    env: Env

    def meet_response(self, meet: Callable[..., Awaitable[Any]], hit: Callable[[Any], bool] = lambda _: True) -> None:
        adapter = self.env._webhook_adapter
        request = adapter.request

        async def request_once(route: Any, *args: Any, **kwargs: Any) -> Any:
            if not hit(route):
                return await request(route, *args, **kwargs)
            adapter.request = request
            return await meet(request, route, *args, **kwargs)

        adapter.request = request_once

    def drop_response(self, *, after: bool, hit: Callable[[Any], bool] = lambda _: True) -> None:
        async def drop(request: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
            if after:
                await request(*args, **kwargs)
            raise aiohttp.ServerDisconnectedError

        self.meet_response(drop, hit)

    def cut_followup(self, *, after: bool) -> None:
        self.drop_response(after=after, hit=lambda route: route.method == "POST" and "/webhooks/" in route.url)

    def fail_answers(self, status: int, code: int) -> None:
        self.env.inject_error("POST", CALLBACK, status=status, code=code)

    def fail_downloads(self) -> None:
        async def get_from_cdn(_url: str) -> bytes:
            raise aiohttp.ClientPayloadError

        self.env.bot.http.get_from_cdn = get_from_cdn

    def repeat_answer(self) -> None:
        """Make discord.py repeat the next response, as after a 500."""

        async def repeat(request: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
            await request(*args, **kwargs)
            return await request(*args, **kwargs)

        self.meet_response(repeat)

    def answer_elsewhere(self, message: Message) -> None:
        async def come_late(
            request: Callable[..., Awaitable[Any]], *args: Any, payload: dict[str, Any], **kwargs: Any
        ) -> Any:
            await request(
                *args,
                payload={
                    **payload,
                    "data": {"flags": COMPONENTS_V2_FLAG, "components": message.view().to_components()},
                },
                **kwargs,
            )
            return await request(*args, payload=payload, **kwargs)

        self.meet_response(come_late)

    def duplicate_interactions(self) -> None:
        """Make Discord send every interaction twice, as it may during a deploy."""
        emit = self.env.backend.emit

        def emit_twice(event: str, payload: dict[str, Any]) -> None:
            emit(event, payload)
            if event == "INTERACTION_CREATE":
                emit(event, payload)

        self.env.backend.emit = emit_twice

    def omit_message_id(self) -> None:
        async def omit(request: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
            answer = await request(*args, **kwargs)
            return {"interaction": {**answer["interaction"], "response_message_id": None}}

        self.meet_response(omit)
