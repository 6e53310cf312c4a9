"""Starter movies: a member's first one in a server is on the house, where its managers say so.

Its credits are held and spent as those of any other, so it counts in the server's budget and the plan. Once it is
ready, they are refunded to its member. One that fails or is cancelled is no starter movie: its hold is released, and
the next may be. A member has one in each server, also after an erasure (data/erased_members.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.domain.credits import EntryType
from bot.domain.jobs import generate_id
from bot.domain.operations import Operation
from bot.domain.orders import Quote
from data import ledger_entries
from data.database import Transaction
from data.jobs import sql_list
from data.ledger_entries import Hold

NEW_MOVIES: Final = tuple(each for each in Operation if not each.declared.is_copy)
"""The operations that make a movie. The others need a finished one."""

IS_OPEN: Final = """
NOT EXISTS (SELECT 1 FROM starter_movies WHERE guild_id = :guild_id AND member_id = :member_id)
AND NOT EXISTS (SELECT 1 FROM jobs WHERE member_id = :member_id AND guild_id = :guild_id
    AND state NOT IN ('failed', 'cancelled'))
"""
"""Whether the next movie that a member orders would be their first."""

_CLAIM: Final = f"""
INSERT INTO starter_movies (guild_id, member_id, entry_id)
SELECT :guild_id, :member_id, :entry_id
WHERE EXISTS (SELECT 1 FROM guild_settings WHERE guild_id = :guild_id AND starter_credits >= :credits)
    AND EXISTS (SELECT 1 FROM jobs WHERE id = :job_id AND operation IN {sql_list(NEW_MOVIES)})
    AND NOT EXISTS (SELECT 1 FROM jobs WHERE member_id = :member_id AND guild_id = :guild_id
        AND state NOT IN ('failed', 'cancelled') AND id < :job_id)
ON CONFLICT (guild_id, member_id) DO NOTHING
"""
"""Of several movies, the one that was ordered first counts, as its member was told, whichever is ready first. The row
count decides."""


def was_open(tx: Transaction, quote: Quote) -> bool:
    """Return whether a member's first movie in a server was ordered after they had been shown a quote."""
    first_at = tx.fetch_value(
        "SELECT MIN(created_at) FROM jobs WHERE member_id = :member_id AND guild_id = :guild_id"
        " AND state NOT IN ('failed', 'cancelled')",
        {"guild_id": quote.guild_id, "member_id": quote.member_id},
    )
    return first_at is not None and first_at >= quote.created_at


def claim(tx: Transaction, holds: Sequence[Hold]) -> bool:
    """Return whether a movie that is ready, and is paid for by these holds, is its member's starter movie.

    The entry in the ledger counts for the member only. The caller settles their balances as if it cost nothing.
    """
    held = holds[0]
    if held.pitch_id is not None or held.account.member_id < 0:
        return False
    entry_id = generate_id(tx.now)
    whose = {"guild_id": held.account.guild_id, "member_id": held.account.member_id}
    movie = {"entry_id": entry_id, "job_id": held.job_id, "credits": held.credits}
    if not tx.execute(_CLAIM, {**whose, **movie}):
        return False
    ledger_entries.insert(
        tx, EntryType.ADJUST, held.account, tx.now, entry_id=entry_id, allowance=-held.allowance, extra=held.extra
    )
    return True
