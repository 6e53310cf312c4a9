"""What a newcomer does on the demo's page: a movie to its end, a remix, and the guide.

tests/unit/sandbox/test_hints.py tries what the guide says, and test_page.py direct messages and other channels.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.demo import PAGE_SETTINGS, open_page, prepare_page
from bot.sandbox.environment import open_sandbox
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import message_text

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page, Response

MOST_CLICKS = 50
"""How often a press that the page drops is tried again."""
_END_IN_SIGHT = """() => {
    const timeline = document.querySelector("#channel-timeline").getBoundingClientRect();
    const newest = document.querySelector("#channel-message-list").lastElementChild;
    return newest.getBoundingClientRect().bottom <= timeline.bottom + 1;
}"""
_IDLE = "() => !simcordPreview.pendingAction && simcordPreview.awaitingRevision === null"
_SHOWN = f"revision => ({_IDLE})() && simcordPreview.publishedRevision >= revision"
_TAKEN = f"""(control, kind) => {{
    if (!({_IDLE})()) return false;
    control.click();
    return simcordPreview.pendingAction?.kind === kind;
}}"""


def expect(actual: Any) -> Any:
    from playwright.async_api import expect as playwrights  # noqa: PLC0415 - takes long to import

    return playwrights(actual)


class DemoPage:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.channel = page.locator("#channel-message-list")
        self.form = page.get_by_role("dialog")

    @property
    def newest(self) -> Locator:
        return self.channel.locator("> article").last

    def message(self, *shows: str) -> Locator:
        found = self.channel.locator("> article")
        for text in shows:
            found = found.filter(has_text=text)
        return found.last

    async def open(self, url: str) -> None:
        await self.page.goto(url)
        await expect(self.page.locator("#channel-composer-input")).to_be_visible()
        await self.page.wait_for_function(f"() => simcordPreview.ready && ({_IDLE})()")

    async def view_as(self, name: str) -> None:
        await self._act("viewer", lambda: self.page.get_by_label("Viewing as").select_option(label=name))

    async def command(self, name: str, **options: str) -> None:
        composer = self.page.locator("#channel-composer-input")
        await composer.fill(f"/{name}")
        chosen = self.page.locator(".command-entry").filter(has=self.page.get_by_text(f"/{name}", exact=True))
        await _click(chosen)
        for option, value in options.items():
            field = self.page.locator(f".command-option-input[data-option={option}]")
            if not await field.count():
                await _click(self.page.locator(".command-ghost"))
                await _click(self.page.locator(".command-suggestion").get_by_text(option, exact=True))
            await field.fill(value)
        await self._press("run_command", self.page.locator("#send-message"))
        await expect(composer).to_be_visible()

    async def press(self, label: str, *, on: Locator | None = None) -> None:
        await self._press("click", (on or self.channel).get_by_role("button", name=label, exact=True).last)

    async def submit(self, **fields: str) -> None:
        for label, value in fields.items():
            await self.form.get_by_label(label.replace("_", " ")).fill(value)
        await self._press("modal_submit", self.form.get_by_role("button", name="Submit"))
        await expect(self.form).not_to_be_visible()

    async def _press(self, kind: str, control: Locator) -> None:
        """The page takes one action at a time, and drops other clicks silently."""

        async def click() -> None:
            for _ in range(MOST_CLICKS):
                await control.click(trial=True)
                if await control.evaluate(_TAKEN, kind):
                    return
                await self.page.wait_for_function(_IDLE)
            raise AssertionError(f"the page takes no {kind}")

        await self._act(kind, click)

    async def _act(self, kind: str, act: Callable[[], Awaitable[object]]) -> None:
        await self.page.wait_for_function(_IDLE)
        async with self.page.expect_response(lambda response: _sent(response) == kind) as sent:
            await act()
        receipt = await (await sent.value).json()
        assert not receipt.get("rejected", True), receipt
        assert receipt["settlement"] == "settled", receipt
        assert receipt["acknowledgement"] != "unacknowledged", receipt
        await self.page.wait_for_function(_SHOWN, arg=receipt["revision"])


async def _click(control: Locator) -> None:
    """Click in one step. A mouse click goes down and up, and the page may redraw its target in between."""
    await control.click(trial=True)  # it can be seen, nothing lies over it, and the page takes presses
    await control.dispatch_event("click")


def _sent(response: Response) -> str | None:
    if not response.url.endswith("/api/action"):
        return None
    body: dict[str, Any] = json.loads(response.request.post_data or "{}")
    return body.get("kind")


BOAT = "a paper boat crosses the kitchen sea"
SETTINGS = {**PAGE_SETTINGS, "CONFIRM_FIRST_ORDER": "false"}
"""tests/unit/sandbox/test_hints.py tries what the page's own settings show first."""

MADE_WITHIN = 60_000
"""Milliseconds in which a movie comes, also on a busy machine."""

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 360])
async def test_the_guide_is_in_sight_when_the_page_opens_and_so_is_what_a_command_shows(
    page: Page, tmp_path: Path, width: int
) -> None:
    async with open_sandbox(tmp_path, render_seconds=0.5, settings=SETTINGS, render_films=False) as sandbox:
        for name in ("alice", "bob", "carol"):  # so that there is something to scroll past
            await sandbox.people[name].slash(sandbox.channel, "movie", prompt=BOAT, duration=5)
        ready = ENGLISH("deliveries-ready", member="").strip()
        posted = sandbox.channel.history
        assert await sandbox.wait_until(
            lambda: [ready in message_text(each) for each in posted()] == [True] * 3, MADE_WITHIN / 1000
        )
        await prepare_page(sandbox, render_seconds=0.5, asked=31)
        async with open_page(sandbox) as url:
            await page.set_viewport_size({"width": width, "height": 740})
            demo = DemoPage(page)
            await demo.open(url)
            await expect(page.get_by_text("Try it here: type /movie.").last).to_be_in_viewport()
            await expect(page.get_by_text("and shows DMs, #gallery and #staff.").last).to_be_in_viewport(ratio=1)
            overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert overflow <= 0, f"the page is {overflow} pixels too wide"
            await demo.command("help")
            await page.wait_for_function(_END_IN_SIGHT)
            await demo.view_as("dana")
            await demo.command("credits")
            await page.wait_for_function(_END_IN_SIGHT)


async def test_a_person_goes_from_movie_to_remix_in_the_page(page: Page, tmp_path: Path) -> None:
    settings = {"CONFIRM_ABOVE_CREDITS": "100", "MEMBER_MONTHLY_CREDITS": "1000"}
    async with open_sandbox(tmp_path, render_seconds=3, settings=settings) as sandbox, open_page(sandbox) as url:
        demo = DemoPage(page)
        await demo.open(url)
        await demo.command("movie", prompt=BOAT)
        await expect(demo.newest).to_contain_text("200 credits for 20 s · leaves 800")
        await demo.press(ENGLISH("quotes-accept-button", credits=200))
        await expect(demo.message(ENGLISH("quotes-accepted"))).to_be_visible()
        ready = ENGLISH("deliveries-ready", member="")
        seen = await page.evaluate(_WATCH, ready)
        assert len(seen) > 1, f"the bar should have moved: {seen}"
        link = demo.newest.get_by_role("link", name=ENGLISH("links-watch"), exact=True)
        await expect(link).to_have_attribute("href", re.compile(f"^{re.escape(sandbox.fake_samsar.origin)}/movies/"))
        await expect(demo.newest.locator("video")).to_have_count(1)  # the upload, with no preview of the link beside it
        await expect(demo.newest.locator("video")).to_be_visible(timeout=15_000)
        await demo.press("Remix")
        await expect(demo.form.get_by_label(ENGLISH("forms-prompt-label"))).to_have_value(BOAT)
        await demo.submit(Duration="12")
        await expect(demo.newest).to_contain_text("120 credits for 12 s")
        await demo.press(ENGLISH("quotes-accept-button", credits=120))
        await expect(demo.message("12 s · 16:9")).to_be_visible()
        await expect(demo.newest).to_contain_text(ready, timeout=20_000)
        await demo.command("movies")
        await expect(demo.newest).to_contain_text("Your movies")
        await expect(demo.newest).to_contain_text(BOAT)
        await demo.command("credits")
        await expect(demo.newest).to_contain_text("You can spend 680 credits now")
        await demo.view_as("alice: DMs (0)")
        await expect(demo.channel.locator("> article")).to_have_count(0)
        await demo.view_as("bob")
        await expect(demo.message(ready)).to_be_visible()
    assert sum(each.method == "POST" for each in sandbox.fake_samsar.requests) == 2


_WATCH = """until => new Promise((resolve, reject) => {
    const channel = document.querySelector("#channel-message-list"), seen = [];
    const look = () => {
        seen.push(...(channel.innerText.match(/\\d+%/g) || []).filter(each => !seen.includes(each)));
        if (channel.innerText.includes(until)) { observer.disconnect(); resolve(seen); }
    };
    const observer = new MutationObserver(look);
    observer.observe(channel, {subtree: true, childList: true, characterData: true});
    setTimeout(() => reject(new Error(`“${until}” never came; seen: ${seen}`)), 30000);
    look();
})"""
