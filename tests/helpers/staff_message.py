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
        button = self.buttons[action or self.usual]
        return await self.bot.press(who or self.bot.dana, self.message_id, button, channel=self.bot.lines)


async def newest_message(bot: AdminHarness) -> tuple[int, dict[str, str]]:
    """It is returned as its id and its custom_ids by action."""
    await bot.run_until_idle()
    message = [each for each in bot.lines.history() if custom_ids(each)][-1]
    return message.id, custom_ids(message)


def told_besides(result: InteractionResult) -> str:
    [followup] = result.followups
    assert followup.ephemeral
    return message_text(followup)
