"""/quota: each command as a manager and as a member.

A change is confirmed privately, visible in `show`, kept with who and why, and posted in the audit channel.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.backend.errors import SetupError
from simcord.results import InteractionResult

from bot.domain.quota import AuditAction
from bot.ui import audit_entries, quota_admin
from bot.ui.amounts import format_credits, format_monthly_credits
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.expected_text import (
    ENGLISH,
    is_invalid_option,
)
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quota_cases import BOB, CASES, GRANT, IDS, MOST, QuotaCase, filled, given
from tests.helpers.reading import ephemeral_text, response_text

ABSURD = 2**53 - 1
"""The largest number that Discord's wire carries."""


@pytest.fixture
async def admin_bot(tmp_path: Path) -> AsyncGenerator[AdminHarness]:
    """A server that Dana runs, with a channel for audit entries."""
    async with open_admin_harness(tmp_path) as opened:
        await opened.quota("channel", channel=opened.lines)
        await opened.run_until_idle(1)
        yield opened


async def shown(admin_bot: AdminHarness, of: str) -> str:
    """What /quota show says."""
    return response_text(await admin_bot.quota("show", **({"member": getattr(admin_bot, of)} if of else {})))


async def set_up(admin_bot: AdminHarness, case: QuotaCase) -> None:
    """What happened before."""
    for command, options in case.before:
        await admin_bot.quota(command, **given(admin_bot, options))
        await admin_bot.run_until_idle(1)


@pytest.mark.parametrize("case", CASES, ids=IDS)
async def test_one_who_may_manage_the_server_changes_it(admin_bot: AdminHarness, case: QuotaCase) -> None:
    """It is confirmed, shown, recorded and posted once."""
    await set_up(admin_bot, case)
    notes, lines = len(admin_bot.noted()), len(admin_bot.posted())
    result = await admin_bot.quota(case.command, **given(admin_bot, case.options))
    change = admin_bot.audit_entries()[-1]
    assert ephemeral_text(result) == audit_entries.change_confirmation(ENGLISH, change)
    assert filled(admin_bot, case.shows) in await shown(admin_bot, case.of)
    [note] = admin_bot.noted()[notes:]
    assert (note["guild_id"], note["actor_id"], note["action"]) == (admin_bot.guild.id, admin_bot.dana.id, case.action)
    assert (note["amount"], note["duration_hours"], note["reason"]) == (case.amount, case.hours, case.reason)
    assert note["subject_id"] == (getattr(admin_bot, case.subject).id if case.subject else 0)
    assert len(admin_bot.posted()) == lines
    await admin_bot.run_until_idle()
    await admin_bot.run_until_idle(3600)
    [line] = admin_bot.posted()[lines:]
    assert line == audit_entries.audit_entry_text(ENGLISH, change)


@pytest.mark.parametrize("case", CASES, ids=IDS)
async def test_one_who_may_not_is_refused_by_discord_and_by_the_bot(admin_bot: AdminHarness, case: QuotaCase) -> None:
    """The menu does not show the command.

    Anyone who sends it all the same is refused, and nothing is changed.
    """
    await set_up(admin_bot, case)
    await admin_bot.run_until_idle()
    options = given(admin_bot, case.options)
    with pytest.raises(SetupError, match="not visible"):
        await admin_bot.quota(case.command, admin_bot.alice, **options)
    before, lines = admin_bot.snapshot(), admin_bot.posted()
    result = await admin_bot.forged(admin_bot.alice, f"quota {case.command}", **options)
    assert ephemeral_text(result) == quota_admin.not_allowed(ENGLISH)
    await admin_bot.run_until_idle()
    assert admin_bot.snapshot() == before
    assert admin_bot.posted() == lines


@pytest.mark.parametrize("command", ["show", "reset"])
async def test_one_who_may_not_manage_sees_and_resets_nothing(admin_bot: AdminHarness, command: str) -> None:
    """Not even for themselves."""
    await admin_bot.movie(duration=10)
    await admin_bot.finish()
    before = admin_bot.snapshot()
    text = ephemeral_text(await admin_bot.forged(admin_bot.alice, f"quota {command}", member=admin_bot.alice))
    assert text == quota_admin.not_allowed(ENGLISH)
    assert admin_bot.snapshot() == before


async def test_a_reset_sets_this_months_use_back(admin_bot: AdminHarness) -> None:
    """Noted with how much it was.

    What runs stays held. The ledger has an adjusting row with who did it.
    """
    await admin_bot.movie(duration=40)
    await admin_bot.finish()
    await admin_bot.movie(duration=5)
    assert format_credits(ENGLISH, 400) in ephemeral_text(await admin_bot.quota("reset", member=admin_bot.alice))
    shown = await admin_bot.quota("show", member=admin_bot.alice)
    assert shown.response is not None
    fields = {field.name: field.value for field in shown.response.embeds[0].fields}
    assert fields[ENGLISH("quota-used-field")] == format_credits(ENGLISH, 0)
    assert fields[ENGLISH("quota-on-hold-field")] == format_credits(ENGLISH, 50)
    assert admin_bot.budget("member") == BudgetTotals(held=50)
    assert admin_bot.budget("plan") == BudgetTotals(used=400, held=50)
    [row] = [row for row in admin_bot.snapshot()["ledger_entries"] if row["entry_type"] == "adjust"]
    assert (row["allowance"], row["actor_id"], row["member_id"]) == (-400, admin_bot.dana.id, admin_bot.alice.id)
    await admin_bot.run_until_idle()
    reset = admin_bot.audit_entries()[-1]
    assert (reset.action, reset.credits) == (AuditAction.RESET_USAGE, 400)
    assert admin_bot.posted()[-1] == audit_entries.audit_entry_text(ENGLISH, reset)
    assert not (await admin_bot.movie(duration=55)).ephemeral
    assert admin_bot.budget("member") == BudgetTotals(held=600)


# ── what can't be ────────────────────────────────────────────────────────────────────────────────────────────────

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
    """Discord's client would not send it."""
    options = {**given(admin_bot, options), "credits": amount}
    with pytest.raises(SetupError, match="must be"):
        await admin_bot.quota(command, **options)
    text = await nothing_changed(admin_bot, command, options)
    assert text == quota_admin.bad_amount(ENGLISH, amount, 1 if command in {"grant", "take"} else 0)
    assert f"{MOST:,}" in text


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


@pytest.mark.parametrize("command", ["grant", "take", "block"])
@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 201])
async def test_a_reason_that_is_none_is_refused(admin_bot: AdminHarness, command: str, reason: str) -> None:
    """Blank or too long: it is kept with the change.

    So it must say something.
    """
    amount = {} if command == "block" else {"credits": 10}
    text = await nothing_changed(admin_bot, command, {"member": admin_bot.bob, **amount, "reason": reason})
    assert text == quota_admin.bad_reason(ENGLISH, reason)


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
    """They could not spend it."""
    admin_bot.guild.remove_member(admin_bot.bob)
    text = await nothing_changed(admin_bot, command, {"member": admin_bot.bob.user, **WITH_MEMBERS[command]})
    assert text == quota_admin.not_a_member(ENGLISH, admin_bot.bob.id)


async def test_what_one_who_left_still_has_can_be_put_in_order(admin_bot: AdminHarness) -> None:
    """Extra credits, limit and block can be removed, and limits shown."""
    await admin_bot.quota(GRANT[0], **given(admin_bot, GRANT[1]))
    await admin_bot.quota("member", member=admin_bot.bob, credits=5)
    await admin_bot.quota("block", member=admin_bot.bob)
    admin_bot.guild.remove_member(admin_bot.bob)
    gone = admin_bot.bob.user
    assert response_text(await admin_bot.quota("show", member=gone)).count("300 ") == 2
    for command, options in (
        ("take", {"credits": 300, "reason": "they left"}),
        ("clear member", {}),
        ("unblock", {}),
    ):
        assert ephemeral_text(
            await admin_bot.quota(command, member=gone, **options)
        ) == audit_entries.change_confirmation(ENGLISH, admin_bot.audit_entries()[-1])
    assert admin_bot.budget("extra", admin_bot.bob) == BudgetTotals()


async def test_reset_of_a_member_who_left_sets_their_use_back(admin_bot: AdminHarness) -> None:
    """They may rejoin within the month."""
    await admin_bot.movie(admin_bot.bob, duration=5)
    await admin_bot.finish()
    admin_bot.guild.remove_member(admin_bot.bob)
    text = ephemeral_text(await admin_bot.quota("reset", member=admin_bot.bob.user))
    reset = admin_bot.audit_entries()[-1]
    assert (reset.action, reset.subject_id, reset.credits) == (AuditAction.RESET_USAGE, admin_bot.bob.id, 50)
    assert text == audit_entries.change_confirmation(ENGLISH, reset)
    assert admin_bot.budget("member", admin_bot.bob) == BudgetTotals()


async def test_more_than_there_is_cannot_be_taken(admin_bot: AdminHarness) -> None:
    """It is told how much could be.

    What is neither spent nor held.
    """
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
    """It existed when the command was typed."""
    data = admin_bot.forgery(admin_bot.dana, f"quota {command}", role=admin_bot.stars, **amount)
    admin_bot.env.backend.delete_role(admin_bot.guild.id, admin_bot.stars.id)
    await admin_bot.env.settle()
    before = admin_bot.snapshot()
    text = ephemeral_text(await admin_bot.send(admin_bot.dana, data))
    assert text == quota_admin.role_gone(ENGLISH, admin_bot.stars.id)
    assert admin_bot.snapshot() == before


async def test_the_role_that_everyone_has_is_the_default(admin_bot: AdminHarness) -> None:
    """One way to say it, not two."""
    text = await nothing_changed(admin_bot, "role", {"role": admin_bot.guild.default_role, "credits": 10})
    assert text == quota_admin.everyone_role(ENGLISH)


@pytest.mark.parametrize("permission", ["view_channel", "send_messages"])
async def test_a_channel_the_bot_cannot_post_in_takes_no_lines(admin_bot: AdminHarness, permission: str) -> None:
    """Said at once, rather than never seen."""
    me = admin_bot.guild.me
    assert me is not None
    overwrite = discord.PermissionOverwrite(**{permission: False})
    quiet = admin_bot.guild.create_text_channel("quiet", overwrites={me: overwrite})
    text = await nothing_changed(admin_bot, "channel", {"channel": quiet})
    assert text == quota_admin.cannot_post_there(ENGLISH, quiet.id)


async def test_a_members_limits_are_shown_with_those_of_their_roles(admin_bot: AdminHarness) -> None:
    """The allowance of the member's role, not the server's default."""
    star = admin_bot.guild.add_member(admin_bot.env.create_user("star"), roles=[admin_bot.stars])
    await admin_bot.quota("default", credits=10)
    await admin_bot.quota("role", role=admin_bot.stars, credits=777)
    assert format_monthly_credits(ENGLISH, 777) in response_text(await admin_bot.quota("show", member=star))
    assert format_monthly_credits(ENGLISH, 10) in response_text(await admin_bot.quota("show", member=admin_bot.bob))


async def test_a_channel_of_another_kind_is_refused_in_words(
    admin_bot: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """Discord's own client offers text channels only.

    A forged one is no error of ours, and is told as what it is.
    """
    before = admin_bot.snapshot()
    voice = admin_bot.guild.create_voice_channel("voice")
    text = ephemeral_text(await admin_bot.forged(admin_bot.dana, "quota channel", channel=voice))
    assert is_invalid_option(text)
    assert admin_bot.snapshot() == before
    assert admin_bot.env.errors
    assert [each for each in caplog.records if each.message == "command_failed"] == []


async def test_without_a_channel_changes_are_kept_and_posted_nowhere(admin_bot: AdminHarness) -> None:
    """Until there is one again.

    Then what comes from then on is posted.
    """
    text = ephemeral_text(await admin_bot.quota("clear channel"))
    assert text == audit_entries.change_confirmation(ENGLISH, admin_bot.audit_entries()[-1])
    await admin_bot.quota("default", credits=10)
    await admin_bot.run_until_idle()
    lines = admin_bot.posted()
    assert "<#" not in response_text(await admin_bot.quota("show"))
    await admin_bot.quota("channel", channel=admin_bot.lines)
    await admin_bot.run_until_idle(1)
    assert len(admin_bot.posted()) == len(lines) + 1
    assert [note["action"] for note in admin_bot.noted()] == [
        "set_audit_channel",
        "set_audit_channel",
        "set_default_limit",
        "set_audit_channel",
    ]


async def test_a_channel_that_was_closed_meanwhile_is_told_in_show_until_it_is_set_again(
    admin_bot: AdminHarness,
) -> None:
    """Its messages reach no one: /quota show says so, and since when."""
    assert "⚠️" not in response_text(await admin_bot.quota("show"))
    lines = f"/channels/{admin_bot.lines.id}/messages"
    admin_bot.env.inject_error("POST", lines, status=403, code=50013)
    await admin_bot.quota("default", credits=10)
    await admin_bot.run_until_idle()
    text = response_text(await admin_bot.quota("show"))
    assert f"{admin_bot.lines.mention}\n⚠️ " in text
    assert f"<t:{admin_bot.clock.now() // 1000}:" in text
    await admin_bot.quota("channel", channel=admin_bot.lines)
    assert "⚠️" not in response_text(await admin_bot.quota("show"))
    posted = len(admin_bot.posted())
    await admin_bot.run_until_idle()
    assert len(admin_bot.posted()) == posted + 1


async def test_a_reason_mentions_no_one_and_stays_on_one_line(admin_bot: AdminHarness) -> None:
    """Whatever is written in it is shown as it was typed."""
    await admin_bot.quota("grant", member=admin_bot.bob, credits=1, reason="@everyone **won**\n# a prize")
    await admin_bot.run_until_idle()
    line = admin_bot.posted()[-1]
    assert "\n" not in line
    assert "\\@everyone" in line
    [sent] = [
        each for each in admin_bot.requests("POST", f"/channels/{admin_bot.lines.id}/") if "everyone" in str(each.json)
    ]
    assert sent.json is not None
    assert sent.json["allowed_mentions"]["parse"] == []


async def nothing_changed(admin_bot: AdminHarness, command: str, options: dict[str, Any]) -> str:
    """Send it as Dana, past the client's checks.

    Hold the bot to a private refusal that changed nothing. Its words.
    """
    await admin_bot.run_until_idle()
    before, lines = admin_bot.snapshot(), admin_bot.posted()
    result: InteractionResult = await admin_bot.forged(admin_bot.dana, f"quota {command}", **options)
    text = ephemeral_text(result)
    await admin_bot.run_until_idle()
    assert admin_bot.snapshot() == before
    assert admin_bot.posted() == lines
    return text
