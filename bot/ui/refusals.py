"""Why an order is refused, and what the member can do."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import discord

from bot.domain.catalogue import RequestLimits, VideoModel
from bot.domain.credits import BudgetScope, Shortfall
from bot.domain.quota import Block
from bot.domain.risk import Refusal, RefusalReason
from bot.ui.escaping import escape_line
from bot.ui.formatting import NEUTRAL, format_block_end, format_credits, format_duration, format_timestamp

NOTHING_SPENT = "Nothing was spent."
"""Ends every message about an order that was not made."""

MAY_NOT_POST = "You can't send messages in this channel, so you can't order movies here either."

PLAN_EXHAUSTED = "This bot can't take more movies this month"


def refusal_embed(refusal: Refusal) -> discord.Embed:
    """Say why nothing was ordered, and when it is possible again."""
    title, _ = _TEXTS[refusal.reason]
    return discord.Embed(title=title, description=f"{refusal_text(refusal)}\n{NOTHING_SPENT}", colour=NEUTRAL)


def refusal_text(refusal: Refusal) -> str:
    """Say why a member may order nothing now."""
    _, text = _TEXTS[refusal.reason]
    return text(refusal)


def too_fast(retry_at: int) -> str:
    """Ask a member who orders too fast to wait.

    `retry_at` is UTC epoch milliseconds.
    """
    return f"That was quick! You can order again {format_timestamp(retry_at)}. {NOTHING_SPENT}"


def insufficient_credits_embed(shortfall: Shortfall, model: VideoModel, limits: RequestLimits) -> discord.Embed:
    """Say what is left, what would fit, and when credits reset.

    A shortfall of the plan names no figure, because what is left of it concerns only the operator.
    """
    if shortfall.scope is BudgetScope.PLAN:
        resets = format_timestamp(shortfall.resets_at)
        text = f"It can again {resets} ({format_timestamp(shortfall.resets_at, 'D')}). {NOTHING_SPENT}"
        return discord.Embed(title=PLAN_EXHAUSTED, description=text, colour=NEUTRAL)
    if shortfall.scope is BudgetScope.QUEUED:
        return _queue_full_embed(shortfall, model, limits)
    fits = limits.longest_within(shortfall.affordable_seconds(model.credits_per_second))
    name = escape_line(model.label, 100)
    fitting = f"**{format_duration(fits)} fits** with {name}." if fits else f"No length fits with {name} until then."
    lines = [
        (
            f"This movie costs **{format_credits(shortfall.required)}**; "
            f"{_AVAILABLE[shortfall.scope].format(left=format_credits(shortfall.available))} this month."
        ),
        fitting,
        f"Credits reset {format_timestamp(shortfall.resets_at)} ({format_timestamp(shortfall.resets_at, 'D')}).",
        NOTHING_SPENT,
    ]
    return discord.Embed(title="Not enough credits", description="\n".join(lines), colour=NEUTRAL)


def _queue_full_embed(shortfall: Shortfall, model: VideoModel, limits: RequestLimits) -> discord.Embed:
    fits = limits.longest_within(shortfall.affordable_seconds(model.credits_per_second))
    room = format_credits(shortfall.available)
    lines = [
        (
            f"This movie costs **{format_credits(shortfall.required)}**. Movies that wait for their turn may hold only "
            f"so much of what this bot has: for yours, there is room for **{room}** now."
        ),
        f"**{format_duration(fits)} fits** with {escape_line(model.label, 100)}." if fits else "",
        NOTHING_SPENT,
    ]
    text = "\n".join(line for line in lines if line)
    return discord.Embed(title="Too much for the queue", description=text, colour=NEUTRAL)


def blocked_embed(block: Block) -> discord.Embed:
    """Say that the member is blocked, until when and why."""
    reason = f"\nThe reason given: {escape_line(block.reason, 300)}" if block.reason else ""
    return discord.Embed(
        title="You can't make movies here right now",
        description=f"{blocked_by(block)} have paused it for you {format_block_end(block)}.{reason}\n"
        f"Movies in progress go on. {NOTHING_SPENT}",
        colour=NEUTRAL,
    )


def blocked_by(block: Block) -> str:
    """Name those who made a block."""
    return "The people who run this bot" if block.everywhere else "The people who run this server"


def server_not_allowed() -> str:
    """Say that the bot does not serve this server."""
    return "This bot makes movies for other servers only. Ask the people who run it if you want it here."


def member_may_not_post() -> str:
    """Say that the member may not post or order in this channel."""
    return f"{MAY_NOT_POST} {NOTHING_SPENT}"


def not_own_message() -> str:
    """Say that only one's own messages can be made into movies."""
    return f"You can make a movie of your own messages only. Type /movie to describe one. {NOTHING_SPENT}"


_AVAILABLE = {
    BudgetScope.MEMBER: "you have **{left}** left",
    BudgetScope.EXTRA: "you have **{left}** left",
    BudgetScope.SERVER: "this server has **{left}** left to share",
}

_TEXTS: MappingProxyType[RefusalReason, tuple[str, Callable[[Refusal], str]]] = MappingProxyType(
    {
        RefusalReason.PAUSED: (
            "No new movies right now",
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
