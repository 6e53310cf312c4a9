"""Draws the dashboard into docs/pictures/dashboard.png.

A gateway, a worker and a web process make movies for a minute and a half, with an outage of Discord and one of the API.
A real Prometheus reads them and answers the dashboard's own queries. matplotlib draws the answers where Grafana would:
Grafana itself is in no package index. Needs Debian's package `prometheus`.
"""

from __future__ import annotations

import asyncio
import io
import itertools
import re
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.samsar.config import ApiVersion
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import MANUAL, ManualSamsar
from tests.helpers.postgres_server import create_migrated_database, running_server
from tests.helpers.prometheus import Prometheus
from tests.helpers.settings import MODELS_2026, make_settings
from tests.process.bot_process import environment
from tests.process.instrumented_bot import DASHBOARD, InstrumentedBot, Target, targets

PICTURE = Path("docs/pictures/dashboard.png")
SECONDS = 90
BALANCE = 15_000
ORDER_EVERY_SECONDS = 1.5
WIDTH, ROW, GAP = 14.0, 0.36, 0.012
"""Inches, inches of a row of the grid, and part of the picture."""
COLORS = ("#73bf69", "#f2cc0c", "#5794f2", "#ff780a", "#b877d9", "#e02f44", "#8ab8ff", "#fade2a")

Series = tuple[str, list[float], list[float]]
"""Its name, times and values."""


async def live(prometheus: Prometheus, discord: FakeDiscord, api: ManualSamsar, bot: InstrumentedBot) -> None:
    """Let a member order movies, through two outages."""
    discord.limits.heartbeat_interval = 5
    for role in ("worker", "gateway", "web"):
        await bot.start(role)
    await discord.ready()
    await prometheus.until_firing(set())
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
            Prometheus(folder / "prometheus") as prometheus,
            InstrumentedBot(discord, folder, environment(discord, api, **settings), prometheus) as bot,
        ):
            await live(prometheus, discord, api, bot)
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
