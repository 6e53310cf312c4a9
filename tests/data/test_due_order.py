"""Due work comes longest due first, only as much as asked, and at once where a clock put it off."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import pytest

from bot.domain.credit_request import CreditRequest
from bot.domain.delivery import PostedMessage
from bot.domain.language import Language
from bot.domain.pitch import NoticeKind
from bot.domain.quota import AuditContext
from data import clock_change, credit_requests, gifts, grants, pitch_messages, pitch_notices, pitches
from data.database import Transaction
from tests.helpers.approving import DANA, with_channel
from tests.helpers.at_time import at_time
from tests.helpers.every_table import fill
from tests.helpers.giving import allow_gifts
from tests.helpers.ledger_checks import execute, query
from tests.helpers.pitching import Pitching
from tests.helpers.store_harness import ALICE, BOB, CAROL, CHANNEL, DAY, GUILD, LIMITS, NOW, StoreHarness

Make = Callable[[StoreHarness], Awaitable[None]]
Due = Callable[[Transaction, int, Sequence[str]], list[str]]
MEMBERS = (ALICE, BOB, CAROL)


async def decline(store: StoreHarness) -> None:
    await with_channel(store)
    place = {"channel_id": CHANNEL, "role_ids": (), "language": Language.ENGLISH, "defaults": LIMITS}
    decide = {"grant": False, "message": PostedMessage(CHANNEL, 5), "by": AuditContext(DANA, GUILD)}
    for member in MEMBERS:
        asked = await store.database.write(credit_requests.ask, 700, by=AuditContext(member, GUILD), **place)
        assert isinstance(asked, CreditRequest)
        assert await store.database.write(credit_requests.answer, asked.id, defaults=LIMITS, **decide)


async def give(store: StoreHarness) -> None:
    await allow_gifts(store.database, GUILD, 100, NOW)
    by = AuditContext(DANA, GUILD)
    await store.database.write(grants.grant, DANA, 100, by=by)
    for member in MEMBERS:
        assert await store.database.write(gifts.give, member, 1, channel_id=CHANNEL, by=by) is None


async def pitch(store: StoreHarness) -> None:
    for member in MEMBERS:
        await Pitching(store.database, store.place).made(300, member)


async def post(store: StoreHarness) -> None:
    await pitch(store)
    await store.database.write(lambda tx: tx.execute("UPDATE pitches SET message_id = member_id, message_due_at = 1"))


async def pledge(store: StoreHarness) -> None:
    pitching = Pitching(store.database, store.place)
    for member in MEMBERS:
        made = await pitching.made(300, member)
        await pitching.pledged(made, BOB, 10)
        await store.database.write(pitch_notices.enqueue, made.id, BOB, NoticeKind.LAPSED, 10)


def told(tx: Transaction, limit: int, exclude: Sequence[str]) -> list[str]:
    busy = [f"{pitch_id}-{NoticeKind.LAPSED}" for pitch_id in exclude]
    return [message[0].pitch.id for message in at_time(NOW + DAY, pitch_notices.due)(tx, limit, busy)]


LISTS = [
    pytest.param(
        decline,
        "UPDATE credit_requests SET next_attempt_at = :at WHERE id = :id",
        lambda tx, limit, busy: [each.id for each in at_time(NOW + DAY, credit_requests.due_answers)(tx, limit, busy)],
        True,
        id="answers",
    ),
    pytest.param(
        give,
        "UPDATE gifts SET next_attempt_at = :at WHERE id = :id",
        lambda tx, limit, busy: [each.id for each in at_time(NOW + DAY, gifts.due)(tx, limit, busy)],
        True,
        id="gifts",
    ),
    pytest.param(
        post,
        "UPDATE pitches SET message_due_at = :at WHERE id = :id",
        lambda tx, limit, busy: [each.id for each, _, _ in at_time(NOW + DAY, pitch_messages.due)(tx, limit, busy)],
        True,
        id="messages",
    ),
    pytest.param(
        pledge, "UPDATE pitch_notices SET next_attempt_at = :at WHERE pitch_id = :id", told, True, id="notices"
    ),
    pytest.param(
        pitch,
        "UPDATE pitches SET next_run_at = :at WHERE id = :id",
        lambda tx, limit, _: at_time(NOW + 7 * DAY, pitches.due)(tx, limit),
        False,
        id="pitches",
    ),
    pytest.param(
        pitch,
        "UPDATE pitches SET next_run_at = :at WHERE id = :id",
        lambda tx, limit, _: pitch_messages.unposted(tx, None, limit),
        False,
        id="unposted",
    ),
]


@pytest.mark.parametrize(("make", "reschedule", "due", "excludes"), LISTS)
async def test_the_longest_due_come_first_and_what_is_in_progress_takes_no_place(
    store: StoreHarness, make: Make, reschedule: str, due: Due, *, excludes: bool
) -> None:
    await make(store)
    first, second, third = sorted(await store.database.read(due, 9, ()))
    ids = [second, third, first]
    for at, each in enumerate(ids, NOW):
        await store.database.write(lambda tx, at=at, each=each: tx.execute(reschedule, {"at": at, "id": each}))
    assert [await store.database.read(due, limit, ()) for limit in (1, 2, 3)] == [ids[:1], ids[:2], ids]
    in_progress = ((ids[:1], 1), (ids[:2], 1), (ids[1:2], 2), (["another"], 1), (ids, 9))
    for busy, limit in in_progress if excludes else ():
        found = await store.database.read(due, limit, busy)
        assert found == [each for each in ids if each not in busy][:limit]


async def test_a_pitchs_message_is_posted_first_and_updated_then(store: StoreHarness) -> None:
    await pitch(store)
    await store.database.write(lambda tx: tx.execute("UPDATE pitches SET message_due_at = 1"))
    assert await store.database.read(pitch_messages.unposted, NOW, 9) == [], "a living process may be posting it"
    first, *others = await store.database.read(pitch_messages.unposted, None, 9)
    assert await store.database.read(pitch_messages.due, 9, ()) == []
    assert await store.database.write(pitch_messages.record, first, 4711)
    assert not await store.database.write(pitch_messages.record, first, 4712), "another process posted one, too"
    assert (await store.database.read(pitches.get, first)).message_id == 4711
    assert await store.database.read(pitch_messages.unposted, None, 9) == others
    assert [each.id for each, _, _ in await store.database.read(pitch_messages.due, 9, ())] == [first]


LATER = NOW + DAY

WORK = {
    "queued jobs": ("jobs", "next_run_at", "state = 'queued'"),
    "polls": ("jobs", "next_run_at", "state = 'rendering'"),
    "notifications": ("outbox", "next_attempt_at", "status = 'pending'"),
    "deletions": ("message_deletions", "next_attempt_at", "1 = 1"),
    "audit entries": ("audit_log", "next_attempt_at", "action = 'grant'"),
    "answers": ("credit_requests", "next_attempt_at", "notice = 'pending'"),
    "gifts": ("gifts", "next_attempt_at", "notice = 'pending'"),
    "reports": ("reported_movies", "next_attempt_at", "1 = 1"),
    "notices": ("pitch_notices", "next_attempt_at", "status = 'pending'"),
    "pitches": ("pitches", "next_run_at", "state = 'waiting_for_plan'"),
    "messages of pitches": ("pitches", "message_due_at", "1 = 1"),
    "movie nights": ("movie_nights", "next_attempt_at", "1 = 1"),
    "submissions": ("breakers", "retry_at", "state = 'open'"),
}


async def test_all_work_that_is_due_too_late_is_due_now(store: StoreHarness) -> None:
    await fill(store.place if isinstance(store.place, str) else f"sqlite:///{store.place}")
    waiting = "state = 'waiting_for_plan', waits_for = 'plan', ended_at = NULL, next_run_at = 1"
    execute(store.place, f"UPDATE pitches SET {waiting}")
    execute(store.place, "UPDATE breakers SET state = 'open', outage = 'unreachable', opened_at = 1")
    for table, column, condition in WORK.values():
        execute(store.place, f"UPDATE {table} SET {column} = {LATER} WHERE {condition}")

    def due_now() -> set[str]:
        found = set[str]()
        for name, (table, column, condition) in WORK.items():
            rows = query(store.place, f"SELECT {column} AS due_at FROM {table} WHERE {condition}")
            assert rows, name
            found |= {name} if {row["due_at"] for row in rows} == {NOW} else set()
        return found

    await store.database.write(clock_change.make_due, LATER)
    assert due_now() == set()
    await store.database.write(clock_change.make_due, LATER - 1)
    assert due_now() == {*WORK}
