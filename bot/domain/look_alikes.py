"""Letters that look like those of the Latin alphabet.

Source: Unicode's confusables (https://www.unicode.org/reports/tr39/), as of confusable_homoglyphs 3.3.1, letters
with a stroke, and small capitals. Only small letters that neither NFKC nor the removal of marks turns into Latin ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_LETTERS: Final[Mapping[str, str]] = {
    "a": "\u1d00\u0251\u03b1\u0430\u13aa\ua4ee",
    "b": "\u0299\u0185\u03b2\u0432\u044c\u13cf\u13f4\ua4d0\ua7b5",
    "c": "\u0441\u13df\u1d04\u2ca5\ua4da\U0001043d",
    "d": "\u1d05\u0111\u0501\u13a0\u13e7\ua4d2\ua4d3",
    "e": "\u1d07\u03b5\u0435\u04bd\u13ac\ua4f0\uab32",
    "f": "\u0192\ua730\u03dd\u0584\u1e9d\ua4dd\ua799\uab35",
    "g": "\u0262\u018d\u0261\u050d\u0581\u13c0\u13f3\u1d83\ua4d6",
    "h": "\u029c\u0127\u03b7\u043d\u04bb\u0570\u13bb\u13c2\u2c8f\ua4e7",
    "i": "\u0131\u0269\u026a\u03b9\u0456\u04cf\u13a5\ua647",
    "j": "\u1d0a\u029d\u03f3\u0458\u13ab\ua4d9",
    "k": "\u1d0b\u03ba\u043a\u13e6\u2c95\ua4d7",
    "l": "\u029f\u0142\u01c0\u13de\u2c93\u2cd1\ua4e1\ua4f2\U00010443",
    "m": "\u1d0d\u03bc\u03fb\u043c\u13b7\u2c99\ua4df",
    "n": "\u0274\u03bd\u0578\u057c\u2c9b\ua4e0",
    "o": "\u03c3\u00f8\u03bf\u043e\u0585\u1d0f\u1d11\u2c9f\ua4f3\uab3d\U0001042c\U000104ea",
    "p": "\u1d18\u03c1\u0440\u13e2\u2ca3\ua4d1",
    "q": "\u051b\u0563\u0566",
    "r": "\u0280\u0433\u13a1\u13b1\u13d2\u1d26\u2c85\ua4e3\uab47\uab48\U000104dc",
    "s": "\u01bd\u0455\u057f\u13d5\u13da\ua4e2\ua731\U00010448",
    "t": "\u1d1b\u0167\u03c4\u0442\u13a2\u2ca7\ua4d4",
    "u": "\u028b\u03c5\u057d\u1d1c\ua4f4\ua79f\uab4e\uab52\U000104f6",
    "v": "\u0475\u13d9\u1d20\ua4e6",
    "w": "\u026f\u0461\u051d\u0561\u13b3\u13d4\u1d21\ua4ea",
    "x": "\u03c7\u0445\u2cad\ua4eb\uab53",
    "y": "\u0263\u028f\u03b3\u0443\u04af\u13a9\u13bd\u1d8c\u1eff\u2ca9\ua4ec\uab5a",
    "z": "\u03b6\u13c3\u1d22\ua4dc",
}
"""By Latin letter. Escaped, because they can't be told apart here."""

TO_LATIN: Final = str.maketrans({other: letter for letter, others in _LETTERS.items() for other in others})
"""For `str.translate`, after case folding."""
