"""Rows of the quotes table: priced requests that can be accepted once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.catalogue import AspectRatio
from bot.domain.credits import Limits, Shortfall
from bot.domain.job import EndReason, JobState
from bot.domain.quota import Block
from bot.domain.quote import QUOTE_TTL_MS, Quote, QuotePreview, QuoteUnavailable, QuoteUnavailableReason
from bot.domain.request import MovieRequest
from bot.domain.risk import Refusal
from data import extras, failures, jobs, ledger, limits, risk
from data.accounts import Account
from data.database import Row, Transaction

_KEPT_MS = 24 * 3600 * 1000
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

_NOT_ACCEPTED = (
    "(accepted_job_id IS NULL OR EXISTS (SELECT 1 FROM jobs WHERE jobs.id = quotes.accepted_job_id"
    f" AND jobs.state = '{JobState.CANCELLED}' AND jobs.end_reason = '{EndReason.RESPONSE_FAILED}'))"
)
"""A job that was voided does not count: the member never saw the order accepted."""


def create(
    tx: Transaction, quote: Quote, role_ids: Sequence[int], defaults: Limits
) -> QuotePreview | Shortfall | Refusal | Block:
    """Save a quote that fits the member's credits.

    Return it with their balance, or why it doesn't fit.
    """
    refused = risk.refusal(tx, quote.guild_id, quote.member_id, defaults.risk, quote.created_at)
    if refused is not None:
        return refused
    member_limits, source = limits.resolve_limits(tx, quote.guild_id, quote.member_id, role_ids, defaults)
    account = Account.at(quote.guild_id, quote.member_id, quote.created_at)
    shortfall = ledger.shortfall(tx, account, quote.price, member_limits)
    if shortfall.available < quote.price:
        return shortfall
    excess = None if member_limits.risk is None else risk.exceeded_bound(tx, quote, member_limits.risk, written=False)
    if excess is not None:
        return excess
    save(tx, quote)
    failed = failures.failing_since(tx, quote.member_id, quote.request.prompt) is not None
    return QuotePreview(quote, ledger.balance(tx, account, member_limits, source), failed)


def save(tx: Transaction, quote: Quote) -> None:
    """Write a new quote whether it fits or not.

    Delete those that are too old, and the member's oldest open ones above MAX_OPEN_QUOTES.
    """
    tx.execute("DELETE FROM quotes WHERE created_at < :before", {"before": quote.created_at - _KEPT_MS})
    request = quote.request
    tx.execute(
        "INSERT INTO quotes (id, guild_id, channel_id, member_id, prompt, duration_seconds, video_model, image_model,"
        " aspect_ratio, price_credits, created_at, spoken_language, subtitles, tone) VALUES (:id, :guild_id,"
        " :channel_id, :member_id, :prompt, :duration_seconds, :video_model, :image_model, :aspect_ratio, :price,"
        " :created_at, :spoken_language, :subtitles, :tone)",
        {
            "id": quote.id,
            "guild_id": quote.guild_id,
            "channel_id": quote.channel_id,
            "member_id": quote.member_id,
            "prompt": request.prompt,
            "duration_seconds": request.duration_seconds,
            "video_model": request.video_model,
            "image_model": request.image_model,
            "aspect_ratio": request.aspect_ratio.value,
            "price": quote.price,
            "created_at": quote.created_at,
            **extras.to_columns(request.extras),
        },
    )
    tx.execute(_DELETE_SURPLUS, {"member_id": quote.member_id, "id": quote.id, "limit": MAX_OPEN_QUOTES - 1})


def get(tx: Transaction, quote_id: str, member_id: int, now: int) -> Quote | QuoteUnavailable:
    """Read a member's quote, or why it can't be accepted."""
    row = tx.fetch_one(
        f"SELECT quotes.*, {_NOT_ACCEPTED} AS not_accepted, {_NOT_EXPIRED} AS not_expired FROM quotes"
        " WHERE id = :id AND member_id = :member_id",
        {"id": quote_id, "member_id": member_id, "now": now},
    )
    if row is None:
        return QuoteUnavailable(QuoteUnavailableReason.EXPIRED)
    quote = _from_row(row)
    if not row["not_accepted"]:
        job = jobs.find(tx, row["accepted_job_id"])
        return QuoteUnavailable(QuoteUnavailableReason.ACCEPTED, job, quote)
    if row["cancelled_at"] is not None:
        return QuoteUnavailable(QuoteUnavailableReason.CANCELLED, quote=quote)
    if not row["not_expired"]:
        return QuoteUnavailable(QuoteUnavailableReason.EXPIRED, quote=quote)
    return quote


def accept(
    tx: Transaction, quote_id: str, member_id: int, job_id: str, now: int, *, changed: bool
) -> QuoteUnavailable | None:
    """Accept a quote for a job that was just written.

    Return why it can't be accepted, or None. One conditional statement, so a quote is accepted once. A `changed` quote
    may be cancelled or too old: its member submitted the modal again.
    """
    accepted = tx.execute(
        "UPDATE quotes SET accepted_job_id = :job_id WHERE id = :id AND member_id = :member_id"
        f" AND (:changed = 1 OR (cancelled_at IS NULL AND {_NOT_EXPIRED})) AND {_NOT_ACCEPTED}",
        {
            "id": quote_id,
            "member_id": member_id,
            "job_id": job_id,
            "now": now,
            "changed": int(changed),
        },
    )
    if accepted:
        return None
    found = get(tx, quote_id, member_id, now)
    return found if isinstance(found, QuoteUnavailable) else QuoteUnavailable(QuoteUnavailableReason.EXPIRED)


def created_at(tx: Transaction, quote_id: str) -> int | None:
    """Return when a quote was made.

    None where it is no longer kept.
    """
    row = tx.fetch_one("SELECT created_at FROM quotes WHERE id = :id", {"id": quote_id})
    return row["created_at"] if row else None


def cancel(tx: Transaction, quote_id: str, member_id: int, now: int) -> bool:
    """Cancel a member's quote; idempotent.

    Return False where it has a job or is not theirs.
    """
    cancelled = tx.execute(
        "UPDATE quotes SET cancelled_at = COALESCE(cancelled_at, :now)"
        f" WHERE id = :id AND member_id = :member_id AND {_NOT_ACCEPTED}",
        {"id": quote_id, "member_id": member_id, "now": now},
    )
    return cancelled == 1


def _from_row(row: Row) -> Quote:
    request = MovieRequest(
        row["prompt"],
        row["duration_seconds"],
        row["video_model"],
        row["image_model"],
        AspectRatio(row["aspect_ratio"]),
        extras.from_columns(row["spoken_language"], row["subtitles"], row["tone"]),
    )
    return Quote(
        row["id"],
        row["guild_id"],
        row["channel_id"],
        row["member_id"],
        request,
        row["price_credits"],
        row["created_at"],
    )
