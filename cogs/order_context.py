"""Makes orders from interactions."""

from __future__ import annotations

from bot import tracing
from bot.discord_client.interaction_texts import member_language, server_language
from bot.domain.order import Order, OrderContext
from bot.domain.request import ValidatedRequest
from bot.domain.wording import Wording
from cogs.checks import Interaction, can_manage_guild, is_age_restricted, parent_channel_id, role_ids


def order_context(interaction: Interaction) -> OrderContext:
    """Return who orders, and where."""
    assert interaction.guild_id is not None
    assert interaction.channel_id is not None
    return OrderContext(
        interaction.id,
        interaction.guild_id,
        interaction.channel_id,
        interaction.user.id,
        role_ids(interaction.user),
        interaction.user.display_name,
        member_language(interaction),
        server_language(interaction),
        parent_channel_id(interaction),
        is_age_restricted(interaction),
        can_manage_guild(interaction),
        tracing.current(),
    )


def make_order(interaction: Interaction, checked: ValidatedRequest, wording: Wording | None = None) -> Order:
    """Make the order of a valid request."""
    return Order(order_context(interaction), checked.request, checked.price, wording)
