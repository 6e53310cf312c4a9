"""Lists in fields of an embed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.domain.discord_limits import MAX_FIELD_LENGTH
from bot.locales.texts import Texts

_MORE_LINES_LENGTH: Final = 40
"""For "and 9,999 more" in any language."""


def field_lines(texts: Texts, lines: Sequence[str]) -> str:
    """Join as many lines as fit in a field.

    The others are counted.
    """
    kept: list[str] = []
    for line in lines:
        if len("\n".join([*kept, line])) > MAX_FIELD_LENGTH - _MORE_LINES_LENGTH:
            break
        kept.append(line)
    rest = len(lines) - len(kept)
    return "\n".join([*kept, texts("units-more-lines", more=rest)] if rest else kept)


def split_lines(lines: Sequence[str]) -> Sequence[str]:
    """Join lines into the values of as few fields as hold them."""
    values: list[str] = []
    for line in lines:
        joined = f"{values[-1]}\n{line}" if values else line
        if values and len(joined) <= MAX_FIELD_LENGTH:
            values[-1] = joined
        else:
            values.append(line)
    return values
