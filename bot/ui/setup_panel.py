"""The panel of /setup: settings, selects and buttons.

Each select's custom_id holds a fingerprint of the value that it shows, so that a change made meanwhile is not undone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import discord

from bot.domain.approval import ApprovalFallback, ApprovalScope
from bot.domain.catalogue import AspectRatio, Catalogue
from bot.domain.discord_limits import MAX_OPTION_LENGTH, MAX_OPTIONS
from bot.domain.filter_rules import PRESETS
from bot.domain.language import Language
from bot.domain.server_setup import AgeRule, MessageMenu, ServerSetup, Setting, Weekday, narrow
from bot.domain.setup_values import InvalidValue
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui import extras
from bot.ui.components import (
    Button,
    ChannelSelect,
    Component,
    MultiSelect,
    Option,
    RoleSelect,
    Select,
    build_rows,
)
from bot.ui.formatting import BRAND
from bot.ui.setup_filter import rules_button
from bot.ui.setup_values import (
    age_note,
    age_text,
    fallback_text,
    language_name,
    menu_text,
    not_set_text,
    preset_name,
    problem_text,
    scope_text,
    setting_name,
    value_text,
    weekday_text,
)

NOT_CHOSEN: Final = "(none)"
"""The option value that goes back to what holds where nothing is set."""

CHANNEL_TYPES: Final = (
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.media,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
)
"""Where members can type a command, in the channel or in its threads."""

STAFF_CHANNEL_TYPES: Final = (discord.ChannelType.text, discord.ChannelType.news)

GALLERY_TYPES: Final = (*STAFF_CHANNEL_TYPES, discord.ChannelType.forum, discord.ChannelType.media)


class SetupPage(StrEnum):
    """The pages of the panel.

    A message has room for five rows of components.
    """

    MEMBERS = "members"
    MODELS = "models"
    DEFAULTS = "defaults"
    GALLERY = "gallery"
    STAFF = "staff"
    FILTER = "filter"
    APPROVAL = "approval"
    COMMUNITY = "community"


PAGES: Final[Mapping[SetupPage, tuple[Setting, ...]]] = {
    SetupPage.MEMBERS: (Setting.CHANNELS, Setting.ROLES, Setting.MESSAGE_MENU, Setting.LANGUAGE),
    SetupPage.MODELS: (Setting.VIDEO_MODELS, Setting.IMAGE_MODELS, Setting.LONGEST_SECONDS),
    SetupPage.DEFAULTS: (
        Setting.DEFAULT_VIDEO_MODEL,
        Setting.DEFAULT_IMAGE_MODEL,
        Setting.DEFAULT_ASPECT_RATIO,
        Setting.DEFAULT_SECONDS,
    ),
    SetupPage.GALLERY: (Setting.GALLERY, Setting.GALLERY_STARS, Setting.AGE),
    SetupPage.STAFF: (Setting.STAFF_CHANNEL, Setting.STAFF_ROLES),
    SetupPage.FILTER: (Setting.FILTER_PRESETS, Setting.FILTER_RULES),
    SetupPage.APPROVAL: (
        Setting.APPROVAL,
        Setting.APPROVAL_CREDITS,
        Setting.TRUSTED_ROLES,
        Setting.APPROVAL_FALLBACK,
    ),
    SetupPage.COMMUNITY: (Setting.GIFT_CREDITS, Setting.PITCH_DAYS, Setting.MOVIE_NIGHT),
}

_TITLES: Final[Mapping[SetupPage, MessageId]] = {
    SetupPage.MEMBERS: "setup-members-field",
    SetupPage.MODELS: "setup-models-field",
    SetupPage.DEFAULTS: "setup-defaults-field",
    SetupPage.GALLERY: "setup-gallery-field",
    SetupPage.STAFF: "setup-staff-field",
    SetupPage.FILTER: "setup-filter-field",
    SetupPage.APPROVAL: "setup-approval-field",
    SetupPage.COMMUNITY: "setup-community-field",
}

_BUTTONS: Final[Mapping[SetupPage, MessageId]] = {
    SetupPage.MEMBERS: "setup-members-button",
    SetupPage.MODELS: "setup-models-button",
    SetupPage.DEFAULTS: "setup-defaults-button",
    SetupPage.GALLERY: "setup-gallery-button",
    SetupPage.STAFF: "setup-staff-button",
    SetupPage.FILTER: "setup-filter-button",
    SetupPage.APPROVAL: "setup-approval-button",
    SetupPage.COMMUNITY: "setup-community-button",
}


_OPENED_FROM: Final = {SetupPage.APPROVAL: SetupPage.STAFF, SetupPage.COMMUNITY: SetupPage.GALLERY}
"""Pages that no row of buttons has room for, and the page with a button of each."""

GALLERY_STARS: Final = (1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50)

GIFT_CREDITS: Final = (20, 50, 100, 200, 500, 1000)
"""The bounds of gifts to choose from. An imported number may be any."""

PITCH_DAYS: Final = (1, 2, 3, 5, 10, 14)
"""Besides a week, which is the default."""


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel shows.

    `catalogue` is what the operator offers. `deleted` are the ids of chosen channels and roles that no longer exist.
    `problems` are channels where the bot can't post any more.
    """

    setup: ServerSetup
    catalogue: Catalogue
    deleted: frozenset[int] = frozenset()
    problems: tuple[InvalidValue, ...] = ()


def page_of(setting: Setting) -> SetupPage:
    """Return the page on which a setting is changed."""
    return next(page for page, settings in PAGES.items() if setting in settings)


def panel_embed(texts: Texts, panel: Panel, notes: Sequence[str] = ()) -> discord.Embed:
    """Build the overview of all settings, with `notes` on top."""
    lines = [*notes, *([""] if notes else []), texts("setup-intro")]
    if narrow(panel.catalogue, panel.setup) is None:
        lines.append(texts("setup-nothing-offered"))
    lines += [texts("setup-problem", problem=problem_text(texts, each)) for each in panel.problems]
    embed = discord.Embed(title=texts("setup-title"), description="\n".join(lines), colour=BRAND)
    for page, settings in PAGES.items():
        lines = [_line(texts, panel, setting) for setting in settings]
        if page is SetupPage.GALLERY and panel.setup.age is not None:
            lines.append(f"-# {age_note(texts, panel.setup.age)}")
        if page is SetupPage.COMMUNITY and panel.setup.movie_night is not None:
            lines.append(f"-# {texts('setup-movie-night-note')}")
        embed.add_field(name=texts(_TITLES[page]), value="\n".join(lines), inline=False)
    return embed


def panel_view(texts: Texts, panel: Panel, page: SetupPage) -> discord.ui.View:
    """Build the selects of a page, and the buttons of the pages."""
    build = _BUILDERS[page]
    # of the other pages only, for a row holds five
    pages = [Button(texts(_BUTTONS[each]), ("setup-page", each.value)) for each in _linked(page)]
    return build_rows(*([item] for item in build(texts, panel)), pages)


def _linked(page: SetupPage) -> Sequence[SetupPage]:
    """Return the pages that a page has buttons of.

    *Approval* is opened from *Staff*, *Community* from *Finished movies*, and each leads back there.
    """
    if page in _OPENED_FROM:
        return (_OPENED_FROM[page],)
    return [each for each in SetupPage if each != page and each not in _OPENED_FROM]


def changed_notes(texts: Texts, panel: Panel, settings: Collection[Setting]) -> Sequence[str]:
    """Confirm changes, one a line."""
    return [texts("setup-changed", change=_line(texts, panel, setting)) for setting in settings]


def conflict_note(texts: Texts) -> str:
    """Say that someone has changed the same setting meanwhile."""
    return texts("setup-conflict")


def invalid_note(texts: Texts, problem: InvalidValue) -> str:
    """Say why nothing was changed."""
    return texts("setup-not-changed", problem=problem_text(texts, problem))


def _members(texts: Texts, panel: Panel) -> Sequence[Component]:
    setup = panel.setup
    channels = _existing(panel, setup.channels)
    menus = [_option(texts, Setting.MESSAGE_MENU, menu_text(texts, each), each.value) for each in MessageMenu]
    languages = [Option(language_name(each), each.value) for each in Language]
    return (
        ChannelSelect(*_head(texts, panel, Setting.CHANNELS), chosen=channels, types=CHANNEL_TYPES, limit=MAX_OPTIONS),
        _roles(texts, panel, Setting.ROLES, setup.roles),
        Select(*_head(texts, panel, Setting.MESSAGE_MENU), options=tuple(menus), chosen=setup.menu.value),
        _single(texts, panel, Setting.LANGUAGE, languages, setup.language),
    )


def _models(texts: Texts, panel: Panel) -> Sequence[Component]:
    catalogue = panel.catalogue
    videos, images = catalogue.enabled_video_models, catalogue.enabled_image_models
    return (
        _allowed(texts, panel, Setting.VIDEO_MODELS, [Option(each.label, each.key) for each in videos]),
        _allowed(texts, panel, Setting.IMAGE_MODELS, [Option(each.label, each.key) for each in images]),
        _durations_button(texts, SetupPage.MODELS),
    )


def _defaults(texts: Texts, panel: Panel) -> Sequence[Component]:
    setup, offered = panel.setup, narrow(panel.catalogue, panel.setup) or panel.catalogue
    videos = [Option(each.label, each.key) for each in offered.enabled_video_models]
    images = [Option(each.label, each.key) for each in offered.enabled_image_models]
    ratios = [
        Option(extras.aspect_ratio_name(texts, each), each.value)
        for each in AspectRatio
        if offered.video_models_for(each)
    ]
    return (
        _single(texts, panel, Setting.DEFAULT_VIDEO_MODEL, videos, setup.default_video_model),
        _single(texts, panel, Setting.DEFAULT_IMAGE_MODEL, images, setup.default_image_model),
        _single(texts, panel, Setting.DEFAULT_ASPECT_RATIO, ratios, setup.default_aspect_ratio),
        _durations_button(texts, SetupPage.DEFAULTS),
    )


def _staff(texts: Texts, panel: Panel) -> Sequence[Component]:
    return (
        _channel(texts, panel, Setting.STAFF_CHANNEL, panel.setup.staff_channel, STAFF_CHANNEL_TYPES),
        _roles(texts, panel, Setting.STAFF_ROLES, panel.setup.staff_roles),
        Button(texts(_BUTTONS[SetupPage.APPROVAL]), ("setup-page", SetupPage.APPROVAL.value)),
    )


def _gallery(texts: Texts, panel: Panel) -> Sequence[Component]:
    setup = panel.setup
    rules = [Option(age_text(texts, each), each.value) for each in AgeRule]
    return (
        _channel(texts, panel, Setting.GALLERY, setup.gallery, GALLERY_TYPES),
        _number(texts, panel, Setting.GALLERY_STARS, GALLERY_STARS),
        _single(texts, panel, Setting.AGE, rules, setup.age),
        Button(texts(_BUTTONS[SetupPage.COMMUNITY]), ("setup-page", SetupPage.COMMUNITY.value)),
    )


def _community(texts: Texts, panel: Panel) -> Sequence[Component]:
    days = [Option(weekday_text(texts, each), each.value) for each in Weekday]
    return (
        _number(texts, panel, Setting.GIFT_CREDITS, GIFT_CREDITS),
        _number(texts, panel, Setting.PITCH_DAYS, PITCH_DAYS),
        _single(texts, panel, Setting.MOVIE_NIGHT, days, panel.setup.movie_night),
    )


def _number(texts: Texts, panel: Panel, setting: Setting, offered: Sequence[int]) -> Select:
    """Build a select of numbers, with the one that is set."""
    value = panel.setup.value(setting)
    own: set[int] = {value} if isinstance(value, int) else set()
    numbers = sorted({*offered, *own})
    options = [Option(value_text(texts, setting, each, panel.catalogue), str(each)) for each in numbers]
    return _single(texts, panel, setting, options, None if value is None else str(value))


def _filter(texts: Texts, panel: Panel) -> Sequence[Component]:
    options = tuple(Option(preset_name(texts, each), each) for each in PRESETS)
    chosen = frozenset(panel.setup.filter_presets)
    presets = MultiSelect(*_head(texts, panel, Setting.FILTER_PRESETS), options=options, chosen=chosen)
    return presets, rules_button(texts)


def _approval(texts: Texts, panel: Panel) -> Sequence[Component]:
    setup = panel.setup
    scopes = [Option(scope_text(texts, each), each.value) for each in ApprovalScope]
    fallbacks = [Option(fallback_text(texts, each), each.value) for each in ApprovalFallback]
    return (
        _single(texts, panel, Setting.APPROVAL, scopes, setup.approval),
        _roles(texts, panel, Setting.TRUSTED_ROLES, setup.trusted_roles),
        _single(texts, panel, Setting.APPROVAL_FALLBACK, fallbacks, setup.approval_fallback),
        Button(texts("setup-approval-credits-button"), ("setup-price",)),
    )


_BUILDERS: Final[Mapping[SetupPage, Callable[[Texts, Panel], Sequence[Component]]]] = {
    SetupPage.MEMBERS: _members,
    SetupPage.MODELS: _models,
    SetupPage.DEFAULTS: _defaults,
    SetupPage.GALLERY: _gallery,
    SetupPage.STAFF: _staff,
    SetupPage.FILTER: _filter,
    SetupPage.APPROVAL: _approval,
    SetupPage.COMMUNITY: _community,
}


def _existing(panel: Panel, ids: tuple[int, ...]) -> tuple[int, ...]:
    """Return ids without those of deleted channels and roles.

    Discord refuses a message with a deleted one.
    """
    return tuple(each for each in ids if each not in panel.deleted)


def _channel(
    texts: Texts, panel: Panel, setting: Setting, chosen: int | None, types: tuple[discord.ChannelType, ...]
) -> ChannelSelect:
    """Build a select of one channel in which the bot posts."""
    existing = _existing(panel, () if chosen is None else (chosen,))
    return ChannelSelect(*_head(texts, panel, setting), chosen=existing, types=types)


def _roles(texts: Texts, panel: Panel, setting: Setting, chosen: tuple[int, ...]) -> RoleSelect:
    return RoleSelect(*_head(texts, panel, setting), chosen=_existing(panel, chosen), limit=MAX_OPTIONS)


def _allowed(texts: Texts, panel: Panel, setting: Setting, options: Sequence[Option]) -> MultiSelect:
    """Build a select of the allowed models.

    All are chosen where none is named.
    """
    chosen = panel.setup.value(setting)
    keys = frozenset(map(str, chosen)) if isinstance(chosen, tuple) and chosen else {each.value for each in options}
    return MultiSelect(*_head(texts, panel, setting), options=tuple(options), chosen=frozenset(keys))


def _single(texts: Texts, panel: Panel, setting: Setting, options: Sequence[Option], chosen: str | None) -> Select:
    """Build a select of one value, the first option being none."""
    named = [_option(texts, setting, each.label, each.value) for each in options[: MAX_OPTIONS - 1]]
    not_set = _option(texts, setting, not_set_text(texts, setting), NOT_CHOSEN)
    return Select(*_head(texts, panel, setting), options=(not_set, *named), chosen=chosen or NOT_CHOSEN)


def _option(texts: Texts, setting: Setting, label: str, value: str) -> Option:
    """Build an option that names its setting.

    A select shows nothing but what is chosen.
    """
    name = setting_name(texts, setting)
    return Option(texts("setup-current-placeholder", setting=name, value=label)[:MAX_OPTION_LENGTH], value)


def _durations_button(texts: Texts, page: SetupPage) -> Button:
    return Button(texts("setup-durations-button"), ("setup-durations", page.value))


def _head(texts: Texts, panel: Panel, setting: Setting) -> tuple[str, tuple[str, ...]]:
    """Return a select's placeholder and action."""
    name, not_set = setting_name(texts, setting), not_set_text(texts, setting)
    placeholder = texts("setup-current-placeholder", setting=name, value=not_set)
    return placeholder[:MAX_OPTION_LENGTH], ("setup", setting.value, panel.setup.fingerprint((setting,)))


def _line(texts: Texts, panel: Panel, setting: Setting) -> str:
    value = value_text(texts, setting, panel.setup.value(setting), panel.catalogue, panel.deleted)
    return texts("setup-line", setting=setting_name(texts, setting), value=value)
