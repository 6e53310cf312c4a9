"""Callbacks that the database can't take, kept and retried after a delay."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Collection

from bot.domain.callback_token import generate_token, hash_token
from bot.domain.rate_limit import RateLimiter
from bot.errors import StorageError
from bot.web.callbacks import CallbackEndpoint
from tests.helpers.callback_client import open_callback_client

OURS = generate_token().value
GOOD = {"request_id": "movie-1", "status": "COMPLETED"}


class Pauses:
    """Waits until the test lets it continue, and records each delay."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.over = asyncio.Semaphore(0)
        self.began = asyncio.Semaphore(0)

    async def sleep(self, seconds: float) -> None:
        self.asked.append(seconds)
        self.began.release()
        await self.over.acquire()


async def test_a_callback_that_meets_a_locked_database_is_kept_and_tried_again() -> None:
    """The API calls only once, so none is dropped. The next outage begins with short pauses again."""
    pauses, handed_on = Pauses(), list[str]()
    locked = True

    async def heard(digest: str, _request_id: str | None) -> None:
        if locked:
            raise StorageError("database is locked")
        handed_on.append(digest)

    others = [generate_token().value for _ in range(3)]
    async with asyncio.timeout(20), open_callback_client(heard, sleep=pauses.sleep) as client:
        await client.call(OURS, GOOD)
        for _ in range(5):
            await pauses.began.acquire()
            pauses.over.release()
        for other in (*others, OURS):
            await client.call(other, GOOD)
        locked = False
        pauses.over.release()
        while len(handed_on) < 4:
            await client.listened(len(client.heard) + 1)
        await client.told(generate_token().value, GOOD)
        assert handed_on[:4] == [hash_token(each) for each in (OURS, *others)]
        assert len(handed_on) == 5
        assert pauses.asked[:5] == [1, 2, 4, 8, 15]
        locked, before = True, len(pauses.asked)
        await client.call(others[0], GOOD)
        pauses.over.release()
        while len(pauses.asked) < before + 2:
            await pauses.began.acquire()
        assert pauses.asked[before:] == [1, 2]


async def test_a_callback_is_kept_where_it_cannot_even_be_looked_up() -> None:
    """Callbacks of strangers are dropped once the database answers."""
    pauses = Pauses()
    readable = False

    async def known(digests: Collection[str]) -> frozenset[str]:
        if not readable:
            raise StorageError("disk I/O error")
        return frozenset(digests) & {hash_token(OURS)}

    async with asyncio.timeout(20), open_callback_client(known=known, sleep=pauses.sleep) as client:
        for secret in (generate_token().value, OURS, generate_token().value):
            await client.call(secret, GOOD)
        await pauses.began.acquire()
        readable = True
        pauses.over.release()
        await client.listened(1)
        assert client.heard == [(hash_token(OURS), "movie-1")]


async def test_what_is_kept_is_bounded_and_a_replay_is_kept_once() -> None:
    """The bound holds during a long lock with many calls."""
    pauses = Pauses()

    async def fail(_digest: str, _request_id: str | None) -> None:
        raise StorageError("database is locked")

    limit = RateLimiter(1, 10, float)
    calls = CallbackEndpoint(_everyone, fail, address_limiter=limit, job_limiter=limit, sleep=pauses.sleep)
    handing_on = asyncio.create_task(calls.process_queue())
    try:
        async with asyncio.timeout(20):
            for _ in range(4):
                for number in range(1500):
                    with contextlib.suppress(asyncio.QueueFull):
                        calls._queue.put_nowait((f"{number}", None))
                        calls._queue.put_nowait(("replayed", None))
                pauses.over.release()
                await pauses.began.acquire()
        assert len(calls._known) + len(calls._unchecked) + calls._queue.qsize() <= 2000
    finally:
        handing_on.cancel()
        await asyncio.gather(handing_on, return_exceptions=True)


async def _everyone(digests: Collection[str]) -> frozenset[str]:
    return frozenset(digests)


async def test_a_replay_does_not_use_up_what_a_kept_callback_may() -> None:
    """A job's limit counts its callbacks, not the bot's retries."""
    pauses, tries = Pauses(), 0

    async def heard(_digest: str, _request_id: str | None) -> None:
        nonlocal tries
        tries += 1
        if tries <= 30:
            raise StorageError("database is locked")

    async with asyncio.timeout(20), open_callback_client(heard, now=float, sleep=pauses.sleep) as client:
        for _ in range(40):
            pauses.over.release()
        await client.call(OURS, GOOD)
        await client.listened(31)
        assert client.heard == [(hash_token(OURS), "movie-1")] * 31
