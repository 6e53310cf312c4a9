"""A process that carries out steps of tests/helpers/bounded_orders.py: `python -m tests.helpers.bounded_process`.

Each line of standard input is a task: {"path": FILE, "first": NUMBER, "steps": STEPS}. It says `ready` once it has the
file open, waits for one more line, and says `done` after the last step, or what was wrong: an order passed a bound, or
was refused without one.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from data.sqlite import SqliteDatabase
from tests.helpers.bounded_orders import Step, Story

_AT_ONCE = 3
"""Steps that a process carries out at the same time."""


async def main() -> None:
    """Carry out one task after the other."""
    while line := await _read_line():
        task = json.loads(line)
        database = await SqliteDatabase.open(Path(task["path"]), busy_seconds=30)
        try:
            print("ready", flush=True)
            await _read_line()
            outcome = await _carry_out(Story(database, number=task["first"]), task["steps"])
        finally:
            await database.close()
        print(outcome, flush=True)


async def _read_line() -> str:
    return await asyncio.to_thread(sys.stdin.readline)


async def _carry_out(story: Story, steps: list[Step]) -> str:
    for first in range(0, len(steps), _AT_ONCE):
        wave = (story.step(*step) for step in steps[first : first + _AT_ONCE])
        for outcome in await asyncio.gather(*wave, return_exceptions=True):
            if outcome is not None:
                return repr(outcome)
    return "done"


if __name__ == "__main__":
    asyncio.run(main())
