"""A database with rows in every table, and what is in one."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from bot.domain.delivery import Delivery, NotificationType
from bot.domain.job import JobState
from bot.domain.quota import AuditContext, LimitScope
from bot.services.quotas import QuotaService
from bot.services.signals import Signals
from data import connect, outbox, renders
from data.database import Transaction
from data.leases import Lease
from data.table_copy import TABLES
from tests.helpers.ledger_checks import Row, query
from tests.helpers.store_harness import ALICE, BOB, DAY, GUILD, LIMITS, NOW, StoreHarness, a_job, a_message

PROMPT = "un ballon « rouge » \\N\t\\ \n über 海, %s :name 'it''s' \U0001f388"
"""What COPY, CSV and SQL have their own signs for."""

_ROWS = (
    "INSERT INTO followers (job_id, member_id) VALUES (:job, 5)",
    "INSERT INTO late_callbacks (job_id, received_at) VALUES (:job, 7)",
    """INSERT INTO quotes (id, guild_id, channel_id, member_id, prompt, duration_seconds, video_model, image_model,
    aspect_ratio, price_credits, created_at, accepted_job_id)
    VALUES ('q', 1, 2, 3, :prompt, 10, 'a', 'b', 'c', 9, 8, :job)""",
    """INSERT INTO member_preferences (member_id, duration_seconds, spoken_language, subtitles, tone)
    VALUES (9223372036854775807, 5, 'fr', 1, 'cinematic')""",
    "INSERT INTO member_blocks (guild_id, member_id, reason) VALUES (0, 5, '')",
    "INSERT INTO key_value (key, value) VALUES ('paused_at', '5')",
    "INSERT INTO server_policies (guild_id, monthly_credits) VALUES (1, 0)",
    """UPDATE guild_settings SET channels = '[1, 2]', roles = '[3]', video_models = '["LUMA"]',
    image_models = '["FLUX"]', longest_seconds = 60, default_video_model = 'LUMA', default_image_model = 'FLUX',
    default_seconds = 12, default_aspect_ratio = '9:16', chosen_language = 'ja', message_menu = 'off'""",
    "UPDATE audit_log SET setting = 'channels', setting_value = '[1, 2]' WHERE action = 'set_audit_channel'",
    "INSERT INTO failure_waivers (guild_id, member_id, waived_at) VALUES (1, 2, 3)",
    "INSERT INTO erasure_requests (member_id, id, requested_at) VALUES (77, 'a', 3)",
    "INSERT INTO erasures (id, erased_at, salt, digest) VALUES ('b', 3, NULL, NULL)",
    """INSERT INTO erased_accounts (month, digest, guild_id, spent, failed, blocked, blocked_until)
    VALUES ('2026-11', 'c', 1, 2, 3, 1, NULL)""",
    "INSERT INTO erasure_keys (month, key) VALUES ('2026-11', '0d')",
    "INSERT INTO departed_servers (guild_id, left_at) VALUES (11, 3)",
    "INSERT INTO refused_models (kind, model, refused_at, message) VALUES ('video', 'LUMA', 3, 'no')",
    """INSERT INTO credit_requests (id, guild_id, channel_id, member_id, day, credits, price_credits, member_language,
    state, created_at, decided_by, decided_at, log_channel_id, log_message_id, notice, next_attempt_at)
    VALUES ('r', 1, 2, 3, '2026-11-26', 300, 400, 'ja', 'granted', 4, 5, 6, 7, 8, 'pending', 9)""",
    """INSERT INTO processes (id, role, host, pid, version, started_at, shards, seen_at)
    VALUES ('p', 'all', 'h', 1, 'v', 1, '', 1)""",
    "UPDATE jobs SET prompt = :prompt, spoken_language = 'fr', subtitles = 0, tone = 'grounded' WHERE id = :job",
)


async def fill(url: str) -> None:
    """Write rows into every table of a migrated database: jobs in every state, a leased poll and a notification."""
    database = await connect.open_database(url)
    try:
        store = StoreHarness(database)
        quotas = QuotaService(database, LIMITS, lambda: NOW, Signals())
        by = AuditContext(ALICE, GUILD)
        await quotas.set_audit_channel(by, 555)
        await quotas.grant(by, ALICE, 5_000)
        await quotas.grant(by, BOB, 1_000)
        await quotas.set_limit(by, LimitScope.SERVER, 0, 100_000)
        await store.rendering(a_job(20, cost=10))
        await database.write(renders.complete, a_job(20).id, "https://movies.test/20.mp4", NOW)
        await database.write(
            outbox.mark_sent, Delivery(a_job(20).id, NotificationType.COMPLETED, 0), a_message(99), NOW
        )
        waiting = (JobState.QUEUED, JobState.RESERVED)  # a claim takes all that is queued
        for number, state in enumerate(sorted(JobState, key=waiting.__contains__), start=1):
            await store.in_state(a_job(number, BOB if number % 2 else ALICE, cost=10 * number), state)
        await database.write(_write_rest)
        lease = Lease("p", NOW + DAY)
        assert await database.write(renders.take_due_polls, NOW, 10, (), lease)
        assert await database.write(outbox.take_due, NOW + DAY, 10, (), tuple(NotificationType), lease)
    finally:
        await database.close()


def _write_rest(tx: Transaction) -> None:
    params = {"job": a_job(1).id, "prompt": PROMPT}
    for sql in _ROWS:
        tx.execute(sql, {name: value for name, value in params.items() if f":{name}" in sql})


def contents(url: str) -> dict[str, list[Row]]:
    """Return every row that a copy has, by table."""
    place = connect.sqlite_path(url) if url.startswith("sqlite:") else url
    found = {table: query(place, f"SELECT * FROM {table} ORDER BY {key}") for table, key in TABLES.items()}
    found["key_value"] = [row for row in found["key_value"] if row["key"] not in ("moved_to", "moved_from")]
    for row in (*found["jobs"], *found["outbox"]):
        row["leased_by"] = row["leased_until"] = None
    return found


def is_usable(url: str) -> bool:
    """Return whether a database has rows, and a start does not refuse it."""
    if url.startswith("sqlite:"):
        exists = connect.sqlite_path(url).exists()
    else:
        exists = query(url, "SELECT to_regclass('jobs') IS NOT NULL AS found")[0]["found"]
    return exists and bool(contents(url)["jobs"]) and departure(url) is None


def departure(url: str) -> str | None:
    """Return the record of where a database was moved to."""
    place: Path | str = connect.sqlite_path(url) if url.startswith("sqlite:") else url
    found = query(place, "SELECT value FROM key_value WHERE key = 'moved_to'")
    return found[0]["value"] if found else None


def settings_of(path: Path) -> tuple[str, int]:
    """Return a file's result of integrity_check, and the number of its broken references."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        [(finding,)] = connection.execute("PRAGMA integrity_check").fetchall()
        return finding, len(connection.execute("PRAGMA foreign_key_check").fetchall())
