"""Quotes: the ephemeral message with the price, and its outcomes.

Why an order was refused, with the buttons that help.

Series: the prompt of a next scene, and the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import discord

from bot.domain.catalogue import Catalogue, VideoModel
from bot.domain.credits import Month, Shortfall
from bot.domain.movie_list import MovieItem
from bot.domain.orders import InvalidDraft, OrderRefused, PricePerSecond, Quote, QuotePreview
from bot.domain.prompt_refusal import PromptRefused
from bot.domain.refusal import Refused
from bot.domain.risk import MAX_REPEATED_FAILURES
from bot.domain.text import MAX_INPUT_LENGTH, beginning, ending
from bot.locales.texts import Texts
from bot.ui import credit_requests, formatting, prompts, refusals
from bot.ui.components import Button, build_rows, build_view
from bot.ui.formatting import BRAND, NEUTRAL, escape, escape_line, format_duration, format_rate, format_timestamp
from bot.ui.job_messages import Message, request_summary

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
    return build_rows(buttons, *prompts.controls(texts, quote, catalogue))


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


def refused_order(texts: Texts, refused: OrderRefused, catalogue: Catalogue) -> Message:
    """Say why nothing was ordered or quoted.

    A button opens the form again where the order was kept. A shortfall offers the longest movie that fits, and to ask
    for more where only the member's own credits are short.
    """
    if isinstance(refused.reason, Shortfall):
        return _shortfall(texts, refused, refused.reason, catalogue)
    view = None if refused.editable is None else edit_view(texts, refused.editable)
    return replace(reason_message(texts, refused.reason, refused.draft.prompt), view=view)


def reason_message(texts: Texts, reason: Refused | InvalidDraft | PromptRefused, prompt: str = "") -> Message:
    """Say why nothing is ordered. `prompt` is what the member wrote."""
    match reason:
        case Refused():
            return refusals.message(texts, reason)
        case PromptRefused():
            return Message("", refusals.prompt_embed(texts, reason, prompt))
        case InvalidDraft(problems=problems):
            return Message("", refusals.validation_embed(texts, problems))


def _shortfall(texts: Texts, refused: OrderRefused, shortfall: Shortfall, catalogue: Catalogue) -> Message:
    quote, smaller, limits = refused.editable, refused.smaller, catalogue.limits
    assert quote is not None
    model = catalogue.video_model(quote.request.video_model)
    assert model is not None  # the request is valid
    embed = refusals.insufficient_credits_embed(texts, shortfall, model, limits)
    refusals.add_affordable_models(texts, embed, shortfall, refused.models, limits)
    credit_requests.add_hint(texts, embed, refused.ask)
    ask = credit_requests.ask_buttons(texts, refused.ask, shortfall.required)
    if smaller is None:
        return Message("", embed, edit_view(texts, quote, *ask))
    warn_of_failures(texts, embed, smaller)
    return Message("", embed, smaller_quote_view(texts, smaller.quote, *ask))


_SHOWN: Final = 5
"""Movies of a series. Each takes up to 200 characters, and a field holds 1,024."""

_PROMPT_LENGTH: Final = 60

_ROOM: Final = 200
"""Characters that stay free for the next scene."""


def next_scene(texts: Texts, prompt: str, longest: int) -> str:
    """Return a prompt with the begin of a next scene.

    The start of a long one is left out, so that there is room for the scene.
    """
    begin = texts("series-next-scene")
    return beginning(f"{ending(prompt, max(0, longest - len(begin) - _ROOM))}\n\n{begin} ", longest)


def add_field(texts: Texts, embed: discord.Embed, items: Sequence[MovieItem], job_id: str) -> None:
    """List the movies of a series around one.

    That one is bold.
    """
    place = next((number for number, item in enumerate(items) if item.job.id == job_id), 0)
    first = max(0, min(place - _SHOWN // 2, len(items) - _SHOWN))
    lines = [_line(texts, number, items[number], job_id) for number in range(first, min(first + _SHOWN, len(items)))]
    if lines:
        embed.add_field(name=texts("series-field", movies=len(items)), value="\n".join(lines), inline=False)


def _line(texts: Texts, number: int, item: MovieItem, job_id: str) -> str:
    prompt = escape_line(prompts.shown(texts, item.job.request.prompt), _PROMPT_LENGTH)
    if item.job.id == job_id:
        return f"**{number + 1}. {prompt}**"
    jump = formatting.jump_to_movie(texts, item.job, item.message, mine=True)
    return " · ".join(filter(None, (f"{number + 1}. {prompt}", jump)))
