"""Which faults apply to a request, how often, and how they combine."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest

from bot.sandbox.fault_injection import Exchange, Fault, FaultInjector, Proceed, RenderOutcome, Reply, Route
from bot.sandbox.fault_table import FAULTS, get_fault
from bot.sandbox.faults import slow
from tests.unit.sandbox.conftest import INPUT, ApiClient, Clock


def test_every_fault_has_a_name_and_says_what_it_does() -> None:
    assert len(FAULTS) > 40
    assert all(name == fault.name and fault.about and fault.routes for name, fault in FAULTS.items())
    with pytest.raises(ValueError, match=r"unknown fault 'flood'\. Choose from slow, no-response"):
        get_fault("flood")


async def test_a_fault_applies_as_often_as_told_or_until_it_is_stopped(client: ApiClient) -> None:
    active = client.fake_samsar.inject("503", times=2)
    assert [(await client.create()).status for _ in range(4)] == [503, 503, 200, 200]
    assert (active.hits, active.left) == (2, 0)
    active = client.fake_samsar.inject("502")
    assert [(await client.create()).status for _ in range(3)] == [502, 502, 502]
    active.stop()
    assert (await client.create()).status == 200
    client.fake_samsar.inject("502")
    client.fake_samsar.clear_faults()
    assert (await client.create()).status == 200


async def test_a_fault_applies_on_its_route_to_the_movies_it_names(client: ApiClient) -> None:
    client.fake_samsar.inject("500", when="owl")
    client.fake_samsar.inject("503", route=Route.STATUS, when=lambda prompt: prompt == INPUT["prompt"])
    assert (await client.create(prompt="An owl")).status == 500
    assert (await client.create(prompt=None)).status == 400
    assert (await client.status(await client.order())).status == 503
    assert (await client.status("nobody")).status == 404
    with pytest.raises(ValueError, match="'no-url' does not happen on create"):
        FaultInjector().inject(FAULTS["no-url"], route=Route.CREATE)


async def test_faults_combine_and_the_first_is_outermost(client: ApiClient, clock: Clock) -> None:
    client.fake_samsar.inject("201", times=2)
    client.fake_samsar.inject("session-id", times=1)
    answer = await client.create()
    assert (answer.status, list(answer.body)) == (201, ["session_id"])
    assert (await client.create()).status == 201
    client.fake_samsar.inject("500", times=1)
    client.fake_samsar.inject(slow(9), times=1)
    assert (await client.create()).status == 500
    assert clock.slept == []


async def test_any_two_status_faults_can_be_combined(client: ApiClient) -> None:
    spoilers = [name for name, fault in FAULTS.items() if fault.routes == (Route.STATUS,)]
    request_id = await client.finished()
    for first in spoilers:
        for second in spoilers:
            client.fake_samsar.inject(first, times=1)
            client.fake_samsar.inject(second, times=1)
            assert (await client.status(request_id)).status in {200, 404}, (first, second)


async def test_a_fault_of_ones_own_is_a_function(clock: Clock) -> None:
    async def proceed(exchange: Exchange) -> Reply:
        return Reply.of({"seconds": exchange.outcome.seconds})

    async def act(exchange: Exchange, inner: Proceed) -> Reply:
        reply = await inner(replace(exchange, outcome=RenderOutcome(7)))
        return Reply(299, reply.body)

    injector = FaultInjector()
    injector.inject(Fault("mine", "changes both", act))
    exchange = Exchange(Route.CREATE, None, "http://x", RenderOutcome(1), clock.sleep, asyncio.Event().wait)
    reply = await injector.handle(exchange, proceed)
    assert (reply.status, json.loads(reply.body)) == (299, {"seconds": 7})
