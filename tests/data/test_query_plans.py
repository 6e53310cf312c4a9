"""Frequent queries use an index, however many rows there are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.domain.credits import Month
from bot.domain.pitch import PitchSort
from bot.domain.quote import Quote
from bot.domain.risk import RiskLimits
from data import (
    account_queries,
    approvals,
    audit_log,
    callbacks,
    credit_requests,
    failures,
    job_actions,
    job_queries,
    jobs,
    movie_reports,
    orders,
    outbox,
    pitch_messages,
    pitch_notices,
    pitches,
    quotes,
    renders,
    retention,
    risk,
    submissions,
)
from tests.helpers.due_work import due_notifications, due_polls
from tests.helpers.plans import plans
from tests.helpers.store_harness import ALICE, CHANNEL, GUILD, HOUR, NOW, StoreHarness, a_job

pytestmark = pytest.mark.sqlite

Operation = Callable[[StoreHarness], Awaitable[object]]

RISK = RiskLimits(5, 50, 1000, 600)

_LARGE = ("jobs", "ledger_entries", "outbox", "audit_log", "quotes")
"""Tables that grow with every movie and every change."""

QUERIES: dict[str, tuple[Operation, tuple[str, ...]]] = {
    "changes of a member": (lambda store: store.accounts.adjustments(GUILD, ALICE, 5), ("ledger_adjustments",)),
    "movements of a member": (
        lambda store: store.database.read(account_queries.member_entries, GUILD, ALICE, 5),
        ("ledger_by_member",),
    ),
    "receipts of a member": (
        lambda store: store.accounts.receipts(GUILD, ALICE, 5),
        ("jobs_by_member", "ledger_one_hold"),
    ),
    "claim": (
        lambda store: store.database.write(submissions.claim, NOW + 1, 4, 10, 2),
        ("jobs_queue", "jobs_in_progress", "jobs_queue_order"),
    ),
    "next submission": (lambda store: store.database.read(submissions.next_claimable_at, NOW), ("jobs_queue",)),
    "head of the queue": (lambda store: store.database.read(jobs.queue_head, 5), ("jobs_queue_order",)),
    "place in the queue": (lambda store: store.database.read(jobs.queue_position, a_job(2).id), ("jobs_queue_order",)),
    "own movies before it": (
        lambda store: store.database.read(jobs.own_ahead, a_job(2), NOW),
        ("jobs_open_by_member",),
    ),
    "old interactions": (
        lambda store: store.database.write(retention.clear_interactions, NOW),
        (
            "sqlite_autoindex_jobs_2",
            "sqlite_autoindex_audit_log_2",
            *("pledges_with_interaction", "stars_with_interaction", "movie_reports_with_interaction"),
        ),
    ),
    "old gifts": (
        lambda store: store.database.write(retention.clear_gifts, NOW),
        ("gifts_by_age", "audit_log_gifts"),
    ),
    "due polls": (lambda store: due_polls(store.database, NOW, 5, ()), ("jobs_polled",)),
    "next poll": (lambda store: store.database.read(renders.next_poll_at, NOW), ("jobs_polled",)),
    "due notifications": (lambda store: due_notifications(store.database, NOW, 5, ()), ("outbox_pending",)),
    "next notification": (lambda store: store.database.read(outbox.next_due_at, NOW), ("outbox_pending",)),
    "notifications retried early": (lambda store: store.database.write(outbox.retry_now, NOW), ("outbox_pending",)),
    "due audit lines": (lambda store: store.database.read(audit_log.due_entries, NOW, 5, ()), ("audit_log_pending",)),
    "next audit line": (lambda store: store.database.read(audit_log.next_due_at, NOW), ("audit_log_pending",)),
    "due answers": (
        lambda store: store.database.read(credit_requests.due_answers, NOW, 5, ()),
        ("credit_requests_pending",),
    ),
    "next answer": (lambda store: store.database.read(credit_requests.next_due_at, NOW), ("credit_requests_pending",)),
    "due reports": (
        lambda store: store.database.read(movie_reports.due, NOW, 5, ()),
        ("reported_movies_pending",),
    ),
    "next report": (lambda store: store.database.read(movie_reports.next_due_at, NOW), ("reported_movies_pending",)),
    "movies of a blocked member": (
        lambda store: store.database.read(job_actions.count_queued, GUILD, ALICE),
        ("jobs_open_by_",),
    ),
    "unanswered jobs": (
        lambda store: store.database.read(orders.unacknowledged, NOW - HOUR, NOW),
        ("jobs_reserved",),
    ),
    "orders that no staff approved in time": (
        lambda store: store.database.read(approvals.overdue, NOW),
        ("jobs_open",),
    ),
    "stalled submissions": (
        lambda store: store.database.read(submissions.stalled, NOW, before=NOW - HOUR),
        ("jobs_open",),
    ),
    "callback": (
        lambda store: store.database.write(callbacks.record_callback, "a hash", "an id", NOW),
        ("jobs_callback_token",),
    ),
    "several callbacks": (
        lambda store: store.database.read(job_queries.known_tokens, ["one", "two"]),
        ("jobs_callback_token",),
    ),
    "figures": (
        lambda store: store.database.read(job_queries.stats, NOW),
        ("jobs_open", "outbox_pending", "outbox_undeliverable"),
    ),
    "failures of a member": (
        lambda store: store.database.read(failures.failed_credits, ALICE, Month(2026, 11)),
        ("ledger_charged_by_member (month=? AND member_id=?)", "pitches_by_member", "ledger_by_pitch"),
    ),
    "members who are stopped": (
        lambda store: store.database.read(failures.stopped_members, Month(2026, 11), 600),
        ("ledger_charged_by_member",),
    ),
    "bounds of an order": (
        lambda store: store.database.read(risk.next_refusal, GUILD, ALICE, RISK, NOW),
        (
            "jobs_open_by_guild",
            "jobs_open_by_member",
            "jobs_cancelled_by_member",
            "ledger_charged_by_member",
            "ledger_taken_back",
        ),
    ),
    "charges of a server": (
        lambda store: store.database.read(failures.server_charges, GUILD, Month(2026, 11)),
        ("ledger_charged_besides",),
    ),
    "surplus quotes": (
        lambda store: store.database.write(quotes.save, Quote("q", GUILD, 1, ALICE, a_job(1).request, 1, NOW)),
        ("quotes_by_member",),
    ),
    "due pitches": (lambda store: store.database.read(pitches.due, NOW, 10), ("pitches_due",)),
    "a page of pitches": (
        lambda store: store.database.read(pitches.page, GUILD, ALICE, [CHANNEL], PitchSort.MISSING, 0, 10),
        ("pitches_open", "jobs_by_pitch"),
    ),
    "what pledgers are told": (
        lambda store: store.database.read(pitch_notices.due, NOW, 10, ()),
        ("pitch_notices_pending",),
    ),
    "messages of pitches": (lambda store: store.database.read(pitch_messages.due, NOW, 10, ()), ("pitches_messages",)),
    "checks of pitches": (
        lambda store: store.database.read(pitch_messages.due_checks, NOW, 10, ()),
        ("pitches_message_checks",),
    ),
    "pitches without a message": (
        lambda store: store.database.read(pitch_messages.unposted, NOW, NOW, 10),
        ("pitches_due",),
    ),
    "hold of a job": (
        lambda store: store.database.write(job_actions.cancel, a_job(2).id, ALICE, NOW),
        ("ledger_one_hold",),
    ),
}


@pytest.mark.parametrize("name", QUERIES)
async def test_a_frequent_query_names_its_index(store: StoreHarness, name: str) -> None:
    """A partial index serves only a query that repeats its words."""
    await store.rendering(a_job(1))
    await store.queued(a_job(2))
    operation, indexes = QUERIES[name]
    steps = await plans(store.database, lambda: operation(store))
    for index in indexes:
        assert any(index in step for step in steps), (index, steps)
    scans = [step for step in steps if step.split()[:2] in [["SCAN", each] for each in _LARGE]]
    assert [step for step in scans if "INDEX" not in step or "INDEX sqlite_autoindex" in step] == []


async def test_changes_of_a_member_are_found_without_walking_over_their_movies(store: StoreHarness) -> None:
    """The other side of a gift is found by its entry."""
    steps = await plans(store.database, lambda: store.accounts.adjustments(GUILD, ALICE, 5))
    assert steps[0] == "SEARCH ledger_entries USING INDEX ledger_adjustments (guild_id=? AND member_id=?)"
    assert not [step for step in steps if step.startswith("SCAN")]
