"""Reads the values of submitted modals and selects.

The values may be forged: domain/request.py validates them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

import discord
from discord.ext import commands

ComponentData = Mapping[str, object]
"""A component as Discord sends it."""


def modal_values(interaction: discord.Interaction[commands.AutoShardedBot]) -> Mapping[str, str]:
    """Return a modal's non-empty values by the custom_id of their inputs."""
    data = cast("ComponentData", interaction.data or {})
    return {str(component["custom_id"]): value for component in _inputs(data) if (value := _value(component))}


def selected_value(interaction: discord.Interaction[commands.AutoShardedBot]) -> str:
    """Return the selected option of a select, '' for none."""
    return _value(cast("ComponentData", interaction.data or {}))


def _inputs(component: ComponentData) -> Iterator[ComponentData]:
    """Walk to the inputs, which are nested in rows or labels."""
    rows, inner = component.get("components"), component.get("component")
    children: list[object] = [
        *(cast("list[object]", rows) if isinstance(rows, list) else ()),
        *([inner] if inner else []),
    ]
    for child in children:
        if isinstance(child, dict):
            yield from _inputs(cast("ComponentData", child))
    if not children and "custom_id" in component:
        yield component


def _value(component: ComponentData) -> str:
    values = component.get("values")
    if isinstance(values, list) and values:
        return str(cast("list[object]", values)[0])
    return str(component.get("value") or "")
