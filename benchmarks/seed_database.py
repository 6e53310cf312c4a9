"""Databases with a history of any size.

They are created once and kept until the schema changes. SQLite fills them from a counter: a million movies, with their
ledger and messages, take a minute. Past movies belong to the members of one server, a hundred or more to each, within
two years before NOW. Open ones render at NOW and are due. Prompts of past movies have about 200 characters, and links
about 100. Ids are as long as those of Discord, the API and the bot.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.domain.jobs import encode_id
from data.engine.migration_files import load_migrations
from data.storage.sqlite_migrations import migrate

GUILD, CHANNEL = 1_100_000_000_000_000_001, 1_100_000_000_000_000_005
FIRST_MEMBER = 900_000_000_000_000_000
_FIRST_INTERACTION = 1_300_000_000_000_000_000
_FIRST_MESSAGE = 1_400_000_000_000_000_000
NOW = 1_795_000_000_000
"""The time of the measurements in November 2026, in UTC epoch milliseconds."""

_SPAN_MS = 2 * 365 * 86_400_000
_MODELS = "'LUMA', 'KLINGIMGTOVIDPRO', 'PIXVERSEI2V', 'VEOI2V'"

_MORE = (
    ", drifts past a lighthouse at dawn. A girl on the pier lets go of the string and waves. The camera follows the"
    " balloon up through the clouds; soft light, 35 mm film, slow piano"
)
_PATH = "users/66f2a9c1e4b0a1b2c3d4e5f6/videos/rendered/2026/final"
_COUNT = "WITH RECURSIVE counter (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counter WHERE n + 1 < :count)"
_AT = f"{NOW} - {_SPAN_MS} + n * {_SPAN_MS} / :count"
_OPEN_FROM = 8_000_000
"""The number of the first open job. `id_at` makes an id of the bot's from a time and a number."""

_PAST_JOBS = f"""
INSERT INTO jobs (id, interaction_id, guild_id, channel_id, member_id, member_name, prompt, duration_seconds,
    video_model, image_model, aspect_ratio, price_credits, state, created_at, acknowledged_at, submitted_at,
    finished_at, samsar_request_id, completed_stages, total_stages, movie_url, card_message_id, took_ms, end_reason)
{_COUNT}
SELECT id_at({_AT}, n), {_FIRST_INTERACTION} + n, {GUILD}, {CHANNEL}, {FIRST_MEMBER} + n / 10 * 7919 % :members,
    'a member', 'A red balloon over the sea, number ' || n || '{_MORE}', 5 + n % 40,
    (json_array({_MODELS}) ->> (n % 4)), 'FLUX1.1PRO', '16:9',
    50 + 10 * (n % 40), CASE WHEN n % 10 = 9 THEN 'failed' ELSE 'completed' END, {_AT}, {_AT} + 500, {_AT} + 1000,
    {_AT} + 200000 + n * 7907 % 300000, printf('66f2%020x', n), 5, 5, 'https://movies.example/{_PATH}/' || n || '.mp4',
    {_FIRST_MESSAGE} + n, 199000 + n * 7907 % 300000,
    CASE WHEN n % 10 = 9 THEN 'request_rejected' END
FROM counter
"""
_LEDGER = """
INSERT INTO ledger_entries (id, created_at, entry_type, guild_id, member_id, month, allowance, job_id, hold_id)
SELECT {entry_id}, {at}, {kind}, guild_id, member_id,
    strftime('%Y-%m', created_at / 1000, 'unixepoch'), price_credits, id, {hold}
FROM jobs {where} ORDER BY id
"""
_ENTRY = f"id_at({{}}, interaction_id - {_FIRST_INTERACTION})"
_HOLD = _ENTRY.format("created_at")
_DELIVERIES = """
INSERT INTO outbox (job_id, type, status, attempts, created_at, sent_at, message_id, channel_id, venue)
SELECT id, state, 'sent', 1, finished_at, finished_at + 1000, card_message_id, channel_id, 'channel' FROM jobs
WHERE finished_at IS NOT NULL ORDER BY id
"""
_BUDGETS = """
INSERT INTO balances (scope, guild_id, member_id, month, used, held)
SELECT '{scope}', {guild}, {member}, month,
    SUM(CASE entry_type WHEN 'capture' THEN allowance ELSE 0 END),
    SUM(CASE entry_type WHEN 'hold' THEN allowance ELSE -allowance END)
FROM ledger_entries GROUP BY 2, 3, 4
"""
_OPEN_JOBS = f"""
INSERT INTO jobs (id, interaction_id, guild_id, channel_id, member_id, member_name, prompt, duration_seconds,
    video_model, image_model, aspect_ratio, price_credits, state, created_at, acknowledged_at, submitted_at,
    next_run_at, samsar_request_id, completed_stages, total_stages, current_stage, card_message_id)
{_COUNT}
SELECT id_at({NOW} - 60000, {_OPEN_FROM} + n), {_FIRST_INTERACTION} + {_OPEN_FROM} + n, {GUILD}, {CHANNEL},
    {FIRST_MEMBER} + n % :members,
    'a member', 'a movie in the making, number ' || n, 10, 'LUMA', 'FLUX1.1PRO', '16:9', 100, 'rendering',
    {NOW} - 60000, {NOW} - 59500, {NOW} - 59000, {NOW} + n * :spread_ms / :count, 'open-' || n, 2, 5,
    'video_generation', {_FIRST_MESSAGE} + {_OPEN_FROM} + n
FROM counter
"""


def database(folder: Path, past: int, opened: int = 0, spread_ms: int = 20_000) -> Path:
    """Return the database with `past` and `opened` jobs.

    Copy it before changing it. Open jobs are due over `spread_ms` from NOW on. The name contains a hash of the schema.
    """
    made_of = hashlib.sha256(Path(__file__).read_bytes())
    for migration in load_migrations("sqlite"):
        made_of.update(migration.script.encode())
    path = folder / f"past-{past}-{opened}-{spread_ms}-{made_of.hexdigest()[:12]}.db"
    if not path.exists():
        for outdated in folder.glob(f"past-{past}-{opened}-{spread_ms}-*"):
            outdated.unlink()
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        _make(unfinished, past, opened, spread_ms)
        unfinished.rename(path)
    return path


def members(movies: int) -> int:
    """Return the number of members for a number of movies."""
    return min(500, max(1, movies // 100))


def copy(original: Path, to: Path) -> Path:
    """Copy a database for changes."""
    shutil.copyfile(original, to)
    with to.open("rb") as copied:
        os.fsync(copied.fileno())  # otherwise it would be written during a measurement
    return to


def _make(path: Path, past: int, opened: int, spread_ms: int) -> None:
    migrate(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("id_at", 2, lambda at, number: encode_id(at << 24 | number), deterministic=True)
        connection.execute("BEGIN")
        if past:
            connection.execute(_PAST_JOBS, {"count": past, "members": members(past)})
        if opened:
            of_whom = {"members": members(past or opened)}
            connection.execute(_OPEN_JOBS, {"count": opened, "spread_ms": spread_ms, **of_whom})
        resolved = "CASE state WHEN 'completed' THEN 'capture' ELSE 'release' END"
        connection.execute(_LEDGER.format(at="created_at", entry_id=_HOLD, kind="'hold'", hold="NULL", where=""))
        ended = {"entry_id": _ENTRY.format("finished_at"), "hold": _HOLD, "where": "WHERE finished_at IS NOT NULL"}
        connection.execute(_LEDGER.format(at="finished_at", kind=resolved, **ended))
        connection.execute(_DELIVERIES)
        for scope, guild, member in (
            ("member", "guild_id", "member_id"),
            ("server", "guild_id", "0"),
            ("plan", "0", "0"),
        ):
            connection.execute(_BUDGETS.format(scope=scope, guild=guild, member=member))
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")
