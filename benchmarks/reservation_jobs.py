"""The orders of the reservation benchmarks.

They are those of members who have ordered before in the month. There are as many members and servers as keep to the
default bounds on open movies: five of a member, fifty of a server.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.domain.credits import Limits
from bot.domain.jobs import Job, JobState
from tests.helpers.worker_harness import checked

LIMITS: Final = Limits(10**9, 10**9)
MEMBERS: Final = 1000
PRICE: Final = 100

_SERVERS: Final = 100
_FIRST_SERVER: Final = 2_000_000
_MOMENT: Final = 1_795_000_000_000


def jobs(count: int, first: int = 0) -> Iterator[Job]:
    """Yield jobs of the members by turns. `first` numbers them."""
    request = checked(10).request
    pattern = Job("", 0, 1, 2, 0, request, PRICE, JobState.RESERVED, _MOMENT, member_name="a member")
    for number in range(first, first + count):
        yield replace(
            pattern,
            id=f"{number:013}",
            interaction_id=10_000_000 + number,
            guild_id=_FIRST_SERVER + number % _SERVERS,
            member_id=1_000_000 + number % MEMBERS,
        )
