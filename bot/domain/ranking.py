"""A month's best movies, makers and patrons of one server."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.credits import Month
from bot.domain.movie_list import MovieItem


@dataclass(frozen=True, slots=True)
class Ranked:
    """A member, and what they are ranked by: movies, or credits."""

    member_id: int
    amount: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best of a month; each is the best first.

    `movies` are with their stars. `patrons` spent the most credits on movies that were finished.
    """

    month: Month
    movies: tuple[tuple[MovieItem, int], ...]
    makers: tuple[Ranked, ...]
    patrons: tuple[Ranked, ...]
