"""Posts and updates the staff channel's messages about reported movies."""

from __future__ import annotations

import structlog

from bot.core.errors import DeliveryRejected
from bot.domain.delivery import PostedMessage
from bot.domain.movie_report import ReportedMovie
from bot.worker.interfaces import MessagePublisher
from data import messages, movie_reports
from data.database import Database
from data.messages import DueMessage

_log = structlog.stdlib.get_logger(__name__)


class MovieReportPublisher:
    """Keeps one message for each reported movie.

    More reports and decisions update it. Where the staff channel is closed, new reports wait.
    """

    def __init__(self, database: Database, publisher: MessagePublisher) -> None:
        self._database = database
        self._publisher = publisher

    async def show(self, message: DueMessage) -> None:
        """Post or update one message."""
        found = await self._database.read(movie_reports.place, message.subject_id)
        if found is None:
            await self._database.write(messages.settle, message)
            return
        movie, channel_id = found
        if channel_id is None:
            await self._database.write(movie_reports.wait, message)
            return
        try:
            shown = await self._show(movie, channel_id)
        except DeliveryRejected as exc:
            _log.error("report_not_shown", job_id=movie.job.id, code=exc.code)
            rejected = (message, movie, channel_id)
            await self._database.write(movie_reports.reject, *rejected, is_removed=exc.is_removed)
        else:
            await self._database.write(movie_reports.mark_shown, message, movie, shown)

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
