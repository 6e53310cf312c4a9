"""Lists in fields of an embed."""

from __future__ import annotations

import itertools
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
    return "\n".join(fitting_lines(texts, lines, MAX_FIELD_LENGTH - _MORE_LINES_LENGTH))


def fitting_lines(texts: Texts, lines: Sequence[str], limit: int) -> Sequence[str]:
    """Return as many lines as fit in `limit` characters, and one that counts the others."""
    kept = count_fitting(lines, limit, separator=1)
    return lines if kept == len(lines) else [*lines[:kept], texts("units-more-lines", more=len(lines) - kept)]


def count_fitting(parts: Sequence[str], limit: int, *, separator: int) -> int:
    """Return how many parts fit in `limit` characters, with a separator of this length between them."""
    ends = itertools.accumulate(len(part) + separator for part in parts)
    return sum(end - separator <= limit for end in ends)


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
