"""Style presets: words that one choice adds to a prompt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.language import Language


@dataclass(frozen=True, slots=True)
class Style:
    """A style preset: members read its label, the API gets its words.

    Both are by language, in English at least.
    """

    key: str
    labels: Mapping[Language, str]
    words: Mapping[Language, str]
    enabled: bool = True

    def label(self, language: Language) -> str:
        """Return the label in a language, or else in English."""
        return self.labels.get(language, self.labels[Language.ENGLISH])

    def words_in(self, language: Language) -> str:
        """Return the words in a language, or else in English."""
        return self.words.get(language, self.words[Language.ENGLISH])
