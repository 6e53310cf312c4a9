"""What cogs and the Discord side need of the accounts. Kept by data/accounts.py and data/quota_book.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from bot.domain.catalogue import Catalogue
from bot.domain.credits import Entry, Month
from bot.domain.listing import Item, Listing, Page, Turn
from bot.domain.preferences import Choice, Chosen, Preferences, Tell
from bot.domain.quota import Balance, Block, Decision, Overview
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
        """A member's movies in one server, the newest first, and how many there are.

        They are counted as far as `counted_to` in bot/domain/report.py says: a long past makes nobody wait.
        """
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

    async def jobs_of_member(self, listing: Listing, turn: Turn | None, most: int) -> Page:
        """A page of a member's jobs: the newest, or those that lie where `turn` says."""
        ...

    async def movie(self, job_id: str) -> Item | None:
        """One job, as a list shows it."""
        ...


class PreferenceKeeper(Protocol):
    """What is remembered of members; see data/preferences.py."""

    async def of(self, member_id: int) -> Preferences: ...  # noqa: D102 (said where it is kept)
    async def choose(  # noqa: D102 (said where it is kept)
        self, member_id: int, choice: Choice, value: str | None, catalogue: Catalogue
    ) -> Chosen | None: ...
    async def tell(self, member_id: int, tell: Tell) -> Preferences: ...  # noqa: D102 (said where it is kept)
    async def forget(self, member_id: int) -> None: ...  # noqa: D102 (said where it is kept)


class Quotas(Protocol):
    """What those who run a server decide. Every change is noted with who and why; see data/quota_book.py."""

    async def set_default(self, by: Decision, credits: int | None) -> None: ...  # noqa: D102 (said where it is kept)
    async def set_server(self, by: Decision, credits: int | None) -> None: ...  # noqa: D102 (said where it is kept)
    async def set_member(self, by: Decision, member_id: int, credits: int | None) -> None: ...  # noqa: D102 (said where it is kept)
    async def set_role(self, by: Decision, role_id: int, credits: int | None) -> None: ...  # noqa: D102 (said where it is kept)
    async def grant(self, by: Decision, member_id: int, credits: int) -> None: ...  # noqa: D102 (said where it is kept)
    async def take(self, by: Decision, member_id: int, credits: int) -> int | None: ...  # noqa: D102 (said where it is kept)
    async def block(self, by: Decision, member_id: int, hours: int | None) -> Block: ...  # noqa: D102 (said where it is kept)
    async def unblock(self, by: Decision, member_id: int) -> bool: ...  # noqa: D102 (said where it is kept)
    async def reset(self, by: Decision, member_id: int) -> int: ...  # noqa: D102 (said where it is kept)
    async def set_channel(self, by: Decision, channel_id: int | None) -> None: ...  # noqa: D102 (said where it is kept)
    async def overview(self, guild_id: int) -> Overview: ...  # noqa: D102 (said where it is kept)
    async def block_of(self, guild_id: int, member_id: int) -> Block | None: ...  # noqa: D102 (said where it is kept)
