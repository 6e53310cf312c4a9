"""The demo's page takes a press although the bot works, and the page is published anew, all the time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from yarl import URL

from bot.sandbox.environment import SandboxEnvironment, open_sandbox
from bot.sandbox.page import LivePage

pytestmark = pytest.mark.timeout(60)


@dataclass
class Browser:
    """Speaks to the page as its own scripts do. `shown` is what it read last."""

    sandbox: SandboxEnvironment
    page: LivePage
    session: aiohttp.ClientSession
    url: URL
    shown: dict[str, Any]
    sequence: int = 0

    async def read(self) -> None:
        """Read what is published."""
        async with self.session.get(self.url.with_path("/api/state"), headers=self._headers) as response:
            self.shown = await response.json()

    async def press(self, label: str) -> dict[str, Any]:
        """Press a button of what was read, and return the receipt."""
        [(message_id, button)] = [
            (message_id, each)
            for message_id, message in self.shown["messages"].items()
            for each in parts(message)
            if each.get("label") == label
        ]
        self.sequence += 1
        action = {
            "protocol_version": 3,
            "sequence": self.sequence,
            "request_id": f"press-{self.sequence}",
            "generation": self.shown["context"]["generation"],
            "bot_generation": self.shown["botGeneration"],
            "published_revision": self.shown["publishedRevision"],
            "kind": "click",
            "control_key": button["control_key"],
            "target_id": message_id,
        }
        async with self.session.post(self.url.with_path("/api/action"), headers=self._headers, json=action) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    @property
    def _headers(self) -> dict[str, str]:
        return {"X-Simcord-Capability": self.url.fragment, "X-Simcord-Context": self.shown["context"]["id"]}


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object in a value."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        yield from parts(each)


@asynccontextmanager
async def open_browser(tmp_path: Path) -> AsyncGenerator[Browser]:
    """Open the page as alice, whose preferences stand in the channel."""
    async with (
        open_sandbox(tmp_path, render_seconds=0.3, settings={}) as sandbox,
        sandbox.env.preview(sandbox.channel, viewers=tuple(sandbox.people.values()), layout="channel") as preview,
        aiohttp.ClientSession() as session,
    ):
        page = LivePage(preview)
        await sandbox.people["alice"].slash(sandbox.channel, "preferences")
        url = URL(preview.url)
        yield Browser(sandbox, page, session, url, await opened(session, url))


async def opened(session: aiohttp.ClientSession, url: URL) -> dict[str, Any]:
    """Open the page once more, and return what it shows."""
    headers = {"X-Simcord-Capability": url.fragment}
    async with session.post(url.with_path("/api/pages"), headers=headers, json={}) as response:
        return await response.json()


def settled(receipt: dict[str, Any]) -> bool:
    """Whether the bot got the press and answered it."""
    outcome = (receipt["rejected"], receipt["settlement"], receipt["acknowledgement"])
    return outcome == (False, "settled", "acknowledged")


async def test_a_press_during_a_publication_waits_for_it(tmp_path: Path) -> None:
    """It is neither lost nor refused, and the next one is taken too."""
    async with open_browser(tmp_path) as browser:
        bot_is_done = asyncio.Event()
        with browser.sandbox.env._bot_scope():
            working = asyncio.create_task(bot_is_done.wait())
        publishing = asyncio.create_task(browser.page.publish())
        await asyncio.sleep(0)
        assert browser.sandbox.env._operation_task is publishing
        pressing = asyncio.create_task(browser.press("Send finished movies to me directly"))
        await browser.read()  # the press, which was sent before, has arrived
        bot_is_done.set()
        assert settled(await pressing)
        await asyncio.gather(publishing, working)
        await browser.read()
        assert settled(await browser.press("Post finished movies in the channel"))


async def test_a_press_on_an_older_publication_is_taken(tmp_path: Path) -> None:
    """The button is still the one that was seen."""
    async with open_browser(tmp_path) as browser:
        await browser.page.publish()
        await browser.page.publish()
        assert settled(await browser.press("Send finished movies to me directly"))


async def test_a_press_on_a_button_that_changed_is_refused(tmp_path: Path) -> None:
    """Where another button stands in its place, nothing is pressed."""
    async with open_browser(tmp_path) as browser:
        assert settled(await browser.press("Send finished movies to me directly"))
        receipt = await browser.press("Send finished movies to me directly")  # it was not read anew in between
        assert receipt["rejected"]
        assert [each["code"] for each in receipt["diagnostics"]] == ["stale-revision"]
        await browser.read()
        browser.sequence -= 1  # what was refused does not count
        assert settled(await browser.press("Post finished movies in the channel"))


async def test_every_browser_sees_what_one_of_them_did(tmp_path: Path) -> None:
    """The page follows the channel by itself, also for those who press nothing."""
    async with open_browser(tmp_path) as browser:
        other = await opened(browser.session, browser.url)
        following = asyncio.create_task(browser.page.follow())
        await browser.press("Send finished movies to me directly")
        shown = browser.page._pages[other["context"]["id"]]
        assert await browser.sandbox.wait_until(
            lambda: "Post finished movies in the channel" in str(shown.snapshot), 10
        )
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
