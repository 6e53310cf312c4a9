"""Prometheus and promtool, as Debian's package `prometheus` has them."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import aiohttp
import pytest

from tests.helpers.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "deploy" / "prometheus" / "alerts.yaml"


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"no {name} is installed (on Debian: apt install prometheus)")
    return found


async def firing_with(page: str, folder: Path) -> set[str]:
    lines = [line for line in page.splitlines() if line and not line.startswith("#")]
    series = [
        {"series": name, "values": f"{value.replace('+', '')}{'+0' * (value in {'+Inf', 'NaN'})}x60"}
        for name, _, value in (line.rpartition(" ") for line in lines)
    ]
    expected = 'ALERTS{alertstate="firing"}'
    test = {
        "rule_files": [str(RULES)],
        "tests": [{"input_series": series, "promql_expr_test": [{"expr": expected, "eval_time": "59m"}]}],
    }
    file = folder / "values_test.yaml"
    file.write_text(json.dumps(test), encoding="utf-8")  # JSON is YAML
    process = await asyncio.create_subprocess_exec(
        program("promtool"), "test", "rules", file, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    said, errors = await process.communicate()
    got = (said + errors).decode()
    assert "SUCCESS" in got or "got:" in got, got
    return set(re.findall(r'alertname=\\?"(\w+)', got))


class Prometheus:
    """It has the alerts of the repository. None waits: each fires as soon as its expression is true."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._targets = folder / "targets.json"
        self._process: asyncio.subprocess.Process | None = None
        self._session: aiohttp.ClientSession | None = None
        self._port = free_port()

    async def __aenter__(self) -> Self:
        rules = re.sub(r"^( +for): \d+m", r"\1: 0s", RULES.read_text(encoding="utf-8"), flags=re.MULTILINE)
        (self._folder / "alerts.yaml").write_text(rules, encoding="utf-8")
        self.read({})
        config = {
            "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "500ms"},
            "rule_files": ["alerts.yaml"],
            "scrape_configs": [
                {
                    "job_name": "matinee",
                    "file_sd_configs": [{"files": [str(self._targets)], "refresh_interval": "500ms"}],
                }
            ],
        }
        (self._folder / "prometheus.yaml").write_text(json.dumps(config), encoding="utf-8")
        with (self._folder / "prometheus.log").open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(
                program("prometheus"),
                f"--config.file={self._folder / 'prometheus.yaml'}",
                f"--storage.tsdb.path={self._folder / 'data'}",
                f"--web.listen-address=127.0.0.1:{self._port}",
                stderr=log,
            )
        self._session = aiohttp.ClientSession(f"http://127.0.0.1:{self._port}")
        await _until(self._is_ready, 30)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process is not None
        assert self._session is not None
        await self._session.close()
        self._process.kill()
        await self._process.wait()

    def read(self, ports: Mapping[str, int]) -> None:
        targets = [{"targets": [f"127.0.0.1:{port}"], "labels": {"job": name}} for name, port in ports.items()]
        part = self._targets.with_suffix(".part")
        part.write_text(json.dumps(targets), encoding="utf-8")
        part.replace(self._targets)

    async def query(self, expression: str, at: float | None = None) -> Sequence[Any]:
        when = {} if at is None else {"time": at}
        return (await self._get("/api/v1/query", query=expression, **when))["data"]["result"]

    async def firing(self) -> set[str]:
        return {each["metric"]["alertname"] for each in await self.query('ALERTS{alertstate="firing"}')}

    async def query_range(self, expression: str, start: float, end: float, step: float) -> Sequence[Any]:
        """Return the series of an expression between two times."""
        found = await self._get("/api/v1/query_range", query=expression, start=start, end=end, step=step)
        return found["data"]["result"]

    async def until_firing(self, expected: set[str], *, timeout: float = 30) -> None:
        firing: set[str] = set()

        async def is_met() -> bool:
            nonlocal firing
            firing = await self.firing()
            return firing == expected

        try:
            await _until(is_met, timeout)
        except TimeoutError:
            raise TimeoutError(f"firing are {sorted(firing)}, not {sorted(expected)}") from None

    async def _get(self, path: str, **params: str | float) -> Any:
        assert self._session is not None
        async with self._session.get(path, params=params) as response:
            body = await response.json()
        assert body["status"] == "success", body
        return body

    async def _is_ready(self) -> bool:
        assert self._session is not None
        try:
            async with self._session.get("/-/ready") as response:
                return response.status == 200
        except aiohttp.ClientConnectionError:
            return False


async def _until(is_met: Callable[[], Awaitable[bool]], timeout: float) -> None:
    """Ask until a condition holds, since other programs signal no changes."""
    async with asyncio.timeout(timeout):
        while not await is_met():  # noqa: ASYNC110 (see above)
            await asyncio.sleep(0.1)
