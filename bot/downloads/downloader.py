"""Downloads from untrusted URLs: a movie into a temporary file, a picture into memory.

DownloadError (a MatineeError)
├── DownloadForbidden    the rules forbid it, now and at every retry
└── DownloadFailed       DNS, the connection, the status, a timeout, the disk

The address is checked three times: in the URL (`url_policy.violation`), after DNS, and when the socket is created, with
the address that it will connect to. Only the last check is decisive, so a name that resolves differently the second
time gains nothing. Each redirect is checked like a first URL.
"""

from __future__ import annotations

import asyncio
import errno
import os
import re
import secrets
import socket
import stat
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TypeVar
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot import __version__
from bot.core.errors import MatineeError
from bot.domain.pictures import picture_type
from bot.downloads.url_policy import is_public, origin_of, parse_url, redact_url, violation

T = TypeVar("T")

FILE_PREFIX = "matinee-"
"""Prefix of temporary files; the rest is random, and nothing in a name comes from outside."""

_CHUNK_BYTES = 64 * 1024
_BATCH_BYTES = 256 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

_AddressInfo = tuple[int, int, int, str, tuple[object, ...]]
"""The result of getaddrinfo: family, kind, protocol, canonical name and socket address, which begins with the IP."""

_FTYP_HEADER_BYTES = 16
_MAX_FTYP_BYTES = 4096
"""The file type box (ISO/IEC 14496-12, 4.3): size, "ftyp", brand and version are 16 bytes, each further brand 4."""


class DownloadError(MatineeError):
    """A failed download. Its text is a line for the log, without a query string."""


class DownloadForbidden(DownloadError):
    """A URL, or what it leads to, that the rules forbid."""


class DownloadFailed(DownloadError):
    """A movie that was missing, incomplete or too slow."""


@dataclass(frozen=True, slots=True)
class DownloadPolicy:
    """Limits and timeouts of downloads."""

    trusted_origins: frozenset[str] = frozenset()
    """From `parse_origins`: exempt from the rules about https, ports and addresses only."""
    redirects: int = 3
    total_seconds: float = 120.0
    """For a whole movie with its redirects."""
    connect_seconds: float = 10.0
    read_timeout: float = 15.0
    """Between two pieces of a response."""
    max_concurrent: int = 2
    """Further downloads wait; their timeout starts after the wait."""
    folder: Path = field(default_factory=lambda: Path(tempfile.gettempdir()))


class MovieDownloader:
    """Downloads movies. Create it in a running event loop, then `close` it.

    A given `resolver` is not closed. Its results are checked like any other's.
    """

    def __init__(self, policy: DownloadPolicy | None = None, *, resolver: AbstractResolver | None = None) -> None:
        self._policy = policy or DownloadPolicy()
        self._slots = asyncio.Semaphore(self._policy.max_concurrent)
        self._owns_resolver = resolver is None
        self._resolver = resolver or aiohttp.DefaultResolver()
        self._public_session = _session(
            self._policy,
            aiohttp.TCPConnector(
                resolver=_PublicOnlyResolver(self._resolver),
                socket_factory=_public_socket,
                happy_eyeballs_delay=None,  # otherwise aiohttp would try the next address after a refusal
                use_dns_cache=False,
                force_close=True,
            ),
        )
        self._trusted_session = _session(
            self._policy, aiohttp.TCPConnector(resolver=self._resolver, use_dns_cache=False, force_close=True)
        )

    async def close(self) -> None:
        """Close all connections; running and later downloads end with DownloadFailed."""
        await self._public_session.close()
        await self._trusted_session.close()
        if self._owns_resolver:
            await self._resolver.close()

    @asynccontextmanager
    async def download(self, url: str, max_bytes: int) -> AsyncGenerator[Path]:
        """Yield a movie's file of at most `max_bytes`, removed after the block.

        Raises:
            DownloadForbidden: the URL, the size, the encoding or the content breaks the rules.
            DownloadFailed: any other failure.
        """
        path = self._policy.folder / f"{FILE_PREFIX}{secrets.token_hex(16)}.mp4"
        try:
            async with self._slots:
                await self._download(url, lambda response: _save(response, max_bytes, path))
            yield path
        finally:
            with suppress(OSError):  # the download has succeeded anyway
                await _in_thread(partial(path.unlink, missing_ok=True))

    async def fetch_picture(self, url: str, max_bytes: int) -> bytes:
        """Return a picture of at most `max_bytes`.

        Raises:
            DownloadForbidden: the URL, the size, the encoding or the content breaks the rules.
            DownloadFailed: any other failure.
        """
        async with self._slots:
            return await self._download(url, lambda response: _read_picture(response, max_bytes))

    async def _download(self, url: str, read: Callable[[aiohttp.ClientResponse], Awaitable[T]]) -> T:
        """Download and map failures, without their cause: aiohttp's contain whole URLs."""
        if self._public_session.closed:
            raise DownloadFailed("the fetcher is closed")
        try:
            async with asyncio.timeout(self._policy.total_seconds), self._open_response(url) as response:
                return await read(response)
        except (aiohttp.ClientError, OSError, RuntimeError) as exc:
            failure = DownloadFailed(_describe(exc, self._policy))
        raise failure

    @asynccontextmanager
    async def _open_response(self, text: str) -> AsyncGenerator[aiohttp.ClientResponse]:
        """Follow redirects, checking each, and yield the final response."""
        for _ in range(self._policy.redirects + 1):
            url = self._parse_allowed(text)
            session = self._trusted_session if origin_of(url) in self._policy.trusted_origins else self._public_session
            async with session.get(url, allow_redirects=False) as response:
                try:
                    if response.status not in _REDIRECTS:
                        yield response
                        return
                    text = _redirect_target(text, response)
                finally:
                    response.close()
        raise DownloadForbidden(f"more than {self._policy.redirects} redirects")

    def _parse_allowed(self, text: str) -> URL:
        try:
            url = parse_url(text)
            problem = violation(url, self._policy.trusted_origins)
        except ValueError as exc:
            raise DownloadForbidden(f"{redact_url(text)}: {exc}") from None
        if problem:
            raise DownloadForbidden(f"{redact_url(text)}: {problem}")
        return url


class _PublicOnlyResolver(AbstractResolver):
    """Resolves only names whose addresses are all public."""

    def __init__(self, resolver: AbstractResolver) -> None:
        self._resolver = resolver

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Resolve a name.

        Raises:
            DownloadForbidden: one of its addresses is not public.
            OSError: it has none.
        """
        found = await self._resolver.resolve(host, port, family)
        if not found:
            raise OSError(errno.ENOENT, "no address")
        for each in found:
            _require_public(each["host"], host)
        return found

    async def close(self) -> None:
        """Do nothing: the inner resolver belongs to the caller."""


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


def _session(policy: DownloadPolicy, connector: aiohttp.BaseConnector) -> aiohttp.ClientSession:
    """Create a session without cookies, environment proxies and decompression."""
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={
            "User-Agent": f"Matinee/{__version__}",
            "Accept": "video/mp4, image/*, */*",
            "Accept-Encoding": "identity",
        },
        auto_decompress=False,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=policy.connect_seconds, sock_read=policy.read_timeout),
        trust_env=False,
    )


def _redirect_target(text: str, response: aiohttp.ClientResponse) -> str:
    location = response.headers.get("Location")
    if not location:
        raise DownloadFailed(f"the server answered {response.status} without an address")
    try:
        return urljoin(text, location)
    except ValueError:
        refusal = DownloadForbidden("a redirect to what is not an address")
    raise refusal


async def _save(response: aiohttp.ClientResponse, max_bytes: int, path: Path) -> None:
    """Write the body to a new file, off the event loop."""
    _validate_headers(response, max_bytes)
    chunk, batch, written = await _first_bytes(response.content), bytearray(), 0
    await _in_thread(
        partial(path.touch, 0o600, exist_ok=False)
    )  # must be new: an existing file could be another user's link
    while chunk:
        batch += chunk
        if written + len(batch) > max_bytes:
            raise DownloadForbidden(f"more than {max_bytes} bytes")
        if len(batch) >= _BATCH_BYTES:
            await _in_thread(partial(_append, path, batch))
            written, batch = written + len(batch), bytearray()
        chunk = await response.content.read(_CHUNK_BYTES)
    await _in_thread(partial(_append, path, batch))


async def _read_picture(response: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    _validate_headers(response, max_bytes)
    content = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
        content += chunk
        if len(content) > max_bytes:
            raise DownloadForbidden(f"more than {max_bytes} bytes")
    if picture_type(bytes(content)) is None:
        raise DownloadForbidden("not a picture")
    return bytes(content)


def _validate_headers(response: aiohttp.ClientResponse, max_bytes: int) -> None:
    if response.status != HTTPStatus.OK:
        raise DownloadFailed(f"the server answered {response.status}")
    if response.headers.get("Content-Encoding", "").strip().lower() not in {"", "identity"}:
        raise DownloadForbidden("the answer is compressed, though that was not asked for")
    if (response.content_length or 0) > max_bytes:
        raise DownloadForbidden(f"{response.content_length} bytes, and at most {max_bytes} are wanted")


async def _first_bytes(content: aiohttp.StreamReader) -> bytes:
    """Read the header of a file type box, which begins every MP4."""
    try:
        head = await content.readexactly(_FTYP_HEADER_BYTES)
    except asyncio.IncompleteReadError:
        head = b""
    size = int.from_bytes(head[:4], "big")
    if head[4:8] != b"ftyp" or not _FTYP_HEADER_BYTES <= size <= _MAX_FTYP_BYTES or size % 4:
        raise DownloadForbidden("not an MP4")
    return head


def _append(path: Path, batch: bytearray) -> None:
    """Append to an existing file.

    A file that was removed is not created again.
    """
    with path.open("r+b") as file:
        file.seek(0, os.SEEK_END)
        file.write(batch)


async def _in_thread(work: Callable[[], object]) -> None:
    """Run file operations off the event loop.

    A cancellation waits until they are done (at most a MiB), because a file being written can't be removed.
    """
    task = asyncio.ensure_future(asyncio.to_thread(work))
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as exc:
            cancelled = exc
    if cancelled:
        task.exception()  # retrieved, so that asyncio does not log it
        raise cancelled
    task.result()


_REASONS = (
    (aiohttp.ConnectionTimeoutError, "no connection within {policy.connect_seconds:g} s"),
    (aiohttp.ServerTimeoutError, "nothing came for {policy.read_timeout:g} s"),
    (TimeoutError, "not done within {policy.total_seconds:g} s"),
    (aiohttp.ClientConnectorDNSError, "the name is not known"),
    (aiohttp.ClientSSLError, "no trustworthy connection ({detail})"),
    (aiohttp.ClientConnectorError, "no connection ({detail})"),
    ((aiohttp.ClientPayloadError, aiohttp.ServerDisconnectedError, aiohttp.ClientOSError), "the answer broke off"),
    (aiohttp.ClientError, "no answer that can be read ({kind})"),
    (OSError, "the temporary file can't be written ({detail})"),
    (RuntimeError, "the connection was closed on our side"),  # raised by aiohttp and uvloop then
)
"""The first match is logged; aiohttp's own messages can contain a URL with its query."""


def _describe(exc: Exception, policy: DownloadPolicy) -> str:
    kind = type(exc).__name__
    detail = (exc.strerror if isinstance(exc, OSError) else None) or kind
    text = next(text for kinds, text in _REASONS if isinstance(exc, kinds))
    return text.format(policy=policy, kind=kind, detail=detail)


STALE_AFTER_SECONDS = 3600.0
"""Since the last write. A movie is downloaded and sent within minutes, so an older file is not in use, even by
another process."""

_FILE_NAME = re.compile(rf"{re.escape(FILE_PREFIX)}[0-9a-f]{{32}}\.mp4")


def remove_stale(folder: Path, now: float) -> int:
    """Remove stale files from a folder and return their number.

    `now` is in seconds since 1970. Only regular files with this program's names and this user's ownership are removed.

    Raises:
        OSError: the folder can't be read.
    """
    return sum(_remove(path, now) for path in folder.iterdir() if _FILE_NAME.fullmatch(path.name))


def _remove(path: Path, now: float) -> bool:
    try:
        found = path.lstat()
        owned = not hasattr(os, "getuid") or found.st_uid == os.getuid()
        if not (owned and stat.S_ISREG(found.st_mode) and now - found.st_mtime > STALE_AFTER_SECONDS):
            return False
        path.unlink()
    except OSError:  # removed by another process, or no permission
        return False
    return True
