"""The messages of finished movies show their stars and their link: soon, at intervals, and after a kill."""

import pytest

from bot.core.errors import DeliveryDeferred, DeliveryRejected
from bot.domain.delivery import NotificationType
from bot.domain.jobs import Job
from bot.domain.quota import AuditContext
from data import rankings, removals
from tests.helpers.ledger_checks import execute, query
from tests.helpers.worker_harness import ALICE, BOB, GUILD, WorkerHarness

HOUR = 3600


def shown(harness: WorkerHarness, type_: NotificationType = NotificationType.COMPLETED) -> list[int]:
    return [each.stars for each in harness.publisher.movies if each.type is type_]


async def star(harness: WorkerHarness, job: Job, member: int) -> None:
    """Each press of a member has a higher id."""
    pressed = query(harness.path, "SELECT COALESCE(MAX(interaction_id), 0) AS last FROM stars")
    await harness.database.write(rankings.toggle, job.id, member, interaction_id=pressed[0]["last"] + 1)


@pytest.mark.parametrize(("age", "interval"), [(0, 10), (2 * HOUR, 600)])
async def test_a_count_is_shown_at_once_and_then_once_in_an_interval(
    harness: WorkerHarness, age: int, interval: int
) -> None:
    job = await harness.make(0)
    await harness.advance_and_run(age)
    await star(harness, job, 100)
    await harness.worker.run_until_idle()
    assert shown(harness) == [1]
    for member in range(101, 105):
        await star(harness, job, member)
        await harness.advance_and_run(interval / 5)
    assert shown(harness) == [1], "sooner than an interval after the last edit"
    await harness.advance_and_run(interval / 5)
    assert shown(harness) == [1, 5]
    await harness.advance_and_run(5 * interval)
    assert shown(harness) == [1, 5], "nothing has changed"
    await star(harness, job, 100)
    await harness.worker.run_until_idle()
    assert shown(harness) == [1, 5, 4]


async def test_a_message_on_its_way_is_counted_once_it_is_recorded(harness: WorkerHarness) -> None:
    """Discord has it, and members press its star."""
    job = await harness.make(0)
    columns = "message_id, channel_id, sent_at, status, next_attempt_at"
    [row] = query(harness.path, f"SELECT {columns} FROM outbox")
    pending = (
        f"message_id = NULL, sent_at = NULL, status = 'pending', next_attempt_at = {harness.clock.now() + 3_000_000}"
    )
    execute(harness.path, f"UPDATE outbox SET {pending}")
    await star(harness, job, BOB)
    await harness.worker.run_until_idle()
    assert shown(harness) == []
    sent = f"message_id = {row['message_id']}, sent_at = {row['sent_at']}, status = 'sent', next_attempt_at = NULL"
    execute(harness.path, f"UPDATE outbox SET {sent}")
    await harness.advance_and_run(5)
    assert shown(harness) == [1]


async def test_a_deferred_edit_is_tried_again_with_the_newest_count_and_a_rejected_one_waits_for_the_next_star(
    harness: WorkerHarness,
) -> None:
    job = await harness.make(0)
    old = DeliveryDeferred("too many edits", code=30046, retry_after=600, definitely_failed=True)
    harness.publisher.edits = [old, DeliveryRejected("no access", code=50001)]
    await star(harness, job, BOB)
    await harness.worker.run_until_idle()
    await star(harness, job, 101)
    await harness.advance_and_run(599)
    assert shown(harness) == [1]
    await harness.advance_and_run(1)
    await harness.advance_and_run(HOUR)
    assert shown(harness) == [1, 2]
    await star(harness, job, 102)
    await harness.worker.run_until_idle()
    assert shown(harness) == [1, 2, 3]


async def test_a_removed_movie_is_not_shown_again(harness: WorkerHarness) -> None:
    job = await harness.make(0)
    await star(harness, job, BOB)
    await harness.database.write(removals.remove, job.id, AuditContext(ALICE, GUILD))
    await harness.worker.run_until_idle()
    assert (shown(harness), query(harness.path, "SELECT * FROM messages WHERE kind = 'movie'")) == ([], [])
