"""The message with the price of a movie, what is answered in its place, and the series that a movie belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import discord

from bot.domain.catalogue import VideoModel
from bot.domain.credits import BudgetScope, Month, Shortfall
from bot.domain.moderation import PromptRefused
from bot.domain.operations import Operation
from bot.domain.orders import InvalidDraft, OrderRefused, PricePerSecond, Quote, QuotePreview
from bot.domain.quota import Balance
from bot.domain.refusal import Refused
from bot.domain.request import Draft, suggest_durations
from bot.domain.risk import MAX_REPEATED_FAILURES
from bot.domain.text import MAX_OPTIONS, beginning, ending
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui import copies, credit_requests, prompts, refusals, scenes
from bot.ui.components import Accent, Button, Message, Option, Select, in_rows, plain
from bot.ui.formatting import (
    escape_line,
    facts,
    format_credits,
    format_duration,
    format_extent,
    format_price,
    format_rate,
    format_timestamp,
    heading,
    join_facts,
    truncate,
)
from bot.ui.job_messages import request_summary

_ROOM: Final = 200
"""Characters that stay free for the next scene."""

_MAX_LABEL: Final = 40
"""Of a model on a button, which has 80 characters, and in an option, beside its price."""

_CHANGES_SOON: Final = (BudgetScope.PLAN, BudgetScope.QUEUED)
"""Where a form helps although nothing that fits is known: a short movie may fit the plan, and the queue moves on."""


def quote_message(texts: Texts, preview: QuotePreview, choices: copies.Choices = copies.no_choices) -> Message:
    """Show a price and the prompt, with selects of durations and of models, each with its own price.

    What is made of finished movies has the `choices` instead.
    """
    if preview.quote.request.operation.declared.is_copy:
        return _copy_message(texts, preview, choices)
    quote, has_form = preview.quote, Operation.STORYBOARD in preview.offered.limits.operations
    return Message(
        Accent.BRAND,
        (
            _price(texts, preview),
            _storyboard(texts, quote),
            texts("pictures-notice") if quote.request.operation is Operation.PICTURES else "",
            texts("quotes-starter") if preview.on_the_house else "",
            _last_model(texts, preview),
            _raised(texts, preview),
            _failures(texts, preview),
            facts(request_summary(texts, quote.request, preview.offered), _resets(texts, quote)),
            *prompts.whole(quote.request.prompt),
            *in_rows(
                *_choices(texts, preview),
                *_buttons(texts, quote),
                Button(texts("quotes-more-button"), ("quote-more", quote.id)) if has_form else None,
                _cancel_button(texts, quote),
            ),
        ),
    )


def _copy_message(texts: Texts, preview: QuotePreview, choices: copies.Choices) -> Message:
    """Show what is made of finished movies, and its price."""
    quote, chosen = preview.quote, choices(texts, preview.quote)
    is_named = chosen and quote.request.operation is Operation.FILM  # by the select of its movies
    return Message(
        Accent.BRAND,
        (
            heading(copies.title(texts, quote.request.operation)),
            _price(texts, preview),
            facts(
                request_summary(texts, quote.request, preview.offered), _resets(texts, quote) if quote.price else None
            ),
            "" if is_named else copies.words(quote),
            *in_rows(*chosen, *_buttons(texts, quote), _cancel_button(texts, quote)),
        ),
    )


def ideas_message(texts: Texts, preview: QuotePreview) -> Message:
    """Show a quote's prompt, and what changes it."""
    quote = preview.quote
    return Message(
        Accent.BRAND,
        (
            _price(texts, preview),
            _storyboard(texts, quote),
            _failures(texts, preview),
            *prompts.whole(quote.request.prompt),
            *in_rows(
                prompts.style_select(texts, quote, preview.offered),
                _accept_button(texts, quote),
                *prompts.buttons(texts, quote),
                Button(texts("quotes-back-button"), ("quote-price", quote.id)),
            ),
        ),
    )


def _price(texts: Texts, preview: QuotePreview) -> str:
    quote = preview.quote
    if not quote.price:
        return f"**{format_price(texts, 0)}**"
    return join_facts(
        texts(
            "quotes-price-at-most" if quote.request.operation.declared.capped else "quotes-price",
            credits=quote.price,
            duration=format_extent(texts, quote.request),
        ),
        texts("quotes-leaves", after=preview.balance.member_available - quote.price),
    )


def _resets(texts: Texts, quote: Quote) -> str:
    """Say when the month of a quote ends."""
    return texts("quotes-resets", time=format_timestamp(Month.containing(quote.created_at).ends_at))


def _storyboard(texts: Texts, quote: Quote) -> str:
    """Say what is paid for the storyboard, and what later, where the movie begins with one."""
    if not quote.request.operation.declared.steps:
        return ""
    return texts("quotes-storyboard", now=quote.parts.now, later=quote.parts.later)


def _choices(texts: Texts, preview: QuotePreview) -> Iterator[Select]:
    """Build a select of the durations, and one of the models, where there is a choice."""
    request, quote_id, offered = preview.quote.request, preview.quote.id, preview.offered
    asked, models = request.duration_seconds, offered.video_models_for(request.aspect_ratio)[:MAX_OPTIONS]
    durations = sorted({*suggest_durations("", offered.limits), asked})[:MAX_OPTIONS]
    pictures = len(request.sources) if request.operation is Operation.PICTURES else 0
    if len(durations) > 1 and not pictures:
        rate = preview.quote.price // asked
        options = [
            Option(_priced(texts, format_duration(texts, each), rate * each, preview.balance), str(each))
            for each in durations
        ]
        yield Select(texts("forms-duration-label"), ("quote-seconds", quote_id), options, str(asked))
    if len(models) > 1:
        options = [
            Option(
                _priced(
                    texts,
                    truncate(model.label, _MAX_LABEL),
                    model.price(model.longest_clip * pictures or asked),
                    preview.balance,
                ),
                model.key,
                model.strength(texts.language),
            )
            for model in models
        ]
        yield Select(texts("forms-video-model-label"), ("quote-model", quote_id), options, request.video_model)


def _priced(texts: Texts, name: str, price: int, balance: Balance) -> str:
    """Name a choice with its price, and with how many credits are missing."""
    missing = price - balance.spendable
    return join_facts(
        name, format_credits(texts, price), texts("quotes-missing", credits=missing) if missing > 0 else ""
    )


def _last_model(texts: Texts, preview: QuotePreview) -> str:
    """Warn where the remembered model costs more than the default."""
    default, model = preview.default_model, preview.offered.video_model(preview.quote.request.video_model)
    if default is None or model is None:
        return ""
    return texts(
        "quotes-last-model",
        model=escape_line(model.label, 100),
        rate=format_rate(texts, model.credits_per_second),
        other=escape_line(default.label, 100),
        other_rate=format_rate(texts, default.credits_per_second),
    )


def _raised(texts: Texts, preview: QuotePreview) -> str:
    """Say where the model costs more than it did."""
    model = preview.offered.video_model(preview.quote.request.video_model)
    if model is None or not model.is_raised:
        return ""
    return texts(
        "quotes-raised", model=escape_line(model.label, 100), rate=format_rate(texts, model.credits_per_second)
    )


def _failures(texts: Texts, preview: QuotePreview) -> str:
    """Warn where the quote's prompt keeps failing."""
    return texts("quotes-failing", failures=MAX_REPEATED_FAILURES) if preview.failed_repeatedly else ""


def _buttons(texts: Texts, quote: Quote) -> tuple[Button, ...]:
    """Build the buttons that make a quote's movie or change it, or let others pay, too."""
    accept, pitch = _accept_button(texts, quote), copies.pitch_buttons(texts, quote)
    if quote.request.operation is Operation.SCENE:
        return accept, scenes.other_button(texts, quote)
    if quote.request.operation.declared.is_copy:
        return accept, *pitch
    ideas = Button(texts("quotes-ideas-button"), ("quote-ideas", quote.id))
    return accept, _edit_button(texts, quote), *(pitch or [ideas])


def duration_choice(texts: Texts, seconds: int, priced: PricePerSecond | None) -> str:
    """Name a duration, with its price and what it leaves.

    Without `priced`, the duration alone.
    """
    duration = format_duration(texts, seconds)
    if priced is None:
        return duration
    price, balance = priced.credits * seconds, priced.balance
    return join_facts(
        _priced(texts, duration, price, balance),
        texts("quotes-leaves", after=balance.member_available - price) if price <= balance.spendable else "",
    )


def not_accepted_message(texts: Texts, quote: Quote) -> Message:
    """Say that Discord refused the public card.

    The quote can be accepted again.
    """
    return plain(texts("quotes-not-accepted"), *in_rows(*_buttons(texts, quote)))


def refused_order(texts: Texts, refused: OrderRefused, choices: copies.Choices = copies.no_choices) -> Message:
    """Say why nothing was ordered or quoted, with what helps.

    A button makes another movie that fits, asks for more credits where only the member's own are short, lets others
    chip in, or opens the form again. What is made of finished movies has its `choices`.
    """
    if isinstance(refused.reason, Shortfall):
        return _shortfall(texts, refused, refused.reason, choices)
    message = reason_message(texts, refused.reason, refused.draft)
    if refused.editable is None or refused.draft.operation.declared.is_copy:
        return message
    return message.plus(*in_rows(_edit_button(texts, refused.editable, discord.ButtonStyle.primary)))


def reason_message(texts: Texts, reason: Refused | InvalidDraft | PromptRefused, draft: Draft) -> Message:
    """Say why nothing is ordered of a draft."""
    match reason:
        case Refused():
            return refusals.message(texts, reason)
        case PromptRefused():
            return refusals.prompt_message(
                texts, reason, draft.prompt, has_pictures=draft.operation is Operation.PICTURES
            )
        case InvalidDraft(problems=problems):
            return refusals.validation_message(texts, problems)


def _shortfall(texts: Texts, refused: OrderRefused, shortfall: Shortfall, choices: copies.Choices) -> Message:
    """Offer what fits; a form is no help to a member who can afford nothing until credits reset."""
    quote, affordable = refused.editable, refused.affordable
    before: list[Select | Button] = []
    edit: Button | None = None
    if quote is not None and refused.draft.operation.declared.is_copy:
        pitch = copies.pitch_buttons(texts, quote) if shortfall.scope is BudgetScope.MEMBER else ()
        before = [*choices(texts, quote), *pitch]
    elif quote is not None and (affordable or shortfall.scope in _CHANGES_SOON):
        edit = _edit_button(texts, quote)
    return refusals.shortfall_message(
        texts,
        shortfall,
        _failures(texts, affordable) if affordable else "",
        credit_requests.hint(texts, refused.ask),
    ).plus(
        *in_rows(
            *before,
            affordable_button(texts, affordable.quote, refused.other_model) if affordable else None,
            *credit_requests.ask_buttons(texts, refused.ask, shortfall.required),
            edit,
        )
    )


def affordable_button(texts: Texts, quote: Quote, other_model: VideoModel | None = None) -> Button:
    """Order a cheaper movie that fits.

    The price is on the button, because it is shown nowhere else before it is charged.
    """
    duration = format_duration(texts, quote.request.duration_seconds)
    if other_model is not None:
        duration = texts("quotes-with-model", duration=duration, model=truncate(other_model.label, _MAX_LABEL))
    return Button(
        texts("quotes-shorter-button", duration=duration, credits=quote.price),
        ("quote-accept", quote.id),
        discord.ButtonStyle.success,
    )


def _accept_button(texts: Texts, quote: Quote) -> Button:
    said: MessageId = "quotes-accept-button" if quote.price else "quotes-accept-free-button"
    if quote.request.operation.declared.steps:
        said = "quotes-storyboard-button"
    elif quote.price and quote.request.operation.declared.capped:
        said = "quotes-accept-at-most-button"
    label = texts(said, credits=quote.price, now=quote.parts.now, later=quote.parts.later)
    return Button(label, ("quote-accept", quote.id), discord.ButtonStyle.success)


def _cancel_button(texts: Texts, quote: Quote) -> Button:
    return Button(texts("quotes-cancel-button"), ("quote-cancel", quote.id))


def _edit_button(texts: Texts, quote: Quote, style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> Button:
    """Open the modal with the quote's draft."""
    return Button(texts("quotes-edit-button"), ("quote-edit", quote.id), style)


def next_scene(texts: Texts, prompt: str, longest: int) -> str:
    """Return a prompt with the begin of a next scene.

    The start of a long one is left out, so that there is room for the scene.
    """
    begin = texts("series-next-scene")
    return beginning(f"{ending(prompt, max(0, longest - len(begin) - _ROOM))}\n\n{begin} ", longest)
