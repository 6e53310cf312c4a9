"""What people wrote goes when it is old.

Credits, dates, models and the ids of members stay, so receipts and sums stay right. Each call clears at most `BATCH`
rows, so that no order waits long for it. Times are UTC epoch milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.domain.credits import Month
from data import movie_nights, pseudonyms
from data.database import Transaction
from data.job_words import CLEARED
from data.list_params import list_params

BATCH: Final = 500

_TOLD: Final = "NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.job_id = jobs.id AND outbox.status = 'pending')"

_OLD_JOBS: Final = f"""
SELECT id FROM jobs WHERE prompt <> '' AND finished_at IS NOT NULL AND finished_at < :before AND {_TOLD}
ORDER BY finished_at LIMIT :limit
"""
"""Repeats the words of the index jobs_with_words. A movie that is not delivered yet keeps its link."""

_OLD_REASONS: Final = """
UPDATE {table} SET {cleared} WHERE id IN (
    SELECT id FROM {table} WHERE reason <> '' AND created_at < :before ORDER BY created_at LIMIT :limit)
"""

_DISCORD_EPOCH_MS: Final = 1_420_070_400_000
"""The first second of 2015. Source: https://discord.com/developers/docs/reference#snowflakes."""

_INTERACTIONS: Final[Mapping[str, tuple[str, str]]] = {
    "pitches": (":number - old.place", "ended_at IS NOT NULL"),
    "pledges": ("0", "TRUE"),
    "jobs": (":number - old.place", f"finished_at IS NOT NULL AND {_TOLD}"),
    "stars": ("0", "TRUE"),
    "movie_reports": ("0", "TRUE"),
    "audit_log": ("NULL", "TRUE"),
}
"""What an interaction's id becomes in each table, and when. The order is that of locks.

Where it has to stay unique, that is a random negative number, as for an erased member. A job's tells where its card is
until its end was told (bot/discord_client/stray_cards.py), and a pitch's becomes its job's.
"""

_CLEAR_INTERACTIONS: Final = """
UPDATE {table} SET interaction_id = {cleared}
FROM (SELECT interaction_id AS id, ROW_NUMBER() OVER (ORDER BY interaction_id) AS place FROM {table}
    WHERE interaction_id > 0 AND interaction_id < :before AND {condition}
    ORDER BY interaction_id LIMIT :limit) AS old
WHERE {table}.interaction_id = old.id
"""


def clear_interactions(tx: Transaction, before: int) -> int:
    """Clear ids of interactions from before a time.

    They only make an interaction count once that reaches two processes, which it does within seconds. Return how many
    were cleared.
    """
    values = {"before": (before - _DISCORD_EPOCH_MS) << 22, "limit": BATCH, "number": pseudonyms.generate()}
    return sum(
        tx.execute(_CLEAR_INTERACTIONS.format(table=table, cleared=cleared, condition=condition), values)
        for table, (cleared, condition) in _INTERACTIONS.items()
    )


def clear_gifts(tx: Transaction, before: int) -> int:
    """Clear who gave bonus credits to whom before a time.

    The credits stay in the ledger, as those of a gift. Return how many rows were cleared.
    """
    rows = tx.fetch_all(
        "SELECT given_entry_id FROM gifts WHERE created_at < :before AND notice <> 'pending'"
        " ORDER BY created_at LIMIT :limit",
        {"before": before, "limit": BATCH},
    )
    given = list_params("given", [row["given_entry_id"] for row in rows])
    for side in ("taken_entry_id", "given_entry_id"):
        tx.execute(
            f"INSERT INTO past_gifts (entry_id) SELECT {side} FROM gifts WHERE given_entry_id IN ({given.sql})",
            given.params,
        )
    tx.execute(f"DELETE FROM gifts WHERE given_entry_id IN ({given.sql})", given.params)
    tx.execute(
        f"UPDATE ledger_entries SET actor_id = :actor_id WHERE id IN ({given.sql}) AND actor_id > 0",
        {**given.params, "actor_id": pseudonyms.generate()},
    )
    logged = tx.execute(
        "UPDATE audit_log SET subject_id = 0 WHERE id IN (SELECT id FROM audit_log WHERE action = 'gift'"
        " AND subject_id > 0 AND created_at < :before ORDER BY created_at LIMIT :limit)",
        {"before": before, "limit": BATCH},
    )
    return len(rows) + logged


def clear_jobs(tx: Transaction, before: int) -> int:
    """Clear words, names and links of jobs that ended before a time.

    Return how many were cleared.
    """
    rows = tx.fetch_all(_OLD_JOBS, {"before": before, "limit": BATCH})
    if rows:
        ids = list_params("id", [row["id"] for row in rows])
        tx.execute(f"UPDATE jobs SET {CLEARED} WHERE id IN ({ids.sql})", ids.params)
        for table in ("followers", "late_callbacks", "stars"):
            tx.execute(f"DELETE FROM {table} WHERE job_id IN ({ids.sql})", ids.params)
    return len(rows)


def clear_reasons(tx: Transaction, before: int) -> int:
    """Clear managers' reasons and refused prompts from before a time.

    Return how many were cleared.
    """
    return sum(
        tx.execute(_OLD_REASONS.format(table=table, cleared=cleared), {"before": before, "limit": BATCH})
        for table, cleared in (("ledger_entries", "reason = ''"), ("audit_log", "reason = '', rule = NULL"))
    )


def clear_pitches(tx: Transaction, before: int) -> int:
    """Clear words and names of pitches that ended before a time.

    Their votes and notices go. Return how many were cleared.
    """
    rows = tx.fetch_all(
        "SELECT id FROM pitches WHERE prompt <> '' AND ended_at IS NOT NULL AND ended_at < :before"
        " ORDER BY ended_at LIMIT :limit",
        {"before": before, "limit": BATCH},
    )
    if rows:
        ids = list_params("id", [row["id"] for row in rows])
        cleared = "prompt = '', member_name = '', message_id = NULL, message_due_at = NULL"
        tx.execute(f"UPDATE pitches SET {cleared} WHERE id IN ({ids.sql})", ids.params)
        for table in ("pitch_votes", "pitch_notices"):
            tx.execute(f"DELETE FROM {table} WHERE pitch_id IN ({ids.sql})", ids.params)
    return len(rows)


def delete_movie_nights(tx: Transaction, before: int) -> int:
    """Delete the movie nights from before a time; return how many."""
    return movie_nights.delete_where(
        tx,
        "id IN (SELECT id FROM movie_nights WHERE starts_at < :before ORDER BY starts_at LIMIT :limit)",
        {"before": before, "limit": BATCH},
    )


def delete_quotes(tx: Transaction, before: int) -> int:
    """Delete the quotes from before a time; return how many."""
    return tx.execute(
        "DELETE FROM quotes WHERE id IN"
        " (SELECT id FROM quotes WHERE created_at < :before ORDER BY created_at LIMIT :limit)",
        {"before": before, "limit": BATCH},
    )


def delete_past_decisions(tx: Transaction, before: int) -> int:
    """Delete blocks that ended, waivers, requests and reports, before a time.

    A waiver counts in its own month, and goes when that is over. What was granted is in the ledger.
    """
    month = Month.containing(before).starts_at
    expired = tx.execute("DELETE FROM member_blocks WHERE expires_at < :before", {"before": before})
    requests = tx.execute("DELETE FROM credit_requests WHERE created_at < :before", {"before": before})
    reports = tx.execute("DELETE FROM movie_reports WHERE created_at < :before", {"before": before})
    reports += tx.execute(
        "DELETE FROM reported_movies WHERE reported_at < :before AND NOT EXISTS"
        " (SELECT 1 FROM movie_reports WHERE movie_reports.job_id = reported_movies.job_id)",
        {"before": before},
    )
    waivers = tx.execute("DELETE FROM failure_waivers WHERE waived_at < :month", {"month": month})
    return expired + requests + reports + waivers
