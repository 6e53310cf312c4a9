"""Members who may no longer write in the channel."""

from __future__ import annotations

from datetime import timedelta

import discord
from simcord.actors import MemberActor
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from tests.helpers.bot_harness import BotHarness


def silence(harness: BotHarness, who: MemberActor, how: str) -> None:
    if how == "time-out":
        stored = harness.env.backend.get_member(harness.guild.id, who.id)
        stored.timed_out_until = (discord.utils.utcnow() + timedelta(days=1)).isoformat()
        return
    denied = discord.PermissionOverwrite(**{how: False}).pair()[1]
    own = Overwrite(target_id=who.id, type=OverwriteType.MEMBER, allow=0, deny=denied.value)
    harness.env.backend.get_channel(harness.channel.id).overwrites = [own]
