"""An audit entry is posted once, however often it is retried."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.helpers.admin_harness import AdminHarness

MINUTE = 60


def lines(admin_bot: AdminHarness) -> list[Any]:
    """The bodies of all posts of audit entries, failed ones included."""
    return [each.json for each in admin_bot.requests("POST", f"/channels/{admin_bot.lines.id}/messages")]


async def test_a_retried_audit_entry_has_the_same_nonce(admin_bot: AdminHarness) -> None:
    """Discord returns the first message instead of posting a second."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    admin_bot.env.inject_error("POST", f"/channels/{admin_bot.lines.id}/messages", status=503, times=2)
    await admin_bot.run_until_idle()
    for _ in range(3):
        await admin_bot.run_until_idle(2 * MINUTE)
    sent = lines(admin_bot)
    assert len(sent) == 3
    assert len({each["nonce"] for each in sent}) == 1
    assert all(each["enforce_nonce"] is True for each in sent)
    assert 0 < len(sent[0]["nonce"]) <= 25


async def test_each_audit_entry_has_its_own_nonce(admin_bot: AdminHarness) -> None:
    """Two changes at the same time are two entries."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    await admin_bot.quota("default", credits=100)
    await admin_bot.quota("default", credits=100)
    await admin_bot.run_until_idle()
    assert len(admin_bot.posted()) == 3
    assert len({each["nonce"] for each in lines(admin_bot)}) == 3


async def test_an_audit_entry_mentions_no_one(admin_bot: AdminHarness) -> None:
    """The reason is free text, and the entry names members."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    await admin_bot.quota("grant", member=admin_bot.alice, credits=5, reason="@everyone <@1>")
    await admin_bot.run_until_idle()
    for each in lines(admin_bot):
        allowed = each["allowed_mentions"]
        assert [name for name in ("parse", "users", "roles") if allowed.get(name)] == []


async def test_a_change_is_posted_at_once(admin_bot: AdminHarness) -> None:
    """The change wakes the workers, so they don't wait for a poll."""
    posted, http = asyncio.Event(), admin_bot.app.client.http
    request = http.request

    async def noticing(route: Any, **how: Any) -> Any:
        answer = await request(route, **how)
        if route.method == "POST" and f"/channels/{admin_bot.lines.id}/messages" in route.url:
            posted.set()
        return answer

    await admin_bot.app.worker.start()
    http.request = noticing
    try:
        await admin_bot.set_staff_channel(admin_bot.lines)
        async with asyncio.timeout(10):
            await posted.wait()
    finally:
        await admin_bot.app.worker.stop(5)
    assert len(admin_bot.posted()) == 1
