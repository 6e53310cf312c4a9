"""Files that members upload, at an address of loopback: Discord's CDN as the simulated Discord has it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from simcord.backend import cdn

from tests.helpers.bot_harness import BotHarness


@asynccontextmanager
async def serve_uploads(bot: BotHarness, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[str]:
    """Serve what is uploaded from now on; yield the origin, which the bot has to trust."""

    async def answer(request: web.Request) -> web.Response:
        content = bot.env.backend.cdn.get(f"{origin}{request.path}")
        return web.Response(status=404) if content is None else web.Response(body=content)

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    async with TestServer(application) as server:
        origin = str(server.make_url("/").origin())
        monkeypatch.setattr(cdn, "CDN_BASE", origin)
        yield origin
