"""Every language's messages: complete, formattable, within Discord's limits, and in that language."""

import re
from collections import Counter
from collections.abc import Callable
from typing import cast

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from bot.domain.text import Language, language_of
from bot.locales.message_ids import MessageId
from bot.locales.texts import SHARED_AREAS, Texts, _format, _format_once, texts_in
from scripts import generate_message_ids
from tests.helpers import locale_files
from tests.helpers.locale_files import Entry

LIMITS = {
    "-button": 80,
    "-title": 256,
    "-modal-title": 45,
    "-field": 256,
    "-value": 1024,
    "-label": 45,
    "-placeholder": 100,
    "-option": 100,
    "-hint": 100,
    "-menu": 32,
    "-footer": 2048,
    "-alt-text": 1024,
}
"""Discord's limits by how an id ends; the longest ending applies. docs/translating.md has them."""

AREA_LIMITS = {"commands": 100}
CONTENT_LIMIT = 2000

_INTERNATIONAL = {"units-hours-minutes", "units-minutes-seconds", "units-minutes", "forms-prompt-label"}

SAME_AS_ENGLISH: dict[Language, set[str]] = {
    Language.GERMAN: {*_INTERNATIONAL, "commands-language-hindi", "commands-language-sanskrit"}
    | {"cards-minutes", "buttons-remix-button", "setup-community-field", "staff-credits-button", "forms-voice-neutral"},
    Language.FRENCH: {
        *_INTERNATIONAL,
        *(f"commands-language-{name}" for name in ("bengali", "hindi", "sanskrit", "latin")),
        *("versions-list", "versions-open-button"),
    },
    Language.SPANISH: {*_INTERNATIONAL, "commands-language-hindi", "quota-roles-field", "quotes-ideas-button"}
    | {"buttons-remix-button", "movies-remixes"},
    Language.PORTUGUESE: {*_INTERNATIONAL, "commands-language-bengali", "commands-language-hindi"}
    | {"cards-minutes", "movies-remixes"},
    Language.JAPANESE: set(),
}
"""Messages whose words are the same in another language."""

WORDS = {
    Language.ENGLISH: "the your you with this that",
    Language.GERMAN: "und nicht dein deine wird dieser dieses für",
    Language.FRENCH: "dans avec pas cette jusqu",
    Language.SPANISH: "el los tus una con",
    Language.PORTUGUESE: "não você seu sua em uma",
}
"""Frequent words of one language that no other has."""

STRANGERS_ADDRESS = {
    Language.GERMAN: r"\b(Sie|Ihr|Ihre|Ihnen|Ihren)\b",
    Language.FRENCH: r"\b(vous|votre|vos)\b",
    Language.SPANISH: r"\b(usted|ustedes|vosotros)\b",
    Language.PORTUGUESE: r"\b(tu|teu|tua|teus|tuas)\b",
}
"""The forms of address that the bot does not use: it says du, tu, tú and você."""

_NUMBER_ARGUMENTS = """
added after characters credits days default failures granted_credits held_credits hours least lost_credits max min
minutes mismatches models more most movies page pages people percent pitches problems refunded_credits removed
reports room rules running_movies seconds spent stars step steps variant votes
"""
NUMBER_ARGUMENTS = frozenset(_NUMBER_ARGUMENTS.split())
"""The arguments that are integers; all others are texts. A name has one type in all messages."""

NUMBERS = (0, 1, 2, 11, 21, 1_000_000, 9_999_999)
"""Each form of a plural in each language: a million is "many" in French, Spanish and Portuguese."""


def limit(message_id: str) -> int:
    endings = [ending for ending in LIMITS if message_id.endswith(ending)]
    if endings:
        return LIMITS[max(endings, key=len)]
    return AREA_LIMITS.get(message_id.partition("-")[0], CONTENT_LIMIT)


def words(entry: Entry) -> str:
    return " ".join(entry.texts)


def offenders(breaks: Callable[[Language, Entry], object]) -> dict[str, set[str]]:
    found = {
        language.value: {name for name, entry in locale_files.entries(language).items() if breaks(language, entry)}
        for language in Language
    }
    return {language: names for language, names in found.items() if names}


def test_no_file_has_mistakes_and_an_id_begins_with_its_heading_and_appears_once() -> None:
    wrong: list[tuple[str, object]] = []
    for language in Language:
        wrong += [(language, each.content) for each in locale_files.parsed(language) if isinstance(each, ast.Junk)]
        entries = list(locale_files.every_entry(language))
        wrong += [(language, each.id) for each in entries if each.id.partition("-")[0] not in {"", each.area}]
        wrong += [(language, name) for name, count in Counter(each.id for each in entries).items() if count > 1]
    assert wrong == []


def test_a_message_refers_only_to_its_own_area_and_to_the_shared_ones_and_every_term_is_used() -> None:
    for language in Language:
        used = {name for entry in locale_files.entries(language).values() for name in entry.references}
        assert {name for name in locale_files.entries(language) if name.startswith("-")} <= used
    assert not offenders(
        lambda language, entry: any(
            locale_files.entries(language)[name].area not in {entry.area, *SHARED_AREAS} for name in entry.references
        )
    )


def test_every_language_has_exactly_the_messages_of_english_with_their_arguments() -> None:
    english = locale_files.messages(Language.ENGLISH)
    for language in Language:
        assert {*locale_files.messages(language)} ^ {*english} == set()
        other = {name: locale_files.variables(language, name) for name in english}
        expected = {name: locale_files.variables(Language.ENGLISH, name) for name in english}
        assert {name for name in english if other[name] != expected[name]} == set()


def test_the_ids_that_pyright_knows_are_those_of_the_files() -> None:
    """If it fails, run scripts/generate_message_ids.py."""
    assert generate_message_ids.TARGET.read_text(encoding="utf-8") == generate_message_ids.generated()


@pytest.mark.full
def test_a_message_formats_with_any_arguments_within_discords_limits() -> None:
    stray, wrong = re.compile(r"^\s|\s$|  |\t| $|^ ", re.MULTILINE), set[tuple[str, str, object]]()
    for language in Language:
        for message_id in locale_files.messages(language):
            wanted = locale_files.variables(Language.ENGLISH, message_id)
            for number in NUMBERS if wanted & NUMBER_ARGUMENTS else NUMBERS[:1]:
                given = {each: number if each in NUMBER_ARGUMENTS else "n" * 30 for each in wanted}
                texts = texts_in(language)
                texts.load(message_id.partition("-")[0])
                text, problem = _format(texts._bundle, message_id, tuple(given.items()))
                if problem is not None or not 1 <= len(text) <= limit(message_id) or stray.search(text):
                    wrong.add((language, message_id, problem or len(text)))
    assert wrong == set()


def test_no_message_was_left_in_english() -> None:
    english = locale_files.messages(Language.ENGLISH)
    for language, expected in SAME_AS_ENGLISH.items():
        same = {
            name
            for name, entry in locale_files.messages(language).items()
            if words(entry) == words(english[name]) and re.search(r"[a-z]{2}", words(entry))
        }
        assert same == expected


def test_a_message_has_no_words_of_another_language() -> None:
    others = {
        language: {word for other, those in WORDS.items() if other is not language for word in those.split()}
        for language in Language
    }
    assert not offenders(lambda language, entry: others[language] & set(re.findall(r"[^\W\d_]+", words(entry).lower())))


def test_japanese_is_written_in_japanese_and_nothing_else_is() -> None:
    japanese, letter = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]"), re.compile(r"[^\W\d_]")
    assert not offenders(
        lambda language, entry: (
            not entry.id.startswith("-")
            and bool(japanese.search(words(entry)))
            != (language is Language.JAPANESE and bool(letter.search(words(entry))))
        )
    )


def test_members_are_addressed_as_friends() -> None:
    assert not offenders(
        lambda language, entry: language in STRANGERS_ADDRESS and re.search(STRANGERS_ADDRESS[language], words(entry))
    )


def test_a_locale_of_discord_has_a_language() -> None:
    known = {language.value: language for language in Language}
    known |= {"en-GB": Language.ENGLISH, "es-419": Language.SPANISH}
    assert {locale: language_of(locale) for locale in known} == known
    assert {language_of(locale) for locale in ("it", "pt", "", None)} == {Language.ENGLISH}


def test_names_and_prompts_stay_as_they_are_and_are_not_kept_in_memory() -> None:
    texts = texts_in(Language.ENGLISH)
    assert "(up to 2026 { $x } characters)" in texts("commands-movie-prompt", characters="2026 { $x }")
    assert texts("units-movies", movies=7) == texts("units-movies", movies=7)
    kept = _format_once.cache_info().currsize
    assert kept > 0
    assert "Ada" in texts("cards-in-list", member="Ada")
    assert _format_once.cache_info().currsize == kept


BROKEN: dict[MessageId, str] = {
    "units-credits": "",
    "units-bonus-credits": "units-bonus-credits = { $missing } Credits",
    "units-credits-monthly": "units-credits-monthly =\n    .only-attribute = Credits",
}


@pytest.mark.parametrize("message_id", BROKEN)
def test_what_a_language_lacks_is_english_and_logged(message_id: MessageId, caplog: pytest.LogCaptureFixture) -> None:
    bundle = FluentBundle(["de"], use_isolating=False)
    bundle.add_resource(FluentResource(BROKEN[message_id]))
    german, expected = Texts(Language.GERMAN, bundle, {}), texts_in(Language.ENGLISH)(message_id, credits=5)
    assert [german(message_id, credits=5) for _ in range(3)] == [expected] * 3
    assert caplog.messages == ["text_invalid"]


def test_what_english_lacks_is_named_by_its_id(caplog: pytest.LogCaptureFixture) -> None:
    unknown = cast("MessageId", "nowhere-to-be-found")
    assert texts_in(Language.FRENCH)(unknown) == "nowhere-to-be-found"
    assert caplog.messages == ["text_invalid"] * 2  # French and English
