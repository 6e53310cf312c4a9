"""A channel holds one message for each movie, which shows how it is, also after restarts."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor

from bot.domain.delivery import NotificationType
from bot.domain.jobs import JobState
from bot.ui import job_messages
from bot.ui.components import MORE_LABEL
from bot.ui.formatting import format_credits
from data import orders
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import (
    ENGLISH,
    card_title,
    notification_type,
    quote_title,
    refusal,
    shows_job,
)
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import (
    about_movie,
    actions,
    addresses,
    answered,
    button,
    ephemeral_text,
    labels,
    message_text,
    title_of,
)
from tests.helpers.steps import pass_time, rendering, stored_url


@pytest.fixture(autouse=True)
async def _discords_clock(bot: AdminHarness) -> None:
    """Set Discord's clock, so that cards are found by time."""
    await pass_time(bot, 0)


async def test_a_movie_whose_channel_is_gone_comes_as_a_direct_message(bot: AdminHarness) -> None:
    await rendering(bot)
    bot.env.backend.delete_channel(bot.channel.id)
    await bot.finish()
    [movie] = bot.direct_messages(bot.alice)
    assert stored_url(bot) in addresses(movie)
    assert format_credits(ENGLISH, 200) in message_text(movie)
    assert bot.member() == BudgetTotals(used=200, held=0)


@pytest.mark.settings(max_rendering_jobs=1, max_rendering_jobs_per_member=2)
async def test_where_all_members_share_one_place_a_card_says_how_many_are_ahead(bot: AdminHarness) -> None:
    for prompt in ("a cat", "a dog", "a bird"):
        await bot.movie(prompt=prompt)
    assert ENGLISH("cards-ahead", movies=2) in message_text(bot.messages()[-1])


async def test_a_follower_is_mentioned_once_when_the_movie_is_done(bot: AdminHarness) -> None:
    await bot.movie(duration=20)
    [card] = bot.messages()
    await bot.restart()
    for who in (bot.bob, bot.bob, bot.dana):
        answer = await who.click(card, label=ENGLISH("buttons-follow-button"))
        assert about_movie(answer) == ENGLISH("buttons-following")
        assert actions(answered(answer)) == ["unfollow"]
    own = await bot.alice.click(card, label=ENGLISH("buttons-follow-button"))
    assert about_movie(own) == ENGLISH("buttons-own-movie")
    await bot.restart()
    for _ in range(2):
        text = about_movie(await bot.dana.click(answered(answer).message, label=ENGLISH("buttons-unfollow-button")))
        assert text == ENGLISH("buttons-unfollowed")
    follow = button(card, ENGLISH("buttons-follow-button"))
    await bot.finish()
    movie = bot.messages()[-1]
    assert [message_text(movie).count(who.mention) for who in (bot.bob, bot.dana)] == [1, 0]
    assert {each.id for each in movie.mentions} == {bot.alice.id, bot.bob.id}
    [sent] = bot.requests("POST", "/messages")
    allowed = (sent.json or {})["allowed_mentions"]
    assert (allowed.get("parse"), {*map(int, allowed["users"])}) == ([], {bot.alice.id, bot.bob.id})
    assert bot.member() == BudgetTotals(used=200, held=0)
    assert about_movie(await bot.press(bot.dana, movie, follow)) == refusal("buttons-follow-ended")
    above = message_text(movie).splitlines()[0]
    await bot.dana.click(movie, label=ENGLISH("stars-star-button"))
    await bot.run_until_idle()
    counted = bot.messages()[-1]
    assert (labels(counted)[-2], message_text(counted).splitlines()[0]) == ("⭐ 1", above)


CARD = [ENGLISH("buttons-follow-button"), MORE_LABEL]


async def test_a_movie_that_is_asked_for_in_a_thread_stays_there(bot: AdminHarness) -> None:
    await bot.restart(confirm_above_credits=100)
    bot.env.backend.create_thread(bot.channel.id, "our films", bot.bob.id)
    [thread] = bot.channel.threads
    quote = await bot.alice.slash(thread, "movie", prompt="a cat", duration=20)
    assert quote_title(200) in ephemeral_text(quote)
    await bot.alice.click(answered(quote).message, label=ENGLISH("quotes-accept-button", credits=200))
    card = thread.history()[-1]
    assert shows_job(card, bot.stored_job())
    assert labels(card) == CARD
    await bot.restart()
    await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))
    await bot.finish()
    movie = thread.history()[-1]
    built = job_messages.completed_message(ENGLISH, bot.stored_job(), bot.catalogue, None, [bot.bob.id])
    assert message_text(movie) == built.text


async def test_commands_are_for_servers_alone_and_within_discords_limits(bot: AdminHarness) -> None:
    [registration] = bot.requests("PUT", "/commands")
    assert registration.json is not None
    by_name = {command["name"]: command for command in registration.json}
    assert {"movie", "credits"} <= by_name.keys()
    assert all(command["contexts"] == [0] for command in by_name.values())
    assert all(command["integration_types"] == [0] for command in by_name.values())
    options = {option["name"]: option for option in by_name["movie"]["options"]}
    labels = [choice["name"] for choice in options["video_model"]["choices"]]
    assert labels == ["Luma Dream Machine", "Kling Pro", "Google Veo"]
    assert (options["prompt"]["min_length"], options["prompt"]["max_length"]) == (1, 500)
    assert (options["duration"]["min_value"], options["duration"]["max_value"]) == (1, 120)
    assert [name for name, option in options.items() if option.get("required")] == ["prompt"]


NOTHING = BudgetTotals(used=0, held=0)


@asynccontextmanager
async def locked_at_the_answer(bot: AdminHarness) -> AsyncIterator[sqlite3.Connection]:
    await bot.app.database.write(lambda tx: tx.fetch_all("PRAGMA busy_timeout = 0"))
    adapter = bot.env._webhook_adapter
    request = adapter.request
    with closing(sqlite3.connect(bot.path, isolation_level=None)) as other:

        async def request_and_lock(*args: Any, **kwargs: Any) -> Any:
            adapter.request = request
            answer = await request(*args, **kwargs)
            other.execute("BEGIN IMMEDIATE")
            return answer

        adapter.request = request_and_lock
        yield other


def says_cancelled(card: discord.Message) -> bool:
    title = title_of(card)
    assert title in {card_title(JobState.CANCELLED), card_title(JobState.QUEUED)}, title
    if title != card_title(JobState.CANCELLED):
        return False
    refunded = ENGLISH("deliveries-refunded", refunded=format_credits(ENGLISH, 200))
    return refunded in message_text(card) and actions(card) == ["retry"]


async def stray(bot: AdminHarness) -> discord.Message:
    bot.drop_response(after=True)
    await bot.movie()
    return bot.messages()[0]


async def test_a_database_that_is_locked_for_a_minute_cancels_the_order_and_its_card(bot: AdminHarness) -> None:
    async with locked_at_the_answer(bot) as other:
        ordering = asyncio.create_task(bot.movie())
        for _ in range(60):
            await bot.clock.asleep_within(ordering)
            await bot.clock.advance(1)
        result = await ordering
        other.execute("ROLLBACK")
    [followup] = result.followups
    assert followup.ephemeral
    assert message_text(followup) == ENGLISH("errors-not-queued")
    [card] = bot.messages()
    assert not says_cancelled(card)
    await bot.run_until_idle(1)
    [message] = bot.messages()
    assert notification_type(message_text(message)) is NotificationType.CANCELLED
    assert bot.member() == NOTHING
    assert bot.ordered() == 0


async def test_the_card_of_a_lost_response_is_corrected_and_then_replaced(bot: AdminHarness) -> None:
    card = await stray(bot)
    bot.env.inject_error("DELETE", f"/channels/{bot.channel.id}/messages/{card.id}", status=503, times=1)
    bot.env.backend.advance_clock(121)
    await bot.alice.send(bot.channel, "how long does it take?")
    await bot.run_until_idle()
    corrected, _, message = bot.messages()
    assert (corrected.id, says_cancelled(corrected)) == (card.id, True)
    assert notification_type(message_text(message)) is NotificationType.CANCELLED
    await bot.restart()
    await bot.run_until_idle(60)
    assert [each.id for each in bot.messages()][1:] == [message.id]


async def test_a_card_whose_order_was_voided_meanwhile_is_corrected_at_once(bot: AdminHarness) -> None:
    bot.env.inject_error("GET", f"/channels/{bot.channel.id}/messages", status=403, code=50001, times=None)
    write = bot.app.database.write

    async def slowly(function: Any, *args: Any, **how: Any) -> object:
        done = await write(function, *args, **how)
        if function is orders.place:
            await bot.run_until_idle(61)
        return done

    bot.app.database.write = slowly  # held up here
    await bot.movie()
    [card] = [each for each in bot.messages() if job_messages.is_card_of(bot.stored_job(), each)]
    assert says_cancelled(card)
    await bot.run_until_idle()
    [message] = bot.messages()
    assert notification_type(message_text(message)) is NotificationType.CANCELLED


@pytest.mark.parametrize(
    ("name", "action", "words"),
    [
        ("alice", "cancel", "**200 credits** refunded"),
        ("bob", "follow", ENGLISH("buttons-follow-ended")),
    ],
)
async def test_a_press_corrects_a_card_that_could_not_be_found(
    bot: AdminHarness, name: str, action: str, words: str
) -> None:
    card = await stray(bot)
    bot.env.inject_error("GET", f"/channels/{bot.channel.id}/messages", status=403, code=50001, times=None)
    await bot.run_until_idle()
    who: MemberActor = getattr(bot, name)
    result = await bot.act(who, card, action)
    assert says_cancelled(bot.messages()[0])
    [followup] = result.followups
    assert followup.ephemeral
    assert words in message_text(followup)


async def test_a_press_brings_any_card_up_to_date_whose_movie_has_ended(bot: AdminHarness) -> None:
    await bot.movie(duration=20)
    await bot.run_until_idle()
    for method in ("PATCH", "DELETE"):
        bot.env.inject_error(method, f"/channels/{bot.channel.id}/messages/*", status=403, code=50001, times=None)
    await bot.finish()
    [card] = [each for each in bot.messages() if job_messages.is_card_of(bot.stored_job(), each)]
    assert title_of(card) != card_title(JobState.COMPLETED)
    await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))
    [card] = [each for each in bot.messages() if job_messages.is_card_of(bot.stored_job(), each)]
    assert title_of(card) == card_title(JobState.COMPLETED)
    assert ENGLISH("cards-in-list", member=bot.alice.mention) in message_text(card)
