"""Ways to decide when to look again that know nothing: every so many seconds, and ever twice as long."""

from __future__ import annotations

from collections.abc import Callable

Wait = Callable[[float], float]
"""Seconds until the next look, by the job's age in seconds."""


def fixed(interval: float) -> Wait:
    """Every `interval` seconds. Requests times delay is the same for all intervals, but for the last look's share."""
    return lambda _: interval


def doubling(first: float, most: float) -> Wait:
    """After `first` seconds, then after twice as many each time, up to `most`."""

    def wait(age: float) -> float:
        # after n doublings the age is first * (2**n - 1)
        return min(most, age + first)

    return wait
