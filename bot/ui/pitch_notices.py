"""What members who chipped in for a pitch are told."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.delivery import PostedMessage
from bot.domain.message import MessageKind, Notice
from bot.domain.pitch import Pitch
from bot.locales.texts import Texts, message_id
from bot.ui.amounts import format_credits
from bot.ui.formatting import channel_url, mention, message_url


def notice_text(texts: Texts, notices: Sequence[Notice], *, direct: bool) -> str:
    """Tell members what became of their share in a pitch.

    Only a direct message, which one of them gets, says how much it was.
    """
    first, about = notices[0], notices[0].subject
    assert isinstance(about, Pitch)
    pitch = pitch_url(about)
    members = " ".join(mention(each.member_id) for each in notices)
    if first.kind is MessageKind.RETURNED:
        shared = _charged if any(each.spent for each in notices) else _returned
        return shared(texts, notices, pitch, direct=direct)
    kind = "approval" if first.kind is MessageKind.FUNDED and first.awaits_approval else first.kind
    if direct:
        return texts(message_id("pledges", kind, "direct"), credits=first.credits, pitch=pitch)
    return texts(message_id("pledges", kind), members=members, pitch=pitch)


def _returned(texts: Texts, notices: Sequence[Notice], pitch: str, *, direct: bool) -> str:
    """Tell members that their credits are back, and why.

    Who made the pitch and paid nothing is told that it is over.
    """
    first = notices[0]
    why = "" if first.reason is None else f"{texts(message_id('pledges-why', first.reason))} "
    if direct:
        if not first.credits:
            return texts("pledges-over-direct", why=why, pitch=pitch)
        return texts("pledges-returned-direct", credits=first.credits, why=why, pitch=pitch)
    members = " ".join(mention(each.member_id) for each in notices)
    return texts("pledges-returned" if first.credits else "pledges-over", members=members, why=why, pitch=pitch)


def _charged(texts: Texts, notices: Sequence[Notice], pitch: str, *, direct: bool) -> str:
    """Tell members that a canceled movie cost them their shares, or parts."""
    if not direct:
        members = " ".join(mention(each.member_id) for each in notices)
        return texts("pledges-charged", members=members, pitch=pitch)
    spent, refunded = (format_credits(texts, amount) for amount in (notices[0].spent, notices[0].credits))
    return texts("pledges-charged-direct", spent=spent, refunded=refunded, pitch=pitch)


def pitch_url(pitch: Pitch) -> str:
    """Return the address of a pitch's message, or of its channel."""
    if pitch.message_id is None:
        return channel_url(pitch.guild_id, pitch.channel_id)
    return message_url(pitch.guild_id, PostedMessage(pitch.channel_id, pitch.message_id))
