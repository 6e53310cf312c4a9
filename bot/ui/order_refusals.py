"""Why an order was refused, with the buttons that help."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.catalogue import Catalogue
from bot.domain.credits import Shortfall
from bot.domain.order import InvalidDraft, OrderRefused
from bot.domain.prompt_refusal import PromptRefused
from bot.domain.refusal import Refused
from bot.locales.texts import Texts
from bot.ui import credit_requests, errors, quotes, refusals
from bot.ui.job_messages import Message


def refused_order(texts: Texts, refused: OrderRefused, catalogue: Catalogue) -> Message:
    """Say why nothing was ordered or quoted.

    A button opens the form again where the order was kept. A shortfall offers the longest movie that fits, and to ask
    for more where only the member's own credits are short.
    """
    if isinstance(refused.reason, Shortfall):
        return _shortfall(texts, refused, refused.reason, catalogue)
    view = None if refused.editable is None else quotes.edit_view(texts, refused.editable)
    return replace(reason_message(texts, refused.reason, refused.draft.prompt), view=view)


def reason_message(texts: Texts, reason: Refused | InvalidDraft | PromptRefused, prompt: str = "") -> Message:
    """Say why nothing is ordered. `prompt` is what the member wrote."""
    match reason:
        case Refused():
            return refusals.message(texts, reason)
        case PromptRefused():
            return Message("", refusals.prompt_embed(texts, reason, prompt))
        case InvalidDraft(problems=problems):
            return Message("", errors.validation_embed(texts, problems))


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
        return Message("", embed, quotes.edit_view(texts, quote, *ask))
    quotes.warn_of_failures(texts, embed, smaller)
    return Message("", embed, quotes.smaller_quote_view(texts, smaller.quote, *ask))
