"""A callback is a hint to look, never a source.

It makes one job due, and brings a lost one's id to be confirmed.
"""

from __future__ import annotations

import asyncio
import functools
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.callback_token import generate_token
from bot.sandbox.fault_injection import Exchange, Fault, Proceed, Reply, Route
from bot.sandbox.faults import fail_render, send_nothing
from bot.worker.status_poller import NOT_FOUND_THRESHOLD
from data import job_queries
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness, open_bot_harness
from tests.helpers.callback_client import CallbackClient, open_callback_client
from tests.helpers.ledger_checks import BudgetTotals

TASKS_ASLEEP = 8
"""Six poll loops, the recovery, and the queue positions."""

PUBLIC = "https://bot.example.org"
SLOWLY = {"poll_fastest_seconds": 3000, "poll_slowest_seconds": 3600}
"""Polling so slow that only a callback can have made a job due."""


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A bot that the API can call back, and that hardly polls."""
    async with open_bot_harness(tmp_path, public_url=PUBLIC, port=0, **SLOWLY) as opened:
        yield opened


@pytest.fixture
async def client(bot: BotHarness) -> AsyncGenerator[CallbackClient]:
    """Someone who calls that bot."""
    async with open_callback_client(
        bot.app.callbacks.record, known=functools.partial(bot.app.database.read, job_queries.known_tokens)
    ) as opened:
        yield opened


def secrets_of(bot: BotHarness) -> list[str]:
    """The secrets that the API was told, the oldest order first."""
    bodies: list[Any] = [each.body for each in bot.upstream.requests if each.method == "POST"]
    urls: list[str] = [body["webhookUrl"] for body in bodies]
    assert all(url.startswith(f"{PUBLIC}/callbacks/") for url in urls)
    return [url.rpartition("/")[2] for url in urls]


async def ordered(bot: BotHarness, **options: object) -> tuple[str, str]:
    """Order a movie; return its callback token and request id."""
    await bot.movie(**options)
    await bot.run_until_idle()
    return secrets_of(bot)[-1], list(bot.upstream.movies)[-1]


async def lost(bot: BotHarness) -> tuple[str, str]:
    """Have a movie ordered whose answer is lost.

    It is made, and the bot does not know under which id.
    """
    bot.upstream.inject("cut-after", times=1)
    found = await ordered(bot)
    assert bot.job()["state"] == "unknown"
    return found


def state(bot: BotHarness) -> dict[str, list[dict[str, Any]]]:
    """All that a callback could change, except its time."""
    tables = ("jobs", "ledger_entries", "balances", "outbox", "audit_log")
    found = {table: ledger_checks.query(bot.path, f"SELECT * FROM {table} ORDER BY 1") for table in tables}
    return {**found, "jobs": [{**job, "called_back_at": None} for job in found["jobs"]]}


def settled(bot: BotHarness) -> dict[str, list[dict[str, Any]]]:
    """The same, without the candidate and its due time."""
    passing = {"unverified_request_id", "next_run_at", "not_found_count"}
    found = state(bot)
    return {**found, "jobs": [{k: v for k, v in job.items() if k not in passing} for job in found["jobs"]]}


# ── what a callback does ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_callback_brings_the_movie_at_once(bot: BotHarness, client: CallbackClient) -> None:
    secret, request_id = await ordered(bot)
    await bot.run_until_idle(RENDER_SECONDS + 1)
    assert bot.job()["state"] == "rendering"
    await client.told(secret, {"request_id": request_id, "status": "COMPLETED"})
    await bot.run_until_idle()
    assert bot.job()["state"] == "completed"
    assert f"/movies/{request_id}.mp4" in bot.messages()[-1].content


async def test_a_callback_wakes_the_status_poller(bot: BotHarness, client: CallbackClient) -> None:
    """Only the callback can wake it: the clock does not move."""
    secret, request_id = await ordered(bot)
    await bot.run_until_idle(RENDER_SECONDS + 1)
    posted, http = asyncio.Event(), bot.app.client.http
    request = http.request

    async def noticing(route: Any, **how: Any) -> Any:
        answer = await request(route, **how)
        if route.method == "POST" and f"/channels/{bot.channel.id}/messages" in route.url:
            posted.set()
        return answer

    http.request = noticing
    await bot.app.worker.start()
    try:
        await bot.clock.asleep(TASKS_ASLEEP)
        await client.told(secret, {"request_id": request_id, "status": "COMPLETED"})
        async with asyncio.timeout(10):
            await posted.wait()
    finally:
        await bot.app.worker.stop(5)
    assert bot.job()["state"] == "completed"


async def test_a_callback_is_not_believed(bot: BotHarness, client: CallbackClient) -> None:
    """Only what the API says counts."""
    secret, request_id = await ordered(bot)
    for status in ("COMPLETED", "FAILED"):
        body = {"request_id": request_id, "status": status, "result": {"url": "https://evil.example/x.mp4"}}
        await client.told(secret, body)
        await bot.run_until_idle()
    job = bot.job()
    assert (job["state"], job["movie_url"]) == ("rendering", None)
    assert bot.member() == BudgetTotals(used=0, held=job["price_credits"])


async def test_a_callback_of_a_failure_releases_the_credits(bot: BotHarness, client: CallbackClient) -> None:
    """The look that it brings about finds the failure."""
    bot.upstream.inject(fail_render())
    secret, request_id = await ordered(bot)
    await bot.run_until_idle(RENDER_SECONDS + 1)
    await client.told(secret, {"request_id": request_id, "status": "FAILED"})
    await bot.run_until_idle()
    assert bot.job()["state"] == "failed"
    assert bot.member() == BudgetTotals(used=0, held=0)


async def test_another_request_id_does_not_redirect_a_job(bot: BotHarness, client: CallbackClient) -> None:
    """A job that renders keeps its own id, whatever its callback names."""
    secret, request_id = await ordered(bot)
    await client.told(secret, {"request_id": "somebody-elses"})
    await bot.run_until_idle()
    assert bot.job()["samsar_request_id"] == request_id


# ── a job whose answer was lost ──────────────────────────────────────────────────────────────────────────────────────


async def test_an_unknown_job_is_found_by_its_callback(bot: BotHarness, client: CallbackClient) -> None:
    """The member gets the movie, which is ordered once."""
    secret, request_id = await lost(bot)
    await bot.run_until_idle(RENDER_SECONDS + 1)
    await client.told(secret, {"request_id": request_id, "status": "COMPLETED"})
    assert bot.job()["state"] == "unknown"
    await bot.run_until_idle()
    job = bot.job()
    assert (job["state"], job["samsar_request_id"]) == ("completed", request_id)
    assert bot.member() == BudgetTotals(used=job["price_credits"], held=0)
    assert sum(f"/movies/{request_id}.mp4" in each.content for each in bot.messages()) == 1
    assert bot.ordered() == 1


async def test_an_id_that_the_api_does_not_know_is_dropped(bot: BotHarness, client: CallbackClient) -> None:
    """Once it has said so often enough.

    UNKNOWN still, credits held, and a right callback can still come.
    """
    secret, request_id = await lost(bot)
    await client.told(secret, {"request_id": "made-up"})
    for _ in range(NOT_FOUND_THRESHOLD):
        assert bot.job()["state"] == "unknown"
        await bot.run_until_idle(600)
    job = bot.job()
    assert (job["state"], job["samsar_request_id"], job["unverified_request_id"]) == ("unknown", None, None)
    assert bot.member() == BudgetTotals(used=0, held=job["price_credits"])
    await client.told(secret, {"request_id": request_id})
    await bot.run_until_idle()
    assert bot.job()["samsar_request_id"] == request_id


async def test_an_id_is_kept_while_the_api_cannot_be_asked(bot: BotHarness, client: CallbackClient) -> None:
    """There is only one callback.

    What it brought is asked for again until there is an answer.
    """
    secret, request_id = await lost(bot)
    outage = bot.upstream.inject("503")
    await client.told(secret, {"request_id": request_id})
    await bot.run_until_idle()
    assert (bot.job()["state"], bot.job()["unverified_request_id"]) == ("unknown", request_id)
    outage.stop()
    await bot.run_until_idle(20)
    assert bot.job()["state"] == "rendering"


async def test_a_movie_of_another_job_is_never_taken(bot: BotHarness, client: CallbackClient) -> None:
    """One movie can't settle two jobs.

    The id of a job that has it is no candidate for another.
    """
    _, others = await ordered(bot, who=bot.bob)
    bot.upstream.inject("cut-after", times=1)
    secret, _ = await ordered(bot)
    before = state(bot)
    await client.told(secret, {"request_id": others})
    await bot.run_until_idle()
    assert state(bot) == before
    assert sorted(job["state"] for job in ledger_checks.jobs(bot.path)) == ["rendering", "unknown"]


async def test_two_unknown_jobs_cannot_have_the_same_movie(bot: BotHarness, client: CallbackClient) -> None:
    """The first to be confirmed has it; the other stays UNKNOWN."""
    bot.upstream.inject("cut-after", route=Route.CREATE, times=2)
    first, request_id = await ordered(bot)
    await bot.clock.advance(5)  # the circuit breaker tries the next one
    second, _ = await ordered(bot, who=bot.bob)
    await client.told(first, {"request_id": request_id})
    await client.told(second, {"request_id": request_id})
    await bot.run_until_idle()
    jobs = ledger_checks.jobs(bot.path)
    assert sorted(job["state"] for job in jobs) == ["rendering", "unknown"]
    assert [job["samsar_request_id"] for job in jobs if job["samsar_request_id"]] == [request_id]


@pytest.mark.parametrize("answered", [True, False])
async def test_a_callback_can_be_faster_than_the_answer(
    bot: BotHarness, client: CallbackClient, answered: bool
) -> None:
    """One that comes while the order is under way is kept.

    It is used if the answer is lost, and else not needed.
    """
    taken, release = asyncio.Event(), asyncio.Event()

    async def hold(scene: Exchange, proceed: Proceed) -> Reply:
        reply = await proceed(scene)
        taken.set()
        await release.wait()
        return reply if answered else Reply(HTTPStatus.OK, b"", send=send_nothing)

    bot.upstream.inject(Fault("held", "answers when it is let", hold, (Route.CREATE,)), times=1)
    await bot.movie()
    turning = asyncio.create_task(bot.run_until_idle())
    await taken.wait()
    [request_id] = bot.upstream.movies
    await client.told(secrets_of(bot)[0], {"request_id": request_id})
    assert bot.job()["state"] == "submitting"
    release.set()
    await turning
    assert (bot.job()["state"], bot.job()["samsar_request_id"]) == ("rendering", request_id)
    assert bot.ordered() == 1


async def test_a_kept_id_outlives_the_process(bot: BotHarness, client: CallbackClient) -> None:
    """The callback came, then the process died before it could ask.

    The next one asks.
    """
    secret, request_id = await lost(bot)
    await client.told(secret, {"request_id": request_id})
    await bot.restart()
    await bot.run_until_idle()
    assert (bot.job()["state"], bot.job()["samsar_request_id"]) == ("rendering", request_id)


# ── what a callback never does ───────────────────────────────────────────────────────────────────────────────────────


async def test_replays_change_nothing(bot: BotHarness, client: CallbackClient) -> None:
    """The same callback is repeated while it renders and afterwards."""
    secret, request_id = await lost(bot)
    body = {"request_id": request_id, "status": "COMPLETED"}
    for _ in range(5):
        await client.told(secret, body)
        await bot.run_until_idle()
    await bot.run_until_idle(RENDER_SECONDS + 1)
    await client.told(secret, body)
    await bot.run_until_idle()
    assert bot.job()["state"] == "completed"
    before, messages = state(bot), len(bot.messages())
    for _ in range(2):
        await client.told(secret, body)
        await client.told(secret, {"request_id": "another"})
        await bot.run_until_idle()
    assert state(bot) == before
    assert len(bot.messages()) == messages


@pytest.mark.parametrize("end", ["completed", "failed"])
async def test_a_job_that_has_ended_stays_as_it_is(bot: BotHarness, client: CallbackClient, end: str) -> None:
    """Also where the callback says the opposite."""
    if end == "failed":
        bot.upstream.inject(fail_render())
    secret, request_id = await ordered(bot)
    await bot.run_until_idle(RENDER_SECONDS + 1)
    await client.told(secret, {"request_id": request_id})
    await bot.run_until_idle()
    assert bot.job()["state"] == end
    before, asked = state(bot), len(bot.upstream.requests)
    await client.told(secret, {"request_id": request_id, "status": "FAILED" if end == "completed" else "COMPLETED"})
    await bot.run_until_idle()
    assert state(bot) == before
    assert len(bot.upstream.requests) == asked


async def test_a_wrong_secret_changes_nothing(bot: BotHarness, client: CallbackClient) -> None:
    """The token's hash from the file is no token."""
    secret, request_id = await lost(bot)
    before = state(bot)
    hashed = bot.job()["callback_token_hash"]
    for wrong in (
        generate_token().value,
        secret[:-1] + ("A" if secret[-1] != "A" else "B"),
        secret.swapcase(),
        hashed[:43],
    ):
        await client.call(wrong, {"request_id": request_id})
    await client.call(hashed, {"request_id": request_id})
    await client.told(secret, b"")
    assert len(client.heard) == 1
    await bot.run_until_idle()
    assert state(bot) == before


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.one_of(
        st.binary(max_size=300),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
            lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
            max_leaves=12,
        ),
        st.fixed_dictionaries(
            {"request_id": st.none() | st.integers() | st.text(max_size=250) | st.lists(st.text(max_size=4))},
            optional={"status": st.text(max_size=12), "result": st.text(max_size=12), "session_id": st.integers()},
        ),
    )
)
def test_no_body_changes_a_state_or_raises(tmp_path_factory: pytest.TempPathFactory, body: object) -> None:
    """Bytes and JSON of every shape are sent for an unknown job."""

    async def play() -> None:
        folder = tmp_path_factory.mktemp("fuzz")
        async with (
            open_bot_harness(folder, public_url=PUBLIC, port=0, **SLOWLY) as bot,
            open_callback_client(bot.app.callbacks.record) as client,
        ):
            secret, _ = await lost(bot)
            before = settled(bot)
            assert (await client.told(secret, body)).status == HTTPStatus.ACCEPTED
            await bot.run_until_idle()
            assert settled(bot) == before

    asyncio.run(play())


async def test_a_flood_changes_nothing(bot: BotHarness, client: CallbackClient) -> None:
    """Hundreds of invented tokens are answered without touching a row."""
    secret, request_id = await lost(bot)
    before = state(bot)
    answers = await asyncio.gather(
        *(client.call(generate_token().value, {"request_id": request_id}) for _ in range(300))
    )
    await client.told(secret, b"")
    assert len(client.heard) == 1
    assert {each.status for each in answers} == {HTTPStatus.ACCEPTED}
    assert state(bot) == before


async def test_a_flood_from_the_same_address_does_not_stop_a_real_callback(
    bot: BotHarness, client: CallbackClient
) -> None:
    """Behind a proxy all callers have one address.

    The movie is brought at once all the same.
    """
    secret, request_id = await ordered(bot)
    await bot.run_until_idle(RENDER_SECONDS + 1)
    await asyncio.gather(*(client.call(generate_token().value, {"request_id": "x"}) for _ in range(300)))
    await client.told(secret, {"request_id": request_id, "status": "COMPLETED"})
    await bot.run_until_idle()
    assert bot.job()["state"] == "completed"


# ── the secret ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_every_order_has_a_secret_of_its_own(bot: BotHarness) -> None:
    """256 bits each, also for the second try of the same job."""
    await ordered(bot)
    await ordered(bot, who=bot.bob)
    first, second = secrets_of(bot)
    assert first != second
    assert len(first) == len(second) == 43


async def test_the_secret_is_nowhere_in_the_files(bot: BotHarness) -> None:
    """Only its hash is kept.

    Anyone who reads the database or a backup of it can't call back.
    """
    secret, _ = await ordered(bot)
    with closing(sqlite3.connect(bot.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files = list(bot.path.parent.rglob("*"))
    assert bot.path in files
    assert bot.job()["callback_token_hash"].encode() in bot.path.read_bytes()
    assert not [file for file in files if file.is_file() and secret.encode() in file.read_bytes()]


@pytest.mark.parametrize("have", [{"public_url": PUBLIC}, {"port": 0}, {}])
async def test_no_callback_url_is_sent_without_a_listener(tmp_path: Path, have: dict[str, object]) -> None:
    """Callbacks need both an address and a port.

    Without one of them no webhookUrl is sent, and polling does it all.
    """
    async with open_bot_harness(tmp_path, **have) as bot:
        await bot.movie()
        await bot.run_until_idle()
        [order] = [each.body for each in bot.upstream.requests if each.method == "POST"]
        assert isinstance(order, dict)
        assert "webhookUrl" not in order
        await bot.finish()
        assert bot.job()["state"] == "completed"


@pytest.mark.parametrize(("settings", "polls"), [({}, range(8, 30)), ({"public_url": PUBLIC, "port": 0}, range(5))])
async def test_where_callbacks_come_the_api_is_polled_rarely(
    tmp_path: Path, settings: dict[str, object], polls: range
) -> None:
    """Polling is then only for lost callbacks."""
    async with open_bot_harness(tmp_path, **settings) as bot:
        await bot.movie()
        for _ in range(19):
            await bot.run_until_idle(5)
        assert sum(each.path.endswith("/status") for each in bot.upstream.requests) in polls
