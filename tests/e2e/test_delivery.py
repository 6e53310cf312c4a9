"""A finished movie always reaches the member who paid for it.

It comes in the channel, else by direct message, else it is kept in /movies.
"""

from __future__ import annotations

import pytest

from bot.domain.delivery import NotificationType
from bot.ui.amounts import format_credits
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import (
    ENGLISH,
    notification_type,
)
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import message_text


async def rendered(bot: BotHarness) -> None:
    """Have a movie ordered and taken by the API."""
    await bot.movie(duration=20)
    await bot.run_until_idle()


async def test_a_movie_whose_channel_is_gone_comes_as_a_direct_message(bot: BotHarness) -> None:
    """The channel is deleted while the movie renders."""
    await rendered(bot)
    bot.env.backend.delete_channel(bot.channel.id)
    await bot.finish()
    [message] = bot.direct_messages(bot.alice)
    [request_id] = bot.upstream.movies
    assert f"/movies/{request_id}.mp4" in message.content
    assert format_credits(ENGLISH, 200) in message_text(message)
    assert bot.direct_messages(bot.bob) == []
    assert bot.member() == BudgetTotals(used=200, held=0)


async def test_failed_movie_told_directly_has_no_button_that_needs_a_server(bot: BotHarness) -> None:
    """Nothing can be ordered in a direct message."""
    bot.upstream.fail_renders(lambda _: True)
    await rendered(bot)
    bot.env.backend.delete_channel(bot.channel.id)
    await bot.finish()
    [message] = bot.direct_messages(bot.alice)
    assert notification_type(message.content) is NotificationType.FAILED
    assert message.components == []


@pytest.mark.parametrize(("status", "code"), [(403, 50001), (403, 50013), (400, 200000), (400, 240000)])
async def test_a_movie_that_the_channel_refuses_comes_as_a_direct_message(
    bot: BotHarness, status: int, code: int
) -> None:
    """The cause is missing access or permission, AutoMod or a link filter."""
    await rendered(bot)
    path = f"/channels/{bot.channel.id}/messages"
    bot.env.inject_error("POST", path, status=status, code=code, times=None)
    await bot.finish()
    assert len(bot.direct_messages(bot.alice)) == 1
    assert sum(each.path == path for each in bot.requests("POST", "/messages")) == 1


async def test_a_message_that_discord_finds_malformed_comes_as_bare_words(bot: BotHarness) -> None:
    """A rejected URL in a button or embed leaves a plain-text message."""
    await rendered(bot)
    bot.env.inject_error("POST", f"/channels/{bot.channel.id}/messages", status=400, code=50035, times=1)
    await bot.finish()
    [movie] = bot.messages()
    [request_id] = bot.upstream.movies
    assert f"/movies/{request_id}.mp4" in movie.content
    assert (movie.embeds, movie.components) == ([], [])
    assert bot.direct_messages(bot.alice) == []


async def test_a_movie_that_no_way_leads_to_is_kept(bot: BotHarness) -> None:
    """The channel is gone and direct messages are closed."""
    await rendered(bot)
    bot.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, times=None)
    bot.env.backend.delete_channel(bot.channel.id)
    await bot.finish()
    tries = len(bot.requests("POST", "/messages"))
    await bot.run_until_idle(24 * 3600)
    await bot.restart()
    await bot.run_until_idle(24 * 3600)
    assert len(bot.requests("POST", "/messages")) == tries == 2
    [notification] = ledger_checks.outbox(bot.path)
    assert (notification["status"], notification["next_attempt_at"]) == ("undeliverable", None)
    assert bot.job()["movie_url"].endswith(".mp4")
    assert bot.member() == BudgetTotals(used=200, held=0)


async def test_a_discord_that_is_down_gets_the_movie_when_it_is_back(bot: BotHarness) -> None:
    """Temporary errors are retried in the channel, not sent directly."""
    await rendered(bot)
    bot.env.inject_error("POST", "/channels/*/messages", status=502, times=3)
    await bot.finish()
    for _ in range(4):
        await bot.run_until_idle(3600)
    [movie] = bot.messages()
    assert bot.alice.mention in movie.content
    assert bot.direct_messages(bot.alice) == []
    requests = bot.requests("POST", "/messages")
    assert len(requests) == 4
    assert len({str((each.json or {})["nonce"]) for each in requests}) == 1
    assert all((each.json or {})["enforce_nonce"] for each in requests)


@pytest.mark.parametrize("back", ["shard_ready", "shard_resumed"])
async def test_a_movie_comes_as_soon_as_the_gateway_is_back(bot: BotHarness, back: str) -> None:
    """The pause between attempts is an hour, and the rest is skipped."""
    await rendered(bot)
    bot.env.inject_error("POST", "/channels/*/messages", status=403, code=0, times=8)
    await bot.finish()
    while len(bot.requests("POST", "/messages")) < 8:
        await bot.run_until_idle(3600)
    await bot.run_until_idle(1800)
    [card] = bot.messages()
    bot.app.client.dispatch(back, 0)
    await bot.env.settle()
    await bot.run_until_idle()
    [movie] = bot.messages()
    assert movie.id != card.id


async def test_a_gateway_that_comes_and_goes_does_not_have_discord_asked_more_often(bot: BotHarness) -> None:
    """Reconnects trigger one attempt a minute at most."""
    await rendered(bot)
    bot.env.inject_error("POST", "/channels/*/messages", status=403, code=0, times=None)
    await bot.finish()
    await bot.run_until_idle(3600)
    tries = len(bot.requests("POST", "/messages"))
    [on_resumed] = bot.app.client.extra_events["on_shard_resumed"]
    for _ in range(10):
        await on_resumed(0)
        await bot.run_until_idle(1)
    assert len(bot.requests("POST", "/messages")) == tries + 1


async def test_a_card_that_is_gone_keeps_no_movie_back(bot: BotHarness) -> None:
    """Someone deleted the card while the movie rendered."""
    await rendered(bot)
    bot.env.backend.delete_message(bot.channel.id, bot.messages()[0].id)
    await bot.finish()
    [movie] = bot.messages()
    assert bot.alice.mention in movie.content


async def test_a_card_that_may_not_be_edited_keeps_no_movie_back(bot: BotHarness) -> None:
    """30046, 429 or 500 on an edit delays no movie."""
    await rendered(bot)
    for status, code in ((400, 30046), (429, 0), (500, 0), (403, 50001)):
        bot.env.inject_error("PATCH", "/channels/*/messages/*", status=status, code=code, times=1)
    await bot.finish()
    [movie] = bot.messages()
    assert bot.alice.mention in movie.content
