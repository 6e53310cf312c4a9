"""Steps that many end-to-end tests begin with."""

from __future__ import annotations

import discord

from tests.support.world import RENDER_SECONDS, World


async def rendering(world: World, **options: object) -> discord.Message:
    """The card of Alice's movie that the API has taken, which costs 200 credits."""
    await world.movie(**{"duration": 20, **options})
    await world.turn()
    return world.messages()[0]


async def finish(world: World) -> None:
    """Have every movie that waits or is made be done, with as few looks at the API as that takes."""
    await world.turn()
    await world.turn(RENDER_SECONDS)


async def made(world: World, **options: object) -> discord.Message:
    """The message of Alice's movie, which cost 200 credits."""
    await rendering(world, **options)
    await world.turn(RENDER_SECONDS)
    return world.messages()[-1]


def stored_url(world: World) -> str:
    """The movie's link in the file."""
    return str(world.job()["movie_url"])
