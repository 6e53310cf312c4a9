"""Members' actions on a job (cancel, follow, set the delivery target, claim), and reads of jobs: lists and figures.

Each action's statement checks itself who may do it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from bot.domain.callback_token import LateCallback
from bot.domain.credits import Month, day_starts_at
from bot.domain.delivery import MAX_FOLLOWERS, NotificationType
from bot.domain.jobs import (
    CANCELLABLE_STATES,
    WAITING_STATES,
    WAITING_STEPS,
    EndReason,
    Job,
    JobState,
    first_id,
)
from bot.domain.movie_list import Cursor, MovieFilter, MovieItem, MovieQuery, Page, PageDirection
from bot.domain.operations import Operation
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditAction, AuditContext, AuditEvent
from bot.domain.refusal import Refused
from bot.domain.reports import Outcome, QueueStats, UnknownStats
from data import (
    audit_log,
    breakers,
    failures,
    jobs,
    ledger,
    messages,
    notices,
    orders,
    outbox,
    preferences,
    server_policies,
)
from data.database import Params, Row, Transaction

# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_UNDELIVERABLE: Final = "outbox.status IN ('suppressed', 'undeliverable') AND outbox.type = 'completed'"
"""The condition of the index outbox_undeliverable: SQLite uses a partial index only for a query that repeats it."""

_PAYING: Final = "pledges.member_id = :member_id AND pledges.state IN ('funded', 'spent')"

_PRIVATE: Final = """
(jobs.state = 'completed' AND NOT EXISTS (SELECT 1 FROM outbox AS shown WHERE shown.job_id = jobs.id AND (
    shown.type = 'completed' AND shown.status = 'pending' AND jobs.delivery_target = 'channel'
    OR shown.type = 'completed' AND shown.status = 'sent' AND shown.venue <> 'direct' AND shown.message_id IS NOT NULL
    OR shown.type = 'starred' AND shown.status = 'sent')))
"""
"""Whether a movie is shown in no channel: it went by DM, or waits in /movies."""

ITEM: Final = (
    f"{jobs.COLUMNS}, {_PRIVATE} AS is_private, jobs.state = 'completed' AND jobs.removed_at IS NULL AND EXISTS"
    f" (SELECT 1 FROM outbox WHERE outbox.job_id = jobs.id AND {_UNDELIVERABLE}) AS undelivered,"
    " (SELECT CASE pledges.state WHEN 'spent' THEN pledges.spent ELSE pledges.allowance + pledges.extra END"
    f" FROM pledges WHERE pledges.pitch_id = jobs.pitch_id AND {_PAYING}) AS share"
)
"""What `to_item` reads of a job, for a member."""

_OWN: Final = f"SELECT {ITEM} FROM jobs WHERE jobs.member_id = :member_id"
_WITH_OTHERS: Final = (
    f"SELECT {ITEM} FROM pledges JOIN jobs ON jobs.pitch_id = pledges.pitch_id"
    f" WHERE {_PAYING} AND jobs.member_id <> :member_id"
)

_NOT_ORDERED: Final = (*WAITING_STATES, JobState.SUBMITTING)


_QUEUED = (
    f"FROM jobs WHERE guild_id = :guild_id AND member_id = :member_id AND {jobs.OPEN}"
    f" AND state IN {jobs.sql_list(CANCELLABLE_STATES)}"
)


def newest(tx: Transaction, states: Sequence[JobState], limit: int) -> list[Job]:
    """Return the newest jobs in these states.

    An empty list means every state.
    """
    listed = jobs.sql_list(states or tuple(JobState))
    sql = f"SELECT {jobs.COLUMNS} FROM jobs WHERE state IN {listed} ORDER BY id DESC LIMIT :limit"
    return tx.fetch_all_as(jobs.from_row, sql, {"limit": limit})


def member_page(tx: Transaction, query: MovieQuery, cursor: Cursor | None, limit: int) -> Page:
    """Return the page of a member's jobs at `cursor`.

    Also of those that they pay for with others. None: the newest page. It is the newest page, too, where the one at the
    cursor is gone or would not be full at the top. Its cost grows with what they pay for with others, but not with the
    list.
    """
    compared, at = "<=", None
    if cursor is not None and cursor.toward is PageDirection.NEWER:  # it is read from its newest movie, as all are
        newer = _rows(tx, query, ">", cursor.job_id, limit)
        at = newer[-1]["id"] if len(newer) == limit else None
    elif cursor is not None:
        compared, at = "<" if cursor.toward is PageDirection.OLDER else "<=", cursor.job_id
    rows = _rows(tx, query, compared, at, limit + 1)  # one more says whether there is a page beyond
    if not rows and at is not None:
        return member_page(tx, query, None, limit)
    has_newer = at is not None and bool(_rows(tx, query, ">", rows[0]["id"], 1))
    shown = tuple(to_item(row, query.member_id) for row in rows[:limit])
    return Page(shown, has_newer=has_newer, has_older=len(rows) > limit)


def item(tx: Transaction, job_id: str, member_id: int = 0) -> MovieItem | None:
    """Return one job as a member's list shows it."""
    return next(iter(items(tx, f"SELECT {ITEM} FROM jobs WHERE jobs.id = :id", {"id": job_id}, member_id)), None)


def items(tx: Transaction, sql: str, params: Params, member_id: int) -> list[MovieItem]:
    """Return the jobs of a statement that selects ITEM as a member's list shows them, with their messages."""
    found = [to_item(row, member_id) for row in tx.fetch_all(sql, {**params, "member_id": member_id})]
    return [replace(each, message=outbox.message_about(tx, each.job)) for each in found]


def last_role_ids(tx: Transaction, guild_id: int, member_id: int) -> tuple[int, ...]:
    """Return the limited roles that a member had at their last order.

    The command line has no other source for a member's roles.
    """
    own = "guild_id = :guild_id AND member_id = :member_id ORDER BY id DESC LIMIT 1"
    sql = f"SELECT {jobs.COLUMNS} FROM jobs WHERE {own}"
    job = tx.fetch_as(jobs.from_row, sql, {"guild_id": guild_id, "member_id": member_id})
    return () if job is None else job.role_ids


def last_name(tx: Transaction, member_id: int) -> str:
    """Return a member's name at their last order in any server; '' where none is stored."""
    sql = "SELECT member_name FROM jobs WHERE member_id = :member_id ORDER BY id DESC LIMIT 1"
    return tx.fetch_value(sql, {"member_id": member_id}) or ""


def _rows(tx: Transaction, query: MovieQuery, compared: str, job_id: str | None, limit: int) -> list[Row]:
    """Return the rows nearest to a movie on one side of it; None: the newest.

    OFFSET would read every row before the page. The key follows an index in the order of ids.
    """
    conditions: list[str] = []
    if query.guild_id is not None:
        conditions.append("jobs.guild_id = :guild_id")
    if query.filter is not MovieFilter.ALL:
        conditions.append(f"jobs.state IN {jobs.sql_list(query.filter.states)}")
    if job_id is not None:
        conditions.append(f"jobs.id {compared} :id")
    order = "ASC" if compared == ">" else "DESC"
    values = {"member_id": query.member_id, "guild_id": query.guild_id, "id": job_id, "limit": limit}
    found: list[Row] = []
    for source in (_OWN, _WITH_OTHERS):
        narrowed = " AND ".join((source, *conditions))
        found += tx.fetch_all(f"{narrowed} ORDER BY jobs.id {order} LIMIT :limit", values)
    return sorted(found, key=lambda row: row["id"], reverse=order == "DESC")[:limit]


def to_item(row: Row, member_id: int) -> MovieItem:
    """Read a row of ITEM."""
    return MovieItem(
        jobs.from_row(row),
        undelivered=bool(row["undelivered"]),
        payer_id=member_id,
        share=row["share"] or 0,
        is_private=bool(row["is_private"]),
    )


# ── callbacks ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def known_tokens(tx: Transaction, hashes: Collection[str]) -> frozenset[str]:
    """Return those hashes of callback tokens that belong to a job."""
    sql = "SELECT callback_token_hash FROM jobs WHERE callback_token_hash IN (:hashes)"
    return frozenset(tx.fetch_column(sql, {"hashes": hashes}))


def late_callback(tx: Transaction, job_id: str) -> LateCallback | None:
    """Return the callback that came after a job had failed."""
    sql = "SELECT received_at, request_id FROM late_callbacks WHERE job_id = :id"
    return tx.fetch_as(lambda row: LateCallback(*row), sql, {"id": job_id})


# ── monitoring ────────────────────────────────────────────────────────────────────────────────────────────────────────


_BEGUN_AT: Final = f"""
CASE WHEN step IN {jobs.sql_list(WAITING_STEPS)} THEN NULL
    WHEN operation = '{Operation.STORYBOARD}' AND step IS NULL THEN submitted_at ELSE created_at END
"""
"""Since when an open job waits for the bot or the API. A storyboard may wait for people for days."""


def waiting_credits(tx: Transaction) -> int:
    """Return what the jobs hold that the API has not taken yet.

    A movie in progress is left out. The API charges for it while it is made, or before.
    """
    waiting = f"{jobs.OPEN} AND state IN {jobs.sql_list(_NOT_ORDERED)}"
    return tx.fetch_value(f"SELECT CAST(COALESCE(SUM(price_credits), 0) AS BIGINT) FROM jobs WHERE {waiting}")


def unknown_jobs(tx: Transaction) -> UnknownStats:
    """Count the unknown jobs, and tell how long the oldest has been so."""
    count, oldest = tx.fetch_single(
        f"SELECT COUNT(*), MIN(outbox.created_at) FROM jobs {outbox.SINCE_UNKNOWN}"
        f" WHERE {jobs.OPEN} AND jobs.state = 'unknown'"
    )
    return UnknownStats(count, 0 if oldest is None else max(0, tx.now - oldest) / 1000)


def stats(tx: Transaction) -> QueueStats:
    """Count open jobs, pending messages, credits and stopped members."""
    rows = tx.fetch_all(
        f"SELECT state, COUNT(*) AS n, MIN({_BEGUN_AT}) AS oldest, SUM(price_credits) AS held FROM jobs"
        f" WHERE {jobs.OPEN} GROUP BY state"
    )
    pending, since = tx.fetch_single("SELECT COUNT(*), MIN(created_at) FROM outbox WHERE status = 'pending'")
    undeliverable = tx.fetch_value(
        f"SELECT COUNT(*) FROM outbox WHERE {_UNDELIVERABLE}"
        " AND EXISTS (SELECT 1 FROM jobs WHERE jobs.id = outbox.job_id AND jobs.state = 'completed' AND"
        " jobs.removed_at IS NULL)"
    )
    plan = ledger.plan_budget(tx, Month.containing(tx.now), 0)
    # one that waits for approval may do so for two days
    begun = [row["oldest"] for row in rows if row["oldest"] and row["state"] != JobState.AWAITING_APPROVAL]
    return QueueStats(
        jobs={JobState(row["state"]): row["n"] for row in rows},
        oldest_job_age_seconds=(tx.now - min(begun, default=tx.now)) / 1000,
        held_credits=sum(row["held"] for row in rows),
        waiting_credits=sum(row["held"] for row in rows if row["state"] in _NOT_ORDERED),
        pending_deliveries=pending,
        oldest_delivery_seconds=(tx.now - (since or tx.now)) / 1000,
        undeliverable=undeliverable,
        breaker=breakers.read(tx).state,
        stopped_members=failures.stopped_members(tx),
        paused=server_policies.paused_at(tx) is not None,
        plan_used=plan.used,
        plan_held=plan.held,
        credits_today=_credits_since(tx, day_starts_at(tx.now)),
        oldest_unknown_seconds=unknown_jobs(tx).oldest_seconds,
    )


def _credits_since(tx: Transaction, start: int) -> dict[Outcome, int]:
    """Sum what became of credits since a time.

    The ids of ledger entries begin with their time, so only those entries are read.
    """
    sums = tx.fetch_single(
        "SELECT SUM(CASE entry_type WHEN 'capture' THEN allowance + extra END),"
        " SUM(CASE entry_type WHEN 'release' THEN allowance + extra ELSE released_allowance + released_extra END),"
        " SUM(upstream_charge)"
        " FROM ledger_entries WHERE id >= :first AND entry_type IN ('capture', 'release')",
        {"first": first_id(start)},
    )
    return {outcome: int(credits) for outcome, credits in zip(Outcome, sums, strict=True) if credits}


# ── actions ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def cancel(tx: Transaction, job_id: str, member_id: int) -> Job | None:
    """Cancel a member's job that waits, and release its hold.

    None: it is not theirs, or neither queued nor waiting for approval.
    """
    if jobs.lock(tx, job_id).member_id != member_id:
        return None
    return orders.cancel(tx, job_id, EndReason.CANCELLED_BY_MEMBER, only_from=CANCELLABLE_STATES, notify=False)


def cancel_as_staff(tx: Transaction, job_id: str, *, by: AuditContext) -> Job | None:
    """Cancel a server's job that waits, for its staff, and release its hold. It is in the audit log.

    None: it is another server's, or neither queued nor waiting for approval.
    """
    if jobs.lock(tx, job_id).guild_id != by.guild_id:
        return None
    job = orders.cancel(tx, job_id, EndReason.CANCELLED_BY_STAFF, only_from=CANCELLABLE_STATES, notify=True)
    if job is not None:
        audit_log.record(tx, AuditEvent(by, AuditAction.CANCEL_QUEUED, job.member_id, job.refunded))
    return job


def count_queued(tx: Transaction, guild_id: int, member_id: int) -> int:
    """Count a member's jobs in a server that wait, also for staff."""
    return tx.fetch_value(f"SELECT COUNT(*) {_QUEUED}", {"guild_id": guild_id, "member_id": member_id})


def cancel_queued(tx: Transaction, member_id: int, *, by: AuditContext) -> list[Job]:
    """Cancel a member's waiting jobs in a server, for its staff.

    Those that wait for approval are among them. Their holds are released, and the sum is in the audit log.

    Raises:
        DuplicateInteraction: The interaction has cancelled them already.
    """
    account = {"guild_id": by.guild_id, "member_id": member_id}
    # all are locked before any of their balances: the order of locks
    waiting = tx.fetch_column(f"SELECT id {_QUEUED} ORDER BY id{tx.for_update}", account)
    audit_log.require_new(tx, by)  # only now: another process may run the same interaction, and held the locks
    reason = EndReason.CANCELLED_BY_STAFF
    ended = [orders.cancel(tx, each, reason, only_from=CANCELLABLE_STATES, notify=False) for each in waiting]
    cancelled = [job for job in ended if job is not None]
    if cancelled:
        refunded = sum(job.price for job in cancelled)
        audit_log.record(tx, AuditEvent(by, AuditAction.CANCEL_QUEUED, member_id, refunded))
    return cancelled


def request_cancel(tx: Transaction, job_id: str, member_id: int) -> Job | None:
    """Record that a member wants their rendering job cancelled.

    Its poll is due at once. The worker cancels it at the API, and a status poll tells how it ended. While its
    storyboard is drawn, it costs no more than that. None: it is not theirs, or can't be stopped now.
    """
    job = jobs.lock(tx, job_id)
    if job.member_id != member_id or not job.can_be_stopped:
        return None
    tx.wake("status_polls")
    tx.log("cancel_requested", job_id=job_id)
    changes = {"cancel_requested_at": tx.now, "next_run_at": tx.now, "stop_credits": job.most_if_stopped}
    return jobs.update(tx, job_id, JobState.RENDERING, changes)


def follow(tx: Transaction, job_id: str, member_id: int) -> Refused | None:
    """Mention a member when a job is completed. Idempotent.

    A second follow changes nothing: Discord may deliver one click to two processes, and the second must not undo the
    first.
    """
    preferences.lock(tx, member_id)  # their data may be erased at the same time
    # locked: two members who follow at once must not both be the last one
    target = tx.fetch_value(
        f"SELECT delivery_target FROM jobs WHERE id = :id AND {jobs.OPEN}{tx.for_update}", {"id": job_id}
    )
    if target is None:
        return Refused("buttons-follow-ended")
    following = notices.followers(tx, job_id)
    if member_id in following:
        return None
    if target == DeliveryTarget.DIRECT_MESSAGE:
        return Refused("buttons-follow-private")
    if len(following) >= MAX_FOLLOWERS:
        return Refused("buttons-follow-full")
    tx.insert("followers", {"job_id": job_id, "member_id": member_id})
    return None


def unfollow(tx: Transaction, job_id: str, member_id: int) -> None:
    """Stop mentioning a member when a job is completed, and telling them of it. Idempotent."""
    tx.execute(
        "DELETE FROM followers WHERE job_id = :job_id AND member_id = :member_id",
        {"job_id": job_id, "member_id": member_id},
    )
    messages.withdraw_of_member(tx, job_id, member_id)


def set_delivery_target(tx: Transaction, job_id: str, member_id: int, target: DeliveryTarget) -> Job | None:
    """Set where a member's open job is delivered.

    None: it is not theirs, has ended, or is posted for everyone who pays for it.
    """
    return tx.fetch_as(
        jobs.from_row,
        f"UPDATE jobs SET delivery_target = :target WHERE id = :id AND member_id = :member_id AND {jobs.OPEN}"
        f" AND pitch_id IS NULL RETURNING {jobs.COLUMNS}",
        {"id": job_id, "member_id": member_id, "target": target},
    )


def mark_claimed(tx: Transaction, job_id: str, member_id: int) -> None:
    """Mark an undeliverable movie as delivered, because its member has the link."""
    tx.execute(
        "UPDATE outbox SET status = 'sent', sent_at = :now WHERE job_id = :job_id AND type = :type"
        " AND status IN ('suppressed', 'undeliverable')"
        " AND EXISTS (SELECT 1 FROM jobs WHERE id = :job_id AND member_id = :member_id)",
        {"job_id": job_id, "member_id": member_id, "type": NotificationType.COMPLETED, "now": tx.now},
    )
