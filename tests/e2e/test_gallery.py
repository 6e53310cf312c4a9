"""Where finished movies are posted: galleries, and what is for age-restricted channels."""

from __future__ import annotations

import discord
import pytest
from simcord.backend.models import Overwrite, ThreadMetadata
from simcord.builders import ChannelHandle
from simcord.enums import OverwriteType

from bot.domain.jobs import JobState
from bot.domain.quota import AuditAction, AuditReason
from bot.domain.server_setup import ServerSetup
from bot.domain.setting_kinds import InvalidReason, InvalidValue, Setting, SetupPage
from bot.ui import server_setup
from bot.ui.audit_entries import audit_entry_text
from bot.ui.components import custom_id
from bot.ui.server_setup import Panel
from tests.helpers import ledger_checks
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.age_restricted import AgeRestricted
from tests.helpers.awaiting import configure, kept
from tests.helpers.bot_harness import RENDER_SECONDS
from tests.helpers.expected_text import ENGLISH, card_title, embed_text, refusal
from tests.helpers.reading import answered, button, ephemeral_text, links, message_text, response_text

pytestmark = pytest.mark.both_engines

REFUSED = refusal("refusals-age")


@pytest.fixture
def flags(monkeypatch: pytest.MonkeyPatch) -> AgeRestricted:
    return AgeRestricted(monkeypatch)


async def choose(bot: AdminHarness, setting: Setting, value: object) -> str:
    panel = answered(await bot.dana.slash(bot.channel, "setup panel")).message
    await bot.dana.click(panel, custom_id=custom_id("setup-page", SetupPage.GALLERY))
    seen = await kept(bot)
    action = custom_id("setup", setting, seen.fingerprint([setting]))
    return response_text(await bot.dana.select(panel, [value], custom_id=action))


async def made_in(bot: AdminHarness, where: ChannelHandle) -> None:
    assert not (await bot.alice.slash(where, "movie", prompt="a red balloon", duration=5)).ephemeral
    await bot.finish()


async def test_a_new_link_is_a_spoiler_where_the_server_chose_that_since(bot: AdminHarness) -> None:
    await made_in(bot, bot.channel)
    [movie] = bot.messages()
    assert "||" not in movie.content
    await configure(bot, age="spoiler")
    await made_in(bot, bot.channel)
    await bot.restart()
    for message, job in zip(bot.messages(), bot.stored_jobs(), strict=True):
        await bot.press(bot.alice, message, button(message, ENGLISH("buttons-new-link-button")))
        [mended] = [each for each in bot.messages() if each.id == message.id]
        assert mended.content.splitlines()[-1] == f"|| {job.movie_url} ||"


async def test_movies_are_ordered_in_age_restricted_channels_and_their_threads_only(
    bot: AdminHarness, flags: AgeRestricted
) -> None:
    late = bot.guild.create_text_channel("late")
    await flags.set(bot, late)
    for parent in (late, bot.channel):
        bot.env.backend.create_thread(parent.id, "our films", bot.bob.id)
    await made_in(bot, bot.channel)
    finished = bot.messages()[-1]
    await configure(bot, age="restricted")
    await bot.restart()
    jobs = len(bot.stored_jobs())
    for where in (bot.channel, bot.channel.threads[-1]):
        for who in (bot.alice, bot.dana):
            assert ephemeral_text(await who.slash(where, "movie", prompt="a cat", duration=5)) == REFUSED
    assert ephemeral_text(await bot.bob.click(finished, label=ENGLISH("buttons-remix-button"))) == REFUSED
    form = await bot.submit(bot.alice, "m:order", {"prompt": "a cat", "seconds": "5"})
    assert ephemeral_text(form) == REFUSED
    assert len(bot.stored_jobs()) == jobs
    for where in (late, late.threads[-1]):
        assert not (await bot.alice.slash(where, "movie", prompt="a cat", duration=5)).ephemeral
    assert len(bot.stored_jobs()) == jobs + 2


async def test_a_gallery_that_everyone_can_open_gets_no_movie(bot: AdminHarness, flags: AgeRestricted) -> None:
    await bot.set_staff_channel(bot.lines)
    gallery = bot.guild.create_text_channel("gallery")
    await flags.set(bot, bot.channel)
    chosen = await choose(bot, ServerSetup.gallery, gallery)
    panel = Panel(await kept(bot), bot.catalogue)
    notes = server_setup.changed_notes(ENGLISH, panel, [ServerSetup.gallery])
    assert chosen == embed_text(server_setup.panel_embed(ENGLISH, panel, notes))
    text = await choose(bot, ServerSetup.age, "restricted")
    setup = await kept(bot)
    problem = InvalidValue(ServerSetup.gallery, InvalidReason.NOT_AGE_RESTRICTED, str(gallery.id))
    panel = Panel(setup, bot.catalogue, problems=(problem,))
    notes = server_setup.changed_notes(ENGLISH, panel, [ServerSetup.age])
    assert text == embed_text(server_setup.panel_embed(ENGLISH, panel, notes))
    for number in (1, 2):
        await made_in(bot, bot.channel)
        assert (len(bot.messages()), gallery.history()) == (number, [])
    told = [each for each in bot.audit_entries() if each.action is AuditAction.GALLERY_FAILED]
    assert [(each.subject_id, each.by.reason_code) for each in told] == [(gallery.id, AuditReason.NOT_AGE_RESTRICTED)]
    assert bot.posted()[-1] == audit_entry_text(ENGLISH, told[0], bot.catalogue)
    await flags.set(bot, gallery)
    await bot.run_until_idle(3600)
    await made_in(bot, bot.channel)
    assert len(gallery.history()) == 1
    opened = await bot.dana.slash(bot.channel, "setup panel")
    assert response_text(opened) == embed_text(server_setup.panel_embed(ENGLISH, Panel(setup, bot.catalogue)))


async def test_a_movie_goes_to_its_member_where_its_channel_is_not_restricted_any_more(
    bot: AdminHarness, flags: AgeRestricted
) -> None:
    """The gateway has not announced the change yet."""
    await flags.set(bot, bot.channel)
    await configure(bot, age="restricted")
    await bot.movie()
    await flags.set(bot, bot.channel, restricted=False, announced=False)
    await bot.finish()
    url = str(bot.job()["movie_url"])
    [movie] = bot.direct_messages(bot.alice)
    assert url in movie.content
    [card] = bot.messages()
    assert card.embeds[0].title == card_title(JobState.COMPLETED)
    assert url not in message_text(card)
    assert (links(card), card.attachments) == ({}, [])


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


async def test_a_movie_is_posted_in_the_gallery_alone(bot: AdminHarness) -> None:
    gallery = a_gallery(bot)
    await configure(bot, gallery=gallery.id)
    await bot.movie()
    [card] = [each for each in bot.messages() if each.embeds]
    await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))
    await bot.finish()
    [movie] = gallery.history()
    assert bot.messages() == []
    assert {each.id for each in movie.mentions} == {bot.alice.id, bot.bob.id}
    receipt = await bot.alice.click(movie, label=ENGLISH("buttons-receipt-button"))
    url = f"https://discord.com/channels/{bot.guild.id}/{gallery.id}/{movie.id}"
    assert url in ephemeral_text(receipt)
    remix = await bot.bob.click(movie, label=ENGLISH("buttons-remix-button"))
    assert remix.modal is not None


async def test_a_movie_is_a_post_of_its_own_in_a_forum(bot: AdminHarness) -> None:
    forum = a_forum(bot)
    await configure(bot, gallery=forum.id)
    await bot.made(prompt="a  red\nballoon " + "x" * 200)
    [(title, [movie])] = posts(forum)
    assert title.startswith("a red balloon xxx")
    assert len(title) <= 100
    assert str(bot.job()["movie_url"]) in movie.content
    assert (outbox(bot)["venue"], bot.messages()) == ("forum", [])
    await bot.restart()
    await bot.alice.click(answered(await bot.alice.click(movie, label=DELETE)).message, label=CONFIRM)
    await bot.run_until_idle()
    assert posts(forum) == []


@pytest.mark.parametrize("may_rename", [True, pytest.param(False, marks=pytest.mark.full)])
async def test_the_prompt_leaves_a_forum_where_the_bot_may_delete_no_posts_any_more(
    bot: AdminHarness, *, may_rename: bool
) -> None:
    await bot.set_staff_channel(bot.lines)
    forum = a_forum(bot)
    await configure(bot, gallery=forum.id)
    await bot.made()
    [(_, [movie])] = posts(forum)
    archive = metadata(bot, forum.threads[0].id)
    path = f"/channels/{forum.threads[0].id}"
    bot.env.inject_error("DELETE", path, status=403, code=50013)
    if not may_rename:
        bot.env.inject_error("PATCH", path, status=403, code=50013)
    question = answered(await bot.alice.click(movie, label=DELETE))
    await bot.alice.click(question.message, label=CONFIRM)
    archive.archived = True
    await bot.run_until_idle()
    title = ENGLISH("buttons-deleted-post-title") if may_rename else "a red balloon"
    assert (posts(forum), archive.archived) == ([(title, [])], not may_rename)
    told = [each.action for each in bot.audit_entries()].count(AuditAction.DELETION_REFUSED)
    assert told == (not may_rename)


async def test_staff_are_told_once_that_a_gallery_is_gone(bot: AdminHarness) -> None:
    await bot.set_staff_channel(bot.lines)
    gallery = a_gallery(bot)
    await configure(bot, gallery=gallery.id)
    bot.env.backend.delete_channel(gallery.id)
    await bot.env.settle()
    for number in (1, 2):
        await made(bot)
        assert len(bot.messages()) == number
        await bot.run_until_idle(3600)
    told = [each for each in bot.audit_entries() if each.action is AuditAction.GALLERY_FAILED]
    assert [each.subject_id for each in told] == [gallery.id]
    assert bot.posted()[-1] == audit_entry_text(ENGLISH, told[0], bot.catalogue)


@pytest.mark.parametrize("forum", [False, True])
async def test_a_post_is_found_after_a_kill_and_not_posted_again(bot: AdminHarness, *, forum: bool) -> None:
    """Discord has forgotten the nonce. Posts of a forum have none, and the gallery may have changed meanwhile."""
    gallery = a_forum(bot) if forum else a_gallery(bot)
    await configure(bot, gallery=gallery.id)
    await made(bot)
    forget_record(bot)
    if forum:
        await configure(bot, gallery=bot.lines.id)
    await bot.restart()
    await bot.run_until_idle(600)
    [movie] = posts(gallery)[0][1] if forum else gallery.history()
    recorded = [outbox(bot)[name] for name in ("message_id", "channel_id", "venue")]
    assert recorded == [movie.id, movie.channel.id, "forum" if forum else "gallery"]
    assert (bot.messages(), bot.posted()) == ([], [])


@pytest.mark.parametrize("forum", [False, True])
async def test_who_may_view_the_channel_reads_a_gallerys_movie_in_top(bot: AdminHarness, *, forum: bool) -> None:
    """The gateway does not know a forum's archived posts."""
    gallery = a_forum(bot) if forum else a_gallery(bot)
    await configure(bot, gallery=gallery.id)
    await made(bot)
    bot.forget_threads()
    assert "a red balloon" in ephemeral_text(await bot.bob.slash(bot.lines, "top"))


async def test_a_gallery_where_the_bot_lacks_a_permission_is_refused(bot: AdminHarness) -> None:
    """A forum post's title is a prompt, so it must be deletable."""
    me = bot.guild.me
    assert me is not None
    quiet = {
        name: bot.guild.create_text_channel(
            name, overwrites={me: discord.PermissionOverwrite(**dict.fromkeys([name], False))}
        )
        for name in ("attach_files", "embed_links", "read_message_history")
    }
    for missing, channel in (*quiet.items(), ("manage_threads", a_forum(bot, may_delete=False))):
        text = await choose(bot, ServerSetup.gallery, channel)
        problem = InvalidValue(ServerSetup.gallery, InvalidReason.MISSING_PERMISSIONS, str(channel.id), (missing,))
        panel = Panel(ServerSetup(), bot.catalogue)
        assert text == embed_text(
            server_setup.panel_embed(ENGLISH, panel, [server_setup.invalid_note(ENGLISH, problem)])
        )
    hidden = bot.guild.create_text_channel("hidden", overwrites={me: discord.PermissionOverwrite(view_channel=False)})
    everything = ("view_channel", "send_messages", "embed_links", "attach_files", "read_message_history")
    problem = InvalidValue(ServerSetup.gallery, InvalidReason.MISSING_PERMISSIONS, str(hidden.id), everything)
    assert server_setup.invalid_note(ENGLISH, problem) in await choose(bot, ServerSetup.gallery, hidden)
    assert bot.noted() == []
