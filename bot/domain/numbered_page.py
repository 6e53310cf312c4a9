"""A page of a list that is turned by number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NumberedPage(Generic[T]):
    """One page. `number` counts from 0.

    `total` are the items of all pages.
    """

    items: tuple[T, ...]
    number: int
    pages: int
    total: int
