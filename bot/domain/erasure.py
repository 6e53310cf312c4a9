"""What is stored about a member, and what must end before it is erased."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What must end before a member's data is erased.

    Movies that wait in line, that are made, that are unknown, and those whose message Discord has not accepted. Those
    that others ordered count, too, while the member pays for them, but for unknown ones. `pitches` are open ones that
    they made or pay for, `unsettled` cancelled movies whose charge is not final.
    """

    waiting: int = 0
    in_progress: int = 0
    unknown: int = 0
    undelivered: int = 0
    pitches: int = 0
    unsettled: int = 0

    def __bool__(self) -> bool:
        return self != OpenWork()

    @property
    def uncancelled(self) -> int:
        """How many movies have not ended that an erasure does not cancel."""
        return self.in_progress + self.unknown + self.undelivered


@dataclass(frozen=True, slots=True)
class Stored:
    """How much is stored about a member.

    `bonus` are credits that an erasure takes. `requested`: one is under way.
    """

    movies: int
    bonus: int
    open_work: OpenWork
    requested: bool
    is_empty: bool
