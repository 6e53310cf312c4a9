"""Follow: anyone may be mentioned when somebody else's movie is done, for free, up to a limit."""

from __future__ import annotations

from typing import Any

import discord
from simcord.actors import MemberActor

from bot.domain.followers import MAX_FOLLOWERS
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness, button, ephemeral_text, labels, message_text
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.steps import finish, rendering, stored_url


def crowd(world: BotHarness, count: int) -> list[MemberActor]:
    """More members of the server."""
    return [world.guild.add_member(world.env.create_user(f"fan{number}")) for number in range(count)]


def allowed(world: BotHarness) -> list[list[int]]:
    """Whom each message of the bot was allowed to mention, in order."""
    sent = [each.json or {} for each in world.requests("POST", "/messages")]
    policies: list[dict[str, Any]] = [each["allowed_mentions"] for each in sent]
    assert all(not policy.get("parse") for policy in policies)
    return [sorted(int(user) for user in policy.get("users", ())) for policy in policies]


async def test_a_follower_is_mentioned_once_when_the_movie_is_done(world: BotHarness) -> None:
    """Beside its member, for free, and nobody else is."""
    card = await rendering(world)
    assert "will be mentioned" in ephemeral_text(await world.bob.click(card, label="Follow"))
    await finish(world)
    movie = world.messages()[-1]
    assert movie.content.count(world.bob.mention) == 1
    assert movie.content.count(world.alice.mention) == 1
    assert allowed(world) == [sorted([world.alice.id, world.bob.id])]
    assert world.member() == BudgetTotals(used=200, held=0)


async def test_a_movie_in_the_queue_can_be_followed_and_a_restart_forgets_nobody(world: BotHarness) -> None:
    """Before it is made, and in whichever process."""
    await world.movie(duration=20)
    await world.restart()
    await world.bob.click(world.messages()[0], label="Follow")
    await world.restart()
    await finish(world)
    assert world.bob.mention in world.messages()[-1].content


async def test_following_twice_mentions_once(world: BotHarness) -> None:
    """And a press that two processes were handed does not undo itself."""
    card = await rendering(world)
    for _ in range(2):
        assert "will be mentioned" in ephemeral_text(await world.bob.click(card, label="Follow"))
    await finish(world)
    assert world.messages()[-1].content.count(world.bob.mention) == 1


async def test_a_follower_can_change_their_mind(world: BotHarness) -> None:
    """With a button on the private answer, also after a restart; a second press on it changes nothing."""
    card = await rendering(world)
    result = await world.bob.click(card, label="Follow")
    assert result.response is not None
    assert labels(result.response) == ["Don't mention me"]
    await world.restart()
    for _ in range(2):
        text = ephemeral_text(await world.bob.click(result.response.message, label="Don't mention me"))
        assert "not be mentioned" in text
    await finish(world)
    assert world.bob.mention not in world.messages()[-1].content
    assert allowed(world) == [[world.alice.id]]


async def test_nobody_unfollows_for_somebody_else(world: BotHarness) -> None:
    """A forged press is about whoever pressed."""
    card = await rendering(world)
    await world.bob.click(card, label="Follow")
    await world.press(world.alice, card, f"m:unfollow:{world.job()['id']}")
    await finish(world)
    assert world.bob.mention in world.messages()[-1].content


async def test_its_member_need_not_follow_it(world: BotHarness) -> None:
    """They are told anyway, once."""
    card = await rendering(world)
    assert "your own movie" in ephemeral_text(await world.alice.click(card, label="Follow"))
    await finish(world)
    assert world.messages()[-1].content.count(world.alice.mention) == 1


async def test_no_more_than_the_limit_follow_a_movie(world: BotHarness) -> None:
    """The next one is told so; when somebody leaves, there is room again."""
    card = await rendering(world)
    fans = crowd(world, MAX_FOLLOWERS)
    for fan in fans:
        assert "will be mentioned" in ephemeral_text(await fan.click(card, label="Follow"))
    assert f"{MAX_FOLLOWERS} people follow it already" in ephemeral_text(await world.bob.click(card, label="Follow"))
    assert "will be mentioned" in ephemeral_text(await fans[0].click(card, label="Follow"))
    await world.press(fans[0], card, f"m:unfollow:{world.job()['id']}")
    assert "will be mentioned" in ephemeral_text(await world.bob.click(card, label="Follow"))
    await finish(world)
    movie = world.messages()[-1]
    assert fans[0].mention not in movie.content
    assert all(fan.mention in movie.content for fan in fans[1:])
    assert allowed(world) == [sorted([world.alice.id, world.bob.id, *(fan.id for fan in fans[1:])])]


async def test_a_movie_that_has_ended_cannot_be_followed(world: BotHarness) -> None:
    """From a stale view of its card."""
    card = await rendering(world)
    follow = button(card, "Follow")
    await finish(world)
    assert "ended already" in ephemeral_text(await world.press(world.bob, card, follow))
    assert ledger_checks.query(world.path, "SELECT * FROM followers") == []


async def test_a_movie_that_goes_to_its_member_cannot_be_followed_from_then_on(world: BotHarness) -> None:
    """The card has no Follow any more."""
    card = await rendering(world)
    follow = button(card, "Follow")
    await world.alice.click(card, label="Send it to me directly")
    assert labels(world.messages()[0]) == ["Post it in the channel"]
    assert "can't be followed" in ephemeral_text(await world.press(world.bob, card, follow))


async def test_followers_of_a_movie_that_went_to_its_member_are_told_in_the_channel(world: BotHarness) -> None:
    """Without the movie, which is its member's; and its member is not mentioned there."""
    card = await rendering(world)
    await world.bob.click(card, label="Follow")
    await world.alice.click(card, label="Send it to me directly")
    await finish(world)
    [_, told] = world.messages()
    assert told.content.count(world.bob.mention) == 1
    assert world.alice.mention not in told.content
    assert stored_url(world) not in message_text(told)
    [movie] = world.direct_messages(world.alice)
    assert stored_url(world) in movie.content
    assert world.bob.mention not in movie.content
    assert sorted(allowed(world)) == [[], [world.bob.id]]


async def test_followers_are_told_once_where_its_member_takes_no_direct_messages(world: BotHarness) -> None:
    """The movie comes to the channel for its member, and followers have a message of their own."""
    card = await rendering(world)
    await world.bob.click(card, label="Follow")
    await world.alice.click(card, label="Send it to me directly")
    path = f"/channels/{(await world.app.client.create_dm(discord.Object(world.alice.id))).id}/messages"
    world.env.inject_error("POST", path, status=403, code=50007, times=None)
    await finish(world)
    contents = [message.content for message in world.messages()[1:]]
    assert sum(text.count(world.bob.mention) for text in contents) == 1
    assert sum(text.count(world.alice.mention) for text in contents) == 1
    assert any(stored_url(world) in text for text in contents)


async def test_a_message_to_followers_that_discord_refuses_goes_to_nobody_directly(world: BotHarness) -> None:
    """It is not its member's: the movie reaches them as ever, and the channel is asked no more."""
    card = await rendering(world)
    await world.bob.click(card, label="Follow")
    await world.alice.click(card, label="Send it to me directly")
    path = f"/channels/{world.channel.id}/messages"
    world.env.inject_error("POST", path, status=403, code=50013, times=None)
    await finish(world)
    assert len(world.direct_messages(world.alice)) == 1
    await world.run_until_idle(24 * 3600)
    assert len(world.direct_messages(world.alice)) == 1
    assert sum(each.path == path for each in world.requests("POST", "/messages")) == 1


async def test_a_follower_of_a_movie_that_comes_directly_for_a_closed_channel_is_not_mentioned_there(
    world: BotHarness,
) -> None:
    """A direct message has one reader."""
    card = await rendering(world)
    await world.bob.click(card, label="Follow")
    world.env.backend.delete_channel(world.channel.id)
    await finish(world)
    [movie] = world.direct_messages(world.alice)
    assert world.bob.mention not in movie.content
