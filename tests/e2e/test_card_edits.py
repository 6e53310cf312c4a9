"""Edits of cards that Discord never answers don't hold up orders."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from tests.helpers.bot_harness import BotHarness
from tests.helpers.looptime import LoopTime

LONGER_THAN_AN_EDIT_MAY_TAKE = 6.0


class SilentEdits:
    """A Discord that answers everything but edits of messages, until `end`."""

    def __init__(self, bot: BotHarness) -> None:
        self.asked = asyncio.Event()
        self._end = asyncio.Event()
        self._http = bot.app.client.http
        self._request = self._http.request
        self._http.request = self._answer

    async def _answer(self, route: Any, **how: Any) -> Any:
        if route.method != "PATCH" or "/messages/" not in route.path:
            return await self._request(route, **how)
        self.asked.set()
        await self._end.wait()
        raise aiohttp.ServerDisconnectedError

    def end(self) -> None:
        """Cut the edits that are pending, and answer again."""
        self._end.set()
        self._http.request = self._request


@pytest.mark.timeout(20)
async def test_an_edit_that_is_never_answered_does_not_hold_up_an_order(bot: BotHarness) -> None:
    """After a timeout, the worker submits this order and the next."""
    time, edits = LoopTime(), SilentEdits(bot)
    await bot.movie()
    await bot.movie(bot.bob)
    turning = asyncio.create_task(bot.run_until_idle())
    while not turning.done():
        asked = asyncio.ensure_future(edits.asked.wait())
        await asyncio.wait((turning, asked), return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        if edits.asked.is_set():
            edits.asked.clear()
            time.advance(LONGER_THAN_AN_EDIT_MAY_TAKE)
    edits.end()
    assert bot.ordered() == 2
