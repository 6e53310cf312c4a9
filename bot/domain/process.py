"""A process of the bot: its role, its identity, its shards, and how long it waits after crashes.

Shards are as Discord has them: https://docs.discord.com/developers/events/gateway#sharding

Discord allows 1,000 IDENTIFYs a day and may reset the token of a bot that exceeds them. A start counts as a crash until
the process has run for an hour or was stopped on purpose; each further one doubles the wait before it connects. That
allows fewer than 300 starts a day in any case. Times are UTC epoch milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

HEARTBEAT_MS: Final = 15_000
"""How often a process says that it is alive."""

LOST_AFTER_MS: Final = 4 * HEARTBEAT_MS
"""A process that was silent for this long is dead, or cut off from the database."""

MAX_CLOCK_DIFFERENCE_MS: Final = 5_000
"""How far the clocks of machines may differ: leases and due times are written by one and read by another."""

STARTS_KEY: Final = "starts"
"""The key in the key-value table."""

STABLE_MS: Final = 3_600_000
"""A process that ran this long did not crash at its start, and older starts don't count."""

_STARTS_WITHOUT_DELAY: Final = 2

_MIN_DELAY_SECONDS: Final = 5
_MAX_DELAY_SECONDS: Final = 600
_MAX_RECORDED: Final = 20

_TIME: Final = re.compile(r"[0-9]{1,15}")


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


@dataclass(frozen=True, slots=True)
class Shard:
    """One shard of `count`."""

    id: int
    count: int

    @classmethod
    def serving(cls, guild_id: int | None, count: int) -> Shard:
        """Return the shard that receives a server's events.

        Direct messages (None) come to shard 0.
        """
        return cls(((guild_id or 0) >> 22) % count, count)


@dataclass(frozen=True, slots=True)
class ShardPlan:
    """The shards that a process runs.

    `count`: shards of the bot; None: as many as Discord recommends. `ids`: those of this process; empty: all.
    """

    count: int | None = None
    ids: tuple[int, ...] = ()

    @property
    def is_part(self) -> bool:
        """Whether other processes run some of the shards."""
        return 0 < len(self.ids) < (self.count or 0)

    @property
    def runs_first(self) -> bool:
        """Whether shard 0 is among them, which receives direct messages."""
        return not self.ids or 0 in self.ids

    def __str__(self) -> str:
        """Return such as `0-3,8 of 16`, empty where Discord decides."""
        if self.count is None:
            return ""
        return f"{format_ids(self.ids or range(self.count))} of {self.count}"


ALL_SHARDS: Final = ShardPlan()
"""As many as Discord recommends, all of them in one process."""


def format_ids(ids: Iterable[int]) -> str:
    """Return ids as people write them, such as `0-3,8`."""
    runs: list[tuple[int, int]] = []
    for each in sorted(ids):
        if runs and each == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], each)
        else:
            runs.append((each, each))
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def start_delay(starts: Sequence[int], now: int) -> float:
    """Return the seconds to wait: 0, 0, 5, 10, 20 … 600.

    The latest starts that are within an hour of each other count. The clock may have been set in either direction.
    """
    failed, later = 0, now
    for start in reversed(starts):
        if abs(later - start) > STABLE_MS:
            break
        failed, later = failed + 1, start
    if failed < _STARTS_WITHOUT_DELAY:
        return 0.0
    return float(min(_MAX_DELAY_SECONDS, _MIN_DELAY_SECONDS * 2 ** (failed - _STARTS_WITHOUT_DELAY)))


def serialize(starts: Sequence[int]) -> str:
    """Encode the last 20 starts as text, '' for none."""
    return " ".join(str(start) for start in starts[-_MAX_RECORDED:])


def parse(text: str | None) -> tuple[int, ...]:
    """Decode what `serialize` wrote.

    Invalid parts are skipped: a broken record must not stop the bot from starting.
    """
    return tuple(int(part) for part in (text or "").split() if _TIME.fullmatch(part))[-_MAX_RECORDED:]
