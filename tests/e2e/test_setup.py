"""/setup: the panel and what it changes, for managers, members and strangers."""

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
from bot.domain.request import Problem, ProblemCode
from bot.domain.server_setup import AccessReason, AccessRefusal, MessageMenu, ServerSetup, Setting
from bot.domain.setup_values import InvalidReason, InvalidValue
from bot.locales.texts import texts_in
from bot.ui import errors, quota_admin, refusals, setup_modals, setup_panel
from bot.ui.audit_entries import audit_entry_text
from bot.ui.components import custom_id
from bot.ui.setup_panel import NOT_CHOSEN, Panel, SetupPage
from data import server_setup
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH, embed_text, shows_job, validation_error
from tests.helpers.ledger_checks import query
from tests.helpers.quote_message import quote_in
from tests.helpers.reading import ephemeral_text, labels, message_text, response_text

pytestmark = pytest.mark.both_engines

MENU = ENGLISH("commands-make-movie-menu")
MENU_HELP = {
    ENGLISH("help-from-a-message", menu=MENU): MessageMenu.OWN,
    ENGLISH("help-from-any-message", menu=MENU): MessageMenu.ANYONE,
}
"""What /help says of the menu. It says nothing where it is off."""


async def opened(bot: AdminHarness, page: SetupPage = SetupPage.MEMBERS) -> discord.Message:
    """Open a page of the panel as Dana."""
    result = await bot.dana.slash(bot.channel, "setup panel")
    assert result.ephemeral
    assert result.response is not None
    message = result.response.message
    if page is not SetupPage.MEMBERS:
        await bot.dana.click(message, custom_id=f"m:setup-page:{page.value}")
    return message


async def pick(bot: AdminHarness, message: discord.Message, setting: Setting, values: Sequence[Any]) -> str:
    """Pick values in a select, and return the panel's text."""
    before = await kept(bot)
    action = ("setup", setting.value, before.fingerprint((setting,)))
    return response_text(await bot.dana.select(message, values, custom_id=custom_id(*action)))


async def kept(bot: AdminHarness) -> ServerSetup:
    """The server's setup."""
    return await bot.app.database.read(server_setup.get, bot.guild.id)


def panel(bot: AdminHarness, setup: ServerSetup, *deleted: int) -> Panel:
    """What the panel shows of a setup."""
    return Panel(setup, bot.catalogue, frozenset(deleted))


def shown(bot: AdminHarness, setup: ServerSetup, *notes: str, deleted: Sequence[int] = ()) -> str:
    """The panel's text."""
    return embed_text(setup_panel.panel_embed(ENGLISH, panel(bot, setup, *deleted), notes))


def access(reason: AccessReason, *allowed: int) -> str:
    """What a refused member reads."""
    return embed_text(refusals.access_embed(ENGLISH, AccessRefusal(reason, allowed)))


def thread_of(bot: AdminHarness, channel: ChannelHandle) -> ChannelHandle:
    """A new thread in a channel."""
    bot.env.backend.create_thread(channel.id, "our films", bot.bob.id)
    return channel.threads[-1]


async def ordered_in(bot: AdminHarness, where: ChannelHandle, who: MemberActor | None = None) -> InteractionResult:
    """Order a movie in a channel."""
    return await (who or bot.alice).slash(where, "movie", prompt="a cat", duration=5)


# ── the panel ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_manager_sets_everything_and_it_is_logged(admin_bot: AdminHarness) -> None:
    """Each change is shown, kept, recorded and posted in the staff channel."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    message, setup = await opened(admin_bot), ServerSetup(staff_channel=admin_bot.lines.id)
    assert message_text(message) == shown(admin_bot, setup)
    changes: list[tuple[SetupPage, Setting, list[Any], Any]] = [
        (SetupPage.MEMBERS, Setting.CHANNELS, [admin_bot.channel], (admin_bot.channel.id,)),
        (SetupPage.MEMBERS, Setting.ROLES, [admin_bot.stars], (admin_bot.stars.id,)),
        (SetupPage.MEMBERS, Setting.MESSAGE_MENU, ["anyone"], MessageMenu.ANYONE),
        (SetupPage.MEMBERS, Setting.LANGUAGE, ["de"], Language.GERMAN),
        (SetupPage.MODELS, Setting.VIDEO_MODELS, ["VEOI2V", "LUMA"], ("LUMA", "VEOI2V")),
        (SetupPage.DEFAULTS, Setting.DEFAULT_VIDEO_MODEL, ["VEOI2V"], "VEOI2V"),
        (SetupPage.DEFAULTS, Setting.DEFAULT_IMAGE_MODEL, ["FLUX1.1PRO"], "FLUX1.1PRO"),
        (SetupPage.DEFAULTS, Setting.DEFAULT_ASPECT_RATIO, ["9:16"], "9:16"),
    ]
    at = SetupPage.MEMBERS
    for page, setting, values, value in changes:
        if page is not at:
            await admin_bot.dana.click(message, custom_id=f"m:setup-page:{page.value}")
            at = page
        setup = setup.changed({setting: value})
        text = await pick(admin_bot, message, setting, values)
        assert text == shown(admin_bot, setup, *setup_panel.changed_notes(ENGLISH, panel(admin_bot, setup), [setting]))
        assert await kept(admin_bot) == setup
    await admin_bot.run_until_idle()
    changed = admin_bot.audit_entries()[1:]
    assert [(each.actor_id, each.setting) for each in changed] == [(admin_bot.dana.id, each[1]) for each in changes]
    german = texts_in(Language.GERMAN)  # the log speaks the chosen language from then on
    assert admin_bot.posted()[1:] == [audit_entry_text(german, each, admin_bot.catalogue) for each in changed]


async def test_a_default_is_taken_back_and_all_models_are_no_restriction(admin_bot: AdminHarness) -> None:
    message = await opened(admin_bot, SetupPage.MODELS)
    await pick(admin_bot, message, Setting.VIDEO_MODELS, ["LUMA"])
    await pick(admin_bot, message, Setting.VIDEO_MODELS, ["LUMA", "KLINGIMGTOVIDPRO", "VEOI2V"])
    assert await kept(admin_bot) == ServerSetup()
    message = await opened(admin_bot, SetupPage.DEFAULTS)
    await pick(admin_bot, message, Setting.DEFAULT_ASPECT_RATIO, ["9:16"])
    await pick(admin_bot, message, Setting.DEFAULT_ASPECT_RATIO, [NOT_CHOSEN])
    assert await kept(admin_bot) == ServerSetup()


async def test_durations_are_typed_in_a_form(admin_bot: AdminHarness) -> None:
    message = await opened(admin_bot, SetupPage.MODELS)
    form = await admin_bot.dana.click(message, label=ENGLISH("setup-durations-button"))
    text = response_text(await admin_bot.dana.submit_modal(form, {"longest_seconds": " 60", "default_seconds": "12 "}))
    setup = ServerSetup(longest_seconds=60, default_seconds=12)
    assert await kept(admin_bot) == setup
    assert text == shown(
        admin_bot, setup, *setup_panel.changed_notes(ENGLISH, panel(admin_bot, setup), setup_modals.DURATIONS)
    )
    form = await admin_bot.dana.click(message, label=ENGLISH("setup-durations-button"))
    await admin_bot.dana.submit_modal(form, {"longest_seconds": " ", "default_seconds": "12"})
    assert await kept(admin_bot) == ServerSetup(default_seconds=12)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (("121", ""), InvalidValue(Setting.LONGEST_SECONDS, InvalidReason.OUT_OF_RANGE, "121", ("1", "120"))),
        (("", "no"), InvalidValue(Setting.DEFAULT_SECONDS, InvalidReason.OUT_OF_RANGE, "no", ("1", "120"))),
        (("9", "10"), InvalidValue(Setting.DEFAULT_SECONDS, InvalidReason.LONGER_THAN_LONGEST, "10", ("9",))),
    ],
)
async def test_durations_that_can_not_be_are_refused_with_what_can(
    admin_bot: AdminHarness, typed: tuple[str, str], problem: InvalidValue
) -> None:
    message = await opened(admin_bot, SetupPage.MODELS)
    form = await admin_bot.dana.click(message, label=ENGLISH("setup-durations-button"))
    values = {"longest_seconds": typed[0], "default_seconds": typed[1]}
    text = response_text(await admin_bot.dana.submit_modal(form, values))
    assert text == shown(admin_bot, ServerSetup(), setup_panel.invalid_note(ENGLISH, problem))
    assert await kept(admin_bot) == ServerSetup()


async def test_a_stale_panel_overwrites_nothing_and_shows_what_is(admin_bot: AdminHarness) -> None:
    """Two managers may have the panel open, also over a restart."""
    first, second = await opened(admin_bot), await opened(admin_bot)
    stale = custom_id("setup", Setting.CHANNELS.value, ServerSetup().fingerprint((Setting.CHANNELS,)))
    await admin_bot.dana.select(first, [admin_bot.lines], custom_id=stale)
    setup = ServerSetup(channels=(admin_bot.lines.id,))
    await admin_bot.restart()
    text = response_text(await admin_bot.dana.select(second, [admin_bot.channel], custom_id=stale))
    assert text == shown(admin_bot, setup, setup_panel.conflict_note(ENGLISH))
    assert await kept(admin_bot) == setup
    await pick(admin_bot, first, Setting.MESSAGE_MENU, ["off"])
    assert (await kept(admin_bot)).menu is MessageMenu.OFF


async def test_the_same_choice_twice_is_one_change(admin_bot: AdminHarness) -> None:
    first, second = await opened(admin_bot), await opened(admin_bot)
    chosen = custom_id("setup", Setting.CHANNELS.value, ServerSetup().fingerprint((Setting.CHANNELS,)))
    await admin_bot.dana.select(first, [admin_bot.lines], custom_id=chosen)
    text = response_text(await admin_bot.dana.select(second, [admin_bot.lines], custom_id=chosen))
    assert text == shown(admin_bot, ServerSetup(channels=(admin_bot.lines.id,)))
    assert len(admin_bot.noted()) == 1


async def test_two_processes_make_one_change_of_one_interaction(
    admin_bot: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    message = await opened(admin_bot)
    admin_bot.duplicate_interactions()
    await pick(admin_bot, message, Setting.CHANNELS, [admin_bot.lines])
    assert len(admin_bot.noted()) == 1
    logged = [each.message for each in caplog.records if each.levelname in ("WARNING", "ERROR")]
    assert logged == ["interaction_duplicate"]


async def test_who_may_not_manage_the_server_opens_and_changes_nothing(admin_bot: AdminHarness) -> None:
    with pytest.raises(SetupError, match="not visible"):
        await admin_bot.alice.slash(admin_bot.channel, "setup panel")
    refused = quota_admin.not_allowed(ENGLISH)
    assert ephemeral_text(await admin_bot.forged(admin_bot.alice, "setup panel")) == refused
    message = await opened(admin_bot, SetupPage.MODELS)
    action = custom_id("setup", Setting.VIDEO_MODELS.value, ServerSetup().fingerprint((Setting.VIDEO_MODELS,)))
    form = custom_id("setup-durations-set", "models", ServerSetup().fingerprint(setup_modals.DURATIONS))
    [crew] = admin_bot.env.backend.get_member(admin_bot.guild.id, admin_bot.dana.id).role_ids
    admin_bot.env.backend.remove_member_role(admin_bot.guild.id, admin_bot.dana.id, crew)
    for who in (admin_bot.alice, admin_bot.dana):  # who was a manager when she opened it
        for pressed, values in ((action, ["LUMA"]), ("m:setup-page:members", []), ("m:setup-durations:models", [])):
            assert ephemeral_text(await admin_bot.press(who, message, pressed, values)) == refused
        assert ephemeral_text(await admin_bot.submit(who, form, {"longest_seconds": "9"}, message)) == refused
    assert await kept(admin_bot) == ServerSetup()
    assert admin_bot.noted() == []


@pytest.mark.parametrize(
    "action",
    [
        *("m:setup", "m:setup:colour:x", "m:setup:channels", "m:setup-page:x", "m:setup-page", "m:setup-durations:x"),
        *("m:setup-durations-set:models", "m:setup-price-set", "m:setup-rules-set", "m:setup-rules-fix"),
        *("m:setup-apply", "m:setup-apply:x"),
    ],
)
async def test_a_forged_button_is_answered(admin_bot: AdminHarness, action: str) -> None:
    message = await opened(admin_bot)
    result = await admin_bot.press(admin_bot.dana, message, action)
    assert ephemeral_text(result) == errors.outdated_command(ENGLISH)


async def test_ids_of_another_server_are_refused_and_everyone_is_no_restriction(admin_bot: AdminHarness) -> None:
    message = await opened(admin_bot)
    elsewhere = admin_bot.env.create_guild("Elsewhere")
    for setting, foreign in (
        (Setting.CHANNELS, elsewhere.create_text_channel("there").id),
        (Setting.ROLES, elsewhere.create_role("Theirs").id),
    ):
        action = custom_id("setup", setting.value, ServerSetup().fingerprint((setting,)))
        text = response_text(await admin_bot.press(admin_bot.dana, message, action, [str(foreign)]))
        problem = InvalidValue(setting, InvalidReason.NOT_IN_SERVER, str(foreign))
        assert text == shown(admin_bot, ServerSetup(), setup_panel.invalid_note(ENGLISH, problem))
    action = custom_id("setup", "roles", ServerSetup().fingerprint((Setting.ROLES,)))
    await admin_bot.press(admin_bot.dana, message, action, [str(admin_bot.guild.id)])
    assert await kept(admin_bot) == ServerSetup()


# ── what it does ─────────────────────────────────────────────────────────────────────────────────────────────────


async def test_movies_are_made_only_in_the_chosen_channels_and_their_threads(admin_bot: AdminHarness) -> None:
    """The rule covers commands, forms, *Remix* and quotes, also for managers."""
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
    assert quote.response is not None
    accepted = await admin_bot.alice.click(quote.response.message, label=ENGLISH("quotes-accept-button"))
    assert response_text(accepted) == refused
    assert message_text(quote.response) == refused, "in place of the price"
    assert len(admin_bot.stored_jobs()) == jobs
    for where in (films, here):
        assert not (await ordered_in(admin_bot, where)).ephemeral
    assert len(admin_bot.stored_jobs()) == jobs + 2


async def test_a_deleted_channel_keeps_the_rule_and_is_named_as_deleted(admin_bot: AdminHarness) -> None:
    films = admin_bot.guild.create_text_channel("films")
    message = await opened(admin_bot)
    await pick(admin_bot, message, Setting.CHANNELS, [films])
    admin_bot.env.backend.delete_channel(films.id)
    await admin_bot.env.settle()
    assert ephemeral_text(await ordered_in(admin_bot, admin_bot.channel)) == access(AccessReason.CHANNEL)
    text = message_text(await opened(admin_bot))
    assert text == shown(admin_bot, ServerSetup(channels=(films.id,)), deleted=[films.id])


async def test_only_members_with_a_chosen_role_order(admin_bot: AdminHarness) -> None:
    price = quote_in(admin_bot, await admin_bot.submit(admin_bot.alice, "m:order", {"prompt": "a cat", "seconds": "5"}))
    message = await opened(admin_bot)
    await pick(admin_bot, message, Setting.ROLES, [admin_bot.stars])
    refused = access(AccessReason.ROLE, admin_bot.stars.id)
    await price.press()
    assert price.text == refused
    assert ephemeral_text(await admin_bot.movie()) == refused
    assert ephemeral_text(await admin_bot.movie(admin_bot.dana)) == refused
    star = admin_bot.guild.add_member(admin_bot.env.create_user("star"), roles=[admin_bot.stars])
    assert not (await admin_bot.movie(star)).ephemeral
    help_text = response_text(await admin_bot.alice.slash(admin_bot.channel, "help"))
    assert refusals.access_text(ENGLISH, AccessRefusal(AccessReason.ROLE, (admin_bot.stars.id,))) in help_text


async def test_models_and_durations_that_are_not_allowed_are_refused(admin_bot: AdminHarness) -> None:
    message = await opened(admin_bot, SetupPage.MODELS)
    await pick(admin_bot, message, Setting.VIDEO_MODELS, ["KLINGIMGTOVIDPRO"])
    form = await admin_bot.dana.click(message, label=ENGLISH("setup-durations-button"))
    await admin_bot.dana.submit_modal(form, {"longest_seconds": "20", "default_seconds": ""})
    refused = (await admin_bot.movie(video_model="LUMA", duration=30)).response
    assert refused is not None
    assert message_text(refused) == validation_error(
        Problem(ProblemCode.SECONDS_OUT_OF_RANGE, "30", ("1", "20")),
        Problem(ProblemCode.VIDEO_MODEL_UNKNOWN, "Luma Dream Machine", ("Kling Pro",)),
    )
    [kept_for_edit] = query(admin_bot.place, "SELECT video_model, duration_seconds FROM quotes")
    assert tuple(kept_for_edit.values()) == ("KLINGIMGTOVIDPRO", 20)
    written = await admin_bot.alice.send(admin_bot.channel, "a fox in the snow")
    form = await admin_bot.alice.context_menu(admin_bot.channel, MENU, written)
    said = ephemeral_text(await admin_bot.alice.submit_modal(form, {"prompt": "a cat", "seconds": "abc"}))
    assert said == validation_error(Problem(ProblemCode.SECONDS_OUT_OF_RANGE, "abc", ("1", "20")))
    assert not (await admin_bot.movie()).ephemeral
    job = admin_bot.stored_job()
    assert (job.request.video_model, job.request.duration_seconds) == ("KLINGIMGTOVIDPRO", 20)


@pytest.mark.parametrize("shape", ["9:16", "1:1"], ids=["no-model", "forged"])
async def test_a_shape_that_no_model_makes_is_refused_with_a_way_to_edit_it(
    admin_bot: AdminHarness, shape: str
) -> None:
    message = await opened(admin_bot, SetupPage.MODELS)
    await pick(admin_bot, message, Setting.VIDEO_MODELS, ["LUMA"])
    refused = (await admin_bot.forge(prompt="a cat", aspect_ratio=shape)).response
    assert refused is not None
    assert labels(refused) == [ENGLISH("quotes-edit-button")]


async def test_the_chosen_language_is_that_of_cards_and_movies(admin_bot: AdminHarness) -> None:
    """The language that Discord has for the server doesn't count."""
    message = await opened(admin_bot)
    await pick(admin_bot, message, Setting.LANGUAGE, ["de"])
    await admin_bot.movie(duration=5)
    assert admin_bot.stored_job().server_language is Language.GERMAN
    assert not shows_job(admin_bot.messages()[-1], admin_bot.stored_job())  # which compares with English


@pytest.mark.parametrize("menu", MessageMenu)
async def test_the_message_menu_obeys(admin_bot: AdminHarness, menu: MessageMenu) -> None:
    message = await opened(admin_bot)
    if menu is not MessageMenu.OWN:
        await pick(admin_bot, message, Setting.MESSAGE_MENU, [menu.value])
    written = await admin_bot.alice.send(admin_bot.channel, "a fox in the snow")
    own = await admin_bot.alice.context_menu(admin_bot.channel, MENU, written)
    others = await admin_bot.bob.context_menu(admin_bot.channel, MENU, written)
    shown = response_text(await admin_bot.alice.slash(admin_bot.channel, "help"))
    for text, said in MENU_HELP.items():
        assert (text in shown) == (said is menu)
    off = refusals.no_message_menu(ENGLISH)
    assert (own.response is not None and response_text(own) == off) == (menu is MessageMenu.OFF)
    match menu:
        case MessageMenu.OFF:
            assert ephemeral_text(others) == off
        case MessageMenu.OWN:
            assert ephemeral_text(others) == refusals.not_own_message(ENGLISH)
        case MessageMenu.ANYONE:
            assert others.modal is not None


@pytest.mark.parametrize(("menu", "refused"), [("off", 2), ("own", 1), ("anyone", 0)])
async def test_an_open_form_of_a_message_obeys_too(admin_bot: AdminHarness, menu: str, refused: int) -> None:
    """The form was opened before the setting was changed."""
    message = await opened(admin_bot)
    await pick(admin_bot, message, Setting.MESSAGE_MENU, ["anyone"])
    written = await admin_bot.alice.send(admin_bot.channel, "a fox in the snow")
    forms = [
        (who, await who.context_menu(admin_bot.channel, MENU, written)) for who in (admin_bot.alice, admin_bot.bob)
    ]
    if menu != "anyone":
        await pick(admin_bot, message, Setting.MESSAGE_MENU, [menu])
    said = [ephemeral_text(await who.submit_modal(form, {"prompt": "a cat", "seconds": "5"})) for who, form in forms]
    refusal = refusals.no_message_menu(ENGLISH) if menu == "off" else refusals.not_own_message(ENGLISH)
    assert [text == refusal for text in said].count(True) == refused
    assert (said[0] == refusal) == (menu == "off")
