"""What must never stand in a log: secrets, interaction tokens, callback paths, the signed parts of links.

It goes over every value of every line, the text of exceptions included. Prompts are kept out at the source: no line of
ours carries one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Final, cast

_PATTERNS: Final = (
    (re.compile(r"(/(?:webhooks|interactions)/\d+/)[^/\s?\"']+"), r"\1…"),  # interaction tokens
    (re.compile(r"(/callbacks/)[^/\s?\"']+"), r"\1…"),
    (re.compile(r"(?i)(\b[a-z][a-z0-9+.-]{0,20}://)[^\s/?#\"<>@]+@"), r"\1…@"),  # a password in an address
    (re.compile(r"(?i)(\b[a-z][a-z0-9+.-]{0,20}://[^\s?\"<>]{1,8192}\?)[^\s\"<>]+"), r"\1…"),  # signed links
    (re.compile(r"(?i)(\bBearer\s+|\bBot\s+)[\w.\-]{12,}"), r"\1…"),
    (re.compile(r"\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}\b"), "…"),  # a bot's token
)

_SHORTEST_SECRET: Final = 6


class Redactor:
    """Cleans what is about to be written. `secrets` are this process's own, taken out literally."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets = tuple(secret for secret in secrets if len(secret) >= _SHORTEST_SECRET)

    def redact_event(self, event: Mapping[str, object]) -> dict[str, object]:
        """Clean all that a line carries."""
        return {self.redact(str(key)): self._clean(value) for key, value in event.items()}

    def redact(self, text: str) -> str:
        """Clean a text."""
        for secret in self._secrets:
            text = text.replace(secret, "…")
        for pattern, instead in _PATTERNS:
            text = pattern.sub(instead, text)
        return text

    def _clean(self, value: object) -> object:
        if value is None or type(value) in (bool, int):  # a number of another kind may show itself as it likes
            return value
        if type(value) is float:
            return value if math.isfinite(value) else str(value)  # JSON knows no others
        if isinstance(value, Mapping):
            items = cast("Mapping[object, object]", value).items()
            return {self.redact(str(key)): self._clean(each) for key, each in items}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._clean(each) for each in cast("Iterable[object]", value)]
        return self.redact(str(value))
