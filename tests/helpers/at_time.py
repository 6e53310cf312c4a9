"""Runs a function of the database at another time than its clock's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from data.database import Transaction

P = ParamSpec("P")
T = TypeVar("T")


def at_time(now: int, function: Callable[Concatenate[Transaction, P], T]) -> Callable[Concatenate[Transaction, P], T]:
    """Return `function` as it runs at `now`, UTC epoch milliseconds."""

    def run(tx: Transaction, *args: P.args, **kwargs: P.kwargs) -> T:
        before, tx.now = tx.now, now
        try:
            return function(tx, *args, **kwargs)
        finally:
            tx.now = before

    return run
