"""How long members waited, from the order to their movie."""

from __future__ import annotations

import bisect
import math
from typing import Final

from bot.domain.job import Approval, Job

BUCKETS: Final = (30.0, 60.0, 120.0, 180.0, 300.0, 450.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, math.inf)
"""Upper bounds in seconds."""


class DeliveryTimes:
    """The times of the movies that this process posted, in buckets.

    Movies that a server's staff had to approve are left out: most of their time is the staff's.
    """

    def __init__(self) -> None:
        self.counts = [0] * len(BUCKETS)
        self.seconds = 0.0

    def add(self, job: Job, now: int) -> None:
        """Count a movie that Discord accepted `now`."""
        if job.approval is not Approval.REQUIRED:
            seconds = max(0, now - job.created_at) / 1000
            self.counts[bisect.bisect_left(BUCKETS, seconds)] += 1
            self.seconds += seconds
