"""Loads the model catalogue from TOML and reports errors with their lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar, cast

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, RequestLimits, VideoModel
from bot.errors import CatalogueError

M = TypeVar("M", VideoModel, ImageModel)

_BUNDLED: Final = Path(__file__).parent / "catalogues"

_MAX_CHOICES: Final = 25
"""Discord's limit for the choices of one option."""

_MAX_CHOICE_LENGTH: Final = 100
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
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise CatalogueError((f"{path} can't be read: {exc}",)) from exc
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise CatalogueError((f"{path}: {exc}",)) from exc
    return _CatalogueParser(path, text).catalogue(document, limits or RequestLimits())


class _CatalogueParser:
    """Collects all problems of one file."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.splitlines()
        self._problems: list[str] = []

    def catalogue(self, document: Mapping[str, object], limits: RequestLimits) -> Catalogue:
        for name in document:
            if name not in ("video_models", "image_models"):
                self.problem(
                    self._line_of(name), f"unknown table {name!r}. Expected [[video_models]] and [[image_models]]"
                )
        video = self._tables(document, "video_models", _VIDEO_KEYS, self._video_model)
        image = self._tables(document, "image_models", _IMAGE_KEYS, self._image_model)
        if self._problems:
            raise CatalogueError(tuple(self._problems))
        return Catalogue(video, image, limits)

    def _tables(
        self,
        document: Mapping[str, object],
        name: str,
        keys: Sequence[str],
        build: Callable[[_Table], M | None],
    ) -> tuple[M, ...]:
        found = document.get(name)
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in cast("list[object]", found)):
            self.problem(1, f"needs at least one [[{name}]]")
            return ()
        tables = cast("list[dict[str, object]]", found)
        models: list[M] = []
        seen: dict[tuple[str, str], int] = {}
        for index, values in enumerate(tables):
            table = _Table(self, f"[[{name}]]", self._header_line(name, index), values)
            table.only(keys)
            model = build(table)
            if model is None:
                continue
            for field, value in (("key", model.key), ("label", model.label)):  # Discord takes neither twice
                if (field, value) in seen:
                    table.problem(field, f"{value!r} is already in line {seen[field, value]}")
                seen.setdefault((field, value), table.line_of(field))
            models.append(model)
        on = [model for model in models if model.enabled]
        if models and not on:
            self.problem(self._header_line(name, 0), f"all [[{name}]] are disabled. Enable at least one")
        if len(on) > _MAX_CHOICES:
            shown = f"but Discord shows at most {_MAX_CHOICES}"
            self.problem(self._header_line(name, 0), f"{len(on)} [[{name}]] are enabled, {shown}")
        return tuple(models)

    def _video_model(self, table: _Table) -> VideoModel | None:
        key, label, enabled = table.text("key"), table.text("label"), table.flag("enabled")
        price = table.number("credits_per_second")
        aspect_ratios, recommended = (
            table.aspect_ratios("aspect_ratios", required=True),
            table.aspect_ratios("recommended_for"),
        )
        if aspect_ratios is not None and recommended is not None and not set(recommended) <= set(aspect_ratios):
            table.problem("recommended_for", "names an aspect ratio that isn't in aspect_ratios")
        if (
            key is None
            or label is None
            or enabled is None
            or price is None
            or aspect_ratios is None
            or recommended is None
        ):
            return None
        return VideoModel(key, label, price, aspect_ratios, recommended, enabled)

    def _image_model(self, table: _Table) -> ImageModel | None:
        key, label, enabled = table.text("key"), table.text("label"), table.flag("enabled")
        if key is None or label is None or enabled is None:
            return None
        return ImageModel(key, label, enabled)

    def problem(self, line: int, reason: str) -> None:
        """Record a problem in a line."""
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
        """Return the line of a key in the table, or its header's."""
        for number in range(header_line + 1, len(self._lines) + 1):
            line = self._lines[number - 1].lstrip()
            if line.startswith("["):
                break
            if re.match(rf"[\"']?{re.escape(name)}[\"']?\s*=", line):
                return number
        return header_line


class _Table:
    """One table of the file.

    Getters return a valid value, or record a problem and return None.
    """

    def __init__(self, reader: _CatalogueParser, name: str, line: int, values: Mapping[str, object]) -> None:
        self._reader = reader
        self._name = name
        self._line = line
        self._values = values

    def line_of(self, key: str) -> int:
        return self._reader.line_in_table(self._line, key)

    def problem(self, key: str, reason: str) -> None:
        self._reader.problem(self.line_of(key), f"{self._name} {key} {reason}")

    def only(self, keys: Sequence[str]) -> None:
        for key in self._values:
            if key not in keys:
                self.problem(key, f"is an unknown key. Expected {', '.join(keys)}")

    def text(self, key: str) -> str | None:
        value = self._values.get(key)
        if isinstance(value, str) and 0 < len(value.strip()) <= _MAX_CHOICE_LENGTH:
            return value.strip()
        self.problem(key, f"must be a text of 1 to {_MAX_CHOICE_LENGTH} characters")
        return None

    def number(self, key: str) -> int | None:
        value = self._values.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MAX_CREDITS_PER_SECOND:
            return value
        self.problem(key, f"must be a whole number from 1 to {_MAX_CREDITS_PER_SECOND}")
        return None

    def flag(self, key: str) -> bool | None:
        value = self._values.get(key, True)
        if isinstance(value, bool):
            return value
        self.problem(key, "must be true or false")
        return None

    def aspect_ratios(self, key: str, *, required: bool = False) -> tuple[AspectRatio, ...] | None:
        value = self._values.get(key, [])
        known = tuple(AspectRatio)
        if isinstance(value, list) and all(each in known for each in cast("list[object]", value)):
            aspect_ratios = tuple(AspectRatio(each) for each in cast("list[str]", value))
            if aspect_ratios or not required:
                return aspect_ratios
        self.problem(key, f"must be a list of aspect ratios: {', '.join(known)}")
        return None
