"""Take pictures of every card and form in the offline world, in a headless Chromium: `make pictures`.

They are what a person sees on the demo's page: the real bot's messages, drawn by the simulated Discord. All of them, as
wide as a desk and as narrow as a phone, land in var/pictures; those that the README shows also in docs/pictures.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.domain.catalogue import AspectRatio
from bot.domain.job import Job, JobState
from bot.domain.request import MovieRequest
from bot.sandbox.demo import CLOCKWORK, LIGHTHOUSE, WHALES, open_page
from bot.sandbox.world import World, open_world

ALL = Path("var/pictures")
README = Path("docs/pictures")
CHOSEN = ("price", "rendering", "movie", "form", "movies", "report")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTHS = {"desk": 1100, "phone": 400}
WIDEST = 640

MESSAGES = "#channel-message-list > *"


@dataclass(frozen=True, slots=True)
class Camera:
    """The same channel on two screens, by name."""

    world: World
    screens: dict[str, Page]

    async def messages(
        self, name: str, *, last: int = 1, many: int | None = None, viewer: str = "alice", most: int = 1400
    ) -> None:
        """A picture of the channel's last messages (or the first `many` of these), as one member sees them."""
        for screen, page in self.screens.items():
            await self._look_as(page, viewer)
            each = page.locator(MESSAGES)
            count = await each.count()
            first = max(0, count - last)
            final = count - 1 if many is None else first + many - 1
            await self._shoot(page, screen, name, each.nth(first), each.nth(final), most)

    async def form(self, name: str, viewer: str, button: str) -> None:
        """A picture of the form that a button of the newest message opens."""
        for screen, page in self.screens.items():
            await self._look_as(page, viewer)
            await page.get_by_role("button", name=button).last.click()
            form = page.get_by_role("dialog")
            await form.wait_for()
            await page.wait_for_timeout(400)
            await self._shoot(page, screen, name, form, form, 1400)
            await page.keyboard.press("Escape")

    async def _look_as(self, page: Page, viewer: str) -> None:
        await page.get_by_label("Viewing as").select_option(label=viewer)
        await page.wait_for_timeout(300)
        await page.locator("#refresh").click()
        await page.wait_for_timeout(900)

    async def _shoot(self, page: Page, screen: str, name: str, first: Locator, last: Locator, most: int) -> None:
        await last.scroll_into_view_if_needed()
        top, bottom = await first.bounding_box(), await last.bounding_box()
        assert top
        assert bottom
        y = max(0, top["y"] - 8)
        clip = {
            "x": top["x"],
            "y": y,
            "width": min(top["width"], WIDEST),
            "height": min(most, bottom["y"] + bottom["height"] - y + 4),
        }
        path = ALL / screen / f"{name}.png"
        await page.screenshot(path=path, clip=clip)
        print(path)


async def main() -> None:
    """Play scenes and take pictures of each."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("No Chromium is installed (on Debian: apt install chromium).")
    settings = {"MAX_RENDERING_JOBS": "2", "MEMBER_MONTHLY_CREDITS": "900"}
    async with (
        open_world(ALL, render_seconds=8, settings=settings) as world,
        open_page(world) as url,
        async_playwright() as playwright,
    ):
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        camera = Camera(world, {name: await _screen(browser, url, width) for name, width in WIDTHS.items()})
        _remember_the_past(world)
        await _before_it_costs(camera)
        await _while_it_renders(camera)
        await _when_it_is_done(camera)
        await _for_members(camera)
        await _for_those_who_run_it(camera)
        await browser.close()
    for name in CHOSEN:
        shutil.copyfile(ALL / "desk" / f"{name}.png", README / f"{name}.png")


async def _screen(browser: Browser, url: str, width: int) -> Page:
    page = await browser.new_page(color_scheme="dark", viewport={"width": width, "height": 1500})
    await page.goto(url)
    return page


def _remember_the_past(world: World) -> None:
    """Movies that were made before, so that there is something usual: 4 to 8 minutes each."""
    request = MovieRequest("earlier", 15, "LUMA", "FLUX1.1PRO", AspectRatio.WIDE)
    past = Job("past", 1, 1, 1, 1, request, 150, JobState.COMPLETED, 0, submitted_at=0)
    for model in ("LUMA", "KLINGIMGTOVIDPRO"):
        for number in range(12):
            made = replace(past, request=replace(request, video_model=model), finished_at=240_000 + 20_000 * number)
            world.app.engine.history.add(made)


async def _before_it_costs(camera: Camera) -> None:
    world = camera.world
    alice, bob = world.people["alice"], world.people["bob"]
    await alice.slash(world.channel, "movie", prompt=LIGHTHOUSE, duration=45)
    await camera.messages("price")
    await camera.form("change", "alice", "Change")
    await bob.slash(world.channel, "movie", prompt=WHALES, duration=110)
    await camera.messages("refusal", viewer="bob")


async def _while_it_renders(camera: Camera) -> None:
    world = camera.world
    alice, bob, carol = (world.people[name] for name in ("alice", "bob", "carol"))
    await alice.slash(world.channel, "movie", prompt=LIGHTHOUSE, duration=15)
    await bob.slash(world.channel, "movie", prompt=WHALES, duration=12)
    waiting = await carol.slash(world.channel, "movie", prompt=CLOCKWORK, duration=10)
    await camera.messages("queued", viewer="carol")
    assert waiting.response is not None
    await carol.click(waiting.response.message, label="Cancel")
    await camera.messages("cancelled", viewer="carol", last=2)
    await world.until(lambda: _says(world, "%"), 30)
    await camera.messages("rendering", last=4, many=1)


async def _when_it_is_done(camera: Camera) -> None:
    world = camera.world
    alice = world.people["alice"]
    await world.until(lambda: sum("is ready." in m.content for m in world.channel.history()) >= 2, 40)  # noqa: PLR2004
    await camera.messages("movie")
    await camera.form("form", "alice", "Remix")
    world.standin.fail_when(lambda prompt: prompt == CLOCKWORK)
    await alice.slash(world.channel, "movie", prompt=CLOCKWORK, duration=20, video_model="KLINGIMGTOVIDPRO")
    await world.until(lambda: _says(world, "could not be made"), 30)
    await camera.messages("failed", last=2)
    world.standin.behave()


async def _for_members(camera: Camera) -> None:
    world = camera.world
    alice = world.people["alice"]
    for command in ("movies", "credits", "preferences", "help"):
        await alice.slash(world.channel, command)
        await camera.messages(command)


async def _for_those_who_run_it(camera: Camera) -> None:
    world = camera.world
    alice, bob, dana = (world.people[name] for name in ("alice", "bob", "dana"))
    await dana.slash(world.channel, "quota grant", member=bob, credits=300, reason="won the poster contest")
    for who, seconds in ((bob, 25), (dana, 30), (alice, 22)):
        await who.slash(world.channel, "movie", prompt=WHALES, duration=seconds)
    await world.until(lambda: sum("is ready." in m.content for m in world.channel.history()) >= 5, 60)  # noqa: PLR2004
    await dana.slash(world.channel, "help")
    await camera.messages("help-manager", viewer="dana")
    await dana.slash(world.channel, "quota report")
    await camera.messages("report", viewer="dana", most=690)
    await dana.slash(world.channel, "quota show")
    await camera.messages("quota", viewer="dana")


def _says(world: World, words: str) -> bool:
    shown = [(message.content, [embed.to_dict() for embed in message.embeds]) for message in world.channel.history()]
    return words in str(shown)


if __name__ == "__main__":
    asyncio.run(main())
