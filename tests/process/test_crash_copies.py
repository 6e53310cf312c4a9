"""Processes that are killed while something is made of finished movies, from the press that accepts its price on.

It is pressed twice again afterwards: one job comes of all presses, and its call is made once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Final

import pytest

from bot.domain.credits import Limits
from bot.domain.operations import Operation
from bot.domain.orders import ALWAYS_CONFIRM, Order, OrderContext, QuotePreview
from bot.domain.request import Draft
from bot.samsar.config import AUTUMN_2026, ApiVersion
from bot.ui.components import custom_id
from data import orders
from data.policy import Policy
from tests.helpers import ledger_checks
from tests.helpers.fake_discord.interactions import Interaction
from tests.helpers.ledger_checks import Place, Row
from tests.helpers.store_harness import CATALOGUE
from tests.process.crash.failpoints import around, of_request, sampled
from tests.process.crash.harness import (
    DIES_WITHIN,
    DOOMED,
    MOVIE,
    CrashHarness,
    open_crash_harness,
    private_message,
    settled,
)
from tests.process.crash.injector import CHARGING_PATHS, COPY_PATHS
from tests.process.crash.invariants import check_messages, differences, pending_work

OTHER = "a blue boat"
QUOTED: Final = 100
"""What the API has said that the scene costs."""

POLICY = Policy(replace(CATALOGUE, limits=AUTUMN_2026.limits), Limits(member=10_000, plan=10_000))

DRAFTS = {
    Operation.SCENE: Draft("", operation=Operation.SCENE, scenes=(2,)),
    Operation.DUB: Draft("", operation=Operation.DUB, language="fr"),
    Operation.SUBTITLES: Draft("", operation=Operation.SUBTITLES, subtitles=True),
    Operation.FILM: Draft("", operation=Operation.FILM),
}


POINTS = (
    *around("place"),
    *of_request("answer"),
    *around("enqueue", "claim"),
    *of_request("copy"),
    *around("mark_rendering"),
    *of_request("status"),
    *around("complete"),
    *of_request("message"),
    *around("mark_sent"),
)

SAMPLE = {
    ("sqlite", Operation.SCENE, "copy-answered:1"),
    ("sqlite", Operation.DUB, "commit-after enqueue:1"),
    ("sqlite", Operation.SUBTITLES, "commit-before complete:1"),
    ("sqlite", Operation.FILM, "copy-sent:1"),
    ("postgresql", Operation.FILM, "commit-after mark_rendering:1"),
}


async def make_sources(harness: CrashHarness, operation: Operation) -> Sequence[Row]:
    other = harness.members.pop(DOOMED)
    if operation is Operation.FILM:
        harness.members[OTHER] = other
    await harness.run_until_idle()
    return ledger_checks.jobs(harness.database)


async def quote(harness: CrashHarness, operation: Operation, sources: Sequence[Row]) -> str:
    """Save a price as the page shows it."""
    draft = replace(DRAFTS[operation], sources=tuple(row["id"] for row in sources))
    context = OrderContext(50, harness.discord.guild_id, harness.discord.channel_id, harness.members[MOVIE])
    order = Order(context, draft, confirm=ALWAYS_CONFIRM, quoted=QUOTED)
    offered = await harness.write(orders.place, order, policy=POLICY)
    assert isinstance(offered, QuotePreview), offered
    return offered.quote.id


async def accept(harness: CrashHarness, quote_id: str, presses: int = 1) -> Sequence[Interaction]:
    """Press the button of the price."""
    discord, member = harness.discord, harness.members[MOVIE]
    await discord.ready(timeout=DIES_WITHIN)
    page, button = private_message(discord, discord.channel_id), custom_id("quote-accept", quote_id)
    return [await discord.send_component(member, page, button) for _ in range(presses)]


async def accept_again(harness: CrashHarness, quote_id: str) -> None:
    async with harness.bot() as bot:
        for press in await accept(harness, quote_id, presses=2):
            await press.answered(timeout=DIES_WITHIN)
        await settled(bot, harness.database)
        bot.terminate()
        assert await bot.wait_exit() == 0, bot.log


@pytest.mark.parametrize(
    ("engine", "operation", "point"), sampled(product(("sqlite", "postgresql"), DRAFTS, POINTS), SAMPLE)
)
async def test_killed_while_a_copy_is_made(
    operation: Operation, point: str, tmp_path: Path, crash_database: Callable[[], Place]
) -> None:
    async with open_crash_harness(tmp_path, crash_database(), version=ApiVersion.AUTUMN_2026) as harness:
        quote_id = await quote(harness, operation, await make_sources(harness, operation))

        async def visit() -> None:
            await accept(harness, quote_id)

        await harness.run_until_killed(visit, KILL_AT=point)
        await accept_again(harness, quote_id)
        check(harness, operation)


def check(harness: CrashHarness, operation: Operation) -> None:
    assert pending_work(harness.database) == []
    assert differences(harness.database) == ()
    jobs = ledger_checks.jobs(harness.database)
    movies = [job for job in jobs if job["operation"] == Operation.MOVIE]
    copies = [job for job in jobs if job["operation"] != Operation.MOVIE]
    [job] = [each for each in copies if each["state"] != "cancelled"]
    assert {each["end_reason"] for each in copies if each is not job} <= {"response_failed"}
    assert job["state"] == ("unknown" if harness.submitting_at_death else "completed")
    calls = [each.path for each in harness.api.requests if each.path in COPY_PATHS]
    assert len(calls) <= 1, "it is made once"
    assert calls or job["state"] == "unknown"
    assert (not operation.declared.at_once) or set(calls) <= CHARGING_PATHS
    member, plan = (ledger_checks.scope_total(harness.database, scope) for scope in ("member", "plan"))
    is_made = job["state"] == "completed"
    assert member.held == plan.held == (0 if is_made else job["price_credits"])
    paid = job["price_credits"] if is_made else 0
    assert member.used == sum(each["price_credits"] for each in movies) + paid
    ended = [each for each in jobs if each["samsar_request_id"]]
    charged = [harness.api.movies[each["samsar_request_id"]].charged(math.inf) for each in ended]
    assert plan.used == sum(charged)
    check_messages(harness.discord.messages(), [*movies, job])
