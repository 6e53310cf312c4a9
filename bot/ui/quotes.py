"""What a movie would cost, before it costs anything: the private card, and what became of it."""

from __future__ import annotations

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.credits import Month
from bot.domain.quote import Quote, QuotePreview, QuoteUnavailable, QuoteUnavailableReason
from bot.ui.components import Button, build_view
from bot.ui.escaping import escape
from bot.ui.formatting import BRAND, NEUTRAL, format_credits, format_duration, format_timestamp
from bot.ui.job_messages import request_summary


def quote_embed(preview: QuotePreview, catalogue: Catalogue) -> discord.Embed:
    """What it would cost, what is left after, and when it resets."""
    quote = preview.offer
    resets = Month.containing(quote.created_at).ends_at
    embed = discord.Embed(
        title=f"This movie costs {format_credits(quote.price)}",
        description=f">>> {escape(quote.request.prompt)}",
        colour=BRAND,
    )
    embed.add_field(name="Movie", value=request_summary(quote.request, catalogue))
    embed.add_field(
        name="After it",
        value=f"**{format_credits(preview.balance_after)}** left of "
        f"{format_credits(preview.balance.member_available)}\n"
        f"They reset {format_timestamp(resets)} ({format_timestamp(resets, 'D')}).",
    )
    embed.set_footer(text="Only you see this. Nothing is spent before you press Make it.")
    return embed


def quote_view(quote: Quote) -> discord.ui.View:
    """Make it, change it, or not."""
    return build_view(
        Button("Make it", ("quote-accept", quote.id), discord.ButtonStyle.success),
        Button("Change", ("quote-edit", quote.id)),
        Button("Cancel", ("quote-cancel", quote.id)),
    )


def smaller_quote_view(quote: Quote) -> discord.ui.View:
    """What would fit, beneath a refusal; its price stands on it, for it is shown nowhere else before it is spent."""
    label = f"Make {format_duration(quote.request.duration_seconds)} instead ({format_credits(quote.price)})"
    return build_view(
        Button(label, ("quote-accept", quote.id), discord.ButtonStyle.success),
        Button("Change", ("quote-edit", quote.id)),
    )


def edit_view(quote: Quote) -> discord.ui.View:
    """Open the form with what was typed, beneath a refusal."""
    return build_view(Button("Change", ("quote-edit", quote.id), discord.ButtonStyle.primary))


def accepted_embed() -> discord.Embed:
    """The private card once its movie was ordered."""
    return discord.Embed(description="Ordered: its card stands in the channel.", colour=NEUTRAL)


def cancelled_embed() -> discord.Embed:
    """The private card once it was cancelled."""
    return discord.Embed(description="Nothing was ordered, and nothing was spent.", colour=NEUTRAL)


def not_accepted_embed() -> discord.Embed:
    """The private card where Discord did not take the public one; its buttons are `offer_buttons` again."""
    return discord.Embed(
        description="Discord did not take the movie's card, so nothing was ordered and nothing was spent. "
        "Please try again.",
        colour=NEUTRAL,
    )


def unavailable_embed(unavailable: QuoteUnavailable) -> discord.Embed:
    """An offer that can't be taken any more."""
    match unavailable.reason:
        case QuoteUnavailableReason.ACCEPTED:
            return discord.Embed(description=f"You ordered this one already{_job_link(unavailable)}.", colour=NEUTRAL)
        case QuoteUnavailableReason.CANCELLED:
            text = "You changed or cancelled this one. Nothing was spent on it; type /movie for a new one."
        case QuoteUnavailableReason.EXPIRED:
            text = "This card is too old: prices and credits may have changed. Nothing was spent; type /movie again."
    return discord.Embed(description=text, colour=NEUTRAL)


def _job_link(unavailable: QuoteUnavailable) -> str:
    job = unavailable.job
    if job is None or job.card_message_id is None:
        return ""
    return f": https://discord.com/channels/{job.guild_id}/{job.channel_id}/{job.card_message_id}"
