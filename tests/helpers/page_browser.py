"""Sends the requests that the demo page's scripts make."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import aiohttp
from yarl import URL

from bot.sandbox.environment import SandboxEnvironment, open_sandbox
from bot.sandbox.page import LivePage


@dataclass
class Browser:
    """Acts on the page as its own scripts do.

    `shown` is the last publication that it read.
    """

    sandbox: SandboxEnvironment
    page: LivePage
    session: aiohttp.ClientSession
    url: URL
    shown: dict[str, Any]
    sequence: int = 0

    async def read(self) -> None:
        """Read the publication."""
        async with self.session.get(self.url.with_path("/api/state"), headers=self._headers) as response:
            self.shown = await response.json()

    async def press(self, label: str) -> dict[str, Any]:
        """Click the last button with this label; return the receipt."""
        *_, (message_id, button) = [
            (message_id, each)
            for message_id, message in self.shown["messages"].items()
            for each in parts(message)
            if each.get("label") == label
        ]
        return await self.act("click", control_key=button["control_key"], target_id=message_id)

    async def act(self, kind: str, **fields: str) -> dict[str, Any]:
        """Send an action on the last publication, and return the receipt."""
        self.sequence += 1
        action = {
            "protocol_version": 3,
            "sequence": self.sequence,
            "request_id": f"action-{self.sequence}",
            "generation": self.shown["context"]["generation"],
            "bot_generation": self.shown["botGeneration"],
            "published_revision": self.shown["publishedRevision"],
            "kind": kind,
            **fields,
        }
        async with self.session.post(self.url.with_path("/api/action"), headers=self._headers, json=action) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    @property
    def _headers(self) -> dict[str, str]:
        return {"X-Simcord-Capability": self.url.fragment, "X-Simcord-Context": self.shown["context"]["id"]}


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every JSON object in a value, at any depth."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        yield from parts(each)


@asynccontextmanager
async def open_browser(
    tmp_path: Path, *, settings: Mapping[str, str] = MappingProxyType({}), render_seconds: float = 0.3
) -> AsyncGenerator[Browser]:
    """Open the page as alice, whose preferences are shown in the channel."""
    async with (
        open_sandbox(tmp_path, render_seconds=render_seconds, settings=settings) as sandbox,
        sandbox.env.preview(sandbox.channel, viewers=tuple(sandbox.people.values()), layout="channel") as preview,
        aiohttp.ClientSession() as session,
    ):
        page = LivePage(preview)
        await sandbox.people["alice"].slash(sandbox.channel, "preferences")
        url = URL(preview.url)
        yield Browser(sandbox, page, session, url, await opened(session, url))


async def opened(session: aiohttp.ClientSession, url: URL) -> dict[str, Any]:
    """Open the page in another browser, and return what it shows."""
    headers = {"X-Simcord-Capability": url.fragment}
    async with session.post(url.with_path("/api/pages"), headers=headers, json={}) as response:
        return await response.json()


def settled(receipt: dict[str, Any]) -> bool:
    """Return whether the bot received the press and responded."""
    outcome = (receipt["rejected"], receipt["settlement"], receipt["acknowledgement"])
    return outcome == (False, "settled", "acknowledged")
