"""What people wrote goes when it is old.

Credits, dates, models and the ids of members stay, so receipts and sums stay right. Each call clears at most `BATCH`
rows, so that no order waits long for it. Times are UTC epoch milliseconds. data/personal.py says what is old.
"""

from __future__ import annotations

from typing import Final

from bot.domain.credits import Month
from data import movie_nights, personal
from data.database import Transaction
from data.engine.table_copy import TABLES
from data.personal import PERSONAL

BATCH: Final = 500

WITH_OLD_ROWS: Final = tuple(table for table, each in PERSONAL.items() if each.old or each.ended)

WITH_INTERACTIONS: Final = {table: named for table, _, named in personal.COLUMNS if named.interaction}

_DISCORD_EPOCH_MS: Final = 1_420_070_400_000
"""The first second of 2015. Source: https://discord.com/developers/docs/reference#snowflakes."""


def clear_interactions(tx: Transaction, table: str, before: int) -> int:
    """Clear ids of interactions from before a time; return how many."""
    named = WITH_INTERACTIONS[table]
    where = f"interaction_id < :before AND {named.settled} ORDER BY interaction_id LIMIT :limit"
    return tx.execute(
        personal.CLEAR_INTERACTIONS.format(table=table, cleared=named.interaction, where=where),
        {"before": (before - _DISCORD_EPOCH_MS) << 22, "limit": BATCH, "number": personal.generate_pseudonym()},
    )


def clear_old(tx: Transaction, table: str, before: int) -> int:
    """Delete a table's rows that ended before a time, or clear old words with what goes with them.

    Return how many rows that were.
    """
    found, key = PERSONAL[table], TABLES[table]
    chosen = f"({key}) IN (SELECT {key} FROM {table} WHERE {found.old or found.ended} LIMIT :limit)"
    values = {"before": before, "month": Month.containing(before).starts_at, "limit": BATCH}
    if found.ended:  # again: PostgreSQL checks only this where the row was renewed meanwhile
        return tx.execute(f"DELETE FROM {table} WHERE {chosen} AND ({found.ended})", values)
    changes = ", ".join(filter(None, (personal.cleared(table), found.forgotten)))
    cleared = tx.fetch_column(f"UPDATE {table} SET {changes} WHERE {chosen} RETURNING id", values)
    personal.delete_parts(tx, table, ":ids", {"ids": cleared})
    return len(cleared)


def clear_gifts(tx: Transaction, before: int) -> int:
    """Clear who gave bonus credits to whom before a time.

    The credits stay in the ledger, as those of a gift. Return how many rows were cleared.
    """
    entries = tx.fetch_column(
        "SELECT given_entry_id FROM gifts WHERE created_at < :before AND NOT EXISTS"
        " (SELECT 1 FROM messages WHERE messages.subject_id = gifts.id AND messages.status = 'pending')"
        " ORDER BY created_at LIMIT :limit",
        {"before": before, "limit": BATCH},
    )
    given = {"ids": entries}
    for side in ("taken_entry_id", "given_entry_id"):
        tx.execute(f"INSERT INTO past_gifts (entry_id) SELECT {side} FROM gifts WHERE given_entry_id IN (:ids)", given)
    tx.execute("DELETE FROM gifts WHERE given_entry_id IN (:ids)", given)
    tx.execute(
        "UPDATE ledger_entries SET actor_id = :actor_id WHERE id IN (:ids) AND actor_id > 0",
        {**given, "actor_id": personal.generate_pseudonym()},
    )
    logged = tx.execute(
        "UPDATE audit_log SET subject_id = 0 WHERE id IN (SELECT id FROM audit_log WHERE action = 'gift'"
        " AND subject_id > 0 AND created_at < :before ORDER BY created_at LIMIT :limit)",
        {"before": before, "limit": BATCH},
    )
    return len(entries) + logged


def delete_movie_nights(tx: Transaction, before: int) -> int:
    """Delete the movie nights from before a time; return how many."""
    return movie_nights.delete_where(
        tx,
        "id IN (SELECT id FROM movie_nights WHERE starts_at < :before ORDER BY starts_at LIMIT :limit)",
        {"before": before, "limit": BATCH},
    )
