"""Credits: the one place where a hold is decided, and where it is captured or released.

Plain functions over an open transaction; the caller moves the job in the same one. A limit is enforced by one
conditional statement whose row count decides; nothing is read first and written later. Beside it stands the append-only
ledger, whose sums always equal the totals in `budgets`.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from bot.domain.credits import Budget, Entry, EntryKind, Limits, Month, Scope, Shortfall
from data.database import Row, Tx


@dataclass(frozen=True, slots=True)
class Hold:
    """Credits set aside for one job: whose they are and the month they were taken from."""

    job_id: str
    guild_id: int
    member_id: int
    month: str
    credits: int


class HoldRefused(Exception):
    """A limit stood in the way. Raised inside the transaction, so that nothing of the hold stays."""

    def __init__(self, shortfall: Shortfall) -> None:
        super().__init__(f"{shortfall.scope} has {shortfall.left} credits left, {shortfall.needed} are needed")
        self.shortfall = shortfall


_TAKE = """
INSERT INTO budgets (scope, guild_id, member_id, month, held)
SELECT :scope, :guild_id, :member_id, :month, :credits WHERE :credits <= :limit
ON CONFLICT (scope, guild_id, member_id, month) DO UPDATE SET held = budgets.held + :credits
WHERE budgets.used + budgets.held + :credits <= :limit
"""


def hold(tx: Tx, wanted: Hold, limits: Limits, at: int) -> None:
    """Set credits aside in every scope at once, or in none.

    Raises:
        HoldRefused: A limit would be passed; the member's own is looked at first.
    """
    for scope, limit in ((Scope.MEMBER, limits.member), (Scope.PLAN, limits.plan)):
        where = _where(scope, wanted)
        if tx.execute(_TAKE, {**where, "credits": wanted.credits, "limit": limit}) == 0:
            budget = _budget(tx, where, limit)
            raise HoldRefused(Shortfall(scope, wanted.credits, budget.left, Month.at(at).ends_at))
    _write(tx, EntryKind.HOLD, wanted, at)


def capture(tx: Tx, job_id: str, at: int) -> None:
    """Spend what the job held: the movie is made.

    Raises:
        LookupError: The job holds nothing.
        sqlite3.IntegrityError: The hold was resolved before.
    """
    held = find_hold(tx, job_id)
    for scope in Scope:
        _resolve(tx, _where(scope, held), held.credits, used=held.credits)
    _write(tx, EntryKind.CAPTURE, held, at)


def release(tx: Tx, job_id: str, at: int, *, lost: bool) -> None:
    """Give back what the job held.

    With `lost`, the API keeps what it charged (it does not refund a FAILED job): the member gets everything back all
    the same, and the credits stay counted against the operator's plan.

    Raises:
        LookupError: The job holds nothing.
        sqlite3.IntegrityError: The hold was resolved before.
    """
    held = find_hold(tx, job_id)
    for scope in Scope:
        used = held.credits if lost and scope is Scope.PLAN else 0
        _resolve(tx, _where(scope, held), held.credits, used=used)
    _write(tx, EntryKind.RELEASE, held, at, lost=held.credits if lost else 0)


def find_hold(tx: Tx, job_id: str) -> Hold:
    """The hold of a job.

    Raises:
        LookupError: There is none.
    """
    row = tx.row(
        "SELECT job_id, guild_id, member_id, month, credits FROM ledger WHERE job_id = :job_id AND kind = 'hold'",
        {"job_id": job_id},
    )
    if row is None:
        raise LookupError(f"job {job_id} holds nothing")
    return Hold(row["job_id"], row["guild_id"], row["member_id"], row["month"], row["credits"])


def member_budget(tx: Tx, guild_id: int, member_id: int, month: Month, limit: int) -> Budget:
    """A member's month in one server."""
    whose = Hold("", guild_id, member_id, str(month), 0)
    return _budget(tx, _where(Scope.MEMBER, whose), limit)


def plan_budget(tx: Tx, month: Month, limit: int) -> Budget:
    """The plan's month, all servers together."""
    return _budget(tx, _where(Scope.PLAN, Hold("", 0, 0, str(month), 0)), limit)


def entries_of_member(tx: Tx, guild_id: int, member_id: int, most: int) -> tuple[Entry, ...]:
    """A member's last movements in one server, the newest first."""
    rows = tx.rows(
        "SELECT ledger.*, jobs.prompt FROM ledger JOIN jobs ON jobs.id = ledger.job_id"
        " WHERE ledger.guild_id = :guild_id AND ledger.member_id = :member_id ORDER BY ledger.id DESC LIMIT :most",
        {"guild_id": guild_id, "member_id": member_id, "most": most},
    )
    return tuple(_entry(row) for row in rows)


def all_entries(tx: Tx) -> tuple[Entry, ...]:
    """The whole ledger, the oldest first."""
    rows = tx.rows("SELECT ledger.*, jobs.prompt FROM ledger JOIN jobs ON jobs.id = ledger.job_id ORDER BY ledger.id")
    return tuple(_entry(row) for row in rows)


def _where(scope: Scope, whose: Hold) -> dict[str, int | str]:
    member = scope is Scope.MEMBER
    return {
        "scope": scope.value,
        "guild_id": whose.guild_id if member else 0,
        "member_id": whose.member_id if member else 0,
        "month": whose.month,
    }


def _resolve(tx: Tx, where: dict[str, int | str], held: int, *, used: int) -> None:
    changed = tx.execute(
        "UPDATE budgets SET held = held - :held, used = used + :used WHERE scope = :scope"
        " AND guild_id = :guild_id AND member_id = :member_id AND month = :month",
        {**where, "held": held, "used": used},
    )
    if changed != 1:
        raise LookupError(f"no budget of {where} holds {held}")


def _budget(tx: Tx, where: dict[str, int | str], limit: int) -> Budget:
    row = tx.row(
        "SELECT used, held FROM budgets WHERE scope = :scope"
        " AND guild_id = :guild_id AND member_id = :member_id AND month = :month",
        where,
    )
    return Budget(limit, row["used"], row["held"]) if row else Budget(limit)


def _write(tx: Tx, kind: EntryKind, of: Hold, at: int, *, lost: int = 0) -> None:
    tx.execute(
        "INSERT INTO ledger (id, at, kind, guild_id, member_id, month, credits, lost, job_id)"
        " VALUES (:id, :at, :kind, :guild_id, :member_id, :month, :credits, :lost, :job_id)",
        {
            "id": f"{at:013}-{secrets.token_hex(8)}",
            "at": at,
            "kind": kind.value,
            "guild_id": of.guild_id,
            "member_id": of.member_id,
            "month": of.month,
            "credits": of.credits,
            "lost": lost,
            "job_id": of.job_id,
        },
    )


def _entry(row: Row) -> Entry:
    return Entry(
        row["at"],
        EntryKind(row["kind"]),
        row["credits"],
        row["lost"],
        row["job_id"],
        row["member_id"],
        row["prompt"],
    )
