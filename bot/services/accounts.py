"""Members' balances, as the commands show them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.quota import Balance
from data import account_queries, erased_members
from data.database import Database


async def read_balance(database: Database, guild_id: int, member_id: int, role_ids: Sequence[int]) -> Balance:
    """Return a member's balance in all budgets.

    One who had erased their data gets back what was remembered of them.
    """
    if await database.read(erased_members.is_remembered, member_id):
        await database.write(erased_members.recall, member_id)
    return await database.read(account_queries.balance, guild_id, member_id, role_ids)
