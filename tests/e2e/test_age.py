"""The age rule of /setup: spoilers, or age-restricted channels only."""

from __future__ import annotations

import pytest
from simcord.builders import ChannelHandle

from bot.domain.job import JobState
from bot.domain.quota import AuditAction, AuditReason
from bot.domain.server_setup import AccessReason, AccessRefusal, Setting
from bot.domain.setup_values import InvalidReason, InvalidValue
from bot.ui import refusals, setup_panel
from bot.ui.audit_entries import audit_entry_text
from bot.ui.components import custom_id
from bot.ui.setup_panel import Panel, SetupPage
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.age_restricted import AgeRestricted
from tests.helpers.awaiting import kept
from tests.helpers.expected_text import ENGLISH, card_title, embed_text
from tests.helpers.reading import answered, button, ephemeral_text, links, message_text, response_text

pytestmark = pytest.mark.both_engines

REFUSED = embed_text(refusals.access_embed(ENGLISH, AccessRefusal(AccessReason.AGE)))


@pytest.fixture
def flags(monkeypatch: pytest.MonkeyPatch) -> AgeRestricted:
    return AgeRestricted(monkeypatch)


async def choose(bot: AdminHarness, setting: Setting, value: object) -> str:
    panel = answered(await bot.dana.slash(bot.channel, "setup panel")).message
    await bot.dana.click(panel, custom_id=custom_id("setup-page", SetupPage.GALLERY))
    seen = await kept(bot)
    action = custom_id("setup", setting, seen.fingerprint([setting]))
    return response_text(await bot.dana.select(panel, [value], custom_id=action))


async def made(bot: AdminHarness, where: ChannelHandle) -> None:
    assert not (await bot.alice.slash(where, "movie", prompt="a red balloon", duration=5)).ephemeral
    await bot.finish()


# ── spoilers ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_new_link_is_a_spoiler_where_the_server_chose_that_since(admin_bot: AdminHarness) -> None:
    await made(admin_bot, admin_bot.channel)
    [movie] = admin_bot.messages()
    assert "||" not in movie.content
    await choose(admin_bot, Setting.AGE, "spoiler")
    await made(admin_bot, admin_bot.channel)
    await admin_bot.restart()
    for message, job in zip(admin_bot.messages(), admin_bot.stored_jobs(), strict=True):
        await admin_bot.press(admin_bot.alice, message, button(message, ENGLISH("buttons-new-link-button")))
        [mended] = [each for each in admin_bot.messages() if each.id == message.id]
        assert mended.content.splitlines()[-1] == f"|| {job.movie_url} ||"


# ── age-restricted channels only ─────────────────────────────────────────────────────────────────────────────────


async def test_movies_are_ordered_in_age_restricted_channels_and_their_threads_only(
    admin_bot: AdminHarness, flags: AgeRestricted
) -> None:
    late = admin_bot.guild.create_text_channel("late")
    await flags.set(admin_bot, late)
    for parent in (late, admin_bot.channel):
        admin_bot.env.backend.create_thread(parent.id, "our films", admin_bot.bob.id)
    await made(admin_bot, admin_bot.channel)
    finished = admin_bot.messages()[-1]
    await choose(admin_bot, Setting.AGE, "restricted")
    await admin_bot.restart()
    jobs = len(admin_bot.stored_jobs())
    for where in (admin_bot.channel, admin_bot.channel.threads[-1]):
        for who in (admin_bot.alice, admin_bot.dana):
            assert ephemeral_text(await who.slash(where, "movie", prompt="a cat", duration=5)) == REFUSED
    assert ephemeral_text(await admin_bot.bob.click(finished, label=ENGLISH("buttons-remix-button"))) == REFUSED
    form = await admin_bot.submit(admin_bot.alice, "m:order", {"prompt": "a cat", "seconds": "5"})
    assert ephemeral_text(form) == REFUSED
    assert len(admin_bot.stored_jobs()) == jobs
    for where in (late, late.threads[-1]):
        assert not (await admin_bot.alice.slash(where, "movie", prompt="a cat", duration=5)).ephemeral
    assert len(admin_bot.stored_jobs()) == jobs + 2


async def test_a_gallery_that_everyone_can_open_gets_no_movie(admin_bot: AdminHarness, flags: AgeRestricted) -> None:
    await admin_bot.set_staff_channel(admin_bot.lines)
    gallery = admin_bot.guild.create_text_channel("gallery")
    await flags.set(admin_bot, admin_bot.channel)
    chosen = await choose(admin_bot, Setting.GALLERY, gallery)
    panel = Panel(await kept(admin_bot), admin_bot.catalogue)
    notes = setup_panel.changed_notes(ENGLISH, panel, [Setting.GALLERY])
    assert chosen == embed_text(setup_panel.panel_embed(ENGLISH, panel, notes))
    text = await choose(admin_bot, Setting.AGE, "restricted")
    setup = await kept(admin_bot)
    problem = InvalidValue(Setting.GALLERY, InvalidReason.NOT_AGE_RESTRICTED, str(gallery.id))
    panel = Panel(setup, admin_bot.catalogue, problems=(problem,))
    notes = setup_panel.changed_notes(ENGLISH, panel, [Setting.AGE])
    assert text == embed_text(setup_panel.panel_embed(ENGLISH, panel, notes))
    for number in (1, 2):
        await made(admin_bot, admin_bot.channel)
        assert (len(admin_bot.messages()), gallery.history()) == (number, [])
    told = [each for each in admin_bot.audit_entries() if each.action is AuditAction.GALLERY_FAILED]
    assert [(each.subject_id, each.reason_code) for each in told] == [(gallery.id, AuditReason.NOT_AGE_RESTRICTED)]
    assert admin_bot.posted()[-1] == audit_entry_text(ENGLISH, told[0], admin_bot.catalogue)
    await flags.set(admin_bot, gallery)
    await admin_bot.run_until_idle(3600)
    await made(admin_bot, admin_bot.channel)
    assert len(gallery.history()) == 1
    opened = await admin_bot.dana.slash(admin_bot.channel, "setup panel")
    assert response_text(opened) == embed_text(setup_panel.panel_embed(ENGLISH, Panel(setup, admin_bot.catalogue)))


async def test_a_movie_goes_to_its_member_where_its_channel_is_not_restricted_any_more(
    admin_bot: AdminHarness, flags: AgeRestricted
) -> None:
    """The gateway has not announced the change yet."""
    await flags.set(admin_bot, admin_bot.channel)
    await choose(admin_bot, Setting.AGE, "restricted")
    await admin_bot.movie()
    await flags.set(admin_bot, admin_bot.channel, restricted=False, announced=False)
    await admin_bot.finish()
    url = str(admin_bot.job()["movie_url"])
    [movie] = admin_bot.direct_messages(admin_bot.alice)
    assert url in movie.content
    [card] = admin_bot.messages()
    assert card.embeds[0].title == card_title(JobState.COMPLETED)
    assert url not in message_text(card)
    assert (links(card), card.attachments) == ({}, [])
