"""Texts about blocks of members."""

from __future__ import annotations

from bot.domain.quota import Block
from bot.locales.texts import Texts, message_id
from bot.ui.escaping import escape_line
from bot.ui.formatting import format_timestamp


def blocked_text(texts: Texts, block: Block) -> str:
    """Tell a member who blocked them, until when and why."""
    sentence = _format(texts, block, "refusals")
    if not block.reason:
        return sentence
    return f"{sentence}\n{texts('refusals-reason', reason=escape_line(block.reason, 300))}"


def account_notice(texts: Texts, block: Block) -> str:
    """Say in an account until when its member is blocked."""
    return _format(texts, block, "credits")


def format_block(texts: Texts, block: Block) -> str:
    """Tell managers how long a block lasts, and why."""
    shown, reason = _format(texts, block, "quota"), escape_line(block.reason, 100)
    return texts("quota-block-with-reason", block=shown, reason=reason) if reason else shown


def _format(texts: Texts, block: Block, area: str) -> str:
    if block.until is None:
        return texts(message_id(area, "blocked-everywhere" if block.everywhere else "blocked"))
    time = format_timestamp(block.until, "f")
    if block.is_timeout:
        return texts(message_id(area, "timed-out-until"), time=time)
    named = block.everywhere and area != "credits"  # an account says only until when
    return texts(message_id(area, "blocked-everywhere-until" if named else "blocked-until"), time=time)
