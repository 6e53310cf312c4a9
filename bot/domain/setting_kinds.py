"""The kinds of settings of /setup: what a value of each is, and how it is checked, kept and written.

A setting is declared once, as an attribute of ServerSetup. Values are typed, picked or imported, and nothing is relied
on: a select's values may be forged, and a file may hold anything.
"""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Final, Generic, Self, TypeAlias, TypeVar, cast, overload

from bot.domain.catalogue import AspectRatio, Catalogue, ModelKind
from bot.domain.operations import Operation
from bot.domain.prompt_filter import PRESETS, WrongRules, check_rules
from bot.domain.refusal import Refused, SetupRefusalCode
from bot.domain.text import MAX_OPTIONS, clean_text, whole_number

SettingValue: TypeAlias = tuple[int, ...] | tuple[str, ...] | int | str | None
"""What a setting holds; None or an empty list where it is not set."""

Checked: TypeAlias = SettingValue | Refused
"""A value as it is kept, or what is wrong with it."""

_MAX_ID: Final = 2**63 - 1
"""What the database holds, and more than Discord's ids reach."""

Value = TypeVar("Value")
Item = TypeVar("Item", int, str)
Member = TypeVar("Member", bound=StrEnum)


class SetupPage(StrEnum):
    """Groups of settings. Each is changed in a form of its own, which has room for five inputs."""

    MEMBERS = "members"
    MODELS = "models"
    DEFAULTS = "defaults"
    GALLERY = "gallery"
    STAFF = "staff"
    FILTER = "filter"
    RULES = "rules"
    APPROVAL = "approval"
    COMMUNITY = "community"


class Unit(StrEnum):
    """What a number counts."""

    CREDITS = "credits"
    DAYS = "days"
    SECONDS = "seconds"
    STARS = "stars"


_OUT_OF_RANGE: Final[Mapping[Unit, SetupRefusalCode]] = {
    Unit.CREDITS: "setup-credits-out-of-range",
    Unit.DAYS: "setup-days-out-of-range",
    Unit.SECONDS: "setup-seconds-out-of-range",
    Unit.STARS: "setup-stars-out-of-range",
}


@dataclass(eq=False, kw_only=True)
class Setting(ABC):
    """A setting: its place in the panel, and what its kind knows about its values.

    `unset` names what holds where nothing is set, for which bot/ui has words. The panel leaves out a `silent` one
    that is not set, and one whose operation (`of`) the API does not have.
    """

    page: SetupPage
    unset: str
    silent: bool = False
    of: Operation = Operation.MOVIE
    name: str = field(default="", init=False)

    not_set: ClassVar[SettingValue] = None

    def __set_name__(self, _: type, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return self.name

    def parse(self, given: Sequence[str], /) -> object:
        """Return what was typed or picked as `check` takes it."""
        return next(iter(given), None)

    def check(self, value: object, catalogue: Catalogue, /) -> Checked:
        """Return a value as it is kept, or what is wrong.

        `catalogue` is what the operator offers.
        """
        return self.not_set if value is None else self._check(value, catalogue)

    def is_offered(self, catalogue: Catalogue, /) -> bool:
        """Return whether the API has what it is about."""
        return self.of in catalogue.limits.operations

    def offered(self, _: Catalogue, /) -> Sequence[int | str]:
        """Return the values that a menu offers; none where they are Discord's or typed."""
        return ()

    def chosen(self, value: SettingValue, /) -> str | None:
        """Return the one value that its menu shows as chosen."""
        return None if value is None else str(value)

    def decode(self, stored: object, /) -> SettingValue:
        """Return the value that the database holds as JSON."""
        return tuple(cast("list[str]", stored)) if isinstance(stored, list) else cast("SettingValue", stored)

    def to_log(self, value: SettingValue, /) -> str | None:
        """Return what the audit log keeps of a value."""
        if value == self.not_set:
            return None
        return str(value) if isinstance(value, str) else json.dumps(value)

    def from_log(self, logged: str | None, /) -> SettingValue:
        """Return what the audit log kept of a value."""
        return self.not_set if logged is None else self.decode(json.loads(logged))

    def refuse(self, code: SetupRefusalCode, value: object = "", **more: object) -> Refused:
        """Say why a value can't be set, with what else the text names."""
        return Refused(code, {"setting": self, "value": value if isinstance(value, str) else repr(value), **more})

    @abstractmethod
    def _check(self, value: object, catalogue: Catalogue, /) -> Checked: ...


@dataclass(frozen=True, slots=True, init=False)
class SettingValues:
    """A value for each setting that a subclass declares."""

    values: Mapping[str, SettingValue]
    """What is set, by the name of its setting."""

    def __init__(self, **values: SettingValue) -> None:
        kept = {name: each for name, each in values.items() if each != getattr(type(self), name).not_set}
        object.__setattr__(self, "values", kept)

    def value(self, setting: Setting) -> SettingValue:
        """Return the value of a setting."""
        return self.values.get(setting.name, setting.not_set)

    def changed(self, changes: Mapping[Setting, SettingValue]) -> Self:
        """Return the values after these changes."""
        return type(self)(**{**self.values, **{setting.name: value for setting, value in changes.items()}})

    def fingerprint(self, settings: Collection[Setting]) -> str:
        """Hash the values of these settings."""
        text = json.dumps(sorted([setting.name, self.value(setting)] for setting in settings))
        return hashlib.sha256(text.encode()).hexdigest()[:12]


class _Typed(Setting, Generic[Value]):
    """A setting which is itself as an attribute of the class, and its value as one of an instance."""

    @overload
    def __get__(self, setup: None, _: type) -> Self: ...
    @overload
    def __get__(self, setup: SettingValues, _: type) -> Value: ...
    def __get__(self, setup: SettingValues | None, _: type) -> Self | Value:
        return self if setup is None else cast("Value", setup.values.get(self.name, self.not_set))


class _Several(_Typed[tuple[Item, ...]], Generic[Item]):
    """A setting with a list of values."""

    not_set: ClassVar[SettingValue] = ()

    def parse(self, given: Sequence[str], /) -> object:
        return list(given)

    def _check(self, value: object, catalogue: Catalogue, /) -> Checked:
        if not isinstance(value, list):
            return self.refuse("setup-not-a-list", value)
        return self._check_items(cast("list[object]", value), catalogue)

    @abstractmethod
    def _check_items(self, items: Sequence[object], catalogue: Catalogue, /) -> Checked: ...


class _OneOf(_Typed[Value]):
    """One text of those that are offered."""

    def from_log(self, logged: str | None, /) -> SettingValue:
        return None if logged is None else self.decode(logged)

    def _check(self, value: object, catalogue: Catalogue, /) -> Checked:
        offered = self.offered(catalogue)
        if isinstance(value, str) and value in offered:
            return self.decode(value)
        return self.refuse("setup-not-offered", value, names=offered)


@dataclass(eq=False)
class EnumChoice(_OneOf[Member | None], Generic[Member]):
    """One of an enum's members.

    `usual` is the one that holds where nothing is set. Those in `needs` are offered where the API has an operation.
    """

    members: type[Member]
    usual: Member | None = None
    needs: Mapping[Member, Operation] = field(default_factory=dict["Member", Operation])

    def offered(self, catalogue: Catalogue, /) -> Sequence[str]:
        """Return the values of its menu."""
        has = catalogue.limits.operations
        return tuple(each for each in self.members if self.needs.get(each, Operation.MOVIE) in has)

    def chosen(self, value: SettingValue, /) -> str | None:
        """Return the value that its menu shows as chosen."""
        return super().chosen(value if value is not None else self.usual)

    def decode(self, stored: object, /) -> SettingValue:
        """Return the member that the database holds."""
        return self.members(stored)

    def _check(self, value: object, catalogue: Catalogue, /) -> Checked:
        return None if value == self.usual else super()._check(value, catalogue)


class AspectRatioChoice(EnumChoice[AspectRatio]):
    """An aspect ratio that a model of the catalogue makes."""

    def offered(self, catalogue: Catalogue, /) -> Sequence[str]:
        """Return the values of its menu."""
        return tuple(ratio for ratio in self.members if catalogue.video_models_for(ratio))


@dataclass(eq=False)
class Model(_OneOf[str | None]):
    """A model of the catalogue, by its key."""

    kind: ModelKind

    def offered(self, catalogue: Catalogue, /) -> Sequence[str]:
        """Return the values of its menu."""
        return catalogue.enabled_keys(self.kind)


@dataclass(eq=False)
class Number(_Typed[int | None]):
    """A number of at least 1, picked from `numbers`, or typed without any. An imported one may be any in the range."""

    unit: Unit
    highest: int
    numbers: tuple[int, ...] = ()

    @property
    def digits(self) -> int:
        """How many digits can be typed."""
        return len(str(self.highest))

    def range(self, _: Catalogue, /) -> tuple[int, int]:
        """Return the smallest and the largest number."""
        return 1, self.highest

    def offered(self, _: Catalogue, /) -> Sequence[int]:
        """Return the values of its menu."""
        return self.numbers

    def parse(self, given: Sequence[str], /) -> object:
        """Return what was typed or picked, as a number where it is one."""
        typed = next(iter(given), "")
        number = whole_number(typed, self.digits)
        return typed or None if number is None else number

    def _check(self, value: object, catalogue: Catalogue, /) -> Checked:
        lowest, highest = self.range(catalogue)
        if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest:
            return int(value)
        return self.refuse(_OUT_OF_RANGE[self.unit], value, min=lowest, max=highest)


@dataclass(eq=False)
class Duration(Number):
    """A duration in seconds that a movie can have, by the catalogue. `highest` is the largest that can be typed."""

    unit: Unit = Unit.SECONDS
    highest: int = 999

    def range(self, catalogue: Catalogue, /) -> tuple[int, int]:
        """Return the shortest and the longest duration."""
        return catalogue.limits.min_seconds, catalogue.limits.max_seconds


@dataclass(eq=False)
class Channel(_Typed[int | None]):
    """A channel in which the bot posts, of one of these types of Discord's, with the permissions that it needs."""

    types: tuple[str, ...]
    needs: tuple[str, ...]

    def _check(self, value: object, _: Catalogue, /) -> Checked:
        return _parse_id(value) or self.refuse("setup-not-an-id", value)


class _Ids(_Several[int]):
    """Ids of Discord's, as many as its menus take."""

    def _check_items(self, items: Sequence[object], _: Catalogue, /) -> Checked:
        if len(items) > MAX_OPTIONS:
            return self.refuse("setup-too-many", max=MAX_OPTIONS)
        numbers = [_parse_id(item) for item in items]
        if None in numbers:
            return self.refuse("setup-not-an-id", items[numbers.index(None)])
        return tuple(sorted({number for number in numbers if number is not None}))


@dataclass(eq=False)
class Channels(_Ids):
    """Channels of these types."""

    types: tuple[str, ...]


@dataclass(eq=False)
class Roles(_Ids):
    """Roles. The role @everyone is refused, unless it means the same as none: `everyone_by_default`."""

    everyone_by_default: bool = False


class _SomeOf(_Several[str]):
    """Values from a list, kept in its order."""

    def _check_items(self, items: Sequence[object], catalogue: Catalogue, /) -> Checked:
        offered = self.offered(catalogue)
        unknown = next((item for item in items if item not in offered), None)
        if unknown is not None:
            return self.refuse("setup-not-offered", unknown, names=offered)
        return tuple(str(each) for each in offered if each in items)


@dataclass(eq=False)
class Models(_SomeOf):
    """Allowed models of the catalogue. All of them are no restriction, so they become none."""

    kind: ModelKind

    def offered(self, catalogue: Catalogue, /) -> Sequence[str]:
        """Return the values of its menu."""
        return catalogue.enabled_keys(self.kind)

    def _check_items(self, items: Sequence[object], catalogue: Catalogue, /) -> Checked:
        chosen = super()._check_items(items, catalogue)
        return () if chosen == self.offered(catalogue) else chosen


class Presets(_SomeOf):
    """Presets of the prompt filter."""

    def offered(self, _: Catalogue, /) -> Sequence[str]:
        """Return the values of its menu."""
        return PRESETS


@dataclass(eq=False)
class Rules(_Several[str]):
    """A server's own rules for prompts.

    The log has only their number: the staff channel may be public.
    """

    def to_log(self, value: SettingValue, /) -> str | None:
        """Return how many rules there are."""
        return str(len(value)) if isinstance(value, tuple) else None

    def _check_items(self, items: Sequence[object], _: Catalogue, /) -> Checked:
        texts = (item if isinstance(item, str) else repr(item) for item in items)
        checked = check_rules((number, clean_text(text).strip()) for number, text in enumerate(texts, start=1))
        match checked:
            case WrongRules(wrong):
                return self.refuse("setup-not-a-rule", wrong[0].text, problem=wrong[0].problem)
            case Refused(data=too_many):
                return self.refuse("setup-rules-too-many", **too_many)
            case _:
                return checked


def ids_of(value: SettingValue) -> Sequence[int]:
    """Return the ids of channels or roles that a value names."""
    values = value if isinstance(value, tuple) else (value,)
    return [each for each in values if isinstance(each, int)]


def _parse_id(item: object) -> int | None:
    """Parse an id of Discord's, written as a text."""
    if not isinstance(item, str) or not item.isascii() or not item.isdecimal() or len(item) > len(str(_MAX_ID)):
        return None
    return int(item) if 0 < int(item) <= _MAX_ID else None
