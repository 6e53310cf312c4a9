"""What is remembered of members who erased their data.

An erasure is no way out of a block, a limit or spent credits. A keyed hash recognizes the member, and without its key,
nobody can tell whose it is. Each month has a key, which goes with the month. What outlasts months has one of its own,
which stays.

- What was spent, and what failed, is theirs again when they order again in the same month.
- What was decided about them is in its own table again when they are back, or the decision changes. A block is
  remembered until it ends, an allowance of 0 until someone removes it, and that they had their starter movie always.
  Other limits let a member spend, and go with the month.
- What they did shortly before still counts, until the month ends. Nothing of it is given back: what they did since is
  in their own rows, and both are counted together. Prompts that failed repeatedly are forgotten: they refuse nothing,
  for a member is only asked before another attempt.

A new kind of event needs a member of EventKind, a query of `_EVENTS`, and a call of `moments` where it counts: that
finds what is in the member's own rows, and what is remembered.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from bot.domain.credits import DAY_MS, EntryType, Month, day_starts_at, month_of
from bot.domain.risk import CANCELLATION_WINDOW_MS, COOL_DOWN_MS
from data import failures, ledger_entries
from data.database import Row, Transaction
from data.ledger_entries import Account

EVERYWHERE: Final = 0
"""The guild id of what counts in all servers."""

_LASTING: Final = ""
"""The month of the key that has no end, and of what it recognizes."""

OF_MONTHS: Final = f"month <> '{_LASTING}'"
"""The condition of what goes with its month."""

REMEMBERED: Final = """
EXISTS (SELECT 1 FROM erasure_keys WHERE month = :month) AS remembered,
EXISTS (SELECT 1 FROM erasure_keys WHERE month = :month) OR EXISTS (SELECT 1 FROM erased_decisions) AS may_recall
"""
"""Columns that tell whether anything is remembered of this month, or at all."""


class DecisionKind(StrEnum):
    """What was decided about an erased member."""

    BLOCK = "block"
    TIMEOUT = "timeout"
    LIMIT = "limit"
    STARTER = "starter"
    """That they had their starter movie."""


class EventKind(StrEnum):
    """What an erased member did."""

    CANCELLATION = "cancellation"
    """Some of them stop a member's orders for minutes. Also a pledge that they took back."""

    CREDIT_REQUEST = "credit_request"
    """A member asks once a day in each server."""

    GIFT = "gift"
    """A member gives only so many credits a day in each server. Each credit is a time, and the moment is the day's
    start: that of a gift would tell which number in the ledger its giver is now."""

    REFUSED_PROMPT = "refused_prompt"
    """Some of them on one day are a time-out in their server."""

    REPORT = "report"
    """A member reports only so many movies a day in each server."""

    @property
    def counts_ms(self) -> int:
        """How long one counts."""
        return CANCELLATION_WINDOW_MS + COOL_DOWN_MS if self is EventKind.CANCELLATION else DAY_MS


_SPENT: Final = """
SELECT guild_id, used + held AS spent FROM balances
WHERE scope = 'member' AND month = :month AND member_id = :member_id AND used + held > 0
"""
"""What is on hold pays for an unknown movie of someone else, and may be spent yet."""

_DECISIONS: Final = f"""
SELECT guild_id, CASE WHEN is_timeout = 1 THEN '{DecisionKind.TIMEOUT}' ELSE '{DecisionKind.BLOCK}' END AS kind,
    expires_at AS ends_at, NULL AS credits
FROM member_blocks WHERE member_id = :member_id AND (expires_at IS NULL OR expires_at > :now)
UNION ALL
SELECT guild_id, '{DecisionKind.LIMIT}', NULL, credits
FROM quota_limits WHERE scope = 'member' AND subject_id = :member_id
UNION ALL
SELECT guild_id, '{DecisionKind.STARTER}', NULL, NULL FROM starter_movies WHERE member_id = :member_id
"""

CANCELLATIONS: Final = """
SELECT finished_at AS happened_at FROM jobs
WHERE member_id = :member_id AND end_reason = 'cancelled_by_member' AND finished_at > :since
UNION ALL SELECT created_at FROM ledger_entries
WHERE member_id = :member_id AND taken_back = 1 AND created_at > :since
"""
"""When a member cancelled a movie, or took back a pledge: both cost nothing, and leave records."""

_EVENTS: Final[Mapping[EventKind, str]] = {
    EventKind.CANCELLATION: f"""
        SELECT {EVERYWHERE} AS guild_id, happened_at, COUNT(*) AS times FROM ({CANCELLATIONS}) AS cancellations
        GROUP BY happened_at""",
    EventKind.CREDIT_REQUEST: """
        SELECT guild_id, created_at AS happened_at, COUNT(*) AS times FROM credit_requests
        WHERE member_id = :member_id AND created_at > :since GROUP BY guild_id, created_at""",
    EventKind.GIFT: f"""
        SELECT guild_id, created_at - created_at % {DAY_MS} AS happened_at, CAST(SUM(credits) AS BIGINT) AS times
        FROM gifts
        WHERE giver_id = :member_id AND created_at > :since
        GROUP BY guild_id, created_at - created_at % {DAY_MS}""",
    EventKind.REFUSED_PROMPT: """
        SELECT guild_id, created_at AS happened_at, COUNT(*) AS times FROM audit_log AS refused
        WHERE subject_id = :member_id AND action IN ('prompt_refused', 'unblock') AND action = 'prompt_refused'
        AND created_at > :since AND NOT EXISTS (SELECT 1 FROM audit_log AS later
            WHERE later.subject_id = :member_id AND later.action IN ('prompt_refused', 'unblock')
            AND later.action = 'unblock' AND later.guild_id = refused.guild_id
            AND later.created_at >= refused.created_at)
        GROUP BY guild_id, created_at""",
    EventKind.REPORT: """
        SELECT guild_id, created_at AS happened_at, COUNT(*) AS times FROM movie_reports
        WHERE member_id = :member_id AND created_at > :since GROUP BY guild_id, created_at""",
}
"""Where each kind is found in the member's own rows."""

_REMEMBERED_EVENTS: Final = """
SELECT guild_id, happened_at, times FROM erased_events
WHERE month = :month AND digest = :digest AND kind = :kind AND happened_at > :since
"""

_KEEP_EVENT: Final = """
INSERT INTO erased_events (month, digest, kind, guild_id, happened_at, times)
VALUES (:month, :digest, :kind, :guild_id, :happened_at, :times)
ON CONFLICT (month, digest, kind, guild_id, happened_at) DO UPDATE SET times = erased_events.times + :times
"""

_CARRY: Final = """
INSERT INTO balances (scope, guild_id, member_id, month, used) VALUES ('member', :guild_id, :member_id, :month, :spent)
ON CONFLICT (scope, guild_id, member_id, month) DO UPDATE SET used = balances.used + :spent
"""


# ── remembering ──────────────────────────────────────────────────────────────────────────────────────────────────────


def remember(tx: Transaction, member_id: int) -> None:
    """Remember what counts, before a member's data is erased.

    What was remembered before and is not recalled stays. The caller holds the member's lock.
    """
    recall(tx, member_id)
    remember_decisions(tx, member_id)
    month = month_of(tx.now)
    for kind in EventKind:
        for row in _own_events(tx, member_id, kind):
            tx.execute(_KEEP_EVENT, {**_recognized(tx, month, member_id), "kind": kind, **row})
    spent: dict[int, int] = tx.fetch_dict(_SPENT, {"month": month, "member_id": member_id})
    failed = failures.failed_by_server(tx, member_id, Month.containing(tx.now))
    for guild_id in sorted(spent.keys() | failed.keys()):
        account = {"guild_id": guild_id, "spent": spent.get(guild_id, 0), "failed": failed.get(guild_id, 0)}
        tx.insert("erased_accounts", {**_recognized(tx, month, member_id), **account})


def remember_decisions(tx: Transaction, member_id: int) -> None:
    """Remember what was decided about a member. What was remembered before is recalled already."""
    for row in tx.fetch_all(_DECISIONS, {"member_id": member_id, "now": tx.now}):
        period = month_of(tx.now) if row["credits"] else _LASTING
        tx.insert("erased_decisions", {**_recognized(tx, period, member_id), **row})


def _recognized(tx: Transaction, month: str, member_id: int) -> dict[str, int | str | None]:
    """Return the columns that recognize a member from now on."""
    tx.insert("erasure_keys", {"month": month, "key": secrets.token_hex(32)}, ignore="month")
    return _whose(tx, month, member_id)


# ── recalling ────────────────────────────────────────────────────────────────────────────────────────────────────────


def is_remembered(tx: Transaction, member_id: int) -> bool:
    """Return whether something waits for a member's return."""
    sql = "SELECT 1 FROM {table} WHERE month = :month AND digest = :digest LIMIT 1"
    this = month_of(tx.now)
    places = (("erased_accounts", this), ("erased_decisions", this), ("erased_decisions", _LASTING))
    return any(tx.fetch_one(sql.format(table=table), _whose(tx, month, member_id)) for table, month in places)


def recall(tx: Transaction, member_id: int) -> bool:
    """Give a member who is back what was remembered of them, and decided; False where nothing was.

    The entry in the ledger counts for the member only: the plan and the server have their part in the entries from
    before.
    """
    decided = recall_decisions(tx, member_id)
    rows = _take(tx, "erased_accounts", month_of(tx.now), member_id)
    for row in sorted(rows, key=lambda each: each["guild_id"]):
        tx.execute(_CARRY, {**row, "member_id": member_id})
        account = Account.at(row["guild_id"], member_id, tx.now)
        moved = {"upstream_charge": row["failed"], "charge_difference": -row["failed"]}
        ledger_entries.insert(tx, EntryType.ADJUST, account, tx.now, allowance=row["spent"], **moved)
    return bool(rows) or decided


def recall_decisions(tx: Transaction, member_id: int) -> bool:
    """Apply to a member what was decided about them; False where nothing was. A newer decision stays."""
    months = (_LASTING, month_of(tx.now))
    rows = [row for month in months for row in _take(tx, "erased_decisions", month, member_id)]
    for row in rows:
        whose = {"guild_id": row["guild_id"], "member_id": member_id}
        if row["kind"] == DecisionKind.LIMIT:
            subject = {"guild_id": row["guild_id"], "scope": "member", "subject_id": member_id}
            tx.insert("quota_limits", {**subject, "credits": row["credits"]}, ignore=", ".join(subject))
        elif row["kind"] == DecisionKind.STARTER:
            tx.insert("starter_movies", whose, ignore=", ".join(whose))
        elif row["ends_at"] is None or row["ends_at"] > tx.now:
            block = {"expires_at": row["ends_at"], "reason": "", "is_timeout": int(row["kind"] == DecisionKind.TIMEOUT)}
            tx.insert("member_blocks", whose | block, ignore=", ".join(whose))
    return bool(rows)


def _take(tx: Transaction, table: str, month: str, member_id: int) -> list[Row]:
    """Take what was remembered out of a table: the deletion decides, so it happens once."""
    sql = f"DELETE FROM {table} WHERE month = :month AND digest = :digest RETURNING *"
    return tx.fetch_all(sql, _whose(tx, month, member_id))


# ── counting ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def moments(
    tx: Transaction, member_id: int, kind: EventKind, guild_id: int = EVERYWHERE, *, own: bool = True
) -> list[int]:
    """Return when a member did this, also before they erased their data, as long as it counts.

    UTC epoch milliseconds, a moment for each time. `own` False: without the member's own rows, which the caller reads.
    """
    found = _events(tx, member_id, kind, guild_id, own=own)
    return [row["happened_at"] for row in found for _ in range(row["times"])]


def credits_given(tx: Transaction, member_id: int, guild_id: int) -> int:
    """Return how many credits a member gave in a server today; there may be millions."""
    today, given = day_starts_at(tx.now), _events(tx, member_id, EventKind.GIFT, guild_id)
    return sum(row["times"] for row in given if row["happened_at"] == today)


def _events(tx: Transaction, member_id: int, kind: EventKind, guild_id: int, *, own: bool = True) -> list[Row]:
    whose = _whose(tx, month_of(tx.now), member_id)
    remembered = tx.fetch_all(_REMEMBERED_EVENTS, {**whose, "kind": kind, "since": tx.now - kind.counts_ms})
    known = (*_own_events(tx, member_id, kind), *remembered) if own else remembered
    return [row for row in known if row["guild_id"] == guild_id and row["happened_at"] <= tx.now]


def _own_events(tx: Transaction, member_id: int, kind: EventKind) -> list[Row]:
    return tx.fetch_all(_EVENTS[kind], {"member_id": member_id, "since": tx.now - kind.counts_ms})


def forget_ended(tx: Transaction) -> int:
    """Forget what was remembered in past months, and the blocks that have ended; return the rows."""
    values = {"month": month_of(tx.now), "now": tx.now}
    past = f"{OF_MONTHS} AND month < :month"
    tables = ("erasure_keys", "erased_accounts", "erased_events", "erased_decisions")
    forgotten = sum(tx.execute(f"DELETE FROM {table} WHERE {past}", values) for table in tables)
    return forgotten + tx.execute("DELETE FROM erased_decisions WHERE ends_at <= :now", values)


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def make_digest(key: str, member_id: int) -> str:
    """Return what recognizes a member by a key, in hexadecimal digits."""
    return hmac.new(bytes.fromhex(key), str(member_id).encode(), hashlib.sha256).hexdigest()


def _whose(tx: Transaction, month: str, member_id: int) -> dict[str, int | str | None]:
    """Return the columns that recognize a member; the digest is None, which finds nothing, where there is no key."""
    key = tx.fetch_value("SELECT key FROM erasure_keys WHERE month = :month", {"month": month})
    return {"month": month, "digest": make_digest(key, member_id) if key else None}
