"""A movie's extras in words, and as a select of the modal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from bot.domain.catalogue import AspectRatio
from bot.domain.extras import API_DEFAULTS, Extras, OfferedExtras, SpokenLanguage, Tone
from bot.domain.preferences import PreferenceField
from bot.domain.request import Draft
from bot.ui import command_descriptions as names
from bot.ui.components import Option

LANGUAGES: Final = {language: choice.message for language, choice in names.LANGUAGE_CHOICES.items()}
TONES: Final = {tone: choice.message for tone, choice in names.TONE_CHOICES.items()}


def summary(extras: Extras) -> str:
    """Name the extras that differ from the API's defaults; '' for none."""
    parts: list[str] = []
    if extras.language not in (None, API_DEFAULTS.language):
        parts.append(LANGUAGES[extras.language])
    if extras.subtitles:
        parts.append("subtitles")
    if extras.tone not in (None, API_DEFAULTS.tone):
        parts.append(f"{TONES[extras.tone].lower()} tone")
    return " · ".join(parts)


def choice_name(value: str) -> str:
    """Name a language or a tone by the API's value.

    An unknown one is named as it is.
    """
    if value in tuple(SpokenLanguage):
        return LANGUAGES[SpokenLanguage(value)]
    return TONES[Tone(value)] if value in tuple(Tone) else value


def modal_options(offered: OfferedExtras) -> Sequence[Option]:
    """Build the modal's options for the aspect ratio and the extras.

    No option is a default, because what is not picked takes its default. So only languages can contradict each other.
    """
    options = [_option(names.TALL, PreferenceField.ASPECT_RATIO, AspectRatio.TALL, f"Otherwise {names.WIDE}")]
    if True in offered.subtitles:
        options.append(_option("Subtitles", PreferenceField.SUBTITLES, "on", "Show spoken words as text"))
    for tone in offered.tones[1:]:
        otherwise = f"Otherwise {TONES[offered.tones[0]].lower()}"
        options.append(_option(f"{TONES[tone]} tone", PreferenceField.TONE, tone, otherwise))
    options.extend(
        _option(LANGUAGES[language], PreferenceField.LANGUAGE, language, "Spoken language: pick one")
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
