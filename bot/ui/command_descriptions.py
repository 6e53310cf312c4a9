"""Descriptions of the commands and their options.

discord.py gets the ids of their messages, and they are registered in English with their translations. Each is one line
with at most numbers in it, so nothing parses them: six languages of Fluent would take 16 MiB as long as the bot runs.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias, get_args

from bot.domain.catalogue import RequestLimits
from bot.domain.pictures import MAX_PICTURE_MIB
from bot.domain.text import LOCALES, Language
from bot.locales.message_ids import MessageId
from bot.locales.texts import read_lines

_Part: TypeAlias = dict[str, Any]
"""A command, an option or a choice, as Discord gets it."""

MESSAGE_MENU: Final[MessageId] = "commands-make-movie-menu"
MEMBER_MENU: Final[MessageId] = "commands-credits-menu"

_AREA: Final = "commands"

_IDS: Final = frozenset(each for each in get_args(MessageId) if each.startswith(f"{_AREA}-"))

_TRANSLATIONS: Final = {locale: language for locale, language in LOCALES.items() if language is not Language.ENGLISH}
"""In other locales, clients show the English text."""

_THOUSANDS: Final = {Language.ENGLISH: ",", Language.JAPANESE: ",", Language.FRENCH: "\u202f"}
"""What separates thousands; "." in other languages. Babel says the same, but would take 14 MiB for all of them."""


def localized(message_id: MessageId, **arguments: int) -> str:
    """Return what stands for a message until the commands are registered."""
    return f"{message_id} {json.dumps(arguments)}" if arguments else message_id


def localized_text(described: str, language: Language) -> str:
    """Return the message that `localized` stands for, in a language."""
    message_id, _, arguments = described.partition(" ")
    text = _lines(language)[message_id]
    for name, number in json.loads(arguments or "{}").items():
        text = text.replace(f"{{ ${name} }}", f"{number:,}".replace(",", _THOUSANDS.get(language, ".")))
    return text


@functools.cache
def _lines(language: Language) -> dict[str, str]:
    return read_lines(language, _AREA)


def menu_name(menu: MessageId) -> str:
    """Return the English name of a message or member menu, by which discord.py finds it."""
    return _lines(Language.ENGLISH)[menu]


def _menus() -> dict[str, MessageId]:
    """Return the menus by their English names."""
    return {menu_name(menu): menu for menu in (MESSAGE_MENU, MEMBER_MENU)}


def prompt(limits: RequestLimits) -> str:
    """Describe the option for the prompt."""
    return localized("commands-movie-prompt", characters=limits.max_prompt_length)


def picture() -> str:
    """Describe the option for the first picture."""
    return localized("commands-movie-picture", most=MAX_PICTURE_MIB)


def duration(limits: RequestLimits) -> str:
    """Describe the option for the duration."""
    return localized(
        "commands-movie-duration",
        min=limits.min_seconds,
        max=limits.max_seconds,
        default=limits.default_seconds,
    )


def digest(payload: Sequence[_Part]) -> str:
    """Return a digest of commands."""
    return hashlib.sha256(json.dumps(payload, sort_keys=True, default=str).encode()).hexdigest()


def translate(payload: Sequence[_Part]) -> None:
    """Put the texts into commands, in place."""
    for part, key in _described(payload):
        described: str = _menus().get(part[key]) or part[key]
        part[key] = localized_text(described, Language.ENGLISH)
        part[f"{key}_localizations"] = {
            locale: localized_text(described, language) for locale, language in _TRANSLATIONS.items()
        }


def _described(parts: Sequence[_Part]) -> Iterator[tuple[_Part, str]]:
    """Yield each command, option and choice with the names of its values that stand for a message."""
    for part in parts:
        for key in ("name", "description"):
            value = str(part.get(key))
            if value in _menus() or value.partition(" ")[0] in _IDS:
                yield part, key
        yield from _described(part.get("options", ()))
        yield from _described(part.get("choices", ()))
