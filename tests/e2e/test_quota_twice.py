"""A change of /quota is made once, whatever happens to the interaction or to its answer."""

from __future__ import annotations

import pytest

from bot.domain.quota import AuditAction, AuditReason
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.bot_harness import response_text
from tests.helpers.ledger_checks import query


async def test_a_grant_that_is_handed_over_twice_is_made_once(
    office: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """Around a deploy Discord may hand the same command to two processes. Only the first one answers."""
    office.duplicate_interactions()
    await office.quota("grant", member=office.bob, credits=100, reason="a prize")
    granted = query(office.path, "SELECT extra FROM ledger_entries WHERE entry_type = 'grant'")
    assert [row["extra"] for row in granted] == [100]
    assert len(query(office.path, "SELECT 1 FROM audit_log WHERE action = 'grant'")) == 1
    assert office.env.errors  # the second one, which changed nothing
    assert [each.message for each in caplog.records if each.levelname in ("WARNING", "ERROR")] == [
        "interaction_duplicate"
    ]
    assert office.requests("POST", "/webhooks/") == []


async def test_a_change_whose_answer_is_lost_is_not_told_as_one_that_failed(office: AdminHarness) -> None:
    """Nobody is asked to try again what was done."""
    office.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    result = await office.quota("grant", member=office.bob, credits=100, reason="a prize")
    assert result.response is None
    assert len(query(office.path, "SELECT 1 FROM ledger_entries WHERE entry_type = 'grant'")) == 1


async def test_a_member_sees_what_was_changed_for_them(office: AdminHarness) -> None:
    """Grants, takes and resets stand on one's own card, with the reason."""
    await office.quota("grant", member=office.bob, credits=100, reason="a prize")
    await office.quota("take", member=office.bob, credits=40, reason="too much")
    text = response_text(await office.bob.slash(office.channel, "credits"))
    assert "given 100 credits extra: a prize" in text
    assert "40 credits of the extra credits taken back: too much" in text


async def test_a_deleted_role_gives_no_allowance_any_more(office: AdminHarness) -> None:
    """It can't be picked to say so, so the bot says it itself."""
    await office.quota("channel", channel=office.lines)
    role = office.guild.create_role("Guests")
    await office.quota("role", role=role, credits=900)
    office.env.backend.delete_role(office.guild.id, role.id)
    await office.env.settle()
    assert query(office.path, "SELECT 1 FROM quota_limits WHERE scope = 'role'") == []
    change = office.noted()[-1]
    assert (change["action"], change["reason_code"]) == (AuditAction.SET_ROLE_LIMIT, AuditReason.ROLE_DELETED)
    await office.run_until_idle()
    assert office.posted()[-1].endswith("Reason: the role was deleted")


async def test_no_command_is_taken_while_the_process_is_about_to_end(office: AdminHarness) -> None:
    """It is told politely, and nothing is held."""
    office.app.client.shutting_down = True
    result = await office.alice.slash(office.channel, "movie", prompt="a red balloon")
    assert result.ephemeral
    assert "restarting" in response_text(result)
    assert query(office.path, "SELECT 1 FROM jobs") == []
