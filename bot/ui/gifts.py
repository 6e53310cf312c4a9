"""Gifts: what the giver and the recipient read."""

from __future__ import annotations

from bot.domain.gift import Gift
from bot.locales.texts import Texts
from bot.ui.formatting import channel_url, format_timestamp, mention, mention_if_known


def given(texts: Texts, recipient_id: int, credits: int) -> str:
    """Confirm a gift to its giver."""
    return texts("gifts-given", member=mention(recipient_id), credits=credits)


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
