"""Alice's request for more credits, in a server whose log channel is set."""

from __future__ import annotations

from dataclasses import dataclass

import discord
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.ui import credit_requests as ui
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.ledger_checks import Row, query
from tests.helpers.quote_message import QuoteMessage, quoted
from tests.helpers.reading import custom_ids, message_text

TOO_LONG = 70
"""Seconds of a movie that costs 700 credits, of which a member has 600: 300 are asked for."""


@dataclass
class Request:
    """A request's message in the log channel, and its buttons when it was new."""

    bot: AdminHarness
    message_id: int
    buttons: dict[str, str]

    @property
    def message(self) -> discord.Message:
        """The message as it is now."""
        [found] = [each for each in self.bot.lines.history() if each.id == self.message_id]
        return found

    async def press(self, action: str = ui.GRANT, who: MemberActor | None = None) -> InteractionResult:
        """Press a button that the message had, as Dana unless another is named."""
        return await self.bot.press(who or self.bot.dana, self.message_id, self.buttons[action], channel=self.bot.lines)


async def refused(bot: AdminHarness, *, duration: int = TOO_LONG) -> QuoteMessage:
    """Set the log channel, and return the refusal of Alice's order."""
    await bot.quota("channel", channel=bot.lines)
    return await quoted(bot, duration=duration)


async def asked(bot: AdminHarness, *, duration: int = TOO_LONG) -> Request:
    """Ask as Alice, and return the message of the request."""
    refusal = await refused(bot, duration=duration)
    await refusal.press(ui.ASK)
    return await newest(bot)


async def newest(bot: AdminHarness) -> Request:
    """Post what is due, and return the newest request's message."""
    await bot.run_until_idle()
    message = [each for each in bot.lines.history() if each.components][-1]
    return Request(bot, message.id, custom_ids(message))


def rows(bot: AdminHarness) -> list[Row]:
    """Return the requests, the oldest first."""
    return query(bot.path, "SELECT * FROM credit_requests ORDER BY id")


def granted(bot: AdminHarness) -> list[tuple[int, int, int]]:
    """Return member, credits and author of every grant in the ledger."""
    found = query(bot.path, "SELECT * FROM ledger_entries WHERE entry_type = 'grant' ORDER BY id")
    return [(row["member_id"], row["extra"], row["actor_id"]) for row in found]


async def close_direct_messages(bot: AdminHarness, who: MemberActor) -> None:
    """Make Discord refuse direct messages to a member."""
    channel = await bot.app.client.create_dm(discord.Object(who.id))
    bot.env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50007, times=None)


def told_besides(result: InteractionResult) -> str:
    """Return the private message that follows on a press that updated the request's message."""
    [followup] = result.followups
    assert followup.ephemeral
    return message_text(followup)
