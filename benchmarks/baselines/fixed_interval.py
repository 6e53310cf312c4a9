"""Polling schedules without any knowledge: a fixed interval, and a doubling one."""

from __future__ import annotations

from collections.abc import Callable

Wait = Callable[[float], float]
"""Seconds until the next poll, by the job's age in seconds."""


def fixed(interval: float) -> Wait:
    """Poll every `interval` seconds. Requests times delay hardly depends on the interval."""
    return lambda _: interval


def doubling(first: float, limit: float) -> Wait:
    """Poll after `first` seconds, then after doubling delays up to `limit`."""

    def wait(age: float) -> float:
        # after n doublings the age is first * (2**n - 1)
        return min(limit, age + first)

    return wait
