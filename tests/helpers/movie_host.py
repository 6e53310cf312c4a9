"""A host of finished movies on loopback."""

from __future__ import annotations

from typing import Self

from aiohttp import web

_HEAD = (24).to_bytes(4, "big") + b"ftypisom\0\0\0\0isommp42"


class MovieHost:
    """A server with a movie of `size` bytes at every path. `asked` has the paths of all requests."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.asked: list[str] = []
        self.origin = ""
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_get("/{path:.*}", self._movie)
        application.router.add_post("/{path:.*}", self._movie)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.origin = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _movie(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        return web.Response(body=(_HEAD + bytes(self.size))[: self.size], content_type="video/mp4")
