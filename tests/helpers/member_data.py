"""Everything that the bot may store about one member."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bot.domain.delivery import NotificationType, PostedMessage, Venue
from bot.domain.jobs import EndReason, Job, JobState
from bot.domain.message import Delivery, SentMessage
from bot.domain.orders import Quote
from bot.domain.quota import AuditContext, LimitScope
from bot.services.privacy import PrivacyService
from bot.services.request_limits import LimitFactory
from data import blocks, budgets, erasure, gifts, job_actions, outbox, pitch_ends, quotes, renders
from data.database import Database, Transaction
from data.erasure import ErasureRecord
from data.personal import PERSONAL
from tests.helpers.at_time import at_time
from tests.helpers.clock import ManualClock
from tests.helpers.giving import allow_gifts
from tests.helpers.ledger_checks import Place, one_connection, query
from tests.helpers.personal_columns import OWN, WORDS
from tests.helpers.store_harness import BOB, CHANNEL, GUILD, NOW, StoreHarness, a_job

ADA = 123_456_789_012_345_678
DANA = 234_567_890_123_456_789
ROLE, CARD, SENT, INTERACTION = (345_678_901_234_567_000 + number for number in range(4))
OTHER_GUILD = 11

NAME, PROMPT, URL = "Ada Lovelace", "electric looms weave numbers", "https://movies.test/ada.mp4"
REASON, DETAIL, REQUEST, HASH = "she was rude", "your looms are refused", "request-of-ada", "hash-of-ada"

MARKS = (ADA, NAME, PROMPT, URL, ROLE, CARD, SENT, INTERACTION, REASON, DETAIL, REQUEST, HASH)

_EXTRA_ROWS = (
    """UPDATE jobs SET role_ids = :role, card_message_id = :card, callback_token_hash = :hash,
    unverified_request_id = :request, samsar_request_id = :request WHERE id = :id""",
    "INSERT INTO late_callbacks (job_id, received_at, request_id) VALUES (:id, 7, :request)",
    "INSERT INTO stills (job_id, scene, words, url) VALUES (:id, 1, :prompt, :prompt)",
    "INSERT INTO pictures (id, member_id, created_at, type, bytes) VALUES ('i.1', :member, 7, 'png', 8)",
    "INSERT INTO picture_parts (picture_id, number, content) VALUES ('i.1', 0, 'cGljdHVyZQ==')",
    """INSERT INTO stars (job_id, member_id, guild_id, given, created_at, interaction_id)
    VALUES (:decided, :member, 10, 1, 7, :interaction)""",
    "INSERT INTO stars (job_id, member_id, guild_id, given, created_at, interaction_id) VALUES (:id, 9, 10, 1, 7, 8)",
    "INSERT INTO failure_waivers (guild_id, member_id, waived_at) VALUES (9, :member, 3)",
    "INSERT INTO starter_movies (guild_id, member_id) VALUES (9, :member)",
    """INSERT INTO credit_requests (id, guild_id, channel_id, member_id, day, credits, price_credits, member_language,
    state, created_at, decided_by) VALUES ('r1', 9, 9, :member, '2026-11-10', 5, 5, 'fr', 'granted', 7, 9)""",
    """INSERT INTO credit_requests (id, guild_id, channel_id, member_id, day, credits, price_credits, member_language,
    state, created_at, decided_by) VALUES ('r2', 9, 9, 9, '2026-11-10', 5, 5, 'fr', 'granted', 7, :member)""",
    """INSERT INTO reported_movies (job_id, guild_id, state, reported_at, decided_by, decided_at, blocked_by)
    VALUES (:id, 9, 'dismissed', 7, :member, 7, :member)""",
    """INSERT INTO movie_reports (job_id, member_id, guild_id, reason, created_at, interaction_id)
    VALUES (:id, :member, 9, :reason, 7, :interaction)""",
    "UPDATE jobs SET decline_reason = :reason, staff_channel_id = :card, staff_message_id = :card WHERE id = :id",
    "UPDATE jobs SET decided_by = :member, decline_reason = :reason WHERE id = :decided",
    """INSERT INTO pitches (id, interaction_id, guild_id, channel_id, message_id, member_id, member_name,
    member_language, server_language, prompt, duration_seconds, video_model, image_model, aspect_ratio, price_credits,
    state, created_at, ends_at, next_run_at) VALUES ('pitch', :interaction, 9, 2, 3, :member, :name, 'fr', 'fr',
    :prompt, 10, 'LUMA', 'FLUX1.1PRO', '16:9', 100, 'open', 5, 9999999999999, 9999999999999)""",
    """INSERT INTO pledges (pitch_id, member_id, guild_id, month, allowance, extra, state, created_at, ended_at,
    member_language, interaction_id)
    VALUES ('pitch', :member, 9, '2026-11', 7, 0, 'returned', 5, 6, 'fr', :interaction)""",
    """INSERT INTO ledger_entries (id, created_at, entry_type, guild_id, member_id, month, allowance, pitch_id)
    VALUES ('p1', 5, 'pledge', 9, :member, '2026-11', 7, 'pitch'),
    ('p2', 6, 'unpledge', 9, :member, '2026-11', 7, 'pitch')""",
    "INSERT INTO pitch_votes (pitch_id, member_id) VALUES ('pitch', :member)",
    """INSERT INTO messages (subject_id, kind, member_id, guild_id, credits, nonce, status, due_since, due_at)
    VALUES ('pitch', 'lapsed', :member, 9, 7, 'n', 'pending', 6, 6)""",
    "UPDATE audit_log SET interaction_id = :interaction WHERE actor_id = :member AND action = 'grant'",
)


def ada_job(number: int, *, cost: int = 10, guild: int = GUILD, at: int = NOW) -> Job:
    job = a_job(number, ADA, cost=cost, guild=guild, at=at)
    return replace(
        job, member_name=NAME, interaction_id=INTERACTION + 1000 * number, request=replace(job.request, prompt=PROMPT)
    )


async def fill_member(store: StoreHarness) -> None:
    database = store.database
    by_dana, by_ada = AuditContext(DANA, GUILD, REASON), AuditContext(ADA, GUILD, REASON)
    await database.write(gifts.grant, ADA, 50, by=by_dana)
    await database.write(budgets.set_limit, LimitScope.MEMBER, ADA, 500, by=by_dana)
    await database.write(gifts.grant, BOB, 50, by=by_ada)
    await allow_gifts(database, GUILD, 50, NOW)
    await database.write(gifts.give, BOB, 5, channel_id=CHANNEL, by=AuditContext(ADA, GUILD))
    await database.write(gifts.give, ADA, 5, channel_id=CHANNEL, by=AuditContext(BOB, GUILD))
    await _ended(store, replace(ada_job(1), interaction_id=INTERACTION), JobState.COMPLETED)
    await _ended(store, ada_job(2, guild=OTHER_GUILD), JobState.FAILED)
    await _ended(store, ada_job(3), JobState.CANCELLED)
    await store.queued(a_job(9, BOB, cost=10))
    await database.write(job_actions.follow, a_job(9).id, ADA)
    await database.write(quotes.save, Quote("q" * 13, GUILD, CHANNEL, ADA, ada_job(4).request, 10, NOW))
    await LimitFactory(ManualClock(NOW), database).limit("order", 1, 5).try_acquire(ADA)
    await database.write(_write_extra_rows)
    await database.write(blocks.block, ADA, None, by=by_dana)
    await database.write(_mark_rest, every_column(store.place))


async def _ended(store: StoreHarness, job: Job, state: JobState) -> None:
    database = store.database
    if state is JobState.CANCELLED:
        await store.in_state(job, state)
        return
    await store.rendering(job)
    if state is JobState.COMPLETED:
        await database.write(renders.complete, job.id, URL)
    else:
        await database.write(renders.fail, job.id, EndReason.UPSTREAM_FAILED, DETAIL, upstream_charged=True)
    await deliver(database, job, NotificationType(state.value))


async def deliver(database: Database, job: Job, type_: NotificationType) -> None:
    sent = SentMessage(PostedMessage(SENT, SENT, Venue.DIRECT))
    await database.write(outbox.mark_sent, Delivery(job, type_, 0), sent)


def _write_extra_rows(tx: Transaction) -> None:
    values = {
        "id": ada_job(1).id,
        "decided": a_job(9).id,
        "role": str(ROLE),
        "card": CARD,
        "hash": HASH,
        "request": REQUEST,
        "member": ADA,
        "interaction": INTERACTION,
        "reason": REASON,
        "name": NAME,
        "prompt": PROMPT,
    }
    for sql in _EXTRA_ROWS:
        tx.execute(sql, {name: value for name, value in values.items() if f":{name}" in sql})


def _mark_rest(tx: Transaction, types: Mapping[tuple[str, str], str]) -> None:
    """Give each personal column that has no mark yet one, in a row of the member."""
    for table, column in sorted(OWN | WORDS):
        values = [str(row[0]) for row in tx.fetch_all(f"SELECT {column} FROM {table}")]
        if not any(str(mark) in value for value in values for mark in MARKS):
            mine = " OR ".join(f"{each} = {ADA}" for each in PERSONAL[table].named)
            mark = ADA if (table, column) in OWN else DETAIL if types[table, column].lower() == "text" else INTERACTION
            tx.execute(f"UPDATE {table} SET {column} = :mark WHERE {mine}", {"mark": mark})


def traces(place: Place, *marks: object) -> set[tuple[str, str]]:
    """Return the columns, whatever their classification, that contain one of these."""
    with one_connection(place):
        return {
            (table, column)
            for table in {table for table, _ in every_column(place)}
            for row in query(place, f"SELECT * FROM {table}")
            for column, value in row.items()
            if any(str(mark) in str(value) for mark in marks)
        }


def every_column(place: Place) -> dict[tuple[str, str], str]:
    """Return the types of the schema's columns, by table and column."""
    sql = (
        "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
        if isinstance(place, str)
        else "SELECT tables.name AS table_name, columns.name AS column_name, columns.type AS data_type"
        " FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns"
        " WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'"
    )
    return {(row["table_name"], row["column_name"]): row["data_type"] for row in query(place, sql)}


def privacy_service(store: StoreHarness, folder: Path, file: Path | None = None) -> PrivacyService:
    """Return the service that exports and erases. The backups are in `folder`; `file` is a database with a log."""
    return PrivacyService(store.database, store.clock, folder, file, LimitFactory(store.clock))


async def erase(database: Database, member: int = ADA, now: int = NOW, *, deletes_messages: bool = False) -> bool:
    requested = await database.write(at_time(now, erasure.request), member, deletes_messages=deletes_messages)
    for job in await database.read(erasure.waiting_jobs, member):
        await database.write(at_time(now, erasure.cancel), job)
    await database.write(at_time(now, pitch_ends.drop_member), member)
    record = ErasureRecord.of(requested.id, member, now)
    return not await database.write(at_time(now, erasure.erase), record, member)
