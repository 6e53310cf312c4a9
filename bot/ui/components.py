"""Buttons and selects whose custom_id holds the action and all its arguments.

They work after a restart, because nothing about them is kept in memory. The custom_id is `m:<action>:<argument>:…`;
cogs/component_router.py parses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import discord

CUSTOM_ID_PREFIX: Final = "m"

_CUSTOM_ID_MOST: Final = 100
_LABEL_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what stands on it, the action behind it with its arguments, and how it looks."""

    label: str
    action: tuple[str | int, ...]
    style: discord.ButtonStyle = discord.ButtonStyle.secondary
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a menu: what stands there, what is sent when it is chosen, and more about it."""

    label: str
    value: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Select:
    """A menu of which one line is chosen (at most 25): the action gets the line's value from the interaction."""

    placeholder: str
    action: tuple[str | int, ...]
    options: tuple[Option, ...]
    chosen: str | None = None


def build_view(*items: Button | Link | Select) -> discord.ui.View:
    """Buttons, five a row, and menus, one a row, beneath a message: in this order."""
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(_made(item))
    view.stop()
    return view


def menu_options(menu: Select) -> list[discord.SelectOption]:
    """A menu's lines as Discord takes them."""
    return [
        discord.SelectOption(
            label=option.label[:_LABEL_MOST],
            value=option.value,
            description=option.description[:_LABEL_MOST] if option.description else None,
            default=option.value == menu.chosen,
        )
        for option in menu.options
    ]


def _made(item: Button | Link | Select) -> discord.ui.Item[discord.ui.View]:
    match item:
        case Link():
            return discord.ui.Button(label=item.label, url=item.url)
        case Select():
            return discord.ui.Select(
                custom_id=custom_id(*item.action), placeholder=item.placeholder, options=menu_options(item)
            )
        case Button():
            return discord.ui.Button(
                label=item.label,
                custom_id=custom_id(*item.action),
                style=item.style,
                disabled=not item.enabled,
            )


def custom_id(*action: str | int) -> str:
    """The custom_id of an action with its arguments."""
    made = ":".join((CUSTOM_ID_PREFIX, *(str(part) for part in action)))
    assert len(made) <= _CUSTOM_ID_MOST, made
    return made


def parse_custom_id(made: str) -> tuple[str, tuple[str, ...]] | None:
    """The action and its arguments; None where the custom_id is not one of ours."""
    prefix, _, rest = made.partition(":")
    if prefix != CUSTOM_ID_PREFIX or not rest:
        return None
    action, *arguments = rest.split(":")
    return action, tuple(arguments)
