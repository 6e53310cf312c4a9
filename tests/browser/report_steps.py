"""What members and staff do about movies that should not be there."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.demo_page import DemoPage
from tests.helpers.expected_text import ENGLISH

GONE_WITHIN = 60_000
"""Milliseconds in which a removed movie's message goes, also on a busy machine."""


async def in_the_reports(demo: DemoPage, *, kept: str, removed: str) -> None:
    """Report two of Alice's movies; keep one, remove one and block her.

    `kept` and `removed` are words that only those movies' messages have.
    """
    heading, button = ENGLISH("reported-title", reports=1), ENGLISH("reported-report-button")
    await demo.view_as("bob")
    await demo.press(button, on=demo.message(ENGLISH("buttons-delete-button"), kept))
    await demo.submit()
    await expect(demo.message(ENGLISH("reported-saved"))).to_be_visible()
    await demo.view_as("dana")
    await demo.press(ENGLISH("reported-dismiss-button"), on=demo.message(heading))
    await expect(demo.message(heading)).to_contain_text("Dismissed by")
    await demo.view_as("bob")
    movie = demo.message(ENGLISH("buttons-remix-button"), removed)
    await demo.press(button, on=movie)
    await demo.submit(**{ENGLISH("reported-reason-label"): "It scares my cat"})
    await demo.view_as("dana")
    report = demo.message(heading, "It scares my cat")
    await demo.press(ENGLISH("reported-block-button"), on=report)
    await demo.submit(**{ENGLISH("reported-hours-label"): "1"})
    await expect(report).to_contain_text("from making movies")
    await demo.press(ENGLISH("reported-remove-button"), on=report)
    await expect(report).to_contain_text("Deleted by")
    await expect(movie).to_have_count(0, timeout=GONE_WITHIN)
