"""The gateway's shards: their servers, and those of a process.

The rules are Discord's: https://docs.discord.com/developers/events/gateway#sharding
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final


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
    runs: list[list[int]] = []
    for each in sorted(ids):
        if runs and each == runs[-1][-1] + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return ",".join(_format_run(run) for run in runs)


def _format_run(run: Sequence[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}"
