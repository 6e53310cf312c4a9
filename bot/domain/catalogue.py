"""What can be ordered: models, their prices, styles, a movie's extras and the limits of a request.

data/catalogue.py loads the models and styles. Limits and extras are those of a version of the API, see
bot/samsar/config.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import ClassVar, Final, TypeVar

from bot.domain.operations import ONLY_MOVIES, Operation
from bot.domain.text import Language


class AspectRatio(StrEnum):
    """The aspect ratios that /movie offers."""

    WIDE = "16:9"
    TALL = "9:16"


class ModelKind(StrEnum):
    """The two kinds of models that a movie has one of each."""

    VIDEO = "video"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class VideoModel:
    """A video model; `key` is the API's name, `label` the displayed one.

    `good_at` says in a few words what to choose it for, by language; nothing of it need be known. `follow`: it is
    compared with the API's list. `longest_clip` is how many seconds it makes of one picture at most. `is_raised`: it
    costs what the API's list says, which is more than the operator's catalogue does.
    """

    key: str
    label: str
    credits_per_second: int
    aspect_ratios: tuple[AspectRatio, ...]
    recommended_for: tuple[AspectRatio, ...] = ()
    enabled: bool = True
    good_at: Mapping[Language, str] = field(default_factory=dict[Language, str], hash=False)
    follow: bool = True
    longest_clip: int = 10
    is_raised: bool = False

    kind: ClassVar = ModelKind.VIDEO

    def price(self, seconds: int) -> int:
        """Return what a movie of this duration costs in credits."""
        return self.credits_per_second * seconds

    def strength(self, language: Language) -> str:
        """Return what it is good at in a language, or else in English."""
        return self.good_at.get(language) or self.good_at.get(Language.ENGLISH, "")


@dataclass(frozen=True, slots=True)
class ImageModel:
    """An image model, with which the API draws the first frames; `follow` as of a video model."""

    key: str
    label: str
    enabled: bool = True
    follow: bool = True

    kind: ClassVar = ModelKind.IMAGE
    credits_per_second: ClassVar[int | None] = None


AnyModel = TypeVar("AnyModel", VideoModel, ImageModel)


def _without(models: tuple[AnyModel, ...], gone: Collection[tuple[ModelKind, str]]) -> tuple[AnyModel, ...]:
    """Switch models off, but where that would leave none."""
    left = tuple(replace(each, enabled=each.enabled and (each.kind, each.key) not in gone) for each in models)
    return left if any(each.enabled for each in left) else models


class SpokenLanguage(StrEnum):
    """What is spoken in a movie; the values are the API's."""

    AUTO = "auto"
    """The API chooses by the prompt."""

    ENGLISH = "en"
    SPANISH = "es"
    FRENCH = "fr"
    JAPANESE = "ja"
    THAI = "th"
    CHINESE = "zh"
    BENGALI = "bn"
    HINDI = "hi"
    SANSKRIT = "sa"
    LATIN = "la"


class Tone(StrEnum):
    """How a movie tells its story; the values are the API's."""

    GROUNDED = "grounded"
    CINEMATIC = "cinematic"


class Music(StrEnum):
    """What makes a movie's music; the values are the API's."""

    ELEVENLABS = "ELEVENLABS_MUSIC"
    LYRIA = "LYRIA3"


class Voice(StrEnum):
    """Who speaks in a movie. bot/samsar/wire.py has the API's names."""

    ANY = "any"
    """The API chooses."""

    ALLOY = "alloy"
    ECHO = "echo"
    FABLE = "fable"
    ONYX = "onyx"
    NOVA = "nova"
    SHIMMER = "shimmer"
    DARIAN = "darian"
    TALIA = "talia"
    ELARA = "elara"
    BAXTER = "baxter"
    ELDRIN = "eldrin"
    ELOWEN = "elowen"


@dataclass(frozen=True, slots=True)
class Extras:
    """The extras of one movie.

    None: the version of the API that it was ordered for has no such extra.
    """

    language: SpokenLanguage | None = None
    subtitles: bool | None = None
    tone: Tone | None = None
    music: Music | None = None
    voice: Voice | None = None


NO_EXTRAS: Final = Extras()

API_DEFAULTS: Final = Extras(
    SpokenLanguage.AUTO, subtitles=False, tone=Tone.GROUNDED, music=Music.ELEVENLABS, voice=Voice.ANY
)
"""What the API does where a request says nothing."""


@dataclass(frozen=True, slots=True)
class OfferedExtras:
    """What a version of the API offers of each extra.

    The first choice is the API's default. Empty: there is no such extra.
    """

    languages: tuple[SpokenLanguage, ...] = ()
    subtitles: tuple[bool, ...] = ()
    tones: tuple[Tone, ...] = ()
    music: tuple[Music, ...] = ()
    voices: tuple[Voice, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is any extra."""
        return bool(self.languages or self.subtitles or self.tones)


NOT_OFFERED: Final = OfferedExtras()


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """What a request can be with any models, and its defaults.

    Source of the bounds: the API's page of March 2025, "Validation Rules". The prompt's length counts after trimming,
    in UTF-16 code units. A server's managers may narrow them; see bot/domain/server_setup.py.
    """

    max_prompt_length: int = 500
    min_seconds: int = 1
    max_seconds: int = 120
    extras: OfferedExtras = NOT_OFFERED
    default_seconds: int = 20
    default_aspect_ratio: AspectRatio = AspectRatio.WIDE
    operations: frozenset[Operation] = ONLY_MOVIES

    def allow(self, seconds: int) -> bool:
        """Return whether a movie can have this duration."""
        return self.min_seconds <= seconds <= self.max_seconds

    def longest_within(self, seconds: int) -> int:
        """Return the longest duration up to `seconds`; 0 for none."""
        longest = min(self.max_seconds, seconds)
        return longest if longest >= self.min_seconds else 0


@dataclass(frozen=True, slots=True)
class Style:
    """A style preset: members read its label, the API gets its words.

    Both are by language, in English at least.
    """

    key: str
    label: Mapping[Language, str]
    words: Mapping[Language, str]
    enabled: bool = True

    def label_in(self, language: Language) -> str:
        """Return the label in a language, or else in English."""
        return self.label.get(language, self.label[Language.ENGLISH])

    def words_in(self, language: Language) -> str:
        """Return the words in a language, or else in English."""
        return self.words.get(language, self.words[Language.ENGLISH])


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All models and styles in the operator's order.

    Each kind of model has an enabled one.
    """

    video_models: tuple[VideoModel, ...]
    image_models: tuple[ImageModel, ...]
    limits: RequestLimits = RequestLimits()
    styles: tuple[Style, ...] = ()

    @property
    def enabled_video_models(self) -> tuple[VideoModel, ...]:
        """The video models that members can choose."""
        return tuple(model for model in self.video_models if model.enabled)

    @property
    def enabled_image_models(self) -> tuple[ImageModel, ...]:
        """The image models that members can choose; the first is the default."""
        return tuple(model for model in self.image_models if model.enabled)

    @property
    def has_valid_defaults(self) -> bool:
        """Whether a movie can have the default duration, and one of the models the default aspect ratio."""
        ratio, limits = self.limits.default_aspect_ratio, self.limits
        is_offered = any(ratio in model.aspect_ratios for model in self.video_models if model.enabled)
        return is_offered and limits.allow(limits.default_seconds)

    def enabled_keys(self, kind: ModelKind) -> tuple[str, ...]:
        """Return the keys of the models of a kind that members can choose."""
        models = self.enabled_video_models if kind is ModelKind.VIDEO else self.enabled_image_models
        return tuple(model.key for model in models)

    @property
    def enabled_styles(self) -> tuple[Style, ...]:
        """The styles that members can choose."""
        return tuple(style for style in self.styles if style.enabled)

    def style(self, key: str | None) -> Style | None:
        """Find an enabled style by key."""
        return next((style for style in self.enabled_styles if style.key == key), None)

    def video_model(self, key: str) -> VideoModel | None:
        """Find a video model by key, enabled or not."""
        return next((model for model in self.video_models if model.key == key), None)

    def offers(self, video_model: str, image_model: str, seconds: int) -> bool:
        """Return whether a movie can still be ordered."""
        has_models = video_model in self.enabled_keys(ModelKind.VIDEO) and image_model in self.enabled_keys(
            ModelKind.IMAGE
        )
        return has_models and self.limits.allow(seconds)

    @property
    def labels(self) -> Mapping[str, str]:
        """All models' labels by key, enabled or not."""
        return {model.key: model.label for model in (*self.image_models, *self.video_models)}

    def label(self, key: str, kind: ModelKind = ModelKind.VIDEO) -> str:
        """Return a model's label, or the key where it is unknown. A model of the other kind may have the same key."""
        models = self.video_models if kind is ModelKind.VIDEO else self.image_models
        return next((model.label for model in models if model.key == key), key)

    def following(self, changes: Collection[tuple[ModelKind, str, int | None]]) -> Catalogue:
        """Return a catalogue as the API has it.

        Each change is a model's kind and key, and its price where it costs more there, None where it isn't there: then
        it is switched off, but where that would leave none of its kind.
        """
        if not changes:
            return self
        gone = {(kind, key) for kind, key, price in changes if price is None}
        prices = {key: price for _, key, price in changes if price is not None}
        videos = tuple(
            replace(model, credits_per_second=prices[model.key], is_raised=True)
            if prices.get(model.key, 0) > model.credits_per_second
            else model
            for model in _without(self.video_models, gone)
        )
        return replace(self, video_models=videos, image_models=_without(self.image_models, gone))

    def video_models_for(self, aspect: AspectRatio) -> tuple[VideoModel, ...]:
        """Return the enabled models for an aspect ratio, recommended ones first.

        The first is the default. Source of the recommendations: the API's page, field `video_model`.
        """
        able = [model for model in self.video_models if model.enabled and aspect in model.aspect_ratios]
        return tuple(sorted(able, key=lambda model: aspect not in model.recommended_for))


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model in the API's list.

    `credits_per_second` is None for image models, and where the list has no price.
    """

    kind: ModelKind
    key: str
    credits_per_second: int | None = None


class DifferenceType(StrEnum):
    """What differs between the catalogue and the API's list."""

    NOT_LISTED = "not_listed"
    """The API does not list it."""

    DEARER = "dearer"
    """It costs more at the API."""

    CHEAPER = "cheaper"
    """It costs less at the API."""

    NOT_IN_CATALOGUE = "not_in_catalogue"
    """The API lists it, and the catalogue does not have it."""

    @property
    def is_wrong(self) -> bool:
        """Whether orders by the catalogue would fail, or cost the operator."""
        return self in (DifferenceType.NOT_LISTED, DifferenceType.DEARER)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; the prices are in credits a second."""

    type: DifferenceType
    kind: ModelKind
    key: str
    price: int | None = None
    listed_price: int | None = None


def compare(catalogue: Catalogue, listed: Sequence[ListedModel]) -> tuple[Difference, ...]:
    """Return the differences.

    In the order of the catalogue, then of the list. Only models that members can choose, and that follow the list, are
    compared.
    """
    found: list[Difference] = []
    by_key = {(model.kind, model.key): model for model in listed}
    own = [*catalogue.video_models, *catalogue.image_models]
    for model in (each for each in own if each.enabled and each.follow):
        price, theirs = model.credits_per_second, by_key.get((model.kind, model.key))
        if theirs is None:
            found.append(Difference(DifferenceType.NOT_LISTED, model.kind, model.key, price))
        elif price is not None and theirs.credits_per_second not in (None, price):
            dearer = (theirs.credits_per_second or 0) > price
            what = DifferenceType.DEARER if dearer else DifferenceType.CHEAPER
            found.append(Difference(what, model.kind, model.key, price, theirs.credits_per_second))
    known = {(model.kind, model.key) for model in own}
    found += [
        Difference(DifferenceType.NOT_IN_CATALOGUE, model.kind, model.key, listed_price=model.credits_per_second)
        for model in listed
        if (model.kind, model.key) not in known
    ]
    return tuple(found)
