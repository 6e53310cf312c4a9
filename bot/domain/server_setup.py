"""What a server's managers decide with /setup.

It narrows what the operator offers. Everyone is bound, managers too. To add a setting, declare it in ServerSetup: the
panel, its forms, the file, the database and the log follow from its kind.

The file is a JSON document. It can be kept, and imported here or in another server. A key that is left out leaves its
setting as it is.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.domain.approvals import ApprovalFallback, ApprovalScope
from bot.domain.catalogue import AnyModel, AspectRatio, Catalogue, ModelKind
from bot.domain.operations import Operation
from bot.domain.quota import MAX_CREDITS
from bot.domain.refusal import Refused
from bot.domain.setting_kinds import (
    AspectRatioChoice,
    Channel,
    Channels,
    Duration,
    EnumChoice,
    Model,
    Models,
    Number,
    Presets,
    Roles,
    Rules,
    Setting,
    SettingValue,
    SettingValues,
    SetupPage,
    Unit,
)
from bot.domain.text import Language

_TEXT_CHANNELS: Final = ("text", "news")
_FORUMS: Final = ("forum", "media")
_POSTING: Final = ("view_channel", "send_messages", "embed_links")

MAX_STARS: Final = 1000
"""The largest threshold of a gallery."""

MAX_PITCH_DAYS: Final = 14
"""The longest life of a pitch that a server may set. Its members' credits are held as long."""


MAX_DOCUMENT_BYTES: Final = 128 * 1024
"""A whole setup has some kilobytes, and up to 80 more with the longest rules for prompts."""

_VERSION: Final = 1
_VERSION_KEY: Final = "version"

_MAX_PROBLEMS: Final = 50
"""More than a message shows. Each one's line is searched for in the whole text."""


class MessageMenu(StrEnum):
    """Whose messages can be turned into movies."""

    OFF = "off"
    OWN = "own"
    ANYONE = "anyone"


class AgeRule(StrEnum):
    """What a server does about movies that are not for everyone."""

    SPOILER = "spoiler"
    """Movies are hidden until someone clicks."""

    RESTRICTED = "restricted"
    """Movies are made and posted in age-restricted channels only."""


class Weekday(StrEnum):
    """The days of the week, in the order of ISO 8601."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class WeeklyRecap(StrEnum):
    """Whether a server has a weekly recap."""

    ON = "on"
    OFF = "off"


RECAP_DAY: Final = Weekday.SUNDAY
"""When the recap of a server without a movie night is posted; with one, it is in that message."""


class ServerSetup(SettingValues):
    """What a server's managers decided; each attribute is the declaration of a setting.

    What is not set is as the operator offers it: every channel, everyone, all models, the defaults of the catalogue,
    the server's language in Discord. No gallery, no staff channel, no staff but the server's managers, no prompt filter
    but the operator's. No movie waits for staff, and one that does waits while they can't be asked. Members choose
    whether a storyboard comes first. No movie is on the house. No gifts, no movie night, and no weekly recap.
    """

    __slots__ = ()

    channels = Channels(
        # where members can type a command, in the channel or in its threads
        (*_TEXT_CHANNELS, *_FORUMS, "voice", "stage_voice"),
        page=SetupPage.MEMBERS,
        unset="every-channel",
    )
    roles = Roles(everyone_by_default=True, page=SetupPage.MEMBERS, unset="everyone")
    message_menu = EnumChoice(
        MessageMenu, MessageMenu.OWN, page=SetupPage.MEMBERS, unset="message-menu-own", silent=True
    )
    language = EnumChoice(Language, page=SetupPage.MEMBERS, unset="discord-language", silent=True)

    gift_credits = Number(
        Unit.CREDITS, MAX_CREDITS, (20, 50, 100, 200, 500, 1000), page=SetupPage.COMMUNITY, unset="no-gifts"
    )
    starter_credits = Number(
        Unit.CREDITS, MAX_CREDITS, (100, 200, 300, 500, 1000), page=SetupPage.COMMUNITY, unset="no-starter", silent=True
    )
    # besides a week, which is the default
    pitch_days = Number(
        Unit.DAYS, MAX_PITCH_DAYS, (1, 2, 3, 5, 10, 14), page=SetupPage.COMMUNITY, unset="a-week", silent=True
    )

    video_models = Models(ModelKind.VIDEO, page=SetupPage.MODELS, unset="all")
    image_models = Models(ModelKind.IMAGE, page=SetupPage.MODELS, unset="all", silent=True)
    longest_seconds = Duration(page=SetupPage.MODELS, unset="bot-limit")
    default_seconds = Duration(page=SetupPage.MODELS, unset="bot-default", silent=True)

    default_video_model = Model(ModelKind.VIDEO, page=SetupPage.DEFAULTS, unset="bot-default", silent=True)
    default_image_model = Model(ModelKind.IMAGE, page=SetupPage.DEFAULTS, unset="bot-default", silent=True)
    default_aspect_ratio = AspectRatioChoice(AspectRatio, page=SetupPage.DEFAULTS, unset="bot-default", silent=True)

    gallery = Channel(
        (*_TEXT_CHANNELS, *_FORUMS),
        # in a gallery, the bot also looks for what it may have posted before
        (*_POSTING, "attach_files", "read_message_history"),
        page=SetupPage.GALLERY,
        unset="order-channel",
    )
    gallery_stars = Number(
        Unit.STARS,
        MAX_STARS,
        (1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50),
        page=SetupPage.GALLERY,
        unset="every-movie",
        silent=True,
    )
    age = EnumChoice(AgeRule, page=SetupPage.GALLERY, unset="no-age")
    movie_night = EnumChoice(Weekday, page=SetupPage.GALLERY, unset="no-movie-night")
    weekly_recap = EnumChoice(
        WeeklyRecap, WeeklyRecap.OFF, page=SetupPage.GALLERY, unset="weekly-recap-off", silent=True
    )

    staff_channel = Channel(_TEXT_CHANNELS, _POSTING, page=SetupPage.STAFF, unset="none", silent=True)
    staff_roles = Roles(page=SetupPage.STAFF, unset="managers")

    filter_presets = Presets(page=SetupPage.FILTER, unset="off")
    filter_rules = Rules(page=SetupPage.RULES, unset="off")

    approval = EnumChoice(
        ApprovalScope,
        needs={ApprovalScope.STORYBOARDS: Operation.STORYBOARD},
        page=SetupPage.APPROVAL,
        unset="approval-off",
    )
    approval_credits = Number(Unit.CREDITS, MAX_CREDITS, page=SetupPage.APPROVAL, unset="any-price", silent=True)
    trusted_roles = Roles(page=SetupPage.APPROVAL, unset="no-roles", silent=True)
    approval_fallback = EnumChoice(ApprovalFallback, page=SetupPage.APPROVAL, unset="approval-hold", silent=True)
    storyboard_credits = Number(
        Unit.CREDITS,
        MAX_CREDITS,
        page=SetupPage.APPROVAL,
        unset="no-storyboards",
        silent=True,
        of=Operation.STORYBOARD,
    )

    @property
    def menu(self) -> MessageMenu:
        """Whose messages can be turned into movies."""
        return self.message_menu or MessageMenu.OWN

    @property
    def weekly_day(self) -> Weekday | None:
        """The day of the week's best movies: that of the movie night, or of the recap. None: neither is chosen."""
        return self.movie_night or (RECAP_DAY if self.weekly_recap else None)

    def is_staff(self, role_ids: Iterable[int], *, manages_server: bool) -> bool:
        """Return whether a member manages the server or has a staff role.

        These are its staff, who moderate movies. Credits and this setup stay with managers.
        """
        return manages_server or not set(self.staff_roles).isdisjoint(role_ids)

    def needs_approval(self, price: int, role_ids: Iterable[int], *, manages_server: bool) -> bool:
        """Return whether an order waits for staff; not for that of a manager, who could approve it themselves."""
        if self.approval is None or manages_server or price <= (self.approval_credits or 0):
            return False
        return self.approval is not ApprovalScope.UNTRUSTED or set(self.trusted_roles).isdisjoint(role_ids)

    def wants_storyboard(self, price: int, role_ids: Iterable[int], *, manages_server: bool) -> bool:
        """Return whether an order begins with a storyboard, whatever its member chose."""
        if self.storyboard_credits is not None and price > self.storyboard_credits:
            return True
        is_shown_to_staff = self.approval is ApprovalScope.STORYBOARDS
        return is_shown_to_staff and self.needs_approval(price, role_ids, manages_server=manages_server)

    def refusal(
        self, channel_ids: Iterable[int | None], role_ids: Iterable[int] | None, *, age_restricted: bool
    ) -> Refused | None:
        """Return why a member may order nothing here.

        `channel_ids` are the channel, and of a thread its parent, too. `age_restricted` is Discord's flag of it.
        `role_ids` None: of whom it is does not matter.
        """
        if self.channels and set(self.channels).isdisjoint(channel_ids):
            return Refused("refusals-channel", {"channels": self.channels})
        if self.age is AgeRule.RESTRICTED and not age_restricted:
            return Refused("refusals-age")
        if role_ids is not None and self.roles and set(self.roles).isdisjoint(role_ids):
            return Refused("refusals-role", {"roles": self.roles})
        return None

    def problem(self) -> Refused | None:
        """Return what is wrong with values that fit one by one."""
        longest, default = self.longest_seconds, self.default_seconds
        if longest is None or default is None or default <= longest:
            return None
        return ServerSetup.default_seconds.refuse("setup-longer-than-longest", str(default), longest=longest)


SETTINGS: Final[Mapping[str, Setting]] = {
    name: each for name, each in vars(ServerSetup).items() if isinstance(each, Setting)
}
"""All settings by name, in the order of the panel."""

PAGES: Final[Mapping[SetupPage, Sequence[Setting]]] = {
    page: [setting for setting in SETTINGS.values() if setting.page is page] for page in SetupPage
}

SECTIONS: Final[Mapping[SetupPage, Sequence[SetupPage]]] = {
    SetupPage.MEMBERS: (SetupPage.MEMBERS, SetupPage.COMMUNITY),
    SetupPage.MODELS: (SetupPage.MODELS, SetupPage.DEFAULTS),
    SetupPage.GALLERY: (SetupPage.GALLERY,),
    SetupPage.STAFF: (SetupPage.STAFF,),
    SetupPage.FILTER: (SetupPage.FILTER, SetupPage.RULES),  # whose form takes up all five inputs
    SetupPage.APPROVAL: (SetupPage.APPROVAL,),
}
"""The sections of the panel, in its order, each by the page that names it."""

_NARROWING: Final = frozenset(each.name for page in (SetupPage.MODELS, SetupPage.DEFAULTS) for each in PAGES[page])
"""The settings that `narrow` reads."""

NOTHING_SET: Final = ServerSetup()


def narrow(catalogue: Catalogue, setup: ServerSetup) -> Catalogue | None:
    """Return what a server offers, its defaults first; None for nothing.

    The default aspect ratio is the first that a model supports of the server's, the operator's, and the others.
    """
    limits = catalogue.limits
    if _NARROWING.isdisjoint(setup.values) and catalogue.has_valid_defaults:  # a copy takes as long as a statement
        return catalogue
    longest = min(limits.max_seconds, setup.longest_seconds or limits.max_seconds)
    default = max(limits.min_seconds, min(setup.default_seconds or limits.default_seconds, longest))
    videos = tuple(
        replace(model, recommended_for=model.aspect_ratios) if model.key == setup.default_video_model else model
        for model in _narrowed(catalogue.video_models, setup.video_models, setup.default_video_model)
    )
    images = _narrowed(catalogue.image_models, setup.image_models, setup.default_image_model)
    offered = [model for model in videos if model.enabled]
    if not offered or not any(model.enabled for model in images) or longest < limits.min_seconds:
        return None
    ratios = (setup.default_aspect_ratio or limits.default_aspect_ratio, limits.default_aspect_ratio, *AspectRatio)
    ratio = next(each for each in ratios if any(each in model.aspect_ratios for model in offered))
    limits = replace(limits, max_seconds=longest, default_seconds=default, default_aspect_ratio=ratio)
    return replace(catalogue, video_models=videos, image_models=images, limits=limits)


def _narrowed(models: tuple[AnyModel, ...], allowed: Sequence[str], default: str | None) -> tuple[AnyModel, ...]:
    """Switch off what is not allowed, and put the default first."""
    kept = (model if not allowed or model.key in allowed else replace(model, enabled=False) for model in models)
    return tuple(sorted(kept, key=lambda model: model.key != default))


@dataclass(frozen=True, slots=True)
class DocumentProblem:
    """A problem of a document.

    Lines count from 1. `key` is '' for the whole.
    """

    line: int
    key: str
    refused: Refused


@dataclass(frozen=True, slots=True, repr=False)
class _Object:
    """A JSON object, with keys that appear twice."""

    items: Sequence[tuple[str, object]]

    def __repr__(self) -> str:
        """Return what a problem says of it."""
        return "{…}"


def write_document(setup: ServerSetup, settings: Iterable[Setting] = SETTINGS.values()) -> str:
    """Write these settings of a setup. Ids are texts, because many programs round numbers of that size."""
    values: dict[str, object] = {_VERSION_KEY: _VERSION}
    for setting in settings:
        value = setup.value(setting)
        if isinstance(value, tuple):
            values[setting.name] = [str(each) for each in value]
        else:
            values[setting.name] = str(value) if isinstance(setting, Channel) and value is not None else value
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


def read_document(content: bytes, catalogue: Catalogue) -> Mapping[Setting, SettingValue] | Sequence[DocumentProblem]:
    """Return the settings of a document, or all its problems.

    `catalogue` is what the operator offers.
    """
    try:
        text = content.decode("utf-8-sig")
        document: object = json.loads(text, object_pairs_hook=_Object)
    except json.JSONDecodeError as exc:
        return [DocumentProblem(exc.lineno, "", Refused("setup-file-not-json"))]
    except (ValueError, RecursionError):  # another encoding, a number of thousands of digits, thousands of brackets
        return [DocumentProblem(1, "", Refused("setup-file-not-json"))]
    if not isinstance(document, _Object):
        return [DocumentProblem(1, "", Refused("setup-file-not-an-object"))]
    found: dict[Setting, SettingValue] = {}
    counts = Counter(key for key, _ in document.items)
    problems = [(key, Refused("setup-file-duplicate-key")) for key, count in counts.items() if count > 1]
    values = dict(document.items)
    version = values.pop(_VERSION_KEY, None)
    if version != _VERSION or isinstance(version, bool):
        problems.append((_VERSION_KEY, Refused("setup-file-other-version")))
    for key, value in values.items():
        checked = SETTINGS[key].check(value, catalogue) if key in SETTINGS else Refused("setup-file-unknown-key")
        if isinstance(checked, Refused):
            problems.append((key, checked))
        else:
            found[SETTINGS[key]] = checked
    if not problems:
        return found
    return tuple(DocumentProblem(line_of(text, key), key, refused) for key, refused in problems[:_MAX_PROBLEMS])


def line_of(text: str, key: str) -> int:
    """Return the line of a key; 1 where it is not found."""
    found = re.search(rf"{re.escape(json.dumps(key, ensure_ascii=False))}\s*:", text)
    return 1 if found is None else text.count("\n", 0, found.start()) + 1
