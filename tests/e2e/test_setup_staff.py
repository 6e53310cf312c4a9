"""The staff page of /setup: the staff channel and the staff roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor

from bot.domain.server_setup import ServerSetup, Setting
from bot.domain.setup_values import InvalidReason, InvalidValue
from bot.ui import quota_admin, setup_panel
from bot.ui.audit_entries import audit_entry_text
from bot.ui.components import custom_id
from bot.ui.setup_panel import Panel, SetupPage
from data import server_setup
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH, embed_text
from tests.helpers.reading import ephemeral_text, message_text, response_text

pytestmark = pytest.mark.both_engines

NOTHING = ServerSetup()


async def opened(bot: AdminHarness) -> discord.Message:
    """Open the staff page as Dana."""
    result = await bot.dana.slash(bot.channel, "setup panel")
    assert result.response is not None
    message = result.response.message
    await bot.dana.click(message, custom_id=custom_id("setup-page", SetupPage.STAFF))
    return message


def action(setting: Setting, seen: ServerSetup = NOTHING) -> str:
    """The custom_id of a select, as it was with this setup."""
    return custom_id("setup", setting, seen.fingerprint([setting]))


def shown(bot: AdminHarness, setup: ServerSetup, *notes: str, deleted: Sequence[int] = ()) -> str:
    """The panel's text."""
    return embed_text(setup_panel.panel_embed(ENGLISH, Panel(setup, bot.catalogue, frozenset(deleted)), notes))


def refusal(bot: AdminHarness, reason: InvalidReason, setting: Setting, value: object, *allowed: str) -> str:
    """Return the panel's text after an invalid choice, where nothing is set."""
    problem = InvalidValue(setting, reason, str(value), allowed)
    return shown(bot, NOTHING, setup_panel.invalid_note(ENGLISH, problem))


async def kept(bot: AdminHarness) -> ServerSetup:
    """The server's setup."""
    return await bot.app.database.read(server_setup.get, bot.guild.id)


async def test_staff_are_chosen_logged_and_still_there_after_a_restart(admin_bot: AdminHarness) -> None:
    message = await opened(admin_bot)
    setup = ServerSetup(staff_channel=admin_bot.lines.id)
    text = response_text(
        await admin_bot.dana.select(message, [admin_bot.lines], custom_id=action(Setting.STAFF_CHANNEL))
    )
    changed = [Setting.STAFF_CHANNEL]
    panel = Panel(setup, admin_bot.catalogue)
    assert text == shown(admin_bot, setup, *setup_panel.changed_notes(ENGLISH, panel, changed))
    await admin_bot.restart()
    await admin_bot.dana.select(message, [admin_bot.stars], custom_id=action(Setting.STAFF_ROLES))
    setup = ServerSetup(staff_channel=admin_bot.lines.id, staff_roles=(admin_bot.stars.id,))
    assert await kept(admin_bot) == setup
    assert message_text(await opened(admin_bot)) == shown(admin_bot, setup)
    await admin_bot.run_until_idle()
    logged = admin_bot.audit_entries()
    assert [each.setting for each in logged] == [Setting.STAFF_CHANNEL, Setting.STAFF_ROLES]
    assert admin_bot.posted() == [audit_entry_text(ENGLISH, each, admin_bot.catalogue) for each in logged]


async def test_the_same_staff_channel_twice_is_one_change_and_another_manager_wins(admin_bot: AdminHarness) -> None:
    first, second = await opened(admin_bot), await opened(admin_bot)
    stale = action(Setting.STAFF_CHANNEL)
    await admin_bot.dana.select(first, [admin_bot.lines], custom_id=stale)
    setup = ServerSetup(staff_channel=admin_bot.lines.id)
    for channel, notes in ((admin_bot.lines, []), (admin_bot.channel, [setup_panel.conflict_note(ENGLISH)])):
        text = response_text(await admin_bot.press(admin_bot.dana, second, stale, [str(channel.id)]))
        assert text == shown(admin_bot, setup, *notes)
    assert (await kept(admin_bot), len(admin_bot.noted())) == (setup, 1)


@pytest.mark.parametrize("missing", [("view_channel",), ("send_messages", "embed_links"), ("embed_links",)])
async def test_a_channel_where_the_bot_cannot_post_is_refused_with_what_is_missing(
    admin_bot: AdminHarness, missing: tuple[str, ...]
) -> None:
    """The panel says so at once."""
    me = admin_bot.guild.me
    assert me is not None
    overwrite = discord.PermissionOverwrite(**dict.fromkeys(missing, False))
    quiet = admin_bot.guild.create_text_channel("quiet", overwrites={me: overwrite})
    message = await opened(admin_bot)
    data: list[Any] = [str(quiet.id)]
    text = response_text(await admin_bot.press(admin_bot.dana, message, action(Setting.STAFF_CHANNEL), data))
    lacking = setup_panel_permissions(text)
    assert text == refusal(admin_bot, InvalidReason.MISSING_PERMISSIONS, Setting.STAFF_CHANNEL, quiet.id, *lacking)
    assert set(missing) <= set(lacking)
    assert await kept(admin_bot) == NOTHING


def setup_panel_permissions(text: str) -> list[str]:
    """Return the permissions that a text names, in the order of checks."""
    return [name for name in ("view_channel", "send_messages", "embed_links") if ENGLISH(_NAMES[name]) in text]


_NAMES: Any = {
    "view_channel": "errors-view-channel",
    "send_messages": "errors-send-messages",
    "embed_links": "errors-embed-links",
}


async def test_what_cannot_be_staffs_is_refused(admin_bot: AdminHarness) -> None:
    message = await opened(admin_bot)
    voice = admin_bot.guild.create_voice_channel("voice")
    foreign = admin_bot.env.create_guild("Elsewhere").create_text_channel("there")
    for setting, chosen, reason, value in (
        (Setting.STAFF_CHANNEL, voice.id, InvalidReason.NOT_IN_SERVER, voice.id),
        (Setting.STAFF_CHANNEL, foreign.id, InvalidReason.NOT_IN_SERVER, foreign.id),
        (Setting.STAFF_CHANNEL, "x", InvalidReason.NOT_AN_ID, "x"),
        (Setting.STAFF_ROLES, admin_bot.guild.id, InvalidReason.EVERYONE, "@everyone"),
    ):
        text = response_text(await admin_bot.press(admin_bot.dana, message, action(setting), [str(chosen)]))
        assert text == refusal(admin_bot, reason, setting, value)
    assert (await kept(admin_bot), admin_bot.noted()) == (NOTHING, [])


async def test_a_deleted_staff_channel_is_named_as_deleted_until_another_is_chosen(admin_bot: AdminHarness) -> None:
    old = admin_bot.guild.create_text_channel("old")
    await admin_bot.set_staff_channel(old)
    admin_bot.env.backend.delete_channel(old.id)
    await admin_bot.env.settle()
    setup = ServerSetup(staff_channel=old.id)
    assert message_text(await opened(admin_bot)) == shown(admin_bot, setup, deleted=[old.id])
    await admin_bot.set_staff_channel(admin_bot.lines)
    assert (await kept(admin_bot)).staff_channel == admin_bot.lines.id


async def test_staff_who_do_not_manage_the_server_change_nothing_of_it(admin_bot: AdminHarness) -> None:
    message = await opened(admin_bot)
    await admin_bot.dana.select(message, [admin_bot.stars], custom_id=action(Setting.STAFF_ROLES))
    before, helper = (
        await kept(admin_bot),
        admin_bot.guild.add_member(admin_bot.env.create_user("helper"), roles=[admin_bot.stars]),
    )
    people: list[MemberActor] = [helper, admin_bot.alice]
    for who in people:
        pressed = await admin_bot.press(who, message, action(Setting.STAFF_CHANNEL), [str(admin_bot.lines.id)])
        assert ephemeral_text(pressed) == quota_admin.not_allowed(ENGLISH)
    assert await kept(admin_bot) == before
