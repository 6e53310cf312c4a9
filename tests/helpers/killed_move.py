"""Moves between databases in processes that kill themselves `before NAME` or `after NAME`.

It reads lines of JSON (source, target, point), forks a process for each, and writes its exit status. The product's
functions are wrapped from outside.
"""

from __future__ import annotations

import functools
import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from data import backups, connect, move_record, postgresql_move, postgresql_transaction, sqlite, sqlite_move

NAMES = (
    "source held",
    "target held",
    "copy made",
    "target begun",
    "insert jobs",
    "insert ledger_entries",
    "insert failure_waivers",
    "arrival recorded",
    "target checked",
    "source marked 1",
    "target committed",
    "source marked 2",
)
"""The steps of a move, in order. A copy is made of a file only."""

UNTIL_MARKED = frozenset(
    (*(f"{when} {name}" for name in NAMES[:9] for when in ("before", "after")), "before source marked 1")
)
"""Before this point the old database works, and from `after target committed` on the new one."""


class Killer:
    def __init__(self, point: str) -> None:
        self._point = point
        self._seen: Counter[str] = Counter()

    def wrap(self, owner: Any, name: str, called: Callable[..., str], *, numbered: bool = False) -> None:
        function = getattr(owner, name)

        @functools.wraps(function)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            what = called(*args)
            self._seen[what] += 1
            if numbered:
                what = f"{what} {self._seen[what]}"
            self._pass(f"before {what}")
            result = function(*args, **kwargs)
            self._pass(f"after {what}")
            return result

        setattr(owner, name, wrapped)

    def _pass(self, point: str) -> None:
        if point == self._point:
            os.kill(os.getpid(), signal.SIGKILL)


def arm(point: str) -> None:
    killer = Killer(point)
    for source in (sqlite_move.SqliteSource, postgresql_move.PostgresSource):
        killer.wrap(source, "__enter__", lambda *_: "source held")
        killer.wrap(source, "set_departure", lambda *_: "source marked", numbered=True)
    for target in (sqlite_move.SqliteTarget, postgresql_move.PostgresTarget):
        killer.wrap(target, "__enter__", lambda *_: "target held")
        killer.wrap(target, "begin", lambda *_: "target begun")
        killer.wrap(target, "check", lambda *_: "target checked")
        killer.wrap(target, "commit", lambda *_: "target committed")
    for transaction in (sqlite.SqliteTransaction, postgresql_transaction.PostgresTransaction):
        killer.wrap(transaction, "insert_rows", lambda _tx, table, *_: f"insert {table}")
    killer.wrap(backups, "create_backup", lambda *_: "copy made")
    killer.wrap(move_record, "record_arrival", lambda *_: "arrival recorded")


def main() -> None:
    for line in sys.stdin:
        source, target, point = json.loads(line)
        child = os.fork()
        if child == 0:
            arm(point)
            connect.move(source, target, lambda: time.time_ns() // 1_000_000)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        os.write(1, f"{os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
