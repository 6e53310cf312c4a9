"""What cogs and the Discord side need of the accounts. Kept by data/accounts.py and data/quota_book.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from bot.domain.credits import Entry, Month
from bot.domain.job import Job
from bot.domain.quota import Balance, Block, Overview
from bot.domain.report import Receipt, Report

T = TypeVar("T")


class Accounts(Protocol):
    """Credits as they stand now."""

    def month(self) -> Month:
        """The month that is being counted."""
        ...

    async def balance(self, guild_id: int, member_id: int, role_ids: Sequence[int]) -> Balance:
        """Everything that decides whether a member's next movie fits."""
        ...

    async def receipts(self, guild_id: int, member_id: int, most: int, skip: int = 0) -> tuple[Sequence[Receipt], int]:
        """A member's movies in one server, the newest first, and how many there are in all."""
        ...

    async def changes(self, guild_id: int, member_id: int, most: int) -> Sequence[Entry]:
        """What was granted to, taken from or reset for a member last, the newest first."""
        ...

    async def movements(self, guild_id: int, member_id: int, most: int) -> Sequence[Entry]:
        """A member's last movements in one server, the newest first."""
        ...

    async def report(self, guild_id: int | None, month: Month) -> Report:
        """A month of one server, or of all."""
        ...

    async def receipts_of_month(self, guild_id: int | None, month: Month, make: Callable[[Iterable[Receipt]], T]) -> T:
        """Hand every movie of a month to `make`, the oldest first, off the event loop; return what it makes of them."""
        ...


class Movies(Protocol):
    """The jobs as their members look at them; see data/job_lists.py."""

    async def jobs_of_member(self, guild_id: int, member_id: int, most: int, skip: int) -> tuple[Sequence[Job], int]:
        """A member's jobs in one server, the newest first, and how many there are in all."""
        ...


class Quotas(Protocol):
    """What those who run a server decide. Every change is noted with who and why; see data/quota_book.py."""

    async def set_default(  # noqa: D102
        self, actor_id: int, guild_id: int, credits: int | None, *, reason: str = "", interaction_id: int | None = None
    ) -> None: ...
    async def set_server(  # noqa: D102
        self, actor_id: int, guild_id: int, credits: int | None, *, reason: str = "", interaction_id: int | None = None
    ) -> None: ...
    async def set_member(  # noqa: D102
        self,
        actor_id: int,
        guild_id: int,
        member_id: int,
        credits: int | None,
        *,
        reason: str = "",
        interaction_id: int | None = None,
    ) -> None: ...
    async def set_role(  # noqa: D102
        self,
        actor_id: int,
        guild_id: int,
        role_id: int,
        credits: int | None,
        *,
        reason: str = "",
        interaction_id: int | None = None,
    ) -> None: ...
    async def grant(  # noqa: D102
        self,
        actor_id: int,
        guild_id: int,
        member_id: int,
        credits: int,
        reason: str,
        *,
        interaction_id: int | None = None,
    ) -> None: ...
    async def take(  # noqa: D102
        self,
        actor_id: int,
        guild_id: int,
        member_id: int,
        credits: int,
        reason: str,
        *,
        interaction_id: int | None = None,
    ) -> int | None: ...
    async def block(  # noqa: D102
        self,
        actor_id: int,
        guild_id: int,
        member_id: int,
        hours: int | None,
        reason: str,
        *,
        interaction_id: int | None = None,
    ) -> Block: ...
    async def unblock(  # noqa: D102
        self, actor_id: int, guild_id: int, member_id: int, *, reason: str = "", interaction_id: int | None = None
    ) -> bool: ...
    async def reset(  # noqa: D102
        self, actor_id: int, guild_id: int, member_id: int, *, reason: str = "", interaction_id: int | None = None
    ) -> int: ...
    async def set_channel(  # noqa: D102
        self,
        actor_id: int,
        guild_id: int,
        channel_id: int | None,
        *,
        reason: str = "",
        interaction_id: int | None = None,
    ) -> None: ...
    async def overview(self, guild_id: int) -> Overview: ...  # noqa: D102
    async def block_of(self, guild_id: int, member_id: int) -> Block | None: ...  # noqa: D102
