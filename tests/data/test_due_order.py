"""Due work comes longest due first, only as much as asked, and at once where a clock put it off."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import pytest

from bot.domain.message import MessageKind
from data import messages, pitches, pledging, restore_review
from data.database import Transaction
from tests.helpers.at_time import at_time
from tests.helpers.every_table import fill
from tests.helpers.ledger_checks import execute, query
from tests.helpers.pitching import Pitching
from tests.helpers.store_harness import ALICE, BOB, CAROL, DAY, GUILD, NOW, StoreHarness

Make = Callable[[StoreHarness], Awaitable[None]]
Due = Callable[[Transaction, int, Sequence[str]], list[str]]
MEMBERS = (ALICE, BOB, CAROL)


async def pitch(store: StoreHarness) -> None:
    for member in MEMBERS:
        await Pitching(store.database, store.place).made(300, member)


async def announce(store: StoreHarness) -> None:
    for guild in MEMBERS:
        await store.database.write(messages.announce, MessageKind.LAPSED, "a pitch", BOB + guild, guild)


LISTS = [
    pytest.param(
        announce,
        "UPDATE messages SET due_at = :at WHERE kind || '-' || guild_id = :id",
        lambda tx, limit, busy: [each.key for each in at_time(NOW + DAY, messages.due)(tx, limit, busy)],
        True,
        id="messages",
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
        lambda tx, limit, _: pitches.unposted(tx, None, limit),
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
        assert await store.database.read(due, limit, busy) == [each for each in ids if each not in busy][:limit]


async def test_of_each_kind_and_server_one_message_is_due_at_a_time(store: StoreHarness) -> None:
    for kind, subject, guild in (("made", "a", 1), ("made", "b", 1), ("lapsed", "a", 1), ("made", "a", 2)):
        await store.database.write(messages.announce, MessageKind(kind), subject, guild, guild)
    due = await store.database.read(messages.due, 9, ())
    assert [(each.key, each.subject_id) for each in due] == [("lapsed-1", "a"), ("made-1", "a"), ("made-2", "a")]
    await store.database.write(messages.end, [due[1].nonce])
    later = await store.database.read(messages.due, 9, ("lapsed-1", "made-2"))
    assert [(each.key, each.subject_id) for each in later] == [("made-1", "b")]


async def test_a_kind_that_is_slow_for_many_servers_delays_no_other_kind(store: StoreHarness) -> None:
    for guild in range(1, 20):
        await store.database.write(at_time(NOW, messages.announce), MessageKind.LAPSED, "a", guild, guild)
    await store.database.write(at_time(NOW + 1, messages.show), MessageKind.PITCH, "a", GUILD)
    read = at_time(NOW + 1, messages.due)
    assert ("pitch", GUILD) in [(each.kind, each.guild_id) for each in await store.database.read(read, 2, ())]
    slow = [each.key for each in await store.database.read(read, 9, (f"pitch-{GUILD}",))]
    [first] = await store.database.read(read, 1, slow)
    assert (first.kind, first.guild_id) == ("pitch", GUILD)


async def test_what_changes_while_it_is_shown_is_shown_again_in_one_edit_or_put_off(store: StoreHarness) -> None:
    for _ in range(2):
        await store.database.write(messages.show, MessageKind.PITCH, "a", GUILD)
    [shown] = await store.database.read(messages.due, 9, ())
    await store.database.write(messages.show, MessageKind.PITCH, "a", GUILD)
    await store.database.write(messages.retry, shown, NOW + 5)
    for _ in range(2):
        await store.database.write(messages.show, MessageKind.PITCH, "a", GUILD)
    assert await store.database.read(messages.due, 9, ()) == [], "no change hurries a retry"
    await store.database.write(messages.settle, shown)
    [again] = await store.database.read(messages.due, 9, ())
    assert (again.key, again.attempts) == (shown.key, 0)
    await store.database.write(messages.settle, again)
    assert await store.database.read(at_time(NOW + DAY, messages.due), 9, ()) == []
    await store.database.write(messages.show, MessageKind.PITCH, "a", GUILD)
    [shown] = await store.database.read(messages.due, 9, ())
    await store.database.write(messages.show, MessageKind.PITCH, "a", GUILD)
    await store.database.write(messages.put_off, shown, NOW + 5)
    assert await store.database.read(messages.due, 9, ()) == []
    assert len(await store.database.read(at_time(NOW + 5, messages.due), 9, ())) == 1


async def test_a_message_with_live_counts_is_shown_once_an_interval_whatever_the_clock_does(
    store: StoreHarness,
) -> None:
    hour, live = 3_600_000, (MessageKind.PITCH, "a", GUILD)

    async def due_at() -> list[int]:
        rows = await store.database.read(lambda tx: tx.fetch_all("SELECT due_at FROM messages"))
        return [row["due_at"] for row in rows]

    async def show(now: int, interval: int = 100) -> None:
        await store.database.write(at_time(now, messages.show_within), *live, interval)

    await show(hour)
    assert await due_at() == [hour], "it was never shown"
    await show(hour + 1)
    [shown] = await store.database.read(at_time(hour + 1, messages.due), 9, ())
    await store.database.write(at_time(hour + 2, messages.settle_within), shown, 100)
    assert await due_at() == [None]
    for now, expected in ((hour + 3, hour + 102), (hour + 200, hour + 200), (hour - 500, hour - 400)):
        await show(now)
        assert await due_at() == [expected]
        await show(now + 1)
        assert await due_at() == [expected], "it waits already"
        await store.database.write(lambda tx: tx.execute("UPDATE messages SET status = 'sent', due_at = NULL"))
    await show(hour + 3)
    [waiting] = await store.database.read(at_time(2 * hour, messages.due), 9, ())
    await show(hour + 4, 0)
    assert await due_at() == [hour + 4], "at once"
    await store.database.write(at_time(hour + 5, messages.settle_within), waiting, 100)
    assert await due_at() == [hour + 105], "it has changed since it was read"
    [waiting] = await store.database.read(at_time(2 * hour, messages.due), 9, ())
    await store.database.write(at_time(hour + 105, messages.retry), waiting, 2 * hour)
    await show(hour + 106, 0)
    assert await due_at() == [2 * hour], "a retry is not hurried"


async def test_a_pitchs_message_is_posted_first_and_updated_then(store: StoreHarness) -> None:
    await pitch(store)
    assert await store.database.read(pitches.unposted, NOW, 9) == [], "a living process may be posting it"
    first, *others = await store.database.read(pitches.unposted, None, 9)
    for each in (first, others[0]):
        await store.database.write(pledging.vote, each, GUILD, BOB)
    assert await store.database.read(messages.due, 9, ()) == []
    assert await store.database.write(pitches.record, first, 4711)
    assert not await store.database.write(pitches.record, first, 4712), "another process posted one, too"
    assert (await store.database.read(pitches.get, first)).message_id == 4711
    assert await store.database.read(pitches.unposted, None, 9) == others
    assert [each.subject_id for each in await store.database.read(messages.due, 9, ())] == [first]
    await store.database.write(pitches.record, others[1], 4712)
    assert len(await store.database.read(messages.due, 9, ())) == 1, "it says all there is"


LATER = NOW + DAY

WORK = {
    "queued jobs": ("jobs", "next_run_at", "state = 'queued'"),
    "polls": ("jobs", "next_run_at", "state = 'rendering'"),
    "notifications": ("outbox", "next_attempt_at", "status = 'pending'"),
    "messages": ("messages", "due_at", "status = 'pending'"),
    "pitches": ("pitches", "next_run_at", "state = 'waiting_for_plan'"),
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

    await store.database.write(restore_review.make_due, LATER)
    assert due_now() == set()
    await store.database.write(restore_review.make_due, LATER - 1)
    assert due_now() == {*WORK}
