"""Preferences and extras complete a draft, and never override it."""

import itertools
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import (
    API_DEFAULTS,
    NO_EXTRAS,
    NOT_OFFERED,
    AspectRatio,
    Catalogue,
    Extras,
    ImageModel,
    Music,
    OfferedExtras,
    RequestLimits,
    SpokenLanguage,
    Tone,
    VideoModel,
    Voice,
)
from bot.domain.preferences import (
    DeliveryTarget,
    PreferenceField,
    Preferences,
    PreferenceUpdate,
    apply_preferences,
    default_request,
    update_preference,
)
from bot.domain.request import Draft, ValidatedRequest, to_draft, validate
from bot.samsar.config import AUTUMN_2026, MARCH_2025
from tests.unit.domain.test_request import KLING, LUMA, RETIRED, accepted, refused

WIDE, TALL = AspectRatio.WIDE, AspectRatio.TALL
SECONDS, VIDEO, IMAGE, SHAPE = map(PreferenceField, ("seconds", "video_model", "image_model", "aspect_ratio"))

CATALOGUE = Catalogue(
    (LUMA, VideoModel("REEL", "Reel", 20, (TALL,)), KLING, RETIRED),
    (ImageModel("FLUX", "Flux"), ImageModel("IMAGEN", "Imagen"), ImageModel("OLD", "Old", enabled=False)),
)
WIDE_ONLY = Catalogue((LUMA,), CATALOGUE.image_models)

PROMPT = "a red balloon"
ALL = Preferences(12, "KLING", "IMAGEN", "9:16", DeliveryTarget.DIRECT_MESSAGE)


def filled(preferences: Preferences, catalogue: Catalogue = CATALOGUE, **said: Any) -> Draft:
    return apply_preferences(Draft(PROMPT, **said), preferences, catalogue)[0]


def test_what_was_not_said_is_taken_from_what_is_remembered() -> None:
    assert filled(ALL) == Draft(PROMPT, 12, "KLING", "IMAGEN", "9:16")
    assert filled(Preferences()) == Draft(PROMPT)
    said = Draft(PROMPT, 5, "LUMA", "FLUX", "16:9")
    assert apply_preferences(said, ALL, CATALOGUE)[0] == said
    assert filled(Preferences(video_model="LUMA"), aspect_ratio="9:16").video_model is None, "it makes way for it"
    assert filled(Preferences(aspect_ratio="9:16"), video_model="LUMA").aspect_ratio is None


def test_what_is_gone_is_left_out_and_takes_nothing_with_it() -> None:
    for gone in ("RETIRED", "NEVER"):
        assert filled(Preferences(12, gone, "IMAGEN", "9:16")) == Draft(PROMPT, 12, None, "IMAGEN", "9:16")
    for gone in ("OLD", "NEVER"):
        assert filled(Preferences(image_model=gone)).image_model is None
    for gone in ("9:16", "1:1"):
        kept = filled(Preferences(video_model="LUMA", aspect_ratio=gone), WIDE_ONLY)
        assert kept == Draft(PROMPT, None, "LUMA"), "the model makes other shapes"
        said = Draft(PROMPT, aspect_ratio=gone)
        assert filled(Preferences(video_model="NEVER"), WIDE_ONLY, aspect_ratio=gone) == said
    limits = RequestLimits(min_seconds=10, default_aspect_ratio=TALL)
    assert filled(Preferences(5, "LUMA"), replace(CATALOGUE, limits=limits)) == Draft(PROMPT)


def test_what_is_not_possible_or_not_offered_is_not_chosen() -> None:
    seconds = ("0", "121", "\u0663", "\u00b2", "", "5.0", "-5")
    odd = {SECONDS: seconds, VIDEO: ("RETIRED", "NEVER"), IMAGE: ("OLD", "NEVER"), SHAPE: ("1:1",)}
    for field, value in ((field, each) for field, values in odd.items() for each in values):
        assert update_preference(Preferences(), field, value, CATALOGUE) is None, value


def test_a_choice_that_goes_with_the_others_changes_nothing_else() -> None:
    choices: list[tuple[PreferenceField, str | None, object]] = [(SECONDS, "120", 120), (IMAGE, "FLUX", "FLUX")]
    for field, value, kept in (*choices, *((each, None, None) for each in (SECONDS, VIDEO, IMAGE, SHAPE))):
        changed: dict[str, Any] = {field.value: kept}
        assert update_preference(ALL, field, value, CATALOGUE) == PreferenceUpdate(replace(ALL, **changed))


def test_the_usual_movie_is_what_is_remembered_as_far_as_it_goes_together() -> None:
    usual = default_request(Preferences(12, "REEL", None, "9:16"), CATALOGUE)
    assert (usual.price, usual.image_model.key, usual.request.aspect_ratio) == (240, "FLUX", TALL)
    assert default_request(Preferences(video_model="REEL"), CATALOGUE).request.video_model == "LUMA"


def test_remembering_nothing_is_told_from_remembering_something() -> None:
    nothing = Preferences(delivery_target=DeliveryTarget.DIRECT_MESSAGE, unlisted=True)
    assert not nothing.has_choices
    choices: dict[str, Any] = {**SAID, "seconds": 5, "aspect_ratio": "9:16", "video_model": "A", "image_model": "B"}
    assert choices.keys() == {*PreferenceField}
    assert all(replace(nothing, **dict([choice])).has_choices for choice in choices.items())


def test_a_choice_drops_what_does_not_go_with_it_and_says_so() -> None:
    models: list[dict[str, Any]] = [{"video_model": key} for key in ("LUMA", "REEL", "RETIRED")]
    luma, reel, gone = models
    tall: dict[str, Any] = {"aspect_ratio": "9:16"}
    wide: dict[str, Any] = {"aspect_ratio": "16:9"}
    nothing: dict[str, Any] = {}
    for before, field, value, after, dropped in (
        (tall, VIDEO, "LUMA", luma | wide, {"dropped_aspect_ratio": "9:16"}),
        (nothing, VIDEO, "REEL", reel | tall, {"dropped_aspect_ratio": "16:9"}),
        (luma, SHAPE, "9:16", tall, {"dropped_model": "LUMA"}),
        (reel | tall, SHAPE, None, nothing, {"dropped_model": "REEL"}),
        (gone, SHAPE, "9:16", gone | tall, nothing),
    ):
        updated = update_preference(Preferences(**before), field, value, CATALOGUE)
        assert updated == PreferenceUpdate(Preferences(**after), **dropped)
    updated = update_preference(Preferences(**tall), VIDEO, "LUMA", WIDE_ONLY)
    assert updated == PreferenceUpdate(Preferences(**luma, **tall))


VALUES = st.none() | st.sampled_from(
    ["LUMA", "REEL", "KLING", "RETIRED", "FLUX", "OLD", "16:9", "9:16", "1:1", "0", "5", "120", "121", "", "x", "²"]
)


@given(st.lists(st.tuples(st.sampled_from(PreferenceField), VALUES | st.text(max_size=20)), max_size=12))
def test_no_choices_end_in_a_movie_that_would_be_refused(choices: list[tuple[PreferenceField, str | None]]) -> None:
    kept = Preferences()
    for choice, value in choices:
        chosen = update_preference(kept, choice, value, CATALOGUE)
        if chosen is None:
            continue
        kept = chosen.preferences
        usual = default_request(kept, CATALOGUE)
        if value is not None:
            found = getattr(usual.request, "duration_seconds" if choice is SECONDS else choice.value)
            assert str(found) == str(int(value) if choice is SECONDS else value)


def test_nothing_that_is_remembered_is_a_reason_to_refuse() -> None:
    models, shapes, said_models = ("LUMA", "REEL", "RETIRED", None), ("16:9", "9:16", None), ("LUMA", "KLING", None)
    for model, shape, said_model, said_shape in itertools.product(models, shapes, said_models, (WIDE, None)):
        remembered = Preferences(12, model, "OLD", shape)
        draft = filled(remembered, video_model=said_model, aspect_ratio=said_shape)
        assert isinstance(validate(draft, CATALOGUE), ValidatedRequest), draft


MODELS = (VideoModel("LUMA", "Luma", 10, tuple(AspectRatio)),), (ImageModel("FLUX", "Flux"),)
WITH = Catalogue(*MODELS, AUTUMN_2026.limits)
WITHOUT = Catalogue(*MODELS, MARCH_2025.limits)

SOUND: dict[str, Any] = {"music": "LYRIA3", "voice": "nova"}
FRENCH = Extras(SpokenLanguage.FRENCH, subtitles=True, tone=Tone.CINEMATIC, music=Music.LYRIA, voice=Voice.NOVA)
SAID: dict[str, Any] = {"language": "fr", "subtitles": True, "tone": "cinematic", **SOUND}
DEFAULTS: dict[str, Any] = {"language": "auto", "subtitles": False, "tone": "grounded"}
DEFAULTS |= {"music": "ELEVENLABS_MUSIC", "voice": "any"}
PLAIN = Draft("a fox", 30)
REMEMBERED = Preferences(**SAID)
LANGUAGE, SUBTITLES, TONE = PreferenceField.LANGUAGE, PreferenceField.SUBTITLES, PreferenceField.TONE


def test_the_profile_says_which_extras_exist() -> None:
    assert MARCH_2025.limits.extras == NOT_OFFERED
    assert not MARCH_2025.limits.extras
    offered = AUTUMN_2026.limits.extras
    choices = offered.languages, offered.subtitles, offered.tones, offered.music, offered.voices
    assert Extras(*(each[0] for each in choices)) == API_DEFAULTS
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
    """Where the API has no such extra, none is allowed: what a member ordered is not dropped silently.

    Only music and a voice are, because the form has no field for them that could be left empty.
    """
    odd: dict[str, list[Any]] = {"language": ["de", "FR", True], "subtitles": [1, "on"], "tone": ["funny", {}]}
    odd |= {"music": ["LYRIA", "", 3, ["LYRIA3"]], "voice": ["Nova", "auto", True, {"nova": 1}]}
    for name, value in ((name, each) for name, values in odd.items() for each in values):
        said: Any = {name: value}
        [problem] = refused(replace(PLAIN, **said), WITH)
        assert (problem.code, problem.value) == (f"errors-{name}", str(value))
        assert problem.allowed
    for name, value in SAID.items():
        said = {name: value}
        if name in SOUND:
            assert accepted(replace(PLAIN, **said), WITHOUT).request.extras == NO_EXTRAS
        else:
            assert [problem.allowed for problem in refused(replace(PLAIN, **said), WITHOUT)] == [()]


def test_remembered_extras_that_are_offered_complete_a_draft_and_what_is_said_wins() -> None:
    assert accepted(apply_preferences(PLAIN, REMEMBERED, WITH)[0], WITH).request.extras == FRENCH
    said = replace(PLAIN, **DEFAULTS)
    assert accepted(apply_preferences(said, REMEMBERED, WITH)[0], WITH).request.extras == API_DEFAULTS
    assert accepted(apply_preferences(PLAIN, REMEMBERED, WITHOUT)[0], WITHOUT).request.extras == NO_EXTRAS
    assert apply_preferences(PLAIN, Preferences(language="eo", tone="funny", voice="x"), WITH)[0] == PLAIN
    spoken = replace(AUTUMN_2026.limits, extras=OfferedExtras((SpokenLanguage.AUTO, SpokenLanguage.ENGLISH)))
    only_spoken = replace(WITH, limits=spoken)
    kept = accepted(apply_preferences(PLAIN, REMEMBERED, only_spoken)[0], only_spoken)
    assert kept.request.extras == Extras(SpokenLanguage.AUTO)


def test_an_extra_that_is_offered_is_chosen_and_reset() -> None:
    fields: dict[tuple[PreferenceField, str], Preferences] = {
        (LANGUAGE, "fr"): Preferences(language="fr"),
        (SUBTITLES, "on"): Preferences(subtitles=True),
        (SUBTITLES, "off"): Preferences(subtitles=False),
        (TONE, "cinematic"): Preferences(tone="cinematic"),
        (PreferenceField.MUSIC, "LYRIA3"): Preferences(music="LYRIA3"),
        (PreferenceField.VOICE, "nova"): Preferences(voice="nova"),
    }
    for (field, value), after in fields.items():
        assert update_preference(Preferences(), field, value, WITH).preferences == after
        assert update_preference(after, field, None, WITH).preferences == Preferences()
        for other in ("de", "", "On", "True", "funny"):
            assert update_preference(REMEMBERED, field, other, WITH) is None
    for field, value in itertools.product({field for field, _ in fields}, (*(value for _, value in fields), None)):
        assert update_preference(REMEMBERED, field, value, WITHOUT) is None, "of an old menu, for another API"
