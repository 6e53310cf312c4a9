"""A host of finished movies on loopback."""

from __future__ import annotations

from aiohttp import web
from aiohttp.test_utils import TestServer

_HEAD = (24).to_bytes(4, "big") + b"ftypisom\0\0\0\0isommp42"


class MovieHost(TestServer):
    """A server with a movie of `size` bytes at every path. `asked` has the paths of all requests."""

    def __init__(self, size: int) -> None:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._movie)
        super().__init__(application)
        self.size = size
        self.asked: list[str] = []

    @property
    def origin(self) -> str:
        return str(self.make_url("/").origin())

    async def _movie(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        return web.Response(body=(_HEAD + bytes(self.size))[: self.size], content_type="video/mp4")
