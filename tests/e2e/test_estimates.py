"""Estimates on cards: the place in the queue and the usual duration."""

from __future__ import annotations

from pathlib import Path

import discord

from bot.domain.job import JobState
from bot.sandbox.faults import render
from data import job_actions
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness, open_bot_harness
from tests.helpers.expected_text import (
    ENGLISH,
    card_title,
    queue_position_text,
    usual_duration_text,
)
from tests.helpers.reading import field_of


async def test_waiting_cards_show_their_place_and_how_it_moves(tmp_path: Path) -> None:
    """One job may render, so the others are next, second and third."""
    async with open_bot_harness(tmp_path, max_rendering_jobs=1, member_monthly_credits=1000) as bot:
        for number in range(4):
            await bot.movie(prompt=f"movie {number}", duration=10)
            await bot.clock.advance(1)
        assert [now(card) for card in bot.messages()][2:] == [queue_position_text(2), queue_position_text(3)]
        await bot.run_until_idle()
        assert [now(card) for card in bot.messages()][1:] == [queue_position_text(position) for position in range(3)]
        await bot.alice.click(bot.messages()[1], label=ENGLISH("buttons-cancel-button"))
        await bot.run_until_idle()
        assert [now(card) for card in bot.messages()][2:] == [queue_position_text(0), queue_position_text(1)]
        edits = len(bot.requests("PATCH", "/messages/"))
        await bot.run_until_idle()
        assert len(bot.requests("PATCH", "/messages/")) == edits


async def test_a_place_that_moved_while_no_process_ran_is_right_again_after_the_restart(tmp_path: Path) -> None:
    """The next process brings waiting cards up to date."""
    async with open_bot_harness(tmp_path, max_rendering_jobs=1, member_monthly_credits=1000) as bot:
        for number in range(3):
            await bot.movie(prompt=f"movie {number}", duration=10)
            await bot.clock.advance(1)
        await bot.run_until_idle()
        await bot.restart()
        await bot.app.database.write(
            job_actions.cancel, ledger_checks.jobs(bot.path)[1]["id"], bot.alice.id, bot.clock.now()
        )
        await bot.run_until_idle()
        assert now(bot.messages()[2]) == queue_position_text(0)


async def test_an_estimate_is_shown_once_eight_such_movies_were_made(bot: BotHarness) -> None:
    """The card then has the usual duration and the expected time."""
    for number in range(8):
        await bot.movie(prompt=f"movie {number}", duration=1)
        assert usual_duration_text() not in now(bot.messages()[-1])
        await bot.run_until_idle()
        assert usual_duration_text() not in now(bot.messages()[-1])
        await bot.finish()
    await bot.movie(prompt="the ninth", duration=1)
    assert usual_duration_text() in now(bot.messages()[-1])
    await bot.restart()
    await bot.run_until_idle()
    text = now(bot.messages()[-1])
    assert usual_duration_text() in text
    ready_at = int(bot.clock.now() / 1000 + RENDER_SECONDS)
    assert text.endswith(f"<t:{ready_at}:t>")
    await bot.run_until_idle(30)
    await bot.movie(bot.bob, prompt="another model", duration=1, video_model="KLINGIMGTOVIDPRO")
    assert usual_duration_text() not in now(bot.messages()[-1])


async def test_a_movie_that_takes_longer_than_usual_says_so(bot: BotHarness) -> None:
    """The card must not promise a time that has passed."""
    for number in range(8):
        await bot.movie(prompt=f"movie {number}", duration=1)
        await bot.finish()
    bot.upstream.inject(render(10_000))
    await bot.movie(prompt="the ninth", duration=1)
    await bot.run_until_idle()
    await bot.run_until_idle(3600)
    assert usual_duration_text(late=True) in now(bot.messages()[-1])


async def test_the_wait_in_the_queue_does_not_count_as_rendering(bot: BotHarness) -> None:
    for number in range(8):
        await bot.movie(prompt=f"movie {number}", duration=1)
        await bot.finish()
    await bot.movie(prompt="the ninth", duration=1)
    await bot.clock.advance(3600)
    await bot.run_until_idle()
    assert usual_duration_text(late=True) not in now(bot.messages()[-1])
    assert usual_duration_text() in now(bot.messages()[-1])


def now(card: discord.Message) -> str:
    """What a card says is happening."""
    return field_of(card, ENGLISH("cards-status-field"))


async def test_a_third_movie_says_that_it_waits_for_the_members_own_two(tmp_path: Path) -> None:
    """A restart keeps the note, which another member's card never has."""
    async with open_bot_harness(tmp_path, member_monthly_credits=1000) as bot:
        for number in range(3):
            await bot.movie(prompt=f"movie {number}", duration=10)
            await bot.clock.advance(1)
        waits = ENGLISH("cards-own-movies", movies=2)
        assert [waits in now(card) for card in bot.messages()] == [False, False, True]
        await bot.run_until_idle()
        await bot.movie(bot.bob, prompt="bob's", duration=10)
        assert [waits in now(card) for card in bot.messages()] == [False, False, True, False]
        await bot.restart()
        await bot.run_until_idle()
        assert [waits in now(card) for card in bot.messages()[:3]] == [False, False, True]
        await bot.finish()
        [third] = [message for message in bot.messages() if not message.content]
        assert (third.embeds[0].title, waits in now(third)) == (card_title(JobState.RENDERING), False)


async def test_the_card_of_a_third_movie_names_its_place_once_one_of_the_members_own_two_has_ended(
    tmp_path: Path,
) -> None:
    """Bob's movie is ahead of it, and starts in the free place."""
    async with open_bot_harness(tmp_path, max_rendering_jobs=3, member_monthly_credits=1000) as bot:
        await bot.movie(prompt="alice's first", duration=10)
        await bot.run_until_idle()
        bot.upstream.inject(render(10_000))
        for who in (bot.alice, bot.bob, bot.bob, bot.alice):
            await bot.movie(who, prompt="another", duration=10)
            await bot.clock.advance(1)
        third = bot.messages()[-1]
        assert now(third) == ENGLISH("cards-own-movies", movies=2)
        await bot.finish()
        [card] = [message for message in bot.messages() if message.id == third.id]
        assert now(card) == queue_position_text(0)
