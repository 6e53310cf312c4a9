"""Records the whole flow as an animation: `make pictures`.

It opens on a movie, and goes from /movie to the next one that plays, on the demo's page in a headless Chromium:
docs/pictures/flow.webp.
"""

from __future__ import annotations

import asyncio
import io
import sys
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, ViewportSize
from take_pictures import ALL, LOADED, MESSAGES, README, open_browser

from bot.sandbox.demo import open_page
from bot.sandbox.environment import SandboxEnvironment, open_sandbox
from bot.sandbox.opening import LIGHTHOUSE, WHALES, find, order, press, wait_for

VIEWPORT: ViewportSize = {"width": 620, "height": 828}
NO_CONTROLS = "#toolbar, .media-player-controls { display: none !important; }"
"""Hides the page's own controls, and those of a movie, which Discord shows under a pointer only."""

SETTINGS = {"MEMBER_MONTHLY_CREDITS": "900", "CONFIRM_ABOVE_PERCENT": "100", "CONFIRM_FIRST_ORDER": "false"}
RENDER_SECONDS = 9
DURATION = "15"
MAX_BYTES = 1_000_000
"""So that the README loads quickly."""

QUALITY = 80
LAST_FRAME_MS = 2500
LONGEST_MS = 1800
"""Of any other frame: a step of the movie may take long on a machine that is busy."""

TO_THE_END = "list => list.scrollTo(0, list.scrollHeight)"
PLAY = "video => { video.muted = true; video.currentTime = 0; return video.play(); }"


@dataclass(slots=True)
class Recording:
    """Frames of the page, each with the milliseconds that it is shown."""

    page: Page
    frames: list[Image.Image] = field(default_factory=list[Image.Image])
    durations: list[int] = field(default_factory=list[int])

    async def frame(self, ms: int) -> None:
        """Take a frame. One that shows nothing new makes the last one longer."""
        picture = Image.open(io.BytesIO(await self.page.screenshot())).convert("RGB")
        if self.frames and picture.tobytes() == self.frames[-1].tobytes():
            self.durations[-1] = min(self.durations[-1] + ms, LONGEST_MS)
            return
        self.frames.append(picture)
        self.durations.append(ms)

    def save(self, path: Path) -> None:
        """Write the animation, which runs for ever."""
        self.durations[-1] += LAST_FRAME_MS
        first, *rest = self.frames
        first.save(
            path,
            save_all=True,
            append_images=rest,
            duration=self.durations,
            loop=0,
            quality=QUALITY,
            method=6,
            allow_mixed=True,
        )
        print(path, f"{len(self.frames)} frames, {path.stat().st_size} bytes")
        if path.stat().st_size > MAX_BYTES:
            sys.exit(f"{path} is larger than {MAX_BYTES} bytes: record less, or in a lower quality.")


async def main() -> None:
    """Record one order, from the first letter to the movie, below the movie of an earlier one."""
    async with (
        open_browser("--autoplay-policy=no-user-gesture-required") as browser,
        open_sandbox(ALL / "flow", render_seconds=RENDER_SECONDS, settings=SETTINGS) as world,
        open_page(world) as url,
    ):
        await order(world, world.people["alice"], prompt=WHALES, duration=12)
        earlier = await wait_for(world, world.channel, "star")
        await press(world.people["bob"], earlier, "star")
        page = await browser.new_page(bypass_csp=True, color_scheme="dark", viewport=VIEWPORT)
        await page.goto(url)
        await page.add_style_tag(content=NO_CONTROLS)
        await page.locator(MESSAGES).last.locator("video").wait_for()
        await _to_the_end(page)
        recording = Recording(page)
        await _watch(recording)
        await _order(recording)
        await _wait(recording, world)
        await _watch(recording)
    recording.save(README / "flow.webp")


async def _order(recording: Recording) -> None:
    """Type the command, a few letters a frame."""
    page = recording.page
    composer = page.locator("#channel-composer-input")
    await recording.frame(600)
    await composer.fill("/movie")
    await recording.frame(900)
    await page.locator(".command-entry").filter(has=page.get_by_text("/movie", exact=True)).click()
    prompt = page.locator(".command-option-input[data-option=prompt]")
    for end in range(12, len(LIGHTHOUSE) + 12, 12):
        await prompt.fill(LIGHTHOUSE[:end])
        await recording.frame(160)
    await page.locator(".command-ghost").click()
    await page.locator(".command-suggestion").get_by_text("duration", exact=True).click()
    await page.locator(".command-option-input[data-option=duration]").fill(DURATION)
    choice = page.get_by_text(f"{DURATION} s ·")
    await choice.wait_for()
    await recording.frame(1500)
    await choice.click()
    await recording.frame(700)
    await page.locator("#send-message").click()


async def _wait(recording: Recording, world: SandboxEnvironment) -> None:
    """Record the card until the movie is posted."""
    page = recording.page
    for _ in range(60):
        await page.wait_for_timeout(500)
        await page.locator("#channel-timeline").evaluate(TO_THE_END)
        if sum(find(message, "star") is not None for message in world.channel.history()) > 1:
            return
        await recording.frame(700)
    sys.exit("No movie was posted.")


async def _to_the_end(page: Page) -> None:
    """Scroll to the newest message, once its movie is loaded."""
    for _ in range(80):
        await page.locator("#channel-timeline").evaluate(TO_THE_END)
        await page.wait_for_timeout(250)
        if await page.locator(MESSAGES).last.evaluate_all(LOADED):
            return


async def _watch(recording: Recording) -> None:
    """Record the movie as it plays."""
    page = recording.page
    last = page.locator(MESSAGES).last
    await last.locator("video").wait_for()
    await _to_the_end(page)
    await recording.frame(1000)
    await last.locator("video").evaluate(PLAY)
    for _ in range(12):
        await page.wait_for_timeout(200)
        await recording.frame(280)


if __name__ == "__main__":
    asyncio.run(main())
