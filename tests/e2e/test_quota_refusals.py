"""/quota refuses what can't be, privately, and changes nothing."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord.backend.errors import SetupError

from bot.ui import errors, quota_admin
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.quota_cases import BOB, GRANT, MOST, given
from tests.helpers.reading import ephemeral_text

ABSURD = 2**53 - 1
"""The largest number that Discord's wire carries."""


@pytest.fixture
async def admin_bot(admin_bot: AdminHarness) -> AdminHarness:
    """A server that Dana runs, with a channel for audit entries."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    await admin_bot.run_until_idle(1)
    return admin_bot


async def nothing_changed(admin_bot: AdminHarness, command: str, options: dict[str, Any]) -> str:
    await admin_bot.run_until_idle()
    before, lines = admin_bot.snapshot(), admin_bot.posted()
    text = ephemeral_text(await admin_bot.forged(admin_bot.dana, f"quota {command}", **options))
    await admin_bot.run_until_idle()
    assert admin_bot.snapshot() == before
    assert admin_bot.posted() == lines
    return text


BAD_AMOUNTS = [("default", {}, -1), ("grant", {"member": BOB, "reason": "a prize"}, MOST + 1)]


@pytest.mark.parametrize(("command", "options", "amount"), BAD_AMOUNTS)
async def test_an_amount_that_cannot_be_is_refused(
    admin_bot: AdminHarness, command: str, options: dict[str, Any], amount: int
) -> None:
    """Discord's client would not send the amount."""
    options = {**given(admin_bot, options), "credits": amount}
    with pytest.raises(SetupError, match="must be"):
        await admin_bot.quota(command, **options)
    text = await nothing_changed(admin_bot, command, options)
    assert text == quota_admin.bad_amount(ENGLISH, amount, 1 if command in {"grant", "take"} else 0)
    assert f"{MOST:,}" in text


async def test_a_required_option_that_is_null_is_refused(admin_bot: AdminHarness) -> None:
    """So is one that a forged payload leaves out, in any command."""
    some: dict[discord.AppCommandOptionType, Any] = {
        discord.AppCommandOptionType.string: "a red balloon",
        discord.AppCommandOptionType.integer: 10,
        discord.AppCommandOptionType.user: admin_bot.bob,
        discord.AppCommandOptionType.role: admin_bot.stars,
        discord.AppCommandOptionType.attachment: "1",
    }
    tree, before, refused = admin_bot.app.client.tree, admin_bot.snapshot(), list[str]()
    for command in tree.walk_commands():
        if isinstance(command, discord.app_commands.Group):
            continue
        required = {each.display_name: some[each.type] for each in command.parameters if each.required}
        for name in required:
            result = await admin_bot.forged(admin_bot.dana, command.qualified_name, **required | {name: None})
            assert ephemeral_text(result) == errors.outdated_command(ENGLISH), (command.qualified_name, name)
            refused.append(f"{command.qualified_name} {name}")
    assert admin_bot.snapshot() == before
    assert {type(error).__name__ for error in admin_bot.env.errors} == {"CommandSignatureMismatch"}
    assert {"movie prompt", "gift credits", "quota grant credits", "quota take reason"} <= set(refused)


async def test_a_grant_may_be_without_a_reason(admin_bot: AdminHarness) -> None:
    """A null for an option that is not required counts as not given."""
    await admin_bot.quota("grant", member=admin_bot.bob, credits=10)
    await admin_bot.forged(admin_bot.dana, "quota grant", member=admin_bot.bob, credits=10, reason=None)
    assert [row["reason"] for row in admin_bot.noted()[-2:]] == ["", ""]
    assert admin_bot.budget("extra", admin_bot.bob).granted == 20


@pytest.mark.parametrize("hours", [0, -1, 24 * 365 + 1, ABSURD])
async def test_hours_that_cannot_be_are_refused(admin_bot: AdminHarness, hours: int) -> None:
    """A block lasts an hour to a year, or until unblocked."""
    text = await nothing_changed(admin_bot, "block", {"member": admin_bot.bob, "hours": hours})
    assert text == quota_admin.bad_hours(ENGLISH, hours)


async def test_more_than_there_is_cannot_be_taken(admin_bot: AdminHarness) -> None:
    await admin_bot.quota(GRANT[0], **given(admin_bot, GRANT[1]))
    await admin_bot.movie(admin_bot.bob, duration=70)
    text = await nothing_changed(admin_bot, "take", {"member": admin_bot.bob, "credits": 201, "reason": "a slip"})
    assert text == quota_admin.insufficient_grant(ENGLISH, admin_bot.bob.id, 200)
    text = await nothing_changed(admin_bot, "take", {"member": admin_bot.alice, "credits": 1, "reason": "a slip"})
    assert text == quota_admin.insufficient_grant(ENGLISH, admin_bot.alice.id, 0)


async def test_there_must_be_something_to_reset_and_to_unblock(admin_bot: AdminHarness) -> None:
    """Otherwise the manager is told, and nothing is recorded."""
    text = await nothing_changed(admin_bot, "reset", {"member": admin_bot.bob})
    assert text == quota_admin.nothing_to_reset(ENGLISH, admin_bot.bob.id)
    text = await nothing_changed(admin_bot, "unblock", {"member": admin_bot.bob})
    assert text == quota_admin.not_blocked(ENGLISH, admin_bot.bob.id)
    await admin_bot.quota("block", member=admin_bot.bob, hours=1)
    await admin_bot.run_until_idle(3600)
    text = ephemeral_text(await admin_bot.quota("unblock", member=admin_bot.bob))
    assert text == quota_admin.not_blocked(ENGLISH, admin_bot.bob.id)


async def test_a_role_that_was_deleted_has_no_allowance(admin_bot: AdminHarness) -> None:
    role = admin_bot.stars
    forgeries = [admin_bot.forgery(admin_bot.dana, f"quota {command}", role=role) for command in ("role", "clear role")]
    forgeries.append(admin_bot.forgery(admin_bot.dana, "quota role", role=role, credits=10))
    admin_bot.env.backend.delete_role(admin_bot.guild.id, admin_bot.stars.id)
    await admin_bot.env.settle()
    before = admin_bot.snapshot()
    for data in forgeries:
        text = ephemeral_text(await admin_bot.send(admin_bot.dana, data))
        assert text == quota_admin.role_gone(ENGLISH, admin_bot.stars.id)
    assert admin_bot.snapshot() == before


async def test_the_role_that_everyone_has_is_the_default(admin_bot: AdminHarness) -> None:
    text = await nothing_changed(admin_bot, "role", {"role": admin_bot.guild.default_role, "credits": 10})
    assert text == quota_admin.everyone_role(ENGLISH)


async def test_what_no_client_sends_is_refused_by_every_command(admin_bot: AdminHarness) -> None:
    """Half a credit could never be spent or released."""
    robot = admin_bot.guild.add_member(admin_bot.env.create_user("robot", bot=True))
    gone = admin_bot.guild.add_member(admin_bot.env.create_user("gone"))
    admin_bot.guild.remove_member(gone)
    bob, stars = {"member": admin_bot.bob}, {"role": admin_bot.stars}
    ten, slip = {"credits": 10}, {"reason": "a slip"}
    tried: list[tuple[str, dict[str, Any], str]] = []
    for command, options, least in (
        *(("default", {}, 0), ("server", {}, 0), ("member", bob, 0), ("role", stars, 0)),
        *(("grant", bob | slip, 1), ("take", bob | slip, 1)),
    ):
        tried += [
            (command, options | {"credits": amount}, quota_admin.bad_amount(ENGLISH, amount, least))
            for amount in (least - 1, -ABSURD, MOST + 1, ABSURD, 1.5, "10", True)
        ]
    for command, options in (
        *(("grant", bob | ten), ("take", bob | ten), ("block", bob), ("unblock", bob), ("reset", bob)),
        *(("default", ten), ("server", ten), ("member", bob | ten), ("role", stars | ten)),
        *(("clear default", {}), ("clear server", {}), ("clear member", bob), ("clear role", stars)),
    ):
        tried += [
            (command, options | {"reason": reason}, quota_admin.bad_reason(ENGLISH, reason))
            for reason in ("", "  \n ", "x" * 201, 5)
        ]
    for command, options in (
        *(("member", ten), ("grant", ten | slip), ("take", ten | slip), ("block", {"hours": 1}), ("reset", {})),
    ):
        tried.append((command, options | {"member": robot}, quota_admin.no_bots(ENGLISH, robot.id)))
    for command, options in (("member", ten), ("grant", ten | slip)):
        tried.append((command, options | {"member": gone.user}, quota_admin.not_a_member(ENGLISH, gone.id)))
    tried.append(("block", bob | {"hours": 0.5}, quota_admin.bad_hours(ENGLISH, 0.5)))
    before, lines = admin_bot.snapshot(), admin_bot.posted()
    for command, options, words in tried:
        text = ephemeral_text(await admin_bot.forged(admin_bot.dana, f"quota {command}", **options))
        assert text == words, (command, options)
    await admin_bot.run_until_idle()
    assert (admin_bot.snapshot(), admin_bot.posted()) == (before, lines)
