"""Writes what bot/ui builds as compact text, and finds what Discord would refuse in it.

A message begins with its color. A row is one line of `[label style action]`; a disabled button ends with `off`. A
picture is `<address description>`, a file `<name>`; what stands beside a text is after `→`.
"""

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import discord

from bot.domain.text import MAX_TEXTS_LENGTH
from bot.ui import formatting, player
from bot.ui.components import (
    Accent,
    Attachment,
    Button,
    Divider,
    Link,
    Media,
    Message,
    Part,
    Row,
    Section,
    plain,
)
from tests.helpers.discord_limits import broken_limits, broken_modal


@dataclass(frozen=True)
class Plain:
    """A text in a place without Markdown, and how many characters it may have."""

    text: str
    limit: int = 1024


Shown: TypeAlias = Any
"""What bot/ui returns, or several of it, also by what it stands for."""

_COLOURS = {
    colour.value: name.lower()
    for name, colour in itertools.chain(vars(formatting).items(), vars(Accent).items())
    if isinstance(colour, discord.Colour)
}
_STYLES = {each.value: each.name for each in discord.ButtonStyle}


def show(shown: Shown) -> str:
    return "\n".join(_lines(shown)) or "-"


@functools.singledispatch
def _lines(shown: Any) -> Iterable[str]:
    return map(show, shown)


@_lines.register
def _(shown: str | None) -> Iterable[str]:
    return [shown or "-"]


@_lines.register
def _(shown: Plain) -> Iterable[str]:
    return [shown.text]


@_lines.register
def _(shown: discord.Colour) -> Iterable[str]:
    return [_COLOURS[shown.value]]


@_lines.register
def _(shown: Button | Link) -> Iterable[str]:
    return [_component(shown.to_component_dict())]


@_lines.register
def _(shown: Mapping) -> Iterable[str]:  # type: ignore[type-arg] # a type at run time
    return (f"{key}: {show(each)}" for key, each in shown.items())


@_lines.register
def _(shown: Message) -> Iterable[str]:
    yield f"{_COLOURS[shown.accent.value]}|"
    yield from map(show, filter(None, shown.parts))
    if shown.mentions:
        yield f"pings {' '.join(map(str, shown.mentions))}"


@_lines.register
def _(row: Row) -> Iterable[str]:
    return [" ".join(_component(each.to_component_dict()) for each in row.items)]


@_lines.register
def _(section: Section) -> Iterable[str]:
    if section.beside is None:
        return [section.text]
    beside: Any = section.beside.to_component_dict()
    is_picture = beside["type"] == discord.ComponentType.thumbnail.value
    return [section.text, f"→ {_picture(beside['media']['url'], beside) if is_picture else _component(beside)}"]


@_lines.register
def _(part: Media | Attachment) -> Iterable[str]:
    return [_picture(part.url, {"description": part.description, "spoiler": part.spoiler})]


@_lines.register
def _(_: Divider) -> Iterable[str]:
    return ["───"]


def _picture(address: str, described: Mapping[str, Any]) -> str:
    hidden = " (spoiler)" if described.get("spoiler") else ""
    return f"<{address}{hidden} {described.get('description') or ''}>".replace(" >", ">")


@_lines.register
def _(shown: player.Player) -> Iterable[str]:
    return map(show, filter(None, [*shown.media, *shown.watch, shown.text, *shown.file]))


def _component(component: Any) -> str:
    action = component.get("url") or component["custom_id"].removeprefix("m:")
    if component["type"] == discord.ComponentType.button.value:
        parts = [component["label"], _STYLES[component["style"]], action, "off" if component.get("disabled") else ""]
        return f"[{' '.join(filter(None, parts))}]"
    chosen = [f"{each['type']} {each['id']}" for each in component.get("default_values", ())]
    kinds = [discord.ChannelType(each).name for each in component.get("channel_types", ())]
    span = f"{component.get('min_values', 1)}-{component.get('max_values', 1)}"
    required = "" if component.get("required", True) else "optional"
    head = [component.get("placeholder") or "", action, span, required, *kinds, *chosen]
    return "\n".join([f"[{' '.join(filter(None, head))}]", *map(_option, component.get("options", ()))])


def _option(option: Any) -> str:
    description = f" - {option['description']}" if option.get("description") else ""
    return f"{'*' if option.get('default') else ' '} {option['label']} = {option['value']}{description}"


@_lines.register
def _(shown: discord.ui.Modal) -> Iterable[str]:
    modal: Any = shown.to_dict()
    yield f"modal| {modal['title']} {modal['custom_id'].removeprefix('m:')}"
    for label in modal["components"]:
        yield f"▸ {label['label']}" + (f" - {label['description']}" if label.get("description") else "")
        component = label["component"]
        if component["type"] == discord.ComponentType.text_input.value:
            size = f"{component.get('min_length') or 0}-{component['max_length']}"
            required = "required" if component["required"] else "optional"
            style = discord.TextStyle(component["style"]).name
            yield f"[{component['custom_id']} {style} {size} {required}] {component.get('value') or ''}".rstrip()
        else:
            yield _component(component)


def _leaves(shown: Shown) -> Iterator[Shown]:
    if isinstance(shown, Mapping):
        shown = list(shown.values())
    if isinstance(shown, Sequence) and not isinstance(shown, str):
        for each in shown:
            yield from _leaves(each)
    else:
        yield shown


def broken(shown: Shown) -> list[str]:
    found: list[str] = []
    parts: list[Part] = []
    for each in _leaves(shown):
        match each:
            case str() if len(each) > MAX_TEXTS_LENGTH:
                found.append(f"a text of {len(each)} characters")
            case Plain(text, limit) if not 1 <= len(text) <= limit:
                found.append(f"a plain text of {len(text)} characters")
            case Message():
                found += broken_limits(each)
            case discord.ui.Modal():
                found += broken_modal(each.to_dict())
            case Row() | Section() | Media() | Attachment():
                parts.append(each)
            case Button() | Link():
                parts.append(Row((each,)))
            case _:
                pass
    return found + broken_limits(plain("-", *parts))


def marked_up(shown: Shown) -> str:
    """Return everything that Discord reads as Markdown, as it does: without the signs that are escaped."""
    texts = [
        each.text if isinstance(each, Message) else each if isinstance(each, str) else show(each)
        for each in _leaves(shown)
        if isinstance(each, str | Message)
    ]
    return re.sub(r"\\[^0-9A-Za-z\s]", "", "\n".join(texts))
