"""Quotes: the ephemeral message with the price, and its outcomes."""

from __future__ import annotations

from typing import Final

import discord

from bot.domain.catalogue import Catalogue, VideoModel
from bot.domain.credits import Month
from bot.domain.discord_limits import MAX_INPUT_LENGTH
from bot.domain.quote import PricePerSecond, Quote, QuotePreview
from bot.domain.risk import MAX_REPEATED_FAILURES
from bot.locales.texts import Texts
from bot.ui import prompt_ideas
from bot.ui.amounts import format_duration, format_rate
from bot.ui.components import Button, build_rows, build_view
from bot.ui.escaping import escape, escape_line
from bot.ui.formatting import BRAND, NEUTRAL, format_timestamp
from bot.ui.job_messages import request_summary

_MAX_PROMPT_LENGTH: Final = MAX_INPUT_LENGTH
"""All of a prompt is shown before it is ordered, with what was added at its end."""


def quote_embed(texts: Texts, preview: QuotePreview, catalogue: Catalogue) -> discord.Embed:
    """Build the quote: price, balance after it, reset time."""
    quote = preview.quote
    resets = Month.containing(quote.created_at).ends_at
    embed = discord.Embed(
        title=texts("quotes-title", credits=quote.price),
        description=f">>> {escape(quote.request.prompt, _MAX_PROMPT_LENGTH)}",
        colour=BRAND,
    )
    embed.add_field(name=texts("quotes-movie-field"), value=request_summary(texts, quote.request, catalogue))
    embed.add_field(
        name=texts("quotes-balance-field"),
        value=texts(
            "quotes-balance-value",
            after=preview.balance_after,
            credits=preview.balance.member_available,
            time=format_timestamp(resets),
            date=format_timestamp(resets, "D"),
        ),
    )
    model = catalogue.video_model(quote.request.video_model)
    if preview.default_model is not None and model is not None:
        _compare_models(texts, embed, model, preview.default_model)
    warn_of_failures(texts, embed, preview)
    embed.set_footer(text=texts("quotes-footer"))
    return embed


def _compare_models(texts: Texts, embed: discord.Embed, model: VideoModel, default: VideoModel) -> None:
    """Say that the remembered model costs more than the default."""
    text = texts(
        "quotes-last-model-value",
        model=escape_line(model.label, 100),
        rate=format_rate(texts, model.credits_per_second),
        other=escape_line(default.label, 100),
        other_rate=format_rate(texts, default.credits_per_second),
    )
    embed.add_field(name=texts("quotes-last-model-field"), value=text, inline=False)


def warn_of_failures(texts: Texts, embed: discord.Embed, preview: QuotePreview) -> None:
    """Add a warning where the quote's prompt keeps failing."""
    if preview.failed_repeatedly:
        embed.add_field(
            name=texts("quotes-failing-field"),
            value=texts("quotes-failing-value", failures=MAX_REPEATED_FAILURES),
            inline=False,
        )


def quote_view(texts: Texts, quote: Quote, catalogue: Catalogue) -> discord.ui.View:
    """Build the buttons of a quote, and the controls of its prompt."""
    buttons = (
        Button(texts("quotes-accept-button"), ("quote-accept", quote.id), discord.ButtonStyle.success),
        Button(texts("quotes-edit-button"), ("quote-edit", quote.id)),
        Button(texts("quotes-cancel-button"), ("quote-cancel", quote.id)),
    )
    return build_rows(buttons, *prompt_ideas.controls(texts, quote, catalogue))


def smaller_quote_view(texts: Texts, quote: Quote, *more: Button) -> discord.ui.View:
    """Build the button for a cheaper movie that fits, beneath a refusal.

    The price is on the button, because it is shown nowhere else before it is charged.
    """
    duration = format_duration(texts, quote.request.duration_seconds)
    label = texts("quotes-smaller-button", duration=duration, credits=quote.price)
    return build_view(
        Button(label, ("quote-accept", quote.id), discord.ButtonStyle.success),
        Button(texts("quotes-edit-button"), ("quote-edit", quote.id)),
        *more,
    )


def edit_view(texts: Texts, quote: Quote, *more: Button) -> discord.ui.View:
    """Build the button that opens the modal again, beneath a refusal."""
    edit = Button(texts("quotes-edit-button"), ("quote-edit", quote.id), discord.ButtonStyle.primary)
    return build_view(edit, *more)


def duration_choice(texts: Texts, seconds: int, priced: PricePerSecond | None) -> str:
    """Name a duration, with its price and what it leaves.

    Without `priced`, the duration alone.
    """
    duration = format_duration(texts, seconds)
    if priced is None:
        return duration
    price = priced.credits * seconds
    if price > priced.balance.spendable:
        return texts("quotes-too-long-option", duration=duration, credits=price)
    after = priced.balance.member_available - price
    return texts("quotes-duration-option", duration=duration, credits=price, after=after)


def accepted_embed(texts: Texts, card: str = "") -> discord.Embed:
    """Say that the quote was accepted.

    `card`: a link to the movie's card, once there is one.
    """
    text = "\n".join(filter(None, (texts("quotes-accepted"), card)))
    return discord.Embed(description=text, colour=NEUTRAL)


def cancelled_embed(texts: Texts) -> discord.Embed:
    """Say that the quote was cancelled."""
    return discord.Embed(description=texts("quotes-cancelled"), colour=NEUTRAL)


def not_accepted_embed(texts: Texts) -> discord.Embed:
    """Say that Discord refused the public card.

    The quote can be accepted again.
    """
    return discord.Embed(description=texts("quotes-not-accepted"), colour=NEUTRAL)
