"""Quotes whose prompt breaks no rule of the server's filter.

Every quote of a member's is made here, so none is shown or kept of a prompt that could not be ordered.
"""

from __future__ import annotations

from bot.domain.credits import Limits, Shortfall
from bot.domain.order import Order
from bot.domain.prompt_refusal import PromptRefusal
from bot.domain.quota import Block
from bot.domain.quote import Quote, QuotePreview
from bot.domain.risk import Refusal
from data import prompt_refusals, quotes, server_setup
from data.compiled_filters import PromptRules
from data.database import Transaction


def create(
    tx: Transaction, filters: PromptRules, order: Order, quote: Quote, defaults: Limits
) -> QuotePreview | Shortfall | Refusal | Block | PromptRefusal:
    """Save a quote of an order that fits the member's credits.

    Return it with their balance, or why it can't be had.
    """
    refused = _refusal(tx, filters, order, quote, defaults)
    return quotes.create(tx, quote, order.origin.role_ids, defaults) if refused is None else refused


def save(tx: Transaction, filters: PromptRules, order: Order, quote: Quote, defaults: Limits) -> Quote | PromptRefusal:
    """Save a quote whether it fits or not."""
    refused = _refusal(tx, filters, order, quote, defaults)
    if refused is None:
        quotes.save(tx, quote)
        return quote
    return refused


def _refusal(
    tx: Transaction, filters: PromptRules, order: Order, quote: Quote, defaults: Limits
) -> PromptRefusal | None:
    return prompt_refusals.refusal(
        tx,
        filters,
        server_setup.get(tx, quote.guild_id),
        order.origin,
        quote.request.prompt,
        defaults.risk,
        own_words=None if order.wording is None else order.wording.member_words,
    )
