"""/quota: each command as a manager and as a member.

A change is confirmed privately, visible in `show`, kept with who and why, and posted in the staff channel.
"""

from __future__ import annotations

import pytest
from simcord.backend.errors import SetupError

from bot.domain.quota import AuditAction
from bot.ui import audit_entries, quota_admin
from bot.ui.amounts import format_credits, format_monthly_credits
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import CATALOGUE
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quota_cases import CASES, GRANT, IDS, QuotaCase, filled, given
from tests.helpers.reading import ephemeral_text, response_text


@pytest.fixture
async def admin_bot(admin_bot: AdminHarness) -> AdminHarness:
    """A server that Dana runs, with a channel for audit entries."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    await admin_bot.run_until_idle(1)
    return admin_bot


async def shown(admin_bot: AdminHarness, of: str) -> str:
    """What /quota show says."""
    return response_text(await admin_bot.quota("show", **({"member": getattr(admin_bot, of)} if of else {})))


async def set_up(admin_bot: AdminHarness, case: QuotaCase) -> None:
    """Run the commands that the case needs first."""
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
    assert line == audit_entries.audit_entry_text(ENGLISH, change, CATALOGUE)


@pytest.mark.parametrize("case", CASES, ids=IDS)
async def test_one_who_may_not_is_refused_by_discord_and_by_the_bot(admin_bot: AdminHarness, case: QuotaCase) -> None:
    """The menu does not show the command.

    A forged command is refused, and nothing is changed.
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
    """Naming oneself is refused, too."""
    await admin_bot.movie(duration=10)
    await admin_bot.finish()
    before = admin_bot.snapshot()
    text = ephemeral_text(await admin_bot.forged(admin_bot.alice, f"quota {command}", member=admin_bot.alice))
    assert text == quota_admin.not_allowed(ENGLISH)
    assert admin_bot.snapshot() == before


async def test_a_reset_sets_this_months_use_back(admin_bot: AdminHarness) -> None:
    """Held credits stay, and the audit log has the amount.

    The ledger has an adjusting row with the manager's id.
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
    assert admin_bot.posted()[-1] == audit_entries.audit_entry_text(ENGLISH, reset, CATALOGUE)
    assert not (await admin_bot.movie(duration=55)).ephemeral
    assert admin_bot.budget("member") == BudgetTotals(held=600)


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
        ("block", {"hours": 2}),
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


async def test_a_members_limits_are_shown_with_those_of_their_roles(admin_bot: AdminHarness) -> None:
    """The role's allowance counts, not the server's default."""
    star = admin_bot.guild.add_member(admin_bot.env.create_user("star"), roles=[admin_bot.stars])
    await admin_bot.quota("default", credits=10)
    await admin_bot.quota("role", role=admin_bot.stars, credits=777)
    assert format_monthly_credits(ENGLISH, 777) in response_text(await admin_bot.quota("show", member=star))
    assert format_monthly_credits(ENGLISH, 10) in response_text(await admin_bot.quota("show", member=admin_bot.bob))


async def test_without_a_channel_changes_are_kept_and_posted_nowhere(admin_bot: AdminHarness) -> None:
    """Only changes after the next channel is set are posted."""
    await admin_bot.set_staff_channel(None)
    await admin_bot.quota("default", credits=10)
    await admin_bot.run_until_idle()
    lines = admin_bot.posted()
    assert "<#" not in response_text(await admin_bot.quota("show"))
    await admin_bot.set_staff_channel(admin_bot.lines)
    await admin_bot.run_until_idle(1)
    assert len(admin_bot.posted()) == len(lines) + 1
    assert [note["action"] for note in admin_bot.noted()] == [
        "change_setting",
        "change_setting",
        "set_default_limit",
        "change_setting",
    ]


async def test_a_channel_that_was_closed_meanwhile_is_told_in_show_until_it_is_set_again(
    admin_bot: AdminHarness,
) -> None:
    """/quota show says that posts fail, and since when."""
    assert "⚠️" not in response_text(await admin_bot.quota("show"))
    lines = f"/channels/{admin_bot.lines.id}/messages"
    admin_bot.env.inject_error("POST", lines, status=403, code=50013)
    await admin_bot.quota("default", credits=10)
    await admin_bot.run_until_idle()
    text = response_text(await admin_bot.quota("show"))
    assert f"{admin_bot.lines.mention}\n⚠️ " in text
    assert f"<t:{admin_bot.clock.now() // 1000}:" in text
    await admin_bot.set_staff_channel(admin_bot.lines)
    assert "⚠️" not in response_text(await admin_bot.quota("show"))
    posted = len(admin_bot.posted())
    await admin_bot.run_until_idle()
    assert len(admin_bot.posted()) == posted + 1


async def test_a_reason_mentions_no_one_and_stays_on_one_line(admin_bot: AdminHarness) -> None:
    """Markdown and mentions in a reason are escaped."""
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
