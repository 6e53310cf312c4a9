"""Draws the dashboard into docs/pictures/dashboard.png.

A gateway, a worker and a web process make movies for a minute and a half, with an outage of Discord and one of the API.
A real Prometheus reads them and answers the dashboard's own queries. matplotlib draws the answers where Grafana would:
Grafana itself is in no package index. Needs Debian's package `prometheus`.
"""

from __future__ import annotations

import asyncio
import io
import itertools
import json
import re
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.samsar.config import ApiVersion
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import MANUAL, ManualSamsar
from tests.helpers.ports import free_port
from tests.helpers.postgres_server import create_migrated_database, running_server
from tests.helpers.prometheus import ROOT, RULES, program
from tests.helpers.settings import MODELS_2026, make_settings
from tests.process.bot_process import environment, port_of

DASHBOARD = json.loads((ROOT / "deploy" / "grafana" / "matinee.json").read_text(encoding="utf-8"))
VARIABLES = {"$role": ".*", "$shard": ".*", "$__rate_interval": "1m", "$__range": "5m"}
DAY = 86_400
PICTURE = Path("docs/pictures/dashboard.png")
SECONDS = 90
BALANCE = 15_000
ORDER_EVERY_SECONDS = 1.5
WIDTH, ROW, GAP = 14.0, 0.36, 0.012
"""Inches, inches of a row of the grid, and part of the picture."""
COLORS = ("#73bf69", "#f2cc0c", "#5794f2", "#ff780a", "#b877d9", "#e02f44", "#8ab8ff", "#fade2a")

Series = tuple[str, list[float], list[float]]
"""Its name, times and values."""


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
    """Yield the dashboard's queries."""
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            query = target["expr"]
            for name, value in VARIABLES.items():
                query = query.replace(name, value)
            yield Target(panel, query, target["legendFormat"])


class Prometheus:
    """It has the alerts of the repository. None waits: each fires as soon as its expression is true."""

    def __init__(self, folder: Path, session: aiohttp.ClientSession) -> None:
        self._targets = folder / "targets.json"
        self._session = session

    def read(self, ports: Mapping[str, int]) -> None:
        """Scrape these ports from now on, by the name of the job."""
        found = [{"targets": [f"127.0.0.1:{port}"], "labels": {"job": name}} for name, port in ports.items()]
        part = self._targets.with_suffix(".part")
        part.write_text(json.dumps(found), encoding="utf-8")
        part.replace(self._targets)

    async def query_range(self, expression: str, start: float, end: float, step: float) -> Sequence[Any]:
        """Return the series of an expression between two times."""
        return await self._get("/api/v1/query_range", query=expression, start=start, end=end, step=step)

    async def until_no_alert(self) -> None:
        """Ask until Prometheus answers and no alert fires."""
        async with asyncio.timeout(60):
            while await self._fires():  # noqa: ASYNC110 - another program signals no changes
                await asyncio.sleep(0.1)

    async def _fires(self) -> bool:
        try:
            return bool(await self._get("/api/v1/query", query='ALERTS{alertstate="firing"}'))
        except aiohttp.ClientError:
            return True

    async def _get(self, path: str, **params: str | float) -> Sequence[Any]:
        async with self._session.get(path, params=params, raise_for_status=True) as response:
            return (await response.json())["data"]["result"]


@asynccontextmanager
async def open_prometheus(folder: Path) -> AsyncIterator[Prometheus]:
    """Start Prometheus without targets."""
    rules = re.sub(r"^( +for): \d+m", r"\1: 0s", RULES.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (folder / "alerts.yaml").write_text(rules, encoding="utf-8")
    found = {"files": [str(folder / "targets.json")], "refresh_interval": "500ms"}
    config = {
        "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "500ms"},
        "rule_files": ["alerts.yaml"],
        "scrape_configs": [{"job_name": "matinee", "file_sd_configs": [found]}],
    }
    (folder / "prometheus.yaml").write_text(json.dumps(config), encoding="utf-8")
    address = f"127.0.0.1:{free_port()}"
    with (folder / "prometheus.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            program("prometheus"),
            f"--config.file={folder / 'prometheus.yaml'}",
            f"--storage.tsdb.path={folder / 'data'}",
            f"--web.listen-address={address}",
            stderr=log,
        )
    try:
        async with aiohttp.ClientSession(f"http://{address}") as session:
            yield Prometheus(folder, session)
    finally:
        process.kill()
        await process.wait()


async def live(prometheus: Prometheus, discord: FakeDiscord, api: ManualSamsar) -> None:
    """Let a member order movies, through two outages."""
    discord.limits.heartbeat_interval = 5
    await discord.ready()
    await prometheus.until_no_alert()
    ends_at = time.monotonic() + SECONDS
    for number in itertools.count(1):
        if time.monotonic() > ends_at:
            return
        await discord.slash(discord.user_id, "movie", {"prompt": f"a red boat {number}", "duration": 10 + number % 20})
        match number:
            case 15:
                discord.fail("POST", "/channels/*/messages", status=503, times=6)
            case 30:
                api.inject("503", times=12)
            case 40:
                await discord.slash(discord.user_id, "credits", {})
        await asyncio.sleep(ORDER_EVERY_SECONDS)


async def ask(prometheus: Prometheus, target: Target) -> list[Series]:
    """Return the lines of a target over the whole time."""
    now = time.time()
    found: list[Series] = []
    start = (now - SECONDS) // target.step * target.step
    for each in await prometheus.query_range(target.query, start, now, target.step):
        values = [(float(at) - now, float(value)) for at, value in each["values"] if value != "NaN"]
        found.append((named(target.legend, each["metric"]), [at for at, _ in values], [value for _, value in values]))
    return sorted(found)


def named(legend: str, labels: Mapping[str, str]) -> str:
    """Fill in a legend's labels."""
    return re.sub(r"\{\{(\w+)\}\}", lambda found: labels.get(found[1], ""), legend)


def draw(found: Sequence[tuple[Mapping[str, Any], list[Series]]]) -> Figure:
    """Draw each panel at its place in the grid."""
    rows = max(panel["gridPos"]["y"] + panel["gridPos"]["h"] for panel in DASHBOARD["panels"])
    figure = Figure(figsize=(WIDTH, ROW * rows), facecolor="#111217")
    for panel, lines in found:
        place = panel["gridPos"]
        width, height = place["w"] / 24, place["h"] / rows
        left, bottom = place["x"] / 24, 1 - (place["y"] + place["h"]) / rows
        figure.text(left + GAP, bottom + height - GAP, panel["title"], color="#ccccdc", fontsize=9, va="top")
        if panel["type"] == "stat":
            value = lines[0][2][-1] if lines and lines[0][2] else float("nan")
            text = f"{value:,.0f}{' s' if panel['fieldConfig']['defaults']['unit'] == 's' else ''}"
            figure.text(
                left + width / 2, bottom + height * 0.4, text, color=COLORS[0], fontsize=20, ha="center", va="center"
            )
            continue
        axes = figure.add_axes((left + 0.035, bottom + height * 0.27, width - 0.05, height * 0.56), facecolor="#181b1f")
        draw_lines(axes, panel["fieldConfig"]["defaults"]["custom"], lines)
        axes.set_ylim(bottom=0)
        axes.tick_params(colors="#8e8e9a", labelsize=7, length=0)
        axes.grid(visible=True, color="#2a2d33", linewidth=0.5)
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.legend(
            loc="upper left",
            bbox_to_anchor=(-0.04, -0.12),
            ncols=5,
            fontsize=6.5,
            frameon=False,
            labelcolor="#ccccdc",
            handlelength=1,
            columnspacing=1,
        )
    return figure


def draw_lines(axes: Axes, custom: Mapping[str, Any], lines: list[Series]) -> None:
    """Draw what a panel shows: bars of days, areas, or lines over the whole time."""
    if custom.get("drawStyle") == "bars":
        below = [0.0] * max(len(values) for _, _, values in lines)
        for (name, _, values), color in zip(lines, COLORS, strict=False):
            axes.bar(range(1 - len(values), 1), values, 0.3, below, label=name, color=color, alpha=0.7)
            below = [each + value for each, value in zip(below, values, strict=True)]
        axes.set_xlim(-1, 1)
        axes.set_xticks([0], ["today"])
        return
    if "stacking" in custom:
        names, times, values = zip(*lines, strict=True)
        axes.stackplot(times[0], *values, labels=names, colors=COLORS, alpha=0.7)
    else:
        for (name, times, values), color in zip(lines, itertools.cycle(COLORS), strict=False):
            axes.plot(times, values, color=color, linewidth=1.2, label=name)
    axes.set_xlim(-SECONDS, 0)


async def main() -> None:
    """Run the bot, ask the queries, and write the picture."""
    mpl.use("agg")
    with tempfile.TemporaryDirectory() as name, running_server() as server:
        folder = Path(name)
        (folder / "prometheus").mkdir()
        api_2026 = replace(MANUAL, version=ApiVersion.AUTUMN_2026, video_models=MODELS_2026)
        settings = {
            "DATABASE_URL": create_migrated_database(server.url, "matinee_dashboard"),
            "CATALOGUE_PATH": str(make_settings(folder, samsar_api=ApiVersion.AUTUMN_2026.value).catalogue_path),
            "PORT": "0",
            "PLAN_MONTHLY_CREDITS": str(BALANCE),
            "MEMBER_MONTHLY_CREDITS": str(BALANCE),
            "BACKUP_EVERY_HOURS": "24",
        }
        async with (
            FakeDiscord() as discord,
            ManualSamsar(replace(api_2026, render_seconds=6, credits=BALANCE)) as api,
            open_prometheus(folder / "prometheus") as prometheus,
            AsyncExitStack() as bots,
        ):
            ports: dict[str, int] = {}
            for role in ("worker", "gateway", "web"):
                bot = BotProcess(discord.url, workdir=folder, env=environment(discord, api, **settings), args=(role,))
                ports[role] = await port_of(await bots.enter_async_context(bot))
            prometheus.read(ports)
            await live(prometheus, discord, api)
            found = [(target.panel, await ask(prometheus, target)) for target in targets()]
    panels = DASHBOARD["panels"]
    save(draw([(panel, [line for each, lines in found if each is panel for line in lines]) for panel in panels]))


def save(figure: Figure) -> None:
    """Write the picture, with as many colors as a PNG of one byte a pixel can have."""
    drawn = io.BytesIO()
    figure.savefig(drawn, dpi=100)
    Image.open(drawn).convert("RGB").quantize(256).save(PICTURE, optimize=True)
    print(f"{PICTURE}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    asyncio.run(main())
