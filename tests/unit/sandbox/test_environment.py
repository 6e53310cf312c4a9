"""The sandbox has one clock, and members don't block the bot's work."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import discord
import pytest

from bot.sandbox.environment import SandboxEnvironment, open_sandbox
from tests.helpers.expected_text import ENGLISH

READY = "Your movie is ready"
WITHIN_SECONDS = 20.0

pytestmark = pytest.mark.timeout(60)


async def movie(sandbox: SandboxEnvironment) -> discord.Message:
    """Type /movie as Bob, and return the message that brings the movie."""
    said = await sandbox.people["bob"].slash(sandbox.channel, "movie", prompt="a paper boat", duration=5)
    assert said.response is not None
    card_message_id = said.response.id

    def brought() -> list[discord.Message]:
        return [each for each in sandbox.channel.history() if each.id > card_message_id and READY in each.content]

    assert await sandbox.wait_until(lambda: bool(brought()), WITHIN_SECONDS), "the movie never came"
    return brought()[-1]


async def test_a_movie_is_made_after_a_press_of_refresh_link(tmp_path: Path) -> None:
    """The click and the poll loop share the API client's rate limit."""
    async with open_sandbox(tmp_path, render_seconds=0.3, settings={}) as sandbox:
        pressed = await sandbox.people["bob"].click(await movie(sandbox), label=ENGLISH("buttons-new-link-button"))
        assert ENGLISH("buttons-new-link") in pressed.followups[0].content
        await movie(sandbox)


async def test_a_press_runs_on_the_machines_own_clock(tmp_path: Path) -> None:
    async with open_sandbox(tmp_path, render_seconds=0.3, settings={}) as sandbox:
        loop = asyncio.get_running_loop()
        seen: list[float] = []
        dates: list[datetime] = []

        async def note(interaction: discord.Interaction) -> None:
            seen.append(loop.time())
            dates.extend((interaction.created_at, discord.utils.utcnow()))

        sandbox.app.client.add_listener(note, "on_interaction")
        card = await sandbox.people["bob"].slash(sandbox.channel, "preferences")
        assert card.response is not None
        before, began = loop.time(), datetime.now(UTC)
        await sandbox.people["bob"].click(card.response.message, label=ENGLISH("preferences-dm-button"))
        [inside] = seen
        assert before <= inside <= loop.time()
        assert all(abs((date - began).total_seconds()) < WITHIN_SECONDS for date in dates)
