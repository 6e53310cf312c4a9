"""Files that members attach, and finished movies and stills as files: links expire, attachments stay."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import aiohttp
import discord
import structlog

from bot.core.clock import Clock
from bot.core.errors import one_line
from bot.domain.delivery import WITH_MOVIE
from bot.domain.jobs import Job, Still
from bot.domain.message import Delivery
from bot.domain.pictures import MAX_PICTURE_BYTES, Picture, to_pictures
from bot.domain.refusal import RefusalCode, Refused
from bot.downloads.downloader import DownloadError, DownloadForbidden, MovieDownloader
from bot.locales.texts import texts_in
from bot.ui.components import Attachment
from bot.ui.storyboards import still_file

_log = structlog.stdlib.get_logger(__name__)

DEFAULT_UPLOAD_LIMIT: Final = 10 * 2**20
"""Bytes that Discord accepts in every server."""

_TIMEOUT_SECONDS: Final = 60.0
"""How long the notification may be delayed by the download, including the wait for a slot."""

_PICTURES_SECONDS: Final = 60
"""For all that a member uploads, of 35 MiB."""

_STILL_SECONDS: Final = 20.0
"""The same of a storyboard, whose pictures are fetched at once, and again where their links have ended."""

_LEAST_STILLS: Final = 3
"""Pictures of a storyboard that fit, however large one of them may be."""

_MESSAGE_OVERHEAD: Final = 64 * 1024
"""Bytes for the rest of a message beside its file."""

_TTL_MS: Final = 3_600_000
"""Boost levels change rarely, and a file that is too large is sent as a link."""

_MAX_CACHED: Final = 1000


class Attachments:
    """Decides whether a movie is attached, and downloads it.

    `max_bytes(guild_id)` returns a server's upload limit; 0 attaches nothing.
    """

    def __init__(self, downloader: MovieDownloader, max_bytes: Callable[[int], Awaitable[int]]) -> None:
        self._downloader = downloader
        self._max_bytes = max_bytes

    @contextlib.asynccontextmanager
    async def open_for(self, delivery: Delivery) -> AsyncGenerator[Path | None]:
        """Yield a finished movie's file, None where only the link is sent.

        The file is removed at the end of the block.
        """
        job, retried = delivery.job, delivery.attempts > 1  # it was downloaded twice already, so send the link only
        is_sent = not retried and delivery.type in WITH_MOVIE and job.movie_url is not None
        max_bytes = await self._max_bytes(job.guild_id) - _MESSAGE_OVERHEAD if is_sent else 0
        path: Path | None = None
        async with contextlib.AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(_TIMEOUT_SECONDS):
                    if job.movie_url is not None and max_bytes > 0:
                        path = await stack.enter_async_context(self._downloader.download(job.movie_url, max_bytes))
            except (DownloadError, TimeoutError) as exc:
                _log.warning("attachment_skipped", job_id=job.id, error=str(exc) or type(exc).__name__)
            yield path

    async def stills_of(self, job: Job, stills: Sequence[Still], *, spoiler: bool) -> tuple[Attachment, ...]:
        """Download a storyboard's stills, as many as there are and fit, the first ones first: their links end."""
        room, texts = await self._room(job.guild_id), texts_in(job.server_language)
        largest = max(room // max(1, len(stills)), room // _LEAST_STILLS)
        found = await asyncio.gather(*(self._still(job, still, largest) for still in stills))
        fitting = _that_fit(found, room)
        return tuple(still_file(texts, stills[place], content, spoiler=spoiler) for place, content in fitting)

    async def pictures_of(self, job: Job, pictures: Sequence[Picture], *, spoiler: bool) -> tuple[Attachment, ...]:
        """Return the files of a movie's pictures, as many as fit a message, the first ones first."""
        fitting = _that_fit([each.content for each in pictures], await self._room(job.guild_id))
        return tuple(
            Attachment(f"picture-{place + 1}.{pictures[place].type}", content, spoiler=spoiler, is_media=True)
            for place, content in fitting
        )

    async def _room(self, guild_id: int) -> int:
        """Return how many bytes of pictures a message takes in a server, and in most others."""
        limit = min(await self._max_bytes(guild_id) or DEFAULT_UPLOAD_LIMIT, DEFAULT_UPLOAD_LIMIT)
        return limit - _MESSAGE_OVERHEAD

    async def _still(self, job: Job, still: Still, max_bytes: int) -> bytes | None:
        try:
            async with asyncio.timeout(_STILL_SECONDS):
                return await self._downloader.fetch_picture(still.url, max_bytes)
        except (DownloadError, TimeoutError) as exc:
            _log.warning("still_skipped", job_id=job.id, scene=still.scene, error=str(exc) or type(exc).__name__)
            return None


def _that_fit(contents: Sequence[bytes | None], room: int) -> Iterator[tuple[int, bytes]]:
    """Yield the places and contents of those that fit together."""
    for place, content in enumerate(contents):
        if content is not None and len(content) <= room:
            room -= len(content)
            yield place, content


class PictureUploads:
    """Fetches the pictures that members upload.

    `turns` is for two orders at a time, from the first byte until they are kept: a hundred MiB may be in memory.
    """

    def __init__(self, downloader: MovieDownloader) -> None:
        self._downloader = downloader
        self.turns = asyncio.Semaphore(2)

    async def fetch(self, prefix: str, files: Sequence[discord.Attachment]) -> tuple[Picture, ...] | Refused:
        """Return the pictures in files, or why they can't be used. Their ids are the prefix and their number."""
        contents: list[bytes] = []
        try:
            async with asyncio.timeout(_PICTURES_SECONDS):
                for file in files:
                    content = await self._downloader.fetch_picture(file.url, MAX_PICTURE_BYTES)
                    contents.append(content)
        except (DownloadError, TimeoutError) as exc:
            _log.warning("picture_not_read", error=str(exc) or type(exc).__name__)
            is_forbidden = isinstance(exc, DownloadForbidden)
            code: RefusalCode = "pictures-not-a-picture" if is_forbidden else "pictures-not-read"
            return Refused(code, {"number": len(contents) + 1})
        return to_pictures(prefix, contents)


async def read_upload(client: discord.Client, file: discord.Attachment | discord.UnfurledMediaItem) -> bytes | None:
    """Return a file's content.

    None where Discord does not hand it over, which is logged.
    """
    try:
        return await client.http.get_from_cdn(file.url)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as exc:
        _log.warning("upload_not_read", error=one_line(exc))
        return None


class UploadLimits:
    """The upload limits of servers, in bytes, read over REST: the worker has no cache of servers."""

    def __init__(self, client: discord.Client, clock: Clock, fixed: int | None = None) -> None:
        self._client = client
        self._clock = clock
        self._fixed = fixed
        self._cached: dict[int, tuple[int, int]] = {}

    async def get(self, guild_id: int) -> int:
        """Return the fixed limit; else a server's, or the default if Discord gives none."""
        if self._fixed is not None:
            return self._fixed
        now = self._clock.now()
        fetched_at, limit = self._cached.get(guild_id, (now - _TTL_MS, 0))
        if 0 <= now - fetched_at < _TTL_MS:  # below 0: the clock was set back
            return limit
        try:
            guild = await self._client.fetch_guild(guild_id, with_counts=False)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as exc:
            _log.warning("upload_limit_unavailable", guild_id=guild_id, error=str(exc))
            return DEFAULT_UPLOAD_LIMIT
        if len(self._cached) >= _MAX_CACHED:
            self._cached.clear()
        self._cached[guild_id] = (now, guild.filesize_limit)
        return guild.filesize_limit
