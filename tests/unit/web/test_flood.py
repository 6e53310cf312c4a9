"""A flood of callbacks does not delay the process.

The event loop does not stall, and real callers get responses afterwards.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Collection
from pathlib import Path

import pytest

from bot.domain.callback_token import generate_token, hash_token
from tests.helpers.callback_client import open_callback_client
from tests.helpers.load import frozen_heap

LONGEST_PAUSE = 0.05
"""Seconds for which one callback may block the event loop."""

FLOOD = 2000

FLOODER = """
import asyncio, secrets, sys

async def one(port, left):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while left:
        left.pop()
        body = b'{"request_id": "' + secrets.token_hex(500).encode() + b'"}'
        path = f"/callbacks/{secrets.token_urlsafe(32)}"
        writer.write(f"POST {path} HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: {len(body)}\\r\\n\\r\\n".encode() + body)
        head = await reader.readuntil(b"\\r\\n\\r\\n")
        assert head.startswith(b"HTTP/1.1 202"), head
    writer.close()

async def main(port, n):
    left = list(range(n))
    await asyncio.gather(*(one(port, left) for _ in range(40)))

asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
"""
"""A separate process sends the flood, so only the server's work is measured."""


class Pulse:
    """Measures the loop's longest pause, in this thread's CPU time.

    Wall-clock time would include other processes on a busy machine.
    """

    def __init__(self) -> None:
        self.longest = 0.0
        self.beats = 0
        self._over = False

    async def beat(self) -> None:
        """Measure until stopped."""
        while not self._over:
            before = time.thread_time()
            await asyncio.sleep(0)
            self.longest = max(self.longest, time.thread_time() - before)
            self.beats += 1

    def stop(self) -> None:
        """Stop measuring."""
        self._over = True


async def flood(port: int, workdir: Path) -> None:
    """Have a process call back with unknown tokens at full speed."""
    script = workdir / "flooder.py"
    script.write_text(FLOODER, encoding="utf-8")
    process = await asyncio.create_subprocess_exec(sys.executable, str(script), str(port), str(FLOOD))
    assert await process.wait() == 0


@pytest.mark.full
@pytest.mark.timeout(60)
async def test_a_flood_does_not_hold_up_the_loop(tmp_path: Path) -> None:
    """2,000 calls cause no pause of 50 ms."""
    honest = generate_token().value

    async def known(digests: Collection[str]) -> frozenset[str]:
        return frozenset(digests) & {hash_token(honest)}

    async with open_callback_client(known=known) as client:
        pulse = Pulse()
        beating = asyncio.create_task(pulse.beat())
        with frozen_heap():
            await flood(client.port, tmp_path)
        pulse.stop()
        await beating
        assert pulse.beats > FLOOD / 40
        assert pulse.longest <= LONGEST_PAUSE
        assert client.heard == []
        await client.told(honest, {"request_id": "a"})
        assert [digest for digest, _ in client.heard] == [hash_token(honest)]
