"""Discord's rules for messages, and a reader of its Markdown; for what bot/ui builds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import discord
from simcord.components import walk_components

from bot.ui.components import Attachment, Message

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


def broken_limits(message: Message) -> list[str]:
    """Return the limits that a message breaks. They are from Discord's pages on messages and on components."""
    components = [*walk_components(message.view().to_components())]
    ids = [each["custom_id"] for each in components if "custom_id" in each]
    written = [each["content"] for each in components if each["type"] == discord.ComponentType.text_display.value]
    sizes: list[Size] = [
        ("texts", sum(map(len, written)), 0, 4000),
        ("components", len(components), 1, 40),
        ("custom_ids that differ", len({*ids}), len(ids), 40),
        ("shown files", len([part for part in message.parts if isinstance(part, Attachment)]), 0, 10),
    ]
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
    type_ = discord.ComponentType(component["type"])
    yield "custom_id", len(component.get("custom_id", "a link's")), 1, 100
    yield "placeholder", len(component.get("placeholder") or ""), 0, 150
    match type_:
        case discord.ComponentType.text_display:
            yield "text", len(component["content"].strip()), 1, 4000
        case discord.ComponentType.media_gallery:
            yield "pictures", len(component["items"]), 1, 10
            for item in component["items"]:
                yield "address", len(item["media"]["url"]), 1, 2048
                yield "description", len(item["description"] or ""), 1, 1024
        case discord.ComponentType.action_row:
            yield "buttons", len(component["components"]), 1, 5
        case discord.ComponentType.button:
            yield "label", len(component.get("label") or ""), 1, 80
            yield "link", len(component.get("url") or ""), 0, 512
        case discord.ComponentType.text_input:
            yield "value", len(component.get("value") or ""), 0, component["max_length"]
        case discord.ComponentType.string_select:
            values = {option["value"] for option in component["options"]}
            yield "options that differ", len(values), len(component["options"]) or 1, 25
        case _:
            pass
    if type_.name.endswith("select"):
        yield from _chosen(component)


def _chosen(component: Mapping[str, Any]) -> Iterator[Size]:
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
