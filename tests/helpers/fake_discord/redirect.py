"""Points discord.py at a fake Discord: it has no setting for it, so its two addresses are replaced.

`python -m tests.helpers.fake_discord.redirect URL ...` is `python -m bot ...` with that Discord.
"""

import runpy
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

GATEWAY_PATH = "/gateway"


def gateway_url(url: str) -> str:
    return str(yarl.URL(url).with_scheme("ws").with_path(GATEWAY_PATH))


def point_at(url: str) -> None:
    Route.BASE = f"{url.rstrip('/')}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url(url))


@contextmanager
def pointed_at(url: str) -> Iterator[None]:
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    point_at(url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


if __name__ == "__main__":
    point_at(sys.argv.pop(1))
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
