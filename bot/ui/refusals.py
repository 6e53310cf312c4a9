"""Why an order is refused, and what the member can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import discord

from bot.domain.catalogue import RequestLimits, VideoModel
from bot.domain.credits import BudgetScope, Shortfall
from bot.domain.discord_limits import MAX_FIELD_LENGTH
from bot.domain.prompt_refusal import TIMEOUT_HOURS, PromptRefused
from bot.domain.quota import Block
from bot.domain.risk import Refusal, RefusalCode
from bot.locales.texts import Texts, message_id
from bot.ui import block_texts
from bot.ui.amounts import format_credits, format_duration, format_list
from bot.ui.escaping import escape, escape_line
from bot.ui.formatting import NEUTRAL, format_timestamp

_A_CHOICE: Final = 2
_MAX_PROMPT_LENGTH: Final = 2_500
"""Of a refused prompt, with its escapes: Fluent takes no longer argument."""

_MAX_NAME_LENGTH: Final = 60


def refusal_embed(texts: Texts, refusal: Refusal) -> discord.Embed:
    """Say why nothing was ordered, and when or where it is possible."""
    return discord.Embed(
        title=texts(message_id("refusals", refusal.code, "title")),
        description=f"{refusal_text(texts, refusal)}\n{texts('refusals-not-charged')}",
        colour=NEUTRAL,
    )


def refusal_text(texts: Texts, refusal: Refusal) -> str:
    """Say why a member may order nothing now or here.

    `refusal` names only channels and roles that still exist.
    """
    values: dict[str, str | int] = {}
    match refusal.code:
        case RefusalCode.CHANNEL | RefusalCode.ROLE if not refusal.allowed:
            return texts(message_id("refusals", refusal.code, "deleted"))
        case RefusalCode.CHANNEL:
            values["channels"] = format_list(texts, [f"<#{each}>" for each in refusal.allowed])
        case RefusalCode.ROLE:
            values["roles"] = format_list(texts, [f"<@&{each}>" for each in refusal.allowed])
        case RefusalCode.OPEN_JOBS | RefusalCode.SERVER_OPEN_JOBS:
            values["movies"] = refusal.limit or 0
        case RefusalCode.COOLING_DOWN | RefusalCode.FAILED_CREDITS:
            values["time"] = format_timestamp(refusal.until or 0)
        case _:
            pass
    return texts(message_id("refusals", refusal.code), **values)


def too_fast(texts: Texts, retry_at: int) -> str:
    """Ask a member who orders too fast to wait.

    `retry_at` is UTC epoch milliseconds.
    """
    return texts("refusals-too-fast", time=format_timestamp(retry_at))


def too_many_commands(texts: Texts, retry_at: int) -> str:
    """Ask a member who uses commands too fast to wait until a time (UTC epoch milliseconds)."""
    return texts("refusals-too-many-commands", time=format_timestamp(retry_at))


def insufficient_credits_embed(
    texts: Texts, shortfall: Shortfall, model: VideoModel, limits: RequestLimits
) -> discord.Embed:
    """Say what is left, what it affords, and when credits reset.

    A shortfall of the plan names no figure, because what is left of it concerns only the operator.
    """
    time, date = format_timestamp(shortfall.resets_at), format_timestamp(shortfall.resets_at, "D")
    if shortfall.scope is BudgetScope.PLAN:
        text = texts("refusals-bot-credits", time=time, date=date)
        return discord.Embed(title=texts("refusals-bot-credits-title"), description=text, colour=NEUTRAL)
    if shortfall.scope is BudgetScope.QUEUED:
        return _queue_full_embed(texts, shortfall, model, limits)
    of_server = shortfall.scope is BudgetScope.SERVER
    lines = [
        texts(
            "refusals-server-credits" if of_server else "refusals-member-credits",
            price=format_credits(texts, shortfall.required),
            left=format_credits(texts, shortfall.available),
        ),
        _affordable(texts, shortfall, model, limits)
        or texts("refusals-nothing-affordable", model=escape_line(model.label, 100)),
        texts("refusals-reset", time=time, date=date),
        texts("refusals-not-charged"),
    ]
    return discord.Embed(title=texts("refusals-no-credits-title"), description="\n".join(lines), colour=NEUTRAL)


def add_affordable_models(
    texts: Texts, embed: discord.Embed, shortfall: Shortfall, models: Sequence[VideoModel], limits: RequestLimits
) -> None:
    """Add the longest affordable duration with each model.

    Nothing is added where there is no choice, or where the member's or the server's own credits are not what is short.
    """
    if shortfall.scope in (BudgetScope.PLAN, BudgetScope.QUEUED) or len(models) < _A_CHOICE:
        return
    lines: list[str] = []
    for model in models:
        longest = limits.longest_within(shortfall.affordable_seconds(model.credits_per_second))
        name = escape_line(model.label, _MAX_NAME_LENGTH)
        if longest:
            line = texts("refusals-model-affordable", model=name, duration=format_duration(texts, longest))
        else:
            line = texts("refusals-model-not-affordable", model=name)
        if len("\n".join([*lines, line])) <= MAX_FIELD_LENGTH:
            lines.append(line)
    embed.add_field(name=texts("refusals-models-field"), value="\n".join(lines), inline=False)


def _queue_full_embed(texts: Texts, shortfall: Shortfall, model: VideoModel, limits: RequestLimits) -> discord.Embed:
    price, left = format_credits(texts, shortfall.required), format_credits(texts, shortfall.available)
    lines = [
        texts("refusals-queue-full", price=price, left=left),
        _affordable(texts, shortfall, model, limits),
        texts("refusals-not-charged"),
    ]
    text = "\n".join(line for line in lines if line)
    return discord.Embed(title=texts("refusals-queue-full-title"), description=text, colour=NEUTRAL)


def _affordable(texts: Texts, shortfall: Shortfall, model: VideoModel, limits: RequestLimits) -> str:
    """Say which duration the member can afford; '' for none."""
    seconds = limits.longest_within(shortfall.affordable_seconds(model.credits_per_second))
    if not seconds:
        return ""
    duration = format_duration(texts, seconds)
    return texts("refusals-affordable", duration=duration, model=escape_line(model.label, 100))


def blocked_embed(texts: Texts, block: Block) -> discord.Embed:
    """Say that the member is blocked, until when and why."""
    text = f"{block_texts.blocked_text(texts, block)}\n{texts('refusals-in-progress-finish')}"
    return discord.Embed(title=texts("refusals-blocked-title"), description=text, colour=NEUTRAL)


def prompt_embed(texts: Texts, refused: PromptRefused, prompt: str) -> discord.Embed:
    """Say that a prompt is not taken, and show it.

    Its member can copy it. The rule is not named: who knows it gets around it.
    """
    lines = [texts("refusals-prompt" if refused.hits else "refusals-prompt-by-bot")]
    if refused.timeout is not None and refused.timeout.until is not None:
        lines.append(texts("refusals-prompt-timed-out", time=format_timestamp(refused.timeout.until)))
    elif refused.left == 1:
        lines.append(texts("refusals-prompt-last-one", hours=TIMEOUT_HOURS))
    lines += [
        texts("refusals-not-charged"),
        "",
        texts("refusals-prompt-yours", prompt=escape(prompt, _MAX_PROMPT_LENGTH)),
    ]
    return discord.Embed(title=texts("refusals-prompt-title"), description="\n".join(lines), colour=NEUTRAL)


def member_may_not_post(texts: Texts) -> str:
    """Refuse an order in a channel where the member may not post."""
    return f"{texts('refusals-may-not-post')}\n{texts('refusals-not-charged')}"


def timed_out(texts: Texts, until: int) -> str:
    """Refuse a button to a member whom the server timed out; `until` is UTC epoch milliseconds."""
    return texts("refusals-button-timed-out", time=format_timestamp(until))
