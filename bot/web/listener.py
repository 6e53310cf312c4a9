"""Accepts connections within the limits, which count a caller by the address that trusted proxies report.

A flood takes no descriptor that the bot needs. The event loop's own servers accept all that wait before the program can
close any, which a flood can keep up until no descriptor is left. This one accepts one connection at a time and closes
it at once where a limit is reached.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import functools
import socket
import sys
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final, Self, cast

import structlog

from bot.domain.rate_limit import RateLimiter

if sys.platform != "win32":
    import resource

_log = structlog.stdlib.get_logger(__name__)

Networks = Sequence[IPv4Network | IPv6Network]
Address = IPv4Address | IPv6Address

_IPV6_INTERFACE_BITS = 64
"""A provider hands out a /64 and more, so one caller has all addresses of a /64."""

IDLE_SECONDS: Final = 15.0
"""For a request to arrive, and for its response to be read."""

_BACKLOG: Final = 128
_PAUSE_SECONDS: Final = 1.0
"""After a failed accept: without a descriptor, the next attempt would fail at once, too."""

_SHORTAGES: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.EBADF, errno.EINVAL})
"""Failures of this machine. On Linux, accept also fails for errors of the one connection, which change nothing."""

_NOT_HERE: Final = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})
"""A host name may have addresses of a kind that this machine does not use."""

_MAX_CONNECTIONS: Final = 512
"""A callback takes milliseconds, so more at once is a flood."""

_MIN_CONNECTIONS: Final = 4


class Refusal(StrEnum):
    """The limit that a new connection would exceed."""

    TOTAL = "total"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How many connections may be open.

    In all, from untrusted addresses together, and from each of them. The limit in all comes from the process's
    descriptors, so that the database, Discord and the API always get theirs. Behind a proxy, all connections come from
    the proxy's address. So TRUSTED_PROXIES and loopback, which only this machine can use, have no limit of their own,
    and a quarter of all connections is theirs alone.
    """

    total: int
    strangers: int
    per_address: int

    @classmethod
    def for_descriptors(cls, descriptors: int | None) -> Self:
        """Return the limits for a process with this many descriptors.

        None: any number. At most half of them are used, because the rest of the process needs about 60 under load.
        """
        half = _MAX_CONNECTIONS if descriptors is None else descriptors // 2
        total = max(_MIN_CONNECTIONS, min(_MAX_CONNECTIONS, half))
        return cls(total=total, strangers=total - total // 4, per_address=max(1, total // 8))


WITHOUT_DESCRIPTOR_LIMIT: Final = ConnectionLimits.for_descriptors(None)


def descriptor_limit() -> int | None:
    """Return how many descriptors this process may have open.

    None where there is no limit.
    """
    if sys.platform == "win32":
        return None
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if soft == resource.RLIM_INFINITY else soft


class ConnectionCounter:
    """Counts open connections against the limits."""

    def __init__(self, limits: ConnectionLimits, proxies: Networks = ()) -> None:
        self._limits = limits
        self._proxies = proxies
        self._by_address: Counter[str] = Counter()
        self._open = 0

    def admit(self, address: str) -> Refusal | None:
        """Count a new connection.

        Where a limit refuses it, return the limit and count nothing.
        """
        if self._open >= self._limits.total:
            return Refusal.TOTAL
        if not self._is_trusted(address):
            if self._by_address.total() >= self._limits.strangers:
                return Refusal.TOTAL
            key = limit_key(address)
            if self._by_address[key] >= self._limits.per_address:
                return Refusal.ADDRESS
            self._by_address[key] += 1
        self._open += 1
        return None

    def release(self, address: str) -> None:
        """Count the end of an admitted connection."""
        self._open -= 1
        if not self._is_trusted(address):
            key = limit_key(address)
            self._by_address[key] -= 1
            if not self._by_address[key]:
                del self._by_address[key]

    def _is_trusted(self, address: str) -> bool:
        parsed = parse_address(address)
        return is_loopback(address) or (parsed is not None and is_within(parsed, self._proxies))


class Acceptor:
    """Accepts connections for protocols made by `make_protocol`.

    `on_refusal` is called for each connection that a limit refuses. `now` is in seconds.
    """

    def __init__(
        self,
        make_protocol: Callable[[], asyncio.Protocol],
        counter: ConnectionCounter,
        on_refusal: Callable[[Refusal], object],
        *,
        now: Callable[[], float],
        sleep: Callable[[float], Awaitable[object]],
    ) -> None:
        self._make_protocol = make_protocol
        self._counter = counter
        self._on_refusal = on_refusal
        self._sleep = sleep
        self._log_limit = RateLimiter(1 / 60, 1, now)
        self._unlogged = 0

    async def run(self, listener: socket.socket) -> None:
        """Accept connections forever."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                accepted, peer = await loop.sock_accept(listener)
            except OSError as exc:
                if exc.errno in _SHORTAGES:
                    if self._log_limit.allow("failed"):
                        _log.error("http_accept_failed", error=exc.strerror or str(exc))
                    await self._sleep(_PAUSE_SECONDS)
            else:
                await self._accept(accepted, str(peer[0]))
            await asyncio.sleep(0)  # what waits is accepted without a pause, which would starve all other tasks

    async def _accept(self, accepted: socket.socket, address: str) -> None:
        refusal = self._counter.admit(address)
        if refusal is not None:
            accepted.close()
            self._on_refusal(refusal)
            self._unlogged += 1
            if self._log_limit.allow("refused"):
                _log.warning("http_connections_refused", limit=refusal.value, address=address, refused=self._unlogged)
                self._unlogged = 0
            return
        release = functools.partial(self._counter.release, address)
        try:
            connection = GuardedConnection(self._make_protocol(), release)
        except Exception:  # noqa: BLE001 (what one connection raises must not end the port)
            _log.exception("http_connection_failed")
            accepted.close()
            release()
            return
        try:
            await asyncio.get_running_loop().connect_accepted_socket(lambda: connection, accepted)
        except OSError:  # the peer has reset it
            accepted.close()
            connection.end()


class GuardedConnection(asyncio.Protocol):
    """A connection that ends where its peer does not read the responses.

    aiohttp itself closes one that sends no whole request, but waits forever for a response to be read. `on_end` is
    called once.
    """

    def __init__(self, protocol: asyncio.Protocol, on_end: Callable[[], object]) -> None:
        self._protocol = protocol
        self._on_end: Callable[[], object] | None = on_end
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None

    def end(self) -> None:
        """Report the end, if that was not done yet."""
        on_end, self._on_end = self._on_end, None
        if on_end is not None:
            on_end()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio.Protocol."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(high=0)  # so that writing is paused until all of it was sent
        self._protocol.connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """See asyncio.Protocol."""
        self._stop_timer()
        self.end()
        self._protocol.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """See asyncio.Protocol."""
        self._protocol.data_received(data)

    def eof_received(self) -> bool | None:
        """See asyncio.Protocol."""
        return self._protocol.eof_received()

    def pause_writing(self) -> None:
        """See asyncio.Protocol."""
        assert self._transport is not None, "only an open connection is written to"
        self._timer = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._transport.abort)
        self._protocol.pause_writing()

    def resume_writing(self) -> None:
        """See asyncio.Protocol."""
        self._stop_timer()
        self._protocol.resume_writing()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


@contextlib.asynccontextmanager
async def listen(host: str, port: int, acceptor: Acceptor) -> AsyncGenerator[int]:
    """Accept connections until the end of the block; yields the port.

    Raises:
        OSError, UnicodeError: the host does not exist, or the port is taken.
    """
    with contextlib.ExitStack() as stack:
        listeners = [stack.enter_context(each) for each in await _bind(host, port)]
        accepting = [asyncio.create_task(acceptor.run(each), name="accept") for each in listeners]
        try:
            yield listeners[0].getsockname()[1]
        finally:
            for each in accepting:
                each.cancel()
            await asyncio.gather(*accepting, return_exceptions=True)


async def _bind(host: str, port: int) -> list[socket.socket]:
    """Listen on every address of a host."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    with contextlib.ExitStack() as stack:
        listeners: list[socket.socket] = []
        missing: OSError | None = None
        for family, address in dict.fromkeys((family, address) for family, _, _, _, address in found):
            try:
                listener = socket.create_server(cast("tuple[str, int]", address), family=family, backlog=_BACKLOG)
            except OSError as exc:
                if exc.errno not in _NOT_HERE:
                    raise
                missing = exc
            else:
                listener.settimeout(0)
                listeners.append(stack.enter_context(listener))
        if not listeners:
            raise missing or OSError(errno.EADDRNOTAVAIL, "no address to listen on")
        stack.pop_all()
    return listeners


def client_ip(remote: str | None, forwarded_for: Sequence[str], trusted: Networks) -> str:
    """Return the address that a request is counted against.

    `forwarded_for` are the values of X-Forwarded-For. Each proxy appends the address of its caller, so the list is read
    from the right for as long as the reporting address is a trusted proxy. What is further left can be forged.
    """
    hop = parse_address(remote or "")
    hops = [each for value in forwarded_for for each in value.split(",")]
    while hop is not None and is_within(hop, trusted) and hops:
        before = parse_address(hops.pop())
        if before is None:
            break
        hop = before
    return str(hop or remote or "")


def limit_key(address: str) -> str:
    """Return an address as limits count it: IPv6 by its /64."""
    parsed = parse_address(address)
    if isinstance(parsed, IPv6Address):
        return f"{int(parsed) >> _IPV6_INTERFACE_BITS:x}/64"
    return str(parsed or address)


def is_loopback(address: str | None) -> bool:
    """Return whether an address is loopback, also in IPv4-mapped form."""
    parsed = parse_address(address or "")
    return parsed is not None and parsed.is_loopback


def is_loopback_host(host: str) -> bool:
    """Return whether a host, with or without a port, is localhost or a loopback address."""
    return host.lower().partition(":")[0] == "localhost" or is_loopback(host)


def is_within(address: Address, networks: Networks) -> bool:
    """Return whether an address lies in one of the networks."""
    return any(address in network for network in networks)


def parse_address(text: str) -> Address | None:
    """Parse an address with an optional port; IPv4-mapped IPv6 becomes IPv4."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
