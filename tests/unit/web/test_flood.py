"""A flood of callbacks does not stall the event loop, and real callers get responses afterwards."""

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
"""Seconds of this thread's CPU time: wall-clock time would include other processes on a busy machine."""

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


@pytest.mark.full
@pytest.mark.timeout(60)
async def test_a_flood_does_not_hold_up_the_loop(tmp_path: Path) -> None:
    honest, pauses = generate_token().value, list[float]()

    async def known(digests: Collection[str]) -> frozenset[str]:
        return frozenset(digests) & {hash_token(honest)}

    async def measure() -> None:
        while True:
            before = time.thread_time()
            await asyncio.sleep(0)
            pauses.append(time.thread_time() - before)

    script = tmp_path / "flooder.py"
    script.write_text(FLOODER, encoding="utf-8")
    async with open_callback_client(known=known) as client:
        measuring = asyncio.create_task(measure())
        with frozen_heap():
            flooder = await asyncio.create_subprocess_exec(sys.executable, script, str(client.port), str(FLOOD))
            assert await flooder.wait() == 0
        measuring.cancel()
        assert len(pauses) > FLOOD / 40
        assert max(pauses) <= LONGEST_PAUSE
        assert client.heard == []
        await client.told(honest, {"request_id": "a"})
        assert [digest for digest, _ in client.heard] == [hash_token(honest)]
