"""Callback responses reveal nothing, and bodies, memory and database queries are bounded. Callbacks survive outages."""

import asyncio
import contextlib
import gzip
import json
import zlib
from collections.abc import AsyncIterator, Collection
from ipaddress import ip_network

import aiohttp
import pytest
from yarl import URL

from bot.core.errors import ConstraintViolation, StorageError
from bot.domain.callback_token import CALLBACK_PATH, generate_token, hash_token
from bot.domain.rate_limit import RateLimiter
from bot.web.callbacks import MAX_BODY_BYTES, CallbackEndpoint
from tests.helpers.callback_client import Answered, CallbackClient, open_callback_client
from tests.helpers.looptime import LoopTime
from tests.unit.web.conftest import Pauses

OURS = generate_token().value
GOOD = {"request_id": "movie-1", "status": "COMPLETED"}

BODIES = [
    *(json.dumps(GOOD).encode(), b"", b"{", b"\xff\xfe\x00", b"[1, 2]", b'{"request_id": "\\ud800"}'),
    *(b"[" * 60_000, b'{"request_id": ' + b"9" * 60_000 + b"}"),
    *(b'"' + b"x" * (MAX_BODY_BYTES - 2) + b'"', b'"' + b"x" * MAX_BODY_BYTES + b'"', b" " * (1024 * 1024 - 1)),
]
"""A good one, odd ones, and the largest that is read, one that is larger and one that is far larger."""

MOST_WAITING = 1000
"""How many callbacks are kept while the database does not answer."""

SECRETS = [
    *(OURS, generate_token().value, "x", "x" * 2000, "%C3%A9" * 43, "..%2f" * 8 + "abc"),
    *(f"%{code}" * 43 for code in ("ff", "20", "00", "3F")),
]

PACKED = {
    "gzip": (b"this is not gzip", gzip.compress(json.dumps(GOOD).encode())[:-10], gzip.compress(b" " * 64 * 1024**2)),
    "deflate": (b"\x00\x01\x02 nor deflate", zlib.compress(b" " * 1024 * 1024)),
    "br": (b"\xff" * 100,),
    "no-such-thing": (b"{}",),
}


async def test_the_answer_is_the_same_to_everyone(client: CallbackClient) -> None:
    good = await client.call(OURS, GOOD)
    assert (good.status, good.body) == (202, b"")
    calls = [(secret, body) for secret in SECRETS[:2] for body in BODIES]
    for secret, body in (*calls, *((secret, BODIES[0]) for secret in SECRETS)):
        async with client.session.post(URL(f"{client.url}{CALLBACK_PATH}{secret}", encoded=True), data=body) as found:
            headers = {name: value for name, value in found.headers.items() if name != "Date"}
            assert Answered(found.status, headers, await found.read()) == good, (secret[:50], body[:50])
    for encoding, bodies in PACKED.items():
        for body in bodies:
            assert await client.call(OURS, body, headers={"Content-Encoding": encoding}) == good, body[:50]
    assert all(request_id in {None, "movie-1"} for _, request_id in client.heard)


async def test_anyone_who_calls_too_often_gets_the_same_answer_and_is_not_read(client: CallbackClient) -> None:
    answers = await asyncio.gather(*(client.call(generate_token().value, GOOD) for _ in range(300)))
    assert len({(each.status, each.body, tuple(sorted(each.headers.items()))) for each in answers}) == 1
    await client.listened(300)
    assert 100 <= sum(request_id is not None for _, request_id in client.heard) < 200


async def test_replays_have_a_job_polled_a_few_times_only(client: CallbackClient) -> None:
    for number in range(100):
        await client.call(OURS, {"request_id": f"movie-{number}"})
    other = generate_token().value
    await client.call(other)
    while client.heard[-1:] != [(hash_token(other), None)]:
        await client.listened(len(client.heard) + 1)
    assert 1 <= sum(digest == hash_token(OURS) for digest, _ in client.heard) < 20


async def flooded(port: int, n: int = 300) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(n):
            url = f"http://127.0.0.1:{port}{CALLBACK_PATH}{generate_token().value}"
            async with session.post(url, json=GOOD, headers={"X-Forwarded-For": "198.51.100.9"}) as answer:
                assert answer.status == 202


async def known(digests: Collection[str]) -> frozenset[str]:
    return frozenset(digests) & {hash_token(OURS)}


async def test_a_flood_through_a_proxy_does_not_stop_a_real_callback() -> None:
    """All callers have the proxy's address, so strangers exhaust its limit."""
    async with open_callback_client(known=known, now=lambda: 0.0) as client:  # however slowly this machine floods
        await flooded(client.port)
        await client.told(OURS, GOOD)
        assert client.heard == [(hash_token(OURS), None)]


async def test_behind_a_trusted_proxy_a_flood_costs_others_nothing() -> None:
    async with open_callback_client(known=known, proxies=(ip_network("127.0.0.0/8"),), now=lambda: 0.0) as client:
        await flooded(client.port)
        both = ("198.51.100.9", "203.0.113.5")
        for headers in ([("X-Forwarded-For", ", ".join(both))], [("X-Forwarded-For", each) for each in both]):
            await client.call(OURS, GOOD, headers=headers)
        await client.listened(2)
        assert client.heard == [(hash_token(OURS), "movie-1")] * 2


async def test_all_addresses_of_an_ipv6_network_share_what_is_read() -> None:
    addresses = [*(f"2001:db8::{number:x}" for number in range(101)), "2001:db8:0:1::1"]
    async with open_callback_client(proxies=(ip_network("127.0.0.0/8"),), now=lambda: 0.0) as client:
        for address in addresses:
            await client.call(generate_token().value, GOOD, headers={"X-Forwarded-For": address})
        await client.listened(len(addresses))
        assert [request_id is not None for _, request_id in client.heard] == [*[True] * 100, False, True]


async def test_other_methods_are_refused_alike(client: CallbackClient) -> None:
    for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"):
        secrets = (OURS, generate_token().value, "x")
        first, *others = [await client.ask(method, CALLBACK_PATH + secret) for secret in secrets]
        assert first.status == 405
        assert all(each == first for each in others)
    assert client.heard == []


async def test_a_callback_is_handed_on_as_a_hash_and_an_id(client: CallbackClient) -> None:
    """One without a readable id still causes a poll. A compressed body could become large."""
    for secret in ("x", "x" * 42, "x" * 44):
        await client.call(secret, GOOD)
    await client.told(OURS, {**GOOD, "result": {"url": "https://evil.example/x.mp4"}})
    await client.told(OURS, b"not json")
    await client.call(OURS, gzip.compress(json.dumps(GOOD).encode()), headers={"Content-Encoding": "gzip"})
    await client.listened(3)
    assert client.heard == [(hash_token(OURS), "movie-1"), (hash_token(OURS), None), (hash_token(OURS), None)]


async def test_no_more_than_64_kib_is_taken_in(client: CallbackClient) -> None:
    sent = list[int]()

    async def endless() -> AsyncIterator[bytes]:
        for number in range(4096):
            yield b" " * 65536
            sent.append(number)

    async with asyncio.timeout(10):
        assert (await client.call(OURS, b" " * (MAX_BODY_BYTES + 1))).status == 202
        async with client.session.post(f"{client.url}{CALLBACK_PATH}{OURS}", data=endless()) as response:
            assert response.status == 202
            assert len(sent) < 1024
    await client.told(OURS, b" " * MAX_BODY_BYTES)
    assert len(client.heard) == 1


async def test_an_error_behind_it_does_not_deafen_the_endpoint() -> None:
    errors = [RuntimeError("nobody foresaw this"), ConstraintViolation("no such column")]
    asked, pauses = asyncio.Event(), Pauses()

    async def fail_first(_digest: str, _request_id: str | None) -> None:
        if errors:
            raise errors.pop(0)

    async def look_up(digests: Collection[str]) -> frozenset[str]:
        if not asked.is_set():
            asked.set()
            raise RuntimeError("nobody foresaw this, either")
        return frozenset(digests)

    async with open_callback_client(fail_first, known=look_up, sleep=pauses.sleep) as client:
        await client.call(generate_token().value, GOOD)
        await asked.wait()
        for _ in range(3):
            await client.told(OURS, GOOD)
        assert client.heard == [(hash_token(OURS), "movie-1")] * 3
    assert pauses.asked == [], "no retry could help"


async def test_a_full_queue_answers_as_ever_and_keeps_a_bounded_number() -> None:
    asked, may_answer, lookups = asyncio.Event(), asyncio.Event(), list[int]()

    async def look_up_slowly(digests: Collection[str]) -> frozenset[str]:
        lookups.append(len(digests))
        asked.set()
        await may_answer.wait()
        return frozenset(digests)

    async with open_callback_client(known=look_up_slowly) as client:
        await client.call(generate_token().value)
        await asked.wait()
        answers = await asyncio.gather(*(client.call(generate_token().value) for _ in range(MOST_WAITING + 300)))
        assert {each.status for each in answers} == {202}
        may_answer.set()
        await client.listened(MOST_WAITING)
        await client.told(OURS, GOOD)
        handed_on = len(client.heard) - 1
        assert MOST_WAITING <= handed_on <= MOST_WAITING + 50
        assert len(lookups) < 15


@pytest.mark.timeout(20)
async def test_a_slow_body_is_given_up_after_ten_seconds(client: CallbackClient) -> None:
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
    pauses = Pauses()

    async def everyone(digests: Collection[str]) -> frozenset[str]:
        return frozenset(digests)

    async def fail(_digest: str, _request_id: str | None) -> None:
        raise StorageError("database is locked")

    limit = RateLimiter(1, 10, float)
    calls = CallbackEndpoint(everyone, fail, address_limiter=limit, job_limiter=limit, sleep=pauses.sleep)
    handing_on = asyncio.create_task(calls.process_queue())
    async with asyncio.timeout(20):
        for _ in range(4):
            for number in range(1500):
                with contextlib.suppress(asyncio.QueueFull):
                    calls._queue.put_nowait((f"{number}", None))
                    calls._queue.put_nowait(("replayed", None))
            pauses.over.release()
            await pauses.began.acquire()
    assert len(calls._known) + len(calls._unchecked) + calls._queue.qsize() <= 2000
    handing_on.cancel()
