"""Reports of movies, and the messages about them in staff channels.

The tables are reported_movies and movie_reports. Where a row is locked, that is after its job, and before outbox,
messages and the audit log.
"""

from __future__ import annotations

from typing import Final

from bot.core.errors import DuplicateInteraction
from bot.domain.delivery import PostedMessage
from bot.domain.jobs import Job, JobState
from bot.domain.message import MessageKind
from bot.domain.movie_reports import MAX_REPORTS_A_DAY, ReportedMovie, ReportOutcome, ReportState
from bot.domain.quota import AuditContext
from bot.domain.refusal import Refused
from bot.domain.text import language_of
from data import (
    audit_log,
    erased_members,
    jobs,
    message_deletions,
    messages,
    outbox,
    preferences,
    server_setup,
    staff_channel,
)
from data.database import Params, Transaction
from data.erased_members import EventKind
from data.messages import DueMessage

UPDATE_DELAY_MS: Final = 10_000
"""How long more reports wait for each other before the message shows them."""

_SHOWN_REASONS: Final = 5


def refusal(tx: Transaction, job: Job, member_id: int) -> Refused | None:
    """Return why a member can't report a movie, if so."""
    if job.state is not JobState.COMPLETED or job.removed_at is not None:
        return Refused("buttons-deleted-already")
    if job.member_id == member_id:
        return Refused("reported-own")
    own = {"job_id": job.id, "member_id": member_id}
    if tx.fetch_one("SELECT 1 FROM movie_reports WHERE job_id = :job_id AND member_id = :member_id", own):
        return Refused("reported-repeated")
    today = erased_members.moments(tx, member_id, EventKind.REPORT, job.guild_id)
    return Refused("reported-too-many") if len(today) >= MAX_REPORTS_A_DAY else None


def report(tx: Transaction, job_id: str, reason: str, *, by: AuditContext) -> ReportOutcome | Refused:
    """Report a finished movie of the server.

    Raises:
        DuplicateInteraction: The interaction has made its report already.
    """
    assert by.interaction_id is not None
    preferences.lock(tx, by.actor_id)
    job = jobs.lock(tx, job_id)
    report = {
        "job_id": job_id,
        "member_id": by.actor_id,
        "guild_id": by.guild_id,
        "reason": reason,
        "created_at": tx.now,
        "interaction_id": by.interaction_id,
    }
    same = "job_id = :job_id AND member_id = :member_id AND interaction_id = :interaction_id"
    if tx.fetch_one(f"SELECT 1 FROM movie_reports WHERE {same}", report):
        raise DuplicateInteraction
    refused = refusal(tx, job, by.actor_id)
    if refused is not None:
        return refused
    movie = {"job_id": job_id, "guild_id": by.guild_id, "state": ReportState.OPEN, "reported_at": tx.now}
    tx.insert("reported_movies", movie, ignore="job_id")
    tx.insert("movie_reports", report)
    _show_soon(tx, job_id)
    tx.log("movie_reported", job_id=job_id)
    if tx.fetch_value("SELECT state FROM reported_movies WHERE job_id = :job_id", movie) == ReportState.DISMISSED:
        return ReportOutcome.REVIEWED
    return ReportOutcome.SAVED if audit_log.has_open_channel(tx, by.guild_id) else ReportOutcome.NO_CHANNEL


def lock(tx: Transaction, job_id: str, guild_id: int) -> ReportedMovie | None:
    """Lock a server's reported movie, after its job, and read it."""
    of_job = {"job_id": job_id}
    if tx.fetch_value("SELECT guild_id FROM reported_movies WHERE job_id = :job_id", of_job) != guild_id:
        return None
    jobs.lock(tx, job_id)
    tx.fetch_one(f"SELECT 1 FROM reported_movies WHERE job_id = :job_id{tx.for_update}", of_job)
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
    if row is None:
        return None
    job = jobs.get(tx, job_id)
    reasons = tx.fetch_column(
        "SELECT reason FROM movie_reports WHERE job_id = :job_id AND reason <> ''"
        " ORDER BY created_at DESC, member_id LIMIT :limit",
        {"job_id": job_id, "limit": _SHOWN_REASONS},
    )
    message_id = row["staff_message_id"]
    return ReportedMovie(
        job,
        ReportState(row["state"]),
        row["reports"],
        tuple(reasons),
        decided_by=row["decided_by"],
        blocked_by=row["blocked_by"],
        posted_at=outbox.message_about(tx, job),
        message=None if message_id is None else PostedMessage(row["staff_message_channel_id"], message_id),
        language=job.server_language if row["language"] is None else language_of(row["language"]),
    )


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
            "state": state,
            "by_id": by_id,
            "now": tx.now,
        },
    )
    if decided:
        _show_soon(tx, job_id)
    return bool(decided)


def mark_blocked(tx: Transaction, job_id: str, by_id: int) -> None:
    """Record who blocked a reported movie's member."""
    tx.execute(
        "UPDATE reported_movies SET blocked_by = :by_id WHERE job_id = :job_id", {"job_id": job_id, "by_id": by_id}
    )
    _show_soon(tx, job_id)


def place(tx: Transaction, job_id: str) -> tuple[ReportedMovie, int | None] | None:
    """Return a reported movie, and the staff channel (0: none) for its message.

    None as the channel: the message must be posted, and there is none where it can be.
    """
    movie = find(tx, job_id)
    if movie is None:
        return None
    channel_id = server_setup.get(tx, movie.job.guild_id).staff_channel or 0
    is_edit = movie.message is not None and not movie.moves_to(channel_id)
    return movie, channel_id if is_edit or audit_log.has_open_channel(tx, movie.job.guild_id) else None


def mark_shown(tx: Transaction, message: DueMessage, movie: ReportedMovie, posted: PostedMessage | None) -> None:
    """Record what Discord accepted.

    None: someone has deleted the message. The one of an open report is posted again, once. A message that this one
    replaces is deleted.
    """
    job_id = movie.job.id
    if posted is not None and movie.message not in (None, posted):
        jobs.lock(tx, job_id)
        message_deletions.delete(tx, job_id, movie.message)
    tx.execute(
        "UPDATE reported_movies SET staff_message_channel_id = :channel_id, staff_message_id = :message_id"
        " WHERE job_id = :job_id",
        {
            "job_id": job_id,
            "channel_id": posted and posted.channel_id,
            "message_id": posted and posted.message_id,
        },
    )
    if posted is None and movie.message is not None and movie.state is ReportState.OPEN:
        show(tx, "job_id = :job_id", {"job_id": job_id})
    messages.settle(tx, message)


def move(tx: Transaction, guild_id: int, channel_id: int) -> None:
    """Post open reports in a new staff channel.

    Those whose message is in another one: it may be deleted, and staff read this one.
    """
    where = "guild_id = :guild_id AND state = 'open' AND staff_message_channel_id <> :channel_id"
    show(tx, where, {"guild_id": guild_id, "channel_id": channel_id})
    messages.retry_now(tx, MessageKind.REPORT, guild_id)


def reject(
    tx: Transaction, message: DueMessage, movie: ReportedMovie, channel_id: int, *, is_removed: bool = False
) -> None:
    """Record that Discord forbids to post or to update a message.

    `channel_id` is where it was to be posted. One that can't be updated is posted anew in the staff channel of now.
    Where that is closed, the report waits until it is open, or another one is chosen. `is_removed` as in `mark_closed`.
    """
    if movie.message is not None and not movie.moves_to(channel_id):
        mark_shown(tx, message, movie, None)
    else:
        staff_channel.mark_closed(tx, movie.job.guild_id, channel_id, is_removed=is_removed)


def wait(tx: Transaction, message: DueMessage) -> None:
    """Post a message later, as its server has no open staff channel. Choosing one ends the wait, see `move`."""
    server_setup.lock(tx, message.guild_id)
    if not audit_log.has_open_channel(tx, message.guild_id):
        messages.put_off(tx, message, tx.now + audit_log.CLOSED_CHANNEL_PAUSE_MS)


def show(tx: Transaction, where: str, params: Params, *, delay_ms: int = 0) -> None:
    """Let the messages about some reported movies show what has changed, after a delay where they are posted."""
    rows = tx.fetch_all(f"SELECT job_id, guild_id, staff_message_id FROM reported_movies WHERE {where}", params)
    for row in rows:
        delay = 0 if row["staff_message_id"] is None else delay_ms
        messages.show(tx, MessageKind.REPORT, row["job_id"], row["guild_id"], delay_ms=delay)


def _show_soon(tx: Transaction, job_id: str) -> None:
    show(tx, "job_id = :job_id", {"job_id": job_id}, delay_ms=UPDATE_DELAY_MS)
