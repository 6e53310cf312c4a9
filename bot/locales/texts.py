"""Formats the messages of bot/locales in one language."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import structlog

from bot.domain.text import Language
from bot.locales.message_ids import MessageId

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

_log = structlog.stdlib.get_logger(__name__)

FOLDER: Final = Path(__file__).parent

SHARED_AREAS: Final = ("terms", "units")
"""Areas that the messages of every area may refer to."""

_HEADING: Final = re.compile(r"\n## ([a-z]+)\n")
"""Begins an area, in each language's file."""

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
    _unread: dict[str, str] = field(repr=False, compare=False)
    """The source of each area whose messages were not asked for yet: parsing all of them takes a tenth of a second."""

    def __call__(self, message_id: MessageId, /, **arguments: str | int) -> str:
        """Format a message, in English where this language can't."""
        if (area := message_id.partition("-")[0]) in self._unread:
            self.load(area)
        has_words = any(isinstance(each, str) for each in arguments.values())  # names and prompts are not kept
        text, problem = (_format if has_words else _format_once)(self._bundle, message_id, tuple(arguments.items()))
        if problem is None:
            return text
        if (self.language, message_id) not in _reported:
            _reported.add((self.language, message_id))
            _log.error("text_invalid", language=self.language.value, message_id=message_id, error=problem)
        return text if self.language is Language.ENGLISH else texts_in(Language.ENGLISH)(message_id, **arguments)

    def load(self, area: str) -> None:
        """Parse an area's messages unless that was done; it takes some milliseconds."""
        if (source := self._unread.get(area)) is not None:
            from fluent.runtime import FluentResource

            self._bundle.add_resource(FluentResource(source))
            self._unread.pop(area, None)  # only now, because another thread may ask meanwhile


def _format(
    bundle: FluentBundle, message_id: MessageId, arguments: tuple[tuple[str, str | int], ...]
) -> tuple[str, str | None]:
    """Return the text and what is wrong with it.

    A text with a problem is what could be formatted, or the id.
    """
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
    """Return the texts of a language."""
    from fluent.runtime import FluentBundle

    # Marks that isolate arguments are for right-to-left languages. Discord would show and copy them.
    bundle = FluentBundle([language.value], use_isolating=False)
    texts = Texts(language, bundle, read_areas(language))
    for area in SHARED_AREAS:
        texts.load(area)
    return texts


def read_areas(language: Language) -> dict[str, str]:
    """Read the source of each area's messages in a language."""
    _, *sections = _HEADING.split((FOLDER / f"{language}.ftl").read_text(encoding="utf-8"))
    return dict(zip(sections[::2], sections[1::2], strict=True))


def read_lines(language: Language, area: str) -> dict[str, str]:
    """Read the messages of an area whose messages have one line each, as they are written."""
    with (FOLDER / f"{language}.ftl").open(encoding="utf-8") as lines:
        return dict(line.rstrip().split(" = ", 1) for line in lines if line.startswith(f"{area}-"))
