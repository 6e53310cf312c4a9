"""What a newcomer does first: open the demo's page, type /movie, and see the movie come."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.async_api import async_playwright, expect

from bot.sandbox.demo import open_page
from bot.sandbox.world import open_world

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed (on Debian: apt install chromium)"),
]


async def test_who_types_movie_into_the_page_sees_the_finished_movie(tmp_path: Path) -> None:
    """A person types /movie and a prompt, sends it, and sees the card and then the movie's message with its link."""
    async with (
        open_world(tmp_path, render_seconds=1.5, settings={}) as world,
        open_page(world) as url,
        async_playwright() as playwright,
    ):
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            page = await browser.new_page(viewport={"width": 1100, "height": 900})
            await page.goto(url)
            composer = page.locator("#channel-composer-input")
            await composer.click()
            await composer.press_sequentially("/movie")
            await page.keyboard.press("Enter")
            await page.get_by_label("prompt, required").fill("a paper boat crosses the kitchen sea")
            await page.locator("#send-message").click()
            channel = page.locator("#channel-message-list")
            await expect(channel).to_contain_text("a paper boat crosses the kitchen sea", timeout=10_000)
            await expect(channel).to_contain_text("Your movie is ready.", timeout=20_000)
            await expect(channel).to_contain_text(f"{world.standin.origin}/movies/", timeout=5_000)
            await expect(channel).to_contain_text("300 credits spent · 300 credits left this month")
        finally:
            await browser.close()
