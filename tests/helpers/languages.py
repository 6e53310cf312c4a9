"""Runs a test in every language."""

from __future__ import annotations

import pytest

from bot.domain.language import Language
from bot.locales.texts import texts_in

LANGUAGES = pytest.mark.parametrize("texts", [*map(texts_in, Language)], ids=[language.value for language in Language])
"""Runs a test with the `texts` of each language."""
