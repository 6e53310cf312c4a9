"""Members' reports of movies, and the decisions of a server's staff."""

from __future__ import annotations

import structlog

from bot.domain.job import Job
from bot.domain.movie_report import ReportDecision, ReportedMovie, ReportOutcome
from bot.domain.quota import AuditContext
from data import movie_report_decisions, movie_reports
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)


class MovieReportService:
    """Records reports and decisions.

    Each is one transaction, with its audit entry. Who may decide is checked before. A change raises
    DuplicateInteraction where its interaction has made it already.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def refusal(self, job: Job, member_id: int) -> ReportOutcome | None:
        """Return why a member can't report a movie, if so."""
        return await self._database.read(movie_reports.refusal, job, member_id)

    async def report(self, job: Job, reason: str, by: AuditContext) -> ReportOutcome:
        """Report a movie of the server."""
        outcome = await self._database.write(movie_reports.report, job.id, reason, by=by)
        _log.info("movie_reported", job_id=job.id, outcome=outcome.value)
        return outcome

    async def find(self, job_id: str, guild_id: int) -> ReportedMovie | None:
        """Read a server's reported movie."""
        movie = await self._database.read(movie_reports.find, job_id)
        return None if movie is None or movie.job.guild_id != guild_id else movie

    async def remove(self, job_id: str, by: AuditContext) -> ReportDecision | None:
        """Remove a reported movie.

        None where the server has no such report.
        """
        return await self._database.write(movie_report_decisions.remove, job_id, by=by)

    async def dismiss(self, job_id: str, by: AuditContext) -> ReportDecision | None:
        """Keep a reported movie.

        None where the server has no such report.
        """
        return await self._database.write(movie_report_decisions.dismiss, job_id, by=by)

    async def block(self, job_id: str, hours: int | None, by: AuditContext) -> ReportDecision | None:
        """Block a reported movie's member for some hours, or until unblocked.

        None where the server has no such report.
        """
        return await self._database.write(movie_report_decisions.block, job_id, hours, by=by)
