"""Whom a message in the staff channel is about."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.movie_reports import ReportedMovie, ReportState
from bot.domain.quota import Block
from bot.domain.refusal import Refused


@dataclass(frozen=True, slots=True)
class StaffSubject:
    """The member whose movie waits for approval or was reported, or who asked for credits.

    `id` is that of the movie or of the request. `block` is the member's in this server, or the operator's in all.
    """

    id: str
    member_id: int
    block: Block | None = None
    report: ReportedMovie | None = None

    def block_refusal(self, staff_id: int) -> Refused | None:
        """Return why a staff member can't block the member from here, if so.

        A block takes the place of a time-out, which the bot made, and one from a report also of a shorter block.
        """
        if self.member_id == staff_id:
            return Refused("staff-own")
        if self.report is None:
            blocked = self.block is not None and not self.block.is_timeout
            return Refused("staff-blocked", {"member": self.member_id}) if blocked else None
        if self.report.blocked_by is not None and self.block is not None:
            return Refused("reported-blocked", {"staff": self.report.blocked_by, "member": self.member_id})
        if self.report.state is ReportState.DISMISSED:
            return Refused("reported-dismissed", {"staff": self.report.decided_by or 0})
        return None
