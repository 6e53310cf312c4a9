"""Runs every benchmark and writes benchmarks/results.md: `make bench`.

It prints the same table. A module's figures are printed only if its own checks pass. With names of modules as
arguments, only these run, and nothing is written.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sqlite3
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.harness import MAX_LOOP_PAUSE, CheckFailed, Row, Size, run

FELT = ("delivery", "commands", "startup", "idle", "installation", "upkeep", "suite")
"""What a member, an operator or an engineer waits for or pays for. It stands first."""

MODULES = (
    *FELT,
    "reservations",
    "postgresql_reservations",
    "polling_schedule",
    "polling_worker",
    "polling_cost",
    "postgresql_polling",
    "postgresql_takeover",
    "startup_backlog",
    "large_history",
    "disk_use",
    "attachments",
    "prompt_filter",
)
_HERE = Path(__file__).parent
_KEPT = _HERE.parent / "var" / "benchmarks"
_NOTES = _HERE / "notes.md"
"""Notes about the results, written by hand and appended to the table."""


def main() -> int:
    """Run the benchmarks and return the exit status.

    1 where a check failed.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("modules", nargs="*", choices=[*MODULES, []], help="only these")
    parser.add_argument("--rounds", type=int, help="of each module (default: 2 of what people feel, 1 of the rest)")
    parser.add_argument("--share", type=float, default=1.0, help="how much of the full size (default: 1)")
    options = parser.parse_args()
    _KEPT.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    failed: list[str] = []
    seconds: dict[str, float] = {}
    for name in options.modules or MODULES:
        began = time.monotonic()
        rounds = options.rounds or (2 if name in FELT else 1)
        try:
            found = measured(name, Size(rounds, options.share, _KEPT))
        except CheckFailed as exc:
            failed.append(f"{name}: {exc}")
            print(f"{name} has no figure: {exc}", file=sys.stderr)
            continue
        finally:
            seconds[name] = time.monotonic() - began
        rows += found
        for row in found:
            print(_line(row), flush=True)
        print(f"{name}: {seconds[name]:.0f} s", file=sys.stderr)
    table = _table(rows, failed, seconds)
    print(f"\n{table}")
    if not options.modules and options.share == 1.0:
        notes = _NOTES.read_text(encoding="utf-8") if _NOTES.exists() else ""
        (_HERE / "results.md").write_text(f"{table}\n{notes}", encoding="utf-8")
    return 1 if failed else 0


def measured(name: str, size: Size) -> list[Row]:
    """Run one module.

    Raises:
        CheckFailed: one of its checks failed.
    """
    module = importlib.import_module(f"benchmarks.{name}")
    rows: list[Row] = run(module.measure(size))
    return rows


def _line(row: Row) -> str:
    ratio = f"{row.ratio.median:.2f}x ({row.ratio.low:.2f} to {row.ratio.high:.2f})" if row.ratio else "-"
    verdict = "met" if row.met else "MISSED"
    return f"{verdict:6} {row.figure}: {row.ours} against {row.theirs}, {ratio}, {row.target}"


def _table(rows: Sequence[Row], failed: Sequence[str], seconds: Mapping[str, float]) -> str:
    longest = sorted(seconds, key=lambda name: -seconds[name])
    head = (
        "# What was measured",
        "",
        (
            f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python"
            f" {platform.python_version()}, SQLite {sqlite3.sqlite_version}; {sum(seconds.values()):.0f} s in"
            " all. What people feel is measured in two interleaved rounds, the rest in one. A ratio is the median over"
            " the rounds, with the least and the greatest."
        ),
        "",
        "| figure | ours | baseline | theirs | ratio | target | met | longest pause of the event loop |",
        "|---|---|---|---|---|---|---|---|",
    )
    lines = [_cells(row) for row in rows]
    tail = [
        f"\n{sum(row.met for row in rows)} of {len(rows)} targets are met.",
        f"\nThe modules took {', '.join(f'{name} {seconds[name]:.0f} s' for name in longest)}.",
        *(f"\nNo figure, because a check failed: {each}" for each in failed),
    ]
    return "\n".join([*head, *lines, *tail, ""])


def _cells(row: Row) -> str:
    ratio = f"{row.ratio.median:.2f}x ({row.ratio.low:.2f}-{row.ratio.high:.2f})" if row.ratio else ""
    pause = "" if row.pause is None else f"{1000 * row.pause:.1f} ms"
    if row.pause is not None and row.pause > MAX_LOOP_PAUSE:
        pause += " (too long)"
    met = "yes" if row.met else "**no**"
    cells = (row.figure, row.ours, row.baseline, row.theirs, ratio, row.target, met, pause)
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
