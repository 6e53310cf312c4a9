"""What a newcomer does on the demo's page: a movie to its end, a remix, and the guide."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.sandbox.demo import FAILURE_WORD, SETTINGS, open_page, prepare_page
from bot.sandbox.environment import SandboxEnvironment, open_sandbox
from bot.sandbox.fault_injection import Exchange, Fault, Proceed, Reply
from bot.sandbox.faults import STATUS
from tests.browser.demo_page import DemoPage, expect
from tests.helpers.expected_text import ENGLISH

BOAT = "a paper boat crosses the kitchen sea"
LOST = f"a map that will {FAILURE_WORD.upper()}"
KITE = "a kite that is afraid of heights"

FOLLOWED = ENGLISH("deliveries-followed", followers="").strip()

MADE_WITHIN = 60_000
"""Milliseconds in which a movie comes, also on a busy machine."""

if TYPE_CHECKING:
    from playwright.async_api import Page

pytestmark = pytest.mark.browser


class Gate:
    """Keeps every movie rendering until it is opened, so that the test decides when they are done."""

    def __init__(self, sandbox: SandboxEnvironment) -> None:
        self._open = asyncio.Event()
        sandbox.fake_samsar.inject(Fault("gate", "says PENDING until it is opened", self._act, STATUS))

    def open(self) -> None:
        self._open.set()

    async def _act(self, exchange: Exchange, proceed: Proceed) -> Reply:
        reply = await proceed(exchange)
        details = {"prompt_generation": "COMPLETED", "video_generation": "PENDING"}
        return reply if self._open.is_set() else Reply.of({"status": "PENDING", "details": details})


async def test_follow_cancel_a_refund_and_a_direct_message_are_seen_by_hand(page: Page, tmp_path: Path) -> None:
    async with open_sandbox(tmp_path, render_seconds=0.5, settings=SETTINGS, render_films=False) as sandbox:
        await prepare_page(sandbox, render_seconds=0.5)
        gate = Gate(sandbox)
        async with open_page(sandbox) as url:
            demo = DemoPage(page)
            await demo.open(url)
            await two_movies_are_made(demo)
            await a_third_waits_and_is_cancelled(demo)
            await one_is_sent_directly(demo)
            gate.open()
            await the_credits_of_a_failure_come_back(demo)
            await the_direct_message_is_read(demo)


async def two_movies_are_made(demo: DemoPage) -> None:
    await demo.command("movie", prompt=BOAT, duration="5")
    await expect(demo.message("Making your movie", BOAT)).to_be_visible(timeout=MADE_WITHIN)
    await demo.view_as("bob")
    await demo.press("Notify me", on=demo.message("Making your movie", BOAT))
    await expect(demo.newest).to_contain_text(ENGLISH("buttons-following"))
    await demo.command("movie", prompt=LOST, duration="5")
    await expect(demo.message("Making your movie", LOST)).to_be_visible(timeout=MADE_WITHIN)


async def a_third_waits_and_is_cancelled(demo: DemoPage) -> None:
    await demo.view_as("carol")
    await demo.command("movie", prompt=KITE, duration="5")
    card = demo.message("Requested by", KITE)
    await expect(card).to_contain_text(ENGLISH("cards-queued-title"))
    await demo.press("Cancel", on=card)
    await expect(card).to_contain_text("50 credits refunded")


async def one_is_sent_directly(demo: DemoPage) -> None:
    await demo.view_as("alice")
    await demo.press("DM me instead", on=demo.message("Making your movie", BOAT))
    await expect(demo.newest).to_contain_text(ENGLISH("buttons-to-direct"))


async def the_credits_of_a_failure_come_back(demo: DemoPage) -> None:
    await demo.view_as("bob")
    told = demo.message("Your movie failed", LOST)
    await expect(told).to_contain_text("50 credits refunded", timeout=MADE_WITHIN)
    await expect(demo.message(FOLLOWED, BOAT)).to_be_visible(timeout=MADE_WITHIN)
    await demo.press("Try again", on=told)
    await expect(demo.newest).to_contain_text(ENGLISH("quotes-title", credits=50))
    await demo.press("Cancel", on=demo.newest)
    await expect(demo.newest).to_contain_text(ENGLISH("quotes-cancelled"))


async def the_direct_message_is_read(demo: DemoPage) -> None:
    await demo.view_as("alice: DMs (1)")
    movie = demo.message("Your movie is ready", BOAT)
    await expect(movie).to_be_visible()
    await demo.press("New link", on=movie)
    await expect(demo.newest).to_contain_text("New link:")
    await demo.view_as("alice")
    await expect(demo.message(FOLLOWED, BOAT)).to_be_visible()
    await expect(demo.message("Requested by", BOAT)).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 360])
async def test_the_guide_is_in_sight_when_the_page_opens(page: Page, tmp_path: Path, width: int) -> None:
    async with open_sandbox(tmp_path, render_seconds=0.5, settings=SETTINGS, render_films=False) as sandbox:
        for name in ("alice", "bob", "carol"):  # so that there is something to scroll past
            await sandbox.people[name].slash(sandbox.channel, "movie", prompt=BOAT, duration=5)
        ready = ENGLISH("deliveries-ready", member="").strip()
        posted = sandbox.channel.history
        await sandbox.wait_until(lambda: [ready in each.content for each in posted()] == [True] * 3, MADE_WITHIN / 1000)
        await prepare_page(sandbox, render_seconds=0.5)
        async with open_page(sandbox) as url:
            await page.set_viewport_size({"width": width, "height": 740})
            await DemoPage(page).open(url)
            await expect(page.get_by_text("Try it here: type /movie.").last).to_be_in_viewport()
            overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert overflow <= 0, f"the page is {overflow} pixels too wide"


async def test_a_person_goes_from_movie_to_remix_in_the_page(page: Page, tmp_path: Path) -> None:
    settings = {"CONFIRM_ABOVE_CREDITS": "100", "MEMBER_MONTHLY_CREDITS": "1000"}
    async with open_sandbox(tmp_path, render_seconds=3, settings=settings) as sandbox, open_page(sandbox) as url:
        demo = DemoPage(page)
        await demo.open(url)
        await demo.command("movie", prompt=BOAT)
        await expect(demo.newest).to_contain_text(ENGLISH("quotes-title", credits=200))
        await expect(demo.newest).to_contain_text("800 left (now: 1,000 credits)")
        await demo.press(ENGLISH("quotes-accept-button"))
        await expect(demo.message(ENGLISH("quotes-accepted"))).to_be_visible()
        seen = await _percentages(page, until="Your movie is ready.")
        assert len(seen) > 1, f"the bar should have moved: {seen}"
        link = demo.newest.get_by_role("link", name=ENGLISH("links-watch"), exact=True)
        await expect(link).to_have_attribute("href", re.compile(f"^{re.escape(sandbox.fake_samsar.origin)}/movies/"))
        await expect(demo.newest.locator("video")).to_have_count(1)  # the upload, with no preview of the link beside it
        await expect(demo.newest.locator("video")).to_be_visible(timeout=15_000)
        await demo.press("Remix")
        await expect(demo.form.get_by_label(ENGLISH("forms-prompt-label"))).to_have_value(BOAT)
        await demo.submit(Duration="12")
        await expect(demo.newest).to_contain_text(ENGLISH("quotes-title", credits=120))
        await demo.press(ENGLISH("quotes-accept-button"))
        await expect(demo.message("12 s · 16:9")).to_be_visible()
        await expect(demo.newest).to_contain_text("120 credits spent", timeout=20_000)
        await demo.command("movies")
        await expect(demo.newest).to_contain_text("Your movies")
        await expect(demo.newest).to_contain_text(BOAT)
        await demo.command("credits")
        await expect(demo.newest).to_contain_text(ENGLISH("credits-account-title", name="alice"))
        await expect(demo.newest).to_contain_text("680 credits left")
    assert sum(each.method == "POST" for each in sandbox.fake_samsar.requests) == 2


async def _percentages(page: Page, until: str) -> list[str]:
    watched = await page.evaluate(_WATCH, until)
    return list(watched)


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
