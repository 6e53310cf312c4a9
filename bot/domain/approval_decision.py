"""What came of an order that waited for a server's staff."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.job import Job


class ApprovalObstacle(StrEnum):
    """Why an order can't be approved now."""

    OWN = "own"
    """It is the staff member's own, and they may not manage the server."""

    BLOCKED = "blocked"
    """Its member was blocked meanwhile."""

    BLOCKED_EVERYWHERE = "blocked_everywhere"
    """By the operator."""

    PROMPT = "prompt"
    """Its prompt breaks a rule that was added meanwhile."""

    PAUSED = "paused"
    """The operator takes no orders, from this server or from any."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of an approval or a decline.

    `job` is as it is afterwards. `counted`: it was this decision that changed it.
    """

    job: Job
    counted: bool
    obstacle: ApprovalObstacle | None = None
