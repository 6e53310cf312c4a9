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
    """Send it as Dana, past the client's checks; return the private refusal.

    It must have changed nothing.
    """
    await admin_bot.run_until_idle()
    before, lines = admin_bot.snapshot(), admin_bot.posted()
    text = ephemeral_text(await admin_bot.forged(admin_bot.dana, f"quota {command}", **options))
    await admin_bot.run_until_idle()
    assert admin_bot.snapshot() == before
    assert admin_bot.posted() == lines
    return text


BAD_AMOUNTS = [
    (command, options, amount)
    for command, options, least in (
        ("default", {}, 0),
        ("server", {}, 0),
        ("member", {"member": BOB}, 0),
        ("role", {"role": "stars"}, 0),
        ("grant", {"member": BOB, "reason": "a prize"}, 1),
        ("take", {"member": BOB, "reason": "a slip"}, 1),
    )
    for amount in (least - 1, -ABSURD, MOST + 1, ABSURD)
]


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


@pytest.mark.parametrize(
    ("command", "options", "words"),
    [
        ("default", {"credits": 1.5}, quota_admin.bad_amount(ENGLISH, 1.5, 0)),
        ("server", {"credits": "10"}, quota_admin.bad_amount(ENGLISH, "10", 0)),
        ("role", {"role": "stars", "credits": True}, quota_admin.bad_amount(ENGLISH, given=True, minimum=0)),
        ("grant", {"member": BOB, "credits": 1.5, "reason": "a prize"}, quota_admin.bad_amount(ENGLISH, 1.5, 1)),
        ("take", {"member": BOB, "credits": 10, "reason": 5}, quota_admin.bad_reason(ENGLISH, 5)),
        ("block", {"member": BOB, "hours": 0.5}, quota_admin.bad_hours(ENGLISH, 0.5)),
    ],
)
async def test_a_value_of_another_type_than_declared_is_refused(
    admin_bot: AdminHarness, command: str, options: dict[str, Any], words: str
) -> None:
    """discord.py passes on whatever a forged payload holds.

    Half a credit could never be spent or released.
    """
    text = await nothing_changed(admin_bot, command, given(admin_bot, options))
    assert text == words


WITH_REASONS: dict[str, dict[str, Any]] = {
    "grant": {"member": BOB, "credits": 10},
    "take": {"member": BOB, "credits": 10},
    "block": {"member": BOB},
    "unblock": {"member": BOB},
    "reset": {"member": BOB},
    "default": {"credits": 10},
    "server": {"credits": 10},
    "member": {"member": BOB, "credits": 10},
    "role": {"role": "stars", "credits": 10},
    "clear default": {},
    "clear server": {},
    "clear member": {"member": BOB},
    "clear role": {"role": "stars"},
}


@pytest.mark.parametrize("command", WITH_REASONS)
async def test_a_reason_that_is_none_is_refused(admin_bot: AdminHarness, command: str) -> None:
    """Reasons are recorded, so a blank or overlong one is refused."""
    for reason in ("", "  \n ", "x" * 201):
        options = {**given(admin_bot, WITH_REASONS[command]), "reason": reason}
        assert await nothing_changed(admin_bot, command, options) == quota_admin.bad_reason(ENGLISH, reason)


async def test_the_longest_reason_is_recorded(admin_bot: AdminHarness) -> None:
    await admin_bot.quota("block", member=admin_bot.bob, reason="x" * 200)
    assert admin_bot.noted()[-1]["reason"] == "x" * 200


WITH_MEMBERS: dict[str, dict[str, Any]] = {
    "member": {"credits": 10},
    "grant": {"credits": 10, "reason": "a prize"},
    "take": {"credits": 10, "reason": "a slip"},
    "block": {"hours": 1},
    "reset": {},
}


@pytest.mark.parametrize("command", WITH_MEMBERS)
async def test_a_bot_is_no_member_to_give_or_take_from(admin_bot: AdminHarness, command: str) -> None:
    """Bots make no movies."""
    robot = admin_bot.guild.add_member(admin_bot.env.create_user("robot", bot=True))
    text = await nothing_changed(admin_bot, command, {"member": robot, **WITH_MEMBERS[command]})
    assert text == quota_admin.no_bots(ENGLISH, robot.id)


@pytest.mark.parametrize("command", ["member", "grant"])
async def test_one_who_left_is_given_nothing(admin_bot: AdminHarness, command: str) -> None:
    """A member who left could not spend it."""
    admin_bot.guild.remove_member(admin_bot.bob)
    text = await nothing_changed(admin_bot, command, {"member": admin_bot.bob.user, **WITH_MEMBERS[command]})
    assert text == quota_admin.not_a_member(ENGLISH, admin_bot.bob.id)


async def test_more_than_there_is_cannot_be_taken(admin_bot: AdminHarness) -> None:
    """The refusal says how much is neither spent nor held."""
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


@pytest.mark.parametrize(("command", "amount"), [("role", {"credits": 10}), ("role", {}), ("clear role", {})])
async def test_a_role_that_was_deleted_has_no_allowance(
    admin_bot: AdminHarness, command: str, amount: dict[str, int]
) -> None:
    """The role existed when the command was typed."""
    data = admin_bot.forgery(admin_bot.dana, f"quota {command}", role=admin_bot.stars, **amount)
    admin_bot.env.backend.delete_role(admin_bot.guild.id, admin_bot.stars.id)
    await admin_bot.env.settle()
    before = admin_bot.snapshot()
    text = ephemeral_text(await admin_bot.send(admin_bot.dana, data))
    assert text == quota_admin.role_gone(ENGLISH, admin_bot.stars.id)
    assert admin_bot.snapshot() == before


async def test_the_role_that_everyone_has_is_the_default(admin_bot: AdminHarness) -> None:
    """`/quota default` is the only way to set it."""
    text = await nothing_changed(admin_bot, "role", {"role": admin_bot.guild.default_role, "credits": 10})
    assert text == quota_admin.everyone_role(ENGLISH)
