"""Changes of limits, grants and blocks by managers and the operator."""

from __future__ import annotations

from bot.domain.credits import Limits
from bot.domain.quota import AuditContext, Block, GuildQuotas, LimitScope
from bot.domain.risk import Refusal
from data import blocks, grants, guild_settings, limits, risk
from data.database import Database
from data.ledger import InsufficientGrant


class QuotaService:
    """Changes limits, grants and blocks.

    Each change and its audit entry are one transaction. A change raises DuplicateInteraction where its interaction has
    made it already.
    """

    def __init__(self, database: Database, defaults: Limits) -> None:
        self._database = database
        self._defaults = defaults

    async def set_limit(self, by: AuditContext, scope: LimitScope, subject_id: int, credits: int) -> None:
        """Set a monthly limit."""
        await self._database.write(limits.set_limit, scope, subject_id, credits, by=by)

    async def clear_limit(self, by: AuditContext, scope: LimitScope, subject_id: int) -> bool:
        """Delete a monthly limit; return False where there is none."""
        return await self._database.write(limits.clear_limit, scope, subject_id, by=by)

    async def grant(self, by: AuditContext, member_id: int, credits: int) -> None:
        """Grant extra credits."""
        await self._database.write(grants.grant, member_id, credits, by=by)

    async def revoke(self, by: AuditContext, member_id: int, credits: int) -> int | None:
        """Revoke extra credits.

        Return None, or how many could be revoked where there are fewer.
        """
        try:
            await self._database.write(grants.revoke, member_id, credits, by=by)
        except InsufficientGrant as refused:
            return refused.available
        return None

    async def reset_usage(self, by: AuditContext, member_id: int) -> int:
        """Set a member's used allowance to zero; return how much it was.

        Only this month's.
        """
        return await self._database.write(grants.reset_usage, member_id, by=by)

    async def block(self, by: AuditContext, member_id: int, hours: int | None) -> Block:
        """Block a member's orders for some hours, or until unblocked.

        Jobs in progress continue.
        """
        return await self._database.write(blocks.block, member_id, hours, by=by)

    async def unblock(self, by: AuditContext, member_id: int) -> bool:
        """Remove a block, or the stop after failed movies.

        Return False where there was neither.
        """
        bounds = self._defaults.risk
        return await self._database.write(
            blocks.unblock, member_id, by=by, max_failed_credits=bounds and bounds.failed_credits
        )

    async def guild_quotas(self, guild_id: int) -> GuildQuotas:
        """Read every limit, block and setting of a server."""
        return await self._database.read(guild_settings.guild_quotas, guild_id, defaults=self._defaults)

    async def refusal(self, guild_id: int, member_id: int) -> Refusal | Block | None:
        """Return why a member's next order would be refused, at any price."""
        return await self._database.read(risk.next_refusal, guild_id, member_id, self._defaults.risk)

    async def active_block(self, guild_id: int, member_id: int) -> Block | None:
        """Return a member's block; an expired one counts as none."""
        return await self._database.read(blocks.active_block, guild_id, member_id)
