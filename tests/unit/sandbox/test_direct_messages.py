"""The demo's page shows direct messages, and their buttons work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.expected_text import ENGLISH
from tests.helpers.page_browser import Browser, open_browser, opened, settled

WITHIN_SECONDS = 20.0

pytestmark = pytest.mark.timeout(60)


def names(shown: dict[str, Any]) -> list[str]:
    return [viewer["name"] for viewer in shown["viewers"]]


async def view_as(browser: Browser, name: str) -> dict[str, Any]:
    """Choose a viewer by prefix, and return the receipt."""
    viewer = next(each for each in browser.shown["viewers"] if each["name"].startswith(name))
    receipt = await browser.act("viewer", viewer_id=viewer["id"])
    await browser.read()
    return receipt


async def order_directly(browser: Browser) -> None:
    """Have a movie sent to alice directly, and wait for it."""
    assert settled(await browser.press(ENGLISH("preferences-dm-button")))
    alice = browser.sandbox.people["alice"]
    await alice.slash(browser.sandbox.channel, "movie", prompt="a paper boat", duration=5)
    direct = alice.user.dm_channel
    assert await browser.sandbox.wait_until(lambda: bool(direct.history()), WITHIN_SECONDS)
    await browser.page.publish()
    await browser.read()


async def test_a_member_s_direct_messages_are_a_choice_that_says_how_many_there_are(tmp_path: Path) -> None:
    async with open_browser(tmp_path) as browser:
        assert names(browser.shown)[4:] == [f"{each}: DMs (0)" for each in ("alice", "bob", "carol", "dana")]
        await order_directly(browser)
        assert names(browser.shown)[4:6] == ["alice: DMs (1)", "bob: DMs (0)"]


async def test_a_direct_message_is_shown_to_its_member_and_its_button_works(tmp_path: Path) -> None:
    async with open_browser(tmp_path) as browser:
        await order_directly(browser)
        link = f"{browser.sandbox.fake_samsar.origin}/movies/"
        assert link not in str(browser.shown["messages"])
        assert not (await view_as(browser, "alice: DMs"))["rejected"]
        assert link in str(browser.shown["messages"])
        assert browser.shown["channel"]["guildId"] is None
        receipt = await browser.press(ENGLISH("buttons-new-link-button"))
        assert (receipt["rejected"], receipt["settlement"]) == (False, "settled")
        await browser.read()
        assert ENGLISH("buttons-new-link") in str(browser.shown["messages"])
        await view_as(browser, "bob: DMs")
        assert browser.shown["messages"] == {}


async def test_the_server_s_channel_comes_back_after_direct_messages(tmp_path: Path) -> None:
    async with open_browser(tmp_path) as browser:
        before = browser.shown["channel"]
        await view_as(browser, "alice: DMs")
        await view_as(browser, "alice")
        assert browser.shown["channel"] == before
        assert settled(await browser.press(ENGLISH("preferences-dm-button")))


async def test_a_refused_choice_of_viewer_changes_nothing(tmp_path: Path) -> None:
    async with open_browser(tmp_path) as browser:
        before = browser.shown["channel"]
        browser.shown["context"]["generation"] += 1
        assert (await view_as(browser, "alice: DMs"))["rejected"]
        await browser.page.publish()
        await browser.read()
        assert browser.shown["channel"] == before


async def test_another_browser_opens_at_the_server_s_channel(tmp_path: Path) -> None:
    """This also holds while one browser shows direct messages."""
    async with open_browser(tmp_path) as browser:
        channel = browser.shown["channel"]
        await view_as(browser, "carol: DMs")
        page = browser.page._pages[browser.shown["context"]["id"]]
        with browser.page._direct_messages.shown(page, {"kind": "click"}):  # its action is not finished
            other = await opened(browser.session, browser.url)
        assert other["channel"] == channel
