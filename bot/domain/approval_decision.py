"""What came of an order that waited for a server's staff."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.job import Job


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of an approval or a decline.

    `job` is as it is afterwards. `counted`: it was this decision that changed it.
    """

    job: Job
    counted: bool
