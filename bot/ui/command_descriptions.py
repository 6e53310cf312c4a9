"""Descriptions of the commands and their options.

They are registered in English with their translations; see bot/discord_client/command_translator.py.
"""

from __future__ import annotations

from discord.app_commands import locale_str

from bot.domain.catalogue import RequestLimits
from bot.domain.text import Language
from bot.locales.message_ids import MessageId
from bot.locales.texts import texts_in


def localized(message_id: MessageId, **arguments: str | int) -> locale_str:
    """Return a message in English that says how to translate it."""
    english = texts_in(Language.ENGLISH)(message_id, **arguments)
    return locale_str(english, message_id=message_id, arguments=arguments)


def prompt(limits: RequestLimits) -> locale_str:
    """Describe the option for the prompt."""
    return localized("commands-movie-prompt", characters=limits.max_prompt_length)


def duration(limits: RequestLimits) -> locale_str:
    """Describe the option for the duration."""
    return localized(
        "commands-movie-duration",
        min=limits.min_seconds,
        max=limits.max_seconds,
        default=limits.default_seconds,
    )
