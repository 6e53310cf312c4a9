"""The base of state machines that use a real database; Hypothesis calls their rules without an event loop."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable
from pathlib import Path
from typing import TypeVar

from hypothesis.stateful import RuleBasedStateMachine

from data.database import Database

T = TypeVar("T")


class DatabaseMachine(RuleBasedStateMachine):
    database: Database

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.folder = Path(self._folder.name)
        self._runner = asyncio.Runner()

    def teardown(self) -> None:
        self.do(self.database.close())
        self._runner.close()
        self._folder.cleanup()

    def do(self, wanted: Awaitable[T]) -> T:
        async def waited() -> T:
            return await wanted

        return self._runner.run(waited())
