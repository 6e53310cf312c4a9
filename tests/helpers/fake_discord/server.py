"""The fake Discord's server, which tests control."""

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

from aiohttp import web
from discord import ComponentType
from simcord.backend.models import Message
from simcord.components import walk_components
from simcord.enums import InteractionType
from simcord.interactions import nest_options, walk_to_subcommand

from bot.ui.components import parse_custom_id
from tests.helpers.fake_discord.faults import Break, Failure, Fault, Faults, Phase
from tests.helpers.fake_discord.gateway import Gateway, Identify, Session
from tests.helpers.fake_discord.interactions import Answer, Interaction, Json
from tests.helpers.fake_discord.primitives import ChangeSignal, compile_path
from tests.helpers.fake_discord.redirect import GATEWAY_PATH, gateway_url
from tests.helpers.fake_discord.rest import PREFIX, Request, RestServer
from tests.helpers.fake_discord.state import FakeDiscordState

MIB = 1024 * 1024


class FakeDiscord:
    """A Discord for one bot on 127.0.0.1, an async context manager. Its state outlives `stop()` and `start()`."""

    def __init__(self, port: int = 0) -> None:
        self._bell = ChangeSignal()
        self.state = FakeDiscordState(self._bell)
        self.owner_id = self.state.add_user("olive")
        self.user_id = self.state.add_user("ada")
        self.guild_id = self.state.add_guild("The cinema", self.owner_id)
        self.channel_id = self.state.add_channel(self.guild_id, "movies")
        self.state.join(self.guild_id, self.user_id)
        head = base64.urlsafe_b64encode(str(self.state.application_id).encode()).decode().rstrip("=")
        self.token = f"{head}.L0opBk.{'not-a-real-token-' * 2}padd"
        self.url = ""
        self._rest_faults, self._gateway_faults = Faults[Failure](), Faults[Break]()
        self._gateway = Gateway(self.state, self._gateway_faults, self.token)
        self._rest = RestServer(self.state, self._rest_faults, self.token)
        self.limits = self.state.limits
        self._port = port
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        self.state.stopping.clear()
        app = web.Application(client_max_size=64 * MIB)
        app.router.add_get(GATEWAY_PATH, self._gateway.handle)
        app.router.add_route("*", f"{PREFIX}/{{rest:.*}}", self._rest.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self._port}"
        self.state.gateway_address = gateway_url(self.url)

    async def stop(self) -> None:
        self.state.stopping.set()
        self._gateway.cut_all()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    # -- what happened ------------------------------------------------------------------------------------------------

    @property
    def requests(self) -> Sequence[Request]:
        return tuple(self._rest.requests)

    @property
    def identifies(self) -> Sequence[Identify]:
        return tuple(self._gateway.identifies)

    @property
    def interaction_answers(self) -> Mapping[int, Answer]:
        return {each.id: each.answer for each in self.state.begun.values() if each.answer is not None}

    @property
    def connected(self) -> int:
        return len(self._gateway.connected())

    def commands(self) -> list[Json]:
        return [*self.state.commands.get(None, {}).values()]

    def messages(self, channel_id: int | None = None, *, ephemeral: bool = False) -> tuple[Message, ...]:
        """Return a channel's messages, oldest first. None: the first channel's. `ephemeral` adds the private ones."""
        posted = self.state.messages[channel_id or self.channel_id].values()
        return tuple(each for each in posted if ephemeral or not each.is_ephemeral)

    def direct_messages(self, user_id: int) -> tuple[Message, ...]:
        return self.messages(self.state.get_dm_channel(user_id).id)

    # -- waiting ------------------------------------------------------------------------------------------------------

    async def ready(self, n: int = 1, *, timeout: float = 10.0) -> None:
        """Wait until exactly `n` sessions are connected and loaded. 0: until all are gone."""
        await self._bell.until(lambda: self.connected == n or None, timeout=timeout, what=f"{n} connected sessions")

    async def until(self, check: Callable[[], Any], *, timeout: float = 10.0, what: str = "a change") -> Any:
        """Wait until `check` is true, and return its result. It is called at each change."""
        return await self._bell.until(lambda: check() or None, timeout=timeout, what=what)

    async def wait_for_message(
        self, check: Callable[[Message], bool], *, timeout: float = 10.0, what: str = "a message"
    ) -> Message:
        """Wait for a message for which `check` holds, anywhere, ephemeral or not. An old one counts too."""
        return await self._bell.until(
            lambda: next((m for m in self.state.everything_posted() if check(m)), None), timeout=timeout, what=what
        )

    async def wait_for_request(self, method: str, pattern: str, *, n: int = 1, timeout: float = 10.0) -> Request:
        """Wait until the nth such request has arrived. It may still be held; patterns as in `fail`."""
        compiled = compile_path(pattern)

        def nth() -> Request | None:
            found = [r for r in self._rest.requests if r.method == method and compiled.fullmatch(r.path)]
            return found[n - 1] if len(found) >= n else None

        return await self._bell.until(nth, timeout=timeout, what=f"{method} {pattern} number {n}")

    # -- what people do -----------------------------------------------------------------------------------------------

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
        """LookupError, where a client would refuse the options."""
        channel = channel_id or self.channel_id
        guild = self.state.channels[channel].guild_id
        name, *path = command.split()
        root = await self._bell.until(
            lambda: self.state.find_command(name, guild), timeout=timeout, what=f"/{name} to be registered"
        )
        leaf, nesting = walk_to_subcommand(root, path)
        kinds = {option["name"]: option["type"] for option in leaf.get("options", [])}
        given = [{"name": key, "type": kinds[key], "value": value} for key, value in (options or {}).items()]
        data = {"id": root["id"], "name": name, "type": 1, "options": nest_options(root, nesting, given)}
        return await self._send(InteractionType.APPLICATION_COMMAND, data, user_id, channel, to=to)

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
        sent = await self.send_slash(user_id, command, options, timeout=timeout, **where)
        return await sent.answered(timeout=timeout)

    async def send_component(self, user_id: int, message_id: int, name: str, *, to: str = "one") -> Interaction:
        """Press the button with this label or custom_id, which an older message may have.

        LookupError, where there is none, or it is disabled.
        """
        message = self.state.message(message_id)
        for part in walk_components(message.components):
            if name in (part.get("custom_id"), part.get("label")) and not part.get("disabled"):
                data = {"custom_id": part["custom_id"], "component_type": part["type"]}
                kind = InteractionType.MESSAGE_COMPONENT
                return await self._send(kind, data, user_id, message.channel_id, to=to, source=message)
        if parse_custom_id(name):
            data = {"custom_id": name, "component_type": ComponentType.button.value}
            return await self._send(
                InteractionType.MESSAGE_COMPONENT, data, user_id, message.channel_id, to=to, source=message
            )
        raise LookupError(f"{name!r} is not in {message.components}")

    async def _send(
        self,
        kind: InteractionType,
        data: Json,
        user_id: int,
        channel_id: int,
        *,
        to: str,
        source: Message | None = None,
    ) -> Interaction:
        listeners = self._gateway.listeners(self.state.channels[channel_id].guild_id)
        if not listeners:
            raise LookupError("no bot is connected, or may still resume")
        interaction = self.state.begin(kind, data, user_id, channel_id, source)
        chosen: list[Session] = {"all": listeners, "oldest": listeners[:1], "one": listeners[-1:]}[to]
        for session in chosen:
            await session.dispatch("INTERACTION_CREATE", interaction.payload)
        return interaction

    # -- what goes wrong ----------------------------------------------------------------------------------------------

    def fail(self, method: str, pattern: str, *, times: int | None = 1, **how: Any) -> Fault[Failure]:
        """`how` are the fields of `Failure`. `*` is a segment, `**` any rest. Faults happen in the order set."""
        path = compile_path(pattern)

        def fits(asked: str, where: str) -> bool:
            return method in {asked, "*"} and path.fullmatch(where) is not None

        return self._rest_faults.add(fits, Failure(**how), times)

    def break_gateway(self, phase: Phase, effect: Break, *, times: int | None = 1) -> Fault[Break]:
        return self._gateway_faults.add(lambda met: met is phase, effect, times)

    async def drop(self, code: int | None = None) -> None:
        """End the open connections. With a close code, or (None) cut below the websocket."""
        await self._gateway.drop(code)
