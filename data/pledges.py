"""Pledges: what each member holds for a pitch, with its entries in the ledger.

A pledge holds its member's own budgets only, as a hold does: the allowance first, then the extra credits. It is
returned, lapses, or becomes a hold of the pitch's movie. The server's and the plan's budgets are held only then, so
that no idle pitch keeps others from ordering.

The pitch's row is locked before them, but by `end_funded`: what pays for a job changes only with the job's end.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from bot.domain.credits import BudgetScope, EntryType, Limits
from bot.domain.jobs import Job
from bot.domain.message import MessageKind
from bot.domain.orders import OrderContext
from bot.domain.pitches import PAYING, Pitch, PitchEndReason, Pledge, PledgeState
from bot.domain.preferences import DeliveryTarget
from data import blocks, budgets, ledger_entries, messages, preferences
from data.database import Params, Row, Transaction
from data.engine import move_record
from data.jobs import sql_list
from data.ledger_entries import Account, Hold

_ONE: Final = "pitch_id = :pitch_id AND member_id = :member_id"

_ADD: Final = """
INSERT INTO pledges (pitch_id, member_id, guild_id, month, allowance, extra, state, created_at, member_language,
    interaction_id)
VALUES (:pitch_id, :member_id, :guild_id, :month, :allowance, :extra, 'open', :now, :language, :interaction_id)
ON CONFLICT (pitch_id, member_id) DO UPDATE SET month = :month,
    allowance = CASE pledges.state WHEN 'open' THEN pledges.allowance ELSE 0 END + :allowance,
    extra = CASE pledges.state WHEN 'open' THEN pledges.extra ELSE 0 END + :extra,
    created_at = CASE pledges.state WHEN 'open' THEN pledges.created_at ELSE :now END,
    state = 'open', spent = 0, ended_at = NULL, member_language = :language, interaction_id = :interaction_id
"""

_BLOCKED: Final = f"""
state = 'open' AND EXISTS (SELECT 1 FROM member_blocks
    WHERE member_blocks.guild_id IN (pledges.guild_id, {blocks.EVERYWHERE})
    AND member_blocks.member_id = pledges.member_id AND {blocks.ACTIVE})
"""


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def find(
    tx: Transaction, pitch_id: str | None, member_id: int, states: Collection[PledgeState] = tuple(PledgeState)
) -> Pledge | None:
    """Return a member's pledge in a pitch, if it is in one of these states. Without a pitch, there is none."""
    found = _read(tx, f"member_id = :member_id AND state IN {sql_list(states)}", pitch_id, {"member_id": member_id})
    return next(iter(found), None)


def is_own(tx: Transaction, pitch: Pitch, member_id: int) -> bool:
    """Return whether a member made a pitch, or pays for it."""
    return pitch.member_id == member_id or find(tx, pitch.id, member_id, PAYING) is not None


def open_ones(tx: Transaction, pitch_id: str) -> list[Pledge]:
    """Return a pitch's open pledges by member: the order of locks."""
    return _read(tx, "state = 'open'", pitch_id)


def of_blocked(tx: Transaction, pitch_id: str) -> list[Pledge]:
    """Return the open pledges of members who are blocked, by member."""
    return _read(tx, _BLOCKED, pitch_id, {"now": tx.now})


def payers(tx: Transaction, pitch_id: str | None) -> list[Pledge]:
    """Return who pays or paid for a pitch's movie, the first pledge first. Without a pitch, that is nobody."""
    return sorted(_read(tx, f"state IN {sql_list(PAYING)}", pitch_id), key=lambda each: each.created_at)


def other_payers(tx: Transaction, pitch_id: str, member_id: int) -> list[int]:
    """Return who else pays or paid for a pitch's movie, without those whose data is erased."""
    return [each.member_id for each in payers(tx, pitch_id) if each.member_id > 0 and each.member_id != member_id]


def _read(tx: Transaction, condition: str, pitch_id: str | None, params: Params | None = None) -> list[Pledge]:
    sql = f"SELECT * FROM pledges WHERE pitch_id = :pitch_id AND {condition} ORDER BY member_id"
    return tx.fetch_all_as(_from_row, sql, {**(params or {}), "pitch_id": pitch_id})


def _from_row(row: Row) -> Pledge:
    return Pledge(
        pitch_id=row["pitch_id"],
        guild_id=row["guild_id"],
        member_id=row["member_id"],
        month=row["month"],
        allowance=row["allowance"],
        extra=row["extra"],
        state=PledgeState(row["state"]),
        created_at=row["created_at"],
        interaction_id=row["interaction_id"],
        spent=row["spent"],
    )


# ── holding and returning ────────────────────────────────────────────────────────────────────────────────────────────


def add(tx: Transaction, pitch: Pitch, context: OrderContext, amount: int, limits: Limits) -> Pledge | None:
    """Hold credits for a pitch, in a member's pledge.

    None where they do not suffice: the caller rolls back to its savepoint.

    Raises:
        DatabaseMoved: The rows are in another database.
    """
    account = Account.at(context.guild_id, context.member_id, tx.now)
    parts = budgets.hold_of_member(tx, account, amount, limits)
    if parts is None:
        return None
    allowance, extra = parts
    ledger_entries.insert(tx, EntryType.PLEDGE, account, tx.now, allowance=allowance, extra=extra, pitch_id=pitch.id)
    move_record.reject_moved(tx)
    tx.execute(
        _ADD,
        {
            "pitch_id": pitch.id,
            "member_id": account.member_id,
            "guild_id": account.guild_id,
            "month": account.month,
            "allowance": allowance,
            "extra": extra,
            "now": tx.now,
            "language": context.member_language,
            "interaction_id": context.interaction_id,
        },
    )
    return find(tx, pitch.id, account.member_id)


def give_back(
    tx: Transaction, pledge: Pledge, allowance: int, extra: int, state: PledgeState, *, taken_back: bool = False
) -> None:
    """Return a part of an open pledge to its sources and month.

    It ends in `state` if nothing is left, and keeps its amounts then, for the record. `taken_back`: by its member,
    which counts as a cancellation.
    """
    account = Account(pledge.guild_id, pledge.member_id, pledge.month)
    budgets.settle(tx, BudgetScope.MEMBER, account, allowance, used=0)
    budgets.settle(tx, BudgetScope.EXTRA, account, extra, used=0)
    _record_end(tx, pledge, allowance, extra, taken_back=taken_back)
    is_over = pledge.credits == allowance + extra
    tx.execute(
        f"UPDATE pledges SET allowance = :allowance, extra = :extra, state = :state, ended_at = :ended_at WHERE {_ONE}",
        {
            "pitch_id": pledge.pitch_id,
            "member_id": pledge.member_id,
            "allowance": pledge.allowance if is_over else pledge.allowance - allowance,
            "extra": pledge.extra if is_over else pledge.extra - extra,
            "state": state if is_over else pledge.state,
            "ended_at": tx.now if is_over else None,
        },
    )


def record_press(tx: Transaction, pledge: Pledge, interaction_id: int) -> None:
    """Record a press, so that its repeat changes nothing."""
    tx.execute(
        f"UPDATE pledges SET interaction_id = :interaction_id WHERE {_ONE}",
        {"pitch_id": pledge.pitch_id, "member_id": pledge.member_id, "interaction_id": interaction_id},
    )


def pay_for(tx: Transaction, job: Job, paying: Sequence[Pledge], limits: Limits) -> bool:
    """Turn a pitch's open pledges into the holds of its job; the server's and the plan's budgets hold the same.

    The members' own budgets stay as they are. Their allowances are of this month. False where the server or the plan
    has too little left: the caller rolls back to its savepoint.

    Raises:
        DatabaseMoved: The rows are in another database.
    """
    tx.execute("UPDATE pledges SET state = 'funded' WHERE pitch_id = :id AND state = 'open'", {"id": job.pitch_id})
    for each in paying:
        _record_end(tx, each, each.allowance, each.extra)
        ledger_entries.insert(
            tx,
            EntryType.HOLD,
            Account.at(each.guild_id, each.member_id, tx.now),
            tx.now,
            allowance=each.allowance,
            extra=each.extra,
            job_id=job.id,
            pitch_id=each.pitch_id,
        )
    move_record.reject_moved(tx)  # before the rows for which other orders wait
    account, total = Account.at(job.guild_id, 0, tx.now), sum(each.credits for each in paying)
    if not budgets.hold(tx, BudgetScope.SERVER, account, total, limits.managers):
        return False
    of_server = {"guild_id": account.guild_id, "month": account.month, "limit": limits.server}
    is_within = limits.server is None or tx.fetch_value(f"SELECT {budgets.WITHIN_OPERATOR_LIMIT}", of_server)
    return bool(is_within) and budgets.hold(tx, BudgetScope.PLAN, account, total, limits.plan)


def _record_end(tx: Transaction, pledge: Pledge, allowance: int, extra: int, *, taken_back: bool = False) -> None:
    ledger_entries.insert(
        tx,
        EntryType.UNPLEDGE,
        Account(pledge.guild_id, pledge.member_id, pledge.month),
        tx.now,
        allowance=allowance,
        extra=extra,
        pitch_id=pledge.pitch_id,
        taken_back=taken_back,
    )


def end_funded(tx: Transaction, held: Hold, spent: int, *, made: bool, late: bool = False) -> None:
    """End the pledge behind a hold, and tell its member.

    `spent` of it was captured, and the rest returned. Nothing where the hold has no pledge. `made`: there is a movie.
    Those who are mentioned with it read no notice. `late`: the allowance in it was returned as extra credits.
    """
    if held.pitch_id is None:
        return
    pitch_id, member_id = held.pitch_id, held.account.member_id
    state = PledgeState.SPENT if spent else PledgeState.RETURNED
    tx.execute(
        f"UPDATE pledges SET state = :state, spent = :spent, ended_at = :now WHERE {_ONE} AND state = 'funded'",
        {"pitch_id": pitch_id, "member_id": member_id, "state": state, "spent": spent, "now": tx.now},
    )
    if member_id < 0:  # their data is erased
        return
    pledge = (pitch_id, member_id, held.account.guild_id)
    if not made:
        reason = PitchEndReason.JOB_ENDED_LATE if late else PitchEndReason.JOB_ENDED
        messages.announce(tx, MessageKind.RETURNED, *pledge, credits=held.credits - spent, reason=reason)
    elif not _is_mentioned(tx, held.job_id, member_id):
        messages.announce(tx, MessageKind.MADE, *pledge, credits=spent, once=True)


def announce(
    tx: Transaction,
    pledge: Pledge,
    kind: MessageKind,
    credits: int,
    reason: PitchEndReason | None = None,
    *,
    delay_ms: int = 0,
    once: bool = False,
) -> None:
    """Tell a pledge's member what became of it."""
    of_member = (pledge.pitch_id, pledge.member_id, pledge.guild_id)
    messages.announce(tx, kind, *of_member, credits=credits, reason=reason, delay_ms=delay_ms, once=once)


def _is_mentioned(tx: Transaction, job_id: str, member_id: int) -> bool:
    """Return whether the movie's message mentions a member.

    It mentions its maker and its followers: not who wants direct messages, and not who came after the last that fits.
    """
    if preferences.get(tx, member_id).delivery_target is DeliveryTarget.DIRECT_MESSAGE:
        return False
    mentioned = tx.fetch_one(
        "SELECT 1 FROM jobs WHERE id = :job_id AND member_id = :member_id"
        " UNION ALL SELECT 1 FROM followers WHERE job_id = :job_id AND member_id = :member_id",
        {"job_id": job_id, "member_id": member_id},
    )
    return mentioned is not None
