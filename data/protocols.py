"""What cogs and the Discord side read of the accounts. Kept by data/accounts.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.credits import Budget, Entry, Month


class Accounts(Protocol):
    """Credits as they stand now."""

    def month(self) -> Month:
        """The month that is being counted."""
        ...

    async def member(self, guild_id: int, member_id: int) -> Budget:
        """A member's allowance in one server, this month."""
        ...

    async def movements(self, guild_id: int, member_id: int, most: int) -> Sequence[Entry]:
        """A member's last movements in one server, the newest first."""
        ...
