"""Translates the descriptions of the commands for Discord's clients."""

from __future__ import annotations

from typing import cast

import discord
from discord import app_commands

from bot.domain.text import Language, translated_language
from bot.locales.message_ids import MessageId
from bot.locales.texts import texts_in


class CommandTranslator(app_commands.Translator):
    """Translates what bot/ui/command_descriptions.py made.

    Command and option names stay English: members find the same command in every language.
    """

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 (the same text everywhere)
    ) -> str | None:
        """Return the text in a locale.

        None: clients show the English one.
        """
        language = translated_language(locale.value)
        message_id = string.extras.get("message_id")
        if message_id is None or language in (None, Language.ENGLISH):
            return None
        arguments = cast("dict[str, str | int]", string.extras["arguments"])
        return texts_in(language)(cast("MessageId", message_id), **arguments)
