"""Concurrent changes about a member during their erasure, on PostgreSQL.

Whichever transaction commits first, no data from before the erasure stays, and nothing that counts is lost.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.delivery import NotificationType
from bot.domain.jobs import JobState
from bot.domain.orders import Quote, QuotePreview
from bot.domain.quota import AuditContext, LimitScope
from data import blocks, budgets, erasure, job_actions, notices, preferences, quotes, reconciliation
from data.database import Transaction
from data.erasure import ErasureRecord
from tests.helpers.interleaving import side_by_side
from tests.helpers.ledger_checks import query
from tests.helpers.member_data import ADA, PROMPT, ada_job, deliver, traces
from tests.helpers.refusing import blocked
from tests.helpers.reserving import offer
from tests.helpers.store_harness import BOB, CHANNEL, GUILD, LIMITS, NOW, StoreHarness, a_job

BY_DANA = AuditContext(9, GUILD)
QUOTE = Quote("q" * 13, GUILD, CHANNEL, ADA, ada_job(90).request, 300, NOW)
ENGINES = ("postgresql",)


def erase(tx: Transaction) -> bool:
    requested = erasure.request(tx, ADA)
    return erasure.erase(tx, ErasureRecord.of(requested.id, ADA, NOW), ADA)


def make_quote(tx: Transaction) -> object:
    return offer(tx, QUOTE, (), LIMITS)


def keep_quote(tx: Transaction) -> None:
    preferences.lock(tx, ADA)
    quotes.save(tx, QUOTE)


def follow(tx: Transaction) -> object:
    return job_actions.follow(tx, a_job(50).id, ADA)


def block(tx: Transaction) -> object:
    return blocks.block(tx, ADA, None, by=BY_DANA)


def set_limit(tx: Transaction) -> None:
    budgets.set_limit(tx, LimitScope.MEMBER, ADA, 50, by=BY_DANA)


@pytest.mark.parametrize(
    ("change", "statement"),
    [
        (make_quote, "AS remembered"),
        (make_quote, "INSERT INTO quotes"),
        (keep_quote, "INSERT INTO quotes"),
        (follow, "INSERT INTO followers"),
        (block, "INSERT INTO member_blocks"),
        (set_limit, "INSERT INTO quota_limits"),
    ],
)
async def test_open_work_goes_too(store: StoreHarness, change: Callable[[Transaction], object], statement: str) -> None:
    await store.queued(a_job(50, BOB, cost=10))
    _, erased = await side_by_side(store.database, change, erase, after=statement)
    assert erased
    assert traces(store.place, ADA, PROMPT) == set()
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()


async def test_what_a_follower_was_about_to_be_told_is_erased_too(store: StoreHarness) -> None:
    job = await store.rendering(a_job(50, BOB, cost=10))
    await store.database.write(follow)
    _, erased = await side_by_side(
        store.database, lambda tx: notices.announce(tx, job, (ADA,)), erase, after="INSERT INTO messages"
    )
    assert erased
    assert traces(store.place, ADA, PROMPT) == set()
    assert query(store.place, "SELECT * FROM messages") == []


async def test_a_block_or_limit_that_was_under_way_is_remembered(store: StoreHarness) -> None:
    await side_by_side(store.database, block, erase, after="INSERT INTO member_blocks")
    assert await store.database.write(make_quote) == blocked(None, "")
    await store.database.write(lambda tx: blocks.unblock(tx, ADA, by=BY_DANA))
    await side_by_side(store.database, set_limit, erase, after="INSERT INTO quota_limits")
    refused = await store.database.write(make_quote)
    assert refused.available == 50


async def test_a_quote_beside_the_erasure_knows_what_was_spent(store: StoreHarness) -> None:
    await store.in_state(ada_job(1, cost=400), JobState.COMPLETED)
    await deliver(store.database, ada_job(1), NotificationType.COMPLETED)
    erased, quoted = await side_by_side(store.database, erase, make_quote)
    assert erased
    assert quoted.available == 200


async def test_a_block_that_is_lifted_beside_the_erasure_is_lifted(store: StoreHarness) -> None:
    await store.database.write(block)
    erased, lifted = await side_by_side(
        store.database, erase, lambda tx: blocks.unblock(tx, ADA, by=BY_DANA), after="INSERT INTO erased_dec"
    )
    assert erased
    assert lifted
    assert isinstance(await store.database.write(make_quote), QuotePreview)
    assert query(store.place, "SELECT * FROM member_blocks") == []
