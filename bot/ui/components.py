"""Buttons and selects whose custom_id holds the action and all its arguments.

They work after a restart, because nothing about them is kept in memory. The custom_id is `m:<action>:<argument>:…`;
cogs/component_router.py parses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import discord

from bot.domain.text import MAX_CUSTOM_ID_LENGTH, MAX_OPTION_LENGTH

CUSTOM_ID_PREFIX: Final = "m"


@dataclass(frozen=True, slots=True)
class Button:
    """A button and the action that its custom_id encodes."""

    label: str
    action: tuple[str | int, ...]
    style: discord.ButtonStyle = discord.ButtonStyle.secondary
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens a URL."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a select; `value` is what Discord sends back."""

    label: str
    value: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Select:
    """A select of one option, at most 25.

    Discord sends back the option's value.
    """

    placeholder: str
    action: tuple[str | int, ...]
    options: tuple[Option, ...]
    chosen: str | None = None


@dataclass(frozen=True, slots=True)
class MultiSelect:
    """A select of any number of its options, also none."""

    placeholder: str
    action: tuple[str | int, ...]
    options: tuple[Option, ...]
    chosen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ChannelSelect:
    """A select of up to `limit` channels of the server, also none."""

    placeholder: str
    action: tuple[str | int, ...]
    chosen: tuple[int, ...]
    types: tuple[discord.ChannelType, ...]
    limit: int = 1


@dataclass(frozen=True, slots=True)
class RoleSelect:
    """A select of up to `limit` roles of the server, also none."""

    placeholder: str
    action: tuple[str | int, ...]
    chosen: tuple[int, ...]
    limit: int = 1


@dataclass(frozen=True, slots=True)
class TextField:
    """A modal's input of a text; `name` is its custom_id."""

    name: str
    label: str
    hint: str
    max_length: int
    default: str | None = None
    required: bool = False
    is_paragraph: bool = False


@dataclass(frozen=True, slots=True)
class SelectField:
    """A modal's select, of up to `limit` options; its custom_id is the first part of the select's action."""

    label: str
    select: Select | MultiSelect
    hint: str | None = None
    limit: int = 1


Component: TypeAlias = Button | Link | Select | MultiSelect | ChannelSelect | RoleSelect


def build_view(*items: Component, per_row: int | None = None) -> discord.ui.View:
    """Build a view of these components, in this order.

    Selects one a row, buttons five a row, or `per_row`.
    """
    view = discord.ui.View(timeout=None)
    for number, item in enumerate(items):
        built = _build_item(item)
        built.row = None if per_row is None else number // per_row
        view.add_item(built)
    view.stop()  # so that discord.py keeps nothing of it in memory
    return view


def build_rows(*rows: Sequence[Component]) -> discord.ui.View:
    """Build a view of these rows.

    Each is a select, or up to five buttons.
    """
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(rows):
        for item in row:
            built = _build_item(item)
            built.row = number
            view.add_item(built)
    view.stop()  # so that discord.py keeps nothing of it in memory
    return view


def build_modal(title: str, action: tuple[str | int, ...], *fields: TextField | SelectField) -> discord.ui.Modal:
    """Build a modal of these inputs, at most five."""
    modal = discord.ui.Modal(title=title, custom_id=custom_id(*action), timeout=None)
    for field in fields:
        component = _build_text(field) if isinstance(field, TextField) else _build_select(field)
        modal.add_item(discord.ui.Label(text=field.label, description=field.hint, component=component))
    modal.stop()  # so that discord.py keeps nothing of it in memory
    return modal


def _build_text(field: TextField) -> discord.ui.TextInput[discord.ui.Modal]:
    return discord.ui.TextInput(
        custom_id=field.name,
        style=discord.TextStyle.paragraph if field.is_paragraph else discord.TextStyle.short,
        default=field.default,
        required=field.required,
        min_length=1 if field.required else None,
        max_length=field.max_length,
    )


def _build_select(field: SelectField) -> discord.ui.Select[discord.ui.Modal]:
    return discord.ui.Select(
        custom_id=str(field.select.action[0]),
        options=select_options(field.select),
        required=False,
        max_values=field.limit,
        placeholder=field.select.placeholder,
    )


def select_options(select: Select | MultiSelect) -> list[discord.SelectOption]:
    """Convert a select's options to discord.py's."""
    chosen = select.chosen if isinstance(select, MultiSelect) else {select.chosen}
    return [
        discord.SelectOption(
            label=option.label[:MAX_OPTION_LENGTH],
            value=option.value,
            description=option.description[:MAX_OPTION_LENGTH] if option.description else None,
            default=option.value in chosen,
        )
        for option in select.options
    ]


def _build_item(item: Component) -> discord.ui.Item[discord.ui.View]:
    match item:
        case MultiSelect():
            return discord.ui.Select(
                custom_id=custom_id(*item.action),
                placeholder=item.placeholder,
                options=select_options(item),
                min_values=0,
                max_values=len(item.options),
            )
        case ChannelSelect():
            return discord.ui.ChannelSelect(
                custom_id=custom_id(*item.action),
                placeholder=item.placeholder,
                channel_types=[*item.types],
                min_values=0,
                max_values=item.limit,
                default_values=_chosen(item.chosen, discord.SelectDefaultValueType.channel),
            )
        case RoleSelect():
            return discord.ui.RoleSelect(
                custom_id=custom_id(*item.action),
                placeholder=item.placeholder,
                min_values=0,
                max_values=item.limit,
                default_values=_chosen(item.chosen, discord.SelectDefaultValueType.role),
            )
        case Link():
            return discord.ui.Button(label=item.label, url=item.url)
        case Select():
            return discord.ui.Select(
                custom_id=custom_id(*item.action), placeholder=item.placeholder, options=select_options(item)
            )
        case Button():
            return discord.ui.Button(
                label=item.label,
                custom_id=custom_id(*item.action),
                style=item.style,
                disabled=not item.enabled,
            )


def _chosen(ids: tuple[int, ...], kind: discord.SelectDefaultValueType) -> list[discord.SelectDefaultValue]:
    return [discord.SelectDefaultValue(id=each, type=kind) for each in ids]


def custom_id(*action: str | int) -> str:
    """Encode an action and its arguments as a custom_id."""
    encoded = ":".join((CUSTOM_ID_PREFIX, *(str(part) for part in action)))
    assert len(encoded) <= MAX_CUSTOM_ID_LENGTH, encoded
    return encoded


def actions_of(message: discord.Message) -> list[tuple[str, tuple[str, ...]]]:
    """Return the actions of a message's components, with their arguments.

    They are the same in every language.
    """
    parts = [child for row in message.components if isinstance(row, discord.ActionRow) for child in row.children]
    actions = [parse_custom_id(part.custom_id or "") for part in parts]
    return [action for action in actions if action is not None]


def parse_custom_id(custom_id: str) -> tuple[str, tuple[str, ...]] | None:
    """Decode a custom_id into action and arguments, None for an unknown format."""
    prefix, _, rest = custom_id.partition(":")
    if prefix != CUSTOM_ID_PREFIX or not rest:
        return None
    action, *arguments = rest.split(":")
    return action, tuple(arguments)
