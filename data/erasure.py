"""Erases a member's data.

What they ordered ends first: what waits is cancelled and refunded, and what the API makes is delivered. Until then
they order nothing. Then one transaction takes them out of every table, under pseudonyms that nothing maps back, so
every sum stays right.
"""

from __future__ import annotations

import hmac
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.credits import DAY_MS, EntryType, day_starts_at
from bot.domain.erasure import OpenWork, Stored
from bot.domain.jobs import WAITING_STATES, EndReason, Job, JobState
from data import (
    erased_members,
    jobs,
    ledger_entries,
    message_deletions,
    orders,
    personal,
    pitch_ends,
    pitches,
    preferences,
    removals,
)
from data.database import Row, Transaction
from data.erased_members import make_digest
from data.ledger_entries import Account
from data.personal import PAID_BY_OTHERS

_DIGEST_KEPT_MS: Final = 30 * DAY_MS
"""How long each machine has to write an erasure into the list beside its backups."""

_RESPONDED_MS: Final = 15_000
"""Discord takes a response for 3 seconds. An order that is still reserved after this has lost its process, which may
have shown its card."""

_UNDELIVERED: Final = f"""
SELECT COUNT(DISTINCT outbox.job_id) FROM outbox JOIN jobs ON jobs.id = outbox.job_id
WHERE jobs.member_id = :member_id AND NOT jobs.{jobs.OPEN} AND (outbox.status = 'pending'
    OR EXISTS (SELECT 1 FROM messages AS deletions
        WHERE deletions.job_id = jobs.id AND deletions.attempts < {message_deletions.PATIENCE}))
"""
"""Also those with a message that is to be deleted, but for one that Discord does not let the bot delete."""

_BONUS: Final = """
SELECT CAST(COALESCE(SUM(granted - used - held), 0) AS BIGINT) FROM balances
WHERE scope = 'extra' AND member_id = :member_id
"""

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
class ErasureRecord:
    """An erasure, and a keyed hash of whose it was.

    `at` is the beginning of its day, in UTC epoch milliseconds: the moment would tell which movies it cancelled.
    The fields are the keys of a stored line.
    """

    id: str
    at: int
    salt: str
    digest: str

    @classmethod
    def of(cls, erasure_id: str, member_id: int, now: int) -> ErasureRecord:
        """Make the record of an erasure, with a salt of its own."""
        salt = secrets.token_hex(16)
        return cls(erasure_id, day_starts_at(now), salt, make_digest(salt, member_id))

    def matches(self, member_id: int) -> bool:
        """Return whether it is this member's."""
        return hmac.compare_digest(self.digest, make_digest(self.salt, member_id))


def _count(tx: Transaction, sql: str, member_id: int) -> int:
    return tx.fetch_value(sql, {"member_id": member_id})


def stored(tx: Transaction, member_id: int) -> Stored:
    """Count what is stored about a member."""
    return Stored(
        movies=_count(tx, "SELECT COUNT(*) FROM jobs WHERE member_id = :member_id", member_id),
        bonus=_count(tx, _BONUS, member_id),
        open_work=open_work(tx, member_id),
        requested=find_request(tx, member_id) is not None,
        is_empty=not personal.is_known(tx, member_id),
    )


def request(tx: Transaction, member_id: int, *, deletes_messages: bool = False) -> ErasureRequest:
    """Request that a member's data be erased. Idempotent.

    They can't order from now on. `deletes_messages`: also delete the messages about their movies, as
    `removals.remove_own` says.
    """
    preferences.lock(tx, member_id)
    row = tx.fetch_single(
        "INSERT INTO erasure_requests (member_id, id, requested_at, deletes_messages)"
        " VALUES (:member_id, :id, :now, :deletes_messages) ON CONFLICT (member_id) DO UPDATE SET deletes_messages ="
        " CASE WHEN excluded.deletes_messages = 1 THEN 1 ELSE erasure_requests.deletes_messages END RETURNING *",
        {
            "member_id": member_id,
            "id": secrets.token_hex(8),
            "now": tx.now,
            "deletes_messages": int(deletes_messages),
        },
    )
    return _request(row)


def find_request(tx: Transaction, member_id: int) -> ErasureRequest | None:
    """Return a member's request that is not done yet."""
    sql = "SELECT * FROM erasure_requests WHERE member_id = :member_id"
    return tx.fetch_as(_request, sql, {"member_id": member_id})


def pending(tx: Transaction) -> Sequence[ErasureRequest]:
    """Return every request that is not done yet, oldest first."""
    return tx.fetch_all_as(_request, "SELECT * FROM erasure_requests ORDER BY requested_at, member_id")


def waiting_jobs(tx: Transaction, member_id: int) -> Sequence[Job]:
    """Return a member's jobs that nothing was spent on yet."""
    waiting = f"member_id = :member_id AND {jobs.OPEN} AND state IN {jobs.sql_list(WAITING_STATES)}"
    sql = f"SELECT {jobs.COLUMNS} FROM jobs WHERE {waiting} ORDER BY id"
    return tx.fetch_all_as(jobs.from_row, sql, {"member_id": member_id})


def cancel(tx: Transaction, job: Job, *, in_copy: bool = False) -> bool:
    """Cancel a job of `waiting_jobs`, refund it, and delete its card.

    Return False where its state has changed. The erasure does not wait for the card. But the card of an order whose
    process died is not known: the message about its end finds it (bot/discord_client/cards.py), and the erasure
    waits for that. `in_copy`: the database shows the past, and sends nothing.
    """
    reserved = job.state is JobState.RESERVED
    reason = EndReason.RESPONSE_FAILED if reserved else EndReason.CANCELLED_BY_MEMBER
    is_abandoned = reserved and tx.now - job.created_at > _RESPONDED_MS and not in_copy
    cancelled = orders.cancel(tx, job.id, reason, only_from=(job.state,), notify=is_abandoned) is not None
    if cancelled:
        message_deletions.delete_all(tx, job)
    return cancelled


def open_work(tx: Transaction, member_id: int) -> OpenWork:
    """Count what must end before a member's data is erased."""
    sql = f"SELECT state, COUNT(*) AS n FROM jobs WHERE member_id = :member_id AND {jobs.OPEN} GROUP BY state"
    by_state = Counter[str](tx.fetch_dict(sql, {"member_id": member_id}))
    made = by_state[JobState.SUBMITTING] + by_state[JobState.RENDERING]
    return OpenWork(
        waiting=sum(by_state[state] for state in WAITING_STATES),
        in_progress=made + _count(tx, _PAID, member_id),
        unknown=by_state[JobState.UNKNOWN],
        undelivered=_count(tx, _UNDELIVERED, member_id),
        pitches=len(pitches.open_ids(tx, member_id)),
        unsettled=_count(tx, _UNSETTLED, member_id),
    )


def erase(tx: Transaction, record: ErasureRecord, member_id: int) -> OpenWork:
    """Erase a member's data, as they requested under the record's id, unless something is open, and return that.

    Nothing is done where it was done before. The record is in the list beside the backups already.
    """
    preferences.lock(tx, member_id)
    requested = find_request(tx, member_id)
    if requested is None or requested.id != record.id:
        return OpenWork()
    if left := open_work(tx, member_id):
        return left
    if requested.deletes_messages:
        removals.remove_own(tx, member_id)
    erased_members.remember(tx, member_id)
    _lapse_bonus(tx, member_id)
    personal.take_out(tx, member_id)
    erased = {"id": record.id, "erased_at": record.at, "salt": record.salt, "digest": record.digest}
    tx.insert("erasures", erased, ignore="id")  # where a restore has repeated it, the request waits on
    tx.log("member_erased")
    return OpenWork()


def erase_in_copy(tx: Transaction, erasure_id: str, member_ids: Sequence[int]) -> None:
    """Repeat an erasure in a database that shows the past.

    What waited there is cancelled. What the API made then stays open without the member, until it ends. Blocks hold:
    no other database may know of them.
    """
    for member_id in member_ids:
        for job in waiting_jobs(tx, member_id):
            cancel(tx, job, in_copy=True)
        pitch_ends.drop_member(tx, member_id)
        message_deletions.forget(tx, member_id)
        erased_members.recall_decisions(tx, member_id)
        erased_members.remember_decisions(tx, member_id)
        _lapse_bonus(tx, member_id)
        personal.take_out(tx, member_id)
    tx.insert("erasures", {"id": erasure_id, "erased_at": day_starts_at(tx.now)}, ignore="id")


def clear_ended(tx: Transaction, before: int, paid_before: int = 0) -> int:
    """Clear jobs without their member that nobody else paid for. Return how many.

    In a restored database, the API told their end after the erasure was repeated. Or the last one who paid has erased
    their data, too. `before` bounds the time of their end, `paid_before` that of those that others paid for.
    """
    return tx.execute(
        f"UPDATE jobs SET {personal.cleared('jobs')} WHERE member_id < 0 AND finished_at <= :before"
        " AND (movie_url IS NOT NULL OR samsar_request_id IS NOT NULL OR upstream_message IS NOT NULL)"
        f" AND (finished_at < :paid_before OR NOT {PAID_BY_OTHERS})",
        {"before": before, "paid_before": paid_before},
    )


def known_ids(tx: Transaction) -> frozenset[str]:
    """Return the ids of the erasures that a database has seen."""
    return frozenset(tx.fetch_column("SELECT id FROM erasures"))


def records(tx: Transaction) -> Sequence[ErasureRecord]:
    """Return the last 30 days' erasures, for the lists beside backups."""
    sql = "SELECT id, erased_at AS at, salt, digest FROM erasures WHERE digest IS NOT NULL ORDER BY erased_at, id"
    return [ErasureRecord(**row) for row in tx.fetch_records(sql)]


def forget_digests(tx: Transaction) -> int:
    """Forget whose the erasures before the last 30 days were.

    Return how many.
    """
    return tx.execute(
        "UPDATE erasures SET salt = NULL, digest = NULL WHERE digest IS NOT NULL AND erased_at < :before",
        {"before": tx.now - _DIGEST_KEPT_MS},
    )


def _lapse_bonus(tx: Transaction, member_id: int) -> None:
    """Take back a member's bonus credits that are neither used nor held.

    They were for this member alone, who leaves. The entries have the day and not the moment, which would be the same in
    each server.
    """
    rows = tx.fetch_all(
        "SELECT guild_id, granted - used - held AS available FROM balances"
        " WHERE scope = 'extra' AND member_id = :member_id AND granted - used - held > 0 ORDER BY guild_id"
        f"{tx.for_update}",
        {"member_id": member_id},
    )
    for row in rows:
        tx.execute(
            "UPDATE balances SET granted = granted - :credits"
            " WHERE scope = 'extra' AND guild_id = :guild_id AND member_id = :member_id AND month = ''",
            {"credits": row["available"], "guild_id": row["guild_id"], "member_id": member_id},
        )
        account = Account.at(row["guild_id"], member_id, tx.now)
        ledger_entries.insert(tx, EntryType.ADJUST, account, day_starts_at(tx.now), extra=-row["available"])


def _request(row: Row) -> ErasureRequest:
    return ErasureRequest(row["member_id"], row["id"], row["requested_at"], bool(row["deletes_messages"]))
