"""What the bot asks of Discord when it connects."""

from __future__ import annotations

import discord

from bot.front.client import Client


class NoFacts:
    """Keeps nothing."""

    async def get(self, name: str) -> str | None:
        """Know nothing."""
        del name

    async def put(self, name: str, value: str) -> None:
        """Forget it."""


def test_no_privileged_intent_is_requested() -> None:
    """Servers and their roles, nothing else: no message, no member and no presence is sent to the bot."""
    intents = Client(NoFacts(), None).intents
    assert intents == discord.Intents(guilds=True)


def test_nobody_is_mentioned_by_default() -> None:
    """A message that names no one to notify notifies no one, whatever stands in it."""
    allowed = Client(NoFacts(), None).allowed_mentions
    assert allowed is not None
    assert (allowed.everyone, allowed.users, allowed.roles, allowed.replied_user) == (False,) * 4
