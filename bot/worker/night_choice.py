"""Chooses what a movie night shows, and where.

A movie is shown only where all readers may view the channel of its order, and that of its message, to which it links.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.errors import GalleryRejected
from bot.domain.delivery import PostedMessage
from bot.domain.movie_night import SHOWN, NightMovie
from bot.domain.visibility import ServerReaders
from bot.worker.interfaces import MovieNightPublisher

_Posted = tuple[NightMovie, PostedMessage]


async def choose_movies(
    publisher: MovieNightPublisher, guild_id: int, candidates: Sequence[NightMovie], gallery_id: int | None
) -> tuple[int | None, list[NightMovie]]:
    """Return a movie night's channel and its movies, the best first.

    The channel is the gallery; without one, that of the best movie.

    Raises:
        GalleryRejected: The bot can't view the gallery.
        DeliveryRejected: The bot is not in the server.
        DeliveryDeferred: A transient failure; retry later.
    """
    posted = [(each, each.message) for each in candidates if each.message is not None]
    if not posted:
        return gallery_id, []
    channels = {each for movie, message in posted for each in (movie.job.channel_id, message.channel_id)}
    readers = await publisher.readers(guild_id, channels if gallery_id is None else channels | {gallery_id})
    if gallery_id is not None and gallery_id not in readers.channels:
        raise GalleryRejected("no gallery")
    channel_id = gallery_id or await _best_channel(publisher, posted, readers)
    if channel_id is None:
        return None, []
    shown = [each for each in posted if _may_be_shown(each, channel_id, readers)]
    return channel_id, await _still_posted(publisher, shown, SHOWN)


async def _best_channel(
    publisher: MovieNightPublisher, posted: Sequence[_Posted], readers: ServerReaders
) -> int | None:
    """Return the best movie's channel, of those that everyone may read.

    In a server that is hidden behind a role, that may be none: then it is the best movie's own channel, and not a
    private thread.
    """
    known = [each for each in posted if each[0].job.channel_id in readers.channels]
    own = [each for each in known if _may_be_shown(each, each[0].job.channel_id, readers)]
    own.sort(key=lambda each: not readers.everyone_may_view(each[0].job.channel_id))
    best = await _still_posted(publisher, own, 1)
    return best[0].job.channel_id if best else None


def _may_be_shown(posted: _Posted, place_id: int, readers: ServerReaders) -> bool:
    movie, message = posted
    return all(readers.may_be_shown(each, place_id) for each in (movie.job.channel_id, message.channel_id))


async def _still_posted(publisher: MovieNightPublisher, posted: Sequence[_Posted], limit: int) -> list[NightMovie]:
    """Return the first movies whose messages nobody has deleted in Discord."""
    found: list[NightMovie] = []
    for movie, message in posted:
        if await publisher.is_posted(message):
            found.append(movie)
        if len(found) == limit:
            break
    return found
