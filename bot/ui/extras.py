"""What a movie is, its aspect ratio and extras in words, and as a select of the modal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from bot.domain.catalogue import AspectRatio, Music, RequestLimits, SpokenLanguage, Tone, Voice
from bot.domain.operations import Operation
from bot.domain.preferences import SUBTITLES, PreferenceField
from bot.domain.request import Draft, MovieRequest
from bot.domain.text import MAX_NAME_LENGTH
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, message_id
from bot.ui.command_descriptions import localized
from bot.ui.components import Option
from bot.ui.formatting import escape_line, format_list

_COMMANDS: Final[Mapping[str, MessageId]] = {
    **{each: message_id("commands", each.name.lower()) for each in AspectRatio},
    **{each: message_id("commands-language", each.name.lower()) for each in SpokenLanguage},
    **{each: message_id("commands-tone", each) for each in Tone},
}

_OTHERS: Final[Mapping[str, MessageId]] = {
    **{each: message_id("preferences", each, "option") for each in SUBTITLES},
    **{each: message_id("forms-music", each.name.lower()) for each in Music},
    Voice.ANY: "forms-voice-any",
    Voice.ALLOY: "forms-voice-neutral",
    **dict.fromkeys((Voice.NOVA, Voice.SHIMMER, Voice.TALIA, Voice.ELARA, Voice.ELOWEN), "forms-voice-female"),
    **dict.fromkeys((Voice.ECHO, Voice.FABLE, Voice.ONYX), "forms-voice-male"),
    **dict.fromkeys((Voice.DARIAN, Voice.BAXTER, Voice.ELDRIN), "forms-voice-male"),
}

_ON: Final = "on"

CHOICES: Final = {value: localized(id_) for value, id_ in _COMMANDS.items()}
"""The names of aspect ratios, languages and tones among the options of a command."""

_NAMES: Final[Mapping[str, MessageId]] = {**_COMMANDS, **_OTHERS}


def choice_name(texts: Texts, value: str, limit: int = MAX_NAME_LENGTH) -> str:
    """Name the value of an aspect ratio, such as "Wide (16:9)", or of an extra. An unknown one is escaped."""
    return texts(_NAMES[value], name=value.capitalize()) if value in _NAMES else escape_line(value, limit)


def modal_options(texts: Texts, limits: RequestLimits) -> Sequence[Option]:
    """Build the modal's options for the aspect ratio and the extras.

    No option is a default, because what is not picked takes its default. So only languages can contradict each other.
    """
    offered, default = limits.extras, limits.default_aspect_ratio
    otherwise = texts("forms-default-hint", choice=choice_name(texts, default))
    options = [
        Option(choice_name(texts, each), f"{PreferenceField.ASPECT_RATIO}:{each}", otherwise)
        for each in AspectRatio
        if each is not default
    ]
    if True in offered.subtitles:
        subtitles, hint = texts("forms-subtitles-option"), texts("forms-subtitles-hint")
        options.append(Option(subtitles, f"{PreferenceField.SUBTITLES}:{_ON}", hint))
    options += [
        Option(
            texts("preferences-tone", choice=choice_name(texts, tone)),
            f"{PreferenceField.TONE}:{tone}",
            texts("forms-default-hint", choice=choice_name(texts, offered.tones[0])),
        )
        for tone in offered.tones[1:]
    ]
    options += [
        Option(choice_name(texts, language), f"{PreferenceField.LANGUAGE}:{language}", texts("forms-language-hint"))
        for language in offered.languages[1:]
    ]
    return options


def picked_options(draft: Draft) -> Collection[str]:
    """Return the values of the modal's options that a draft picks."""
    picks = {
        PreferenceField.ASPECT_RATIO: draft.aspect_ratio,
        PreferenceField.LANGUAGE: draft.language,
        PreferenceField.SUBTITLES: _ON if draft.subtitles else None,
        PreferenceField.TONE: draft.tone,
    }
    return [f"{field}:{value}" for field, value in picks.items() if value is not None]


def parse_options(values: Iterable[str]) -> Mapping[PreferenceField, Sequence[str]]:
    """Return what the picked options say of each field.

    Values that the modal never had are left out.
    """
    picked: dict[PreferenceField, list[str]] = {}
    for field, _, value in (each.partition(":") for each in values):
        if field in tuple(PreferenceField) and value:
            picked.setdefault(PreferenceField(field), []).append(value)
    return picked


def operation_name(texts: Texts, request: MovieRequest) -> str:
    """Name what is made of finished movies, such as "In French"; '' for what is made of words or pictures."""
    match request.operation:
        case Operation.SCENE:
            scenes = format_list(texts, [str(each) for each in request.scenes])
            return texts("versions-scene" if len(request.scenes) == 1 else "versions-scenes", scenes=scenes)
        case Operation.DUB | Operation.SUBTITLES:
            return _language_name(texts, request)
        case Operation.FILM:
            return texts("versions-film", movies=len(request.sources))
        case _:
            return ""


def _language_name(texts: Texts, request: MovieRequest) -> str:
    """Name a dub or subtitles. Without a language, subtitles are in that of the movie."""
    has_subtitles, language = request.extras.subtitles, request.extras.language or SpokenLanguage.AUTO
    if request.operation is Operation.DUB:
        name: MessageId = "versions-dub-subtitles" if has_subtitles else "versions-dub"
    elif not has_subtitles:
        name = "versions-without-subtitles"
    else:
        name = "versions-subtitles" if language is SpokenLanguage.AUTO else "versions-subtitles-in"
    return texts(name, language=choice_name(texts, language))
