"""Figures on a page of metrics, and the programs of Prometheus, as Debian's package `prometheus` has them."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "deploy" / "prometheus" / "alerts.yaml"


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"no {name} is installed (on Debian: apt install prometheus)")
    return found


def figures_on(page: bytes) -> dict[str, float]:
    lines = [line for line in page.decode().splitlines() if not line.startswith("#")]
    return {series: float(value) for series, _, value in (line.rpartition(" ") for line in lines)}


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
