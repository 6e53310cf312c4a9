"""Every language's messages: complete, formattable, within Discord's limits, and in that language."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from fluent.syntax import ast
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.language import Language
from bot.locales.texts import SHARED_AREAS, texts_in
from scripts import generate_message_ids
from tests.helpers import locale_files

OTHERS = [language for language in Language if language is not Language.ENGLISH]

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
    | {"cards-minutes", "cards-status-field", "movies-status-field", "buttons-remix-button"}
    | {"setup-community-field", "setup-community-button"},
    Language.FRENCH: {
        *(*_INTERNATIONAL, "movies-dates-field", "pitches-votes"),
        *(f"commands-language-{name}" for name in ("bengali", "hindi", "sanskrit", "latin")),
    },
    Language.SPANISH: {*_INTERNATIONAL, "commands-language-hindi", "quota-not-blocked", "quota-roles-field"},
    Language.PORTUGUESE: {*_INTERNATIONAL, "commands-language-bengali", "commands-language-hindi"}
    | {"cards-minutes", "cards-status-field", "movies-status-field"},
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
"""The forms of address that the bot uses: du, tu, tú and você."""

NUMBER_ARGUMENTS = {
    *(
        "added",
        "after",
        "characters",
        "credits",
        "days",
        "default",
        "failures",
        "granted_credits",
        "held_credits",
        "hours",
        "least",
    ),
    *("lost_credits", "max", "min", "minutes", "mismatches", "models", "more", "most", "movies", "page", "pages"),
    *(
        "removed",
        "room",
        "rules",
        "people",
        "percent",
        "pitches",
        "problems",
        "refunded_credits",
        "reports",
        "running_movies",
        "seconds",
        "stars",
        "spent",
        "step",
        "steps",
        "variant",
        "votes",
    ),
}
"""The arguments that are integers; all others are texts. A name has one type in all messages."""

NUMBERS = st.integers(0, 10**7)
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)


def limit(message_id: str) -> int:
    """Return how many characters Discord takes."""
    endings = [ending for ending in LIMITS if message_id.endswith(ending)]
    if endings:
        return LIMITS[max(endings, key=len)]
    return AREA_LIMITS.get(message_id.partition("-")[0], CONTENT_LIMIT)


def words(language: Language, message_id: str) -> str:
    """Return a message's own text, without arguments."""
    return " ".join(locale_files.entries(language)[message_id].texts)


# ── the files ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", [path for language in Language for path in locale_files.files(language)], ids=str)
def test_a_file_has_no_mistakes(path: object) -> None:
    """Fluent reads lines that begin with *, [ or . as syntax."""
    junk = [entry.content for entry in locale_files.parsed(path) if isinstance(entry, ast.Junk)]
    assert junk == []


@pytest.mark.parametrize("language", Language)
def test_an_id_begins_with_its_file_s_name_and_appears_once(language: Language) -> None:
    names: list[str] = []
    for path in locale_files.files(language):
        own = [each.id.name for each in locale_files.parsed(path) if isinstance(each, ast.Message)]
        assert [name for name in own if name.partition("-")[0] != path.stem] == []
        names += own
        names += [f"-{each.id.name}" for each in locale_files.parsed(path) if isinstance(each, ast.Term)]
    assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize("language", Language)
def test_a_message_refers_only_to_its_own_area_and_to_the_shared_ones(language: Language) -> None:
    """Other areas may not be loaded."""
    for entry in locale_files.entries(language).values():
        for name in entry.references:
            assert locale_files.entries(language)[name].area in {entry.area, *SHARED_AREAS}, (entry.id, name)


@pytest.mark.parametrize("language", Language)
def test_every_term_is_used(language: Language) -> None:
    used = {name for entry in locale_files.entries(language).values() for name in entry.references}
    assert {name for name in locale_files.entries(language) if name.startswith("-")} <= used


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_exactly_the_messages_of_english(language: Language) -> None:
    english, other = set(locale_files.messages(Language.ENGLISH)), set(locale_files.messages(language))
    assert (english - other, other - english) == (set(), set())


@pytest.mark.parametrize("language", OTHERS)
def test_a_message_uses_the_arguments_of_the_english_one(language: Language) -> None:
    for name in locale_files.messages(language):
        assert locale_files.variables(language, name) == locale_files.variables(Language.ENGLISH, name), name


def test_the_ids_that_pyright_knows_are_those_of_the_files() -> None:
    """If it fails, run scripts/generate_message_ids.py."""
    assert generate_message_ids.TARGET.read_text(encoding="utf-8") == generate_message_ids.generated()


# ── the texts ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("area", [path.stem for path in locale_files.files(Language.ENGLISH)])
@pytest.mark.parametrize("language", Language)
@settings(max_examples=30)
@example(number=0, name="Ann")
@example(number=1, name="Ann")
@example(number=2, name="Ann")
@example(number=1_000_000, name="Ann")  # "many" in French, Spanish and Portuguese
@given(number=NUMBERS, name=NAMES)
def test_a_message_formats_with_any_arguments_within_discords_limits(
    language: Language, area: str, number: int, name: str
) -> None:
    """Arguments are plural numbers and names of up to 30 characters."""
    for message_id, entry in locale_files.messages(language).items():
        if entry.area == area:
            text, problem = texts_in(language)._format(message_id, arguments(message_id, number, name))
            assert (message_id, problem) == (message_id, None)
            assert 1 <= len(text) <= limit(message_id), message_id


def arguments(message_id: str, number: int, name: str) -> dict[str, str | int]:
    """Return arguments for a message."""
    wanted = locale_files.variables(Language.ENGLISH, message_id)
    return {each: number if each in NUMBER_ARGUMENTS else name for each in wanted}


@pytest.mark.parametrize("language", Language)
def test_a_message_has_no_stray_blanks(language: Language) -> None:
    texts = {
        message_id: texts_in(language)(message_id, **arguments(message_id, 2, "x"))
        for message_id in locale_files.messages(language)
    }
    stray = re.compile(r"^\s|\s$|  |\t| $|^ ", re.MULTILINE)
    assert [message_id for message_id, text in texts.items() if stray.search(text)] == []


# ── the languages ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", OTHERS)
def test_no_message_was_left_in_english(language: Language) -> None:
    """SAME_AS_ENGLISH and messages without words are exceptions."""
    same = {
        name
        for name in locale_files.messages(language)
        if words(language, name) == words(Language.ENGLISH, name) and re.search(r"[a-z]{2}", words(language, name))
    }
    assert same == SAME_AS_ENGLISH[language]


@pytest.mark.parametrize("language", Language)
def test_a_message_has_no_words_of_another_language(language: Language) -> None:
    frequent = {word for other, those in WORDS.items() if other is not language for word in those.split()}
    found = {
        message_id: frequent & set(re.findall(r"[^\W\d_]+", words(language, message_id).lower()))
        for message_id in locale_files.messages(language)
    }
    assert {message_id: those for message_id, those in found.items() if those} == {}


@pytest.mark.parametrize("language", Language)
def test_japanese_is_written_in_japanese_and_nothing_else_is(language: Language) -> None:
    """Messages without letters are exceptions."""
    japanese = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
    texts = {message_id: words(language, message_id) for message_id in locale_files.messages(language)}
    with_letters = {message_id for message_id, text in texts.items() if re.search(r"[^\W\d_]", text)}
    assert {message_id for message_id, text in texts.items() if japanese.search(text)} == (
        with_letters if language is Language.JAPANESE else set()
    )


@pytest.mark.parametrize("language", STRANGERS_ADDRESS)
def test_members_are_addressed_as_friends(language: Language) -> None:
    formal = re.compile(STRANGERS_ADDRESS[language])
    assert [name for name in locale_files.messages(language) if formal.search(words(language, name))] == []
