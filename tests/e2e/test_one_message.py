"""A channel holds one message for each movie.

The message about the end replaces the card, and a card that stays is correct.
"""

from __future__ import annotations

import discord

from bot.domain.delivery import NotificationType
from bot.ui import movie_list
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness
from tests.helpers.expected_text import ENGLISH, notification_type
from tests.helpers.movie_list import listed, open_one
from tests.helpers.reading import answered, button, ephemeral_text, message_text
from tests.helpers.steps import finish, rendering, stored_url


def fail_deletions(bot: BotHarness, status: int, code: int, times: int | None = None) -> None:
    """Make Discord refuse to delete messages in the channel."""
    bot.env.inject_error("DELETE", f"/channels/{bot.channel.id}/messages/*", status=status, code=code, times=times)


def deletions(bot: BotHarness) -> int:
    return len(ledger_checks.query(bot.path, "SELECT * FROM message_deletions"))


async def close_direct_messages(bot: BotHarness) -> None:
    room = await bot.app.client.create_dm(discord.Object(bot.alice.id))
    bot.env.inject_error("POST", f"/channels/{room.id}/messages", status=403, code=50007, times=None)


async def test_a_movie_replaces_its_card_and_replies_to_nothing(bot: BotHarness) -> None:
    card = await rendering(bot)
    fail_deletions(bot, 503, 0, times=1)
    await bot.run_until_idle(RENDER_SECONDS)
    still, movie = bot.messages()
    assert still.id == card.id
    assert (movie.reference, movie.content.startswith(bot.alice.mention)) == (None, True)
    await bot.run_until_idle(60)
    assert [each.id for each in bot.messages()] == [movie.id]


async def test_a_deletion_waits_until_discord_is_well(bot: BotHarness) -> None:
    """A proxy's 403 is not Discord's."""
    bot.upstream.fail_renders(lambda _: True)
    await rendering(bot)
    fail_deletions(bot, 403, 0, times=8)
    await bot.run_until_idle(RENDER_SECONDS)
    assert len(bot.messages()) == 2
    await bot.restart()
    for _ in range(8):
        await bot.run_until_idle(3600)
    [message] = bot.messages()
    assert notification_type(message.content) is NotificationType.FAILED
    assert bot.alice.mention in message.content
    assert deletions(bot) == 0


async def test_a_card_that_somebody_deleted_counts_as_deleted(bot: BotHarness) -> None:
    card = await rendering(bot)
    bot.env.backend.delete_message(bot.channel.id, card.id)
    await bot.run_until_idle(RENDER_SECONDS)
    [movie] = bot.messages()
    assert stored_url(bot) in movie.content
    assert (deletions(bot), len(bot.requests("DELETE", f"/messages/{card.id}"))) == (0, 1)


async def test_a_movie_that_was_sent_directly_leaves_the_card_which_says_so(bot: BotHarness) -> None:
    card = await rendering(bot)
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    await bot.restart()
    await finish(bot)
    [shown] = bot.messages()
    assert shown.id == card.id
    assert ENGLISH("cards-sent-direct", member="alice") in message_text(shown)
    assert ENGLISH("cards-direct", member="alice") not in message_text(shown)
    assert len(bot.direct_messages(bot.alice)) == 1


async def test_a_direct_message_that_failed_is_not_said_to_be_one(bot: BotHarness) -> None:
    card = await rendering(bot)
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    await close_direct_messages(bot)
    fail_deletions(bot, 403, 50001)
    await finish(bot)
    shown, movie = bot.messages()
    assert stored_url(bot) in movie.content
    assert "DM" not in message_text(shown) + message_text(movie)


async def test_private_answers_lead_to_the_movies_message(bot: BotHarness) -> None:
    await bot.restart(confirm_above_credits=0)
    quote = answered(await bot.movie())
    make = button(quote, ENGLISH("quotes-accept-button"))
    await bot.press(bot.alice, quote, make)
    card = bot.messages()[-1]
    page = await listed(bot)
    await open_one(bot, page)
    address = f"https://discord.com/channels/{bot.guild.id}/{bot.channel.id}/{card.id}"
    followed = await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))
    for answer in (quote, page, followed.response):
        assert answer is not None
        assert f"[{ENGLISH('links-jump')}]({address})" in message_text(answer)
    await finish(bot)
    [movie] = bot.messages()
    address = f"https://discord.com/channels/{bot.guild.id}/{bot.channel.id}/{movie.id}"
    page = await listed(bot)
    await open_one(bot, page)
    assert f"[{ENGLISH('links-jump')}]({address})" in message_text(page)
    credits = (await bot.alice.slash(bot.channel, "credits")).response
    receipt = (await bot.alice.click(movie, label=ENGLISH("buttons-receipt-button"))).response
    delete = (await bot.alice.click(movie, label=ENGLISH("buttons-delete-button"))).response
    too_late = (await bot.press(bot.alice, movie, f"m:target:{bot.job()['id']}:direct")).response
    for answer in (credits, receipt, delete, too_late):
        assert answer is not None
        assert f"[{ENGLISH('links-jump')}]({address})" in message_text(answer)
    await bot.press(bot.alice, quote, make)
    assert address in message_text(quote)


async def test_a_link_to_a_direct_message_is_its_members_alone(bot: BotHarness) -> None:
    """A manager does not get to see the movie."""
    card = await rendering(bot)
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    await finish(bot)
    [movie] = bot.direct_messages(bot.alice)
    page = await listed(bot)
    await open_one(bot, page)
    assert f"https://discord.com/channels/@me/{movie.channel.id}/{movie.id}" in message_text(page)
    crew = bot.guild.create_role("Crew", permissions=discord.Permissions(manage_guild=True))
    dana = bot.guild.add_member(bot.env.create_user("dana"), roles=[crew])
    shown = await dana.slash(bot.channel, "movies", id=bot.job()["id"])
    assert ephemeral_text(shown) == movie_list.unknown_id(ENGLISH)
