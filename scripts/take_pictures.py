"""Takes screenshots of every message and modal: `make pictures`.

They show the demo's page in a headless Chromium: the real bot's messages, drawn by the simulated Discord. All of them,
in a desktop and in a phone width, are written to var/pictures, and those of the README also to docs/pictures.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.async_api import Browser, FloatRect, Locator, Page, ViewportSize, async_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.domain.catalogue import AspectRatio
from bot.domain.job import Job, JobState
from bot.domain.request import MovieRequest
from bot.sandbox.demo import open_page
from bot.sandbox.environment import SandboxEnvironment, open_sandbox
from bot.sandbox.session import CLOCKWORK, LIGHTHOUSE, WHALES

ALL = Path("var/pictures")
README = Path("docs/pictures")
CHOSEN = ("price", "rendering", "movie", "form", "movies", "report")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTHS = {"desktop": 1100, "phone": 400}
HEIGHT = 1500
RENDER_SECONDS = 22
"""Long enough for two screenshots during the render."""
WIDEST = 640
MAX_BYTES = 200_000
"""Of a picture in the README, so that it loads quickly."""
MARGIN = 8
TALL_FORMS = ".modal-dialog { max-height: none !important; }"
"""Shows a modal in full, without scrolling."""

MESSAGES = "#channel-message-list > article"
LOADED = """elements => elements.flatMap(element => [...element.querySelectorAll("img, video")]).every(
    each => each instanceof HTMLImageElement ? each.complete && each.naturalWidth > 0 : each.readyState >= 2)"""
CENTRE = "elements => elements.forEach(element => element.scrollIntoView({block: 'center'}))"
BOXES = "elements => elements.map(element => element.getBoundingClientRect().toJSON())"


@dataclass(frozen=True, slots=True)
class Camera:
    """Takes screenshots of the channel in both widths.

    Each is on a new page.
    """

    world: SandboxEnvironment
    browser: Browser
    url: str

    async def messages(
        self, name: str, shows: str, *, many: int = 1, viewer: str = "alice", max_height: int = HEIGHT
    ) -> None:
        """Take a screenshot of `many` messages.

        They begin with the first that contains `shows`.
        """
        async with self._page(viewer) as page:
            first = page.locator(MESSAGES).filter(has_text=shows).first
            last = first if many == 1 else first.locator(f"xpath=following-sibling::article[{many - 1}]")
            await self._shots(page, name, first, last, max_height)

    async def form(self, name: str, viewer: str, button: str) -> None:
        """Take a screenshot of the modal that a button opens.

        The button is in the newest message.
        """
        async with self._page(viewer) as page:
            await page.get_by_role("button", name=button).last.click()
            form = page.get_by_role("dialog")
            await self._shots(page, name, form, form, HEIGHT)

    @contextlib.asynccontextmanager
    async def _page(self, viewer: str) -> AsyncGenerator[Page]:
        viewport: ViewportSize = {"width": WIDTHS["desktop"], "height": HEIGHT}
        page = await self.browser.new_page(bypass_csp=True, color_scheme="dark", viewport=viewport)
        await page.goto(self.url)
        await page.add_style_tag(content=TALL_FORMS)
        await page.get_by_label("Viewing as").select_option(label=viewer)
        await page.wait_for_timeout(300)
        await page.locator("#refresh").click()
        await page.wait_for_timeout(900)
        yield page
        await page.close()

    async def _shots(self, page: Page, name: str, first: Locator, last: Locator, max_height: int) -> None:
        for device, width in WIDTHS.items():
            await page.set_viewport_size({"width": width, "height": HEIGHT})
            await page.wait_for_timeout(700)  # the page lays out its messages again
            top, bottom = await self._still(page, first, last)
            y = top["y"] - MARGIN
            clip: FloatRect = {
                "x": top["x"],
                "y": max(0, y),
                "width": min(top["width"], WIDEST),
                "height": min(max_height, bottom["y"] + bottom["height"] - y),
            }
            path = ALL / device / f"{name}.png"
            await page.screenshot(path=path, clip=clip)
            print(path)

    async def _still(self, page: Page, first: Locator, last: Locator) -> tuple[FloatRect, FloatRect]:
        """Return the boxes of both elements once they stop moving."""
        before = None
        for _ in range(60):
            await page.wait_for_timeout(300)
            await last.evaluate_all(CENTRE)
            loaded = await last.evaluate_all(LOADED)
            boxes: list[FloatRect] = [*await first.evaluate_all(BOXES), *await last.evaluate_all(BOXES)]
            if loaded and boxes == before and len(boxes) == 2:
                return boxes[0], boxes[1]
            before = boxes
        raise RuntimeError("What the picture should show was not seen, or did not load.")


async def main() -> None:
    """Run the scenes and take screenshots of each."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("No Chromium is installed (on Debian: apt install chromium).")
    settings = {"MAX_RENDERING_JOBS": "2", "MEMBER_MONTHLY_CREDITS": "900"}
    async with (
        open_sandbox(ALL, render_seconds=RENDER_SECONDS, settings=settings) as world,
        open_page(world) as url,
        async_playwright() as playwright,
    ):
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        camera = Camera(world, browser, url)
        _remember_the_past(world)
        await _before_it_costs(camera)
        await _while_it_renders(camera)
        await _when_it_is_done(camera)
        await _for_members(camera)
        await _for_those_who_run_it(camera)
        await browser.close()
    _copy_to_readme()


def _copy_to_readme() -> None:
    for name in CHOSEN:
        picture = Path(shutil.copyfile(ALL / "desktop" / f"{name}.png", README / f"{name}.png"))
        if picture.stat().st_size > MAX_BYTES:
            sys.exit(f"{picture} is larger than {MAX_BYTES} bytes: show less of the page.")


def _remember_the_past(world: SandboxEnvironment) -> None:
    """Add a history of 4 to 8 minutes.

    Cards then show a usual duration.
    """
    request = MovieRequest("earlier", 15, "LUMA", "FLUX1.1PRO", AspectRatio.WIDE)
    past = Job("past", 1, 1, 1, 1, request, 150, JobState.COMPLETED, 0, submitted_at=0)
    for model in ("LUMA", "KLINGIMGTOVIDPRO"):
        for number in range(12):
            took_ms = 240_000 + 20_000 * number
            made = replace(past, request=replace(request, video_model=model), finished_at=took_ms, took_ms=took_ms)
            world.app.worker.history.add(made)


async def _before_it_costs(camera: Camera) -> None:
    world = camera.world
    alice, bob = world.people["alice"], world.people["bob"]
    await alice.slash(world.channel, "movie", prompt=LIGHTHOUSE, duration=45)
    await camera.messages("price", "costs 450 credits")
    await camera.form("quote-edit", "alice", "Edit")
    await bob.slash(world.channel, "movie", prompt=WHALES, duration=110)
    await camera.messages("refusal", "Not enough credits", viewer="bob")


async def _while_it_renders(camera: Camera) -> None:
    world = camera.world
    alice, bob, carol = (world.people[name] for name in ("alice", "bob", "carol"))
    await alice.slash(world.channel, "movie", prompt=LIGHTHOUSE, duration=15)
    await bob.slash(world.channel, "movie", prompt=WHALES, duration=12)
    waiting = await carol.slash(world.channel, "movie", prompt=CLOCKWORK, duration=10)
    await camera.messages("queued", "100 credits on hold", viewer="carol")
    assert waiting.response is not None
    await carol.click(waiting.response.message, label="Cancel")
    await camera.messages("cancelled", "100 credits refunded", viewer="carol", many=2)
    await world.wait_until(lambda: _says(world, "%"), 30)
    await camera.messages("rendering", "Step ")


async def _when_it_is_done(camera: Camera) -> None:
    world = camera.world
    alice = world.people["alice"]
    await world.wait_until(lambda: sum("is ready." in m.content for m in world.channel.history()) >= 2, 40)
    await camera.messages("movie", "150 credits spent")
    await camera.form("form", "alice", "Remix")
    world.fake_samsar.fail_renders(lambda prompt: prompt == CLOCKWORK)
    await alice.slash(world.channel, "movie", prompt=CLOCKWORK, duration=20, video_model="KLINGIMGTOVIDPRO")
    await world.wait_until(lambda: _says(world, "Your movie failed"), 30)
    await camera.messages("failed", "200 credits refunded", many=2)
    world.fake_samsar.clear_faults()


async def _for_members(camera: Camera) -> None:
    world = camera.world
    alice = world.people["alice"]
    for command, shows in (
        ("movies", "Your movies"),
        ("credits", "alice's credits"),
        ("preferences", "Your preferences"),
        ("help", "Matinee turns words into movies"),
    ):
        await alice.slash(world.channel, command)
        await camera.messages(command, shows)


async def _for_those_who_run_it(camera: Camera) -> None:
    world = camera.world
    alice, bob, dana = (world.people[name] for name in ("alice", "bob", "dana"))
    await dana.slash(world.channel, "quota grant", member=bob, credits=300, reason="won the poster contest")
    for who, seconds in ((bob, 25), (dana, 30), (alice, 22)):
        await who.slash(world.channel, "movie", prompt=WHALES, duration=seconds)
    await world.wait_until(lambda: sum("is ready." in m.content for m in world.channel.history()) >= 5, 60)
    await dana.slash(world.channel, "help")
    await camera.messages("help-manager", "As you may manage", viewer="dana")
    await dana.slash(world.channel, "quota report")
    await camera.messages("report", "Top members", viewer="dana", max_height=690)
    await dana.slash(world.channel, "quota show")
    await camera.messages("quota", "Server limits", viewer="dana")


def _says(world: SandboxEnvironment, words: str) -> bool:
    shown = [(message.content, [embed.to_dict() for embed in message.embeds]) for message in world.channel.history()]
    return words in str(shown)


if __name__ == "__main__":
    asyncio.run(main())
