"""A server's gallery, where finished movies are posted once. While it is closed, they go where they were ordered."""

from __future__ import annotations

import discord
import pytest
from simcord.backend.models import Overwrite, ThreadMetadata
from simcord.builders import ChannelHandle
from simcord.enums import OverwriteType

from bot.domain.quota import AuditAction
from bot.domain.server_setup import ServerSetup, Setting
from bot.domain.setup_values import InvalidReason, InvalidValue
from bot.ui import setup_panel
from bot.ui.audit_entries import audit_entry_text
from bot.ui.components import custom_id
from bot.ui.setup_panel import Panel, SetupPage
from data import server_setup
from tests.helpers import ledger_checks
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.bot_harness import RENDER_SECONDS
from tests.helpers.expected_text import ENGLISH, embed_text
from tests.helpers.reading import answered, ephemeral_text, response_text

pytestmark = pytest.mark.both_engines

DELETE, CONFIRM = ENGLISH("buttons-delete-button"), ENGLISH("buttons-delete-movie-button")


def a_gallery(bot: AdminHarness) -> ChannelHandle:
    return bot.guild.create_text_channel("gallery")


def a_forum(bot: AdminHarness, *, may_delete: bool = True) -> ChannelHandle:
    forum = bot.guild.create_forum_channel("gallery")
    me = bot.guild.me
    assert me is not None
    allow, deny = discord.PermissionOverwrite(manage_threads=may_delete).pair()
    own = Overwrite(target_id=me.id, type=OverwriteType.MEMBER, allow=allow.value, deny=deny.value)
    bot.env.backend.set_overwrite(forum.id, own)
    return forum


async def choose(bot: AdminHarness, channel: ChannelHandle | None) -> str:
    panel = answered(await bot.dana.slash(bot.channel, "setup panel")).message
    await bot.dana.click(panel, custom_id=custom_id("setup-page", SetupPage.GALLERY))
    seen = await bot.app.database.read(server_setup.get, bot.guild.id)
    action = custom_id("setup", Setting.GALLERY, seen.fingerprint([Setting.GALLERY]))
    return response_text(await bot.dana.select(panel, [] if channel is None else [channel], custom_id=action))


def posts(forum: ChannelHandle) -> list[tuple[str, list[discord.Message]]]:
    return [(thread.name, thread.history()) for thread in forum.threads]


def metadata(bot: AdminHarness, thread_id: int) -> ThreadMetadata:
    """What Discord keeps about a post: whether it is archived."""
    found = bot.env.backend.get_channel(thread_id).thread_metadata
    assert found is not None
    return found


def outbox(bot: AdminHarness) -> dict[str, object]:
    [row] = [row for row in ledger_checks.outbox(bot.place) if row["type"] == "completed"]
    return row


def forget_record(bot: AdminHarness) -> None:
    ledger_checks.execute(
        bot.place,
        "UPDATE outbox SET status = 'pending', next_attempt_at = created_at, sent_at = NULL, message_id = NULL,"
        " channel_id = NULL, venue = 'gallery', leased_by = NULL, leased_until = NULL WHERE type = 'completed'",
    )


async def made(bot: AdminHarness) -> None:
    await bot.movie()
    await bot.run_until_idle()
    await bot.clock.advance(RENDER_SECONDS)
    bot.env.backend.clock.advance(bot.clock.now() / 1000 - bot.env.now().timestamp())
    await bot.run_until_idle()


# ── where movies go ──────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_movie_is_posted_in_the_gallery_alone(admin_bot: AdminHarness) -> None:
    gallery = a_gallery(admin_bot)
    await choose(admin_bot, gallery)
    await admin_bot.movie()
    [card] = [each for each in admin_bot.messages() if each.embeds]
    await admin_bot.bob.click(card, label=ENGLISH("buttons-follow-button"))
    await admin_bot.finish()
    [movie] = gallery.history()
    assert admin_bot.messages() == []
    assert {each.id for each in movie.mentions} == {admin_bot.alice.id, admin_bot.bob.id}
    receipt = await admin_bot.alice.click(movie, label=ENGLISH("buttons-receipt-button"))
    url = f"https://discord.com/channels/{admin_bot.guild.id}/{gallery.id}/{movie.id}"
    assert url in ephemeral_text(receipt)
    remix = await admin_bot.bob.click(movie, label=ENGLISH("buttons-remix-button"))
    assert remix.modal is not None


async def test_a_movie_is_a_post_of_its_own_in_a_forum(admin_bot: AdminHarness) -> None:
    forum = a_forum(admin_bot)
    await choose(admin_bot, forum)
    await admin_bot.movie(prompt="a  red\nballoon " + "x" * 200)
    await admin_bot.finish()
    [(title, [movie])] = posts(forum)
    assert title.startswith("a red balloon xxx")
    assert len(title) <= 100
    assert str(admin_bot.job()["movie_url"]) in movie.content
    assert (outbox(admin_bot)["venue"], admin_bot.messages()) == ("forum", [])
    await admin_bot.restart()
    await admin_bot.alice.click(answered(await admin_bot.alice.click(movie, label=DELETE)).message, label=CONFIRM)
    await admin_bot.run_until_idle()
    assert posts(forum) == []


@pytest.mark.parametrize("may_rename", [True, pytest.param(False, marks=pytest.mark.full)])
async def test_the_prompt_leaves_a_forum_where_the_bot_may_delete_no_posts_any_more(
    admin_bot: AdminHarness, *, may_rename: bool
) -> None:
    await admin_bot.set_staff_channel(admin_bot.lines)
    forum = a_forum(admin_bot)
    await choose(admin_bot, forum)
    await admin_bot.movie()
    await admin_bot.finish()
    [(_, [movie])] = posts(forum)
    archive = metadata(admin_bot, forum.threads[0].id)
    path = f"/channels/{forum.threads[0].id}"
    admin_bot.env.inject_error("DELETE", path, status=403, code=50013)
    if not may_rename:
        admin_bot.env.inject_error("PATCH", path, status=403, code=50013)
    question = answered(await admin_bot.alice.click(movie, label=DELETE))
    await admin_bot.alice.click(question.message, label=CONFIRM)
    archive.archived = True
    await admin_bot.run_until_idle()
    title = ENGLISH("buttons-deleted-post-title") if may_rename else "a red balloon"
    assert (posts(forum), archive.archived) == ([(title, [])], not may_rename)
    told = [each.action for each in admin_bot.audit_entries()].count(AuditAction.DELETION_REFUSED)
    assert told == (not may_rename)


# ── a gallery that is closed ─────────────────────────────────────────────────────────────────────────────────────


async def test_staff_are_told_once_that_a_gallery_is_gone(admin_bot: AdminHarness) -> None:
    await admin_bot.set_staff_channel(admin_bot.lines)
    gallery = a_gallery(admin_bot)
    await choose(admin_bot, gallery)
    admin_bot.env.backend.delete_channel(gallery.id)
    await admin_bot.env.settle()
    for number in (1, 2):
        await made(admin_bot)
        assert len(admin_bot.messages()) == number
        await admin_bot.run_until_idle(3600)
    told = [each for each in admin_bot.audit_entries() if each.action is AuditAction.GALLERY_FAILED]
    assert [each.subject_id for each in told] == [gallery.id]
    assert admin_bot.posted()[-1] == audit_entry_text(ENGLISH, told[0], admin_bot.catalogue)


# ── once ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("forum", [False, True])
async def test_a_post_is_found_after_a_kill_and_not_posted_again(admin_bot: AdminHarness, *, forum: bool) -> None:
    """Discord has forgotten the nonce. Posts of a forum have none, and the gallery may have changed meanwhile."""
    gallery = a_forum(admin_bot) if forum else a_gallery(admin_bot)
    await choose(admin_bot, gallery)
    await made(admin_bot)
    forget_record(admin_bot)
    if forum:
        await choose(admin_bot, admin_bot.lines)
    await admin_bot.restart()
    await admin_bot.run_until_idle(600)
    [movie] = posts(gallery)[0][1] if forum else gallery.history()
    recorded = [outbox(admin_bot)[name] for name in ("message_id", "channel_id", "venue")]
    assert recorded == [movie.id, movie.channel.id, "forum" if forum else "gallery"]
    assert (admin_bot.messages(), admin_bot.posted()) == ([], [])


@pytest.mark.parametrize("forum", [False, True])
async def test_who_may_view_the_channel_reads_a_gallerys_movie_in_top(admin_bot: AdminHarness, *, forum: bool) -> None:
    """The gateway does not know a forum's archived posts."""
    gallery = a_forum(admin_bot) if forum else a_gallery(admin_bot)
    await choose(admin_bot, gallery)
    await made(admin_bot)
    admin_bot.forget_threads()
    assert "a red balloon" in ephemeral_text(await admin_bot.bob.slash(admin_bot.lines, "top"))


# ── choosing it ──────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_gallery_where_the_bot_lacks_a_permission_is_refused(admin_bot: AdminHarness) -> None:
    """A forum post's title is a prompt, so it must be deletable."""
    me = admin_bot.guild.me
    assert me is not None
    quiet = {
        name: admin_bot.guild.create_text_channel(
            name, overwrites={me: discord.PermissionOverwrite(**dict.fromkeys([name], False))}
        )
        for name in ("attach_files", "embed_links", "read_message_history")
    }
    for missing, channel in (*quiet.items(), ("manage_threads", a_forum(admin_bot, may_delete=False))):
        text = await choose(admin_bot, channel)
        problem = InvalidValue(Setting.GALLERY, InvalidReason.MISSING_PERMISSIONS, str(channel.id), (missing,))
        panel = Panel(ServerSetup(), admin_bot.catalogue)
        assert text == embed_text(setup_panel.panel_embed(ENGLISH, panel, [setup_panel.invalid_note(ENGLISH, problem)]))
    hidden = admin_bot.guild.create_text_channel(
        "hidden", overwrites={me: discord.PermissionOverwrite(view_channel=False)}
    )
    everything = ("view_channel", "send_messages", "embed_links", "attach_files", "read_message_history")
    problem = InvalidValue(Setting.GALLERY, InvalidReason.MISSING_PERMISSIONS, str(hidden.id), everything)
    assert setup_panel.invalid_note(ENGLISH, problem) in await choose(admin_bot, hidden)
    assert admin_bot.noted() == []
