"""Removes the `Server` header from every response.

It names the software's versions.
"""

from __future__ import annotations

import asyncio

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http import RawRequestMessage, StreamWriter
from aiohttp.streams import StreamReader
from multidict import CIMultiDict


def omit_server_header(server: web.Server) -> None:
    """Make a server send no `Server` header.

    The application's `on_response_prepare` is not enough: it does not see responses to malformed requests.
    """
    make_original = server.request_factory

    def make_request(
        message: RawRequestMessage,
        payload: StreamReader,
        protocol: web.RequestHandler,
        _writer: AbstractStreamWriter,
        task: asyncio.Task[None],
    ) -> web.BaseRequest:
        writer = _Writer(protocol, asyncio.get_running_loop())
        return make_original(message, payload, protocol, writer, task)

    server.request_factory = make_request


class _Writer(StreamWriter):
    async def write_headers(self, status_line: str, headers: CIMultiDict[str]) -> None:
        headers.popall("Server", None)
        await super().write_headers(status_line, headers)
