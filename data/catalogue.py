"""Loads the model catalogue and the style presets from TOML, and reports errors with their lines."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

from bot.core.errors import CatalogueError, one_line
from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, RequestLimits, Style, VideoModel
from bot.domain.text import MAX_OPTION_LENGTH, MAX_OPTIONS, Language

_BUNDLED: Final = Path(__file__).parent / "catalogues"

BUNDLED_PATH: Final = _BUNDLED / "styles.toml"
"""The presets that come with the bot."""

MAX_CHOICE_LENGTH: Final = 100
"""Discord's limit for the name of a choice."""

MAX_WORDS_LENGTH: Final = 200
"""A prompt of March 2025 has 500 characters, and most of them are the member's."""

_MAX_KEY_LENGTH: Final = 50
"""It is a part of an option's value, which has 100 characters."""

_MAX_STYLES: Final = 24
"""Discord shows 25 options, and one of them is "No style"."""

_MAX_CREDITS_PER_SECOND: Final = 100_000

_MAX_CLIP: Final = 60

_Reader: TypeAlias = Callable[[str, object], object]
"""Checks the value of a key and returns what it means."""

_Entry: TypeAlias = VideoModel | ImageModel | Style


class _Invalid(Exception):
    """A value, or more than one, that breaks a rule; `problems` are the keys and what is wrong with them."""

    def __init__(self, *problems: tuple[str, str]) -> None:
        super().__init__()
        self.problems = problems


@dataclass(frozen=True, slots=True)
class _Kind:
    """The tables of one name: what their keys may hold, what they make, and how many of them may be enabled.

    A key is a field of what is made, and may be left out where that has a default. Discord takes a key and a label from
    one of them only.
    """

    name: str
    keys: Mapping[str, _Reader]
    make: type[_Entry]
    max_enabled: int = MAX_OPTIONS


def bundled_path(version: str) -> Path:
    """Return the shipped catalogue for a version of the API."""
    return _BUNDLED / f"{version}.toml"


def load_catalogue(path: Path, limits: RequestLimits | None = None) -> Catalogue:
    """Load and validate the catalogue.

    `limits` are those of the API, which the file does not have; by default those of March 2025.

    Raises:
        CatalogueError: the file is missing, is no TOML, or breaks a rule; one problem per error, with its line.
    """
    video, image = _load(path, "CATALOGUE_PATH", _VIDEO_MODELS, _IMAGE_MODELS)
    return Catalogue(
        cast("tuple[VideoModel, ...]", video), cast("tuple[ImageModel, ...]", image), limits or RequestLimits()
    )


def load_styles(path: Path) -> tuple[Style, ...]:
    """Load and validate the style presets.

    Raises:
        CatalogueError: the file is missing, is no TOML, or breaks a rule; one problem per error, with its line.
    """
    [styles] = _load(path, "STYLES_PATH", _STYLES)
    return cast("tuple[Style, ...]", styles)


def _load(path: Path, setting: str, *kinds: _Kind) -> list[tuple[_Entry, ...]]:
    """Build what the tables of these kinds describe. The setting names the file."""
    try:
        text = path.read_text(encoding="utf-8")
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise CatalogueError((f"{path}: {exc}",)) from exc
    except UnicodeDecodeError as exc:
        raise CatalogueError((f"{path} isn't UTF-8 text. Check {setting}.",)) from exc
    except OSError as exc:
        raise CatalogueError((f"{path} can't be read: {one_line(exc)}. Check {setting}.",)) from exc
    lines = text.splitlines()
    expected = " and ".join(f"[[{kind.name}]]" for kind in kinds)
    problems = [
        (_lines_of(rf"(\[+\s*)?[\"']?{re.escape(name)}\b", lines)[0], f"unknown table {name!r}. Expected {expected}")
        for name in document
        if name not in {kind.name for kind in kinds}
    ]
    found = [_entries(kind, document.get(kind.name), lines, problems) for kind in kinds]
    if problems:
        raise CatalogueError(tuple(f"{path} line {line}: {reason}" for line, reason in problems))
    return found


def _entries(kind: _Kind, tables: object, lines: Sequence[str], problems: list[tuple[int, str]]) -> tuple[_Entry, ...]:
    name = f"[[{kind.name}]]"
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in cast("list[object]", tables)):
        problems.append((1, f"needs at least one {name}"))
        return ()
    headers = _lines_of(rf"\[\[\s*{kind.name}\s*\]\]", lines)
    entries: list[_Entry] = []
    seen: dict[tuple[str, str], int] = {}
    for header, values in zip(
        itertools.chain(headers, itertools.repeat(1)), cast("list[Mapping[str, object]]", tables), strict=False
    ):
        line_of = partial(_line_in_table, lines, header)
        try:
            entry = _entry(kind, values)
        except _Invalid as exc:
            problems += [(line_of(key), f"{name} {key} {reason}") for key, reason in exc.problems]
            continue
        entries.append(entry)
        label = entry.label_in(Language.ENGLISH) if isinstance(entry, Style) else entry.label
        for key, value in (("key", entry.key), ("label", label)):
            if (key, value) in seen:
                problems.append((line_of(key), f"{name} {key} {value!r} is already in line {seen[key, value]}"))
            seen.setdefault((key, value), line_of(key))
    enabled = sum(entry.enabled for entry in entries)
    if entries and not enabled:
        problems.append((headers[0], f"all {name} are disabled. Enable at least one"))
    if enabled > kind.max_enabled:
        shown = f"but Discord shows at most {kind.max_enabled}"
        problems.append((headers[0], f"{enabled} {name} are enabled, {shown}"))
    return tuple(entries)


def _entry(kind: _Kind, values: Mapping[str, object]) -> _Entry:
    """Make what a table describes.

    Raises:
        _Invalid: It has unknown keys, or values that break rules.
    """
    required = {each.name for each in fields(kind.make) if each.default is each.default_factory is MISSING}
    readers = {key: read for key, read in kind.keys.items() if key in values or key in required}
    found: dict[str, Any] = {**_read(readers, values, f"is an unknown key. Expected {', '.join(kind.keys)}")}
    entry = kind.make(**found)
    if isinstance(entry, VideoModel) and not set(entry.recommended_for) <= set(entry.aspect_ratios):
        raise _Invalid(("recommended_for", "names an aspect ratio that isn't in aspect_ratios"))
    return entry


def _read(
    readers: Mapping[str, _Reader], values: Mapping[str, object], unknown: str, prefix: str = ""
) -> dict[str, object]:
    """Read the values of these keys. `unknown` says that there is no such key.

    Raises:
        _Invalid: There are others, or values break rules.
    """
    problems = [(f"{prefix}{key}", unknown) for key in values if key not in readers]
    found: dict[str, object] = {}
    for key, read in readers.items():
        try:
            found[key] = read(f"{prefix}{key}", values.get(key))
        except _Invalid as exc:
            problems += exc.problems
    if problems:
        raise _Invalid(*problems)
    return found


def _lines_of(pattern: str, lines: Sequence[str]) -> list[int]:
    """Return which lines begin with a pattern; the first one where none does, as with tables in one line."""
    return [number for number, line in enumerate(lines, 1) if re.match(rf"\s*{pattern}", line)] or [1]


def _line_in_table(lines: Sequence[str], header_line: int, name: str) -> int:
    """Return the line of a key in the table, or its header's.

    A key may have parts: `label.de`.
    """
    for number, line in enumerate(lines[header_line:], header_line + 1):
        if line.lstrip().startswith("["):
            break
        if re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[=.]", line):
            return number
    return header_line


# ── what keys hold ───────────────────────────────────────────────────────────────────────────────────────────────────


def _text(max_length: int, key: str, value: object) -> str:
    if isinstance(value, str) and 0 < len(value.strip()) <= max_length:
        return value.strip()
    raise _Invalid((key, f"must be a text of 1 to {max_length} characters"))


def _texts(max_length: int, key: str, value: object) -> Mapping[Language, str]:
    """Read one text for all languages, or one for each."""
    if not isinstance(value, dict):
        return {Language.ENGLISH: _text(max_length, key, value)}
    given = cast("dict[str, object]", value)
    readers: dict[str, _Reader] = {each: partial(_text, max_length) for each in Language if each in given}
    texts = _read(readers, given, f"is an unknown language. Expected {', '.join(Language)}", f"{key}.")
    if Language.ENGLISH not in texts:
        raise _Invalid((key, f"needs a text for {Language.ENGLISH}"))
    return {Language(name): str(text) for name, text in texts.items()}


def _number(most: int, key: str, value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= most:
        return value
    raise _Invalid((key, f"must be a whole number from 1 to {most}"))


def _flag(key: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise _Invalid((key, "must be true or false"))


def _aspect_ratios(least: int, key: str, value: object) -> tuple[AspectRatio, ...]:
    known: tuple[object, ...] = tuple(AspectRatio)
    found = cast("list[object]", value) if isinstance(value, list) else [None]
    if len(found) >= least and all(each in known for each in found):
        return tuple(map(AspectRatio, found))
    raise _Invalid((key, f"must be a list of aspect ratios: {', '.join(known)}"))


_VIDEO_MODELS: Final = _Kind(
    "video_models",
    {
        "key": partial(_text, MAX_CHOICE_LENGTH),
        "label": partial(_text, MAX_CHOICE_LENGTH),
        "credits_per_second": partial(_number, _MAX_CREDITS_PER_SECOND),
        "aspect_ratios": partial(_aspect_ratios, 1),
        "recommended_for": partial(_aspect_ratios, 0),
        "enabled": _flag,
        "good_at": partial(_texts, MAX_OPTION_LENGTH),
        "follow": _flag,
        "longest_clip": partial(_number, _MAX_CLIP),
    },
    VideoModel,
)

_IMAGE_MODELS: Final = _Kind(
    "image_models",
    {
        "key": partial(_text, MAX_CHOICE_LENGTH),
        "label": partial(_text, MAX_CHOICE_LENGTH),
        "enabled": _flag,
        "follow": _flag,
    },
    ImageModel,
)

_STYLES: Final = _Kind(
    "styles",
    {
        "key": partial(_text, _MAX_KEY_LENGTH),
        "label": partial(_texts, MAX_CHOICE_LENGTH),
        "words": partial(_texts, MAX_WORDS_LENGTH),
        "enabled": _flag,
    },
    Style,
    _MAX_STYLES,
)
