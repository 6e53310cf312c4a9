"""The languages of an interaction: its member's, and its server's in Discord."""

from __future__ import annotations

import discord
from discord.ext import commands

from bot.domain.language import Language, language_of
from bot.locales.texts import Texts, texts_in


def private_texts(interaction: discord.Interaction[commands.AutoShardedBot]) -> Texts:
    """Return the texts for what only the member sees."""
    return texts_in(member_language(interaction))


def member_language(interaction: discord.Interaction[commands.AutoShardedBot]) -> Language:
    """Return the language that the member chose in Discord."""
    return language_of(interaction.locale.value)


def server_language(interaction: discord.Interaction[commands.AutoShardedBot]) -> Language:
    """Return the server's language in Discord; in direct messages, the member's."""
    locale = interaction.guild_locale or interaction.locale
    return language_of(locale.value)
