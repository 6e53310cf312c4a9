"""What a server's staff decide about a reported movie: exactly once.

Who may do so is decided before; but of their own movie, staff and managers can only remove it. So its reports stay open
for other staff. Without other staff, they stay open. Each function returns None where the server has no such
report, and raises DuplicateInteraction where its interaction has made a change already.
"""

from __future__ import annotations

from bot.domain.movie_reports import ReportDecision, ReportState
from bot.domain.quota import AuditAction, AuditContext
from data import audit_log, movie_reports, removals
from data.database import Transaction


def remove(tx: Transaction, job_id: str, *, by: AuditContext) -> ReportDecision | None:
    """Remove a reported movie."""
    return _decide(tx, job_id, ReportState.REMOVED, by)


def dismiss(tx: Transaction, job_id: str, *, by: AuditContext) -> ReportDecision | None:
    """Keep a reported movie."""
    return _decide(tx, job_id, ReportState.DISMISSED, by)


def _decide(tx: Transaction, job_id: str, state: ReportState, by: AuditContext) -> ReportDecision | None:
    movie = movie_reports.lock(tx, job_id, by.guild_id)
    if movie is None:
        return None
    audit_log.require_new(tx, by)
    if movie.state is not ReportState.OPEN:
        return ReportDecision(movie, counted=False)
    if state is ReportState.REMOVED:
        removals.remove(tx, job_id, by)
    elif movie.job.member_id == by.actor_id:
        return ReportDecision(movie, counted=False, is_own=True)
    else:
        movie_reports.decide(tx, job_id, state, by.actor_id)
        audit_log.record_of_job(tx, AuditAction.REPORT_DISMISSED, movie.job, by=by)
    decided = movie_reports.find(tx, job_id)
    assert decided is not None
    return ReportDecision(decided, counted=True)
