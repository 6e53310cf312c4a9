"""Quotes whose prompt breaks no rule of the server's filter.

Every quote of a member's is made here, so none is shown or kept of a prompt that could not be ordered.
"""

from __future__ import annotations

from bot.domain.credits import Limits, Shortfall
from bot.domain.job import encode_id
from bot.domain.order import Order
from bot.domain.prompt_refusal import PromptRefusal
from bot.domain.quota import Block
from bot.domain.quote import Quote, QuotePreview
from bot.domain.risk import Refusal
from data import prompt_refusals, quotes, server_setup
from data.compiled_filters import PromptRules
from data.database import Transaction


def create(
    tx: Transaction, filters: PromptRules, order: Order, replaces: Quote | None, defaults: Limits
) -> QuotePreview | Shortfall | Refusal | Block | PromptRefusal:
    """Save a quote of an order that fits the member's credits, and cancel the one that it replaces.

    Return it with their balance, or why it can't be had.
    """
    refused = _refusal(tx, filters, order, defaults)
    if refused is not None:
        return refused
    return quotes.create(tx, _quote(tx, order, replaces), order.origin.role_ids, defaults)


def save(
    tx: Transaction, filters: PromptRules, order: Order, replaces: Quote | None, defaults: Limits
) -> Quote | PromptRefusal:
    """Save a quote whether it fits or not, and cancel the one that it replaces."""
    refused = _refusal(tx, filters, order, defaults)
    if refused is None:
        quote = _quote(tx, order, replaces)
        quotes.save(tx, quote)
        return quote
    return refused


def _quote(tx: Transaction, order: Order, replaces: Quote | None) -> Quote:
    """Make a quote.

    Its id is its interaction's, which makes one at most.
    """
    origin = order.origin
    return Quote(
        encode_id(origin.interaction_id),
        origin.guild_id,
        origin.channel_id,
        origin.member_id,
        order.request,
        order.price,
        tx.now,
        None if replaces is None else replaces.root,
        order.wording,
    )


def _refusal(tx: Transaction, filters: PromptRules, order: Order, defaults: Limits) -> PromptRefusal | None:
    return prompt_refusals.refusal(
        tx,
        filters,
        server_setup.get(tx, order.origin.guild_id),
        order.origin,
        order.request.prompt,
        defaults.risk,
        own_words=None if order.wording is None else order.wording.member_words,
    )
