"""The panel of /setup: settings, selects, buttons and the modal.

Each select's custom_id holds a fingerprint of the value that it shows, so that a change made meanwhile is not undone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import discord

from bot.domain.catalogue import AspectRatio, Catalogue
from bot.domain.language import Language
from bot.domain.server_setup import MAX_CHOICES, MessageMenu, ServerSetup, Setting, narrow
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
    custom_id,
)
from bot.ui.discord_limits import MAX_OPTION_LENGTH, MAX_OPTIONS
from bot.ui.formatting import BRAND
from bot.ui.setup_values import language_name, menu_text, not_set_text, problem_text, setting_name, value_text

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

DURATIONS: Final = (Setting.LONGEST_SECONDS, Setting.DEFAULT_SECONDS)
"""The settings of the modal; their values are the custom_ids of its inputs."""

_MAX_SECONDS_DIGITS: Final = 3


class SetupPage(StrEnum):
    """The pages of the panel.

    A message has room for five rows of components.
    """

    MEMBERS = "members"
    MODELS = "models"
    DEFAULTS = "defaults"


PAGES: Final[Mapping[SetupPage, tuple[Setting, ...]]] = {
    SetupPage.MEMBERS: (Setting.CHANNELS, Setting.ROLES, Setting.MESSAGE_MENU, Setting.LANGUAGE),
    SetupPage.MODELS: (Setting.VIDEO_MODELS, Setting.IMAGE_MODELS, Setting.LONGEST_SECONDS),
    SetupPage.DEFAULTS: (
        Setting.DEFAULT_VIDEO_MODEL,
        Setting.DEFAULT_IMAGE_MODEL,
        Setting.DEFAULT_ASPECT_RATIO,
        Setting.DEFAULT_SECONDS,
    ),
}

_TITLES: Final[Mapping[SetupPage, MessageId]] = {
    SetupPage.MEMBERS: "setup-members-field",
    SetupPage.MODELS: "setup-models-field",
    SetupPage.DEFAULTS: "setup-defaults-field",
}

_BUTTONS: Final[Mapping[SetupPage, MessageId]] = {
    SetupPage.MEMBERS: "setup-members-button",
    SetupPage.MODELS: "setup-models-button",
    SetupPage.DEFAULTS: "setup-defaults-button",
}


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel shows.

    `catalogue` is what the operator offers. `deleted` are the ids of chosen channels and roles that no longer exist.
    """

    setup: ServerSetup
    catalogue: Catalogue
    deleted: frozenset[int] = frozenset()


def page_of(setting: Setting) -> SetupPage:
    """Return the page on which a setting is changed."""
    return next(page for page, settings in PAGES.items() if setting in settings)


def panel_embed(texts: Texts, panel: Panel, notes: Sequence[str] = ()) -> discord.Embed:
    """Build the overview of all settings, with `notes` on top."""
    lines = [*notes, *([""] if notes else []), texts("setup-intro")]
    if narrow(panel.catalogue, panel.setup) is None:
        lines.append(texts("setup-nothing-offered"))
    embed = discord.Embed(title=texts("setup-title"), description="\n".join(lines), colour=BRAND)
    for page, settings in PAGES.items():
        lines = [_line(texts, panel, setting) for setting in settings]
        embed.add_field(name=texts(_TITLES[page]), value="\n".join(lines), inline=False)
    return embed


def panel_view(texts: Texts, panel: Panel, page: SetupPage) -> discord.ui.View:
    """Build the selects of a page, and the buttons of the pages."""
    build = {SetupPage.MEMBERS: _members, SetupPage.MODELS: _models, SetupPage.DEFAULTS: _defaults}[page]
    pages = [Button(texts(_BUTTONS[each]), ("setup-page", each.value), enabled=each is not page) for each in SetupPage]
    return build_rows(*([item] for item in build(texts, panel)), pages)


def durations_modal(texts: Texts, panel: Panel, page: SetupPage) -> discord.ui.Modal:
    """Build the modal of the longest movie and the default duration."""
    action = ("setup-durations-set", page.value, panel.setup.fingerprint(DURATIONS))
    modal = discord.ui.Modal(title=texts("setup-durations-modal-title"), custom_id=custom_id(*action), timeout=None)
    limits = panel.catalogue.limits
    hint = texts("setup-duration-hint", min=limits.min_seconds, max=limits.max_seconds)
    names = (texts("setup-longest-label"), texts("setup-default-duration-label"))
    for setting, name in zip(DURATIONS, names, strict=True):
        value = panel.setup.value(setting)
        component = discord.ui.TextInput[discord.ui.Modal](
            custom_id=setting.value,
            default=None if value is None else str(value),
            required=False,
            max_length=_MAX_SECONDS_DIGITS,
        )
        modal.add_item(discord.ui.Label(text=name, description=hint, component=component))
    modal.stop()  # so that discord.py keeps nothing of it in memory
    return modal


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
    channels = tuple(each for each in setup.channels if each not in panel.deleted)
    roles = tuple(each for each in setup.roles if each not in panel.deleted)
    menus = [_option(texts, Setting.MESSAGE_MENU, menu_text(texts, each), each.value) for each in MessageMenu]
    languages = [Option(language_name(each), each.value) for each in Language]
    return (
        ChannelSelect(*_head(texts, panel, Setting.CHANNELS), chosen=channels, types=CHANNEL_TYPES, most=MAX_CHOICES),
        RoleSelect(*_head(texts, panel, Setting.ROLES), chosen=roles, most=MAX_CHOICES),
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
