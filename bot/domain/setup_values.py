"""Checks of values for the settings of /setup.

They are typed, picked or imported, and nothing is relied on: a select's values may be forged, and a file may hold
anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias, cast

from bot.domain.approval import ApprovalFallback, ApprovalScope
from bot.domain.catalogue import AspectRatio, Catalogue
from bot.domain.discord_limits import MAX_OPTIONS
from bot.domain.filter_rules import PRESETS, RulesTooLong, WrongRules, check_rules
from bot.domain.language import Language
from bot.domain.pitch import MAX_DAYS as MAX_PITCH_DAYS
from bot.domain.quota import MAX_CREDITS
from bot.domain.server_setup import AgeRule, MessageMenu, ServerSetup, Setting, SettingValue, Weekday
from bot.domain.text import clean_text

MAX_STARS: Final = 1000
"""The largest threshold of a gallery."""

_MAX_ID: Final = 2**63 - 1
"""What the database holds, and more than Discord's ids reach."""


class InvalidReason(StrEnum):
    """What is wrong with a value."""

    NOT_A_LIST = "not_a_list"
    TOO_MANY = "too_many"
    NOT_AN_ID = "not_an_id"
    NOT_OFFERED = "not_offered"
    """`allowed` are the values that are."""

    OUT_OF_RANGE = "out_of_range"
    """`allowed` are the smallest and the largest number."""

    LONGER_THAN_LONGEST = "longer_than_longest"
    """A default duration above the longest; `allowed` is that one."""

    EVERYONE = "everyone"
    """The role @everyone, where only some may be meant."""

    MISSING_PERMISSIONS = "missing_permissions"
    """A channel where the bot can't post; `allowed` are the missing permissions."""

    NOT_AGE_RESTRICTED = "not_age_restricted"
    """A gallery that everyone can open, where only others are used."""

    NOT_A_RULE = "not_a_rule"
    """A text that can't be a rule of the prompt filter; `allowed` is its RuleProblem."""

    RULES_TOO_LONG = "rules_too_long"
    """More rules than a server can have; `allowed` are their number and their characters."""

    NOT_IN_SERVER = "not_in_server"
    """A channel or a role of another server, or a deleted one."""


@dataclass(frozen=True, slots=True)
class InvalidValue:
    """A value that a setting can't have, and why."""

    setting: Setting
    reason: InvalidReason
    value: str = ""
    allowed: tuple[str, ...] = ()


Checked: TypeAlias = SettingValue | InvalidValue


def check(setting: Setting, value: object, catalogue: Catalogue) -> Checked:
    """Return a value as a setting holds it, or what is wrong.

    `catalogue` is what the operator offers. Lists of all its models are no restriction, so they become empty.
    """
    if setting in _LISTS:
        return _LISTS[setting](setting, value if value is not None else [], catalogue)
    return None if value is None else _SINGLE[setting](setting, value, catalogue)


def check_together(setup: ServerSetup) -> InvalidValue | None:
    """Return what is wrong with values that fit one by one."""
    longest, default = setup.longest_seconds, setup.default_seconds
    if longest is None or default is None or default <= longest:
        return None
    return InvalidValue(Setting.DEFAULT_SECONDS, InvalidReason.LONGER_THAN_LONGEST, str(default), (str(longest),))


def _ids(setting: Setting, value: object, _: Catalogue) -> Checked:
    items = _items(setting, value)
    if isinstance(items, InvalidValue):
        return items
    if len(items) > MAX_OPTIONS:
        return InvalidValue(setting, InvalidReason.TOO_MANY, str(len(items)), (str(MAX_OPTIONS),))
    found: list[int] = []
    for item in items:
        number = parse_id(item)
        if number is None:
            return InvalidValue(setting, InvalidReason.NOT_AN_ID, _shown(item))
        found.append(number)
    return tuple(sorted(set(found)))


def _channel(setting: Setting, value: object, _: Catalogue) -> Checked:
    number = parse_id(value)
    return InvalidValue(setting, InvalidReason.NOT_AN_ID, _shown(value)) if number is None else number


def _models(setting: Setting, value: object, catalogue: Catalogue) -> Checked:
    items = _items(setting, value)
    if isinstance(items, InvalidValue):
        return items
    offered = _model_keys(setting, catalogue)
    unknown = next((item for item in items if item not in offered), None)
    if unknown is not None:
        return InvalidValue(setting, InvalidReason.NOT_OFFERED, _shown(unknown), offered)
    chosen = tuple(key for key in offered if key in items)
    return () if chosen == offered else chosen


def _presets(setting: Setting, value: object, _: Catalogue) -> Checked:
    items = _items(setting, value)
    if isinstance(items, InvalidValue):
        return items
    unknown = next((item for item in items if item not in PRESETS), None)
    if unknown is not None:
        return InvalidValue(setting, InvalidReason.NOT_OFFERED, _shown(unknown), PRESETS)
    return tuple(name for name in PRESETS if name in items)


def _rules(setting: Setting, value: object, _: Catalogue) -> Checked:
    items = _items(setting, value)
    if isinstance(items, InvalidValue):
        return items
    checked = check_rules((number, clean_text(_shown(item)).strip()) for number, item in enumerate(items, start=1))
    match checked:
        case WrongRules((first, *_)):
            return InvalidValue(setting, InvalidReason.NOT_A_RULE, first.text, (first.problem.value,))
        case WrongRules():
            raise AssertionError(checked)
        case RulesTooLong(rules, characters):
            return InvalidValue(setting, InvalidReason.RULES_TOO_LONG, "", (str(rules), str(characters)))
        case _:
            return checked


def _model(setting: Setting, value: object, catalogue: Catalogue) -> Checked:
    return _choice(setting, value, _model_keys(setting, catalogue))


def _seconds(setting: Setting, value: object, catalogue: Catalogue) -> Checked:
    limits = catalogue.limits
    if isinstance(value, int) and not isinstance(value, bool) and limits.allow(value):
        return int(value)
    allowed = (str(limits.min_seconds), str(limits.max_seconds))
    return InvalidValue(setting, InvalidReason.OUT_OF_RANGE, _shown(value), allowed)


def _aspect_ratio(setting: Setting, value: object, catalogue: Catalogue) -> Checked:
    offered = tuple(ratio.value for ratio in AspectRatio if catalogue.video_models_for(ratio))
    chosen = _choice(setting, value, offered)
    return AspectRatio(chosen) if isinstance(chosen, str) else chosen


def _language(setting: Setting, value: object, _: Catalogue) -> Checked:
    chosen = _choice(setting, value, tuple(language.value for language in Language))
    return Language(chosen) if isinstance(chosen, str) else chosen


def _menu(setting: Setting, value: object, _: Catalogue) -> Checked:
    chosen = _choice(setting, value, tuple(menu.value for menu in MessageMenu))
    if not isinstance(chosen, str):
        return chosen
    return None if chosen == MessageMenu.OWN else MessageMenu(chosen)


def _age(setting: Setting, value: object, _: Catalogue) -> Checked:
    chosen = _choice(setting, value, tuple(rule.value for rule in AgeRule))
    return AgeRule(chosen) if isinstance(chosen, str) else chosen


def _credits(setting: Setting, value: object, _: Catalogue) -> Checked:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MAX_CREDITS:
        return int(value)
    return InvalidValue(setting, InvalidReason.OUT_OF_RANGE, _shown(value), ("1", str(MAX_CREDITS)))


def _stars(setting: Setting, value: object, _: Catalogue) -> Checked:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MAX_STARS:
        return int(value)
    return InvalidValue(setting, InvalidReason.OUT_OF_RANGE, _shown(value), ("1", str(MAX_STARS)))


def _days(setting: Setting, value: object, _: Catalogue) -> Checked:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MAX_PITCH_DAYS:
        return int(value)
    return InvalidValue(setting, InvalidReason.OUT_OF_RANGE, _shown(value), ("1", str(MAX_PITCH_DAYS)))


def _weekday(setting: Setting, value: object, _: Catalogue) -> Checked:
    chosen = _choice(setting, value, tuple(day.value for day in Weekday))
    return Weekday(chosen) if isinstance(chosen, str) else chosen


def _approval(setting: Setting, value: object, _: Catalogue) -> Checked:
    chosen = _choice(setting, value, tuple(scope.value for scope in ApprovalScope))
    return ApprovalScope(chosen) if isinstance(chosen, str) else chosen


def _fallback(setting: Setting, value: object, _: Catalogue) -> Checked:
    chosen = _choice(setting, value, tuple(fallback.value for fallback in ApprovalFallback))
    return ApprovalFallback(chosen) if isinstance(chosen, str) else chosen


def _choice(setting: Setting, value: object, offered: Sequence[str]) -> str | InvalidValue:
    if isinstance(value, str) and value in offered:
        return value
    return InvalidValue(setting, InvalidReason.NOT_OFFERED, _shown(value), tuple(offered))


def _items(setting: Setting, value: object) -> Sequence[object] | InvalidValue:
    if isinstance(value, list):
        return cast("list[object]", value)
    return InvalidValue(setting, InvalidReason.NOT_A_LIST, _shown(value))


def parse_id(item: object) -> int | None:
    """Parse an id of Discord's, written as a text."""
    if not isinstance(item, str) or not item.isascii() or not item.isdecimal() or len(item) > len(str(_MAX_ID)):
        return None
    return int(item) if 0 < int(item) <= _MAX_ID else None


def _model_keys(setting: Setting, catalogue: Catalogue) -> tuple[str, ...]:
    videos = setting in (Setting.VIDEO_MODELS, Setting.DEFAULT_VIDEO_MODEL)
    return tuple(model.key for model in (catalogue.enabled_video_models if videos else catalogue.enabled_image_models))


def _shown(value: object) -> str:
    return value if isinstance(value, str) else repr(value)


_Check: TypeAlias = Callable[[Setting, object, Catalogue], Checked]

_LISTS: Final[Mapping[Setting, _Check]] = {
    Setting.CHANNELS: _ids,
    Setting.ROLES: _ids,
    Setting.VIDEO_MODELS: _models,
    Setting.IMAGE_MODELS: _models,
    Setting.STAFF_ROLES: _ids,
    Setting.FILTER_PRESETS: _presets,
    Setting.FILTER_RULES: _rules,
    Setting.TRUSTED_ROLES: _ids,
}

_SINGLE: Final[Mapping[Setting, _Check]] = {
    Setting.LONGEST_SECONDS: _seconds,
    Setting.DEFAULT_VIDEO_MODEL: _model,
    Setting.DEFAULT_IMAGE_MODEL: _model,
    Setting.DEFAULT_SECONDS: _seconds,
    Setting.DEFAULT_ASPECT_RATIO: _aspect_ratio,
    Setting.LANGUAGE: _language,
    Setting.MESSAGE_MENU: _menu,
    Setting.GALLERY: _channel,
    Setting.AGE: _age,
    Setting.STAFF_CHANNEL: _channel,
    Setting.APPROVAL: _approval,
    Setting.APPROVAL_CREDITS: _credits,
    Setting.APPROVAL_FALLBACK: _fallback,
    Setting.GALLERY_STARS: _stars,
    Setting.GIFT_CREDITS: _credits,
    Setting.PITCH_DAYS: _days,
    Setting.MOVIE_NIGHT: _weekday,
}
