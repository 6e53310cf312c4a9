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
    EndReason.CANCELLED_BY_STAFF: "reasons-cancelled-by-staff",
    EndReason.RESOLVED_BY_OPERATOR: "reasons-closed",
    EndReason.STAYED_UNKNOWN: "reasons-stayed-unknown",
    EndReason.DECLINED: "reasons-declined",
    EndReason.APPROVAL_LAPSED: "reasons-approval-lapsed",
    EndReason.SERVER_LEFT: "reasons-server-left",
    EndReason.NOT_OFFERED: "reasons-not-offered",
}

_WITH_UPSTREAM_MESSAGE: Final = (EndReason.UPSTREAM_FAILED, EndReason.REQUEST_REJECTED)
"""For the other reasons, the API's own message tells a member nothing."""


def reason_text(texts: Texts, job: Job) -> str:
    """Explain why a job ended without a movie."""
    reason = job.end_reason or EndReason.UPSTREAM_FAILED
    if job.was_cancelled_on_the_way:
        return texts("reasons-cancelled-in-part")
    if job.decline_reason and reason is EndReason.DECLINED:
        return texts("reasons-declined-because", reason=escape_line(job.decline_reason, 300))
    sentence = texts(_SENTENCES[reason])
    if job.upstream_message and reason in _WITH_UPSTREAM_MESSAGE:
        return texts("reasons-with-message", sentence=sentence, message=escape_line(job.upstream_message, 300))
    return sentence
