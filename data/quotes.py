"""Rows of the quotes table: priced requests that can be accepted once."""

from __future__ import annotations

from bot.domain.catalogue import Catalogue, VideoModel
from bot.domain.credits import DAY_MS, Month, Shortfall
from bot.domain.delivery import Venue
from bot.domain.jobs import EndReason, Job, JobState
from bot.domain.orders import QUOTE_TTL_MS, Quote, QuotePreview, Snapshot
from bot.domain.refusal import Refused
from bot.domain.text import Wording
from data import jobs, ledger, outbox, pictures, risk
from data.database import Transaction
from data.ledger_entries import Account

_KEPT_MS = DAY_MS
"""How long a quote is kept: until then its member can still change it into another."""

MAX_OPEN_QUOTES = 20
"""Quotes that one member can have open."""

_NOT_EXPIRED = f"created_at >= :now - {QUOTE_TTL_MS}"

_DELETE_SURPLUS = """
DELETE FROM quotes WHERE member_id = :member_id AND accepted_job_id IS NULL AND id <> :id AND id NOT IN (
    SELECT id FROM quotes WHERE member_id = :member_id AND accepted_job_id IS NULL AND id <> :id
    ORDER BY CASE WHEN cancelled_at IS NULL THEN 0 ELSE 1 END, created_at DESC, id DESC LIMIT :limit)
"""
"""Cancelled quotes go first. The new one (`:id`) stays, also where the clock was set back."""

_ROOT = "COALESCE(quotes.root_id, quotes.id)"

_JOB_ID = (
    "(SELECT jobs.id FROM quotes AS accepted JOIN jobs ON jobs.id = accepted.accepted_job_id"
    f" WHERE (accepted.id = {_ROOT} OR accepted.root_id = {_ROOT})"
    f" AND NOT (jobs.state = '{JobState.CANCELLED}' AND jobs.end_reason = '{EndReason.RESPONSE_FAILED}') LIMIT 1)"
)
"""The job that was made of a quote or of one with the same root.

A job that was voided does not count: the member never saw the order accepted.
"""


def offer(
    tx: Transaction, quote: Quote, seen: Snapshot, default_model: VideoModel | None = None
) -> QuotePreview | Shortfall | Refused:
    """Save a quote that fits the member's credits.

    Return it with their balance, or why it doesn't fit.
    """
    assert isinstance(seen.catalogue, Catalogue)  # the quote is valid
    account = Account.at(quote.guild_id, quote.member_id, tx.now)
    balance = ledger.balance(tx, account, seen.limits, seen.allowance)
    shortfall = balance.shortfall(quote.price, Month.containing(tx.now))
    if shortfall.available < quote.price:
        return shortfall
    work = risk.open_work(tx, quote.guild_id, quote.member_id)
    excess = risk.exceeded_bound(tx, work, quote.price, seen.limits.risk, written=False)
    if excess is not None:
        return excess
    save(tx, quote)
    is_failing, free = seen.failing_since is not None, seen.is_on_the_house(quote.price, quote.request.operation)
    return QuotePreview(quote, balance, seen.catalogue, is_failing, default_model, on_the_house=free)


def save(tx: Transaction, quote: Quote) -> None:
    """Write a new quote whether it fits or not.

    Cancel those that it replaces. Delete those that are too old, and the member's oldest open ones above
    MAX_OPEN_QUOTES. Idempotent: two processes that got the same interaction write the same quote. The caller has locked
    the member's preferences, because their data may be erased at the same time.
    """
    tx.execute("DELETE FROM quotes WHERE created_at < :before", {"before": tx.now - _KEPT_MS})
    wording = quote.wording
    values = {
        "id": quote.id,
        "root_id": quote.root_id,
        "guild_id": quote.guild_id,
        "channel_id": quote.channel_id,
        "member_id": quote.member_id,
        "price_credits": quote.price,
        "created_at": quote.created_at,
        "own_prompt": wording and wording.own,
        "base_prompt": wording and wording.base,
        "improvement": wording and wording.improvement,
        "style": wording and wording.style,
        **jobs.to_columns(quote.request),
    }
    written = tx.insert("quotes", values, ignore="id")
    if written and quote.root_id is not None:
        tx.execute(
            "UPDATE quotes SET cancelled_at = :now WHERE (id = :root_id OR root_id = :root_id)"
            " AND member_id = :member_id AND id <> :id AND cancelled_at IS NULL",
            {"root_id": quote.root_id, "member_id": quote.member_id, "id": quote.id, "now": tx.now},
        )
        pictures.forget(tx, "quotes WHERE (id = :id OR root_id = :id)", {"id": quote.root_id})
    tx.execute(_DELETE_SURPLUS, {"member_id": quote.member_id, "id": quote.id, "limit": MAX_OPEN_QUOTES - 1})


def get(tx: Transaction, quote_id: str, member_id: int) -> Quote | Refused:
    """Read a member's quote, or why it can't be accepted."""
    row = tx.fetch_one(
        f"SELECT quotes.*, {_JOB_ID} AS job_id, {_NOT_EXPIRED} AS not_expired FROM quotes"
        " WHERE id = :id AND member_id = :member_id",
        {"id": quote_id, "member_id": member_id, "now": tx.now},
    )
    if row is None:
        return Refused("quotes-expired")
    quote = Quote(
        row["id"],
        row["guild_id"],
        row["channel_id"],
        row["member_id"],
        jobs.request_from_row(row),
        row["price_credits"],
        row["created_at"],
        row["root_id"],
        None
        if row["own_prompt"] is None
        else Wording(row["own_prompt"], row["base_prompt"], row["improvement"], row["style"]),
    )
    if row["job_id"] is not None:
        return _already_ordered(tx, jobs.get(tx, row["job_id"]))
    if row["cancelled_at"] is not None:
        return Refused("quotes-replaced", {"quote": quote})
    if not row["not_expired"]:
        return Refused("quotes-expired", {"quote": quote})
    return quote


def _already_ordered(tx: Transaction, job: Job) -> Refused:
    """Refuse a quote that has a job, with the message about that."""
    message = outbox.message_about(tx, job)
    if message is None:
        return Refused("quotes-already-ordered", {"job": job})
    guild_id = None if message.venue is Venue.DIRECT else job.guild_id
    return Refused("quotes-already-ordered-there", {"job": job, "link": (guild_id, message)})


def accept(tx: Transaction, quote_id: str, member_id: int, job_id: str) -> Refused | None:
    """Accept a quote for a job that was just written.

    Return why it can't be accepted, or None. One conditional statement, so a quote is accepted once. The caller has
    locked the member's preferences, so two quotes with the same root are not accepted at once.
    """
    accepted = tx.execute(
        "UPDATE quotes SET accepted_job_id = :job_id WHERE id = :id AND member_id = :member_id"
        f" AND cancelled_at IS NULL AND {_NOT_EXPIRED} AND {_JOB_ID} IS NULL",
        {"id": quote_id, "member_id": member_id, "job_id": job_id, "now": tx.now},
    )
    if accepted:
        return None
    found = get(tx, quote_id, member_id)
    return found if isinstance(found, Refused) else Refused("quotes-expired")


def cancel(tx: Transaction, quote_id: str, member_id: int) -> bool:
    """Cancel a member's quote; idempotent.

    Return False where it has a job or is not theirs.
    """
    cancelled = tx.execute(
        "UPDATE quotes SET cancelled_at = COALESCE(cancelled_at, :now)"
        f" WHERE id = :id AND member_id = :member_id AND {_JOB_ID} IS NULL",
        {"id": quote_id, "member_id": member_id, "now": tx.now},
    )
    if cancelled:
        pictures.forget(tx, "quotes WHERE id = :id", {"id": quote_id})
    return cancelled == 1
