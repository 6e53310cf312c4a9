"""Extras are checked, remembered, and exist only where the API has them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, VideoModel
from bot.domain.extras import API_DEFAULTS, NO_EXTRAS, NOT_OFFERED, Extras, OfferedExtras, SpokenLanguage, Tone
from bot.domain.preferences import PreferenceField, Preferences, apply_preferences, update_preference
from bot.domain.request import Draft, Problem, ProblemCode, ValidatedRequest, to_draft, validate
from bot.samsar.profile import AUTUMN_2026, MARCH_2025

MODELS = (VideoModel("LUMA", "Luma", 10, tuple(AspectRatio)),), (ImageModel("FLUX", "Flux"),)
WITH = Catalogue(*MODELS, AUTUMN_2026.limits)
WITHOUT = Catalogue(*MODELS, MARCH_2025.limits)

FRENCH = Extras(SpokenLanguage.FRENCH, subtitles=True, tone=Tone.CINEMATIC)
DRAFT = Draft("a fox", 30, language="fr", subtitles=True, tone="cinematic")
PLAIN = Draft("a fox", 30)


def ordered(draft: Draft, catalogue: Catalogue = WITH) -> Extras:
    """The extras of a draft that must pass."""
    checked = validate(draft, catalogue)
    assert isinstance(checked, ValidatedRequest), checked
    return checked.request.extras


def problems(draft: Draft, catalogue: Catalogue = WITH) -> tuple[Problem, ...]:
    """The problems of a draft that must not pass."""
    checked = validate(draft, catalogue)
    assert not isinstance(checked, ValidatedRequest)
    return checked


def test_the_profile_says_which_extras_exist() -> None:
    assert MARCH_2025.limits.extras == NOT_OFFERED
    assert not MARCH_2025.limits.extras
    offered = AUTUMN_2026.limits.extras
    assert Extras(offered.languages[0], offered.subtitles[0], offered.tones[0]) == API_DEFAULTS
    assert [*offered.languages] == ["auto", "en", "es", "fr", "ja", "th", "zh", "bn", "hi", "sa", "la"]


def test_what_is_not_said_takes_the_apis_default() -> None:
    assert ordered(PLAIN) == API_DEFAULTS
    assert ordered(PLAIN, WITHOUT) == NO_EXTRAS


def test_what_is_said_is_kept_and_comes_back_as_a_draft() -> None:
    checked = validate(DRAFT, WITH)
    assert isinstance(checked, ValidatedRequest)
    assert checked.request.extras == FRENCH
    again = to_draft(checked.request)
    assert (again.language, again.subtitles, again.tone) == ("fr", True, "cinematic")


@pytest.mark.parametrize(
    ("said", "code", "quoted"),
    [
        ({"language": "de"}, ProblemCode.LANGUAGE_UNKNOWN, "de"),
        ({"language": "FR"}, ProblemCode.LANGUAGE_UNKNOWN, "FR"),
        ({"language": True}, ProblemCode.LANGUAGE_UNKNOWN, "True"),
        ({"subtitles": 1}, ProblemCode.SUBTITLES_UNKNOWN, "1"),
        ({"subtitles": "on"}, ProblemCode.SUBTITLES_UNKNOWN, "on"),
        ({"tone": "funny"}, ProblemCode.TONE_UNKNOWN, "funny"),
        ({"tone": {}}, ProblemCode.TONE_UNKNOWN, "{}"),
    ],
)
def test_any_other_value_is_refused_and_quoted(said: dict[str, Any], code: ProblemCode, quoted: str) -> None:
    [problem] = problems(replace(PLAIN, **said))
    assert (problem.code, problem.value) == (code, quoted)
    assert problem.allowed


@pytest.mark.parametrize("said", [{"language": "fr"}, {"subtitles": True}, {"tone": "cinematic"}])
def test_an_extra_that_the_api_does_not_have_is_refused_with_no_alternative(said: dict[str, Any]) -> None:
    """The member ordered it, so it is not dropped silently."""
    [problem] = problems(replace(PLAIN, **said), WITHOUT)
    assert problem.allowed == ()


def test_a_default_can_be_asked_for_where_the_api_has_no_such_extra() -> None:
    """A movie from the newer API without extras can be ordered again."""
    assert ordered(Draft("a fox", 30, language="auto", subtitles=False, tone="grounded"), WITHOUT) == NO_EXTRAS


REMEMBERED = Preferences(language="fr", subtitles=True, tone="cinematic")


def test_remembered_extras_complete_a_draft_and_what_is_said_wins() -> None:
    assert ordered(apply_preferences(PLAIN, REMEMBERED, WITH)) == FRENCH
    said = replace(PLAIN, language="auto", subtitles=False, tone="grounded")
    assert ordered(apply_preferences(said, REMEMBERED, WITH)) == API_DEFAULTS


def test_a_remembered_extra_that_is_not_offered_is_ignored() -> None:
    assert apply_preferences(PLAIN, REMEMBERED, WITHOUT) == PLAIN
    unknown = Preferences(language="eo", tone="funny")
    assert apply_preferences(PLAIN, unknown, WITH) == PLAIN
    spoken = replace(AUTUMN_2026.limits, extras=OfferedExtras((SpokenLanguage.AUTO, SpokenLanguage.ENGLISH)))
    assert apply_preferences(PLAIN, REMEMBERED, replace(WITH, limits=spoken)) == PLAIN


@pytest.mark.parametrize(
    ("field", "value", "after"),
    [
        (PreferenceField.LANGUAGE, "fr", Preferences(language="fr")),
        (PreferenceField.SUBTITLES, "on", Preferences(subtitles=True)),
        (PreferenceField.SUBTITLES, "off", Preferences(subtitles=False)),
        (PreferenceField.TONE, "cinematic", Preferences(tone="cinematic")),
    ],
)
def test_an_extra_is_chosen_and_reset(field: PreferenceField, value: str, after: Preferences) -> None:
    updated = update_preference(Preferences(), field, value, WITH)
    assert updated is not None
    assert updated.preferences == after
    assert after.has_choices
    reset = update_preference(after, field, None, WITH)
    assert reset is not None
    assert reset.preferences == Preferences()


@pytest.mark.parametrize("field", [PreferenceField.LANGUAGE, PreferenceField.SUBTITLES, PreferenceField.TONE])
@pytest.mark.parametrize("value", ["de", "", "On", "True", "funny"])
def test_a_value_that_is_not_offered_is_not_chosen(field: PreferenceField, value: str) -> None:
    assert update_preference(REMEMBERED, field, value, WITH) is None


@pytest.mark.parametrize("field", [PreferenceField.LANGUAGE, PreferenceField.SUBTITLES, PreferenceField.TONE])
@pytest.mark.parametrize("value", ["fr", "on", "cinematic", None])
def test_an_old_menu_changes_nothing_where_the_api_has_no_such_extra(field: PreferenceField, value: str | None) -> None:
    """Remembered extras apply again once the API has them."""
    assert update_preference(REMEMBERED, field, value, WITHOUT) is None


def test_every_problem_is_told_in_the_order_of_the_options() -> None:
    draft = Draft(" ", 0, language="de", subtitles=cast("bool", 2), tone="funny")
    assert [problem.code for problem in problems(draft)] == [
        ProblemCode.PROMPT_BLANK,
        ProblemCode.SECONDS_OUT_OF_RANGE,
        ProblemCode.LANGUAGE_UNKNOWN,
        ProblemCode.SUBTITLES_UNKNOWN,
        ProblemCode.TONE_UNKNOWN,
    ]
