"""Bot processes that Prometheus reads, and the dashboard's queries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.prometheus import ROOT, Prometheus
from tests.process.bot_process import port_of

DASHBOARD = json.loads((ROOT / "deploy" / "grafana" / "matinee.json").read_text(encoding="utf-8"))
VARIABLES = {"$role": ".*", "$shard": ".*", "$__rate_interval": "1m", "$__range": "5m"}


DAY = 86_400


@dataclass(frozen=True, slots=True)
class Target:
    """One query of the dashboard, and the names of its lines."""

    panel: Mapping[str, Any]
    query: str
    legend: str

    @property
    def step(self) -> int:
        """Seconds between two points, which Grafana aligns to UTC."""
        return {"1d": DAY}.get(self.panel.get("interval", ""), 1)


def targets() -> Iterator[Target]:
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            query = target["expr"]
            for name, value in VARIABLES.items():
                query = query.replace(name, value)
            yield Target(panel, query, target["legendFormat"])


class InstrumentedBot:
    def __init__(self, discord: FakeDiscord, folder: Path, env: Mapping[str, str], prometheus: Prometheus) -> None:
        self.prometheus = prometheus
        self._discord = discord
        self._folder = folder
        self._env = env
        self._ports: dict[str, int] = {}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def start(self, role: str) -> BotProcess:
        process = BotProcess(self._discord.url, workdir=self._folder, env=self._env, args=(role,))
        await self._stack.enter_async_context(process)
        self._ports[role] = await port_of(process)
        self.prometheus.read(self._ports)
        return process
