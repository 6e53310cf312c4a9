"""The languages that the bot speaks."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Language(StrEnum):
    """A language, by Discord's code of its locale."""

    ENGLISH = "en-US"
    GERMAN = "de"
    FRENCH = "fr"
    SPANISH = "es-ES"
    PORTUGUESE = "pt-BR"
    JAPANESE = "ja"


_LANGUAGES: Final = {
    **{language.value: language for language in Language},
    "en-GB": Language.ENGLISH,
    "es-419": Language.SPANISH,
}
"""By the codes of https://discord.com/developers/docs/reference#locales."""


def language_of(locale: str | None) -> Language:
    """Return the language for a locale of Discord; English for others."""
    return _LANGUAGES.get(locale or "", Language.ENGLISH)


def translated_language(locale: str) -> Language | None:
    """Return the language for a locale of Discord, or None."""
    return _LANGUAGES.get(locale)
