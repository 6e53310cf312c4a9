"""A change of /quota is made once, whatever happens to its response."""

from __future__ import annotations

import pytest

from bot.domain.quota import AuditAction, AuditReason
from bot.ui import audit_entries, errors
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import CATALOGUE
from tests.helpers.ledger_checks import query
from tests.helpers.reading import response_text

pytestmark = pytest.mark.both_engines


async def test_a_grant_that_is_handed_over_twice_is_made_once(
    admin_bot: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """Around a deploy Discord may hand the same command to two processes.

    Only the first one answers.
    """
    admin_bot.duplicate_interactions()
    await admin_bot.quota("grant", member=admin_bot.bob, credits=100, reason="a prize")
    granted = query(admin_bot.place, "SELECT extra FROM ledger_entries WHERE entry_type = 'grant'")
    assert [row["extra"] for row in granted] == [100]
    assert len(query(admin_bot.place, "SELECT 1 FROM audit_log WHERE action = 'grant'")) == 1
    assert admin_bot.env.errors  # the second one, which changed nothing
    assert [each.message for each in caplog.records if each.levelname in ("WARNING", "ERROR")] == [
        "interaction_duplicate"
    ]
    assert admin_bot.requests("POST", "/webhooks/") == []


async def test_a_change_whose_response_is_lost_is_not_reported_as_failed(admin_bot: AdminHarness) -> None:
    """The manager must not repeat a change that was made."""
    admin_bot.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    result = await admin_bot.quota("grant", member=admin_bot.bob, credits=100, reason="a prize")
    assert result.response is None
    assert len(query(admin_bot.place, "SELECT 1 FROM ledger_entries WHERE entry_type = 'grant'")) == 1


async def test_a_member_sees_what_was_changed_for_them(admin_bot: AdminHarness) -> None:
    """A member's own /credits lists grants and takes with their reasons."""
    await admin_bot.quota("grant", member=admin_bot.bob, credits=100, reason="a prize")
    await admin_bot.quota("take", member=admin_bot.bob, credits=40, reason="too much")
    text = response_text(await admin_bot.bob.slash(admin_bot.channel, "credits"))
    for credits, reason in ((100, "a prize"), (40, "too much")):
        amount = ENGLISH("units-bonus-credits", credits=credits)
        assert [line for line in text.splitlines() if amount in line and line.endswith(f": {reason}")]


async def test_a_deleted_role_gives_no_allowance_any_more(admin_bot: AdminHarness) -> None:
    """A deleted role can't be picked, so the bot removes the limit."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    role = admin_bot.guild.create_role("Guests")
    await admin_bot.quota("role", role=role, credits=900)
    admin_bot.env.backend.delete_role(admin_bot.guild.id, role.id)
    await admin_bot.env.settle()
    assert query(admin_bot.place, "SELECT 1 FROM quota_limits WHERE scope = 'role'") == []
    change = admin_bot.noted()[-1]
    assert (change["action"], change["reason_code"]) == (AuditAction.SET_ROLE_LIMIT, AuditReason.ROLE_DELETED)
    await admin_bot.run_until_idle()
    assert admin_bot.posted()[-1] == audit_entries.audit_entry_text(ENGLISH, admin_bot.audit_entries()[-1], CATALOGUE)


async def test_no_command_is_taken_while_the_process_is_about_to_end(admin_bot: AdminHarness) -> None:
    """The answer says that the bot restarts, and nothing is held."""
    admin_bot.app.client.shutting_down = True
    result = await admin_bot.alice.slash(admin_bot.channel, "movie", prompt="a red balloon")
    assert result.ephemeral
    assert response_text(result) == errors.restarting(ENGLISH)
    assert query(admin_bot.place, "SELECT 1 FROM jobs") == []
