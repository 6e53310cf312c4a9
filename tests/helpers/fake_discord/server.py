"""The fake Discord's server, which tests control."""

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

from aiohttp import web

from tests.helpers.fake_discord.commands import CommandRegistry
from tests.helpers.fake_discord.faults import Break, Failure, Fault, FaultTable, Phase
from tests.helpers.fake_discord.gateway import Gateway, Session
from tests.helpers.fake_discord.interactions import Interaction, Interactions, InteractionType
from tests.helpers.fake_discord.messages import Messages
from tests.helpers.fake_discord.models import (
    Answer,
    Identify,
    Json,
    Message,
    Request,
    SessionLimits,
    find_component,
)
from tests.helpers.fake_discord.primitives import ChangeSignal, Snowflakes, compile_path
from tests.helpers.fake_discord.redirect import GATEWAY_PATH, gateway_url
from tests.helpers.fake_discord.rest import PREFIX, RestServer
from tests.helpers.fake_discord.routes import Routes
from tests.helpers.fake_discord.state import FakeDiscordState

MIB = 1024 * 1024


class FakeDiscord:
    """A Discord for one bot on 127.0.0.1, an async context manager. Its state outlives `stop()` and `start()`."""

    def __init__(self, *, port: int = 0) -> None:
        self._bell = ChangeSignal()
        fresh_id = Snowflakes()
        self.state = FakeDiscordState(fresh_id)
        self.owner_id = self.state.add_user("olive")
        self.user_id = self.state.add_user("ada")
        self.guild_id = self.state.add_guild("The cinema", self.owner_id)
        self.channel_id = self.state.add_channel(self.guild_id, "movies")
        self.state.join(self.guild_id, self.user_id)
        head = base64.urlsafe_b64encode(str(self.state.application_id).encode()).decode().rstrip("=")
        self.token = f"{head}.L0opBk.{'not-a-real-token-' * 2}padd"
        self.url = ""
        self._faults = FaultTable()
        self._messages = Messages(self.state, fresh_id, self._bell)
        self._commands = CommandRegistry(self.state, fresh_id)
        self._calls = Interactions(self.state, self._messages, fresh_id, self._bell)
        self.limits = SessionLimits()
        self._gateway = Gateway(self.state, self._faults, fresh_id, self._bell, self.token, self.limits)
        self._rest = RestServer(self._faults, self._bell, self.token)
        self._routes = Routes(self.state, self._messages, self._calls, self._commands, self.limits)
        self._routes.join(self._rest)
        self._port = port
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        self._rest.start()
        self._gateway.start()
        app = web.Application(client_max_size=64 * MIB)
        app.router.add_get(GATEWAY_PATH, self._gateway.handle)
        app.router.add_get("/attachments/{channel}/{id}/{name}", self._download)
        app.router.add_route("*", f"{PREFIX}/{{rest:.*}}", self._rest.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        self.url = self._messages.address = f"http://127.0.0.1:{self._port}"
        self._gateway.address = self._routes.gateway_address = gateway_url(self.url)

    async def stop(self) -> None:
        self._rest.stop()
        await self._gateway.stop()
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

    def identifies_of_bucket(self, bucket: int) -> Sequence[Identify]:
        """Return the IDENTIFYs that count together: of every `max_concurrency`th shard."""
        return [i for i in self.identifies if (i.shard or (0, 1))[0] % self.limits.max_concurrency == bucket]

    @property
    def interaction_answers(self) -> Mapping[int, Answer]:
        return self._calls.answers

    @property
    def connected(self) -> int:
        return len(self._gateway.connected())

    def commands(self, guild_id: int | None = None) -> tuple[Json, ...]:
        return self._commands.registered(guild_id)

    def messages(self, channel_id: int | None = None, *, ephemeral: bool = False) -> tuple[Message, ...]:
        """Return a channel's messages, oldest first. None: the first channel's. `ephemeral` adds the private ones."""
        return self._messages.in_channel(channel_id or self.channel_id, ephemeral=ephemeral)

    def message(self, message_id: int) -> Message:
        return self._messages.get(message_id)

    def direct_messages(self, user_id: int) -> tuple[Message, ...]:
        return self._messages.in_channel(self.state.direct_channel(user_id).id)

    def delete_message(self, message_id: int) -> None:
        self._messages.delete(message_id)

    def forget_nonces(self) -> None:
        """Forget which messages were sent, as Discord does after a few minutes."""
        self._messages.forget_nonces()

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
            lambda: next((m for m in self._messages.everywhere() if check(m)), None), timeout=timeout, what=what
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

    # -- what goes wrong ----------------------------------------------------------------------------------------------

    def fail(self, method: str, pattern: str, *, times: int | None = 1, **how: Any) -> Fault[Failure]:
        """`how` are the fields of `Failure`. `*` is a segment, `**` any rest. Faults happen in the order set."""
        return self._faults.fail(method, pattern, Failure(**how), times)

    def break_gateway(self, phase: Phase, effect: Break, *, times: int | None = 1) -> Fault[Break]:
        return self._faults.break_gateway(phase, effect, times)

    async def drop(self, code: int | None = None) -> None:
        """End the open connections. With a close code, or (None) cut below the websocket."""
        await self._gateway.drop(code)

    async def _download(self, request: web.Request) -> web.Response:
        attachment = self._messages.attachment(int(request.match_info["id"]))
        if attachment is None:
            return web.Response(status=404)
        return web.Response(body=attachment.content, content_type=attachment.content_type.partition(";")[0])
