"""The decisions of those who run a server, one transaction each, with the audit row that belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bot.domain.credits import Limits
from bot.domain.quota import Block, Overview, QuotaAction
from data import ledger, quotas
from data.database import Database, Tx
from data.quotas import Change

T = TypeVar("T")

_HOUR_MS = 3_600_000


class QuotaBook:
    """Changes limits, extra credits and blocks.

    `now` returns UTC epoch milliseconds; an `actor_id` of 0 is the operator.

    A change that an `interaction_id` has made already raises RepeatedChange, and is not made again.
    `noted` is called after each change: an audit line waits to be posted.

    """

    def __init__(
        self, database: Database, defaults: Limits, now: Callable[[], int], noted: Callable[[], None] = lambda: None
    ) -> None:
        self._database = database
        self._defaults = defaults
        self._now = now
        self._noted = noted

    async def set_default(
        self, actor_id: int, guild_id: int, credits: int | None, *, reason: str = "", interaction_id: int | None = None
    ) -> None:
        """Set what members without a limit of their own or of a role get; None: the bot's default."""
        await self._set(
            Change(actor_id, guild_id, QuotaAction.DEFAULT, 0, credits, reason, self._now(), interaction_id)
        )

    async def set_server(
        self, actor_id: int, guild_id: int, credits: int | None, *, reason: str = "", interaction_id: int | None = None
    ) -> None:
        """Set the server's share of the plan; None: no limit but the plan's."""
        await self._set(Change(actor_id, guild_id, QuotaAction.SERVER, 0, credits, reason, self._now(), interaction_id))

    async def set_member(
        self,
        actor_id: int,
        guild_id: int,
        member_id: int,
        credits: int | None,
        *,
        reason: str = "",
        interaction_id: int | None = None,
    ) -> None:
        """Set a member's own allowance; None: back to their roles' or the default."""
        await self._set(
            Change(actor_id, guild_id, QuotaAction.MEMBER, member_id, credits, reason, self._now(), interaction_id)
        )

    async def set_role(
        self,
        actor_id: int,
        guild_id: int,
        role_id: int,
        credits: int | None,
        *,
        reason: str = "",
        interaction_id: int | None = None,
    ) -> None:
        """Set the allowance of a role's members; None: the role has none."""
        await self._set(
            Change(actor_id, guild_id, QuotaAction.ROLE, role_id, credits, reason, self._now(), interaction_id)
        )

    async def grant(
        self,
        actor_id: int,
        guild_id: int,
        member_id: int,
        credits: int,
        reason: str,
        *,
        interaction_id: int | None = None,
    ) -> None:
        """Grant extra credits."""
        change = Change(actor_id, guild_id, QuotaAction.GRANT, member_id, credits, reason, self._now(), interaction_id)

        def work(tx: Tx) -> None:
            ledger.grant(tx, change)
            quotas.note(tx, change)

        await self._run(work)

    async def take(
        self,
        actor_id: int,
        guild_id: int,
        member_id: int,
        credits: int,
        reason: str,
        *,
        interaction_id: int | None = None,
    ) -> int | None:
        """Take extra credits back. None: done; a number: only so many could be taken, and nothing was."""
        change = Change(actor_id, guild_id, QuotaAction.TAKE, member_id, credits, reason, self._now(), interaction_id)

        def work(tx: Tx) -> None:
            ledger.take(tx, change)
            quotas.note(tx, change)

        try:
            await self._run(work)
        except ledger.TakeRefused as refused:
            return refused.left
        return None

    async def block(
        self,
        actor_id: int,
        guild_id: int,
        member_id: int,
        hours: int | None,
        reason: str,
        *,
        interaction_id: int | None = None,
    ) -> Block:
        """Refuse a member's orders for some hours, or until the block is lifted. Running movies go on."""
        change = Change(
            actor_id, guild_id, QuotaAction.BLOCK, member_id, hours or 0, reason, self._now(), interaction_id
        )
        until = None if hours is None else change.at + hours * _HOUR_MS
        await self._run(lambda tx: quotas.block(tx, change, until))
        return Block(until, reason)

    async def unblock(
        self, actor_id: int, guild_id: int, member_id: int, *, reason: str = "", interaction_id: int | None = None
    ) -> bool:
        """Lift a block. False: there was none."""
        change = Change(actor_id, guild_id, QuotaAction.UNBLOCK, member_id, None, reason, self._now(), interaction_id)
        return await self._run(lambda tx: quotas.unblock(tx, change))

    async def reset(
        self, actor_id: int, guild_id: int, member_id: int, *, reason: str = "", interaction_id: int | None = None
    ) -> int:
        """Set this month's use of a member's allowance back to zero, and return how much that was."""
        change = Change(actor_id, guild_id, QuotaAction.RESET, member_id, None, reason, self._now(), interaction_id)

        def work(tx: Tx) -> int:
            used = ledger.reset(tx, change)
            if used:
                quotas.note(tx, replace(change, credits=used))
            return used

        return await self._run(work)

    async def set_channel(
        self,
        actor_id: int,
        guild_id: int,
        channel_id: int | None,
        *,
        reason: str = "",
        interaction_id: int | None = None,
    ) -> None:
        """Name the channel that audit lines go to; None: nowhere."""
        change = Change(
            actor_id, guild_id, QuotaAction.CHANNEL, channel_id or 0, None, reason, self._now(), interaction_id
        )
        await self._run(lambda tx: quotas.set_channel(tx, change))

    async def overview(self, guild_id: int) -> Overview:
        """Every limit of a server, and who is blocked."""
        now = self._now()
        return await self._database.read(lambda tx: quotas.overview(tx, guild_id, self._defaults.member, now))

    async def block_of(self, guild_id: int, member_id: int) -> Block | None:
        """The block in force for a member."""
        now = self._now()
        return await self._database.read(lambda tx: quotas.block_of(tx, guild_id, member_id, now))

    async def _set(self, change: Change) -> None:
        await self._run(lambda tx: quotas.set_limit(tx, change))

    async def _run(self, work: Callable[[Tx], T]) -> T:
        """Commit a change and say that there is a line to be posted."""
        result = await self._database.run(work)
        self._noted()
        return result
