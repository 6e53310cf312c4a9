"""The panel of /setup: settings, selects and buttons.

Each select's custom_id holds a fingerprint of the value that it shows, so that a change made meanwhile is not undone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.discord_limits import MAX_OPTION_LENGTH, MAX_OPTIONS
from bot.domain.server_setup import PAGES, ServerSetup, narrow
from bot.domain.setting_kinds import (
    Channel,
    Channels,
    InvalidValue,
    Model,
    Models,
    Number,
    Presets,
    Roles,
    Setting,
    SetupPage,
)
from bot.locales.texts import Texts, message_id
from bot.ui.components import Button, ChannelSelect, Component, MultiSelect, Option, RoleSelect, Select, build_rows
from bot.ui.formatting import BRAND
from bot.ui.setup_modals import form_button
from bot.ui.setup_values import not_set_text, option_text, problem_text, setting_name, value_text

NOT_CHOSEN: Final = "(none)"
"""The option value that goes back to what holds where nothing is set."""

_OPENED_FROM: Final[Mapping[SetupPage, SetupPage]] = {
    SetupPage.APPROVAL: SetupPage.STAFF,
    SetupPage.COMMUNITY: SetupPage.GALLERY,
}
"""Pages that no row of buttons has room for, and the page with a button of each."""


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
            lines.append(f"-# {texts(message_id('setup-age', panel.setup.age, 'note'))}")
        if page is SetupPage.COMMUNITY and panel.setup.movie_night is not None:
            lines.append(f"-# {texts('setup-movie-night-note')}")
        embed.add_field(name=texts(message_id("setup", page, "field")), value="\n".join(lines), inline=False)
    return embed


def panel_view(texts: Texts, panel: Panel, page: SetupPage) -> discord.ui.View:
    """Build a page's selects and its forms' buttons, one a row, and the buttons of the pages."""
    forms = dict.fromkeys(setting.form for setting in PAGES[page] if setting.form is not None)
    rows: list[Component] = [_select(texts, panel, setting) for setting in PAGES[page] if setting.form is None]
    rows += [form_button(texts, form, page) for form in forms]
    rows += [_page_button(texts, opened) for opened, opener in _OPENED_FROM.items() if opener is page]
    return build_rows(*([row] for row in rows), [_page_button(texts, each) for each in _linked(page)])


def changed_notes(texts: Texts, panel: Panel, settings: Collection[Setting]) -> Sequence[str]:
    """Confirm changes, one a line."""
    return [texts("setup-changed", change=_line(texts, panel, setting)) for setting in settings]


def invalid_note(texts: Texts, problem: InvalidValue) -> str:
    """Say why nothing was changed."""
    return texts("setup-not-changed", problem=problem_text(texts, problem))


def _page_button(texts: Texts, page: SetupPage) -> Button:
    return Button(texts(message_id("setup", page, "button")), ("setup-page", page.value))


def _linked(page: SetupPage) -> Sequence[SetupPage]:
    """Return the pages that a page has buttons of, at most five.

    *Approval* is opened from *Staff*, *Community* from *Finished movies*, and each leads back there.
    """
    if page in _OPENED_FROM:
        return (_OPENED_FROM[page],)
    return [each for each in SetupPage if each != page and each not in _OPENED_FROM]


def _select(texts: Texts, panel: Panel, setting: Setting) -> Component:
    """Build the select of a setting, whose placeholder says what holds where nothing is chosen."""
    placeholder = _named(texts, setting, not_set_text(texts, setting))
    action = ("setup", setting.name, panel.setup.fingerprint((setting,)))
    value = panel.setup.value(setting)
    # Discord refuses a message with a deleted channel or role
    existing = tuple(each for each in setting.ids(value) if each not in panel.deleted)
    match setting:
        case Roles():
            return RoleSelect(placeholder, action, existing, limit=MAX_OPTIONS)
        case Channels():
            return ChannelSelect(placeholder, action, existing, _types(setting), limit=MAX_OPTIONS)
        case Channel():
            return ChannelSelect(placeholder, action, existing, _types(setting))
        case Models() | Presets():
            offered = setting.offered(panel.catalogue)
            options = [Option(_label(texts, panel, setting, each), str(each)) for each in offered]
            chosen = frozenset(map(str, value)) if isinstance(value, tuple) else frozenset[str]()
            if isinstance(setting, Models) and not chosen:  # all are allowed where none is named
                chosen = frozenset(option.value for option in options)
            return MultiSelect(placeholder, action, tuple(options), chosen)
        case _:
            return Select(placeholder, action, _options(texts, panel, setting), setting.chosen(value) or NOT_CHOSEN)


def _options(texts: Texts, panel: Panel, setting: Setting) -> tuple[Option, ...]:
    """Build the options of one value, the first being none.

    Each names its setting, for a select shows nothing but what is chosen.
    """
    value = panel.setup.value(setting)
    offered = setting.offered(narrow(panel.catalogue, panel.setup) or panel.catalogue)
    if isinstance(setting, Number) and isinstance(value, int):
        offered = sorted({*setting.numbers, value})
    options = [Option(_named(texts, setting, _label(texts, panel, setting, each)), str(each)) for each in offered]
    if setting.chosen(None) is None:
        none = Option(_named(texts, setting, not_set_text(texts, setting)), NOT_CHOSEN)
        options = [none, *options[: MAX_OPTIONS - 1]]
    return tuple(options)


def _label(texts: Texts, panel: Panel, setting: Setting, value: int | str) -> str:
    """Name a value in a menu, where nothing is Markdown."""
    if isinstance(setting, Model | Models):
        return panel.catalogue.labels[str(value)]
    return option_text(texts, setting, value, panel.catalogue)


def _named(texts: Texts, setting: Setting, value: str) -> str:
    return texts("setup-current-placeholder", setting=setting_name(texts, setting), value=value)[:MAX_OPTION_LENGTH]


def _types(setting: Channel | Channels) -> tuple[discord.ChannelType, ...]:
    return tuple(discord.ChannelType[name] for name in setting.types)


def _line(texts: Texts, panel: Panel, setting: Setting) -> str:
    value = value_text(texts, setting, panel.setup.value(setting), panel.catalogue, panel.deleted)
    return texts("setup-line", setting=setting_name(texts, setting), value=value)
