"""Formats the messages of bot/locales in one language."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

import structlog
from fluent.runtime import FluentBundle, FluentResource

from bot.domain.language import Language
from bot.locales.message_ids import MessageId

_log = structlog.stdlib.get_logger(__name__)

FOLDER: Final = Path(__file__).parent

SHARED_AREAS: Final = ("terms", "units")
"""Areas that the messages of every area may refer to."""

_MAX_KEPT: Final = 4096
"""Formatted texts that are kept in memory. Each card repeats some of them, and formatting takes up to 20 µs."""

_reported: set[tuple[Language, str]] = set()
"""What was logged already: a message may be shown thousands of times."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language.

    Call it with a message's id and arguments. Integers get the language's thousands separators, so pass years and ids
    as strings. Arguments are not escaped.
    """

    language: Language
    _bundle: FluentBundle = field(repr=False, compare=False)
    _areas: set[str] = field(repr=False, compare=False)

    def __call__(self, message_id: MessageId, /, **arguments: str | int) -> str:
        """Format a message, in English where this language can't."""
        text, problem = self._format(message_id, arguments)
        if problem is None:
            return text
        if (self.language, message_id) not in _reported:
            _reported.add((self.language, message_id))
            _log.error("text_invalid", language=self.language.value, message_id=message_id, error=problem)
        return text if self.language is Language.ENGLISH else texts_in(Language.ENGLISH)(message_id, **arguments)

    def load(self, area: str) -> None:
        """Read an area's file unless that was done; it takes some milliseconds."""
        if area not in self._areas:
            _read_area(self._bundle, self.language, area)
            self._areas.add(area)

    def _format(self, message_id: MessageId, arguments: dict[str, str | int]) -> tuple[str, str | None]:
        """Return the text and what is wrong with it.

        A text with a problem is what could be formatted, or the id. Names and prompts are not kept.
        """
        self.load(message_id.partition("-")[0])
        has_words = any(isinstance(each, str) for each in arguments.values())
        return (_format if has_words else _format_once)(self._bundle, message_id, tuple(arguments.items()))


def _format(
    bundle: FluentBundle, message_id: MessageId, arguments: tuple[tuple[str, str | int], ...]
) -> tuple[str, str | None]:
    if not bundle.has_message(message_id):
        return message_id, "missing"
    pattern = bundle.get_message(message_id).value
    if pattern is None:
        return message_id, "no value"
    text, errors = bundle.format_pattern(pattern, dict(arguments))
    return str(text), repr(errors[0]) if errors else None


_format_once = functools.lru_cache(maxsize=_MAX_KEPT)(_format)


def message_id(*parts: str) -> MessageId:
    """Return the id of a text: its area, a code, and perhaps which text of the code it is.

    The snapshots of all messages hold that there is a text with it.
    """
    return cast("MessageId", "-".join(parts).replace("_", "-"))


@functools.cache
def texts_in(language: Language) -> Texts:
    """Return the texts of a language.

    Parsing a file takes some milliseconds, so an area is read at its first use.
    """
    # Marks that isolate arguments are for right-to-left languages. Discord would show and copy them.
    bundle = FluentBundle([language.value], use_isolating=False)
    for area in SHARED_AREAS:
        _read_area(bundle, language, area)
    return Texts(language, bundle, set(SHARED_AREAS))


def _read_area(bundle: FluentBundle, language: Language, area: str) -> None:
    path = FOLDER / language / f"{area}.ftl"
    if path.is_file():
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
