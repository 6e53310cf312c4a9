"""The form of prompt rules in /setup, for managers and others."""

from __future__ import annotations

import json

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType
from simcord.results import InteractionResult

from bot.domain.filter_rules import MAX_RULES, RulesTooLong, WrongRule, WrongRules
from bot.domain.prompt_filter import RuleProblem
from bot.domain.server_setup import ServerSetup, Setting
from bot.domain.setup_document import write_document
from bot.domain.setup_values import InvalidReason, InvalidValue
from bot.ui import errors, quota_admin, setup_files, setup_filter, setup_panel, setup_values
from bot.ui.setup_panel import Panel
from data import server_setup
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH, embed_text
from tests.helpers.reading import ephemeral_text, message_text, response_text

pytestmark = pytest.mark.both_engines

FIX = ENGLISH("setup-rules-fix-button")
OPEN = ENGLISH("setup-rules-button")


async def kept(bot: AdminHarness) -> tuple[str, ...]:
    """Return the server's rules."""
    return (await bot.app.database.read(server_setup.get, bot.guild.id)).filter_rules


async def page(bot: AdminHarness) -> discord.Message:
    """Open the page of the prompt filter as Dana."""
    opened = await bot.dana.slash(bot.channel, "setup panel")
    assert opened.response is not None
    message = opened.response.message
    await bot.dana.click(message, custom_id="m:setup-page:filter")
    return message


async def typed(bot: AdminHarness, message: discord.Message, *inputs: str, label: str = OPEN) -> InteractionResult:
    """Open the form, and submit it with these inputs."""
    form = await bot.dana.click(message, label=label)
    return await bot.dana.submit_modal(form, dict(zip(setup_filter.INPUTS, inputs, strict=False)))


def shown(bot: AdminHarness, rules: tuple[str, ...]) -> str:
    """Return the panel after the rules were set."""
    panel = Panel(ServerSetup(filter_rules=rules), bot.catalogue)
    notes = setup_panel.changed_notes(ENGLISH, panel, [Setting.FILTER_RULES])
    return embed_text(setup_panel.panel_embed(ENGLISH, panel, notes))


def contents(form: InteractionResult) -> list[str]:
    """Return what is in the inputs of a form."""
    assert form.modal is not None
    return [each["component"].get("value") or "" for each in form.modal["components"]]


async def attached(message: discord.Message) -> str:
    """Return the text of the attached file."""
    [file] = message.attachments
    assert file.filename == setup_filter.FILE_NAME
    return (await file.read()).decode()


async def test_rules_are_typed_one_a_line_and_read_back(admin_bot: AdminHarness) -> None:
    """Duplicates are kept once, and the log has the number of rules."""
    message = await page(admin_bot)
    text = response_text(await typed(admin_bot, message, " red  car*\n\nblue ... boat\nRED  car*\n"))
    assert await kept(admin_bot) == ("red  car*", "blue ... boat")
    assert text == shown(admin_bot, ("red  car*", "blue ... boat"))
    [entry] = admin_bot.audit_entries()
    assert (entry.actor_id, entry.setting, entry.setting_value) == (admin_bot.dana.id, Setting.FILTER_RULES, 2)
    form = await admin_bot.dana.click(await page(admin_bot), label=OPEN)
    assert contents(form) == ["red  car*\nblue ... boat"]


async def test_wrong_rules_are_named_by_line_and_nothing_is_lost(admin_bot: AdminHarness) -> None:
    """The typed text is kept as a file, also over a restart."""
    message, text = await page(admin_bot), "good one\nb*d\n\n***\nab*"
    result = await typed(admin_bot, message, text)
    problems = WrongRules(
        (
            WrongRule(2, "b*d", RuleProblem.STAR_INSIDE),
            WrongRule(4, "***", RuleProblem.EMPTY),
            WrongRule(5, "ab*", RuleProblem.STAR_TOO_WIDE),
        )
    )
    assert response_text(result) == embed_text(setup_filter.wrong_embed(ENGLISH, problems))
    assert (await kept(admin_bot), admin_bot.noted()) == ((), [])
    assert result.response is not None
    assert await attached(result.response.message) == text
    await admin_bot.restart()
    form = await admin_bot.dana.click(result.response.message, label=FIX)
    assert contents(form) == [text]
    fixed = await admin_bot.dana.submit_modal(form, {"rules-0": "good one\nbad"})
    assert response_text(fixed) == shown(admin_bot, ("good one", "bad"))
    assert fixed.response is not None
    assert fixed.response.message.attachments == []


async def test_rules_that_someone_else_changed_meanwhile_are_not_overwritten(admin_bot: AdminHarness) -> None:
    """The manager can submit their own again from a new form."""
    message = await page(admin_bot)
    stale = await admin_bot.dana.click(message, label=OPEN)
    await typed(admin_bot, await page(admin_bot), "theirs")
    result = await admin_bot.dana.submit_modal(stale, {"rules-0": "mine"})
    assert response_text(result) == embed_text(setup_filter.conflict_embed(ENGLISH))
    assert await kept(admin_bot) == ("theirs",)
    assert result.response is not None
    form = await admin_bot.dana.click(result.response.message, label=FIX)
    assert contents(form) == ["mine"]
    await admin_bot.dana.submit_modal(form, {"rules-0": "mine"})
    assert await kept(admin_bot) == ("mine",)


async def test_rules_that_discord_does_not_hand_over_are_not_mended(admin_bot: AdminHarness) -> None:
    wrong = (await typed(admin_bot, await page(admin_bot), "b*d")).response
    assert wrong is not None
    admin_bot.fail_downloads()
    answer = await admin_bot.dana.click(wrong.message, label=FIX)
    assert ephemeral_text(answer) == setup_files.unreadable(ENGLISH)


async def test_wrong_rules_that_are_mended_overwrite_nobody_elses(admin_bot: AdminHarness) -> None:
    """Others set rules between the refusal and its button."""
    message = await page(admin_bot)
    wrong = (await typed(admin_bot, message, "b*d")).response
    assert wrong is not None
    await typed(admin_bot, await page(admin_bot), "theirs")
    mended = await typed(admin_bot, wrong.message, "mine", label=FIX)
    assert response_text(mended) == embed_text(setup_filter.conflict_embed(ENGLISH))
    assert await kept(admin_bot) == ("theirs",)


async def test_the_panel_after_new_rules_names_a_channel_where_the_bot_cant_post(admin_bot: AdminHarness) -> None:
    """As it does after any other change."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    me = admin_bot.guild.me
    assert me is not None
    allow, deny = discord.PermissionOverwrite(send_messages=False).pair()
    own = Overwrite(target_id=me.id, type=OverwriteType.MEMBER, allow=allow.value, deny=deny.value)
    admin_bot.env.backend.set_overwrite(admin_bot.lines.id, own)
    reason, lacking = InvalidReason.MISSING_PERMISSIONS, ("send_messages", "embed_links")
    found = InvalidValue(Setting.STAFF_CHANNEL, reason, str(admin_bot.lines.id), lacking)
    problem = ENGLISH("setup-problem", problem=setup_values.problem_text(ENGLISH, found))
    message = await page(admin_bot)
    assert problem in message_text(message)
    assert problem in response_text(await typed(admin_bot, message, "bad"))


async def test_long_rules_fill_several_inputs_and_too_many_are_refused(admin_bot: AdminHarness) -> None:
    """A nearly full form has one more input when opened again."""
    rules = tuple(f"rule number {number:03}" for number in range(MAX_RULES))
    message = await page(admin_bot)
    await typed(admin_bot, message, "\n".join(rules[:240]))
    form = await admin_bot.dana.click(message, label=OPEN)
    assert contents(form) == ["\n".join(rules[:240]), ""]
    file = ("setup.json", write_document(ServerSetup(filter_rules=rules)).encode())
    imported = await admin_bot.dana.slash(admin_bot.channel, "setup import", file=file)
    assert imported.response is not None
    await admin_bot.dana.click(imported.response.message, label=ENGLISH("setup-apply-button"))
    assert await kept(admin_bot) == rules
    form = await admin_bot.dana.click(message, label=OPEN)
    *parts, room = contents(form)
    assert (len(parts), room) == (4, "")
    assert "\n".join(parts) == "\n".join(rules)
    parts.append("one more")
    result = await admin_bot.dana.submit_modal(form, dict(zip(setup_filter.INPUTS, parts, strict=False)))
    problem = RulesTooLong(MAX_RULES + 1, sum(len(rule) + 1 for rule in (*rules, "one more")))
    assert response_text(result) == embed_text(setup_filter.wrong_embed(ENGLISH, problem))
    assert await kept(admin_bot) == rules


@pytest.mark.parametrize("custom_id", ["m:setup-rules", "m:setup-rules-fix:x"])
async def test_members_open_no_form(admin_bot: AdminHarness, custom_id: str) -> None:
    message = await page(admin_bot)
    for member in (admin_bot.alice, admin_bot.bob):
        result = await admin_bot.press(member, message, custom_id)
        assert ephemeral_text(result) == quota_admin.not_allowed(ENGLISH)


async def test_a_forged_press_on_a_message_without_rules_is_answered(admin_bot: AdminHarness) -> None:
    result = await admin_bot.press(admin_bot.dana, await page(admin_bot), "m:setup-rules-fix:x")
    assert ephemeral_text(result) == errors.outdated_command(ENGLISH)


async def test_a_member_who_forges_the_form_sets_nothing(admin_bot: AdminHarness) -> None:
    result = await admin_bot.submit(admin_bot.alice, "m:setup-rules-set:x", {"rules-0": "mine"})
    assert ephemeral_text(result) == quota_admin.not_allowed(ENGLISH)
    assert await kept(admin_bot) == ()


async def test_a_manager_who_is_none_any_more_sets_nothing(admin_bot: AdminHarness) -> None:
    """The manager's role is removed while the form is open."""
    form = await admin_bot.dana.click(await page(admin_bot), label=OPEN)
    [crew] = admin_bot.env.backend.get_member(admin_bot.guild.id, admin_bot.dana.id).role_ids
    admin_bot.env.backend.remove_member_role(admin_bot.guild.id, admin_bot.dana.id, crew)
    result = await admin_bot.dana.submit_modal(form, {"rules-0": "mine"})
    assert ephemeral_text(result) == quota_admin.not_allowed(ENGLISH)
    assert (await kept(admin_bot), admin_bot.noted()) == ((), [])


async def test_rules_are_exported_and_imported(admin_bot: AdminHarness) -> None:
    """The question shows how many rules change."""
    await typed(admin_bot, await page(admin_bot), "old\nkept")
    exported = await admin_bot.dana.slash(admin_bot.channel, "setup export")
    assert exported.response is not None
    document = json.loads(await exported.response.message.attachments[0].read())
    assert (document["filter_rules"], document["filter_presets"]) == (["old", "kept"], [])
    after = ServerSetup(filter_rules=("kept", "new", "newer"), filter_presets=("ja/gore",))
    file = ("setup.json", write_document(after).encode())
    result = await admin_bot.dana.slash(admin_bot.channel, "setup import", file=file)
    before = ServerSetup(filter_rules=("old", "kept"))
    assert response_text(result) == embed_text(setup_files.changes_embed(ENGLISH, before, after, admin_bot.catalogue))
    assert "(+2, \u22121)" in response_text(result)
    assert result.response is not None
    await admin_bot.dana.click(result.response.message, label=ENGLISH("setup-apply-button"))
    setup = await admin_bot.app.database.read(server_setup.get, admin_bot.guild.id)
    assert (setup.filter_rules, setup.filter_presets) == (after.filter_rules, after.filter_presets)


async def test_a_wrong_rule_or_preset_is_not_imported(admin_bot: AdminHarness) -> None:
    content = json.dumps({"version": 1, "filter_rules": ["fine", "b*d"], "filter_presets": ["de/fun"]})
    result = await admin_bot.dana.slash(admin_bot.channel, "setup import", file=("setup.json", content.encode()))
    text = response_text(result)
    assert setup_filter.rule_problem(ENGLISH, RuleProblem.STAR_INSIDE) in text
    assert "de/fun" in text
    assert await kept(admin_bot) == ()
