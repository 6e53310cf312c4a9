"""Orders whose callbacks a test sends, and what a callback could change."""

from __future__ import annotations

from typing import Any

from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness

PUBLIC = "https://bot.example.org"
SLOWLY = {"poll_fastest_seconds": 3000, "poll_slowest_seconds": 3600}
"""Polling so slow that only a callback can have made a job due."""


def tokens_of(bot: BotHarness) -> list[str]:
    """Return the tokens that the API got, oldest order first."""
    bodies: list[Any] = [each.body for each in bot.upstream.requests if each.method == "POST"]
    urls: list[str] = [body["webhookUrl"] for body in bodies]
    assert all(url.startswith(f"{PUBLIC}/callbacks/") for url in urls)
    return [url.rpartition("/")[2] for url in urls]


async def ordered(bot: BotHarness, **options: object) -> tuple[str, str]:
    """Order a movie; return its callback token and request id."""
    await bot.movie(**options)
    await bot.run_until_idle()
    return tokens_of(bot)[-1], list(bot.upstream.movies)[-1]


async def lost(bot: BotHarness) -> tuple[str, str]:
    """Order a movie whose response is lost.

    The API makes it, and the bot does not know its id.
    """
    bot.upstream.inject("cut-after", times=1)
    found = await ordered(bot)
    assert bot.job()["state"] == "unknown"
    return found


def state(bot: BotHarness) -> dict[str, list[dict[str, Any]]]:
    """Return all that a callback could change, except its time."""
    tables = ("jobs", "ledger_entries", "balances", "outbox", "audit_log")
    found = {table: ledger_checks.query(bot.path, f"SELECT * FROM {table} ORDER BY 1") for table in tables}
    return {**found, "jobs": [{**job, "called_back_at": None} for job in found["jobs"]]}


def settled(bot: BotHarness) -> dict[str, list[dict[str, Any]]]:
    """Return the same as `state`, without the candidate and its due time."""
    passing = {"unverified_request_id", "next_run_at", "not_found_count"}
    found = state(bot)
    return {**found, "jobs": [{k: v for k, v in job.items() if k not in passing} for job in found["jobs"]]}
