"""Runs the real client on SimCord."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from simcord.env import Env

from bot.app import App
from bot.discord_client.responses import Declined


class _Env(Env):
    def _record_error(self, error: BaseException) -> None:
        if not isinstance(error, Declined):  # the member is answered
            super()._record_error(error)


@asynccontextmanager
async def discord_of(app: App) -> AsyncGenerator[Env]:
    """Not `simcord.run`: a fixture may be torn down in another context than the one it was set up in."""
    env = _Env(app.client, shard_count=1)
    await env.start()
    await app.client.sync_commands()
    try:
        yield env
    finally:
        await env.shutdown()
    env._raise_errors_since(env._errors_acknowledged)
