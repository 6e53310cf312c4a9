"""A month's best movies, makers and patrons of one server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

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

    def visible(self, may_see: Callable[[MovieItem], bool], limit: int) -> Ranking:
        """Return it with the best movies that its reader may see."""
        seen = [(item, stars) for item, stars in self.movies if may_see(item)]
        return replace(self, movies=tuple(seen[:limit]))
