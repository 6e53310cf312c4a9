"""A process that attaches movies, as the bot or in memory.

It prints JSON.

`python -m benchmarks.attachments_child ours|memory <address of the server> <movies at once> <their size>`
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys

import aiohttp
import discord

from benchmarks.baselines import in_memory
from benchmarks.harness import LoopPause, measured_loop, reset_peak, resident, resident_peak, run
from bot.discord_client.uploads import DEFAULT_UPLOAD_LIMIT, Attachments
from bot.domain.delivery import NotificationType
from bot.domain.jobs import Job, JobState
from bot.domain.message import Delivery
from bot.downloads.downloader import DownloadPolicy, MovieDownloader
from tests.helpers.worker_harness import checked


async def _default_limit(_guild_id: int) -> int:
    return DEFAULT_UPLOAD_LIMIT


async def _ours(addresses: list[str], upload_to: str, origin: str) -> None:
    downloader = MovieDownloader(
        DownloadPolicy(trusted_origins=frozenset({origin}), total_seconds=45, max_concurrent=4)
    )
    attachments = Attachments(downloader, _default_limit)
    async with aiohttp.ClientSession() as session:

        async def one(number: int, address: str) -> None:
            job = Job(f"{number}", number, 1, 2, 3, checked().request, 100, JobState.COMPLETED, 0, movie_url=address)
            async with attachments.open_for(Delivery(job, NotificationType.COMPLETED, 1)) as path:
                assert path is not None
                with contextlib.closing(discord.File(path, "movie.mp4")) as file:
                    form = aiohttp.FormData(quote_fields=False)  # as discord.http.HTTPClient.request makes it
                    form.add_field("files[0]", file.fp, filename=file.filename, content_type="application/octet-stream")
                    async with session.post(upload_to, data=form) as response:
                        response.raise_for_status()
                        await response.read()

        await asyncio.gather(*(one(number, address) for number, address in enumerate(addresses)))
    await downloader.close()


async def _measured(kind: str, server: str, count: int, size: int) -> dict[str, float]:
    loop_pause = LoopPause()

    async def once(movies: int, bytes_each: int) -> None:
        addresses = [f"{server}/movies/{bytes_each}/{number}.mp4" for number in range(movies)]
        if kind == "ours":
            await _ours(addresses, f"{server}/upload", server)
        else:
            await in_memory.attach(addresses, f"{server}/upload")

    await once(1, 4096)  # warm-up: lazy imports are not measured
    reset_peak()
    idle = resident()
    async with measured_loop(loop_pause):
        await once(count, size)
    return {"over_idle": resident_peak() - idle, "pause": loop_pause.longest}


def main() -> None:
    """Run the measurement that the arguments name."""
    kind, server, count, size = sys.argv[1:]
    print(json.dumps(run(_measured(kind, server, int(count), int(size)))))


if __name__ == "__main__":
    main()
