"""The rules of /movie's options, enforced by `validate`."""

from __future__ import annotations

import unicodedata
from dataclasses import astuple, replace
from typing import Any, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, RequestLimits, VideoModel
from bot.domain.extras import OfferedExtras, SpokenLanguage, Tone
from bot.domain.preferences import Preferences, apply_preferences
from bot.domain.request import Draft, Problem, ProblemCode, ValidatedRequest, suggest_durations, validate

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
    limits=RequestLimits(extras=OfferedExtras(tuple(SpokenLanguage), subtitles=(False, True), tones=tuple(Tone))),
)


def accepted(draft: Draft, catalogue: Catalogue = CATALOGUE) -> ValidatedRequest:
    """The checked request of a draft that must pass."""
    checked = validate(draft, catalogue)
    assert isinstance(checked, ValidatedRequest), checked
    return checked


def refused(draft: Draft, catalogue: Catalogue = CATALOGUE) -> tuple[Problem, ...]:
    """The problems of a draft that must not pass."""
    problems = validate(draft, catalogue)
    assert not isinstance(problems, ValidatedRequest), problems
    return problems


def test_what_is_not_said_gets_its_default() -> None:
    """The defaults are 20 seconds, 16:9, and the recommended models."""
    request = accepted(Draft("a red balloon")).request
    assert (request.duration_seconds, request.aspect_ratio) == (20, WIDE)
    assert (request.video_model, request.image_model) == ("LUMA", "FLUX1.1PRO")


@pytest.mark.parametrize(("aspect", "model"), [(None, LUMA), ("16:9", LUMA), ("9:16", KLING)])
def test_the_default_model_fits_the_shape(aspect: str | None, model: VideoModel) -> None:
    """It is the recommended model for the aspect ratio."""
    assert accepted(Draft("a", aspect_ratio=aspect)).video_model is model


def test_everything_that_is_said_is_kept() -> None:
    request = accepted(Draft("a fox", 7, "VEOI2V", "IMAGEN3", "9:16")).request
    assert (request.prompt, request.duration_seconds, request.video_model) == ("a fox", 7, "VEOI2V")
    assert (request.image_model, request.aspect_ratio) == ("IMAGEN3", TALL)


@pytest.mark.parametrize(("length", "fits"), [(1, True), (499, True), (500, True), (501, False), (4000, False)])
def test_a_prompt_has_1_to_500_characters(length: int, fits: bool) -> None:
    """The problem has the length and the limit."""
    draft = Draft("é" * length)
    if fits:
        assert accepted(draft).request.prompt == draft.prompt
    else:
        assert refused(draft) == (Problem(ProblemCode.PROMPT_TOO_LONG, str(length), ("500",)),)


@pytest.mark.parametrize(("emoji", "longest"), [(250, 500), (2500, 4000)])
def test_an_emoji_counts_as_two_as_it_does_at_the_api(emoji: int, longest: int) -> None:
    """The API counts UTF-16 code units, like JavaScript."""
    draft, limits = Draft("🎈" * emoji), RequestLimits(max_prompt_length=longest)
    problem = Problem(ProblemCode.PROMPT_TOO_LONG, str(2 * emoji), (str(longest),))
    checked = validate(draft, replace(CATALOGUE, limits=limits))
    assert checked == (problem,) if 2 * emoji > longest else isinstance(checked, ValidatedRequest)


@pytest.mark.parametrize("blank", ["", " ", "\n\t \r\n", "\u00a0\u2003", "\u200b", "\x00\x07", " \ufeff ", "\u200d"])
def test_a_prompt_that_is_only_blank_is_refused(blank: str) -> None:
    """White space, invisible and control characters are no prompt."""
    assert refused(Draft(blank)) == (Problem(ProblemCode.PROMPT_BLANK, allowed=("500",)),)


def test_the_500_characters_are_counted_after_trimming() -> None:
    assert accepted(Draft(f" \n{'x' * 500}\t ")).request.prompt == "x" * 500


def test_control_characters_are_taken_out_of_a_prompt() -> None:
    """Line breaks stay."""
    assert accepted(Draft("a\x00 \u202ered\x1b\nfox\u200b")).request.prompt == "a red\nfox"


@pytest.mark.parametrize("prompt", ["👩\u200d🚀 on the moon", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"])
def test_joiners_stay_where_they_make_a_word_or_an_emoji(prompt: str) -> None:
    """Without them, an astronaut emoji splits, and Persian is misspelled."""
    assert accepted(Draft(prompt)).request.prompt == prompt


@given(st.text(max_size=600))
@example("\ud800")
def test_a_prompt_that_passes_is_trimmed_short_and_printable(text: str) -> None:
    """Any text is rejected, or kept with 1 to 500 characters."""
    checked = validate(Draft(text), CATALOGUE)
    if isinstance(checked, ValidatedRequest):
        prompt = checked.request.prompt
        assert 1 <= len(prompt.encode("utf-16-le")) / 2 <= 500
        assert prompt == prompt.strip()
        assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c not in " \n\t\r\u200c\u200d" for c in prompt)


@pytest.mark.parametrize("seconds", [1, 30, 119, 120])
def test_a_duration_of_1_to_120_seconds_is_taken(seconds: int) -> None:
    assert accepted(Draft("a", seconds)).request.duration_seconds == seconds


@pytest.mark.parametrize("seconds", [-1, 0, 121, 10**9, -(10**9)])
def test_any_other_duration_is_refused_with_the_bounds(seconds: int) -> None:
    """The problem carries the duration and both bounds."""
    assert refused(Draft("a", seconds)) == (Problem(ProblemCode.SECONDS_OUT_OF_RANGE, str(seconds), ("1", "120")),)


@pytest.mark.parametrize(
    ("seconds", "quoted"),
    [(1.5, "1.5"), (30.0, "30.0"), ("5", "'5'"), (True, "True"), ([5], "[5]"), (10**5000, "…")],
    ids=["1.5", "30.0", "text", "bool", "list", "huge"],
)
def test_a_duration_that_is_no_whole_number_is_refused_and_quoted(seconds: object, quoted: str) -> None:
    """A forged payload can hold any JSON value."""
    problem = Problem(ProblemCode.SECONDS_OUT_OF_RANGE, quoted, ("1", "120"))
    assert refused(Draft("a", cast("int", seconds))) == (problem,)


def test_a_typed_duration_is_suggested_once_and_before_longer_ones() -> None:
    assert suggest_durations(" 12 ", CATALOGUE.limits) == [12, 120]
    assert suggest_durations("12", RequestLimits(min_seconds=20)) == [120]


@pytest.mark.parametrize("prompt", [5, 1.5, True, ["a", "fox"], {"a": 1}])
def test_a_prompt_that_is_no_text_is_refused(prompt: object) -> None:
    """A number or a list is not converted to text."""
    assert refused(Draft(cast("str", prompt))) == (Problem(ProblemCode.PROMPT_BLANK, allowed=("500",)),)


@pytest.mark.parametrize(("key", "shown"), [("SORA", "SORA"), ("", ""), ("luma", "luma"), ("RETIRED", "Retired")])
def test_an_unknown_or_disabled_video_model_is_refused_with_those_that_are_on(key: str, shown: str) -> None:
    """The recommended one is first."""
    problem = Problem(ProblemCode.VIDEO_MODEL_UNKNOWN, shown, ("Luma", "Veo", "Kling"))
    assert refused(Draft("a", video_model=key)) == (problem,)


def test_a_tall_luma_is_refused_with_the_models_that_do_tall() -> None:
    problem = Problem(ProblemCode.VIDEO_MODEL_ASPECT, "Luma", ("Kling", "Veo"), "9:16")
    assert refused(Draft("a", video_model="LUMA", aspect_ratio="9:16")) == (problem,)


@pytest.mark.parametrize(("key", "shown"), [("DALLE", "DALLE"), ("", ""), ("OFF", "Off")])
def test_an_unknown_or_disabled_image_model_is_refused_with_those_that_are_on(key: str, shown: str) -> None:
    problem = Problem(ProblemCode.IMAGE_MODEL_UNKNOWN, shown, ("Flux", "Imagen"))
    assert refused(Draft("a", image_model=key)) == (problem,)


@pytest.mark.parametrize("aspect", ["1:1", "", "16x9", "16:9 "])
def test_any_other_shape_is_refused_with_the_two_that_are(aspect: str) -> None:
    assert refused(Draft("a", aspect_ratio=aspect)) == (Problem(ProblemCode.ASPECT_UNKNOWN, aspect, ("16:9", "9:16")),)


def test_a_shape_that_no_model_makes_is_refused_by_name() -> None:
    """An operator may disable every tall model.

    A tall movie is then refused, not made wide.
    """
    wide_only = Catalogue((LUMA, replace(KLING, enabled=False)), (FLUX,))
    assert refused(Draft("a", aspect_ratio="9:16"), wide_only) == (Problem(ProblemCode.ASPECT_WITHOUT_MODEL, "9:16"),)
    for key in ("LUMA", "KLING", "SORA"):
        draft = Draft("a", video_model=key, aspect_ratio="9:16")
        assert refused(draft, wide_only) == (Problem(ProblemCode.ASPECT_WITHOUT_MODEL, "9:16"),)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """Problems come in the order prompt, duration, aspect ratio, models."""
    problems = refused(Draft("  ", 121, "SORA", "DALLE", "1:1"))
    assert [problem.code for problem in problems] == [
        ProblemCode.PROMPT_BLANK,
        ProblemCode.SECONDS_OUT_OF_RANGE,
        ProblemCode.VIDEO_MODEL_UNKNOWN,
        ProblemCode.IMAGE_MODEL_UNKNOWN,
        ProblemCode.ASPECT_UNKNOWN,
    ]


def test_with_an_unknown_aspect_ratio_every_enabled_model_is_available() -> None:
    """An invalid aspect ratio does not narrow the models."""
    problems = refused(Draft("a", video_model="SORA", aspect_ratio="1:1"))
    [allowed] = [problem.allowed for problem in problems if problem.code is ProblemCode.VIDEO_MODEL_UNKNOWN]
    assert allowed == ("Veo", "Luma", "Kling")


@pytest.mark.parametrize(
    ("seconds", "model", "cost"),
    [(60, "LUMA", 600), (60, "VEOI2V", 3600), (1, "LUMA", 10), (None, "KLING", 200)],
)
def test_the_cost_is_seconds_times_the_models_price(seconds: int | None, model: str, cost: int) -> None:
    """60 s cost 600 credits; 60 s of VEOI2V 3,600."""
    assert accepted(Draft("a", seconds, model)).price == cost


@given(
    st.builds(
        Draft,
        st.text(max_size=520),
        st.none() | st.integers(),
        st.none() | st.text(max_size=9) | st.sampled_from(["LUMA", "KLING", "VEOI2V", "RETIRED"]),
        st.none() | st.text(max_size=9) | st.sampled_from(["FLUX1.1PRO", "IMAGEN3", "OFF"]),
        st.none() | st.text(max_size=9) | st.sampled_from(["16:9", "9:16"]),
    )
)
def test_a_request_is_sound_or_says_why_not(draft: Draft) -> None:
    """No forged request passes with a wrong model, shape or price."""
    checked = validate(draft, CATALOGUE)
    if not isinstance(checked, ValidatedRequest):
        assert checked
        return
    assert checked.video_model.enabled
    assert checked.image_model.enabled
    assert checked.request.aspect_ratio in checked.video_model.aspect_ratios
    assert 10 <= checked.price <= 120 * 60


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.binary(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
"""Every JSON value, and values beyond JSON."""

SOUND = Draft("a fox", 7, "VEOI2V", "IMAGEN3", "9:16")


@given(
    st.builds(
        Draft,
        st.just(SOUND.prompt) | ANYTHING,
        st.just(SOUND.duration_seconds) | ANYTHING,
        st.just(SOUND.video_model) | ANYTHING,
        st.just(SOUND.image_model) | ANYTHING,
        st.just(SOUND.aspect_ratio) | ANYTHING,
        st.just("fr") | ANYTHING,
        st.booleans() | ANYTHING,
        st.just("cinematic") | ANYTHING,
    ),
    st.builds(Preferences, st.none() | st.integers(1, 120), st.none() | st.just("LUMA")),
)
@example(replace(SOUND, duration_seconds=cast("int", 1.5)), Preferences())
@example(replace(SOUND, duration_seconds=cast("int", "5")), Preferences())
@example(replace(SOUND, duration_seconds=True), Preferences())
@example(replace(SOUND, video_model=cast("str", 0)), Preferences())
@example(replace(SOUND, image_model=cast("str", {})), Preferences())
@example(replace(SOUND, aspect_ratio=cast("str", 0.0)), Preferences())
@example(replace(SOUND, language=cast("str", 1)), Preferences())
@example(replace(SOUND, subtitles=cast("bool", 1)), Preferences())
@example(replace(SOUND, tone=cast("str", 0.0)), Preferences())
@example(replace(SOUND, language="fr", subtitles=True, tone="cinematic"), Preferences())
def test_whatever_is_put_into_a_draft_a_request_has_exactly_the_right_types(
    draft: Draft, remembered: Preferences
) -> None:
    """Otherwise, each wrong value is a problem.

    A missing value counts as unset.
    """
    checked = validate(apply_preferences(draft, remembered, WITH_EXTRAS), WITH_EXTRAS)
    if isinstance(checked, ValidatedRequest):
        request, extras = checked.request, checked.request.extras
        types: list[type[Any]] = [str, int, str, str, AspectRatio, SpokenLanguage, bool, Tone]
        values = (*astuple(request)[:5], extras.language, extras.subtitles, extras.tone)
        assert [type(value) for value in values] == types
        assert type(checked.price) is int
        given = (draft.duration_seconds, draft.video_model, draft.image_model, draft.aspect_ratio)
        assert {type(value) for value in (*given, draft.language, draft.tone)} <= {type(None), int, str}
        assert type(draft.subtitles) in (type(None), bool)
    else:
        assert checked
        assert {type(part) for problem in checked for part in (problem.value, *problem.allowed)} <= {str, AspectRatio}
