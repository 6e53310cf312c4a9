"""/setup export and /setup import, which counts once it is confirmed, and the form of prompt rules."""

from __future__ import annotations

import json
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.filter_rules import MAX_RULES, RulesTooLong, WrongRule, WrongRules
from bot.domain.prompt_filter import RuleProblem
from bot.domain.server_setup import MessageMenu, ServerSetup, Setting
from bot.domain.setup_document import MAX_DOCUMENT_BYTES, DocumentProblem, DocumentReason, write_document
from bot.domain.setup_values import InvalidReason, InvalidValue
from bot.ui import setup_files, setup_filter, setup_panel
from bot.ui.setup_panel import Panel
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import kept
from tests.helpers.expected_text import ENGLISH, embed_text
from tests.helpers.reading import answered, ephemeral_text, labels, response_text

pytestmark = pytest.mark.both_engines

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
    return embed_text(setup_files.changes_embed(ENGLISH, before, after, bot.catalogue, conflict=conflict))


def problems(*found: DocumentProblem) -> str:
    return embed_text(setup_files.problems_embed(ENGLISH, found))


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_an_import_counts_once_it_is_confirmed(admin_bot: AdminHarness) -> None:
    after = ServerSetup(longest_seconds=60)
    result = await imported(admin_bot, document(longest_seconds=60))
    first, second, third = [answer(result), *[answer(await imported(admin_bot, write_document(after))) for _ in "12"]]
    assert response_text(result) == changes(admin_bot, ServerSetup(), after)
    pressed = await admin_bot.dana.click(third.message, label=DROP)
    assert response_text(pressed) == setup_files.dropped(ENGLISH)
    assert (await kept(admin_bot), admin_bot.noted()) == (ServerSetup(), [])
    await admin_bot.restart()
    pressed = await admin_bot.dana.click(first.message, label=APPLY)
    applied = setup_files.applied_embed(ENGLISH, after, [Setting.LONGEST_SECONDS], admin_bot.catalogue)
    assert response_text(pressed) == embed_text(applied)
    assert await kept(admin_bot) == after
    pressed = await admin_bot.dana.click(second.message, label=APPLY)
    assert response_text(pressed) == setup_files.nothing_new(ENGLISH)
    [entry] = admin_bot.audit_entries()
    assert (entry.actor_id, entry.setting) == (admin_bot.dana.id, Setting.LONGEST_SECONDS)
    exported = await admin_bot.dana.slash(admin_bot.channel, "setup export")
    assert ephemeral_text(exported) == setup_files.exported(ENGLISH)
    [file] = answer(exported).message.attachments
    assert (file.filename, await file.read()) == ("setup.json", write_document(after).encode())
    again = await imported(admin_bot, write_document(after))
    assert response_text(again) == setup_files.nothing_new(ENGLISH)


async def test_what_changed_meanwhile_is_shown_anew(admin_bot: AdminHarness) -> None:
    stale = answer(await imported(admin_bot, document(longest_seconds=60, message_menu="off")))
    other = answer(await imported(admin_bot, document(longest_seconds=30)))
    await admin_bot.dana.click(other.message, label=APPLY)
    pressed = await admin_bot.dana.click(stale.message, label=APPLY)
    before = ServerSetup(longest_seconds=30)
    after = ServerSetup(longest_seconds=60, message_menu=MessageMenu.OFF)
    assert response_text(pressed) == changes(admin_bot, before, after, conflict=True)
    assert await kept(admin_bot) == before
    await admin_bot.dana.click(stale.message, label=APPLY)
    assert await kept(admin_bot) == after
    films = admin_bot.guild.create_text_channel("films").id
    message = answer(await imported(admin_bot, document(channels=[str(films)])))
    admin_bot.env.backend.delete_channel(films)
    await admin_bot.env.settle()
    pressed = await admin_bot.dana.click(message.message, label=APPLY)
    problem = InvalidValue(Setting.CHANNELS, InvalidReason.NOT_IN_SERVER, str(films))
    assert response_text(pressed) == problems(DocumentProblem(3, "channels", problem))
    assert await kept(admin_bot) == after


async def test_a_file_that_cannot_be_imported_is_refused_with_all_its_mistakes(admin_bot: AdminHarness) -> None:
    elsewhere = admin_bot.env.create_guild("Elsewhere").create_text_channel("there")
    foreign = InvalidValue(Setting.CHANNELS, InvalidReason.NOT_IN_SERVER, str(elsewhere.id))
    result = await imported(admin_bot, document(longest_seconds=60, channels=[str(elsewhere.id)]))
    assert response_text(result) == problems(DocumentProblem(4, "channels", foreign))
    result = await imported(admin_bot, document(colour="red", longest_seconds=999))
    range_ = InvalidValue(Setting.LONGEST_SECONDS, InvalidReason.OUT_OF_RANGE, "999", ("1", "120"))
    assert response_text(result) == problems(
        DocumentProblem(3, "colour", DocumentReason.UNKNOWN_KEY), DocumentProblem(4, "longest_seconds", range_)
    )
    text = response_text(await imported(admin_bot, document(filter_rules=["fine", "b*d"], filter_presets=["de/fun"])))
    assert setup_filter.rule_problem(ENGLISH, RuleProblem.STAR_INSIDE) in text
    assert "de/fun" in text
    longer = InvalidValue(Setting.DEFAULT_SECONDS, InvalidReason.LONGER_THAN_LONGEST, "60", ("30",))
    result = await imported(admin_bot, document(longest_seconds=30, default_seconds=60))
    assert response_text(result) == problems(DocumentProblem(4, "default_seconds", longer))
    await admin_bot.dana.click(answer(await imported(admin_bot, document(longest_seconds=30))).message, label=APPLY)
    result = await imported(admin_bot, document(default_seconds=60))
    assert response_text(result) == problems(DocumentProblem(3, "default_seconds", longer)), "as the server has it"
    result = await imported(admin_bot, b" " * (MAX_DOCUMENT_BYTES + 1))
    assert response_text(result) == setup_files.too_large(ENGLISH)
    largest = await imported(admin_bot, document(longest_seconds=60).ljust(MAX_DOCUMENT_BYTES))
    assert labels(answer(largest)) == [APPLY, DROP]
    admin_bot.fail_downloads()
    assert response_text(await imported(admin_bot, document(longest_seconds=60))) == setup_files.unreadable(ENGLISH)
    pressed = await admin_bot.dana.click(answer(largest).message, label=APPLY)
    assert response_text(pressed) == setup_files.unreadable(ENGLISH)
    assert await kept(admin_bot) == ServerSetup(longest_seconds=30)


# ── prompt rules ─────────────────────────────────────────────────────────────────────────────────────────────────


async def rules_of(bot: AdminHarness) -> tuple[str, ...]:
    return (await kept(bot)).filter_rules


async def page(bot: AdminHarness) -> discord.Message:
    opened = await bot.dana.slash(bot.channel, "setup panel")
    message = answer(opened).message
    await bot.dana.click(message, custom_id="m:setup-page:filter")
    return message


async def typed(bot: AdminHarness, message: discord.Message, *inputs: str, label: str = OPEN) -> InteractionResult:
    form = await bot.dana.click(message, label=label)
    return await bot.dana.submit_modal(form, dict(zip(setup_filter.INPUTS, inputs, strict=False)))


def shown(bot: AdminHarness, rules: tuple[str, ...]) -> str:
    panel = Panel(ServerSetup(filter_rules=rules), bot.catalogue)
    notes = setup_panel.changed_notes(ENGLISH, panel, [Setting.FILTER_RULES])
    return embed_text(setup_panel.panel_embed(ENGLISH, panel, notes))


def contents(form: InteractionResult) -> list[str]:
    assert form.modal is not None
    return [each["component"].get("value") or "" for each in form.modal["components"]]


async def test_rules_are_typed_one_a_line_and_read_back(admin_bot: AdminHarness) -> None:
    message = await page(admin_bot)
    rules = ("red  car*", "blue ... boat")
    text = response_text(await typed(admin_bot, message, " red  car*\n\nblue ... boat\nRED  car*\n"))
    assert (text, await rules_of(admin_bot)) == (shown(admin_bot, rules), rules)
    [entry] = admin_bot.audit_entries()
    assert (entry.actor_id, entry.setting, entry.setting_value) == (admin_bot.dana.id, Setting.FILTER_RULES, 2)
    form = await admin_bot.dana.click(await page(admin_bot), label=OPEN)
    assert contents(form) == ["\n".join(rules)]
    exported = answer(await admin_bot.dana.slash(admin_bot.channel, "setup export"))
    assert json.loads(await exported.message.attachments[0].read())["filter_rules"] == list(rules)
    question = response_text(await imported(admin_bot, document(filter_rules=[rules[0], "new", "newer"])))
    assert "(+2, \u22121)" in question, "it shows how many change"


async def test_wrong_rules_are_named_by_line_and_nothing_is_lost(admin_bot: AdminHarness) -> None:
    message, text = await page(admin_bot), "good one\nb*d\n\n***\nab*"
    result = await typed(admin_bot, message, text)
    problems = (
        WrongRule(2, "b*d", RuleProblem.STAR_INSIDE),
        WrongRule(4, "***", RuleProblem.EMPTY),
        WrongRule(5, "ab*", RuleProblem.STAR_TOO_WIDE),
    )
    assert response_text(result) == embed_text(setup_filter.wrong_embed(ENGLISH, WrongRules(problems)))
    assert (await rules_of(admin_bot), admin_bot.noted()) == ((), [])
    wrong = answer(result).message
    [file] = wrong.attachments
    assert (file.filename, (await file.read()).decode()) == (setup_filter.FILE_NAME, text)
    await admin_bot.restart()
    form = await admin_bot.dana.click(wrong, label=FIX)
    assert contents(form) == [text]
    fixed = await admin_bot.dana.submit_modal(form, {"rules-0": "good one\nbad"})
    assert response_text(fixed) == shown(admin_bot, ("good one", "bad"))
    assert answer(fixed).message.attachments == []


async def test_rules_that_someone_else_changed_meanwhile_are_not_overwritten(admin_bot: AdminHarness) -> None:
    message = await page(admin_bot)
    wrong = answer(await typed(admin_bot, message, "b*d")).message
    stale = await admin_bot.dana.click(message := await page(admin_bot), label=OPEN)
    await typed(admin_bot, message, "theirs")
    mended = await typed(admin_bot, wrong, "mine", label=FIX)
    result = await admin_bot.dana.submit_modal(stale, {"rules-0": "mine"})
    for each in (mended, result):
        assert response_text(each) == embed_text(setup_filter.conflict_embed(ENGLISH))
    assert await rules_of(admin_bot) == ("theirs",)
    form = await admin_bot.dana.click(answer(result).message, label=FIX)
    assert contents(form) == ["mine"]
    await admin_bot.dana.submit_modal(form, {"rules-0": "mine"})
    assert await rules_of(admin_bot) == ("mine",)
    wrong = answer(await typed(admin_bot, await page(admin_bot), "b*d")).message
    admin_bot.fail_downloads()
    unread = await admin_bot.dana.click(wrong, label=FIX)
    assert ephemeral_text(unread) == setup_files.unreadable(ENGLISH)


async def test_long_rules_fill_several_inputs_and_too_many_are_refused(admin_bot: AdminHarness) -> None:
    rules = tuple(f"rule number {number:03}" for number in range(MAX_RULES))
    message = await page(admin_bot)
    shown = answer(await imported(admin_bot, write_document(ServerSetup(filter_rules=rules))))
    await admin_bot.dana.click(shown.message, label=APPLY)
    assert await rules_of(admin_bot) == rules
    form = await admin_bot.dana.click(message, label=OPEN)
    *parts, room = contents(form)
    assert (len(parts), room) == (4, "")
    assert "\n".join(parts) == "\n".join(rules)
    parts.append("one more")
    result = await admin_bot.dana.submit_modal(form, dict(zip(setup_filter.INPUTS, parts, strict=False)))
    problem = RulesTooLong(MAX_RULES + 1, sum(len(rule) + 1 for rule in (*rules, "one more")))
    assert response_text(result) == embed_text(setup_filter.wrong_embed(ENGLISH, problem))
    assert await rules_of(admin_bot) == rules
