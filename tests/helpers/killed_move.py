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
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data.engine import move_record, postgresql_transaction, sqlite
from data.storage import backups, engines, exclusive, postgresql_exclusive
from data.storage.move import move
from tests.helpers.moves import now_ms

NAMES = (
    "source frozen",
    "target held",
    "insert jobs",
    "insert ledger_entries",
    "insert failure_waivers",
    "rows copied",
    "arrival recorded",
    "copy verified",
    "source marked 1",
    "target replaced",
    "source marked 2",
)
"""The steps of a move. Rows are inserted into the copy, or into PostgreSQL just before the mark."""

UNTIL_MARKED = frozenset(
    (
        *(f"{when} {name}" for name in NAMES[:8] for when in ("before", "after")),
        "before source marked 1",
        "before target replaced",
    )
)
"""At these points the old database works, and from `after target replaced` on the new one."""


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
    for database in (exclusive.ExclusiveFile, postgresql_exclusive.ExclusiveServer):
        killer.wrap(database, "freeze", lambda *_: "source frozen")
        killer.wrap(database, "filled_table", lambda *_: "target held")
        killer.wrap(database, "back_up", lambda *_: "rows copied")
        killer.wrap(database, "write", lambda *_: "source marked", numbered=True)
        killer.wrap(database, "replace_by", lambda *_: "target replaced")
    for transaction in (sqlite.SqliteTransaction, postgresql_transaction.PostgresTransaction):
        killer.wrap(transaction, "insert_rows", lambda _tx, table, *_: f"insert {table}")
    killer.wrap(move_record, "record_arrival", lambda *_: "arrival recorded")
    killer.wrap(backups, "reconcile", lambda *_: "copy verified")


def main() -> None:
    for line in sys.stdin:
        source, target, point = json.loads(line)
        child = os.fork()
        if child == 0:
            arm(point)
            move(engines.engine(source), engines.engine(target), Path(), now_ms)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        os.write(1, f"{os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
