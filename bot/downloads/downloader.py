"""Fetches a finished movie from an address that nobody has vouched for, into a temporary file that is gone afterwards.

DownloadError (a MatineeError)
├── DownloadForbidden    our rules forbid it: it would be refused again
└── DownloadFailed     it did not come: a name, a connection, a status, the time, the disk

Where the address leads is checked three times, and only the last one counts: by reading it (`addresses.objection`),
when its name was resolved, and when a socket is about to be made, with the very address that this socket will be
connected to. So a name that leads elsewhere the second time gains nothing. Each redirect begins anew.
"""

from __future__ import annotations

import asyncio
import errno
import os
import secrets
import socket
import tempfile
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot import __version__
from bot.downloads.url_policy import is_public, origin_of, parse_url, redact_url, violation
from bot.errors import MatineeError

FILE_PREFIX = "matinee-"
"""How our temporary files begin; the rest is random. Nothing in a name comes from outside."""

_CHUNK = 64 * 1024
_BATCH = 256 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200

_AddressInfo = tuple[int, int, int, str, tuple[object, ...]]
"""What getaddrinfo gives: family, kind, protocol, canonical name and socket address, which begins with the IP."""

_FTYP_HEAD = 16
_FTYP_MOST = 4096
"""Bytes of a file type box (ISO/IEC 14496-12, 4.3): size, "ftyp", brand and version are 16, each further brand 4."""


class DownloadError(MatineeError):
    """There is no movie. `reason` is a line for the log, with no query string in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class DownloadForbidden(DownloadError):
    """The address, or what is behind it, is against the rules."""


class DownloadFailed(DownloadError):
    """The movie was not there, or did not come whole and in time."""


@dataclass(frozen=True, slots=True)
class DownloadPolicy:
    """How patient and how trusting to be."""

    trusted_origins: frozenset[str] = frozenset()
    """As `parse_origins` gives them: exempt from the rules about https, ports and addresses, and from no other."""
    redirects: int = 3
    total_seconds: float = 120.0
    """For a whole movie, with its redirects."""
    connect_seconds: float = 10.0
    read_timeout: float = 15.0
    """For the silence between two pieces of an answer."""
    max_concurrent: int = 2
    """Movies on their way at the same time; others wait for their turn, and their time begins then."""
    folder: Path = field(default_factory=lambda: Path(tempfile.gettempdir()))


class MovieDownloader:
    """Fetches movies. Make it inside a running event loop and then `close` it.

    A `resolver` that is handed in is not closed. Its answers are checked like any other's.
    """

    def __init__(self, rules: DownloadPolicy | None = None, *, resolver: AbstractResolver | None = None) -> None:
        self._rules = rules or DownloadPolicy()
        self._turns = asyncio.Semaphore(self._rules.max_concurrent)
        self._resolver_is_ours = resolver is None
        self._resolver = resolver or aiohttp.DefaultResolver()
        self._strangers = _session(
            self._rules,
            aiohttp.TCPConnector(
                resolver=_PublicOnlyResolver(self._resolver),
                socket_factory=_public_socket,
                happy_eyeballs_delay=None,  # or a refusal would only make it try the next address
                use_dns_cache=False,
                force_close=True,
            ),
        )
        self._friends = _session(
            self._rules, aiohttp.TCPConnector(resolver=self._resolver, use_dns_cache=False, force_close=True)
        )

    async def close(self) -> None:
        """Close all connections. A movie on its way ends with DownloadFailed, and so does a later one."""
        await self._strangers.close()
        await self._friends.close()
        if self._resolver_is_ours:
            await self._resolver.close()

    @asynccontextmanager
    async def download(self, url: str, max_bytes: int) -> AsyncGenerator[Path]:
        """Fetch a movie of at most `largest` bytes and yield its file, which is removed when the block is left.

        Raises:
            DownloadForbidden: the address, the size, the encoding or the content is against the rules.
            DownloadFailed: anything else that went wrong.
        """
        path = self._rules.folder / f"{FILE_PREFIX}{secrets.token_hex(16)}.mp4"
        try:
            async with self._turns:
                await self._download(url, max_bytes, path)
            yield path
        finally:
            with suppress(OSError):  # nothing can be done about it, and the movie has been fetched all the same
                await _on_a_thread(partial(path.unlink, missing_ok=True))

    async def _download(self, url: str, max_bytes: int, path: Path) -> None:
        """Do it, and turn every failure into ours; without the one behind it, for aiohttp's hold whole addresses."""
        if self._strangers.closed:
            raise DownloadFailed("the fetcher is closed")
        try:
            async with asyncio.timeout(self._rules.total_seconds), self._answer(url) as response:
                await _save(response, max_bytes, path)
        except (aiohttp.ClientError, OSError, RuntimeError) as exc:
            failure = DownloadFailed(_why(exc, self._rules))
        else:
            return
        raise failure

    @asynccontextmanager
    async def _answer(self, text: str) -> AsyncGenerator[aiohttp.ClientResponse]:
        """Ask, follow redirects each of which is checked like the first address, and yield the answer that is none."""
        for _ in range(self._rules.redirects + 1):
            url = self._checked(text)
            session = self._friends if origin_of(url) in self._rules.trusted_origins else self._strangers
            async with session.get(url, allow_redirects=False) as response:
                try:
                    if response.status not in _REDIRECTS:
                        yield response
                        return
                    text = _next(text, response)
                finally:
                    response.close()
        raise DownloadForbidden(f"more than {self._rules.redirects} redirects")

    def _checked(self, text: str) -> URL:
        try:
            url = parse_url(text)
            problem = violation(url, self._rules.trusted_origins)
        except ValueError as exc:
            raise DownloadForbidden(f"{redact_url(text)}: {exc}") from None
        if problem:
            raise DownloadForbidden(f"{redact_url(text)}: {problem}")
        return url


class _PublicOnlyResolver(AbstractResolver):
    """Answers only for names all of whose addresses are public: an honest name has no other."""

    def __init__(self, names: AbstractResolver) -> None:
        self._names = names

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Resolve a name.

        Raises:
            DownloadForbidden: one of its addresses is not public.
            OSError: it has none.
        """
        found = await self._names.resolve(host, port, family)
        if not found:
            raise OSError(errno.ENOENT, "no address")
        for each in found:
            _require_public(each["host"], host)
        return found

    async def close(self) -> None:
        """Leave the resolver behind it to whoever made it."""


def _public_socket(info: _AddressInfo) -> socket.socket:
    """Create the socket for one address.

    aiohttp calls this for every connection, also to an IP literal, which no resolver sees.

    Raises:
        DownloadForbidden: the address is not public. Not an OSError, because aiohttp tries other addresses after one.
    """
    family, kind, protocol, _, address = info
    _require_public(str(address[0]))
    return socket.socket(family, kind, protocol)


def _require_public(address: str, name: str = "") -> None:
    if not is_public(address):
        leading = f"{redact_url(name)} leads to " if name else ""
        raise DownloadForbidden(f"{leading}{redact_url(address)}, not a public address")


def _session(rules: DownloadPolicy, connector: aiohttp.BaseConnector) -> aiohttp.ClientSession:
    """A session without cookies, and without proxies or passwords from the environment; bytes are left as they came."""
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"Matinee/{__version__}", "Accept": "video/mp4, */*", "Accept-Encoding": "identity"},
        auto_decompress=False,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=rules.connect_seconds, sock_read=rules.read_timeout),
        trust_env=False,
    )


def _next(text: str, response: aiohttp.ClientResponse) -> str:
    location = response.headers.get("Location")
    if not location:
        raise DownloadFailed(f"the server answered {response.status} without an address")
    try:
        return urljoin(text, location)
    except ValueError:
        refusal = DownloadForbidden("a redirect to what is not an address")
    raise refusal


async def _save(response: aiohttp.ClientResponse, max_bytes: int, path: Path) -> None:
    """Write the body to a new file, a quarter of a MiB at a time and never on the event loop."""
    _validate_headers(response, max_bytes)
    chunk, batch, written = await _first_bytes(response.content), bytearray(), 0
    await _on_a_thread(partial(path.touch, 0o600, exist_ok=False))  # so it is ours, and no link of anybody's
    while chunk:
        batch += chunk
        if written + len(batch) > max_bytes:
            raise DownloadForbidden(f"more than {max_bytes} bytes")
        if len(batch) >= _BATCH:
            await _on_a_thread(partial(_append, path, batch))
            written, batch = written + len(batch), bytearray()
        chunk = await response.content.read(_CHUNK)
    await _on_a_thread(partial(_append, path, batch))


def _validate_headers(response: aiohttp.ClientResponse, max_bytes: int) -> None:
    """Read off the head what can be read off it."""
    if response.status != _OK:
        raise DownloadFailed(f"the server answered {response.status}")
    if response.headers.get("Content-Encoding", "").strip().lower() not in {"", "identity"}:
        raise DownloadForbidden("the answer is compressed, though that was not asked for")
    if (response.content_length or 0) > max_bytes:
        raise DownloadForbidden(f"{response.content_length} bytes, and at most {max_bytes} are wanted")


async def _first_bytes(content: aiohttp.StreamReader) -> bytes:
    """Read so much that it must be the beginning of a file type box, as every MP4 has it, or it is none."""
    try:
        head = await content.readexactly(_FTYP_HEAD)
    except asyncio.IncompleteReadError:
        head = b""
    size = int.from_bytes(head[:4], "big")
    if head[4:8] != b"ftyp" or not _FTYP_HEAD <= size <= _FTYP_MOST or size % 4:
        raise DownloadForbidden("not an MP4")
    return head


def _append(path: Path, batch: bytearray) -> None:
    """Add to a file that is there; one that somebody has removed is not begun again in its middle."""
    with path.open("r+b") as file:
        file.seek(0, os.SEEK_END)
        file.write(batch)


async def _on_a_thread(work: Callable[[], object]) -> None:
    """Do something to a file without holding up the event loop.

    A cancellation waits until it is done (a MiB at most), for a file that is still being written can't be removed.
    """
    task = asyncio.ensure_future(asyncio.to_thread(work))
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as exc:
            cancelled = exc
    if cancelled:
        task.exception()  # has been looked at, so asyncio has nothing to report
        raise cancelled
    task.result()


_REASONS = (
    (aiohttp.ConnectionTimeoutError, "no connection within {rules.connect_seconds:g} s"),
    (aiohttp.ServerTimeoutError, "nothing came for {rules.read_timeout:g} s"),
    (TimeoutError, "not done within {rules.total_seconds:g} s"),
    (aiohttp.ClientConnectorDNSError, "the name is not known"),
    (aiohttp.ClientSSLError, "no trustworthy connection ({detail})"),
    (aiohttp.ClientConnectorError, "no connection ({detail})"),
    ((aiohttp.ClientPayloadError, aiohttp.ServerDisconnectedError, aiohttp.ClientOSError), "the answer broke off"),
    (aiohttp.ClientError, "no answer that can be read ({kind})"),
    (OSError, "the temporary file can't be written ({detail})"),
    (RuntimeError, "the connection was closed on our side"),  # what aiohttp and uvloop make of a read or write then
)
"""What went wrong in our words, the first that fits: aiohttp's own can hold an address with its query."""


def _why(exc: Exception, rules: DownloadPolicy) -> str:
    kind = type(exc).__name__
    detail = (exc.strerror if isinstance(exc, OSError) else None) or kind
    text = next(text for kinds, text in _REASONS if isinstance(exc, kinds))
    return text.format(rules=rules, kind=kind, detail=detail)
