"""The settings of /setup in words: names, values and problems."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, cast

from bot.domain.catalogue import AspectRatio, Catalogue
from bot.domain.language import Language
from bot.domain.server_setup import MessageMenu, Setting, SettingValue
from bot.domain.setup_values import InvalidReason, InvalidValue
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, texts_in
from bot.ui import extras
from bot.ui.amounts import format_duration, format_list
from bot.ui.escaping import escape_line

_NAMES: Final[Mapping[Setting, MessageId]] = {
    Setting.CHANNELS: "setup-channels",
    Setting.ROLES: "setup-roles",
    Setting.VIDEO_MODELS: "setup-video-models",
    Setting.IMAGE_MODELS: "setup-image-models",
    Setting.LONGEST_SECONDS: "setup-longest",
    Setting.DEFAULT_VIDEO_MODEL: "setup-default-video-model",
    Setting.DEFAULT_IMAGE_MODEL: "setup-default-image-model",
    Setting.DEFAULT_SECONDS: "setup-default-duration",
    Setting.DEFAULT_ASPECT_RATIO: "setup-default-aspect-ratio",
    Setting.LANGUAGE: "setup-language",
    Setting.MESSAGE_MENU: "setup-messages",
}

_NOT_SET: Final[Mapping[Setting, MessageId]] = {
    Setting.CHANNELS: "setup-every-channel-option",
    Setting.ROLES: "setup-everyone-option",
    Setting.VIDEO_MODELS: "setup-all-option",
    Setting.IMAGE_MODELS: "setup-all-option",
    Setting.LONGEST_SECONDS: "setup-bot-limit-option",
    Setting.DEFAULT_VIDEO_MODEL: "setup-bot-default-option",
    Setting.DEFAULT_IMAGE_MODEL: "setup-bot-default-option",
    Setting.DEFAULT_SECONDS: "setup-bot-default-option",
    Setting.DEFAULT_ASPECT_RATIO: "setup-bot-default-option",
    Setting.LANGUAGE: "setup-discord-language-option",
    Setting.MESSAGE_MENU: "setup-menu-own-option",
}

_MENUS: Final[Mapping[MessageMenu, MessageId]] = {
    MessageMenu.OWN: "setup-menu-own-option",
    MessageMenu.ANYONE: "setup-menu-anyone-option",
    MessageMenu.OFF: "setup-menu-off-option",
}

_PROBLEMS: Final[Mapping[InvalidReason, MessageId]] = {
    InvalidReason.NOT_A_LIST: "setup-not-a-list",
    InvalidReason.NOT_AN_ID: "setup-not-an-id",
    InvalidReason.NOT_HERE: "setup-not-here",
}
"""Problems that are described by the value alone."""

_MAX_NAME_LENGTH: Final = 60
_MAX_LIST_LENGTH: Final = 380
"""Of a list of names: two of them and more fit in a field."""

_SEPARATOR_LENGTH: Final = 2


def setting_name(texts: Texts, setting: Setting) -> str:
    """Name a setting."""
    return texts(_NAMES[setting])


def not_set_text(texts: Texts, setting: Setting) -> str:
    """Say what holds where a setting is not set."""
    return texts(_NOT_SET[setting])


def menu_text(texts: Texts, menu: MessageMenu) -> str:
    """Say whose messages can be turned into movies."""
    return texts(_MENUS[menu])


def language_name(language: Language) -> str:
    """Name a language in itself, as Discord's own list does."""
    return texts_in(language)("setup-this-language-option")


def value_text(
    texts: Texts,
    setting: Setting,
    value: SettingValue,
    catalogue: Catalogue,
    deleted: Collection[int] = frozenset(),
) -> str:
    """Format a setting's value.

    `deleted` are ids of channels and roles that no longer exist.
    """
    if value is None or value == ():
        return not_set_text(texts, setting)
    if isinstance(value, tuple):
        return _list(texts, [_item(setting, each, catalogue) for each in value if each not in deleted], value, deleted)
    return _FORMATS[setting](texts, value, catalogue)


def problem_text(texts: Texts, problem: InvalidValue) -> str:
    """Say what is wrong with a value, and what is possible."""
    return texts("setup-invalid", setting=setting_name(texts, problem.setting), problem=_problem(texts, problem))


def _list(texts: Texts, names: Sequence[str], values: Sequence[object], deleted: Collection[int]) -> str:
    """Join as many names as fit, and count the others."""
    lengths = itertools.accumulate(len(name) + _SEPARATOR_LENGTH for name in names)
    fitting = sum(length <= _MAX_LIST_LENGTH for length in lengths)
    parts = list(names[:fitting])
    if fitting < len(names):
        parts.append(texts("setup-more", more=len(names) - fitting))
    gone = sum(each in deleted for each in values)
    if gone:
        parts.append(texts("setup-deleted", more=gone))
    return format_list(texts, parts)


def _item(setting: Setting, value: int | str, catalogue: Catalogue) -> str:
    match setting:
        case Setting.CHANNELS:
            return f"<#{value}>"
        case Setting.ROLES:
            return f"<@&{value}>"
        case Setting.VIDEO_MODELS:
            return _video(catalogue, str(value))
        case _:
            return _image(catalogue, str(value))


def _video(catalogue: Catalogue, key: str) -> str:
    model = catalogue.video_model(key)
    return escape_line(model.label if model else key, _MAX_NAME_LENGTH)


def _image(catalogue: Catalogue, key: str) -> str:
    model = catalogue.image_model(key)
    return escape_line(model.label if model else key, _MAX_NAME_LENGTH)


_FORMATS: Final[Mapping[Setting, Callable[[Texts, SettingValue, Catalogue], str]]] = {
    Setting.LONGEST_SECONDS: lambda texts, value, _: format_duration(texts, cast("int", value)),
    Setting.DEFAULT_SECONDS: lambda texts, value, _: format_duration(texts, cast("int", value)),
    Setting.DEFAULT_VIDEO_MODEL: lambda _, value, catalogue: _video(catalogue, str(value)),
    Setting.DEFAULT_IMAGE_MODEL: lambda _, value, catalogue: _image(catalogue, str(value)),
    Setting.DEFAULT_ASPECT_RATIO: lambda texts, value, _: extras.aspect_ratio_name(texts, AspectRatio(str(value))),
    Setting.LANGUAGE: lambda _, value, __: language_name(Language(str(value))),
    Setting.MESSAGE_MENU: lambda texts, value, _: menu_text(texts, MessageMenu(str(value))),
}


def _problem(texts: Texts, problem: InvalidValue) -> str:
    value, allowed = escape_line(problem.value, _MAX_NAME_LENGTH), problem.allowed
    if problem.reason in _PROBLEMS:
        return texts(_PROBLEMS[problem.reason], value=value)
    match problem.reason:
        case InvalidReason.TOO_MANY:
            return texts("setup-too-many", max=int(allowed[0]))
        case InvalidReason.NOT_OFFERED:
            return texts("setup-not-available", value=value, names=format_list(texts, _names(allowed)))
        case InvalidReason.OUT_OF_RANGE:
            return texts("setup-out-of-range", value=value, min=int(allowed[0]), max=int(allowed[1]))
        case _:
            return texts("setup-longer-than-longest", longest=format_duration(texts, int(allowed[0])))


def _names(values: Sequence[str]) -> Sequence[str]:
    return [f"`{value}`" for value in values]
