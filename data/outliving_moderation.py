"""What moderators and members decided, for a database that shows the past.

A restore brings back no removed movie, no dismissed report, no ended block and no setting that managers have changed
since, and posts no movie of a member who does not want that any more. What only the backup has stays: the replaced
database may know less, as a new one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.message import MessageKind
from data import blocks
from data.database import Row, Transaction, Value
from data.engine.table_copy import TABLES

_REMOVED: Final = "SELECT id, removed_at, removed_by FROM jobs WHERE removed_at IS NOT NULL"

_ROWS: Final = {
    "reported_movies": "TRUE",
    "movie_reports": "TRUE",
    "messages": f"kind IN ('{MessageKind.REPORT}', '{MessageKind.MOVIE_NIGHT_START}')"
    " OR job_id IN (SELECT id FROM jobs WHERE removed_at IS NOT NULL)",
    "member_blocks": f"guild_id <> {blocks.EVERYWHERE}",
    "guild_settings": "TRUE",
    "member_preferences": "TRUE",
}
"""The rows that replace those of the same key, by table, each after those that it refers to."""

_UNBLOCKED: Final = (
    f"SELECT DISTINCT guild_id, subject_id FROM audit_log WHERE action = 'unblock' AND guild_id <> {blocks.EVERYWHERE}"
)


@dataclass(frozen=True, slots=True)
class Moderation:
    """Removed movies, members who were unblocked, and rows by table and column."""

    removed: Sequence[dict[str, Value]] = ()
    unblocked: Sequence[dict[str, Value]] = ()
    rows: Sequence[tuple[str, Sequence[dict[str, Value]]]] = ()


def read(tx: Transaction) -> Moderation:
    """Read the decisions of a database that is replaced."""
    return Moderation(
        [as_dict(row) for row in tx.fetch_all(_REMOVED)],
        [as_dict(row) for row in tx.fetch_all(_UNBLOCKED)],
        [
            (table, [as_dict(row) for row in tx.fetch_all(f"SELECT * FROM {table} WHERE {where}")])
            for table, where in _ROWS.items()
        ],
    )


def write(tx: Transaction, decided: Moderation) -> None:
    """Write them into a restored database; of its movies only.

    One that it shows at the API is removed, too: `renders.complete` gives it no link.
    """
    for movie in decided.removed:
        tx.execute(
            "UPDATE jobs SET removed_at = :removed_at, removed_by = :removed_by, movie_url = NULL"
            " WHERE id = :id AND removed_at IS NULL",
            movie,
        )
    for member in decided.unblocked:  # one who was blocked again has a row
        tx.execute("DELETE FROM member_blocks WHERE guild_id = :guild_id AND member_id = :subject_id", member)
    for table, rows in decided.rows:
        for row in known_columns(tx, table, rows):
            job = {"id": row["subject_id"] if row.get("kind") == MessageKind.REPORT else row.get("job_id")}
            if job["id"] is None or tx.fetch_one("SELECT 1 FROM jobs WHERE id = :id", job):
                _put(tx, table, row)


def known_columns(tx: Transaction, table: str, rows: Sequence[dict[str, Value]]) -> list[dict[str, Value]]:
    """Leave out what only the replaced database has a column for, as after an upgrade that is taken back."""
    [empty] = tx.fetch_all(f"SELECT {table}.* FROM (SELECT 1 AS one) AS one LEFT JOIN {table} ON FALSE")
    known = as_dict(empty)
    return [{column: value for column, value in row.items() if column in known} for row in rows]


def as_dict(row: Row) -> dict[str, Value]:
    """Return a row's values by column."""
    return dict(zip(row.keys(), row, strict=True))


def _put(tx: Transaction, table: str, row: dict[str, Value]) -> None:
    key = TABLES[table]
    values = ", ".join(f":{column}" for column in row)
    changes = ", ".join(f"{column} = :{column}" for column in row if column not in key.split(", "))
    tx.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values}) ON CONFLICT ({key}) DO UPDATE SET {changes}", row
    )
