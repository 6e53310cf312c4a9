"""Reports of movies, and the messages about them in staff channels.

The tables are reported_movies and movie_reports. Where a row is locked, that is after its job, and before outbox,
message deletions and the audit log.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.domain.delivery import PostedMessage
from bot.domain.job import Job, JobState
from bot.domain.language import language_of
from bot.domain.movie_report import MAX_REPORTS_A_DAY, ReportedMovie, ReportOutcome, ReportState
from bot.domain.quota import AuditContext
from bot.errors import DuplicateInteraction
from data import audit_log, erased_members, jobs, message_deletions, outbox, preferences, staff_channel
from data.database import Row, Transaction
from data.erased_members import EventKind

UPDATE_DELAY_MS: Final = 10_000
"""How long more reports wait for each other before the message shows them."""

_DAY_MS: Final = 24 * 3_600_000
_SHOWN_REASONS: Final = 5

_MOVES: Final = """
(reported_movies.state = 'open' AND COALESCE(staff_message_channel_id <> staff_channel_id, FALSE))
"""
"""The condition that `ReportedMovie.moves_to` has."""

_DUE: Final = f"""
SELECT job_id, staff_channel_id FROM (
    SELECT reported_movies.job_id, reported_movies.next_attempt_at, guild_settings.staff_channel_id,
        ROW_NUMBER() OVER (PARTITION BY reported_movies.guild_id
            ORDER BY reported_movies.next_attempt_at, reported_movies.job_id) AS turn
    FROM reported_movies LEFT JOIN guild_settings ON guild_settings.guild_id = reported_movies.guild_id
    WHERE reported_movies.next_attempt_at IS NOT NULL AND reported_movies.next_attempt_at <= :at
        AND (NOT (reported_movies.staff_message_id IS NULL OR {_MOVES}) OR {audit_log.CHANNEL_OPEN})
) AS due WHERE turn = 1 ORDER BY next_attempt_at, job_id LIMIT :limit
"""
"""One of each server, so that a server with many delays only its own."""


def refusal(tx: Transaction, job: Job, member_id: int) -> ReportOutcome | None:
    """Return why a member can't report a movie, if so."""
    if job.state is not JobState.COMPLETED or job.removed_at is not None:
        return ReportOutcome.GONE
    if job.member_id == member_id:
        return ReportOutcome.OWN
    own = {"job_id": job.id, "member_id": member_id}
    if tx.fetch_one("SELECT 1 FROM movie_reports WHERE job_id = :job_id AND member_id = :member_id", own):
        return ReportOutcome.REPEATED
    row = tx.fetch_one(
        "SELECT COUNT(*) AS n FROM movie_reports"
        " WHERE member_id = :member_id AND created_at > :since AND guild_id = :guild_id",
        {"member_id": member_id, "since": tx.now - _DAY_MS, "guild_id": job.guild_id},
    )
    assert row is not None
    erased = erased_members.moments(tx, member_id, EventKind.REPORT, job.guild_id)
    return ReportOutcome.TOO_MANY if row["n"] + len(erased) >= MAX_REPORTS_A_DAY else None


def report(tx: Transaction, job_id: str, reason: str, *, by: AuditContext) -> ReportOutcome:
    """Report a finished movie of the server.

    Raises:
        LookupError: The server has no such movie.
        DuplicateInteraction: The interaction has made its report already.
    """
    assert by.interaction_id is not None
    preferences.lock(tx, by.actor_id)
    job = jobs.lock(tx, job_id)
    if job.guild_id != by.guild_id:
        raise LookupError(f"there is no job {job_id} in server {by.guild_id}")
    key = {"job_id": job_id, "member_id": by.actor_id}
    known = tx.fetch_one(
        "SELECT interaction_id FROM movie_reports WHERE job_id = :job_id AND member_id = :member_id", key
    )
    if known is not None and known["interaction_id"] == by.interaction_id:
        raise DuplicateInteraction
    refused = refusal(tx, job, by.actor_id)
    if refused is not None:
        return refused
    tx.execute(
        "INSERT INTO reported_movies (job_id, guild_id, state, reported_at) VALUES (:job_id, :guild_id, 'open', :now)"
        " ON CONFLICT (job_id) DO NOTHING",
        {"job_id": job_id, "guild_id": by.guild_id, "now": tx.now},
    )
    tx.execute(
        "INSERT INTO movie_reports (job_id, member_id, guild_id, reason, created_at, interaction_id)"
        " VALUES (:job_id, :member_id, :guild_id, :reason, :now, :interaction_id)",
        {**key, "guild_id": by.guild_id, "reason": reason, "now": tx.now, "interaction_id": by.interaction_id},
    )
    _make_due(tx, job_id)
    row = tx.fetch_one("SELECT state FROM reported_movies WHERE job_id = :job_id", {"job_id": job_id})
    assert row is not None
    if row["state"] == ReportState.DISMISSED:
        return ReportOutcome.REVIEWED
    return ReportOutcome.SAVED if audit_log.has_open_channel(tx, by.guild_id) else ReportOutcome.NO_CHANNEL


def lock(tx: Transaction, job_id: str, guild_id: int) -> ReportedMovie | None:
    """Lock a server's reported movie, after its job, and read it."""
    known = tx.fetch_one("SELECT guild_id FROM reported_movies WHERE job_id = :job_id", {"job_id": job_id})
    if known is None or known["guild_id"] != guild_id:
        return None
    jobs.lock(tx, job_id)
    tx.fetch_one(f"SELECT 1 FROM reported_movies WHERE job_id = :job_id{tx.for_update}", {"job_id": job_id})
    return find(tx, job_id)


def find(tx: Transaction, job_id: str) -> ReportedMovie | None:
    """Read a reported movie."""
    row = tx.fetch_one(
        "SELECT reported_movies.*,"
        " COALESCE(guild_settings.chosen_language, guild_settings.language) AS language,"
        " (SELECT COUNT(*) FROM movie_reports WHERE movie_reports.job_id = reported_movies.job_id) AS reports"
        " FROM reported_movies LEFT JOIN guild_settings ON guild_settings.guild_id = reported_movies.guild_id"
        " WHERE reported_movies.job_id = :job_id",
        {"job_id": job_id},
    )
    return None if row is None else _reported_movie(tx, row)


def decide(tx: Transaction, job_id: str, state: ReportState, by_id: int) -> bool:
    """Record a decision about an open report.

    A removal counts after a dismissal, too. Return False where there is no such report. The message is updated soon,
    should the response to the press not have done so.
    """
    decided = tx.execute(
        "UPDATE reported_movies SET state = :state, decided_by = :by_id, decided_at = :now"
        " WHERE job_id = :job_id AND state IN ('open', :also_from)",
        {
            "job_id": job_id,
            "also_from": "dismissed" if state is ReportState.REMOVED else "open",
            "state": state.value,
            "by_id": by_id,
            "now": tx.now,
        },
    )
    if decided:
        _make_due(tx, job_id)
    return bool(decided)


def mark_blocked(tx: Transaction, job_id: str, by_id: int) -> None:
    """Record who blocked a reported movie's member."""
    tx.execute(
        "UPDATE reported_movies SET blocked_by = :by_id WHERE job_id = :job_id", {"job_id": job_id, "by_id": by_id}
    )
    _make_due(tx, job_id)


def due(tx: Transaction, limit: int, exclude: Sequence[str]) -> list[tuple[ReportedMovie, int]]:
    """Return the movies whose message is to be posted or updated now.

    At most one of each server, with its staff channel's id (0: none). `exclude` are the ids of those in progress, whose
    servers are left out.
    """
    rows = tx.fetch_all(
        _DUE, {"at": tx.now, "limit": limit + len(exclude), "retry_before": tx.now - audit_log.CLOSED_CHANNEL_PAUSE_MS}
    )
    excluded = set(exclude)
    found = [(find(tx, row["job_id"]), row["staff_channel_id"] or 0) for row in rows if row["job_id"] not in excluded]
    return [(movie, channel_id) for movie, channel_id in found if movie is not None][:limit]


def next_due_at(tx: Transaction, now: int) -> int | None:
    """Return when the next message after `now` is due."""
    row = tx.fetch_one(
        "SELECT MIN(next_attempt_at) FROM reported_movies WHERE next_attempt_at IS NOT NULL AND next_attempt_at > :now",
        {"now": now},
    )
    return row[0] if row else None


def mark_shown(tx: Transaction, movie: ReportedMovie, message: PostedMessage | None) -> None:
    """Record what Discord accepted.

    None: someone has deleted the message. The one of an open report is posted again, once. A message that this one
    replaces is deleted.
    """
    if message is not None and movie.message not in (None, message):
        jobs.lock(tx, movie.job.id)
        message_deletions.delete(tx, movie.job.id, movie.message)
    posted = {
        "job_id": movie.job.id,
        "due_at": movie.next_attempt_at,
        "channel_id": message and message.channel_id,
        "message_id": message and message.message_id,
        "again_at": tx.now if message is None and movie.message is not None and _is_open(movie) else None,
    }
    tx.execute(
        "UPDATE reported_movies SET staff_message_channel_id = :channel_id, staff_message_id = :message_id,"
        " attempts = 0, next_attempt_at = CASE WHEN next_attempt_at = :due_at THEN CAST(:again_at AS BIGINT)"
        " ELSE next_attempt_at END WHERE job_id = :job_id",  # else something has changed meanwhile
        posted,
    )


def move(tx: Transaction, guild_id: int, channel_id: int) -> None:
    """Post open reports in a new staff channel.

    Those whose message is in another one: it may be deleted, and staff read this one.
    """
    tx.execute(
        "UPDATE reported_movies SET next_attempt_at = COALESCE(next_attempt_at, CAST(:now AS BIGINT))"
        " WHERE guild_id = :guild_id AND state = 'open' AND staff_message_channel_id <> :channel_id",
        {"guild_id": guild_id, "channel_id": channel_id, "now": tx.now},
    )


def reschedule(tx: Transaction, movie: ReportedMovie, due_at: int) -> None:
    """Count a failed attempt, and retry at `due_at`."""
    tx.execute(
        "UPDATE reported_movies SET attempts = attempts + 1, next_attempt_at = :due_at WHERE job_id = :job_id",
        {"job_id": movie.job.id, "due_at": due_at},
    )


def reject(tx: Transaction, movie: ReportedMovie, channel_id: int, *, is_removed: bool = False) -> None:
    """Record that Discord forbids to post or to update a message.

    `channel_id` is where it was to be posted. One that can't be updated is posted anew in the staff channel of now.
    Where that is closed, the report waits until it is open, or another one is chosen. `is_removed` as in `mark_closed`.
    """
    if movie.message is not None and not movie.moves_to(channel_id):
        mark_shown(tx, movie, None)
    else:
        staff_channel.mark_closed(tx, movie.job.guild_id, channel_id, is_removed=is_removed)


def _make_due(tx: Transaction, job_id: str) -> None:
    """Let the message be posted, or updated soon.

    The time always changes, so that `mark_shown` sees that there is more to show.
    """
    tx.execute(
        "UPDATE reported_movies SET next_attempt_at = COALESCE(next_attempt_at + 1,"
        " CASE WHEN staff_message_id IS NULL THEN CAST(:now AS BIGINT) ELSE :soon END) WHERE job_id = :job_id",
        {"job_id": job_id, "now": tx.now, "soon": tx.now + UPDATE_DELAY_MS},
    )
    tx.wake("messages")


def _is_open(movie: ReportedMovie) -> bool:
    return movie.state is ReportState.OPEN


def _reported_movie(tx: Transaction, row: Row) -> ReportedMovie:
    job = jobs.get(tx, row["job_id"])
    reasons = tx.fetch_all(
        "SELECT reason FROM movie_reports WHERE job_id = :job_id AND reason <> ''"
        " ORDER BY created_at DESC, member_id LIMIT :limit",
        {"job_id": job.id, "limit": _SHOWN_REASONS},
    )
    message_id = row["staff_message_id"]
    return ReportedMovie(
        job,
        ReportState(row["state"]),
        row["reports"],
        tuple(each["reason"] for each in reasons),
        decided_by=row["decided_by"],
        blocked_by=row["blocked_by"],
        posted_at=outbox.message_about(tx, job),
        message=None if message_id is None else PostedMessage(row["staff_message_channel_id"], message_id),
        language=job.server_language if row["language"] is None else language_of(row["language"]),
        attempts=row["attempts"],
        next_attempt_at=row["next_attempt_at"],
    )
