"""A movie's extras in words, and as a select of the modal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from bot.domain.catalogue import AspectRatio, RequestLimits
from bot.domain.extras import API_DEFAULTS, Extras, SpokenLanguage, Tone
from bot.domain.preferences import PreferenceField
from bot.domain.request import Draft
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui.command_descriptions import localized
from bot.ui.components import Option

_ASPECT_RATIOS: Final[Mapping[AspectRatio, MessageId]] = {
    AspectRatio.WIDE: "commands-wide",
    AspectRatio.TALL: "commands-tall",
}

_LANGUAGES: Final[Mapping[SpokenLanguage, MessageId]] = {
    SpokenLanguage.AUTO: "commands-language-auto",
    SpokenLanguage.ENGLISH: "commands-language-english",
    SpokenLanguage.SPANISH: "commands-language-spanish",
    SpokenLanguage.FRENCH: "commands-language-french",
    SpokenLanguage.JAPANESE: "commands-language-japanese",
    SpokenLanguage.THAI: "commands-language-thai",
    SpokenLanguage.CHINESE: "commands-language-chinese",
    SpokenLanguage.BENGALI: "commands-language-bengali",
    SpokenLanguage.HINDI: "commands-language-hindi",
    SpokenLanguage.SANSKRIT: "commands-language-sanskrit",
    SpokenLanguage.LATIN: "commands-language-latin",
}

_TONES: Final[Mapping[Tone, MessageId]] = {
    Tone.GROUNDED: "commands-tone-grounded",
    Tone.CINEMATIC: "commands-tone-cinematic",
}

ASPECT_RATIO_CHOICES: Final = {each: localized(_ASPECT_RATIOS[each]) for each in _ASPECT_RATIOS}
LANGUAGE_CHOICES: Final = {each: localized(_LANGUAGES[each]) for each in _LANGUAGES}
TONE_CHOICES: Final = {each: localized(_TONES[each]) for each in _TONES}


def summary(texts: Texts, extras: Extras) -> str:
    """Name the extras that differ from the API's defaults; '' for none."""
    parts: list[str] = []
    if extras.language not in (None, API_DEFAULTS.language):
        parts.append(language_name(texts, extras.language))
    if extras.subtitles:
        parts.append(texts("forms-subtitles-option"))
    if extras.tone not in (None, API_DEFAULTS.tone):
        parts.append(texts("forms-tone-option", tone=tone_name(texts, extras.tone)))
    return " · ".join(parts)


def aspect_ratio_name(texts: Texts, aspect_ratio: AspectRatio) -> str:
    """Name an aspect ratio, such as "Wide (16:9)"."""
    return texts(_ASPECT_RATIOS[aspect_ratio])


def language_name(texts: Texts, language: SpokenLanguage) -> str:
    """Name a spoken language."""
    return texts(_LANGUAGES[language])


def tone_name(texts: Texts, tone: Tone) -> str:
    """Name a tone."""
    return texts(_TONES[tone])


def choice_name(texts: Texts, value: str) -> str:
    """Name a language or a tone by the API's value.

    An unknown one is named as it is.
    """
    if value in tuple(SpokenLanguage):
        return language_name(texts, SpokenLanguage(value))
    return tone_name(texts, Tone(value)) if value in tuple(Tone) else value


def modal_options(texts: Texts, limits: RequestLimits) -> Sequence[Option]:
    """Build the modal's options for the aspect ratio and the extras.

    No option is a default, because what is not picked takes its default. So only languages can contradict each other.
    """
    offered, default = limits.extras, limits.default_aspect_ratio
    otherwise = texts("forms-default-hint", choice=aspect_ratio_name(texts, default))
    options = [
        _option(aspect_ratio_name(texts, each), PreferenceField.ASPECT_RATIO, each, otherwise)
        for each in AspectRatio
        if each is not default
    ]
    if True in offered.subtitles:
        hint = texts("forms-subtitles-hint")
        options.append(_option(texts("forms-subtitles-option"), PreferenceField.SUBTITLES, "on", hint))
    for tone in offered.tones[1:]:
        label = texts("forms-tone-option", tone=tone_name(texts, tone))
        otherwise = texts("forms-default-hint", choice=tone_name(texts, offered.tones[0]))
        options.append(_option(label, PreferenceField.TONE, tone, otherwise))
    options.extend(
        _option(language_name(texts, language), PreferenceField.LANGUAGE, language, texts("forms-language-hint"))
        for language in offered.languages[1:]
    )
    return options


def picked_options(draft: Draft) -> Collection[str]:
    """Return the values of the modal's options that a draft picks."""
    picks = (
        (PreferenceField.ASPECT_RATIO, draft.aspect_ratio),
        (PreferenceField.LANGUAGE, draft.language),
        (PreferenceField.SUBTITLES, "on" if draft.subtitles else None),
        (PreferenceField.TONE, draft.tone),
    )
    return [_option_value(field, value) for field, value in picks if value is not None]


def parse_options(values: Iterable[str]) -> Mapping[PreferenceField, Sequence[str]]:
    """Return what the picked options say of each field.

    Values that the modal never had are left out.
    """
    picked: dict[PreferenceField, list[str]] = {}
    for field, _, value in (each.partition(":") for each in values):
        if field in tuple(PreferenceField) and value:
            picked.setdefault(PreferenceField(field), []).append(value)
    return picked


def _option(label: str, field: PreferenceField, value: str, description: str) -> Option:
    return Option(label, _option_value(field, value), description)


def _option_value(field: PreferenceField, value: str) -> str:
    return f"{field.value}:{value}"
