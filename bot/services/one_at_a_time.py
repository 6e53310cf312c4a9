"""Lets each member have one request of a kind at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AlreadyRunning:
    """The member's request before this one is not done yet."""


class OneAtATime:
    """Who has a request that runs, in this process."""

    def __init__(self) -> None:
        self._running: set[int] = set()

    @contextlib.contextmanager
    def begin(self, member_id: int) -> Generator[AlreadyRunning | None]:
        """Count a member's request as running for the block.

        Yield None, or that one runs already.
        """
        if member_id in self._running:
            yield AlreadyRunning()
            return
        self._running.add(member_id)
        try:
            yield None
        finally:
            self._running.discard(member_id)
