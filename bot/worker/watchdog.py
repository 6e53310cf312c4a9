"""Notice work that does not move any more, so that the process can be restarted.

Every piece of work states how long it may take. One that is under way ten times as long is stuck: something holds it
for good, such as a lock that is never released, and most likely holds all other work, too. Stuck for as long again, it
is hopeless: only a new process helps.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Final

import structlog

_log = structlog.stdlib.get_logger(__name__)

STUCK_AFTER_TIMES: Final = 10
"""Slow is not stuck: a piece may take this many times as long as it should."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A piece of work that is stuck: which, and for how many seconds it is under way."""

    work: str
    key: str
    seconds: float


@dataclass(eq=False, slots=True)
class _Piece:
    work: str
    key: str
    may_take: float
    since: float
    reported: bool = False


class Watchdog:
    """Keeps what is under way, and tells what is stuck.

    `now` is in seconds. It must not be the wall clock: a host that was asleep would make all work look stuck.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._pieces: set[_Piece] = set()

    @contextlib.contextmanager
    def under_way(self, work: str, key: str, may_take: float) -> Generator[None]:
        """Watch a piece of work for the length of the block; `may_take` is in seconds."""
        piece = _Piece(work, key, may_take, self._now())
        self._pieces.add(piece)
        try:
            yield
        finally:
            self._pieces.discard(piece)
            if piece.reported:
                self._moves_again(piece)

    def moved(self, key: str) -> None:
        """Start the time of a piece anew: it waits for something on purpose, and tries again."""
        for piece in self._pieces:
            if piece.key == key:
                piece.since = self._now()

    def stuck(self) -> tuple[Stuck, ...]:
        """List the pieces that are under way ten times longer than they may take."""
        return tuple(self._told(piece) for piece in self._pieces if self._times(piece) >= STUCK_AFTER_TIMES)

    def check(self) -> Stuck | None:
        """Log each stuck piece once, and return one that has not moved for as long again.

        It is returned only if an earlier check found it stuck: where the whole process was frozen, as in a container
        that was paused, time has passed but no work could move.
        """
        known = [piece for piece in self._pieces if piece.reported]
        for piece in self._pieces:
            stuck = self._times(piece) >= STUCK_AFTER_TIMES
            if stuck and not piece.reported:
                told = self._told(piece)
                _log.error("work_stuck", work=told.work, item=told.key, seconds=round(told.seconds))
            elif piece.reported and not stuck:
                self._moves_again(piece)
            piece.reported = stuck
        hopeless = (piece for piece in known if self._times(piece) >= 2 * STUCK_AFTER_TIMES)
        return next(map(self._told, hopeless), None)

    @staticmethod
    def _moves_again(piece: _Piece) -> None:
        _log.warning("work_moves_again", work=piece.work, item=piece.key)

    def _told(self, piece: _Piece) -> Stuck:
        return Stuck(piece.work, piece.key, self._now() - piece.since)

    def _times(self, piece: _Piece) -> float:
        """How many times as long as it may take a piece is under way."""
        return (self._now() - piece.since) / piece.may_take
