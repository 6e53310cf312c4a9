"""`python -m bot` in which a poll loop of the worker ends, as none ever should, once the bot is connected."""

import asyncio
import runpy
from typing import Any

from bot.discord_client.client import Client


def main() -> None:
    """Become that bot."""
    ready = Client.on_ready

    async def end_a_part(self: Any) -> None:
        await ready(self)
        part = next(task for task in asyncio.all_tasks() if task.get_name() == "worker-status_polls")
        part.cancel()

    Client.on_ready = end_a_part
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
