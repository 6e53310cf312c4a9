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

from bot.domain.prompt_filter import MAX_RULES, RuleProblem, RulesTooLong, WrongRule, WrongRules
from bot.domain.server_setup import (
    FORMS,
    MAX_DOCUMENT_BYTES,
    DocumentProblem,
    DocumentReason,
    MessageMenu,
    ServerSetup,
    write_document,
)
from bot.domain.setting_kinds import Form, InvalidReason, InvalidValue, Setting, SetupPage
from bot.domain.text import Language
from bot.locales.texts import texts_in
from bot.ui import server_setup, setup_files, setup_filter
from bot.ui.audit_entries import audit_entry_text
from bot.ui.components import custom_id
from bot.ui.server_setup import NOT_CHOSEN, Panel
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import kept
from tests.helpers.expected_text import ENGLISH, refusal
from tests.helpers.reading import (
    answered,
    custom_ids,
    ephemeral_text,
    labels,
    message_text,
    response_text,
)
from tests.helpers.steps import behind_more

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
    return server_setup.panel_message(ENGLISH, panel(bot, setup, *deleted), notes).text


def invalid(setting: Setting, reason: InvalidReason, value: object, *allowed: str) -> str:
    return server_setup.invalid_note(ENGLISH, InvalidValue(setting, reason, str(value), allowed))


def access(*channels: int) -> str:
    return refusal("refusals-channel", channels=channels)


def thread_of(bot: AdminHarness, channel: ChannelHandle) -> ChannelHandle:
    bot.env.backend.create_thread(channel.id, "our films", bot.bob.id)
    return channel.threads[-1]


async def ordered_in(bot: AdminHarness, where: ChannelHandle, who: MemberActor | None = None) -> InteractionResult:
    return await (who or bot.alice).slash(where, "movie", prompt="a cat", duration=5)


async def test_a_manager_reads_each_change_and_it_is_logged(bot: AdminHarness) -> None:
    await bot.set_staff_channel(bot.lines)
    message, setup = await opened(bot), ServerSetup(staff_channel=bot.lines.id)
    assert message_text(message) == shown(bot, setup)
    changes: list[tuple[SetupPage, Setting, list[Any], Any]] = [
        (SetupPage.MEMBERS, ServerSetup.language, ["de"], Language.GERMAN),
        (SetupPage.MODELS, ServerSetup.video_models, ["VEOI2V", "LUMA"], ("LUMA", "VEOI2V")),
        (SetupPage.MODELS, ServerSetup.video_models, ["VEOI2V", "LUMA", "KLINGIMGTOVIDPRO"], ()),
        (SetupPage.DEFAULTS, ServerSetup.default_aspect_ratio, ["9:16"], "9:16"),
        (SetupPage.DEFAULTS, ServerSetup.default_aspect_ratio, [NOT_CHOSEN], None),
    ]
    for page, setting, values, value in changes:
        await bot.press(bot.dana, message, custom_id("setup-page", page))
        setup = setup.changed({setting: value})
        text = await pick(bot, message, setting, values)
        assert text == shown(bot, setup, *server_setup.changed_notes(ENGLISH, panel(bot, setup), [setting]))
        assert await kept(bot) == setup
    await bot.run_until_idle()
    changed = bot.audit_entries()[1:]
    assert [(each.by.actor_id, each.setting) for each in changed] == [(bot.dana.id, each[1]) for each in changes]
    german = texts_in(Language.GERMAN)
    assert bot.posted()[1:] == [audit_entry_text(german, each, bot.catalogue) for each in changed]


async def test_durations_and_a_price_are_typed_in_forms(bot: AdminHarness) -> None:
    message, label = await opened(bot, SetupPage.MODELS), ENGLISH("setup-durations-button")
    too_long = invalid(ServerSetup.longest_seconds, InvalidReason.OUT_OF_RANGE, "121", "1", "120")
    no_number = invalid(ServerSetup.default_seconds, InvalidReason.OUT_OF_RANGE, "no", "1", "120")
    longer = invalid(ServerSetup.default_seconds, InvalidReason.LONGER_THAN_LONGEST, "10", "9")
    for (longest, default), note in {("121", ""): too_long, ("", "no"): no_number, ("9", "10"): longer}.items():
        text = await typed(bot, message, label, {"longest_seconds": longest, "default_seconds": default})
        assert text == shown(bot, NOTHING, note)
    text = await typed(bot, message, label, {"longest_seconds": " 60", "default_seconds": "12 "})
    setup = ServerSetup(longest_seconds=60, default_seconds=12)
    notes = server_setup.changed_notes(ENGLISH, panel(bot, setup), FORMS[Form.DURATIONS])
    assert (text, await kept(bot)) == (shown(bot, setup, *notes), setup)
    await typed(bot, message, label, {"longest_seconds": " ", "default_seconds": ""})
    message, label = await opened(bot, SetupPage.STAFF, SetupPage.APPROVAL), "setup-price-button"
    for price in ("0", "many", "10000001"):
        text = await typed(bot, message, ENGLISH(label), {"approval_credits": price})
        assert invalid(ServerSetup.approval_credits, InvalidReason.OUT_OF_RANGE, price, "1", "10000000") in text
    assert await kept(bot) == NOTHING
    stale = await bot.dana.click(message, label=ENGLISH(label))
    assert "300 credits" in await typed(bot, message, ENGLISH(label), {"approval_credits": " 300 "})
    await bot.restart()
    assert ENGLISH("setup-conflict") in response_text(await bot.dana.submit_modal(stale, {"approval_credits": "5"}))
    assert await kept(bot) == ServerSetup(approval_credits=300)
    for price, credits in (("10000000", 10_000_000), ("", None)):
        await typed(bot, message, ENGLISH(label), {"approval_credits": price})
        assert await kept(bot) == ServerSetup(approval_credits=credits)


async def test_who_may_not_manage_the_server_opens_nothing(bot: AdminHarness) -> None:
    with pytest.raises(SetupError, match="not visible"):
        await bot.alice.slash(bot.channel, "setup panel")
    for command in ("panel", "export"):
        assert ephemeral_text(await bot.forged(bot.alice, f"setup {command}")) == ENGLISH("quota-not-allowed")


async def test_a_forged_button_is_answered(bot: AdminHarness) -> None:
    message = await opened(bot)
    for forged in (
        *("setup", "setup:colour:x", "setup:channels", "setup-page:x", "setup-page", "setup-durations:x"),
        *("setup-durations-set:models", "setup-price-set", "setup-rules-set", "setup-rules-fix", "setup-rules-fix:x"),
        *("setup-apply", "setup-apply:x"),
    ):
        result = await bot.press(bot.dana, message, f"m:{forged}")
        assert ephemeral_text(result) == ENGLISH("errors-outdated"), forged
    assert ephemeral_text(await bot.submit(bot.dana, "m:setup-apply:x", {})) == ENGLISH("errors-outdated")


async def test_what_cannot_be_chosen_is_refused(bot: AdminHarness) -> None:
    message = await opened(bot)
    elsewhere, me = bot.env.create_guild("Elsewhere"), bot.guild.me
    assert me is not None
    foreign, theirs = elsewhere.create_text_channel("there").id, elsewhere.create_role("Theirs").id
    voice = bot.guild.create_voice_channel("voice").id
    everyone = bot.guild.id
    not_here = InvalidReason.NOT_IN_SERVER
    tried: list[tuple[Setting, object, str]] = [
        *(
            (each, foreign, invalid(each, not_here, foreign))
            for each in (ServerSetup.channels, ServerSetup.staff_channel)
        ),
        (ServerSetup.roles, theirs, invalid(ServerSetup.roles, not_here, theirs)),
        (ServerSetup.staff_channel, voice, invalid(ServerSetup.staff_channel, not_here, voice)),
        (ServerSetup.staff_channel, "x", invalid(ServerSetup.staff_channel, InvalidReason.NOT_AN_ID, "x")),
        (ServerSetup.staff_roles, everyone, invalid(ServerSetup.staff_roles, InvalidReason.EVERYONE, "@everyone")),
    ]
    lacks = {
        ("view_channel",): ("view_channel", "send_messages", "embed_links"),
        ("send_messages", "embed_links"): ("send_messages", "embed_links"),
        ("embed_links",): ("embed_links",),
    }
    for missing, named in lacks.items():
        overwrite = discord.PermissionOverwrite(**dict.fromkeys(missing, False))
        quiet = bot.guild.create_text_channel("quiet", overwrites={me: overwrite}).id
        note = invalid(ServerSetup.staff_channel, InvalidReason.MISSING_PERMISSIONS, quiet, *named)
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
        help_text = response_text(await bot.alice.slash(bot.channel, "help"))
        assert [text in help_text for text in MENU_HELP] == [each is menu for each in MENU_HELP.values()]


APPLY, DROP = ENGLISH("setup-apply-button"), ENGLISH("setup-drop-button")
FIX, OPEN = ENGLISH("setup-rules-fix-button"), ENGLISH("setup-rules-button")


async def imported(bot: AdminHarness, content: str | bytes, who: MemberActor | None = None) -> InteractionResult:
    data = content if isinstance(content, bytes) else content.encode()
    return await (who or bot.dana).slash(bot.channel, "setup import", file=("setup.json", data))


def document(**settings: Any) -> str:
    return json.dumps({"version": 1, **settings}, indent=2)


def answer(result: InteractionResult) -> ResponseMessage:
    assert answered(result).ephemeral
    return answered(result)


def changes(bot: AdminHarness, before: ServerSetup, after: ServerSetup, *, conflict: bool = False) -> str:
    return setup_files.changes_message(ENGLISH, before, after, bot.catalogue, conflict=conflict).text


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
    pressed = await bot.dana.click(first.message, label=APPLY)
    applied = setup_files.applied_message(ENGLISH, after, [ServerSetup.longest_seconds], bot.catalogue)
    assert response_text(pressed) == applied.text
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
    problem = InvalidValue(ServerSetup.channels, InvalidReason.NOT_IN_SERVER, str(films))
    assert response_text(pressed) == problems(DocumentProblem(3, "channels", problem))
    assert await kept(bot) == after


async def test_a_file_that_cannot_be_imported_is_refused_with_all_its_mistakes(bot: AdminHarness) -> None:
    elsewhere = bot.env.create_guild("Elsewhere").create_text_channel("there")
    foreign = InvalidValue(ServerSetup.channels, InvalidReason.NOT_IN_SERVER, str(elsewhere.id))
    result = await imported(bot, document(longest_seconds=60, channels=[str(elsewhere.id)]))
    assert response_text(result) == problems(DocumentProblem(4, "channels", foreign))
    result = await imported(bot, document(colour="red", longest_seconds=999))
    range_ = InvalidValue(ServerSetup.longest_seconds, InvalidReason.OUT_OF_RANGE, "999", ("1", "120"))
    assert response_text(result) == problems(
        DocumentProblem(3, "colour", DocumentReason.UNKNOWN_KEY), DocumentProblem(4, "longest_seconds", range_)
    )
    text = response_text(await imported(bot, document(filter_rules=["fine", "b*d"], filter_presets=["de/fun"])))
    assert setup_filter.rule_problem(ENGLISH, RuleProblem.STAR_INSIDE) in text
    assert "de/fun" in text
    longer = InvalidValue(ServerSetup.default_seconds, InvalidReason.LONGER_THAN_LONGEST, "60", ("30",))
    result = await imported(bot, document(longest_seconds=30, default_seconds=60))
    assert response_text(result) == problems(DocumentProblem(4, "default_seconds", longer))
    await bot.dana.click(answer(await imported(bot, document(longest_seconds=30))).message, label=APPLY)
    result = await imported(bot, document(default_seconds=60))
    assert response_text(result) == problems(DocumentProblem(3, "default_seconds", longer)), "as the server has it"
    assert response_text(await imported(bot, b" " * (MAX_DOCUMENT_BYTES + 1))) == setup_files.too_large(ENGLISH)
    largest = await imported(bot, document(longest_seconds=60).ljust(MAX_DOCUMENT_BYTES))
    assert labels(answer(largest)) == [APPLY, DROP]
    bot.fail_downloads()
    assert response_text(await imported(bot, document(longest_seconds=60))) == ENGLISH("setup-file-unreadable")
    pressed = await bot.dana.click(answer(largest).message, label=APPLY)
    assert response_text(pressed) == ENGLISH("setup-file-unreadable")
    assert await kept(bot) == ServerSetup(longest_seconds=30)


async def rules_of(bot: AdminHarness) -> tuple[str, ...]:
    return (await kept(bot)).filter_rules


async def page(bot: AdminHarness) -> discord.Message:
    opened = await bot.dana.slash(bot.channel, "setup panel")
    message = answer(opened).message
    await bot.dana.click(message, custom_id="m:setup-page:filter")
    return message


async def write_rules(
    bot: AdminHarness, message: discord.Message, *inputs: str, label: str = OPEN
) -> InteractionResult:
    form = await bot.dana.click(message, label=label)
    return await bot.dana.submit_modal(form, dict(zip(setup_filter.INPUTS, inputs, strict=False)))


def shown_rules(bot: AdminHarness, rules: tuple[str, ...]) -> str:
    panel = Panel(ServerSetup(filter_rules=rules), bot.catalogue)
    notes = server_setup.changed_notes(ENGLISH, panel, [ServerSetup.filter_rules])
    return server_setup.panel_message(ENGLISH, panel, notes).text


def contents(form: InteractionResult) -> list[str]:
    return [each["component"].get("value") or "" for each in form.modal["components"]]


async def test_wrong_rules_are_named_by_line_and_nothing_is_lost(bot: AdminHarness) -> None:
    message, text = await page(bot), "good one\nb*d\n\n***\nab*"
    result = await write_rules(bot, message, text)
    problems = (
        WrongRule(2, "b*d", RuleProblem.STAR_INSIDE),
        WrongRule(4, "***", RuleProblem.EMPTY),
        WrongRule(5, "ab*", RuleProblem.STAR_TOO_WIDE),
    )
    assert response_text(result) == setup_filter.wrong_message(ENGLISH, WrongRules(problems)).text
    assert (await rules_of(bot), bot.noted()) == ((), [])
    wrong = answer(result).message
    [file] = wrong.attachments
    assert (file.filename, (await file.read()).decode()) == (setup_filter.FILE_NAME, text)
    await bot.restart()
    form = await bot.dana.click(wrong, label=FIX)
    assert contents(form) == [text]
    fixed = await bot.dana.submit_modal(form, {"rules-0": " good one\n\nbad\nBAD\n"})
    rules = ("good one", "bad")
    assert (response_text(fixed), await rules_of(bot)) == (shown_rules(bot, rules), rules)
    assert answer(fixed).message.attachments == []
    [entry] = bot.audit_entries()
    assert (entry.by.actor_id, entry.setting, entry.setting_value) == (bot.dana.id, ServerSetup.filter_rules, 2)
    question = response_text(await imported(bot, document(filter_rules=[rules[0], "new", "newer"])))
    assert "(+2, \u22121)" in question, "it shows how many change"


async def test_rules_that_someone_else_changed_meanwhile_are_not_overwritten(bot: AdminHarness) -> None:
    message = await page(bot)
    wrong = answer(await write_rules(bot, message, "b*d")).message
    stale = await bot.dana.click(message := await page(bot), label=OPEN)
    await write_rules(bot, message, "theirs")
    mended = await write_rules(bot, wrong, "mine", label=FIX)
    result = await bot.dana.submit_modal(stale, {"rules-0": "mine"})
    for each in (mended, result):
        assert response_text(each) == setup_filter.conflict_message(ENGLISH).text
    assert await rules_of(bot) == ("theirs",)
    form = await bot.dana.click(answer(result).message, label=FIX)
    assert contents(form) == ["mine"]
    await bot.dana.submit_modal(form, {"rules-0": "mine"})
    assert await rules_of(bot) == ("mine",)
    wrong = answer(await write_rules(bot, await page(bot), "b*d")).message
    bot.fail_downloads()
    assert ephemeral_text(await bot.dana.click(wrong, label=FIX)) == ENGLISH("setup-file-unreadable")


async def test_long_rules_fill_several_inputs_and_too_many_are_refused(bot: AdminHarness) -> None:
    rules = tuple(f"rule number {number:03}" for number in range(MAX_RULES))
    message = await page(bot)
    shown = answer(await imported(bot, write_document(ServerSetup(filter_rules=rules))))
    await bot.dana.click(shown.message, label=APPLY)
    form = await bot.dana.click(message, label=OPEN)
    *parts, room = contents(form)
    assert (len(parts), room, "\n".join(parts)) == (4, "", "\n".join(rules))
    result = await bot.dana.submit_modal(form, dict(zip(setup_filter.INPUTS, [*parts, "one more"], strict=False)))
    problem = RulesTooLong(MAX_RULES + 1, sum(len(rule) + 1 for rule in (*rules, "one more")))
    assert response_text(result) == setup_filter.wrong_message(ENGLISH, problem).text
    assert await rules_of(bot) == rules
