"""Reads a catalogue's TOML file and reports errors with their lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol, TypeVar, cast

from bot.core.errors import CatalogueError

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
