"""A movie's extras in words, and as a select of the modal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from bot.domain.catalogue import API_DEFAULTS, AspectRatio, Extras, RequestLimits, SpokenLanguage, Tone
from bot.domain.preferences import PreferenceField
from bot.domain.request import Draft
from bot.locales.texts import Texts, message_id
from bot.ui.command_descriptions import localized
from bot.ui.components import Option

ASPECT_RATIO_CHOICES: Final = {each: localized(message_id("commands", each.name.lower())) for each in AspectRatio}
LANGUAGE_CHOICES: Final = {
    each: localized(message_id("commands-language", each.name.lower())) for each in SpokenLanguage
}
TONE_CHOICES: Final = {each: localized(message_id("commands-tone", each)) for each in Tone}


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
    return texts(message_id("commands", aspect_ratio.name.lower()))


def language_name(texts: Texts, language: SpokenLanguage) -> str:
    """Name a spoken language."""
    return texts(message_id("commands-language", language.name.lower()))


def tone_name(texts: Texts, tone: Tone) -> str:
    """Name a tone."""
    return texts(message_id("commands-tone", tone))


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
