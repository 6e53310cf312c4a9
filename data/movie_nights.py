"""Rows of movie_nights: a server's best movies of a week, posted once.

The row of a week is written before anything is posted, and its key is the server's week. So neither a restart nor two
processes make a second one. Where rows are locked, they are after jobs and before a server's setup. Times are UTC epoch
milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.domain.delivery import PostedMessage, Venue
from bot.domain.message import MessageKind
from bot.domain.movie_nights import (
    LATEST_MS,
    SHOWN,
    WEEK_MS,
    MovieNight,
    MovieNightState,
    Recap,
    StarredMovie,
    next_start,
    week_of,
)
from bot.domain.preferences import Preferences
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditEvent
from bot.domain.server_setup import AgeRule
from bot.domain.text import language_of
from data import audit_log, galleries, jobs, messages, preferences, server_setup
from data.database import Params, Transaction
from data.engine.rows import generate_row_id
from data.messages import DueMessage
from data.rankings import LISTED, MAKERS, POSTED_MOVIES, starred_movie

CANDIDATES: Final = 5 * SHOWN
"""How many movies are looked for in Discord, so that others take the place of those that someone deleted there, and of
those in channels that not all readers of the message may view."""

_BEGIN: Final = """
INSERT INTO movie_nights (id, guild_id, week, starts_at, state, created_at)
SELECT :id, CAST(:guild_id AS BIGINT), :week, CAST(:starts_at AS BIGINT), 'choosing', CAST(:now AS BIGINT)
WHERE NOT EXISTS (SELECT 1 FROM departed_servers WHERE guild_id = :guild_id)
ON CONFLICT (guild_id, week) DO NOTHING
"""

_CANDIDATES: Final = f"""
SELECT * FROM (
    {POSTED_MOVIES}
        AND NOT EXISTS (SELECT 1 FROM reported_movies AS reported
            WHERE reported.job_id = jobs.id AND reported.state = 'open')
        AND NOT EXISTS (SELECT 1 FROM outbox AS starred
            WHERE starred.job_id = jobs.id AND starred.type = 'starred' AND starred.status = 'suppressed')
        AND NOT EXISTS (SELECT 1 FROM movie_night_movies AS shown
            WHERE shown.job_id = jobs.id AND shown.night_id <> :night_id)
) AS starred WHERE stars > 0 ORDER BY stars DESC, finished_at DESC, id DESC LIMIT :limit
"""
"""One that was taken out of the gallery is left out. As in /top: of movies with as many stars, the newer one had less
time to get them. A movie is shown on one night, also where the day of the week changes."""

_WEEK: Final = """
SELECT COUNT(*), CAST(COALESCE(SUM(price_credits), 0) AS BIGINT) FROM jobs
WHERE state = 'completed' AND guild_id = :guild_id AND finished_at >= :starts_at AND finished_at < :ends_at
"""
"""A movie that is ready cost its price."""

_NIGHT: Final = """
SELECT nights.*, COALESCE(settings.chosen_language, settings.language) AS language, settings.age
FROM movie_nights AS nights LEFT JOIN guild_settings AS settings ON settings.guild_id = nights.guild_id
"""

_MOVIES: Final = f"""
SELECT {jobs.COLUMNS}, shown.place, shown.stars FROM movie_night_movies AS shown JOIN jobs ON jobs.id = shown.job_id
WHERE shown.night_id = :night_id AND {LISTED.format(member_id="jobs.member_id")} ORDER BY shown.place
"""
"""Without those of members who have since chosen not to be listed."""


_OF_MEMBER: Final = """
id IN (SELECT nights.id FROM jobs JOIN movie_nights AS nights ON nights.guild_id = jobs.guild_id
    AND jobs.finished_at >= nights.starts_at - :week AND jobs.finished_at < nights.starts_at
    WHERE jobs.member_id = :member_id AND jobs.state = 'completed')
"""
"""Those of weeks in which a member made movies: a recap also names who made the most."""


def reschedule_server(tx: Transaction, guild_id: int) -> None:
    """Set when a server's next movie night starts, from its setup."""
    messages.withdraw(tx, str(guild_id), MessageKind.MOVIE_NIGHT_START)
    day = server_setup.get(tx, guild_id).weekly_day
    if day is not None:
        start = (MessageKind.MOVIE_NIGHT_START, str(guild_id), guild_id)
        messages.show(tx, *start, delay_ms=next_start(day, tx.now) - tx.now)


def begin(tx: Transaction, message: DueMessage) -> None:
    """Begin a server's movie night, once a week, and schedule the next.

    Not where it is too late for it by now, nor where the bot has left.
    """
    server_setup.lock(tx, message.guild_id)  # else another day might be chosen that the next start does not know
    start = f"SELECT due_since FROM messages WHERE nonce = :nonce{tx.for_update}"
    starts_at, guild_id = tx.fetch_value(start, {"nonce": message.nonce}), message.guild_id
    if starts_at is None:  # another day was chosen
        return
    if tx.now - LATEST_MS <= starts_at <= tx.now and server_setup.get(tx, guild_id).weekly_day is not None:
        week = {"guild_id": guild_id, "week": week_of(starts_at), "starts_at": starts_at}
        night_id = generate_row_id(tx.now)
        if tx.execute(_BEGIN, {**week, "id": night_id, "now": tx.now}):
            messages.show(tx, MessageKind.MOVIE_NIGHT, night_id, guild_id)
    reschedule_server(tx, guild_id)


def candidates(tx: Transaction, night: MovieNight) -> list[StarredMovie]:
    """Return a week's movies with stars, the best first.

    Those that were posted in the server, by members who want to be listed.
    """
    week = _week(night.guild_id, night.starts_at)
    rows = tx.fetch_all(_CANDIDATES, {**week, "night_id": night.id, "limit": CANDIDATES})
    return [starred_movie(tx, row, place) for place, row in enumerate(rows, 1)]


def choose(
    tx: Transaction, night: MovieNight, chosen: Sequence[StarredMovie], channel_id: int | None, venue: Venue
) -> MovieNight:
    """Decide a movie night's movies and its channel, or decide again.

    A movie that was removed meanwhile is left out. Without any, the movie night is over.
    """
    present = {each for each in sorted(movie.job.id for movie in chosen) if jobs.lock(tx, each).removed_at is None}
    movies = [each for each in chosen if each.job.id in present]
    still = (
        "SELECT 1 FROM movie_nights WHERE id = :id AND state = :state AND COALESCE(channel_id, 0) = :channel_id"
        f"{tx.for_update}"
    )
    seen = {"id": night.id, "state": night.state, "channel_id": night.channel_id or 0}
    if tx.fetch_one(still, seen) is None:  # another process was faster
        return get(tx, night.id)
    tx.execute("DELETE FROM movie_night_movies WHERE night_id = :id", {"id": night.id})
    for place, each in enumerate(movies, 1):
        shown = {"night_id": night.id, "place": place, "job_id": each.job.id, "stars": each.stars}
        tx.insert("movie_night_movies", shown)
    tx.execute(
        "UPDATE movie_nights SET state = :state, channel_id = :channel_id, venue = :venue WHERE id = :id",
        {
            "id": night.id,
            "state": MovieNightState.PENDING if movies else MovieNightState.EMPTY,
            "channel_id": channel_id,
            "venue": venue,
        },
    )
    return get(tx, night.id)


def mark_posted(
    tx: Transaction, message: DueMessage, night: MovieNight, posted: PostedMessage, *, again: bool = False
) -> None:
    """Record what Discord accepted.

    The message is updated where a movie was removed meanwhile, and `again` where an earlier attempt may have posted it,
    with movies that were removed since.
    """
    tx.execute(
        "UPDATE movie_nights SET state = 'posted', channel_id = :channel_id, venue = :venue, message_id = :message_id"
        " WHERE id = :id AND state IN ('pending', 'posted')",
        {
            "id": night.id,
            "channel_id": posted.channel_id,
            "venue": posted.venue,
            "message_id": posted.message_id,
        },
    )
    if night.state is MovieNightState.PENDING and posted.venue in (Venue.GALLERY, Venue.FORUM):
        galleries.mark_open(tx, night.guild_id)
    if again:
        messages.show(tx, MessageKind.MOVIE_NIGHT, night.id, night.guild_id)
    messages.settle(tx, message)


def end(tx: Transaction, message: DueMessage, night: MovieNight, state: MovieNightState) -> None:
    """End a movie night: nothing more is sent."""
    tx.execute(
        "UPDATE movie_nights SET state = :state, message_id = NULL WHERE id = :id",
        {"id": night.id, "state": state},
    )
    messages.settle(tx, message)


def reject(tx: Transaction, message: DueMessage, night: MovieNight) -> None:
    """Record that Discord takes no message in the channel, and tell staff."""
    end(tx, message, night, MovieNightState.UNDELIVERABLE)
    by = AuditContext(SYSTEM_ACTOR_ID, night.guild_id)
    audit_log.record(tx, AuditEvent(by, AuditAction.MOVIE_NIGHT_FAILED, night.channel_id or 0, None))


def drop_movie(tx: Transaction, job_id: str) -> None:
    """Take a movie that was removed, or left the gallery, out of the message that shows it."""
    _show_where(tx, "id IN (SELECT night_id FROM movie_night_movies WHERE job_id = :job_id)", {"job_id": job_id})
    tx.execute("DELETE FROM movie_night_movies WHERE job_id = :job_id", {"job_id": job_id})


def _show_where(tx: Transaction, condition: str, params: Params) -> None:
    """Show again the movie nights that fulfill a condition."""
    nights = f"SELECT id, guild_id FROM movie_nights WHERE state IN ('pending', 'posted') AND {condition}"
    for row in tx.fetch_all(nights, params):
        messages.show(tx, MessageKind.MOVIE_NIGHT, row["id"], row["guild_id"])


def forget_movies(tx: Transaction, guild_id: int, member_id: int) -> None:
    """Take a member's movies out of a server's movie nights, and their name out of its recaps."""
    account = {"guild_id": guild_id, "member_id": member_id, "week": WEEK_MS}
    _show_where(tx, f"guild_id = :guild_id AND {_OF_MEMBER}", account)
    of_member = "SELECT id FROM jobs WHERE guild_id = :guild_id AND member_id = :member_id"
    tx.execute(f"DELETE FROM movie_night_movies WHERE job_id IN ({of_member})", account)


def set_unlisted(tx: Transaction, member_id: int, *, unlisted: bool) -> Preferences:
    """Keep a member out of what ranks movies by stars and members, also out of messages that are posted, or don't."""
    chosen = preferences.change(tx, member_id, unlisted=unlisted)
    _show_where(tx, _OF_MEMBER, {"member_id": member_id, "week": WEEK_MS})
    return chosen


def delete_where(tx: Transaction, condition: str, params: dict[str, int]) -> int:
    """Delete movie nights; return how many."""
    nights = {"ids": tx.fetch_column(f"SELECT id FROM movie_nights WHERE {condition}", params)}
    tx.execute("DELETE FROM movie_night_movies WHERE night_id IN (:ids)", nights)
    tx.execute("DELETE FROM messages WHERE kind = 'movie_night' AND subject_id IN (:ids)", nights)
    return tx.execute("DELETE FROM movie_nights WHERE id IN (:ids)", nights)


def hold(tx: Transaction) -> None:
    """Post no movie night of a restored database's past.

    It may have been posted since.
    """
    tx.execute("UPDATE movie_nights SET state = 'suppressed' WHERE state IN ('choosing', 'pending')")
    for guild_id in tx.fetch_column("SELECT guild_id FROM messages WHERE kind = 'movie_night_start'"):
        reschedule_server(tx, guild_id)


def get(tx: Transaction, night_id: str) -> MovieNight:
    """Return a movie night that must exist."""
    found = find(tx, night_id)
    assert found is not None
    return found


def find(tx: Transaction, night_id: str) -> MovieNight | None:
    """Return a movie night, or None."""
    row = tx.fetch_one(f"{_NIGHT} WHERE nights.id = :id", {"id": night_id})
    if row is None:
        return None
    movies = [starred_movie(tx, movie, movie["place"]) for movie in tx.fetch_all(_MOVIES, {"night_id": night_id})]
    setup = server_setup.get(tx, row["guild_id"])
    return MovieNight(
        id=row["id"],
        guild_id=row["guild_id"],
        starts_at=row["starts_at"],
        state=MovieNightState(row["state"]),
        language=language_of(row["language"]),
        movies=tuple(each for each in movies if each.is_playable),
        channel_id=row["channel_id"],
        venue=Venue(row["venue"]),
        message_id=row["message_id"],
        created_at=row["created_at"],
        age=AgeRule(row["age"]) if row["age"] else None,
        recap=_recap(tx, _week(row["guild_id"], row["starts_at"])) if setup.weekly_recap else None,
        is_night=setup.movie_night is not None or setup.weekly_recap is None,
    )


def _week(guild_id: int, night_starts_at: int) -> dict[str, int]:
    return {"guild_id": guild_id, "starts_at": night_starts_at - WEEK_MS, "ends_at": night_starts_at}


def _recap(tx: Transaction, week: dict[str, int]) -> Recap:
    movies, credits = tx.fetch_single(_WEEK, week)
    return Recap(movies, credits, *(tx.fetch_one(MAKERS, {**week, "limit": 1}) or ()))
