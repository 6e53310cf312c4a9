"""The fake gateway: HELLO, IDENTIFY, RESUME, heartbeats, events and faults."""

import asyncio
import json
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web
from simcord.backend import serializers

from tests.helpers.fake_discord.faults import Break, Close, Cut, Faults, Invalidate, Phase, Refuse, StopHeartbeats
from tests.helpers.fake_discord.interactions import Json
from tests.helpers.fake_discord.state import FakeDiscordState

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, INVALID_SESSION, HELLO, ACK = 0, 1, 2, 6, 9, 10, 11

ENDS_SESSION = {1000, 1001}
"""Codes with which a client ends its session when it closes."""

FORGETS_SESSION = {4003, 4004, 4007, 4009}
"""Close codes after which Discord allows no resume."""


@dataclass(frozen=True)
class Identify:
    token: str
    shard: tuple[int, int] | None
    at: float


class _EndedError(Exception):
    """This connection has ended."""


class _UnansweredError(Exception):
    """This message gets no answer."""


class Session:
    """A session since IDENTIFY. It outlives its connections until it ends."""

    def __init__(self, session_id: str, identify: Identify) -> None:
        self.id = session_id
        self.identify = identify
        self.sent: list[Json] = []
        self.pending_notifications = 0
        self.connection: Connection | None = None
        self.ready = False
        self.established = False

    @property
    def connected(self) -> bool:
        return self.connection is not None and self.ready

    async def settle(self) -> None:
        """Ask for a heartbeat. One with the last event's number shows that the bot has processed every event."""
        self.pending_notifications = len(self.sent)
        if self.connection is not None:
            await self.connection.send({"op": HEARTBEAT, "d": None})

    def hears(self, guild_id: int | None) -> bool:
        """Return whether this session's shard serves a server. None: direct messages."""
        number, count = self.identify.shard or (0, 1)
        return ((guild_id or 0) >> 22) % count == number

    async def dispatch(self, event: str, data: Any) -> None:
        payload = {"op": DISPATCH, "t": event, "s": len(self.sent) + 1, "d": data}
        self.sent.append(payload)
        if self.connection is not None:
            await self.connection.send(payload)


class Connection:
    def __init__(self, socket: web.WebSocketResponse, transport: asyncio.Transport, compress: str | None) -> None:
        self.silent = False
        self.closed_here = False
        self._socket = socket
        self._transport = transport
        self._encode = _encoder(compress) if compress else None
        self._turn = asyncio.Lock()

    async def send(self, payload: Json) -> None:
        async with self._turn:
            if self.silent or self._socket.closed:
                return
            text = json.dumps(payload)
            try:
                if self._encode is None:
                    await self._socket.send_str(text)
                else:
                    await self._socket.send_bytes(self._encode(text.encode()))
            except ConnectionResetError:
                return

    async def close(self, code: int) -> None:
        self.closed_here = True
        await self._socket.close(code=code)

    def cut(self) -> None:
        self._transport.abort()


class Gateway:
    def __init__(self, state: FakeDiscordState, faults: Faults[Break], token: str) -> None:
        self.identifies: list[Identify] = []
        self._state = state
        self._faults = faults
        self._token = token
        self._sessions: dict[str, Session] = {}
        self._connections: set[Connection] = set()

    def connected(self) -> list[Session]:
        return [s for s in self._sessions.values() if s.connected]

    def listeners(self, guild_id: int | None) -> list[Session]:
        """They are the connected ones, else those that may still resume."""
        hearing = [s for s in self._sessions.values() if s.established and s.hears(guild_id)]
        return [s for s in hearing if s.connected] or hearing[-1:]

    async def drop(self, code: int | None) -> None:
        """Close every connection with a code, or without one below the websocket."""
        dropped = set(self._connections)
        for connection in dropped:
            if code is None:
                connection.cut()
            else:
                self._forget(connection, code)
                await connection.close(code)
        await self._state.bell.until(
            lambda: dropped.isdisjoint(self._connections) or None, timeout=15, what="connections to end"
        )

    def cut_all(self) -> None:
        for connection in tuple(self._connections):
            connection.cut()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        effect = self._faults.meet(Phase.CONNECT)
        if isinstance(effect, Refuse) or self._state.stopping.is_set():
            return web.Response(status=effect.status if isinstance(effect, Refuse) else 503)
        transport = request.transport
        if transport is None or isinstance(effect, Cut):
            if transport is not None:
                transport.abort()
            return web.Response()
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        connection = Connection(socket, transport, request.query.get("compress"))
        self._connections.add(connection)
        try:
            await self._greet(effect, connection)
            await self._serve(connection, socket)
        except _EndedError:
            pass
        finally:
            self._leave(connection, socket.close_code)
        return socket

    async def _greet(self, effect: Break | None, connection: Connection) -> None:
        interval = round(self._state.limits.heartbeat_interval * 1000)
        try:
            await self._apply(effect, connection)
            await connection.send({"op": HELLO, "d": {"heartbeat_interval": interval, "_trace": []}})
        except _UnansweredError:
            return

    async def _serve(self, connection: Connection, socket: web.WebSocketResponse) -> None:
        async for frame in socket:
            if connection.silent or frame.type is not WSMsgType.TEXT:
                continue
            try:
                await self._receive(connection, json.loads(frame.data))
            except _UnansweredError:
                continue

    async def _receive(self, connection: Connection, message: Json) -> None:
        if message["op"] == HEARTBEAT:
            self._heard(connection, message["d"])
            await self._phase(Phase.HEARTBEAT, connection)
            await connection.send({"op": ACK})
        elif message["op"] == IDENTIFY:
            await self._identify(connection, message["d"])
        elif message["op"] == RESUME:
            await self._resume(connection, message["d"])

    def _heard(self, connection: Connection, last: int | None) -> None:
        for session in self._held_by(connection):
            if last is not None and last >= session.pending_notifications > 0:
                session.ready = session.established = True
                self._state.bell.ring()

    async def _identify(self, connection: Connection, data: Json) -> None:
        shard = tuple(data["shard"]) if data.get("shard") else None
        identify = Identify(data["token"], shard, time.time())
        self.identifies.append(identify)
        self._state.limits.remaining -= 1
        self._state.bell.ring()
        await self._phase(Phase.IDENTIFY, connection)
        if data["token"] != self._token:
            await connection.close(4004)
            raise _EndedError
        session = Session(f"{self._state.snowflake():x}", identify)
        self._sessions[session.id] = session
        session.connection = connection
        guilds = [g for g in self._state.guilds.values() if session.hears(g.id)]
        ready = {
            "v": 10,
            "user": serializers.user_payload(self._state.bot_user),
            "guilds": [{"id": str(g.id), "unavailable": True} for g in guilds],
            "session_id": session.id,
            "resume_gateway_url": self._state.gateway_address,
            "application": {"id": str(self._state.application_id), "flags": 0},
        }
        await session.dispatch("READY", ready | ({"shard": list(shard)} if shard else {}))
        await self._phase(Phase.READY, connection)
        for guild in guilds:
            await session.dispatch("GUILD_CREATE", self._state.guild_payload(guild))
        await self._phase(Phase.GUILDS, connection)
        await session.settle()

    async def _resume(self, connection: Connection, data: Json) -> None:
        await self._phase(Phase.RESUME, connection)
        session = self._sessions.get(data["session_id"])
        if session is None or data["token"] != self._token:
            await connection.send({"op": INVALID_SESSION, "d": False})
            return
        heard = data["seq"] or 0
        while heard < len(session.sent):
            await connection.send(session.sent[heard])
            heard += 1
        session.connection = connection
        await session.dispatch("RESUMED", {"_trace": []})
        await session.settle()

    async def _phase(self, phase: Phase, connection: Connection) -> None:
        await self._apply(self._faults.meet(phase), connection)

    async def _apply(self, effect: Break | None, connection: Connection) -> None:
        match effect:
            case Close(code):
                self._forget(connection, code)
                await connection.close(code)
                raise _EndedError
            case Cut():
                connection.cut()
                raise _EndedError
            case StopHeartbeats():
                connection.silent = True
                raise _UnansweredError
            case Invalidate(resumable):
                if not resumable:
                    self._forget(connection, 4007)
                await connection.send({"op": INVALID_SESSION, "d": resumable})
                raise _UnansweredError
            case _:
                pass

    def _forget(self, connection: Connection, code: int) -> None:
        if code in FORGETS_SESSION:
            for session in self._held_by(connection):
                del self._sessions[session.id]

    def _leave(self, connection: Connection, code: int | None) -> None:
        self._connections.discard(connection)
        for session in self._held_by(connection):
            session.connection = None
            session.ready, session.pending_notifications = False, 0
            if code in ENDS_SESSION and not connection.closed_here:
                del self._sessions[session.id]
        self._state.bell.ring()

    def _held_by(self, connection: Connection) -> Iterator[Session]:
        return iter([s for s in self._sessions.values() if s.connection is connection])


def _encoder(compress: str) -> Callable[[bytes], bytes]:
    """Return the client's transport compression. One context for the connection, flushed per message."""
    if compress == "zlib-stream":
        deflate = zlib.compressobj()
        return lambda raw: deflate.compress(raw) + deflate.flush(zlib.Z_SYNC_FLUSH)
    if compress != "zstd-stream":
        raise ValueError(f"no client asks for {compress!r}")
    import zstandard  # noqa: PLC0415 - a client that asks for it has it, others need not

    stream = zstandard.ZstdCompressor().compressobj()
    return lambda raw: stream.compress(raw) + stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
