"""A message in each language: numbers, plurals, and what happens without one."""

from __future__ import annotations

from typing import cast

import pytest
from fluent.runtime import FluentBundle, FluentResource

from bot.domain.language import Language, language_of, translated_language
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, _format_once, texts_in


def test_a_locale_of_discord_has_a_language() -> None:
    known = {
        **{language.value: language for language in Language},
        "en-GB": Language.ENGLISH,
        "es-419": Language.SPANISH,
    }
    assert {locale: language_of(locale) for locale in known} == known
    assert {locale: translated_language(locale) for locale in known} == known
    assert {language_of(locale) for locale in ("it", "pt", "", None)} == {Language.ENGLISH}
    assert {translated_language(locale) for locale in ("it", "pt", "")} == {None}


def test_a_text_argument_stays_as_it_is() -> None:
    text = texts_in(Language.ENGLISH)("commands-movie-prompt", characters="2026 { $x }")
    assert "(up to 2026 { $x } characters)" in text


def test_names_and_prompts_are_not_kept_in_memory() -> None:
    texts = texts_in(Language.ENGLISH)
    assert texts("units-movies", movies=7) == texts("units-movies", movies=7)
    kept = _format_once.cache_info().currsize
    assert kept > 0
    assert "Ada" in texts("cards-direct", member="Ada")
    assert _format_once.cache_info().currsize == kept


def broken(language: Language, source: str) -> Texts:
    bundle = FluentBundle([language.value], use_isolating=False)
    bundle.add_resource(FluentResource(source))
    return Texts(language, bundle, {"units"})


@pytest.mark.parametrize(
    ("message_id", "source"),
    [
        ("units-credits", ""),
        ("units-bonus-credits", "units-bonus-credits = { $missing } Credits"),
        ("units-credits-monthly", "units-credits-monthly =\n    .only-attribute = Credits"),
    ],
)
def test_what_a_language_lacks_is_in_english_and_logged_once(
    message_id: MessageId, source: str, caplog: pytest.LogCaptureFixture
) -> None:
    german = broken(Language.GERMAN, source)
    expected = texts_in(Language.ENGLISH)(message_id, credits=5)
    assert [german(message_id, credits=5) for _ in range(3)] == [expected] * 3
    assert [each.message for each in caplog.records] == ["text_invalid"]


def test_what_english_lacks_is_named_by_its_id(caplog: pytest.LogCaptureFixture) -> None:
    unknown = cast("MessageId", "nowhere-to-be-found")
    assert texts_in(Language.FRENCH)(unknown) == "nowhere-to-be-found"
    assert [each.message for each in caplog.records] == ["text_invalid"] * 2  # French and English
