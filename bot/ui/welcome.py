"""The greeting for a server that the bot joins."""

from __future__ import annotations

from collections.abc import Mapping

from bot.locales.texts import Texts
from bot.ui.help import command_mention


def greeting(texts: Texts, command_ids: Mapping[str, int]) -> str:
    """Say what the bot does, with an example."""
    return texts(
        "welcome-greeting",
        movie=command_mention(command_ids, "movie"),
        help=command_mention(command_ids, "help"),
        quota=command_mention(command_ids, "quota", "show"),
    )
