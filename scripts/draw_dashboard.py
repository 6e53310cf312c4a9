"""Draws the dashboard into docs/pictures/dashboard.png.

A gateway, a worker and a web process make movies for a minute and a half, with an outage of Discord and one of the API.
A real Prometheus reads them and answers the dashboard's own queries. Chromium draws the answers where Grafana would:
Grafana itself is in no package index. Needs Debian's packages `prometheus` and `chromium`.
"""

from __future__ import annotations

import asyncio
import html
import io
import itertools
import json
import math
import re
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
from PIL import Image
from playwright.async_api import async_playwright
from take_pictures import FLAGS

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
WIDTH, ROW = 1400, 36
"""Pixels of the picture, and of a row of the grid."""
LEFT, RIGHT, ABOVE, BELOW = 50, 20, 40, 80
"""Pixels around a panel's plot."""
STYLE = f"""body {{ margin: 0; font: 11px "DejaVu Sans", sans-serif; color: #ccccdc }}
    main {{ width: {WIDTH}px; display: grid; grid: auto-flow {ROW}px / repeat(24, 1fr); background: #111217 }}
    section {{ position: relative }} svg, h2, b, p {{ position: absolute; margin: 0; font-weight: 400 }}
    svg {{ overflow: visible; top: {ABOVE}px; left: {LEFT}px }} text {{ fill: #8e8e9a }}
    h2 {{ font-size: 13px; top: 5px; left: 16px }} b {{ font-size: 28px; inset: 60px 0 0; text-align: center }}
    p {{ left: 32px; bottom: 32px; font-size: 10px }} p span {{ margin-right: 12px }} p i {{ font-style: normal }}"""
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


def draw(found: Sequence[tuple[Mapping[str, Any], list[Series]]]) -> str:
    """Return a page with each panel at its place in the grid."""
    sections: list[str] = []
    for panel, lines in found:
        place = panel["gridPos"]
        area = f"{place['y'] + 1} / {place['x'] + 1} / span {place['h']} / span {place['w']}"
        size = place["w"] * WIDTH // 24 - LEFT - RIGHT, place["h"] * ROW - ABOVE - BELOW
        shown = draw_value(panel, lines) if panel["type"] == "stat" else draw_plot(panel, lines, size)
        sections.append(f"<section style='grid-area: {area}'><h2>{html.escape(panel['title'])}</h2>{shown}</section>")
    return f"<!doctype html><style>{STYLE}</style><main>{''.join(sections)}</main>"


def draw_value(panel: Mapping[str, Any], lines: list[Series]) -> str:
    """Draw the last value of a panel of one number."""
    value = lines[0][2][-1] if lines and lines[0][2] else math.nan
    unit = " s" if panel["fieldConfig"]["defaults"]["unit"] == "s" else ""
    return f"<b style='color: {COLORS[0]}'>{value:,.0f}{unit}</b>"


def draw_plot(panel: Mapping[str, Any], lines: list[Series], size: tuple[int, int]) -> str:
    """Draw a panel's grid, its lines, areas or bars, and their names."""
    width, height = size
    custom = panel["fieldConfig"]["defaults"]["custom"]
    times = {at: str(at) for at in range(-SECONDS, 1, 10)}
    if custom.get("drawStyle") == "bars":  # of days, the last of which is today
        times = {-SECONDS // 2: "today"}
        lines = [(name, [-SECONDS * 0.6, -SECONDS * 0.4], values[-1:] * 2) for name, _, values in lines]
    bases = stacked(lines) if "stacking" in custom else [[0.0] * len(values) for _, _, values in lines]
    tops = [[sum(both) for both in zip(base, line[2], strict=True)] for base, line in zip(bases, lines, strict=True)]
    highest = max(itertools.chain([0.0], *tops)) * 1.05 or 1.0

    def point(at: float, value: float) -> str:
        return f"{(at + SECONDS) / SECONDS * width:.1f},{height - value / highest * height:.1f}"

    drawn = [f"<rect width='{width}' height='{height}' fill='#181b1f'/>", *draw_grid(size, highest, times)]
    for (_, when, _), base, top, color in zip(lines, bases, tops, itertools.cycle(COLORS), strict=False):
        points = [*map(point, when, top)]
        if "stacking" in custom:
            points += [*map(point, when, base)][::-1]
            drawn.append(f"<polygon points='{' '.join(points)}' fill='{color}' opacity='0.7'/>")
        else:
            drawn.append(f"<polyline points='{' '.join(points)}' fill='none' stroke='{color}' stroke-width='1.6'/>")
    names = "".join(
        f"<span><i style='color: {color}'>■</i> {html.escape(name)}</span>"
        for (name, _, _), color in zip(lines, itertools.cycle(COLORS), strict=False)
    )
    return f"<svg width='{width}' height='{height}'>{''.join(drawn)}</svg><p>{names}</p>"


def stacked(lines: list[Series]) -> list[list[float]]:
    """Return what is below each value of each line."""
    sums = itertools.accumulate(
        (line[2] for line in lines), lambda low, values: [sum(both) for both in zip(low, values, strict=True)]
    )
    return [[0.0] * len(lines[0][2]), *sums][: len(lines)] if lines else []


def draw_grid(size: tuple[int, int], highest: float, times: Mapping[int, str]) -> Iterator[str]:
    """Draw a line at each round value and at each time."""
    width, height = size
    power = 10 ** math.floor(math.log10(highest / 5))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= highest / 5)
    for number in range(int(highest / step) + 1):
        y = height - number * step / highest * height
        yield f"<path d='M0 {y:.1f}H{width}' stroke='#2a2d33'/>"
        yield f"<text x='-6' y='{y + 4:.1f}' text-anchor='end'>{number * step:.9g}</text>"
    for at, name in times.items():
        x = (at + SECONDS) / SECONDS * width
        yield f"<path d='M{x:.1f} 0V{height}' stroke='#2a2d33'/>"
        yield f"<text x='{x:.1f}' y='{height + 16}' text-anchor='middle'>{name}</text>"


async def main() -> None:
    """Run the bot, ask the queries, and write the picture."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("No Chromium is installed (on Debian: apt install chromium).")
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
    page = draw([(panel, [line for each, lines in found if each is panel for line in lines]) for panel in panels])
    save(await screenshot(page, chromium))


async def screenshot(page: str, chromium: str) -> bytes:
    """Let Chromium draw the page."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        window = await browser.new_page(viewport={"width": WIDTH, "height": ROW})
        await window.set_content(page)
        taken = await window.locator("main").screenshot()
        await browser.close()
    return taken


def save(taken: bytes) -> None:
    """Write the picture, with as many colors as a PNG of one byte a pixel can have."""
    Image.open(io.BytesIO(taken)).convert("RGB").quantize(256).save(PICTURE, optimize=True)
    print(f"{PICTURE}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    asyncio.run(main())
