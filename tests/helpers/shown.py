"""Writes what bot/ui builds as compact text, and finds what Discord would refuse in it.

An embed begins with its color and title. A field's name is after ▸, or after ▹ where the field has the whole width. A
row of a view is one line of `[label style action]`; a disabled button ends with `off`.
"""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import discord

from bot.ui import formatting
from bot.ui.components import Button, Field, Link, build_embed, build_view
from bot.ui.formatting import PlacedLink
from bot.ui.job_messages import Message
from tests.helpers.discord_limits import broken_limits, broken_modal


@dataclass(frozen=True)
class Plain:
    """A text in a place without Markdown, and how many characters it may have."""

    text: str
    limit: int = 1024


Shown: TypeAlias = Any
"""What bot/ui returns, or several of it, also by what it stands for."""

_COLOURS = {
    colour.value: name.lower() for name, colour in vars(formatting).items() if isinstance(colour, discord.Colour)
}
_STYLES = {each.value: each.name for each in discord.ButtonStyle}
_FLAGS = {"has_link": True, "link_in_embed": False, "spoiler": False}


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
    return _lines(build_view(shown))


@_lines.register
def _(shown: Mapping) -> Iterable[str]:  # type: ignore[type-arg] # a type at run time
    return (f"{key}: {show(each)}" for key, each in shown.items())


@_lines.register
def _(shown: Message | PlacedLink) -> Iterable[str]:
    return [*map(show, _parts(shown)), *_facts(shown)]


@_lines.register
def _(view: discord.ui.View) -> Iterable[str]:
    return (" ".join(map(_component, row["components"])) for row in view.to_components())


def _parts(shown: Message | PlacedLink) -> list[Shown]:
    parts: list[Shown] = [shown.content, shown.embed]
    if isinstance(shown, Message):
        parts += [shown.view, Plain(shown.alt_text) if shown.alt_text else None]
    return [each for each in parts if each]


def _facts(shown: Message | PlacedLink) -> Iterator[str]:
    if isinstance(shown, PlacedLink):
        yield from ([f"file: {shown.file}"] if shown.file else [])
        yield from ([] if shown.posted else ["not posted"])
        return
    if shown.mentions:
        yield f"pings {' '.join(map(str, shown.mentions))}"
    yield from (f"{name}: {getattr(shown, name)}" for name, usual in _FLAGS.items() if getattr(shown, name) != usual)


@_lines.register
def _(field: Field) -> Iterable[str]:
    return [f"{'▸' if field.inline else '▹'} {field.name}\n{field.value}"] if field.value else []


@_lines.register
def _(embed: discord.Embed) -> Iterable[str]:
    yield f"{_COLOURS[embed.colour.value] if embed.colour else ''}| {embed.title or ''}"
    if embed.description:
        yield embed.description
    for field in embed.fields:
        yield show(Field(str(field.name), str(field.value), bool(field.inline)))
    footer = [embed.footer.text, embed.timestamp and embed.timestamp.isoformat(), embed.image.url]
    if any(footer):
        yield f"_ {' · '.join(filter(None, footer))}"


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
    if isinstance(shown, Message | PlacedLink):
        yield shown
        shown = _parts(shown)
    if isinstance(shown, Mapping):
        shown = list(shown.values())
    if isinstance(shown, Sequence) and not isinstance(shown, str):
        for each in shown:
            yield from _leaves(each)
    else:
        yield shown


def broken(shown: Shown) -> list[str]:
    found: list[str] = []
    for each in _leaves(shown):
        match each:
            case str() if len(each) > 2000:
                found.append(f"a text of {len(each)} characters")
            case Plain(text, limit) if not 1 <= len(text) <= limit:
                found.append(f"a plain text of {len(text)} characters")
            case discord.Embed():
                found += broken_limits(each)
            case Field():
                found += broken(build_embed("-", "", formatting.BRAND, each))
            case discord.ui.Modal():
                found += broken_modal(each.to_dict())
            case discord.ui.View():
                found += broken_limits(discord.Embed(title="-"), "", each)
            case Button() | Link():
                found += broken(build_view(each))
            case _:
                pass
    return found


def marked_up(shown: Shown) -> str:
    """Return everything that Discord reads as Markdown, as it does: without the signs that are escaped."""
    texts = [
        each if isinstance(each, str) else show(each)
        for each in _leaves(shown)
        if isinstance(each, str | discord.Embed | Field)
    ]
    return re.sub(r"\\[^0-9A-Za-z\s]", "", "\n".join(texts))
