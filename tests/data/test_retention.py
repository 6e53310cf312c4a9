"""Texts that people wrote are deleted after RETENTION_DAYS."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.errors import StorageError
from bot.domain.credits import Month
from bot.domain.jobs import JobState, Still
from bot.domain.message import MessageKind
from bot.domain.orders import Quote
from bot.domain.quota import AuditContext
from bot.services.privacy import clear_old_data
from data import blocks, gifts, job_actions, messages, quotes, rankings, reconciliation, reports, retention, storyboards
from data.account_queries import member_adjustments
from data.database import Transaction
from tests.helpers.giving import allow_gifts
from tests.helpers.ledger_checks import assert_ledger_consistent, execute, query, snapshot
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, DAY, GUILD, NOW, StoreHarness, a_job

ENDED = (JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED)
FORGOTTEN = ("followers", "stars", "late_callbacks", "stills")


async def forget(store: StoreHarness, days: int, *, after_days: int, delivered: bool = True) -> None:
    if delivered:
        deliver(store)
    store.now = NOW + after_days * DAY
    await clear_old_data(store.database, store.clock, days)


def deliver(store: StoreHarness) -> None:
    sent = f"status = 'sent', sent_at = {NOW}, next_attempt_at = NULL"
    execute(store.place, f"UPDATE outbox SET {sent} WHERE status = 'pending'")


async def words(store: StoreHarness) -> dict[str, str]:
    return {row["id"]: row["prompt"] for row in query(store.place, "SELECT id, prompt FROM jobs")}


async def test_words_links_names_and_followers_go_in_time_once_the_movie_is_delivered(store: StoreHarness) -> None:
    """The member has paid for its link. Open jobs keep theirs. With 0 days, texts are kept forever."""
    for number, state in enumerate((*ENDED, JobState.RENDERING, JobState.QUEUED), start=1):
        job = replace(a_job(number, cost=10), member_name="Alice")
        if state is JobState.CANCELLED:
            await store.queued(job)
            await store.database.write(job_actions.follow, job.id, BOB)
            await store.database.write(job_actions.cancel, job.id, ALICE)
        else:
            await store.in_state(job, state)
    completed = a_job(1).id
    await store.database.write(rankings.toggle, completed, BOB, interaction_id=1)
    late = "INSERT INTO late_callbacks (job_id, received_at, request_id) VALUES (:job_id, :now, 'request-2')"
    await store.database.write(lambda tx: tx.execute(late, {"job_id": completed, "now": NOW}))
    await store.database.write(storyboards.save_stills, completed, [Still(1, "a balloon", "https://stills.test/1.png")])
    before = assert_ledger_consistent(store.place)
    await forget(store, 365, after_days=365, delivered=False)
    await forget(store, 0, after_days=10_000, delivered=False)
    assert set((await words(store)).values()) == {"a red balloon"}
    assert all(query(store.place, f"SELECT * FROM {table}") for table in FORGOTTEN)
    await forget(store, 1, after_days=2, delivered=False)
    assert [job for job, prompt in (await words(store)).items() if not prompt] == [a_job(3).id], "no message is due"
    await forget(store, 364, after_days=365)
    for row in query(store.place, "SELECT * FROM jobs"):
        if JobState(row["state"]) in ENDED:
            assert (row["prompt"], row["member_name"]) == ("", "")
            assert {row[column] for column in ("movie_url", "samsar_request_id", "upstream_message")} == {None}
            assert (row["callback_token_hash"], row["card_message_id"]) == (None, None)
            assert (row["member_id"], row["price_credits"], row["video_model"]) == (ALICE, 10, "LUMA")
        else:
            assert (row["prompt"], row["member_name"]) == ("a red balloon", "Alice")
    assert [row for table in FORGOTTEN for row in query(store.place, f"SELECT * FROM {table}")] == []
    assert assert_ledger_consistent(store.place) == before
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()


async def test_more_than_a_batch_is_cleared_step_by_step(store: StoreHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    for number in range(1, 6):
        await store.in_state(a_job(number, cost=10), JobState.COMPLETED)
    deliver(store)
    assert await store.database.write(retention.clear_old, "jobs", NOW + DAY) == 2
    assert sorted((await words(store)).values()) == ["", "", *["a red balloon"] * 3]
    await forget(store, 1, after_days=2)
    assert set((await words(store)).values()) == {""}


async def test_reasons_quotes_requests_and_past_decisions_go(store: StoreHarness) -> None:
    by = AuditContext(9, GUILD, "he was rude")
    await store.database.write(gifts.grant, ALICE, 100, by=by)
    await choose_staff_channel(store.database, by, 555, NOW)
    await store.decline_credits(ALICE, by=9)
    await store.database.write(blocks.block, ALICE, 1, by=by)
    await store.database.write(blocks.block, BOB, None, by=by)
    job = a_job(1)
    await store.database.write(quotes.save, Quote("q" * 13, GUILD, CHANNEL, ALICE, job.request, 10, NOW))
    written = snapshot(store.place)
    await forget(store, 31, after_days=31)
    assert snapshot(store.place) == written, "not before their time"
    await forget(store, 30, after_days=31)
    for table in ("audit_log", "ledger_entries"):
        assert {row["reason"] for row in query(store.place, f"SELECT reason FROM {table}")} == {""}
    assert query(store.place, "SELECT * FROM quotes") == []
    assert query(store.place, "SELECT * FROM credit_requests") == []
    left = query(store.place, "SELECT member_id, reason FROM member_blocks")
    assert left == [{"member_id": BOB, "reason": "he was rude"}]
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()


async def test_failures_that_staff_waived_stay_waived_in_their_month(store: StoreHarness) -> None:
    december = int(datetime(2026, 12, 1, tzinfo=UTC).timestamp() * 1000)
    waived = f"INSERT INTO failure_waivers (guild_id, member_id, waived_at) VALUES ({GUILD}, {ALICE}, {NOW})"
    execute(store.place, waived)
    for before, deleted in ((december - 1, 0), (december, 1)):
        assert await store.database.write(retention.clear_old, "failure_waivers", before) == deleted
        assert len(query(store.place, "SELECT 1 FROM failure_waivers")) == 1 - deleted


_PITCHED = """
INSERT INTO pitches (id, interaction_id, guild_id, channel_id, member_id, member_name, member_language, server_language,
    prompt, duration_seconds, video_model, image_model, aspect_ratio, price_credits, state, created_at, ends_at,
    ended_at, next_run_at)
VALUES (:id, :interaction_id, 1, 2, 3, '', 'de', 'de', '', 10, '', '', '16:9', 9, :state, 0, 1, :ended, :due)
"""
_PLEDGED = """
INSERT INTO pledges (pitch_id, member_id, guild_id, month, allowance, extra, state, created_at, ended_at,
    member_language, interaction_id) VALUES ('p1', 5, 1, '2026-11', 7, 0, 'returned', 5, 6, 'ja', :interaction_id)
"""
_REPORTED = """
INSERT INTO movie_reports (job_id, member_id, guild_id, reason, created_at, interaction_id)
VALUES (:job_id, 2, 1, '', 3, :interaction_id)
"""


def _interactions(store: StoreHarness) -> list[int | None]:
    """Return the interactions of every table, by table and id; each NULL or cleared one as None."""
    tables = ("jobs", "pitches", "pledges", "stars", "movie_reports", "audit_log")
    key = {"jobs": "id", "pitches": "id", "audit_log": "id"}
    found = [
        row["interaction_id"]
        for table in tables
        for row in query(store.place, f"SELECT interaction_id FROM {table} ORDER BY {key.get(table, 'created_at')}")
    ]
    return [each if each is not None and each > 0 else None for each in found]


async def test_interactions_are_forgotten_after_a_day_but_those_of_open_orders(store: StoreHarness) -> None:
    ids = [((NOW - 1_420_070_400_000) << 22) + number for number in range(9)]
    states = (JobState.COMPLETED, JobState.FAILED, JobState.RENDERING)
    jobs = [
        await store.in_state(replace(a_job(number, cost=10), interaction_id=ids[number]), state)
        for number, state in enumerate(states)
    ]

    def fill(tx: Transaction) -> None:
        tx.execute(_PITCHED, {"id": "p1", "interaction_id": ids[3], "state": "lapsed", "ended": 1, "due": None})
        tx.execute(_PITCHED, {"id": "p2", "interaction_id": ids[4], "state": "open", "ended": None, "due": 1})
        tx.execute(_PLEDGED, {"interaction_id": ids[5]})
        rankings.toggle(tx, jobs[0].id, BOB, interaction_id=ids[6])
        reported = "INSERT INTO reported_movies (job_id, guild_id, state, reported_at) VALUES (:id, 1, 'open', 2)"
        tx.execute(reported, {"id": jobs[0].id})
        tx.execute(_REPORTED, {"job_id": jobs[0].id, "interaction_id": ids[7]})

    await store.database.write(fill)
    await store.database.write(gifts.grant, ALICE, 100, by=AuditContext(9, GUILD, interaction_id=ids[8]))
    await forget(store, 0, after_days=1, delivered=False)
    assert _interactions(store) == ids
    await forget(store, 0, after_days=2, delivered=False)
    assert _interactions(store) == [*ids[:3], None, ids[4], *[None] * 4], "an end that is not told may need its card"
    await forget(store, 0, after_days=2)
    assert _interactions(store) == [None, None, ids[2], None, ids[4], *[None] * 4]


async def test_who_gave_to_whom_is_forgotten_and_gifts_stay_gifts(store: StoreHarness) -> None:
    await allow_gifts(store.database, GUILD, 100, NOW)
    await store.database.write(gifts.grant, ALICE, 80, by=AuditContext(9, GUILD))
    await store.database.write(gifts.give, BOB, 30, channel_id=CHANNEL, by=AuditContext(ALICE, GUILD))
    await store.database.write(lambda tx: tx.execute("UPDATE messages SET status = 'sent', due_at = NULL"))
    written = snapshot(store.place)

    async def partners() -> list[tuple[int, int | None]]:
        read = member_adjustments
        changes = [(await store.database.read(read, GUILD, member, 1))[0] for member in (ALICE, BOB)]
        return [(change.extra, change.partner_id) for change in changes]

    assert await partners() == [(-30, BOB), (30, ALICE)]
    await forget(store, 365, after_days=365)
    assert snapshot(store.place) == written, "not before its time"
    await forget(store, 365, after_days=366)
    assert query(store.place, "SELECT * FROM gifts") == []
    [given] = query(store.place, "SELECT actor_id FROM ledger_entries WHERE extra = 30")
    assert given["actor_id"] < 0
    noted = query(store.place, "SELECT actor_id, subject_id FROM audit_log WHERE action = 'gift'")
    assert noted == [{"actor_id": ALICE, "subject_id": 0}]
    assert await partners() == [(-30, 0), (30, 0)]
    assert (await store.database.read(reports.report, GUILD, Month.containing(NOW))).granted == 80
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()


async def test_what_members_were_told_goes_in_time_and_what_is_due_with_its_subject(store: StoreHarness) -> None:
    ended = await store.in_state(a_job(1, cost=10), JobState.COMPLETED)
    rendering = await store.rendering(a_job(2, cost=10))

    def fill(tx: Transaction) -> None:
        tx.execute(_PITCHED, {"id": "p1", "interaction_id": 1, "state": "lapsed", "ended": NOW, "due": None})
        tx.execute("UPDATE pitches SET prompt = 'a fox'")
        for kind, subject in ((MessageKind.FOLLOWED, ended.id), (MessageKind.LAPSED, "p1"), (MessageKind.GIFT, "g")):
            messages.announce(tx, kind, subject, BOB, GUILD)
        tx.execute("UPDATE messages SET status = 'sent', due_at = NULL WHERE kind = 'gift'")
        messages.announce(tx, MessageKind.FOLLOWED, rendering.id, BOB, GUILD)

    await store.database.write(fill)
    await forget(store, 30, after_days=30)
    assert len(query(store.place, "SELECT 1 FROM messages")) == 4, "not before their time"
    await forget(store, 30, after_days=31)
    assert [row["subject_id"] for row in query(store.place, "SELECT subject_id FROM messages")] == [rendering.id]


async def test_the_ledger_only_forgets(store: StoreHarness) -> None:
    """Only an id may become a pseudonym, and a reason empty. A new column must be named in the trigger."""
    await store.in_state(a_job(1), JobState.COMPLETED)
    [entry, _] = query(store.place, "SELECT * FROM ledger_entries ORDER BY id")

    def update(tx: Transaction, assignments: str) -> int:
        return tx.execute(f"UPDATE ledger_entries SET {assignments}")

    for change in (
        "member_id = 77",
        "actor_id = 77",
        "reason = 'another'",
        "member_id = -5, extra = 1",
        "guild_id = 77",
        "job_id = NULL",
        *(f"{column} = {column}" for column in entry.keys() - {"member_id", "actor_id", "reason"}),
    ):
        with pytest.raises(StorageError, match="append-only"):
            await store.database.write(update, change)
    assert await store.database.write(update, "member_id = -7, actor_id = -8, reason = ''") == 2
