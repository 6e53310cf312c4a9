"""Why a job ended without a movie, as its member reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.domain.job import EndReason, Job
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.escaping import escape_line

_SENTENCES: Final[Mapping[EndReason, MessageId]] = {
    EndReason.UPSTREAM_FAILED: "reasons-failed",
    EndReason.UPSTREAM_LOST_JOB: "reasons-lost",
    EndReason.REQUEST_REJECTED: "reasons-rejected",
    EndReason.AUTHENTICATION_FAILED: "reasons-key-rejected",
    EndReason.MODEL_REFUSED: "reasons-model-refused",
    EndReason.WRONG_API: "reasons-service-changed",
    EndReason.CREDITS_RAN_OUT: "reasons-credits-ran-out",
    EndReason.KEY_LIMIT_REACHED: "reasons-key-limit",
    EndReason.PLAN_EXHAUSTED: "reasons-no-credits",
    EndReason.RATE_LIMITED: "reasons-busy",
    EndReason.UNREACHABLE: "reasons-unreachable",
    EndReason.RESPONSE_FAILED: "reasons-unconfirmed",
    EndReason.CANCELLED_BY_MEMBER: "reasons-cancelled",
    EndReason.RESOLVED_BY_OPERATOR: "reasons-closed",
}

_WITH_UPSTREAM_MESSAGE: Final = (EndReason.UPSTREAM_FAILED, EndReason.REQUEST_REJECTED)
"""For the other reasons, the API's own message tells a member nothing."""


def reason_text(texts: Texts, job: Job) -> str:
    """Explain why a job ended without a movie."""
    reason = job.end_reason or EndReason.UPSTREAM_FAILED
    if job.was_cancelled_on_the_way:
        return texts("reasons-cancelled-in-part")
    sentence = texts(_SENTENCES[reason])
    if job.upstream_message and reason in _WITH_UPSTREAM_MESSAGE:
        return texts("reasons-with-message", sentence=sentence, message=escape_line(job.upstream_message, 300))
    return sentence


def operator_notified(texts: Texts) -> str:
    """Say that the bot's operator knows of it."""
    return texts("reasons-operator-notified")
