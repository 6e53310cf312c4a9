"""A large download costs little memory and blocks nothing."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from tests.helpers.load import interruptions
from tests.unit.downloads.conftest import MIB, MOVIE, here, leftovers, open_downloader, streams
from tests.unit.samsar.conftest import ReceivedRequest, serving

STATUS = Path("/proc/self/status")


def resident() -> int:
    line = next(line for line in STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


@pytest.mark.skipif(not STATUS.exists(), reason="only Linux tells in /proc how much memory a process has")
async def test_a_hundred_mebibytes_cost_a_few(tmp_path: Path) -> None:
    """Memory is measured at every MiB, including the test's own server."""
    seen: list[int] = []

    async def script(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {100 * MIB}\r\n\r\n".encode() + MOVIE[:64])
        zeros, left = bytes(64 * 1024), 100 * MIB - 64
        while left > 0:
            writer.write(zeros[:left])
            left -= len(zeros)
            await writer.drain()
            if left // len(zeros) % 16 == 0:
                seen.append(resident())
        writer.close()

    async with (
        serving(streams(4 * MIB, declared=True)) as small,
        serving(script) as large,
        open_downloader(tmp_path, small, large) as downloader,
    ):
        async with downloader.download(here(small, "/"), 100 * MIB):
            before = resident()
        async with downloader.download(here(large, "/"), 100 * MIB) as path:
            seen.append(resident())
            assert path.stat().st_size == 100 * MIB
    grown = (max(seen) - before) / MIB
    assert grown < 8


async def longest_pause(folder: Path, movies: int, size: int) -> float:
    """Download movies; return the event loop's longest pause in seconds.

    A pause in which the system ran another process does not count.
    """
    pauses = [0.0]

    async def tick() -> None:
        last, times = time.perf_counter(), interruptions()
        while True:
            await asyncio.sleep(0)
            now, again = time.perf_counter(), interruptions()
            if again == times:
                pauses.append(now - last)
            last, times = now, again

    async with serving(streams(size, declared=True)) as server, open_downloader(folder, server) as downloader:

        async def one() -> int:
            async with downloader.download(here(server, "/"), size) as path:
                return path.stat().st_size

        ticking = asyncio.create_task(tick())
        assert await asyncio.gather(*(one() for _ in range(movies))) == [size] * movies
        ticking.cancel()
    return max(pauses)


async def test_a_download_never_blocks_the_event_loop(tmp_path: Path) -> None:
    """The event loop never pauses for more than 25 ms.

    The best of ten attempts counts, because the machine may be busy.
    """
    best = 1.0
    for _ in range(10):
        best = min(best, await longest_pause(tmp_path, 8, 10 * MIB))
        if best <= 0.025:
            break
    assert best <= 0.025
    assert leftovers(tmp_path) == []
