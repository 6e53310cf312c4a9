"""Why an order is refused whatever credits there are, and what the member can do."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import discord

from bot.domain.risk import Refusal, RefusalReason
from bot.ui.formatting import NEUTRAL, format_timestamp

_NOTHING_SPENT = "Nothing was spent."


def refusal_embed(refusal: Refusal) -> discord.Embed:
    """Say why nothing was ordered, and when it is possible again."""
    title, _ = _TEXTS[refusal.reason]
    return discord.Embed(title=title, description=f"{refusal_text(refusal)}\n{_NOTHING_SPENT}", colour=NEUTRAL)


def refusal_text(refusal: Refusal) -> str:
    """Say why a member may order nothing now."""
    _, text = _TEXTS[refusal.reason]
    return text(refusal)


def too_fast(retry_at: int) -> str:
    """Ask a member who orders too fast to wait until a moment (UTC epoch milliseconds)."""
    return f"That was quick! You can order again {format_timestamp(retry_at)}. {_NOTHING_SPENT}"


def server_not_allowed() -> str:
    """Say that the bot does not serve this server."""
    return "This bot makes movies for other servers only. Ask the people who run it if you want it here."


def member_may_not_post() -> str:
    """Say that the member may not post in this channel, so that movies can't be ordered in it either."""
    return f"You can't send messages in this channel, so you can't order movies here either. {_NOTHING_SPENT}"


def not_own_message() -> str:
    """Say that only one's own messages can be made into movies."""
    return f"You can make a movie of your own messages only. Type /movie to describe one. {_NOTHING_SPENT}"


_TEXTS: MappingProxyType[RefusalReason, tuple[str, Callable[[Refusal], str]]] = MappingProxyType(
    {
        RefusalReason.PAUSED: (
            "No new movies just now",
            lambda _: "The people who run this bot have paused new movies. Movies in progress go on.",
        ),
        RefusalReason.SERVER_BLOCKED: (
            "No new movies in this server",
            lambda _: "The people who run this bot have stopped new movies here. Movies in progress go on.",
        ),
        RefusalReason.OPEN_JOBS: (
            "One at a time, please",
            lambda refusal: (
                f"You have {refusal.limit:,} movies in progress, and that's the most one member can have. "
                "Order the next one when one of them is done."
            ),
        ),
        RefusalReason.SERVER_OPEN_JOBS: (
            "This server is busy",
            lambda refusal: (
                f"It has {refusal.limit:,} movies in progress, and that's the most one server can have. "
                "Please try again when some of them are done."
            ),
        ),
        RefusalReason.COOLING_DOWN: (
            "Let's take a short break",
            lambda refusal: f"You cancelled several movies in a row. You can order again {_when(refusal)}.",
        ),
        RefusalReason.FAILED_CREDITS: (
            "Your movies keep failing",
            lambda refusal: (
                "Movies that fail cost this bot credits even though you get yours back, and this month's limit for "
                f"that is reached. You can order again {_when(refusal)}. Someone who manages the server where they "
                "failed can lift this sooner with `/quota unblock`."
            ),
        ),
    }
)


def _when(refusal: Refusal) -> str:
    assert refusal.until is not None
    return format_timestamp(refusal.until)
