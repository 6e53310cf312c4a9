"""Whom a message in the staff channel is about, and their block from there."""

from __future__ import annotations

from bot.domain.quota import AuditContext
from bot.domain.refusal import Refused
from bot.domain.staff_subjects import StaffSubject
from data import audit_log, blocks, credit_requests, jobs, movie_reports, preferences
from data.database import Transaction


def find(tx: Transaction, subject_id: str, guild_id: int) -> StaffSubject | Refused:
    """Read whom a movie or a request of a server is about; why not, as where its staff were asked nothing about it."""
    job = jobs.find(tx, subject_id)
    report = movie_reports.find(tx, subject_id) if job else None
    found = job or credit_requests.find(tx, subject_id)
    is_asked = job is None or job.approval or job.review or report
    if found is None or found.guild_id != guild_id or not is_asked:
        return Refused("staff-unknown")
    if found.member_id <= 0:
        return Refused("staff-erased")
    return StaffSubject(subject_id, found.member_id, blocks.active_block(tx, guild_id, found.member_id), report)


def block(tx: Transaction, subject_id: str, hours: int | None, *, by: AuditContext) -> Refused | None:
    """Block the member from ordering. A report shows it, and stays open.

    Staff with only the role end no block of a manager's, so one that lasts longer stays.

    Raises:
        DuplicateInteraction: The interaction has made a change already.
    """
    found = find(tx, subject_id, by.guild_id)
    if isinstance(found, Refused):
        return found
    preferences.lock(tx, found.member_id)
    if found.report is not None:
        movie_reports.lock(tx, subject_id, by.guild_id)
    audit_log.require_new(tx, by)
    subject = find(tx, subject_id, by.guild_id)  # as it is now that it is locked
    if isinstance(subject, Refused):
        return subject
    refused = subject.block_refusal(by.actor_id)
    if refused is not None:
        return refused
    if subject.report is not None:
        movie_reports.mark_blocked(tx, subject_id, by.actor_id)
    blocks.block(tx, subject.member_id, hours, by=by, keep_longer=True)
    return None
