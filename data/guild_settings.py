"""What /quota show tells of a server."""

from __future__ import annotations

from bot.domain.credits import Month
from bot.domain.quota import GuildQuotas, LimitScope
from data import blocks, budgets, server_policies
from data.database import Transaction


def guild_quotas(tx: Transaction, guild_id: int) -> GuildQuotas:
    """Read every limit, block and setting of a server."""
    sql = "SELECT staff_channel_id, staff_channel_failed_at FROM guild_settings WHERE guild_id = :guild_id"
    channel_id, failed_at = tx.fetch_one(sql, {"guild_id": guild_id}) or (None, None)
    operator, month = server_policies.get(tx, guild_id).monthly_limit(tx.policy.limits), Month.containing(tx.now)
    return GuildQuotas(
        bot_default=tx.policy.limits.member,
        default=budgets.limits_by_subject(tx, guild_id, LimitScope.DEFAULT).get(0),
        server=budgets.limits_by_subject(tx, guild_id, LimitScope.SERVER).get(0),
        members=tuple(budgets.limits_by_subject(tx, guild_id, LimitScope.MEMBER).items()),
        roles=tuple(budgets.limits_by_subject(tx, guild_id, LimitScope.ROLE).items()),
        operator=budgets.operator_limit(tx, guild_id, operator, month),
        blocked=blocks.active_blocks(tx, guild_id),
        staff_channel_id=channel_id,
        staff_channel_failed_at=failed_at,
        spent=budgets.server_spending(tx, guild_id, month),
    )
