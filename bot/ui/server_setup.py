"""/setup: its panel and forms, and its settings in words.

Each select's custom_id holds a fingerprint of the value that it shows, so that a change made meanwhile is not undone.
Ids of texts follow from the names of settings, values, units and reasons.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import discord

from bot.domain.catalogue import AspectRatio, Catalogue
from bot.domain.movie_nights import STARTS_AT_HOUR
from bot.domain.prompt_filter import PRESETS, RuleProblem
from bot.domain.server_setup import FORMS, PAGES, ServerSetup, narrow
from bot.domain.setting_kinds import (
    Channel,
    Channels,
    EnumChoice,
    Form,
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
    SetupPage,
    Unit,
    ids_of,
)
from bot.domain.text import MAX_OPTION_LENGTH, MAX_OPTIONS, Language
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, message_id, texts_in
from bot.ui import extras
from bot.ui.components import (
    Button,
    Component,
    Field,
    Message,
    Option,
    Row,
    Select,
    TextField,
    build_card,
    build_modal,
    custom_id,
    marked,
)
from bot.ui.formatting import BRAND, escape_line, format_duration, format_list, list_fitting
from bot.ui.refusals import permissions
from bot.ui.setup_filter import rule_problem, too_long_text

NOT_CHOSEN: Final = "(none)"
"""The option value that goes back to what holds where nothing is set."""

_OPENED_FROM: Final[Mapping[SetupPage, SetupPage]] = {
    SetupPage.APPROVAL: SetupPage.STAFF,
    SetupPage.COMMUNITY: SetupPage.GALLERY,
}
"""Pages that no row of buttons has room for, and the page with a button of each."""

NUMBER_FORMS: Final = tuple(form for form in Form if form is not Form.RULES)
"""The forms with an input for each setting, which has the setting's name."""

_UNITS: Final[Mapping[Unit, MessageId]] = {
    Unit.CREDITS: "units-credits",
    Unit.STARS: "setup-stars-option",
    Unit.DAYS: "setup-days-option",
}

_MAX_NAME_LENGTH: Final = 60
_MAX_LIST_LENGTH: Final = 378
"""Of a list of names: two of them and more fit in a field."""


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


def panel_message(texts: Texts, panel: Panel, notes: Sequence[str] = ()) -> Message:
    """Build the overview of all settings, with `notes` on top."""
    lines = [*notes, *([""] if notes else []), texts("setup-intro")]
    if narrow(panel.catalogue, panel.setup) is None:
        lines.append(texts("setup-nothing-offered"))
    lines += [texts("setup-problem", problem=problem_text(texts, each)) for each in panel.problems]
    fields = [
        Field(texts(message_id("setup", page, "field")), _page_text(texts, panel, page), inline=False) for page in PAGES
    ]
    return build_card(texts("setup-title"), "\n".join(lines), BRAND, *fields)


def _page_text(texts: Texts, panel: Panel, page: SetupPage) -> str:
    lines = [setting_line(texts, panel, setting) for setting in PAGES[page]]
    if page is SetupPage.GALLERY and panel.setup.age is not None:
        lines.append(f"-# {texts(message_id('setup-age', panel.setup.age, 'note'))}")
    if page is SetupPage.COMMUNITY and panel.setup.movie_night is not None:
        lines.append(f"-# {texts('setup-movie-night-note')}")
    return "\n".join(lines)


def panel_view(texts: Texts, panel: Panel, page: SetupPage) -> tuple[Row, ...]:
    """Build a page's selects and its forms' buttons, one a row, and the buttons of the pages.

    *Approval* is opened from *Staff*, *Community* from *Finished movies*, and each leads back there.
    """
    forms = dict.fromkeys(setting.form for setting in PAGES[page] if setting.form is not None)
    rows: list[Component] = [_select(texts, panel, setting) for setting in PAGES[page] if setting.form is None]
    rows += [form_button(texts, form, page) for form in forms]
    rows += [_page_button(texts, opened) for opened, opener in _OPENED_FROM.items() if opener is page]
    others = [each for each in SetupPage if each != page and each not in _OPENED_FROM]
    linked = [_OPENED_FROM[page]] if page in _OPENED_FROM else others
    pages = Row(tuple(_page_button(texts, each) for each in linked))
    return (*(Row((row,)) for row in rows), pages)


def changed_notes(texts: Texts, panel: Panel, settings: Collection[Setting]) -> Sequence[str]:
    """Confirm changes, one a line."""
    return [texts("setup-changed", change=setting_line(texts, panel, setting)) for setting in settings]


def invalid_note(texts: Texts, problem: InvalidValue) -> str:
    """Say why nothing was changed."""
    return texts("setup-not-changed", problem=problem_text(texts, problem))


def _page_button(texts: Texts, page: SetupPage) -> Button:
    return Button(texts(message_id("setup", page, "button")), ("setup-page", page.value))


def _select(texts: Texts, panel: Panel, setting: Setting) -> Component:
    """Build the select of a setting, whose placeholder says what holds where nothing is chosen."""
    placeholder = _named(texts, setting, not_set_text(texts, setting))
    action = ("setup", setting.name, panel.setup.fingerprint((setting,)))
    value = panel.setup.value(setting)
    # Discord refuses a message with a deleted channel or role
    existing = [each for each in ids_of(value) if each not in panel.deleted]
    match setting:
        case Roles():
            return discord.ui.RoleSelect(
                custom_id=custom_id(*action),
                placeholder=placeholder,
                min_values=0,
                max_values=MAX_OPTIONS,
                default_values=_defaults(existing, discord.SelectDefaultValueType.role),
            )
        case Channels() | Channel():
            return discord.ui.ChannelSelect(
                custom_id=custom_id(*action),
                placeholder=placeholder,
                channel_types=[discord.ChannelType[name] for name in setting.types],
                min_values=0,
                max_values=MAX_OPTIONS if isinstance(setting, Channels) else 1,
                default_values=_defaults(existing, discord.SelectDefaultValueType.channel),
            )
        case Models() | Presets():
            offered = setting.offered(panel.catalogue)
            options = [Option(_label(texts, panel, setting, each), str(each)) for each in offered]
            chosen = [*map(str, value)] if isinstance(value, tuple) else []
            if isinstance(setting, Models) and not chosen:  # all are allowed where none is named
                chosen = [option.value for option in options]
            return discord.ui.Select(
                custom_id=custom_id(*action),
                placeholder=placeholder,
                options=marked(options, chosen),
                min_values=0,
                max_values=len(options),
            )
        case _:
            return Select(placeholder, action, _options(texts, panel, setting), setting.chosen(value) or NOT_CHOSEN)


def _defaults(ids: Sequence[int], kind: discord.SelectDefaultValueType) -> Sequence[discord.SelectDefaultValue]:
    return [discord.SelectDefaultValue(id=each, type=kind) for each in ids]


def _options(texts: Texts, panel: Panel, setting: Setting) -> Sequence[Option]:
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
    return options


def _label(texts: Texts, panel: Panel, setting: Setting, value: int | str) -> str:
    """Name a value in a menu, where nothing is Markdown."""
    if isinstance(setting, Model | Models):
        return panel.catalogue.labels[str(value)]
    return option_text(texts, setting, value, panel.catalogue)


def _named(texts: Texts, setting: Setting, value: str) -> str:
    return texts("setup-current-placeholder", setting=setting_name(texts, setting), value=value)[:MAX_OPTION_LENGTH]


def setting_line(texts: Texts, panel: Panel, setting: Setting) -> str:
    """Name a setting and its value, on one line."""
    value = value_text(texts, setting, panel.setup.value(setting), panel.catalogue, panel.deleted)
    return texts("setup-line", setting=setting_name(texts, setting), value=value)


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
        missing = sum(each in deleted for each in value)
        others = [texts("setup-deleted", more=missing)] if missing else []
        return list_fitting(texts, names, _MAX_LIST_LENGTH, "setup-more", *others)
    if isinstance(setting, Channel) and value in deleted:
        return texts("setup-deleted", more=1)
    return option_text(texts, setting, value, catalogue)


def option_text(texts: Texts, setting: Setting, value: int | str, catalogue: Catalogue) -> str:
    """Format one value that a setting can have."""
    match setting:
        case EnumChoice():
            return choice_text(texts, setting, str(value))
        case Number(unit=Unit.SECONDS):
            return format_duration(texts, int(value))
        case Number():
            return texts(_UNITS[setting.unit], credits=int(value), stars=int(value), days=int(value))
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
        case _:  # a weekday's text names the time
            return texts(message_id("setup", setting.name, member, "option"), time=f"{STARTS_AT_HOUR}:00")


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
    reason = message_id("setup", problem.reason)
    if isinstance(problem.setting, Number) and problem.reason is InvalidReason.OUT_OF_RANGE:
        reason = message_id("setup", problem.setting.unit, problem.reason)
    if problem.reason is InvalidReason.RULES_TOO_LONG:
        text = too_long_text(texts, *map(int, problem.allowed))
    else:
        value, channel = escape_line(problem.value, _MAX_NAME_LENGTH), f"<#{problem.value}>"
        text = texts(reason, value=value, channel=channel, **_possible(texts, problem.reason, problem.allowed))
    return texts("setup-invalid", setting=setting_name(texts, problem.setting), problem=text)


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


def form_button(texts: Texts, form: Form, page: SetupPage) -> Button:
    """Build the button that opens a form."""
    return Button(texts(message_id("setup", form, "button")), (f"setup-{form}", *_origin(form, page)))


def number_modal(
    texts: Texts, form: Form, page: SetupPage, setup: ServerSetup, catalogue: Catalogue
) -> discord.ui.Modal:
    """Build a form of numbers, with those that are set."""
    fields: list[TextField] = []
    for setting in FORMS[form]:
        assert isinstance(setting, Number)
        value, (lowest, highest) = setup.value(setting), setting.range(catalogue)
        label = texts(message_id("setup", setting.name, "label"))
        hint = texts(message_id("setup", form, "hint"), min=lowest, max=highest)
        fields.append(TextField(setting.name, label, hint, setting.digits, None if value is None else str(value)))
    action = (f"setup-{form}-set", *_origin(form, page), setup.fingerprint(FORMS[form]))
    return build_modal(texts(message_id("setup", form, "modal-title")), action, *fields)


def page_of_form(form: Form, arguments: tuple[str, ...]) -> SetupPage | None:
    """Return the page on which a form was opened; None for arguments that it doesn't have."""
    pages = {setting.page for setting in FORMS[form]}
    if len(pages) == 1:
        return next(iter(pages))
    return SetupPage(arguments[0]) if arguments and arguments[0] in tuple(SetupPage) else None


def _origin(form: Form, page: SetupPage) -> tuple[str, ...]:
    """Return the page as an argument, where it doesn't follow from the form."""
    return (page.value,) if len({setting.page for setting in FORMS[form]}) > 1 else ()
