"""Clicks every button, menu and modal on the demo's page.

Then another movie is made to its end.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from bot.domain.server_setup import NOTHING_SET, Setting
from bot.sandbox.demo import open_page
from bot.sandbox.environment import SandboxEnvironment, open_sandbox
from bot.ui import movie_nights
from bot.ui.components import custom_id, parse_custom_id
from bot.ui.setup_panel import SetupPage
from cogs.component_router import ComponentRouter
from tests.browser.approval_steps import with_approval
from tests.browser.demo_page import DemoPage
from tests.browser.gate import Gate
from tests.browser.pitch_steps import with_pitches
from tests.browser.report_steps import in_the_reports
from tests.browser.setup_steps import in_the_prompt_filter, in_the_setup, in_the_setup_file
from tests.helpers.expected_text import ENGLISH

BOAT = "a paper boat crosses the kitchen sea"
KITE = "a kite that is afraid of heights"
LOST = "a map that nobody can read"
LAST = "the last train waits for a cat"

READY = "Your movie is ready."
MADE_WITHIN = 60_000
"""Milliseconds in which a movie comes, also on a busy machine."""

ONLY_WITH_THE_NEWER_API = {"cancel-confirm", "preferences-page"}
"""Actions of buttons that the demo has with `SAMSAR_API=2026` only; tests/e2e presses them."""

NOT_ON_THE_PAGE = {"order-message"}
"""The form of a message's menu, which the page has not; tests/e2e opens it."""

ONCE_A_WEEK = {movie_nights.PLAY}
"""Actions of a movie night, which the session is too short for; tests/e2e presses them."""

pytestmark = pytest.mark.browser


async def with_a_staff_channel(sandbox: SandboxEnvironment) -> None:
    """Make the demo's channel its staff channel, where requests appear."""
    dana = sandbox.people["dana"]
    opened = await dana.slash(sandbox.channel, "setup panel")
    assert opened.response is not None
    panel = opened.response.message
    await dana.click(panel, custom_id=custom_id("setup-page", SetupPage.STAFF))
    action = custom_id("setup", Setting.STAFF_CHANNEL, NOTHING_SET.fingerprint([Setting.STAFF_CHANNEL]))
    await dana.select(panel, [sandbox.channel], custom_id=action)


async def test_every_button_is_pressed_and_then_a_movie_is_made(page: Page, tmp_path: Path) -> None:
    """The bot still makes Bob's movie at the end."""
    settings = {"CONFIRM_ABOVE_CREDITS": "200", "MEMBER_MONTHLY_CREDITS": "1000", "MAX_RENDERING_JOBS": "1"}
    async with (
        open_sandbox(tmp_path, render_seconds=0.5, settings=settings, render_films=False) as sandbox,
        open_page(sandbox) as url,
    ):
        demo = DemoPage(page)
        await demo.open(url)
        await with_another_prompt(demo)
        await before_it_costs(demo)
        gate = Gate(sandbox)
        await while_it_is_made(demo)
        await while_it_waits(demo)
        await in_the_list_while_it_is_made(demo)
        gate.open()
        await when_it_is_done(demo)
        sandbox.fake_samsar.fail_renders(lambda prompt: prompt == LOST)
        await when_it_fails(demo)
        await in_the_list_when_it_is_done(demo)
        await when_it_is_deleted(demo)
        await in_the_ledger(demo)
        await in_the_preferences(demo)
        await with_a_staff_channel(sandbox)
        await sandbox.people["dana"].slash(sandbox.channel, "quota member", member=sandbox.people["carol"], credits=9)
        await where_it_is_too_dear(demo)
        await where_nothing_is_left(demo)
        await demo.view_as("dana")
        await in_the_setup(demo)
        await in_the_prompt_filter(demo)
        await in_the_setup_file(demo, tmp_path)
        await with_pitches(sandbox)
        await in_the_reports(demo, kept=f"{BOAT}, at night", removed="530 credits spent")
        await demo.view_as("alice")
        await in_her_data(demo)
        await with_approval(sandbox)
        elsewhere = ONLY_WITH_THE_NEWER_API | NOT_ON_THE_PAGE | ONCE_A_WEEK
        assert pressed(sandbox) == answered(sandbox) - elsewhere
        await demo.view_as("bob")
        await made(demo, LAST)


def pressed(sandbox: SandboxEnvironment) -> set[str]:
    """The actions behind everything that was pressed, chosen and sent."""
    sent = [payload["data"] for _, event, payload in sandbox.env.backend.transcript if event == "INTERACTION_CREATE"]
    read = [parse_custom_id(data["custom_id"]) for data in sent if "custom_id" in data]
    return {action for each in read if each is not None for action in each[:1]}


def answered(sandbox: SandboxEnvironment) -> set[str]:
    """The actions that the bot has answers for."""
    cog = sandbox.app.client.get_cog("ComponentRouter")
    assert isinstance(cog, ComponentRouter)
    return set(cog._handlers)


async def made(demo: DemoPage, prompt: str, duration: int = 5) -> Locator:
    """Ask for a movie, and wait for the message that brings it."""
    await demo.command("movie", prompt=prompt, duration=str(duration))
    movie = demo.message(READY, prompt)
    await expect(movie).to_be_visible(timeout=MADE_WITHIN)
    return movie


async def with_another_prompt(demo: DemoPage) -> None:
    """Style a prompt and go back, improve it, and take an idea."""
    await demo.command("movie", prompt=BOAT)
    await demo.choose(ENGLISH("prompts-style-placeholder"), "Anime", on=demo.newest)
    await expect(demo.newest).to_contain_text(f"{BOAT}. ")
    await demo.press(ENGLISH("prompts-back-button"), on=demo.newest)
    await expect(demo.newest).not_to_contain_text(f"{BOAT}. ")
    await demo.press(ENGLISH("prompts-improve-button"), on=demo.newest)
    await expect(demo.newest).to_contain_text(f"{BOAT}. ")
    await demo.press(ENGLISH("prompts-surprise-button"), on=demo.newest)
    await expect(demo.newest).not_to_contain_text(BOAT)
    await demo.press(ENGLISH("quotes-cancel-button"), on=demo.newest)
    await expect(demo.newest).to_contain_text(ENGLISH("quotes-cancelled"))


async def before_it_costs(demo: DemoPage) -> None:
    """Edit a quote with a wrong duration, mend it, and cancel it.

    Then get another quote.
    """
    await demo.command("movie", prompt=BOAT)
    await expect(demo.newest).to_contain_text(ENGLISH("quotes-title", credits=300))
    await demo.press(ENGLISH("quotes-edit-button"))
    await demo.submit(Duration="abc")
    await expect(demo.newest).to_contain_text("abc")
    await demo.press(ENGLISH("quotes-edit-button"))
    await demo.submit(Duration="40")
    await expect(demo.newest).to_contain_text(ENGLISH("quotes-title", credits=400))
    await demo.press("Cancel")
    await expect(demo.newest).to_contain_text(ENGLISH("quotes-cancelled"))
    await demo.command("movie", prompt=BOAT)
    await expect(demo.newest).to_contain_text(ENGLISH("quotes-title", credits=300))


async def while_it_is_made(demo: DemoPage) -> None:
    """Accept the quote, switch its delivery target, and follow it."""
    await demo.press(ENGLISH("quotes-accept-button"))
    card = demo.message("Making your movie", BOAT)
    await expect(card).to_be_visible(timeout=MADE_WITHIN)
    await demo.press("DM me instead", on=card)
    await expect(demo.newest).to_contain_text(ENGLISH("buttons-to-direct"))
    await demo.press("Post here instead", on=card)
    await expect(demo.newest).to_contain_text(ENGLISH("buttons-to-channel"))
    await demo.press("Notify me", on=card)
    await expect(demo.newest).to_contain_text(ENGLISH("buttons-own-movie"))
    await demo.view_as("bob")
    await demo.press("Notify me", on=card)
    await expect(demo.newest).to_contain_text(ENGLISH("buttons-following"))
    await demo.press("Stop notifying me", on=demo.newest)
    await expect(demo.newest).to_contain_text(ENGLISH("buttons-unfollowed"))
    await demo.view_as("alice")


async def while_it_waits(demo: DemoPage) -> None:
    """Cancel a queued movie, and ask for its price again."""
    await demo.command("movie", prompt=KITE, duration="5")
    card = demo.message("Requested by", KITE)
    await expect(card).to_contain_text(ENGLISH("cards-queued-title"))
    await demo.press("DM me instead", on=card)
    await demo.press("Post here instead", on=card)
    await demo.press("Notify me", on=card)
    await demo.press("Cancel", on=card)
    await expect(card).to_contain_text("Canceled")
    await demo.press("Try again", on=card)
    await expect(demo.newest).to_contain_text(ENGLISH("quotes-title", credits=50))
    await demo.press("Cancel", on=demo.newest)
    await expect(demo.newest).to_contain_text(ENGLISH("quotes-cancelled"))


async def in_the_list_while_it_is_made(demo: DemoPage) -> None:
    """Filter the list, and open a running movie."""
    await demo.command("movies")
    shown = demo.newest
    await demo.choose("Filter", "In progress", on=shown)
    await expect(shown).to_contain_text("Your movies: In progress")
    await demo.choose("Open a movie", BOAT, on=shown)
    await expect(shown).to_contain_text(ENGLISH("states-being-made-title"))
    await demo.press("Refresh", on=shown)
    await expect(shown).to_contain_text(ENGLISH("states-being-made-title"))
    await demo.press("DM me instead", on=shown)
    await demo.press("Post here instead", on=demo.message("Your movie", "Post here instead"))
    await demo.press("Back to the list", on=demo.message(ENGLISH("states-being-made-title"), "Back to the list"))
    await expect(demo.message("Your movies: In progress")).to_be_visible()
    await demo.choose("Filter", "Failed or canceled", on=demo.message("Your movies: In progress"))
    await expect(demo.message("Your movies: Failed or canceled")).to_contain_text(KITE)


async def when_it_is_done(demo: DemoPage) -> None:
    """Renew a movie's link, and star, remix, continue and rerun it."""
    movie = demo.message(READY, BOAT)
    await expect(movie).to_be_visible(timeout=MADE_WITHIN)
    await demo.press("New link", on=movie)
    await expect(demo.newest).to_contain_text("New link:")
    await demo.press(ENGLISH("buttons-receipt-button"), on=movie)
    await expect(demo.newest).to_contain_text(ENGLISH("buttons-receipts"))
    await demo.press("Remix", on=movie)
    await demo.submit(Prompt=f"{BOAT}, at night", Duration="6")
    await expect(demo.newest).to_contain_text(ENGLISH("quotes-title", credits=60))
    await demo.press(ENGLISH("quotes-accept-button"), on=demo.newest)
    await expect(demo.message(READY, f"{BOAT}, at night")).to_be_visible(timeout=MADE_WITHIN)
    await demo.press(ENGLISH("stars-star-button"), on=movie)
    await expect(demo.newest).to_contain_text(ENGLISH("stars-own"))
    await demo.press(ENGLISH("series-continue-button"), on=movie)
    await demo.submit(Prompt=f"{BOAT}, the next day", Duration="6")
    await expect(demo.newest).to_contain_text(ENGLISH("quotes-title", credits=60))
    await demo.press("Cancel", on=demo.newest)
    await demo.press("Rerun", on=demo.message(READY, f"{BOAT}, at night"))
    await expect(demo.newest).to_contain_text(ENGLISH("quotes-title", credits=60))
    await demo.press(ENGLISH("quotes-accept-button"), on=demo.newest)
    await expect(demo.message(ENGLISH("quotes-accepted"))).to_be_visible()
    await expect(demo.message(READY, "60 credits spent")).to_be_visible(timeout=MADE_WITHIN)


async def when_it_fails(demo: DemoPage) -> None:
    """Ask for a failed movie's price again, and cancel."""
    await demo.command("movie", prompt=LOST, duration="5")
    told = demo.message("Your movie failed", LOST)
    await expect(told).to_be_visible(timeout=MADE_WITHIN)
    await demo.press("Try again", on=told)
    await expect(demo.newest).to_contain_text(ENGLISH("quotes-title", credits=50))
    await demo.press("Cancel", on=demo.newest)
    await expect(demo.newest).to_contain_text(ENGLISH("quotes-cancelled"))


async def in_the_list_when_it_is_done(demo: DemoPage) -> None:
    """Turn the list's pages, open a movie, and press its buttons."""
    await made(demo, KITE)
    await demo.command("movies")
    shown = demo.newest
    await demo.press("Older", on=shown)
    await expect(shown.get_by_role("button", name="Older")).to_be_disabled()
    await demo.press("Newer", on=shown)
    await expect(shown.get_by_role("button", name="Newer")).to_be_disabled()
    await demo.choose("Open a movie", KITE, on=shown)
    opened = demo.message("Here's your movie", "Back to the list")
    await demo.press("New link", on=opened)
    await expect(demo.newest).to_contain_text("New link:")
    await demo.press("Rerun", on=opened)
    await expect(demo.newest).to_contain_text(ENGLISH("quotes-title", credits=50))
    await demo.press("Cancel", on=demo.newest)
    await demo.press("Remix", on=opened)
    await demo.dismiss()
    await demo.press("Back to the list", on=opened)
    await expect(demo.message("Your movies", "Older")).to_be_visible()


async def when_it_is_deleted(demo: DemoPage) -> None:
    """Delete a movie, and see it marked in the list."""
    movie = demo.message(READY, KITE)
    await demo.press(ENGLISH("buttons-delete-button"), on=movie)
    await demo.press(ENGLISH("buttons-delete-movie-button"), on=demo.newest)
    await expect(demo.newest).to_contain_text(ENGLISH("buttons-deleted"))
    await expect(movie).to_have_count(0, timeout=MADE_WITHIN)
    await demo.command("movies")
    await expect(demo.newest).to_contain_text(ENGLISH("movies-deleted"))


async def in_the_ledger(demo: DemoPage) -> None:
    """Turn the pages of receipts, and export them."""
    await demo.command("credits")
    shown = demo.newest
    await demo.press("Older", on=shown)
    await expect(shown).to_contain_text("page 2 of 2")
    await demo.press("Newer", on=shown)
    await expect(shown).to_contain_text("page 1 of 2")
    await demo.press(ENGLISH("credits-export-button"), on=shown)
    await expect(demo.newest).to_contain_text(ENGLISH("credits-exported", movies=6))


async def in_the_preferences(demo: DemoPage) -> None:
    """Choose each preference once, and reset them."""
    await demo.command("preferences")
    shown = demo.newest
    for menu, option, says in (
        ("Video model", "Kling Pro", "Video model: Kling Pro"),
        ("Image model", "Imagen 3", "Image model: Imagen 3"),
        ("Duration", "1 min 30 s", "Duration: 1 min 30 s"),
        ("Aspect ratio", "9:16", ENGLISH("preferences-aspect-ratio", choice=ENGLISH("commands-tall"))),
    ):
        await demo.choose(menu, option, on=shown)
        await expect(shown).to_contain_text(says)
    await demo.press(ENGLISH("preferences-unlist-button"), on=shown)
    await demo.press(ENGLISH("preferences-list-button"), on=shown)
    await demo.press(ENGLISH("preferences-dm-button"), on=shown)
    await demo.press(ENGLISH("preferences-channel-button"), on=shown)
    await demo.press(ENGLISH("preferences-reset-button"), on=shown)
    await expect(shown).to_contain_text(ENGLISH("preferences-reset"))


async def where_it_is_too_dear(demo: DemoPage) -> None:
    """Ask for credits, grant them, and make a smaller movie."""
    await demo.command("movie", prompt=BOAT, duration="90")
    await expect(demo.newest).to_contain_text("Not enough credits")
    await demo.press(ENGLISH("requests-ask-button"), on=demo.newest)
    await expect(demo.message(ENGLISH("requests-sent", credits=400))).to_be_visible()
    await demo.view_as("dana")
    request = demo.message("is asking for 400 bonus credits")
    await demo.press(ENGLISH("requests-grant-button", credits=400), on=request)
    await expect(request).to_contain_text("Granted by")
    await demo.view_as("alice")
    smaller = ENGLISH("quotes-smaller-button", duration="53 s", credits=530)
    await demo.press(smaller, on=demo.message("Not enough credits"))
    await expect(demo.message(READY, "530 credits spent")).to_be_visible(timeout=MADE_WITHIN)


async def where_nothing_is_left(demo: DemoPage) -> None:
    """Decline Carol's request for credits."""
    await demo.view_as("carol")
    await demo.command("credits")
    await demo.press(ENGLISH("requests-ask-button"), on=demo.newest)
    await demo.view_as("dana")
    request = demo.message("is asking for 300 bonus credits")
    await demo.press(ENGLISH("requests-decline-button"), on=request)
    await expect(request).to_contain_text("Declined by")
    await demo.view_as("alice")


async def in_her_data(demo: DemoPage) -> None:
    """Export Alice's data, keep it once, and erase it with its messages. The other confirmation finds nothing."""
    await demo.command("privacy")
    shown = demo.newest
    await demo.press(ENGLISH("privacy-export-button"), on=shown)
    await expect(demo.newest).to_contain_text(ENGLISH("privacy-export-ready"))
    shown = demo.message(ENGLISH("privacy-title"))
    await demo.press(ENGLISH("privacy-erase-button"), on=shown)
    await demo.press(ENGLISH("privacy-keep-button"), on=demo.newest)
    await expect(demo.newest).to_contain_text(ENGLISH("privacy-nothing-erased"))
    await demo.press(ENGLISH("privacy-erase-button"), on=shown)
    await demo.command("privacy")
    await demo.press(ENGLISH("privacy-erase-button"), on=demo.newest)
    await demo.press(ENGLISH("privacy-confirm-messages-button"), on=demo.newest)
    await expect(demo.newest).to_contain_text(ENGLISH("privacy-erased-with-messages"))
    await demo.press(ENGLISH("privacy-confirm-button"))
    await expect(demo.message(ENGLISH("privacy-nothing"))).to_be_visible()
