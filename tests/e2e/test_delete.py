"""Delete: a movie's message and links go for good, and its record stays."""

from __future__ import annotations

import discord
import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.domain.job import RemovedBy
from bot.ui import deletions, pitches
from bot.ui.job_messages import paid_by
from tests.helpers import ledger_checks
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.movie_list import listed, open_one
from tests.helpers.reading import (
    about_movie,
    actions,
    answered,
    button,
    custom_ids,
    ephemeral_text,
    labels,
    links,
    message_text,
)
from tests.helpers.steps import completed_movie, rendering

pytestmark = pytest.mark.both_engines

DELETE, CONFIRM = ENGLISH("buttons-delete-button"), ENGLISH("buttons-delete-movie-button")


def manager(bot: BotHarness) -> MemberActor:
    crew = bot.guild.create_role("Crew", permissions=discord.Permissions(manage_guild=True))
    return bot.guild.add_member(bot.env.create_user("dana"), roles=[crew])


async def asked(who: MemberActor, movie: discord.Message) -> InteractionResult:
    result = await who.click(movie, label=DELETE)
    assert result.ephemeral
    return result


async def deleted(who: MemberActor, movie: discord.Message) -> InteractionResult:
    return await who.click(answered(await asked(who, movie)).message, label=CONFIRM)


async def test_its_member_deletes_a_movie_for_everyone(bot: BotHarness) -> None:
    movie = await completed_movie(bot)
    url, new_link = str(bot.job()["movie_url"]), button(movie, ENGLISH("buttons-new-link-button"))
    question = await asked(bot.alice, movie)
    assert about_movie(question) == deletions.question(ENGLISH, bot.stored_job(), mine=True)
    assert [each.id for each in bot.messages()] == [movie.id]
    await bot.alice.click(answered(question).message, label=CONFIRM)
    assert message_text(answered(question)) == deletions.deleted(ENGLISH)
    assert labels(answered(question)) == []
    refused = await bot.press(bot.bob, movie, new_link)
    assert ephemeral_text(refused) == deletions.no_link(ENGLISH)
    await bot.run_until_idle()
    assert bot.messages() == []
    await bot.restart()
    await bot.run_until_idle(3600)
    assert bot.messages() == []
    assert bot.job()["movie_url"] is None
    page = await listed(bot)
    assert ENGLISH("movies-deleted") in message_text(page)
    polls = len(bot.upstream.requests)
    await open_one(bot, page)  # an old movie, whose link would be asked for
    assert len(bot.upstream.requests) == polls
    assert ENGLISH("movies-deleted-field") in message_text(page)
    assert url not in message_text(page)
    assert links(page.message) == {}
    assert actions(page)[:2] == ["remix", "retry"]
    assert bot.member().used == 200


async def test_a_manager_deletes_anyones(bot: BotHarness) -> None:
    dana = manager(bot)
    movie = await completed_movie(bot)
    question = await asked(dana, movie)
    assert about_movie(question) == deletions.question(ENGLISH, bot.stored_job(), mine=False)
    assert "alice" in ephemeral_text(question)
    await dana.click(answered(question).message, label=CONFIRM)
    await bot.run_until_idle()
    assert bot.messages() == []
    assert bot.stored_job().removed_by is RemovedBy.MANAGER
    [entry] = ledger_checks.query(bot.place, "SELECT action, actor_id, subject_id FROM audit_log")
    assert entry == {"action": "movie_removed", "actor_id": dana.id, "subject_id": bot.alice.id}
    page = await listed(bot)
    await open_one(bot, page)
    assert "by the server's staff" in message_text(page)


async def test_a_movie_that_is_being_made_is_not_deleted(bot: BotHarness) -> None:
    card = await rendering(bot)
    for action in ("delete", "delete-confirm"):
        pressed = await bot.press(bot.alice, card, f"m:{action}:{bot.job()['id']}")
        assert about_movie(pressed) == ENGLISH("buttons-delete-unfinished")
        assert labels(answered(pressed)) == []


async def test_a_direct_message_is_deleted_with_the_card(bot: BotHarness) -> None:
    """Direct messages have no server, so only its member can press. Older versions recorded no channel."""
    card = await rendering(bot)
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    await bot.run_until_idle(RENDER_SECONDS)
    ledger_checks.execute(bot.place, "UPDATE outbox SET channel_id = NULL")
    [movie] = bot.direct_messages(bot.alice)
    question = answered(await bot.alice.user.click(movie, label=DELETE))
    await bot.alice.user.click(question.message, label=CONFIRM)
    await bot.run_until_idle()
    assert (bot.direct_messages(bot.alice), bot.messages()) == ([], [])


async def test_a_manager_deletes_the_movie_of_a_member_who_erased_their_data(bot: BotHarness) -> None:
    dana = manager(bot)
    movie = await completed_movie(bot)
    assert (await bot.app.privacy.erase(bot.alice.id)).done
    await bot.restart()
    await deleted(dana, movie)
    await bot.run_until_idle()
    assert bot.messages() == []


async def test_only_staff_delete_a_movie_that_others_paid_for(admin_bot: AdminHarness) -> None:
    await admin_bot.alice.slash(admin_bot.channel, "pitch", prompt="a red balloon", duration=30)
    [message] = admin_bot.messages()
    await admin_bot.press(admin_bot.bob, message, custom_ids(message)[pitches.REST])
    await admin_bot.finish()
    job, [movie] = admin_bot.stored_job(), [each for each in admin_bot.messages() if "delete" in actions(each)]
    for action in ("delete", "delete-confirm"):
        refused = await admin_bot.press(admin_bot.alice, movie, f"m:{action}:{job.id}")
        assert ephemeral_text(refused).startswith(ENGLISH("buttons-not-deleter-shared"))
    assert admin_bot.stored_job().removed_at is None
    question = await admin_bot.press(admin_bot.dana, movie, f"m:delete:{job.id}")
    assert paid_by(ENGLISH, [admin_bot.bob.id]) in ephemeral_text(question)
    await admin_bot.press(admin_bot.dana, answered(question).message, f"m:delete-confirm:{job.id}")
    assert message_text(answered(question)) == deletions.deleted(ENGLISH)
    assert admin_bot.stored_job().removed_at is not None
