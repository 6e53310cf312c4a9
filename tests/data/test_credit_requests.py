"""Credit requests: at most one a day, each granted at most once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.core.errors import DuplicateInteraction, StorageError
from bot.domain.credit_request import Answer, AskOption, CreditRequest, credits_to_ask
from bot.domain.delivery import PostedMessage
from bot.domain.jobs import JobState
from bot.domain.message import MessageKind
from bot.domain.quota import AuditContext, LimitScope
from bot.domain.refusal import RefusalCode, Refused
from bot.domain.risk import RiskLimits
from bot.domain.server_setup import AgeRule
from bot.domain.text import Language
from data import blocks, budgets, credit_requests, erasure, personal, restore_review, staff_channel
from data.database import Transaction
from data.messages import next_due_at
from tests.helpers.approving import set_up
from tests.helpers.at_time import at_time, under
from tests.helpers.due_work import due_entries, due_notices, end_notices
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.member_data import erase
from tests.helpers.refusing import blocked, is_refused
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, DAY, GUILD, LIMITS, NOW, StoreHarness, a_job

DANA, ERIN, ELSEWHERE, LOG, ROLE = 7, 8, 11, 555, 31
BY_DANA = AuditContext(DANA, GUILD)
MESSAGE = PostedMessage(LOG, 666)
PRICE = 700
"""A member has 600 credits, and the plan 1,000."""


def ask(
    tx: Transaction,
    interaction_id: int,
    *,
    member: int = ALICE,
    guild: int = GUILD,
    now: int = NOW,
    price: int = PRICE,
    roles: tuple[int, ...] = (),
    **place: Any,
) -> Any:
    by = AuditContext(member, guild, interaction_id=interaction_id)
    how = {"channel_id": CHANNEL, "role_ids": roles, "language": Language.JAPANESE, **place}
    return at_time(now, credit_requests.ask)(tx, price, by=by, **how)


def answer(
    tx: Transaction,
    request: CreditRequest,
    interaction_id: int,
    *,
    grant: bool = True,
    by: int = DANA,
    guild: int = GUILD,
    now: int = NOW,
) -> Answer | Refused:
    context = AuditContext(by, guild, interaction_id=interaction_id)
    return at_time(now, credit_requests.answer)(tx, request.id, grant=grant, message=MESSAGE, by=context)


@pytest.fixture(autouse=True)
async def _staff_channels(store: StoreHarness) -> None:
    for guild in (GUILD, ELSEWHERE):
        await choose_staff_channel(store.database, AuditContext(DANA, guild), LOG, NOW)


async def asked(store: StoreHarness) -> CreditRequest:
    request = await store.database.write(ask, 1)
    assert isinstance(request, CreditRequest)
    return request


def granted(store: StoreHarness) -> list[dict[str, Any]]:
    assert_ledger_consistent(store.place)
    return query(store.place, "SELECT member_id, extra, actor_id FROM ledger_entries WHERE entry_type = 'grant'")


def requests(store: StoreHarness) -> list[dict[str, Any]]:
    return query(store.place, "SELECT * FROM credit_requests ORDER BY id")


async def test_a_member_asks_once_a_day_in_each_server(store: StoreHarness) -> None:
    async def offered(now: int) -> AskOption:
        return await store.database.read(at_time(now, credit_requests.ask_option), GUILD, ALICE, PRICE)

    assert await offered(NOW) is AskOption.ASK
    request = await asked(store)
    assert [await offered(now) for now in (NOW + 1, NOW + DAY // 2)] == [AskOption.NO_HELP, AskOption.ASK]
    (entry, channel), *_ = [line for line in await store.posted_lines(NOW) if line[0].id == request.id]
    assert (entry.credits, entry.by.actor_id, channel) == (300, ALICE, LOG)
    with pytest.raises(DuplicateInteraction):
        await store.database.write(ask, 1)
    cases: list[tuple[dict[str, Any], bool]] = [
        ({"now": NOW + 1}, False),
        ({"now": NOW + DAY // 2 - 1}, False),
        ({"member": BOB}, True),
        ({"guild": ELSEWHERE}, True),
        ({"now": NOW + DAY // 2}, True),  # NOW is noon
    ]
    for number, (again, is_new) in enumerate(cases, 2):
        second = await store.database.write(ask, number, **again)
        assert isinstance(second, CreditRequest) if is_new else is_refused(second, "requests-asked-today"), again
    assert len(requests(store)) == 4


async def test_only_the_members_own_open_request_is_replaced(store: StoreHarness) -> None:
    await store.database.write(ask, 1)
    declined = await store.database.write(ask, 2, member=BOB)
    await store.database.write(ask, 3, guild=ELSEWHERE)
    await store.database.write(answer, declined, 4, grant=False)
    [entry] = query(store.place, "SELECT actor_id, subject_id, amount FROM audit_log WHERE action = 'decline_credits'")
    assert [*entry.values()] == [DANA, BOB, 300]
    for number, member in ((5, ALICE), (6, BOB)):
        await store.database.write(ask, number, member=member, now=NOW + DAY)
    assert [row["state"] for row in requests(store)] == ["replaced", "declined", "open", "open", "open"]


@pytest.mark.parametrize(
    ("limits", "obstacle"),
    [
        ((700, 700, 700, 700), None),
        ((699, None, 1000, 1000), "requests-server-budget"),
        ((699, 699, 699, 699), "requests-server-budget"),
        ((None, 699, 1000, 1000), "requests-operator-limit"),
        ((None, None, 699, 1000), "requests-operator-limit"),
        ((None, None, 1000, 699), "requests-operator-limit"),
    ],
)
async def test_every_budget_but_the_members_own_must_have_room(
    store: StoreHarness, limits: tuple[Any, ...], obstacle: RefusalCode | None
) -> None:
    request, (managers, operator, plan, queued) = await asked(store), limits
    if managers is not None:
        await store.database.write(budgets.set_limit, LimitScope.SERVER, 0, managers, by=BY_DANA)
    defaults = replace(LIMITS, plan=plan, server=operator, risk=RiskLimits(9, 9, queued, 9))
    offered = await store.database.read(under(credit_requests.ask_option, limits=defaults), GUILD, BOB, PRICE)
    assert offered is (AskOption.ASK if obstacle is None else AskOption.NO_HELP)
    context = AuditContext(DANA, GUILD, interaction_id=2)
    answered = await store.database.write(
        under(credit_requests.answer, limits=defaults), request.id, grant=True, message=MESSAGE, by=context
    )
    assert getattr(answered, "code", None) == obstacle
    assert len(granted(store)) == (obstacle is None)


async def test_a_request_that_is_gone_or_of_a_blocked_member_is_not_granted(store: StoreHarness) -> None:
    request = await asked(store)
    unknown = replace(request, id="0abc123defghj")
    assert await store.database.write(answer, unknown, 2) == Refused("requests-unknown")
    assert await store.database.write(answer, request, 3, guild=ELSEWHERE) == Refused("requests-unknown")
    assert granted(store) == []
    for number, (guild, obstacle) in enumerate(
        ((GUILD, "requests-blocked"), (blocks.EVERYWHERE, "requests-blocked-everywhere")), 2
    ):
        await store.database.write(blocks.block, ALICE, None, by=AuditContext(DANA, guild))
        assert await store.database.write(answer, request, number) == Refused(obstacle, {"member": ALICE})


async def test_a_closed_log_channel_takes_no_request_for_a_while(store: StoreHarness) -> None:
    posted = await store.database.write(ask, 1, member=BOB)
    await store.posted_lines(NOW)
    for now in (NOW - DAY, NOW):  # the second replaces the first, which is not posted either
        await store.database.write(ask, now, now=now)
    await store.database.write(ask, 3, guild=ELSEWHERE)
    [channel] = [channel for entry, channel in await store.database.read(due_entries) if entry.by.guild_id == GUILD]
    await store.database.write(staff_channel.mark_closed, GUILD, channel)
    assert [row["state"] for row in requests(store)] == ["replaced", "open", "unposted", "open"]
    [[told]] = await store.database.read(due_notices)
    assert (told.kind, told.member_id, told.language) == (MessageKind.ANSWER, ALICE, Language.JAPANESE)
    assert await store.database.read(credit_requests.ask_option, GUILD, DANA, PRICE) is AskOption.NO_CHANNEL
    assert (await store.database.write(answer, posted, 4)) is not None


async def test_an_answer_is_due_until_its_member_is_told(store: StoreHarness) -> None:
    request = await asked(store)
    assert (await store.database.read(credit_requests.find, request.id)).message is None
    await store.database.write(answer, request, 2)
    due_at = NOW + credit_requests.ANSWER_DELAY_MS
    assert await store.database.read(at_time(due_at - 1, due_notices)) == []
    assert await store.database.read(next_due_at, NOW) == due_at
    [[due]] = await store.database.read(at_time(due_at, due_notices))
    decided = due.subject
    assert (decided.decided_by, decided.message, due.attempts, due.routes) == (DANA, MESSAGE, 0, (True,))
    await store.database.write(at_time(NOW - DAY, restore_review.make_due), NOW - DAY)
    assert len(await store.database.read(at_time(NOW - DAY, due_notices))) == 1
    for sent in (False, True):  # the first counts
        await store.database.write(end_notices, [due], sent=sent)
    assert (await store.database.read(credit_requests.find, request.id)).untold
    exported = await store.database.read_long(personal.export, ALICE)
    assert [row["notice"] for row in exported["credit_requests"]] == ["undeliverable"]
    assert exported["pitch_messages"] == []
    other = await store.database.write(ask, 5, member=BOB)
    await store.database.write(answer, other, 6)
    await store.database.write(restore_review.hold_open_work)
    assert await store.database.read(at_time(due_at + DAY, due_notices)) == []
    assert await store.database.read(next_due_at, NOW) is None
    assert requests(store)[1]["state"] == "granted"


async def test_an_erasure_lets_nobody_ask_twice_a_day(store: StoreHarness) -> None:
    await asked(store)
    assert await erase(store.database, ALICE)
    assert is_refused(await store.database.write(ask, 2, now=NOW + DAY // 2 - 1), "requests-asked-today")
    assert isinstance(await store.database.write(ask, 3, guild=ELSEWHERE), CreditRequest)
    assert isinstance(await store.database.write(ask, 4, now=NOW + DAY // 2), CreditRequest)


async def test_a_member_who_may_not_order_does_not_ask(store: StoreHarness) -> None:
    await set_up(store, channels=(CHANNEL + 1,), age=AgeRule.RESTRICTED)
    there = {"parent_channel_id": CHANNEL + 1, "age_restricted": True}
    there_alone = Refused("refusals-channel", {"channels": (CHANNEL + 1,)})
    assert await store.database.write(ask, 1, age_restricted=True) == there_alone
    assert await store.database.write(ask, 2, parent_channel_id=CHANNEL + 1) == Refused("refusals-age")
    assert isinstance(await store.database.write(ask, 3, member=BOB, **there), CreditRequest)
    await store.database.write(blocks.block, ALICE, None, by=BY_DANA)
    assert await store.database.write(ask, 4, **there) == blocked(None, "")
    await store.database.write(blocks.unblock, ALICE, by=BY_DANA)
    await store.database.write(erasure.request, ALICE)
    assert await store.database.write(ask, 5, **there) == Refused("refusals-erasing")
    assert [row["member_id"] for row in requests(store)] == [BOB]


@pytest.mark.parametrize("second", [True, False])
async def test_a_request_is_answered_once_together_with_its_grant(store: StoreHarness, second: bool) -> None:
    await set_up(store, language=Language.FRENCH)
    request = await asked(store)

    def fail_before_the_commit(tx: Transaction) -> None:
        answer(tx, request, 2)
        raise StorageError("the disk is full")

    with pytest.raises(StorageError):
        await store.database.write(fail_before_the_commit)
    assert await store.database.write(answer, request, 2, guild=ELSEWHERE) == Refused("requests-unknown")
    assert (granted(store), requests(store)[0]["state"]) == ([], "open")
    first = await store.database.write(answer, request, 2)
    with pytest.raises(DuplicateInteraction):
        await store.database.write(answer, request, 2)
    again = await store.database.write(answer, request, 3, grant=second, by=ERIN)
    assert (first.counted, first.request.server_language) == (True, Language.FRENCH)
    assert again == Answer(replace(first.request), counted=False)
    assert granted(store) == [{"member_id": ALICE, "extra": 300, "actor_id": DANA}]
    assert requests(store)[0]["state"] == "granted"


async def test_a_member_asks_only_for_what_they_lack_with_their_roles(store: StoreHarness) -> None:
    await store.database.write(budgets.set_limit, LimitScope.ROLE, ROLE, 700, by=BY_DANA)
    assert await store.database.write(ask, 1, price=LIMITS.member) == Refused("requests-enough")
    assert await store.database.write(ask, 2, price=700, roles=(ROLE,)) == Refused("requests-enough")
    await set_up(store, roles=(ROLE,))
    assert await store.database.write(ask, 3, price=701) == Refused("refusals-role", {"roles": (ROLE,)})
    assert (await store.database.write(ask, 4, price=701, roles=(ROLE,))).credits == credits_to_ask(1)


@pytest.mark.parametrize(("operator", "option"), [(759, AskOption.NO_HELP), (760, AskOption.ASK)])
async def test_what_failures_cost_cannot_be_asked_for(store: StoreHarness, operator: int, option: AskOption) -> None:
    await store.in_state(a_job(1, cost=60), JobState.FAILED)
    defaults = replace(LIMITS, server=operator)
    assert await store.database.read(under(credit_requests.ask_option, limits=defaults), GUILD, BOB, 700) is option
