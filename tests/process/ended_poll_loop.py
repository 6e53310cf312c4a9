"""Runs the bot, and cancels a poll loop after the connection."""

import asyncio
import runpy
from typing import Any

from bot.discord_client.client import Client


def main() -> None:
    """Run the bot."""
    ready = Client.on_shard_ready

    async def cancel_a_poll_loop(self: Any, shard_id: int) -> None:
        await ready(self, shard_id)
        loop = next(task for task in asyncio.all_tasks() if task.get_name() == "worker-status_polls")
        loop.cancel()

    Client.on_shard_ready = cancel_a_poll_loop
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
