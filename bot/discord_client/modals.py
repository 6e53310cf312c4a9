"""Reads the values of submitted modals and selects.

The values may be forged: domain/request.py validates them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import discord
from discord.ext import commands

ComponentData = Mapping[str, object]
"""A component as Discord sends it."""


def modal_values(interaction: discord.Interaction[commands.AutoShardedBot]) -> Mapping[str, Sequence[str]]:
    """Return a modal's values by the custom_id of their inputs.

    A text input has one, a select as many as were picked. Empty ones are left out.
    """
    labels = cast("Sequence[Mapping[str, ComponentData]]", (interaction.data or {}).get("components", ()))
    inputs = [label["component"] for label in labels if "component" in label]
    found = {str(component["custom_id"]): _values(component) for component in inputs}
    return {name: values for name, values in found.items() if values}


def modal_value(interaction: discord.Interaction[commands.AutoShardedBot], name: str) -> str:
    """Return a modal's first value of an input, without spaces around it; '' for none."""
    return next(iter(modal_values(interaction).get(name, ())), "").strip()


def selected_value(interaction: discord.Interaction[commands.AutoShardedBot]) -> str:
    """Return the selected option of a select, '' for none."""
    return next(iter(selected_values(interaction)), "")


def selected_values(interaction: discord.Interaction[commands.AutoShardedBot]) -> Sequence[str]:
    """Return all that is selected in a select."""
    return _values(cast("ComponentData", interaction.data or {}))


def uploaded_files(interaction: discord.Interaction[commands.AutoShardedBot]) -> list[discord.Attachment]:
    """Return the files that were uploaded in a modal."""
    resolved: Any = cast("ComponentData", interaction.data or {}).get("resolved") or {}
    state = interaction._state  # pyright: ignore[reportPrivateUsage] # noqa: SLF001 (no public name for it)
    return [discord.Attachment(data=each, state=state) for each in resolved.get("attachments", {}).values()]


def _values(component: ComponentData) -> Sequence[str]:
    """Return what was picked or typed, without empty texts."""
    values = component.get("values")
    given = cast("list[object]", values) if isinstance(values, list) and values else [component.get("value")]
    return [text for text in (str(each or "") for each in given) if text]
