"""/movies: a member's own movies, private, with their links."""

from __future__ import annotations

from tests.support.world import World, said, shown


async def test_a_member_finds_their_movies_with_links(world: World) -> None:
    """Running and done, the newest first, seen by the one who asks alone."""
    assert "None yet" in said(await world.alice.slash(world.channel, "movies"))
    await world.movie(prompt="a red balloon", duration=10)
    waiting = said(await world.alice.slash(world.channel, "movies"))
    assert "in the queue" in waiting
    await world.finish()
    result = await world.alice.slash(world.channel, "movies")
    assert result.ephemeral
    text = said(result)
    assert "a red balloon" in text
    assert "/movies/" in text
    assert "https://app.samsar.one/video/" in text
    assert "None yet" in said(await world.bob.slash(world.channel, "movies"))


async def test_pages_are_turned_and_nobody_turns_anothers(world: World) -> None:
    """Three on a page; whoever presses sees their own."""
    for number in range(4):
        await world.movie(prompt=f"balloon {number}", duration=1)
        await world.finish()
    result = await world.alice.slash(world.channel, "movies")
    assert "page 1 of 2" in said(result)
    assert result.response is not None
    await world.alice.click(result.response.message, label="Older")
    turned = await world.alice.slash(world.channel, "movies")
    assert "balloon 3" in said(turned)
    assert result.response is not None
    assert "balloon 0" in shown(result.response)
