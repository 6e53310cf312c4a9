"""What a server's staff decide about a reported movie: exactly once.

Who may do so is decided before; but of their own movie, staff and managers can only remove it. So its reports stay open
for other staff. Without other staff, they stay open.
"""

from __future__ import annotations

from bot.domain.movie_reports import ReportDecision, ReportState
from bot.domain.quota import AuditAction, AuditContext
from bot.domain.refusal import Refused
from data import audit_log, movie_reports, removals
from data.database import Transaction


def decide(tx: Transaction, job_id: str, state: ReportState, *, by: AuditContext) -> ReportDecision | Refused:
    """Remove a reported movie, or dismiss its reports.

    Raises:
        DuplicateInteraction: The interaction has made a change already.
    """
    movie = movie_reports.lock(tx, job_id, by.guild_id)
    if movie is None:
        return Refused("reported-unknown")
    audit_log.require_new(tx, by)
    if movie.state is not ReportState.OPEN:
        return ReportDecision(movie, counted=False)
    if state is ReportState.REMOVED:
        removals.remove(tx, job_id, by)
    elif movie.job.member_id == by.actor_id:
        return Refused("reported-own-decision")
    else:
        movie_reports.decide(tx, job_id, state, by.actor_id)
        audit_log.record_of_job(tx, AuditAction.REPORT_DISMISSED, movie.job, by=by)
    decided = movie_reports.find(tx, job_id)
    assert decided is not None
    return ReportDecision(decided, counted=True)
