"""Chromium, and the demo's page in it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.async_api import Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SHOWN_WITHIN = 15_000
"""Milliseconds that a test waits for what the page should show, also on a busy machine."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed (on Debian: apt install chromium)")
    from playwright.async_api import async_playwright, expect  # noqa: PLC0415 - takes long to import

    expect.set_options(timeout=SHOWN_WITHIN)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield await browser.new_page(viewport={"width": 1100, "height": 1400})
        await browser.close()
