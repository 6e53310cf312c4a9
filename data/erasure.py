"""Erases a member's data.

What they ordered ends first: what waits is cancelled and refunded, and what the API makes is delivered. Until then
they order nothing. Then one transaction takes them out of every table, under pseudonyms that nothing maps back, so
every sum stays right.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.job import WAITING_STATES, EndReason, Job, JobState
from data import (
    erased_accounts,
    erased_decisions,
    jobs,
    message_deletions,
    orders,
    pitch_ends,
    pitches,
    preferences,
    pseudonyms,
    removals,
)
from data.database import Row, Transaction
from data.job_words import CLEARED, PAID_BY_OTHERS
from data.member_digest import ErasureRecord, day_of

_DIGEST_KEPT_MS: Final = 30 * 24 * 3_600_000
"""How long each machine has to write an erasure into the list beside its backups."""

_RESPONDED_MS: Final = 15_000
"""Discord takes a response for 3 seconds. An order that is still reserved after this has lost its process, which may
have shown its card."""

_UNDELIVERED: Final = """
SELECT COUNT(DISTINCT outbox.job_id) FROM outbox JOIN jobs ON jobs.id = outbox.job_id
WHERE jobs.member_id = :member_id AND NOT jobs.{open} AND (outbox.status = 'pending'
    OR EXISTS (SELECT 1 FROM message_deletions AS deletions
        WHERE deletions.job_id = jobs.id AND deletions.attempts < {patience}))
"""
"""Also those with a message that is to be deleted, but for one that Discord does not let the bot delete."""

_PAID: Final = """
SELECT COUNT(*) FROM pledges JOIN jobs ON jobs.pitch_id = pledges.pitch_id
WHERE pledges.member_id = :member_id AND pledges.state = 'funded' AND jobs.member_id <> :member_id
    AND jobs.state <> 'unknown'
"""
"""Movies of others that a member pays for and that will end soon. Payers don't wait for an unknown one, which may take
a month: what is on hold stays, under their pseudonyms."""

_UNSETTLED: Final = f"""
SELECT COUNT(*) FROM jobs WHERE member_id = :member_id AND {jobs.POLLED} AND state = '{JobState.CANCELLED}'
"""
"""Cancelled movies of which the API is still to be asked what it charged: for minutes, or a day where it is down. An
erasure takes the request ids away, and the operator's plan would not count those charges."""

_SERVERS: Final = """
SELECT guild_id FROM jobs WHERE member_id = :member_id
UNION SELECT guild_id FROM balances WHERE member_id = :member_id AND scope IN ('member', 'extra')
UNION SELECT guild_id FROM ledger_entries
    WHERE member_id = :member_id OR actor_id = :member_id AND entry_type IN ('grant', 'adjust')
UNION SELECT guild_id FROM quotes WHERE member_id = :member_id
UNION SELECT guild_id FROM credit_requests WHERE decided_by = :member_id
UNION SELECT guild_id FROM jobs WHERE decided_by = :member_id
UNION SELECT guild_id FROM audit_log WHERE subject_id = :member_id OR actor_id = :member_id
UNION SELECT guild_id FROM reported_movies WHERE decided_by = :member_id OR blocked_by = :member_id
UNION SELECT guild_id FROM pitches WHERE member_id = :member_id
UNION SELECT guild_id FROM pledges WHERE member_id = :member_id
ORDER BY guild_id
"""

_MEMBERS: Final = """
SELECT member_id FROM jobs WHERE member_id > 0 UNION SELECT member_id FROM followers
UNION SELECT member_id FROM quotes UNION SELECT member_id FROM member_preferences
UNION SELECT member_id FROM balances WHERE member_id > 0
UNION SELECT member_id FROM ledger_entries WHERE member_id > 0
UNION SELECT actor_id FROM ledger_entries WHERE actor_id > 0
UNION SELECT subject_id FROM quota_limits WHERE scope = 'member' UNION SELECT member_id FROM member_blocks
UNION SELECT subject_id FROM audit_log WHERE subject_id > 0 UNION SELECT actor_id FROM audit_log WHERE actor_id > 0
UNION SELECT member_id FROM credit_requests UNION SELECT decided_by FROM credit_requests WHERE decided_by > 0
UNION SELECT member_id FROM movie_reports UNION SELECT decided_by FROM reported_movies WHERE decided_by > 0
UNION SELECT blocked_by FROM reported_movies WHERE blocked_by > 0
UNION SELECT decided_by FROM jobs WHERE decided_by > 0
UNION SELECT member_id FROM stars
UNION SELECT giver_id FROM gifts WHERE giver_id > 0 UNION SELECT recipient_id FROM gifts WHERE recipient_id > 0
UNION SELECT member_id FROM failure_waivers UNION SELECT member_id FROM erasure_requests
UNION SELECT member_id FROM pitches WHERE member_id > 0 UNION SELECT member_id FROM pledges WHERE member_id > 0
UNION SELECT member_id FROM pitch_votes
"""

_OWN_ROWS: Final = (
    "DELETE FROM followers WHERE member_id = :member_id",
    "DELETE FROM stars WHERE member_id = :member_id",
    "DELETE FROM member_preferences WHERE member_id = :member_id",
    "DELETE FROM member_blocks WHERE member_id = :member_id",
    "DELETE FROM failure_waivers WHERE member_id = :member_id",
    "DELETE FROM quota_limits WHERE scope = 'member' AND subject_id = :member_id",
    "DELETE FROM credit_requests WHERE member_id = :member_id",
    f"{pseudonyms.SHOW_AGAIN} AND job_id IN (SELECT job_id FROM movie_reports WHERE member_id = :member_id)",
    "DELETE FROM movie_reports WHERE member_id = :member_id",
    "DELETE FROM pitch_votes WHERE member_id = :member_id",
    "DELETE FROM pitch_notices WHERE member_id = :member_id",
    "DELETE FROM erasure_requests WHERE member_id = :member_id",
)

_SHOWN_AGAIN: Final = """
next_attempt_at = CASE WHEN staff_message_id IS NULL THEN next_attempt_at ELSE COALESCE(next_attempt_at + 1, 0) END
"""
"""The staff channel's message about a reported movie doesn't name erased members."""

_CHANGES: Final = (
    """UPDATE ledger_entries SET actor_id = :pseudonym, reason = ''
    WHERE guild_id = :guild_id AND actor_id = :member_id AND entry_type IN ('grant', 'adjust')""",
    """UPDATE audit_log SET subject_id = :pseudonym, reason = '', rule = NULL,
    next_attempt_at = CASE WHEN action IN ('request_credits', 'prompt_refused') THEN NULL ELSE next_attempt_at END
    WHERE guild_id = :guild_id AND subject_id = :member_id""",
    "UPDATE credit_requests SET decided_by = :pseudonym WHERE guild_id = :guild_id AND decided_by = :member_id",
    f"""UPDATE reported_movies SET decided_by = :pseudonym, {_SHOWN_AGAIN}
    WHERE guild_id = :guild_id AND decided_by = :member_id""",
    f"""UPDATE reported_movies SET blocked_by = :pseudonym, {_SHOWN_AGAIN}
    WHERE guild_id = :guild_id AND blocked_by = :member_id""",
    """UPDATE jobs SET decided_by = :pseudonym, decline_reason = NULL
    WHERE guild_id = :guild_id AND decided_by = :member_id""",
    """UPDATE audit_log SET actor_id = :pseudonym, reason = '', interaction_id = NULL
    WHERE guild_id = :guild_id AND actor_id = :member_id""",
)
"""A request for credits is not posted any more: it could not be granted. Nor is a refused prompt: its words are gone.
All other changes are, without a name."""


_WITH_REASON: Final = ("ledger_entries", "audit_log", "member_blocks", "movie_reports")
"""The tables in which someone's words may mention a member."""


@dataclass(frozen=True, slots=True)
class ErasureRequest:
    """A request to erase a member's data.

    `id` is that of the erasure. `deletes_messages`: also those about the member's movies.
    """

    member_id: int
    id: str
    requested_at: int
    deletes_messages: bool


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What must end before a member's data is erased.

    Movies that wait in line, that are made, that are unknown, and those whose message Discord has not accepted. Those
    that others ordered count, too, while the member pays for them, but for unknown ones. `pitches` are open ones that
    they made or pay for, `unsettled` cancelled movies whose charge is not final.
    """

    waiting: int = 0
    in_progress: int = 0
    unknown: int = 0
    undelivered: int = 0
    pitches: int = 0
    unsettled: int = 0

    def __bool__(self) -> bool:
        return self != OpenWork()


def request(tx: Transaction, member_id: int, *, deletes_messages: bool = False) -> ErasureRequest:
    """Request that a member's data be erased. Idempotent.

    They can't order from now on. `deletes_messages`: also delete the messages about their movies, as
    `removals.remove_own` says.
    """
    preferences.lock(tx, member_id)
    tx.execute(
        "INSERT INTO erasure_requests (member_id, id, requested_at, deletes_messages)"
        " VALUES (:member_id, :id, :now, :deletes_messages) ON CONFLICT (member_id) DO UPDATE"
        " SET deletes_messages = 1 WHERE excluded.deletes_messages = 1",
        {
            "member_id": member_id,
            "id": secrets.token_hex(8),
            "now": tx.now,
            "deletes_messages": int(deletes_messages),
        },
    )
    found = find_request(tx, member_id)
    assert found is not None
    return found


def find_request(tx: Transaction, member_id: int) -> ErasureRequest | None:
    """Return a member's request that is not done yet."""
    row = tx.fetch_one("SELECT * FROM erasure_requests WHERE member_id = :member_id", {"member_id": member_id})
    return _request(row) if row else None


def pending(tx: Transaction) -> Sequence[ErasureRequest]:
    """Return every request that is not done yet, oldest first."""
    return [_request(row) for row in tx.fetch_all("SELECT * FROM erasure_requests ORDER BY requested_at, member_id")]


def waiting_jobs(tx: Transaction, member_id: int) -> Sequence[Job]:
    """Return a member's jobs that nothing was spent on yet."""
    rows = tx.fetch_all(
        f"SELECT {jobs.COLUMNS} FROM jobs WHERE member_id = :member_id AND {jobs.OPEN}"
        f" AND state IN {jobs.sql_list(WAITING_STATES)} ORDER BY id",
        {"member_id": member_id},
    )
    return [jobs.from_row(row) for row in rows]


def cancel(tx: Transaction, job: Job, *, in_copy: bool = False) -> bool:
    """Cancel a job of `waiting_jobs`, refund it, and delete its card.

    Return False where its state has changed. The erasure does not wait for the card. But the card of an order whose
    process died is not known: the message about its end finds it (bot/discord_client/stray_cards.py), and the erasure
    waits for that. `in_copy`: the database shows the past, and sends nothing.
    """
    reserved = job.state is JobState.RESERVED
    reason = EndReason.RESPONSE_FAILED if reserved else EndReason.CANCELLED_BY_MEMBER
    is_abandoned = reserved and tx.now - job.created_at > _RESPONDED_MS and not in_copy
    cancelled = orders.cancel(tx, job.id, reason, only_from=(job.state,), notify=is_abandoned)
    if cancelled:
        message_deletions.delete_all(tx, job)
    return cancelled


def drop_pitch(tx: Transaction, pitch_id: str, member_id: int) -> None:
    """Take a member out of one of their open pitches.

    Theirs is withdrawn, and their pledge to another's is returned.
    """
    preferences.lock(tx, member_id)
    pitch_ends.drop_member(tx, pitch_id, member_id)


def open_work(tx: Transaction, member_id: int) -> OpenWork:
    """Count what must end before a member's data is erased."""
    whose = {"member_id": member_id}
    sql = f"SELECT state, COUNT(*) AS n FROM jobs WHERE member_id = :member_id AND {jobs.OPEN} GROUP BY state"
    by_state = {JobState(row["state"]): row["n"] for row in tx.fetch_all(sql, whose)}
    paid = tx.fetch_one(_PAID, whose)
    undelivered = tx.fetch_one(_UNDELIVERED.format(open=jobs.OPEN, patience=message_deletions.PATIENCE), whose)
    unsettled = tx.fetch_one(_UNSETTLED, whose)
    assert undelivered is not None
    assert paid is not None
    assert unsettled is not None
    return OpenWork(
        waiting=sum(by_state.get(state, 0) for state in WAITING_STATES),
        in_progress=by_state.get(JobState.SUBMITTING, 0) + by_state.get(JobState.RENDERING, 0) + paid[0],
        unknown=by_state.get(JobState.UNKNOWN, 0),
        undelivered=undelivered[0],
        pitches=len(pitches.open_ids(tx, member_id)),
        unsettled=unsettled[0],
    )


def erase(tx: Transaction, record: ErasureRecord, member_id: int) -> bool:
    """Erase a member's data, as they requested under the record's id.

    Return False where something is open, or it was done. The record is in the list beside the backups already.
    """
    preferences.lock(tx, member_id)
    requested = find_request(tx, member_id)
    if requested is None or requested.id != record.id or open_work(tx, member_id):
        return False
    if requested.deletes_messages:
        removals.remove_own(tx, member_id)
    erased_accounts.remember(tx, member_id)
    erased_accounts.lapse_bonus(tx, member_id)
    _take_out(tx, member_id)
    _record(tx, record.id, record.at, record.salt, record.digest)
    return True


def erase_in_copy(tx: Transaction, erasure_id: str, member_ids: Sequence[int]) -> None:
    """Repeat an erasure in a database that shows the past.

    What waited there is cancelled. What the API made then stays open without the member, until it ends. Blocks hold:
    no other database may know of them.
    """
    for member_id in member_ids:
        for job in waiting_jobs(tx, member_id):
            cancel(tx, job, in_copy=True)
        for pitch_id in pitches.open_ids(tx, member_id):
            pitch_ends.drop_member(tx, pitch_id, member_id)
        message_deletions.forget(tx, member_id)
        erased_decisions.recall(tx, member_id)
        erased_decisions.remember(tx, member_id)
        erased_accounts.lapse_bonus(tx, member_id)
        _take_out(tx, member_id)
    _record(tx, erasure_id, day_of(tx.now))


def clear_ended(tx: Transaction, before: int, paid_before: int = 0) -> int:
    """Clear jobs without their member that nobody else paid for. Return how many.

    In a restored database, the API told their end after the erasure was repeated. Or the last one who paid has erased
    their data, too. `before` bounds the time of their end, `paid_before` that of those that others paid for.
    """
    return tx.execute(
        f"UPDATE jobs SET {CLEARED} WHERE member_id < 0 AND finished_at <= :before"
        " AND (movie_url IS NOT NULL OR samsar_request_id IS NOT NULL OR upstream_message IS NOT NULL)"
        f" AND (finished_at < :paid_before OR NOT {PAID_BY_OTHERS})",
        {"before": before, "paid_before": paid_before},
    )


def known_ids(tx: Transaction) -> frozenset[str]:
    """Return the ids of the erasures that a database has seen."""
    return frozenset(row["id"] for row in tx.fetch_all("SELECT id FROM erasures"))


def known_members(tx: Transaction) -> Sequence[int]:
    """Return every member of whom a database knows something."""
    return [row["member_id"] for row in tx.fetch_all(_MEMBERS)]


def records(tx: Transaction) -> Sequence[ErasureRecord]:
    """Return the last 30 days' erasures, for the lists beside backups."""
    rows = tx.fetch_all("SELECT * FROM erasures WHERE digest IS NOT NULL ORDER BY erased_at, id")
    return [ErasureRecord(row["id"], row["erased_at"], row["salt"], row["digest"]) for row in rows]


def forget_digests(tx: Transaction) -> int:
    """Forget whose the erasures before the last 30 days were.

    Return how many.
    """
    return tx.execute(
        "UPDATE erasures SET salt = NULL, digest = NULL WHERE digest IS NOT NULL AND erased_at < :before",
        {"before": tx.now - _DIGEST_KEPT_MS},
    )


def _take_out(tx: Transaction, member_id: int) -> None:
    """Take a member out of every table.

    Each server gets a pseudonym of its own, so that nothing tells that two of them are one person.
    """
    whose = {"member_id": member_id}
    for row in tx.fetch_all(_SERVERS, whose):
        in_server = {**whose, "guild_id": row["guild_id"], "pseudonym": pseudonyms.generate()}
        pseudonyms.replace(tx, row["guild_id"], member_id, in_server["pseudonym"])
        for statement in _CHANGES:
            tx.execute(statement, in_server)
    for statement in _OWN_ROWS:
        tx.execute(statement, whose)
    tx.wake("audit", "pitches")  # messages that name them are due
    for table in _WITH_REASON:  # also reasons of what was done about others
        tx.execute(f"UPDATE {table} SET reason = '' WHERE reason LIKE :named", {"named": f"%{member_id}%"})
    tx.execute(
        "UPDATE jobs SET decline_reason = NULL WHERE decided_by IS NOT NULL AND decline_reason LIKE :named",
        {"named": f"%{member_id}%"},
    )


def _record(
    tx: Transaction, erasure_id: str, erased_at: int, salt: str | None = None, digest: str | None = None
) -> None:
    tx.execute(
        "INSERT INTO erasures (id, erased_at, salt, digest) VALUES (:id, :erased_at, :salt, :digest)"
        " ON CONFLICT (id) DO NOTHING",  # a restore has repeated it, and the request waits on
        {"id": erasure_id, "erased_at": erased_at, "salt": salt, "digest": digest},
    )


def _request(row: Row) -> ErasureRequest:
    return ErasureRequest(row["member_id"], row["id"], row["requested_at"], bool(row["deletes_messages"]))
