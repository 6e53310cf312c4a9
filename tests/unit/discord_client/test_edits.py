"""Edits of cards: bounded, never cancelled, one at a time each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.discord_client.edits import CardEdits, Edit

CARD, OTHER = 1, 2


class Discord:
    """Takes edits by name, and answers when it is told to."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.taken: list[str] = []
        self.cancelled: list[str] = []
        self.answers = asyncio.Event()

    def edit(self, text: str) -> Edit:
        async def edit() -> None:
            self.begun.append(text)
            try:
                await self.answers.wait()
            except asyncio.CancelledError:
                self.cancelled.append(text)
                raise
            self.taken.append(text)

        return edit


async def until(check: Callable[[], bool]) -> None:
    for _ in range(1000):
        if check():
            return
        await asyncio.sleep(0)
    pytest.fail("it never came to hold")


async def test_an_edit_goes_on_after_its_caller_has_given_up_or_was_cancelled() -> None:
    """discord.py must never be cancelled in its sleep for a global 429."""
    discord, edits, patient = Discord(), CardEdits(0), CardEdits(60)
    await edits.run(CARD, discord.edit("queued"))
    caller = asyncio.create_task(patient.run(OTHER, discord.edit("other")))
    await until(lambda: discord.begun == ["queued", "other"])
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert discord.taken == []
    discord.answers.set()
    await until(lambda: discord.taken == ["queued", "other"])
    assert discord.cancelled == []


async def test_newest_state_wins_while_an_edit_of_the_card_is_under_way() -> None:
    """An outdated status poll sends no request."""
    discord, edits = Discord(), CardEdits(0)
    for text in ("queued", "rendering", "done"):
        await edits.run(CARD, discord.edit(text))
    await edits.run(OTHER, discord.edit("other"))
    await until(lambda: len(discord.begun) == 2)
    assert discord.begun == ["queued", "other"]
    discord.answers.set()
    await until(lambda: len(discord.taken) == 3)
    assert sorted(discord.taken) == ["done", "other", "queued"]
    assert discord.taken.index("queued") < discord.taken.index("done")


async def test_edit_beyond_the_bound_is_skipped_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    """A Discord that answers nothing for hours does not fill the memory."""
    discord, edits = Discord(), CardEdits(0, limit=2)
    for card in range(3):
        await edits.run(card, discord.edit(str(card)))
    await until(lambda: discord.begun == ["0", "1"])
    assert [record.message for record in caplog.records] == ["card_update_failed"]
    discord.answers.set()
    await until(lambda: discord.taken == ["0", "1"])
    await edits.run(2, discord.edit("2"))
    await until(lambda: discord.taken == ["0", "1", "2"])


async def test_edit_that_fails_is_logged_and_the_next_one_runs(caplog: pytest.LogCaptureFixture) -> None:
    """An edit is optional, so its failure never reaches the caller."""

    async def broken() -> None:
        raise ZeroDivisionError("a bug")

    discord, edits = Discord(), CardEdits(60)
    discord.answers.set()
    await edits.run(CARD, broken)
    assert [record.message for record in caplog.records] == ["card_update_failed"]
    await edits.run(CARD, discord.edit("done"))
    assert discord.taken == ["done"]


async def test_slow_edit_is_logged_with_its_seconds(caplog: pytest.LogCaptureFixture) -> None:
    """The operator reads the outcome of an edit that no caller awaited."""
    discord, edits = Discord(), CardEdits(0)
    await edits.run(CARD, discord.edit("queued"))
    await until(lambda: discord.begun == ["queued"])
    discord.answers.set()
    await until(lambda: bool(caplog.records))
    assert [record.message for record in caplog.records] == ["card_edit_was_slow"]
