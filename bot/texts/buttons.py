"""Buttons that work after a restart and a year later: what they do stands in their custom_id, and nowhere else.

The custom_id is `m:<action>:<argument>:…`, at most 100 characters (Discord's limit); cogs/presses.py reads it. Views
made here are stopped at once, so that discord.py keeps nothing of them in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import discord

PREFIX: Final = "m"

_CUSTOM_ID_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Press:
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


def row(*buttons: Press | Link) -> discord.ui.View:
    """Buttons beneath a message, five a row."""
    view = discord.ui.View(timeout=None)
    for button in buttons:
        if isinstance(button, Link):
            view.add_item(discord.ui.Button(label=button.label, url=button.url))
        else:
            view.add_item(
                discord.ui.Button(
                    label=button.label,
                    custom_id=custom_id(*button.action),
                    style=button.style,
                    disabled=not button.enabled,
                )
            )
    view.stop()
    return view


def custom_id(*action: str | int) -> str:
    """The custom_id of an action with its arguments."""
    made = ":".join((PREFIX, *(str(part) for part in action)))
    assert len(made) <= _CUSTOM_ID_MOST, made
    return made


def read_custom_id(made: str) -> tuple[str, tuple[str, ...]] | None:
    """The action and its arguments; None where the custom_id is not one of ours."""
    prefix, _, rest = made.partition(":")
    if prefix != PREFIX or not rest:
        return None
    action, *arguments = rest.split(":")
    return action, tuple(arguments)
