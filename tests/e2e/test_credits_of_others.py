"""What a manager reads in another member's account."""

from __future__ import annotations

import pytest
from simcord.results import ResponseMessage

from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import message_text

pytestmark = pytest.mark.both_engines


async def account(bot: AdminHarness) -> ResponseMessage:
    """Open Bob's account, as Dana."""
    opened = (await bot.dana.slash(bot.channel, "credits", member=bot.bob)).response
    assert opened is not None
    return opened


async def test_a_manager_reads_the_members_changes_and_block(admin_bot: AdminHarness) -> None:
    """Not their own."""
    await admin_bot.quota("grant", member=admin_bot.bob, credits=5, reason="for bob")
    await admin_bot.quota("grant", member=admin_bot.dana, credits=5, reason="for dana")
    await admin_bot.quota("block", member=admin_bot.bob)
    shown = message_text(await account(admin_bot))
    assert "for bob" in shown
    assert "for dana" not in shown
    assert ENGLISH("credits-blocked") in shown


async def test_every_page_has_the_allowance_of_the_members_roles(admin_bot: AdminHarness) -> None:
    await admin_bot.quota("role", role=admin_bot.stars, credits=900)
    admin_bot.env.backend.add_member_role(admin_bot.guild.id, admin_bot.bob.id, admin_bot.stars.id)
    for number in range(6):
        await admin_bot.movie(admin_bot.bob, prompt=f"movie {number}", duration=1)
    opened = await account(admin_bot)
    assert "900 credits" in message_text(opened)
    await admin_bot.dana.click(opened, label=ENGLISH("credits-older-button"))
    assert "movie 0" in message_text(opened)
    assert "900 credits" in message_text(opened)
