"""A closing database answers every caller and loses no commit."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from bot.errors import StorageError
from data.database import Transaction
from data.sqlite import SqliteDatabase
from tests.helpers.transactions import put, seen, writer_busy


async def test_closing_waits_for_what_was_asked_for(path: Path) -> None:
    """A shutdown loses no commit, and each caller gets an answer."""
    database = await SqliteDatabase.open(path)
    async with writer_busy(database):
        group = [asyncio.ensure_future(database.write(put(f"{number:04}"))) for number in range(600)]
        await asyncio.sleep(0)
        closing_down = asyncio.ensure_future(database.close())
    await closing_down
    assert all(task.done() for task in group)
    assert len(seen(path)) == 600
    await database.close()


async def test_closing_waits_for_what_is_being_read(path: Path) -> None:
    """More reads wait than fit into one group."""
    database = await SqliteDatabase.open(path)
    entered, leave = threading.Event(), threading.Event()

    def slow(_: Transaction) -> None:
        entered.set()
        assert leave.wait(10)

    first = asyncio.ensure_future(database.read(slow))
    await asyncio.to_thread(entered.wait, 10)
    reads = [asyncio.ensure_future(database.read(lambda _, number=number: number)) for number in range(1200)]
    await asyncio.sleep(0)
    closing_down = asyncio.ensure_future(database.close())
    await asyncio.sleep(0)
    leave.set()
    await closing_down
    await first
    assert await asyncio.wait_for(asyncio.gather(*reads), 10) == list(range(1200))


async def test_what_is_asked_while_it_closes_is_answered_at_once(path: Path) -> None:
    """Late callers learn that it is closed, instead of waiting forever."""
    database = await SqliteDatabase.open(path)
    async with writer_busy(database):
        closing_down = asyncio.ensure_future(database.close())
        await asyncio.sleep(0)
        for late in (database.write(put("a")), database.read(lambda _: None)):
            with pytest.raises(StorageError, match="closed"):
                await asyncio.wait_for(late, 10)
    await closing_down


async def test_nothing_runs_after_closing(path: Path) -> None:
    """Calls fail at once, instead of waiting forever."""
    database = await SqliteDatabase.open(path)
    await database.close()
    with pytest.raises(StorageError, match="closed"):
        await database.write(put("a"))
    with pytest.raises(StorageError):
        await database.read(lambda _: None)
