"""Subprocesses that measure themselves, without other processes' memory or CPU."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from benchmarks.harness import CheckFailed

_ROOT = Path(__file__).resolve().parent.parent


async def run_module(module: str, *arguments: str) -> dict[str, float]:
    """Run a module that prints one JSON object, and return it.

    Raises:
        CheckFailed: the process failed.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments),
        cwd=_ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    if process.returncode:
        raise CheckFailed(f"{module} failed: {err.decode()[-2000:]}")
    output: dict[str, float] = json.loads(out)
    return output
