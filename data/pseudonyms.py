"""Takes a member out of their records, which stay.

Their id becomes a random negative number that nothing maps back. Servers and credits stay as they are, so every sum
stays right.
"""

from __future__ import annotations

import secrets
from typing import Final

from data import movie_nights, pitches
from data.database import Transaction
from data.job_words import CLEARED_OF_MEMBER
from data.jobs import OPEN

_IN_SERVER: Final = "guild_id = :guild_id AND member_id = :member_id"

_JOBS: Final = f"""
UPDATE jobs SET member_id = :pseudonym, interaction_id = :interaction_id - numbered.number, decided_by = NULL,
    {CLEARED_OF_MEMBER}
FROM (SELECT id AS job_id, ROW_NUMBER() OVER (ORDER BY id) AS number FROM jobs WHERE {_IN_SERVER}) AS numbered
WHERE jobs.id = numbered.job_id
"""
"""The ids of interactions are unique, and Discord knows whose they were."""

_OPEN_WORK: Final = (
    f"SELECT 1 FROM jobs WHERE {_IN_SERVER} AND {OPEN} LIMIT 1",
    f"SELECT 1 FROM pitches WHERE {_IN_SERVER} AND {pitches.OPEN} LIMIT 1",
    f"SELECT 1 FROM pledges WHERE {_IN_SERVER} AND state IN ('open', 'funded') LIMIT 1",
)

SHOW_AGAIN: Final = (
    "UPDATE reported_movies SET next_attempt_at = COALESCE(next_attempt_at + 1, 0) WHERE staff_message_id IS NOT NULL"
)
"""Lets the staff channel's message about a reported movie show what is left."""


_PITCHES: Final = f"""
UPDATE pitches SET member_id = :pseudonym, interaction_id = :interaction_id - numbered.number, prompt = '',
    member_name = '', role_ids = '', message_due_at = CASE WHEN message_id IS NULL THEN message_due_at ELSE 0 END
FROM (SELECT id AS pitch_id, ROW_NUMBER() OVER (ORDER BY id) AS number FROM pitches WHERE {_IN_SERVER}) AS numbered
WHERE pitches.id = numbered.pitch_id
"""
"""Their messages are updated, so that they no longer have the names. They are forgotten then."""


def generate() -> int:
    """Generate a pseudonym.

    Ids of Discord are positive, so no member can have it.
    """
    return -1 - secrets.randbelow(2**62)


def has_open_work(tx: Transaction, guild_id: int, member_id: int) -> bool:
    """Return whether a member has open work or pledges in a server."""
    account = {"guild_id": guild_id, "member_id": member_id}
    return any(tx.fetch_one(sql, account) is not None for sql in _OPEN_WORK)


def replace(tx: Transaction, guild_id: int, member_id: int, pseudonym: int) -> None:
    """Replace a member in their jobs and credits in a server.

    What they wrote is cleared; what Discord has to delete is still deleted. The caller holds the member's lock.
    """
    account = {"guild_id": guild_id, "member_id": member_id}
    of_jobs = f"job_id IN (SELECT id FROM jobs WHERE {_IN_SERVER})"
    tx.execute(f"DELETE FROM followers WHERE {of_jobs}", account)
    tx.execute(f"DELETE FROM late_callbacks WHERE {of_jobs}", account)
    tx.execute(f"DELETE FROM stars WHERE {of_jobs}", account)
    tx.execute(f"DELETE FROM quotes WHERE {_IN_SERVER}", account)
    tx.execute(f"DELETE FROM credit_requests WHERE {_IN_SERVER}", account)  # what was granted is in the ledger
    tx.execute(f"{SHOW_AGAIN} AND {of_jobs}", account)
    tx.execute(
        f"UPDATE outbox SET message_id = 0, channel_id = NULL WHERE message_id IS NOT NULL AND {of_jobs}", account
    )
    renamed = {**account, "pseudonym": pseudonym}
    for side in ("giver_id", "recipient_id"):
        tx.execute(f"UPDATE gifts SET {side} = :pseudonym WHERE guild_id = :guild_id AND {side} = :member_id", renamed)
    tx.execute(
        "UPDATE gifts SET notice = 'none', next_attempt_at = NULL WHERE notice = 'pending'"
        " AND recipient_id = :pseudonym",
        renamed,
    )
    tx.execute(_JOBS, {**renamed, "interaction_id": generate()})
    movie_nights.forget_movies(tx, guild_id, pseudonym)
    tx.execute(_PITCHES, {**renamed, "interaction_id": generate()})
    tx.execute(f"UPDATE pledges SET member_id = :pseudonym, interaction_id = 0 WHERE {_IN_SERVER}", renamed)
    for table in ("pitch_votes", "pitch_notices"):
        tx.execute(
            f"DELETE FROM {table} WHERE member_id = :member_id"
            " AND pitch_id IN (SELECT id FROM pitches WHERE guild_id = :guild_id)",
            account,
        )
    own = "scope IN ('member', 'extra')"
    tx.execute(f"UPDATE balances SET member_id = :pseudonym WHERE {own} AND {_IN_SERVER}", renamed)
    tx.execute(f"UPDATE ledger_entries SET member_id = :pseudonym, reason = '' WHERE {_IN_SERVER}", renamed)
