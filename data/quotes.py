"""Rows of the offers table: priced requests that can be taken once. Plain functions over an open transaction."""

from __future__ import annotations

from bot.domain.catalogue import AspectRatio
from bot.domain.job import EndReason, JobState
from bot.domain.quote import QUOTE_TTL_MS, Quote, QuoteUnavailable, QuoteUnavailableReason
from bot.domain.request import MovieRequest
from data import jobs
from data.database import Transaction

_KEPT_MS = 24 * 3600 * 1000
"""How long an offer stays in the database: after that its card is simply old."""

_NOT_ACCEPTED = (
    "(accepted_job_id IS NULL OR EXISTS (SELECT 1 FROM jobs WHERE jobs.id = quotes.accepted_job_id"
    f" AND jobs.state = '{JobState.CANCELLED}' AND jobs.end_reason = '{EndReason.RESPONSE_FAILED}'))"
)
"""A job that Discord never confirmed, and that was given back for it, does not count: the offer can be taken again."""


class QuoteUnavailableError(Exception):
    """An offer can't be taken. Raised inside the transaction, so that nothing of the job stays."""

    def __init__(self, stale: QuoteUnavailable) -> None:
        super().__init__(stale.reason)
        self.stale = stale


def insert(tx: Transaction, offer: Quote) -> None:
    """Write a new offer, and let go of those of earlier days."""
    tx.execute("DELETE FROM quotes WHERE created_at < :before", {"before": offer.created_at - _KEPT_MS})
    request = offer.request
    tx.execute(
        "INSERT INTO quotes (id, guild_id, channel_id, member_id, prompt, duration_seconds, video_model, image_model,"
        " aspect_ratio, price_credits, created_at) VALUES (:id, :guild_id, :channel_id, :member_id, :prompt, :seconds,"
        " :video_model, :image_model, :aspect_ratio, :credits, :made_at)",
        {
            "id": offer.id,
            "guild_id": offer.guild_id,
            "channel_id": offer.channel_id,
            "member_id": offer.member_id,
            "prompt": request.prompt,
            "seconds": request.duration_seconds,
            "video_model": request.video_model,
            "image_model": request.image_model,
            "aspect_ratio": request.aspect_ratio.value,
            "credits": offer.price,
            "made_at": offer.created_at,
        },
    )


def find(tx: Transaction, offer_id: str, member_id: int) -> Quote | None:
    """The offer with this id, if it was made to this member."""
    row = tx.fetch_one("SELECT * FROM quotes WHERE id = :id AND member_id = :member_id", _key(offer_id, member_id))
    if row is None:
        return None
    request = MovieRequest(
        row["prompt"], row["duration_seconds"], row["video_model"], row["image_model"], AspectRatio(row["aspect_ratio"])
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


def accept(tx: Transaction, offer_id: str, member_id: int, job_id: str, now: int, *, changed: bool) -> None:
    """Take an offer for a job that was just written: one conditional statement, so it is taken once.

    As it stands only while it is fresh and open; `changed` into something else (by its form) at any time.

    Raises:
        QuoteUnavailableError: It can't be taken.
    """
    taken = tx.execute(
        "UPDATE quotes SET accepted_job_id = :job_id WHERE id = :id AND member_id = :member_id"
        f" AND (:changed OR cancelled_at IS NULL AND created_at >= :fresh) AND {_NOT_ACCEPTED}",
        {**_key(offer_id, member_id), "job_id": job_id, "fresh": now - QUOTE_TTL_MS, "changed": int(changed)},
    )
    if not taken:
        raise QuoteUnavailableError(
            unavailability(tx, offer_id, member_id, now) or QuoteUnavailable(QuoteUnavailableReason.EXPIRED)
        )


def cancel(tx: Transaction, offer_id: str, member_id: int, now: int) -> bool:
    """Close an offer that its member cancels or changes. False: there is a job of it, or it was not theirs."""
    return bool(
        tx.execute(
            "UPDATE quotes SET cancelled_at = COALESCE(cancelled_at, :now)"
            f" WHERE id = :id AND member_id = :member_id AND {_NOT_ACCEPTED}",
            {**_key(offer_id, member_id), "now": now},
        )
    )


def unavailability(tx: Transaction, offer_id: str, member_id: int, now: int) -> QuoteUnavailable | None:
    """Why an offer can't be taken; None: it can."""
    row = tx.fetch_one(
        f"SELECT accepted_job_id, cancelled_at, created_at, {_NOT_ACCEPTED} AS untaken FROM quotes"
        " WHERE id = :id AND member_id = :member_id",
        _key(offer_id, member_id),
    )
    if row is None:
        return QuoteUnavailable(QuoteUnavailableReason.EXPIRED)
    if not row["untaken"]:
        return QuoteUnavailable(QuoteUnavailableReason.ACCEPTED, jobs.find(tx, row["accepted_job_id"]))
    if row["cancelled_at"] is not None:
        return QuoteUnavailable(QuoteUnavailableReason.CANCELLED)
    return QuoteUnavailable(QuoteUnavailableReason.EXPIRED) if row["created_at"] < now - QUOTE_TTL_MS else None


def _key(offer_id: str, member_id: int) -> dict[str, str | int]:
    return {"id": offer_id, "member_id": member_id}
