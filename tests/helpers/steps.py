"""Steps that many end-to-end tests begin with."""

from __future__ import annotations

import discord

from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness


async def rendering(world: BotHarness, **options: object) -> discord.Message:
    """The card of Alice's movie that the API has taken, which costs 200 credits."""
    await world.movie(**{"duration": 20, **options})
    await world.run_until_idle()
    return world.messages()[0]


async def finish(world: BotHarness) -> None:
    """Have every movie that waits or is made be done, with as few looks at the API as that takes."""
    await world.run_until_idle()
    await world.run_until_idle(RENDER_SECONDS)


async def completed_movie(world: BotHarness, **options: object) -> discord.Message:
    """The message of Alice's movie, which cost 200 credits."""
    await rendering(world, **options)
    await world.run_until_idle(RENDER_SECONDS)
    return world.messages()[-1]


def stored_url(world: BotHarness) -> str:
    """The movie's link in the file."""
    return str(world.job()["movie_url"])
