"""Discord's rules for messages, and a reader of its Markdown; independent of bot/ui."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import discord

Size = tuple[str, int, int, int]
"""What is counted, how much of it there is, and the least and most that Discord takes."""

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
    sizes: list[Size] = [
        ("content", len(content), 0, 2000),
        ("title", len(embed.title or ""), 0, 256),
        ("description", len(embed.description or ""), 0, 4096),
        ("footer", len(embed.footer.text or ""), 0, 2048),
        ("fields", len(embed.fields), 0, 25),
        ("embed", len(embed), 1, 6000),
    ]
    for field in embed.fields:
        sizes += [("field name", len(field.name or ""), 1, 256), ("field value", len(field.value or ""), 1, 1024)]
    rows = view.to_components() if view else []
    components = [each for row in rows for each in row["components"]]
    ids = [each["custom_id"] for each in components if "custom_id" in each]
    sizes += [("rows", len(rows), 0, 5), ("custom_ids that differ", len({*ids}), len(ids), 25)]
    return _beyond([*sizes, *(size for each in components for size in _sizes(each))])


def broken_modal(modal: dict[str, Any]) -> list[str]:
    """Return the limits that a modal breaks. They are from Discord's page on components."""
    sizes: list[Size] = [("title", len(modal["title"]), 1, 45), ("custom_id", len(modal["custom_id"]), 1, 100)]
    sizes.append(("components", len(modal["components"]), 1, 5))
    for label in modal["components"]:
        sizes += [("label", len(label["label"]), 1, 45), ("description", len(label.get("description") or "-"), 1, 100)]
        sizes += _sizes(label["component"])
    return _beyond(sizes)


def _sizes(component: Mapping[str, Any]) -> Iterator[Size]:
    yield "custom_id", len(component.get("custom_id", "a link's")), 1, 100
    yield "placeholder", len(component.get("placeholder") or ""), 0, 150
    match discord.ComponentType(component["type"]):
        case discord.ComponentType.button:
            yield "label", len(component.get("label") or ""), 1, 80
            yield "link", len(component.get("url") or ""), 0, 512
            return
        case discord.ComponentType.text_input:
            yield "value", len(component.get("value") or ""), 0, component["max_length"]
            return
        case discord.ComponentType.string_select:
            values = {option["value"] for option in component["options"]}
            yield "options that differ", len(values), len(component["options"]) or 1, 25
    options, most = component.get("options", ()), component.get("max_values", 1)
    yield "values", most, 1, len(options) or 25
    chosen = [*component.get("default_values", ()), *(option for option in options if option.get("default"))]
    yield "chosen", len(chosen), 0, most
    for option in options:
        yield "option", len(option["label"].strip()), 1, 100
        yield "value", len(option["value"]), 1, 100
        yield "description", len(option.get("description") or ""), 0, 100


def _beyond(sizes: list[Size]) -> list[str]:
    return [f"{name}: {size}, not {least} to {most}" for name, size, least, most in sizes if not least <= size <= most]


def mentioned(text: str) -> set[str]:
    rest = _ESCAPED.sub("", text)
    return set(re.findall(r"<@[!&]?\d+>|<#\d+>|</[^>]+:\d+>|@everyone|@here", rest))
