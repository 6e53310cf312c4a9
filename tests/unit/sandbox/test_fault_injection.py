"""Which faults apply to a request, how often, and how they combine."""

from __future__ import annotations

import pytest

from bot.sandbox.fault_injection import FaultInjector, Route
from bot.sandbox.fault_table import FAULTS, get_fault
from tests.unit.sandbox.conftest import INPUT, ApiClient


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
