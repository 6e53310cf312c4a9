"""/setup: the panel, and what its settings do for members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.backend.errors import SetupError
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult

from bot.domain.language import Language
from bot.domain.server_setup import AccessReason, AccessRefusal, MessageMenu, ServerSetup, Setting
from bot.domain.setup_values import InvalidReason, InvalidValue
from bot.locales.texts import texts_in
from bot.ui import errors, quota_admin, refusals, setup_modals, setup_panel
from bot.ui.audit_entries import audit_entry_text
from bot.ui.components import custom_id
from bot.ui.setup_panel import NOT_CHOSEN, Panel, SetupPage
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import kept
from tests.helpers.expected_text import ENGLISH, embed_text
from tests.helpers.reading import answered, ephemeral_text, message_text, response_text

pytestmark = pytest.mark.both_engines

MENU = ENGLISH("commands-make-movie-menu")
MENU_HELP = {
    ENGLISH("help-from-a-message", menu=MENU): MessageMenu.OWN,
    ENGLISH("help-from-any-message", menu=MENU): MessageMenu.ANYONE,
}
"""What /help says of the menu. It says nothing where it is off."""

NOTHING = ServerSetup()


async def opened(bot: AdminHarness, *pages: SetupPage) -> discord.Message:
    result = await bot.dana.slash(bot.channel, "setup panel")
    assert result.ephemeral
    for page in pages:
        await bot.dana.click(answered(result).message, custom_id=custom_id("setup-page", page))
    return answered(result).message


async def pick(bot: AdminHarness, message: discord.Message, setting: Setting, values: Sequence[Any]) -> str:
    return response_text(await bot.dana.select(message, values, custom_id=action(setting, await kept(bot))))


async def typed(bot: AdminHarness, message: discord.Message, label: str, fields: dict[str, str]) -> str:
    return response_text(await bot.dana.submit_modal(await bot.dana.click(message, label=label), fields))


def action(setting: Setting, seen: ServerSetup = NOTHING) -> str:
    return custom_id("setup", setting, seen.fingerprint([setting]))


def panel(bot: AdminHarness, setup: ServerSetup, *deleted: int) -> Panel:
    return Panel(setup, bot.catalogue, frozenset(deleted))


def shown(bot: AdminHarness, setup: ServerSetup, *notes: str, deleted: Sequence[int] = ()) -> str:
    return embed_text(setup_panel.panel_embed(ENGLISH, panel(bot, setup, *deleted), notes))


def invalid(setting: Setting, reason: InvalidReason, value: object, *allowed: str) -> str:
    return setup_panel.invalid_note(ENGLISH, InvalidValue(setting, reason, str(value), allowed))


def access(reason: AccessReason, *allowed: int) -> str:
    return embed_text(refusals.access_embed(ENGLISH, AccessRefusal(reason, allowed)))


def thread_of(bot: AdminHarness, channel: ChannelHandle) -> ChannelHandle:
    bot.env.backend.create_thread(channel.id, "our films", bot.bob.id)
    return channel.threads[-1]


async def ordered_in(bot: AdminHarness, where: ChannelHandle, who: MemberActor | None = None) -> InteractionResult:
    return await (who or bot.alice).slash(where, "movie", prompt="a cat", duration=5)


# ── the panel ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_manager_reads_each_change_and_it_is_logged(admin_bot: AdminHarness) -> None:
    await admin_bot.set_staff_channel(admin_bot.lines)
    message, setup = await opened(admin_bot), ServerSetup(staff_channel=admin_bot.lines.id)
    assert message_text(message) == shown(admin_bot, setup)
    changes: list[tuple[SetupPage, Setting, list[Any], Any]] = [
        (SetupPage.MEMBERS, Setting.LANGUAGE, ["de"], Language.GERMAN),
        (SetupPage.MODELS, Setting.VIDEO_MODELS, ["VEOI2V", "LUMA"], ("LUMA", "VEOI2V")),
        (SetupPage.MODELS, Setting.VIDEO_MODELS, ["VEOI2V", "LUMA", "KLINGIMGTOVIDPRO"], ()),
        (SetupPage.DEFAULTS, Setting.DEFAULT_ASPECT_RATIO, ["9:16"], "9:16"),
        (SetupPage.DEFAULTS, Setting.DEFAULT_ASPECT_RATIO, [NOT_CHOSEN], None),
    ]
    for page, setting, values, value in changes:
        await admin_bot.press(admin_bot.dana, message, custom_id("setup-page", page))
        setup = setup.changed({setting: value})
        text = await pick(admin_bot, message, setting, values)
        assert text == shown(admin_bot, setup, *setup_panel.changed_notes(ENGLISH, panel(admin_bot, setup), [setting]))
        assert await kept(admin_bot) == setup
    await admin_bot.run_until_idle()
    changed = admin_bot.audit_entries()[1:]
    assert [(each.actor_id, each.setting) for each in changed] == [(admin_bot.dana.id, each[1]) for each in changes]
    german = texts_in(Language.GERMAN)
    assert admin_bot.posted()[1:] == [audit_entry_text(german, each, admin_bot.catalogue) for each in changed]


async def test_durations_and_a_price_are_typed_in_forms(admin_bot: AdminHarness) -> None:
    message, label = await opened(admin_bot, SetupPage.MODELS), ENGLISH("setup-durations-button")
    too_long = invalid(Setting.LONGEST_SECONDS, InvalidReason.OUT_OF_RANGE, "121", "1", "120")
    no_number = invalid(Setting.DEFAULT_SECONDS, InvalidReason.OUT_OF_RANGE, "no", "1", "120")
    longer = invalid(Setting.DEFAULT_SECONDS, InvalidReason.LONGER_THAN_LONGEST, "10", "9")
    for (longest, default), note in {("121", ""): too_long, ("", "no"): no_number, ("9", "10"): longer}.items():
        text = await typed(admin_bot, message, label, {"longest_seconds": longest, "default_seconds": default})
        assert text == shown(admin_bot, NOTHING, note)
    text = await typed(admin_bot, message, label, {"longest_seconds": " 60", "default_seconds": "12 "})
    setup = ServerSetup(longest_seconds=60, default_seconds=12)
    notes = setup_panel.changed_notes(ENGLISH, panel(admin_bot, setup), setup_modals.DURATIONS)
    assert (text, await kept(admin_bot)) == (shown(admin_bot, setup, *notes), setup)
    await typed(admin_bot, message, label, {"longest_seconds": " ", "default_seconds": ""})
    message, label = await opened(admin_bot, SetupPage.STAFF, SetupPage.APPROVAL), "setup-approval-credits-button"
    for price in ("0", "many", "10000001"):
        text = await typed(admin_bot, message, ENGLISH(label), {"approval_credits": price})
        assert invalid(Setting.APPROVAL_CREDITS, InvalidReason.OUT_OF_RANGE, price, "1", "10000000") in text
    assert await kept(admin_bot) == NOTHING
    stale = await admin_bot.dana.click(message, label=ENGLISH(label))
    assert "300 credits" in await typed(admin_bot, message, ENGLISH(label), {"approval_credits": " 300 "})
    await admin_bot.restart()
    text = response_text(await admin_bot.dana.submit_modal(stale, {"approval_credits": "5"}))
    assert setup_panel.conflict_note(ENGLISH) in text
    assert await kept(admin_bot) == ServerSetup(approval_credits=300)
    for price, credits in (("10000000", 10_000_000), ("", None)):
        await typed(admin_bot, message, ENGLISH(label), {"approval_credits": price})
        assert await kept(admin_bot) == ServerSetup(approval_credits=credits)


async def test_who_may_not_manage_the_server_opens_nothing(admin_bot: AdminHarness) -> None:
    with pytest.raises(SetupError, match="not visible"):
        await admin_bot.alice.slash(admin_bot.channel, "setup panel")
    for command in ("panel", "export"):
        refused = await admin_bot.forged(admin_bot.alice, f"setup {command}")
        assert ephemeral_text(refused) == quota_admin.not_allowed(ENGLISH)


async def test_a_forged_button_is_answered(admin_bot: AdminHarness) -> None:
    message = await opened(admin_bot)
    for forged in (
        *("setup", "setup:colour:x", "setup:channels", "setup-page:x", "setup-page", "setup-durations:x"),
        *("setup-durations-set:models", "setup-price-set", "setup-rules-set", "setup-rules-fix", "setup-rules-fix:x"),
        *("setup-apply", "setup-apply:x"),
    ):
        result = await admin_bot.press(admin_bot.dana, message, f"m:{forged}")
        assert ephemeral_text(result) == errors.outdated_command(ENGLISH), forged


async def test_what_cannot_be_chosen_is_refused(admin_bot: AdminHarness) -> None:
    message = await opened(admin_bot)
    elsewhere, me = admin_bot.env.create_guild("Elsewhere"), admin_bot.guild.me
    assert me is not None
    foreign, theirs = elsewhere.create_text_channel("there").id, elsewhere.create_role("Theirs").id
    voice = admin_bot.guild.create_voice_channel("voice").id
    everyone = admin_bot.guild.id
    not_here = InvalidReason.NOT_IN_SERVER
    tried: list[tuple[Setting, object, str]] = [
        *((each, foreign, invalid(each, not_here, foreign)) for each in (Setting.CHANNELS, Setting.STAFF_CHANNEL)),
        (Setting.ROLES, theirs, invalid(Setting.ROLES, not_here, theirs)),
        (Setting.STAFF_CHANNEL, voice, invalid(Setting.STAFF_CHANNEL, not_here, voice)),
        (Setting.STAFF_CHANNEL, "x", invalid(Setting.STAFF_CHANNEL, InvalidReason.NOT_AN_ID, "x")),
        (Setting.STAFF_ROLES, everyone, invalid(Setting.STAFF_ROLES, InvalidReason.EVERYONE, "@everyone")),
    ]
    lacks = {
        ("view_channel",): ("view_channel", "send_messages", "embed_links"),
        ("send_messages", "embed_links"): ("send_messages", "embed_links"),
        ("embed_links",): ("embed_links",),
    }
    for missing, named in lacks.items():
        overwrite = discord.PermissionOverwrite(**dict.fromkeys(missing, False))
        quiet = admin_bot.guild.create_text_channel("quiet", overwrites={me: overwrite}).id
        note = invalid(Setting.STAFF_CHANNEL, InvalidReason.MISSING_PERMISSIONS, quiet, *named)
        tried.append((Setting.STAFF_CHANNEL, quiet, note))
    for setting, value, note in tried:
        text = response_text(await admin_bot.press(admin_bot.dana, message, action(setting), [str(value)]))
        assert text == shown(admin_bot, NOTHING, note)
    await admin_bot.press(admin_bot.dana, message, action(Setting.ROLES), [str(everyone)])
    assert (await kept(admin_bot), admin_bot.noted()) == (NOTHING, [])


# ── what it does ─────────────────────────────────────────────────────────────────────────────────────────────────


async def test_movies_are_made_only_in_the_chosen_channels_and_their_threads(admin_bot: AdminHarness) -> None:
    films = admin_bot.guild.create_text_channel("films")
    here, there = thread_of(admin_bot, films), thread_of(admin_bot, admin_bot.channel)
    await ordered_in(admin_bot, admin_bot.channel)
    await admin_bot.finish()
    finished = admin_bot.messages()[-1]
    quote = await admin_bot.alice.click(finished, label=ENGLISH("buttons-rerun-button"))
    message = await opened(admin_bot)
    await pick(admin_bot, message, Setting.CHANNELS, [films])
    refused = access(AccessReason.CHANNEL, films.id)
    assert f"<#{films.id}>" in refused
    jobs = len(admin_bot.stored_jobs())
    for where in (admin_bot.channel, there):
        for who in (admin_bot.alice, admin_bot.dana):
            assert ephemeral_text(await ordered_in(admin_bot, where, who)) == refused
    assert ephemeral_text(await admin_bot.bob.click(finished, label=ENGLISH("buttons-remix-button"))) == refused
    assert ephemeral_text(await admin_bot.alice.click(finished, label=ENGLISH("buttons-rerun-button"))) == refused
    form = await admin_bot.submit(admin_bot.alice, "m:order", {"prompt": "a cat", "seconds": "5"})
    assert ephemeral_text(form) == refused
    accepted = await admin_bot.alice.click(answered(quote).message, label=ENGLISH("quotes-accept-button"))
    assert response_text(accepted) == refused
    assert message_text(answered(quote)) == refused, "in place of the price"
    assert len(admin_bot.stored_jobs()) == jobs
    for where in (films, here):
        assert not (await ordered_in(admin_bot, where)).ephemeral
    assert len(admin_bot.stored_jobs()) == jobs + 2
    admin_bot.env.backend.delete_channel(films.id)
    await admin_bot.env.settle()
    assert ephemeral_text(await ordered_in(admin_bot, admin_bot.channel)) == access(AccessReason.CHANNEL)
    assert message_text(await opened(admin_bot)) == shown(
        admin_bot, ServerSetup(channels=(films.id,)), deleted=[films.id]
    ), "the deleted channel keeps the rule, and is named as deleted"


async def test_the_message_menu_obeys_also_in_a_form_that_is_open(admin_bot: AdminHarness) -> None:
    message = await opened(admin_bot)
    written = await admin_bot.alice.send(admin_bot.channel, "a fox in the snow")
    off, not_own = refusals.no_message_menu(ENGLISH), refusals.not_own_message(ENGLISH)
    wanted = {MessageMenu.ANYONE: (None, None), MessageMenu.OWN: (None, not_own), MessageMenu.OFF: (off, off)}
    people = (admin_bot.alice, admin_bot.bob)
    for menu, refused in wanted.items():
        await pick(admin_bot, message, Setting.MESSAGE_MENU, ["anyone"])
        forms = [await who.context_menu(admin_bot.channel, MENU, written) for who in people]
        await pick(admin_bot, message, Setting.MESSAGE_MENU, [menu.value])
        presses = [await who.context_menu(admin_bot.channel, MENU, written) for who in people]
        assert [None if each.modal else ephemeral_text(each) for each in presses] == [*refused]
        said = [
            ephemeral_text(await who.submit_modal(form, {"prompt": "a cat", "seconds": "5"}))
            for who, form in zip(people, forms, strict=True)
        ]
        assert [each if each in (off, not_own) else None for each in said] == [*refused]
        help_text = response_text(await admin_bot.alice.slash(admin_bot.channel, "help"))
        assert [text in help_text for text in MENU_HELP] == [each is menu for each in MENU_HELP.values()]
