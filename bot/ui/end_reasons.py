"""Why a job ended without a movie, as its member reads it."""

from __future__ import annotations

from typing import Final

from bot.domain.job import EndReason, Job
from bot.locales.texts import Texts, message_id
from bot.ui.escaping import escape_line

_WITH_UPSTREAM_MESSAGE: Final = (EndReason.UPSTREAM_FAILED, EndReason.REQUEST_REJECTED)
"""For the other reasons, the API's own message tells a member nothing."""


def reason_text(texts: Texts, job: Job) -> str:
    """Explain why a job ended without a movie."""
    reason = job.end_reason or EndReason.UPSTREAM_FAILED
    if job.was_cancelled_on_the_way:
        return texts("reasons-cancelled-in-part")
    if job.decline_reason and reason is EndReason.DECLINED:
        return texts("reasons-declined-because", reason=escape_line(job.decline_reason, 300))
    sentence = texts(message_id("reasons", reason))
    if job.upstream_message and reason in _WITH_UPSTREAM_MESSAGE:
        return texts("reasons-with-message", sentence=sentence, message=escape_line(job.upstream_message, 300))
    return sentence
