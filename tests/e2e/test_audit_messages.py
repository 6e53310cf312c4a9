"""An audit entry is posted once, however often it is retried, and mentions no one."""

from __future__ import annotations

from tests.helpers.admin_harness import AdminHarness


async def test_each_audit_entry_has_its_own_nonce_which_its_retries_repeat(admin_bot: AdminHarness) -> None:
    """Discord returns the first message instead of posting a second. A reason is free text."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    for _ in range(2):
        await admin_bot.quota("grant", member=admin_bot.alice, credits=5, reason="@everyone <@1>")
    admin_bot.env.inject_error("POST", f"/channels/{admin_bot.lines.id}/messages", status=503, times=2)
    await admin_bot.run_until_idle()
    for _ in range(3):
        await admin_bot.run_until_idle(120)
    sent = [each.json or {} for each in admin_bot.requests("POST", f"/channels/{admin_bot.lines.id}/messages")]
    nonces = [each["nonce"] for each in sent]
    assert (len(admin_bot.posted()), len(nonces), len({*nonces})) == (3, 5, 3)
    assert nonces[:3] == nonces[:1] * 3
    assert all(each["enforce_nonce"] is True and 0 < len(each["nonce"]) <= 25 for each in sent)
    allowed = [each["allowed_mentions"].get(name) for each in sent for name in ("parse", "users", "roles")]
    assert not any(allowed)
