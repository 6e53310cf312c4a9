"""What the bot asks again and again is found by an index, however many rows there are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from data import audit_log, callbacks, job_actions, job_queries, jobs, ledger, orders, outbox, renders, submissions
from tests.helpers.plans import plans
from tests.helpers.store_harness import ALICE, GUILD, HOUR, NOW, StoreHarness, a_job

Operation = Callable[[StoreHarness], Awaitable[object]]

_LARGE = ("jobs", "ledger_entries", "outbox", "audit_log", "quotes")
"""Tables that grow with every movie and every change."""

QUERIES: dict[str, tuple[Operation, tuple[str, ...]]] = {
    "changes of a member": (lambda desk: desk.accounts.adjustments(GUILD, ALICE, 5), ("ledger_adjustments",)),
    "movements of a member": (
        lambda desk: desk.database.read(ledger.member_entries, GUILD, ALICE, 5),
        ("ledger_by_member",),
    ),
    "receipts of a member": (
        lambda desk: desk.accounts.receipts(GUILD, ALICE, 5),
        ("jobs_by_member", "ledger_one_hold"),
    ),
    "claim": (
        lambda desk: desk.database.write(submissions.claim, NOW + 1, 4, 10, 2),
        ("jobs_queue", "jobs_in_progress", "jobs_queue_order"),
    ),
    "next submission": (lambda desk: desk.database.read(submissions.next_claimable_at, NOW), ("jobs_queue",)),
    "head of the queue": (lambda desk: desk.database.read(jobs.queue_head, 5), ("jobs_queue_order",)),
    "place in the queue": (lambda desk: desk.database.read(jobs.queue_position, a_job(2).id), ("jobs_queue_order",)),
    "due polls": (lambda desk: desk.database.read(renders.due_polls, NOW, 5, ()), ("jobs_polled",)),
    "next poll": (lambda desk: desk.database.read(renders.next_poll_at, NOW), ("jobs_polled",)),
    "due notifications": (lambda desk: desk.database.read(outbox.due, NOW, 5, ()), ("outbox_pending",)),
    "next notification": (lambda desk: desk.database.read(outbox.next_due_at, NOW), ("outbox_pending",)),
    "notifications retried early": (lambda desk: desk.database.write(outbox.retry_now, NOW), ("outbox_pending",)),
    "due audit lines": (lambda desk: desk.database.read(audit_log.due_entries, NOW, 5, ()), ("audit_log_pending",)),
    "next audit line": (lambda desk: desk.database.read(audit_log.next_due_at, NOW), ("audit_log_pending",)),
    "unanswered jobs": (
        lambda desk: desk.database.write(orders.void_unacknowledged, NOW - HOUR, NOW),
        ("jobs_reserved",),
    ),
    "stalled submissions": (
        lambda desk: desk.database.write(submissions.recover_stalled, NOW, before=NOW - HOUR),
        ("jobs_open",),
    ),
    "callback": (
        lambda desk: desk.database.write(callbacks.record_callback, "a hash", "an id", NOW),
        ("jobs_callback_token",),
    ),
    "several callbacks": (
        lambda desk: desk.database.read(job_queries.known_tokens, ["one", "two"]),
        ("jobs_callback_token",),
    ),
    "figures": (
        lambda desk: desk.database.read(job_queries.stats, NOW),
        ("jobs_open", "outbox_pending", "outbox_undeliverable"),
    ),
    "hold of a job": (
        lambda desk: desk.database.write(job_actions.cancel, a_job(2).id, ALICE, NOW),
        ("ledger_one_hold",),
    ),
}


@pytest.mark.parametrize("name", QUERIES)
async def test_a_frequent_query_names_its_index(desk: StoreHarness, name: str) -> None:
    """And walks over no table that grows: a partial index serves only a query that repeats its words."""
    await desk.rendering(a_job(1))
    await desk.queued(a_job(2))
    operation, indexes = QUERIES[name]
    steps = await plans(desk.database, lambda: operation(desk))
    for index in indexes:
        assert any(index in step for step in steps), (index, steps)
    walked = [step for step in steps if "INDEX" not in step and step.split()[:2] in [["SCAN", each] for each in _LARGE]]
    assert walked == []


async def test_changes_of_a_member_are_found_without_walking_over_their_movies(desk: StoreHarness) -> None:
    """No step but the partial index of changes: a member of many movies has few of them."""
    steps = await plans(desk.database, lambda: desk.accounts.adjustments(GUILD, ALICE, 5))
    assert steps == ["SEARCH ledger_entries USING INDEX ledger_adjustments (guild_id=? AND member_id=?)"]
