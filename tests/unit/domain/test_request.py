"""The rules of /movie's options, enforced by `validate`."""

import unicodedata
from dataclasses import astuple, replace
from typing import Any, cast

from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.catalogue import (
    AspectRatio,
    Catalogue,
    ImageModel,
    Music,
    OfferedExtras,
    RequestLimits,
    SpokenLanguage,
    Tone,
    VideoModel,
    Voice,
)
from bot.domain.preferences import Preferences, apply_preferences
from bot.domain.request import Draft, Problem, ValidatedRequest, suggest_durations, valid_part, validate

WIDE, TALL = AspectRatio.WIDE, AspectRatio.TALL

LUMA = VideoModel("LUMA", "Luma", 10, (WIDE,), (WIDE,))
KLING = VideoModel("KLING", "Kling", 10, (WIDE, TALL), (TALL,))
VEO = VideoModel("VEOI2V", "Veo", 60, (WIDE, TALL))
RETIRED = VideoModel("RETIRED", "Retired", 10, (WIDE, TALL), enabled=False)
FLUX = ImageModel("FLUX1.1PRO", "Flux")
IMAGEN = ImageModel("IMAGEN3", "Imagen")
OFF = ImageModel("OFF", "Off", enabled=False)

CATALOGUE = Catalogue((RETIRED, VEO, LUMA, KLING), (OFF, FLUX, IMAGEN))
WITH_EXTRAS = replace(
    CATALOGUE,
    limits=RequestLimits(
        extras=OfferedExtras(tuple(SpokenLanguage), (False, True), tuple(Tone), tuple(Music), tuple(Voice))
    ),
)


def accepted(draft: Draft, catalogue: Catalogue = CATALOGUE) -> ValidatedRequest:
    checked = validate(draft, catalogue)
    assert isinstance(checked, ValidatedRequest), checked
    return checked


def refused(draft: Draft, catalogue: Catalogue = CATALOGUE) -> tuple[Problem, ...]:
    problems = validate(draft, catalogue)
    assert not isinstance(problems, ValidatedRequest), problems
    return problems


def test_what_is_said_is_kept_and_what_is_not_gets_its_default() -> None:
    request = accepted(Draft("a red balloon")).request
    assert (request.duration_seconds, request.aspect_ratio) == (20, WIDE)
    assert (request.video_model, request.image_model) == ("LUMA", "FLUX1.1PRO")
    for aspect, model in (("16:9", LUMA), ("9:16", KLING)):
        assert accepted(Draft("a", aspect_ratio=aspect)).video_model is model
    request = accepted(Draft("a fox", 7, "VEOI2V", "IMAGEN3", "9:16")).request
    assert (request.prompt, request.duration_seconds, request.video_model) == ("a fox", 7, "VEOI2V")
    assert (request.image_model, request.aspect_ratio) == ("IMAGEN3", TALL)


def test_a_prompt_has_1_to_500_characters_after_trimming() -> None:
    for prompt in ("é", "é" * 499, "é" * 500, "🎈" * 250):
        assert accepted(Draft(f" \n{prompt}\t ")).request.prompt == prompt
    for prompt, length in (("é" * 501, "501"), ("é" * 4000, "4000"), ("🎈" * 250 + "a", "501")):
        assert refused(Draft(prompt)) == (Problem("errors-prompt-too-long", length, ("500",)),)
    limits = RequestLimits(max_prompt_length=4000)
    [problem] = refused(Draft("🎈" * 2500), replace(CATALOGUE, limits=limits))
    assert problem == Problem("errors-prompt-too-long", "5000", ("4000",))


def test_a_prompt_that_is_blank_or_no_text_is_refused_and_control_characters_are_taken_out() -> None:
    blank = ["", " ", "\n\t \r\n", "\u00a0\u2003", "\u200b", "\x00\x07", " \ufeff ", "\u200d"]
    for prompt in (*blank, 5, 1.5, True, ["a", "fox"], {"a": 1}):
        assert refused(Draft(cast("str", prompt))) == (Problem("errors-prompt-blank", allowed=("500",)),), prompt
    assert accepted(Draft("a\x00 \u202ered\x1b\nfox\u200b")).request.prompt == "a red\nfox"
    for prompt in ("👩\u200d🚀 on the moon", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"):
        assert accepted(Draft(prompt)).request.prompt == prompt


@given(st.text(max_size=600))
@example("\ud800")
def test_a_prompt_that_passes_is_trimmed_short_and_printable(text: str) -> None:
    checked = validate(Draft(text), CATALOGUE)
    if isinstance(checked, ValidatedRequest):
        prompt = checked.request.prompt
        assert 1 <= len(prompt.encode("utf-16-le")) / 2 <= 500
        assert prompt == prompt.strip()
        assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c not in " \n\t\r\u200c\u200d" for c in prompt)


def test_a_duration_is_a_whole_number_of_1_to_120_seconds() -> None:
    for seconds in (1, 30, 119, 120):
        assert accepted(Draft("a", seconds)).request.duration_seconds == seconds
    others: list[tuple[Any, str]] = [(each, str(each)) for each in (-1, 0, 121, 10**9, -(10**9), 1.5, 30.0, True, [5])]
    for value, quoted in (*others, ("5", "'5'"), (10**5000, "…")):
        assert refused(Draft("a", value)) == (Problem("errors-duration", quoted, ("1", "120")),)
    assert suggest_durations(" 12 ", CATALOGUE.limits) == [12, 120]
    assert suggest_durations("12", RequestLimits(min_seconds=20)) == [120]


def test_what_is_unknown_disabled_or_not_possible_is_refused_with_what_is() -> None:
    videos, images, shapes = ("Luma", "Veo", "Kling"), ("Flux", "Imagen"), ("16:9", "9:16")
    for key, shown in {"SORA": "SORA", "": "", "luma": "luma", "RETIRED": "Retired"}.items():
        assert refused(Draft("a", video_model=key)) == (Problem("errors-video-model", shown, videos),)
    for key, shown in {"DALLE": "DALLE", "": "", "OFF": "Off"}.items():
        assert refused(Draft("a", image_model=key)) == (Problem("errors-image-model", shown, images),)
    for shape in ("1:1", "", "16x9", "16:9 "):
        assert refused(Draft("a", aspect_ratio=shape)) == (Problem("errors-aspect-ratio", shape, shapes),)
    [problem] = refused(Draft("a", video_model="LUMA", aspect_ratio="9:16"))
    assert problem == Problem("errors-video-model-aspect-ratio", "Luma", ("Kling", "Veo"), "9:16")


def test_a_shape_that_no_model_makes_is_refused_by_name() -> None:
    wide_only = Catalogue((LUMA, replace(KLING, enabled=False)), (FLUX,))
    for key in (None, "LUMA", "KLING", "SORA"):
        draft = Draft("a", video_model=key, aspect_ratio="9:16")
        assert refused(draft, wide_only) == (Problem("errors-no-model", "9:16"),)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    said = Draft("  ", 121, "SORA", "DALLE", "1:1", "de", cast("bool", 2), "funny", music="X", voice="Y")
    problems = refused(said, WITH_EXTRAS)
    assert [problem.code for problem in problems] == [
        *("errors-prompt-blank", "errors-duration", "errors-video-model", "errors-image-model"),
        *("errors-aspect-ratio", "errors-language", "errors-subtitles", "errors-tone", "errors-music", "errors-voice"),
    ]
    assert valid_part(said, problems) == Draft("  ")
    [allowed] = [problem.allowed for problem in problems if problem.code == "errors-video-model"]
    assert allowed == ("Veo", "Luma", "Kling"), "an invalid aspect ratio does not narrow the models"


def test_the_invalid_value_alone_is_left_out() -> None:
    draft = Draft("a cat", 12, "KLING", "IMAGEN", "9:16", "fr", subtitles=True, tone="grounded", continues="0abc")
    for name, code in (
        ("seconds", "errors-duration"),
        ("video_model", "errors-video-model-aspect-ratio"),
        ("aspect_ratio", "errors-no-model"),
        ("language", "errors-several-languages"),
        ("subtitles", "errors-subtitles"),
    ):
        left_out: dict[str, Any] = {name: None}
        problems = (Problem(code), Problem("errors-prompt-too-long"))
        assert valid_part(draft, problems) == replace(draft, **left_out), code


def test_the_cost_is_seconds_times_the_models_price() -> None:
    orders = [(60, "LUMA"), (60, "VEOI2V"), (1, "LUMA"), (None, "KLING")]
    assert [accepted(Draft("a", *order)).price for order in orders] == [600, 3600, 10, 200]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.binary(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)

SOUND = Draft("a fox", 7, "VEOI2V", "IMAGEN3", "9:16")


@given(
    st.builds(
        Draft,
        st.just(SOUND.prompt) | ANYTHING,
        st.just(SOUND.seconds) | st.integers() | ANYTHING,
        st.sampled_from(["LUMA", "KLING", "VEOI2V", "RETIRED"]) | ANYTHING,
        st.sampled_from(["FLUX1.1PRO", "IMAGEN3", "OFF"]) | ANYTHING,
        st.sampled_from(["16:9", "9:16"]) | ANYTHING,
        st.just("fr") | ANYTHING,
        st.booleans() | ANYTHING,
        st.just("cinematic") | ANYTHING,
        music=st.just("LYRIA3") | ANYTHING,
        voice=st.just("nova") | ANYTHING,
    ),
    st.builds(Preferences, st.none() | st.integers(1, 120), st.none() | st.just("LUMA")),
)
def test_whatever_is_put_into_a_draft_a_request_has_the_right_types(draft: Draft, remembered: Preferences) -> None:
    check_types(draft, remembered)


def test_a_value_of_another_type_is_refused_in_a_draft_that_is_sound_otherwise() -> None:
    odd = [("seconds", 1.5), ("seconds", "5"), ("seconds", True), ("video_model", 0), ("image_model", {})]
    odd += [("aspect_ratio", 0.0), ("language", 1), ("subtitles", 1), ("tone", 0.0), ("music", []), ("voice", 0)]
    for name, value in odd:
        check_types(replace(SOUND, **{name: value}), Preferences())
    check_types(replace(SOUND, language="fr", subtitles=True, tone="cinematic"), Preferences())


def check_types(draft: Draft, remembered: Preferences) -> None:
    _, checked = apply_preferences(draft, remembered, WITH_EXTRAS)
    if isinstance(checked, ValidatedRequest):
        request, extras = checked.request, checked.request.extras
        types: list[type[Any]] = [str, int, str, str, AspectRatio, SpokenLanguage, bool, Tone, Music, Voice]
        values = (*astuple(request)[:5], *astuple(extras))
        assert [type(value) for value in values] == types
        assert type(checked.price) is int
        assert checked.video_model.enabled
        assert checked.image_model.enabled
        assert request.aspect_ratio in checked.video_model.aspect_ratios
        assert 10 <= checked.price <= 120 * 60
        given = (draft.seconds, draft.video_model, draft.image_model, draft.aspect_ratio)
        assert {type(value) for value in (*given, draft.language, draft.tone, draft.music, draft.voice)} <= {
            type(None),
            int,
            str,
        }
        assert type(draft.subtitles) in (type(None), bool)
    else:
        assert checked
        assert {type(part) for problem in checked for part in (problem.value, *problem.allowed)} <= {str, AspectRatio}
