"""Redaction of logs: secrets, tokens, callback paths, signed links, members' ids.

It goes over every field of every line, with the text of exceptions. Prompts, names and ids of members are never logged
at all: what a host collected of the log can't be erased.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Final, cast

from structlog.typing import EventDict, WrappedLogger

_PATTERNS: Final = (
    (re.compile(r"(/(?:webhooks|interactions)/\d+/)[^/\s?\"']+"), r"\1…"),  # interaction tokens
    (re.compile(r"(/callbacks/)[^/\s?\"']+"), r"\1…"),
    (re.compile(r"(/(?:users|members)/)\d+"), r"\1…"),  # whose it is, in an address of Discord's
    (re.compile(r"(?i)(\b[a-z][a-z0-9+.-]{0,20}://)[^\s/?#\"<>@]+@"), r"\1…@"),  # a password in an address
    (re.compile(r"(?i)(\b[a-z][a-z0-9+.-]{0,20}://[^\s?\"<>]{1,8192}\?)[^\s\"<>]+"), r"\1…"),  # signed links
    (re.compile(r"(?i)(\bBearer\s+|\bBot\s+)[\w.\-]{12,}"), r"\1…"),
    (re.compile(r"\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}\b"), "…"),  # a bot's token
)

_MIN_SECRET_LENGTH: Final = 6
"""Shorter secrets are not replaced: they are part of ordinary words."""


class Redactor:
    """The structlog processor that redacts.

    `secrets` are this process's own, replaced wherever they occur.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets = tuple(secret for secret in secrets if len(secret) >= _MIN_SECRET_LENGTH)

    def redact_event(self, _logger: WrappedLogger, _method: str, event_dict: EventDict) -> EventDict:
        """Redact the names and values of all fields."""
        return {self.redact(str(name)): self._redact_value(value) for name, value in event_dict.items()}

    def redact(self, text: str) -> str:
        """Redact a text."""
        for secret in self._secrets:
            text = text.replace(secret, "…")
        for pattern, replacement in _PATTERNS:
            text = pattern.sub(replacement, text)
        return text

    def _redact_value(self, value: object) -> object:
        if value is None or type(value) in (bool, int):  # a subclass may have a repr of its own
            return value
        if type(value) is float:
            return value if math.isfinite(value) else str(value)  # JSON has no NaN or infinity
        if isinstance(value, Mapping):
            items = cast("Mapping[object, object]", value).items()
            return {self.redact(str(key)): self._redact_value(each) for key, each in items}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._redact_value(each) for each in cast("Iterable[object]", value)]
        return self.redact(str(value))
