"""Alice's request for credits, in a server with a staff channel."""

from __future__ import annotations

import discord
from simcord.actors import MemberActor

from bot.ui import credit_requests as ui
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.bot_harness import BotHarness
from tests.helpers.ledger_checks import Row, query
from tests.helpers.quote_message import QuoteMessage, quoted
from tests.helpers.staff_message import StaffMessage, newest_message

TOO_LONG = 70
"""A movie's length in seconds. It costs 700 credits, of which a member has 600; 300 are asked for."""


class Request(StaffMessage):
    usual = ui.GRANT


async def refused(bot: AdminHarness, *, duration: int = TOO_LONG) -> QuoteMessage:
    await bot.set_staff_channel(bot.lines)
    return await quoted(bot, duration=duration)


async def asked(bot: AdminHarness, *, duration: int = TOO_LONG) -> Request:
    refusal = await refused(bot, duration=duration)
    await refusal.press(ui.ASK)
    return await newest(bot)


async def newest(bot: AdminHarness) -> Request:
    return Request(bot, *await newest_message(bot))


def rows(bot: AdminHarness) -> list[Row]:
    return query(bot.place, "SELECT * FROM credit_requests ORDER BY id")


def granted(bot: AdminHarness) -> list[tuple[int, int, int]]:
    found = query(bot.place, "SELECT * FROM ledger_entries WHERE entry_type = 'grant' ORDER BY id")
    return [(row["member_id"], row["extra"], row["actor_id"]) for row in found]


async def close_direct_messages(bot: BotHarness, who: MemberActor) -> None:
    channel = await bot.app.client.create_dm(discord.Object(who.id))
    bot.env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50007, times=None)
