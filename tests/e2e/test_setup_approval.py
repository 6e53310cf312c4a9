"""/setup: the page that says which movies wait for staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
import pytest

from bot.domain.approval import ApprovalFallback, ApprovalScope
from bot.domain.server_setup import ServerSetup, Setting
from bot.domain.setup_values import InvalidReason, InvalidValue
from bot.ui import quota_admin, setup_panel
from bot.ui.components import custom_id
from bot.ui.setup_panel import NOT_CHOSEN, SetupPage
from data import server_setup
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import ephemeral_text, response_text

pytestmark = pytest.mark.both_engines


async def opened(bot: AdminHarness) -> discord.Message:
    """Open the page as Dana."""
    result = await bot.dana.slash(bot.channel, "setup panel")
    assert result.response is not None
    message = result.response.message
    await bot.dana.click(message, custom_id=custom_id("setup-page", SetupPage.STAFF))
    await bot.dana.click(message, custom_id=custom_id("setup-page", SetupPage.APPROVAL))
    return message


async def kept(bot: AdminHarness) -> ServerSetup:
    """The server's setup."""
    return await bot.app.database.read(server_setup.get, bot.guild.id)


async def pick(bot: AdminHarness, message: discord.Message, setting: Setting, values: Sequence[Any]) -> str:
    """Pick values in a select, and return the panel's text."""
    expected = (await kept(bot)).fingerprint((setting,))
    return response_text(await bot.dana.select(message, values, custom_id=custom_id("setup", setting.value, expected)))


async def test_every_setting_is_picked_and_taken_back(admin_bot: AdminHarness) -> None:
    message = await opened(admin_bot)
    await pick(admin_bot, message, Setting.APPROVAL, ["untrusted"])
    await pick(admin_bot, message, Setting.TRUSTED_ROLES, [admin_bot.stars])
    text = await pick(admin_bot, message, Setting.APPROVAL_FALLBACK, ["start"])
    assert ENGLISH("setup-approval-untrusted-option") in text
    assert admin_bot.stars.mention in text
    assert ENGLISH("setup-approval-start-option") in text
    assert await kept(admin_bot) == ServerSetup(
        approval=ApprovalScope.UNTRUSTED,
        trusted_roles=(admin_bot.stars.id,),
        approval_fallback=ApprovalFallback.START,
    )
    await pick(admin_bot, message, Setting.APPROVAL, [NOT_CHOSEN])
    await pick(admin_bot, message, Setting.TRUSTED_ROLES, [])
    await pick(admin_bot, message, Setting.APPROVAL_FALLBACK, [NOT_CHOSEN])
    assert await kept(admin_bot) == ServerSetup()
    assert [each.setting for each in admin_bot.audit_entries()] == [
        Setting.APPROVAL,
        Setting.TRUSTED_ROLES,
        Setting.APPROVAL_FALLBACK,
    ] * 2


async def test_the_price_is_typed_in_a_form(admin_bot: AdminHarness) -> None:
    message = await opened(admin_bot)
    form = await admin_bot.dana.click(message, label=ENGLISH("setup-approval-credits-button"))
    text = response_text(await admin_bot.dana.submit_modal(form, {"approval_credits": " 300 "}))
    assert "300 credits" in text
    assert await kept(admin_bot) == ServerSetup(approval_credits=300)
    form = await admin_bot.dana.click(message, label=ENGLISH("setup-approval-credits-button"))
    await admin_bot.dana.submit_modal(form, {"approval_credits": ""})
    assert await kept(admin_bot) == ServerSetup()
    form = await admin_bot.dana.click(message, label=ENGLISH("setup-approval-credits-button"))
    await admin_bot.dana.submit_modal(form, {"approval_credits": "10000000"})
    assert await kept(admin_bot) == ServerSetup(approval_credits=10_000_000)


@pytest.mark.parametrize("typed", ["0", "-1", "many", "1.5", "10000001"])
async def test_a_price_that_is_none_changes_nothing(admin_bot: AdminHarness, typed: str) -> None:
    message = await opened(admin_bot)
    form = await admin_bot.dana.click(message, label=ENGLISH("setup-approval-credits-button"))
    text = response_text(await admin_bot.dana.submit_modal(form, {"approval_credits": typed}))
    value = typed if typed in ("many", "1.5", "-1") else str(int(typed))
    problem = InvalidValue(Setting.APPROVAL_CREDITS, InvalidReason.OUT_OF_RANGE, value, ("1", "10000000"))
    assert setup_panel.invalid_note(ENGLISH, problem) in text
    assert await kept(admin_bot) == ServerSetup()


async def test_only_managers_change_it(admin_bot: AdminHarness) -> None:
    """Forged presses and forms of members are refused."""
    message = await opened(admin_bot)
    expected = ServerSetup().fingerprint((Setting.APPROVAL,))
    for who in (admin_bot.alice, admin_bot.bob):
        for action, values in (
            (("setup", "approval", expected), ["everyone"]),
            (("setup-price",), []),
        ):
            answer = await admin_bot.press(who, message.id, custom_id(*action), values)
            assert ephemeral_text(answer) == quota_admin.not_allowed(ENGLISH)
        form = custom_id("setup-price-set", ServerSetup().fingerprint((Setting.APPROVAL_CREDITS,)))
        answer = await admin_bot.submit(who, form, {"approval_credits": "5"})
        assert ephemeral_text(answer) == quota_admin.not_allowed(ENGLISH)
    assert await kept(admin_bot) == ServerSetup()


async def test_a_form_of_before_another_change_overwrites_nothing_even_after_a_restart(
    admin_bot: AdminHarness,
) -> None:
    message = await opened(admin_bot)
    stale = await admin_bot.dana.click(message, label=ENGLISH("setup-approval-credits-button"))
    form = await admin_bot.dana.click(message, label=ENGLISH("setup-approval-credits-button"))
    await admin_bot.dana.submit_modal(form, {"approval_credits": "300"})
    await admin_bot.restart()
    text = response_text(await admin_bot.dana.submit_modal(stale, {"approval_credits": "5"}))
    assert setup_panel.conflict_note(ENGLISH) in text
    assert await kept(admin_bot) == ServerSetup(approval_credits=300)
