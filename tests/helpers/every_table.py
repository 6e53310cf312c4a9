"""A database with rows in every table, and its reader."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from bot.domain.delivery import NotificationType
from bot.domain.jobs import JobState
from bot.domain.message import Delivery
from bot.domain.quota import AuditContext, LimitScope
from data import budgets, gifts, outbox, renders
from data.database import Transaction, sqlite_path
from data.engine.table_copy import TABLES
from data.leases import Lease
from data.storage import engines
from tests.helpers.at_time import at_time
from tests.helpers.giving import allow_gifts
from tests.helpers.ledger_checks import Row, one_connection, query
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, DAY, GUILD, NOW, StoreHarness, a_job, a_message

PROMPT = "un ballon « rouge » \\N\t\\ \n über 海, %s :name 'it''s' \U0001f388"
"""Characters with a meaning in COPY, CSV and SQL."""

_ROWS = (
    "INSERT INTO stars (job_id, member_id, guild_id, given, created_at, interaction_id) VALUES (:job, 5, 1, 1, 2, 3)",
    "INSERT INTO followers (job_id, member_id) VALUES (:job, 5)",
    "INSERT INTO late_callbacks (job_id, received_at) VALUES (:job, 7)",
    "INSERT INTO stills (job_id, scene, words, url) VALUES (:job, 1, :prompt, 'https://stills.test/1.png')",
    """INSERT INTO quotes (id, guild_id, channel_id, member_id, prompt, duration_seconds, video_model, image_model,
    aspect_ratio, price_credits, created_at, accepted_job_id)
    VALUES ('q', 1, 2, 3, :prompt, 10, 'a', 'b', 'c', 9, 8, :job)""",
    """INSERT INTO pictures (id, member_id, created_at, type, bytes, claim) VALUES ('i.1', 5, 6, 'png', 7, 'c')""",
    "INSERT INTO picture_parts (picture_id, number, content) VALUES ('i.1', 0, 'cGljdHVyZQ==')",
    """INSERT INTO member_preferences (member_id, duration_seconds, spoken_language, subtitles, tone, unlisted, music,
    voice) VALUES (9223372036854775807, 5, 'fr', 1, 'cinematic', 1, 'LYRIA3', 'nova')""",
    "INSERT INTO member_blocks (guild_id, member_id, reason, is_timeout) VALUES (0, 5, '', 1)",
    "INSERT INTO key_value (key, value) VALUES ('paused_at', '5')",
    "INSERT INTO server_policies (guild_id, monthly_credits) VALUES (1, 0)",
    """UPDATE guild_settings SET settings = :settings, chosen_language = 'ja', gallery_channel_id = 556,
    gallery_failed_at = 5, gallery_stars = 3, age = 'spoiler', starter_credits = 200""",
    "INSERT INTO starter_movies (guild_id, member_id, entry_id) VALUES (1, 2, 's')",
    "UPDATE audit_log SET setting = 'channels', setting_value = '[1, 2]' WHERE action = 'change_setting'",
    """UPDATE audit_log SET rule_category = 'own', rule = 'a ... b', reason = 'a bit of b'
    WHERE action = 'set_server_limit'""",
    "INSERT INTO failure_waivers (guild_id, member_id, waived_at) VALUES (1, 2, 3)",
    "INSERT INTO erasure_requests (member_id, id, requested_at) VALUES (77, 'a', 3)",
    "INSERT INTO erasures (id, erased_at, salt, digest) VALUES ('b', 3, NULL, NULL)",
    "INSERT INTO erased_accounts (month, digest, guild_id, spent, failed) VALUES ('2026-11', 'c', 1, 2, 3)",
    "INSERT INTO erased_decisions (month, digest, guild_id, kind, credits) VALUES ('', 'c', 1, 'limit', 0)",
    """INSERT INTO erased_events (month, digest, kind, guild_id, happened_at, times)
    VALUES ('2026-11', 'c', 'cancellation', 0, 2, 3)""",
    "INSERT INTO erasure_keys (month, key) VALUES ('2026-11', '0d')",
    "INSERT INTO departed_servers (guild_id, left_at) VALUES (11, 3)",
    "INSERT INTO present_servers (guild_id) VALUES (12)",
    "INSERT INTO refused_models (kind, model, refused_at, message) VALUES ('video', 'LUMA', 3, 'no')",
    """INSERT INTO catalogue_differences (kind, model, listed_price)
    VALUES ('video', 'VEO', 70), ('image', 'FLUX', NULL)""",
    """INSERT INTO credit_requests (id, guild_id, channel_id, member_id, day, credits, price_credits, member_language,
    state, created_at, decided_by, decided_at, log_channel_id, log_message_id)
    VALUES ('r', 1, 2, 3, '2026-11-26', 300, 400, 'ja', 'granted', 4, 5, 6, 7, 8)""",
    """INSERT INTO reported_movies (job_id, guild_id, state, reported_at, decided_by, decided_at, blocked_by,
    staff_message_channel_id, staff_message_id) VALUES (:job, 1, 'dismissed', 2, 3, 4, 5, 6, 7)""",
    """INSERT INTO movie_reports (job_id, member_id, guild_id, reason, created_at, interaction_id)
    VALUES (:job, 2, 1, :prompt, 3, 4)""",
    """INSERT INTO pitches (id, interaction_id, guild_id, channel_id, message_id, member_id, member_name,
    member_language, server_language, prompt, duration_seconds, video_model, image_model, aspect_ratio, spoken_language,
    subtitles, tone, music, voice, price_credits, state, end_reason, created_at, ends_at, ended_at, waiting_since,
    continues_id, parent_channel_id, age_restricted)
    VALUES ('p', 5, 1, 2, 3, 4, 'al', 'ja', 'de', :prompt, 10, 'LUMA', 'FLUX', '16:9', 'fr', 1, 'grounded',
    'LYRIA3', 'nova', 100, 'lapsed', 'lapsed', 5, 6, 6, 5, 'c', 9, 0)""",
    """INSERT INTO ledger_entries (id, created_at, entry_type, guild_id, member_id, month, allowance, pitch_id)
    VALUES ('p1', 5, 'pledge', 1, 5, '2026-11', 7, 'p'), ('p2', 6, 'unpledge', 1, 5, '2026-11', 7, 'p')""",
    "INSERT INTO past_gifts (entry_id) VALUES ('p1')",
    """INSERT INTO pledges (pitch_id, member_id, guild_id, month, allowance, extra, state, created_at, ended_at,
    member_language, interaction_id) VALUES ('p', 5, 1, '2026-11', 7, 0, 'returned', 5, 6, 'ja', 8)""",
    "INSERT INTO pitch_votes (pitch_id, member_id) VALUES ('p', 5)",
    """INSERT INTO messages (subject_id, kind, member_id, guild_id, credits, reason, nonce, status, due_since, due_at)
    VALUES ('p', 'returned', 5, 1, 7, 'lapsed', 'n', 'pending', 6, 6)""",
    """INSERT INTO movie_nights (id, guild_id, week, starts_at, state, channel_id, venue, message_id, created_at)
    VALUES ('n', 1, '2026-W48', 2, 'posted', 3, 'gallery', 4, 5)""",
    "INSERT INTO movie_night_movies (night_id, place, job_id, stars) VALUES ('n', 1, :job, 2)",
    """INSERT INTO processes (id, role, host, pid, version, started_at, shards, seen_at)
    VALUES ('p', 'all', 'h', 1, 'v', 1, '', 1)""",
    """UPDATE jobs SET prompt = :prompt, spoken_language = 'fr', subtitles = 0, tone = 'grounded', music = 'LYRIA3',
    voice = 'nova', decided_by = 5, decline_reason = 'no', continues_id = 'c' WHERE id = :job""",
)


async def fill(url: str) -> None:
    async with await engines.engine(url).open() as database:
        store = StoreHarness(database)
        by = AuditContext(ALICE, GUILD)
        await choose_staff_channel(database, by, 555, NOW)
        await database.write(gifts.grant, ALICE, 5_000, by=by)
        await database.write(gifts.grant, BOB, 1_000, by=by)
        await allow_gifts(database, GUILD, 50, NOW)
        await database.write(gifts.give, BOB, 5, channel_id=CHANNEL, by=by)
        await database.write(budgets.set_limit, LimitScope.SERVER, 0, 100_000, by=by)
        await store.rendering(a_job(20, cost=10))
        await database.write(renders.complete, a_job(20).id, "https://movies.test/20.mp4")
        await database.write(outbox.mark_sent, Delivery(a_job(20), NotificationType.COMPLETED, 0), a_message(99))
        waiting = (JobState.QUEUED, JobState.RESERVED)  # a claim takes all that is queued
        for number, state in enumerate(sorted(JobState, key=waiting.__contains__), start=1):
            await store.in_state(a_job(number, BOB if number % 2 else ALICE, cost=10 * number), state)
        await database.write(_write_rest)
        lease = Lease("p", NOW + DAY)
        assert await database.write(renders.take_due_polls, 10, (), lease)
        assert await database.write(at_time(NOW + DAY, outbox.take_due), 10, (), tuple(NotificationType), lease)


def _write_rest(tx: Transaction) -> None:
    settings = '{"channels": [1, 2], "filter_rules": ["a ... b"], "movie_night": "friday", "pitch_days": 3}'
    params = {"job": a_job(1).id, "prompt": PROMPT, "settings": settings}
    for sql in _ROWS:
        tx.execute(sql, {name: value for name, value in params.items() if f":{name}" in sql})


def contents(url: str) -> dict[str, list[Row]]:
    place = sqlite_path(url) if url.startswith("sqlite:") else url
    with one_connection(place):
        found = {table: query(place, f"SELECT * FROM {table} ORDER BY {key}") for table, key in TABLES.items()}
    found["key_value"] = [row for row in found["key_value"] if row["key"] not in ("moved_to", "moved_from")]
    for row in (*found["jobs"], *found["outbox"]):
        row["leased_by"] = row["leased_until"] = None
    return found


def is_usable(url: str) -> bool:
    if url.startswith("sqlite:"):
        exists = sqlite_path(url).exists()
    else:
        exists = query(url, "SELECT to_regclass('jobs') IS NOT NULL AS found")[0]["found"]
    return exists and bool(contents(url)["jobs"]) and departure(url) is None


def departure(url: str) -> str | None:
    place: Path | str = sqlite_path(url) if url.startswith("sqlite:") else url
    found = query(place, "SELECT value FROM key_value WHERE key = 'moved_to'")
    return found[0]["value"] if found else None


def settings_of(path: Path) -> tuple[str, int]:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        [(finding,)] = connection.execute("PRAGMA integrity_check").fetchall()
        return finding, len(connection.execute("PRAGMA foreign_key_check").fetchall())
