"""The decisions of those who run a server, one transaction each, with the audit row that belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bot.domain.credits import Limits
from bot.domain.quota import AuditContext, Block, GuildQuotas, QuotaAction
from data import ledger, quotas
from data.database import Database, Transaction
from data.quotas import AuditEvent

T = TypeVar("T")

_HOUR_MS = 3_600_000


class QuotaService:
    """Changes limits, extra credits and blocks.

    `now` returns UTC epoch milliseconds. `noted` is called after each change: an audit line waits to be posted.

    A change that a decision's interaction has made already raises DuplicateInteraction, and is not made again.
    """

    def __init__(
        self, database: Database, defaults: Limits, now: Callable[[], int], noted: Callable[[], None] = lambda: None
    ) -> None:
        self._database = database
        self._defaults = defaults
        self._now = now
        self._noted = noted

    async def set_default(self, by: AuditContext, credits: int | None) -> None:
        """Set what members without a limit of their own or of a role get; None: the bot's default."""
        await self._set(by, QuotaAction.DEFAULT, 0, credits)

    async def set_server(self, by: AuditContext, credits: int | None) -> None:
        """Set the server's share of the plan; None: no limit but the plan's."""
        await self._set(by, QuotaAction.SERVER, 0, credits)

    async def set_member(self, by: AuditContext, member_id: int, credits: int | None) -> None:
        """Set a member's own allowance; None: back to their roles' or the default."""
        await self._set(by, QuotaAction.MEMBER, member_id, credits)

    async def set_role(self, by: AuditContext, role_id: int, credits: int | None) -> None:
        """Set the allowance of a role's members; None: the role has none."""
        await self._set(by, QuotaAction.ROLE, role_id, credits)

    async def grant(self, by: AuditContext, member_id: int, credits: int) -> None:
        """Grant extra credits."""
        change = AuditEvent(by, QuotaAction.GRANT, member_id, credits, self._now())

        def work(tx: Transaction) -> None:
            ledger.grant(tx, change)
            quotas.record(tx, change)

        await self._run(work)

    async def revoke(self, by: AuditContext, member_id: int, credits: int) -> int | None:
        """Take extra credits back. None: done; a number: only so many could be taken, and nothing was."""
        change = AuditEvent(by, QuotaAction.TAKE, member_id, credits, self._now())

        def work(tx: Transaction) -> None:
            ledger.revoke(tx, change)
            quotas.record(tx, change)

        try:
            await self._run(work)
        except ledger.InsufficientGrant as refused:
            return refused.left
        return None

    async def block(self, by: AuditContext, member_id: int, hours: int | None) -> Block:
        """Refuse a member's orders for some hours, or until the block is lifted. Running movies go on."""
        change = AuditEvent(by, QuotaAction.BLOCK, member_id, hours or 0, self._now())
        until = None if hours is None else change.at + hours * _HOUR_MS
        await self._run(lambda tx: quotas.block(tx, change, until))
        return Block(until, by.reason)

    async def unblock(self, by: AuditContext, member_id: int) -> bool:
        """Lift a block. False: there was none."""
        change = AuditEvent(by, QuotaAction.UNBLOCK, member_id, None, self._now())
        return await self._run(lambda tx: quotas.unblock(tx, change))

    async def reset(self, by: AuditContext, member_id: int) -> int:
        """Set this month's use of a member's allowance back to zero, and return how much that was."""
        change = AuditEvent(by, QuotaAction.RESET, member_id, None, self._now())

        def work(tx: Transaction) -> int:
            used = ledger.reset_usage(tx, change)
            if used:
                quotas.record(tx, replace(change, credits=used))
            return used

        return await self._run(work)

    async def set_channel(self, by: AuditContext, channel_id: int | None) -> None:
        """Name the channel that audit lines go to; None: nowhere."""
        change = AuditEvent(by, QuotaAction.CHANNEL, channel_id or 0, None, self._now())
        await self._run(lambda tx: quotas.set_channel(tx, change))

    async def guild_quotas(self, guild_id: int) -> GuildQuotas:
        """Every limit of a server, and who is blocked."""
        now = self._now()
        return await self._database.read(lambda tx: quotas.guild_quotas(tx, guild_id, self._defaults.member, now))

    async def active_block(self, guild_id: int, member_id: int) -> Block | None:
        """The block in force for a member."""
        now = self._now()
        return await self._database.read(lambda tx: quotas.active_block(tx, guild_id, member_id, now))

    async def _set(self, by: AuditContext, action: QuotaAction, subject_id: int, credits: int | None) -> None:
        change = AuditEvent(by, action, subject_id, credits, self._now())
        await self._run(lambda tx: quotas.set_limit(tx, change))

    async def _run(self, work: Callable[[Transaction], T]) -> T:
        """Commit a change and say that there is a line to be posted."""
        result = await self._database.write(work)
        self._noted()
        return result
