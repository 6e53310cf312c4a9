"""What people do on the fake Discord: commands and clicks."""

from collections.abc import Mapping
from typing import Any

from tests.helpers.fake_discord.commands import CommandRegistry
from tests.helpers.fake_discord.gateway import Gateway, Session
from tests.helpers.fake_discord.interactions import Interaction, Interactions, InteractionType
from tests.helpers.fake_discord.messages import Messages
from tests.helpers.fake_discord.models import Answer, Json, find_component
from tests.helpers.fake_discord.primitives import ChangeSignal
from tests.helpers.fake_discord.state import FakeDiscordState


class People:
    state: FakeDiscordState
    channel_id: int
    _bell: ChangeSignal
    _messages: Messages
    _commands: CommandRegistry
    _calls: Interactions
    _gateway: Gateway

    async def send_slash(
        self,
        user_id: int,
        command: str,
        options: Mapping[str, Any] | None = None,
        *,
        channel_id: int | None = None,
        to: str = "one",
        timeout: float = 5.0,
    ) -> Interaction:
        channel = channel_id or self.channel_id
        guild = self.state.channels[channel].guild_id
        name = command.partition(" ")[0]
        await self._bell.until(
            lambda: self._commands.find(name, guild), timeout=timeout, what=f"/{name} to be registered"
        )
        data = self._commands.call(command, options or {}, guild)
        return await self._send(InteractionType.COMMAND, data, user_id, channel, to=to)

    async def slash(
        self,
        user_id: int,
        command: str,
        options: Mapping[str, Any] | None = None,
        *,
        timeout: float = 5.0,
        **where: Any,
    ) -> Answer:
        """`options` go by name. `to="all"` hands the same interaction to every session, as in a deploy's overlap."""
        return await (await self.send_slash(user_id, command, options, timeout=timeout, **where)).answered(
            timeout=timeout
        )

    async def send_component(
        self,
        user_id: int,
        message_id: int,
        name: str,
        *,
        to: str = "one",
    ) -> Interaction:
        message = self._messages.get(message_id)
        part = find_component(message.components, name)
        if part.get("disabled"):
            raise LookupError(f"{name!r} is disabled")
        data = {"custom_id": part["custom_id"], "component_type": part["type"]}
        return await self._send(
            InteractionType.COMPONENT,
            data,
            user_id,
            message.channel_id,
            source_id=message_id,
            to=to,
        )

    async def component(
        self,
        user_id: int,
        message_id: int,
        name: str,
        *,
        timeout: float = 5.0,
        **how: Any,
    ) -> Answer:
        return await (await self.send_component(user_id, message_id, name, **how)).answered(timeout=timeout)

    async def _send(
        self,
        kind: InteractionType,
        data: Json,
        user_id: int,
        channel_id: int,
        *,
        source_id: int | None = None,
        to: str,
    ) -> Interaction:
        guild_id = self.state.channels[channel_id].guild_id
        listeners = self._gateway.listeners(guild_id)
        if not listeners:
            raise LookupError("no bot is connected, or may still resume")
        interaction = self._calls.begin(
            kind,
            data,
            user_id=user_id,
            guild_id=guild_id,
            channel_id=channel_id,
            source_id=source_id,
        )
        chosen: list[Session] = {"all": listeners, "oldest": listeners[:1], "one": listeners[-1:]}[to]
        for session in chosen:
            await session.dispatch("INTERACTION_CREATE", interaction.payload)
        return interaction
