"""Extras are checked, remembered, and exist only where the API has them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, VideoModel
from bot.domain.extras import API_DEFAULTS, NO_EXTRAS, NOT_OFFERED, Extras, OfferedExtras, SpokenLanguage, Tone
from bot.domain.preferences import PreferenceField, Preferences, apply_preferences, update_preference
from bot.domain.request import Draft, ProblemCode, to_draft
from bot.samsar.profile import AUTUMN_2026, MARCH_2025
from tests.unit.domain.test_request import accepted, refused

MODELS = (VideoModel("LUMA", "Luma", 10, tuple(AspectRatio)),), (ImageModel("FLUX", "Flux"),)
WITH = Catalogue(*MODELS, AUTUMN_2026.limits)
WITHOUT = Catalogue(*MODELS, MARCH_2025.limits)

FRENCH = Extras(SpokenLanguage.FRENCH, subtitles=True, tone=Tone.CINEMATIC)
SAID: dict[str, Any] = {"language": "fr", "subtitles": True, "tone": "cinematic"}
DEFAULTS: dict[str, Any] = {"language": "auto", "subtitles": False, "tone": "grounded"}
PLAIN = Draft("a fox", 30)
REMEMBERED = Preferences(**SAID)
LANGUAGE, SUBTITLES, TONE = PreferenceField.LANGUAGE, PreferenceField.SUBTITLES, PreferenceField.TONE


def test_the_profile_says_which_extras_exist() -> None:
    assert MARCH_2025.limits.extras == NOT_OFFERED
    assert not MARCH_2025.limits.extras
    offered = AUTUMN_2026.limits.extras
    assert Extras(offered.languages[0], offered.subtitles[0], offered.tones[0]) == API_DEFAULTS
    assert [*offered.languages] == ["auto", "en", "es", "fr", "ja", "th", "zh", "bn", "hi", "sa", "la"]


def test_what_is_said_is_kept_and_what_is_not_takes_the_apis_default() -> None:
    request = accepted(replace(PLAIN, **SAID), WITH).request
    assert request.extras == FRENCH
    again = to_draft(request)
    assert {name: getattr(again, name) for name in SAID} == SAID
    assert accepted(PLAIN, WITH).request.extras == API_DEFAULTS
    for draft in (PLAIN, replace(PLAIN, **DEFAULTS)):
        assert accepted(draft, WITHOUT).request.extras == NO_EXTRAS


def test_any_other_value_is_refused_and_quoted() -> None:
    """Where the API has no such extra, none is allowed: what a member ordered is not dropped silently."""
    for name, value, quoted in (
        ("language", "de", "de"),
        ("language", "FR", "FR"),
        ("language", True, "True"),
        ("subtitles", 1, "1"),
        ("subtitles", "on", "on"),
        ("tone", "funny", "funny"),
        ("tone", {}, "{}"),
    ):
        said: Any = {name: value}
        [problem] = refused(replace(PLAIN, **said), WITH)
        assert (problem.code, problem.value) == (ProblemCode[f"{name.upper()}_UNKNOWN"], quoted)
        assert problem.allowed
    for name, value in SAID.items():
        said = {name: value}
        assert [problem.allowed for problem in refused(replace(PLAIN, **said), WITHOUT)] == [()]


def test_remembered_extras_that_are_offered_complete_a_draft_and_what_is_said_wins() -> None:
    assert accepted(apply_preferences(PLAIN, REMEMBERED, WITH), WITH).request.extras == FRENCH
    said = replace(PLAIN, **DEFAULTS)
    assert accepted(apply_preferences(said, REMEMBERED, WITH), WITH).request.extras == API_DEFAULTS
    assert apply_preferences(PLAIN, REMEMBERED, WITHOUT) == PLAIN
    assert apply_preferences(PLAIN, Preferences(language="eo", tone="funny"), WITH) == PLAIN
    spoken = replace(AUTUMN_2026.limits, extras=OfferedExtras((SpokenLanguage.AUTO, SpokenLanguage.ENGLISH)))
    assert apply_preferences(PLAIN, REMEMBERED, replace(WITH, limits=spoken)) == PLAIN


def test_an_extra_that_is_offered_is_chosen_and_reset() -> None:
    for field, value, after in (
        (LANGUAGE, "fr", Preferences(language="fr")),
        (SUBTITLES, "on", Preferences(subtitles=True)),
        (SUBTITLES, "off", Preferences(subtitles=False)),
        (TONE, "cinematic", Preferences(tone="cinematic")),
    ):
        updated = update_preference(Preferences(), field, value, WITH)
        assert updated.preferences == after
        assert after.has_choices
        reset = update_preference(after, field, None, WITH)
        assert reset.preferences == Preferences()
        for other in ("de", "", "On", "True", "funny"):
            assert update_preference(REMEMBERED, field, other, WITH) is None


def test_an_old_menu_changes_nothing_where_the_api_has_no_such_extra() -> None:
    for field in (LANGUAGE, SUBTITLES, TONE):
        for value in ("fr", "on", "cinematic", None):
            assert update_preference(REMEMBERED, field, value, WITHOUT) is None
