"""Gauges of one process: leadership, shards, backups, and the last audit."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from prometheus_client import CollectorRegistry, Gauge

_HOUR_SECONDS: Final = 3600


@dataclass(frozen=True, slots=True)
class ProcessStats:
    """What a process knows of itself when the page is made.

    `shards` are its own with the seconds of their last heartbeat, `ready` those that receive events; `shard_count` is
    the number of all processes together, 0 before Discord gave it. `backup_age_seconds` is infinite before the first
    backup, and None where another process makes them.
    """

    leads: bool = False
    shards: Mapping[int, float] | None = None
    ready: Collection[int] = ()
    shard_count: int = 0
    backup_every_hours: float = 0
    backup_age_seconds: float | None = None


class ProcessGauges:
    """The gauges, in a registry."""

    def __init__(self, registry: CollectorRegistry) -> None:
        gauge = partial(Gauge, registry=registry)
        self._leader = gauge("matinee_leader", "1 where this process does what one process does for all")
        self._shards = gauge("matinee_shards", "Gateway shards of all processes; 0 where that is not known")
        self._shard_up = gauge("matinee_shard_up", "1 while this process's shard receives events", ["shard"])
        self._heartbeat = gauge(
            "matinee_shard_heartbeat_seconds", "How long Discord took to answer the shard's last heartbeat", ["shard"]
        )
        self._interval = gauge("matinee_backup_interval_seconds", "How often backups are made; 0: never")
        self._age = gauge("matinee_backup_age_seconds", "Age of the newest backup; NaN where another process makes it")
        self._discrepancies = gauge(
            "matinee_ledger_discrepancies",
            "What the last audit found wrong; NaN where none has ended, or another process audits",
        )
        self._discrepancies.set(math.nan)

    def show_discrepancies(self, found: int | None) -> None:
        """Show what an audit found; None: another process audits."""
        self._discrepancies.set(math.nan if found is None else found)

    def update(self, stats: ProcessStats) -> None:
        """Show the current values."""
        self._leader.set(stats.leads)
        self._shards.set(stats.shard_count)
        for shard, seconds in (stats.shards or {}).items():
            self._shard_up.labels(str(shard)).set(shard in stats.ready)
            self._heartbeat.labels(str(shard)).set(seconds)
        self._interval.set(_HOUR_SECONDS * stats.backup_every_hours)
        self._age.set(math.nan if stats.backup_age_seconds is None else stats.backup_age_seconds)
