"""The message with the price of a movie, what is answered in its place, and the series that a movie belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.credits import Month, Shortfall
from bot.domain.movie_list import MovieItem
from bot.domain.orders import InvalidDraft, OrderRefused, PricePerSecond, Quote, QuotePreview
from bot.domain.prompt_refusal import PromptRefused
from bot.domain.refusal import Refused
from bot.domain.risk import MAX_REPEATED_FAILURES
from bot.domain.text import beginning, ending
from bot.locales.texts import Texts
from bot.ui import credit_requests, formatting, prompts, refusals
from bot.ui.components import Attachment, Button, Field, Message, Row, build_card, in_rows, text_file
from bot.ui.formatting import (
    BRAND,
    NEUTRAL,
    escape,
    escape_line,
    format_duration,
    format_rate,
    format_timestamp,
    join_facts,
    join_lines,
    quoted,
    shown_prompt,
)
from bot.ui.job_messages import request_summary

_MAX_PROMPT_LENGTH: Final = 2500
"""Escaped. All of a prompt is shown before it is ordered; of a longer one its begin and its end, where something may
have been added, and the whole in a file."""

_BEGIN, _END = 800, 400
"""Characters of a longer prompt. Escaped, they are twice as many at most."""

_SHOWN: Final = 5
"""Movies of a series. Each takes up to 200 characters, and a field holds 1,024."""

_PROMPT_LENGTH: Final = 60
_ROOM: Final = 200
"""Characters that stay free for the next scene."""


def quote_message(texts: Texts, preview: QuotePreview, catalogue: Catalogue) -> Message:
    """Build the quote: price, balance after it, reset time."""
    quote = preview.quote
    resets = Month.containing(quote.created_at).ends_at
    balance = texts(
        "quotes-balance-value",
        after=preview.balance_after,
        credits=preview.balance.member_available,
        time=format_timestamp(resets),
        date=format_timestamp(resets, "D"),
    )
    model, default, dearer = catalogue.video_model(quote.request.video_model), preview.default_model, ""
    if default is not None and model is not None:
        dearer = texts(
            "quotes-last-model-value",
            model=escape_line(model.label, 100),
            rate=format_rate(texts, model.credits_per_second),
            other=escape_line(default.label, 100),
            other_rate=format_rate(texts, default.credits_per_second),
        )
    shown, *whole = _prompt(quote.request.prompt)
    card = build_card(
        texts("quotes-title", credits=quote.price),
        quoted(shown),
        BRAND,
        Field(texts("quotes-movie-field"), request_summary(texts, quote.request, catalogue)),
        Field(texts("quotes-balance-field"), balance),
        Field(texts("quotes-last-model-field"), dearer, inline=False),
        _failures(texts, preview),
        footer=texts("quotes-footer"),
    )
    return card.plus(*whole)


def _prompt(prompt: str) -> tuple[str, *tuple[Attachment, ...]]:
    """Return what is shown of a prompt, and a file with the whole where that is not all."""
    escaped = escape(prompt, 2 * _MAX_PROMPT_LENGTH)
    if len(escaped) <= _MAX_PROMPT_LENGTH:
        return (escaped,)
    begin, end = escape(beginning(prompt, _BEGIN), 2 * _BEGIN), escape(ending(prompt, _END), 2 * _END)
    return f"{begin} … {end}", text_file(prompt, "prompt.txt")


def _failures(texts: Texts, preview: QuotePreview | None) -> Field:
    """Warn where the quote's prompt keeps failing."""
    fails = preview is not None and preview.failed_repeatedly
    warning = texts("quotes-failing-value", failures=MAX_REPEATED_FAILURES) if fails else ""
    return Field(texts("quotes-failing-field"), warning, inline=False)


def quote_view(texts: Texts, quote: Quote, catalogue: Catalogue) -> tuple[Row, ...]:
    """Build the buttons of a quote, and the controls of its prompt."""
    buttons = (
        Button(texts("quotes-accept-button"), ("quote-accept", quote.id), discord.ButtonStyle.success),
        _edit_button(texts, quote),
        Button(texts("quotes-cancel-button"), ("quote-cancel", quote.id)),
    )
    return (Row(buttons), *prompts.controls(texts, quote, catalogue))


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


def accepted_message(texts: Texts, card: str = "") -> Message:
    """Say that the quote was accepted.

    `card`: a link to the movie's card, once there is one.
    """
    return build_card("", join_lines(texts("quotes-accepted"), card), NEUTRAL)


def cancelled_message(texts: Texts) -> Message:
    """Say that the quote was cancelled."""
    return build_card("", texts("quotes-cancelled"), NEUTRAL)


def not_accepted_message(texts: Texts) -> Message:
    """Say that Discord refused the public card.

    The quote can be accepted again.
    """
    return build_card("", texts("quotes-not-accepted"), NEUTRAL)


def refused_order(texts: Texts, refused: OrderRefused, catalogue: Catalogue) -> Message:
    """Say why nothing was ordered or quoted.

    A button opens the form again where the order was kept. A shortfall offers the longest movie that fits, and to ask
    for more where only the member's own credits are short.
    """
    if isinstance(refused.reason, Shortfall):
        return _shortfall(texts, refused, refused.reason, catalogue)
    message = reason_message(texts, refused.reason, refused.draft.prompt)
    if refused.editable is None:
        return message
    return message.plus(*in_rows(_edit_button(texts, refused.editable, discord.ButtonStyle.primary)))


def reason_message(texts: Texts, reason: Refused | InvalidDraft | PromptRefused, prompt: str = "") -> Message:
    """Say why nothing is ordered. `prompt` is what the member wrote."""
    match reason:
        case Refused():
            return refusals.message(texts, reason)
        case PromptRefused():
            return refusals.prompt_message(texts, reason, prompt)
        case InvalidDraft(problems=problems):
            return refusals.validation_message(texts, problems)


def _shortfall(texts: Texts, refused: OrderRefused, shortfall: Shortfall, catalogue: Catalogue) -> Message:
    quote, smaller, limits = refused.editable, refused.smaller, catalogue.limits
    assert quote is not None
    model = catalogue.video_model(quote.request.video_model)
    assert model is not None  # the request is valid
    message = refusals.insufficient_credits_message(
        texts,
        shortfall,
        model,
        limits,
        refusals.affordable_models(texts, shortfall, refused.models, limits),
        _failures(texts, smaller),
        hint=credit_requests.hint(texts, refused.ask),
    )
    ask = credit_requests.ask_buttons(texts, refused.ask, shortfall.required)
    if smaller is None:
        return message.plus(*in_rows(_edit_button(texts, quote, discord.ButtonStyle.primary), *ask))
    buttons = smaller_button(texts, smaller.quote), _edit_button(texts, smaller.quote), *ask
    return message.plus(*in_rows(*buttons))


def smaller_button(texts: Texts, quote: Quote) -> Button:
    """Order a cheaper movie that fits.

    The price is on the button, because it is shown nowhere else before it is charged.
    """
    duration = format_duration(texts, quote.request.duration_seconds)
    label = texts("quotes-smaller-button", duration=duration, credits=quote.price)
    return Button(label, ("quote-accept", quote.id), discord.ButtonStyle.success)


def _edit_button(texts: Texts, quote: Quote, style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> Button:
    """Open the modal with the quote's draft."""
    return Button(texts("quotes-edit-button"), ("quote-edit", quote.id), style)


def next_scene(texts: Texts, prompt: str, longest: int) -> str:
    """Return a prompt with the begin of a next scene.

    The start of a long one is left out, so that there is room for the scene.
    """
    begin = texts("series-next-scene")
    return beginning(f"{ending(prompt, max(0, longest - len(begin) - _ROOM))}\n\n{begin} ", longest)


def series_field(texts: Texts, items: Sequence[MovieItem], job_id: str) -> Field:
    """List the movies of a series around one.

    That one is bold.
    """
    place = next((number for number, item in enumerate(items) if item.job.id == job_id), 0)
    first = max(0, min(place - _SHOWN // 2, len(items) - _SHOWN))
    shown = enumerate(items[first : first + _SHOWN], first + 1)
    lines = [_line(texts, number, item, is_this=item.job.id == job_id) for number, item in shown]
    return Field(texts("series-field", movies=len(items)), "\n".join(lines), inline=False)


def _line(texts: Texts, number: int, item: MovieItem, *, is_this: bool) -> str:
    prompt = escape_line(shown_prompt(texts, item.job.request.prompt), _PROMPT_LENGTH)
    if is_this:
        return f"**{number}. {prompt}**"
    jump = formatting.jump_to_movie(texts, item.job, item.message, mine=True)
    return join_facts(f"{number}. {prompt}", jump)
