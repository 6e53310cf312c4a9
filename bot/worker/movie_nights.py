"""Chooses a server's best movies once a week, and posts them.

A movie is shown only where all readers may view the channel of its order, and that of its message, to which it links.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import structlog

from bot.core.clock import Clock
from bot.core.errors import DeliveryDeferred, DeliveryRejected, GalleryRejected
from bot.domain.delivery import MAX_ATTEMPTS, PostedMessage, Venue, possibly_sent_since
from bot.domain.movie_nights import SHOWN, MovieNight, MovieNightState, StarredMovie
from bot.domain.quota import AuditReason
from bot.domain.visibility import ServerReaders
from bot.services.movie_links import MovieLinks
from bot.worker.interfaces import MessagePublisher, MovieNightPublisher
from data import galleries, messages, movie_nights
from data.database import Database
from data.messages import DueMessage

S = TypeVar("S")
T = TypeVar("T")

_log = structlog.stdlib.get_logger(__name__)


class MovieNights:
    """Chooses the movies of a movie night, and keeps one message of it."""

    def __init__(self, database: Database, publisher: MessagePublisher, clock: Clock, links: MovieLinks) -> None:
        self._database = database
        self._publisher = publisher
        self._clock = clock
        self._links = links

    async def begin(self, message: DueMessage) -> None:
        """Begin a server's movie night. Its message is due then."""
        await self._database.write(movie_nights.begin, message)

    async def show(self, message: DueMessage) -> None:
        """Choose the movies and post them, or update the message."""
        night = await self._database.read(movie_nights.get, message.subject_id)
        may_be_posted = night.state is MovieNightState.PENDING  # by an earlier attempt: the first has chosen the movies
        try:
            if night.state is MovieNightState.CHOOSING:
                night = await self._choose(night)
            await self._post_or_update(message, night, again=may_be_posted)
        except DeliveryDeferred as exc:
            if night.state is MovieNightState.PENDING:
                raise
            if night.state is MovieNightState.POSTED and message.attempts >= MAX_ATTEMPTS:
                _log.error("movie_night_not_updated", night_id=night.id, error=str(exc))
                await self._database.write(messages.settle, message)
                return
            exc.definitely_failed = True  # nothing was posted
            raise

    async def _post_or_update(self, message: DueMessage, night: MovieNight, *, again: bool) -> None:
        match night.state:
            case MovieNightState.PENDING if night.movies:
                await self._post(message, night, again=again)
            case MovieNightState.PENDING | MovieNightState.POSTED:
                await self._update(message, night)
            case _:
                await self._database.write(messages.settle, message)

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

    async def _post(self, message: DueMessage, night: MovieNight, *, again: bool) -> None:
        try:
            posted = await self._send(night)
        except GalleryRejected as exc:
            in_channel = await self._leave_gallery(night, night.channel_id, exc)
            await self._post_or_update(message, in_channel, again=again)
        except DeliveryRejected as exc:
            _log.error("movie_night_undeliverable", night_id=night.id, code=exc.code)
            await self._database.write(movie_nights.reject, message, night)
        else:
            await self._database.write(movie_nights.mark_posted, message, night, posted, again=again)

    async def _playable(self, night: MovieNight) -> MovieNight:
        """Return it with links that should not have expired: its message shows the movies by them."""
        return night.with_jobs([await self._links.ensure_fresh(each.job) for each in night.movies])

    async def _send(self, night: MovieNight) -> PostedMessage:
        night = await self._playable(night)
        since = possibly_sent_since(night.created_at, self._clock.now())
        return await show_or_plain(
            night, night.without_words(), lambda shown: self._publisher.movie_nights.send(shown, since)
        )

    async def _leave_gallery(self, night: MovieNight, gallery_id: int | None, exc: GalleryRejected) -> MovieNight:
        """Tell staff, and choose again: a channel has other readers."""
        _log.warning("gallery_rejected", night_id=night.id, gallery_id=gallery_id, code=exc.code)
        if exc.is_closed:
            reason = AuditReason.NOT_AGE_RESTRICTED if exc.is_unrestricted else None
            await self._database.write(galleries.mark_closed, night.guild_id, gallery_id or 0, reason)
        return await self._choose_for(night, None)

    async def _update(self, message: DueMessage, night: MovieNight) -> None:
        """Show the movies that are left. Without any, it ends, also where it may not be posted yet."""
        try:
            shown = await self._playable(night)
            await show_or_plain(shown, shown.without_words(), self._publisher.movie_nights.update)
        except DeliveryRejected as exc:
            event = "movie_night_not_searched" if night.message is None else "movie_night_not_updated"
            _log.info(event, night_id=night.id, code=exc.code)
            if night.movies or night.message is not None:  # of a posted one, the next change tries again
                await self._database.write(messages.settle, message)
                return
        if night.movies and night.message is not None:
            await self._database.write(movie_nights.mark_posted, message, night, night.message)
        else:
            await self._database.write(movie_nights.end, message, night, MovieNightState.EMPTY)


async def show_or_plain(subject: S, plain: S, show: Callable[[S], Awaitable[T]]) -> T:
    """Show a subject; where Discord objects to what members wrote, without that.

    A link that Discord blocks must not close the channel.
    """
    try:
        return await show(subject)
    except DeliveryRejected as exc:
        if exc.is_closed:
            raise
        _log.warning("words_rejected", subject=type(subject).__name__, code=exc.code)
        return await show(plain)


async def choose_movies(
    publisher: MovieNightPublisher, guild_id: int, candidates: Sequence[StarredMovie], gallery_id: int | None
) -> tuple[int | None, list[StarredMovie]]:
    """Return a movie night's channel and its movies, the best first.

    The channel is the gallery; without one, that of the best movie.

    Raises:
        GalleryRejected: The bot can't view the gallery.
        DeliveryRejected: The bot is not in the server.
        DeliveryDeferred: A transient failure; retry later.
    """
    if not candidates:
        return gallery_id, []
    channels = frozenset[int]().union(*(each.channels for each in candidates))
    readers = await publisher.readers(guild_id, channels if gallery_id is None else channels | {gallery_id})
    if gallery_id is not None and gallery_id not in readers.channels:
        raise GalleryRejected("no gallery")
    channel_id = gallery_id or await _best_channel(publisher, candidates, readers)
    if channel_id is None:
        return None, []
    shown = [each for each in candidates if _may_be_shown(each, channel_id, readers)]
    return channel_id, await _still_posted(publisher, shown, SHOWN)


async def _best_channel(
    publisher: MovieNightPublisher, movies: Sequence[StarredMovie], readers: ServerReaders
) -> int | None:
    """Return the best movie's channel, of those that everyone may read.

    In a server that is hidden behind a role, that may be none: then it is the best movie's own channel, and not a
    private thread.
    """
    known = [each for each in movies if each.job.channel_id in readers.channels]
    own = [each for each in known if _may_be_shown(each, each.job.channel_id, readers)]
    own.sort(key=lambda each: not readers.everyone_may_view(each.job.channel_id))
    best = await _still_posted(publisher, own, 1)
    return best[0].job.channel_id if best else None


def _may_be_shown(movie: StarredMovie, place_id: int, readers: ServerReaders) -> bool:
    return all(readers.may_be_shown(each, place_id) for each in movie.channels)


async def _still_posted(
    publisher: MovieNightPublisher, movies: Sequence[StarredMovie], limit: int
) -> list[StarredMovie]:
    """Return the first movies whose messages nobody has deleted in Discord."""
    found: list[StarredMovie] = []
    for movie in movies:
        if movie.message is not None and await publisher.is_posted(movie.message):
            found.append(movie)
        if len(found) == limit:
            break
    return found
