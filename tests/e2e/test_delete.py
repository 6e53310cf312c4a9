"""Delete: a movie's message and links go, and its record stays.

The requester and the managers of the server may delete it, and nothing posts it again.
"""

from __future__ import annotations

import asyncio
from typing import Any

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
    button,
    custom_ids,
    ephemeral_text,
    labels,
    links,
    message_text,
)
from tests.helpers.steps import completed_movie, finish, rendering

pytestmark = pytest.mark.both_engines

DELETE, CONFIRM = ENGLISH("buttons-delete-button"), ENGLISH("buttons-delete-movie-button")


def manager(bot: BotHarness) -> MemberActor:
    """Add a member who may manage the server."""
    crew = bot.guild.create_role("Crew", permissions=discord.Permissions(manage_guild=True))
    return bot.guild.add_member(bot.env.create_user("dana"), roles=[crew])


async def asked(who: MemberActor, movie: discord.Message) -> InteractionResult:
    """Press Delete beneath a movie, and return the question."""
    result = await who.click(movie, label=DELETE)
    assert result.ephemeral
    return result


async def deleted(who: MemberActor, movie: discord.Message) -> InteractionResult:
    """Press Delete beneath a movie, and confirm it."""
    question = await asked(who, movie)
    assert question.response is not None
    return await who.click(question.response.message, label=CONFIRM)


async def test_its_member_deletes_a_movie_for_everyone(bot: BotHarness) -> None:
    """A question explains it first, and the record stays without a link."""
    movie = await completed_movie(bot)
    url = str(bot.job()["movie_url"])
    question = await asked(bot.alice, movie)
    assert about_movie(question) == deletions.question(ENGLISH, bot.stored_job(), mine=True)
    assert [each.id for each in bot.messages()] == [movie.id]
    assert question.response is not None
    await bot.alice.click(question.response.message, label=CONFIRM)
    assert message_text(question.response) == deletions.deleted(ENGLISH)
    assert labels(question.response) == []
    await bot.run_until_idle()
    assert bot.messages() == []
    page = await listed(bot)
    assert ENGLISH("movies-deleted") in message_text(page)
    await open_one(bot, page)
    assert ENGLISH("movies-deleted-field") in message_text(page)
    assert url not in message_text(page)
    assert links(page.message) == {}
    assert actions(page)[:2] == ["remix", "retry"]
    assert bot.member().used == 200


async def test_nothing_posts_it_again(bot: BotHarness) -> None:
    movie = await completed_movie(bot)
    new_link = button(movie, ENGLISH("buttons-new-link-button"))
    await deleted(bot.alice, movie)
    refused = await bot.press(bot.bob, movie, new_link)
    assert ephemeral_text(refused) == deletions.no_link(ENGLISH)
    await bot.run_until_idle()
    await bot.restart()
    for _ in range(3):
        await bot.run_until_idle(3600)
    assert bot.messages() == []
    assert bot.job()["movie_url"] is None
    page = await listed(bot)
    polls = len(bot.upstream.requests)
    await open_one(bot, page)  # an old movie, whose link would be asked for
    assert len(bot.upstream.requests) == polls


async def test_nobody_else_deletes_it(bot: BotHarness) -> None:
    """Forged confirmations and other servers' managers delete nothing."""
    movie = await completed_movie(bot)
    for custom_id in (button(movie, DELETE), f"m:delete-confirm:{bot.job()['id']}"):
        text = ephemeral_text(await bot.press(bot.bob, movie, custom_id))
        assert text == deletions.not_authorized(ENGLISH, bot.stored_job())
    elsewhere = bot.env.create_guild("Elsewhere")
    room = elsewhere.create_text_channel("room")
    chief = elsewhere.create_role("Chief", permissions=discord.Permissions(manage_guild=True))
    carol = elsewhere.add_member(bot.env.create_user("carol"), roles=[chief])
    stranger = await carol.send(room, "hello")
    here, bot.channel = bot.channel, room
    text = ephemeral_text(await bot.press(carol, stranger, f"m:delete-confirm:{bot.job()['id']}"))
    bot.channel = here
    assert text == ENGLISH("buttons-unknown-movie")
    await bot.run_until_idle()
    assert bot.job()["removed_at"] is None
    assert [each.id for each in bot.messages()] == [movie.id]


async def test_a_manager_deletes_anyones(bot: BotHarness) -> None:
    """The member reads that staff deleted it; the audit log names who."""
    dana = manager(bot)
    movie = await completed_movie(bot)
    question = await asked(dana, movie)
    assert about_movie(question) == deletions.question(ENGLISH, bot.stored_job(), mine=False)
    assert "alice" in ephemeral_text(question)
    assert question.response is not None
    await dana.click(question.response.message, label=CONFIRM)
    await bot.run_until_idle()
    assert bot.messages() == []
    assert bot.stored_job().removed_by is RemovedBy.MANAGER
    [entry] = ledger_checks.query(bot.place, "SELECT action, actor_id, subject_id FROM audit_log")
    assert entry == {"action": "movie_removed", "actor_id": dana.id, "subject_id": bot.alice.id}
    page = await listed(bot)
    await open_one(bot, page)
    assert "by the server's staff" in message_text(page)


async def test_pressed_twice_it_is_deleted_once(bot: BotHarness) -> None:
    """The member and a manager confirm it, one after another."""
    dana = manager(bot)
    movie = await completed_movie(bot)
    questions = [await asked(who, movie) for who in (bot.alice, bot.alice, dana)]
    texts: list[str] = []
    for who, question in zip((bot.alice, bot.alice, dana), questions, strict=True):
        assert question.response is not None
        await who.click(question.response.message, label=CONFIRM)
        texts.append(message_text(question.response))
    already = deletions.not_deleted(ENGLISH, bot.stored_job())
    assert texts == [deletions.deleted(ENGLISH), already, already]
    assert ephemeral_text(await bot.alice.click(movie, label=DELETE)) == already
    await bot.run_until_idle()
    assert len(bot.requests("DELETE", f"/messages/{movie.id}")) == 1
    assert bot.stored_job().removed_by is RemovedBy.MEMBER
    assert ledger_checks.query(bot.place, "SELECT * FROM audit_log") == []


@pytest.mark.parametrize("action", ["delete", "delete-confirm"])
async def test_a_movie_that_is_being_made_is_not_deleted(bot: BotHarness, action: str) -> None:
    card = await rendering(bot)
    pressed = await bot.press(bot.alice, card, f"m:{action}:{bot.job()['id']}")
    assert about_movie(pressed) == ENGLISH("buttons-delete-unfinished")
    assert pressed.response is not None
    assert labels(pressed.response) == []


async def test_question_and_deletion_outlive_a_restart(bot: BotHarness) -> None:
    """Discord is down for the first attempts."""
    movie = await completed_movie(bot)
    question = await asked(bot.alice, movie)
    await bot.restart()
    assert question.response is not None
    await bot.alice.click(question.response.message, label=CONFIRM)
    bot.env.inject_error("DELETE", f"/channels/{bot.channel.id}/messages/*", status=503, code=0, times=6)
    await bot.run_until_idle()
    assert [each.id for each in bot.messages()] == [movie.id]
    await bot.restart()
    for _ in range(6):
        await bot.run_until_idle(3600)
    assert bot.messages() == []


class HeldAnswer:
    """A Discord that accepts the next message, and answers after `release`."""

    def __init__(self, bot: BotHarness) -> None:
        self.accepted = asyncio.Event()
        self._released = asyncio.Event()
        self._http = bot.app.client.http
        self._request = self._http.request
        self._http.request = self._answer

    async def _answer(self, route: Any, **how: Any) -> Any:
        answer = await self._request(route, **how)
        if route.method == "POST" and route.path.endswith("/messages"):
            self.accepted.set()
            await self._released.wait()
        return answer

    def release(self) -> None:
        """Let the bot know that its message was accepted."""
        self._http.request = self._request
        self._released.set()


async def test_a_movie_that_is_deleted_before_its_delivery_is_recorded_goes(bot: BotHarness) -> None:
    """Its message is there, and the bot waits for Discord's answer."""
    await rendering(bot)
    held = HeldAnswer(bot)
    delivering = asyncio.create_task(bot.run_until_idle(RENDER_SECONDS))
    async with asyncio.timeout(20):
        await held.accepted.wait()
    _, movie = bot.messages()
    [pending] = ledger_checks.outbox(bot.place)
    assert (pending["status"], pending["message_id"]) == ("pending", None)
    await deleted(bot.alice, movie)
    assert bot.job()["removed_at"] is not None
    held.release()
    await delivering
    await bot.run_until_idle()
    assert bot.messages() == []
    assert len(bot.requests("POST", f"/channels/{bot.channel.id}/messages")) == 1


async def test_a_movie_whose_process_died_before_it_recorded_the_delivery_is_deleted(bot: BotHarness) -> None:
    """The next process finds the message that was posted."""
    await rendering(bot)
    await bot.clock.advance(RENDER_SECONDS)
    bot.env.backend.clock.advance(bot.clock.now() / 1000 - bot.env.now().timestamp())
    await bot.run_until_idle()
    [movie] = bot.messages()
    ledger_checks.execute(
        bot.place,
        "UPDATE outbox SET status = 'pending', next_attempt_at = created_at, sent_at = NULL,"
        " message_id = NULL, channel_id = NULL",
    )
    posts = len(bot.requests("POST", f"/channels/{bot.channel.id}/messages"))
    await deleted(bot.alice, movie)
    await bot.restart()
    await bot.run_until_idle()
    await bot.run_until_idle(3600)
    assert bot.messages() == []
    assert len(bot.requests("POST", f"/channels/{bot.channel.id}/messages")) == posts


async def test_a_movie_whose_message_waits_is_never_posted(bot: BotHarness) -> None:
    """The member deletes the movie before Discord accepts its message."""
    await rendering(bot)
    bot.env.inject_error("POST", f"/channels/{bot.channel.id}/messages", status=503, code=0, times=2)
    await finish(bot)
    page = await listed(bot)
    await open_one(bot, page)
    question = (await bot.alice.click(page.message, label=DELETE)).response
    assert question is not None
    await bot.alice.click(question.message, label=CONFIRM)
    for _ in range(4):
        await bot.run_until_idle(3600)
    assert bot.messages() == []
    assert [row["status"] for row in ledger_checks.outbox(bot.place)] == ["suppressed"]


async def test_a_direct_message_is_deleted_with_the_card(bot: BotHarness) -> None:
    """Direct messages have no server, so only its member can press."""
    card = await rendering(bot)
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    await bot.run_until_idle(RENDER_SECONDS)
    [movie] = bot.direct_messages(bot.alice)
    question = (await bot.alice.user.click(movie, label=DELETE)).response
    assert question is not None
    await bot.alice.user.click(question.message, label=CONFIRM)
    await bot.run_until_idle()
    assert (bot.direct_messages(bot.alice), bot.messages()) == ([], [])


async def test_a_message_of_an_older_version_is_deleted_too(bot: BotHarness) -> None:
    """Older versions recorded no channel, so the press gives it."""
    card = await rendering(bot)
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    await bot.run_until_idle(RENDER_SECONDS)
    ledger_checks.execute(bot.place, "UPDATE outbox SET channel_id = NULL")
    [movie] = bot.direct_messages(bot.alice)
    question = (await bot.alice.user.click(movie, label=DELETE)).response
    assert question is not None
    await bot.alice.user.click(question.message, label=CONFIRM)
    await bot.run_until_idle()
    assert bot.direct_messages(bot.alice) == []


async def test_a_direct_message_of_an_older_version_is_deleted_after_its_link_was_renewed(bot: BotHarness) -> None:
    """The press on *New link* records where the message is."""
    card = await rendering(bot)
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    await bot.run_until_idle(RENDER_SECONDS)
    ledger_checks.execute(bot.place, "UPDATE outbox SET channel_id = NULL")
    [movie] = bot.direct_messages(bot.alice)
    await bot.alice.user.click(movie, label=ENGLISH("buttons-new-link-button"))
    [place] = ledger_checks.query(bot.place, "SELECT message_id, channel_id, venue FROM outbox")
    assert tuple(place.values()) == (movie.id, movie.channel.id, "direct")
    page = await listed(bot)
    await open_one(bot, page)
    question = (await bot.alice.click(page.message, label=DELETE)).response
    assert question is not None
    await bot.alice.click(question.message, label=CONFIRM)
    await bot.run_until_idle()
    assert bot.direct_messages(bot.alice) == []


async def test_a_manager_deletes_the_movie_of_a_member_who_erased_their_data(bot: BotHarness) -> None:
    """Only the press on the message says where it is."""
    dana = manager(bot)
    movie = await completed_movie(bot)
    assert (await bot.app.privacy.erase(bot.alice.id)).done
    await bot.restart()
    await deleted(dana, movie)
    await bot.run_until_idle()
    assert bot.messages() == []


async def test_where_discord_forbids_it_the_staff_get_its_address_and_it_goes_later(admin_bot: AdminHarness) -> None:
    """The bot asks again each hour, also after a restart."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    movie = await completed_movie(admin_bot)
    admin_bot.env.inject_error(
        "DELETE", f"/channels/{admin_bot.channel.id}/messages/*", status=403, code=50001, times=3
    )
    await deleted(admin_bot.alice, movie)
    await admin_bot.run_until_idle()
    address = f"https://discord.com/channels/{admin_bot.guild.id}/{admin_bot.channel.id}/{movie.id}"
    job_id, alice = admin_bot.stored_job().id, admin_bot.alice.mention
    told = ENGLISH("log-deletion-refused", member=alice, id=job_id, link=address)
    assert sum(each.endswith(told) for each in admin_bot.posted()) == 1  # beside the card's, in either order
    await admin_bot.restart()
    for _ in range(4):
        await admin_bot.run_until_idle(3600)
    assert admin_bot.messages() == []
    assert sum(address in each for each in admin_bot.posted()) == 1


async def test_only_staff_delete_a_movie_that_others_paid_for(admin_bot: AdminHarness) -> None:
    """The question says who else paid."""
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
    assert question.response is not None
    await admin_bot.press(admin_bot.dana, question.response.message, f"m:delete-confirm:{job.id}")
    assert message_text(question.response) == deletions.deleted(ENGLISH)
    assert admin_bot.stored_job().removed_at is not None
