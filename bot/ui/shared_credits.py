"""The credits of a movie that members paid for together.

Each paid a share of their own: "200 credits refunded" would be true for none of them.
"""

from __future__ import annotations

from bot.domain.job import Job, JobState
from bot.locales.texts import Texts
from bot.ui.amounts import format_credits


def is_shared(job: Job) -> bool:
    """Return whether members paid for a movie together."""
    return job.pitch_id is not None


def ended(texts: Texts, job: Job) -> str:
    """Say what an ended movie cost all of them together."""
    cost = format_credits(texts, job.spent)
    if job.state is JobState.COMPLETED:
        return texts("pledges-cost", cost=cost)
    if job.spent:
        return texts("pledges-cost-in-part", cost=cost)
    return texts("pledges-refunded-bonus" if job.came_back_as_bonus else "pledges-refunded")
