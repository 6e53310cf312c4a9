"""The settings of /setup in words: names, values and problems."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, cast

from bot.domain.approval import ApprovalFallback, ApprovalScope
from bot.domain.catalogue import AspectRatio, Catalogue
from bot.domain.filter_rules import PRESETS
from bot.domain.language import Language
from bot.domain.movie_night import STARTS_AT_HOUR
from bot.domain.prompt_filter import RuleProblem
from bot.domain.server_setup import ROLE_LISTS, SINGLE_CHANNELS, AgeRule, MessageMenu, Setting, SettingValue, Weekday
from bot.domain.setup_values import InvalidReason, InvalidValue
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, texts_in
from bot.ui import extras
from bot.ui.amounts import format_credits, format_duration, format_list
from bot.ui.errors import permissions
from bot.ui.escaping import escape_line
from bot.ui.filter_categories import category_name
from bot.ui.setup_filter import rule_problem, too_long_text

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
    Setting.GALLERY: "setup-gallery",
    Setting.AGE: "setup-age",
    Setting.STAFF_CHANNEL: "setup-staff-channel",
    Setting.STAFF_ROLES: "setup-staff-roles",
    Setting.FILTER_PRESETS: "setup-filter-presets",
    Setting.FILTER_RULES: "setup-filter-rules",
    Setting.APPROVAL: "setup-approval",
    Setting.APPROVAL_CREDITS: "setup-approval-credits",
    Setting.TRUSTED_ROLES: "setup-trusted-roles",
    Setting.APPROVAL_FALLBACK: "setup-approval-fallback",
    Setting.GALLERY_STARS: "setup-gallery-stars",
    Setting.GIFT_CREDITS: "setup-gift-credits",
    Setting.PITCH_DAYS: "setup-pitch-days",
    Setting.MOVIE_NIGHT: "setup-movie-night",
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
    Setting.GALLERY: "setup-order-channel-option",
    Setting.AGE: "setup-no-age-option",
    Setting.STAFF_CHANNEL: "setup-none-option",
    Setting.STAFF_ROLES: "setup-managers-option",
    Setting.FILTER_PRESETS: "setup-no-rules-option",
    Setting.FILTER_RULES: "setup-no-rules-option",
    Setting.APPROVAL: "setup-approval-off-option",
    Setting.APPROVAL_CREDITS: "setup-any-price-option",
    Setting.TRUSTED_ROLES: "setup-no-roles-option",
    Setting.APPROVAL_FALLBACK: "setup-approval-hold-option",
    Setting.GALLERY_STARS: "setup-every-movie-option",
    Setting.GIFT_CREDITS: "setup-no-gifts-option",
    Setting.PITCH_DAYS: "setup-a-week-option",
    Setting.MOVIE_NIGHT: "setup-no-movie-night-option",
}

_MENUS: Final[Mapping[MessageMenu, MessageId]] = {
    MessageMenu.OWN: "setup-menu-own-option",
    MessageMenu.ANYONE: "setup-menu-anyone-option",
    MessageMenu.OFF: "setup-menu-off-option",
}

_WEEKDAYS: Final[Mapping[Weekday, MessageId]] = {
    Weekday.MONDAY: "setup-monday-option",
    Weekday.TUESDAY: "setup-tuesday-option",
    Weekday.WEDNESDAY: "setup-wednesday-option",
    Weekday.THURSDAY: "setup-thursday-option",
    Weekday.FRIDAY: "setup-friday-option",
    Weekday.SATURDAY: "setup-saturday-option",
    Weekday.SUNDAY: "setup-sunday-option",
}

_AGE_RULES: Final[Mapping[AgeRule, MessageId]] = {
    AgeRule.SPOILER: "setup-spoiler-option",
    AgeRule.RESTRICTED: "setup-restricted-option",
}

_AGE_NOTES: Final[Mapping[AgeRule, MessageId]] = {
    AgeRule.SPOILER: "setup-spoiler-note",
    AgeRule.RESTRICTED: "setup-restricted-note",
}
"""What Discord promises, and what it doesn't."""

_SCOPES: Final[Mapping[ApprovalScope, MessageId]] = {
    ApprovalScope.UNTRUSTED: "setup-approval-untrusted-option",
    ApprovalScope.EVERYONE: "setup-approval-everyone-option",
}

_FALLBACKS: Final[Mapping[ApprovalFallback, MessageId]] = {ApprovalFallback.START: "setup-approval-start-option"}

_PROBLEMS: Final[Mapping[InvalidReason, MessageId]] = {
    InvalidReason.NOT_A_LIST: "setup-not-a-list",
    InvalidReason.NOT_AN_ID: "setup-not-an-id",
    InvalidReason.NOT_IN_SERVER: "setup-not-here",
    InvalidReason.EVERYONE: "setup-not-everyone",
}
"""Problems that are described by the value alone."""

_OUT_OF_RANGE: Final[Mapping[Setting, MessageId]] = {
    Setting.APPROVAL_CREDITS: "setup-credits-out-of-range",
    Setting.GIFT_CREDITS: "setup-credits-out-of-range",
    Setting.PITCH_DAYS: "setup-days-out-of-range",
    Setting.GALLERY_STARS: "setup-stars-out-of-range",
    Setting.LONGEST_SECONDS: "setup-out-of-range",
    Setting.DEFAULT_SECONDS: "setup-out-of-range",
}

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


def age_text(texts: Texts, rule: AgeRule) -> str:
    """Say what is done about movies that are not for everyone."""
    return texts(_AGE_RULES[rule])


def age_note(texts: Texts, rule: AgeRule) -> str:
    """Say what an age rule can promise, and what it can't."""
    return texts(_AGE_NOTES[rule])


def weekday_text(texts: Texts, day: Weekday) -> str:
    """Say on which day of the week, and when."""
    return texts(_WEEKDAYS[day], time=f"{STARTS_AT_HOUR}:00")


def scope_text(texts: Texts, scope: ApprovalScope) -> str:
    """Say whose movies staff approves."""
    return texts(_SCOPES[scope])


def fallback_text(texts: Texts, fallback: ApprovalFallback) -> str:
    """Say what happens while the staff channel can't be posted to."""
    return texts(_FALLBACKS[fallback])


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
    if setting is Setting.FILTER_RULES:
        return _rules(texts, value)
    if setting is Setting.FILTER_PRESETS and isinstance(value, tuple):
        return _list(texts, [preset_name(texts, str(each)) for each in value], value, ())
    if isinstance(value, tuple):
        return _list(texts, [_item(setting, each, catalogue) for each in value if each not in deleted], value, deleted)
    if setting in SINGLE_CHANNELS:
        return texts("setup-deleted", more=1) if value in deleted else f"<#{value}>"
    return _FORMATS[setting](texts, value, catalogue)


def preset_name(texts: Texts, preset: str) -> str:
    """Name a preset of the prompt filter, such as "Deutsch: slurs"."""
    language, _, category = preset.partition("/")
    if preset not in PRESETS:  # of another version of the bot
        return escape_line(preset, _MAX_NAME_LENGTH)
    return texts(
        "setup-preset-option", language=language_name(Language(language)), category=category_name(texts, category)
    )


def _rules(texts: Texts, value: SettingValue) -> str:
    """Count the rules, of which the log has only the number."""
    rules = len(value) if isinstance(value, tuple) else int(value or 0)
    return texts("setup-rules-count", rules=rules) if rules else not_set_text(texts, Setting.FILTER_RULES)


def problem_text(texts: Texts, problem: InvalidValue) -> str:
    """Say what is wrong with a value, and what is possible."""
    name = setting_name(texts, problem.setting)
    of_rules = problem.reason in (InvalidReason.NOT_A_RULE, InvalidReason.RULES_TOO_LONG)
    text = _rules_problem(texts, problem) if of_rules else _problem(texts, problem)
    return texts("setup-invalid", setting=name, problem=text)


def _rules_problem(texts: Texts, problem: InvalidValue) -> str:
    if problem.reason is InvalidReason.RULES_TOO_LONG:
        rules, characters = map(int, problem.allowed)
        return too_long_text(texts, rules, characters)
    value = escape_line(problem.value, _MAX_NAME_LENGTH)
    return texts("setup-not-a-rule", value=value, problem=rule_problem(texts, RuleProblem(problem.allowed[0])))


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
    if setting in ROLE_LISTS:
        return f"<@&{value}>"
    match setting:
        case Setting.CHANNELS:
            return f"<#{value}>"
        case Setting.VIDEO_MODELS:
            return _video(catalogue, str(value))
        case _:
            return _image(catalogue, str(value))


def _video(catalogue: Catalogue, key: str) -> str:
    return escape_line(catalogue.label(key), _MAX_NAME_LENGTH)


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
    Setting.AGE: lambda texts, value, _: age_text(texts, AgeRule(str(value))),
    Setting.MESSAGE_MENU: lambda texts, value, _: menu_text(texts, MessageMenu(str(value))),
    Setting.APPROVAL: lambda texts, value, _: scope_text(texts, ApprovalScope(str(value))),
    Setting.APPROVAL_CREDITS: lambda texts, value, _: format_credits(texts, cast("int", value)),
    Setting.GALLERY_STARS: lambda texts, value, _: texts("setup-stars-option", stars=cast("int", value)),
    Setting.GIFT_CREDITS: lambda texts, value, _: format_credits(texts, cast("int", value)),
    Setting.PITCH_DAYS: lambda texts, value, _: texts("setup-days-option", days=cast("int", value)),
    Setting.MOVIE_NIGHT: lambda texts, value, _: weekday_text(texts, Weekday(str(value))),
    Setting.APPROVAL_FALLBACK: lambda texts, value, _: fallback_text(texts, ApprovalFallback(str(value))),
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
        case InvalidReason.MISSING_PERMISSIONS | InvalidReason.NOT_AGE_RESTRICTED:
            return _channel_problem(texts, problem)
        case InvalidReason.OUT_OF_RANGE:
            return texts(
                _OUT_OF_RANGE[problem.setting],
                value=value,
                min=int(allowed[0]),
                max=int(allowed[1]),
            )
        case _:
            return texts("setup-longer-than-longest", longest=format_duration(texts, int(allowed[0])))


def _channel_problem(texts: Texts, problem: InvalidValue) -> str:
    channel = f"<#{problem.value}>"
    if problem.reason is InvalidReason.NOT_AGE_RESTRICTED:
        return texts("setup-not-age-restricted", channel=channel)
    return texts("setup-cannot-post", channel=channel, permissions=permissions(texts, problem.allowed))


def _names(values: Sequence[str]) -> Sequence[str]:
    return [f"`{value}`" for value in values]
