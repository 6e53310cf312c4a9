"""A message in the staff channel with buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import discord
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from tests.helpers.admin_harness import AdminHarness
from tests.helpers.reading import custom_ids, message_text


@dataclass
class StaffMessage:
    """A staff message, and the buttons that it had when new."""

    bot: AdminHarness
    message_id: int
    buttons: dict[str, str]

    usual: ClassVar[str] = ""
    """The default action of a press."""

    @property
    def message(self) -> discord.Message:
        [found] = [each for each in self.bot.lines.history() if each.id == self.message_id]
        return found

    async def press(self, action: str | None = None, who: MemberActor | None = None) -> InteractionResult:
        """Press a button that the message had, by default as Dana."""
        button = self.buttons[action or self.usual]
        return await self.bot.press(who or self.bot.dana, self.message_id, button, channel=self.bot.lines)


async def newest_message(bot: AdminHarness) -> tuple[int, dict[str, str]]:
    """Post what is due, and return the newest message with buttons.

    It is returned as its id and its custom_ids by action.
    """
    await bot.run_until_idle()
    message = [each for each in bot.lines.history() if each.components][-1]
    return message.id, custom_ids(message)


def told_besides(result: InteractionResult) -> str:
    """Return the ephemeral followup of a press that updated the message."""
    [followup] = result.followups
    assert followup.ephemeral
    return message_text(followup)
