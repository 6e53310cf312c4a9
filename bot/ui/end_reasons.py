"""Why a job ended without a movie, as its member reads it."""

from __future__ import annotations

from typing import Final

from bot.domain.job import EndReason, Job
from bot.ui.escaping import escape_line

OPERATOR_NOTIFIED: Final = "The people who run this bot have been notified."

_SENTENCES: Final = {
    EndReason.UPSTREAM_FAILED: "The movie service could not finish this movie.",
    EndReason.UPSTREAM_LOST_JOB: "The movie service has lost track of this movie.",
    EndReason.REQUEST_REJECTED: "The movie service did not accept this request.",
    EndReason.AUTHENTICATION_FAILED: f"The movie service did not accept this bot's key. {OPERATOR_NOTIFIED}",
    EndReason.MODEL_REFUSED: (
        f"The movie service does not take this model right now, so choose another one. {OPERATOR_NOTIFIED}"
    ),
    EndReason.WRONG_API: f"The movie service has changed, and this bot has to be adjusted to it. {OPERATOR_NOTIFIED}",
    EndReason.CREDITS_RAN_OUT: (
        f"This bot's plan at the movie service ran out while the movie was being made. {OPERATOR_NOTIFIED}"
    ),
    EndReason.KEY_LIMIT_REACHED: f"This bot has reached its monthly limit at the movie service. {OPERATOR_NOTIFIED}",
    EndReason.PLAN_EXHAUSTED: f"This bot's plan at the movie service is used up. {OPERATOR_NOTIFIED}",
    EndReason.RATE_LIMITED: "The movie service is too busy to take another movie. Try again in a few minutes.",
    EndReason.UNREACHABLE: "The movie service could not be reached for an hour. Try again later.",
    EndReason.RESOLVED_BY_OPERATOR: (
        "The movie service never confirmed this movie, so the people who run this bot have ended it."
    ),
    EndReason.RESPONSE_FAILED: "The order was not confirmed in time, so the movie was never started.",
    EndReason.CANCELLED_BY_MEMBER: "It was cancelled while it was waiting, so it was never started.",
}

_CANCELLED_ON_THE_WAY: Final = (
    "It was cancelled while it was being made. What the movie service had finished stays paid."
)

_WITH_UPSTREAM_MESSAGE: Final = (EndReason.UPSTREAM_FAILED, EndReason.REQUEST_REJECTED)
"""For the other reasons, the API's own message tells a member nothing."""


def reason_text(job: Job) -> str:
    """Explain why a job ended without a movie."""
    reason = job.end_reason or EndReason.UPSTREAM_FAILED
    if job.was_cancelled_on_the_way:
        return _CANCELLED_ON_THE_WAY
    sentence = _SENTENCES[reason]
    if job.upstream_message and reason in _WITH_UPSTREAM_MESSAGE:
        return f"{sentence} It said: “{escape_line(job.upstream_message, 300)}”"
    return sentence
