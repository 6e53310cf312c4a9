"""Takes screenshots of every message and modal: `make pictures`.

They show the demo's page in a headless Chromium: the real bot's messages, drawn by the simulated Discord. All of them
are written to var/pictures, by language and width, with a sheet of each that a person can open. Those of the README
and the sheets of the translations' page are also written to docs/pictures.
With languages, such as `scripts/take_pictures.py ja`, only theirs are taken.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sys
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import discord
from PIL import Image
from playwright.async_api import Browser, FloatRect, Locator, Page, ViewportSize, async_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from simcord.results import InteractionResult

from bot.domain.catalogue import AspectRatio
from bot.domain.jobs import Job, JobState
from bot.domain.operations import Operation
from bot.domain.request import MovieRequest
from bot.domain.text import Language
from bot.samsar.config import ApiVersion
from bot.sandbox import brand
from bot.sandbox.demo import open_page
from bot.sandbox.environment import SandboxEnvironment, open_sandbox
from bot.sandbox.opening import (
    APPROVED_CREDITS,
    CLOCKWORK,
    LIGHTHOUSE,
    WHALES,
    find,
    message_of,
    order,
    press,
    set_up,
    wait_for,
)
from bot.ui import approvals, pitches, storyboards
from bot.ui.components import actions_of, custom_id, texts_of, walk
from bot.ui.movie_reports import DISMISS, REASON
from bot.ui.scenes import OPEN as FIX_SCENE
from bot.ui.scenes import PICK
from bot.ui.staff_subjects import BLOCK, MORE
from tests.helpers.render_gate import RenderGate

ALL = Path("var/pictures")
README = Path("docs/pictures")
CHOSEN = (
    "price",
    "rendering",
    "movie",
    "form",
    "movies",
    "setup",
    "report",
    "staff",
    "privacy",
    "pitch",
    "storyboard",
    "scene",
    "versions",
    "pictures-price",
)
"""Pictures of the README and the documentation, in English."""

SHEET = (
    "movie",
    "price",
    "rendering",
    "pitch",
    "credits",
    "movies",
    "report",
    "refusal",
    "failed",
    "queued",
    "setup-first",
)
"""Pictures of a language's sheet in the documentation."""

SHEET_QUALITY = 60
"""Of a sheet as WebP: the words are sharp. It means nothing for a PNG."""

DESKTOP, PHONE = "desktop", "phone"
WIDTHS = {DESKTOP: 1100, PHONE: 360}
WIDEST = 700
HEIGHT = 1900
RENDER_SECONDS = 0.5
MAX_BYTES = 200_000
"""Of a picture in the documentation, so that it loads quickly."""

MARGIN = 8
PATIENCE = 200
"""Looks at a picture until it keeps still: a minute, for a machine that is busy."""

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
TALL_FORMS = ".modal-dialog { max-height: none !important; }"
"""Shows a modal in full, without scrolling."""

MESSAGES = "#channel-message-list > article"
LOADED = """elements => !elements.some(element => element.querySelector(".media-unavailable")) && elements.flatMap(
    element => element.matches("img") ? [element] : [...element.querySelectorAll("img, video")]
).every(each => each instanceof HTMLImageElement ? each.complete && each.naturalWidth > 0 : each.readyState >= 2)"""
LAID_OUT = """() => {
    const app = document.getElementById("preview-app");
    return app.style.width === `${app.parentElement.clientWidth}px`
        && !simcordPreview.pendingAction && simcordPreview.awaitingRevision === null }"""
"""Whether the page has its window's width, and waits for nothing.

It asks its server before it takes another width. Its buttons are gray while it waits.
"""

CENTRE = "elements => elements.forEach(element => element.scrollIntoView({block: 'center'}))"
BOXES = "elements => elements.map(element => element.getBoundingClientRect().toJSON())"


@dataclass(frozen=True, slots=True)
class Camera:
    """Takes screenshots of messages and modals in both widths. Each is on a new page."""

    world: SandboxEnvironment
    browser: Browser
    url: str
    folder: Path
    taken: list[str] = field(default_factory=list[str])

    async def messages(self, name: str, *shown: InteractionResult | discord.Message, place: str = "alice") -> None:
        """Take a screenshot of messages that follow one another, as a choice of "Viewing as" shows them."""
        ids = [message_of(each).id if isinstance(each, InteractionResult) else each.id for each in shown]
        for device in WIDTHS:
            async with self._page(place, device) as page:
                first, last = (page.locator(f'{MESSAGES}[data-message-id="{each}"]') for each in (ids[0], ids[-1]))
                await self._shot(page, device, name, first, last)
        self.taken.append(name)

    async def form(self, name: str, message: discord.Message, action: str, place: str = "alice") -> None:
        """Take a screenshot of the modal that a message's button opens."""
        for device in WIDTHS:
            async with self._page(place, device) as page:
                article = page.locator(f'{MESSAGES}[data-message-id="{message.id}"]')
                await article.get_by_role("button").filter(has_text=_label(message, action)).last.click()
                form = page.get_by_role("dialog")
                await self._shot(page, device, name, form, form)
        self.taken.append(name)

    @contextlib.asynccontextmanager
    async def _page(self, place: str, device: str) -> AsyncGenerator[Page]:
        viewport: ViewportSize = {"width": WIDTHS[device], "height": HEIGHT}
        page = await self.browser.new_page(bypass_csp=True, color_scheme="dark", viewport=viewport)
        await page.goto(self.url)
        await page.add_style_tag(content=TALL_FORMS)
        choices = page.locator("#viewer-picker option")
        await choices.first.wait_for(state="attached", timeout=0)
        names = await choices.all_text_contents()
        chosen = next(each for each in names if each.split(" (")[0] == place)  # after it is how many messages
        await page.get_by_label("Viewing as").select_option(label=chosen)
        await page.wait_for_timeout(900)
        yield page
        await page.close()

    async def _shot(self, page: Page, device: str, name: str, first: Locator, last: Locator) -> None:
        top, bottom = await self._still(page, first, last)
        clip: FloatRect = {
            "x": top["x"],
            "y": top["y"],
            "width": min(top["width"], WIDEST),
            "height": min(HEIGHT, bottom["y"] + bottom["height"]) - top["y"],
        }
        path = self.folder / device / f"{name}.png"
        await page.screenshot(path=path, clip=clip)
        print(path, flush=True)

    async def _still(self, page: Page, first: Locator, last: Locator) -> tuple[FloatRect, FloatRect]:
        """Return the boxes of both elements once they stop moving."""
        before = None
        for _ in range(PATIENCE):
            await page.wait_for_timeout(300)
            await first.evaluate_all(CENTRE)
            loaded = await page.evaluate(LAID_OUT) and await last.evaluate_all(LOADED)
            boxes: list[FloatRect] = [*await first.evaluate_all(BOXES), *await last.evaluate_all(BOXES)]
            if loaded and boxes == before and len(boxes) == 2:
                return boxes[0], boxes[1]
            before = boxes
        raise RuntimeError("What the picture should show was not seen, or did not load.")


async def main(languages: Sequence[Language]) -> None:
    """Take the pictures of these languages."""
    async with open_browser() as browser:
        for language in languages:
            await _take(browser, language)


@contextlib.asynccontextmanager
async def open_browser(*flags: str) -> AsyncGenerator[Browser]:
    """Start a headless Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("No Chromium is installed (on Debian: apt install chromium).")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, *flags])
        yield browser
        await browser.close()


async def _take(browser: Browser, language: Language) -> None:
    """Run the scenes in a language and take screenshots of each."""
    folder = ALL / language
    settings = {
        "MAX_RENDERING_JOBS": "2",
        "MEMBER_MONTHLY_CREDITS": "900",
        "SERVER_MONTHLY_CREDITS": "20000",
        "PLAN_MONTHLY_CREDITS": "20000",
        "CONFIRM_ABOVE_PERCENT": "100",
        "CONFIRM_FIRST_ORDER": "false",
    }
    taken: list[str] = []
    for version, scenes in _SCENES.items():
        sandbox = open_sandbox(
            folder, render_seconds=RENDER_SECONDS, settings=settings, version=version, language=language
        )
        async with sandbox as world, open_page(world) as url:
            _remember_the_past(world)
            for scene in scenes:
                await scene(Camera(world, browser, url, folder, taken))
    for device in WIDTHS:
        _write_sheet(folder / device, taken, ALL / f"{language}-{device}.png")
    if language is Language.ENGLISH:
        _copy_to_readme(folder / DESKTOP)
    else:
        _check_size(_write_sheet(folder / PHONE, SHEET, README / f"{language}.webp", columns=3))


def _copy_to_readme(folder: Path) -> None:
    for name in CHOSEN:
        copy = Path(shutil.copyfile(folder / f"{name}.png", README / f"{name}.png"))
        if copy.stat().st_size > MAX_BYTES:  # it shows several movies
            with Image.open(copy) as picture:
                picture.convert("RGB").quantize().save(copy, optimize=True)
        _check_size(copy)


def _write_sheet(folder: Path, names: Sequence[str], sheet: Path, columns: int = 4) -> Path:
    """Put pictures of one width side by side, each in the column that ends first."""
    pictures = [Image.open(folder / f"{name}.png").convert("RGB") for name in names]
    width = max(each.width for each in pictures) + MARGIN
    ends = [MARGIN] * columns
    places: list[tuple[int, int]] = []
    for picture in pictures:
        column = ends.index(min(ends))
        places.append((MARGIN + column * width, ends[column]))
        ends[column] += picture.height + MARGIN
    drawn = Image.new("RGB", (MARGIN + columns * width, max(ends)), "#313338")
    for picture, place in zip(pictures, places, strict=True):
        drawn.paste(picture, place)
    drawn.save(sheet, quality=SHEET_QUALITY)
    print(sheet, flush=True)
    return sheet


def _check_size(picture: Path) -> None:
    if picture.stat().st_size > MAX_BYTES:
        sys.exit(f"{picture} is larger than {MAX_BYTES} bytes: show less of the page, or lower its quality.")


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
    price = await alice.slash(world.channel, "movie", prompt=LIGHTHOUSE, duration=45)
    await camera.messages("price", price)
    await camera.form("price-edit", message_of(price), "quote-edit")
    cancelled = await press(alice, message_of(price), "quote-cancel")
    await camera.messages("price-cancelled", cancelled)
    await camera.messages("refusal", await bob.slash(world.channel, "movie", prompt=WHALES, duration=110), place="bob")


async def _while_it_renders(camera: Camera) -> None:
    world = camera.world
    bob, carol = world.people["bob"], world.people["carol"]
    gate = RenderGate(world)
    mine = await _ordered(world, "alice", LIGHTHOUSE, 15)
    # by DM: of two movies that follow each other, Discord names the author only above the first
    await _act(world, "bob", await _ordered(world, "bob", WHALES, 12), "target")
    waiting = await _ordered(world, "carol", CLOCKWORK, 10)
    await camera.messages("queued", waiting, place="carol")
    await _more(camera, "queued-more", waiting, "carol")
    await camera.messages("cancel-asked", await _act(world, "carol", waiting, "cancel"), place="carol")
    await world.wait_until(lambda: "%" in texts_of(_newest(world, mine)), 30)
    await camera.messages("rendering", mine)
    await _more(camera, "rendering-more", mine, "alice")
    await camera.messages("following", await press(carol, _newest(world, mine), "follow"), place="carol")
    gate.open()
    movie = await wait_for(world, world.channel, "star", _movie_id(mine))
    await camera.messages("followed", movie, place="carol")
    await press(bob, movie, "star")
    await world.wait_until(lambda: find(_newest(world, movie), "star") is not None, 30)
    await camera.messages("movie", movie)
    for who in ("alice", "bob", "dana"):
        await _more(camera, f"movie-more-{who}", movie, who)
    await camera.form("form", movie, "remix")
    await camera.messages("receipt", await _act(world, "alice", movie, "receipt"))


async def _when_it_is_done(camera: Camera) -> None:
    world = camera.world
    failing = world.fake_samsar.fail_renders(lambda prompt: prompt == CLOCKWORK)
    failed = await _ordered(world, "alice", CLOCKWORK, 20)
    await camera.messages("failed", await wait_for(world, world.channel, "retry", _movie_id(failed)))
    failing.stop()
    bobs = await wait_for(world, world.people["bob"].user.dm_channel, "more")
    await camera.messages("by-dm", bobs, place="bob: DMs")


async def _for_members(camera: Camera) -> None:
    world = camera.world
    for command in ("movies", "credits", "preferences", "help", "privacy", "top"):
        await camera.messages(command, await world.people["alice"].slash(world.channel, command))


async def _pay_together(camera: Camera) -> None:
    """Let three members chip in for a pitch, which leaves it open."""
    world = camera.world
    bob = world.people["bob"]
    pitched = message_of(await bob.slash(world.channel, "pitch", prompt=WHALES, duration=60))
    chipped = None
    for who, amount in (("carol", 50), ("bob", 50), ("alice", 50), ("alice", 10)):
        chipped = await press(world.people[who], pitched, pitches.ADD, str(amount))
    await press(world.people["alice"], pitched, pitches.VOTE)
    assert chipped is not None
    await camera.messages("chipped-in", chipped)
    await world.wait_until(lambda: find(_newest(world, pitched), pitches.REST, "440") is not None, 30)
    await camera.messages("pitch", pitched)
    for who in ("alice", "bob", "dana"):
        await _more(camera, f"pitch-more-{who}", pitched, who, "pitch-more")
    await camera.messages("pitches", await bob.slash(world.channel, "pitches"), place="bob")


async def _for_managers(camera: Camera) -> None:
    world = camera.world
    bob, dana = world.people["bob"], world.people["dana"]
    granted = await dana.slash(world.channel, "quota grant", member=bob, credits=300, reason="won the poster contest")
    await camera.messages("granted", granted, place="dana")
    for name, command in {"help-manager": "help", "report": "quota report", "quota": "quota show"}.items():
        await camera.messages(name, await dana.slash(world.channel, command), place="dana")
    await camera.messages("setup-first", await dana.slash(world.channel, "setup panel"), place="dana")
    await set_up(world)
    panel = message_of(await dana.slash(world.channel, "setup panel"))
    await camera.messages("setup", panel, place="dana")
    section = await press(dana, panel, "setup-section", "models")
    await camera.messages("setup-section", section, place="dana")


async def _for_staff(camera: Camera) -> None:
    """Let a movie wait for approval, report another one, and star a third, which brings it to the gallery."""
    world = camera.world
    carol = world.people["carol"]
    waiting = await _ordered(world, "carol", CLOCKWORK, APPROVED_CREDITS // 10 + 1)
    await camera.messages("waits-for-approval", waiting, place="carol")
    request = await wait_for(world, world.staff, approvals.APPROVE)
    movie = next(each for each in world.channel.history() if find(each, "star") is not None)  # not carol's
    form = await _act(world, "carol", movie, "report")
    await carol.submit_modal(form, {REASON: "The lighthouse is upside down."})
    reported = await wait_for(world, world.staff, DISMISS)
    await camera.messages("staff", request, reported, place="dana: #staff")
    more = await press(world.people["dana"], reported, MORE)
    await camera.messages("staff-more", more, place="dana: #staff")
    await camera.form("block-form", message_of(more), BLOCK, place="dana: #staff")
    await press(world.people["dana"], movie, "star")
    await camera.messages("gallery", await wait_for(world, world.gallery, "star"), place="bob: #gallery")
    await camera.form("decline-form", request, approvals.DECLINE, place="dana: #staff")
    await press(world.people["dana"], request, approvals.APPROVE)
    await camera.messages("approved", request, place="dana: #staff")


async def _storyboard(camera: Camera) -> None:
    """Let a member read both amounts, and look at the stills."""
    world, alice = camera.world, camera.world.people["alice"]
    price = message_of(await alice.slash(world.channel, "movie", prompt=LIGHTHOUSE, duration=20, storyboard=True))
    await camera.messages("storyboard-price", price)
    await camera.form("storyboard-form", price, "quote-more")
    await press(alice, price, "quote-accept")
    card = await wait_for(world, world.channel, storyboards.RENDER)
    await camera.messages("storyboard", card)
    await _more(camera, "storyboard-more", card, "alice")
    await camera.messages("storyboard-private", await _act(world, "alice", card, storyboards.LOOK))
    await press(alice, card, storyboards.STOP)
    await camera.messages("storyboard-stopping", card)


async def _changes(camera: Camera) -> None:
    """Let a member look at a movie's scenes, read what one costs, and see the new version below the first."""
    world, alice = camera.world, camera.world.people["alice"]
    movie = await _finished(world, await _ordered(world, "alice", LIGHTHOUSE, 20))
    await _more(camera, "change-more", movie, "alice")
    look = message_of(await _act(world, "alice", movie, FIX_SCENE))
    await camera.messages("scene", look)
    picked = await alice.select(look, custom_id=custom_id(PICK, _movie_id(movie)), values=["2"])
    price = message_of(picked)
    await camera.messages("scene-price", price)
    await press(alice, price, "quote-accept")
    await camera.messages("version", await _finished(world, _last(world)))
    await camera.messages("versions", await alice.slash(world.channel, "movies", id=_movie_id(movie)))


async def _of_movies(camera: Camera) -> None:
    """Show what can be made of two movies of a series, and what it costs."""
    world, bob = camera.world, camera.world.people["bob"]  # alice has spent hers
    movie = await _finished(world, await _ordered(world, "bob", LIGHTHOUSE, 10))
    form = await press(bob, movie, "continue")
    price = await bob.submit_modal(form, {"prompt": WHALES, "seconds": "10"})
    await press(bob, message_of(price), "quote-accept")
    movie = await _finished(world, _last(world))
    await _more(camera, "movie-more-2026", movie, "bob")
    for operation in (Operation.DUB, Operation.SUBTITLES, Operation.FILM):
        await camera.messages(f"price-{operation}", await _act(world, "bob", movie, operation), place="bob")
    price = await _act(world, "bob", movie, Operation.FILM)
    await press(bob, message_of(price), "quote-pitch")
    await camera.messages("pitch-film", _last(world))


async def _of_pictures(camera: Camera) -> None:
    """Show what a movie of a member's own pictures costs at most, and that movie."""
    world, carol = camera.world, camera.world.people["carol"]
    files = {"picture": ("avatar.png", brand.avatar()), "picture2": ("states.png", brand.states())}
    price = message_of(await carol.slash(world.channel, "movie", prompt="Our club wakes up in the morning", **files))
    await camera.messages("pictures-price", price, place="carol")
    await camera.form("pictures-form", price, "quote-more", place="carol")
    await press(carol, price, "quote-accept")
    await camera.messages("pictures-movie", await _finished(world, _last(world)))


async def _finished(world: SandboxEnvironment, card: discord.Message) -> discord.Message:
    """Return the message with a card's movie."""
    return await wait_for(world, world.channel, "star", _movie_id(card))


_SCENES = {
    ApiVersion.MARCH_2025: (
        _before_it_costs,
        _while_it_renders,
        _when_it_is_done,
        _for_members,
        _pay_together,
        _for_managers,
        _for_staff,
    ),
    ApiVersion.AUTUMN_2026: (_storyboard, _changes, _of_movies, _of_pictures),
}
"""What is played with each version of the API."""


async def _more(camera: Camera, name: str, message: discord.Message, who: str, action: str = "more") -> None:
    """Take a screenshot of what is behind a message's ⋯ for a member, where it has that."""
    message = _newest(camera.world, message)
    if find(message, action) is not None:
        await camera.messages(name, await press(camera.world.people[who], message, action), place=who)


async def _act(world: SandboxEnvironment, who: str, message: discord.Message, action: str) -> InteractionResult:
    """Press a button of a message as it is now, or one behind its ⋯."""
    message = _newest(world, message)
    if find(message, action) is None:
        message = message_of(await press(world.people[who], message, "more"))
    return await press(world.people[who], message, action)


async def _ordered(world: SandboxEnvironment, who: str, prompt: str, duration: int) -> discord.Message:
    """Order a movie, and return its card."""
    before = {each.id for each in world.channel.history()}
    await order(world, world.people[who], prompt=prompt, duration=duration)
    return next(each for each in world.channel.history() if each.id not in before and not each.flags.ephemeral)


def _last(world: SandboxEnvironment) -> discord.Message:
    """Return the channel's last message for everyone."""
    return [each for each in world.channel.history() if not each.flags.ephemeral][-1]


def _newest(world: SandboxEnvironment, message: discord.Message) -> discord.Message:
    """Return a message of the channel as it is now."""
    return next(each for each in world.channel.history() if each.id == message.id)


def _movie_id(card: discord.Message) -> str:
    """Return the id of the movie of a card."""
    return next(arguments[0] for action, arguments in actions_of(card) if action in ("follow", "star"))


def _label(message: discord.Message, action: str) -> str:
    """Return what a message's button says."""
    custom_id = find(message, action)
    buttons = [each for each in walk(message.components) if isinstance(each, discord.Button)]
    return next(each.label for each in buttons if each.custom_id == custom_id) or ""


if __name__ == "__main__":
    chosen = [Language(each) for each in sys.argv[1:]]
    asyncio.run(main(chosen or [Language.ENGLISH, Language.GERMAN, Language.JAPANESE]))
