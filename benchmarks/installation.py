"""What an installation takes, from an empty folder: the operator's environment, and the demo's.

It needs a package index. The time is mostly the download's.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.harness import Row, Size
from benchmarks.subprocesses import run_command

_MIB = 2**20


async def measure(size: Size) -> list[Row]:
    """Make each environment once."""
    return [
        await _row(size, "make install", "requirements.txt", 180, 50, None, "--remove-installer"),
        await _row(size, "the environment of make demo", "requirements-demo.txt", 350, None, 45),
    ]


async def _row(
    size: Size, figure: str, requirements: str, most: int, packages: int | None, seconds: int | None, *options: str
) -> Row:
    with TemporaryDirectory(dir=size.folder) as folder:
        environment = Path(folder) / "env"
        started = time.perf_counter()
        await run_command(sys.executable, "scripts/make_environment.py", str(environment), requirements, *options)
        took = time.perf_counter() - started
        installed = len(list(environment.glob("lib/python*/site-packages/*.dist-info")))
        mib = sum(each.stat().st_size for each in environment.rglob("*") if not each.is_symlink()) / _MIB
    targets = [
        f"≤ {most} MiB",
        *([f"≤ {packages} packages"] if packages else []),
        *([f"≤ {seconds} s"] if seconds else []),
    ]
    met = mib <= most and installed <= (packages or installed) and took <= (seconds or took)
    return Row(figure, "", f"{took:.0f} s, {mib:.0f} MiB, {installed} packages", "", None, ", ".join(targets), met)
