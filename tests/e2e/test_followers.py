"""Follow: members are mentioned when another's movie is done.

Following is free, and a movie has a limit of followers.
"""

from __future__ import annotations

from typing import Any

import discord

from bot.domain.followers import FollowResult
from bot.ui import button_responses
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import about_movie, actions, answered, button, ephemeral_text, message_text
from tests.helpers.steps import finish, rendering, stored_url


def allowed(bot: BotHarness) -> list[list[int]]:
    """Whom each message of the bot was allowed to mention, in order."""
    sent = [each.json or {} for each in bot.requests("POST", "/messages")]
    policies: list[dict[str, Any]] = [each["allowed_mentions"] for each in sent]
    assert all(not policy.get("parse") for policy in policies)
    return [sorted(int(user) for user in policy.get("users", ())) for policy in policies]


async def test_a_follower_is_mentioned_once_when_the_movie_is_done(bot: BotHarness) -> None:
    """Beside the requester, also after restarts. A second press undoes nothing, and followers may change their mind."""
    await bot.movie(duration=20)
    [card] = bot.messages()
    await bot.restart()
    dana = bot.guild.add_member(bot.env.create_user("dana"))
    for who in (bot.bob, bot.bob, dana):
        answer = await who.click(card, label=ENGLISH("buttons-follow-button"))
        assert about_movie(answer) == button_responses.follow(ENGLISH, FollowResult.FOLLOWING)
        assert actions(answered(answer)) == ["unfollow"]
    own = await bot.alice.click(card, label=ENGLISH("buttons-follow-button"))
    assert about_movie(own) == button_responses.own_movie(ENGLISH)
    await bot.restart()
    for _ in range(2):
        text = about_movie(await dana.click(answered(answer).message, label=ENGLISH("buttons-unfollow-button")))
        assert text == button_responses.unfollowed(ENGLISH)
    follow = button(card, ENGLISH("buttons-follow-button"))
    await finish(bot)
    movie = bot.messages()[-1]
    assert [movie.content.count(who.mention) for who in (bot.alice, bot.bob, dana)] == [1, 1, 0]
    assert allowed(bot) == [sorted([bot.alice.id, bot.bob.id])]
    assert bot.member() == BudgetTotals(used=200, held=0)
    ended = about_movie(await bot.press(dana, movie, follow))
    assert ended == button_responses.follow(ENGLISH, FollowResult.ENDED)


async def test_the_card_says_that_its_member_gets_the_movie_by_dm(bot: BotHarness) -> None:
    """Only the member's press changes that note, which survives a restart."""
    card, says = await rendering(bot), ENGLISH("cards-direct", member="alice")
    direct = button(card, ENGLISH("buttons-direct-button"))
    await bot.press(bot.bob, card, direct)
    assert says not in message_text(bot.messages()[0])
    for _ in range(2):
        await bot.press(bot.alice, card, direct)
        assert message_text(bot.messages()[0]).count(says) == 1
    await bot.alice.click(bot.messages()[0], label=ENGLISH("buttons-post-here-button"))
    assert says not in message_text(bot.messages()[0])
    await bot.press(bot.alice, card, direct)
    await bot.restart()
    await finish(bot)
    [card] = bot.messages()
    assert card.embeds[0].title == ENGLISH("cards-ready-title")
    assert says not in message_text(card)
    assert ENGLISH("cards-sent-direct", member="alice") in message_text(card)


async def test_who_follows_is_told_before_that_it_may_go_to_its_member(bot: BotHarness) -> None:
    """From then on no one new can follow it, even after a restart."""
    card = await rendering(bot)
    follow = button(card, ENGLISH("buttons-follow-button"))
    for _ in range(2):
        assert "DM" in ephemeral_text(await bot.press(bot.bob, card, follow))
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    assert actions(bot.messages()[0]) == ["target"]
    await bot.restart()
    dana = bot.guild.add_member(bot.env.create_user("dana"))
    refused = about_movie(await bot.press(dana, bot.messages()[0], follow))
    assert refused == button_responses.follow(ENGLISH, FollowResult.PRIVATE)
    assert [row["member_id"] for row in ledger_checks.query(bot.path, "SELECT * FROM followers")] == [bot.bob.id]


async def test_followers_of_a_movie_that_went_to_its_member_are_told_in_the_channel(bot: BotHarness) -> None:
    """One message without the movie replaces the card, and mentions them alone."""
    card = await rendering(bot)
    for _ in range(2):
        await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    bot.env.inject_error("POST", f"/channels/{bot.channel.id}/messages", status=503, code=0, times=5)
    await finish(bot)
    assert bot.messages()[0].id == card.id
    await bot.restart()
    for _ in range(6):
        await bot.run_until_idle(3600)
    [told] = bot.messages()
    assert told.content.count(bot.bob.mention) == 1
    assert bot.alice.mention not in told.content
    assert stored_url(bot) not in message_text(told)
    [movie] = bot.direct_messages(bot.alice)
    assert stored_url(bot) in movie.content
    assert bot.bob.mention not in movie.content
    assert {tuple(each) for each in allowed(bot)} == {(), (bot.bob.id,)}


async def test_followers_are_told_once_where_its_member_takes_no_direct_messages(bot: BotHarness) -> None:
    """The movie comes to the channel, and its message mentions them."""
    card = await rendering(bot)
    await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    path = f"/channels/{(await bot.app.client.create_dm(discord.Object(bot.alice.id))).id}/messages"
    bot.env.inject_error("POST", path, status=403, code=50007, times=None)
    await finish(bot)
    [movie] = bot.messages()
    assert (movie.content.count(bot.bob.mention), movie.content.count(bot.alice.mention)) == (1, 1)
    assert stored_url(bot) in movie.content
    assert "DM" not in message_text(movie)
