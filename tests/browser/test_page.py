"""What a newcomer does first: type /movie on the demo's page, and follow the movie to its end and to the next one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect
from playwright.async_api import TimeoutError as BrowserTimeout

from bot.sandbox.demo import open_page
from bot.sandbox.world import open_world

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
BOAT = "a paper boat crosses the kitchen sea"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed (on Debian: apt install chromium)"),
]


async def test_a_person_goes_from_movie_to_remix_in_the_page(tmp_path: Path) -> None:
    """/movie shows its price first; Make it; progress moves; the video plays; Remix with other seconds; the books."""
    settings = {"CONFIRM_ABOVE_CREDITS": "200", "MEMBER_MONTHLY_CREDITS": "1000"}
    async with (
        open_world(tmp_path, render_seconds=3, settings=settings) as world,
        open_page(world) as url,
        async_playwright() as playwright,
    ):
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            page = await browser.new_page(viewport={"width": 1100, "height": 1400})
            await page.goto(url)
            channel = page.locator("#channel-message-list")
            newest = channel.locator("> *").last
            await _type(page, "/movie", until="This movie costs 300 credits", prompt=BOAT)
            await expect(channel).to_contain_text("700 credits left of 1,000 credits")
            await _press(page.get_by_role("button", name="Make it"), until=channel.get_by_text("Ordered"))
            seen = await _percentages(page, until="Your movie is ready.")
            assert len(seen) > 1, f"the bar should have moved: {seen}"
            await expect(channel).to_contain_text(f"{world.standin.origin}/movies/")
            await expect(channel.locator("video")).to_be_visible(timeout=10_000)
            await _remix(page, seconds="12", until=channel.get_by_text("12 s · 16:9"))
            await expect(channel).to_contain_text("120 credits spent · 580 credits left", timeout=20_000)
            await _type(page, "/movies", until="Your movies")
            await expect(newest).to_contain_text(BOAT)
            await _type(page, "/credits", until="Credits of alice")
            await expect(newest).to_contain_text("580 credits left")
        finally:
            await browser.close()
    assert sum(each.method == "POST" for each in world.standin.requests) == 2


async def _type(page: Page, command: str, *, until: str, **options: str) -> None:
    """Type a command and send it, until its answer is seen."""
    composer = page.locator("#channel-composer-input")
    await composer.click()
    await composer.press_sequentially(command)
    await page.keyboard.press("Enter")
    for name, value in options.items():
        await page.get_by_label(f"{name}, required").fill(value)
    await _press(page.locator("#send-message"), until=page.locator("#channel-message-list").get_by_text(until))


async def _press(button: Locator, *, until: Locator) -> None:
    """Press until something is seen, as a person would who has the page drawn anew where it does not answer.

    It drops a press that meets its own redrawing, and on a busy machine takes the bot for stuck.
    """
    for _ in range(5):
        try:
            await button.last.click(timeout=3_000)
            await expect(until.last).to_be_visible(timeout=3_000)
        except (AssertionError, BrowserTimeout):
            await button.page.locator("#refresh").click()
        else:
            return
    raise AssertionError(f"{button} was pressed, and nothing came of it")


async def _remix(page: Page, *, seconds: str, until: Locator) -> None:
    """Open the newest movie's form, see what stands in it, change the length and send it."""
    form = page.get_by_role("dialog")
    for _ in range(3):
        await _press(page.get_by_role("button", name="Remix"), until=form)
        await expect(form.get_by_label("What happens in your movie")).to_have_value(BOAT)
        await form.get_by_label("How long").fill(seconds)
        await form.get_by_role("button", name="Submit").click()
        try:
            await expect(until.last).to_be_visible(timeout=5_000)
        except AssertionError:
            await page.keyboard.press("Escape")  # the page dropped the form, as it drops presses
            await expect(form).not_to_be_visible()
        else:
            return
    raise AssertionError("the form was sent, and nothing came of it")


async def _percentages(page: Page, until: str) -> list[str]:
    """The bar's numbers that were shown, one after the other, before a text came."""
    seen: list[str] = []
    for _ in range(200):
        text = await page.locator("#channel-message-list").inner_text()
        seen += [word for word in text.split() if word.endswith("%") and word not in seen]
        if until in text:
            return seen
        await page.wait_for_timeout(100)
    raise AssertionError(f"“{until}” never came; seen: {seen}")
