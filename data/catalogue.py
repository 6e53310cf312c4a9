"""Loads the model catalogue from TOML and reports errors with their lines.

Reads a catalogue's TOML file and reports errors with their lines.

Loads the style presets from TOML and reports errors with their lines.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol, TypeVar, cast

from bot.core.errors import CatalogueError
from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, RequestLimits, Style, VideoModel
from bot.domain.text import MAX_OPTIONS, Language

_BUNDLED: Final = Path(__file__).parent / "catalogues"

_MAX_CREDITS_PER_SECOND: Final = 100_000

_VIDEO_KEYS: Final = ("key", "label", "credits_per_second", "aspect_ratios", "recommended_for", "enabled")
_IMAGE_KEYS: Final = ("key", "label", "enabled")


def bundled_path(version: str) -> Path:
    """Return the shipped catalogue for a version of the API."""
    return _BUNDLED / f"{version}.toml"


def load_catalogue(path: Path, limits: RequestLimits | None = None) -> Catalogue:
    """Load and validate the catalogue.

    `limits` are those of the API, which the file does not have; by default those of March 2025.

    Raises:
        CatalogueError: the file is missing, is no TOML, or breaks a rule; one problem per error, with its line.
    """
    file = CatalogueFile(path)
    file.only(("video_models", "image_models"))
    video = file.tables("video_models", _VIDEO_KEYS, _video_model, _label, MAX_OPTIONS)
    image = file.tables("image_models", _IMAGE_KEYS, _image_model, _label, MAX_OPTIONS)
    file.raise_problems()
    return Catalogue(video, image, limits or RequestLimits())


def _label(model: VideoModel | ImageModel) -> Sequence[tuple[str, str]]:
    return [("label", model.label)]


def _video_model(table: Table) -> VideoModel | None:
    key, label, enabled = table.text("key"), table.text("label"), table.flag("enabled")
    price = table.number("credits_per_second", _MAX_CREDITS_PER_SECOND)
    aspect_ratios = _aspect_ratios(table, "aspect_ratios", required=True)
    recommended = _aspect_ratios(table, "recommended_for")
    if aspect_ratios is not None and recommended is not None and not set(recommended) <= set(aspect_ratios):
        table.problem("recommended_for", "names an aspect ratio that isn't in aspect_ratios")
    if key is None or label is None or enabled is None or price is None or aspect_ratios is None or recommended is None:
        return None
    return VideoModel(key, label, price, aspect_ratios, recommended, enabled)


def _image_model(table: Table) -> ImageModel | None:
    key, label, enabled = table.text("key"), table.text("label"), table.flag("enabled")
    if key is None or label is None or enabled is None:
        return None
    return ImageModel(key, label, enabled)


def _aspect_ratios(table: Table, key: str, *, required: bool = False) -> tuple[AspectRatio, ...] | None:
    value = table.value(key, [])
    known = tuple(AspectRatio)
    if isinstance(value, list) and all(each in known for each in cast("list[object]", value)):
        aspect_ratios = tuple(AspectRatio(each) for each in cast("list[str]", value))
        if aspect_ratios or not required:
            return aspect_ratios
    table.problem(key, f"must be a list of aspect ratios: {', '.join(known)}")
    return None


MAX_CHOICE_LENGTH: Final = 100
"""Discord's limit for the name of a choice."""


class Entry(Protocol):
    """What a table describes."""

    @property
    def key(self) -> str:
        """Its unique name."""
        ...

    @property
    def enabled(self) -> bool:
        """Whether members can choose it."""
        ...


T = TypeVar("T", bound=Entry)


class CatalogueFile:
    """One file, and all its problems."""

    def __init__(self, path: Path) -> None:
        """Read a file.

        Raises:
            CatalogueError: it is missing or is no TOML.
        """
        self._path = path
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as exc:
            raise CatalogueError((f"{path} can't be read: {exc}",)) from exc
        try:
            self._document: Mapping[str, object] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as exc:
            raise CatalogueError((f"{path}: {exc}",)) from exc
        self._lines = text.splitlines()
        self._problems: list[str] = []

    def raise_problems(self) -> None:
        """Raise what was found.

        Raises:
            CatalogueError: one problem per error, with its line.
        """
        if self._problems:
            raise CatalogueError(tuple(self._problems))

    def only(self, names: Sequence[str]) -> None:
        """Record every table that has none of these names."""
        expected = " and ".join(f"[[{name}]]" for name in names)
        for name in self._document:
            if name not in names:
                self._problem(self._line_of(name), f"unknown table {name!r}. Expected {expected}")

    def tables(
        self,
        name: str,
        keys: Sequence[str],
        build: Callable[[Table], T | None],
        labels: Callable[[T], Sequence[tuple[str, str]]],
        max_enabled: int,
    ) -> tuple[T, ...]:
        """Build what the tables of one name describe.

        `labels` are the keys and values that Discord takes from one entry only.
        """
        found = self._document.get(name)
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in cast("list[object]", found)):
            self._problem(1, f"needs at least one [[{name}]]")
            return ()
        entries: list[T] = []
        seen: dict[tuple[str, str], int] = {}
        for index, values in enumerate(cast("list[dict[str, object]]", found)):
            table = Table(self, f"[[{name}]]", self._header_line(name, index), values)
            table.only(keys)
            entry = build(table)
            if entry is None:
                continue
            for field, value in (("key", entry.key), *labels(entry)):
                if (field, value) in seen:
                    table.problem(field, f"{value!r} is already in line {seen[field, value]}")
                seen.setdefault((field, value), table.line_of(field))
            entries.append(entry)
        self._count_enabled(name, entries, max_enabled)
        return tuple(entries)

    def _count_enabled(self, name: str, entries: Sequence[Entry], limit: int) -> None:
        on = sum(entry.enabled for entry in entries)
        if entries and not on:
            self._problem(self._header_line(name, 0), f"all [[{name}]] are disabled. Enable at least one")
        if on > limit:
            shown = f"but Discord shows at most {limit}"
            self._problem(self._header_line(name, 0), f"{on} [[{name}]] are enabled, {shown}")

    def _problem(self, line: int, reason: str) -> None:
        self._problems.append(f"{self._path} line {line}: {reason}")

    def _header_line(self, name: str, index: int) -> int:
        header = re.compile(rf"\s*\[\[\s*{name}\s*\]\]")
        lines = [number for number, line in enumerate(self._lines, 1) if header.match(line)]
        return lines[index] if index < len(lines) else 1

    def _line_of(self, name: str, start: int = 1) -> int:
        key = re.compile(rf"\s*(\[+\s*)?[\"']?{re.escape(name)}\b")
        for number in range(start, len(self._lines) + 1):
            if key.match(self._lines[number - 1]):
                return number
        return start

    def line_in_table(self, header_line: int, name: str) -> int:
        """Return the line of a key in the table, or its header's.

        A key may have parts: `label.de`.
        """
        for number in range(header_line + 1, len(self._lines) + 1):
            line = self._lines[number - 1].lstrip()
            if line.startswith("["):
                break
            if re.match(rf"[\"']?{re.escape(name)}[\"']?\s*[=.]", line):
                return number
        return header_line

    def report(self, header_line: int, key: str, reason: str) -> None:
        """Record a problem of a key in the table with this header."""
        self._problem(self.line_in_table(header_line, key), reason)


class Table:
    """One table of the file.

    Getters return a valid value, or record a problem and return None.
    """

    def __init__(self, file: CatalogueFile, name: str, line: int, values: Mapping[str, object]) -> None:
        self._file = file
        self._name = name
        self._line = line
        self._values = values

    def value(self, key: str, default: object = None) -> object:
        """Return a value as the file has it."""
        return self._values.get(key, default)

    def line_of(self, key: str) -> int:
        """Return the line of a key."""
        return self._file.line_in_table(self._line, key)

    def problem(self, key: str, reason: str) -> None:
        """Record a problem of a key."""
        self._file.report(self._line, key, f"{self._name} {key} {reason}")

    def only(self, keys: Sequence[str]) -> None:
        """Record every key that is none of these."""
        for key in self._values:
            if key not in keys:
                self.problem(key, f"is an unknown key. Expected {', '.join(keys)}")

    def text(self, key: str, max_length: int = MAX_CHOICE_LENGTH) -> str | None:
        """Return a text that is not blank."""
        return self.checked_text(key, self._values.get(key), max_length)

    def checked_text(self, key: str, value: object, max_length: int) -> str | None:
        """Check that a value is a text that is not blank."""
        if isinstance(value, str) and 0 < len(value.strip()) <= max_length:
            return value.strip()
        self.problem(key, f"must be a text of 1 to {max_length} characters")
        return None

    def number(self, key: str, maximum: int) -> int | None:
        """Return a whole number from 1 to the maximum."""
        value = self._values.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= maximum:
            return value
        self.problem(key, f"must be a whole number from 1 to {maximum}")
        return None

    def flag(self, key: str) -> bool | None:
        """Return true or false; true where the key is missing."""
        value = self._values.get(key, True)
        if isinstance(value, bool):
            return value
        self.problem(key, "must be true or false")
        return None


BUNDLED_PATH: Final = Path(__file__).parent / "catalogues" / "styles.toml"
"""The presets that come with the bot."""

MAX_WORDS_LENGTH: Final = 200
"""A prompt of March 2025 has 500 characters, and most of them are the member's."""

_MAX_KEY_LENGTH: Final = 50
"""It is a part of an option's value, which has 100 characters."""

_MAX_STYLES: Final = 24
"""Discord shows 25 options, and one of them is "No style"."""

_KEYS: Final = ("key", "label", "words", "enabled")


def load_styles(path: Path) -> tuple[Style, ...]:
    """Load and validate the style presets.

    Raises:
        CatalogueError: the file is missing, is no TOML, or breaks a rule; one problem per error, with its line.
    """
    file = CatalogueFile(path)
    file.only(("styles",))
    styles = file.tables("styles", _KEYS, _style, _style_label, _MAX_STYLES)
    file.raise_problems()
    return styles


def _style(table: Table) -> Style | None:
    key, enabled = table.text("key", _MAX_KEY_LENGTH), table.flag("enabled")
    labels = _translated(table, "label", MAX_CHOICE_LENGTH)
    words = _translated(table, "words", MAX_WORDS_LENGTH)
    if key is None or enabled is None or labels is None or words is None:
        return None
    return Style(key, labels, words, enabled)


def _style_label(style: Style) -> Sequence[tuple[str, str]]:
    return [("label", style.label(Language.ENGLISH))]


def _translated(table: Table, key: str, max_length: int) -> Mapping[Language, str] | None:
    """Read one text for all languages, or one for each."""
    value = table.value(key)
    if not isinstance(value, dict):
        text = table.text(key, max_length)
        return None if text is None else {Language.ENGLISH: text}
    by_language = cast("Mapping[str, object]", value)
    known, texts = tuple(Language), dict[Language, str]()
    for name, text in by_language.items():
        if name not in known:
            table.problem(f"{key}.{name}", f"is an unknown language. Expected {', '.join(known)}")
        elif (checked := table.checked_text(f"{key}.{name}", text, max_length)) is not None:
            texts[Language(name)] = checked
    if Language.ENGLISH not in by_language:
        table.problem(key, f"needs a text for {Language.ENGLISH}")
    return texts if Language.ENGLISH in texts and len(texts) == len(by_language) else None
