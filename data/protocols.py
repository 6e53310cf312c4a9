"""What cogs and the Discord side need of the accounts. Kept by data/account_queries.py and data/quota_service.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from bot.domain.credits import LedgerEntry, Month
from bot.domain.movie_list import Cursor, MovieItem, MovieQuery, Page
from bot.domain.quota import AuditContext, Balance, Block, GuildQuotas
from bot.domain.report import MonthlyReport, Receipt

T = TypeVar("T")


class Accounts(Protocol):
    """Credits as they stand now."""

    def month(self) -> Month:
        """The month that is being counted."""
        ...

    async def balance(self, guild_id: int, member_id: int, role_ids: Sequence[int]) -> Balance:
        """Everything that decides whether a member's next movie fits."""
        ...

    async def receipts(self, guild_id: int, member_id: int, limit: int, skip: int = 0) -> tuple[Sequence[Receipt], int]:
        """A member's movies in one server, the newest first, and how many there are.

        They are counted as far as `counted_to` in bot/domain/report.py says: a long past makes nobody wait.
        """
        ...

    async def adjustments(self, guild_id: int, member_id: int, limit: int) -> Sequence[LedgerEntry]:
        """What was granted to, taken from or reset for a member last, the newest first."""
        ...

    async def entries(self, guild_id: int, member_id: int, limit: int) -> Sequence[LedgerEntry]:
        """A member's last movements in one server, the newest first."""
        ...

    async def report(self, guild_id: int | None, month: Month) -> MonthlyReport:
        """A month of one server, or of all."""
        ...

    async def receipts_of_month(self, guild_id: int | None, month: Month, make: Callable[[Iterable[Receipt]], T]) -> T:
        """Hand every movie of a month to `make`, the oldest first, off the event loop; return what it makes of them."""
        ...


class Movies(Protocol):
    """The jobs as their members look at them; see data/job_queries.py."""

    async def member_page(self, listing: MovieQuery, turn: Cursor | None, limit: int) -> Page:
        """A page of a member's jobs: the newest, or those that lie where `turn` says."""
        ...

    async def item(self, job_id: str) -> MovieItem | None:
        """One job, as a list shows it."""
        ...


class Quotas(Protocol):
    """What those who run a server decide. Every change is noted with who and why; see data/quota_service.py."""

    async def set_default(self, by: AuditContext, credits: int | None) -> None: ...  # noqa: D102 (said where it is kept)
    async def set_server(self, by: AuditContext, credits: int | None) -> None: ...  # noqa: D102 (said where it is kept)
    async def set_member(self, by: AuditContext, member_id: int, credits: int | None) -> None: ...  # noqa: D102 (said where it is kept)
    async def set_role(self, by: AuditContext, role_id: int, credits: int | None) -> None: ...  # noqa: D102 (said where it is kept)
    async def grant(self, by: AuditContext, member_id: int, credits: int) -> None: ...  # noqa: D102 (said where it is kept)
    async def revoke(self, by: AuditContext, member_id: int, credits: int) -> int | None: ...  # noqa: D102 (said where it is kept)
    async def block(self, by: AuditContext, member_id: int, hours: int | None) -> Block: ...  # noqa: D102 (said where it is kept)
    async def unblock(self, by: AuditContext, member_id: int) -> bool: ...  # noqa: D102 (said where it is kept)
    async def reset(self, by: AuditContext, member_id: int) -> int: ...  # noqa: D102 (said where it is kept)
    async def set_channel(self, by: AuditContext, channel_id: int | None) -> None: ...  # noqa: D102 (said where it is kept)
    async def guild_quotas(self, guild_id: int) -> GuildQuotas: ...  # noqa: D102 (said where it is kept)
    async def active_block(self, guild_id: int, member_id: int) -> Block | None: ...  # noqa: D102 (said where it is kept)
