"""Runs a function of the database at another time than its clock's, or under another policy."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.domain.credits import Limits
from bot.domain.risk import RiskLimits
from data.database import Database, Transaction

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


def under(
    function: Callable[Concatenate[Transaction, P], T],
    risk: RiskLimits | None = None,
    failed: int | None = None,
    **changes: Any,
) -> Callable[Concatenate[Transaction, P], T]:
    """Return `function` as it runs under a changed policy; `failed` bounds nothing but failed credits."""

    @functools.wraps(function)
    def run(tx: Transaction, *args: P.args, **kwargs: P.kwargs) -> T:
        before, policy = tx.policy, replace(tx.policy, **changes)
        bounds = risk if failed is None else RiskLimits(10**9, 10**9, 10**9, failed)
        tx.policy = policy if bounds is None else replace(policy, limits=replace(policy.limits, risk=bounds))
        try:
            return function(tx, *args, **kwargs)
        finally:
            tx.policy = before

    return run


class WithLimits:
    database: Database

    @property
    def limits(self) -> Limits:
        return self.database.policy.limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self.database.policy = replace(self.database.policy, limits=limits)
