"""Reads what was typed into a form. The values may be forged: domain/request.py checks them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

import discord
from discord.ext import commands

Node = Mapping[str, object]
"""A component as Discord sends it back."""


def modal_values(interaction: discord.Interaction[commands.Bot]) -> Mapping[str, str]:
    """What stands in a submitted form, by the custom_id of its fields, without those that are empty."""
    data = cast("Node", interaction.data or {})
    return {str(leaf["custom_id"]): value for leaf in _leaves(data) if (value := _value(leaf))}


def selected_value(interaction: discord.Interaction[commands.Bot]) -> str:
    """The line that was chosen in a menu; '' where none was."""
    return _value(cast("Node", interaction.data or {}))


def _leaves(node: Node) -> Iterator[Node]:
    """The fields of a form, which stand in rows or beneath labels."""
    rows, inner = node.get("components"), node.get("component")
    children: list[object] = [
        *(cast("list[object]", rows) if isinstance(rows, list) else ()),
        *([inner] if inner else []),
    ]
    for child in children:
        if isinstance(child, dict):
            yield from _leaves(cast("Node", child))
    if not children and "custom_id" in node:
        yield node


def _value(leaf: Node) -> str:
    values = leaf.get("values")
    if isinstance(values, list) and values:
        return str(cast("list[object]", values)[0])
    return str(leaf.get("value") or "")
