"""The menu *Apps → Credits…*: a manager grants, limits and blocks in one form."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from simcord.actors import MemberActor
from simcord.backend.errors import SetupError
from simcord.results import InteractionResult

from bot.domain.quota import MAX_BLOCK_HOURS, MAX_CREDITS, MAX_REASON_LENGTH, AuditAction
from bot.domain.text import Language
from bot.locales.texts import texts_in
from bot.sandbox.environment import SpokenLanguages
from bot.ui import audit_entries, quota
from bot.ui.formatting import format_timestamp
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH, refusal
from tests.helpers.factories import CATALOGUE
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import actions, answered, ephemeral_text, response_text

pytestmark = pytest.mark.both_engines

MENU = ENGLISH("commands-credits-menu")


async def sent(
    bot: AdminHarness, fields: Mapping[str, str], who: MemberActor | None = None, member_id: int = 0
) -> InteractionResult:
    """Submit the form, which may be forged."""
    return await bot.submit(who or bot.dana, f"m:{quota.CHANGE}:{member_id or bot.bob.id}", fields)


async def test_all_is_changed_at_once_logged_and_told_in_one_message(bot: AdminHarness) -> None:
    await bot.set_staff_channel(bot.lines)
    await bot.quota("server", credits=600)
    await bot.run_until_idle(1)
    await bot.movie(bot.bob, duration=5)
    before, posted = len(bot.noted()), len(bot.posted())
    form = await bot.dana.context_menu(bot.channel, MENU, bot.bob)
    assert form.modal is not None
    assert "bob" in form.modal["title"]
    values = {quota.GRANT: " 300 ", quota.LIMIT: "1500", quota.HOURS: "2", quota.REASON: "a prize"}
    done = await bot.dana.submit_modal(form, values)
    changes = bot.audit_entries()[before:]
    assert [(each.action, each.credits, each.duration_hours, each.by.reason) for each in changes] == [
        (AuditAction.GRANT, 300, None, "a prize"),
        (AuditAction.SET_MEMBER_LIMIT, 1500, None, "a prize"),
        (AuditAction.BLOCK, None, 2, "a prize"),
    ]
    told = ephemeral_text(done)
    confirmed = [audit_entries.change_confirmation(ENGLISH, each) for each in changes]
    note = ENGLISH("credits-budget-short", credits=550, own="1,750")
    assert told.splitlines() == [*confirmed, f"⚠️ {note}", ENGLISH("quota-queued", movies=1)]
    assert (actions(answered(done)), done.followups[1:]) == ([quota.CANCEL_QUEUED], [])
    assert bot.budget("extra", bot.bob) == BudgetTotals(granted=300)
    until = format_timestamp(bot.clock.now() + 2 * 3_600_000, "f")
    shown = response_text(await bot.quota("show", member=bot.bob))
    assert ENGLISH("credits-blocked-until", time=until) in shown
    assert "1,450 left of 1,500" in shown
    await bot.run_until_idle()
    lines = [audit_entries.audit_entry_text(ENGLISH, each, CATALOGUE) for each in changes]
    assert bot.posted()[posted:] == lines


async def test_what_is_left_empty_stays_as_it_is(bot: AdminHarness) -> None:
    await bot.quota("member", member=bot.bob, credits=700)
    before = len(bot.noted())
    await sent(bot, {quota.GRANT: "", quota.LIMIT: "", quota.HOURS: "1", quota.REASON: " "})
    [change] = bot.audit_entries()[before:]
    assert (change.action, change.by.reason) == (AuditAction.BLOCK, "")
    unchanged = bot.snapshot()
    for fields in ({}, {quota.REASON: "only a reason"}, {quota.GRANT: "  "}):
        assert ephemeral_text(await sent(bot, fields)) == ENGLISH("quota-nothing-changed")
    assert bot.snapshot() == unchanged


async def test_one_wrong_value_changes_nothing(bot: AdminHarness) -> None:
    before = bot.snapshot()
    whole = {quota.GRANT: "10", quota.LIMIT: "20", quota.HOURS: "1", quota.REASON: "why"}
    amounts = ("x", "-1", "1.5", "1,500", "9" * 4000, str(MAX_CREDITS + 1))
    wrong = [
        *((quota.GRANT, each, refusal_of("credits", each, 1, MAX_CREDITS)) for each in ("0", *amounts)),
        *((quota.LIMIT, each, refusal_of("credits", each, 0, MAX_CREDITS)) for each in amounts),
        *((quota.HOURS, each, refusal_of("hours", each, 1, MAX_BLOCK_HOURS)) for each in ("0", "x", "8761")),
        (quota.REASON, "x" * 201, refusal("quota-reason-too-long", characters=201, max=MAX_REASON_LENGTH)),
    ]
    for name, value, words in wrong:
        assert ephemeral_text(await sent(bot, whole | {name: value})) == words, (name, value[:20])
    assert bot.snapshot() == before


def refusal_of(what: str, typed: str, minimum: int, maximum: int) -> str:
    shown = int(typed) if typed.isdecimal() and len(typed) <= 20 else typed[:20]
    return refusal(f"quota-bad-{what}", given=shown, min=minimum, max=maximum)


async def test_one_who_may_not_manage_the_server_is_refused_by_discord_and_by_the_bot(bot: AdminHarness) -> None:
    SpokenLanguages(bot.env).members[bot.alice.id] = Language.GERMAN
    before, refused = bot.snapshot(), texts_in(Language.GERMAN)("quota-not-allowed")
    with pytest.raises(SetupError, match="not visible"):
        await bot.alice.context_menu(bot.channel, MENU, bot.bob)
    for fields in ({quota.GRANT: "10"}, {quota.GRANT: "x"}, {}):
        assert ephemeral_text(await sent(bot, fields, bot.alice)) == refused
    form = await bot.dana.context_menu(bot.channel, MENU, bot.bob)
    bot.env.backend.remove_member_role(bot.guild.id, bot.dana.id, bot.guild.roles["Crew"].id)
    late = await bot.dana.submit_modal(form, {quota.GRANT: "10"})
    assert ephemeral_text(late) == ENGLISH("quota-not-allowed")
    assert bot.snapshot() == before


async def test_of_one_who_left_only_a_block_is_made_and_a_bot_has_no_credits(bot: AdminHarness) -> None:
    robot = bot.guild.add_member(bot.env.create_user("robot", bot=True))
    to_bot = await bot.dana.context_menu(bot.channel, MENU, robot)
    assert ephemeral_text(to_bot) == refusal("quota-bot-member", member=robot.id)
    form = await bot.dana.context_menu(bot.channel, MENU, bot.bob)
    bot.guild.remove_member(bot.bob)
    before = bot.snapshot()
    gone = refusal("quota-not-a-member", member=bot.bob.id)
    assert ephemeral_text(await bot.dana.submit_modal(form, {quota.GRANT: "5", quota.HOURS: "2"})) == gone
    assert ephemeral_text(await sent(bot, {quota.LIMIT: "5"})) == gone
    assert ephemeral_text(await sent(bot, {quota.GRANT: "5"}, member_id=2**62)) == ENGLISH("errors-outdated")
    assert bot.snapshot() == before
    told = ephemeral_text(await sent(bot, {quota.HOURS: "2"}))
    assert told == audit_entries.change_confirmation(ENGLISH, bot.audit_entries()[-1])
