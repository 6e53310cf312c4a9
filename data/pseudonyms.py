"""Takes a member out of their records, which stay.

Their id becomes a random negative number that nothing maps back. Servers and credits stay as they are, so every sum
stays right.
"""

from __future__ import annotations

import secrets
from typing import Final

from data.database import Transaction
from data.job_words import CLEARED
from data.jobs import OPEN

_IN_SERVER: Final = "guild_id = :guild_id AND member_id = :member_id"

_JOBS: Final = f"""
UPDATE jobs SET member_id = :pseudonym, interaction_id = :interaction_id - numbered.number, {CLEARED}
FROM (SELECT id AS job_id, ROW_NUMBER() OVER (ORDER BY id) AS number FROM jobs WHERE {_IN_SERVER}) AS numbered
WHERE jobs.id = numbered.job_id
"""
"""The ids of interactions are unique, and Discord knows whose they were."""


def generate() -> int:
    """Generate a pseudonym.

    Ids of Discord are positive, so nobody can have it.
    """
    return -1 - secrets.randbelow(2**62)


def has_open_jobs(tx: Transaction, guild_id: int, member_id: int) -> bool:
    """Return whether a member has open jobs in a server."""
    sql = f"SELECT 1 FROM jobs WHERE {_IN_SERVER} AND {OPEN} LIMIT 1"
    return tx.fetch_one(sql, {"guild_id": guild_id, "member_id": member_id}) is not None


def replace(tx: Transaction, guild_id: int, member_id: int, pseudonym: int) -> None:
    """Replace a member in their jobs and credits in a server.

    What they wrote is cleared. The caller holds the member's lock.
    """
    account = {"guild_id": guild_id, "member_id": member_id}
    of_jobs = f"job_id IN (SELECT id FROM jobs WHERE {_IN_SERVER})"
    tx.execute(f"DELETE FROM followers WHERE {of_jobs}", account)
    tx.execute(f"DELETE FROM late_callbacks WHERE {of_jobs}", account)
    tx.execute(f"DELETE FROM quotes WHERE {_IN_SERVER}", account)
    tx.execute(f"DELETE FROM credit_requests WHERE {_IN_SERVER}", account)  # what was granted is in the ledger
    tx.execute(f"DELETE FROM message_deletions WHERE {of_jobs}", account)
    tx.execute(
        f"UPDATE outbox SET message_id = 0, channel_id = NULL WHERE message_id IS NOT NULL AND {of_jobs}", account
    )
    renamed = {**account, "pseudonym": pseudonym}
    tx.execute(_JOBS, {**renamed, "interaction_id": generate()})
    own = "scope IN ('member', 'extra')"
    tx.execute(f"UPDATE balances SET member_id = :pseudonym WHERE {own} AND {_IN_SERVER}", renamed)
    tx.execute(f"UPDATE ledger_entries SET member_id = :pseudonym, reason = '' WHERE {_IN_SERVER}", renamed)
