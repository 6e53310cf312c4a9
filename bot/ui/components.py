"""The parts that messages and modals are made of.

Every message is a `Message`: an accent color and parts, from top to bottom, which Discord draws as a container
(Components V2). What identifies a message is the id of its container, its `mark`: in no language, and not shown.

A button or select has a custom_id that holds its action and all its arguments, `m:<action>:<argument>:…`, which
cogs/component_router.py parses. So it works after a restart: nothing about it is kept in memory.
"""

from __future__ import annotations

import io
import itertools
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias, TypedDict
from urllib.parse import urlsplit

import discord

from bot.domain.text import MAX_CUSTOM_ID_LENGTH, MAX_OPTION_LENGTH
from bot.ui.formatting import masked

CUSTOM_ID_PREFIX: Final = "m"

MORE_LABEL: Final = "⋯"
"""The label of the button that answers privately with what else a member may do."""

SPOILER_PREFIX: Final = "SPOILER_"
"""What Discord has the name of a hidden file begin with."""

_BUTTONS_A_ROW: Final = 5
"""As many as Discord allows."""

_MARKS: Final = 2**31 - 1
"""A component's id is an int32 of at least 1, where it is given (discord/openapi.json)."""

Component: TypeAlias = discord.ui.Item[discord.ui.LayoutView]


class Accent:
    """The color of a message, by the state that it tells."""

    WAITING: Final = discord.Colour(0xD98E3F)
    IN_PROGRESS: Final = discord.Colour(0x5865F2)
    READY: Final = discord.Colour(0x3BA55D)
    FAILED: Final = discord.Colour(0xD9534F)
    MONEY: Final = discord.Colour(0xF1C40F)
    STAFF: Final = discord.Colour(0x9B6DD6)
    NEUTRAL: Final = discord.Colour(0x8A8F98)
    BRAND: Final = discord.Colour(0xE8B04B)
    STAR: Final = discord.Colour(0xF7D154)


@dataclass(frozen=True, slots=True)
class Row:
    """Up to five buttons, or one select."""

    items: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A text of its own, such as a quotation or a list, with a button or a thumbnail beside it or nothing."""

    text: str
    beside: Component | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a movie: `url` is its address, of at most 2,048 characters, or `attachment://` and a file's name.

    `description` is what a screen reader says. A `spoiler` is hidden until someone clicks.
    """

    url: str
    description: str
    spoiler: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is sent with the message: its bytes or its path. It is shown in the gallery if it `is_media`."""

    name: str
    content: bytes | Path
    description: str = ""
    spoiler: bool = False
    is_media: bool = False

    def file(self) -> discord.File:
        """Open it."""
        content = io.BytesIO(self.content) if isinstance(self.content, bytes) else self.content
        return discord.File(content, self.name, spoiler=self.spoiler, description=self.description or None)

    @property
    def url(self) -> str:
        """How the message's parts name it."""
        return f"attachment://{SPOILER_PREFIX if self.spoiler else ''}{self.name}"


def text_file(text: str, name: str) -> Attachment:
    """Build the attachment of a text."""
    return Attachment(name, text.encode())


class Divider:
    """A line across the message."""


Part: TypeAlias = str | Row | Section | Media | Attachment | Divider


class Sent(TypedDict):
    """A message as discord.py sends it."""

    view: discord.ui.LayoutView
    files: list[discord.File]
    allowed_mentions: discord.AllowedMentions


class Edited(TypedDict):
    """A message as discord.py puts it in place of another, which may have been of another form."""

    content: None
    embeds: list[discord.Embed]
    view: discord.ui.LayoutView
    attachments: Sequence[discord.File | discord.Attachment]
    allowed_mentions: discord.AllowedMentions


@dataclass(frozen=True, slots=True)
class Message:
    """What a message shows, and whom it mentions.

    Texts that follow each other are one text, pictures that follow each other one gallery. '' is left out.
    """

    accent: discord.Colour
    parts: tuple[Part, ...]
    mark: int | None = None
    mentions: tuple[int, ...] = ()

    def marked(self, mark: int) -> Message:
        """Return the message with this mark."""
        return replace(self, mark=mark)

    def bare(self) -> Message:
        """Return only its texts, and its links as texts: for a message whose parts Discord rejects."""
        items = [each for row in self.parts if isinstance(row, Row) for each in row.items]
        links = [masked(each.label or "", each.url or "") for each in items if isinstance(each, Link)]
        return replace(self, parts=(self.text, *links))

    def plus(self, *parts: Part) -> Message:
        """Return the message with more parts beneath."""
        return replace(self, parts=(*self.parts, *parts))

    @property
    def text(self) -> str:
        """Everything that is written in it."""
        shown = [part.text if isinstance(part, Section) else part for part in self.parts]
        return "\n".join(part for part in shown if isinstance(part, str) and part)

    def view(self) -> discord.ui.LayoutView:
        """Build it for discord.py, which keeps nothing of it in memory."""
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(discord.ui.Container(*_drawn(self.parts), accent_colour=self.accent, id=self.mark))
        view.stop()
        return view

    def sent(self) -> Sent:
        """Return it as discord.py sends it. It mentions only its `mentions`, whatever its text contains."""
        return {"view": self.view(), "files": self._files(), "allowed_mentions": self._allowed()}

    def edited(self, keeping: Sequence[discord.Attachment] | None = ()) -> Edited:
        """Return it as discord.py puts it in place of another, of whose files it is `keeping` some; None: all."""
        return {
            "content": None,
            "embeds": [],
            "view": self.view(),
            "attachments": discord.utils.MISSING if keeping is None else [*keeping, *self._files()],
            "allowed_mentions": self._allowed(),
        }

    def _files(self) -> list[discord.File]:
        return [part.file() for part in self.parts if isinstance(part, Attachment)]

    def _allowed(self) -> discord.AllowedMentions:
        return discord.AllowedMentions(everyone=False, roles=False, users=[*map(discord.Object, self.mentions)])


def plain(*parts: Part, mentions: tuple[int, ...] = ()) -> Message:
    """Build a message of an answer or a notice."""
    return Message(Accent.NEUTRAL, parts, mentions=mentions)


def _drawn(parts: Sequence[Part]) -> Iterator[discord.ui.Item[discord.ui.LayoutView]]:
    for kind, group in itertools.groupby(filter(None, parts), key=_kind):
        if kind is str:
            yield discord.ui.TextDisplay("\n".join(map(str, group)))
        elif kind is Media:
            yield discord.ui.MediaGallery(*map(_item, group))
        else:
            yield from map(_component, group)


def _kind(part: Part) -> type:
    if isinstance(part, Attachment):
        return Media if part.is_media else Attachment
    return type(part)


def _item(part: Part) -> discord.MediaGalleryItem:
    assert isinstance(part, Media | Attachment)
    return discord.MediaGalleryItem(part.url, description=part.description or None, spoiler=part.spoiler)


def _component(part: Part) -> discord.ui.Item[discord.ui.LayoutView]:
    match part:
        case Row():
            return discord.ui.ActionRow(*part.items)
        case Section(text, beside):
            return discord.ui.TextDisplay(text) if beside is None else discord.ui.Section(text, accessory=beside)
        case Attachment():
            return discord.ui.File(part.url)
        case _:
            return discord.ui.Separator()


def mark(*words: str | int) -> int:
    """Return the id of the container of a message about these, such as a kind of message and a movie's id."""
    return zlib.crc32(":".join(map(str, words)).encode()) % _MARKS + 1


def is_marked(message: discord.Message, mark: int) -> bool:
    """Return whether a message's container has this id."""
    return any(part.id == mark for part in message.components if isinstance(part, discord.Container))


def texts_of(message: discord.Message) -> str:
    """Return everything that is written in a message, as `Message.text`."""
    return "\n".join(part.content for part in walk(message.components) if isinstance(part, discord.TextDisplay))


def files_of(message: discord.Message) -> list[discord.Attachment | discord.UnfurledMediaItem]:
    """Return a message's files. Discord lists those that its components show only there."""
    parts = [*walk(message.components)]
    shown = [part.media for part in parts if isinstance(part, discord.FileComponent)]
    shown += [item.media for part in parts if isinstance(part, discord.MediaGalleryComponent) for item in part.items]
    listed = {each.id for each in message.attachments}
    return [*message.attachments, *(each for each in shown if each.attachment_id and each.attachment_id not in listed)]


def file_name(file: discord.Attachment | discord.UnfurledMediaItem) -> str:
    """Return the name of a message's file, which its address ends with."""
    return PurePosixPath(urlsplit(file.url).path).name


def walk(components: Sequence[discord.Component]) -> Iterator[discord.Component]:
    """Yield components and those within them, from top to bottom."""
    for part in components:
        yield part
        yield from walk(getattr(part, "children", ()))
        if isinstance(part, discord.SectionComponent):
            yield part.accessory


class Button(discord.ui.Button[discord.ui.LayoutView]):
    """A button and the action that its custom_id encodes."""

    def __init__(
        self,
        label: str,
        action: tuple[str | int, ...],
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        *,
        enabled: bool = True,
    ) -> None:
        super().__init__(label=label, custom_id=custom_id(*action), style=style, disabled=not enabled)
        self.action = action[0]


class Link(discord.ui.Button[discord.ui.LayoutView]):
    """A button that opens a URL."""

    def __init__(self, label: str, url: str) -> None:
        super().__init__(label=label, url=url)


class Option(discord.SelectOption):
    """One option of a select; `value` is what Discord sends back."""

    def __init__(self, label: str, value: str, description: str | None = None) -> None:
        shown = (description or "")[:MAX_OPTION_LENGTH] or None
        super().__init__(label=label[:MAX_OPTION_LENGTH], value=value, description=shown)


class Select(discord.ui.Select[discord.ui.LayoutView]):
    """A select of one option, or of up to `most`, of at most 25."""

    def __init__(
        self,
        placeholder: str,
        action: tuple[str | int, ...],
        options: Sequence[discord.SelectOption],
        *chosen: str | None,
        most: int = 1,
    ) -> None:
        super().__init__(
            custom_id=custom_id(*action), placeholder=placeholder, options=marked(options, chosen), max_values=most
        )


class TextField(discord.ui.Label[discord.ui.Modal]):
    """A modal's input of a text; `name` is its custom_id."""

    def __init__(
        self,
        name: str,
        label: str,
        hint: str,
        max_length: int,
        default: str | None = None,
        *,
        required: bool = False,
        is_paragraph: bool = False,
    ) -> None:
        super().__init__(
            text=label,
            description=hint,
            component=discord.ui.TextInput(
                custom_id=name,
                style=discord.TextStyle.paragraph if is_paragraph else discord.TextStyle.short,
                default=default,
                required=required,
                min_length=1 if required else None,
                max_length=max_length,
            ),
        )


class SelectField(discord.ui.Label[discord.ui.Modal]):
    """A modal's select of up to `limit` options, also none; `name` is its custom_id."""

    def __init__(
        self,
        name: str,
        label: str,
        placeholder: str,
        options: Sequence[discord.SelectOption],
        chosen: Collection[str | None],
        *,
        hint: str | None = None,
        limit: int = 1,
    ) -> None:
        super().__init__(
            text=label,
            description=hint,
            component=discord.ui.Select(
                custom_id=name,
                options=marked(options, chosen),
                required=False,
                max_values=limit,
                placeholder=placeholder,
            ),
        )


def marked(options: Sequence[discord.SelectOption], chosen: Collection[str | None]) -> list[discord.SelectOption]:
    """Mark the options that are chosen."""
    for option in options:
        option.default = option.value in chosen
    return [*options]


def in_rows(*items: Component | None) -> tuple[Row, ...]:
    """Place components in rows, in this order: selects one a row, buttons as many as fit. None is left out."""
    placed: list[tuple[Component, ...]] = []
    for item in filter(None, items):
        if placed and item.width == placed[-1][-1].width == 1 and len(placed[-1]) < _BUTTONS_A_ROW:
            placed[-1] = (*placed[-1], item)
        else:
            placed.append((item,))
    return tuple(map(Row, placed))


def build_modal(
    title: str, action: tuple[str | int, ...], *fields: discord.ui.Label[discord.ui.Modal] | None
) -> discord.ui.Modal:
    """Build a modal of these inputs, at most five. None is left out."""
    modal = discord.ui.Modal(title=title, custom_id=custom_id(*action), timeout=None)
    for field in filter(None, fields):
        modal.add_item(field)
    modal.stop()  # so that discord.py keeps nothing of it in memory
    return modal


def custom_id(*action: str | int) -> str:
    """Encode an action and its arguments as a custom_id."""
    encoded = ":".join((CUSTOM_ID_PREFIX, *map(str, action)))
    assert len(encoded) <= MAX_CUSTOM_ID_LENGTH, encoded
    return encoded


def actions_of(message: discord.Message) -> list[tuple[str, tuple[str, ...]]]:
    """Return the actions of a message's components, with their arguments.

    They are the same in every language.
    """
    ids = (getattr(part, "custom_id", None) or "" for part in walk(message.components))
    return [*filter(None, map(parse_custom_id, ids))]


def parse_custom_id(custom_id: str) -> tuple[str, tuple[str, ...]] | None:
    """Decode a custom_id into action and arguments, None for an unknown format."""
    prefix, _, rest = custom_id.partition(":")
    if prefix != CUSTOM_ID_PREFIX or not rest:
        return None
    action, *arguments = rest.split(":")
    return action, tuple(arguments)
