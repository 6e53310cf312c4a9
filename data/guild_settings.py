"""What /quota show tells of a server."""

from __future__ import annotations

from bot.domain.credits import Month
from bot.domain.quota import GuildQuotas
from data import blocks, budgets
from data.database import Transaction


def guild_quotas(tx: Transaction, guild_id: int) -> GuildQuotas:
    """Read every limit, block and setting of a server."""
    sql = "SELECT staff_channel_id, staff_channel_failed_at FROM guild_settings WHERE guild_id = :guild_id"
    channel_id, failed_at = tx.fetch_one(sql, {"guild_id": guild_id}) or (None, None)
    chosen, month = budgets.effective_limits(tx, guild_id, 0), Month.containing(tx.now)
    limits, _ = chosen.resolve((), tx.policy.limits)
    return GuildQuotas(
        bot_default=tx.policy.limits.member,
        default=chosen.default,
        server=chosen.server,
        members=tuple(budgets.member_limits(tx, guild_id).items()),
        roles=tuple(chosen.roles.items()),
        operator=budgets.operator_limit(tx, guild_id, limits.server, month),
        blocked=blocks.active_blocks(tx, guild_id),
        staff_channel_id=channel_id,
        staff_channel_failed_at=failed_at,
        spent=budgets.server_spending(tx, guild_id, month),
    )
