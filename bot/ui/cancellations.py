"""Responses to *Cancel* while a movie is being made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import discord

from bot.domain.cancellation import CancelPreview, NotCancellable
from bot.domain.job import Job
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.amounts import format_credits
from bot.ui.components import Button
from bot.ui.formatting import format_timestamp

_NOT_OFFERED: Final[Mapping[NotCancellable, MessageId]] = {
    NotCancellable.FINISHED: "buttons-just-finished",
    NotCancellable.NEARLY_FINISHED: "buttons-nearly-finished",
    NotCancellable.ENDED: "buttons-just-ended",
    NotCancellable.NO_ANSWER: "buttons-no-answer",
}


def confirm(texts: Texts, job: Job) -> Button:
    """Cancel the movie, after its member has read what that means."""
    return Button(texts("buttons-cancel-movie-button"), ("cancel-confirm", job.id), discord.ButtonStyle.danger)


def question(texts: Texts, preview: CancelPreview) -> str:
    """Say what a cancellation would cost, and ask."""
    price = format_credits(texts, preview.job.price)
    if preview.charged is None:
        cost = texts("buttons-question-unknown", price=price)
    else:
        spent, refunded = format_credits(texts, preview.spent), format_credits(texts, preview.refunded)
        cost = texts("buttons-question-known", price=price, cost=spent, refunded=refunded)
    return f"{texts('buttons-question')}\n{cost}"


def not_offered(texts: Texts, reason: NotCancellable) -> str:
    """Explain why a rendering movie can't be cancelled now."""
    return texts(_NOT_OFFERED[reason])


def too_often(texts: Texts, retry_at: int) -> str:
    """Ask a member to wait who presses Cancel again and again.

    `retry_at` is UTC epoch milliseconds.
    """
    return texts("buttons-too-many-cancels", time=format_timestamp(retry_at))
