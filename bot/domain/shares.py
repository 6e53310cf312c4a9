"""Divides credits between those who paid together."""

from __future__ import annotations

from collections.abc import Sequence


def split(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Divide a total in proportion to weights, in whole credits.

    By largest remainder: each gets its share rounded down, and what is left goes one by one to those whose share lost
    most by it, the first of equals first. So the parts add up to the total, nobody gets more than their weight where
    the total is at most the sum of weights, and the same input always gives the same parts.
    """
    whole = sum(weights)
    if not whole:
        return (0,) * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: (-(total * weights[index] % whole), index))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return tuple(parts)
