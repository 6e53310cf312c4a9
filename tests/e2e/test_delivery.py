"""A finished movie always reaches the member who paid for it: in the channel, else directly, else it is kept."""

from __future__ import annotations

import pytest

from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness, message_text
from tests.helpers.ledger_checks import BudgetTotals


async def rendered(world: BotHarness) -> None:
    """Have a movie ordered and taken by the API."""
    await world.movie(duration=20)
    await world.run_until_idle()


async def test_a_movie_whose_channel_is_gone_comes_as_a_direct_message(world: BotHarness) -> None:
    """The channel was deleted while it rendered: the requester gets it all the same."""
    await rendered(world)
    world.env.backend.delete_channel(world.channel.id)
    await world.finish()
    [message] = world.direct_messages(world.alice)
    [request_id] = world.upstream.movies
    assert f"/movies/{request_id}.mp4" in message.content
    assert "200 credits" in message_text(message)
    assert world.direct_messages(world.bob) == []
    assert world.member() == BudgetTotals(used=200, held=0)


async def test_failed_movie_told_directly_has_no_button_that_needs_a_server(world: BotHarness) -> None:
    """Nothing can be ordered in a direct message, so "Try again" would only be refused there."""
    world.upstream.fail_renders(lambda _: True)
    await rendered(world)
    world.env.backend.delete_channel(world.channel.id)
    await world.finish()
    [message] = world.direct_messages(world.alice)
    assert "could not be made" in message.content
    assert message.components == []


@pytest.mark.parametrize(("status", "code"), [(403, 50001), (403, 50013), (400, 200000), (400, 240000)])
async def test_a_movie_that_the_channel_refuses_comes_as_a_direct_message(
    world: BotHarness, status: int, code: int
) -> None:
    """No access, no permission, AutoMod, a link filter: the channel is asked once, then the member gets it."""
    await rendered(world)
    path = f"/channels/{world.channel.id}/messages"
    world.env.inject_error("POST", path, status=status, code=code, times=None)
    await world.finish()
    assert len(world.direct_messages(world.alice)) == 1
    assert sum(each.path == path for each in world.requests("POST", "/messages")) == 1


async def test_a_message_that_discord_finds_malformed_comes_as_bare_words(world: BotHarness) -> None:
    """An odd address in a button or an embed must not keep the movie back: the link stands in the words."""
    await rendered(world)
    world.env.inject_error("POST", f"/channels/{world.channel.id}/messages", status=400, code=50035, times=1)
    await world.finish()
    _, movie = world.messages()
    [request_id] = world.upstream.movies
    assert f"/movies/{request_id}.mp4" in movie.content
    assert (movie.embeds, movie.components) == ([], [])
    assert world.direct_messages(world.alice) == []


async def test_a_movie_that_no_way_leads_to_is_kept(world: BotHarness) -> None:
    """Channel gone and direct messages closed: nothing is tried again, the movie is paid for and stays in the file."""
    await rendered(world)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, times=None)
    world.env.backend.delete_channel(world.channel.id)
    await world.finish()
    tries = len(world.requests("POST", "/messages"))
    await world.run_until_idle(24 * 3600)
    await world.restart()
    await world.run_until_idle(24 * 3600)
    assert len(world.requests("POST", "/messages")) == tries == 2
    [owed] = ledger_checks.outbox(world.path)
    assert (owed["status"], owed["next_attempt_at"]) == ("undeliverable", None)
    assert world.job()["movie_url"].endswith(".mp4")
    assert world.member() == BudgetTotals(used=200, held=0)


async def test_a_discord_that_is_down_gets_the_movie_when_it_is_back(world: BotHarness) -> None:
    """Errors that pass are waited out in the channel; nobody is written to directly for them."""
    await rendered(world)
    world.env.inject_error("POST", "/channels/*/messages", status=502, times=3)
    await world.finish()
    for _ in range(4):
        await world.run_until_idle(3600)
    assert len(world.messages()) == 2
    assert world.direct_messages(world.alice) == []
    requests = world.requests("POST", "/messages")
    assert len(requests) == 4
    assert len({str((each.json or {})["nonce"]) for each in requests}) == 1
    assert all((each.json or {})["enforce_nonce"] for each in requests)


@pytest.mark.parametrize("back", ["ready", "resumed"])
async def test_a_movie_comes_as_soon_as_the_gateway_is_back(world: BotHarness, back: str) -> None:
    """The pauses have grown to an hour by then; nobody waits for the rest of it."""
    await rendered(world)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=0, times=8)
    await world.finish()
    while len(world.requests("POST", "/messages")) < 8:
        await world.run_until_idle(3600)
    await world.run_until_idle(1800)
    assert len(world.messages()) == 1
    world.app.client.dispatch(back)
    await world.env.settle()
    await world.run_until_idle()
    assert len(world.messages()) == 2


async def test_a_gateway_that_comes_and_goes_does_not_have_discord_asked_more_often(world: BotHarness) -> None:
    """Once a minute at most."""
    await rendered(world)
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=0, times=None)
    await world.finish()
    await world.run_until_idle(3600)
    tries = len(world.requests("POST", "/messages"))
    for _ in range(10):
        await world.app.engine.on_gateway_ready()
        await world.run_until_idle(1)
    assert len(world.requests("POST", "/messages")) == tries + 1


async def test_a_card_that_is_gone_keeps_no_movie_back(world: BotHarness) -> None:
    """Somebody deleted the card: progress is shown nowhere, and the movie comes."""
    await rendered(world)
    world.env.backend.delete_message(world.channel.id, world.messages()[0].id)
    await world.finish()
    [movie] = world.messages()
    assert world.alice.mention in movie.content


async def test_a_card_that_may_not_be_edited_keeps_no_movie_back(world: BotHarness) -> None:
    """30046, 429, 500: an edit is a courtesy, and nothing waits for it."""
    await rendered(world)
    for status, code in ((400, 30046), (429, 0), (500, 0), (403, 50001)):
        world.env.inject_error("PATCH", "/channels/*/messages/*", status=status, code=code, times=1)
    await world.finish()
    assert len(world.messages()) == 2
    assert "ready" in message_text(world.messages()[0])
