"""Posts and updates the staff channel's messages about reported movies."""

from __future__ import annotations

import structlog

from bot.clock import Clock
from bot.domain.delivery import PostedMessage
from bot.domain.movie_report import ReportedMovie
from bot.errors import DeliveryDeferred, DeliveryRejected
from bot.worker.interfaces import MessagePublisher
from bot.worker.leader_work import LeaderWork
from bot.worker.retries import retry_delay_ms
from data import movie_reports
from data.database import Database
from data.engine.instance_lock import InstanceLock

_log = structlog.stdlib.get_logger(__name__)

MovieReportMessage = tuple[ReportedMovie, int]
"""A reported movie and the id of its server's staff channel."""


class MovieReportPublisher(LeaderWork[MovieReportMessage]):
    """Keeps one message for each reported movie.

    More reports and decisions update it. Where the staff channel is closed, new reports wait.
    """

    def __init__(
        self,
        database: Database,
        publisher: MessagePublisher,
        clock: Clock,
        instance_lock: InstanceLock,
    ) -> None:
        super().__init__(database, publisher, clock, instance_lock, movie_reports.due, movie_reports.next_due_at)

    def key(self, message: MovieReportMessage) -> str:
        """Return the movie's id."""
        return message[0].job.id

    async def process(self, message: MovieReportMessage) -> None:
        """Post or update one message."""
        movie, channel_id = message
        try:
            shown = await self._show(movie, channel_id)
        except DeliveryDeferred as exc:
            _log.warning("report_retry_scheduled", job_id=movie.job.id, error=str(exc))
            retry_at = self._clock.now() + retry_delay_ms(exc, movie.attempts)
            await self._database.write(movie_reports.reschedule, movie, retry_at)
        except DeliveryRejected as exc:
            _log.error("report_not_shown", job_id=movie.job.id, code=exc.code)
            await self._database.write(movie_reports.reject, movie, channel_id, is_removed=exc.is_removed)
        else:
            await self._database.write(movie_reports.mark_shown, movie, shown)

    async def _show(self, movie: ReportedMovie, channel_id: int) -> PostedMessage | None:
        """Show a movie; where Discord objects to what members wrote, without that.

        A link that Discord blocks must not close the staff channel.
        """
        try:
            return await self._publisher.show_report(movie, channel_id)
        except DeliveryRejected as exc:
            if exc.is_closed:
                raise
            _log.warning("report_words_rejected", job_id=movie.job.id, code=exc.code)
            return await self._publisher.show_report(movie.without_words(), channel_id)
