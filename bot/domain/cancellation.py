"""What it would cost to cancel a movie that renders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.domain.job import Job

LATE_CHARGE_MS: Final = 15 * 60_000
"""How long after a cancellation the API is asked again what it charged.

The stage at work is charged when it is done, although the movie is cancelled; the narrative takes minutes at most.
"""

MAX_LATE_CHARGE_MS: Final = 24 * 3600 * 1000
"""How long after a cancellation the API is still asked where it does not answer."""


@dataclass(frozen=True, slots=True)
class CancelPreview:
    """What cancelling a movie now would cost.

    `charged` is what the API has charged so far, in credits; None where it does not say.
    """

    job: Job
    charged: int | None

    @property
    def spent(self) -> int:
        """What would be captured if it stopped now."""
        return min(self.charged or 0, self.job.price)

    @property
    def refunded(self) -> int:
        """What would come back if it stopped now."""
        return self.job.price - self.spent
