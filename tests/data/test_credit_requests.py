"""Credit requests: at most one a day, each granted at most once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.credit_request import Answer, AnswerStatus, AskOption, AskRefusal, CreditRequest, Obstacle
from bot.domain.delivery import PostedMessage
from bot.domain.language import Language
from bot.domain.quota import AuditContext, Block, LimitScope
from bot.domain.risk import Refusal, RefusalReason, RiskLimits
from bot.domain.server_setup import AccessReason, AccessRefusal, AgeRule
from bot.errors import DuplicateInteraction, StorageError
from data import audit_log, blocks, clock_change, credit_requests, erasure, holding, limits, staff_channel
from data.database import Transaction
from data.postgresql import PostgresDatabase
from tests.helpers.approving import set_up
from tests.helpers.interleaving import side_by_side
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.member_data import erase
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, DAY, GUILD, LIMITS, NOW, StoreHarness

DANA, ERIN, ELSEWHERE, LOG = 7, 8, 11, 555
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
    parent: int | None = None,
    age_restricted: bool = False,
) -> Any:
    """Ask in a channel of a server."""
    by = AuditContext(member, guild, interaction_id=interaction_id)
    return credit_requests.ask(
        tx,
        price,
        by=by,
        channel_id=CHANNEL,
        role_ids=(),
        language=Language.JAPANESE,
        defaults=LIMITS,
        now=now,
        parent_channel_id=parent,
        age_restricted=age_restricted,
    )


def answer(
    tx: Transaction,
    request: CreditRequest,
    interaction_id: int,
    *,
    grant: bool = True,
    by: int = DANA,
    guild: int = GUILD,
    now: int = NOW,
) -> Answer | None:
    """Answer a request from its message."""
    context = AuditContext(by, guild, interaction_id=interaction_id)
    return credit_requests.answer(tx, request.id, grant=grant, message=MESSAGE, by=context, defaults=LIMITS, now=now)


async def with_channel(store: StoreHarness, *guilds: int) -> None:
    """Set the staff channel."""
    for guild in guilds or (GUILD,):
        await choose_staff_channel(store.database, AuditContext(DANA, guild), LOG, NOW)


async def asked(store: StoreHarness, interaction_id: int = 1, **how: Any) -> CreditRequest:
    """Make a request."""
    await with_channel(store)
    request = await store.database.write(ask, interaction_id, **how)
    assert isinstance(request, CreditRequest)
    return request


def grants(store: StoreHarness) -> list[dict[str, Any]]:
    """Return the grants of a consistent ledger."""
    assert_ledger_consistent(store.place)
    return query(store.place, "SELECT member_id, extra, actor_id FROM ledger_entries WHERE entry_type = 'grant'")


def requests(store: StoreHarness) -> list[dict[str, Any]]:
    """Return the rows, the oldest first."""
    return query(store.place, "SELECT * FROM credit_requests ORDER BY id")


async def test_a_request_is_due_in_the_log_channel_under_its_own_id(store: StoreHarness) -> None:
    request = await asked(store)
    [_, (entry, channel)] = await store.posted_lines(NOW)
    assert (entry.id, entry.credits, entry.actor_id, channel) == (request.id, 300, ALICE, LOG)


@pytest.mark.parametrize(
    ("again", "is_new"),
    [
        ({"now": NOW + 1}, False),
        ({"now": NOW + DAY // 2 - 1}, False),
        ({"now": NOW + DAY // 2}, True),  # NOW is noon
        ({"member": BOB}, True),
        ({"guild": ELSEWHERE}, True),
    ],
)
async def test_a_member_asks_once_a_day_in_each_server(
    store: StoreHarness, again: dict[str, Any], is_new: bool
) -> None:
    await with_channel(store, GUILD, ELSEWHERE)
    assert isinstance(await store.database.write(ask, 1), CreditRequest)
    second = await store.database.write(ask, 2, **again)
    assert second is AskRefusal.ASKED_TODAY or (is_new and isinstance(second, CreditRequest))
    assert len(requests(store)) == 1 + is_new


async def test_only_the_members_own_open_request_is_replaced(store: StoreHarness) -> None:
    await with_channel(store, GUILD, ELSEWHERE)
    await store.database.write(ask, 1)
    declined = await store.database.write(ask, 2, member=BOB)
    await store.database.write(ask, 3, guild=ELSEWHERE)
    await store.database.write(answer, declined, 4, grant=False)
    [entry] = query(store.place, "SELECT actor_id, subject_id, amount FROM audit_log WHERE action = 'decline_credits'")
    assert [*entry.values()] == [DANA, BOB, 300]
    for number, member in ((5, ALICE), (6, BOB)):
        await store.database.write(ask, number, member=member, now=NOW + DAY)
    assert [row["state"] for row in requests(store)] == ["replaced", "declined", "open", "open", "open"]


async def test_an_interaction_makes_one_request(store: StoreHarness) -> None:
    """Around a deploy two processes get it; only the first may respond."""
    await asked(store)
    with pytest.raises(DuplicateInteraction):
        await store.database.write(ask, 1)
    assert await store.database.write(ask, 2) is AskRefusal.ASKED_TODAY


async def test_a_grant_and_the_state_of_its_request_are_kept_together_or_not_at_all(store: StoreHarness) -> None:
    request = await asked(store)

    def fail_before_the_commit(tx: Transaction) -> None:
        answer(tx, request, 2)
        raise StorageError("the disk is full")

    with pytest.raises(StorageError):
        await store.database.write(fail_before_the_commit)
    assert (grants(store), requests(store)[0]["state"]) == ([], "open")
    await store.database.write(answer, request, 2)
    assert grants(store) == [{"member_id": ALICE, "extra": 300, "actor_id": DANA}]
    assert requests(store)[0]["state"] == "granted"


@pytest.mark.parametrize("second", [True, False])
async def test_a_request_is_answered_once(store: StoreHarness, second: bool) -> None:
    request = await asked(store)
    first = await store.database.write(answer, request, 2)
    again = await store.database.write(answer, request, 3, grant=second, by=ERIN)
    assert first is not None
    assert (first.counted, first.request.server_language) == (True, Language.ENGLISH)
    assert again == Answer(replace(first.request), counted=False)
    assert len(grants(store)) == 1


async def test_an_answered_request_is_in_the_language_that_its_server_chose(store: StoreHarness) -> None:
    """The server's language in Discord may be another."""
    await set_up(store, language=Language.FRENCH)
    answered = await store.database.write(answer, await asked(store), 2)
    assert answered is not None
    assert answered.request.server_language is Language.FRENCH


async def test_managers_at_once_grant_once(store: StoreHarness) -> None:
    request = await asked(store)
    presses = [store.database.write(answer, request, number, by=number) for number in range(2, 10)]
    answers = await asyncio.gather(*presses)
    assert sum(each is not None and each.counted for each in answers) == 1
    assert len(grants(store)) == 1


async def test_an_interaction_answers_once(store: StoreHarness) -> None:
    request = await asked(store)
    await store.database.write(answer, request, 2)
    with pytest.raises(DuplicateInteraction):
        await store.database.write(answer, request, 2)
    assert len(grants(store)) == 1


async def test_a_request_of_another_server_is_not_found(store: StoreHarness) -> None:
    request = await asked(store)
    assert await store.database.write(answer, request, 2, guild=ELSEWHERE) is None
    assert requests(store)[0]["state"] == "open"


@pytest.mark.parametrize(
    ("managers", "operator", "plan", "queued", "obstacle"),
    [
        (700, 700, 700, 700, None),
        (699, None, 1000, 1000, Obstacle.SERVER_BUDGET),
        (699, 699, 699, 699, Obstacle.SERVER_BUDGET),
        (None, 699, 1000, 1000, Obstacle.OPERATOR),
        (None, None, 699, 1000, Obstacle.OPERATOR),
        (None, None, 1000, 699, Obstacle.OPERATOR),
    ],
)
async def test_every_budget_but_the_members_own_must_have_room(
    store: StoreHarness,
    managers: int | None,
    operator: int | None,
    plan: int,
    queued: int,
    obstacle: Obstacle | None,
) -> None:
    """Without room in the others, a grant would pay for nothing."""
    request = await asked(store)
    if managers is not None:
        by = AuditContext(DANA, GUILD)
        await store.database.write(limits.set_limit, LimitScope.SERVER, 0, managers, by=by, now=NOW)
    defaults = replace(LIMITS, plan=plan, server=operator, risk=RiskLimits(9, 9, queued, 9))
    offered = await store.database.read(credit_requests.ask_option, GUILD, PRICE, defaults, NOW)
    assert offered is (AskOption.ASK if obstacle is None else AskOption.NO_HELP)
    context = AuditContext(DANA, GUILD, interaction_id=2)
    answered = await store.database.write(
        credit_requests.answer, request.id, grant=True, message=MESSAGE, by=context, defaults=defaults, now=NOW
    )
    assert answered is not None
    assert (answered.counted, answered.obstacle) == (obstacle is None, obstacle)
    assert len(grants(store)) == (obstacle is None)


async def test_a_closed_log_channel_takes_no_request_for_a_while(store: StoreHarness) -> None:
    """Unposted requests of that server end, and their members are told."""
    await with_channel(store, GUILD, ELSEWHERE)
    posted = await store.database.write(ask, 1, member=BOB)
    await store.posted_lines(NOW)
    for now in (NOW - DAY, NOW):  # the second replaces the first, which is not posted either
        await store.database.write(ask, now, now=now)
    await store.database.write(ask, 3, guild=ELSEWHERE)
    due = await store.database.read(audit_log.due_entries, NOW, 9, ())
    [failing] = [(entry.id, channel) for entry, channel in due if entry.guild_id == GUILD]
    await store.database.write(staff_channel.mark_staff_channel_failed, *failing, NOW)
    assert [row["state"] for row in requests(store)] == ["replaced", "open", "unposted", "open"]
    [told] = await store.database.read(credit_requests.due_answers, NOW, 9, ())
    assert (told.member_id, told.member_language) == (ALICE, Language.JAPANESE)
    assert await store.database.read(credit_requests.ask_option, GUILD, PRICE, LIMITS, NOW) is AskOption.NO_CHANNEL
    assert (await store.database.write(answer, posted, 4)) is not None


async def test_an_answer_is_due_until_its_member_is_told(store: StoreHarness) -> None:
    request = await asked(store)
    await store.database.write(answer, request, 2)
    due_at = NOW + credit_requests.ANSWER_DELAY_MS
    assert await store.database.read(credit_requests.due_answers, due_at - 1, 9, ()) == []
    assert await store.database.read(credit_requests.next_due_at, NOW) == due_at
    [due] = await store.database.read(credit_requests.due_answers, due_at, 9, ())
    assert (due.decided_by, due.message, due.attempts) == (DANA, MESSAGE, 0)
    assert await store.database.read(credit_requests.due_answers, due_at, 9, (request.id,)) == []
    await store.database.write(credit_requests.reschedule, request.id, due_at + 1)
    [due] = await store.database.read(credit_requests.due_answers, due_at + 1, 9, ())
    assert due.attempts == 1
    for status in (AnswerStatus.SENT, AnswerStatus.UNDELIVERABLE):  # the first counts
        await store.database.write(credit_requests.set_answer_status, request.id, status)
    assert requests(store)[0]["notice"] == AnswerStatus.SENT
    assert await store.database.read(credit_requests.due_answers, due_at + DAY, 9, ()) == []
    assert await store.database.read(credit_requests.next_due_at, NOW) is None


async def test_an_answer_that_a_restored_backup_shows_is_not_sent_again(store: StoreHarness) -> None:
    request = await asked(store)
    await store.database.write(answer, request, 2)
    await store.database.write(holding.hold_open_work, NOW)
    assert await store.database.read(credit_requests.due_answers, NOW + DAY, 9, ()) == []
    assert requests(store)[0]["state"] == "granted"


async def test_an_answer_waits_no_longer_because_the_clock_was_set_back(store: StoreHarness) -> None:
    request = await asked(store)
    await store.database.write(answer, request, 2)
    await store.database.write(clock_change.make_due, NOW - DAY, NOW - DAY)
    assert await store.database.read(credit_requests.due_answers, NOW - DAY, 9, ()) != []


async def test_an_erasure_lets_nobody_ask_twice_a_day(store: StoreHarness) -> None:
    """The limit is per server and ends the next day."""
    await with_channel(store, GUILD, ELSEWHERE)
    assert isinstance(await store.database.write(ask, 1), CreditRequest)
    assert await erase(store.database, ALICE)
    assert await store.database.write(ask, 2, now=NOW + DAY // 2 - 1) is AskRefusal.ASKED_TODAY
    assert isinstance(await store.database.write(ask, 3, guild=ELSEWHERE), CreditRequest)
    assert isinstance(await store.database.write(ask, 4, now=NOW + DAY // 2), CreditRequest)


async def test_a_blocked_member_who_erased_their_data_does_not_ask(store: StoreHarness) -> None:
    """The block outlasts the erasure."""
    await with_channel(store)
    await store.database.write(blocks.block, ALICE, None, by=AuditContext(DANA, GUILD), now=NOW)
    assert await erase(store.database, ALICE)
    assert await store.database.write(ask, 1) == Block(None, "")
    assert requests(store) == []


async def test_a_member_who_may_not_order_does_not_ask(store: StoreHarness) -> None:
    """A grant does not help against setup rules or a pending erasure."""
    await with_channel(store)
    await set_up(store, channels=(CHANNEL + 1,))
    assert await store.database.write(ask, 1) == AccessRefusal(AccessReason.CHANNEL, (CHANNEL + 1,))
    assert isinstance(await store.database.write(ask, 2, parent=CHANNEL + 1, member=BOB), CreditRequest)
    await store.database.write(erasure.request, ALICE, NOW)
    assert await store.database.write(ask, 3, parent=CHANNEL + 1) == Refusal(RefusalReason.ERASING)
    assert [row["member_id"] for row in requests(store)] == [BOB]


async def test_a_member_asks_where_the_age_rule_lets_them_order(store: StoreHarness) -> None:
    await with_channel(store)
    await set_up(store, age=AgeRule.RESTRICTED)
    assert await store.database.write(ask, 1) == AccessRefusal(AccessReason.AGE)
    assert isinstance(await store.database.write(ask, 2, age_restricted=True), CreditRequest)


# ── side by side on PostgreSQL ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
async def shared(postgresql_url: str) -> AsyncIterator[StoreHarness]:
    """Jobs and accounts on PostgreSQL."""
    database = await PostgresDatabase.open(postgresql_url)
    yield StoreHarness(database)
    await database.close()


@pytest.mark.parametrize("after", ["", "SELECT 1 FROM credit_requests WHERE id"])
async def test_two_managers_in_two_processes_grant_once(shared: StoreHarness, after: str) -> None:
    request = await asked(shared)
    first, second = await side_by_side(
        shared.database,
        lambda tx: answer(tx, request, 2),
        lambda tx: answer(tx, request, 3, by=ERIN),
        after=after,
    )
    assert first is not None
    assert second is not None
    assert (first.counted, second.counted, second.request.decided_by) == (True, False, DANA)
    assert len(grants(shared)) == 1


async def test_a_press_that_reaches_two_processes_at_once_grants_once(shared: StoreHarness) -> None:
    """A second response would replace the first process's response."""
    request = await asked(shared)
    with pytest.raises(DuplicateInteraction):
        await side_by_side(
            shared.database, lambda tx: answer(tx, request, 2), lambda tx: answer(tx, request, 2), after="FROM audit"
        )
    assert len(grants(shared)) == 1


@pytest.mark.parametrize("second_id", [1, 2])
async def test_a_member_who_asks_in_two_processes_at_once_asks_once(shared: StoreHarness, second_id: int) -> None:
    await with_channel(shared)

    def second(tx: Transaction) -> object:
        try:
            return ask(tx, second_id)
        except DuplicateInteraction:
            return DuplicateInteraction

    made, other = await side_by_side(
        shared.database, lambda tx: ask(tx, 1), second, after="INSERT INTO credit_requests"
    )
    assert isinstance(made, CreditRequest)
    assert other is (DuplicateInteraction if second_id == 1 else AskRefusal.ASKED_TODAY)
    assert len(requests(shared)) == 1


async def test_a_new_request_beside_the_grant_of_the_old_one_asks_for_nothing_more(shared: StoreHarness) -> None:
    """The request waits for the grant, which lets the member pay."""
    old = await asked(shared)
    answered, made = await side_by_side(
        shared.database,
        lambda tx: answer(tx, old, 2, now=NOW + DAY),
        lambda tx: ask(tx, 3, now=NOW + DAY),
    )
    assert answered is not None
    assert answered.counted
    assert made is AskRefusal.ENOUGH
    assert [row["state"] for row in requests(shared)] == ["granted"]
