"""The parts that messages and modals are made of.

A button or select has a custom_id that holds its action and all its arguments, `m:<action>:<argument>:…`, which
cogs/component_router.py parses. So it works after a restart: nothing about it is kept in memory.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import discord

from bot.domain.text import MAX_CUSTOM_ID_LENGTH, MAX_OPTION_LENGTH

CUSTOM_ID_PREFIX: Final = "m"

_BUTTONS_A_ROW: Final = 5
"""As many as Discord allows."""

Component: TypeAlias = discord.ui.Item[discord.ui.View]


@dataclass(frozen=True, slots=True)
class Field:
    """A named part of an embed. Those that are `inline` share a row."""

    name: str
    value: str
    inline: bool = True


def build_embed(
    title: str, description: str, colour: discord.Colour, *fields: Field, footer: str = ""
) -> discord.Embed:
    """Build an embed. What has no text is left out."""
    embed = discord.Embed(title=title or None, description=description or None, colour=colour)
    for field in fields:
        if field.value:
            embed.add_field(name=field.name, value=field.value, inline=field.inline)
    if footer:
        embed.set_footer(text=footer)
    return embed


class Button(discord.ui.Button[discord.ui.View]):
    """A button and the action that its custom_id encodes."""

    def __init__(
        self,
        label: str,
        action: tuple[str | int, ...],
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        *,
        enabled: bool = True,
    ) -> None:
        super().__init__(label=label, custom_id=custom_id(*action), style=style, disabled=not enabled)


class Link(discord.ui.Button[discord.ui.View]):
    """A button that opens a URL."""

    def __init__(self, label: str, url: str) -> None:
        super().__init__(label=label, url=url)


class Option(discord.SelectOption):
    """One option of a select; `value` is what Discord sends back."""

    def __init__(self, label: str, value: str, description: str | None = None) -> None:
        shown = description[:MAX_OPTION_LENGTH] if description else None
        super().__init__(label=label[:MAX_OPTION_LENGTH], value=value, description=shown)


class Select(discord.ui.Select[discord.ui.View]):
    """A select of one option, of at most 25."""

    def __init__(
        self,
        placeholder: str,
        action: tuple[str | int, ...],
        options: Sequence[discord.SelectOption],
        chosen: str | None = None,
    ) -> None:
        super().__init__(custom_id=custom_id(*action), placeholder=placeholder, options=marked(options, {chosen}))


class TextField(discord.ui.Label[discord.ui.Modal]):
    """A modal's input of a text; `name` is its custom_id."""

    def __init__(
        self,
        name: str,
        label: str,
        hint: str,
        max_length: int,
        default: str | None = None,
        *,
        required: bool = False,
        is_paragraph: bool = False,
    ) -> None:
        super().__init__(
            text=label,
            description=hint,
            component=discord.ui.TextInput(
                custom_id=name,
                style=discord.TextStyle.paragraph if is_paragraph else discord.TextStyle.short,
                default=default,
                required=required,
                min_length=1 if required else None,
                max_length=max_length,
            ),
        )


class SelectField(discord.ui.Label[discord.ui.Modal]):
    """A modal's select of up to `limit` options, also none; `name` is its custom_id."""

    def __init__(
        self,
        name: str,
        label: str,
        placeholder: str,
        options: Sequence[discord.SelectOption],
        chosen: Collection[str | None],
        *,
        hint: str | None = None,
        limit: int = 1,
    ) -> None:
        super().__init__(
            text=label,
            description=hint,
            component=discord.ui.Select(
                custom_id=name,
                options=marked(options, chosen),
                required=False,
                max_values=limit,
                placeholder=placeholder,
            ),
        )


def marked(options: Sequence[discord.SelectOption], chosen: Collection[str | None]) -> list[discord.SelectOption]:
    """Mark the options that are chosen."""
    for option in options:
        option.default = option.value in chosen
    return [*options]


def build_view(*items: Component, per_row: int = _BUTTONS_A_ROW) -> discord.ui.View:
    """Build a view of these components, in this order: selects one a row, buttons `per_row` a row."""
    rows: list[list[Component]] = []
    for item in items:
        if rows and item.width == rows[-1][-1].width == 1 and len(rows[-1]) < per_row:
            rows[-1].append(item)
        else:
            rows.append([item])
    return build_rows(*rows)


def build_rows(*rows: Sequence[Component]) -> discord.ui.View:
    """Build a view of these rows: each is a select, or up to five buttons."""
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(rows):
        for item in row:
            item.row = number
            view.add_item(item)
    view.stop()  # so that discord.py keeps nothing of it in memory
    return view


def build_modal(
    title: str, action: tuple[str | int, ...], *fields: discord.ui.Label[discord.ui.Modal]
) -> discord.ui.Modal:
    """Build a modal of these inputs, at most five."""
    modal = discord.ui.Modal(title=title, custom_id=custom_id(*action), timeout=None)
    for field in fields:
        modal.add_item(field)
    modal.stop()  # so that discord.py keeps nothing of it in memory
    return modal


def custom_id(*action: str | int) -> str:
    """Encode an action and its arguments as a custom_id."""
    encoded = ":".join((CUSTOM_ID_PREFIX, *map(str, action)))
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
