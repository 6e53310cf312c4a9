"""A movie request, its validation and its price.

The rules are those of the API (`Catalogue.limits`), narrowed by the operator's models.
Discord's client enforces most of them, but a request can be forged and the catalogue can change after registration.
Types are checked too: discord.py passes on what a payload holds, so an integer option can arrive as 1.5 or as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, TypeAlias, TypeVar, get_args

from bot.domain.catalogue import (
    NO_EXTRAS,
    AnyModel,
    AspectRatio,
    Catalogue,
    Extras,
    ImageModel,
    ModelKind,
    Music,
    RequestLimits,
    SpokenLanguage,
    Tone,
    VideoModel,
    Voice,
)
from bot.domain.operations import Operation, Price, Source
from bot.domain.text import count_utf16, has_visible, strip_control_chars

Choice = TypeVar("Choice", SpokenLanguage, Tone, Music, Voice, bool)

COMMON_DURATIONS: Final = (5, 8, 10, 12, 15, 20, 30, 45, 60, 90, 120, 180, 240)
"""Durations to choose from, in seconds, where the API takes them; a member may type any."""

_MAX_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class MovieRequest:
    """A validated request: everything that the API needs."""

    prompt: str
    duration_seconds: int
    video_model: str
    image_model: str
    aspect_ratio: AspectRatio
    extras: Extras = NO_EXTRAS
    continues: str | None = None
    """The id of the finished movie whose next scene it is."""
    remixes: str | None = None
    """The id of the movie that it was remixed from."""
    operation: Operation = Operation.MOVIE
    sources: tuple[str, ...] = ()
    """The ids of the finished movies, or of the pictures, that it is made from, in their order."""
    scenes: tuple[int, ...] = ()
    """The scenes of the source that are made anew, counted from 1."""


class Priced:
    """What has a request and its whole price."""

    __slots__ = ()

    request: MovieRequest
    price: int

    @property
    def parts(self) -> Price:
        """The price by when it is paid."""
        return self.request.operation.declared.parts(self.price, self.request.duration_seconds)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a member asked for, not yet validated; None takes the default.

    The types are those of an honest client; `validate` relies on none of them.
    """

    prompt: str
    seconds: int | None = None
    video_model: str | None = None
    image_model: str | None = None
    aspect_ratio: str | None = None
    language: str | None = None
    subtitles: bool | None = None
    tone: str | None = None
    continues: str | None = None
    remixes: str | None = None
    storyboard: bool | None = None
    operation: Operation = Operation.MOVIE
    """What is made, apart from a storyboard, which preferences and a server's setup decide about, too."""
    sources: tuple[str, ...] = ()
    scenes: tuple[int, ...] = ()
    music: str | None = None
    voice: str | None = None


ProblemCode: TypeAlias = Literal[
    "errors-prompt-blank",
    "errors-prompt-too-long",
    "errors-duration",
    "errors-video-model",
    "errors-video-model-aspect-ratio",
    "errors-image-model",
    "errors-aspect-ratio",
    "errors-no-model",
    "errors-language",
    "errors-no-language",  # the API has no such extra
    "errors-several-languages",
    "errors-subtitles",
    "errors-no-subtitles",
    "errors-tone",
    "errors-no-tone",
    "errors-music",
    "errors-voice",
]
"""Kinds of problems, in the order of the command's options. A code is the id of its text."""

_INVALID_FIELDS: Final[Mapping[ProblemCode, str]] = {
    "errors-duration": "seconds",
    "errors-video-model": "video_model",
    "errors-video-model-aspect-ratio": "video_model",
    "errors-image-model": "image_model",
    "errors-aspect-ratio": "aspect_ratio",
    "errors-no-model": "aspect_ratio",
    "errors-language": "language",
    "errors-no-language": "language",
    "errors-several-languages": "language",
    "errors-subtitles": "subtitles",
    "errors-no-subtitles": "subtitles",
    "errors-tone": "tone",
    "errors-no-tone": "tone",
    "errors-music": "music",
    "errors-voice": "voice",
}
"""The fields of a draft that have a default."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem; `allowed` holds labels, values or a range.

    `aspect_ratio` is the one that a video model does not support.
    """

    code: ProblemCode
    value: str = ""
    allowed: tuple[str, ...] = ()
    aspect_ratio: str = ""


@dataclass(frozen=True, slots=True)
class PricedRequest(Priced):
    """A valid request and its whole price in credits, which is held."""

    request: MovieRequest
    price: int


@dataclass(frozen=True, slots=True)
class ValidatedRequest(PricedRequest):
    """A validated draft with its models."""

    video_model: VideoModel
    image_model: ImageModel

    def storyboarded(self) -> ValidatedRequest:
        """Return it with its storyboard first."""
        return replace(self, request=replace(self.request, operation=Operation.STORYBOARD))


def validate(draft: Draft, catalogue: Catalogue) -> ValidatedRequest | tuple[Problem, ...]:
    """Validate a draft, returning all problems in the order of the options."""
    problems: list[Problem] = []
    limits, offered = catalogue.limits, catalogue.limits.extras
    prompt, longest = clean_prompt(draft.prompt), (str(limits.max_prompt_length),)
    operation = draft.operation if draft.operation in limits.operations else Operation.MOVIE
    has_pictures = operation is Operation.PICTURES
    if not has_visible(prompt) and not has_pictures:
        problems.append(Problem("errors-prompt-blank", allowed=longest))
    elif (length := count_utf16(prompt)) > limits.max_prompt_length:
        problems.append(Problem("errors-prompt-too-long", str(length), longest))
    seconds = limits.default_seconds if has_pictures else _seconds(draft.seconds, limits, problems)
    aspect = _aspect(draft.aspect_ratio, limits, problems)
    video_model = _video_model(draft.video_model, aspect, catalogue, problems)
    images, unknown = catalogue.enabled_image_models, Problem("errors-image-model")
    image_model = _model(draft.image_model, images, catalogue.image_models, unknown, problems)
    # without a problem where the API has none: no form has a field to leave empty
    music, voice = draft.music if offered.music else None, draft.voice if offered.voices else None
    language, languages = draft.language, offered.languages
    extras = Extras(
        _extra(language, languages, problems, "errors-language", "errors-no-language", default=SpokenLanguage.AUTO),
        _extra(draft.subtitles, offered.subtitles, problems, "errors-subtitles", "errors-no-subtitles", default=False),
        _extra(draft.tone, offered.tones, problems, "errors-tone", "errors-no-tone", default=Tone.GROUNDED),
        _extra(music, offered.music, problems, "errors-music", default=Music.ELEVENLABS),
        _extra(voice, offered.voices, problems, "errors-voice", default=Voice.ANY),
    )
    if problems or aspect is None or video_model is None or image_model is None:
        return sort_problems(problems)
    if has_pictures:  # each is in one clip, and the API decides how long that is
        seconds = video_model.longest_clip * len(draft.sources)
    sources = draft.sources if has_pictures else ()
    origin = draft.continues, draft.remixes
    request = MovieRequest(
        prompt, seconds, video_model.key, image_model.key, aspect, extras, *origin, operation, sources
    )
    checked = ValidatedRequest(request, video_model.price(seconds), video_model, image_model)
    # without a problem: an old button may ask for it, after a change to a version of the API that has none
    is_drawn_first = draft.storyboard is True and operation is Operation.MOVIE
    is_drawn_first &= Operation.STORYBOARD in limits.operations
    return checked.storyboarded() if is_drawn_first else checked


def valid_part(draft: Draft, problems: Iterable[Problem]) -> Draft:
    """Return a draft with defaults in place of its invalid values."""
    defaults: dict[str, Any] = {_INVALID_FIELDS[each.code]: None for each in problems if each.code in _INVALID_FIELDS}
    return replace(draft, **defaults)


def suggest_durations(typed: str, limits: RequestLimits) -> Sequence[int]:
    """List durations that begin with what was typed, that itself first."""
    begun = typed.strip()
    exact = [int(begun)] if begun.isascii() and begun.isdecimal() and len(begun) <= _MAX_DIGITS else []
    common = [seconds for seconds in COMMON_DURATIONS if str(seconds).startswith(begun)]
    return [seconds for seconds in dict.fromkeys([*exact, *common]) if limits.allow(seconds)]


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems in the order of the command's options."""
    return tuple(sorted(problems, key=lambda problem: get_args(ProblemCode).index(problem.code)))


def to_draft(request: MovieRequest) -> Draft:
    """Convert a request back into a draft."""
    return Draft(
        request.prompt,
        request.duration_seconds,
        request.video_model,
        request.image_model,
        request.aspect_ratio.value,
        request.extras.language,
        request.extras.subtitles,
        request.extras.tone,
        request.continues,
        request.remixes,
        request.operation is Operation.STORYBOARD,
        Operation.MOVIE if request.operation is Operation.STORYBOARD else request.operation,
        request.sources,
        request.scenes,
        request.extras.music,
        request.extras.voice,
    )


def to_new_draft(request: MovieRequest, limits: RequestLimits) -> Draft:
    """Convert a request into a draft of another movie of its prompt: that of a film is longer than any movie can be."""
    seconds = request.duration_seconds if limits.allow(request.duration_seconds) else None
    draft = replace(to_draft(request), seconds=seconds)
    if request.operation.declared.source is Source.WORDS:
        return draft
    language = None if request.operation is Operation.SUBTITLES else draft.language  # it is not what is spoken
    return replace(draft, operation=Operation.MOVIE, sources=(), scenes=(), language=language)


def to_offered_draft(request: MovieRequest, catalogue: Catalogue) -> Draft:
    """Convert a request back, with the default for each model that is not offered any more."""
    video, image = request.video_model, request.image_model
    return replace(
        to_draft(request),
        video_model=video if video in catalogue.enabled_keys(ModelKind.VIDEO) else None,
        image_model=image if image in catalogue.enabled_keys(ModelKind.IMAGE) else None,
    )


def seconds_problem(value: str, limits: RequestLimits) -> Problem:
    """Describe a duration that is not possible."""
    return Problem("errors-duration", value, (str(limits.min_seconds), str(limits.max_seconds)))


def clean_prompt(text: object) -> str:
    """Return a prompt as a request holds it; '' for what is no text."""
    return strip_control_chars(text).strip() if isinstance(text, str) else ""


def _seconds(seconds: object, limits: RequestLimits, problems: list[Problem]) -> int:
    if seconds is None:
        return limits.default_seconds
    # floats and bools compare like integers, and would be charged as such
    if isinstance(seconds, int) and not isinstance(seconds, bool) and limits.allow(seconds):
        return int(seconds)
    problems.append(seconds_problem(_repr(seconds), limits))  # the text "5" differs from the number 5
    return limits.default_seconds


def _aspect(value: object, limits: RequestLimits, problems: list[Problem]) -> AspectRatio | None:
    if value is None:
        return limits.default_aspect_ratio
    if isinstance(value, str) and value in tuple(AspectRatio):
        return AspectRatio(value)
    problems.append(Problem("errors-aspect-ratio", _given(value), tuple(AspectRatio)))
    return None


def _video_model(
    key: object, aspect: AspectRatio | None, catalogue: Catalogue, problems: list[Problem]
) -> VideoModel | None:
    fitting = catalogue.video_models_for(aspect) if aspect else catalogue.enabled_video_models
    if not fitting:
        problems.append(Problem("errors-no-model", aspect or ""))
        return None
    wrong = Problem("errors-video-model")
    if aspect and key in catalogue.enabled_keys(ModelKind.VIDEO):
        wrong = Problem("errors-video-model-aspect-ratio", aspect_ratio=aspect)
    return _model(key, fitting, catalogue.video_models, wrong, problems)


def _model(
    key: object, offered: Sequence[AnyModel], models: Sequence[AnyModel], problem: Problem, problems: list[Problem]
) -> AnyModel | None:
    """Return the model of a key among those that are offered; `problem` is that it is none of them."""
    if key is None:
        return offered[0]
    found = next((each for each in offered if each.key == key), None)
    if found is None:
        label = next((each.label for each in models if each.key == key), _given(key))
        problems.append(replace(problem, value=label, allowed=tuple(each.label for each in offered)))
    return found


def _extra(
    value: object, offered: tuple[Choice, ...], problems: list[Problem], *codes: ProblemCode, default: Choice
) -> Choice | None:
    """Return the choice that a value names.

    None where the API has no such extra, which is as good as the API's `default`. The first code is that the value is
    none of the choices, the last one that there are none.
    """
    if value is None:
        return offered[0] if offered else None
    if isinstance(value, bool if isinstance(default, bool) else str):  # the number 1 equals True
        found = next((choice for choice in offered if choice == value), None)
        if found is not None or (not offered and value == default):
            return found
    problems.append(Problem(codes[0 if offered else -1], _given(value), tuple(map(str, offered))))
    return None


def _given(value: object) -> str:
    """Return a rejected value as its member gave it."""
    return value if isinstance(value, str) else _repr(value)


def _repr(value: object) -> str:
    try:
        return repr(value)
    except ValueError:  # Python writes no number of more than 4,300 digits
        return "…"
