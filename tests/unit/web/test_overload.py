"""More callbacks than the server can handle.

Every caller gets a response, memory is bounded, and database queries are few.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import pytest

from bot.domain.callback_token import CALLBACK_PATH, generate_token
from tests.helpers.callback_client import CallbackClient, open_callback_client
from tests.helpers.looptime import LoopTime

OURS = generate_token().value
GOOD = {"request_id": "movie-1", "status": "COMPLETED"}

WAITING_MOST = 1000
"""How many callbacks are kept while the database does not answer."""


class SlowLookup:
    """Looks tokens up, but waits for `open`. `lookups` has the size of each lookup."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.asked = asyncio.Event()
        self.lookups: list[int] = []

    async def known(self, token_hashes: Collection[str]) -> frozenset[str]:
        """Return all tokens, as if each were a job's."""
        self.lookups.append(len(token_hashes))
        self.asked.set()
        await self.open.wait()
        return frozenset(token_hashes)


async def call_many(client: CallbackClient, n: int) -> set[int]:
    """Call back with new tokens, and return the statuses."""
    answers = await asyncio.gather(*(client.call(generate_token().value) for _ in range(n)))
    return {each.status for each in answers}


async def test_a_full_queue_answers_as_ever_and_keeps_a_bounded_number() -> None:
    """Excess calls are dropped while the database hangs. Polling finds the movies, too.

    Those that wait are looked up together: a thousand cost a few lookups.
    """
    lookup = SlowLookup()
    async with open_callback_client(known=lookup.known) as client:
        await client.call(generate_token().value)
        await lookup.asked.wait()
        assert await call_many(client, WAITING_MOST + 300) == {202}
        lookup.open.set()
        await client.listened(WAITING_MOST)
        await client.told(OURS, GOOD)
        handed_on = len(client.heard) - 1
        assert WAITING_MOST <= handed_on <= WAITING_MOST + 50
        assert len(lookup.lookups) < 15


@pytest.mark.timeout(20)
async def test_a_slow_body_is_given_up_after_ten_seconds(client: CallbackClient) -> None:
    """The connection and its memory are freed."""
    time = LoopTime()
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    writer.write(
        f"POST {CALLBACK_PATH}{OURS} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
        "Expect: 100-continue\r\n\r\n".encode()
    )
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 100")
    time.advance(10.5)
    assert (await reader.readline()).startswith(b"HTTP/1.1 202")
    writer.close()
    assert client.heard == []
