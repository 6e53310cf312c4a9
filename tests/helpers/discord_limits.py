"""Discord's rules for messages, and a reader of its Markdown; independent of bot/ui."""

from __future__ import annotations

import re
from typing import Any

import discord

_ESCAPED = re.compile(r"\\[^0-9A-Za-z\s]")
"""What Discord's Markdown shows as one plain character: a backslash before anything but letters, digits and blanks."""

_LIVE = (
    (re.compile(r"[*_~|`<>\[\]@#]"), "markup, a mention or a masked link"),
    (re.compile(r"https?://", re.IGNORECASE), "a link"),
    (re.compile(r":\w+:"), "an emoji's short name"),
    (re.compile(r"^\s*(?:[-+]|\d+[.)])", re.MULTILINE), "a list"),
    (re.compile(r"\\"), "a backslash that escapes what follows"),
)


def live(text: str) -> list[str]:
    rest = _ESCAPED.sub("\N{REPLACEMENT CHARACTER}", text)
    return [f"{what} in {rest!r}" for sign, what in _LIVE if sign.search(rest)]


def unescaped(text: str) -> str:
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text)


def broken_limits(embed: discord.Embed, content: str = "", view: discord.ui.View | None = None) -> list[str]:
    """Return the limits that a message breaks. They are from Discord's page on messages."""
    sizes = [
        ("content", len(content), 0, 2000),
        ("title", len(embed.title or ""), 0, 256),
        ("description", len(embed.description or ""), 0, 4096),
        ("footer", len(embed.footer.text or ""), 0, 2048),
        ("fields", len(embed.fields), 0, 25),
        ("embed", len(embed), 1, 6000),
    ]
    for field in embed.fields:
        sizes += [("field name", len(field.name or ""), 1, 256), ("field value", len(field.value or ""), 1, 1024)]
    if view is not None:
        sizes.append(("rows", len(view.to_components()), 0, 5))
        ids = [child.custom_id for child in view.children if getattr(child, "custom_id", None)]
        sizes.append(("custom_ids that differ", len({*ids}), len(ids), 25))
    for child in view.children if view else ():
        if isinstance(child, discord.ui.Select):
            sizes += _menu_sizes(child)
            continue
        if isinstance(child, discord.ui.ChannelSelect | discord.ui.RoleSelect):
            sizes += [
                ("placeholder", len(child.placeholder or ""), 0, 150),
                ("custom_id", len(child.custom_id), 1, 100),
            ]
            sizes += [("values", child.max_values, 1, 25)]
            sizes += [("chosen", len(child.default_values), 0, child.max_values)]
            continue
        assert isinstance(child, discord.ui.Button)
        sizes += [("label", len(child.label or ""), 1, 80), ("link", len(child.url or ""), 0, 512)]
        sizes += [("custom_id", len(child.custom_id or ""), 0, 100)]
    return _beyond(sizes)


def _beyond(sizes: list[tuple[str, int, int, int]]) -> list[str]:
    return [
        f"{name}: {size}, not {minimum} to {maximum}"
        for name, size, minimum, maximum in sizes
        if not minimum <= size <= maximum
    ]


def _menu_sizes(menu: discord.ui.Select[discord.ui.View]) -> list[tuple[str, int, int, int]]:
    sizes = [("options", len(menu.options), 1, 25), ("placeholder", len(menu.placeholder or ""), 0, 150)]
    sizes.append(("custom_id", len(menu.custom_id), 1, 100))
    sizes.append(("values that differ", len({option.value for option in menu.options}), len(menu.options), 25))
    sizes.append(("chosen", sum(option.default for option in menu.options), 0, menu.max_values))
    for option in menu.options:
        sizes += [("option", len(option.label.strip()), 1, 100), ("value", len(option.value), 1, 100)]
        sizes.append(("description", len(option.description or ""), 0, 100))
    return sizes


def broken_modal(modal: dict[str, Any]) -> list[str]:
    """Return the limits that a modal breaks. They are from Discord's page on components."""
    sizes = [("title", len(modal["title"]), 1, 45), ("custom_id", len(modal["custom_id"]), 1, 100)]
    sizes.append(("components", len(modal["components"]), 1, 5))
    for label in modal["components"]:
        component = label["component"]
        sizes += [("label", len(label["label"]), 1, 45), ("description", len(label.get("description") or "-"), 1, 100)]
        sizes.append(("custom_id", len(component["custom_id"]), 1, 100))
        sizes.append(("placeholder", len(component.get("placeholder") or ""), 0, 150))
        if "options" in component:
            most = component.get("max_values", 1)
            sizes += [("options", len(component["options"]), 1, 25), ("values", most, 1, len(component["options"]))]
            sizes.append(("chosen", sum(bool(option.get("default")) for option in component["options"]), 0, most))
        else:
            sizes.append(("value", len(component.get("value") or ""), 0, component["max_length"]))
        for option in component.get("options", ()):
            sizes += [("option", len(option["label"].strip()), 1, 100), ("value", len(option["value"]), 1, 100)]
            sizes.append(("description", len(option.get("description") or ""), 0, 100))
    return _beyond(sizes)


def mentioned(text: str) -> set[str]:
    rest = _ESCAPED.sub("", text)
    return set(re.findall(r"<@[!&]?\d+>|<#\d+>|</[^>]+:\d+>|@everyone|@here", rest))
