"""Takes screenshots of every message and modal: `make pictures`.

They show the demo's page in a headless Chromium: the real bot's messages, drawn by the simulated Discord. All of them,
in a desktop and in a phone width, are written to var/pictures. Those of the README are also written to docs/pictures.
With a language, such as `scripts/take_pictures.py ja`, its sheet of phone pictures is written there instead.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from pathlib import Path

import discord
from playwright.async_api import Browser, FloatRect, Locator, Page, ViewportSize, async_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.domain.catalogue import AspectRatio
from bot.domain.jobs import Job, JobState
from bot.domain.request import MovieRequest
from bot.domain.setting_kinds import SetupPage
from bot.domain.text import Language
from bot.locales.texts import Texts, texts_in
from bot.sandbox.demo import open_page
from bot.sandbox.environment import SandboxEnvironment, open_sandbox
from bot.sandbox.session import CLOCKWORK, LIGHTHOUSE, WHALES
from bot.ui import pitches
from bot.ui.components import actions_of, custom_id
from bot.ui.movie_reports import REASON

ALL = Path("var/pictures")
README = Path("docs/pictures")
SHOWN_IN_SHEETS = ("price", "rendering", "movie", "form", "movies", "setup", "report")
CHOSEN = (*SHOWN_IN_SHEETS, "staff", "privacy", "pitch")
SHEET = (*SHOWN_IN_SHEETS, "refusal", "queued", "failed", "credits", "preferences", "help")
SHEET_STYLE = """body { margin: 0 } img { width: 100%; margin-bottom: 8px; display: block; break-inside: avoid }
    main { background: #313338; width: 990px; columns: 3; column-gap: 8px; padding: 8px }"""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDTHS = {"desktop": 1100, "phone": 390}
HEIGHT = 1500
RENDER_SECONDS = 22
"""Long enough for two screenshots during the render."""
WIDEST = 700
MAX_BYTES = 200_000
"""Of a picture in the README, so that it loads quickly."""
MARGIN = 8
PATIENCE = 200
"""Looks at a picture until it keeps still: a minute, for a machine that is busy."""
TALL_FORMS = ".modal-dialog { max-height: none !important; }"
"""Shows a modal in full, without scrolling."""

MESSAGES = "#channel-message-list > article"
LOADED = """elements => elements.flatMap(
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
    """Takes screenshots of the channel in both widths.

    Each is on a new page.
    """

    world: SandboxEnvironment
    browser: Browser
    url: str
    texts: Texts

    async def messages(
        self, name: str, shows: str, *, many: int = 1, viewer: str = "alice", to_image: bool = False
    ) -> None:
        """Take a screenshot of `many` messages.

        They begin with the first that contains `shows`. `to_image`: the screenshot ends with the message's image.
        """
        async with self._page(viewer) as page:
            first = page.locator(MESSAGES).filter(has_text=shows).first
            last = first if many == 1 else first.locator(f"xpath=following-sibling::article[{many - 1}]")
            await self._shots(page, name, first, last.locator("img").last if to_image else last)

    async def form(self, name: str, viewer: str, button: str) -> None:
        """Take a screenshot of the modal that a button opens.

        The button is in the newest message.
        """
        async with self._page(viewer) as page:
            await page.get_by_role("button", name=button).last.click()
            form = page.get_by_role("dialog")
            await self._shots(page, name, form, form)

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

    async def _shots(self, page: Page, name: str, first: Locator, last: Locator) -> None:
        for device, width in WIDTHS.items():
            await page.set_viewport_size({"width": width, "height": HEIGHT})
            top, bottom = await self._still(page, first, last)
            y = top["y"] - MARGIN
            clip: FloatRect = {
                "x": top["x"],
                "y": max(0, y),
                "width": min(top["width"], WIDEST),
                "height": min(HEIGHT, bottom["y"] + bottom["height"] - y),
            }
            path = ALL / device / f"{name}.png"
            await page.screenshot(path=path, clip=clip)
            print(path)

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


async def main(language: Language) -> None:
    """Run the scenes and take screenshots of each."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("No Chromium is installed (on Debian: apt install chromium).")
    settings = {"MAX_RENDERING_JOBS": "2", "MEMBER_MONTHLY_CREDITS": "900"}
    async with (
        open_sandbox(ALL, render_seconds=RENDER_SECONDS, settings=settings, language=language) as world,
        open_page(world) as url,
        async_playwright() as playwright,
    ):
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        camera = Camera(world, browser, url, texts_in(language))
        _remember_the_past(world)
        await _before_it_costs(camera)
        await _while_it_renders(camera)
        await _when_it_is_done(camera)
        await _for_members(camera)
        await _for_managers(camera)
        await _for_staff(camera)
        await _pay_together(camera)
        if language is not Language.ENGLISH:
            await _write_sheet(browser, language)
        await browser.close()
    if language is Language.ENGLISH:
        _copy_to_readme()


def _copy_to_readme() -> None:
    for name in CHOSEN:
        picture = Path(shutil.copyfile(ALL / "desktop" / f"{name}.png", README / f"{name}.png"))
        if picture.stat().st_size > MAX_BYTES:
            sys.exit(f"{picture} is larger than {MAX_BYTES} bytes: show less of the page.")


async def _write_sheet(browser: Browser, language: Language) -> None:
    """Put the pictures in phone width on one sheet in docs/pictures."""
    images = "".join(f'<img src="{(ALL / "phone" / f"{name}.png").resolve().as_uri()}">' for name in SHEET)
    html = ALL / "sheet.html"
    html.write_text(f"<style>{SHEET_STYLE}</style><main>{images}</main>", encoding="utf-8")
    page = await browser.new_page()
    await page.goto(html.resolve().as_uri())
    sheet = README / f"{language}.jpg"
    await page.locator("main").screenshot(path=sheet, type="jpeg", quality=32)
    await page.close()
    if sheet.stat().st_size > MAX_BYTES:
        sys.exit(f"{sheet} is larger than {MAX_BYTES} bytes: lower its quality.")


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
    await camera.messages("price", camera.texts("quotes-accept-button", credits=450))
    await camera.form("quote-edit", "alice", camera.texts("quotes-edit-button"))
    await bob.slash(world.channel, "movie", prompt=WHALES, duration=110)
    await camera.messages("refusal", camera.texts("refusals-not-charged"), viewer="bob")


async def _while_it_renders(camera: Camera) -> None:
    world, texts = camera.world, camera.texts
    alice, bob, carol = (world.people[name] for name in ("alice", "bob", "carol"))
    await alice.slash(world.channel, "movie", prompt=LIGHTHOUSE, duration=15)
    await bob.slash(world.channel, "movie", prompt=WHALES, duration=12)
    waiting = await carol.slash(world.channel, "movie", prompt=CLOCKWORK, duration=10)
    await camera.messages("queued", texts("cards-cost-on-hold", credits=100), viewer="carol")
    assert waiting.response is not None
    await carol.click(waiting.response.message, label=texts("buttons-cancel-button"))
    await camera.messages("cancelled", texts("cards-cost-refunded", credits=100), viewer="carol", many=2)
    await world.wait_until(lambda: _says(world, "%"), 30)
    await camera.messages("rendering", texts("cards-rendering-title"))


async def _when_it_is_done(camera: Camera) -> None:
    world, texts = camera.world, camera.texts
    alice = world.people["alice"]
    await world.wait_until(lambda: _movies_posted(world) >= 2, 40)
    await camera.messages("movie", texts("deliveries-ready", member="@alice"))
    await camera.form("form", "alice", texts("buttons-remix-button"))
    world.fake_samsar.fail_renders(lambda prompt: prompt == CLOCKWORK)
    await alice.slash(world.channel, "movie", prompt=CLOCKWORK, duration=20, video_model="KLINGIMGTOVIDPRO")
    await world.wait_until(lambda: _says(world, texts("deliveries-failed-title")), 30)
    await camera.messages("failed", texts("deliveries-failed-title"))
    world.fake_samsar.clear_faults()


async def _for_members(camera: Camera) -> None:
    world, texts = camera.world, camera.texts
    alice = world.people["alice"]
    for command, shows in (
        ("movies", texts("movies-own-title")),
        ("credits", texts("credits-account-title", name="alice")),
        ("preferences", texts("preferences-title")),
        ("help", texts("help-title")),
        ("privacy", texts("privacy-title")),
    ):
        await alice.slash(world.channel, command)
        await camera.messages(command, shows)


async def _for_managers(camera: Camera) -> None:
    world, texts = camera.world, camera.texts
    alice, bob, dana = (world.people[name] for name in ("alice", "bob", "dana"))
    await dana.slash(world.channel, "quota grant", member=bob, credits=300, reason="won the poster contest")
    for who, seconds in ((bob, 25), (dana, 30), (alice, 22)):
        await who.slash(world.channel, "movie", prompt=WHALES, duration=seconds)
    await world.wait_until(lambda: _movies_posted(world) >= 5, 60)
    await dana.slash(world.channel, "help")
    await camera.messages("help-manager", texts("help-title"), viewer="dana")
    await dana.slash(world.channel, "quota report")
    await camera.messages("report", texts("report-members-field"), viewer="dana", to_image=True)
    await _set_up(camera)
    await dana.slash(world.channel, "quota show")
    await camera.messages("quota", texts("quota-server-title"), viewer="dana")


async def _set_up(camera: Camera) -> None:
    """Choose something of each kind, so that the panel shows it."""
    world, texts = camera.world, camera.texts
    dana = world.people["dana"]
    models = ["LUMA", "KLINGIMGTOVIDPRO"]
    await _change(world, SetupPage.MODELS, video_models=models, longest_seconds="60", default_seconds="15")
    await _change(world, SetupPage.MEMBERS, message_menu="anyone")
    await dana.slash(world.channel, "setup panel")
    await camera.messages("setup", texts("setup-title"), viewer="dana")


async def _for_staff(camera: Camera) -> None:
    """Let a movie wait for approval, and report another one."""
    world, texts = camera.world, camera.texts
    bob = world.people["bob"]
    await _change(world, SetupPage.STAFF, staff_channel=[world.channel])
    await _change(world, SetupPage.APPROVAL, approval="everyone")
    await bob.slash(world.channel, "movie", prompt=WHALES, duration=5)
    title = texts("approvals-request-title")
    await world.wait_until(lambda: _says(world, title), 20)
    movies = [message for message in world.channel.history() if ".mp4" in message.content]
    movie = next(message for message in movies if _shows(message, LIGHTHOUSE.split(",")[0]))  # Alice's
    form = await bob.click(movie, label=texts("reported-report-button"))
    await bob.submit_modal(form, {REASON: "The whales are upside down."})
    await world.wait_until(lambda: _says(world, texts("reported-reasons-field")), 20)
    await camera.messages("staff", title, many=2, viewer="dana")


async def _pay_together(camera: Camera) -> None:
    """Let three members chip in for a pitch, which leaves it open."""
    world, texts = camera.world, camera.texts
    alice, bob, carol = (world.people[name] for name in ("alice", "bob", "carol"))
    pitched = await bob.slash(world.channel, "pitch", prompt=WHALES, duration=60, chip_in=50)
    assert pitched.response is not None
    message = pitched.response.message
    more = await carol.click(message, label="⋯")
    assert more.response is not None
    form = await carol.click(more.response.message, label=texts("pitch-other-button"))
    await carol.submit_modal(form, {pitches.AMOUNT: "250"})
    for _ in range(2):
        await alice.click(message, label=texts("pitch-add-button", credits=10))
    await alice.click(message, label="▲ 0")
    rest = texts("pitch-rest-button", credits=280)
    await world.wait_until(lambda: any(_has_button(each, rest) for each in world.channel.history()), 20)
    await camera.messages("pitch", texts("pitch-by", member="bob"))


async def _change(world: SandboxEnvironment, page: SetupPage, **answers: object) -> None:
    """Fill a form of /setup, in a panel of its own; what has no answer is not set afterwards."""
    dana = world.people["dana"]
    opened = await dana.slash(world.channel, "setup panel")
    assert opened.response is not None
    panel = opened.response.message
    if ("setup-panel", ()) in actions_of(panel):  # the first questions
        await dana.click(panel, custom_id=custom_id("setup-panel"))
    form = await dana.click(panel, custom_id=custom_id("setup-page", page.value))
    await dana.submit_modal(form, answers)


def _movies_posted(world: SandboxEnvironment) -> int:
    return sum(".mp4" in message.content for message in world.channel.history())


def _says(world: SandboxEnvironment, words: str) -> bool:
    return any(_shows(message, words) for message in world.channel.history())


def _shows(message: discord.Message, words: str) -> bool:
    return words in str((message.content, [embed.to_dict() for embed in message.embeds]))


def _has_button(message: discord.Message, label: str) -> bool:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return any(isinstance(each, discord.Button) and each.label == label for row in rows for each in row.children)


if __name__ == "__main__":
    asyncio.run(main(Language(sys.argv[1]) if sys.argv[1:] else Language.ENGLISH))
