"""A stranger repeats what is expensive, with a script: the bot does it once, and serves everyone else as before."""

from __future__ import annotations

from typing import Any

import discord

from bot.discord_client.client import Client
from tests.helpers import audit_flood
from tests.helpers.admin_harness import AdminHarness

FLOOD = 5_000


def limit_rate(client: Client, channel_id: int, seconds: float) -> None:
    """Make Discord answer a channel's messages with 429 and this Retry-After."""
    request = client.http.request

    async def limited(route: Any, **how: Any) -> Any:
        if route.method == "POST" and f"/channels/{channel_id}/messages" in route.url:
            raise discord.RateLimited(seconds)
        return await request(route, **how)

    client.http.request = limited


async def test_audit_lines_of_one_servers_flood_hold_up_no_other_servers(admin_bot: AdminHarness) -> None:
    """Server A has 5,000 lines and a channel that Discord limits for five minutes; B's line is posted at once."""
    elsewhere = admin_bot.env.create_guild("Elsewhere")
    flooded = elsewhere.create_text_channel("audit")
    audit_flood.write(admin_bot.path, elsewhere.id, FLOOD, channel_id=flooded.id)
    limit_rate(admin_bot.app.client, flooded.id, 300)
    await admin_bot.quota("channel", channel=admin_bot.lines)
    await admin_bot.run_until_idle()
    assert len(admin_bot.posted()) == 1
    await admin_bot.quota("default", credits=100)
    await admin_bot.run_until_idle(299)
    assert len(admin_bot.posted()) == 2


async def test_a_flood_in_a_forbidden_channel_costs_one_answer_of_403(admin_bot: AdminHarness) -> None:
    """10,000 of them in ten minutes, and Discord bans the bot's address for every server."""
    elsewhere = admin_bot.env.create_guild("Elsewhere")
    forbidden = elsewhere.create_text_channel("audit")
    audit_flood.write(admin_bot.path, elsewhere.id, FLOOD, channel_id=forbidden.id)
    admin_bot.env.inject_error("POST", f"/channels/{forbidden.id}/messages", status=403, code=50001, times=None)
    await admin_bot.run_until_idle()
    assert len(admin_bot.requests("POST", f"/channels/{forbidden.id}/messages")) == 1
