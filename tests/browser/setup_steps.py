"""What a manager does with /setup on the demo's page.

Each change is logged in the channel, so the panel and the file's changes are not the newest message for long.
"""

from __future__ import annotations

import json
from pathlib import Path

from playwright.async_api import expect

from tests.browser.demo_page import DemoPage
from tests.helpers.expected_text import ENGLISH

OFF = ENGLISH("setup-current-placeholder", setting=ENGLISH("setup-messages"), value=ENGLISH("setup-menu-off-option"))
OWN = ENGLISH("setup-current-placeholder", setting=ENGLISH("setup-messages"), value=ENGLISH("setup-menu-own-option"))
LONGEST_SECONDS = 100


async def in_the_setup(demo: DemoPage) -> None:
    """Pick a value on one page, and type one on the next."""
    await demo.command("setup panel")
    shown = demo.message(ENGLISH("setup-title"))
    await demo.choose(ENGLISH("setup-messages"), OFF, on=shown)
    await expect(shown).to_contain_text(f"✅ {OFF}")
    await demo.press(ENGLISH("setup-models-button"), on=shown)
    await demo.press(ENGLISH("setup-durations-button"), on=shown)
    await demo.submit(**{ENGLISH("setup-longest-label"): str(LONGEST_SECONDS)})
    await expect(shown).to_contain_text("✅ Longest movie: 1 min 40 s")


async def in_the_prompt_filter(demo: DemoPage) -> None:
    """Mistype a rule, and correct it in the reopened form."""
    await demo.command("setup panel")
    await demo.press(ENGLISH("setup-filter-button"), on=demo.message(ENGLISH("setup-title")))
    await demo.press(ENGLISH("setup-rules-button"))
    await demo.submit(**{ENGLISH("setup-rules-label"): "b*d"})
    wrong = demo.message(ENGLISH("setup-rules-wrong-title"))
    await demo.press(ENGLISH("setup-rules-fix-button"), on=wrong)
    await demo.submit(**{ENGLISH("setup-rules-label"): "bad"})
    await expect(demo.message(ENGLISH("setup-rules-count", rules=1)).last).to_be_visible()


async def in_the_setup_file(demo: DemoPage, folder: Path) -> None:
    """Import a file twice: drop its changes, then apply them."""
    file = folder / "setup.json"
    file.write_text(json.dumps({"version": 1, "message_menu": "own"}), encoding="utf-8")
    for button, title in (
        (ENGLISH("setup-drop-button"), ENGLISH("setup-import-dropped")),
        (ENGLISH("setup-apply-button"), ENGLISH("setup-imported-title")),
    ):
        await demo.command("setup import", file=file)
        await demo.press(button, on=demo.message(ENGLISH("setup-import-title")))
        await expect(demo.message(title)).to_be_visible()
    await expect(demo.message(ENGLISH("setup-imported-title"))).to_contain_text(OWN)
