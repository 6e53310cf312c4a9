"""Says why a member can order or pay for nothing here."""

from __future__ import annotations

import discord

from bot.discord_client.interaction_texts import private_texts
from bot.domain.quota import Block
from bot.domain.risk import Refusal
from bot.domain.server_setup import AccessRefusal
from bot.ui import refusals
from cogs.checks import Interaction, without_deleted


def refused_embed(interaction: Interaction, refused: AccessRefusal | Refusal | Block) -> discord.Embed:
    """Build the embed that its member reads."""
    texts = private_texts(interaction)
    match refused:
        case AccessRefusal():
            return refusals.access_embed(texts, without_deleted(interaction, refused))
        case Refusal():
            return refusals.refusal_embed(texts, refused)
        case Block():
            return refusals.blocked_embed(texts, refused)
