"""Responses to *Cancel* while a movie is being made."""

from __future__ import annotations

import discord

from bot.domain.cancellation import CancelPreview
from bot.domain.job import Job
from bot.locales.texts import Texts
from bot.ui.amounts import format_credits
from bot.ui.components import Button


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
