"""Frequent queries use an index, however many rows there are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.credits import Month
from bot.domain.delivery import NotificationType
from bot.domain.orders import OrderContext, Quote
from bot.domain.pitches import PitchSort
from bot.domain.request import Draft
from bot.domain.risk import RiskLimits
from data import (
    account_queries,
    approvals,
    audit_log,
    callbacks,
    erasure,
    failures,
    job_actions,
    jobs,
    messages,
    orders,
    outbox,
    pitches,
    quotes,
    rankings,
    renders,
    reports,
    restore_review,
    retention,
    risk,
    series,
    submissions,
)
from data.database import Transaction
from data.leases import Lease
from tests.helpers.at_time import under
from tests.helpers.plans import plans
from tests.helpers.store_harness import ALICE, CHANNEL, GUILD, HOUR, NOW, StoreHarness, a_job

pytestmark = pytest.mark.sqlite

Query = tuple[Callable[..., object], tuple[object, ...], tuple[str, ...]]

NOVEMBER = Month(2026, 11)
LEASE = Lease("a", NOW)
TYPES = tuple(NotificationType)
RISK = RiskLimits(5, 50, 1000, 600)
FAILED = ("ledger_charged_by_member (month=? AND member_id=?)", "pitches_by_member", "ledger_by_pitch")
OPEN = ("jobs_open_by_guild", "jobs_open_by_member", "jobs_cancelled_by_member")
INTERACTIONS = {
    "jobs": "sqlite_autoindex_jobs_2",
    "audit_log": "sqlite_autoindex_audit_log_2",
    **{table: f"{table}_with_interaction" for table in ("pledges", "stars", "movie_reports")},
}

_LARGE = ("jobs", "ledger_entries", "outbox", "audit_log", "quotes", "messages")
"""Tables that grow with every movie and every change."""


def stalled(tx: Transaction, before: int) -> object:
    return submissions.stalled(tx, before=before)


QUERIES: list[Query] = [
    (account_queries.member_adjustments, (GUILD, ALICE, 5), ("ledger_adjustments (guild_id=? AND member_id=?)",)),
    (account_queries.member_entries, (GUILD, ALICE, 5), ("ledger_by_member",)),
    (approvals.overdue, (), ("jobs_open",)),
    (audit_log.next_entry, (GUILD,), ("audit_log_pending",)),
    (callbacks.record_callback, ("a hash", "an id"), ("jobs_callback_token",)),
    (erasure.waiting_jobs, (ALICE,), ("jobs_open_by_member",)),
    (failures.failed_credits, (ALICE, NOVEMBER), FAILED),
    (failures.server_charges, (GUILD, NOVEMBER), ("ledger_charged_besides",)),
    (under(failures.stopped_members, risk=RISK), (), ("ledger_charged_by_member",)),
    (job_actions.cancel, (a_job(2).id, ALICE), ("ledger_one_hold",)),
    (job_actions.count_queued, (GUILD, ALICE), ("jobs_open_by_",)),
    (job_actions.known_tokens, (["one", "two"],), ("jobs_callback_token",)),
    (job_actions.stats, (), ("jobs_open", "outbox_pending", "outbox_undeliverable")),
    (jobs.queue_head, (5,), ("jobs_queue_order",)),
    (messages.due, (10, ()), ("USING COVERING INDEX messages_due", "USING INDEX messages_due")),
    (messages.next_due_at, (NOW,), ("messages_pending",)),
    (orders.unacknowledged, (NOW - HOUR,), ("jobs_reserved",)),
    (orders.waiting, (a_job(2),), ("jobs_open_by_member", "jobs_queue_order")),
    (outbox.next_due_at, (NOW,), ("outbox_pending",)),
    (outbox.retry_now, (), ("outbox_pending",)),
    (outbox.take_due, (5, (), TYPES, LEASE), ("outbox_pending",)),
    (pitches.unposted, (NOW, 10), ("pitches_due",)),
    (pitches.due, (10,), ("pitches_due",)),
    (pitches.page, (GUILD, ALICE, [CHANNEL], PitchSort.MISSING, 0, 10), ("pitches_open", "jobs_by_pitch")),
    (quotes.save, (Quote("q", GUILD, 1, ALICE, a_job(1).request, 1, NOW),), ("quotes_by_member",)),
    (rankings.read, (GUILD, NOVEMBER), ("ledger_by_month (month=? AND guild_id=?)", "jobs_completed_by_guild")),
    (renders.next_poll_at, (NOW,), ("jobs_polled",)),
    (renders.take_due_polls, (5, (), LEASE), ("jobs_polled",)),
    (reports.receipts_of_member, (GUILD, ALICE, 5, 0), ("jobs_by_member", "ledger_one_hold")),
    (retention.clear_gifts, (NOW,), ("gifts_by_age", "audit_log_gifts")),
    (retention.clear_old, ("messages", NOW), ("messages_by_age",)),
    *((retention.clear_interactions, (table, NOW), (index,)) for table, index in INTERACTIONS.items()),
    (
        orders.read,
        (OrderContext(5, GUILD, CHANNEL, ALICE), Draft("a fox")),
        (*FAILED, "jobs_unsuccessful_by_member", "jobs_by_member", "jobs_cancelled_by_member", "ledger_taken_back"),
    ),
    (under(risk.next_refusal, risk=RISK), (GUILD, ALICE), (*OPEN, "ledger_charged_by_member", "ledger_taken_back")),
    (series.versions, (a_job(1), ALICE), ("jobs_sources", "jobs_films")),
    (submissions.claim, (4, 10, 2), ("jobs_queue", "jobs_in_progress", "jobs_queue_order")),
    (submissions.next_claimable_at, (NOW,), ("jobs_queue",)),
    (stalled, (NOW - HOUR,), ("jobs_open",)),
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: f"{query[0].__module__}.{query[0].__name__}")
async def test_a_frequent_query_names_its_index(store: StoreHarness, query: Query) -> None:
    """A partial index serves only a query that repeats its words."""
    await store.rendering(a_job(1))
    await store.queued(a_job(2))
    function, arguments, indexes = query
    steps = await plans(store.database, lambda: store.database.write(function, *arguments))
    for index in indexes:
        assert any(index in step for step in steps), (index, steps)
    scans = [step for step in steps if step.split()[:2] in [["SCAN", each] for each in _LARGE]]
    assert [step for step in scans if "INDEX" not in step or "INDEX sqlite_autoindex" in step] == []


async def test_a_restore_reads_no_movie_that_has_ended_to_hold_what_has_not(store: StoreHarness) -> None:
    await store.rendering(a_job(1))
    steps = await plans(store.database, lambda: store.database.write(restore_review.hold_open_work))
    assert {"SCAN jobs", "SCAN outbox"}.isdisjoint(steps)
    assert {"jobs_open", "outbox_pending"} <= {word for step in steps for word in step.split()}
