"""Follow: members are mentioned when another's movie is done.

Following is free, and a movie has a limit of followers.
"""

from __future__ import annotations

from typing import Any

import discord
from simcord.actors import MemberActor

from bot.domain.followers import MAX_FOLLOWERS, FollowResult
from bot.ui import button_responses
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import about_movie, actions, button, ephemeral_text, message_text
from tests.helpers.steps import finish, rendering, stored_url


def crowd(bot: BotHarness, count: int) -> list[MemberActor]:
    """More members of the server."""
    return [bot.guild.add_member(bot.env.create_user(f"fan{number}")) for number in range(count)]


def allowed(bot: BotHarness) -> list[list[int]]:
    """Whom each message of the bot was allowed to mention, in order."""
    sent = [each.json or {} for each in bot.requests("POST", "/messages")]
    policies: list[dict[str, Any]] = [each["allowed_mentions"] for each in sent]
    assert all(not policy.get("parse") for policy in policies)
    return [sorted(int(user) for user in policy.get("users", ())) for policy in policies]


async def test_a_follower_is_mentioned_once_when_the_movie_is_done(bot: BotHarness) -> None:
    """The requester is mentioned beside them, and no one else is."""
    card = await rendering(bot)
    assert about_movie(await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))) == button_responses.follow(
        ENGLISH, FollowResult.FOLLOWING
    )
    await finish(bot)
    movie = bot.messages()[-1]
    assert movie.content.count(bot.bob.mention) == 1
    assert movie.content.count(bot.alice.mention) == 1
    assert allowed(bot) == [sorted([bot.alice.id, bot.bob.id])]
    assert bot.member() == BudgetTotals(used=200, held=0)


async def test_a_queued_movie_can_be_followed_and_a_restart_keeps_its_followers(bot: BotHarness) -> None:
    await bot.movie(duration=20)
    await bot.restart()
    await bot.bob.click(bot.messages()[0], label=ENGLISH("buttons-follow-button"))
    await bot.restart()
    await finish(bot)
    assert bot.bob.mention in bot.messages()[-1].content


async def test_following_twice_mentions_once(bot: BotHarness) -> None:
    """A second press must not undo the first."""
    card = await rendering(bot)
    for _ in range(2):
        assert about_movie(
            await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))
        ) == button_responses.follow(ENGLISH, FollowResult.FOLLOWING)
    await finish(bot)
    assert bot.messages()[-1].content.count(bot.bob.mention) == 1


async def test_a_follower_can_change_their_mind(bot: BotHarness) -> None:
    """The private answer has a button, which works after a restart."""
    card = await rendering(bot)
    result = await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))
    assert result.response is not None
    assert actions(result.response) == ["unfollow"]
    await bot.restart()
    for _ in range(2):
        text = about_movie(await bot.bob.click(result.response.message, label=ENGLISH("buttons-unfollow-button")))
        assert text == button_responses.unfollowed(ENGLISH)
    await finish(bot)
    assert bot.bob.mention not in bot.messages()[-1].content
    assert allowed(bot) == [[bot.alice.id]]


async def test_only_a_follower_unfollows_for_themselves(bot: BotHarness) -> None:
    """A press counts only for the member who presses."""
    card = await rendering(bot)
    await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))
    await bot.press(bot.alice, card, f"m:unfollow:{bot.job()['id']}")
    await finish(bot)
    assert bot.bob.mention in bot.messages()[-1].content


async def test_its_member_need_not_follow_it(bot: BotHarness) -> None:
    """The member is mentioned once anyway."""
    card = await rendering(bot)
    assert about_movie(
        await bot.alice.click(card, label=ENGLISH("buttons-follow-button"))
    ) == button_responses.own_movie(ENGLISH)
    await finish(bot)
    assert bot.messages()[-1].content.count(bot.alice.mention) == 1


async def test_no_more_than_the_limit_follow_a_movie(bot: BotHarness) -> None:
    """One more is refused until a follower leaves."""
    card = await rendering(bot)
    fans = crowd(bot, MAX_FOLLOWERS)
    for fan in fans:
        assert about_movie(await fan.click(card, label=ENGLISH("buttons-follow-button"))) == button_responses.follow(
            ENGLISH, FollowResult.FOLLOWING
        )
    assert about_movie(await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))) == button_responses.follow(
        ENGLISH, FollowResult.FULL
    )
    assert about_movie(await fans[0].click(card, label=ENGLISH("buttons-follow-button"))) == button_responses.follow(
        ENGLISH, FollowResult.FOLLOWING
    )
    await bot.press(fans[0], card, f"m:unfollow:{bot.job()['id']}")
    assert about_movie(await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))) == button_responses.follow(
        ENGLISH, FollowResult.FOLLOWING
    )
    await finish(bot)
    movie = bot.messages()[-1]
    assert fans[0].mention not in movie.content
    assert all(fan.mention in movie.content for fan in fans[1:])
    assert allowed(bot) == [sorted([bot.alice.id, bot.bob.id, *(fan.id for fan in fans[1:])])]


async def test_a_movie_that_has_ended_cannot_be_followed(bot: BotHarness) -> None:
    """The press comes from a stale view of the card."""
    card = await rendering(bot)
    follow = button(card, ENGLISH("buttons-follow-button"))
    await finish(bot)
    assert about_movie(await bot.press(bot.bob, bot.messages()[0], follow)) == button_responses.follow(
        ENGLISH, FollowResult.ENDED
    )
    assert ledger_checks.query(bot.path, "SELECT * FROM followers") == []


async def test_a_movie_that_goes_to_its_member_cannot_be_followed_from_then_on(bot: BotHarness) -> None:
    """The card loses its *Follow* button."""
    card = await rendering(bot)
    follow = button(card, ENGLISH("buttons-follow-button"))
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    assert actions(bot.messages()[0]) == ["target"]
    assert about_movie(await bot.press(bot.bob, card, follow)) == button_responses.follow(ENGLISH, FollowResult.PRIVATE)


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
    """The answer to a follower's press says where the movie may go.

    Once the movie goes to its member, no one new can follow it, even after a restart.
    """
    card = await rendering(bot)
    follow = button(card, ENGLISH("buttons-follow-button"))
    for _ in range(2):
        assert "DM" in ephemeral_text(await bot.press(bot.bob, card, follow))
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    await bot.restart()
    dana = bot.guild.add_member(bot.env.create_user("dana"))
    refused = about_movie(await bot.press(dana, bot.messages()[0], follow))
    assert refused == button_responses.follow(ENGLISH, FollowResult.PRIVATE)
    assert [row["member_id"] for row in ledger_checks.query(bot.path, "SELECT * FROM followers")] == [bot.bob.id]


async def test_followers_of_a_movie_that_went_to_its_member_are_told_in_the_channel(bot: BotHarness) -> None:
    """One message replaces the card and mentions them, without the movie.

    The movie is its member's, who is not mentioned there.
    """
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


async def test_a_rejected_message_to_followers_is_not_sent_directly(bot: BotHarness) -> None:
    """The member already has the movie, and the channel isn't retried."""
    card = await rendering(bot)
    await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    path = f"/channels/{bot.channel.id}/messages"
    bot.env.inject_error("POST", path, status=403, code=50013, times=None)
    await finish(bot)
    assert len(bot.direct_messages(bot.alice)) == 1
    await bot.run_until_idle(24 * 3600)
    assert len(bot.direct_messages(bot.alice)) == 1
    assert sum(each.path == path for each in bot.requests("POST", "/messages")) == 1


async def test_a_follower_of_a_movie_that_comes_directly_for_a_closed_channel_is_not_mentioned_there(
    bot: BotHarness,
) -> None:
    """Only its member reads a direct message."""
    card = await rendering(bot)
    await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))
    bot.env.backend.delete_channel(bot.channel.id)
    await finish(bot)
    [movie] = bot.direct_messages(bot.alice)
    assert bot.bob.mention not in movie.content
