"""Posts a server's best movies once a week."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeVar

import structlog

from bot.clock import Clock
from bot.domain.delivery import PostedMessage, Venue, possibly_sent_since
from bot.domain.movie_night import MovieNight, MovieNightState
from bot.domain.quota import AuditReason
from bot.errors import DeliveryDeferred, DeliveryRejected, GalleryRejected
from bot.worker.interfaces import MessagePublisher
from bot.worker.leader_work import LeaderWork
from bot.worker.night_choice import choose_movies
from bot.worker.retries import MAX_ATTEMPTS, retry_delay_ms
from data import galleries, movie_nights
from data.database import Database
from data.engine.instance_lock import InstanceLock

T = TypeVar("T")

_log = structlog.stdlib.get_logger(__name__)

_BATCH: Final = 200
"""Movie nights that begin in one fetch."""


class MovieNights(LeaderWork[MovieNight]):
    """Begins movie nights, chooses their movies, and keeps one message of each."""

    def __init__(
        self,
        database: Database,
        publisher: MessagePublisher,
        clock: Clock,
        instance_lock: InstanceLock,
    ) -> None:
        super().__init__(database, publisher, clock, instance_lock, movie_nights.due, movie_nights.next_due_at)

    async def fetch(self, limit: int, exclude: Sequence[str]) -> Sequence[MovieNight]:
        """Begin what starts now, and return what is due."""
        if not await self._instance_lock.is_leader():
            return ()
        for guild_id in await self._database.read(movie_nights.servers_due, _BATCH):
            await self._database.write(movie_nights.begin, guild_id)
        return await super().fetch(limit, exclude)

    def key(self, night: MovieNight) -> str:
        """Return the movie night's id."""
        return night.id

    async def process(self, night: MovieNight) -> None:
        """Choose the movies and post them, or update the message."""
        try:
            if night.state is MovieNightState.CHOOSING:
                night = await self._choose(night)
            if night.state is MovieNightState.PENDING:
                await self._post(night)
            elif night.state is MovieNightState.POSTED:
                await self._update(night)
        except DeliveryDeferred as exc:
            if night.state is MovieNightState.POSTED and night.attempts >= MAX_ATTEMPTS:
                _log.error("movie_night_not_updated", night_id=night.id, error=str(exc))
                await self._database.write(movie_nights.keep_message, night)
                return
            _log.warning("movie_night_retry_scheduled", night_id=night.id, error=str(exc))
            idempotent = night.state is not MovieNightState.PENDING
            retry_at = self._clock.now() + retry_delay_ms(exc, night.attempts, idempotent=idempotent)
            await self._database.write(movie_nights.reschedule, night, retry_at)

    async def _choose(self, night: MovieNight) -> MovieNight:
        gallery_id = await self._database.read(galleries.find_open, night.guild_id)
        try:
            return await self._choose_for(night, gallery_id)
        except GalleryRejected as exc:
            return await self._leave_gallery(night, gallery_id, exc)

    async def _choose_for(self, night: MovieNight, gallery_id: int | None) -> MovieNight:
        """Choose the movies for the gallery, or without one for a channel.

        Raises:
            GalleryRejected: The bot can't view the gallery.
        """
        venue = Venue.CHANNEL if gallery_id is None else Venue.GALLERY
        candidates = await self._database.read(movie_nights.candidates, night)
        try:
            channel_id, chosen = await choose_movies(
                self._publisher.movie_nights, night.guild_id, candidates, gallery_id
            )
        except GalleryRejected:
            raise
        except DeliveryRejected as exc:
            _log.warning("movie_night_readers_unknown", night_id=night.id, code=exc.code)
            channel_id, chosen = None, []
        return await self._database.write(movie_nights.choose, night, chosen, channel_id, venue)

    async def _post(self, night: MovieNight) -> None:
        if not night.movies:
            await self._end_empty(night)
            return
        try:
            try:
                posted = await self._send(night)
            except GalleryRejected as exc:
                night = await self._leave_gallery(night, night.channel_id, exc)
                if not night.movies:
                    return
                posted = await self._send(night)
        except DeliveryRejected as exc:
            _log.error("movie_night_undeliverable", night_id=night.id, code=exc.code)
            await self._database.write(movie_nights.reject, night)
        else:
            await self._database.write(movie_nights.mark_posted, night, posted)

    async def _end_empty(self, night: MovieNight) -> None:
        """End a movie night whose movies were all removed.

        That is, before it was known to be posted. A message that an earlier attempt may have posted is deleted by the
        next update.
        """
        try:
            posted = await self._publisher.movie_nights.find(night)
        except DeliveryRejected as exc:
            _log.warning("movie_night_not_searched", night_id=night.id, code=exc.code)
            posted = None
        if posted is None:
            await self._database.write(movie_nights.end, night, MovieNightState.EMPTY)
        else:
            await self._database.write(movie_nights.mark_posted, night, posted)

    async def _send(self, night: MovieNight) -> PostedMessage:
        since = possibly_sent_since(night.created_at, self._clock.now())
        return await _with_or_without_words(night, lambda shown: self._publisher.movie_nights.send(shown, since))

    async def _leave_gallery(self, night: MovieNight, gallery_id: int | None, exc: GalleryRejected) -> MovieNight:
        """Tell staff, and choose again: a channel has other readers."""
        _log.warning("gallery_rejected", night_id=night.id, gallery_id=gallery_id, code=exc.code)
        if exc.is_closed:
            reason = AuditReason.NOT_AGE_RESTRICTED if exc.is_unrestricted else None
            await self._database.write(galleries.mark_closed, night.guild_id, gallery_id or 0, reason)
        return await self._choose_for(night, None)

    async def _update(self, night: MovieNight) -> None:
        try:
            await _with_or_without_words(night, self._publisher.movie_nights.update)
        except DeliveryRejected as exc:
            _log.info("movie_night_not_updated", night_id=night.id, code=exc.code)
            await self._database.write(movie_nights.keep_message, night)
            return
        if night.movies and night.message is not None:
            await self._database.write(movie_nights.mark_posted, night, night.message)
        else:
            await self._database.write(movie_nights.end, night, MovieNightState.EMPTY)


async def _with_or_without_words(night: MovieNight, show: Callable[[MovieNight], Awaitable[T]]) -> T:
    """Show a movie night, without the prompts where Discord objects to them."""
    try:
        return await show(night)
    except DeliveryRejected as exc:
        if exc.is_closed:
            raise
        _log.warning("movie_night_words_rejected", night_id=night.id, code=exc.code)
        return await show(night.without_words())
