"""The demo's page performs clicks while it is published, and shows direct messages."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import discord
import pytest

from tests.helpers.expected_text import ENGLISH
from tests.helpers.page_browser import Browser, open_browser, opened, parts, settled

pytestmark = pytest.mark.timeout(60)


async def test_a_press_during_a_publication_waits_for_it(tmp_path: Path) -> None:
    async with open_browser(tmp_path) as browser:
        bot_is_done = asyncio.Event()
        with browser.sandbox.env._bot_scope():
            working = asyncio.create_task(bot_is_done.wait())
        publishing = asyncio.create_task(browser.page.publish())
        await asyncio.sleep(0)
        assert browser.sandbox.env._operation_task is publishing
        pressing = asyncio.create_task(browser.press(ENGLISH("preferences-dm-button")))
        await browser.read()  # the press, which was sent before, has arrived
        bot_is_done.set()
        assert settled(await pressing)
        await asyncio.gather(publishing, working)
        await browser.read()
        assert settled(await browser.press(ENGLISH("preferences-channel-button")))


async def test_a_press_on_an_older_publication_is_taken_while_its_button_is_there(tmp_path: Path) -> None:
    async with open_browser(tmp_path) as browser:
        await browser.page.publish()
        await browser.page.publish()
        assert settled(await browser.press(ENGLISH("preferences-dm-button")))
        receipt = await browser.press(ENGLISH("preferences-dm-button"))  # another has replaced it
        assert receipt["rejected"]
        assert [each["code"] for each in receipt["diagnostics"]] == ["stale-revision"]
        await browser.read()
        browser.sequence -= 1  # what was refused does not count
        assert settled(await browser.press(ENGLISH("preferences-channel-button")))


async def test_every_browser_sees_what_one_of_them_did(tmp_path: Path) -> None:
    """The page follows the channel in every browser."""
    async with open_browser(tmp_path) as browser:
        other = await opened(browser.session, browser.url)
        following = asyncio.create_task(browser.page.follow())
        await browser.press(ENGLISH("preferences-dm-button"))
        shown = browser.page._pages[other["context"]["id"]]
        assert await browser.sandbox.wait_until(
            lambda: ENGLISH("preferences-channel-button") in str(shown.snapshot), 10
        )
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


async def test_an_embed_shows_members_names_as_discord_does(tmp_path: Path) -> None:
    """In its description and in its fields."""
    async with open_browser(tmp_path) as browser:
        bob = browser.sandbox.people["bob"].mention
        channel = browser.sandbox.env.bot.get_channel(browser.sandbox.channel.id)
        assert isinstance(channel, discord.TextChannel)
        await channel.send(embed=discord.Embed(description=bob).add_field(name="Asked by", value=bob))
        await browser.page.publish()
        await browser.read()
        labels = [part["label"] for part in parts(browser.shown["messages"]) if part.get("type") == "mention"]
        assert labels == ["@bob", "@bob"]


# Direct messages ----------------------------------------------------------------------------------------------------


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
    assert await browser.sandbox.wait_until(lambda: bool(direct.history()), 20)
    await browser.page.publish()
    await browser.read()


async def test_a_direct_message_is_counted_and_shown_to_its_member_and_its_button_works(tmp_path: Path) -> None:
    async with open_browser(tmp_path) as browser:
        assert names(browser.shown)[4:] == [f"{each}: DMs (0)" for each in ("alice", "bob", "carol", "dana")]
        await order_directly(browser)
        assert names(browser.shown)[4:6] == ["alice: DMs (1)", "bob: DMs (0)"]
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
