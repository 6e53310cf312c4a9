"""Movies that are asked for in a thread, and movies whose card or channel is gone when they are done."""

from __future__ import annotations

import discord
from simcord.builders import ChannelHandle

from tests.helpers.bot_harness import BotHarness, ephemeral_text, field_of, labels, message_text
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.steps import finish, rendering

NOTHING = BudgetTotals(used=0, held=0)
CARD = ["Cancel", "Follow", "Send it to me directly"]


def open_thread(world: BotHarness) -> ChannelHandle:
    """A thread that Bob has opened in the channel."""
    world.env.backend.create_thread(world.channel.id, "our films", world.bob.id)
    [thread] = world.channel.threads
    return thread


async def test_a_movie_that_is_asked_for_in_a_thread_stays_there(world: BotHarness) -> None:
    """Its price, its card, its buttons after a restart, and the movie itself."""
    await world.restart(confirm_above_credits=100)
    thread = open_thread(world)
    offer = await world.alice.slash(thread, "movie", prompt="a cat", duration=20)
    assert "costs 200 credits" in ephemeral_text(offer)
    assert offer.response is not None
    await world.alice.click(offer.response.message, label="Make it")
    card = thread.history()[-1]
    assert field_of(card, "Asked for by") == "alice"
    assert labels(card) == CARD
    await world.restart()
    await world.bob.click(card, label="Follow")
    await finish(world)
    movie = thread.history()[-1]
    assert movie.content.startswith(f"{world.alice.mention} Your movie is ready. Also for {world.bob.mention}.")
    form = await world.bob.click(movie, label="Remix")
    await world.bob.submit_modal(form, {"prompt": "a dog", "seconds": "5"})
    assert field_of(thread.history()[-1], "Asked for by") == "bob"
    assert [each for each in world.messages() if "balloon" in message_text(each) or "a cat" in message_text(each)] == []


async def test_a_thread_in_which_the_bot_may_not_write_is_named_as_such(world: BotHarness) -> None:
    """By the permission that threads need, before anything is held."""
    thread = open_thread(world)
    world.set_bot_permissions(discord.PermissionOverwrite(send_messages_in_threads=False))
    assert "Send Messages in Threads" in ephemeral_text(
        await world.alice.slash(thread, "movie", prompt="a cat", duration=20)
    )
    assert world.member() == NOTHING


async def test_a_movie_whose_thread_was_deleted_comes_directly(world: BotHarness) -> None:
    """It is paid for, and reaches its member."""
    thread = open_thread(world)
    await world.alice.slash(thread, "movie", prompt="a cat", duration=20)
    world.env.inject_error("POST", f"/channels/{thread.id}/messages", status=404, code=10003, times=None)
    world.env.inject_error("PATCH", f"/channels/{thread.id}/messages/*", status=404, code=10003, times=None)
    await finish(world)
    [movie] = world.direct_messages(world.alice)
    assert "Your movie is ready." in movie.content
    assert world.member() == BudgetTotals(used=200, held=0)


async def test_a_movie_whose_card_was_deleted_is_posted_all_the_same(world: BotHarness) -> None:
    """The card is a courtesy: /movies has its buttons, and the movie has a message of its own."""
    card = await rendering(world)
    await card.delete()
    listed = await world.alice.slash(world.channel, "movies")
    assert "in the making" in ephemeral_text(listed)
    await finish(world)
    [movie] = world.messages()
    assert "Your movie is ready." in movie.content
