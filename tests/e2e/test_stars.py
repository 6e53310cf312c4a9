"""The star button, the gallery of movies with enough stars, and /top."""

from __future__ import annotations

import discord
import pytest
from simcord.builders import ChannelHandle
from simcord.enums import ChannelType
from simcord.results import InteractionResult

from bot.domain.quota import AuditAction
from bot.domain.server_setup import Setting
from bot.ui import quota_admin, stars
from bot.ui.components import custom_id
from data import rankings, server_setup
from tests.helpers import ledger_checks
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import answered, ephemeral_text, labels, response_text
from tests.helpers.steps import completed_movie

pytestmark = pytest.mark.both_engines

STAR = ENGLISH("stars-star-button")


async def with_gallery(bot: AdminHarness, threshold: int) -> ChannelHandle:
    gallery = bot.guild.create_text_channel("gallery")
    opened = await bot.dana.slash(bot.channel, "setup panel")
    panel = answered(opened).message
    await bot.dana.click(panel, custom_id=custom_id("setup-page", "gallery"))
    for setting, values in ((Setting.GALLERY, [str(gallery.id)]), (Setting.GALLERY_STARS, [str(threshold)])):
        setup = await bot.app.database.read(server_setup.get, bot.guild.id)
        await bot.press(bot.dana, panel, custom_id("setup", setting, setup.fingerprint([setting])), values)
    setup = await bot.app.database.read(server_setup.get, bot.guild.id)
    assert (setup.gallery, setup.gallery_stars) == (gallery.id, threshold)
    return gallery


async def test_a_movie_with_enough_stars_is_posted_in_the_gallery_too(admin_bot: AdminHarness) -> None:
    gallery = await with_gallery(admin_bot, 2)
    movie = await completed_movie(admin_bot)
    assert gallery.history() == []
    await admin_bot.clock.advance(365 * 24 * 3600)
    await admin_bot.restart()
    own = await admin_bot.alice.click(movie, label=STAR)
    assert ephemeral_text(own) == stars.own(ENGLISH)
    first = await admin_bot.bob.click(movie, label=STAR)
    assert ephemeral_text(first) == stars.given(ENGLISH, 1, posted=False)
    second = await admin_bot.dana.click(movie, label=STAR)
    assert ephemeral_text(second) == stars.given(ENGLISH, 2, posted=True)
    await admin_bot.run_until_idle()
    [posted] = gallery.history()
    assert labels(posted) == labels(movie)
    back = await admin_bot.bob.click(posted, label=STAR)
    assert ephemeral_text(back) == stars.taken_back(ENGLISH, 1)
    remix = await admin_bot.bob.click(posted, label=ENGLISH("buttons-remix-button"))
    assert remix.modal is not None
    await admin_bot.bob.click(posted, label=ENGLISH("buttons-new-link-button"))
    assert gallery.history()[0].content.endswith(str(admin_bot.job()["movie_url"]))
    question = await admin_bot.dana.click(posted, label=ENGLISH("buttons-delete-button"))
    await admin_bot.dana.click(answered(question).message, label=ENGLISH("buttons-delete-movie-button"))
    await admin_bot.run_until_idle()
    assert (gallery.history(), admin_bot.messages()) == ([], [])
    only = custom_id("delete-confirm", admin_bot.job()["id"], "gallery")
    late = await admin_bot.press(admin_bot.dana, answered(question).message.id, only, channel=gallery)
    assert ENGLISH("buttons-deleted-already") in response_text(late)


async def test_a_movie_is_taken_out_of_the_gallery_by_its_member_or_staff_only(admin_bot: AdminHarness) -> None:
    gallery = await with_gallery(admin_bot, 1)
    movie = await completed_movie(admin_bot)
    await admin_bot.bob.click(movie, label=STAR)
    await admin_bot.run_until_idle()
    [posted] = gallery.history()
    no = await admin_bot.bob.click(posted, label=ENGLISH("buttons-delete-button"))
    assert labels_of_response(no) == []
    plain = await admin_bot.dana.click(movie, label=ENGLISH("buttons-delete-button"))
    assert labels_of_response(plain) == [ENGLISH("buttons-delete-movie-button")]
    question = await admin_bot.dana.click(posted, label=ENGLISH("buttons-delete-button"))
    only = custom_id("delete-confirm", admin_bot.job()["id"], "gallery")
    forged = await admin_bot.press(admin_bot.bob, movie, only)
    assert ephemeral_text(forged) == ENGLISH("buttons-not-deleter", name="alice")
    await admin_bot.dana.click(answered(question).message, custom_id=only)
    await admin_bot.run_until_idle()
    await admin_bot.press(admin_bot.dana, movie, only)
    await admin_bot.run_until_idle()
    assert (gallery.history(), len(admin_bot.messages())) == ([], 1)
    assert [each.action for each in admin_bot.audit_entries()].count(AuditAction.GALLERY_REMOVED) == 1
    for _ in range(2):
        await admin_bot.bob.click(movie, label=STAR)
    await admin_bot.run_until_idle()
    assert gallery.history() == []


async def test_a_movie_of_a_private_thread_stays_there(admin_bot: AdminHarness) -> None:
    gallery = await with_gallery(admin_bot, 1)
    manager = admin_bot.guild.create_role("Manager", permissions=discord.Permissions(manage_threads=True))
    fan = admin_bot.guild.add_member(admin_bot.env.create_user("fan"), roles=[manager])
    for kind in (ChannelType.PRIVATE_THREAD, ChannelType.PUBLIC_THREAD):
        made = admin_bot.env.backend.create_thread(admin_bot.channel.id, "films", admin_bot.alice.id, type=kind)
        [thread] = [each for each in admin_bot.channel.threads if each.id == made.id]
        await admin_bot.alice.slash(thread, "movie", prompt="a cat", duration=1)
        await admin_bot.finish()
        is_public = kind == ChannelType.PUBLIC_THREAD
        if is_public:
            admin_bot.forget_threads()
        starred = await fan.click(thread.history()[-1], label=STAR)
        assert ephemeral_text(starred) == stars.given(ENGLISH, 1, posted=is_public)
        await admin_bot.run_until_idle()
        assert len(gallery.history()) == is_public


def labels_of_response(result: InteractionResult) -> list[str | None]:
    return labels(answered(result))


# ── /top: the server's best of a month, read privately by anyone ─────────────────────────────────────────────────────


async def test_anyone_reads_the_best_of_a_month(bot: BotHarness) -> None:
    empty = ephemeral_text(await bot.bob.slash(bot.channel, "top"))
    assert ENGLISH("top-nothing") in empty
    movie = await completed_movie(bot, prompt="a cat")
    await bot.bob.click(movie, label=ENGLISH("stars-star-button"))
    text = ephemeral_text(await bot.bob.slash(bot.channel, "top"))
    assert "1. a cat · ⭐ 1" in text
    assert f"1. {bot.alice.mention} · {ENGLISH('units-movies', movies=1)}" in text
    assert f"1. {bot.alice.mention} · {ENGLISH('units-credits', credits=200)}" in text
    assert "a cat" in ephemeral_text(await bot.bob.slash(bot.guild.create_text_channel("talk"), "top"))
    before = ephemeral_text(await bot.bob.slash(bot.channel, "top", month="2026-10"))
    assert ENGLISH("top-nothing") in before
    wrong = await bot.bob.slash(bot.channel, "top", month="2026-13")
    assert ephemeral_text(wrong) == quota_admin.bad_month(ENGLISH, "2026-13")


async def test_movies_of_a_channel_that_a_member_cant_view_are_left_out(bot: BotHarness) -> None:
    secret = bot.closed_channel("secret", bot.alice)
    for number in range(1, rankings.SHOWN + 2):
        await bot.movie(prompt=f"cat {number}", duration=1)
        await bot.finish()
    await bot.alice.slash(secret, "movie", prompt="a secret", duration=1)
    await bot.finish()
    assert "1. a secret" in ephemeral_text(await bot.alice.slash(bot.channel, "top"))
    text = ephemeral_text(await bot.bob.slash(bot.channel, "top"))
    assert "a secret" not in text
    assert [f"cat {number}" in text for number in range(1, rankings.SHOWN + 2)] == [False] + [True] * rankings.SHOWN


async def test_a_movie_is_for_those_who_view_the_channel_of_its_message(bot: BotHarness) -> None:
    secret, talk = bot.closed_channel("secret", bot.alice), bot.guild.create_text_channel("talk")
    await bot.movie(prompt="a cat", duration=1)
    await bot.finish()
    ledger_checks.execute(bot.place, f"UPDATE outbox SET channel_id = {secret.id}")
    for member, found in ((bot.alice, True), (bot.bob, False)):
        assert ("1. a cat" in ephemeral_text(await member.slash(talk, "top"))) is found
    await bot.alice.slash(secret, "movie", prompt="a secret", duration=1)
    await bot.finish()
    ledger_checks.execute(bot.place, "UPDATE outbox SET message_id = 0")
    ledger_checks.execute(bot.place, "UPDATE jobs SET card_message_id = NULL")
    for member, found in ((bot.alice, True), (bot.bob, False)):
        assert ("a secret" in ephemeral_text(await member.slash(bot.channel, "top"))) is found


async def test_movies_of_a_private_thread_are_for_who_manages_threads(bot: BotHarness) -> None:
    """The gateway doesn't tell the bot a private thread's other members."""
    bot.env.backend.create_thread(bot.channel.id, "our films", bot.alice.id, type=ChannelType.PRIVATE_THREAD)
    [thread] = bot.channel.threads
    bot.env.backend.add_thread_member(thread.id, bot.bob.id)
    await bot.alice.slash(thread, "movie", prompt="a secret", duration=1)
    await bot.finish()
    for where, found in ((thread, True), (bot.channel, False)):
        assert ("a secret" in ephemeral_text(await bot.bob.slash(where, "top"))) is found
    manager = bot.guild.create_role("Manager", permissions=discord.Permissions(manage_threads=True))
    carol = bot.guild.add_member(bot.env.create_user("carol"), roles=[manager])
    assert "a secret" in ephemeral_text(await carol.slash(bot.channel, "top"))


async def test_a_movie_of_a_thread_whose_channel_the_gateway_does_not_know_is_left_out(bot: BotHarness) -> None:
    bot.env.backend.create_thread(bot.channel.id, "our films", bot.alice.id)
    [thread] = bot.channel.threads
    await bot.alice.slash(thread, "movie", prompt="a secret", duration=1)
    await bot.finish()
    talk = bot.guild.create_text_channel("talk")
    assert "a secret" in ephemeral_text(await bot.bob.slash(talk, "top"))
    guild = bot.app.client.get_guild(bot.guild.id)
    assert guild is not None
    guild._channels.pop(bot.channel.id)
    assert "a secret" not in ephemeral_text(await bot.bob.slash(talk, "top"))
