"""Deletions: retried until Discord has deleted the message, or forbids it."""

from __future__ import annotations

import pytest

from bot.domain.delivery import MoviePlace, PostedMessage
from bot.domain.job import JobState
from bot.domain.language import Language
from bot.domain.quota import AuditContext
from bot.errors import DeliveryDeferred, DeliveryRejected
from data import message_deletions, removals
from tests.helpers.fakes import COMPLETED
from tests.helpers.ledger_checks import execute, query
from tests.helpers.worker_harness import CHANNEL, WorkerHarness

CARD = PostedMessage(CHANNEL, 77)


def waiting(harness: WorkerHarness) -> int:
    return len(query(harness.path, "SELECT * FROM message_deletions"))


async def test_what_can_not_be_deleted_gets_its_title_in_the_servers_language(harness: WorkerHarness) -> None:
    await harness.queue()
    execute(harness.path, "UPDATE jobs SET server_language = 'fr'")
    harness.api.statuses["request-1"] = [COMPLETED]
    await harness.worker.run_until_idle()
    await harness.advance_and_run(5)
    assert harness.publisher.deletion_languages == [Language.FRENCH]


async def test_a_process_that_dies_before_the_record_leaves_it_to_the_next_one(harness: WorkerHarness) -> None:
    """A second deletion does no harm, because the message is gone."""
    with harness.fail_writes(message_deletions.finish):
        await harness.finish()
    assert (harness.publisher.deleted, waiting(harness)) == ([CARD], 1)
    await harness.restart()
    await harness.worker.run_until_idle()
    assert (harness.publisher.deleted, waiting(harness)) == ([CARD, CARD], 0)


async def test_two_processes_beside_each_other_delete_a_card_once(harness: WorkerHarness) -> None:
    harness.publisher.deletions = [DeliveryDeferred("503")]
    await harness.finish()
    other = harness.new_worker(beside=True)
    await harness.clock.advance(5)
    await other.run_until_idle()
    await harness.worker.run_until_idle()
    assert harness.publisher.deleted == [CARD]


@pytest.mark.parametrize("error", [DeliveryRejected("no access"), DeliveryDeferred("a proxy's 403")])
async def test_a_card_that_cannot_be_deleted_says_how_it_ended(
    harness: WorkerHarness, error: DeliveryDeferred | DeliveryRejected
) -> None:
    harness.publisher.deletions = [error] * 51
    await harness.finish()
    while waiting(harness):
        await harness.advance_and_run(3600)
    assert harness.publisher.deleted == []
    assert (harness.publisher.shown[-1].state, harness.publisher.places[-1]) == (JobState.COMPLETED, MoviePlace.CHANNEL)


DAY = 24 * 3600
FORBIDDEN = DeliveryRejected("no access", code=50001)


async def removed(harness: WorkerHarness, *errors: Exception) -> None:
    await harness.finish()
    harness.publisher.deleted.clear()
    harness.publisher.deletions = [*errors]
    [job] = query(harness.path, "SELECT id FROM jobs")
    by = AuditContext(7, 1)
    assert await harness.database.write(removals.remove, job["id"], by, harness.clock.now())
    await harness.worker.run_until_idle()


def told(harness: WorkerHarness) -> list[str]:
    rows = query(harness.path, "SELECT action FROM audit_log WHERE actor_id = 0 ORDER BY id")
    return [row["action"] for row in rows]


async def test_a_removed_movie_is_deleted_once_the_permission_is_back(harness: WorkerHarness) -> None:
    await removed(harness, *[FORBIDDEN] * 20)
    for _ in range(9):
        await harness.advance_and_run(3600)
    assert (harness.publisher.deletions, waiting(harness)) == ([], 2)
    await harness.advance_and_run(3600)
    assert (len(harness.publisher.deleted), waiting(harness)) == (2, 0)
    assert set(told(harness)) == {"deletion_refused"}
    assert len(told(harness)) == 2


@pytest.mark.parametrize("error", [FORBIDDEN, DeliveryDeferred("a proxy's 403")])
async def test_after_a_month_the_staff_are_told_that_a_movie_is_still_there(
    harness: WorkerHarness, error: DeliveryDeferred | DeliveryRejected
) -> None:
    await removed(harness, *[error] * 120)
    for _ in range(55):
        await harness.advance_and_run(3600)
    for days, left in ((29 - 55 / 24, 2), (1.1, 0)):
        await harness.advance_and_run(days * DAY)
        assert (waiting(harness), told(harness).count("deletion_given_up")) == (left, 2 - left)
    assert told(harness)[-2:] == ["deletion_given_up"] * 2


async def test_a_message_whose_channel_is_gone_is_gone(harness: WorkerHarness) -> None:
    await removed(harness, *[DeliveryRejected("unknown channel", code=10003)] * 2)
    assert (waiting(harness), told(harness)) == (0, [])
