"""What the prompt filter takes for the longest prompt and the most rules."""

from __future__ import annotations

import itertools
import statistics
import string
import time
from collections.abc import Iterable, Iterator
from typing import Final

from benchmarks.harness import Row, Size, Spread
from bot.domain.prompt_filter import FilterRule, FoldedPrompt, PromptFilter

_CHARACTERS: Final = 4000
_TARGET_MS: Final = 5.0


def _words(letters: Iterable[str], count: int) -> str:
    """Return words of so many letters, all of them different."""
    words = itertools.islice(itertools.product(letters, repeat=count), _CHARACTERS)
    return " ".join(map("".join, words))[:_CHARACTERS]


_FLAGS: Final = [chr(0x1F1E6 + number) for number in range(26)]
_CYRILLIC: Final = "\u0430\u0431\u0432\u0433\u0434\u0435\u0436"

_TEXTS: Final = (
    "a paper boat sails across a rainy street at night, neon lights in the puddles ",
    "one ",
    "one x ",
    "a ",
    "a",
    "\u0430",
    "f u c k ",
    "0 ",
    "\u6f22\u5b57",
    "\u00e9",
    "\u0301",
    "\u0301\u0323",
    "one x001 last ",
    _words(string.ascii_lowercase, 2) + " ",
    _words(string.ascii_lowercase + "013$", 2),
    _words(string.ascii_lowercase + "013", 1) + " ",
    _words("abcdefghijklmnop0\u00e9\u0430", 8),
    _words(_CYRILLIC, 2),
    _words(_CYRILLIC, 5),
    _words(map(chr, range(0x4E00, 0x4E00 + _CHARACTERS)), 1),
    _words(_FLAGS, 1) + " ",
    _words(_FLAGS, 2) + " ",
    _words([*_CYRILLIC, *_FLAGS], 3),
    _words("ao0\u0436$!", 6),
    _words(["\u043e1$\u0436\u0436\u0436", "0oo\u0430$", "1aaa0"], 7),
)
"""An ordinary prompt, and those that look worst for the rules below and for folding."""


async def measure(size: Size) -> list[Row]:
    """Check each text in several rounds; the one that is slowest by its median counts."""
    compiled = PromptFilter(_rules())
    figures = max(([_took_ms(compiled, text) for _ in range(size.rounds)] for text in _TEXTS), key=statistics.median)
    spread = Spread.over(figures)
    return [
        Row(
            f"the prompt filter: 4,000 characters and 1,000 rules, the slowest of {len(_TEXTS)} texts",
            "5 ms",
            f"{spread.median:.1f} ms",
            f"{_TARGET_MS:.0f} ms",
            Spread.over([figure / _TARGET_MS for figure in figures]),
            "≤ 1x",
            spread.median <= _TARGET_MS,
        )
    ]


def _rules() -> Iterator[FilterRule]:
    """Yield rules that begin alike, of every kind."""
    for number in range(250):
        yield FilterRule(f"one ... x{number:03} ... last")
        yield FilterRule(f"one one one y{number:03}")
        yield FilterRule(f"*{number:03}aaa*")
        yield FilterRule(f"\u6f22\u5b57{chr(0x5000 + number)}")


def _took_ms(compiled: PromptFilter, text: str) -> float:
    prompt = text * (_CHARACTERS // len(text))
    started = time.process_time()
    compiled.broken_by(FoldedPrompt(prompt))
    return 1000 * (time.process_time() - started)
