"""Texts about blocks of members."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Final

from bot.domain.quota import Block
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.escaping import escape_line
from bot.ui.formatting import format_timestamp


class _Place(Enum):
    """Where a block is told of."""

    REFUSAL = auto()
    ACCOUNT = auto()
    QUOTA = auto()


_UNTIL_UNBLOCKED: Final[Mapping[tuple[_Place, bool], MessageId]] = {
    (_Place.REFUSAL, False): "refusals-blocked",
    (_Place.REFUSAL, True): "refusals-blocked-everywhere",
    (_Place.ACCOUNT, False): "credits-blocked",
    (_Place.ACCOUNT, True): "credits-blocked-everywhere",
    (_Place.QUOTA, False): "quota-blocked",
    (_Place.QUOTA, True): "quota-blocked-everywhere",
}
"""For a block without an end, by whether it holds everywhere."""

_UNTIL: Final[Mapping[tuple[_Place, bool], MessageId]] = {
    (_Place.REFUSAL, False): "refusals-blocked-until",
    (_Place.REFUSAL, True): "refusals-blocked-everywhere-until",
    (_Place.ACCOUNT, False): "credits-blocked-until",
    (_Place.ACCOUNT, True): "credits-blocked-until",
    (_Place.QUOTA, False): "quota-blocked-until",
    (_Place.QUOTA, True): "quota-blocked-everywhere-until",
}

_TIMED_OUT: Final[Mapping[_Place, MessageId]] = {
    _Place.REFUSAL: "refusals-timed-out-until",
    _Place.ACCOUNT: "credits-timed-out-until",
    _Place.QUOTA: "quota-timed-out-until",
}


def blocked_text(texts: Texts, block: Block) -> str:
    """Tell a member who blocked them, until when and why."""
    sentence = _format(texts, block, _Place.REFUSAL)
    if not block.reason:
        return sentence
    return f"{sentence}\n{texts('refusals-reason', reason=escape_line(block.reason, 300))}"


def account_notice(texts: Texts, block: Block) -> str:
    """Say in an account until when its member is blocked."""
    return _format(texts, block, _Place.ACCOUNT)


def format_block(texts: Texts, block: Block) -> str:
    """Tell managers how long a block lasts, and why."""
    shown, reason = _format(texts, block, _Place.QUOTA), escape_line(block.reason, 100)
    return texts("quota-block-with-reason", block=shown, reason=reason) if reason else shown


def _format(texts: Texts, block: Block, place: _Place) -> str:
    if block.until is None:
        return texts(_UNTIL_UNBLOCKED[place, block.everywhere])
    time = format_timestamp(block.until, "f")
    if block.is_timeout:
        return texts(_TIMED_OUT[place], time=time)
    return texts(_UNTIL[place, block.everywhere], time=time)
