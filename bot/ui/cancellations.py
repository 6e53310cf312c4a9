"""Responses to *Cancel* while a movie is being made."""

from __future__ import annotations

import discord

from bot.domain.cancellation import CancelOffer, NotCancellable
from bot.domain.job import Job
from bot.ui.components import Button
from bot.ui.formatting import format_credits, format_timestamp


def confirm(job: Job) -> Button:
    """Cancel the movie, after its member has read what that means."""
    return Button("Cancel the movie", ("cancel-confirm", job.id), discord.ButtonStyle.danger)


def offer(offered: CancelOffer) -> str:
    """Say what a cancellation would cost, and ask."""
    price = format_credits(offered.job.price)
    if offered.charged is None:
        cost = (
            "The movie service does not say what it has charged so far. The steps that it has finished stay charged, "
            f"up to the price of **{price}**. The rest is refunded."
        )
    else:
        cost = (
            f"The steps that are finished stay charged: **{format_credits(offered.spent)}** so far will be spent, and "
            f"**{format_credits(offered.refunded)}** refunded. If another step finishes before it stops, that is "
            f"charged, too, up to the price of {price}."
        )
    return f"**Cancel this movie?**\n{cost}"


def requested() -> str:
    """Confirm that the movie is being cancelled."""
    return (
        "Cancelling your movie. You'll get a message that says what was spent and refunded. If it turns out to be "
        "finished already, you get the movie."
    )


def not_offered(reason: NotCancellable) -> str:
    """Explain why a rendering movie can't be cancelled now."""
    match reason:
        case NotCancellable.FINISHED:
            return "It was just finished, so it can't be cancelled. You'll get it in a moment."
        case NotCancellable.NEARLY_FINISHED:
            return (
                "It may be finished at any moment, so it can't be cancelled any more. You'll get it when it is ready."
            )
        case NotCancellable.ENDED:
            return "It has just ended. You'll get a message about it in a moment."
        case NotCancellable.NO_ANSWER:
            return (
                "The movie service does not answer right now, so nothing was cancelled. Please try again in a minute."
            )


def too_often(retry_at: int) -> str:
    """Ask a member to wait who presses Cancel again and again.

    `retry_at` is UTC epoch milliseconds.
    """
    return f"You pressed Cancel several times. You can press it again {format_timestamp(retry_at)}."
