"""Quotes: the ephemeral message with the price, and its outcomes."""

from __future__ import annotations

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.credits import Month
from bot.domain.quote import Quote, QuotePreview, QuoteUnavailable, QuoteUnavailableReason
from bot.domain.risk import MAX_REPEATED_FAILURES
from bot.ui.components import Button, build_view
from bot.ui.escaping import escape
from bot.ui.formatting import BRAND, NEUTRAL, format_credits, format_duration, format_timestamp
from bot.ui.job_messages import request_summary


def quote_embed(preview: QuotePreview, catalogue: Catalogue) -> discord.Embed:
    """Build the quote: price, balance after it, reset time."""
    quote = preview.quote
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
    warn_of_failures(embed, preview)
    embed.set_footer(text="Only you see this. Nothing is spent before you press Make it.")
    return embed


def warn_of_failures(embed: discord.Embed, preview: QuotePreview) -> None:
    """Add a warning where the quote's description keeps failing."""
    if preview.failed_repeatedly:
        embed.add_field(
            name="⚠️ This one keeps failing",
            value=f"Your last {MAX_REPEATED_FAILURES} movies of this description failed. Another description may work.",
            inline=False,
        )


def quote_view(quote: Quote) -> discord.ui.View:
    """Build the buttons to accept, edit or cancel a quote."""
    return build_view(
        Button("Make it", ("quote-accept", quote.id), discord.ButtonStyle.success),
        Button("Change", ("quote-edit", quote.id)),
        Button("Cancel", ("quote-cancel", quote.id)),
    )


def smaller_quote_view(quote: Quote) -> discord.ui.View:
    """Build the button for a cheaper movie that fits, beneath a refusal.

    The price is on the button, because it is shown nowhere else before it is spent.
    """
    label = f"Make {format_duration(quote.request.duration_seconds)} instead ({format_credits(quote.price)})"
    return build_view(
        Button(label, ("quote-accept", quote.id), discord.ButtonStyle.success),
        Button("Change", ("quote-edit", quote.id)),
    )


def edit_view(quote: Quote) -> discord.ui.View:
    """Build the button that opens the modal again, beneath a refusal."""
    return build_view(Button("Change", ("quote-edit", quote.id), discord.ButtonStyle.primary))


def accepted_embed() -> discord.Embed:
    """Say that the quote was accepted."""
    return discord.Embed(description="Ordered. You'll find its card in the channel.", colour=NEUTRAL)


def cancelled_embed() -> discord.Embed:
    """Say that the quote was cancelled."""
    return discord.Embed(description="Nothing was ordered, and nothing was spent.", colour=NEUTRAL)


def not_accepted_embed() -> discord.Embed:
    """Say that Discord refused the public card.

    The quote can be accepted again.
    """
    return discord.Embed(
        description="Discord did not take the movie's card, so nothing was ordered and nothing was spent. "
        "Please try again.",
        colour=NEUTRAL,
    )


def unavailable_embed(unavailable: QuoteUnavailable) -> discord.Embed:
    """Explain why a quote can't be accepted any more."""
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
