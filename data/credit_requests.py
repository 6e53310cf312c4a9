"""Rows of the credit_requests table: requests for more credits, and their answers.

Where a request row is locked, that is before balances and the audit log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.domain.credit_request import (
    Answer,
    AskOption,
    CreditRequest,
    RequestState,
    credits_to_ask,
)
from bot.domain.credits import DAY_MS, BudgetScope, day_of, day_starts_at
from bot.domain.delivery import PostedMessage
from bot.domain.message import MessageKind
from bot.domain.quota import AuditAction, AuditContext, AuditEvent
from bot.domain.refusal import RefusalCode, Refused
from bot.domain.text import Language, language_of
from data import (
    account_queries,
    audit_log,
    blocks,
    budgets,
    erased_members,
    gifts,
    ledger,
    messages,
    preferences,
    risk,
    server_setup,
)
from data.database import Row, Transaction
from data.engine.rows import generate_row_id
from data.erased_members import EventKind
from data.ledger_entries import Account

ANSWER_DELAY_MS: Final = 3_000
"""How long after a decision the member is told.

If that fails, the request's message says so. Discord accepts the response to the manager's press for three seconds; a
later one would replace that text.
"""


def ask_option(tx: Transaction, guild_id: int, member_id: int, price: int) -> AskOption:
    """Return how a member gets more credits for a price. They ask once a day."""
    return AskOption.NO_HELP if _has_asked(tx, guild_id, member_id) else _option(tx, guild_id, price)


def _option(tx: Transaction, guild_id: int, price: int) -> AskOption:
    if _budget_obstacle(tx, guild_id, price) is not None:
        return AskOption.NO_HELP
    return AskOption.ASK if audit_log.has_open_channel(tx, guild_id) else AskOption.NO_CHANNEL


def ask(
    tx: Transaction,
    price: int,
    *,
    by: AuditContext,
    channel_id: int,
    role_ids: Sequence[int],
    language: Language,
    parent_channel_id: int | None = None,
    age_restricted: bool = False,
) -> CreditRequest | Refused:
    """Request what the member lacks for a price.

    They may do so once a day in each server, and where nothing else keeps them from ordering. A request that is still
    open is replaced: only one of them can be granted. `parent_channel_id` is a thread's, `age_restricted`
    Discord's flag of the channel or of a thread's parent.

    Raises:
        DuplicateInteraction: The interaction has made its request already.
    """
    guild_id, member_id = by.guild_id, by.actor_id
    preferences.lock(tx, member_id)
    setup = server_setup.get(tx, guild_id)
    refused = setup.refusal((channel_id, parent_channel_id), role_ids, age_restricted=age_restricted) or risk.refusal(
        tx, guild_id, member_id, tx.policy.limits.risk, recall=True
    )
    if refused is not None:
        return refused
    balance = account_queries.balance(tx, guild_id, member_id, role_ids)
    if price <= balance.member_available:
        return Refused("requests-enough")
    option = _option(tx, guild_id, price)
    if option is not AskOption.ASK:
        return Refused("requests-no-help" if option is AskOption.NO_HELP else "requests-no-channel")
    request_id, credits = generate_row_id(tx.now), credits_to_ask(price - balance.member_available)
    values = {
        "id": request_id,
        "guild_id": guild_id,
        "channel_id": channel_id,
        "member_id": member_id,
        "day": day_of(tx.now),
        "credits": credits,
        "price_credits": price,
        "member_language": language,
        "state": RequestState.OPEN,
        "created_at": tx.now,
    }
    has_asked = _has_asked(tx, guild_id, member_id)
    if has_asked or not tx.insert("credit_requests", values, ignore="guild_id, member_id, day"):
        audit_log.require_new(tx, by)
        return Refused("requests-asked-today", {"time": day_starts_at(tx.now) + DAY_MS})
    tx.execute(
        "UPDATE credit_requests SET state = 'replaced'"
        " WHERE state = 'open' AND guild_id = :guild_id AND member_id = :member_id AND id <> :id",
        values,
    )
    audit_log.record(tx, AuditEvent(by, AuditAction.REQUEST_CREDITS, member_id, credits), entry_id=request_id)
    request = find(tx, request_id)
    assert request is not None
    return request


def answer(
    tx: Transaction, request_id: str, *, grant: bool, message: PostedMessage, by: AuditContext
) -> Answer | Refused:
    """Grant or decline a request, if it is open.

    The grant, its ledger entry and the request's state are one transaction.

    Raises:
        DuplicateInteraction: The interaction has answered it already.
    """
    request = _locked(tx, request_id, by.guild_id)
    if request is None:
        return Refused("requests-unknown")
    audit_log.require_new(tx, by)
    if request.state is not RequestState.OPEN:
        return Answer(request, counted=False)
    if request.has_lapsed(tx.now):
        tx.execute("UPDATE credit_requests SET state = 'lapsed' WHERE id = :id", {"id": request_id})
        return Answer(replace(request, state=RequestState.LAPSED), counted=False)
    if grant:
        obstacle = _obstacle(tx, request)
        if obstacle is not None:
            return obstacle
        gifts.grant(tx, request.member_id, request.credits, by=by)
    else:
        audit_log.record(tx, AuditEvent(by, AuditAction.DECLINE_CREDITS, request.member_id, request.credits))
    state = RequestState.GRANTED if grant else RequestState.DECLINED
    tx.execute(
        "UPDATE credit_requests SET state = :state, decided_by = :decided_by, decided_at = :now,"
        " log_channel_id = :channel_id, log_message_id = :message_id WHERE id = :id",
        {
            "id": request_id,
            "state": state,
            "decided_by": by.actor_id,
            "now": tx.now,
            "channel_id": message.channel_id,
            "message_id": message.message_id,
        },
    )
    messages.announce(tx, MessageKind.ANSWER, request_id, request.member_id, request.guild_id, delay_ms=ANSWER_DELAY_MS)
    return Answer(replace(request, state=state, decided_by=by.actor_id, message=message), counted=True)


def mark_unposted(tx: Transaction, guild_id: int) -> None:
    """End a server's requests that were not posted, and will not be.

    Their members are told.
    """
    ended = tx.fetch_all(
        "UPDATE credit_requests SET state = 'unposted' WHERE state = 'open' AND guild_id = :guild_id"
        " AND id IN (SELECT id FROM audit_log WHERE guild_id = :guild_id AND is_pending = 1)"
        " RETURNING id, member_id",
        {"guild_id": guild_id},
    )
    for row in ended:
        messages.announce(tx, MessageKind.ANSWER, row["id"], row["member_id"], guild_id)


def find(tx: Transaction, request_id: str) -> CreditRequest | None:
    """Read a request."""
    return tx.fetch_as(
        _from_row,
        "SELECT credit_requests.*, COALESCE(guild_settings.chosen_language, guild_settings.language) AS language,"
        " EXISTS (SELECT 1 FROM messages WHERE subject_id = credit_requests.id AND kind = 'answer'"
        " AND status = 'undeliverable') AS untold FROM credit_requests"
        " LEFT JOIN guild_settings ON guild_settings.guild_id = credit_requests.guild_id"
        " WHERE credit_requests.id = :id",
        {"id": request_id},
    )


def _from_row(row: Row) -> CreditRequest:
    message_id = row["log_message_id"]
    return CreditRequest(
        id=row["id"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        member_id=row["member_id"],
        credits=row["credits"],
        price=row["price_credits"],
        state=RequestState(row["state"]),
        created_at=row["created_at"],
        member_language=language_of(row["member_language"]),
        server_language=language_of(row["language"]),
        decided_by=row["decided_by"],
        message=None if message_id is None else PostedMessage(row["log_channel_id"], message_id),
        untold=bool(row["untold"]),
    )


def _has_asked(tx: Transaction, guild_id: int, member_id: int) -> bool:
    """Return whether a member has asked today, also before they erased their data."""
    asked = "SELECT 1 FROM credit_requests WHERE guild_id = :guild_id AND member_id = :member_id AND day = :day"
    today = day_of(tx.now)
    by_index = {"guild_id": guild_id, "member_id": member_id, "day": today}  # the member alone has none
    if tx.fetch_one(asked, by_index) is not None:
        return True
    before = erased_members.moments(tx, member_id, EventKind.CREDIT_REQUEST, guild_id, own=False)
    return today in map(day_of, before)


def _locked(tx: Transaction, request_id: str, guild_id: int) -> CreditRequest | None:
    """Lock a request of a server, after its member, and read it."""
    of_server = {"id": request_id, "guild_id": guild_id}
    asking = "SELECT member_id FROM credit_requests WHERE id = :id AND guild_id = :guild_id"
    member_id = tx.fetch_value(asking, of_server)
    if member_id is None:
        return None
    preferences.lock(tx, member_id)
    # apart from the join: PostgreSQL does not lock the nullable side of one
    tx.fetch_one(f"SELECT 1 FROM credit_requests WHERE id = :id{tx.for_update}", of_server)
    return find(tx, request_id)


def _obstacle(tx: Transaction, request: CreditRequest) -> Refused | None:
    """Return why credits would not help the member now, if so."""
    block, member = blocks.active_block(tx, request.guild_id, request.member_id), {"member": request.member_id}
    if block is not None:
        return Refused("requests-blocked-everywhere" if block.everywhere else "requests-blocked", member)
    short = _budget_obstacle(tx, request.guild_id, request.price)
    return None if short is None else Refused(short, member)


def _budget_obstacle(tx: Transaction, guild_id: int, price: int) -> RefusalCode | None:
    """Return which budget besides the member's is too small for a price.

    Nothing is locked: a hold decides itself what it may spend.
    """
    limits, _ = budgets.resolve_limits(tx, guild_id, 0, ())
    account, managers = Account.at(guild_id, 0, tx.now), limits.managers
    if managers is not None and budgets.get(tx, BudgetScope.SERVER, account, managers).available < price:
        return "requests-server-budget"
    available = ledger.shared_shortfall(tx, account, price, limits).available
    if limits.risk is not None:
        available = min(available, limits.risk.queued_credits)
    return "requests-operator-limit" if available < price else None
