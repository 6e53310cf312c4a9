"""Late callbacks, recorded once if the job's end was a guess."""

from __future__ import annotations

import pytest

from bot.domain.callback_token import LateCallback
from bot.domain.job import EndReason
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext
from data import callbacks, job_actions, job_queries, renders, submissions
from data.audit_log import AuditEvent
from tests.helpers.ledger_checks import query
from tests.helpers.store_harness import ALICE, GUILD, NOW, StoreHarness, a_job

JOB = a_job(1)


async def digest_of_claimed(store: StoreHarness) -> str:
    """Claim the job, and return the hash of its callback's secret."""
    await store.queued(JOB)
    [(_, secret)] = await store.database.write(submissions.claim, NOW, 1, 1000, 1000)
    return secret.hash


async def test_a_callback_for_a_job_that_the_operator_ended_is_recorded_once(store: StoreHarness) -> None:
    """The record keeps the first callback's request id.

    The job and its credits stay as they are.
    """
    digest = await digest_of_claimed(store)
    await store.database.write(submissions.mark_unknown, JOB.id, NOW)
    by = AuditEvent(AuditContext(SYSTEM_ACTOR_ID, GUILD), AuditAction.JOB_RESOLVED, ALICE, None, NOW)
    assert await store.database.write(callbacks.record_late_callback, digest, "request-1", NOW) is None, (
        "it has not ended"
    )
    ended = await store.database.write(renders.resolve_failed, JOB.id, by, upstream_charged=False)
    assert await store.database.write(callbacks.record_late_callback, digest, "request-1", NOW + 1) == JOB.id
    assert await store.database.write(callbacks.record_late_callback, digest, "request-2", NOW + 2) is None
    assert await store.database.read(job_queries.late_callback, JOB.id) == LateCallback(NOW + 1, "request-1")
    assert await store.found(JOB.id) == ended


@pytest.mark.parametrize(
    ("reason", "recorded"),
    [(EndReason.UPSTREAM_LOST_JOB, True), (EndReason.UPSTREAM_FAILED, False), (EndReason.CREDITS_RAN_OUT, False)],
)
async def test_a_callback_is_recorded_unless_the_api_itself_called_the_job_failed(
    store: StoreHarness, reason: EndReason, *, recorded: bool
) -> None:
    """The API may call back for a movie that it had forgotten."""
    digest = await digest_of_claimed(store)
    await store.database.write(submissions.mark_rendering, JOB.id, "request-1", NOW, NOW)
    await store.database.write(renders.fail, JOB.id, reason, None, NOW, upstream_charged=True)
    assert (await store.database.write(callbacks.record_late_callback, digest, None, NOW) == JOB.id) is recorded
    assert (await store.database.read(job_queries.late_callback, JOB.id) is not None) is recorded


async def test_a_callback_for_a_finished_movie_or_an_unknown_secret_is_not_recorded(store: StoreHarness) -> None:
    """The API calls back for every movie that it finishes."""
    digest = await digest_of_claimed(store)
    await store.database.write(submissions.mark_rendering, JOB.id, "request-1", NOW, NOW)
    await store.database.write(renders.complete, JOB.id, "https://x/1.mp4", NOW)
    for each in (digest, "0" * 64, ""):
        assert await store.database.write(callbacks.record_late_callback, each, "request-1", NOW) is None
    assert query(store.place, "SELECT * FROM late_callbacks") == []


async def test_a_callback_for_a_movie_that_its_member_cancelled_is_not_recorded(store: StoreHarness) -> None:
    """The API may call back for that, too."""
    digest = await digest_of_claimed(store)
    await store.database.write(submissions.mark_rendering, JOB.id, "request-1", NOW, NOW)
    await store.database.write(job_actions.request_cancel, JOB.id, ALICE, NOW)
    assert await store.database.write(renders.end_cancelled, JOB.id, 10, NOW, None) is not None
    assert await store.database.write(callbacks.record_late_callback, digest, "request-1", NOW) is None
