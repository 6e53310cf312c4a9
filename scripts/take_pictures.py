"""Take the README's pictures from the offline world, in a headless Chromium: `make pictures`.

They are what a person sees on the demo's page: the real bot's messages, drawn by the simulated Discord.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path

from playwright.async_api import Page, async_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.sandbox.demo import CLOCKWORK, LIGHTHOUSE, WHALES, open_page
from bot.sandbox.world import World, open_world

PICTURES = Path("docs/pictures")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


async def main() -> None:
    """Play scenes and take a picture of each."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("No Chromium is installed (on Debian: apt install chromium).")
    settings = {"MEMBER_MONTHLY_CREDITS": "600"}
    async with (
        open_world(Path("var/pictures"), render_seconds=6, settings=settings) as world,
        open_page(world) as url,
        async_playwright() as playwright,
    ):
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = await browser.new_page(color_scheme="dark", viewport={"width": 1100, "height": 1000})
        await page.goto(url)
        await _session(world, page)
        await browser.close()


async def _session(world: World, page: Page) -> None:
    alice, bob, dana = (world.people[name] for name in ("alice", "bob", "dana"))
    await alice.slash(world.channel, "movie", prompt=LIGHTHOUSE, duration=12)
    await world.until(lambda: _says(world, "%"), 30)
    await asyncio.sleep(2.5)
    await _shoot(page, "rendering.png", last=1)
    await world.until(lambda: _says(world, "Your movie is ready"), 30)
    await page.wait_for_timeout(1500)
    await _shoot(page, "movie.png", last=2)
    await bob.slash(world.channel, "movie", prompt=WHALES, duration=90)
    await _private(page, "refusal.png", "bob")
    world.standin.fail_when(lambda prompt: prompt == CLOCKWORK)
    await alice.slash(world.channel, "movie", prompt=CLOCKWORK, duration=20, video_model="KLINGIMGTOVIDPRO")
    await world.until(lambda: _says(world, "could not be made"), 30)
    await page.wait_for_timeout(1500)
    await alice.slash(world.channel, "credits")
    await _private(page, "credits.png", "alice")
    await dana.slash(world.channel, "quota grant", member=bob, credits=300, reason="won the poster contest")
    world.standin.behave()
    for who, seconds in ((bob, 45), (dana, 30)):
        await who.slash(world.channel, "movie", prompt=WHALES, duration=seconds)
    await world.until(lambda: sum("ready" in m.content for m in world.channel.history()) >= 3, 40)  # noqa: PLR2004
    await dana.slash(world.channel, "quota report")
    await _private(page, "report.png", "dana", most=690)


def _says(world: World, words: str) -> bool:
    shown = [(message.content, [embed.to_dict() for embed in message.embeds]) for message in world.channel.history()]
    return words in str(shown)


async def _private(page: Page, name: str, viewer: str, *, most: int = 2000) -> None:
    """A picture of an answer that only one person sees."""
    await page.get_by_label("Viewing as").select_option(label=viewer)
    last = page.locator("#channel-message-list > *").last
    for _ in range(20):
        await page.locator("#refresh").click()
        await page.wait_for_timeout(500)
        if "Only you can see this" in await last.inner_text():
            break
    await page.wait_for_timeout(500)
    await _shoot(page, name, last=1, most=most)


async def _shoot(page: Page, name: str, *, last: int, most: int = 2000) -> None:
    """A picture of the channel's last messages."""
    messages = page.locator("#channel-message-list > *")
    count = await messages.count()
    first = await messages.nth(count - last).bounding_box()
    final = await messages.nth(count - 1).bounding_box()
    assert first
    assert final
    clip = {
        "x": first["x"],
        "y": max(0, first["y"] - 8),
        "width": min(first["width"], 640),
        "height": min(most, final["y"] + final["height"] - first["y"]),
    }
    await page.screenshot(path=PICTURES / name, clip=clip)
    print(name)


if __name__ == "__main__":
    asyncio.run(main())
