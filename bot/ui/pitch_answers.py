"""What a member privately reads after a press of a pitch's button."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.domain.credits import BudgetScope, Month, Shortfall
from bot.domain.pitch import (
    Ended,
    Funded,
    Pitch,
    Pledge,
    Pledged,
    Waiting,
)
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui import pitches
from bot.ui.amounts import format_credits
from bot.ui.formatting import format_timestamp

_NEVER_FITS: Final[Mapping[BudgetScope, MessageId]] = {
    BudgetScope.SERVER: "pitch-never-fits-server",
    BudgetScope.QUEUED: "pitch-never-fits-queue",
}


def chipped_in(texts: Texts, outcome: Pledged | Funded | Waiting | Ended) -> str:
    """Say what a press of *Chip in* led to."""
    match outcome:
        case Pledged(pitch, pledge, added):
            pledged = texts(
                "pitch-pledged",
                share=format_credits(texts, added),
                mine=format_credits(texts, pledge.credits),
                missing=format_credits(texts, pitch.missing),
            )
            return _lines(pledged, _month_ends(texts, pitch, pledge))
        case Funded(job=job, added=added) if job.awaits_approval:
            return texts("pitch-completed-approval", share=format_credits(texts, added))
        case Funded(added=added):
            return texts("pitch-completed", share=format_credits(texts, added))
        case Waiting(pitch, pledge, added):
            completed = texts("pitch-completed-waiting", share=format_credits(texts, added))
            return _lines(completed, pitches.status(texts, pitch), _month_ends(texts, pitch, pledge))
        case Ended(pitch):
            return pitches.over(texts, pitch)


def _month_ends(texts: Texts, pitch: Pitch, pledge: Pledge | None) -> str:
    """Say that pledged allowance lapses, where the pitch outlives its month."""
    month = None if pledge is None or not pledge.allowance else Month.parse(pledge.month)
    if pledge is None or month is None or pitch.ends_at <= month.ends_at:
        return ""
    return texts("pitch-month-ends", credits=pledge.allowance, time=format_timestamp(month.ends_at))


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def shortfall(texts: Texts, short: Shortfall) -> str:
    """Say what the member has left, and when their credits reset."""
    return texts(
        "pitch-shortfall",
        price=format_credits(texts, short.required),
        left=format_credits(texts, short.available),
        time=format_timestamp(short.resets_at),
    )


def taken_back(texts: Texts, outcome: Pledged) -> str:
    """Confirm that credits came back."""
    missing = format_credits(texts, outcome.pitch.missing)
    return texts("pitch-taken-back", share=format_credits(texts, -outcome.added), missing=missing)


def handled(texts: Texts, pledge: Pledge | None) -> str:
    """Say that a press was handled before.

    And what the member holds now.
    """
    return texts("pitch-handled", mine=format_credits(texts, 0 if pledge is None else pledge.credits))


def never_fits(texts: Texts, short: Shortfall) -> str:
    """Say that no month's budget can pay for a pitch.

    The operator's plan is not named in figures.
    """
    price = format_credits(texts, short.required)
    if short.scope not in _NEVER_FITS:
        return texts("pitch-never-fits-bot", price=price)
    return texts(_NEVER_FITS[short.scope], price=price, left=format_credits(texts, short.available))
