"""A callback is a hint to look, never a source: it makes one job due, and brings a lost one's id to be confirmed."""

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
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness, open_world
from tests.helpers.callback_client import CallbackClient, open_phone
from tests.helpers.ledger_checks import BudgetTotals

PUBLIC = "https://bot.example.org"
SLOWLY = {"poll_fastest_seconds": 3000, "poll_slowest_seconds": 3600}
"""Polling so slow that only a callback can have made a job due."""


@pytest.fixture
async def world(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A world whose bot can be called back, and otherwise hardly looks."""
    async with open_world(tmp_path, public_url=PUBLIC, port=0, **SLOWLY) as opened:
        yield opened


@pytest.fixture
async def phone(world: BotHarness) -> AsyncGenerator[CallbackClient]:
    """Someone who calls that bot."""
    async with open_phone(
        world.app.engine.on_callback, known=functools.partial(world.app.database.read, job_queries.known_tokens)
    ) as opened:
        yield opened


def secrets_of(world: BotHarness) -> list[str]:
    """The secrets that the API was told, the oldest order first."""
    bodies: list[Any] = [each.body for each in world.upstream.requests if each.method == "POST"]
    urls: list[str] = [body["webhookUrl"] for body in bodies]
    assert all(url.startswith(f"{PUBLIC}/callbacks/") for url in urls)
    return [url.rpartition("/")[2] for url in urls]


async def ordered(world: BotHarness, **options: object) -> tuple[str, str]:
    """Have a movie ordered; returns the secret of its callback, and the API's id."""
    await world.movie(**options)
    await world.run_until_idle()
    return secrets_of(world)[-1], list(world.upstream.movies)[-1]


async def lost(world: BotHarness) -> tuple[str, str]:
    """Have a movie ordered whose answer is lost: it is made, and the bot does not know under which id."""
    world.upstream.inject("cut-after", times=1)
    found = await ordered(world)
    assert world.job()["state"] == "unknown"
    return found


def state(world: BotHarness) -> dict[str, list[dict[str, Any]]]:
    """All that could be changed by a callback, but for the moment at which it came."""
    tables = ("jobs", "ledger_entries", "balances", "outbox", "audit_log")
    found = {table: ledger_checks.query(world.path, f"SELECT * FROM {table} ORDER BY 1") for table in tables}
    return {**found, "jobs": [{**job, "called_back_at": None} for job in found["jobs"]]}


def settled(world: BotHarness) -> dict[str, list[dict[str, Any]]]:
    """The same, without what only says which id is to be asked for, and when."""
    passing = {"unverified_request_id", "next_run_at", "not_found_count"}
    found = state(world)
    return {**found, "jobs": [{k: v for k, v in job.items() if k not in passing} for job in found["jobs"]]}


# ── what a callback does ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_callback_brings_the_movie_at_once(world: BotHarness, phone: CallbackClient) -> None:
    """The job is looked at now, though its next look was far off, and its movie is posted."""
    secret, request_id = await ordered(world)
    await world.run_until_idle(RENDER_SECONDS + 1)
    assert world.job()["state"] == "rendering"
    await phone.told(secret, {"request_id": request_id, "status": "COMPLETED"})
    await world.run_until_idle()
    assert world.job()["state"] == "completed"
    assert f"/movies/{request_id}.mp4" in world.messages()[-1].content


async def test_a_callback_is_not_believed(world: BotHarness, phone: CallbackClient) -> None:
    """It says the movie is done, here it is, or that it failed: the API says otherwise, and only that counts."""
    secret, request_id = await ordered(world)
    for status in ("COMPLETED", "FAILED"):
        body = {"request_id": request_id, "status": status, "result": {"url": "https://evil.example/x.mp4"}}
        await phone.told(secret, body)
        await world.run_until_idle()
    job = world.job()
    assert (job["state"], job["movie_url"]) == ("rendering", None)
    assert world.member() == BudgetTotals(used=0, held=job["price_credits"])


async def test_a_callback_of_a_failure_gives_the_credits_back(world: BotHarness, phone: CallbackClient) -> None:
    """The look that it brings about finds the failure."""
    world.upstream.inject(fail_render())
    secret, request_id = await ordered(world)
    await world.run_until_idle(RENDER_SECONDS + 1)
    await phone.told(secret, {"request_id": request_id, "status": "FAILED"})
    await world.run_until_idle()
    assert world.job()["state"] == "failed"
    assert world.member() == BudgetTotals(used=0, held=0)


async def test_another_request_id_does_not_redirect_a_job(world: BotHarness, phone: CallbackClient) -> None:
    """A job that renders keeps its own id, whatever its callback names."""
    secret, request_id = await ordered(world)
    await phone.told(secret, {"request_id": "somebody-elses"})
    await world.run_until_idle()
    assert world.job()["samsar_request_id"] == request_id


# ── a job whose answer was lost ──────────────────────────────────────────────────────────────────────────────────────


async def test_a_lost_job_is_found_again(world: BotHarness, phone: CallbackClient) -> None:
    """The id comes by callback, /status knows it, and the member gets the movie that was paid for, ordered once."""
    secret, request_id = await lost(world)
    await world.run_until_idle(RENDER_SECONDS + 1)
    await phone.told(secret, {"request_id": request_id, "status": "COMPLETED"})
    assert world.job()["state"] == "unknown"
    await world.run_until_idle()
    job = world.job()
    assert (job["state"], job["samsar_request_id"]) == ("completed", request_id)
    assert world.member() == BudgetTotals(used=job["price_credits"], held=0)
    assert sum(f"/movies/{request_id}.mp4" in each.content for each in world.messages()) == 1
    assert world.ordered() == 1


async def test_an_id_that_the_api_does_not_know_is_dropped(world: BotHarness, phone: CallbackClient) -> None:
    """Once it has said so often enough: UNKNOWN still, credits held, and a right callback can still come."""
    secret, request_id = await lost(world)
    await phone.told(secret, {"request_id": "made-up"})
    for _ in range(NOT_FOUND_THRESHOLD):
        assert world.job()["state"] == "unknown"
        await world.run_until_idle(600)
    job = world.job()
    assert (job["state"], job["samsar_request_id"], job["unverified_request_id"]) == ("unknown", None, None)
    assert world.member() == BudgetTotals(used=0, held=job["price_credits"])
    await phone.told(secret, {"request_id": request_id})
    await world.run_until_idle()
    assert world.job()["samsar_request_id"] == request_id


async def test_an_id_is_kept_while_the_api_cannot_be_asked(world: BotHarness, phone: CallbackClient) -> None:
    """There is only one callback: what it brought is asked for again until there is an answer."""
    secret, request_id = await lost(world)
    outage = world.upstream.inject("503")
    await phone.told(secret, {"request_id": request_id})
    await world.run_until_idle()
    assert (world.job()["state"], world.job()["unverified_request_id"]) == ("unknown", request_id)
    outage.stop()
    await world.run_until_idle(20)
    assert world.job()["state"] == "rendering"


async def test_a_movie_of_another_job_is_never_taken(world: BotHarness, phone: CallbackClient) -> None:
    """One movie can't settle two jobs: the id of a job that has it is no candidate for another."""
    _, others = await ordered(world, who=world.bob)
    world.upstream.inject("cut-after", times=1)
    secret, _ = await ordered(world)
    before = state(world)
    await phone.told(secret, {"request_id": others})
    await world.run_until_idle()
    assert state(world) == before
    assert sorted(job["state"] for job in ledger_checks.jobs(world.path)) == ["rendering", "unknown"]


async def test_two_lost_jobs_cannot_have_the_same_movie(world: BotHarness, phone: CallbackClient) -> None:
    """The first to be confirmed has it; the other stays UNKNOWN."""
    world.upstream.inject("cut-after", route=Route.CREATE, times=2)
    first, request_id = await ordered(world)
    await world.clock.advance(5)  # the circuit breaker tries the next one
    second, _ = await ordered(world, who=world.bob)
    await phone.told(first, {"request_id": request_id})
    await phone.told(second, {"request_id": request_id})
    await world.run_until_idle()
    jobs = ledger_checks.jobs(world.path)
    assert sorted(job["state"] for job in jobs) == ["rendering", "unknown"]
    assert [job["samsar_request_id"] for job in jobs if job["samsar_request_id"]] == [request_id]


@pytest.mark.parametrize("answered", [True, False])
async def test_a_callback_can_be_faster_than_the_answer(
    world: BotHarness, phone: CallbackClient, answered: bool
) -> None:
    """One that comes while the order is under way is kept; it is used if the answer is lost, and else not needed."""
    taken, release = asyncio.Event(), asyncio.Event()

    async def hold(scene: Exchange, proceed: Proceed) -> Reply:
        reply = await proceed(scene)
        taken.set()
        await release.wait()
        return reply if answered else Reply(HTTPStatus.OK, b"", send=send_nothing)

    world.upstream.inject(Fault("held", "answers when it is let", hold, (Route.CREATE,)), times=1)
    await world.movie()
    turning = asyncio.create_task(world.run_until_idle())
    await taken.wait()
    [request_id] = world.upstream.movies
    await phone.told(secrets_of(world)[0], {"request_id": request_id})
    assert world.job()["state"] == "submitting"
    release.set()
    await turning
    assert (world.job()["state"], world.job()["samsar_request_id"]) == ("rendering", request_id)
    assert world.ordered() == 1


async def test_a_kept_id_outlives_the_process(world: BotHarness, phone: CallbackClient) -> None:
    """The callback came, then the process died before it could ask: the next one asks."""
    secret, request_id = await lost(world)
    await phone.told(secret, {"request_id": request_id})
    await world.restart()
    await world.run_until_idle()
    assert (world.job()["state"], world.job()["samsar_request_id"]) == ("rendering", request_id)


# ── what a callback never does ───────────────────────────────────────────────────────────────────────────────────────


async def test_replays_change_nothing(world: BotHarness, phone: CallbackClient) -> None:
    """The same callback again and again, while it renders and after: one movie, one message, paid once."""
    secret, request_id = await lost(world)
    body = {"request_id": request_id, "status": "COMPLETED"}
    for _ in range(5):
        await phone.told(secret, body)
        await world.run_until_idle()
    await world.run_until_idle(RENDER_SECONDS + 1)
    await phone.told(secret, body)
    await world.run_until_idle()
    assert world.job()["state"] == "completed"
    before, messages = state(world), len(world.messages())
    for _ in range(2):
        await phone.told(secret, body)
        await phone.told(secret, {"request_id": "another"})
        await world.run_until_idle()
    assert state(world) == before
    assert len(world.messages()) == messages


@pytest.mark.parametrize("end", ["completed", "failed"])
async def test_a_job_that_has_ended_stays_as_it_is(world: BotHarness, phone: CallbackClient, end: str) -> None:
    """Also where the callback says the opposite."""
    if end == "failed":
        world.upstream.inject(fail_render())
    secret, request_id = await ordered(world)
    await world.run_until_idle(RENDER_SECONDS + 1)
    await phone.told(secret, {"request_id": request_id})
    await world.run_until_idle()
    assert world.job()["state"] == end
    before, asked = state(world), len(world.upstream.requests)
    await phone.told(secret, {"request_id": request_id, "status": "FAILED" if end == "completed" else "COMPLETED"})
    await world.run_until_idle()
    assert state(world) == before
    assert len(world.upstream.requests) == asked


async def test_a_wrong_secret_changes_nothing(world: BotHarness, phone: CallbackClient) -> None:
    """With a right id in the body, and for every state of the job; the hash from the file is no secret either."""
    secret, request_id = await lost(world)
    before = state(world)
    hashed = world.job()["callback_token_hash"]
    for wrong in (
        generate_token().value,
        secret[:-1] + ("A" if secret[-1] != "A" else "B"),
        secret.swapcase(),
        hashed[:43],
    ):
        await phone.call(wrong, {"request_id": request_id})
    await phone.call(hashed, {"request_id": request_id})
    await phone.told(secret, b"")
    assert len(phone.heard) == 1
    await world.run_until_idle()
    assert state(world) == before


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
    """To a lost job, with the right secret, come bytes and JSON of every shape: nothing moves."""

    async def play() -> None:
        folder = tmp_path_factory.mktemp("fuzz")
        async with (
            open_world(folder, public_url=PUBLIC, port=0, **SLOWLY) as world,
            open_phone(world.app.engine.on_callback) as phone,
        ):
            secret, _ = await lost(world)
            before = settled(world)
            assert (await phone.told(secret, body)).status == HTTPStatus.ACCEPTED
            await world.run_until_idle()
            assert settled(world) == before

    asyncio.run(play())


async def test_a_flood_changes_nothing(world: BotHarness, phone: CallbackClient) -> None:
    """Hundreds of made-up secrets at once: every one of them answered, no row touched."""
    secret, request_id = await lost(world)
    before = state(world)
    answers = await asyncio.gather(
        *(phone.call(generate_token().value, {"request_id": request_id}) for _ in range(300))
    )
    await phone.told(secret, b"")
    assert len(phone.heard) == 1
    assert {each.status for each in answers} == {HTTPStatus.ACCEPTED}
    assert state(world) == before


async def test_a_flood_from_the_same_address_does_not_stop_a_real_callback(
    world: BotHarness, phone: CallbackClient
) -> None:
    """Behind a proxy all callers have one address: the movie is brought at once all the same."""
    secret, request_id = await ordered(world)
    await world.run_until_idle(RENDER_SECONDS + 1)
    await asyncio.gather(*(phone.call(generate_token().value, {"request_id": "x"}) for _ in range(300)))
    await phone.told(secret, {"request_id": request_id, "status": "COMPLETED"})
    await world.run_until_idle()
    assert world.job()["state"] == "completed"


# ── the secret ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_every_order_has_a_secret_of_its_own(world: BotHarness) -> None:
    """256 bits each, also for the second try of the same job."""
    await ordered(world)
    await ordered(world, who=world.bob)
    first, second = secrets_of(world)
    assert first != second
    assert len(first) == len(second) == 43


async def test_the_secret_is_nowhere_in_the_files(world: BotHarness) -> None:
    """Only its hash is kept: whoever reads the database or a backup of it can't call back."""
    secret, _ = await ordered(world)
    with closing(sqlite3.connect(world.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files = list(world.path.parent.rglob("*"))
    assert world.path in files
    assert world.job()["callback_token_hash"].encode() in world.path.read_bytes()
    assert not [file for file in files if file.is_file() and secret.encode() in file.read_bytes()]


@pytest.mark.parametrize("have", [{"public_url": PUBLIC}, {"port": 0}, {}])
async def test_nobody_is_asked_to_call_where_nobody_listens(tmp_path: Path, have: dict[str, object]) -> None:
    """Callbacks need both an address and a port; without one of them no webhookUrl is sent, and polling does it all."""
    async with open_world(tmp_path, **have) as world:
        await world.movie()
        await world.run_until_idle()
        [order] = [each.body for each in world.upstream.requests if each.method == "POST"]
        assert isinstance(order, dict)
        assert "webhookUrl" not in order
        await world.finish()
        assert world.job()["state"] == "completed"


@pytest.mark.parametrize(("settings", "polls"), [({}, range(8, 30)), ({"public_url": PUBLIC, "port": 0}, range(5))])
async def test_where_callbacks_come_the_api_is_polled_rarely(
    tmp_path: Path, settings: dict[str, object], polls: range
) -> None:
    """Polling is only a safety net then, for the callbacks that get lost."""
    async with open_world(tmp_path, **settings) as world:
        await world.movie()
        for _ in range(19):
            await world.run_until_idle(5)
        assert sum(each.path.endswith("/status") for each in world.upstream.requests) in polls
