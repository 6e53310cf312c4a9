"""The demo: its page, its terminal, and members who don't block the bot's work."""

import asyncio
import io
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import aiohttp
import pytest
from PIL import Image
from yarl import URL

from bot.domain.preferences import DeliveryTarget
from bot.samsar.config import ApiVersion
from bot.sandbox import brand
from bot.sandbox.demo import open_page
from bot.sandbox.environment import SandboxEnvironment, open_sandbox
from bot.sandbox.opening import APPROVED_CREDITS, find, order, set_up, wait_for
from bot.sandbox.page import LivePage
from bot.sandbox.terminal import Terminal
from bot.ui import approvals
from bot.ui.components import MORE_LABEL, actions_of
from data import job_actions
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import job_id_of, response_text

PICTURES = Path("docs/pictures")

DIRECT, CHANNEL = ENGLISH("preferences-dm-button"), ENGLISH("preferences-channel-button")

pytestmark = pytest.mark.full


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


def live_page(sandbox: SandboxEnvironment, *, more_channels: bool) -> LivePage:
    channels = (sandbox.gallery, sandbox.staff) if more_channels else ()
    return LivePage(sandbox.env, sandbox.channel, [*sandbox.people.values()], channels)


@asynccontextmanager
async def open_browser(
    tmp_path: Path,
    *,
    settings: Mapping[str, str] = MappingProxyType({}),
    render_seconds: float = 0.3,
    more_channels: bool = False,
) -> AsyncGenerator[Browser]:
    async with (
        open_sandbox(tmp_path, render_seconds=render_seconds, settings=settings) as sandbox,
        live_page(sandbox, more_channels=more_channels) as page,
        aiohttp.ClientSession() as session,
    ):
        await sandbox.people["alice"].slash(sandbox.channel, "preferences")
        url = URL(page.url)
        yield Browser(sandbox, page, session, url, await opened(session, url))


async def opened(session: aiohttp.ClientSession, url: URL) -> dict[str, Any]:
    headers = {"X-Simcord-Capability": url.fragment}
    async with session.post(url.with_path("/api/pages"), headers=headers, json={}) as response:
        return await response.json()


def settled(receipt: dict[str, Any]) -> bool:
    outcome = (receipt["rejected"], receipt["settlement"], receipt["acknowledgement"])
    return outcome == (False, "settled", "acknowledged")


async def test_the_bot_has_its_avatar_on_the_page_and_its_colors_have_names(tmp_path: Path) -> None:
    async with open_sandbox(tmp_path, render_seconds=0.3, settings={}) as sandbox, open_page(sandbox) as url:
        await sandbox.people["alice"].slash(sandbox.channel, "preferences")
        async with aiohttp.ClientSession() as session:
            shown = await opened(session, URL(url))
    [is_there] = {each["avatar_available"] for each in parts(shown) if each.get("bot")}
    assert is_there
    assert {*brand.STATES} >= {"waiting", "in progress", "ready", "failed"}
    for draw, name in ((brand.avatar, "avatar"), (brand.states, "states")):
        picture = await asyncio.to_thread(draw)
        assert len(picture) < 20_000
        kept = io.BytesIO((PICTURES / f"{name}.png").read_bytes())
        assert Image.open(io.BytesIO(picture)).size == Image.open(kept).size, "bot.sandbox.brand draws it anew"


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
    """Nobody can follow a movie that goes by DM: its card loses a button, which moves the other."""
    async with open_browser(tmp_path, render_seconds=2) as browser:
        alice, follow = browser.sandbox.people["alice"], ENGLISH("buttons-follow-button")
        await order(browser.sandbox, alice, prompt="the first", duration=5)
        card = await wait_for(browser.sandbox, browser.sandbox.channel, "follow")
        await browser.page.publish()
        await browser.read()
        assert follow in str(browser.shown["messages"][str(card.id)])
        job_id = job_id_of(card)
        direct = DeliveryTarget.DIRECT_MESSAGE
        await browser.sandbox.app.database.write(job_actions.set_delivery_target, job_id, alice.id, direct)

        def moved() -> bool:
            message = next(each for each in browser.sandbox.channel.history() if each.id == card.id)
            return follow not in str(message.components)

        assert await browser.sandbox.wait_until(moved, 20)
        await browser.page.publish()
        assert settled(await browser.press(MORE_LABEL))


async def view_as(browser: Browser, name: str) -> dict[str, Any]:
    viewer = next(each for each in browser.shown["viewers"] if each["name"].split(" (")[0] == name)
    receipt = await browser.act("viewer", viewer_id=viewer["id"])
    await browser.read()
    return receipt


async def test_a_direct_message_is_counted_and_shown_to_its_member_and_its_button_works(tmp_path: Path) -> None:
    async with open_browser(tmp_path) as browser:
        channel = browser.shown["channel"]
        assert settled(await browser.press(DIRECT))
        alice = browser.sandbox.people["alice"]
        await order(browser.sandbox, alice, prompt="a paper boat", duration=5)
        assert await browser.sandbox.wait_until(lambda: bool(alice.user.dm_channel.history()), 20)
        await browser.page.publish()
        await browser.read()
        names = ("alice", "bob", "carol", "dana", "erika", "yuki")
        choices = [choice for name in names for choice in (name, f"{name}: DMs ({1 if name == 'alice' else 0})")]
        assert [viewer["name"] for viewer in browser.shown["viewers"]] == choices
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
        with browser.page._shown(page, {"kind": "click"}):  # its action is not finished
            assert (await opened(browser.session, browser.url))["channel"] == channel
        await view_as(browser, "bob: DMs")
        assert browser.shown["messages"] == {}
        await view_as(browser, "alice")
        assert browser.shown["channel"] == channel
        await browser.read()
        assert settled(await browser.press(CHANNEL))


async def test_a_channel_is_a_choice_of_who_can_read_it_and_its_buttons_work(tmp_path: Path) -> None:
    async with open_browser(tmp_path, more_channels=True) as browser:
        sandbox = browser.sandbox
        await set_up(sandbox)
        await order(sandbox, sandbox.people["carol"], prompt="a paper boat", duration=APPROVED_CREDITS // 10 + 1)
        request = await wait_for(sandbox, sandbox.staff, approvals.APPROVE)
        await browser.page.publish()
        await browser.read()
        choices = [viewer["name"] for viewer in browser.shown["viewers"]]
        assert choices[:3] == ["alice", "alice: #gallery (0)", "alice: DMs (0)"]
        assert [each for each in choices if "#staff" in each] == ["dana: #staff (2)"]
        assert not (await view_as(browser, "dana: #staff"))["rejected"]
        assert browser.shown["channel"]["name"] == "staff"
        assert str(request.id) in browser.shown["messages"]
        assert settled(await browser.press(ENGLISH("approvals-approve-button")))
        decided = [find(each, approvals.APPROVE) for each in sandbox.staff.history() if each.id == request.id]
        assert decided == [None]
        await view_as(browser, "alice: #gallery")
        assert browser.shown["messages"] == {}
        await view_as(browser, "alice")
        assert browser.shown["channel"]["name"] == "movie-night"


TERMINAL = Terminal({42: "alice"})


def test_markup_becomes_plain_text_and_a_time_says_how_far_off_it_is_unless_it_is_past() -> None:
    """Otherwise, progress prints a line each second."""
    assert TERMINAL.plain("<@42> **12** `credits`\n> snow\\_man") == "@alice 12 credits\nsnow_man"
    for seconds, text in ((435_600, "in 5 days"), (3660, "in 1 hour"), (185, "in 3 minutes")):
        at = datetime.now(UTC) + timedelta(seconds=seconds)
        assert TERMINAL.plain(f"resets <t:{int(at.timestamp())}:R>") == f"resets {text}"
    at = datetime(2020, 11, 5, 20, 56, tzinfo=UTC)
    assert TERMINAL.plain(f"Started <t:{int(at.timestamp())}:R>.") == "Started 5 November 20:56 UTC."


async def test_a_command_whose_member_is_told_why_nothing_is_done_is_no_failed_action(tmp_path: Path) -> None:
    async with open_sandbox(tmp_path, render_seconds=1, settings={}, render_films=False) as sandbox:
        told = await sandbox.people["dana"].slash(sandbox.channel, "quota unblock", member=sandbox.people["erika"])
        assert ENGLISH("quota-not-blocked-member", member=sandbox.people["erika"].mention) in response_text(told)
        assert sandbox.env.errors == []


async def test_what_a_member_uploads_is_fetched_and_becomes_a_movie(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (64, 36)).save(picture, "PNG")
    async with open_sandbox(
        tmp_path, render_seconds=0.3, settings={}, render_films=False, version=ApiVersion.AUTUMN_2026
    ) as sandbox:
        told = await sandbox.people["alice"].slash(sandbox.channel, "movie", picture=("cat.gif", b"GIF89a"))
        assert response_text(told) == ENGLISH("pictures-not-a-picture", number=1)
        await order(sandbox, sandbox.people["alice"], picture=("a cat.png", picture.getvalue()))
        await wait_for(sandbox, sandbox.channel, "star")
        [movie] = sandbox.fake_samsar.movies.values()
        assert [each.picture for each in movie.order.scenes] == [picture.getvalue()]


async def test_a_movie_behind_a_signed_link_is_shown_as_the_upload_is(tmp_path: Path) -> None:
    version = ApiVersion.AUTUMN_2026
    async with (
        open_sandbox(tmp_path, render_seconds=0.3, settings={}, render_films=False, version=version) as sandbox,
        open_page(sandbox) as url,
        aiohttp.ClientSession() as session,
    ):
        alice = sandbox.people["alice"]
        await order(sandbox, alice, prompt="a paper boat", duration=10)
        movie = await wait_for(sandbox, sandbox.channel, "star")
        [movie_id] = [arguments[0] for action, arguments in actions_of(movie) if action == "star"]
        await alice.slash(sandbox.channel, "movies", id=movie_id)
        shown = await opened(session, URL(url))
    assert [each["available"] for each in parts(shown) if each.get("contentType") == "video/mp4"] == [True, True]
