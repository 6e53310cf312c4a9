"""A finished movie reaches who paid for it in the channel, else by direct message, else in /movies."""

from __future__ import annotations

from bot.ui.amounts import format_credits
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import message_text


async def rendered(bot: BotHarness) -> None:
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


async def test_a_movie_comes_as_soon_as_the_gateway_is_back(bot: BotHarness) -> None:
    """The pause between attempts is an hour, and the rest is skipped."""
    await rendered(bot)
    bot.env.inject_error("POST", "/channels/*/messages", status=403, code=0, times=8)
    await bot.finish()
    while len(bot.requests("POST", "/messages")) < 8:
        await bot.run_until_idle(3600)
    await bot.run_until_idle(1800)
    [card] = bot.messages()
    bot.app.client.dispatch("shard_resumed", 0)
    await bot.env.settle()
    await bot.run_until_idle()
    [movie] = bot.messages()
    assert movie.id != card.id
