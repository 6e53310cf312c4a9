"""/setup: the panel, what its settings do for members, and its export and import."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.backend.errors import SetupError
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.prompt_filter import MAX_RULES, MAX_RULES_LENGTH, RuleProblem, WrongRule, WrongRules
from bot.domain.quota import AuditAction, AuditContext, AuditEvent
from bot.domain.refusal import Refused, SetupRefusalCode
from bot.domain.server_setup import (
    MAX_DOCUMENT_BYTES,
    SETTINGS,
    DocumentProblem,
    MessageMenu,
    ServerSetup,
    write_document,
)
from bot.domain.setting_kinds import Setting, SetupPage
from bot.domain.text import Language
from bot.ui import server_setup, setup_files, setup_filter
from bot.ui.audit_entries import change_confirmation
from bot.ui.components import actions_of, custom_id
from bot.ui.server_setup import NOT_CHOSEN, Panel
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import configure, kept
from tests.helpers.expected_text import ENGLISH, not_changed, refusal
from tests.helpers.ledger_checks import query
from tests.helpers.reading import (
    actions,
    addresses,
    answered,
    custom_ids,
    ephemeral_text,
    labels,
    message_text,
    response_text,
)
from tests.helpers.steps import all_of_help, behind_more
from tests.helpers.unlisted_files import shown_files_unlisted

pytestmark = pytest.mark.both_engines

MENU = ENGLISH("commands-make-movie-menu")
MENU_HELP = {
    ENGLISH("help-from-a-message", menu=MENU): MessageMenu.OWN,
    ENGLISH("help-from-any-message", menu=MENU): MessageMenu.ANYONE,
}
"""What /help says of the menu. It says nothing where it is off."""

NOTHING = ServerSetup()


async def opened(bot: AdminHarness) -> discord.Message:
    """Open the panel, past the first questions."""
    result = await bot.dana.slash(bot.channel, "setup panel")
    assert result.ephemeral
    if "setup-panel" in actions(answered(result)):
        await bot.press(bot.dana, answered(result), custom_id("setup-panel"))
    return answered(result).message


async def pick(bot: AdminHarness, message: discord.Message, setting: Setting, values: Sequence[Any]) -> str:
    picked = [str(each.id) if isinstance(each, ChannelHandle) else each for each in values]
    form = await bot.form(message, setting.page)
    return response_text(await form.submit(bot.dana, **{setting.name: picked}))


def action(setting: Setting, seen: ServerSetup = NOTHING) -> str:
    return custom_id("setup", setting, seen.fingerprint([setting]))


def panel(bot: AdminHarness, setup: ServerSetup, *deleted: int) -> Panel:
    return Panel(setup, bot.catalogue, frozenset(deleted))


def shown(bot: AdminHarness, setup: ServerSetup, *notes: str, deleted: Sequence[int] = ()) -> str:
    return server_setup.panel_message(ENGLISH, panel(bot, setup, *deleted), notes).text


def invalid(setting: Setting, code: SetupRefusalCode, value: object = "", **named: object) -> str:
    return not_changed(setting.refuse(code, str(value), **named))


def access(*channels: int) -> str:
    return refusal("refusals-channel", channels=channels)


def thread_of(bot: AdminHarness, channel: ChannelHandle) -> ChannelHandle:
    bot.env.backend.create_thread(channel.id, "our films", bot.bob.id)
    return channel.threads[-1]


async def ordered_in(bot: AdminHarness, where: ChannelHandle, who: MemberActor | None = None) -> InteractionResult:
    return await (who or bot.alice).slash(where, "movie", prompt="a cat", duration=5)


def forms_of(message: discord.Message) -> list[str]:
    """Return the custom_ids of the buttons that open a form or a section."""
    found = [each for each in actions_of(message) if each[0] in ("setup-page", "setup-section")]
    return [custom_id(action, *arguments) for action, arguments in found]


async def test_six_sections_lead_to_every_setting(bot: AdminHarness) -> None:
    message, reached = await opened(bot), list[str]()
    assert labels(message).count(ENGLISH("setup-change-button")) == len(forms_of(message)) == 6
    for section in forms_of(message):
        pressed = await bot.press(bot.dana, message, section)
        forms = [pressed]
        if pressed.modal is None:
            inner = answered(pressed).message
            forms = [await bot.press(bot.dana, message, each) for each in forms_of(inner)]
            back = await bot.dana.click(inner, label=ENGLISH("setup-back-button"))
            assert response_text(back) == message_text(message)
        for form in forms:
            reached += [each["component"]["custom_id"] for each in form.modal["components"]]
    offered = {name for name, each in SETTINGS.items() if each.is_offered(bot.app.database.policy.catalogue)}
    expected = {*offered, setup_filter.INPUTS[0]} - {ServerSetup.filter_rules.name}
    assert sorted(reached) == sorted(expected)
    assert ENGLISH("errors-outdated") in response_text(await bot.press(bot.dana, message, "m:setup-section:defaults"))


async def test_the_first_visit_asks_four_questions_and_one_press_answers_them(bot: AdminHarness) -> None:
    first = await bot.dana.slash(bot.channel, "setup panel")
    suggested = panel(bot, ServerSetup(language=Language.ENGLISH))
    assert ephemeral_text(first) == server_setup.first_message(ENGLISH, suggested, 600).text
    assert labels(answered(first)) == [ENGLISH(f"setup-first-{each}-button") for each in ("apply", "change", "skip")]
    skipped = await bot.dana.slash(bot.channel, "setup panel")
    await bot.dana.click(answered(skipped).message, label=ENGLISH("setup-first-skip-button"))
    assert (response_text(skipped), await kept(bot), bot.noted()) == (shown(bot, NOTHING), NOTHING, [])
    form = await bot.dana.click(answered(first).message, label=ENGLISH("setup-first-change-button"))
    await bot.restart()
    setup = ServerSetup(language=Language.ENGLISH)
    applied = await bot.dana.click(answered(first).message, label=ENGLISH("setup-first-apply-button"))
    assert response_text(applied) == shown(bot, setup, *notes_of(bot, setup, ServerSetup.language))
    [entry] = bot.audit_entries()
    assert (entry.by.actor_id, entry.setting, await kept(bot)) == (bot.dana.id, ServerSetup.language, setup)
    late = await bot.dana.submit_modal(form, {"credits": ["300"], "approval": "everyone", "language": ["de"]})
    assert response_text(late) == shown(bot, setup, ENGLISH("setup-conflict"))
    assert (await kept(bot), len(bot.noted())) == (setup, 1), "neither settings nor credits are changed"
    assert ephemeral_text(await bot.dana.slash(bot.channel, "setup panel")) == shown(bot, setup)


async def test_the_first_questions_can_be_answered_otherwise(bot: AdminHarness) -> None:
    first = answered(await bot.dana.slash(bot.channel, "setup panel")).message
    answers = {"channels": [bot.channel], "credits": ["300"], "approval": "everyone", "language": ["de"]}
    form = await bot.dana.click(first, label=ENGLISH("setup-first-change-button"))
    text = response_text(await bot.dana.submit_modal(form, answers))
    setup = ServerSetup(channels=(bot.channel.id,), approval="everyone", language=Language.GERMAN)
    changed = (ServerSetup.channels, ServerSetup.approval, ServerSetup.language)
    limit = AuditEvent(AuditContext(bot.dana.id, bot.guild.id), AuditAction.SET_DEFAULT_LIMIT, 0, 300)
    assert text == shown(bot, setup, *notes_of(bot, setup, *changed), change_confirmation(ENGLISH, limit))
    assert ENGLISH("setup-nobody-asked") in text
    assert await kept(bot) == setup
    assert query(bot.place, "SELECT credits FROM quota_limits") == [{"credits": 300}]
    await bot.quota("clear default")
    await configure(bot, **{name: each.not_set for name, each in SETTINGS.items()})
    await bot.quota("default", credits=700)
    assert ephemeral_text(await bot.dana.slash(bot.channel, "setup panel")) == shown(bot, NOTHING), (
        "it is not the first"
    )


def notes_of(bot: AdminHarness, setup: ServerSetup, *settings: Setting) -> Sequence[str]:
    return server_setup.changed_notes(ENGLISH, panel(bot, setup), settings)


async def test_a_form_changes_only_what_was_changed_in_it(bot: AdminHarness) -> None:
    gone = bot.guild.create_text_channel("gone").id
    setup = ServerSetup(channels=(gone,), default_video_model="GONE")
    await configure(bot, **setup.values)
    bot.env.backend.delete_channel(gone)
    await bot.env.settle()
    message = await opened(bot)
    await pick(bot, message, ServerSetup.message_menu, ["anyone"])
    await pick(bot, message, ServerSetup.default_aspect_ratio, ["9:16"])
    setup = setup.changed({ServerSetup.message_menu: MessageMenu.ANYONE, ServerSetup.default_aspect_ratio: "9:16"})
    assert await kept(bot) == setup, "a deleted channel does not open the server, and a model may come back"
    await pick(bot, message, ServerSetup.channels, [bot.channel])
    await pick(bot, message, ServerSetup.default_video_model, [NOT_CHOSEN])
    assert await kept(bot) == setup.changed(
        {ServerSetup.channels: (bot.channel.id,), ServerSetup.default_video_model: None}
    )


async def test_discords_own_forms_fit(bot: AdminHarness) -> None:
    message = await opened(bot)
    await bot.dana.click(message, custom_id=custom_id("setup-section", SetupPage.MEMBERS))
    form = await bot.dana.click(message, custom_id=custom_id("setup-page", SetupPage.MEMBERS))
    given = {"channels": [bot.channel, bot.lines], "roles": [bot.stars], "message_menu": "off", "language": ["ja"]}
    await bot.dana.submit_modal(form, given)
    channels = tuple(sorted((bot.channel.id, bot.lines.id)))
    setup = ServerSetup(channels=channels, roles=(bot.stars.id,), message_menu=MessageMenu.OFF, language="ja")
    assert await kept(bot) == setup
    form = await bot.dana.click(message, label=ENGLISH("setup-import-button"))
    shown = await bot.dana.submit_modal(form, {"file": ("setup.json", document(pitch_days=3).encode())})
    await bot.dana.click(answer(shown).message, label=APPLY)
    assert (await kept(bot)).pitch_days == 3
    exported = answer(await bot.dana.click(message, label=ENGLISH("setup-export-button")))
    assert await exported.message.attachments[0].read() == write_document(await kept(bot)).encode()


async def test_a_reset_asks_first(bot: AdminHarness) -> None:
    setup = ServerSetup(pitch_days=3, message_menu=MessageMenu.OFF)
    await configure(bot, **setup.values)
    message, reset = await opened(bot), ENGLISH("setup-reset-button")
    asked = await bot.dana.click(message, label=reset)
    assert response_text(asked) == setup_files.reset_message(ENGLISH, panel(bot, setup)).text
    assert await kept(bot) == setup
    await configure(bot, pitch_days=5)
    assert ENGLISH("setup-conflict") in response_text(await bot.dana.click(message, label=reset))
    assert (await kept(bot)).pitch_days == 5
    await bot.dana.click(message, label=reset)
    done = await bot.dana.click(message, label=reset)
    notes = notes_of(bot, NOTHING, ServerSetup.message_menu, ServerSetup.pitch_days)
    assert (response_text(done), await kept(bot)) == (shown(bot, NOTHING, *notes), NOTHING)


CREATE, GALLERY = ENGLISH("setup-gallery-button"), custom_id("setup-gallery")


def named_gallery(bot: AdminHarness) -> list[discord.TextChannel]:
    guild = bot.app.client.get_guild(bot.guild.id)
    assert guild is not None
    return [each for each in guild.text_channels if each.name == ENGLISH("setup-gallery-name")]


async def test_a_gallery_is_created_once_where_the_bot_may(bot: AdminHarness) -> None:
    await bot.let_manage_channels(allowed=False)
    message = await opened(bot)
    assert CREATE not in labels(message)
    assert response_text(await bot.press(bot.dana, message, GALLERY)) == shown(bot, NOTHING)
    assert named_gallery(bot) == []
    await bot.let_manage_channels(allowed=True)
    message = await opened(bot)
    assert CREATE in labels(message)
    assert ephemeral_text(await bot.press(bot.alice, message, GALLERY)) == ENGLISH("quota-not-allowed")
    single = bot.env.backend.emit
    bot.duplicate_interactions()
    await bot.press(bot.dana, message, GALLERY)
    bot.env.backend.emit = single
    [gallery] = named_gallery(bot)
    setup = ServerSetup(gallery=gallery.id)
    assert await kept(bot) == setup
    assert [each.setting for each in bot.audit_entries()] == [ServerSetup.gallery]
    everyone, me = gallery.overwrites_for(gallery.guild.default_role), gallery.permissions_for(gallery.guild.me)
    assert (everyone.view_channel, everyone.send_messages, everyone.add_reactions) == (None, False, None)
    assert all(getattr(me, each) for each in ServerSetup.gallery.needs)
    assert response_text(await bot.press(bot.dana, message, GALLERY)) == shown(bot, setup)
    assert (CREATE in labels(await opened(bot)), named_gallery(bot)) == (False, [gallery])
    await ordered_in(bot, bot.channel)
    await bot.finish()
    [posted] = [each async for each in gallery.history()]
    assert str(bot.stored_jobs()[-1].movie_url) in addresses(posted)


async def test_a_gallery_that_was_created_is_used_after_a_lost_answer(bot: AdminHarness) -> None:
    message = await opened(bot)
    bot.env.inject_error("POST", f"/guilds/{bot.guild.id}/channels", status=403, code=50013, times=1)
    text = response_text(await bot.press(bot.dana, message, GALLERY))
    assert text == shown(bot, NOTHING, ENGLISH("setup-gallery-not-created"))
    me = bot.guild.me
    assert me is not None
    found = bot.guild.create_text_channel("gallery", overwrites={me: discord.PermissionOverwrite(send_messages=True)})
    await bot.press(bot.dana, message, GALLERY)
    assert (await kept(bot), len(named_gallery(bot))) == (ServerSetup(gallery=found.id), 1)


async def test_who_may_not_manage_the_server_opens_nothing(bot: AdminHarness) -> None:
    with pytest.raises(SetupError, match="not visible"):
        await bot.alice.slash(bot.channel, "setup panel")
    for command in ("panel", "export"):
        assert ephemeral_text(await bot.forged(bot.alice, f"setup {command}")) == ENGLISH("quota-not-allowed")


async def test_what_cannot_be_chosen_is_refused(bot: AdminHarness) -> None:
    message = await opened(bot)
    elsewhere, me = bot.env.create_guild("Elsewhere"), bot.guild.me
    assert me is not None
    foreign, theirs = elsewhere.create_text_channel("there").id, elsewhere.create_role("Theirs").id
    voice = bot.guild.create_voice_channel("voice").id
    everyone = bot.guild.id
    tried: list[tuple[Setting, object, str]] = [
        *(
            (each, foreign, invalid(each, "setup-not-in-server", foreign))
            for each in (ServerSetup.channels, ServerSetup.staff_channel)
        ),
        (ServerSetup.roles, theirs, invalid(ServerSetup.roles, "setup-not-in-server", theirs)),
        (ServerSetup.staff_channel, voice, invalid(ServerSetup.staff_channel, "setup-not-in-server", voice)),
        (ServerSetup.staff_channel, "x", invalid(ServerSetup.staff_channel, "setup-not-an-id", "x")),
        (ServerSetup.staff_roles, everyone, invalid(ServerSetup.staff_roles, "setup-everyone", "@everyone")),
    ]
    lacks = {
        ("view_channel",): ("view_channel", "send_messages", "embed_links"),
        ("send_messages", "embed_links"): ("send_messages", "embed_links"),
        ("embed_links",): ("embed_links",),
    }
    for missing, named in lacks.items():
        overwrite = discord.PermissionOverwrite(**dict.fromkeys(missing, False))
        quiet = bot.guild.create_text_channel("quiet", overwrites={me: overwrite}).id
        note = invalid(ServerSetup.staff_channel, "setup-missing-permissions", channel=quiet, permissions=named)
        tried.append((ServerSetup.staff_channel, quiet, note))
    for setting, value, note in tried:
        text = response_text(await bot.press(bot.dana, message, action(setting), [str(value)]))
        assert text == shown(bot, NOTHING, note)
    await bot.press(bot.dana, message, action(ServerSetup.roles), [str(everyone)])
    assert (await kept(bot), bot.noted()) == (NOTHING, [])


async def test_movies_are_made_only_in_the_chosen_channels_and_their_threads(bot: AdminHarness) -> None:
    films = bot.guild.create_text_channel("films")
    here, there = thread_of(bot, films), thread_of(bot, bot.channel)
    await ordered_in(bot, bot.channel)
    await bot.finish()
    finished = bot.messages()[-1]
    quote = await behind_more(bot.alice, finished, "retry")
    await pick(bot, await opened(bot), ServerSetup.channels, [films])
    refused = access(films.id)
    assert f"<#{films.id}>" in refused
    jobs = len(bot.stored_jobs())
    for where in (bot.channel, there):
        for who in (bot.alice, bot.dana):
            assert ephemeral_text(await ordered_in(bot, where, who)) == refused
    assert ephemeral_text(await bot.bob.click(finished, label=ENGLISH("buttons-remix-button"))) == refused
    assert ephemeral_text(await behind_more(bot.alice, finished, "retry")) == refused
    assert ephemeral_text(await bot.submit(bot.alice, "m:order", {"prompt": "a cat", "seconds": "5"})) == refused
    accepted = await bot.alice.click(answered(quote).message, custom_id=custom_ids(answered(quote))["quote-accept"])
    assert response_text(accepted) == refused
    assert message_text(answered(quote)) == refused, "in place of the price"
    assert len(bot.stored_jobs()) == jobs
    for where in (films, here):
        assert not (await ordered_in(bot, where)).ephemeral
    assert len(bot.stored_jobs()) == jobs + 2
    bot.env.backend.delete_channel(films.id)
    await bot.env.settle()
    assert ephemeral_text(await ordered_in(bot, bot.channel)) == access()
    assert message_text(await opened(bot)) == shown(bot, ServerSetup(channels=(films.id,)), deleted=[films.id]), (
        "the deleted channel keeps the rule, and is named as deleted"
    )


async def test_the_message_menu_obeys_also_in_a_form_that_is_open(bot: AdminHarness) -> None:
    message = await opened(bot)
    written = await bot.alice.send(bot.channel, "a fox in the snow")
    off, not_own = ENGLISH("refusals-menu-off"), ENGLISH("refusals-not-own-message")
    wanted = {MessageMenu.ANYONE: (None, None), MessageMenu.OWN: (None, not_own), MessageMenu.OFF: (off, off)}
    people = (bot.alice, bot.bob)
    for menu, refused in wanted.items():
        await pick(bot, message, ServerSetup.message_menu, ["anyone"])
        forms = [await who.context_menu(bot.channel, MENU, written) for who in people]
        await pick(bot, message, ServerSetup.message_menu, [menu.value])
        presses = [await who.context_menu(bot.channel, MENU, written) for who in people]
        assert [None if each.modal else ephemeral_text(each) for each in presses] == [*refused]
        said = [
            ephemeral_text(await who.submit_modal(form, {"prompt": "a cat", "seconds": "5"}))
            for who, form in zip(people, forms, strict=True)
        ]
        assert [each if each in (off, not_own) else None for each in said] == [*refused]
        help_text = await all_of_help(bot)
        assert [text in help_text for text in MENU_HELP] == [each is menu for each in MENU_HELP.values()]


APPLY, DROP = ENGLISH("setup-apply-button"), ENGLISH("setup-drop-button")
FIX = ENGLISH("setup-rules-fix-button")


async def imported(bot: AdminHarness, content: str | bytes, who: MemberActor | None = None) -> InteractionResult:
    data = content if isinstance(content, bytes) else content.encode()
    return await (who or bot.dana).slash(bot.channel, "setup import", file=("setup.json", data))


def document(**settings: Any) -> str:
    return json.dumps({"version": 1, **settings}, indent=2)


def answer(result: InteractionResult) -> ResponseMessage:
    assert answered(result).ephemeral
    return answered(result)


def changes(bot: AdminHarness, before: ServerSetup, after: ServerSetup, *, conflict: bool = False) -> str:
    return setup_files.changes_message(ENGLISH, panel(bot, before), after, conflict=conflict).text


def problems(*found: DocumentProblem) -> str:
    return setup_files.problems_message(ENGLISH, found).text


async def test_an_import_counts_once_it_is_confirmed(bot: AdminHarness) -> None:
    after = ServerSetup(longest_seconds=60)
    result = await imported(bot, document(longest_seconds=60))
    first, second, third = [answer(result), *[answer(await imported(bot, write_document(after))) for _ in "12"]]
    assert response_text(result) == changes(bot, ServerSetup(), after)
    assert response_text(await bot.dana.click(third.message, label=DROP)) == ENGLISH("setup-import-dropped")
    assert (await kept(bot), bot.noted()) == (ServerSetup(), [])
    await bot.restart()
    with shown_files_unlisted():
        pressed = await bot.dana.click(first.message, label=APPLY)
    assert response_text(pressed) == shown(bot, after, *notes_of(bot, after, ServerSetup.longest_seconds))
    assert await kept(bot) == after
    assert response_text(await bot.dana.click(second.message, label=APPLY)) == ENGLISH("setup-import-nothing-new")
    [entry] = bot.audit_entries()
    assert (entry.by.actor_id, entry.setting) == (bot.dana.id, ServerSetup.longest_seconds)
    exported = await bot.dana.slash(bot.channel, "setup export")
    assert ephemeral_text(exported) == ENGLISH("setup-exported")
    [file] = answer(exported).message.attachments
    assert (file.filename, await file.read()) == ("setup.json", write_document(after).encode())
    assert response_text(await imported(bot, write_document(after))) == ENGLISH("setup-import-nothing-new")


async def test_what_changed_meanwhile_is_shown_anew(bot: AdminHarness) -> None:
    stale = answer(await imported(bot, document(longest_seconds=60, message_menu="off")))
    other = answer(await imported(bot, document(longest_seconds=30)))
    await bot.dana.click(other.message, label=APPLY)
    pressed = await bot.dana.click(stale.message, label=APPLY)
    before = ServerSetup(longest_seconds=30)
    after = ServerSetup(longest_seconds=60, message_menu=MessageMenu.OFF)
    assert response_text(pressed) == changes(bot, before, after, conflict=True)
    assert await kept(bot) == before
    await bot.dana.click(stale.message, label=APPLY)
    assert await kept(bot) == after
    films = bot.guild.create_text_channel("films").id
    message = answer(await imported(bot, document(channels=[str(films)])))
    bot.env.backend.delete_channel(films)
    await bot.env.settle()
    pressed = await bot.dana.click(message.message, label=APPLY)
    problem = ServerSetup.channels.refuse("setup-not-in-server", str(films))
    assert response_text(pressed) == problems(DocumentProblem(3, "channels", problem))
    assert await kept(bot) == after


async def test_a_file_that_cannot_be_imported_is_refused_with_all_its_mistakes(bot: AdminHarness) -> None:
    elsewhere = bot.env.create_guild("Elsewhere").create_text_channel("there")
    foreign = ServerSetup.channels.refuse("setup-not-in-server", str(elsewhere.id))
    result = await imported(bot, document(longest_seconds=60, channels=[str(elsewhere.id)]))
    assert response_text(result) == problems(DocumentProblem(4, "channels", foreign))
    result = await imported(bot, document(colour="red", longest_seconds=999))
    range_ = ServerSetup.longest_seconds.refuse("setup-seconds-out-of-range", "999", min=1, max=120)
    assert response_text(result) == problems(
        DocumentProblem(3, "colour", Refused("setup-file-unknown-key")), DocumentProblem(4, "longest_seconds", range_)
    )
    longer = ServerSetup.default_seconds.refuse("setup-longer-than-longest", "60", longest=30)
    await bot.dana.click(answer(await imported(bot, document(longest_seconds=30))).message, label=APPLY)
    result = await imported(bot, document(default_seconds=60))
    assert response_text(result) == problems(DocumentProblem(3, "default_seconds", longer)), "as the server has it"
    assert response_text(await imported(bot, b" " * (MAX_DOCUMENT_BYTES + 1))) == ENGLISH(
        "setup-file-too-large", max=MAX_DOCUMENT_BYTES // 1024
    )
    largest = await imported(bot, document(longest_seconds=60).ljust(MAX_DOCUMENT_BYTES))
    assert labels(answer(largest)) == [APPLY, DROP]
    bot.fail_downloads()
    assert response_text(await imported(bot, document(longest_seconds=60))) == ENGLISH("setup-file-unreadable")
    pressed = await bot.dana.click(answer(largest).message, label=APPLY)
    assert response_text(pressed) == ENGLISH("setup-file-unreadable")
    assert await kept(bot) == ServerSetup(longest_seconds=30)


async def rules_of(bot: AdminHarness) -> tuple[str, ...]:
    return (await kept(bot)).filter_rules


async def write_rules(bot: AdminHarness, message: discord.Message, *inputs: str) -> InteractionResult:
    form = await open_rules(bot, message)
    return await bot.dana.submit_modal(form, dict(zip(setup_filter.INPUTS, inputs, strict=False)))


async def open_rules(bot: AdminHarness, message: discord.Message) -> InteractionResult:
    """Open the form of rules from the panel, or again with what was typed."""
    if FIX in labels(message):
        return await bot.dana.click(message, label=FIX)
    await bot.press(bot.dana, message, custom_id("setup-section", SetupPage.FILTER))
    return await bot.dana.click(message, custom_id=custom_id("setup-page", SetupPage.RULES))


def contents(form: InteractionResult) -> list[str]:
    return [each["component"].get("value") or "" for each in form.modal["components"]]


async def test_wrong_rules_are_named_by_line_and_nothing_is_lost(bot: AdminHarness) -> None:
    message, text = await opened(bot), "good one\nb*d\n\n***\nab*"
    result = await write_rules(bot, message, text)
    problems = (
        WrongRule(2, "b*d", RuleProblem.STAR_INSIDE),
        WrongRule(4, "***", RuleProblem.EMPTY),
        WrongRule(5, "ab*", RuleProblem.STAR_TOO_WIDE),
    )
    assert response_text(result) == setup_filter.wrong_message(ENGLISH, WrongRules(problems), "", "").text
    assert (await rules_of(bot), bot.noted()) == ((), [])
    wrong = answer(result).message
    [file] = wrong.attachments
    assert (file.filename, (await file.read()).decode()) == (setup_filter.FILE_NAME, text)
    await bot.restart()
    form = await bot.dana.click(wrong, label=FIX)
    assert contents(form) == [text]
    fixed = await bot.dana.submit_modal(form, {"rules-0": " good one\n\nbad\nBAD\n"})
    rules = ("good one", "bad")
    setup = ServerSetup(filter_rules=rules)
    assert response_text(fixed) == shown(bot, setup, *notes_of(bot, setup, ServerSetup.filter_rules))
    assert await kept(bot) == setup
    assert "**Prompt filter**\nCustom rules: " in response_text(fixed), "it is not off"
    assert answer(fixed).message.attachments == []
    [entry] = bot.audit_entries()
    assert (entry.by.actor_id, entry.setting, entry.setting_value) == (bot.dana.id, ServerSetup.filter_rules, 2)
    question = response_text(await imported(bot, document(filter_rules=[rules[0], "new", "newer"])))
    assert "(+2, \u22121)" in question, "it shows how many change"


async def test_rules_that_someone_else_changed_meanwhile_are_not_overwritten(bot: AdminHarness) -> None:
    message = await opened(bot)
    wrong = answer(await write_rules(bot, message, "b*d")).message
    stale = await open_rules(bot, message := await opened(bot))
    await write_rules(bot, message, "theirs")
    mended = await write_rules(bot, wrong, "mine")
    result = await bot.dana.submit_modal(stale, {"rules-0": "mine"})
    for each in (mended, result):
        assert response_text(each) == setup_filter.conflict_message(ENGLISH, "", "").text
    assert await rules_of(bot) == ("theirs",)
    with shown_files_unlisted():
        form = await bot.dana.click(answer(result).message, label=FIX)
    assert contents(form) == ["mine"]
    await bot.dana.submit_modal(form, {"rules-0": "mine"})
    assert await rules_of(bot) == ("mine",)
    wrong = answer(await write_rules(bot, await opened(bot), "b*d")).message
    bot.fail_downloads()
    assert ephemeral_text(await bot.dana.click(wrong, label=FIX)) == ENGLISH("setup-file-unreadable")


async def test_long_rules_fill_several_inputs_and_too_many_are_refused(bot: AdminHarness) -> None:
    rules = tuple(f"rule number {number:03}" for number in range(MAX_RULES))
    message = await opened(bot)
    shown = answer(await imported(bot, write_document(ServerSetup(filter_rules=rules))))
    await bot.dana.click(shown.message, label=APPLY)
    form = await open_rules(bot, message)
    *parts, room = contents(form)
    assert (len(parts), room, "\n".join(parts)) == (4, "", "\n".join(rules))
    result = await bot.dana.submit_modal(form, dict(zip(setup_filter.INPUTS, [*parts, "one more"], strict=False)))
    size = sum(len(rule) + 1 for rule in (*rules, "one more"))
    most = {"max": MAX_RULES, "room": MAX_RULES_LENGTH}
    problem = Refused("setup-rules-too-many", {"rules": MAX_RULES + 1, "characters": size, **most})
    assert response_text(result) == setup_filter.wrong_message(ENGLISH, problem, "", "").text
    assert await rules_of(bot) == rules
