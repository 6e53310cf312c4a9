"""The settings of /setup in words: names, values and problems.

Ids of texts follow from the names of settings, values, units and reasons.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Final

from bot.domain.catalogue import AspectRatio, Catalogue
from bot.domain.filter_rules import PRESETS
from bot.domain.language import Language
from bot.domain.movie_night import STARTS_AT_HOUR
from bot.domain.prompt_filter import RuleProblem
from bot.domain.server_setup import Weekday
from bot.domain.setting_kinds import (
    Channel,
    EnumChoice,
    InvalidReason,
    InvalidValue,
    Model,
    Models,
    Number,
    Presets,
    Roles,
    Rules,
    Setting,
    SettingValue,
    Unit,
)
from bot.locales.texts import Texts, message_id, texts_in
from bot.ui import extras
from bot.ui.amounts import format_credits, format_duration, format_list
from bot.ui.errors import permissions
from bot.ui.escaping import escape_line
from bot.ui.field_lines import count_fitting
from bot.ui.setup_filter import rule_problem, too_long_text

_MAX_NAME_LENGTH: Final = 60
_MAX_LIST_LENGTH: Final = 378
"""Of a list of names: two of them and more fit in a field."""

_SEPARATOR_LENGTH: Final = 2


def setting_name(texts: Texts, setting: Setting) -> str:
    """Name a setting."""
    return texts(message_id("setup", setting.name))


def not_set_text(texts: Texts, setting: Setting) -> str:
    """Say what holds where a setting is not set."""
    return texts(message_id("setup", setting.unset, "option"))


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
    if not value:
        return not_set_text(texts, setting)
    if isinstance(setting, Rules):  # the log has only their number
        return texts("setup-rules-count", rules=len(value) if isinstance(value, tuple) else int(value))
    if isinstance(value, tuple):
        names = [option_text(texts, setting, each, catalogue) for each in value if each not in deleted]
        return _list(texts, names, sum(each in deleted for each in value))
    if isinstance(setting, Channel) and value in deleted:
        return texts("setup-deleted", more=1)
    return option_text(texts, setting, value, catalogue)


def option_text(texts: Texts, setting: Setting, value: int | str, catalogue: Catalogue) -> str:
    """Format one value that a setting can have."""
    match setting:
        case EnumChoice():
            return choice_text(texts, setting, str(value))
        case Number():
            return _number(texts, setting.unit, int(value))
        case Model() | Models():
            return escape_line(catalogue.labels.get(str(value), str(value)), _MAX_NAME_LENGTH)
        case Presets():
            return preset_name(texts, str(value))
        case _:
            return f"<@&{value}>" if isinstance(setting, Roles) else f"<#{value}>"


def choice_text(texts: Texts, setting: EnumChoice[StrEnum], value: str) -> str:
    """Say which member of an enum is chosen."""
    member = setting.members(value)
    match member:
        case Language():
            return language_name(member)
        case AspectRatio():
            return extras.aspect_ratio_name(texts, member)
        case Weekday():
            return texts(message_id("setup", setting.name, member, "option"), time=f"{STARTS_AT_HOUR}:00")
        case _:
            return texts(message_id("setup", setting.name, member, "option"))


def language_name(language: Language) -> str:
    """Name a language in itself, as Discord's own list does."""
    return texts_in(language)("setup-this-language-option")


def preset_name(texts: Texts, preset: str) -> str:
    """Name a preset of the prompt filter, such as "Deutsch: slurs"."""
    language, _, category = preset.partition("/")
    if preset not in PRESETS:  # of another version of the bot
        return escape_line(preset, _MAX_NAME_LENGTH)
    return texts(
        "setup-preset-option",
        language=language_name(Language(language)),
        category=texts(message_id("log-category", category)),
    )


def problem_text(texts: Texts, problem: InvalidValue) -> str:
    """Say what is wrong with a value, and what is possible."""
    return texts("setup-invalid", setting=setting_name(texts, problem.setting), problem=_problem(texts, problem))


def _number(texts: Texts, unit: Unit, number: int) -> str:
    match unit:
        case Unit.CREDITS:
            return format_credits(texts, number)
        case Unit.SECONDS:
            return format_duration(texts, number)
        case Unit.STARS:
            return texts("setup-stars-option", stars=number)
        case Unit.DAYS:
            return texts("setup-days-option", days=number)


def _list(texts: Texts, names: Sequence[str], deleted: int) -> str:
    """Join as many names as fit, and count the others."""
    fitting = count_fitting(names, _MAX_LIST_LENGTH, separator=_SEPARATOR_LENGTH)
    parts = list(names[:fitting])
    if fitting < len(names):
        parts.append(texts("setup-more", more=len(names) - fitting))
    if deleted:
        parts.append(texts("setup-deleted", more=deleted))
    return format_list(texts, parts)


def _problem(texts: Texts, problem: InvalidValue) -> str:
    if problem.reason is InvalidReason.RULES_TOO_LONG:
        return too_long_text(texts, *map(int, problem.allowed))
    reason = message_id("setup", problem.reason)
    if isinstance(problem.setting, Number) and problem.reason is InvalidReason.OUT_OF_RANGE:
        reason = message_id("setup", problem.setting.unit, problem.reason)
    value, channel = escape_line(problem.value, _MAX_NAME_LENGTH), f"<#{problem.value}>"
    return texts(reason, value=value, channel=channel, **_possible(texts, problem.reason, problem.allowed))


def _possible(texts: Texts, reason: InvalidReason, allowed: Sequence[str]) -> Mapping[str, str | int]:
    """Return what the text about a problem says besides the value."""
    match reason:
        case InvalidReason.TOO_MANY | InvalidReason.OUT_OF_RANGE:
            return {"min": int(allowed[0]), "max": int(allowed[-1])}
        case InvalidReason.NOT_OFFERED:
            return {"names": format_list(texts, [f"`{each}`" for each in allowed])}
        case InvalidReason.LONGER_THAN_LONGEST:
            return {"longest": format_duration(texts, int(allowed[0]))}
        case InvalidReason.MISSING_PERMISSIONS:
            return {"permissions": permissions(texts, allowed)}
        case InvalidReason.NOT_A_RULE:
            return {"problem": rule_problem(texts, RuleProblem(allowed[0]))}
        case _:
            return {}
