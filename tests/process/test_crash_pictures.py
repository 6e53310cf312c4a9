"""Processes that are killed while they give the API the pictures of a movie, or order it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from bot.domain.credits import Limits
from bot.domain.operations import Operation
from bot.domain.orders import Order, OrderContext, OrderPlaced
from bot.domain.pictures import Picture, PictureType
from bot.domain.request import Draft
from bot.samsar.config import AUTUMN_2026, ApiVersion
from data import orders
from data.catalogue import load_catalogue
from data.policy import Policy
from tests.e2e.test_pictures import CAT, DOG
from tests.helpers import ledger_checks
from tests.helpers.ledger_checks import Place
from tests.process.crash.failpoints import sampled
from tests.process.crash.harness import CrashHarness, open_crash_harness
from tests.process.crash.invariants import differences, pending_work

NOTHING_ORDERED = (
    "commit-after claim:1",
    *(f"upload-{when}:{number}" for when, number in product(("before", "sent", "answered"), (1, 2))),
    "commit-before begin_sending:1",
)
UNCERTAIN = ("commit-after begin_sending:1", "create-sent:1", "commit-before mark_rendering:1")
TAKEN = ("commit-after mark_rendering:1",)

POINTS = [
    (engine, point) for engine, point in product(("sqlite", "postgresql"), (*NOTHING_ORDERED, *UNCERTAIN, *TAKEN))
]
SAMPLE = {("sqlite", "upload-sent:2"), ("sqlite", "commit-after begin_sending:1")}


async def order(harness: CrashHarness) -> None:
    """Order a movie of two pictures, as a member does who accepts its price."""
    catalogue = load_catalogue(Path("data/catalogues/2026.toml"), AUTUMN_2026.limits)
    policy = Policy(catalogue, Limits(member=10_000, plan=100_000))
    came = Picture("a.1", PictureType.PNG, CAT), Picture("a.2", PictureType.JPEG, DOG)
    draft = Draft("a cat and a dog", operation=Operation.PICTURES, sources=("a.1", "a.2"))
    discord = harness.discord
    context = OrderContext(1, discord.guild_id, discord.channel_id, discord.user_id)
    placed = await harness.write(orders.place, Order(context, draft, pictures=came), policy=policy)
    assert isinstance(placed, OrderPlaced)
    assert await harness.write(orders.enqueue, placed.job.id, 1)


@pytest.mark.parametrize(("engine", "point"), sampled(POINTS, SAMPLE))
async def test_killed_with_pictures(point: str, tmp_path: Path, crash_database: Callable[[], Place]) -> None:
    async with open_crash_harness(tmp_path, crash_database(), version=ApiVersion.AUTUMN_2026) as harness:
        harness.members.clear()
        await order(harness)
        await harness.run_until_killed(asyncio.Event().wait, KILL_AT=point)
        await harness.run_until_idle()
        [job] = ledger_checks.jobs(harness.database)
        assert job["state"] == ("unknown" if point in UNCERTAIN else "completed")
        assert len(harness.api.movies) == (0 if point == "commit-after begin_sending:1" else 1)
        assert ledger_checks.query(harness.database, "SELECT * FROM pictures") == []
        assert (pending_work(harness.database), differences(harness.database)) == ([], ())
