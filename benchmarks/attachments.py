"""Attaching eight 10 MiB movies at the same time.

They are downloaded from and uploaded to a loopback server.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator

from aiohttp import BodyPartReader, web

from benchmarks.harness import Row, Size, Spread, check, interleaved, ratios
from benchmarks.subprocesses import run_module

_AT_ONCE = 8
_MOVIE = 10 * 2**20 - 65 * 1024
"""Bytes of the largest movie that fits, with room for the rest of the message."""

_HEAD = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41"
_CHUNK = 64 * 1024


class _Host:
    """Serves movies of any size and accepts uploads.

    `taken` are the uploaded sizes.
    """

    def __init__(self) -> None:
        self.taken: list[int] = []

    async def movie(self, request: web.Request) -> web.StreamResponse:
        """Send `size` bytes that begin as an MP4 does."""
        size = int(request.match_info["size"])
        response = web.StreamResponse(headers={"Content-Type": "video/mp4", "Content-Length": str(size)})
        await response.prepare(request)
        await response.write(_HEAD)
        left = size - len(_HEAD)
        while left:
            left -= len(chunk := bytes(min(left, _CHUNK)))
            await response.write(chunk)
        return response

    async def upload(self, request: web.Request) -> web.Response:
        """Read the only part of a multipart form."""
        size = 0
        part = await (await request.multipart()).next()
        assert isinstance(part, BodyPartReader)
        while chunk := await part.read_chunk(_CHUNK):
            size += len(chunk)
        self.taken.append(size)
        return web.json_response({})


async def measure(size: Size) -> list[Row]:
    """Measure both implementations alternately, each in a subprocess."""
    movie = size.of(_MOVIE, 200_000)
    pauses: list[float] = []
    async with _serving() as (host, address):

        async def over_idle(kind: str) -> float:
            host.taken.clear()
            output = await run_module("benchmarks.attachments_child", kind, address, str(_AT_ONCE), str(movie))
            check("sizes of the uploads", sorted(host.taken), [4096, *[movie] * _AT_ONCE])
            if kind == "ours":
                pauses.append(output["pause"])
            return output["over_idle"] / 2**20

        ours, theirs = await interleaved(size.rounds, lambda: over_idle("ours"), lambda: over_idle("memory"))
    ratio, pause = ratios(ours, theirs), Spread.over(pauses)
    return [
        Row(
            f"attaching {_AT_ONCE} movies of {movie / 2**20:.0f} MiB at once, memory over idle",
            "in memory",
            f"{Spread.over(ours).median:.0f} MiB",
            f"{Spread.over(theirs).median:.0f} MiB",
            ratio,
            "≤ 0.125x",
            ratio.median <= 0.125,
            max(pauses),
        ),
        Row(
            "the same, longest pause of the event loop",
            "25 ms",
            f"{1000 * pause.median:.1f} ms, at worst {1000 * pause.high:.1f} ms",
            "25 ms",
            Spread(pause.median / 0.025, pause.low / 0.025, pause.high / 0.025),
            "≤ 1x, always",
            pause.high <= 0.025,
            max(pauses),
        ),
    ]


@contextlib.asynccontextmanager
async def _serving() -> AsyncGenerator[tuple[_Host, str]]:
    host = _Host()
    app = web.Application(client_max_size=64 * 2**20)
    app.router.add_get("/movies/{size}/{name}", host.movie)
    app.router.add_post("/upload", host.upload)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield host, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
