"""How long `make test` takes."""

from __future__ import annotations

import re
import shutil
import time

from benchmarks.harness import Row, Size
from benchmarks.subprocesses import run_command

_LIMIT_SECONDS = 120


async def measure(_: Size) -> list[Row]:
    """Run it once."""
    started = time.perf_counter()
    out = await run_command(shutil.which("make") or "make", "test")
    took = time.perf_counter() - started
    passed = re.search(r"(\d+) passed", out)
    count = f"{int(passed[1]):,} tests" if passed else "no test"
    return [Row("make test", "", f"{took:.0f} s, {count}", "", None, f"≤ {_LIMIT_SECONDS} s", took <= _LIMIT_SECONDS)]
