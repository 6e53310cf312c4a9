"""/setup: its panel, its forms, its first questions, and its settings in words.

A form's custom_id holds a fingerprint of the values that it shows, so that a change made meanwhile is not undone. Ids
of texts follow from the names of settings, values, units and reasons.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import discord

from bot.domain.catalogue import AspectRatio, Catalogue
from bot.domain.movie_nights import STARTS_AT_HOUR
from bot.domain.prompt_filter import PRESETS
from bot.domain.refusal import Refused
from bot.domain.server_setup import NOTHING_SET, PAGES, SECTIONS, ServerSetup, narrow
from bot.domain.setting_kinds import (
    Channel,
    Channels,
    EnumChoice,
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
    Accent,
    Button,
    Divider,
    Message,
    Option,
    Section,
    SelectField,
    TextField,
    build_modal,
    in_rows,
    marked,
)
from bot.ui.formatting import (
    escape_line,
    fitting_lines,
    format_duration,
    format_monthly_credits,
    join_facts,
    list_fitting,
    page_heading,
    small,
)
from bot.ui.refusals import refusal_text

NOT_CHOSEN: Final = "(none)"
"""The option value that goes back to what holds where nothing is set."""

FIRST: Final[Mapping[Setting, MessageId]] = {
    ServerSetup.channels: "setup-first-where",
    ServerSetup.approval: "setup-first-approval",
    ServerSetup.language: "setup-first-language",
}
"""The first questions about settings. The one about credits has no setting."""

CREDITS: Final = "credits"
"""The custom_id of the answer how much a member can spend."""

_UNITS: Final[Mapping[Unit, MessageId]] = {
    Unit.CREDITS: "units-credits",
    Unit.STARS: "setup-stars-option",
    Unit.DAYS: "setup-days-option",
}

_MAX_NAME_LENGTH: Final = 60
_MAX_LIST_LENGTH: Final = 378
_MAX_FACT_LENGTH: Final = 120
"""Of lists of names: in the panel, which has all settings, they are shorter."""

_MAX_NOTES_LENGTH: Final = 800
_FEW: Final = 3
"""Options up to which all of them are shown in a form."""

_AMOUNTS: Final = (100, 300, 600, 1000, 3000)
"""Monthly credits that the first questions offer, besides the bot's default."""


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel shows.

    `catalogue` is what the operator offers. `deleted` are the ids of chosen channels and roles that no longer exist.
    `problems` are channels where the bot can't post any more. `may_add_gallery`: it could create one.
    """

    setup: ServerSetup
    catalogue: Catalogue
    deleted: frozenset[int] = frozenset()
    problems: tuple[Refused, ...] = ()
    may_add_gallery: bool = False

    def settings(self, page: SetupPage) -> Sequence[Setting]:
        """Return the settings of a page that the API has."""
        return [each for each in PAGES[page] if each.is_offered(self.catalogue)]


def panel_message(texts: Texts, panel: Panel, notes: Sequence[str] = ()) -> Message:
    """Build the overview of all sections, with `notes` on top."""
    is_set = panel.setup != NOTHING_SET
    return Message(
        Accent.BRAND,
        (
            page_heading(texts("setup-title")),
            *fitting_lines(texts, notes, _MAX_NOTES_LENGTH),
            *(_section(texts, panel, page) for page in SECTIONS),
            Divider(),
            *in_rows(
                Button(texts("setup-export-button"), ("setup-export",)),
                Button(texts("setup-import-button"), ("setup-import",)),
                Button(texts("setup-gallery-button"), ("setup-gallery",)) if panel.may_add_gallery else None,
                Button(texts("setup-reset-button"), ("setup-reset",), discord.ButtonStyle.danger) if is_set else None,
            ),
            small(texts("setup-intro")),
        ),
    )


def section_message(texts: Texts, panel: Panel, section: SetupPage) -> Message:
    """Build a section that has several forms: every setting on a line of its own, and a button for each form."""
    return Message(
        Accent.BRAND,
        (
            page_heading(texts("setup-title")),
            *(_form(texts, panel, page) for page in SECTIONS[section]),
            Divider(),
            *in_rows(Button(texts("setup-back-button"), ("setup-panel",))),
        ),
    )


def _section(texts: Texts, panel: Panel, section: SetupPage) -> Section:
    """Show what is set in a section, and open its form, or where it has several, all of it."""
    pages = SECTIONS[section]
    settings = [each for page in pages for each in panel.settings(page) if panel.setup.value(each) or not each.silent]
    if section is SetupPage.FILTER:  # it is off only where all of them are
        settings = [each for each in settings if panel.setup.value(each)] or settings
    facts = join_facts(*dict.fromkeys(_fact(texts, panel, each) for each in settings))
    return _group(texts, panel, pages, facts, "setup-page" if len(pages) == 1 else "setup-section")


def _form(texts: Texts, panel: Panel, page: SetupPage) -> Section:
    lines = [setting_line(texts, panel, each) for each in panel.settings(page)]
    if len(lines) == 1:  # the page's name says it
        lines = [panel_value(texts, panel, each) for each in panel.settings(page)]
    return _group(texts, panel, [page], "\n".join(lines), "setup-page")


def _group(texts: Texts, panel: Panel, pages: Sequence[SetupPage], settings: str, action: str) -> Section:
    """Show settings of some pages with remarks about them, and the button that changes them."""
    lines = [
        f"**{texts(message_id('setup', pages[0], 'field'))}**",
        settings,
        *(each for page in pages for each in _remarks(texts, panel, page)),
    ]
    return Section("\n".join(lines), Button(texts("setup-change-button"), (action, pages[0])))


def _fact(texts: Texts, panel: Panel, setting: Setting) -> str:
    shown = panel_value(texts, panel, setting, _MAX_FACT_LENGTH)
    if not panel.setup.value(setting):
        return shown
    return texts("setup-current-placeholder", setting=setting_name(texts, setting), value=shown)


def _remarks(texts: Texts, panel: Panel, page: SetupPage) -> Iterator[str]:
    """Yield what is wrong with the settings of a page, and what follows from them."""
    setup = panel.setup
    problems = [problem_text(texts, each) for each in panel.problems if each.data["setting"].page is page]
    if page is SetupPage.MODELS and narrow(panel.catalogue, setup) is None:
        problems.append(texts("setup-nothing-offered"))
    if page is SetupPage.STAFF and setup.staff_channel is None:
        problems.append(texts("setup-no-staff-channel"))
    if page is SetupPage.APPROVAL and setup.approval is not None and setup.staff_channel is None:
        problems.append(texts("setup-nobody-asked"))
    yield from (texts("setup-problem", problem=each) for each in problems)
    if page is SetupPage.GALLERY and setup.age is not None:
        yield small(texts(message_id("setup-age", setup.age, "note")))
    if page is SetupPage.GALLERY and setup.movie_night is not None:
        yield small(texts("setup-movie-night-note"))


def page_modal(texts: Texts, panel: Panel, page: SetupPage) -> discord.ui.Modal:
    """Build the form of a group, with what is set."""
    return build_modal(
        texts(message_id("setup", page, "field")),
        ("setup-set", page, panel.setup.fingerprint(PAGES[page])),
        *(_field(texts, panel, each) for each in PAGES[page]),
    )


def first_message(texts: Texts, suggested: Panel, credits: int) -> Message:
    """Build the first questions with their suggested answers; `credits` is what a member can spend in a month."""
    where, *others = (
        f"**{texts(question)}**\n{panel_value(texts, suggested, each)}" for each, question in FIRST.items()
    )
    apply = ("setup-first", str(suggested.setup.language), NOTHING_SET.fingerprint(FIRST))
    return Message(
        Accent.BRAND,
        (
            page_heading(texts("setup-first-title")),
            where,
            f"**{texts('setup-first-credits')}**\n{format_monthly_credits(texts, credits)}",
            *others,
            *in_rows(
                Button(texts("setup-first-apply-button"), apply, discord.ButtonStyle.success),
                Button(texts("setup-first-change-button"), ("setup-first-form",)),
                Button(texts("setup-first-skip-button"), ("setup-panel",)),
            ),
            small(texts("setup-first-intro")),
        ),
    )


def first_modal(texts: Texts, suggested: Panel, credits: int) -> discord.ui.Modal:
    """Build the form of the first questions."""
    where, *others = (_field(texts, suggested, each, texts(question)) for each, question in FIRST.items())
    return build_modal(
        texts("setup-first-title"),
        ("setup-first-set", NOTHING_SET.fingerprint(FIRST)),
        where,
        SelectField(
            CREDITS,
            texts("setup-first-credits"),
            format_monthly_credits(texts, credits),
            [Option(format_monthly_credits(texts, each), str(each)) for each in sorted({credits, *_AMOUNTS})],
            {str(credits)},
        ),
        *others,
    )


def changed_notes(texts: Texts, panel: Panel, settings: Collection[Setting]) -> Sequence[str]:
    """Confirm changes, one a line."""
    return [texts("setup-changed", change=setting_line(texts, panel, setting)) for setting in settings]


def _field(texts: Texts, panel: Panel, setting: Setting, label: str = "") -> discord.ui.Label[discord.ui.Modal] | None:
    """Build the input of a setting; None where there is nothing to choose from."""
    if not setting.is_offered(panel.catalogue):
        return None
    label, chosen = label or setting_name(texts, setting), shown_values(panel, setting)
    if isinstance(setting, Number) and not setting.numbers:
        lowest, highest = setting.range(panel.catalogue)
        hint = texts(
            message_id("setup", setting.unit, "hint"), min=lowest, max=highest, unset=not_set_text(texts, setting)
        )
        return TextField(setting.name, label, hint, setting.digits, next(iter(chosen), None))
    control = _control(texts, panel, setting, chosen)
    deleted = sum(each in panel.deleted for each in ids_of(panel.setup.value(setting)))
    hint = texts("setup-deleted", more=deleted) if deleted else None
    return None if control is None else discord.ui.Label(text=label, description=hint, component=control)


def _control(
    texts: Texts, panel: Panel, setting: Setting, chosen: Sequence[str]
) -> discord.ui.Item[discord.ui.Modal] | None:
    """Build the select of a setting's value, whose placeholder says what holds where nothing is chosen."""
    unset = not_set_text(texts, setting)
    match setting:
        case Roles():
            return discord.ui.RoleSelect(
                custom_id=setting.name,
                placeholder=unset,
                required=False,
                min_values=0,
                max_values=MAX_OPTIONS,
                default_values=_defaults(chosen, discord.SelectDefaultValueType.role),
            )
        case Channels() | Channel():
            return discord.ui.ChannelSelect(
                custom_id=setting.name,
                placeholder=unset,
                channel_types=[discord.ChannelType[name] for name in setting.types],
                required=False,
                min_values=0,
                max_values=MAX_OPTIONS if isinstance(setting, Channels) else 1,
                default_values=_defaults(chosen, discord.SelectDefaultValueType.channel),
            )
        case _:
            return _choice(texts, panel, setting, chosen)


def _defaults(ids: Sequence[str], kind: discord.SelectDefaultValueType) -> Sequence[discord.SelectDefaultValue]:
    return [discord.SelectDefaultValue(id=int(each), type=kind) for each in ids]


def _choice(
    texts: Texts, panel: Panel, setting: Setting, chosen: Sequence[str]
) -> discord.ui.Item[discord.ui.Modal] | None:
    """Build the select of other values, or show all of them where they are few."""
    offered = [(_label(texts, panel, setting, each), str(each)) for each in _offered(panel, setting)]
    is_one = not isinstance(setting, Models | Presets)
    if is_one and setting.chosen(None) is None:
        offered = [(not_set_text(texts, setting), NOT_CHOSEN), *offered[: MAX_OPTIONS - 1]]
    if not offered:
        return None
    if is_one and 1 < len(offered) <= _FEW:
        return discord.ui.RadioGroup(
            custom_id=setting.name,
            options=[
                discord.RadioGroupOption(label=label[:MAX_OPTION_LENGTH], value=value, default=value in chosen)
                for label, value in offered
            ],
            required=False,
        )
    return discord.ui.Select(
        custom_id=setting.name,
        placeholder=not_set_text(texts, setting),
        options=marked([Option(*each) for each in offered], chosen),
        required=False,
        min_values=0,
        max_values=1 if is_one else len(offered),
    )


def shown_values(panel: Panel, setting: Setting) -> Sequence[str]:
    """Return what a setting's input shows as chosen.

    Not what is deleted or no longer offered: Discord rejects it. Where just this comes back, nothing was changed.
    """
    value = panel.setup.value(setting)
    match setting:
        case Roles() | Channels() | Channel():
            return [str(each) for each in ids_of(value) if each not in panel.deleted]
        case Models() | Presets():
            offered = [*map(str, _offered(panel, setting))]
            if isinstance(setting, Models) and not value:  # all are allowed where none is named
                return offered
            return [each for each in offered if isinstance(value, tuple) and each in value]
        case Number(numbers=()):
            return [str(value)] if value is not None and setting.is_offered(panel.catalogue) else []
        case _:
            chosen = setting.chosen(value)
            if chosen is None:
                return [NOT_CHOSEN]
            return [chosen] if chosen in map(str, _offered(panel, setting)) else []


def _offered(panel: Panel, setting: Setting) -> Sequence[int | str]:
    value = panel.setup.value(setting)
    if isinstance(setting, Number) and isinstance(value, int):
        return sorted({*setting.numbers, value})
    narrowed = None if isinstance(setting, Models) else narrow(panel.catalogue, panel.setup)
    return setting.offered(narrowed or panel.catalogue)


def _label(texts: Texts, panel: Panel, setting: Setting, value: int | str) -> str:
    """Name a value in a menu, where nothing is Markdown."""
    if isinstance(setting, Model | Models):
        return panel.catalogue.labels[str(value)]
    return option_text(texts, setting, value, panel.catalogue)


def setting_line(texts: Texts, panel: Panel, setting: Setting) -> str:
    """Name a setting and its value, on one line."""
    return texts("setup-line", setting=setting_name(texts, setting), value=panel_value(texts, panel, setting))


def panel_value(texts: Texts, panel: Panel, setting: Setting, limit: int = _MAX_LIST_LENGTH) -> str:
    """Format the value of a setting in the panel."""
    return value_text(texts, setting, panel.setup.value(setting), panel.catalogue, panel.deleted, limit)


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
    limit: int = _MAX_LIST_LENGTH,
) -> str:
    """Format a setting's value.

    `deleted` are ids of channels and roles that no longer exist. `limit` is that of a list's characters.
    """
    if not value:
        return not_set_text(texts, setting)
    if isinstance(setting, Rules):  # the log has only their number
        return texts("setup-rules-count", rules=len(value) if isinstance(value, tuple) else int(value))
    if isinstance(value, tuple):
        names = [option_text(texts, setting, each, catalogue) for each in value if each not in deleted]
        missing = len(value) - len(names)
        return list_fitting(
            texts, names, limit, "setup-more", *([texts("setup-deleted", more=missing)] if missing else [])
        )
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
            return extras.choice_name(texts, member)
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


def problem_text(texts: Texts, refused: Refused) -> str:
    """Say what is wrong with the value of a setting, or with a file."""
    text, setting = refusal_text(texts, refused), refused.data.get("setting")
    return text if setting is None else texts("setup-invalid", setting=setting_name(texts, setting), problem=text)
