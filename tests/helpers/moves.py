"""Moves between two databases, as tests make them."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.core.errors import DatabaseMoved, StorageError
from data.database import Transaction, sqlite_path
from data.engine import move_record
from data.engine.rows import Progress, no_progress
from data.storage import engines
from data.storage.move import Moved
from data.storage.move import move as run_move
from tests.helpers.every_table import contents, is_usable
from tests.helpers.ledger_checks import Place

T = TypeVar("T")

BOTH_WAYS = pytest.mark.parametrize(
    ("source", "target"),
    [("sqlite", "postgresql"), ("postgresql", "sqlite")],
    indirect=True,
    ids=["to postgresql", "to sqlite"],
)
EITHER_WAY = pytest.mark.parametrize(
    ("source", "target"),
    [("sqlite", "postgresql"), ("postgresql", "sqlite"), ("sqlite", "sqlite"), ("postgresql", "postgresql")],
    indirect=True,
    ids=["to postgresql", "to sqlite", "from file to file", "from server to server"],
)


def now_ms() -> int:
    """Return the machine's time, since a target compares it with its server's."""
    return time.time_ns() // 1_000_000


def move(source: str, target: str, progress: Progress = no_progress) -> Moved:
    with tempfile.TemporaryDirectory() as folder:
        return run_move(engines.engine(source), engines.engine(target), Path(folder), now_ms, progress)


async def move_when_unused(source: str, target: str) -> Moved:
    """Move once the server has noticed the last process's disconnect."""
    async with asyncio.timeout(20):
        while True:
            try:
                return await asyncio.to_thread(move, source, target)
            except StorageError as exc:
                if "is in use" not in str(exc):
                    raise


def place(url: str) -> Place:
    return sqlite_path(url) if url.startswith("sqlite") else url


def read(url: str, function: Callable[[Transaction], T]) -> T:
    async def run() -> T:
        async with await engines.engine(url).open() as database:
            return await database.read_long(function)

    return asyncio.run(run())


def refusal(url: str) -> str:
    with pytest.raises(DatabaseMoved) as refused:
        read(url, move_record.reject_moved)
    return str(refused.value)


def refused_move(source: str, target: str) -> str:
    before = contents(source)
    with pytest.raises(StorageError) as refused:
        move(source, target)
    assert contents(source) == before
    assert is_usable(source)
    return str(refused.value)
