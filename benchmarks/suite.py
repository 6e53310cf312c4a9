"""How long `make test` takes."""

from __future__ import annotations

import asyncio
import re
import shutil
import time
from pathlib import Path

from benchmarks.harness import CheckFailed, Row, Size

_ROOT = Path(__file__).resolve().parent.parent
_LIMIT_SECONDS = 120


async def measure(_: Size) -> list[Row]:
    """Run it once."""
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        shutil.which("make") or "make", "test", cwd=_ROOT, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    took = time.perf_counter() - started
    if process.returncode:
        raise CheckFailed(f"make test failed: {out.decode()[-2000:]}")
    passed = re.search(r"(\d+) passed", out.decode())
    count = f"{int(passed[1]):,} tests" if passed else "no test"
    return [Row("make test", "", f"{took:.0f} s, {count}", "", None, f"≤ {_LIMIT_SECONDS} s", took <= _LIMIT_SECONDS)]
