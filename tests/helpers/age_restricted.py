"""Channels that Discord marks as age-restricted, which SimCord lacks."""

from __future__ import annotations

import pytest
from simcord.backend import serializers
from simcord.builders import ChannelHandle

from tests.helpers.bot_harness import BotHarness


class AgeRestricted:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ids: set[int] = set()
        described = serializers.channel_payload

        def flagged(backend: object, channel: object) -> dict[str, object]:
            payload = dict(described(backend, channel))
            return {**payload, "nsfw": int(str(payload["id"])) in self.ids}

        monkeypatch.setattr(serializers, "channel_payload", flagged)

    async def set(
        self, bot: BotHarness, channel: ChannelHandle, *, restricted: bool = True, announced: bool = True
    ) -> None:
        (self.ids.add if restricted else self.ids.discard)(channel.id)
        if announced:
            bot.env.backend.announce_channel_update(channel.id)
        await bot.env.settle()
