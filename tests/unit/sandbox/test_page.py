"""The demo: its page, its terminal, and members who don't block the bot's work."""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import aiohttp
import pytest
from yarl import URL

from bot.sandbox.environment import SandboxEnvironment, open_sandbox
from bot.sandbox.page import LivePage
from bot.sandbox.terminal import Terminal
from tests.helpers.expected_text import ENGLISH

DIRECT, CHANNEL = ENGLISH("preferences-dm-button"), ENGLISH("preferences-channel-button")

pytestmark = pytest.mark.timeout(60)


@dataclass
class Browser:
    """Acts on the page as its own scripts do. `shown` is the last publication that it read."""

    sandbox: SandboxEnvironment
    page: LivePage
    session: aiohttp.ClientSession
    url: URL
    shown: dict[str, Any]
    sequence: int = 0

    async def read(self) -> None:
        async with self.session.get(self.url.with_path("/api/state"), headers=self._headers) as response:
            self.shown = await response.json()

    async def press(self, label: str) -> dict[str, Any]:
        *_, (message_id, button) = [
            (message_id, each)
            for message_id, message in self.shown["messages"].items()
            for each in parts(message)
            if each.get("label") == label
        ]
        return await self.act("click", control_key=button["control_key"], target_id=message_id)

    async def act(self, kind: str, **fields: str) -> dict[str, Any]:
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
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        yield from parts(each)


@asynccontextmanager
async def open_browser(
    tmp_path: Path, *, settings: Mapping[str, str] = MappingProxyType({}), render_seconds: float = 0.3
) -> AsyncGenerator[Browser]:
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
    headers = {"X-Simcord-Capability": url.fragment}
    async with session.post(url.with_path("/api/pages"), headers=headers, json={}) as response:
        return await response.json()


def settled(receipt: dict[str, Any]) -> bool:
    outcome = (receipt["rejected"], receipt["settlement"], receipt["acknowledgement"])
    return outcome == (False, "settled", "acknowledged")


async def test_presses_around_publications_are_taken_while_their_buttons_are_there(tmp_path: Path) -> None:
    async with open_browser(tmp_path) as browser:
        bot_is_done = asyncio.Event()
        with browser.sandbox.env._bot_scope():
            working = asyncio.create_task(bot_is_done.wait())
        publishing = asyncio.create_task(browser.page.publish())
        await asyncio.sleep(0)
        assert browser.sandbox.env._operation_task is publishing
        pressing = asyncio.create_task(browser.press(DIRECT))
        await browser.read()  # the press, which was sent before, has arrived
        bot_is_done.set()
        assert settled(await pressing)
        await asyncio.gather(publishing, working)
        await browser.read()
        await browser.page.publish()
        await browser.page.publish()
        assert settled(await browser.press(CHANNEL))
        receipt = await browser.press(CHANNEL)  # another button has replaced it
        assert receipt["rejected"]
        assert [each["code"] for each in receipt["diagnostics"]] == ["stale-revision"]
        await browser.read()
        browser.sequence -= 1  # what was refused does not count
        other = await opened(browser.session, browser.url)
        following = asyncio.create_task(browser.page.follow())
        assert settled(await browser.press(DIRECT))
        shown = browser.page._pages[other["context"]["id"]]
        assert await browser.sandbox.wait_until(lambda: CHANNEL in str(shown.snapshot), 10), "every browser sees it"
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def test_a_press_on_a_button_that_moved_is_taken(tmp_path: Path) -> None:
    """A rendering movie loses its Cancel button, which moves the others."""
    settings = {"MAX_RENDERING_JOBS": "1"}
    async with open_browser(tmp_path, settings=settings, render_seconds=2) as browser:
        alice, bob = browser.sandbox.people["alice"], browser.sandbox.people["bob"]
        await bob.slash(browser.sandbox.channel, "movie", prompt="the first", duration=5)
        card = await alice.slash(browser.sandbox.channel, "movie", prompt="the second", duration=5)
        assert card.response is not None
        card_message_id = card.response.id
        await browser.page.publish()
        await browser.read()
        assert "Cancel" in str(browser.shown["messages"][str(card_message_id)])

        def rendering() -> bool:
            message = next(each for each in browser.sandbox.channel.history() if each.id == card_message_id)
            return "Cancel" not in str(message.components)

        assert await browser.sandbox.wait_until(rendering, 20)
        await browser.page.publish()
        assert settled(await browser.press(ENGLISH("buttons-direct-button")))


async def view_as(browser: Browser, name: str) -> dict[str, Any]:
    viewer = next(each for each in browser.shown["viewers"] if each["name"].startswith(name))
    receipt = await browser.act("viewer", viewer_id=viewer["id"])
    await browser.read()
    return receipt


async def test_a_direct_message_is_counted_and_shown_to_its_member_and_its_button_works(tmp_path: Path) -> None:
    async with open_browser(tmp_path) as browser:
        channel = browser.shown["channel"]
        assert settled(await browser.press(DIRECT))
        alice = browser.sandbox.people["alice"]
        await alice.slash(browser.sandbox.channel, "movie", prompt="a paper boat", duration=5)
        assert await browser.sandbox.wait_until(lambda: bool(alice.user.dm_channel.history()), 20)
        await browser.page.publish()
        await browser.read()
        choices = ["alice: DMs (1)", "bob: DMs (0)", "carol: DMs (0)", "dana: DMs (0)"]
        assert [viewer["name"] for viewer in browser.shown["viewers"]][4:] == choices
        link = f"{browser.sandbox.fake_samsar.origin}/movies/"
        assert link not in str(browser.shown["messages"])
        assert not (await view_as(browser, "alice: DMs"))["rejected"]
        assert link in str(browser.shown["messages"])
        assert browser.shown["channel"]["guildId"] is None
        receipt = await browser.press(ENGLISH("buttons-new-link-button"))
        assert (receipt["rejected"], receipt["settlement"]) == (False, "settled")
        await browser.read()
        assert ENGLISH("buttons-new-link") in str(browser.shown["messages"])
        page = browser.page._pages[browser.shown["context"]["id"]]
        with browser.page._direct_messages.shown(page, {"kind": "click"}):  # its action is not finished
            assert (await opened(browser.session, browser.url))["channel"] == channel
        await view_as(browser, "bob: DMs")
        assert browser.shown["messages"] == {}
        await view_as(browser, "alice")
        assert browser.shown["channel"] == channel
        await browser.read()
        assert settled(await browser.press(CHANNEL))


TERMINAL = Terminal({42: "alice"})


def test_markup_becomes_plain_text_and_a_time_says_how_far_off_it_is_unless_it_is_past() -> None:
    """Otherwise, progress prints a line each second."""
    assert TERMINAL.plain("<@42> **12** `credits`\n> snow\\_man") == "@alice 12 credits\nsnow_man"
    for seconds, text in ((435_600, "in 5 days"), (3660, "in 1 hour"), (185, "in 3 minutes")):
        at = datetime.now(UTC) + timedelta(seconds=seconds)
        assert TERMINAL.plain(f"resets <t:{int(at.timestamp())}:R>") == f"resets {text}"
    at = datetime(2020, 11, 5, 20, 56, tzinfo=UTC)
    assert TERMINAL.plain(f"Started <t:{int(at.timestamp())}:R>.") == "Started 5 November 20:56 UTC."
