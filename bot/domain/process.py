"""A process of the bot: its role and its identity."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

HEARTBEAT_MS: Final = 15_000
"""How often a process says that it is alive."""

LOST_AFTER_MS: Final = 4 * HEARTBEAT_MS
"""A process that was silent for this long is dead, or cut off from the database."""

MAX_CLOCK_DIFFERENCE_MS: Final = 5_000
"""How far the clocks of machines may differ: leases and due times are written by one and read by another."""


class Role(StrEnum):
    """What a process does."""

    ALL = "all"
    GATEWAY = "gateway"
    """Answers members. It posts no movies."""

    WORKER = "worker"
    """Submits, polls and delivers movies. It uses Discord's REST API only."""

    WEB = "web"
    """Takes the callbacks of the movie API."""

    @property
    def answers_members(self) -> bool:
        """Whether the process connects to the gateway."""
        return self in (Role.ALL, Role.GATEWAY)

    @property
    def works(self) -> bool:
        """Whether the process runs the poll loops."""
        return self in (Role.ALL, Role.WORKER)

    @property
    def takes_callbacks(self) -> bool:
        """Whether the process takes callbacks on its port."""
        return self in (Role.ALL, Role.WEB)


@dataclass(frozen=True, slots=True)
class ProcessInfo:
    """One process. `id` is unique; `started_at` and `seen_at` are UTC epoch milliseconds.

    `shards` are its gateway shards as text, empty for all of them or none.
    """

    id: str
    role: Role
    host: str
    pid: int
    version: str
    started_at: int
    shards: str = ""
    seen_at: int = 0

    def is_alive(self, now: int) -> bool:
        """Return whether it has been seen lately."""
        return abs(now - self.seen_at) < LOST_AFTER_MS
