"""What movies really cost at the API, beside what their members paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.domain.job import Job

DEARER_SHARE: Final = 0.1
"""How far above the price a charge is a rise in price.

The API charges for the timeline that it planned, which may be a little longer than what was ordered.
"""

WARNING_INTERVAL_MS: Final = 24 * 3600 * 1000
"""How often a model is warned of.

All its movies cost more until the operator changes the catalogue.
"""


@dataclass(frozen=True, slots=True)
class Charge:
    """Credits of a model's movies: paid by members, charged by the API."""

    paid: int = 0
    charged: int = 0


class ChargeTotals:
    """Sums for each model over the movies that this process completed.

    Movies of which the API did not say what they cost are left out.
    """

    def __init__(self) -> None:
        self.by_model: dict[str, Charge] = {}
        self._warned_at: dict[str, int] = {}

    def add(self, job: Job) -> None:
        """Add a completed movie."""
        if job.charged is not None:
            before = self.by_model.get(job.request.video_model, Charge())
            self.by_model[job.request.video_model] = Charge(before.paid + job.price, before.charged + job.charged)

    def warns_of(self, job: Job, now: int) -> bool:
        """Return whether to warn that a movie's model costs more.

        It cost clearly more than its price. True once a day for each model.
        """
        if job.charged is None or job.charged <= (1 + DEARER_SHARE) * job.price:
            return False
        model = job.request.video_model
        warned_at = self._warned_at.get(model)
        if warned_at is not None and 0 <= now - warned_at < WARNING_INTERVAL_MS:  # below 0: the clock was set back
            return False
        self._warned_at[model] = now
        return True
