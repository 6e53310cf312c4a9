"""Gifts: what the giver and the recipient read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.domain.gift import Gift, GiftRefusal, GiftRefused
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.formatting import channel_url, format_timestamp, mention, mention_if_known

_REFUSALS: Final[Mapping[GiftRefusal, MessageId]] = {
    GiftRefusal.OFF: "gifts-off",
    GiftRefusal.SELF: "gifts-self",
    GiftRefusal.GIVER_BLOCKED: "gifts-blocked",
    GiftRefusal.GIVER_ERASING: "gifts-erasing",
    GiftRefusal.PAUSED: "gifts-paused",
    GiftRefusal.RECIPIENT_BLOCKED: "gifts-recipient-blocked",
}

_LIMITED: Final[Mapping[GiftRefusal, MessageId]] = {
    GiftRefusal.OVER_BOUND: "gifts-over-bound",
    GiftRefusal.TOO_FEW: "gifts-too-few",
}


def given(texts: Texts, recipient_id: int, credits: int) -> str:
    """Confirm a gift to its giver."""
    return texts("gifts-given", member=mention(recipient_id), credits=credits)


def refused(texts: Texts, refusal: GiftRefused) -> str:
    """Say why a gift was not made."""
    if refusal.reason in _LIMITED:
        return texts(_LIMITED[refusal.reason], credits=refusal.possible)
    return texts(_REFUSALS[refusal.reason])


def too_fast(texts: Texts, retry_at: int) -> str:
    """Ask a member who gives too often to wait.

    `retry_at` is UTC epoch milliseconds.
    """
    return texts("gifts-too-fast", time=format_timestamp(retry_at))


def received(texts: Texts, gift: Gift, *, direct: bool) -> str:
    """Tell the recipient of a gift, by DM or in the channel.

    The time tells it from another gift of the same amount.
    """
    time, giver = format_timestamp(gift.created_at, "f"), mention_if_known(texts, gift.giver_id)
    if direct:
        place = channel_url(gift.guild_id, gift.channel_id)
        return texts("gifts-received", member=giver, credits=gift.credits, time=time, place=place)
    recipient = mention(gift.recipient_id)
    return texts("gifts-received-here", member=giver, recipient=recipient, credits=gift.credits, time=time)
