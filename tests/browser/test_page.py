"""What a newcomer does first on the demo's page: /movie, to its end and to the next one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.sandbox.demo import open_page
from bot.sandbox.environment import open_sandbox
from tests.browser.demo_page import DemoPage, expect
from tests.helpers.expected_text import ENGLISH

BOAT = "a paper boat crosses the kitchen sea"

if TYPE_CHECKING:
    from playwright.async_api import Page

pytestmark = pytest.mark.browser


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
