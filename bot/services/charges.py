"""What movies really cost at the API, beside what their members paid."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.job import Job


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

    def add(self, job: Job) -> None:
        """Add a completed movie."""
        if job.charged is not None:
            before = self.by_model.get(job.request.video_model, Charge())
            self.by_model[job.request.video_model] = Charge(before.paid + job.price, before.charged + job.charged)
