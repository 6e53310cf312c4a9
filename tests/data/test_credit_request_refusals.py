"""Requests for credits by members' roles, blocks and what is left."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.credit_request import AskOption, AskRefusal, CreditRequest, Obstacle, credits_to_ask
from bot.domain.delivery import PostedMessage
from bot.domain.job import EndReason
from bot.domain.language import Language
from bot.domain.quota import AuditContext, LimitScope
from bot.domain.server_setup import AccessReason, AccessRefusal
from data import blocks, credit_requests, limits, renders
from data.database import Transaction
from tests.helpers.approving import DANA, set_up, with_channel
from tests.helpers.store_harness import ALICE, CHANNEL, GUILD, LIMITS, NOW, StoreHarness, a_job

ROLE = 31


def ask(tx: Transaction, price: int, *roles: int) -> object:
    """Ask as Alice, who has these roles, for what she lacks."""
    return credit_requests.ask(
        tx,
        price,
        by=AuditContext(ALICE, GUILD),
        channel_id=CHANNEL,
        role_ids=roles,
        language=Language.ENGLISH,
        defaults=LIMITS,
        now=NOW,
    )


async def test_a_member_asks_only_for_what_they_lack_with_their_roles(store: StoreHarness) -> None:
    await with_channel(store)
    by = AuditContext(DANA, GUILD)
    await store.database.write(limits.set_limit, LimitScope.ROLE, ROLE, 700, by=by, now=NOW)
    assert await store.database.write(ask, LIMITS.member) is AskRefusal.ENOUGH
    assert await store.database.write(ask, 700, ROLE) is AskRefusal.ENOUGH
    asked = await store.database.write(ask, 701, ROLE)
    assert isinstance(asked, CreditRequest)
    assert asked.credits == credits_to_ask(1)


async def test_a_member_asks_with_a_role_that_may_order(store: StoreHarness) -> None:
    await with_channel(store)
    await set_up(store, roles=(ROLE,))
    assert await store.database.write(ask, 700) == AccessRefusal(AccessReason.ROLE, (ROLE,))
    assert isinstance(await store.database.write(ask, 700, ROLE), CreditRequest)


async def test_a_manager_who_would_grant_reads_who_blocked_the_member_meanwhile(store: StoreHarness) -> None:
    """Only the operator can end the operator's block."""
    await with_channel(store)
    asked = await store.database.write(ask, 700)
    assert isinstance(asked, CreditRequest)
    by, message = AuditContext(DANA, GUILD), PostedMessage(CHANNEL, 5)
    for guild, obstacle in ((GUILD, Obstacle.BLOCKED), (blocks.EVERYWHERE, Obstacle.BLOCKED_EVERYWHERE)):
        await store.database.write(blocks.block, ALICE, None, by=AuditContext(DANA, guild), now=NOW)
        press = {"grant": True, "message": message, "by": by, "defaults": LIMITS, "now": NOW}
        answered = await store.database.write(credit_requests.answer, asked.id, **press)
        assert answered is not None
        assert (answered.counted, answered.obstacle) == (False, obstacle)


@pytest.mark.parametrize(("operator", "option"), [(759, AskOption.NO_HELP), (760, AskOption.ASK)])
async def test_what_failed_movies_cost_is_not_left_to_ask_for(
    store: StoreHarness, operator: int, option: AskOption
) -> None:
    """The operator's limit of the server pays for them, too."""
    await with_channel(store)
    job = await store.rendering(a_job(1, cost=60))
    await store.database.write(renders.fail, job.id, EndReason.UPSTREAM_FAILED, None, NOW, upstream_charged=True)
    defaults = replace(LIMITS, server=operator)
    assert await store.database.read(credit_requests.ask_option, GUILD, 700, defaults, NOW) is option
